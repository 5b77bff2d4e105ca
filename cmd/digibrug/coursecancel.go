package main

import (
	"context"

	"digibrug/courses"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// courseCancel ends an enrolment: the seat goes to who waits.
func (c *cli) courseCancel() *cobra.Command {
	cmd := &cobra.Command{Use: "cancel INSCHRIJVING", Short: nl.T(words.CoursescriptCancel), Args: takes(1, 1)}
	reason := cmd.Flags().String("reason", "", nl.T(words.CoursescriptFlagReason))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		was, err := c.enrolmentCalled(ctx, h, args[0])
		if err != nil {
			return err
		}
		e, err := h.courses.Cancel(ctx, c.by(), was.ID, *reason)
		if err != nil {
			return err
		}
		return c.done(map[string]any{"enrolment": e.ID, "participant": e.Participant, "state": e.State}, nl.T(words.CoursescriptCancelled, "name", e.Participant))
	})
	return cmd
}

// enrolmentCalled finds an enrolment by its id.
func (c *cli) enrolmentCalled(ctx context.Context, h *house, id string) (courses.Enrolment, error) {
	e, err := h.courses.Enrolment(ctx, c.by(), id)
	return e, missing(err, nl.T(words.CoursescriptNoEnrolment, "id", id))
}
