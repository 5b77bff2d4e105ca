package recruit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"digibrug/data"
)

// seat is a sitting with what of its procedure decides about it.
type seat struct {
	Sitting
	state   State
	details Details
}

// sittingColumns reads candidates with their sittings, where they have one.
const sittingColumns = `SELECT c.id, c.procedure_id, c.label, c.form, c.language, c.settings, c.withdrawn_at,
	coalesce(s.arrived_at, 0), coalesce(s.checked_at, 0), coalesce(s.checked_by, ''), coalesce(s.practised_at, 0), coalesce(s.released_at, 0),
	coalesce(s.started_at, 0), coalesce(s.allowed_ms, 0), coalesce(s.stopped_ms, 0), coalesce(s.stop_at, 0), coalesce(s.stop_why, ''),
	coalesce(s.credit_ms, 0), coalesce(s.break_ms, 0), coalesce(s.until_at, 0), coalesce(s.session, ''), coalesce(s.place, ''),
	coalesce(s.seen_at, 0), coalesce(s.key_at, 0), coalesce(s.next_session, ''), coalesce(s.next_place, ''), coalesce(s.next_at, 0),
	coalesce(s.n, 0), coalesce(s.ended_at, 0), coalesce(s.ended, '')
	FROM candidates c LEFT JOIN sittings s ON s.candidate_id = c.id`

// scanSitting reads a row of sittingColumns.
func scanSitting(scan func(...any) error) (s Sitting, err error) {
	var settings string
	var withdrawn, arrived, checked, practised, released, started, stop, until, seen, key, next, ended int64
	var allowed, stopped, credit, breaks int64
	c := &s.Candidate
	if err = scan(&c.ID, &c.ProcedureID, &c.Label, &c.Form, &c.Language, &settings, &withdrawn,
		&arrived, &checked, &s.CheckedBy, &practised, &released,
		&started, &allowed, &stopped, &stop, &s.Clock.Why, &credit, &breaks, &until, &s.Session, &s.Place,
		&seen, &key, &s.Next.Session, &s.Next.Place, &next, &s.At, &ended, &s.Ended); err != nil {
		return s, err
	}
	if err = data.Unpack(settings, &c.Settings); err != nil {
		return s, fmt.Errorf("settings of candidate %s: %w", c.ID, err)
	}
	c.Withdrawn = withdrawn != 0
	s.ArrivedAt, s.CheckedAt, s.PractisedAt = data.StoredInstant(arrived), data.StoredInstant(checked), data.StoredInstant(practised)
	s.ReleasedAt, s.SeenAt, s.KeyAt = data.StoredInstant(released), data.StoredInstant(seen), data.StoredInstant(key)
	s.Next.SeenAt, s.EndedAt = data.StoredInstant(next), data.StoredInstant(ended)
	s.Clock.StartedAt, s.Clock.StopAt, s.Clock.Until = data.StoredInstant(started), data.StoredInstant(stop), data.StoredInstant(until)
	s.Clock.Allowed, s.Clock.Stopped = time.Duration(allowed)*time.Millisecond, time.Duration(stopped)*time.Millisecond
	s.Clock.Credit, s.Clock.Break = time.Duration(credit)*time.Millisecond, time.Duration(breaks)*time.Millisecond
	return s, nil
}

// seatOf reads the sitting of a candidate, as it is stored. It returns ErrNotFound for no such candidate.
func seatOf(ctx context.Context, q data.Query, candidate string) (at seat, err error) {
	all, err := data.List(ctx, q, scanSitting, sittingColumns+` WHERE c.id = $1`, candidate)
	if err == nil && len(all) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return at, fmt.Errorf("candidate %s: %w", data.Clean(candidate, 40), err)
	}
	at.Sitting = all[0]
	at.state, at.details, err = setup(ctx, q, at.Candidate.ProcedureID)
	return at, err
}

