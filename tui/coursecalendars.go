package tui

import (
	"context"

	"digibrug/courses"
	"digibrug/courses/ics"
	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/papers"
)

// courseCalendars makes calendars of lessons.
func (h House) courseCalendars() papers.CourseCalendars {
	return papers.CourseCalendars{Courses: h.Courses, Now: h.DB.Now}
}

// ownCalendar puts the calendar of the lessons that somebody takes where the person fetches it. It gives the name of the
// file and how many lessons are in it; without lessons there is no file.
func (h House) ownCalendar(ctx context.Context, by data.Actor) (name string, n int, err error) {
	c, err := h.courseCalendars().Own(ctx, by)
	if err != nil {
		return "", 0, err
	}
	return h.keepCalendar(ctx, by, c)
}

// lessonCalendar is ownCalendar for the lessons that a filter keeps, from today on; called is the name of the calendar.
func (h House) lessonCalendar(ctx context.Context, by data.Actor, called string, f courses.LessonFilter) (name string, n int, err error) {
	f.From = data.DayOf(h.DB.Now())
	c, err := h.courseCalendars().Lessons(ctx, by, called, f)
	if err != nil {
		return "", 0, err
	}
	return h.keepCalendar(ctx, by, c)
}

func (h House) keepCalendar(ctx context.Context, by data.Actor, c ics.Calendar) (name string, n int, err error) {
	if len(c.Events) == 0 {
		return "", 0, nil
	}
	var p outbox.Paper
	err = h.DB.InTx(ctx, func(tx *data.Tx) error {
		p, err = papers.KeepCalendar(ctx, tx, by, c)
		return err
	})
	return p.Name, len(c.Events), err
}
