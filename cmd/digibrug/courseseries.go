package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// seriesCard is a series with its lessons and who is in it, as --json prints it.
type seriesCard struct {
	seriesLine
	Least   int             `json:"least"`
	Lessons []lessonLine    `json:"lessons"`
	Seated  []enrolmentLine `json:"enrolments"` // also those that ended
}

// lessonLine is a lesson of a series; course mark takes its id, or the code of the series and the number: 26-014/2.
type lessonLine struct {
	ID     string               `json:"id"`
	Number int                  `json:"number"`
	Day    string               `json:"day"`  // YYYY-MM-DD
	From   string               `json:"from"` // HH:MM
	Until  string               `json:"until"`
	Room   string               `json:"room"`
	State  courses.SessionState `json:"state"`
}

// enrolmentLine is somebody in a series.
type enrolmentLine struct {
	ID          string                 `json:"id"`
	Participant string                 `json:"participant"`
	State       courses.EnrolmentState `json:"state"`
	Seat        int                    `json:"seat,omitempty"`
	Paid        courses.Paid           `json:"paid"`
}

func lineOfEnrolment(e courses.Enrolment) enrolmentLine {
	return enrolmentLine{e.ID, e.Participant, e.State, e.Seat, e.Paid}
}

// courseSeries lists series, also those that are over: all, those of a course, or one with its lessons and its people.
func (c *cli) courseSeries() *cobra.Command {
	return &cobra.Command{Use: "series [CODE]", Short: nl.T(words.CoursescriptSeries), Args: takes(0, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			f := courses.SeriesFilter{States: []courses.SeriesState{courses.Draft, courses.Published, courses.Going, courses.SeriesCancelled, courses.Closed}}
			if len(args) == 1 {
				one, err := h.courses.SeriesNamed(ctx, c.by(), args[0])
				if err == nil {
					return c.showSeries(ctx, h, one)
				}
				if !errors.Is(err, data.ErrNotFound) {
					return err
				}
				of, err := h.courseCalled(ctx, args[0])
				if err != nil {
					return missing(err, nl.T(words.CoursescriptNeither, "code", args[0]))
				}
				f.Course = of.ID
			}
			all, err := h.courses.SeriesList(ctx, c.by(), f)
			if err != nil {
				return err
			}
			return c.printSeries(all, h.db.Now())
		})}
}

// showSeries prints one series: its lessons, and who is and was in it.
func (c *cli) showSeries(ctx context.Context, h *house, one courses.Series) error {
	_, sessions, err := h.courses.Series(ctx, c.by(), one.ID)
	if err != nil {
		return err
	}
	people, err := h.courses.Enrolments(ctx, c.by(), one.ID)
	if err != nil {
		return err
	}
	card := seriesCard{seriesLine: seriesLine{Code: one.Code, Course: one.Course, State: one.StateAt(h.db.Now()), First: data.DayOf(one.First), Seats: one.Seats}, Least: one.Least, Lessons: []lessonLine{},
		Seated: []enrolmentLine{}}
	lessons := [][]string{{nl.T(words.CoursescriptColLesson), nl.T(words.CoursescriptColDay), nl.T(words.CoursescriptColHours), nl.T(words.CoursescriptColRoom)}}
	for _, x := range sessions {
		card.Lessons = append(card.Lessons, lessonLine{x.ID, x.Number, data.DayText(x.Day), x.From.String(), x.To.String(), x.Room, x.State})
		hours := x.From.String() + " - " + x.To.String()
		if x.State == courses.SessionCancelled {
			hours = nl.T(words.CoursescriptOff)
		}
		lessons = append(lessons, []string{fmt.Sprintf("%s/%d", one.Code, x.Number), words.ShortDay(words.NL, x.Day), hours, x.Room})
	}
	rows := [][]string{{nl.T(words.CoursescriptColEnrolment), nl.T(words.CoursescriptColWho), nl.T(words.CoursecliColState), nl.T(words.CoursescriptColPaid)}}
	for _, e := range people {
		switch e.State {
		case courses.Booked:
			card.Booked++
		case courses.Offered:
			card.Offered++
		case courses.Waiting:
			card.Waiting++
		}
		card.Seated = append(card.Seated, lineOfEnrolment(e))
		rows = append(rows, []string{e.ID, e.Participant, nl.T(words.EnrolmentState(string(e.State))), nl.T(words.FeePaid(string(e.Paid)))})
	}
	if c.json {
		return c.printJSON(card)
	}
	if err := c.say(strings.Join([]string{one.Code, one.Course, one.Location, coursewords.State(words.NL, one, h.db.Now())}, ", ")); err != nil {
		return err
	}
	if err := c.section(words.CoursescriptLessonsOf, lessons); err != nil || len(people) == 0 {
		return err
	}
	return c.section(words.CoursescriptPeopleOf, rows)
}
