package recruit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
)

// maxExtra is how much extra time one grant can be, in minutes.
const maxExtra = 240

// watched is the seat of a candidate for who is on duty as supervisor of the procedure today, with the question that stands open.
func watched(ctx context.Context, q data.Query, by data.Actor, candidate string) (seat, error) {
	at, err := seatOf(ctx, q, candidate)
	if err != nil {
		if denied := require(ctx, q, by, "", Supervisor); denied != nil {
			return seat{}, denied // also where there is no such candidate
		}
		return seat{}, err
	}
	if err := require(ctx, q, by, at.Candidate.ProcedureID, Supervisor); err != nil {
		return seat{}, err
	}
	open, err := data.List(ctx, q, scanQuestion, questionColumns+` WHERE q.candidate_id = $1 AND q.outcome = ''`, candidate)
	if err == nil && len(open) > 0 {
		at.Question = &open[0]
	}
	return at, err
}

// watch runs one act of a supervisor on a sitting that has not ended, as of now, and stores what it changes.
func (s *Store) watch(ctx context.Context, by data.Actor, candidate string, act func(*data.Tx, *seat) error) error {
	var over error
	err := s.db.InTx(ctx, func(tx *data.Tx) error {
		over = nil
		at, err := watched(ctx, tx, by, candidate)
		switch {
		case err != nil:
			return err
		case at.ArrivedAt.IsZero():
			return ErrAbsent
		}
		if at.Sitting, err = settle(ctx, tx, by, at.Sitting); err != nil {
			return err
		}
		if at.Ended != "" {
			over = &EndedError{at.Ended}
			return nil // that its time was up stays written
		}
		if err := act(tx, &at); err != nil || at.Ended != "" {
			return err
		}
		return put(ctx, tx, at.Sitting)
	})
	if err == nil {
		err = over
	}
	if err != nil {
		return fmt.Errorf("candidate %s: %w", data.Clean(candidate, 40), err)
	}
	return nil
}

// each runs one act of a supervisor on all sittings of a procedure that have not ended, in the order of their labels, and counts those that it
// changed. Each sitting is a transaction of its own, since all of them answer meanwhile: one over two hundred would never get through. What
// fails for one is told, and the others are done.
func (s *Store) each(ctx context.Context, by data.Actor, procedure, audit string, act func(*data.Tx, *seat) (bool, error)) (done int, err error) {
	var all []string
	err = s.db.View(ctx, func(q data.Query) error {
		if err := require(ctx, q, by, procedure, Supervisor); err != nil {
			return err
		}
		state, _, err := setup(ctx, q, procedure)
		if err == nil && state != Open {
			err = ErrNotOpen
		}
		if err != nil {
			return err
		}
		all, err = data.List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
			`SELECT s.candidate_id FROM sittings s JOIN candidates c ON c.id = s.candidate_id WHERE s.procedure_id = $1 AND s.arrived_at > 0 AND s.ended = '' ORDER BY c.label`, procedure)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("procedure %s: %w", data.Clean(procedure, 40), err)
	}
	var failed []error
	for _, candidate := range all {
		changed, err := s.one(ctx, by, candidate, act)
		if err != nil {
			failed = append(failed, fmt.Errorf("candidate %s: %w", candidate, err))
		} else if changed {
			done++
		}
	}
	err = s.db.InTx(ctx, func(tx *data.Tx) error { return tx.Audit(ctx, by, audit, procedure, "candidates", fmt.Sprint(done)) })
	if err = errors.Join(append(failed, err)...); err != nil {
		return done, fmt.Errorf("procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return done, nil
}

// one runs an act for all on one sitting.
func (s *Store) one(ctx context.Context, by data.Actor, candidate string, act func(*data.Tx, *seat) (bool, error)) (changed bool, err error) {
	err = s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		changed = false
		at, err := watched(ctx, tx, by, candidate)
		if err == nil {
			at.Sitting, err = settle(ctx, tx, by, at.Sitting)
		}
		if err != nil || at.Ended != "" {
			return err
		}
		if changed, err = act(tx, &at); err != nil || !changed {
			return err
		}
		return put(ctx, tx, at.Sitting)
	})
	return changed, err
}

