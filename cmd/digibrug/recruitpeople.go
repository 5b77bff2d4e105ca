package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"digibrug/data"
	"digibrug/data/workbook"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// candidateDoc is a candidate as --json prints it: a label, never a name.
type candidateDoc struct {
	Label     string         `json:"label"`
	Form      string         `json:"form,omitempty"`
	Language  string         `json:"language"`
	Withdrawn bool           `json:"withdrawn,omitempty"`
	Code      data.CodeState `json:"code,omitempty"`
}

func (c *cli) recruitCandidates() *cobra.Command {
	return c.group("candidates", words.RecruitcliCandidates, c.candidateImport(), c.candidateTemplate(), c.candidateList(), c.candidateSet(), c.candidateWithdraw())
}

func (c *cli) candidateImport() *cobra.Command {
	cmd := &cobra.Command{Use: "import AANWERVING BESTAND", Short: nl.T(words.RecruitcliImport), Args: takes(2, 2)}
	dry := cmd.Flags().Bool("dry-run", false, nl.T(words.StartCliDryRun))
	cmd.RunE = c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, args []string) error {
		content, err := readUpTo(args[0], workbook.Standard().Packed+1) // one more: the reader says that it is too big
		if err != nil {
			return err
		}
		added, err := h.recruit.ImportCandidates(ctx, c.by(), p.ID, filepath.Base(args[0]), content, *dry)
		if err != nil {
			return err
		}
		done := words.RecruitcliImported
		if *dry {
			done = words.RecruitcliWould
		}
		return c.done(map[string]any{"id": p.ID, "added": len(added), "written": !*dry}, nl.T(done, "n", len(added), "title", p.Title))
	})
	return cmd
}

func (c *cli) candidateTemplate() *cobra.Command {
	return &cobra.Command{Use: "template BESTAND", Short: nl.T(words.RecruitcliTemplate), Args: takes(1, 1), RunE: func(_ *cobra.Command, args []string) error {
		return c.keepPaper(args[0], nl.T(words.RecruitcliTemplateTitle), func(w *bytes.Buffer) error {
			content, err := recruit.CandidateTemplate()
			w.Write(content)
			return err
		})
	}}
}

func (c *cli) candidateList() *cobra.Command {
	return &cobra.Command{Use: "list AANWERVING", Short: nl.T(words.RecruitcliCandidateList), Args: takes(1, 1),
		RunE: c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
			all, err := h.recruit.Candidates(ctx, c.by(), p.ID)
			if err != nil {
				return err
			}
			out, rows := []candidateDoc{}, [][]string{{nl.T(words.RecruitpaperColLabel), nl.T(words.RecruitpaperColForm), nl.T(words.RecruitcliColCode)}}
			for _, one := range all {
				out = append(out, candidateDoc{one.Label, one.Form, one.Language, one.Withdrawn, one.Code})
				code := nl.T(words.RecruitcliNoCode)
				switch {
				case one.Withdrawn:
					code = nl.T(words.RecruitpaperWithdrew)
				case one.Code != "":
					code = nl.T(words.CodeState(one.Code))
				}
				rows = append(rows, []string{one.Label, one.Form, code})
			}
			if c.json {
				return c.printJSON(out)
			}
			return c.table(rows)
		})}
}

// recruitInvite makes the codes of who has none, with their letters in a directory. The letters are written before the codes
// are kept: where that fails nobody has a code.
func (c *cli) recruitInvite() *cobra.Command {
	cmd := &cobra.Command{Use: "invite AANWERVING", Short: nl.T(words.RecruitcliInvite), Args: takes(1, 1)}
	out := cmd.Flags().String("out", "", nl.T(words.RecruitcliFlagDir))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "out"); err != nil {
			return err
		}
		return c.onProcedure(func(ctx context.Context, h *house, p recruit.Procedure, _ []string) error {
			if err := os.MkdirAll(*out, 0o700); err != nil {
				return err
			}
			files := []string{}
			paper, err := h.recruitPapers().Inviting(ctx, func(_ context.Context, _ *data.Tx, all papers.Invited) (err error) {
				files, err = writeInvited(*out, all)
				return err
			})
			if err != nil {
				return err
			}
			letters, err := h.recruit.Invite(ctx, c.by(), p.ID, paper)
			if err != nil {
				return err
			}
			if len(letters) == 0 {
				return c.done(map[string]any{"id": p.ID, "invited": 0, "files": files}, nl.T(words.RecruitcliAllInvited))
			}
			return c.done(map[string]any{"id": p.ID, "invited": len(letters), "files": files}, nl.T(words.RecruitcliInvited, "n", len(letters), "path", *out))
		})(cmd, args)
	}
	return cmd
}

// writeInvited writes the letters, and the list of names where there is one, each in a PDF.
func writeInvited(dir string, all papers.Invited) (files []string, err error) {
	write := func(name string, docs ...papers.Document) error {
		var body bytes.Buffer
		if err := papers.WriteDocuments(&body, papers.FormatPDF, docs); err != nil {
			return err
		}
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); err == nil { // letters of a code that is good must not get lost
			return failed(nil, nl.T(words.RecruitcliThere, "path", path))
		}
		files = append(files, path)
		return replaceFile(path, body.Bytes())
	}
	if err := write(all.FileName(papers.FormatPDF), all.Letters...); err != nil {
		return nil, err
	}
	if all.Names != nil {
		if err := write(all.Names.FileName(papers.FormatPDF), *all.Names); err != nil {
			return nil, fmt.Errorf("list of names: %w", err)
		}
	}
	return files, nil
}
