package recruit

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Need says how much a candidate needs the supervisor: the smaller, the sooner.
type Need int

// The needs, the most urgent first.
const (
	NeedAnswer  Need = iota // a question stands open
	NeedResume              // waits to be let on
	NeedLine                // nobody at the line
	NeedCheck               // waits to show the identity card
	NeedRelease             // checked, and waits to be let in or to start
	NeedLook                // no key for a long time
	NeedPause               // stands still by the supervisor
	NeedBreak
	NeedNothing // busy
	NeedDone    // finished
	NeedArrival // not there yet
)

// Quiet is how long a busy candidate presses no key before the supervisor should have a look.
const Quiet = 5 * time.Minute

// NeedAt says how much a sitting needs the supervisor at a moment.
func (s Sitting) NeedAt(now time.Time) Need {
	switch s.PhaseAt(now) {
	case PhaseAsking:
		return NeedAnswer
	case PhaseWaiting:
		return NeedResume
	case PhaseCut:
		return NeedLine
	case PhaseArrived:
		return NeedCheck
	case PhaseReady, PhaseReleased:
		return NeedRelease
	case PhasePaused:
		if !s.There(s.moment(now)) {
			return NeedLine
		}
		return NeedPause
	case PhaseBreak:
		return NeedBreak
	case PhaseFinished:
		return NeedDone
	case PhaseAbsent:
		return NeedArrival
	}
	if s.moment(now).Sub(s.KeyAt) > Quiet {
		return NeedLook
	}
	return NeedNothing
}

// ByNeed orders sittings by how much they need the supervisor; among questions and waiting visits who waits longest comes first, else the label
// decides.
func ByNeed(all []Sitting, now time.Time) {
	slices.SortStableFunc(all, func(a, b Sitting) int {
		need := a.NeedAt(now)
		order := cmp.Compare(need, b.NeedAt(now))
		if order == 0 && need == NeedAnswer && a.Question != nil && b.Question != nil {
			order = a.Question.AskedAt.Compare(b.Question.AskedAt)
		}
		return cmp.Or(order, cmp.Compare(a.Candidate.Label, b.Candidate.Label))
	})
}

// Room is the test room as its supervisor sees it: labels, never names, and never answers.
type Room struct {
	Procedure string // id
	Title     string
	State     State
	Details   Details
	Now       time.Time // of the server, for the clocks
	Sittings  []Sitting // as of Now, in the order of ByNeed; without withdrawn candidates
}

// Short tells what somebody who begins now gets, and what is due, where the hours of the test end before that; due is 0 otherwise.
func (r Room) Short(s Sitting) (gets, due time.Duration) {
	c := NewClock(r.Now, r.Details.Minutes, s.Candidate.Settings.Factor, 0, 0, r.Details.Days.ClosesAt(r.Now))
	if gets = c.Left(r.Now); gets < c.Allowed {
		return gets, c.Allowed
	}
	return gets, 0
}

