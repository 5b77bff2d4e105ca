package courses

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// Decision is what becomes of a series on its go/no-go day.
type Decision string

// The decisions.
const (
	Go       Decision = "go"       // gaat door
	Merge    Decision = "merge"    // its people go to another series of the course
	Postpone Decision = "postpone" // all its sessions move by whole weeks
	Stop     Decision = "cancel"   // afgelast
)

// Proposal is what the system proposes for a series, and the facts behind it. A person decides.
type Proposal struct {
	Listed
	Decision Decision
	With     string // id of the series to merge with
	WithCode string
	Missing  int // how many more are needed
	Room     int // seats free in the other series
}

// Propose says what to do with a series that has too few or enough people: go from its least on; merge when another series
// of the course has room for all of them and begins at most eight weeks later or earlier but not yet; postpone when more
// than half of what is needed is there; and otherwise cancel.
func Propose(l Listed, others []Listed, now time.Time) Proposal {
	p := Proposal{Listed: l, Decision: Go, Missing: max(0, l.Least-l.Booked)}
	if p.Missing == 0 {
		return p
	}
	p.Decision = Stop
	if l.Booked > 0 && 2*l.Booked > l.Least {
		p.Decision = Postpone
	}
	for _, o := range others {
		near := o.First.Sub(l.First) < 8*7*24*time.Hour
		if o.ID == l.ID || o.CourseID != l.CourseID || l.Booked == 0 || !near || o.Shut(now) != "" || o.Waiting > 0 || o.Free() < l.Booked+l.Offered {
			continue
		}
		if p.Decision != Merge || o.Free() > p.Room {
			p.Decision, p.With, p.WithCode, p.Room = Merge, o.ID, o.Code, o.Free()
		}
	}
	return p
}

// Proposals lists the series to decide on by today, with what the system proposes, by when they begin.
func (s *Store) Proposals(ctx context.Context, by data.Actor) (all []Proposal, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		list, err := listed(ctx, q, SeriesFilter{States: []SeriesState{Published, Going}, Open: true})
		if err != nil {
			return err
		}
		all = nil
		for _, l := range list {
			if l.State == Published && l.DecideOn <= data.DayOf(q.Now()) {
				all = append(all, Propose(l, list, q.Now()))
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("propose go or no-go: %w", err)
	}
	return all, nil
}

// DecideGo says that a series goes ahead, and audits it. It returns ErrSeriesOver, and data.ErrNotFound.
func (s *Store) DecideGo(ctx context.Context, by data.Actor, id string) error {
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		of, err := seriesOf(ctx, tx, id)
		if err == nil && of.State != Published {
			err = ErrSeriesOver
		}
		if err != nil {
			return err
		}
		if err := setSeries(ctx, tx, id, Going); err != nil {
			return err
		}
		if err := tellSeated(ctx, tx, of, AboutGoing); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "series.go", id, "number", of.Code)
	})
	if err != nil {
		return fmt.Errorf("decide that series %s goes: %w", data.Clean(id, 40), err)
	}
	return nil
}

// MergeInto moves all who have a seat in a series to another one of the same course, with their fee as it was, puts who
// waits at the end of its list, and cancels the first; audited as one act. Who is in both keeps the better place, and what was
// paid twice goes back. It returns ErrFull when the other has too few
// seats, a *ConflictError for somebody who has another lesson then, a *ShutError, ErrSeriesOver, an *data.Invalid for a
// series of another course, and data.ErrNotFound.
func (s *Store) MergeInto(ctx context.Context, by data.Actor, id, other string) (moved int, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		moved, err = mergeInto(ctx, tx, by, id, other)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("merge series %s into %s: %w", data.Clean(id, 40), data.Clean(other, 40), err)
	}
	return moved, nil
}

