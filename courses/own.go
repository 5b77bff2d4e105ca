package courses

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"digibrug/data"
)

// OwnEnrolment is somebody's own enrolment with the series that it is of.
type OwnEnrolment struct {
	Enrolment
	Series Listed
	Place  int // on the waiting list, from 1; 0: doesn't wait
}

// OwnSeries lists the enrolments of who works here with their series, the newest first: for who has an account, and at a
// kiosk for who came with a code ("Ik werk hier").
func (s *Store) OwnSeries(ctx context.Context, by data.Actor) (all []OwnEnrolment, err error) {
	own, err := s.Own(ctx, by)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	err = s.db.View(ctx, func(q data.Query) error {
		of, err := everySeries(ctx, q)
		if err != nil {
			return err
		}
		all = nil
		for _, e := range own {
			place, err := placeOf(ctx, q, e)
			if err != nil {
				return err
			}
			all = append(all, OwnEnrolment{e, of[e.SeriesID], place})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("own series: %w", err)
	}
	return all, nil
}

// OwnProgramme is the programme for who works here: without the courses that are for others. kind is what the person takes
// part as: staff, unless somebody wrote down otherwise.
func (s *Store) OwnProgramme(ctx context.Context, by data.Actor) (all []Listed, kind Category, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.RequireFor(ctx, q, by, data.Journey{Kind: data.JourneyStaff}, data.Roles()...); err != nil {
			return err
		}
		kind = Staff
		if err := data.One(ctx, q, []any{&kind}, `SELECT category FROM participants WHERE person_id = $1 AND person_id <> ''`, by.PersonID); err != nil && !errors.Is(err, data.ErrNotFound) {
			return err
		}
		catalogue, err := data.List(ctx, q, scanCourse, `SELECT id, details, retired_on FROM courses ORDER BY id`)
		if err != nil {
			return err
		}
		of := map[string]Course{}
		for _, c := range catalogue {
			of[c.ID] = c
		}
		all, err = listed(ctx, q, SeriesFilter{States: []SeriesState{Published, Going}, Open: true})
		all = slices.DeleteFunc(all, func(l Listed) bool { return of[l.CourseID].Admits(kind) != nil })
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("list the own programme: %w", err)
	}
	return all, kind, nil
}

// Approval is an enrolment that waits for the yes of a head of service, with the series that it is of.
type Approval struct {
	Enrolment
	Series Listed
}

// Approvals is ToApprove with the series.
func (s *Store) Approvals(ctx context.Context, by data.Actor) (all []Approval, err error) {
	waiting, err := s.ToApprove(ctx, by)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	err = s.db.View(ctx, func(q data.Query) error {
		of, err := everySeries(ctx, q)
		if err != nil {
			return err
		}
		all = nil
		for _, e := range waiting {
			all = append(all, Approval{e, of[e.SeriesID]})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("series of what waits for a yes: %w", err)
	}
	return all, nil
}

// everySeries gives all series by id, whatever their state.
func everySeries(ctx context.Context, q data.Query) (map[string]Listed, error) {
	all, err := listed(ctx, q, SeriesFilter{States: []SeriesState{Draft, Published, Going, SeriesCancelled, Closed}})
	of := map[string]Listed{}
	for _, one := range all {
		of[one.ID] = one
	}
	return of, err
}

// CancelTerms tells what it costs to cancel an enrolment now, before anybody decides: nothing for who has no seat for
// certain. Who may ask is the desk, and who works here about the own enrolment. It returns a *CancelError that says which
// rule refuses, ErrOver, data.ErrDenied, and data.ErrNotFound.
func (s *Store) CancelTerms(ctx context.Context, by data.Actor, id string) (c Cancellation, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		e, err := enrolmentOf(ctx, q, id)
		if err != nil {
			return err
		}
		if data.Require(ctx, q, by, desk()...) != nil {
			if err := data.RequireFor(ctx, q, by, data.Journey{Kind: data.JourneyStaff}, data.Roles()...); err != nil {
				return err
			}
			if e.PersonID == "" || e.PersonID != by.PersonID {
				return data.ErrDenied
			}
		}
		c, err = cancelTerms(ctx, q, e)
		return err
	})
	if err != nil {
		return Cancellation{}, fmt.Errorf("terms of cancelling enrolment %s: %w", data.Clean(id, 40), err)
	}
	return c, nil
}
