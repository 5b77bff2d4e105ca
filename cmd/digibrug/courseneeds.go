package main

import (
	"context"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// needLine is a need as --json prints it. How far somebody got in an assessment isn't told: levels is 0 then.
type needLine struct {
	ID      string             `json:"id"`
	Person  string             `json:"person"`
	Course  string             `json:"course"` // code
	Levels  int                `json:"levels,omitempty"`
	Source  courses.NeedSource `json:"source"`
	When    []courses.WeekPart `json:"when"` // empty: any time
	Service string             `json:"service,omitempty"`
	Since   string             `json:"since"` // YYYY-MM-DD
	Met     bool               `json:"met"`
	Series  string             `json:"series,omitempty"` // code of the series that meets it
	Closed  string             `json:"closed,omitempty"` // YYYY-MM-DD
}

// courseNeeds lists who should learn what.
func (c *cli) courseNeeds() *cobra.Command {
	cmd := &cobra.Command{Use: "needs", Short: nl.T(words.GroupsCliNeeds), Args: takes(0, 0)}
	all := cmd.Flags().Bool("all", false, nl.T(words.GroupsCliAll))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, _ []string) error {
		found, err := h.courses.Needs(ctx, c.by(), *all)
		if err != nil {
			return err
		}
		codes, err := h.courseCodes(ctx)
		if err != nil {
			return err
		}
		lines := []needLine{}
		rows := [][]string{{nl.T(words.GroupsColWho), nl.T(words.GroupsColCourse), nl.T(words.GroupsColWhen), nl.T(words.GroupsColService), nl.T(words.GroupsSeries), nl.T(words.GroupsCliID)}}
		for _, n := range found {
			l := needLine{ID: n.ID, Person: n.Participant, Course: codes[n.CourseID], Source: n.Source, When: append([]courses.WeekPart{}, n.Slots...), Service: n.Service,
				Since: data.DayOf(n.Since), Met: n.Met(), Series: n.Series, Closed: n.ClosedOn}
			if n.Source != courses.FromAssessment {
				l.Levels = n.Levels
			}
			lines = append(lines, l)
			rows = append(rows, []string{n.Participant, n.Course, coursewords.When(words.NL, n.Slots), n.Service, n.Series, n.ID})
		}
		switch {
		case c.json:
			return c.printJSON(lines)
		case len(lines) == 0:
			return c.say(nl.T(words.GroupsCliNone))
		}
		return c.table(rows)
	})
	return cmd
}

// courseCodes gives the code of each course by id.
func (h *house) courseCodes(ctx context.Context) (map[string]string, error) {
	all, err := h.courses.Courses(ctx)
	codes := map[string]string{}
	for _, one := range all {
		codes[one.ID] = one.Code
	}
	return codes, err
}
