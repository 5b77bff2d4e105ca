package loans

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// BookingState is how far a booking is.
type BookingState string

// The states of a booking.
const (
	Offered   BookingState = "offered"   // kept for who is first on the waiting list, until the offer is over
	Booked    BookingState = "booked"    // gereserveerd
	SetAside  BookingState = "ready"     // klaar om af te halen
	Fetched   BookingState = "fetched"   // became a loan
	Cancelled BookingState = "cancelled" //
	Missed    BookingState = "missed"    // nobody came for it
)

// active are the states in which a booking keeps a device free.
const active = `('offered', 'booked', 'ready')`

// Booking keeps a device free for a span of days, both included.
type Booking struct {
	ID          string
	Number      Number
	TypeID      string
	Type        string // name
	DeviceID    string
	Device      string // how people call it
	Named       bool   // that device was asked for; otherwise any of the type
	BorrowerID  string // empty once the history was unlinked
	Borrower    string
	From, To    string // YYYY-MM-DD
	PickUpUntil string // the last day on which it waits to be fetched
	State       BookingState
}

// BookAsk is what somebody asks to be kept free.
type BookAsk struct {
	Type     string // id; or else
	Device   string // id of the device itself
	Borrower string
	From, To string // YYYY-MM-DD, both included
}

// Book keeps a device free, one of the type when no device is named, and audits it. It returns a *RefusedError with
// every reason, an *data.Invalid, and data.ErrNotFound. What only the want of a device refuses counts as unmet demand.
func (s *Store) Book(ctx context.Context, by data.Actor, ask BookAsk) (b Booking, err error) {
	if err := checkDays(ask.From, ask.To); err != nil {
		return Booking{}, err
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		b, err = book(ctx, tx, by, ask, Booked)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, by, "booking.add", b.ID, "number", string(b.Number), "from", b.From, "until", b.To)
	})
	if onlyTaken(err) {
		if lost := s.wished(ctx, ask); lost != nil {
			err = errors.Join(err, lost)
		}
	}
	if err != nil {
		return Booking{}, fmt.Errorf("book %s%s: %w", data.Clean(ask.Type, 40), data.Clean(ask.Device, 40), err)
	}
	return b, nil
}

func checkDays(from, to string) error {
	for name, day := range map[string]string{"from": from, "until": to} {
		if _, err := data.ParseDay(day); err != nil {
			return &data.Invalid{Field: name, Why: data.WhyDay, Want: "YYYY-MM-DD", Got: data.Clean(day, 40)}
		}
	}
	if to < from {
		return &data.Invalid{Field: "until", Why: data.WhyEarly, Want: from, Got: to}
	}
	return nil
}

