package recruit

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

const placeLen = 60

// Arrive brings a candidate into the test room. session names the visit, one for each connection, and can't be foreseen; place is the PC
// or the address, for the supervisor. It may be called again.
//
// Who comes again, from any PC, waits until the supervisor lets the visit go on: also while the first line is still alive, which then
// goes on undisturbed and is marked. Before the identity was checked, who comes again after the line was cut simply arrives.
//
// It returns ErrNotOpen, ErrWindow, data.ErrCodeAddress, ErrEnded, and ErrElsewhere when another visit waits already.
func (s *Store) Arrive(ctx context.Context, by data.Actor, session, place string) (Standing, error) {
	if session == "" {
		return Standing{}, fmt.Errorf("arrive without a session: %w", data.ErrDenied)
	}
	var st Standing
	var refused error
	err := s.db.InTx(ctx, func(tx *data.Tx) error {
		refused = nil
		at, err := ownSeat(ctx, tx, by)
		if err != nil {
			return err
		}
		if at.Sitting, err = settle(ctx, tx, by, at.Sitting); err != nil {
			return err
		}
		if refused = at.mayArrive(by, at.moment(tx.Now())); refused != nil {
			return nil // what settle wrote stays
		}
		if refused, err = at.arrive(ctx, tx, by, session, data.Clean(place, placeLen)); err != nil || refused != nil {
			return err
		}
		st, err = at.look(ctx, tx, session)
		return err
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return Standing{}, fmt.Errorf("arrive %s: %w", by.Name, err)
	}
	return st, nil
}

// mayArrive says why nobody can come in now, or nil.
func (at seat) mayArrive(by data.Actor, now time.Time) error {
	switch {
	case at.Ended != "":
		return &EndedError{at.Ended}
	case at.state != Open:
		return ErrNotOpen
	case at.Candidate.Withdrawn:
		return data.ErrDenied
	case !at.details.GoodAt(by.From, by.KioskID):
		return data.ErrCodeAddress
	case !at.Started() && !at.details.Days.Holds(now): // who was sitting can come back: the clock has its own end
		return ErrWindow
	}
	return nil
}

// arrive stores the visit.
func (at *seat) arrive(ctx context.Context, tx *data.Tx, by data.Actor, session, place string) (refused, err error) {
	now := at.moment(tx.Now())
	if at.ArrivedAt.IsZero() {
		at.ArrivedAt, at.Session, at.Place, at.SeenAt, at.KeyAt = now, session, place, now, now
		if err := addSitting(ctx, tx, at.Sitting); err != nil {
			return nil, err
		}
		if err := sealed(ctx, tx, by, at.Candidate.ProcedureID); err != nil {
			return nil, err
		}
		return nil, at.told(ctx, tx, by, of(Arrived, place), "recruit.arrive")
	}
	if session == at.Session || session == at.Next.Session {
		return nil, nil
	}
	if at.Waits(now) {
		return ErrElsewhere, nil
	}
	kind := CameBack
	switch {
	case at.There(now):
		kind = Twice
		fallthrough
	case !at.CheckedAt.IsZero():
		at.Next = Visit{session, place, now}
	default:
		kind = Arrived
		at.Session, at.Place, at.SeenAt, at.KeyAt = session, place, now, now
	}
	if err := put(ctx, tx, at.Sitting); err != nil {
		return nil, err
	}
	return nil, at.told(ctx, tx, by, of(kind, place), "recruit.return")
}

// told notes an event and audits the act.
func (at seat) told(ctx context.Context, tx *data.Tx, by data.Actor, e Event, act string, detail ...string) error {
	if err := note(ctx, tx, by, at.Sitting, e); err != nil {
		return err
	}
	return tx.Audit(ctx, by, act, at.Candidate.Label, append([]string{"procedure", at.Candidate.ProcedureID}, detail...)...)
}

// look is the standing of a visit, with what is out and what was asked.
func (at seat) look(ctx context.Context, q data.Query, session string) (st Standing, err error) {
	st = at.standing(session, q.Now())
	if !at.Started() {
		return st, nil
	}
	st.Out, err = data.List(ctx, q, func(scan func(...any) error) (n int, err error) { return n, scan(&n) },
		`SELECT n FROM procedure_items WHERE procedure_id = $1 AND form = $2 AND out_at > 0
		 UNION SELECT n FROM sitting_answers WHERE candidate_id = $3 AND out_at > 0 ORDER BY 1`,
		at.Candidate.ProcedureID, at.Candidate.Form, at.Candidate.ID)
	if err != nil {
		return st, fmt.Errorf("items out: %w", err)
	}
	asked, err := data.List(ctx, q, scanQuestion, questionColumns+` WHERE q.candidate_id = $1 ORDER BY q.asked_at DESC, q.id DESC LIMIT 1`, at.Candidate.ID)
	if err != nil {
		return st, fmt.Errorf("last question: %w", err)
	}
	if len(asked) > 0 {
		st.Question = &asked[0]
	}
	return st, nil
}

// turn runs one act of the visit that holds the sitting, on the sitting as of now: a line that was only silent is alive again, and
// what act changes in it is stored. The end of the time is stored too, and then act is refused.
func (s *Store) turn(ctx context.Context, by data.Actor, session string, audited bool, act func(*data.Tx, *seat) error) error {
	in := s.db.InPlainTx
	if audited {
		in = s.db.InTx
	}
	var over error
	err := in(ctx, func(tx *data.Tx) error {
		over = nil
		at, err := held(ctx, tx, by, session)
		if err != nil {
			return err
		}
		if at.Sitting, err = settle(ctx, tx, by, at.Sitting); err != nil {
			return err
		}
		if at.Ended != "" {
			over = &EndedError{at.Ended}
			return nil
		}
		if err := at.revive(ctx, tx, by); err != nil {
			return err
		}
		now := at.moment(tx.Now())
		at.SeenAt, at.KeyAt = now, now
		if err := act(tx, &at); err != nil {
			return err
		}
		if at.Ended != "" {
			return nil // finish stored it
		}
		return put(ctx, tx, at.Sitting)
	})
	if err == nil {
		err = over
	}
	if err != nil {
		return fmt.Errorf("sitting of %s: %w", by.Name, err)
	}
	return nil
}

// revive lets the clock run again of a line that was silent and is the same: the gap went off the credit.
func (at *seat) revive(ctx context.Context, tx *data.Tx, by data.Actor) error {
	if at.Clock.Why != Cut {
		return nil
	}
	now := at.moment(tx.Now())
	gap := now.Sub(at.Clock.StopAt)
	at.Clock = at.Clock.Run(now)
	return note(ctx, tx, by, at.Sitting, of(Resumed, fmt.Sprint(int(gap.Seconds()))))
}

// Practised notes that the candidate did the practice items. It may be called again.
func (s *Store) Practised(ctx context.Context, by data.Actor, session string) error {
	return s.turn(ctx, by, session, false, func(tx *data.Tx, at *seat) error {
		if !at.PractisedAt.IsZero() {
			return nil
		}
		at.PractisedAt = tx.Now()
		return note(ctx, tx, by, at.Sitting, of(Practised))
	})
}

// comeBack is for how long after the start the paper code opens the test again, whatever the window: a line can be cut at its end,
// and extra minutes go beyond it. What ends the sitting is its clock, and with it the code.
const comeBack = 24 * time.Hour

// Start begins the test: from here on time counts, and all that the candidate gets is counted now. It may be called again. It returns
// ErrNotChecked, ErrNotReleased or ErrWindow.
func (s *Store) Start(ctx context.Context, by data.Actor, session string) error {
	return s.turn(ctx, by, session, true, func(tx *data.Tx, at *seat) error {
		now := at.moment(tx.Now())
		switch {
		case at.Started():
			return nil
		case at.CheckedAt.IsZero():
			return ErrNotChecked
		case at.ReleasedAt.IsZero():
			return ErrNotReleased
		case !at.details.Days.Holds(now):
			return ErrWindow
		}
		settings := at.Candidate.Settings
		at.Clock = NewClock(now, at.details.Minutes, settings.Factor, time.Duration(at.details.Credit)*time.Second,
			time.Duration(settings.Breaks)*time.Minute, at.details.Days.ClosesAt(now))
		if err := data.KeepOpen(ctx, tx, at.Candidate.ID, journey(at.Candidate.ProcedureID), now.Add(comeBack)); err != nil {
			return err
		}
		return at.told(ctx, tx, by, of(Started, fmt.Sprint(int(at.Clock.Allowed.Seconds()))), "recruit.start")
	})
}

// Alive is the sign of life of a visit, every two seconds, and tells where its sitting stands: so the screen learns of a pause, extra
// minutes, an item that is out, an answer to a question, the end. idle is how long no key came.
//
// Of a visit that waits it keeps that alive, and the phase is PhaseWaiting. After the end the phase is PhaseFinished. It returns
// ErrElsewhere for a visit that lost the sitting, or that was turned away.
func (s *Store) Alive(ctx context.Context, by data.Actor, session string, idle time.Duration) (Standing, error) {
	st, at, err := s.look(ctx, by, session)
	switch {
	case err != nil:
		return Standing{}, fmt.Errorf("sign of life of %s: %w", by.Name, err)
	case at.Ended != "":
		return st, nil
	}
	now := at.moment(s.db.Now())
	asOf := at.AsOf(now)
	switch {
	case session == at.Next.Session:
		err = s.touch(ctx, `UPDATE sittings SET next_at = $1 WHERE candidate_id = $2 AND next_session = $3 AND next_at < $1`, now, at.Candidate.ID, session)
	case asOf.Ended != "" || asOf.Clock.Why == Cut:
		err = s.turn(ctx, by, session, false, func(tx *data.Tx, at *seat) error {
			at.KeyAt = at.KeyAt.Add(-idle)
			return nil
		})
		if err == nil || asOf.Ended != "" {
			st, _, err = s.look(ctx, by, session)
		}
	default:
		err = s.touch(ctx, `UPDATE sittings SET seen_at = $1, key_at = $4 WHERE candidate_id = $2 AND session = $3 AND ended = '' AND seen_at < $1`,
			now, at.Candidate.ID, session, now.Add(-max(0, idle)).UnixMilli())
	}
	if err != nil {
		return Standing{}, fmt.Errorf("sign of life of %s: %w", by.Name, err)
	}
	return st, nil
}

// look reads the standing of a visit that holds the sitting or waits for it.
func (s *Store) look(ctx context.Context, by data.Actor, session string) (st Standing, at seat, err error) {
	err = s.db.View(ctx, func(q data.Query) (err error) {
		if at, err = ownSeat(ctx, q, by); err != nil {
			return err
		}
		if at.ArrivedAt.IsZero() {
			return ErrAbsent
		}
		if at.Ended == "" && (session == "" || session != at.Session && session != at.Next.Session) {
			return ErrElsewhere
		}
		st, err = at.look(ctx, q, session)
		return err
	})
	return st, at, err
}

// touch writes a sign of life, without reading anything that others write: signs of many lines don't get in each other's way. None
// changes anything when the visit lost its place meanwhile; the next sign tells.
func (s *Store) touch(ctx context.Context, query string, now time.Time, args ...any) error {
	return s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		_, err := tx.ExecContext(ctx, query, append([]any{now.UnixMilli()}, args...)...)
		return err
	})
}

