package main

import (
	"context"

	"digibrug/courses"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// coursePublish opens a draft for enrolment, once the series doctor finds nothing that can't be.
func (c *cli) coursePublish() *cobra.Command {
	return &cobra.Command{Use: "publish REEKS", Short: nl.T(words.CoursescriptPublish), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			one, err := c.seriesCalled(ctx, h, args[0])
			if err != nil {
				return err
			}
			if one.State != courses.Draft {
				return failed(courses.ErrSeriesOver, nl.T(words.CoursescriptNoDraft, "code", one.Code, "state", nl.T(words.SeriesState(string(one.State)))))
			}
			if err := h.courses.Publish(ctx, c.by(), one.ID); err != nil {
				return err
			}
			return c.done(map[string]any{"series": one.Code, "state": courses.Published}, nl.T(words.CoursescriptPublished, "code", one.Code, "course", one.Course))
		})}
}
