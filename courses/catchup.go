package courses

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// CatchUp is a lesson of another series that gives what somebody missed.
type CatchUp struct {
	Session
	Code string // of the series
	Free int    // places
}

// CatchUps lists where an enrolment can catch up a session: the lesson with the same number of another series of the
// course that is still to come, with a place free, while the person has no other lesson; the soonest first.
func (s *Store) CatchUps(ctx context.Context, by data.Actor, enrolment, missed string) (all []CatchUp, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleTrainer), func(q data.Query) error {
		all, err = catchUps(ctx, q, enrolment, missed)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("where to catch up: %w", err)
	}
	return all, nil
}

func catchUps(ctx context.Context, q data.Query, enrolment, missed string) ([]CatchUp, error) {
	e, err := enrolmentOf(ctx, q, enrolment)
	if err != nil {
		return nil, err
	}
	lesson, err := sessionOf(ctx, q, missed)
	if err != nil {
		return nil, err
	}
	if lesson.SeriesID != e.SeriesID {
		return nil, ErrNotInSeries
	}
	return data.List(ctx, q, func(scan func(...any) error) (c CatchUp, err error) {
		c.Session, err = scanSession(func(dest ...any) error { return scan(append(dest, &c.Code, &c.Free)...) })
		return c, err
	}, `SELECT `+sessionFields+`, s.code, s.seats
		- (SELECT count(*) FROM enrolments b WHERE b.series_id = s.id AND b.state IN `+seated+`) - (SELECT count(*) FROM attendance a WHERE a.session_id = x.id AND a.instead <> '') AS places
		FROM course_sessions x JOIN rooms r ON r.id = x.room_id JOIN course_series s ON s.id = x.series_id
		WHERE s.course_id = (SELECT course_id FROM course_series WHERE id = $1) AND s.id <> $1 AND s.state IN ('published', 'going') AND x.number = $2 AND x.state = 'planned' AND x.start_at > $3
		AND (SELECT count(*) FROM enrolments b WHERE b.series_id = s.id AND b.state IN `+seated+`) + (SELECT count(*) FROM attendance a WHERE a.session_id = x.id AND a.instead <> '') < s.seats
		AND NOT EXISTS (SELECT 1 FROM enrolments o JOIN course_sessions y ON y.series_id = o.series_id AND y.state = 'planned'
			WHERE o.participant_id = $4 AND o.state IN `+seated+` AND y.start_at < x.end_at AND y.end_at > x.start_at)
		ORDER BY x.start_at, x.id`, e.SeriesID, lesson.Number, q.Now().UnixMilli(), e.ParticipantID)
}

