package loans

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// Replanned is one replan of the past.
type Replanned struct {
	ID              string
	At              time.Time
	By              string
	Loans, Bookings int // how many it moved
	UndoneAt        time.Time
	UndoneBy        string // empty: it stands
}

// replansMost is how many replans are listed.
const replansMost = 100

// Replans lists what was replanned, the newest first, at most 100.
func (s *Store) Replans(ctx context.Context, by data.Actor) (all []Replanned, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, func(scan func(...any) error) (r Replanned, err error) {
			var at, undone int64
			err = scan(&r.ID, &at, &r.By, &undone, &r.UndoneBy, &r.Loans, &r.Bookings)
			if r.At = data.Milli(at); undone != 0 {
				r.UndoneAt = data.Milli(undone)
			}
			return r, err
		}, fmt.Sprintf(`SELECT r.id, r.at, r.actor, coalesce(r.undone_at, 0), r.undone_by, sum(CASE m.kind WHEN 'loan' THEN 1 ELSE 0 END), sum(CASE m.kind WHEN 'booking' THEN 1 ELSE 0 END)
			FROM loan_replans r JOIN loan_replan_moves m ON m.replan_id = r.id GROUP BY r.id, r.at, r.actor, r.undone_at, r.undone_by ORDER BY r.at DESC, r.id DESC LIMIT %d`, replansMost))
		for i := range all {
			all[i].By = nameOf(ctx, q, all[i].By)
			if all[i].UndoneBy != "" {
				all[i].UndoneBy = nameOf(ctx, q, all[i].UndoneBy)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list replans: %w", err)
	}
	return all, nil
}

// storedMove is a move of a replan, with why its loan was due on another day before.
type storedMove struct {
	Move
	shifts []Shift
}

// replanMoves gives the moves of a replan, in order.
func replanMoves(ctx context.Context, q data.Query, id string) ([]storedMove, error) {
	return data.List(ctx, q, func(scan func(...any) error) (m storedMove, err error) {
		var was, will, kept string
		if err = scan(&m.Kind, &m.ID, &m.Why, &was, &will, &kept); err != nil {
			return m, err
		}
		return m, errors.Join(data.Unpack(was, &m.Was), data.Unpack(will, &m.Will), data.Unpack(kept, &m.shifts))
	}, `SELECT kind, object_id, why, before, after, kept FROM loan_replan_moves WHERE replan_id = $1 ORDER BY seq`, id)
}

// ReplanMoves lists what a replan moved, in order, for who still has to be told. It is empty for one that never was.
func (s *Store) ReplanMoves(ctx context.Context, by data.Actor, id string) (all []Moving, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = movedBy(ctx, q, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("moves of replan %s: %w", data.Clean(id, 40), err)
	}
	return all, nil
}

func movedBy(ctx context.Context, q data.Query, id string) (all []Moving, err error) {
	moves, err := replanMoves(ctx, q, id)
	if err != nil {
		return nil, err
	}
	known := map[string]Moving{}
	rows, err := data.List(ctx, q, func(scan func(...any) error) (m Moving, err error) {
		var d Device
		var b Borrower
		err = scan(&m.ID, &m.Number, &d.Name, &d.Number, &b.ID, &b.Given, &b.Family, &m.Phone, &m.Location)
		m.Device, m.BorrowerID, m.Borrower = d.Called(), b.ID, b.Name()
		return m, err
	}, `SELECT l.id, d.number, d.name, d.number, coalesce(b.id, ''), coalesce(b.given, ''), coalesce(b.family, ''), coalesce(b.phone, ''), p.name FROM loan_replan_moves m
		JOIN loans l ON m.kind = 'loan' AND l.id = m.object_id JOIN devices d ON d.id = l.device_id JOIN locations p ON p.id = l.location_id LEFT JOIN borrowers b ON b.id = l.borrower_id
		WHERE m.replan_id = $1 UNION ALL
		SELECT k.id, k.number, d.name, d.number, coalesce(b.id, ''), coalesce(b.given, ''), coalesce(b.family, ''), coalesce(b.phone, ''), p.name FROM loan_replan_moves m
		JOIN device_bookings k ON m.kind = 'booking' AND k.id = m.object_id JOIN devices d ON d.id = k.device_id JOIN locations p ON p.id = d.location_id
		LEFT JOIN borrowers b ON b.id = k.borrower_id WHERE m.replan_id = $1`, id)
	for _, m := range rows {
		known[m.ID] = m
	}
	for _, m := range moves {
		n := known[m.ID]
		n.Move = m.Move
		all = append(all, n)
	}
	return all, err
}

