package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// outFlag is where a paper of the uitleendienst goes.
func outFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("out", "", nl.T(words.LoancliFlagOut))
}

// keepPaper writes a paper into a file, all of it or none; a document by the name of the file as a PDF, as text or as a page.
func (c *cli) keepPaper(path, title string, write func(*bytes.Buffer) error) error {
	var body bytes.Buffer
	if err := write(&body); err != nil {
		return err
	}
	if err := replaceFile(path, body.Bytes()); err != nil {
		return err
	}
	return c.done(map[string]any{"out": path, "title": title}, nl.T(words.PaperDone, "title", title, "path", path))
}

// documentFormat is PDF, or text or a page for a file called so.
func documentFormat(path string) papers.Format {
	if strings.EqualFold(filepath.Ext(path), papers.FormatHTML.Ext()) {
		return papers.FormatHTML
	}
	if f, known := papers.FormatOf(path); known && f == papers.FormatTable {
		return f
	}
	return papers.FormatPDF
}

func (c *cli) loanLabels() *cobra.Command {
	var kind, size string
	var start int
	cmd := &cobra.Command{Use: "labels [TOESTEL...]", Short: nl.T(words.LoancliLabels), Args: cobra.ArbitraryArgs}
	out := outFlag(cmd)
	cmd.Flags().StringVar(&kind, "type", "", nl.T(words.LoancliFlagLabelType))
	cmd.Flags().StringVar(&size, "size", string(papers.Labels65), nl.T(words.LoancliFlagSize))
	cmd.Flags().IntVar(&start, "start", 1, nl.T(words.LoancliFlagStart))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "out"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			numbers, err := c.labelled(ctx, h, kind, args)
			if err != nil {
				return err
			}
			all, err := papers.DeviceLabels(ctx, c.by(), h.loans, h.people, numbers)
			if err != nil {
				return err
			}
			place, err := h.settings.Get(ctx, data.SettingPlace, "")
			if err != nil {
				return err
			}
			s := papers.LabelSheet{Layout: papers.LabelLayout(size), Start: start, Place: place, At: h.db.Now(), All: all}
			return c.keepPaper(*out, nl.T(words.LabelTitle), func(w *bytes.Buffer) error { return papers.WriteLabels(w, s) })
		})(cmd, args)
	}
	return cmd
}

// labelled gives the numbers of the devices that are named; without names those of all in use, or of one type.
func (c *cli) labelled(ctx context.Context, h *house, kind string, codes []string) (numbers []loans.Number, err error) {
	for _, code := range codes {
		d, err := c.deviceNamed(ctx, h, code)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, d.Number)
	}
	if len(codes) > 0 {
		return numbers, nil
	}
	typeID := ""
	if kind != "" {
		t, err := c.typeNamed(ctx, h, kind)
		if err != nil {
			return nil, err
		}
		typeID = t.ID
	}
	all, err := h.loans.Devices(ctx, c.by())
	for _, d := range all {
		if d.State != loans.Retired && (typeID == "" || d.TypeID == typeID) {
			numbers = append(numbers, d.Number)
		}
	}
	return numbers, err
}

func (c *cli) loanContract() *cobra.Command {
	var lang string
	cmd := &cobra.Command{Use: "contract NUMMER|TOESTEL", Short: nl.T(words.LoancliContract), Args: takes(1, 1)}
	out := outFlag(cmd)
	cmd.Flags().StringVar(&lang, "lang", string(words.NL), nl.T(words.LoancliFlagPaperLang))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "out"); err != nil {
			return err
		}
		l := words.Lang(strings.ToLower(lang))
		if l != words.NL && l != words.EN && l != words.FR {
			return misused(cmd, nl.T(words.CliFlagWrong, "name", "--lang", "got", data.Clean(lang, 20)))
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			id, err := c.contractNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			d, err := h.loanPapers().Contract(ctx, c.by(), id, l)
			if err != nil {
				return err
			}
			return c.keepPaper(*out, d.Title, func(w *bytes.Buffer) error { return papers.WriteDocument(w, documentFormat(*out), d) })
		})(cmd, args)
	}
	return cmd
}

// contractNamed gives the id of a contract by its number, or else of the last one that a device was lent by.
func (c *cli) contractNamed(ctx context.Context, h *house, code string) (string, error) {
	if n, err := loans.ParseNumber(code); err == nil && n.Kind() == loans.KindContract {
		id, err := h.loans.ContractNumbered(ctx, c.by(), n)
		return id, missing(err, nl.T(words.LoancliNoContract, "number", n.Show()))
	}
	l, err := c.lastLoan(ctx, h, code)
	return l.ContractID, err
}

func (c *cli) loanNoodblad() *cobra.Command {
	cmd := &cobra.Command{Use: "noodblad", Short: nl.T(words.LoancliNoodblad), Args: takes(0, 0)}
	out := outFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "out"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			d, err := h.loanPapers().Noodblad(ctx, c.by())
			if err != nil {
				return err
			}
			return c.keepPaper(*out, d.Title, func(w *bytes.Buffer) error { return papers.WriteDocument(w, documentFormat(*out), d) })
		})(cmd, args)
	}
	return cmd
}
