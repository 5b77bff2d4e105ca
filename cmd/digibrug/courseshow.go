package main

import (
	"context"
	"fmt"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// courseCard is a course as --json prints it.
type courseCard struct {
	Code    string           `json:"code"`
	Title   string           `json:"title"`
	Blurb   string           `json:"blurb,omitempty"`
	Domain  courses.Domain   `json:"domain"`
	Level   int              `json:"level"` // 1 to 4
	Goals   []string         `json:"goals"`
	Before  []string         `json:"before"` // codes
	Lessons int              `json:"lessons"`
	Minutes int              `json:"minutes"` // of one lesson
	Least   int              `json:"least"`
	Most    int              `json:"most"`
	Retired string           `json:"retired_on,omitempty"` // YYYY-MM-DD
	Fees    []courseFeeToday `json:"fees"`
}

// courseFeeToday is what a kind of participant would pay today, without a proof.
type courseFeeToday struct {
	Category courses.Category `json:"category"`
	Known    bool             `json:"known"` // an unknown fee is not zero
	Cents    int64            `json:"cents"`
	Why      courses.FeeWhy   `json:"why"`
}

func (c *cli) courseShow() *cobra.Command {
	return &cobra.Command{Use: "show CODE", Short: nl.T(words.CoursescriptShow), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			one, err := h.courseCalled(ctx, args[0])
			if err != nil {
				return err
			}
			card := courseCard{one.Code, one.Title, one.Blurb, one.Domain, one.Level, one.Goals, append([]string{}, one.Before...), one.Lessons, one.Minutes, one.Least, one.Most, one.RetiredOn, []courseFeeToday{}}
			rows := [][]string{{nl.T(words.CoursescriptColCode), one.Code}, {nl.T(words.CoursescriptColTitle), one.Title},
				{nl.T(words.CoursescriptColAbout), nl.T(words.CourseDomain(string(one.Domain))) + ", " + coursewords.Level(words.NL, one.Level)},
				{nl.T(words.CoursescriptColLessons), nl.T(words.CoursescriptLessons, "n", one.Lessons, "minutes", one.Minutes)}, {nl.T(words.CoursescriptColPeople), fmt.Sprintf("%d - %d", one.Least, one.Most)},
				{nl.T(words.CoursescriptColGoals), strings.Join(one.Goals, "; ")}}
			for _, kind := range courses.Categories() {
				if one.Admits(kind) != nil {
					continue
				}
				fee, err := h.courses.Quote(ctx, one.ID, kind, false)
				if err != nil {
					return err
				}
				card.Fees = append(card.Fees, courseFeeToday{kind, fee.Known, fee.Cents, fee.Why})
				rows = append(rows, []string{nl.T(words.CoursescriptColFee, "category", nl.T(words.CourseCategory(string(kind)))), coursewords.Amount(words.NL, fee)})
			}
			if one.RetiredOn != "" {
				rows = append(rows, []string{nl.T(words.CoursescriptColRetired), dayText(one.RetiredOn)})
			}
			if c.json {
				return c.printJSON(card)
			}
			return c.table(rows)
		})}
}

// courseCalled finds a course by its code.
func (h *house) courseCalled(ctx context.Context, code string) (courses.Course, error) {
	all, err := h.courses.Courses(ctx)
	if err != nil {
		return courses.Course{}, err
	}
	for _, one := range all {
		if strings.EqualFold(one.Code, code) {
			return one, nil
		}
	}
	return courses.Course{}, failed(data.ErrNotFound, nl.T(words.CoursescriptNoCourse, "code", code))
}

// seriesCalled finds a series by its code.
func (c *cli) seriesCalled(ctx context.Context, h *house, code string) (courses.Series, error) {
	one, err := h.courses.SeriesNamed(ctx, c.by(), code)
	return one, missing(err, nl.T(words.CoursescriptNoSeries, "code", code))
}
