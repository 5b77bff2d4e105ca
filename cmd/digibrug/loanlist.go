package main

import (
	"context"

	"digibrug/loans"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// loanLine is something to do today as --json prints it.
type loanLine struct {
	What     string `json:"what"` // due, late, pick_up, check, wipe or test
	Device   string `json:"device"`
	Borrower string `json:"borrower,omitempty"`
	Day      string `json:"day,omitempty"`
}

func (c *cli) loanToday() *cobra.Command {
	return &cobra.Command{Use: "today", Short: nl.T(words.LoanCliToday), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			day, err := h.loans.Today(ctx, c.by())
			if err != nil {
				return err
			}
			lines := linesOf(day)
			switch {
			case c.json:
				return c.printJSON(lines)
			case len(lines) == 0:
				return c.say(nl.T(words.LoanCliNothing))
			}
			rows := [][]string{{nl.T(words.LoanCliColWhat), nl.T(words.LoanCliColDevice), nl.T(words.LoanCliColBorrower), nl.T(words.LoanCliColDay)}}
			for _, l := range lines {
				on := ""
				if l.Day != "" {
					on = dayText(l.Day)
				}
				rows = append(rows, []string{nl.T(todo(l.What)), l.Device, l.Borrower, on})
			}
			return c.table(rows)
		})}
}

func linesOf(day loans.Day) []loanLine {
	lines := []loanLine{}
	for _, l := range day.Late {
		lines = append(lines, loanLine{"late", l.Device, l.Borrower, l.DueOn})
	}
	for _, l := range day.Due {
		lines = append(lines, loanLine{"due", l.Device, l.Borrower, l.DueOn})
	}
	for _, b := range day.PickUps {
		lines = append(lines, loanLine{What: "pick_up", Device: b.Device, Borrower: b.Borrower, Day: b.From})
	}
	lines = append(lines, deviceLines("check", day.ToCheck)...)
	return append(append(lines, deviceLines("wipe", day.ToWipe)...), deviceLines("test", day.ToTest)...)
}

// todo is what a line of the day list is called.
func todo(what string) words.Key {
	return map[string]words.Key{"late": words.LoanTodayLate, "due": words.LoanTodayDue, "pick_up": words.LoanTodayPickUp,
		"check": words.LoanTodayCheck, "wipe": words.LoanTodayWipe, "test": words.LoanTodayTest}[what]
}

func deviceLines(what string, devices []loans.Device) (lines []loanLine) {
	for _, d := range devices {
		lines = append(lines, loanLine{What: what, Device: d.Called()})
	}
	return lines
}

// loanCheck audits every invariant of the register and changes nothing.
func (c *cli) loanCheck() *cobra.Command {
	return &cobra.Command{Use: "check", Short: nl.T(words.LoanCliCheck), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.loans.Check(ctx, c.by())
			if err != nil {
				return err
			}
			type violation struct {
				Rule   int    `json:"rule"`
				Object string `json:"object"`
				What   string `json:"what"`
			}
			out := []violation{}
			for _, v := range all {
				out = append(out, violation{v.Rule, v.Object, v.What})
			}
			if c.json {
				err = c.printJSON(map[string]any{"violations": out})
			} else {
				for _, v := range all {
					if err := c.say(v.String()); err != nil {
						return err
					}
				}
				if len(all) == 0 {
					err = c.say(nl.T(words.LoanCliClean))
				}
			}
			if err == nil && len(all) > 0 {
				err = failed(nil, nl.T(words.LoanCliViolated, "n", len(all)))
			}
			return err
		})}
}