// Check says that the candidate showed an identity card that fits the name list. Where each starts alone, that lets the candidate start. It may
// be called again.
func (s *Store) Check(ctx context.Context, by data.Actor, candidate string) error {
	return s.watch(ctx, by, candidate, func(tx *data.Tx, at *seat) error {
		if !at.CheckedAt.IsZero() {
			return nil
		}
		at.CheckedAt, at.CheckedBy = tx.Now(), by.Name
		if !at.details.Together {
			at.ReleasedAt = tx.Now()
		}
		return at.told(ctx, tx, by, of(Checked), "recruit.check")
	})
}

// Release lets one candidate start who was checked, such as one who came after the others had started. It may be called again. It returns
// ErrNotChecked.
func (s *Store) Release(ctx context.Context, by data.Actor, candidate string) error {
	return s.watch(ctx, by, candidate, func(tx *data.Tx, at *seat) error {
		switch {
		case at.CheckedAt.IsZero():
			return ErrNotChecked
		case !at.ReleasedAt.IsZero():
			return nil
		}
		at.ReleasedAt = tx.Now()
		return at.told(ctx, tx, by, of(Released), "recruit.release")
	})
}

// StartAll lets all start who were checked and had not been let in, and counts them: their screens start at their next sign of life.
func (s *Store) StartAll(ctx context.Context, by data.Actor, procedure string) (int, error) {
	return s.each(ctx, by, procedure, "recruit.start_all", func(tx *data.Tx, at *seat) (bool, error) {
		if at.CheckedAt.IsZero() || !at.ReleasedAt.IsZero() {
			return false, nil
		}
		at.ReleasedAt = tx.Now()
		return true, note(ctx, tx, by, at.Sitting, of(Released))
	})
}

// Pause stops a clock until Resume. It returns ErrNotStarted, and a *StoppedError when it is paused already.
func (s *Store) Pause(ctx context.Context, by data.Actor, candidate string) error {
	return s.watch(ctx, by, candidate, func(tx *data.Tx, at *seat) error {
		if !at.Started() {
			return ErrNotStarted
		}
		if at.Clock.Why == Paused {
			return &StoppedError{Paused}
		}
		at.Clock = at.Clock.Stop(Paused, at.moment(tx.Now()))
		return at.told(ctx, tx, by, of(PausedBy), "recruit.pause")
	})
}

// PauseAll stops all clocks that run or stand still for another reason, and counts them.
func (s *Store) PauseAll(ctx context.Context, by data.Actor, procedure string) (int, error) {
	return s.each(ctx, by, procedure, "recruit.pause_all", func(tx *data.Tx, at *seat) (bool, error) {
		if !at.Started() || at.Clock.Why == Paused {
			return false, nil
		}
		at.Clock = at.Clock.Stop(Paused, at.moment(tx.Now()))
		return true, note(ctx, tx, by, at.Sitting, of(PausedBy))
	})
}

// Resume lets a candidate go on: a visit that waits takes the sitting over, from whatever PC, and a paused clock runs. Where a question
// stands open the clock still waits for its answer; where nobody is at the line the pause becomes a cut line. It returns ErrGone when nobody
// is there whose line was cut, and ErrRunning when there is nothing to go on with.
func (s *Store) Resume(ctx context.Context, by data.Actor, candidate string) error {
	return s.watch(ctx, by, candidate, func(tx *data.Tx, at *seat) error {
		now := at.moment(tx.Now())
		switch {
		case at.Waits(now):
			at.Session, at.Place, at.SeenAt, at.KeyAt, at.Next = at.Next.Session, at.Next.Place, now, now, Visit{}
		case at.Clock.Why == Paused:
		case !at.There(now):
			return ErrGone
		default:
			return ErrRunning
		}
		at.goOn(now)
		return at.told(ctx, tx, by, of(Resumed, at.Place), "recruit.resume")
	})
}

