package courses

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

// cancelFacts is what the rules of cancelling look at.
func (s Series) cancelFacts(now time.Time, attended int) CancelFacts {
	return CancelFacts{Left: s.First.Sub(now), Attended: attended}
}

// Cancel ends an enrolment that the person doesn't want any more: its seat goes to who waits in the same transaction. Who
// plans may always cancel, with a reason; others by the course's rules. A person who cancels isn't offered the seat again.
// It returns a *CancelError that says which rule refuses, ErrOver, ErrSeriesOver after the last session, and
// data.ErrNotFound.
func (s *Store) Cancel(ctx context.Context, by data.Actor, id, reason string) (Enrolment, error) {
	reason = data.Clean(reason, noteLimit)
	return s.act(ctx, by, desk(), id, "enrolment.cancel", func(tx *data.Tx, _ Series, e Enrolment) (bool, error) {
		terms, err := mayCancel(ctx, tx, by, e, reason)
		if err != nil {
			return false, err
		}
		e.Cost = terms.Cents
		return true, leave(ctx, tx, by, e, reason, reason == "") // with a reason somebody else decided
	})
}

// CancelSelf is Cancel for who works here, of the own enrolment.
func (s *Store) CancelSelf(ctx context.Context, by data.Actor, id string) (e Enrolment, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.RequireFor(ctx, tx, by, data.Journey{Kind: data.JourneyStaff}, data.Roles()...); err != nil {
			return err
		}
		own, err := enrolmentOf(ctx, tx, id)
		if err == nil && (own.PersonID == "" || own.PersonID != by.PersonID) {
			err = data.ErrDenied
		}
		if err != nil {
			return err
		}
		e, err = actOn(ctx, tx, by, id, "enrolment.cancel", func(tx *data.Tx, _ Series, e Enrolment) (bool, error) {
			terms, err := mayCancel(ctx, tx, by, e, "")
			if err != nil {
				return false, err
			}
			e.Cost = terms.Cents
			return true, leave(ctx, tx, by, e, "", true)
		})
		return err
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("cancel the own enrolment %s: %w", data.Clean(id, 40), err)
	}
	return e, nil
}

// mayCancel gives what cancelling costs: nothing where a planner decides with a reason.
func mayCancel(ctx context.Context, tx *data.Tx, by data.Actor, e Enrolment, reason string) (Cancellation, error) {
	if e.State == Booked && reason != "" && data.Require(ctx, tx, by, planners()...) == nil {
		of, err := seriesOf(ctx, tx, e.SeriesID)
		if err == nil && !of.Last.IsZero() && !tx.Now().Before(of.Last) { // what was followed stays
			err = ErrSeriesOver
		}
		return Cancellation{}, err
	}
	return cancelTerms(ctx, tx, e)
}

// cancelTerms is what the rules say of an enrolment now: cancelling what holds nothing that others planned on costs nothing.
func cancelTerms(ctx context.Context, q data.Query, e Enrolment) (Cancellation, error) {
	switch e.State {
	case AwaitsHead, Waiting, Offered:
		return Cancellation{}, nil
	case Booked:
	default:
		return Cancellation{}, ErrOver
	}
	of, err := seriesOf(ctx, q, e.SeriesID)
	if err != nil {
		return Cancellation{}, err
	}
	var attended int
	if err := data.One(ctx, q, []any{&attended}, `SELECT count(*) FROM attendance WHERE enrolment_id = $1 AND mark IN ('present', 'late')`, e.ID); err != nil {
		return Cancellation{}, err
	}
	c, err := courseOf(ctx, q, of.CourseID)
	if err != nil {
		return Cancellation{}, err
	}
	return c.CancelRules.Decide(of.cancelFacts(q.Now(), attended))
}