// book looks, assigns and writes, without the audit row.
func book(ctx context.Context, tx *data.Tx, by data.Actor, ask BookAsk, state BookingState) (Booking, error) {
	who, err := borrower(ctx, tx, ask.Borrower)
	if err != nil {
		return Booking{}, err
	}
	b := Booking{ID: data.NewID(), TypeID: ask.Type, BorrowerID: who.ID, Borrower: who.Name(), From: ask.From, To: ask.To, State: state, Named: ask.Device != ""}
	if b.Named {
		d, err := device(ctx, tx, ask.Device)
		if err != nil {
			return Booking{}, err
		}
		b.TypeID = d.TypeID
	}
	t, err := typeOf(ctx, tx, b.TypeID)
	if err != nil {
		return Booking{}, err
	}
	b.Type = t.Name
	rules, err := current(ctx, tx, tx.Today())
	if err != nil {
		return Booking{}, err
	}
	refused, err := b.assign(ctx, tx, rules, who, ask)
	if err != nil {
		return Booking{}, err
	}
	if len(refused) > 0 {
		return Booking{}, &RefusedError{refused}
	}
	if b.Number, err = newNumber(ctx, tx, KindBooking); err != nil {
		return Booking{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO device_bookings (id, number, type_id, device_id, named, borrower_id, category, from_on, to_on, pick_up_until, state, actor, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, b.ID, string(b.Number), b.TypeID, b.DeviceID, b.Named, b.BorrowerID, string(who.Category),
		b.From, b.To, b.PickUpUntil, string(b.State), actor(by), tx.Now().UnixMilli())
	return b, err
}

// assign finds the device and the last day to fetch it, and every reason against the booking.
func (b *Booking) assign(ctx context.Context, q data.Query, rules Regulation, who Borrower, ask BookAsk) (refused []Refusal, err error) {
	from, to, today := data.StoredDay(b.From), data.StoredDay(b.To), data.StoredDay(data.DayOf(q.Now()))
	f, err := fleet(ctx, q, b.TypeID, int(rules.Or(who.Category, b.TypeID, GapDays, 0)), "")
	if err != nil {
		return nil, err
	}
	found := b.Named
	if b.Named {
		b.DeviceID = ask.Device
		clash, hit := f.Clash(ask.Device, from, to)
		if hit {
			refused = append(refused, Refusal{Why: WhyBooked, Article: 6, Until: data.DayText(clash.From)})
		} else if !slices.Contains(f.Devices, ask.Device) {
			refused = append(refused, Refusal{Why: WhyTaken, Article: 6})
		}
	} else if b.DeviceID, found = f.Assign(from, to); !found {
		refused = append(refused, Refusal{Why: WhyTaken, Article: 6})
	}
	if !found { // the other reasons are told too
		open, err := openingsOf(ctx, q, b.TypeID)
		if err != nil {
			return nil, err
		}
		err = b.against(ctx, q, rules, who, today, open, &refused)
		return refused, err
	}
	d, err := device(ctx, q, b.DeviceID)
	if err != nil {
		return nil, err
	}
	open, err := openingOf(ctx, q, d.LocationID)
	if err != nil {
		return nil, err
	}
	b.Device, b.PickUpUntil = d.Called(), b.To
	if n, set := rules.Get(who.Category, b.TypeID, PickUpDays); set && n > 0 {
		last := from
		if n > 1 {
			last, _ = open.NthOpen(from, int(n)-1)
		}
		if !last.IsZero() {
			b.PickUpUntil = min(b.To, data.DayText(last))
		}
	}
	err = b.against(ctx, q, rules, who, today, open, &refused)
	return refused, err
}

// against adds what the regulation has against a booking.
func (b *Booking) against(ctx context.Context, q data.Query, rules Regulation, who Borrower, today time.Time, open Opening, refused *[]Refusal) error {
	has, err := standing(ctx, q, who, data.DayText(today))
	if err != nil {
		return err
	}
	*refused = append(*refused, rules.MayBook(has, b.TypeID, today, data.StoredDay(b.From), data.StoredDay(b.To), open)...)
	if who.RightUntil != "" && who.RightUntil < b.To {
		*refused = append(*refused, Refusal{Why: WhyRightEnded, Article: 3, Until: who.RightUntil})
	}
	for _, r := range rules.MayLend(Standing{Category: who.Category, AgeMonths: has.AgeMonths, Blocks: has.Blocks}, b.TypeID, b.From) {
		if r.Why == WhyBlocked || r.Why == WhyTooYoung {
			*refused = append(*refused, r)
		}
	}
	return nil
}

const bookingColumns = `SELECT k.id, k.number, k.type_id, t.name, k.device_id, d.name, d.number, k.named, k.borrower_id, b.given, b.family, k.from_on, k.to_on,
	k.pick_up_until, k.state FROM device_bookings k JOIN device_types t ON t.id = k.type_id JOIN devices d ON d.id = k.device_id
	LEFT JOIN borrowers b ON b.id = k.borrower_id`

func scanBooking(scan func(...any) error) (b Booking, err error) {
	var who, given, family sql.NullString
	var d Device
	err = scan(&b.ID, &b.Number, &b.TypeID, &b.Type, &b.DeviceID, &d.Name, &d.Number, &b.Named, &who, &given, &family, &b.From, &b.To, &b.PickUpUntil, &b.State)
	b.Device, b.BorrowerID, b.Borrower = d.Called(), who.String, Borrower{Given: given.String, Family: family.String}.Name()
	return b, err
}

func bookingWhere(ctx context.Context, q data.Query, where string, args ...any) (Booking, error) {
	found, err := data.List(ctx, q, scanBooking, bookingColumns+` WHERE `+where, args...)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Booking{}, err
	}
	return found[0], nil
}

// Booking finds a booking. It returns data.ErrNotFound.
func (s *Store) Booking(ctx context.Context, by data.Actor, id string) (b Booking, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		b, err = bookingWhere(ctx, q, `k.id = $1`, id)
		return err
	})
	return b, err
}

// Bookings lists the bookings that keep a device free, the first to begin first.
func (s *Store) Bookings(ctx context.Context, by data.Actor) (all []Booking, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, scanBooking, bookingColumns+` WHERE k.state IN `+active+` ORDER BY k.from_on, k.number`)
		return err
	})
	return all, err
}

// PickUps lists what is to be fetched on a day: bookings that have begun and still wait.
func (s *Store) PickUps(ctx context.Context, by data.Actor, day string) (all []Booking, err error) {
	if _, err := data.ParseDay(day); err != nil {
		return nil, err
	}
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = pickUps(ctx, q, day)
		return err
	})
	return all, err
}

func pickUps(ctx context.Context, q data.Query, day string) ([]Booking, error) {
	return data.List(ctx, q, scanBooking, bookingColumns+` WHERE k.state IN ('booked', 'ready') AND k.from_on <= $1 ORDER BY k.from_on, k.number`, day)
}

