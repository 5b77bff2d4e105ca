package main

import (
	"context"
	"fmt"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// seriesLine is a series as --json prints it.
type seriesLine struct {
	Code    string              `json:"code"`
	Course  string              `json:"course"`
	State   courses.SeriesState `json:"state"`
	First   string              `json:"first"` // YYYY-MM-DD
	Seats   int                 `json:"seats"`
	Booked  int                 `json:"booked"`
	Offered int                 `json:"offered"` // held for who may still say no
	Waiting int                 `json:"waiting"`
}

func (c *cli) courseList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.CoursecliList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.courses.SeriesList(ctx, c.by(), courses.SeriesFilter{})
			if err != nil {
				return err
			}
			return c.printSeries(all, h.db.Now())
		})}
}

// printSeries prints a list of series.
func (c *cli) printSeries(all []courses.Listed, now time.Time) error {
	out := []seriesLine{}
	rows := [][]string{{nl.T(words.CoursecliColSeries), nl.T(words.CoursecliColCourse), nl.T(words.CoursecliColState), nl.T(words.CoursecliColFirst), nl.T(words.CoursecliColSeats)}}
	for _, s := range all {
		out = append(out, seriesLine{s.Code, s.Course, s.StateAt(now), data.DayOf(s.First), s.Seats, s.Booked, s.Offered, s.Waiting})
		rows = append(rows, []string{s.Code, s.Course, coursewords.State(words.NL, s.Series, now), words.Moment(words.NL, s.First), fmt.Sprintf("%d/%d", s.Booked+s.Offered, s.Seats)})
	}
	switch {
	case c.json:
		return c.printJSON(out)
	case len(all) == 0:
		return c.say(nl.T(words.CoursecliNone))
	}
	return c.table(rows)
}

// courseCheck audits the invariants I1 to I8 and changes nothing: a line for each that doesn't hold.
func (c *cli) courseCheck() *cobra.Command {
	return &cobra.Command{Use: "check", Short: nl.T(words.CoursecliCheck), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.courses.Check(ctx, c.by())
			if err != nil {
				return err
			}
			if c.json {
				if err := c.printJSON(map[string]any{"violations": append([]courses.Violation{}, all...)}); err != nil {
					return err
				}
			} else {
				for _, v := range all {
					if err := c.say(v.Law + " " + v.About + ": " + v.Found); err != nil {
						return err
					}
				}
			}
			switch {
			case len(all) > 0:
				return failed(nil, nl.T(words.CoursecliBroken, "n", len(all)))
			case c.json:
				return nil
			}
			return c.say(nl.T(words.CoursecliClean))
		})}
}

// courseTidy lapses offers that nobody took in time.
func (c *cli) courseTidy() *cobra.Command {
	return &cobra.Command{Use: "tidy", Short: nl.T(words.CoursecliTidy), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			lapsed, moved, err := h.courses.Tidy(ctx, c.by())
			if err != nil {
				return err
			}
			return c.done(map[string]any{"lapsed": lapsed, "moved": moved}, nl.T(words.CoursecliTidied, "lapsed", lapsed, "moved", moved))
		})}
}
