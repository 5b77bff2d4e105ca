package main

import (
	"context"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// trainerLine is what a trainer gave in a month, as --json prints it.
type trainerLine struct {
	Trainer  string              `json:"trainer"`
	Kind     courses.TrainerKind `json:"kind"`
	Sessions int                 `json:"sessions"`
	Minutes  int                 `json:"minutes"`
	PerHour  int64               `json:"cents_per_hour"`
	Cents    int64               `json:"cents"`
}

// courseHours lists what the trainers gave in a month, and their allowance.
func (c *cli) courseHours() *cobra.Command {
	cmd := &cobra.Command{Use: "hours", Short: nl.T(words.CoursescriptHours), Args: takes(0, 0)}
	month := cmd.Flags().String("month", "", nl.T(words.CoursescriptFlagMonth))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "month"); err != nil {
			return err
		}
		if _, err := data.ParseDay(*month + "-01"); err != nil {
			return misused(cmd, nl.T(words.CoursescriptNoMonth, "got", data.Clean(*month, 20)))
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.courses.Hours(ctx, c.by(), *month)
			if err != nil {
				return err
			}
			out := []trainerLine{}
			rows := [][]string{{nl.T(words.CoursescriptColTrainer), nl.T(words.CoursescriptColKind), nl.T(words.CoursescriptColGiven), nl.T(words.CoursescriptColTime), nl.T(words.CoursescriptColAllowance)}}
			for _, t := range all {
				out = append(out, trainerLine{t.Trainer, t.Kind, t.Sessions, t.Minutes, t.CentsPerHour, t.Cents})
				hours := strings.Replace(strconv.FormatFloat(float64(t.Minutes)/60, 'f', 2, 64), ".", ",", 1)
				rows = append(rows, []string{t.Trainer, nl.T(words.TrainerKind(string(t.Kind))), strconv.Itoa(t.Sessions), hours, words.Money(words.NL, t.Cents)})
			}
			switch {
			case c.json:
				return c.printJSON(out)
			case len(all) == 0:
				return c.say(nl.T(words.CoursescriptNoHours))
			}
			return c.table(rows)
		})(cmd, args)
	}
	return cmd
}