func mergeInto(ctx context.Context, tx *data.Tx, by data.Actor, id, other string) (moved int, err error) {
	of, err := seriesOf(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	to, err := seriesOf(ctx, tx, other)
	if err != nil {
		return 0, err
	}
	if of.CourseID != to.CourseID || id == other {
		return 0, &data.Invalid{Field: "series", Why: data.WhyNotOneOf, Got: to.Code}
	}
	switch shut := to.Shut(tx.Now()); shut {
	case "", ShutByHand, ShutEnded, ShutStopped: // a planner decides
	default:
		return 0, &ShutError{shut}
	}
	in, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.state IN `+active+` ORDER BY CASE WHEN e.seat > 0 THEN 0 ELSE 1 END, e.priority DESC, e.queued_at, e.id`, id)
	if err != nil {
		return 0, err
	}
	held, err := seatsOf(ctx, tx, other)
	if err != nil {
		return 0, err
	}
	m := merger{to: to, from: of.Code, held: held, pairs: map[string]string{}}
	for _, e := range in {
		if err := errors.Join(end(ctx, tx, by, e, MovedOn, to.Code), stale(ctx, tx, e.ID)); err != nil {
			return 0, err
		}
		there, is, err := inSeries(ctx, tx, other, e.ParticipantID)
		switch {
		case err != nil:
		case is && there.standing() >= e.standing():
			if err = paidTwice(ctx, tx, by, e, there); err == nil {
				err = tell(ctx, tx, e, AboutMoved, false)
			}
		case is: // only waits there for what is had here
			delete(held, there.Seat)
			err = errors.Join(end(ctx, tx, by, there, MovedOn, to.Code), stale(ctx, tx, there.ID), paidTwice(ctx, tx, by, there, Enrolment{}))
			fallthrough
		default:
			moved++
			err = errors.Join(err, m.take(ctx, tx, by, e))
		}
		if err != nil {
			return 0, err
		}
	}
	if err := endLonePairs(ctx, tx, other); err != nil {
		return 0, err
	}
	return moved, cancelSeries(ctx, tx, by, of, to.Code)
}

// merger takes people over into a series.
type merger struct {
	to    Series
	from  string            // code of the series that they come from
	held  map[int]bool      // seats of to
	pairs map[string]string // there, by what they were
}

// take puts one in the series as it was in the other: with a seat, with an offer of one that stands from now on, or behind who
// waits.
func (m merger) take(ctx context.Context, tx *data.Tx, by data.Actor, e Enrolment) error {
	about := AboutMoved
	pair := e.Pair
	e.ID, e.SeriesID, e.Seat, e.OfferUntil, e.Pair, e.Reason = data.NewID(), m.to.ID, 0, "", "", m.from
	if pair != "" {
		if m.pairs[pair] == "" {
			m.pairs[pair] = data.NewID()
		}
		e.Pair = m.pairs[pair]
	}
	if e.State == Booked || e.State == Offered {
		if len(m.held) >= m.to.Seats {
			return ErrFull
		}
		p, err := participantOf(ctx, tx, e.ParticipantID)
		if err != nil {
			return err
		}
		if err := otherLesson(ctx, tx, m.to.ID, p); err != nil {
			return err
		}
		e.Seat = firstFree(m.held)
		m.held[e.Seat] = true
	}
	if e.State == Offered {
		var err error
		if e.OfferUntil, err = offerUntil(ctx, tx, m.to); err != nil {
			return err
		}
		about = AboutOffered
	}
	if err := insertEnrolment(ctx, tx, e); err != nil {
		return err
	}
	if err := addEvent(ctx, tx, by, e, "moved", m.from); err != nil {
		return err
	}
	return tell(ctx, tx, e, about, false)
}

// endLonePairs lets wait alone who waits together with nobody in a series.
func endLonePairs(ctx context.Context, tx *data.Tx, series string) error {
	_, err := tx.ExecContext(ctx, `UPDATE enrolments SET pair = '' WHERE series_id = $1 AND pair <> '' AND pair IN
		(SELECT pair FROM enrolments WHERE series_id = $1 AND pair <> '' AND state IN `+active+` GROUP BY pair HAVING count(*) < 2)`, series)
	return err
}

// inSeries gives the enrolment by which somebody is in a series now.
func inSeries(ctx context.Context, q data.Query, series, participant string) (e Enrolment, is bool, err error) {
	all, err := data.List(ctx, q, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.participant_id = $2 AND e.state IN `+active, series, participant)
	if err != nil || len(all) == 0 {
		return Enrolment{}, false, err
	}
	return all[0], true, nil
}

