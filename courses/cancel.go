package courses

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

// CancelFacts is what the rules of cancelling look at.
func (s Series) cancelFacts(now time.Time, attended int) CancelFacts {
	return CancelFacts{Left: s.First.Sub(now), Attended: attended}
}

// Cancel ends an enrolment that the person doesn't want any more: its seat goes to who waits in the same transaction. Who
// plans may always cancel, with a reason; others by the course's rules. A person who cancels isn't offered the seat again.
// It returns a *CancelError that says which rule refuses, ErrOver, and data.ErrNotFound.
func (s *Store) Cancel(ctx context.Context, by data.Actor, id, reason string) (Enrolment, error) {
	reason = data.Clean(reason, noteLimit)
	return s.act(ctx, by, desk(), id, "enrolment.cancel", func(tx *data.Tx, of Series, e Enrolment) (bool, error) {
		if err := mayCancel(ctx, tx, by, of, e, reason); err != nil {
			return false, err
		}
		return true, end(ctx, tx, by, e, Withdrawn, reason)
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
		e, err = actOn(ctx, tx, by, id, "enrolment.cancel", func(tx *data.Tx, of Series, e Enrolment) (bool, error) {
			if err := mayCancel(ctx, tx, by, of, e, ""); err != nil {
				return false, err
			}
			return true, end(ctx, tx, by, e, Withdrawn, "")
		})
		return err
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("cancel the own enrolment %s: %w", data.Clean(id, 40), err)
	}
	return e, nil
}

func mayCancel(ctx context.Context, tx *data.Tx, by data.Actor, of Series, e Enrolment, reason string) error {
	switch e.State {
	case AwaitsHead, Waiting, Offered: // holds nothing that others planned on
		return nil
	case Booked:
	default:
		return ErrOver
	}
	if reason != "" && data.Require(ctx, tx, by, planners()...) == nil {
		return nil
	}
	var attended int
	if err := data.One(ctx, tx, []any{&attended}, `SELECT count(*) FROM attendance WHERE enrolment_id = $1 AND mark IN ('present', 'late')`, e.ID); err != nil {
		return err
	}
	c, err := courseOf(ctx, tx, of.CourseID)
	if err != nil {
		return err
	}
	_, err = c.CancelRules.Decide(of.cancelFacts(tx.Now(), attended))
	return err
}
