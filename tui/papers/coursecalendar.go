package papers

import (
	"context"
	"fmt"
	"io"
	"time"

	"digibrug/courses"
	"digibrug/courses/ics"
	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/words"
)

// lessonRegister is what calendars need of the courses; *courses.Store has it.
type lessonRegister interface {
	Lessons(ctx context.Context, by data.Actor, f courses.LessonFilter) ([]courses.Lesson, error)
	OwnLessons(ctx context.Context, by data.Actor, f courses.LessonFilter) ([]courses.Lesson, error)
}

// CourseCalendars makes calendars of lessons, for the programs in which people keep their days. No participant is named in
// one. Who may have which is the store's to say. Now is the clock of the house.
type CourseCalendars struct {
	Courses lessonRegister
	Now     func() time.Time
}

// Lessons is the calendar of the lessons that a filter keeps. name is what it is called among other calendars.
func (c CourseCalendars) Lessons(ctx context.Context, by data.Actor, name string, f courses.LessonFilter) (ics.Calendar, error) {
	all, err := c.Courses.Lessons(ctx, by, f)
	if err != nil {
		return ics.Calendar{}, fmt.Errorf("calendar of lessons: %w", err)
	}
	return LessonCalendar(name, c.Now(), all), nil
}

// Own is the calendar of the lessons that who works here takes, from today on.
func (c CourseCalendars) Own(ctx context.Context, by data.Actor) (ics.Calendar, error) {
	all, err := c.Courses.OwnLessons(ctx, by, courses.LessonFilter{From: data.DayOf(c.Now())})
	if err != nil {
		return ics.Calendar{}, fmt.Errorf("calendar of the own lessons: %w", err)
	}
	return LessonCalendar(nl.T(words.CourseicsOwn), c.Now(), all), nil
}

// LessonCalendar is a calendar of lessons to read.
func LessonCalendar(name string, at time.Time, all []courses.Lesson) ics.Calendar {
	return ics.Calendar{Method: ics.Publish, Name: name, At: at,
		Events: courses.Events(all, func(l courses.Lesson) (string, string) { return LessonEvent(string(lang), l) })}
}

// KeepCalendar puts a calendar in the outbox, where its maker fetches it: it goes to no printer.
func KeepCalendar(ctx context.Context, tx *data.Tx, by data.Actor, c ics.Calendar) (outbox.Paper, error) {
	p := outbox.Paper{Channel: outbox.Fetch, Name: "agenda-" + slug(c.Name) + "-" + data.DayOf(c.At) + ".ics", Media: "text/calendar; charset=utf-8"}
	return toOutbox(ctx, tx, by, p, func(w io.Writer) error { return ics.Write(w, c) })
}
