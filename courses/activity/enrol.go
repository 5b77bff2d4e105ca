package activity

import (
	"context"
	"fmt"
	"strconv"

	"digibrug/data"
)

// Ask is what a parent asks: places for a child in half-days of one activity.
type Ask struct {
	ChildID  string   // of a child that is known; empty: Child is written down
	Child    Child    // a child that gave the same name, guardian and phone before is that one
	HalfDays []string // ids
}

// EnrolledError says where a child has a place already. It Is ErrEnrolled.
type EnrolledError struct {
	Title   string // of the activity
	HalfDay HalfDay
	State   State
}

func (e *EnrolledError) Error() string {
	return fmt.Sprintf("%v: %s %s %s", ErrEnrolled, data.DayText(e.HalfDay.Day), e.HalfDay.Part, e.State)
}

// Is makes it an ErrEnrolled.
func (e *EnrolledError) Is(t error) bool { return t == ErrEnrolled }

// Enrol gives a child a place in each of the half-days, or a turn on the waiting list where it is full, and audits it.
// Places are counted in the transaction, and nobody passes who waits. It is all or nothing. It returns a place per
// half-day, in the order of time; an *EnrolledError when the child has a place at that time, ErrShut for a half-day that is
// over or cancelled, an *data.Invalid, also for an age that is in no group, and data.ErrNotFound.
func (s *Store) Enrol(ctx context.Context, by data.Actor, ask Ask) (all []Place, err error) {
	child := ask.Child
	if ask.ChildID == "" {
		if child, err = child.check(); err != nil {
			return nil, err
		}
		child.ID = ""
	}
	if len(ask.HalfDays) == 0 {
		return nil, &data.Invalid{Field: "half_days", Why: data.WhyEmpty}
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		all = nil
		c, err := wanted(ctx, tx, ask.ChildID, child)
		if err != nil {
			return err
		}
		in := map[string]bool{}
		for _, id := range ask.HalfDays {
			if in[id] {
				continue
			}
			in[id] = true
			p, err := join(ctx, tx, c, id)
			if err != nil {
				return err
			}
			all = append(all, p)
		}
		return tx.Audit(ctx, by, "activity.enrol", c.ID, "count", strconv.Itoa(len(all)))
	})
	if err != nil {
		return nil, fmt.Errorf("enrol a child: %w", err)
	}
	return all, nil
}

// wanted gives the child with an id, or writes one down that was checked.
func wanted(ctx context.Context, tx *data.Tx, id string, c Child) (Child, error) {
	if id != "" {
		return childOf(ctx, tx, id)
	}
	c, err := putChild(ctx, tx, c)
	if err != nil {
		return Child{}, err
	}
	return c, regroup(ctx, tx, c)
}