// setup reads how a procedure was set up.
func setup(ctx context.Context, q data.Query, procedure string) (state State, d Details, err error) {
	var details string
	if err = data.One(ctx, q, []any{&state, &details}, `SELECT state, details FROM procedures WHERE id = $1`, procedure); err == nil {
		err = data.Unpack(details, &d)
	}
	if err != nil {
		return state, d, fmt.Errorf("procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return state, d, nil
}

// addSitting stores the first arrival of a candidate.
func addSitting(ctx context.Context, tx *data.Tx, s Sitting) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sittings (candidate_id, procedure_id, arrived_at, checked_at, checked_by, practised_at, released_at,
		started_at, allowed_ms, stopped_ms, stop_at, stop_why, credit_ms, break_ms, until_at, session, place, seen_at, key_at,
		next_session, next_place, next_at, n, ended_at, ended)
		VALUES ($1, $2, $3, 0, '', 0, 0, 0, 0, 0, 0, '', 0, 0, 0, $4, $5, $3, $3, '', '', 0, 0, 0, '')`,
		s.Candidate.ID, s.Candidate.ProcedureID, s.ArrivedAt.UnixMilli(), s.Session, s.Place)
	if err != nil {
		return fmt.Errorf("add sitting: %w", err)
	}
	return nil
}

// put stores all of a sitting that changes.
func put(ctx context.Context, tx *data.Tx, s Sitting) error {
	c := s.Clock
	err := data.OneRow(tx.ExecContext(ctx, `UPDATE sittings SET checked_at = $2, checked_by = $3, practised_at = $4, released_at = $5,
		started_at = $6, allowed_ms = $7, stopped_ms = $8, stop_at = $9, stop_why = $10, credit_ms = $11, break_ms = $12, until_at = $13,
		session = $14, place = $15, seen_at = $16, key_at = $17, next_session = $18, next_place = $19, next_at = $20, n = $21,
		ended_at = $22, ended = $23 WHERE candidate_id = $1`,
		s.Candidate.ID, data.Stamp(s.CheckedAt), s.CheckedBy, data.Stamp(s.PractisedAt), data.Stamp(s.ReleasedAt),
		data.Stamp(c.StartedAt), c.Allowed.Milliseconds(), c.Stopped.Milliseconds(), data.Stamp(c.StopAt), string(c.Why), c.Credit.Milliseconds(),
		c.Break.Milliseconds(), data.Stamp(c.Until), s.Session, s.Place, data.Stamp(s.SeenAt), data.Stamp(s.KeyAt), s.Next.Session, s.Next.Place,
		data.Stamp(s.Next.SeenAt), s.At, data.Stamp(s.EndedAt), string(s.Ended)))
	if err != nil {
		return fmt.Errorf("sitting of %s: %w", s.Candidate.ID, err)
	}
	return nil
}

// settle writes down what happened to a sitting meanwhile: a line that went silent, time that was up. It gives the sitting
// as of now.
func settle(ctx context.Context, tx *data.Tx, by data.Actor, s Sitting) (Sitting, error) {
	now := s.AsOf(tx.Now())
	if now.Clock.Why == Cut && s.Clock.Why != Cut {
		e := of(LineCut)
		e.At = now.Clock.StopAt
		if err := note(ctx, tx, by, s, e); err != nil {
			return s, err
		}
	}
	if now.Ended != s.Ended {
		return now, finish(ctx, tx, by, now, now.EndedAt, now.Ended, "")
	}
	if now.Clock != s.Clock {
		return now, put(ctx, tx, now)
	}
	return now, nil
}

// finish ends a sitting. The paper code is used up with it.
func finish(ctx context.Context, tx *data.Tx, by data.Actor, s Sitting, at time.Time, how End, why string) error {
	if s.Started() {
		s.Clock = s.Clock.Run(at)
	}
	s.EndedAt, s.Ended, s.Next = at, how, Visit{}
	if err := put(ctx, tx, s); err != nil {
		return err
	}
	e := of(Ended, string(how), why)
	e.At = at
	if err := note(ctx, tx, by, s, e); err != nil {
		return err
	}
	return data.UseUp(ctx, tx, s.Candidate.ID, data.Journey{Kind: data.JourneyRecruitment, Of: s.Candidate.ProcedureID})
}

// endAll ends all sittings of a procedure that have not ended, as it is closed: whose time was up before, ended then.
func endAll(ctx context.Context, tx *data.Tx, by data.Actor, procedure string) error {
	all, err := data.List(ctx, tx, scanSitting, sittingColumns+` WHERE c.procedure_id = $1 AND s.arrived_at > 0 AND s.ended = '' ORDER BY c.label`, procedure)
	if err != nil {
		return fmt.Errorf("running sittings: %w", err)
	}
	for _, s := range all {
		if s, err = settle(ctx, tx, by, s); err != nil {
			return err
		}
		if s.Ended != "" {
			continue
		}
		if err := finish(ctx, tx, by, s, tx.Now(), WithTest, ""); err != nil {
			return err
		}
	}
	return nil
}

// ownSeat reads the sitting of who came in with a candidate's code, while the code is good. It is refused to everybody else,
// also to who may do everything: nobody answers for a candidate.
func ownSeat(ctx context.Context, q data.Query, by data.Actor) (seat, error) {
	denied := fmt.Errorf("%s is no candidate: %w", by.Name, data.ErrDenied)
	if by.CodeID == "" || by.Candidate == "" || by.Operator {
		return seat{}, denied
	}
	at, err := seatOf(ctx, q, by.Candidate)
	if errors.Is(err, data.ErrNotFound) {
		return seat{}, denied
	}
	if err != nil {
		return seat{}, err
	}
	journey := data.Journey{Kind: data.JourneyRecruitment, Of: at.Candidate.ProcedureID}
	return at, data.RequireFor(ctx, q, by, journey)
}

// held is ownSeat for the visit that holds the sitting, of an open procedure.
func held(ctx context.Context, q data.Query, by data.Actor, session string) (seat, error) {
	at, err := ownSeat(ctx, q, by)
	switch {
	case err != nil:
		return at, err
	case at.Ended != "":
		return at, &EndedError{at.Ended}
	case at.state != Open:
		return at, ErrNotOpen
	case at.Candidate.Withdrawn:
		return at, data.ErrDenied
	case at.ArrivedAt.IsZero():
		return at, ErrAbsent
	case session == "" || session == at.Next.Session:
		return at, ErrWaiting
	case session != at.Session:
		return at, ErrElsewhere
	}
	return at, nil
}
