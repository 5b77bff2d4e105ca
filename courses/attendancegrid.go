package courses

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// AttendanceRow is a participant of a series with the marks of all its sessions.
type AttendanceRow struct {
	Enrolment
	Marks  map[string]Mark // by id of the session; a lesson that was caught up elsewhere isn't in it
	Caught []int           // numbers of the sessions that were caught up in another series
}

// Attendance gives the attendance of a series: its sessions in order of number, and who has a seat, or left after a
// session was marked, by name. A trainer sees that of the own series. It returns data.ErrDenied, and data.ErrNotFound.
func (s *Store) Attendance(ctx context.Context, by data.Actor, series string) (one Series, sessions []Session, rows []AttendanceRow, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if one, err = seriesOf(ctx, q, series); err != nil {
			return err
		}
		if sessions, err = sessionsOf(ctx, q, series); err != nil {
			return err
		}
		if err := mayRead(ctx, q, by, sessions); err != nil {
			return err
		}
		rows, err = attendance(ctx, q, series)
		return err
	})
	if err != nil {
		return Series{}, nil, nil, fmt.Errorf("attendance of series %s: %w", data.Clean(series, 40), err)
	}
	return one, sessions, rows, nil
}

// mayRead tells whether the actor enrols, or gives one of the sessions.
func mayRead(ctx context.Context, q data.Query, by data.Actor, sessions []Session) error {
	err := data.Require(ctx, q, by, desk()...)
	for _, x := range sessions {
		if err == nil {
			return nil
		}
		err = mayMark(ctx, q, by, x)
	}
	return err
}

// onGrid holds for enrolments e that have a seat, and for those that had one long enough to be marked.
const onGrid = `(e.state = 'booked' OR EXISTS (SELECT 1 FROM attendance a WHERE a.enrolment_id = e.id))`

func attendance(ctx context.Context, q data.Query, series string) ([]AttendanceRow, error) {
	rows, err := data.List(ctx, q, func(scan func(...any) error) (r AttendanceRow, err error) {
		r.Enrolment, err = scanEnrolment(scan)
		r.Marks = map[string]Mark{}
		return r, err
	}, enrolmentColumns+` WHERE e.series_id = $1 AND `+onGrid+` ORDER BY p.sort_key, p.id, e.queued_at, e.id`, series)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, r := range rows {
		at[r.ID] = i
	}
	_, err = data.List(ctx, q, func(scan func(...any) error) (_ string, err error) {
		var enrolment, session string
		var m Mark
		var caught int
		if err = scan(&enrolment, &session, &m, &caught); err != nil {
			return "", err
		}
		i, in := at[enrolment]
		switch {
		case !in:
		case caught == 0:
			rows[i].Marks[session] = m
		case m == Present || m == Late:
			rows[i].Caught = append(rows[i].Caught, caught)
		}
		return enrolment, nil
	}, `SELECT a.enrolment_id, a.session_id, a.mark, coalesce(i.number, 0) FROM attendance a JOIN enrolments e ON e.id = a.enrolment_id
		LEFT JOIN course_sessions i ON i.id = a.instead WHERE e.series_id = $1 ORDER BY a.enrolment_id, a.session_id`, series)
	return rows, err
}

// MarkRest gives a mark to all at a session of whom nobody said yet how they were, as one act, and audits it. It returns
// whom it marked, by enrolment, and what Mark returns.
func (s *Store) MarkRest(ctx context.Context, by data.Actor, session string, m Mark) (marked []string, err error) {
	if !slices.Contains(Marks(), m) {
		return nil, &data.Invalid{Field: "mark", Why: data.WhyNotOneOf, Want: fmt.Sprint(Marks()), Got: data.Clean(string(m), 20)}
	}
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		marked = nil
		one, err := sessionOf(ctx, tx, session)
		if err != nil {
			return err
		}
		if err := mayMark(ctx, tx, by, one); err != nil {
			return err
		}
		all, err := roster(ctx, tx, one)
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.Mark != "" && r.Mark != Expected {
				continue
			}
			if err := mark(ctx, tx, by, one, r.ID, m); err != nil {
				return err
			}
			marked = append(marked, r.ID)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mark the rest of session %s: %w", data.Clean(session, 40), err)
	}
	return marked, nil
}
