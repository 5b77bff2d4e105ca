package main

import (
	"bytes"
	"context"
	"os"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// candidateLabelled finds a candidate by the label, in capitals or not.
func (c *cli) candidateLabelled(ctx context.Context, h *house, p recruit.Procedure, label string) (recruit.Candidate, error) {
	all, err := h.recruit.Candidates(ctx, c.by(), p.ID)
	if err != nil {
		return recruit.Candidate{}, err
	}
	for _, one := range all {
		if data.SortKey(one.Label) == data.SortKey(label) {
			return one, nil
		}
	}
	return recruit.Candidate{}, failed(data.ErrNotFound, nl.T(words.RecruitcliNobody, "label", label, "title", p.Title))
}

// onCandidate is onProcedure for a command on the candidate whose label is its second argument. Labels are dealt anew when
// the test opens: before, they tell nobody who is meant, and the command is refused.
func (c *cli) onCandidate(act func(ctx context.Context, h *house, p recruit.Procedure, one recruit.Candidate) error) func(*cobra.Command, []string) error {
	return c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, args []string) error {
		if p.State == recruit.Draft {
			return failed(recruit.ErrState, nl.T(words.RecruitcliNoLabels, "title", p.Title))
		}
		one, err := c.candidateLabelled(ctx, h, p, args[0])
		if err != nil {
			return err
		}
		return act(ctx, h, p, one)
	})
}

// candidateSet changes the accommodations of a candidate: what is said, the rest stays. Never why.
func (c *cli) candidateSet() *cobra.Command {
	cmd := &cobra.Command{Use: "set AANWERVING KANDIDAAT", Short: nl.T(words.RecruitcliSet), Args: takes(2, 2)}
	f := cmd.Flags()
	factor := f.String("factor", "", nl.T(words.RecruitcliFlagFactor))
	breaks := f.Int("breaks", 0, nl.T(words.RecruitcliFlagBreaks))
	reading := f.Bool("reading", false, nl.T(words.RecruitcliFlagReading))
	big := f.Bool("big", false, nl.T(words.RecruitcliFlagBig))
	untimed := f.Bool("untimed", false, nl.T(words.RecruitcliFlagUntimed))
	layout := f.String("layout", "", nl.T(words.RecruitcliFlagLayout))
	language := f.String("lang", "", nl.T(words.RecruitcliFlagHelpLang))
	cmd.RunE = c.onCandidate(func(ctx context.Context, h *house, p recruit.Procedure, one recruit.Candidate) error {
		set := one.Settings
		for name, change := range map[string]func() error{
			"factor": func() (err error) {
				set.Factor, err = strconv.ParseFloat(strings.Replace(*factor, ",", ".", 1), 64)
				return err
			},
			"breaks":  func() error { set.Breaks = *breaks; return nil },
			"reading": func() error { set.Reading = *reading; return nil },
			"big":     func() error { set.Big = *big; return nil },
			"untimed": func() error { set.Untimed = *untimed; return nil },
			"layout":  func() error { set.Layout = *layout; return nil },
			"lang":    func() error { one.Language = *language; return nil },
		} {
			if !f.Changed(name) {
				continue
			}
			if change() != nil {
				return misused(cmd, nl.T(words.RecruitcliFactor, "factor", *factor))
			}
		}
		if err := h.recruit.SetSettings(ctx, c.by(), one.ID, one.Language, set); err != nil {
			return err
		}
		return c.done(map[string]any{"id": p.ID, "label": one.Label, "language": one.Language, "settings": set}, nl.T(words.RecruitcliSetDone, "label", one.Label))
	})
	return cmd
}

func (c *cli) candidateWithdraw() *cobra.Command {
	return &cobra.Command{Use: "withdraw AANWERVING KANDIDAAT", Short: nl.T(words.RecruitcliWithdraw), Args: takes(2, 2),
		RunE: c.onCandidate(func(ctx context.Context, h *house, p recruit.Procedure, one recruit.Candidate) error {
			if err := h.recruit.Withdraw(ctx, c.by(), one.ID); err != nil {
				return err
			}
			return c.done(map[string]any{"id": p.ID, "label": one.Label, "withdrawn": true}, nl.T(words.RecruitcliWithdrawn, "label", one.Label))
		})}
}

// recruitReprint makes a new code for who lost the letter. The letter is written before the code is kept; the old code is
// dead from then on. A file that is there stays.
func (c *cli) recruitReprint() *cobra.Command {
	cmd := &cobra.Command{Use: "reprint AANWERVING KANDIDAAT", Short: nl.T(words.RecruitcliReprint), Args: takes(2, 2)}
	out := cmd.Flags().String("out", "", nl.T(words.RecruitcliFlagLetter))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "out"); err != nil {
			return err
		}
		return c.onCandidate(func(ctx context.Context, h *house, p recruit.Procedure, one recruit.Candidate) error {
			paper, err := h.recruitPapers().Inviting(ctx, func(_ context.Context, _ *data.Tx, all papers.Invited) error {
				if _, err := os.Stat(*out); err == nil {
					return failed(nil, nl.T(words.RecruitcliThere, "path", *out))
				}
				var body bytes.Buffer
				if err := papers.WriteDocuments(&body, recruitFormat(*out), all.Letters); err != nil {
					return err
				}
				return replaceFile(*out, body.Bytes())
			})
			if err != nil {
				return err
			}
			if _, err := h.recruit.Reprint(ctx, c.by(), p.ID, one.Label, paper); err != nil {
				return err
			}
			return c.done(map[string]any{"id": p.ID, "label": one.Label, "file": *out}, nl.T(words.RecruitcliReprinted, "label", one.Label, "path", *out))
		})(cmd, args)
	}
	return cmd
}
