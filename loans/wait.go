package loans

import (
	"context"
	"errors"
	"fmt"

	"digibrug/data"
)

// Wait is somebody's place on the waiting list of a type.
type Wait struct {
	ID         string
	TypeID     string
	BorrowerID string
	Borrower   string
	Phone      string // to call when something is free: of a minor that of the guardian; may be empty
	From, To   string // YYYY-MM-DD: the days that are asked for; an offer may begin later
	State      string // waiting, offered, taken, lapsed, withdrawn
	OfferUntil string // YYYY-MM-DD, the last day on which the offer stands
	BookingID  string // what is kept free meanwhile
}

// WhyWaits says that somebody waits for a device of the type already.
const WhyWaits data.Why = "loans.waits"

// offerDays is for how many opening days an offer stands where the regulation says nothing.
const offerDays = 3

// Wait puts a borrower on the waiting list of a type, and audits it. It returns an *data.Invalid, also for who waits
// for one already, and data.ErrNotFound.
func (s *Store) Wait(ctx context.Context, by data.Actor, typeID, who, from, to string) (w Wait, err error) {
	if err := checkDays(from, to); err != nil {
		return Wait{}, err
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		if to < tx.Today() {
			return &data.Invalid{Field: "until", Why: data.WhyEarly, Want: tx.Today(), Got: to}
		}
		t, err := typeOf(ctx, tx, typeID)
		if err != nil {
			return err
		}
		b, err := borrower(ctx, tx, who)
		if err != nil {
			return err
		}
		var n int
		if err := data.One(ctx, tx, []any{&n}, `SELECT count(*) FROM device_waits WHERE type_id = $1 AND borrower_id = $2 AND state IN ('waiting', 'offered')`, typeID, who); err != nil {
			return err
		}
		if n > 0 {
			return &data.Invalid{Field: "borrower", Why: WhyWaits}
		}
		w = Wait{ID: data.NewID(), TypeID: typeID, BorrowerID: who, Borrower: b.Name(), From: from, To: to, State: "waiting"}
		if _, err := tx.ExecContext(ctx, `INSERT INTO device_waits (id, type_id, borrower_id, from_on, to_on, state, offer_until, booking_id, at)
			VALUES ($1, $2, $3, $4, $5, 'waiting', '', '', $6)`, w.ID, typeID, who, from, to, tx.Now().UnixMilli()); err != nil {
			return err
		}
		if err := waitsNow(ctx, tx, typeID, b.Category, from, to); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "booking.wait", w.ID, "name", t.Name, "from", from, "until", to)
	})
	if err != nil {
		return Wait{}, fmt.Errorf("wait for type %s: %w", data.Clean(typeID, 40), err)
	}
	return w, nil
}

const waitColumns = `SELECT w.id, w.type_id, w.borrower_id, b.given, b.family, CASE WHEN b.phone = '' THEN coalesce(g.phone, '') ELSE b.phone END, w.from_on, w.to_on, w.state, w.offer_until, w.booking_id
	FROM device_waits w JOIN borrowers b ON b.id = w.borrower_id LEFT JOIN borrowers g ON g.id = b.guardian_id`

func scanWait(scan func(...any) error) (w Wait, err error) {
	var b Borrower
	err = scan(&w.ID, &w.TypeID, &w.BorrowerID, &b.Given, &b.Family, &w.Phone, &w.From, &w.To, &w.State, &w.OfferUntil, &w.BookingID)
	w.Borrower = b.Name()
	return w, err
}

// Waits lists who waits, and who was offered something, by type, who waits longest first.
func (s *Store) Waits(ctx context.Context, by data.Actor) (all []Wait, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, scanWait, waitColumns+` WHERE w.state IN ('waiting', 'offered') ORDER BY w.type_id, w.at, w.id`)
		return err
	})
	return all, err
}

