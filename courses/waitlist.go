package courses

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// Place is a place on the waiting list of a series, and why no seat goes with it at this moment.
type Place struct {
	ID    string   // of the enrolment
	Place int      // from 1, in the order in which seats are given
	Why   PassWhy  // empty: there is a seat, which moving up will give
	Shut  ShutWhy  // of PassShut
	Taken string   // of PassTaken: code of the other series
	With  []string // names of who waits together with this one
}

// WaitingList gives the waiting list of a series in turn: each with the place, and why no seat was given or offered. It
// decides nothing. It returns data.ErrNotFound.
func (s *Store) WaitingList(ctx context.Context, by data.Actor, series string) (all []Place, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = places(ctx, q, series)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("waiting list of series %s: %w", data.Clean(series, 40), err)
	}
	return all, nil
}

func places(ctx context.Context, q data.Query, series string) ([]Place, error) {
	of, err := seriesOf(ctx, q, series)
	if err != nil {
		return nil, err
	}
	waiting, byID, err := waiters(ctx, q, series)
	if err != nil {
		return nil, err
	}
	held, err := seatsOf(ctx, q, series)
	if err != nil {
		return nil, err
	}
	shut := of.Shut(q.Now())
	_, passed := MoveUp(waiting, max(0, of.Seats-len(held)), shut)
	var all []Place
	for i, w := range InTurn(waiting) {
		p := Place{ID: w.ID, Place: i + 1}
		if at := slices.IndexFunc(passed, func(p Passed) bool { return p.ID == w.ID }); at >= 0 {
			p.Why = passed[at].Why
		}
		switch p.Why {
		case PassShut:
			p.Shut = shut
		case PassTaken:
			p.Taken = w.Taken
		}
		for _, other := range waiting {
			if w.Pair != "" && other.Pair == w.Pair && other.ID != w.ID {
				p.With = append(p.With, byID[other.ID].Participant)
			}
		}
		all = append(all, p)
	}
	return all, nil
}

// placeOf is the place of an enrolment on the waiting list of its series; 0 for one that doesn't wait.
func placeOf(ctx context.Context, q data.Query, e Enrolment) (int, error) {
	if e.State != Waiting {
		return 0, nil
	}
	waiting, _, err := waiters(ctx, q, e.SeriesID)
	return 1 + slices.IndexFunc(InTurn(waiting), func(w Waiter) bool { return w.ID == e.ID }), err
}