// Room gives the test room of a procedure, for its supervisors and recruiters. It costs the same few queries for six candidates and for
// two hundred.
func (s *Store) Room(ctx context.Context, by data.Actor, procedure string) (Room, error) {
	var r Room
	err := s.db.View(ctx, func(q data.Query) (err error) {
		if err = seesRoom(ctx, q, by, procedure); err != nil {
			return err
		}
		r = Room{Procedure: procedure, Now: q.Now()}
		var details string
		if err = data.One(ctx, q, []any{&r.Title, &r.State, &details}, `SELECT title, state, details FROM procedures WHERE id = $1`, procedure); err != nil {
			return err
		}
		if err = data.Unpack(details, &r.Details); err != nil {
			return err
		}
		r.Sittings, err = data.List(ctx, q, scanSitting, sittingColumns+` WHERE c.procedure_id = $1 AND c.withdrawn_at = 0 ORDER BY c.label`, procedure)
		if err != nil {
			return err
		}
		return r.fill(ctx, q)
	})
	if err != nil {
		return Room{}, fmt.Errorf("room of procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return r, nil
}

// fill adds what other tables know of the sittings, and orders them.
func (r *Room) fill(ctx context.Context, q data.Query) error {
	at := make(map[string]*Sitting, len(r.Sittings))
	for i := range r.Sittings {
		at[r.Sittings[i].Candidate.ID] = &r.Sittings[i]
	}
	if err := r.count(ctx, q, at); err != nil {
		return err
	}
	if err := r.questions(ctx, q); err != nil {
		return err
	}
	if err := r.alert(ctx, q, at); err != nil {
		return err
	}
	for i, s := range r.Sittings {
		r.Sittings[i] = s.AsOf(r.Now)
	}
	ByNeed(r.Sittings, r.Now)
	return nil
}

// questions adds the questions that stand open.
func (r *Room) questions(ctx context.Context, q data.Query) error {
	asked, err := data.List(ctx, q, scanQuestion, questionColumns+` WHERE c.procedure_id = $1 AND q.outcome = ''`, r.Procedure)
	if err != nil {
		return fmt.Errorf("open questions: %w", err)
	}
	for i, question := range asked {
		for j := range r.Sittings {
			if r.Sittings[j].Candidate.ID == question.CandidateID {
				r.Sittings[j].Question = &asked[i]
			}
		}
	}
	return nil
}

// count adds how many items there are, and how many were answered; what is out counts for neither.
func (r *Room) count(ctx context.Context, q data.Query, at map[string]*Sitting) error {
	type tally struct {
		of                       string
		answered, items, numbers int
	}
	forms, err := data.List(ctx, q, func(scan func(...any) error) (t tally, err error) { return t, scan(&t.of, &t.items, &t.numbers) },
		`SELECT form, sum(CASE WHEN out_at = 0 THEN 1 ELSE 0 END), count(*) FROM procedure_items WHERE procedure_id = $1 GROUP BY form ORDER BY form`, r.Procedure)
	if err != nil {
		return fmt.Errorf("count items: %w", err)
	}
	for _, s := range at {
		for _, f := range forms {
			if f.of == s.Candidate.Form {
				s.Items, s.Numbers = f.items, f.numbers
			}
		}
	}
	all, err := data.List(ctx, q, func(scan func(...any) error) (t tally, err error) { return t, scan(&t.of, &t.answered, &t.items) },
		`SELECT a.candidate_id, sum(CASE WHEN a.answer <> '' AND a.out_at = 0 THEN 1 ELSE 0 END), sum(CASE WHEN a.out_at > 0 THEN 1 ELSE 0 END)
		 FROM sitting_answers a JOIN candidates c ON c.id = a.candidate_id
		 JOIN procedure_items i ON i.procedure_id = c.procedure_id AND i.form = c.form AND i.n = a.n AND i.out_at = 0
		 WHERE c.procedure_id = $1 GROUP BY a.candidate_id ORDER BY a.candidate_id`, r.Procedure)
	if err != nil {
		return fmt.Errorf("count answers: %w", err)
	}
	for _, t := range all {
		if s, is := at[t.of]; is {
			s.Answered = t.answered
			s.Items -= t.items
		}
	}
	return nil
}

// alert adds what happened that the supervisor should see, a line for each kind.
func (r *Room) alert(ctx context.Context, q data.Query, at map[string]*Sitting) error {
	type row struct {
		candidate string
		Alert
	}
	all, err := data.List(ctx, q, func(scan func(...any) error) (a row, err error) {
		var last int64
		err = scan(&a.candidate, &a.Kind, &a.Times, &last)
		a.Last = data.Milli(last)
		return a, err
	}, `SELECT candidate_id, kind, count(*), max(at) FROM sitting_events WHERE procedure_id = $1
		GROUP BY candidate_id, kind ORDER BY max(at) DESC, candidate_id, kind`, r.Procedure)
	if err != nil {
		return fmt.Errorf("alerts: %w", err)
	}
	for _, a := range all {
		if s, is := at[a.candidate]; is && isAlert(a.Kind) {
			s.Alerts = append(s.Alerts, a.Alert)
		}
	}
	return nil
}
