package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// bankPrint writes questions on paper, as the house lets them be seen; of a shipped bank without a house too.
func (c *cli) bankPrint() *cobra.Command {
	var items int
	var seed int64
	cmd := &cobra.Command{Use: "print BANK", Short: nl.T(words.ItemsheetCli), Long: nl.T(words.ItemsheetCliLong), Args: takes(1, 1)}
	out := outFlag(cmd)
	cmd.Flags().IntVar(&items, "items", 0, nl.T(words.ItemsheetFlagItems))
	cmd.Flags().Int64Var(&seed, "seed", 0, nl.T(words.ItemsheetFlagSeed))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "out"); err != nil {
			return err
		}
		if !cmd.Flags().Changed("seed") {
			seed = rand.Int64()
		}
		b, _, err := c.exported(cmd.Context(), args[0])
		switch {
		case errors.Is(err, data.ErrNotFound):
			return failed(err, nl.T(words.ItemsheetNoBank, "id", data.Clean(args[0], 40)))
		case err != nil:
			return err
		}
		d := papers.ItemSheet(nl.T(words.ItemsheetTitle, "bank", b.Title), "", quiz.Sample(b.Items, items, seed), seed, time.Now())
		return c.keepPaper(*out, d.Title, func(w *bytes.Buffer) error { return papers.WriteDocument(w, documentFormat(*out), d) })
	}
	return cmd
}