// join gives a child a place in a half-day, or a turn.
func join(ctx context.Context, tx *data.Tx, c Child, halfDay string) (Place, error) {
	h, err := halfDayOf(ctx, tx, halfDay)
	if err != nil {
		return Place{}, err
	}
	a, err := activityOf(ctx, tx, h.ActivityID)
	if err != nil {
		return Place{}, err
	}
	if h.Cancelled != "" || h.Over(tx.Now()) || !a.Purged.IsZero() {
		return Place{}, ErrShut
	}
	g, err := GroupOf(a.Groups, c.Born, a.First)
	if err != nil {
		return Place{}, err
	}
	if err := elsewhere(ctx, tx, c.ID, h); err != nil {
		return Place{}, err
	}
	held, err := seatsOf(ctx, tx, h.ID)
	if err != nil {
		return Place{}, err
	}
	p := Place{ID: data.NewID(), HalfDay: h, Child: c, Group: g.Name, State: Waiting, Queued: tx.Now(), Mark: Expected, Turn: h.Waiting + 1}
	if free := freeSeats(held, h.Capacity); len(free) > 0 && h.Waiting == 0 { // who waits goes first
		p.State, p.Seat, p.Turn = Booked, free[0], 0
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO activity_places (id, half_day_id, child_id, age_group, state, seat, queued_at, untold, mark, arrived_min, left_min, left_how, left_by, left_why, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 'expected', 0, 0, '', '', '', 0)`, p.ID, h.ID, c.ID, p.Group, string(p.State), p.Seat, p.Queued.UnixMilli())
	return p, err
}

// elsewhere refuses a child that has a place, or waits for one, in this half-day, or has one in another activity at that
// time.
func elsewhere(ctx context.Context, q data.Query, child string, h HalfDay) error {
	all, err := data.List(ctx, q, func(scan func(...any) error) (e EnrolledError, err error) {
		var day string
		err = scan(&e.Title, &e.State, &e.HalfDay.ID, &day, &e.HalfDay.Part, &e.HalfDay.From, &e.HalfDay.To)
		e.HalfDay.Day = data.StoredDay(day)
		return e, err
	}, `SELECT a.title, p.state, h.id, h.on_day, h.part, h.from_min, h.until_min FROM activity_places p JOIN activity_half_days h ON h.id = p.half_day_id
		JOIN activities a ON a.id = h.activity_id WHERE p.child_id = $1 AND (h.id = $2 AND p.state IN `+active+`
		OR h.id <> $2 AND p.state = 'booked' AND h.on_day = $3 AND h.from_min < $4 AND h.until_min > $5) ORDER BY h.from_min, h.id`,
		child, h.ID, data.DayText(h.Day), int(h.To), int(h.From))
	if err != nil || len(all) == 0 {
		return err
	}
	return &all[0]
}

// Cancel takes a child out of half-days, and audits it: each freed place goes to who waits first, in the same transaction.
// It returns those who moved up, whose parents must be told; ErrShut for a half-day that is over, ErrNoPlace for a place
// that was cancelled before, ErrMarked for a child that came, and data.ErrNotFound.
func (s *Store) Cancel(ctx context.Context, by data.Actor, places ...string) (moved []Place, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		moved = nil
		for _, id := range places {
			up, err := leave(ctx, tx, id)
			if err != nil {
				return err
			}
			moved = append(moved, up...)
			if err := tx.Audit(ctx, by, "activity.cancel", id, "moved", strconv.Itoa(len(up))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("cancel the places of a child: %w", err)
	}
	return moved, nil
}

func leave(ctx context.Context, tx *data.Tx, id string) (moved []Place, err error) {
	p, err := placeOf(ctx, tx, id)
	switch {
	case err != nil:
		return nil, err
	case p.State == Cancelled:
		return nil, ErrNoPlace
	case p.HalfDay.Over(tx.Now()):
		return nil, ErrShut
	case p.Mark == Here || p.Mark == Gone:
		return nil, ErrMarked
	}
	if _, err := tx.ExecContext(ctx, `UPDATE activity_places SET state = 'cancelled', seat = 0, untold = 0, ended_at = $1 WHERE id = $2`, tx.Now().UnixMilli(), id); err != nil {
		return nil, err
	}
	return moveUp(ctx, tx, p.HalfDay)
}

// Told writes down that a parent heard what changed, and audits it. It returns data.ErrNotFound.
func (s *Store) Told(ctx context.Context, by data.Actor, place string) error {
	err := s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE activity_places SET untold = 0 WHERE id = $1`, place)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "activity.told", place)
	})
	if err != nil {
		return fmt.Errorf("tell about place %s: %w", data.Clean(place, 40), err)
	}
	return nil
}

// Violation is what should never be: a half-day with more children than places, or a seat beyond them.
type Violation struct {
	HalfDay string // id
	Found   string // in figures
}

// Check looks whether a half-day has more children than places, in one view, and finds nothing in a register that only
// this program wrote.
func (s *Store) Check(ctx context.Context, by data.Actor) (found []Violation, err error) {
	err = s.db.ViewFor(ctx, by, append(planners(), data.RoleConsultant), func(q data.Query) error {
		found, err = data.List(ctx, q, func(scan func(...any) error) (v Violation, err error) { return v, scan(&v.HalfDay, &v.Found) },
			`SELECT h.id, count(*) || ' > ' || h.capacity FROM activity_half_days h JOIN activity_places p ON p.half_day_id = h.id WHERE p.state = 'booked'
				GROUP BY h.id, h.capacity HAVING count(*) > h.capacity ORDER BY h.id`)
		if err != nil {
			return err
		}
		rooms, err := unheld(ctx, q)
		found = append(found, rooms...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check the activities: %w", err)
	}
	return found, nil
}