// ResumeAll lets all paused clocks run, as Resume does, and counts them. Visits that wait stay waiting: each is a candidate whom the supervisor
// looks at.
func (s *Store) ResumeAll(ctx context.Context, by data.Actor, procedure string) (int, error) {
	return s.each(ctx, by, procedure, "recruit.resume_all", func(tx *data.Tx, at *seat) (bool, error) {
		if at.Clock.Why != Paused {
			return false, nil
		}
		at.goOn(at.moment(tx.Now()))
		return true, note(ctx, tx, by, at.Sitting, of(Resumed))
	})
}

// goOn lets the clock run from now, unless a question stands open, or nobody is there.
func (at *seat) goOn(now time.Time) {
	switch {
	case !at.Started():
	case at.Question != nil:
		if at.Clock.Why != Asking {
			at.Clock = at.Clock.Stop(Asking, now)
		}
	case !at.There(now):
		at.Clock = at.Clock.Stop(Cut, now)
	default:
		at.Clock, at.SeenAt = at.Clock.Run(now), now
	}
}

// TurnAway sends a visit away that waits: whoever typed the code there is not the candidate. It returns ErrGone when nobody waits.
func (s *Store) TurnAway(ctx context.Context, by data.Actor, candidate string) error {
	return s.watch(ctx, by, candidate, func(tx *data.Tx, at *seat) error {
		if at.Next.Session == "" {
			return ErrGone
		}
		place := at.Next.Place
		at.Next = Visit{}
		return at.told(ctx, tx, by, of(TurnedAway, place), "recruit.turn_away")
	})
}

// ExtraMinutes gives a candidate who has started more time, with why. When the day's window would take it away again, that moves for this one. It
// returns ErrNotStarted, and an *Invalid for no reason and for minutes outside 1 to 240.
func (s *Store) ExtraMinutes(ctx context.Context, by data.Actor, candidate string, minutes int, why string) error {
	why, err := typed("why", why, questionLen)
	if err != nil {
		return err
	}
	if minutes < 1 || minutes > maxExtra {
		return &data.Invalid{Field: "minutes", Why: data.WhyNumber, Want: fmt.Sprintf("1–%d", maxExtra), Got: fmt.Sprint(minutes)}
	}
	return s.watch(ctx, by, candidate, func(tx *data.Tx, at *seat) error {
		if !at.Started() {
			return ErrNotStarted
		}
		at.Clock = at.Clock.Grant(time.Duration(minutes)*time.Minute, at.moment(tx.Now()))
		return at.told(ctx, tx, by, of(ExtraTime, fmt.Sprint(minutes), why), "recruit.extra", "minutes", fmt.Sprint(minutes))
	})
}

// Irregularity notes something that should be in the minutes: a code of Irregularities, and what the supervisor adds, which "other" needs. It changes
// nothing else. It may be noted after the end too.
func (s *Store) Irregularity(ctx context.Context, by data.Actor, candidate, code, remark string) error {
	if !slices.Contains(Irregularities(), code) {
		return &data.Invalid{Field: "irregularity", Why: data.WhyNotOneOf, Want: strings.Join(Irregularities(), ", "), Got: data.Clean(code, 20)}
	}
	if strings.TrimSpace(remark) != "" || code == "other" {
		var err error
		if remark, err = typed("note", remark, questionLen); err != nil {
			return err
		}
	}
	err := s.db.InTx(ctx, func(tx *data.Tx) error {
		at, err := watched(ctx, tx, by, candidate)
		if err != nil {
			return err
		}
		e := of(Irregularity, code, remark)
		if at.Started() {
			e.N = at.At
		}
		return at.told(ctx, tx, by, e, "recruit.irregular", "what", code)
	})
	if err != nil {
		return fmt.Errorf("note an irregularity: %w", err)
	}
	return nil
}

// End ends a sitting, with why. What was answered counts.
func (s *Store) End(ctx context.Context, by data.Actor, candidate, why string) error {
	why, err := typed("why", why, questionLen)
	if err != nil {
		return err
	}
	return s.watch(ctx, by, candidate, func(tx *data.Tx, at *seat) error {
		if err := finish(ctx, tx, by, at.Sitting, at.moment(tx.Now()), BySupervisor, why); err != nil {
			return err
		}
		at.Ended = BySupervisor
		return tx.Audit(ctx, by, "recruit.end", at.Candidate.Label, "procedure", at.Candidate.ProcedureID)
	})
}
