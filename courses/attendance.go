package courses

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Mark is how somebody was at a session.
type Mark string

// The marks.
const (
	Present  Mark = "present"
	Excused  Mark = "excused" // verontschuldigd
	Absent   Mark = "absent"
	Late     Mark = "late"
	Expected Mark = "expected" // comes to catch up; nobody said yet
)

// Marks lists those that a person gives, in the order in which screens show them.
func Marks() []Mark { return []Mark{Present, Late, Excused, Absent} }

// What stands in the way of marking.
var (
	// ErrNotYet says that a session is still to come.
	ErrNotYet = errors.New("session is still to come")
	// ErrNotRunning says that no session of the series runs now, or will within the quarter of an hour.
	ErrNotRunning = errors.New("no session runs now")
	// ErrNotInSeries says that somebody isn't a participant of it.
	ErrNotInSeries = errors.New("is no participant of the series")
)

// RosterRow is one participant of a session.
type RosterRow struct {
	Enrolment
	Mark    Mark // empty: nobody said yet
	Instead int  // number of the session that is caught up; 0: none
	Visits  int  // sessions of the series where the person was present or late
}

// Roster lists who should be at a session: by name; who catches up a session of another series comes last. Trainers see
// those of their own sessions alone. It returns data.ErrDenied, and data.ErrNotFound.
func (s *Store) Roster(ctx context.Context, by data.Actor, session string) (one Session, all []RosterRow, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if one, err = sessionOf(ctx, q, session); err != nil {
			return err
		}
		if err := mayMark(ctx, q, by, one); err != nil {
			return err
		}
		all, err = roster(ctx, q, one)
		return err
	})
	if err != nil {
		return Session{}, nil, fmt.Errorf("roster of session %s: %w", data.Clean(session, 40), err)
	}
	return one, all, nil
}

func roster(ctx context.Context, q data.Query, one Session) ([]RosterRow, error) {
	return data.List(ctx, q, func(scan func(...any) error) (r RosterRow, err error) {
		var extra []any
		r.Enrolment, err = scanEnrolment(func(dest ...any) error {
			extra = append(dest, &r.Mark, &r.Instead, &r.Visits)
			return scan(extra...)
		})
		return r, err
	}, `SELECT `+enrolmentFields+`, coalesce(a.mark, ''), coalesce(i.number, 0),
		(SELECT count(*) FROM attendance v WHERE v.enrolment_id = e.id AND v.mark IN ('present', 'late'))
		FROM enrolments e JOIN participants p ON p.id = e.participant_id LEFT JOIN attendance a ON a.enrolment_id = e.id AND a.session_id = $1
		LEFT JOIN course_sessions i ON i.id = a.instead
		WHERE e.series_id = $2 AND e.state = 'booked' OR a.session_id IS NOT NULL
		ORDER BY CASE WHEN e.series_id = $2 THEN 0 ELSE 1 END, p.sort_key, p.id`, one.ID, one.SeriesID)
}

// mayMark tells whether the actor enrols, or is a trainer of the session.
func mayMark(ctx context.Context, q data.Query, by data.Actor, one Session) error {
	if data.Require(ctx, q, by, desk()...) == nil {
		return nil
	}
	if err := data.Require(ctx, q, by, data.RoleTrainer); err != nil {
		return err
	}
	id, err := trainerIDOf(ctx, q, by)
	if err == nil && (id == "" || !slices.Contains(one.Trainers, id)) {
		err = data.ErrDenied
	}
	return err
}

