package loans

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"digibrug/data"
	"digibrug/data/calendar"
)

// What stands in the way of a replan.
const (
	WhyReplanChanged data.Why = "loans.replan_changed" // what moves is no longer what was shown
	WhyReplanNone    data.Why = "loans.replan_none"    // nothing can move
	WhyReplanUndone  data.Why = "loans.replan_undone"  // it was undone already
)

// Moving is a Move as the desk reads it.
type Moving struct {
	Move
	Number     Number // of the booking; of a loan that of its device
	Device     string // how people call what is out, or was kept free
	NewDevice  string // that is kept free instead; empty: the same
	BorrowerID string // empty once the history was unlinked
	Borrower   string
	To         Borrower // who is to hear of it: the guardian of a minor, and otherwise the borrower; not of what moved before
	Phone      string   // of who is to hear of it
	Location   string   // name
	ClashName  string   // what is in the way: whose booking, or how people call the device; empty: nothing
	ClashOf    Number   // of the booking in the way; empty: it is none

	shifts []Shift // of a loan, as they are
}

// ReplanPlan is what the calendars as they are now move.
type ReplanPlan struct {
	Moves []Moving
	Key   string // names exactly these moves: Replan asks for it
}

// Count tells how many loans and bookings move, and how many should and can't.
func (p ReplanPlan) Count() (loans, bookings, stuck int) {
	for _, m := range p.Moves {
		switch {
		case m.Stuck:
			stuck++
		case m.Kind == MoveLoan:
			loans++
		default:
			bookings++
		}
	}
	return loans, bookings, stuck
}

// ReplanPreview works out which due days, bookings and offers fall on days on which the desk of the device is closed by
// now, and where they would move. It changes nothing.
func (s *Store) ReplanPreview(ctx context.Context, by data.Actor) (p ReplanPlan, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		if p, err = replanned(ctx, q); err != nil {
			return err
		}
		p.show(holds(ctx, q, by, data.RoleSocial))
		return nil
	})
	if err != nil {
		return ReplanPlan{}, fmt.Errorf("look what moves: %w", err)
	}
	return p, nil
}

// Replan moves what ReplanPreview showed, as one act, and audits it: key is the plan's. Reminders that are planned move
// along with their due day. put makes the letters in the same transaction; it may be nil and may run more than once. It
// returns an *data.Invalid when something else would move by now, and when nothing can.
func (s *Store) Replan(ctx context.Context, by data.Actor, key string, put func(context.Context, *data.Tx, ReplanPlan) error) (id string, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		p, err := replanned(ctx, tx)
		if err != nil {
			return err
		}
		if p.Key != key {
			return &data.Invalid{Field: "replan", Why: WhyReplanChanged}
		}
		loans, bookings, stuck := p.Count()
		if loans+bookings == 0 {
			return &data.Invalid{Field: "replan", Why: WhyReplanNone}
		}
		id = data.NewID()
		if _, err := tx.ExecContext(ctx, `INSERT INTO loan_replans (id, at, actor, undone_at, undone_by) VALUES ($1, $2, $3, NULL, '')`,
			id, tx.Now().UnixMilli(), actor(by)); err != nil {
			return err
		}
		if err := p.apply(ctx, tx, id); err != nil {
			return err
		}
		if put != nil {
			p.show(holds(ctx, tx, by, data.RoleSocial))
			if err := put(ctx, tx, p); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, "loan.replan", id, "loans", strconv.Itoa(loans), "bookings", strconv.Itoa(bookings), "stuck", strconv.Itoa(stuck))
	})
	if err != nil {
		return "", fmt.Errorf("move what falls on closed days: %w", err)
	}
	return id, nil
}

// show hides who is a client of the OCMW from who may not know.
func (p ReplanPlan) show(social bool) {
	for i := range p.Moves {
		p.Moves[i].To = p.Moves[i].To.shown(social)
	}
}

