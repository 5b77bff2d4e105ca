package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// courseMark says how somebody was at a lesson.
func (c *cli) courseMark() *cobra.Command {
	return &cobra.Command{Use: "mark LES CURSIST present|late|excused|absent", Short: nl.T(words.CoursescriptMark), Long: nl.T(words.CoursescriptMarkLong), Args: takes(3, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			m := courses.Mark(args[2])
			if !slices.Contains(courses.Marks(), m) {
				return misused(cmd, nl.T(words.CoursescriptNoMark, "got", data.Clean(args[2], 20)))
			}
			return c.inHouse(func(ctx context.Context, h *house, args []string) error {
				lesson, err := c.lessonCalled(ctx, h, args[0])
				if err != nil {
					return err
				}
				one, rows, err := h.courses.Roster(ctx, c.by(), lesson)
				if err != nil {
					return missing(err, nl.T(words.CoursescriptNoLesson, "code", args[0]))
				}
				who, err := onRoster(rows, args[1])
				if err != nil {
					return err
				}
				if err := h.courses.Mark(ctx, c.by(), one.ID, who.ID, m); err != nil {
					return err
				}
				return c.done(map[string]any{"session": one.ID, "number": one.Number, "enrolment": who.ID, "participant": who.Participant, "mark": m},
					nl.T(words.CoursescriptMarked, "name", who.Participant, "number", one.Number, "mark", nl.T(words.AttendanceMark(string(m)))))
			})(cmd, args)
		}}
}

// lessonCalled gives the id of a lesson by the code of its series and its number, 26-014/2; another text is an id.
func (c *cli) lessonCalled(ctx context.Context, h *house, text string) (string, error) {
	code, number, ok := strings.Cut(text, "/")
	if !ok {
		return text, nil
	}
	one, err := c.seriesCalled(ctx, h, code)
	if err != nil {
		return "", err
	}
	_, sessions, err := h.courses.Series(ctx, c.by(), one.ID)
	if err != nil {
		return "", err
	}
	for _, x := range sessions {
		if strconv.Itoa(x.Number) == number {
			return x.ID, nil
		}
	}
	return "", failed(data.ErrNotFound, nl.T(words.CoursescriptNoLesson, "code", text))
}

// onRoster finds somebody at a lesson by the id of the enrolment or the participant, or by a name that only one has.
func onRoster(rows []courses.RosterRow, text string) (found courses.RosterRow, err error) {
	n := 0
	for _, r := range rows {
		if r.ID == text || r.ParticipantID == text || data.SortKey(r.Participant) == data.SortKey(text) {
			found = r
			n++
		}
	}
	switch n {
	case 0:
		return found, failed(errors.Join(courses.ErrNotInSeries, data.ErrNotFound), nl.T(words.CoursescriptNotThere, "name", text))
	case 1:
		return found, nil
	}
	return found, failed(nil, nl.T(words.CoursescriptSeveral, "name", text))
}
