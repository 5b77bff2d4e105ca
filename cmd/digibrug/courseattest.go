package main

import (
	"bytes"
	"context"
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// courseAttest writes the certificate of an enrolment into a file.
func (c *cli) courseAttest() *cobra.Command {
	cmd := &cobra.Command{Use: "attest INSCHRIJVING", Short: nl.T(words.CoursescriptAttest), Args: takes(1, 1)}
	out := outFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "out"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			e, err := c.enrolmentCalled(ctx, h, args[0])
			if err != nil {
				return err
			}
			all, err := h.courses.Attests(ctx, c.by(), e.SeriesID)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(all, func(a courses.Attest) bool { return a.ID == e.ID })
			switch {
			case at < 0:
				return failed(data.ErrNotFound, nl.T(words.CoursescriptNoSeat, "name", e.Participant))
			case !all[at].Earned:
				return failed(nil, nl.T(words.CoursescriptNotEarned, "name", e.Participant, "n", all[at].Visits, "of", all[at].Given))
			}
			of := papers.CoursePapers{Courses: h.courses, Settings: h.settings, Now: h.db.Now}
			d, err := of.AttestOf(ctx, c.by(), e.SeriesID, e.ID)
			if err != nil {
				return err
			}
			return c.keepPaper(*out, d.Title, func(w *bytes.Buffer) error { return papers.WriteDocument(w, documentFormat(*out), d) })
		})(cmd, args)
	}
	return cmd
}