// standing is how near somebody is to the lessons.
func (e Enrolment) standing() int {
	switch e.State {
	case Booked:
		return 2
	case Offered:
		return 1
	}
	return 0
}

// paidTwice takes what somebody paid for a series that ends along to the enrolment elsewhere that stays. What doesn't fit there
// goes back.
func paidTwice(ctx context.Context, tx *data.Tx, by data.Actor, e, stays Enrolment) error {
	switch {
	case e.Paid != PaidFee:
		return nil
	case stays.Paid == Due && e.Fee.Known && stays.Fee.Cents == e.Fee.Cents:
		if err := setPaid(ctx, tx, stays.ID, PaidFee); err != nil {
			return err
		}
		return addEvent(ctx, tx, by, stays, "paid", string(PaidFee))
	}
	if err := setPaid(ctx, tx, e.ID, Refund); err != nil {
		return err
	}
	return addEvent(ctx, tx, by, e, "paid", string(Refund))
}

// PostponedTo is the first day that PostponeSeries would give a series: not so many weeks later where that day is left out.
func (s *Store) PostponedTo(ctx context.Context, by data.Actor, id string, weeks int) (first time.Time, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		_, later, err := postponed(ctx, q, id, weeks)
		for _, x := range later {
			if first.IsZero() || x.Day.Before(first) {
				first = x.Day
			}
		}
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("look where series %s would go: %w", data.Clean(id, 40), err)
	}
	return first, nil
}

// postponed gives the sessions of a series that are still to come as they would be some weeks later.
func postponed(ctx context.Context, q data.Query, id string, weeks int) (of Series, later []Session, err error) {
	if weeks < 1 || weeks > mostWeeks {
		return of, nil, &data.Invalid{Field: "weeks", Why: data.WhyNumber, Want: "1 … " + strconv.Itoa(mostWeeks)}
	}
	if of, err = seriesOf(ctx, q, id); err != nil {
		return of, nil, err
	}
	sessions, err := sessionsOf(ctx, q, id)
	if err != nil {
		return of, nil, err
	}
	open, err := calendarOf(ctx, q, of)
	if err != nil {
		return of, nil, err
	}
	skip := LeavesOut(open, sessions)
	sessions = slices.DeleteFunc(sessions, func(x Session) bool { return x.State == SessionCancelled || !x.Instants().From.After(q.Now()) })
	later, found := Later(sessions, weeks, skip)
	if !found {
		return of, nil, &data.Invalid{Field: "weeks", Why: data.WhyNumber, Want: "1 … " + strconv.Itoa(mostWeeks), Got: strconv.Itoa(weeks)} // no year has an open week left
	}
	return of, later, nil
}

// PostponeSeries moves all sessions that are still to come by whole weeks, around the days that the series leaves out, and
// the day to decide along, and audits it. It returns what MoveSession returns.
func (s *Store) PostponeSeries(ctx context.Context, by data.Actor, id string, weeks int) error {
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		of, later, err := postponed(ctx, tx, id, weeks)
		if err != nil {
			return err
		}
		if err := shiftSessions(ctx, tx, by, of, later); err != nil {
			return err
		}
		in, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.state IN `+seated+` ORDER BY e.seat`, id)
		if err != nil {
			return err
		}
		for _, e := range in {
			if err := addEvent(ctx, tx, by, e, "series", of.Code); err != nil {
				return err
			}
		}
		decide := data.DayText(data.StoredDay(of.DecideOn).AddDate(0, 0, 7*weeks))
		_, err = tx.ExecContext(ctx, `UPDATE course_series SET decide_on = $1 WHERE id = $2`, decide, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("postpone series %s: %w", data.Clean(id, 40), err)
	}
	return nil
}