// UndoReplan puts back what a replan moved, as one act, and audits it. What was brought back, renewed, fetched or moved
// again since is left alone, and so is what would be late or in somebody's way by being put back: left tells how much
// that is. It returns an *data.Invalid for a replan that was undone already, and data.ErrNotFound.
func (s *Store) UndoReplan(ctx context.Context, by data.Actor, id string) (back, left int, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		back, left, err = undoReplan(ctx, tx, by, id)
		return err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("undo replan %s: %w", data.Clean(id, 40), err)
	}
	return back, left, nil
}

func undoReplan(ctx context.Context, tx *data.Tx, by data.Actor, id string) (back, left int, err error) {
	var undone bool
	if err := data.One(ctx, tx, []any{&undone}, `SELECT undone_at IS NOT NULL FROM loan_replans WHERE id = $1`, id); err != nil {
		return 0, 0, err
	}
	if undone {
		return 0, 0, &data.Invalid{Field: "undo", Why: WhyReplanUndone}
	}
	all, err := replanMoves(ctx, tx, id)
	if err != nil {
		return 0, 0, err
	}
	puts, err := putBack(ctx, tx, all)
	if err != nil {
		return 0, 0, err
	}
	for _, m := range puts {
		if err := moveTo(ctx, tx, m.Move, m.shifts); err != nil {
			return 0, 0, err
		}
	}
	back, left = len(puts), len(all)-len(puts)
	if _, err := tx.ExecContext(ctx, `UPDATE loan_replans SET undone_at = $1, undone_by = $2 WHERE id = $3`, tx.Now().UnixMilli(), actor(by), id); err != nil {
		return 0, 0, err
	}
	return back, left, tx.Audit(ctx, by, "loan.replan_undo", id, "back", strconv.Itoa(back), "left", strconv.Itoa(left))
}

// standingPromise is what a loan or booking promises now, and which device that takes.
type standingPromise struct {
	Promise
	device string
}

// putBack gives the moves that can be put back, turned around.
func putBack(ctx context.Context, tx *data.Tx, all []storedMove) (puts []storedMove, err error) {
	now, err := promisedNow(ctx, tx)
	if err != nil {
		return nil, err
	}
	put := func(id string, to Promise) {
		p := now[id]
		if p.Promise = to; to.Device != "" {
			p.device = to.Device
		}
		now[id] = p
	}
	for _, m := range all {
		if is, there := now[m.ID]; there && is.Promise == m.Will && (m.Was.To >= tx.Today() || m.Will.To < m.Was.To) {
			m.Was, m.Will = m.Will, m.Was
			puts = append(puts, m)
			put(m.ID, m.Will)
		}
	}
	for { // what is in somebody's way stays where the replan put it, which may be in another's way: look again
		at := slices.IndexFunc(puts, func(m storedMove) bool { return inTheWay(m.ID, now) })
		if at < 0 {
			return puts, nil
		}
		put(puts[at].ID, puts[at].Was)
		puts = slices.Delete(puts, at, at+1)
	}
}

// inTheWay tells whether something shares its device and a day with something else. A loan begins before everything.
func inTheWay(id string, now map[string]standingPromise) bool {
	m := now[id]
	for other, p := range now {
		if other != id && p.device == m.device && p.From <= m.To && m.From <= p.To {
			return true
		}
	}
	return false
}

// promisedNow is what open loans and active bookings promise, by id.
func promisedNow(ctx context.Context, q data.Query) (map[string]standingPromise, error) {
	type row struct {
		id string
		standingPromise
	}
	all, err := data.List(ctx, q, func(scan func(...any) error) (p row, err error) {
		return p, scan(&p.id, &p.device, &p.Device, &p.From, &p.To, &p.At, &p.Fetch, &p.Offer)
	}, `SELECT id, device_id, '', '', due_on, due_at, '', '' FROM loans WHERE ended = '' UNION ALL
		SELECT k.id, k.device_id, k.device_id, k.from_on, k.to_on, 0, k.pick_up_until, coalesce(w.offer_until, '') FROM device_bookings k
		LEFT JOIN device_waits w ON w.booking_id = k.id AND w.state = 'offered' WHERE k.state IN `+active)
	now := map[string]standingPromise{}
	for _, p := range all {
		now[p.id] = p.standingPromise
	}
	return now, err
}
