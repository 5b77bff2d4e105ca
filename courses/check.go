package courses

import (
	"context"
	"fmt"

	"digibrug/data"
)

// Violation is an invariant that doesn't hold, with what it is about.
type Violation struct {
	Law   string `json:"law"`   // I1 to I8
	About string `json:"about"` // code of the series, or an id
	Found string `json:"found"` // in figures
}

// The invariants, by field/courses.md of the project: I1 seats, I2 one active enrolment, I3 nobody passed without a reason, I4
// half-open intervals (rooms and trainers held once), I5 derived instants, I6 the fee is frozen, I7 attendance of cancelled
// sessions, I8 history is only added to.

// Check audits the invariants. It reads only, in one view, and finds nothing in a register that only this program wrote.
func (s *Store) Check(ctx context.Context, by data.Actor) (found []Violation, err error) {
	err = s.db.ViewFor(ctx, by, append(planners(), data.RoleConsultant), func(q data.Query) error {
		found = nil
		for _, law := range laws() {
			rows, err := data.List(ctx, q, func(scan func(...any) error) (v Violation, err error) {
				v.Law = law.name
				return v, scan(&v.About, &v.Found)
			}, law.query)
			if err != nil {
				return fmt.Errorf("check %s: %w", law.name, err)
			}
			found = append(found, rows...)
		}
		wrong, err := wrongInstants(ctx, q)
		found = append(found, wrong...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check the courses: %w", err)
	}
	return found, nil
}

type law struct{ name, query string }

// laws are queries that find nothing as long as the law holds: what it is about, and what was found.
func laws() []law {
	return []law{
		{"I1", `SELECT s.code, count(*) || ' > ' || max(s.seats) FROM enrolments e JOIN course_series s ON s.id = e.series_id WHERE e.state IN ('booked', 'offered')
			GROUP BY s.id, s.code HAVING count(*) > max(s.seats) OR max(e.seat) > max(s.seats) ORDER BY s.code`},
		{"I1", `SELECT s.code, 'seat ' || e.seat || ' × ' || count(*) FROM enrolments e JOIN course_series s ON s.id = e.series_id WHERE e.seat > 0
			GROUP BY s.code, e.series_id, e.seat HAVING count(*) > 1 ORDER BY s.code, e.seat`},
		{"I2", `SELECT s.code, e.participant_id || ' × ' || count(*) FROM enrolments e JOIN course_series s ON s.id = e.series_id WHERE e.state IN ` + active + `
			GROUP BY s.code, e.series_id, e.participant_id HAVING count(*) > 1 ORDER BY s.code, e.participant_id`},
		{"I3", `SELECT s.code, w.id FROM enrolments w JOIN course_series s ON s.id = w.series_id WHERE w.state = 'waiting' AND EXISTS (
			SELECT 1 FROM enrolment_events v JOIN enrolments e ON e.id = v.enrolment_id WHERE v.series_id = w.series_id AND v.act IN ('offered', 'booked') AND v.at > w.queued_at
			AND e.priority <= w.priority AND e.queued_at > w.queued_at AND e.pair = '' AND w.pair = '')
			AND NOT EXISTS (SELECT 1 FROM enrolment_events p WHERE p.enrolment_id = w.id AND p.act IN ('passed', 'approved')) ORDER BY s.code, w.id`},
		{"I4", `SELECT r.name, a.quarter || ': ' || count(*) FROM room_quarters a JOIN rooms r ON r.id = a.room_id GROUP BY r.name, a.room_id, a.quarter
			HAVING max(a.exclusive) = 1 AND count(*) > 1 ORDER BY r.name, a.quarter`},
		{"I4", `SELECT s.code, 'session ' || x.number || ' holds ' || coalesce(h.n, 0) FROM course_sessions x JOIN course_series s ON s.id = x.series_id
			LEFT JOIN (SELECT holder, count(*) AS n FROM room_quarters GROUP BY holder) h ON h.holder = x.id
			WHERE x.state = 'planned' AND coalesce(h.n, 0) * 900000 < x.end_at - x.start_at OR x.state = 'cancelled' AND h.n > 0 ORDER BY s.code, x.number`},
		{"I4", `SELECT d.name, d.start_at || ' < ' || d.busy FROM (SELECT t.name, x.start_at, max(x.end_at) OVER (PARTITION BY g.trainer_id ORDER BY x.start_at, x.id
			ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy FROM course_session_trainers g JOIN course_sessions x ON x.id = g.session_id JOIN trainers t ON t.id = g.trainer_id
			WHERE x.state = 'planned') d WHERE d.busy > d.start_at ORDER BY d.name, d.start_at`},
		{"I6", `SELECT s.code, e.id || ' ' || e.paid FROM enrolments e JOIN course_series s ON s.id = e.series_id WHERE e.fee = '' OR e.paid = 'free' AND e.fee NOT LIKE '%"cents":0,%' ORDER BY s.code, e.id`},
		{"I7", `SELECT s.code, 'session ' || x.number || ' × ' || count(*) FROM attendance a JOIN course_sessions x ON x.id = a.session_id JOIN course_series s ON s.id = x.series_id
			WHERE x.state = 'cancelled' GROUP BY s.code, x.id, x.number ORDER BY s.code, x.number`},
		{"I8", `SELECT s.code, e.id FROM enrolments e JOIN course_series s ON s.id = e.series_id WHERE NOT EXISTS (SELECT 1 FROM enrolment_events v WHERE v.enrolment_id = e.id AND v.act IN ('enrolled', 'moved', 'import')) ORDER BY s.code, e.id`},
		{"I8", `SELECT s.code, e.id || ' ' || e.state FROM enrolments e JOIN course_series s ON s.id = e.series_id WHERE e.state IN ('cancelled', 'lapsed', 'refused', 'moved')
			AND NOT EXISTS (SELECT 1 FROM enrolment_events v WHERE v.enrolment_id = e.id AND v.act = e.state) ORDER BY s.code, e.id`},
	}
}

// wrongInstants finds sessions whose instants are not those of their day and times on the wall (I5).
func wrongInstants(ctx context.Context, q data.Query) (found []Violation, err error) {
	type stored struct {
		Session
		code        string
		from, until int64
	}
	all, err := data.List(ctx, q, func(scan func(...any) error) (x stored, err error) {
		x.Session, err = scanSession(func(dest ...any) error { return scan(append(dest, &x.code, &x.from, &x.until)...) })
		return x, err
	}, `SELECT `+sessionFields+`, s.code, x.start_at, x.end_at
		FROM course_sessions x JOIN rooms r ON r.id = x.room_id JOIN course_series s ON s.id = x.series_id ORDER BY s.code, x.number`)
	for _, x := range all {
		span := x.Instants()
		if span.From.UnixMilli() != x.from || span.To.UnixMilli() != x.until {
			found = append(found, Violation{"I5", x.code, fmt.Sprintf("session %d: %d, %d", x.Number, x.from-span.From.UnixMilli(), x.until-span.To.UnixMilli())})
		}
	}
	return found, err
}