// Accept takes an offer: what was kept free is booked, and audited. It returns ErrBookingOver once the offer is over.
func (s *Store) Accept(ctx context.Context, by data.Actor, id string) (b Booking, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		found, err := data.List(ctx, tx, scanWait, waitColumns+` WHERE w.id = $1`, id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return data.ErrNotFound
		}
		w := found[0]
		if w.State != "offered" || w.OfferUntil < tx.Today() {
			return ErrBookingOver
		}
		if err := setBooking(ctx, tx, w.BookingID, Booked); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE device_waits SET state = 'taken' WHERE id = $1`, id); err != nil {
			return err
		}
		if b, err = bookingWhere(ctx, tx, `k.id = $1`, w.BookingID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "booking.accept", b.ID, "number", string(b.Number))
	})
	if err != nil {
		return Booking{}, fmt.Errorf("accept offer %s: %w", data.Clean(id, 40), err)
	}
	return b, nil
}

// Withdraw takes somebody off the waiting list, with what was offered, and audits it. Who is off it stays off it.
func (s *Store) Withdraw(ctx context.Context, by data.Actor, id string) error {
	return s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		found, err := data.List(ctx, tx, scanWait, waitColumns+` WHERE w.id = $1`, id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("waiting %s: %w", data.Clean(id, 40), data.ErrNotFound)
		}
		w := found[0]
		if w.State != "waiting" && w.State != "offered" {
			return nil
		}
		if err := endWait(ctx, tx, w, "withdrawn"); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "booking.withdraw", id)
	})
}

// endWait ends a place on the list, and the offer that it had.
func endWait(ctx context.Context, tx *data.Tx, w Wait, state string) error {
	if w.State == "offered" {
		if err := setBooking(ctx, tx, w.BookingID, Cancelled); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE device_waits SET state = $1 WHERE id = $2`, state, w.ID)
	return err
}

// lapseOffers ends offers that nobody took in time, at desks that are open today, and waits whose days are over. Either is
// a wish that was not met: an offer that lapses came too late for who waited.
func lapseOffers(ctx context.Context, tx *data.Tx) (n int, err error) {
	all, err := data.List(ctx, tx, scanWait, waitColumns+` WHERE w.state = 'offered' AND w.offer_until < $1 OR w.state = 'waiting' AND w.to_on < $1 ORDER BY w.at, w.id`, tx.Today())
	if err != nil {
		return 0, err
	}
	for _, w := range all {
		if w.State == "offered" {
			b, err := bookingWhere(ctx, tx, `k.id = $1`, w.BookingID)
			if err != nil {
				return 0, err
			}
			if open, err := openToday(ctx, tx, b.DeviceID); err != nil || !open {
				if err != nil {
					return 0, err
				}
				continue
			}
		}
		if err := wishOf(ctx, tx, w); err != nil {
			return 0, err
		}
		if err := endWait(ctx, tx, w, "lapsed"); err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// offerWaits offers who waits what is free, in order: nobody is passed by somebody who came later for the same days.
func offerWaits(ctx context.Context, tx *data.Tx, by data.Actor) (n int, err error) {
	all, err := data.List(ctx, tx, scanWait, waitColumns+` WHERE w.state = 'waiting' ORDER BY w.at, w.id`)
	if err != nil {
		return 0, err
	}
	for _, w := range all {
		b, err := book(ctx, tx, by, BookAsk{Type: w.TypeID, Borrower: w.BorrowerID, From: max(w.From, tx.Today()), To: w.To}, Offered)
		var refused *RefusedError
		if errors.As(err, &refused) {
			continue
		}
		if err != nil {
			return 0, err
		}
		until, err := offerUntil(ctx, tx, b)
		if err != nil {
			return 0, err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE device_waits SET state = 'offered', offer_until = $1, booking_id = $2 WHERE id = $3`, until, b.ID, w.ID); err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// offerUntil is the last day of an offer that is made today: so many opening days from now.
func offerUntil(ctx context.Context, tx *data.Tx, b Booking) (string, error) {
	d, err := device(ctx, tx, b.DeviceID)
	if err != nil {
		return "", err
	}
	open, err := openingOf(ctx, tx, d.LocationID)
	if err != nil {
		return "", err
	}
	rules, err := current(ctx, tx, tx.Today())
	if err != nil {
		return "", err
	}
	last, found := open.NthOpen(data.StoredDay(tx.Today()), int(rules.Or("", b.TypeID, PickUpDays, offerDays)))
	if !found {
		return tx.Today(), nil
	}
	return data.DayText(last), nil
}
