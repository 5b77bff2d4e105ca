package courses

import (
	"context"
	"fmt"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Lesson is a session with what somebody must know of its series to go there: the lists of a trainer and calendars show
// lessons of several series together.
type Lesson struct {
	Session
	Code, CourseID, Course string
	Location               string // name
	Address                calendar.Address
	Of                     int    // lessons that the series has, cancelled ones too: "2 van 6"
	About                  string // what it is about: its note, or else the line of the course's outline; may be empty
	Series                 SeriesState
	Expected               int // who has a seat, or comes to catch up
	Marked                 int // of whom somebody said how they were
}

// LessonFilter narrows a list of lessons. The zero filter keeps all of series that aren't drafts.
type LessonFilter struct {
	From, Until string // YYYY-MM-DD, both included; empty: no bound
	Series      string // id
	Course      string // id
	Trainer     string // id: who gives it, or would have given it
	Room        string // id
	Participant string // id: has a seat, had one in a series that was cancelled, or catches up a lesson there
	Drafts      bool   // of drafts too
}

// Lessons lists lessons by when they begin, also those that were cancelled, in a fixed number of queries. A trainer sees
// only the own ones.
func (s *Store) Lessons(ctx context.Context, by data.Actor, f LessonFilter) (all []Lesson, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		if data.Require(ctx, q, by, append(desk(), data.RoleDirector)...) != nil {
			if f.Trainer, err = trainerIDOf(ctx, q, by); err != nil || f.Trainer == "" {
				return err
			}
		}
		all, err = lessons(ctx, q, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list lessons: %w", err)
	}
	return all, nil
}

// OwnLessons lists the lessons that who works here takes, as Lessons does.
func (s *Store) OwnLessons(ctx context.Context, by data.Actor, f LessonFilter) (all []Lesson, err error) {
	err = s.db.ViewFor(ctx, by, []data.Role{data.RoleStaff}, func(q data.Query) error {
		ids, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
			`SELECT id FROM participants WHERE person_id = $1 ORDER BY id`, by.PersonID)
		if err != nil || len(ids) == 0 || by.PersonID == "" {
			return err
		}
		f.Participant = ids[0]
		all, err = lessons(ctx, q, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list own lessons: %w", err)
	}
	return all, nil
}

// PublicLessons lists the lessons of the series that the public can read about, from a day on: without counts. Anybody may.
func (s *Store) PublicLessons(ctx context.Context, from string) (all []Lesson, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		all, err = lessons(ctx, q, LessonFilter{From: from})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list public lessons: %w", err)
	}
	for i := range all {
		all[i].Expected, all[i].Marked, all[i].Trainers = 0, 0, nil
	}
	return all, nil
}

// lessonWhere gives the condition of a filter, over x (course_sessions) and s (course_series).
func lessonWhere(f LessonFilter) (where string, args []any) {
	where = `1 = 1`
	add := func(condition string, v any) {
		args = append(args, v)
		where += fmt.Sprintf(" AND "+condition, len(args))
	}
	for _, one := range []struct{ value, condition string }{
		{f.From, "x.on_day >= $%d"}, {f.Until, "x.on_day <= $%d"}, {f.Series, "x.series_id = $%d"}, {f.Course, "s.course_id = $%d"}, {f.Room, "x.room_id = $%d"},
		{f.Trainer, "x.id IN (SELECT g.session_id FROM course_session_trainers g WHERE g.trainer_id = $%d)"},
		{f.Participant, `(x.series_id IN (SELECT e.series_id FROM enrolments e JOIN course_series z ON z.id = e.series_id WHERE e.participant_id = $%[1]d
			AND (e.state = 'booked' OR e.state = 'cancelled' AND z.state = 'cancelled' AND e.ended_at > 0))
			OR x.id IN (SELECT a.session_id FROM attendance a JOIN enrolments e ON e.id = a.enrolment_id WHERE e.participant_id = $%[1]d AND a.instead <> ''))`},
	} {
		if one.value != "" {
			add(one.condition, one.value)
		}
	}
	if !f.Drafts {
		where += ` AND s.state <> 'draft'`
	}
	return where, args
}

func lessons(ctx context.Context, q data.Query, f LessonFilter) ([]Lesson, error) {
	where, args := lessonWhere(f)
	all, err := data.List(ctx, q, func(scan func(...any) error) (l Lesson, err error) {
		l.Session, err = scanSession(func(dest ...any) error {
			return scan(append(dest, &l.Code, &l.CourseID, &l.Course, &l.Location, &l.Address.Street, &l.Address.Postcode, &l.Address.Town, &l.Series, &l.Of, &l.Expected, &l.Marked)...)
		})
		return l, err
	}, `SELECT `+sessionFields+`, s.code, s.course_id, c.title, l.name, l.street, l.postcode, l.town, s.state,
		n.sessions, coalesce(e.booked, 0) + coalesce(a.extra, 0), coalesce(a.marked, 0)
		FROM course_sessions x JOIN rooms r ON r.id = x.room_id JOIN course_series s ON s.id = x.series_id JOIN courses c ON c.id = s.course_id
		JOIN locations l ON l.id = s.location_id JOIN (SELECT series_id, count(*) AS sessions FROM course_sessions GROUP BY series_id) n ON n.series_id = s.id
		LEFT JOIN (SELECT series_id, count(*) AS booked FROM enrolments WHERE state = 'booked' GROUP BY series_id) e ON e.series_id = s.id
		LEFT JOIN (SELECT session_id, sum(CASE WHEN instead <> '' THEN 1 ELSE 0 END) AS extra, sum(CASE WHEN mark <> 'expected' THEN 1 ELSE 0 END) AS marked
			FROM attendance GROUP BY session_id) a ON a.session_id = x.id
		WHERE `+where+` ORDER BY x.start_at, s.code, x.number, x.id`, args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if err := outlined(ctx, q, all); err != nil {
		return nil, err
	}
	by := map[string][]string{}
	_, err = data.List(ctx, q, func(scan func(...any) error) (_ string, err error) {
		var session, trainer string
		if err = scan(&session, &trainer); err == nil {
			by[session] = append(by[session], trainer)
		}
		return session, err
	}, `SELECT g.session_id, g.trainer_id FROM course_session_trainers g JOIN trainers t ON t.id = g.trainer_id JOIN course_sessions x ON x.id = g.session_id
		JOIN course_series s ON s.id = x.series_id WHERE `+where+` ORDER BY g.session_id, t.sort_key, t.id`, args...)
	for i := range all {
		all[i].Trainers = by[all[i].ID]
	}
	return all, err
}

// outlined says of each lesson what it is about.
func outlined(ctx context.Context, q data.Query, all []Lesson) error {
	known, err := data.List(ctx, q, scanCourse, `SELECT id, details, retired_on FROM courses ORDER BY id`)
	if err != nil {
		return err
	}
	outline := map[string][]string{}
	for _, c := range known {
		outline[c.ID] = c.Outline
	}
	for i, l := range all {
		all[i].About = l.Note
		if of := outline[l.CourseID]; l.Note == "" && l.Number <= len(of) {
			all[i].About = of[l.Number-1]
		}
	}
	return nil
}

// SeriesNamed finds a series by its code, small or capital, or by its id. A trainer finds the own ones alone. It returns
// data.ErrNotFound.
func (s *Store) SeriesNamed(ctx context.Context, by data.Actor, name string) (one Series, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		all, err := data.List(ctx, q, scanSeries, seriesColumns+` WHERE lower(s.code) = lower($1) OR s.id = $1 ORDER BY s.id`, data.Clean(name, 60))
		if one, err = first(all, err, "series", name); err != nil {
			return err
		}
		if data.Require(ctx, q, by, append(desk(), data.RoleDirector)...) == nil {
			return nil
		}
		sessions, err := sessionsOf(ctx, q, one.ID)
		if err != nil {
			return err
		}
		return mayRead(ctx, q, by, sessions)
	})
	if err != nil {
		return Series{}, fmt.Errorf("series %s: %w", data.Clean(name, 40), err)
	}
	return one, nil
}