// apply writes every move, and what was before it.
func (p ReplanPlan) apply(ctx context.Context, tx *data.Tx, id string) error {
	seq := 0
	for _, m := range p.Moves {
		if m.Stuck {
			continue
		}
		seq++
		if _, err := tx.ExecContext(ctx, `INSERT INTO loan_replan_moves (replan_id, seq, kind, object_id, why, before, after, kept) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			id, seq, string(m.Kind), m.ID, string(m.Why), data.Pack(m.Was), data.Pack(m.Will), data.Pack(m.shifts)); err != nil {
			return err
		}
		if err := moveTo(ctx, tx, m.Move, m.shifted()); err != nil {
			return fmt.Errorf("move %s %s: %w", m.Kind, m.ID, err)
		}
	}
	return nil
}

// shifted is why the loan is due when it is, with this move as the last reason.
func (m Moving) shifted() []Shift {
	why := map[MoveWhy]ShiftWhy{ForRight: ShiftRight, ForClash: ShiftBooking}[m.Why]
	if why == "" {
		why = ShiftClosed
	}
	last := Shift{Why: why, From: data.StoredDay(m.Was.To), To: data.StoredDay(m.Will.To)}
	if m.Was.At != 0 {
		last = Shift{Why: why, From: data.Milli(m.Was.At), To: data.Milli(m.Will.At), Clock: true}
	}
	return append(append([]Shift(nil), m.shifts...), last)
}

// moveTo gives a loan or a booking the days of m.Will.
func moveTo(ctx context.Context, tx *data.Tx, m Move, shifts []Shift) error {
	if m.Kind == MoveLoan {
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE loans SET due_on = $1, due_at = $2, shifts = $3 WHERE id = $4 AND ended = ''`, m.Will.To, m.Will.At, data.Pack(shifts), m.ID)); err != nil {
			return err
		}
		return pushBack(ctx, tx, m.ID, int(data.StoredDay(m.Will.To).Sub(data.StoredDay(m.Was.To)).Hours()/24))
	}
	if err := data.OneRow(tx.ExecContext(ctx, `UPDATE device_bookings SET from_on = $1, to_on = $2, pick_up_until = $3, device_id = $4,
		state = CASE WHEN state = 'ready' AND device_id <> $4 THEN 'booked' ELSE state END WHERE id = $5 AND state IN `+active,
		m.Will.From, m.Will.To, m.Will.Fetch, m.Will.Device, m.ID)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE device_waits SET offer_until = $1 WHERE booking_id = $2 AND state = 'offered'`, m.Will.Offer, m.ID)
	return err
}

// replanned works out what moves, type by type.
func replanned(ctx context.Context, q data.Query) (p ReplanPlan, err error) {
	r, err := readPromises(ctx, q)
	if err != nil {
		return p, err
	}
	for _, t := range r.types {
		one, err := r.planner(ctx, q, t)
		if err != nil {
			return p, err
		}
		for _, m := range one.Moves() {
			p.Moves = append(p.Moves, r.moving(m))
		}
	}
	p.Key = keyOf(p.Moves)
	return p, nil
}

// keyOf names a list of moves.
func keyOf(all []Moving) string {
	moves := make([]Move, len(all))
	for i, m := range all {
		moves[i] = m.Move
	}
	sum := sha256.Sum256([]byte(data.Pack(moves)))
	return hex.EncodeToString(sum[:])
}

// promises is everything open that was promised, as the store has it.
type promises struct {
	types    []string // with an open loan or an active booking, in order
	loans    map[string][]Loan
	bookings map[string][]Booking
	more     map[string]bookingMore // by booking
	places   map[string]calendar.Calendar
	names    map[string]string   // of locations
	people   map[string]Borrower // who has or reserved something, and their guardians
	devices  map[string]string   // how people call them
	byID     map[string]Moving   // loans and bookings
	rules    Regulation
	known    map[string]bool // which types are listed
}

// bookingMore is what a replan must know of a booking besides itself.
type bookingMore struct {
	category        Category
	location, offer string
	gone            bool // its device is lost, stolen or out of use: somebody must look at it anyway
}

func readPromises(ctx context.Context, q data.Query) (r promises, err error) {
	r = promises{loans: map[string][]Loan{}, bookings: map[string][]Booking{}, more: map[string]bookingMore{}, places: map[string]calendar.Calendar{}, names: map[string]string{},
		people: map[string]Borrower{}, devices: map[string]string{}, byID: map[string]Moving{}, known: map[string]bool{}}
	if r.rules, err = current(ctx, q, data.DayOf(q.Now())); err != nil {
		return r, err
	}
	if err := r.readPlaces(ctx, q); err != nil {
		return r, err
	}
	if err := r.readPeople(ctx, q); err != nil {
		return r, err
	}
	open, err := data.List(ctx, q, scanLoan, loanColumns+` WHERE l.ended = '' ORDER BY l.due_on, l.due_at, l.id`)
	if err != nil {
		return r, err
	}
	for _, l := range open {
		r.seen(l.TypeID)
		r.loans[l.TypeID] = append(r.loans[l.TypeID], l)
		r.byID[l.ID] = r.told(Moving{Number: l.DeviceNumber, Device: l.Device, BorrowerID: l.BorrowerID, Borrower: l.Borrower, Location: r.names[l.LocationID], shifts: l.Shifts})
	}
	if err := r.readMore(ctx, q); err != nil {
		return r, err
	}
	booked, err := data.List(ctx, q, scanBooking, bookingColumns+` WHERE k.state IN `+active+` ORDER BY k.from_on, k.number`)
	for _, b := range booked {
		if more := r.more[b.ID]; !more.gone {
			r.seen(b.TypeID)
			r.bookings[b.TypeID] = append(r.bookings[b.TypeID], b)
			r.byID[b.ID] = r.told(Moving{Number: b.Number, Device: b.Device, BorrowerID: b.BorrowerID, Borrower: b.Borrower, Location: r.names[more.location]})
		}
	}
	return r, err
}

// seen adds a type to the list, once.
func (r *promises) seen(typeID string) {
	if !r.known[typeID] {
		r.known[typeID] = true
		r.types = append(r.types, typeID)
	}
}

// readPlaces reads the calendars and names of all locations that lend.
func (r *promises) readPlaces(ctx context.Context, q data.Query) error {
	type pair struct{ id, text string }
	pairs := func(query string) ([]pair, error) {
		return data.List(ctx, q, func(scan func(...any) error) (p pair, err error) { return p, scan(&p.id, &p.text) }, query)
	}
	all, err := pairs(`SELECT id, name FROM locations WHERE id IN (SELECT location_id FROM devices) OR id IN (SELECT location_id FROM loans WHERE ended = '') ORDER BY id`)
	if err != nil {
		return err
	}
	for _, l := range all {
		r.names[l.id] = l.text
		if r.places[l.id], err = openingOf(ctx, q, l.id); err != nil {
			return err
		}
	}
	return nil
}

// readPeople reads who has or reserved something, and who is to hear of it for them.
func (r *promises) readPeople(ctx context.Context, q data.Query) error {
	const having = `(SELECT borrower_id FROM loans WHERE ended = '' UNION SELECT borrower_id FROM device_bookings WHERE state IN ` + active + `)`
	all, err := data.List(ctx, q, scanBorrower, borrowerColumns+` WHERE b.id IN `+having+` OR b.id IN (SELECT guardian_id FROM borrowers WHERE id IN `+having+`) ORDER BY b.id`)
	for _, b := range all {
		r.people[b.ID] = b
	}
	return err
}

// told is a move with who is to hear of it.
func (r promises) told(m Moving) Moving {
	m.To = r.people[m.BorrowerID]
	if g, known := r.people[m.To.GuardianID]; known {
		m.To = g
	}
	m.Phone = m.To.Phone
	return m
}

// readMore reads what bookings have besides themselves, and the names of devices of types that have one.
func (r *promises) readMore(ctx context.Context, q data.Query) error {
	type row struct {
		id string
		bookingMore
	}
	all, err := data.List(ctx, q, func(scan func(...any) error) (m row, err error) {
		return m, scan(&m.id, &m.category, &m.location, &m.offer, &m.gone)
	}, `SELECT k.id, k.category, d.location_id, coalesce(w.offer_until, ''), d.state IN ('lost', 'stolen', 'retired') FROM device_bookings k JOIN devices d ON d.id = k.device_id
		LEFT JOIN device_waits w ON w.booking_id = k.id AND w.state = 'offered' WHERE k.state IN `+active+` ORDER BY k.id`)
	if err != nil {
		return err
	}
	for _, m := range all {
		r.more[m.id] = m.bookingMore
	}
	type named struct {
		id string
		Device
	}
	devices, err := data.List(ctx, q, func(scan func(...any) error) (d named, err error) { return d, scan(&d.id, &d.Name, &d.Number) },
		`SELECT id, name, number FROM devices WHERE type_id IN (SELECT type_id FROM device_bookings WHERE state IN `+active+`) ORDER BY id`)
	for _, d := range devices {
		r.devices[d.id] = d.Called()
	}
	return err
}

// planner is the rule for one type.
func (r promises) planner(ctx context.Context, q data.Query, typeID string) (p Replanner, err error) {
	p = Replanner{Now: q.Now()}
	for _, l := range r.loans[typeID] {
		own := fixed(l.Regulation, l.Rules)
		p.Loans = append(p.Loans, PromisedLoan{ID: l.ID, Device: l.DeviceID, Borrower: l.BorrowerID, Lent: l.LentAt, Due: data.StoredDay(l.DueOn), At: l.DueAt, Mode: own.Mode("", ""),
			Days: int(own.Or("", "", TermDays, 14)), RightEnds: data.StoredDay(r.people[l.BorrowerID].RightUntil), Opening: r.places[l.LocationID]})
	}
	for _, b := range r.bookings[typeID] {
		more := r.more[b.ID]
		p.Bookings = append(p.Bookings, PromisedBooking{ID: b.ID, Device: b.DeviceID, Borrower: b.BorrowerID, Named: b.Named, From: data.StoredDay(b.From), To: data.StoredDay(b.To),
			Fetch: data.StoredDay(b.PickUpUntil), FetchDays: int(r.rules.Or(more.category, typeID, PickUpDays, 0)), Offer: data.StoredDay(more.offer), Opening: r.places[more.location]})
	}
	if p.Fleet, err = fleet(ctx, q, typeID, int(r.rules.Or("", typeID, GapDays, 0)), ""); err != nil {
		return p, err
	}
	var repairs []Claim
	for _, c := range p.Fleet.Claims {
		if c.Repair {
			repairs = append(repairs, c)
		}
	}
	p.Fleet.Claims = repairs // the others are in the lists
	return p, nil
}

// moving gives a move the names that people read.
func (r promises) moving(m Move) Moving {
	n := r.byID[m.ID]
	n.Move = m
	if m.Will.Device != m.Was.Device {
		n.NewDevice = r.devices[m.Will.Device]
	}
	if other, is := r.byID[m.Clash]; is {
		n.ClashName = other.Device
		if _, booking := r.more[m.Clash]; booking {
			n.ClashName, n.ClashOf = other.Borrower, other.Number
		}
	} else if m.Clash != "" {
		n.ClashName = r.devices[m.Clash]
	}
	return n
}
