package main

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// recruitPapers makes the documents of a recruitment.
func (h *house) recruitPapers() papers.RecruitPapers {
	return papers.RecruitPapers{Recruit: h.recruit, Titles: h.quiz, Settings: h.settings, Now: h.db.Now}
}

// recruitPaper writes a document of a procedure into a file.
func (c *cli) recruitPaper() *cobra.Command {
	var known []string
	for _, d := range papers.RecruitDocuments() {
		known = append(known, string(d))
	}
	var lang string
	cmd := &cobra.Command{Use: "paper NAAM", Short: nl.T(words.RecruitcliPaper, "names", strings.Join(known, ", ")), Args: takes(1, 1)}
	out := outFlag(cmd)
	procedure := cmd.Flags().String(string(papers.AsksProcedure), "", nl.T(words.RecruitpaperFlag))
	label := cmd.Flags().String("candidate", "", nl.T(words.RecruitcliFlagLabel))
	cmd.Flags().StringVar(&lang, "lang", "", nl.T(words.RecruitcliFlagLang))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, string(papers.AsksProcedure), "out"); err != nil {
			return err
		}
		want := papers.Wanted{Document: papers.RecruitDocument(args[0]), Label: *label, Lang: words.Lang(strings.ToLower(lang))}
		switch {
		case !slices.Contains(known, args[0]):
			return misused(cmd, nl.T(words.RecruitcliNoPaper, "name", args[0], "names", strings.Join(known, ", ")))
		case want.Lang != papers.AsInvited && !slices.Contains(words.Langs(), want.Lang):
			return misused(cmd, nl.T(words.CliFlagWrong, "name", "--lang", "got", data.Clean(lang, 20)))
		case want.Lang != papers.AsInvited && want.Lang != words.NL && !want.Document.Translated():
			return misused(cmd, nl.T(words.RecruitcliDutchOnly, "name", args[0]))
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			p, err := papers.ProcedureNamed(ctx, h.recruit, c.by(), *procedure)
			if err != nil {
				return err
			}
			want.Procedure = p.ID
			all, err := h.recruitPapers().Make(ctx, c.by(), want)
			if errors.Is(err, data.ErrNotFound) {
				return failed(err, nl.T(words.RecruitcliNothing, "title", p.Title))
			} else if err != nil {
				return err
			}
			return c.keepPaper(*out, all[0].Title, func(w *bytes.Buffer) error { return papers.WriteDocuments(w, recruitFormat(*out), all) })
		})(cmd, args)
	}
	return cmd
}

// recruitFormat is PDF, or another form of these documents for a file called so.
func recruitFormat(path string) papers.Format {
	if f, known := papers.FormatOf(path); known && slices.Contains(papers.RecruitFormats(), f) {
		return f
	}
	return papers.FormatPDF
}

// recruitVerify looks whether all that was frozen is what it was. It fails when something isn't.
func (c *cli) recruitVerify() *cobra.Command {
	return &cobra.Command{Use: "verify", Short: nl.T(words.RecruitcliVerify), Args: takes(0, 0), RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
		all, err := h.recruit.Procedures(ctx, c.by())
		if err != nil {
			return err
		}
		type fault struct {
			Vacancy string `json:"vacancy"`
			Label   string `json:"label,omitempty"`
			What    string `json:"what"` // test, or one of recruit.Tampering
		}
		faults, looked := []fault{}, 0
		for _, s := range all {
			if s.Frozen == "" || s.PurgedOn != "" {
				continue
			}
			looked++
			switch err := h.recruit.Verify(ctx, c.by(), s.ID); {
			case errors.Is(err, recruit.ErrChanged):
				faults = append(faults, fault{s.Vacancy, "", "test"})
			case err != nil:
				return err
			}
			if s.ScoredHash == "" {
				continue
			}
			found, err := h.recruit.VerifyScores(ctx, c.by(), s.ID)
			if err != nil {
				return err
			}
			for _, t := range found {
				faults = append(faults, fault{s.Vacancy, t.Label, t.What})
			}
		}
		if c.json {
			if err := c.printJSON(map[string]any{"looked": looked, "faults": faults}); err != nil {
				return err
			}
		} else {
			for _, f := range faults {
				if err := c.say(nl.T(words.RecruitcliFault, "vacancy", f.Vacancy, "label", f.Label, "what", f.What)); err != nil {
					return err
				}
			}
		}
		switch {
		case len(faults) > 0:
			return failed(recruit.ErrChanged, nl.T(words.RecruitcliFaults, "n", len(faults)))
		case c.json:
			return nil
		}
		return c.say(nl.T(words.RecruitcliWhole, "n", looked))
	})}
}