// CatchUpIn lets somebody catch up a missed session in one that CatchUps lists, and audits it: the roster there names the
// person too. It returns ErrFull when the place is gone or it is no such lesson, and data.ErrNotFound.
func (s *Store) CatchUpIn(ctx context.Context, by data.Actor, enrolment, missed, session string) error {
	err := s.db.InTxFor(ctx, by, append(desk(), data.RoleTrainer), func(tx *data.Tx) error {
		all, err := catchUps(ctx, tx, enrolment, missed)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(c CatchUp) bool { return c.ID == session })
		if at < 0 {
			return ErrFull
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO attendance (session_id, enrolment_id, mark, instead, at, actor) VALUES ($1, $2, 'expected', $3, $4, $5)
			ON CONFLICT (session_id, enrolment_id) DO NOTHING`, session, enrolment, missed, tx.Now().UnixMilli(), actorName(by)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "attendance.catch_up", session, "number", all[at].Code)
	})
	if err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	return nil
}

// attestShare is the part of the lessons that were given, in percent, that somebody must have been at for an attest.
const attestShare = 75

// Attest is what a participant has of a series.
type Attest struct {
	Enrolment
	Visits, Given int // sessions where the person was, caught up ones too, and sessions that were given
	Minutes       int // of the sessions where the person was
	Earned        bool
}

// Earns tells whether somebody who was at visits of the given sessions has earned the attest: at three quarters of them, at
// least one.
func Earns(visits, given int) bool { return visits > 0 && visits*100 >= given*attestShare }

// Attests lists the participants of a series with what they were at, by name.
func (s *Store) Attests(ctx context.Context, by data.Actor, series string) (all []Attest, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleTrainer), func(q data.Query) error {
		sessions, err := sessionsOf(ctx, q, series)
		if err != nil {
			return err
		}
		given := 0
		for _, x := range sessions {
			if x.State == Planned && !x.Instants().To.After(q.Now()) {
				given++
			}
		}
		all, err = data.List(ctx, q, func(scan func(...any) error) (a Attest, err error) {
			a.Enrolment, err = scanEnrolment(func(dest ...any) error { return scan(append(dest, &a.Visits, &a.Minutes)...) })
			a.Given, a.Earned = given, Earns(a.Visits, given)
			return a, err
		}, `SELECT `+enrolmentFields+`, coalesce(v.n, 0), coalesce(v.minutes, 0)
			FROM enrolments e JOIN participants p ON p.id = e.participant_id LEFT JOIN (SELECT a.enrolment_id, count(*) AS n, sum(x.until_min - x.from_min) AS minutes FROM attendance a
				JOIN course_sessions x ON x.id = a.session_id WHERE a.mark IN ('present', 'late') GROUP BY a.enrolment_id) v ON v.enrolment_id = e.id
			WHERE e.series_id = $1 AND e.state = 'booked' ORDER BY p.sort_key, p.id`, series)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("attests of series %s: %w", data.Clean(series, 40), err)
	}
	return all, nil
}

// TrainerHours is what a trainer gave in a month.
type TrainerHours struct {
	TrainerID, Trainer string
	Kind               TrainerKind
	Sessions, Minutes  int
	CentsPerHour       int64
	Cents              int64 // the allowance, rounded to the cent
	Lines              []TrainerLine
}

// TrainerLine is one session that a trainer gave.
type TrainerLine struct {
	Session
	Code, Course string
	Present      int // participants who were there
}

// Hours gives the sheet of a month per trainer, by name: sessions that began in it and are over. month is YYYY-MM. It
// returns an *data.Invalid.
func (s *Store) Hours(ctx context.Context, by data.Actor, month string) (all []TrainerHours, err error) {
	from, err := data.ParseDay(month + "-01")
	if err != nil {
		return nil, &data.Invalid{Field: "month", Why: data.WhyDay, Want: "YYYY-MM", Got: data.Clean(month, 20)}
	}
	err = s.db.ViewFor(ctx, by, append(planners(), data.RoleFinance), func(q data.Query) error {
		all = nil
		_, err := data.List(ctx, q, func(scan func(...any) error) (l TrainerLine, err error) {
			var h TrainerHours
			l.Session, err = scanSession(func(dest ...any) error {
				return scan(append(dest, &l.Code, &l.Course, &l.Present, &h.TrainerID, &h.Trainer, &h.Kind, &h.CentsPerHour)...)
			})
			if len(all) == 0 || all[len(all)-1].TrainerID != h.TrainerID {
				all = append(all, h)
			}
			last := &all[len(all)-1]
			last.Lines = append(last.Lines, l)
			last.Sessions, last.Minutes = last.Sessions+1, last.Minutes+l.Minutes()
			last.Cents = (last.CentsPerHour*int64(last.Minutes) + 30) / 60
			return l, err
		}, `SELECT `+sessionFields+`, s.code, c.title,
			(SELECT count(*) FROM attendance a WHERE a.session_id = x.id AND a.mark IN ('present', 'late')), t.id, t.name, t.kind, t.allowance_cents
			FROM course_sessions x JOIN rooms r ON r.id = x.room_id JOIN course_series s ON s.id = x.series_id JOIN courses c ON c.id = s.course_id
			JOIN course_session_trainers g ON g.session_id = x.id JOIN trainers t ON t.id = g.trainer_id
			WHERE x.state = 'planned' AND x.on_day >= $1 AND x.on_day < $2 AND x.end_at <= $3 ORDER BY t.sort_key, t.id, x.start_at, x.id`,
			data.DayText(from), data.DayText(from.AddDate(0, 1, 0)), q.Now().UnixMilli())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("hours of %s: %w", month, err)
	}
	return all, nil
}
