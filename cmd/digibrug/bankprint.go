package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// bankPrint writes questions on paper, of a shipped bank without a database.
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
		print := func(b quiz.Bank) error {
			d := papers.ItemSheet(nl.T(words.ItemsheetTitle, "bank", b.Title), "", quiz.Sample(b.Items, items, seed), seed, time.Now())
			return c.keepPaper(*out, d.Title, func(w *bytes.Buffer) error { return papers.WriteDocument(w, documentFormat(*out), d) })
		}
		shipped, err := everyBank()
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(shipped, func(b quiz.Bank) bool { return b.ID == args[0] }); at >= 0 {
			return print(shipped[at])
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			b, _, err := h.quiz.Library().Export(ctx, c.by(), args[0])
			if errors.Is(err, data.ErrNotFound) {
				return failed(err, nl.T(words.ItemsheetNoBank, "id", data.Clean(args[0], 40), "known", bankNames(shipped)))
			} else if err != nil {
				return err
			}
			return print(b)
		})(cmd, args)
	}
	return cmd
}

// everyBank gives the shipped banks of all languages.
func everyBank() (all []quiz.Bank, err error) {
	for _, language := range quiz.Languages() {
		banks, err := quiz.ShippedBanks(data.Banks, language)
		if err != nil {
			return nil, err
		}
		all = append(all, banks...)
	}
	return all, nil
}

func bankNames(banks []quiz.Bank) string {
	var names []string
	for _, b := range banks {
		names = append(names, b.ID)
	}
	return strings.Join(names, ", ")
}