// CutOff says that the connection of a visit is closed. It asks nothing of the code, which may be over by now, and may be called for a
// visit that holds nothing.
func (s *Store) CutOff(ctx context.Context, by data.Actor, session string) error {
	if by.Candidate == "" || session == "" {
		return nil
	}
	err := s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		at, err := seatOf(ctx, tx, by.Candidate)
		if err != nil {
			return err
		}
		waited, holds := at.Next.Session == session, at.Session == session
		if !waited && !holds || at.Ended != "" {
			return nil
		}
		if at.Sitting, err = settle(ctx, tx, by, at.Sitting); err != nil || at.Ended != "" {
			return err
		}
		if waited {
			at.Next = Visit{}
			return put(ctx, tx, at.Sitting)
		}
		at.Session = ""
		now := at.moment(tx.Now())
		if at.Clock.Running() {
			at.Clock = at.Clock.Stop(Cut, now)
		} else if at.Clock.Why == Cut { // it was silent before: noted then
			return put(ctx, tx, at.Sitting)
		}
		if err := put(ctx, tx, at.Sitting); err != nil {
			return err
		}
		return note(ctx, tx, by, at.Sitting, of(LineCut))
	})
	if err != nil {
		return fmt.Errorf("cut line of %s: %w", by.Name, err)
	}
	return nil
}