// ownBooking gives the borrower's own booking that a loan of a device fetches, the one of that device first; the zero
// Booking when there is none.
func ownBooking(ctx context.Context, q data.Query, borrower, typeID, device, day string) (Booking, error) {
	b, err := bookingWhere(ctx, q, `k.borrower_id = $1 AND k.type_id = $2 AND k.state IN `+active+` AND k.from_on <= $4 AND k.to_on >= $4
		ORDER BY CASE WHEN k.device_id = $3 THEN 0 ELSE 1 END, k.from_on, k.id`, borrower, typeID, device, day)
	if errors.Is(err, data.ErrNotFound) {
		return Booking{}, nil
	}
	return b, err
}

// makeRoom gives the first day on which somebody else than who has booked a device, up to a last day; the zero time for
// none.
// Bookings of any of the type move to another device when one is free for them.
func makeRoom(ctx context.Context, tx *data.Tx, rules Regulation, d Device, who, but, day, last string) (time.Time, error) {
	all, err := data.List(ctx, tx, scanBooking, bookingColumns+` WHERE k.device_id = $1 AND k.id <> $2 AND k.state IN `+active+` AND k.from_on <= $3 AND k.to_on >= $4
		AND (k.borrower_id IS NULL OR k.borrower_id <> $5) ORDER BY k.from_on, k.id`, d.ID, but, last, day, who)
	if err != nil {
		return time.Time{}, fmt.Errorf("bookings of device %s: %w", d.Called(), err)
	}
	for _, b := range all {
		if b.Named {
			return data.StoredDay(b.From), nil
		}
		f, err := fleet(ctx, tx, d.TypeID, int(rules.Or("", d.TypeID, GapDays, 0)), b.ID)
		if err != nil {
			return time.Time{}, err
		}
		f.Claims = append(f.Claims, Claim{Device: d.ID, From: data.StoredDay(day), To: data.StoredDay(last)}) // what is being lent
		other, found := f.Assign(data.StoredDay(b.From), data.StoredDay(b.To))
		if !found || other == d.ID {
			return data.StoredDay(b.From), nil
		}
		if _, err := tx.ExecContext(ctx, `UPDATE device_bookings SET device_id = $1, state = CASE WHEN state = 'ready' THEN 'booked' ELSE state END WHERE id = $2`, other, b.ID); err != nil {
			return time.Time{}, err
		}
	}
	return time.Time{}, nil
}

func setBooking(ctx context.Context, tx *data.Tx, id string, to BookingState) error {
	return data.OneRow(tx.ExecContext(ctx, `UPDATE device_bookings SET state = $1 WHERE id = $2`, string(to), id))
}

// fetchBooking makes a loan of a booking, or a booking of it again when that is undone; an offer of the waiting list is
// taken with it.
func fetchBooking(ctx context.Context, tx *data.Tx, id string, from, to BookingState) error {
	if err := setBooking(ctx, tx, id, to); err != nil {
		return err
	}
	was, is := "offered", "taken"
	if to == Offered {
		was, is = is, was
	}
	if from != Offered && to != Offered {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE device_waits SET state = $1 WHERE booking_id = $2 AND state = $3`, is, id, was)
	return err
}

// ErrBookingOver says that a booking was fetched, cancelled or missed already.
var ErrBookingOver = errors.New("booking is over")

// SetAside tells that the device of a booking lies ready to be fetched, and audits it. It returns ErrBookingOver.
func (s *Store) SetAside(ctx context.Context, by data.Actor, id string) error {
	return s.moveBooking(ctx, by, id, SetAside, []BookingState{Booked}, func(tx *data.Tx, b Booking) error {
		return tx.Audit(ctx, by, "booking.ready", id, "number", string(b.Number))
	})
}

// CancelBooking cancels a booking, and audits it. It returns ErrBookingOver.
func (s *Store) CancelBooking(ctx context.Context, by data.Actor, id string) error {
	return s.moveBooking(ctx, by, id, Cancelled, []BookingState{Offered, Booked, SetAside}, func(tx *data.Tx, b Booking) error {
		if _, err := tx.ExecContext(ctx, `UPDATE device_waits SET state = 'withdrawn' WHERE booking_id = $1 AND state = 'offered'`, id); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "booking.cancel", id, "number", string(b.Number))
	})
}

func (s *Store) moveBooking(ctx context.Context, by data.Actor, id string, to BookingState, from []BookingState, after func(*data.Tx, Booking) error) error {
	err := s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		b, err := bookingWhere(ctx, tx, `k.id = $1`, id)
		if err != nil {
			return err
		}
		if b.State == to {
			return nil // somebody was first: it is as asked
		}
		if !slices.Contains(from, b.State) {
			return ErrBookingOver
		}
		if err := setBooking(ctx, tx, id, to); err != nil {
			return err
		}
		return after(tx, b)
	})
	if err != nil {
		return fmt.Errorf("booking %s to %s: %w", data.Clean(id, 40), to, err)
	}
	return nil
}
