package courses

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// act runs what somebody does to one enrolment: do may change it, and what it frees goes to who waits in the same
// transaction. It is audited under name.
func (s *Store) act(ctx context.Context, by data.Actor, roles []data.Role, id, name string, do func(*data.Tx, Series, Enrolment) (freed bool, err error)) (e Enrolment, err error) {
	err = s.db.InTxFor(ctx, by, roles, func(tx *data.Tx) error {
		e, err = actOn(ctx, tx, by, id, name, do)
		return err
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("%s %s: %w", name, data.Clean(id, 40), err)
	}
	return e, nil
}

func actOn(ctx context.Context, tx *data.Tx, by data.Actor, id, name string, do func(*data.Tx, Series, Enrolment) (freed bool, err error)) (Enrolment, error) {
	e, err := enrolmentOf(ctx, tx, id)
	if err != nil {
		return Enrolment{}, err
	}
	of, err := seriesOf(ctx, tx, e.SeriesID)
	if err != nil {
		return Enrolment{}, err
	}
	freed, err := do(tx, of, e)
	if err != nil {
		return Enrolment{}, err
	}
	if freed {
		if _, err := moveUp(ctx, tx, by, of, id); err != nil {
			return Enrolment{}, err
		}
	}
	if e, err = enrolmentOf(ctx, tx, id); err != nil {
		return Enrolment{}, err
	}
	return e, tx.Audit(ctx, by, name, id, "number", of.Code)
}

// end ends an enrolment in a state, and gives its seat back; e.Cost is what cancelling costs. Whoever waits together with it
// waits alone from now on.
func end(ctx context.Context, tx *data.Tx, by data.Actor, e Enrolment, state EnrolmentState, reason string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE enrolments SET state = $1, seat = 0, reason = $2, ended_at = $3, cost = $4 WHERE id = $5`, string(state), reason, tx.Now().UnixMilli(), e.Cost, e.ID); err != nil {
		return err
	}
	if e.Pair != "" {
		if _, err := tx.ExecContext(ctx, `UPDATE enrolments SET pair = '' WHERE pair = $1`, e.Pair); err != nil {
			return err
		}
	}
	if err := addEvent(ctx, tx, by, e, string(state), reason); err != nil {
		return err
	}
	paid := e.paidAfter(state, e.Cost)
	if paid == e.Paid && e.Cost == 0 {
		return nil
	}
	if err := setPaid(ctx, tx, e.ID, paid); err != nil || paid == NotDue {
		return err
	}
	return addEvent(ctx, tx, by, e, "paid", string(paid))
}

// leave ends an enrolment that is wanted no more. heard tells whether the person asked for it.
func leave(ctx context.Context, tx *data.Tx, by data.Actor, e Enrolment, reason string, heard bool) error {
	if err := end(ctx, tx, by, e, Withdrawn, reason); err != nil {
		return err
	}
	return tell(ctx, tx, e, AboutCancelled, heard)
}

// Accept takes an offer. It returns ErrNoOffer once the offer is over.
func (s *Store) Accept(ctx context.Context, by data.Actor, id string) (Enrolment, error) {
	return s.act(ctx, by, desk(), id, "enrolment.accept", func(tx *data.Tx, of Series, e Enrolment) (bool, error) {
		if e.State != Offered || e.OfferUntil < tx.Today() || !tx.Now().Before(of.First) {
			return false, ErrNoOffer
		}
		if _, err := tx.ExecContext(ctx, `UPDATE enrolments SET state = 'booked', offer_until = '' WHERE id = $1`, id); err != nil {
			return false, err
		}
		if err := addEvent(ctx, tx, by, e, "accepted", ""); err != nil {
			return false, err
		}
		return false, tell(ctx, tx, e, AboutBooked, true)
	})
}

// Decline ends an offer that somebody doesn't want: the seat goes to the next, and the person is offered it no more. It
// returns ErrNoOffer.
func (s *Store) Decline(ctx context.Context, by data.Actor, id string) (Enrolment, error) {
	return s.act(ctx, by, desk(), id, "enrolment.decline", func(tx *data.Tx, _ Series, e Enrolment) (bool, error) {
		if e.State != Offered {
			return false, ErrNoOffer
		}
		return true, leave(ctx, tx, by, e, "", true)
	})
}

// OfferSeat offers a free seat to one who waits, out of turn where reason says why: who is passed finds that in the
// history. It returns ErrOffered for who was offered one, ErrFull when no seat is free, a *ShutError, a *ConflictError, an
// *data.Invalid without a reason, and ErrOver for who doesn't wait.
func (s *Store) OfferSeat(ctx context.Context, by data.Actor, id, reason string) (Enrolment, error) {
	reason = data.Clean(reason, noteLimit)
	return s.act(ctx, by, planners(), id, "enrolment.offer", func(tx *data.Tx, of Series, e Enrolment) (bool, error) {
		switch {
		case e.State == Offered:
			return false, ErrOffered
		case e.State != Waiting:
			return false, ErrOver
		case reason == "":
			return false, &data.Invalid{Field: "reason", Why: data.WhyEmpty}
		}
		if shut := of.Shut(tx.Now()); shut != "" && shut != ShutByHand && shut != ShutStopped && shut != ShutEnded {
			return false, &ShutError{shut}
		}
		held, err := seatsOf(ctx, tx, of.ID)
		if err != nil {
			return false, err
		}
		if len(held) >= of.Seats {
			return false, ErrFull
		}
		p, err := participantOf(ctx, tx, e.ParticipantID)
		if err != nil {
			return false, err
		}
		if err := otherLesson(ctx, tx, of.ID, p); err != nil {
			return false, err
		}
		if err := passedBy(ctx, tx, by, of, e, reason); err != nil {
			return false, err
		}
		return false, promote(ctx, tx, by, of, e, firstFree(held))
	})
}

// passedBy writes at who stood before somebody that a person passed them, and why.
func passedBy(ctx context.Context, tx *data.Tx, by data.Actor, of Series, e Enrolment, reason string) error {
	waiting, byID, err := waiters(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	for _, w := range InTurn(waiting) {
		if w.ID == e.ID {
			return nil
		}
		if err := addEvent(ctx, tx, by, byID[w.ID], "passed", reason); err != nil {
			return err
		}
	}
	return nil
}

// Approve says yes or no for a service to one of its people: who may is head of a service of theirs, or stands in, or
// plans. A yes goes to the waiting list at the time at which the person asked. It returns data.ErrDenied, and ErrOver for
// who doesn't wait for it.
func (s *Store) Approve(ctx context.Context, by data.Actor, id string, yes bool, reason string) (e Enrolment, err error) {
	reason = data.Clean(reason, noteLimit)
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := mayApprove(ctx, tx, by, id); err != nil {
			return err
		}
		e, err = actOn(ctx, tx, by, id, "enrolment.approve", func(tx *data.Tx, _ Series, e Enrolment) (bool, error) {
			switch {
			case e.State != AwaitsHead:
				return false, ErrOver
			case !yes && reason == "":
				return false, &data.Invalid{Field: "reason", Why: data.WhyEmpty}
			case !yes:
				return false, end(ctx, tx, by, e, Refused, reason)
			}
			if _, err := tx.ExecContext(ctx, `UPDATE enrolments SET state = 'waiting', approved_by = $1 WHERE id = $2`, actorName(by), id); err != nil {
				return false, err
			}
			return true, addEvent(ctx, tx, by, e, "approved", reason)
		})
		if err != nil {
			return err
		}
		return tell(ctx, tx, e, aboutState(e.State), false)
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("approve enrolment %s: %w", data.Clean(id, 40), err)
	}
	return e, nil
}

// mayApprove tells whether the actor plans, or leads a service in which the participant works today: somebody else than the
// actor, whose own asking another head of the service, or who plans, answers.
func mayApprove(ctx context.Context, q data.Query, by data.Actor, enrolment string) error {
	if data.Require(ctx, q, by, planners()...) == nil {
		return nil
	}
	if err := data.Require(ctx, q, by, data.RoleHead); err != nil {
		return err
	}
	own, err := enrolmentOf(ctx, q, enrolment)
	if err == nil && own.PersonID != "" && own.PersonID == by.PersonID {
		err = data.ErrDenied
	}
	if err != nil {
		return err
	}
	works, err := servicesOf(ctx, q, `e.id = $2`, enrolment)
	if err != nil {
		return err
	}
	led, err := data.LedBy(ctx, q, by.PersonID)
	if err != nil {
		return err
	}
	if !shares(works[enrolment], led) {
		return data.ErrDenied
	}
	return nil
}

// servicesOf gives, by enrolment, the services in which the participant works today. where narrows e; its arguments begin
// at $2.
func servicesOf(ctx context.Context, q data.Query, where string, args ...any) (map[string][]string, error) {
	works := map[string][]string{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (service string, err error) {
		var enrolment string
		if err = scan(&enrolment, &service); err == nil {
			works[enrolment] = append(works[enrolment], service)
		}
		return service, err
	}, `SELECT e.id, m.service_id FROM employments m JOIN participants p ON p.person_id = m.person_id JOIN enrolments e ON e.participant_id = p.id
		WHERE m.from_on <= $1 AND (m.until_on IS NULL OR m.until_on >= $1) AND `+where+` ORDER BY e.id, m.service_id`, append([]any{data.DayOf(q.Now())}, args...)...)
	return works, err
}

// shares tells whether two lists of ids have one in common.
func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(id string) bool { return slices.Contains(b, id) })
}

// Tidy lapses offers that nobody took in time, on days on which the location is open, and offers their seats to the next.
// It may run as often as one likes. It returns how many lapsed, and how many moved up.
func (s *Store) Tidy(ctx context.Context, by data.Actor) (lapsed, moved int, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		lapsed, moved = 0, 0
		over, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` JOIN course_series s ON s.id = e.series_id
			WHERE e.state = 'offered' AND (e.offer_until < $1 OR s.first_at <= $2) ORDER BY e.series_id, e.queued_at, e.id`, tx.Today(), tx.Now().UnixMilli())
		if err != nil {
			return err
		}
		of := map[string]Series{}
		for _, e := range over {
			if _, is := of[e.SeriesID]; !is {
				if of[e.SeriesID], err = seriesOf(ctx, tx, e.SeriesID); err != nil {
					return err
				}
			}
			open, err := calendarOf(ctx, tx, of[e.SeriesID])
			if err != nil {
				return err
			}
			if !open.IsOpen(data.StoredDay(tx.Today())) && tx.Now().Before(of[e.SeriesID].First) {
				continue // nobody could have called
			}
			if err := end(ctx, tx, by, e, Lapsed, ""); err != nil {
				return err
			}
			if err := tell(ctx, tx, e, AboutLapsed, true); err != nil { // who was called knows until when it stood
				return err
			}
			lapsed++
		}
		waiting, err := data.List(ctx, tx, scanSeries, seriesColumns+` WHERE s.state IN ('published', 'going') AND s.first_at > $1
			AND EXISTS (SELECT 1 FROM enrolments e WHERE e.series_id = s.id AND e.state = 'waiting') ORDER BY s.first_at, s.id`, tx.Now().UnixMilli())
		if err != nil {
			return err
		}
		for _, one := range waiting {
			n, err := moveUp(ctx, tx, by, one)
			if err != nil {
				return err
			}
			moved += n
		}
		if lapsed+moved == 0 {
			return nil
		}
		return tx.Audit(ctx, by, "enrolment.tidy", "", "lapsed", fmt.Sprint(lapsed), "offered", fmt.Sprint(moved))
	})
	if err != nil {
		return 0, 0, fmt.Errorf("tidy the waiting lists: %w", err)
	}
	return lapsed, moved, nil
}
