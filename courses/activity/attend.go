package activity

import (
	"context"
	"fmt"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Step is what the door does with a child.
type Step string

// The steps. Undo takes the last one back.
const (
	Arrive  Step = "arrive"
	Leave   Step = "leave"
	StayOff Step = "absent"
	Undo    Step = "undo"
)

// Sight is what the door saw: a child that came, or left with somebody.
type Sight struct {
	Step Step
	How  How             // of leaving
	By   string          // who fetches it, where How says that a name is needed
	Why  string          // who allowed it, for WithOther
	At   calendar.Minute // 0: now
}

// Marked gives the place as it is after a sight, at a minute of the day. It returns ErrMarked for a step that doesn't
// follow on the last one: a child leaves only after it came. It returns an *data.Invalid for who may not take the child
// along, and for leaving before arriving.
func (p Place) Marked(sight Sight, at calendar.Minute) (Place, error) {
	switch {
	case sight.Step == Arrive && (p.Mark == Expected || p.Mark == Absent):
		p.Mark, p.Arrived = Here, at
		return p, nil
	case sight.Step == StayOff && p.Mark == Expected:
		p.Mark = Absent
		return p, nil
	case sight.Step == Undo && p.Mark == Gone:
		p.Mark, p.Left, p.LeftHow, p.LeftBy, p.LeftWhy = Here, 0, "", "", ""
		return p, nil
	case sight.Step == Undo && p.Mark != Expected:
		p.Mark, p.Arrived = Expected, 0
		return p, nil
	case sight.Step != Leave || p.Mark != Here:
		return Place{}, ErrMarked
	}
	if at < p.Arrived {
		return Place{}, &data.Invalid{Field: "at", Why: WhyBeforeNow, Got: at.String()}
	}
	who, err := p.Child.Leaves(sight.How, sight.By, sight.Why)
	if err != nil {
		return Place{}, err
	}
	p.Mark, p.Left, p.LeftHow, p.LeftBy, p.LeftWhy = Gone, at, sight.How, who, ""
	if sight.How == WithOther {
		p.LeftWhy = data.Clean(sight.Why, contactLimit)
	}
	return p, nil
}

// See writes down what the door saw of a child with a place, on the day itself or afterwards, and audits it without a
// name. It returns the place as it is now; ErrNotYet before the day, ErrNoPlace for who has none, and what Place.Marked
// returns.
func (s *Store) See(ctx context.Context, by data.Actor, place string, sight Sight) (p Place, err error) {
	if err := data.ShortTexts(contactLimit, data.Typed("by", &sight.By), data.Typed("why", &sight.Why)); err != nil {
		return Place{}, err
	}
	err = s.db.InTxFor(ctx, by, hosts(), func(tx *data.Tx) error {
		if p, err = placeOf(ctx, tx, place); err != nil {
			return err
		}
		at, err := minuteOf(p.HalfDay, sight, calendar.LocalOf(tx.Now()))
		switch {
		case err != nil:
			return err
		case p.State != Booked:
			return ErrNoPlace
		case p.Child.ID == "": // purged
			return data.ErrNotFound
		}
		if p, err = p.Marked(sight, at); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE activity_places SET mark = $1, arrived_min = $2, left_min = $3, left_how = $4, left_by = $5, left_why = $6 WHERE id = $7`,
			string(p.Mark), int(p.Arrived), int(p.Left), string(p.LeftHow), p.LeftBy, p.LeftWhy, p.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "activity.see", p.ID, "method", string(sight.Step))
	})
	if err != nil {
		return Place{}, fmt.Errorf("mark place %s: %w", data.Clean(place, 40), err)
	}
	return p, nil
}

// minuteOf is the minute of a sight: now on the day itself, or what was typed. Afterwards, where nothing was typed, it is
// when the half-day began for who came, and when it ended for who left. It returns ErrNotYet before the day, and an
// *data.Invalid for a time that is still to come.
func minuteOf(h HalfDay, sight Sight, now calendar.Local) (calendar.Minute, error) {
	switch {
	case now.Day.Before(h.Day):
		return 0, ErrNotYet
	case sight.At < 0 || sight.At >= calendar.Midnight:
		return 0, &data.Invalid{Field: "at", Why: calendar.WhyTime, Got: sight.At.String()}
	case sight.At > 0 && now.Day.Equal(h.Day) && sight.At > now.At:
		return 0, &data.Invalid{Field: "at", Why: WhyBeforeNow, Got: sight.At.String()}
	case sight.At > 0:
		return sight.At, nil
	case now.Day.Equal(h.Day):
		return max(now.At, 1), nil // 0 means that nobody said
	case sight.Step == Arrive:
		return h.From, nil
	}
	return h.To, nil
}
