package main

import (
	"context"

	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// callLine is somebody to call, as --json prints it.
type callLine struct {
	Enrolment   string `json:"enrolment"`
	Participant string `json:"participant"`
	Phone       string `json:"phone,omitempty"`
	Mail        string `json:"mail,omitempty"`
	Series      string `json:"series"`
	Course      string `json:"course"`
	About       string `json:"about"`                 // a courses.About
	Until       string `json:"offer_until,omitempty"` // YYYY-MM-DD
}

// courseCalls lists whom to reach: the most urgent first.
func (c *cli) courseCalls() *cobra.Command {
	return &cobra.Command{Use: "calls", Short: nl.T(words.CoursescriptCalls), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.courses.Calls(ctx, c.by())
			if err != nil {
				return err
			}
			out := []callLine{}
			rows := [][]string{{nl.T(words.CoursescriptColWho), nl.T(words.CoursescriptColReach), nl.T(words.CoursecliColSeries), nl.T(words.CoursecliColState), nl.T(words.CoursescriptColUntil)}}
			for _, call := range all {
				out = append(out, callLine{call.ID, call.Participant, call.Phone, call.Mail, call.Series.Code, call.Series.Course, string(call.About), call.OfferUntil})
				reach, until := call.Phone, ""
				if reach == "" {
					reach = call.Mail
				}
				if call.OfferUntil != "" {
					until = dayText(call.OfferUntil)
				}
				rows = append(rows, []string{call.Participant, reach, call.Series.Code, nl.T(words.EnrolmentState(string(call.State))), until})
			}
			switch {
			case c.json:
				return c.printJSON(out)
			case len(all) == 0:
				return c.say(nl.T(words.CoursescriptNoCalls))
			}
			return c.table(rows)
		})}
}
