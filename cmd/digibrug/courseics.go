package main

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"digibrug/courses"
	"digibrug/courses/ics"
	"digibrug/data"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// lessonsOf says whose lessons go into a calendar: at most one of them, as it was typed.
type lessonsOf struct{ series, room, trainer, person string }

// many tells how many were said.
func (o lessonsOf) many() (n int) {
	for _, text := range []string{o.series, o.room, o.trainer, o.person} {
		if text != "" {
			n++
		}
	}
	return n
}

// courseICS writes lessons as a calendar: those of a series, a room, a trainer or a participant, or those that the public
// can read about.
func (c *cli) courseICS() *cobra.Command {
	cmd := &cobra.Command{Use: "ics [BESTAND]", Short: nl.T(words.CoursecliIcs), Long: nl.T(words.CourseicsLong), Args: takes(0, 1)}
	var of lessonsOf
	out := outFlag(cmd)
	cmd.Flags().StringVar(&of.series, "series", "", nl.T(words.CoursecliFlagSeries))
	cmd.Flags().StringVar(&of.room, "room", "", nl.T(words.CourseicsFlagRoom))
	cmd.Flags().StringVar(&of.trainer, "trainer", "", nl.T(words.CourseicsFlagTrainer))
	cmd.Flags().StringVar(&of.person, "person", "", nl.T(words.CourseicsFlagPerson))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		path := *out
		switch {
		case of.many() > 1:
			return misused(cmd, nl.T(words.CourseicsOneOf))
		case (len(args) == 0) == (path == ""):
			return misused(cmd, nl.T(words.CourseicsWhere))
		case path == "":
			path = args[0]
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			cal, err := c.lessonCalendar(ctx, h, of)
			if err != nil {
				return err
			}
			return c.keepPaper(path, cal.Name, func(w *bytes.Buffer) error { return ics.Write(w, cal) })
		})(cmd, args)
	}
	return cmd
}

// lessonCalendar makes the calendar that was asked for.
func (c *cli) lessonCalendar(ctx context.Context, h *house, of lessonsOf) (ics.Calendar, error) {
	make := papers.CourseCalendars{Courses: h.courses, Now: h.db.Now}
	name, f := "", courses.LessonFilter{From: data.DayOf(h.db.Now())}
	switch {
	case of.series != "":
		one, err := h.courses.SeriesNamed(ctx, c.by(), of.series)
		if err != nil {
			return ics.Calendar{}, missing(err, nl.T(words.CoursescriptNoSeries, "code", of.series))
		}
		name, f = one.Course+" ("+one.Code+")", courses.LessonFilter{Series: one.ID, Drafts: true}
	case of.room != "":
		one, err := c.roomCalled(ctx, h, of.room)
		if err != nil {
			return ics.Calendar{}, err
		}
		name, f.Room = one.Location+": "+one.Name, one.ID
	case of.trainer != "":
		one, err := c.trainerCalled(ctx, h, of.trainer)
		if err != nil {
			return ics.Calendar{}, err
		}
		name, f.Trainer = one.Name, one.ID
	case of.person != "":
		one, err := c.takesCourses(ctx, h, of.person)
		if err != nil {
			return ics.Calendar{}, err
		}
		name, f.Participant = one.Name(), one.ID
	default:
		all, err := h.courses.PublicLessons(ctx, f.From)
		return papers.LessonCalendar(nl.T(words.CoursecliCalendar), h.db.Now(), all), err
	}
	return make.Lessons(ctx, c.by(), name, f)
}

// roomCalled finds a room by its id or its name, with the location in front where several are called so.
func (c *cli) roomCalled(ctx context.Context, h *house, text string) (courses.Room, error) {
	all, err := h.courses.Rooms(ctx, c.by())
	if err != nil {
		return courses.Room{}, err
	}
	var found []courses.Room
	var names, these []string
	for _, r := range all {
		whole := r.Location + ": " + r.Name
		if names = append(names, whole); r.ID == text || data.SortKey(whole) == data.SortKey(text) {
			return r, nil
		}
		if data.SortKey(r.Name) == data.SortKey(text) {
			found, these = append(found, r), append(these, whole)
		}
	}
	switch len(found) {
	case 0:
		return courses.Room{}, failed(data.ErrNotFound, nl.T(words.CourseicsNoRoom, "name", data.Clean(text, 60), "names", strings.Join(names, ", ")))
	case 1:
		return found[0], nil
	}
	return courses.Room{}, failed(nil, nl.T(words.CourseicsSeveral, "name", data.Clean(text, 60), "names", strings.Join(these, ", ")))
}

// trainerCalled finds a trainer by the id, or by a name that only one has.
func (c *cli) trainerCalled(ctx context.Context, h *house, text string) (courses.Trainer, error) {
	all, err := h.courses.Trainers(ctx, c.by())
	if err != nil {
		return courses.Trainer{}, err
	}
	var found []courses.Trainer
	var names []string
	for _, t := range all {
		if t.ID == text {
			return t, nil
		}
		if names = append(names, t.Name); data.SortKey(t.Name) == data.SortKey(text) {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 0:
		return courses.Trainer{}, failed(data.ErrNotFound, nl.T(words.CourseicsNoTrainer, "name", data.Clean(text, 60), "names", strings.Join(names, ", ")))
	case 1:
		return found[0], nil
	}
	return courses.Trainer{}, failed(nil, nl.T(words.CoursescriptSeveral, "name", data.Clean(text, 60)))
}

// takesCourses finds a participant as participantCalled does, or by the log-in name of who works here. It adds nobody.
func (c *cli) takesCourses(ctx context.Context, h *house, text string) (courses.Participant, error) {
	p, unknown := c.participantCalled(ctx, h, text)
	if !errors.Is(unknown, data.ErrNotFound) {
		return p, unknown
	}
	a, err := h.accounts.Find(ctx, c.by(), text)
	var bad *data.Invalid
	switch {
	case errors.Is(err, data.ErrNotFound) || errors.As(err, &bad) || err == nil && a.PersonID == "":
		return p, unknown
	case err != nil:
		return p, err
	}
	all, err := h.courses.Participants(ctx, c.by(), "", everybody)
	for _, one := range all {
		if one.PersonID == a.PersonID {
			return one, nil
		}
	}
	if err == nil {
		err = unknown
	}
	return p, err
}