// trainerIDOf is which trainer the actor is; empty: none.
func trainerIDOf(ctx context.Context, q data.Query, by data.Actor) (string, error) {
	ids, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT id FROM trainers WHERE person_id = $1 ORDER BY id`, by.PersonID)
	if err != nil || len(ids) == 0 || by.PersonID == "" {
		return "", err
	}
	return ids[0], nil
}

// Mark says how somebody was at a session that has begun, or clears that with an empty mark, and audits it. It returns
// ErrNotYet, ErrSessionOver for a session that was cancelled, ErrNotInSeries, data.ErrDenied, an *data.Invalid, and
// data.ErrNotFound.
func (s *Store) Mark(ctx context.Context, by data.Actor, session, enrolment string, m Mark) error {
	if m != "" && !slices.Contains(Marks(), m) {
		return &data.Invalid{Field: "mark", Why: data.WhyNotOneOf, Want: fmt.Sprint(Marks()), Got: data.Clean(string(m), 20)}
	}
	err := s.db.InTx(ctx, func(tx *data.Tx) error {
		one, err := sessionOf(ctx, tx, session)
		if err != nil {
			return err
		}
		if err := mayMark(ctx, tx, by, one); err != nil {
			return err
		}
		return mark(ctx, tx, by, one, enrolment, m)
	})
	if err != nil {
		return fmt.Errorf("mark at session %s: %w", data.Clean(session, 40), err)
	}
	return nil
}

// early is how long before a session people may sign in.
const early = 15 * time.Minute

func mark(ctx context.Context, tx *data.Tx, by data.Actor, one Session, enrolment string, m Mark) error {
	span := one.Instants()
	switch {
	case one.State == SessionCancelled:
		return ErrSessionOver
	case tx.Now().Before(span.From.Add(-early)):
		return ErrNotYet
	}
	all, err := roster(ctx, tx, one)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(r RosterRow) bool { return r.ID == enrolment })
	if at < 0 {
		return ErrNotInSeries
	}
	instead := all[at].SeriesID != one.SeriesID
	switch {
	case m == "" && instead: // still comes to catch up
		_, err = tx.ExecContext(ctx, `UPDATE attendance SET mark = 'expected', at = $1, actor = $2 WHERE session_id = $3 AND enrolment_id = $4`, tx.Now().UnixMilli(), actorName(by), one.ID, enrolment)
	case m == "":
		_, err = tx.ExecContext(ctx, `DELETE FROM attendance WHERE session_id = $1 AND enrolment_id = $2`, one.ID, enrolment)
	default:
		_, err = tx.ExecContext(ctx, `INSERT INTO attendance (session_id, enrolment_id, mark, instead, at, actor) VALUES ($1, $2, $3, '', $4, $5)
			ON CONFLICT (session_id, enrolment_id) DO UPDATE SET mark = excluded.mark, at = excluded.at, actor = excluded.actor`, one.ID, enrolment, string(m), tx.Now().UnixMilli(), actorName(by))
	}
	if err != nil {
		return err
	}
	return tx.Audit(ctx, by, "attendance.mark", one.ID, "what", string(m))
}

// SignIn marks a visitor at a kiosk as present at the session of a series that runs now, by the enrolment: from a quarter of
// an hour before it begins until it ends, and late from ten minutes after it began. It returns ErrNotRunning, and what Mark
// returns.
func (s *Store) SignIn(ctx context.Context, by data.Actor, enrolment string) (one Session, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		pc, err := data.OwnKiosk(ctx, tx, by)
		if err != nil {
			return err
		}
		all, err := sessionsWhere(ctx, tx, `x.state = 'planned' AND x.start_at <= $1 AND x.end_at > $2 AND r.location_id = $3 AND (x.series_id = (SELECT series_id FROM enrolments WHERE id = $4)
			OR EXISTS (SELECT 1 FROM attendance c WHERE c.session_id = x.id AND c.enrolment_id = $4))`, tx.Now().Add(early).UnixMilli(), tx.Now().UnixMilli(), pc.LocationID, enrolment)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return ErrNotRunning
		}
		one = all[0]
		m := Present
		if tx.Now().After(one.Instants().From.Add(10 * time.Minute)) {
			m = Late
		}
		return mark(ctx, tx, by, one, enrolment, m)
	})
	if err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	return one, nil
}

// Running lists the sessions at the kiosk's location that run now or begin within a quarter of an hour, each with who may
// sign in: names are shown short, "Mia V.", since the screen is public.
func (s *Store) Running(ctx context.Context, by data.Actor) (all []RunningSession, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		pc, err := data.OwnKiosk(ctx, q, by)
		if err != nil {
			return err
		}
		now := q.Now()
		sessions, err := sessionsWhere(ctx, q, `x.state = 'planned' AND x.start_at <= $1 AND x.end_at > $2 AND r.location_id = $3`, now.Add(early).UnixMilli(), now.UnixMilli(), pc.LocationID)
		if err != nil {
			return err
		}
		for _, one := range sessions {
			of, err := seriesOf(ctx, q, one.SeriesID)
			if err != nil {
				return err
			}
			rows, err := roster(ctx, q, one)
			if err != nil {
				return err
			}
			r := RunningSession{Session: one, Course: of.Course}
			for _, row := range rows {
				r.Who = append(r.Who, SignInName{Enrolment: row.ID, Name: shortName(row.Participant), In: row.Mark == Present || row.Mark == Late})
			}
			all = append(all, r)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("sessions that run: %w", err)
	}
	return all, nil
}

// RunningSession is a session that runs now, as a kiosk shows it.
type RunningSession struct {
	Session
	Course string
	Who    []SignInName
}

// SignInName is one name to sign in with.
type SignInName struct {
	Enrolment string
	Name      string // given name and first letter of the family name
	In        bool
}

// shortName keeps the given name and the first letter of the rest.
func shortName(name string) string {
	for i, r := range name {
		if r == ' ' && i+1 < len(name) {
			return name[:i+1] + string([]rune(name[i+1:])[:1]) + "."
		}
	}
	return name
}
