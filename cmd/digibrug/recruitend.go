package main

import (
	"context"

	"digibrug/quiz/recruit"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// recruitDecide writes down what the jury decided about a candidate. Signing is not here: a signature is a person's.
func (c *cli) recruitDecide() *cobra.Command {
	cmd := &cobra.Command{Use: "decide AANWERVING KANDIDAAT", Short: nl.T(words.RecruitcliDecide), Args: takes(2, 2)}
	outcome := cmd.Flags().String("outcome", "", nl.T(words.RecruitcliFlagOutcome))
	reason := cmd.Flags().String("reason", "", nl.T(words.RecruitcliFlagReason))
	until := cmd.Flags().String("until", "", nl.T(words.RecruitcliFlagReserve))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "outcome", "reason"); err != nil {
			return err
		}
		return c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, args []string) error {
			one, err := c.candidateLabelled(ctx, h, p, args[0])
			if err != nil {
				return err
			}
			if err := h.recruit.Decide(ctx, c.by(), one.ID, recruit.Decision{Outcome: recruit.Outcome(*outcome), Reason: *reason, Until: isoDay(*until)}); err != nil {
				return err
			}
			return c.done(map[string]any{"id": p.ID, "label": one.Label, "outcome": *outcome}, nl.T(words.RecruitcliDecided, "label", one.Label, "outcome", nl.T(words.RecruitOutcome(*outcome))))
		})(cmd, args)
	}
	return cmd
}

func (c *cli) recruitDrop() *cobra.Command {
	cmd := &cobra.Command{Use: "drop AANWERVING", Short: nl.T(words.RecruitcliDrop), Args: takes(1, 1)}
	why := cmd.Flags().String("reason", "", nl.T(words.RecruitcliFlagReason))
	cmd.RunE = c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
		if err := h.recruit.Drop(ctx, c.by(), p.ID, *why); err != nil {
			return err
		}
		return c.done(map[string]any{"id": p.ID, "state": recruit.Dropped}, nl.T(words.RecruitcliDropped, "title", p.Title))
	})
	return cmd
}

// recruitHold keeps everything of a procedure while an appeal runs, or ends that.
func (c *cli) recruitHold() *cobra.Command {
	cmd := &cobra.Command{Use: "hold AANWERVING", Short: nl.T(words.RecruitcliHold), Args: takes(1, 1)}
	until := cmd.Flags().String("until", "", nl.T(words.RecruitcliFlagHold))
	why := cmd.Flags().String("reason", "", nl.T(words.RecruitcliFlagReason))
	end := cmd.Flags().Bool("end", false, nl.T(words.RecruitcliFlagEnd))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *end == (*until != "") {
			return misused(cmd, nl.T(words.RecruitcliOneOfTwo))
		}
		return c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
			if *end {
				if err := h.recruit.EndHold(ctx, c.by(), p.ID, *why); err != nil {
					return err
				}
				return c.done(map[string]any{"id": p.ID, "hold_until": ""}, nl.T(words.RecruitcliReleased, "title", p.Title))
			}
			day := isoDay(*until)
			if err := h.recruit.Hold(ctx, c.by(), p.ID, day, *why); err != nil {
				return err
			}
			return c.done(map[string]any{"id": p.ID, "hold_until": day}, nl.T(words.RecruitcliHeld, "title", p.Title, "day", dayText(day)))
		})(cmd, args)
	}
	return cmd
}

// recruitPurge destroys what is kept of candidates whose term is over, or says what it would destroy.
func (c *cli) recruitPurge() *cobra.Command {
	cmd := &cobra.Command{Use: "purge", Short: nl.T(words.RecruitcliPurge), Args: takes(0, 0)}
	dry := cmd.Flags().Bool("dry-run", false, nl.T(words.StartCliDryRun))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, _ []string) error {
		act, done := h.recruit.Purge, words.RecruitcliPurged
		if *dry {
			act, done = h.recruit.DuePurges, words.RecruitcliDue
		}
		all, err := act(ctx, c.by())
		if err != nil {
			return err
		}
		people, out := 0, []map[string]any{}
		for _, one := range all {
			people += len(one.List)
			out = append(out, map[string]any{"procedure": one.ProcedureID, "title": one.Title, "candidates": len(one.List), "hash": one.Hash})
		}
		return c.done(map[string]any{"destroyed": !*dry, "procedures": out}, nl.T(done, "n", people, "procedures", len(all)))
	})
	return cmd
}
