package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) regulationCommand() *cobra.Command {
	return c.group("regulation", words.RegtextCli, c.regulationList(), c.regulationShow(), c.regulationExport(), c.regulationImport(), c.regulationPublish())
}

// loanRegulation reads the regulation with its figures filled in.
func (h *house) loanRegulation() papers.LoanRegulation {
	return papers.LoanRegulation{Texts: regulation.NewStore(h.db), Rules: h.loans, Settings: h.settings, Now: h.db.Now}
}

// regulationText is a version as --json prints it. Version is its number, draft or model.
type regulationText struct {
	Version     string `json:"version"`
	Number      int    `json:"number,omitempty"`
	Name        string `json:"name,omitempty"`
	Stands      string `json:"stands"` // holds, coming, over, draft or example
	From        string `json:"from,omitempty"`
	Body        string `json:"body,omitempty"`
	DecidedOn   string `json:"decided_on,omitempty"`
	Fingerprint string `json:"fingerprint"`
}

// Names of versions that are no numbers.
const (
	theDraft = "draft"
	theModel = "model"
)

// editionName is what a version is called on the command line.
func editionName(e papers.Edition) string {
	switch {
	case e.IsModel():
		return theModel
	case e.Status == regulation.Draft:
		return theDraft
	}
	return strconv.Itoa(e.Number)
}

func textOf(e papers.Edition, today string) regulationText {
	out := regulationText{Version: editionName(e), Number: e.Number, Name: e.Name, Stands: "over", From: e.From, Body: e.Body, DecidedOn: e.DecidedOn, Fingerprint: e.Hash}
	switch {
	case e.Holds:
		out.Stands = "holds"
	case e.IsModel():
		out.Stands = "example"
	case e.Status == regulation.Draft:
		out.Stands = "draft"
	case e.From > today:
		out.Stands = "coming"
	}
	return out
}

func (c *cli) regulationList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.RegtextCliList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.loanRegulation().Editions(ctx, c.by())
			if err != nil {
				return err
			}
			out := make([]regulationText, len(all))
			rows := [][]string{{nl.T(words.RegtextColVersion), nl.T(words.RegtextColName), nl.T(words.RegtextColStands), nl.T(words.RegtextColFrom), nl.T(words.RegtextColBody)}}
			for i, e := range all {
				one := textOf(e, h.db.Today())
				stands := map[string]words.Key{"holds": words.RegtextHolds, "coming": words.RegtextComing, "over": words.RegtextOver,
					"draft": words.RegtextDraft, "example": words.RegtextExample}[one.Stands]
				out[i] = one
				rows = append(rows, []string{one.Version, one.Name, nl.T(stands), dayText(one.From), one.Body})
			}
			if c.json {
				return c.printJSON(out)
			}
			return c.table(rows)
		})}
}

// editionNamed finds the version that the last of the arguments names: without one, what holds today.
func (c *cli) editionNamed(ctx context.Context, h *house, args []string) (papers.Edition, error) {
	all, err := h.loanRegulation().Editions(ctx, c.by())
	if err != nil {
		return papers.Edition{}, err
	}
	var known []string
	for _, e := range all {
		if len(args) == 0 && e.Holds || len(args) > 0 && args[0] == editionName(e) {
			return e, nil
		}
		known = append(known, editionName(e))
	}
	return papers.Edition{}, failed(data.ErrNotFound, nl.T(words.RegtextNoVersion, "name", strings.Join(args, " "), "known", strings.Join(known, ", ")))
}

// reading is what regulation show was asked.
type reading struct {
	lang    string
	short   bool
	article int
}

func (c *cli) regulationShow() *cobra.Command {
	var r reading
	cmd := &cobra.Command{Use: "show [VERSIE]", Short: nl.T(words.RegtextCliShow), Long: nl.T(words.RegtextCliShowLong), Args: takes(0, 1)}
	f := cmd.Flags()
	f.StringVar(&r.lang, "lang", string(words.NL), nl.T(words.RegtextFlagLang))
	f.BoolVar(&r.short, "short", false, nl.T(words.RegtextFlagShort))
	f.IntVar(&r.article, "article", 0, nl.T(words.RegtextFlagArticle))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		lang, known := words.ParseLang(r.lang)
		if !known {
			return &data.Invalid{Field: "--lang", Why: data.WhyNotOneOf, Want: "nl, en, fr", Got: data.Clean(r.lang, 20)}
		}
		e, err := c.editionNamed(ctx, h, args)
		if err != nil {
			return err
		}
		return c.readAloud(ctx, h, e, lang, r)
	})
	return cmd
}

// textWide is the cells of a line of a text that is shown.
const textWide = 80

// readAloud prints a text, or one article of it.
func (c *cli) readAloud(ctx context.Context, h *house, e papers.Edition, lang words.Lang, r reading) error {
	d, in, err := h.loanRegulation().Read(ctx, e, lang, r.short)
	if err != nil {
		return err
	}
	switch {
	case r.article < 0 || r.article > len(d.Articles):
		return failed(data.ErrNotFound, nl.T(words.RegtextNoArticle, "n", r.article, "total", len(d.Articles)))
	case r.article > 0:
		d.Notes, d.Articles = nil, d.Articles[r.article-1:r.article]
	}
	if c.json {
		return c.printJSON(readOf(d, in, e, h.db.Today()))
	}
	written, err := h.loanRegulation().Laid(ctx, e, d, in)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(c.out, written.Text(textWide))
	return err
}

// readArticle and readText are a text as --json prints it.
type readArticle struct {
	Number     int      `json:"number,omitempty"`
	Title      string   `json:"title"`
	Paragraphs []string `json:"paragraphs"`
}

type readText struct {
	regulationText
	Lang     words.Lang    `json:"lang"`
	Title    string        `json:"title"`
	Notes    []string      `json:"notes"`
	Articles []readArticle `json:"articles"`
}

func readOf(d regulation.Document, in words.Lang, e papers.Edition, today string) readText {
	out := readText{regulationText: textOf(e, today), Lang: in, Title: d.Title, Notes: append([]string{}, d.Notes...), Articles: []readArticle{}}
	for _, a := range d.Articles {
		one := readArticle{Number: a.Number, Title: a.Title, Paragraphs: []string{}}
		for _, p := range a.Paragraphs {
			one.Paragraphs = append(one.Paragraphs, p.Text)
		}
		out.Articles = append(out.Articles, one)
	}
	return out
}

// decision is what regulation publish was given.
type decision struct{ from, body, decided string }

func (c *cli) regulationPublish() *cobra.Command {
	var d decision
	cmd := &cobra.Command{Use: "publish", Short: nl.T(words.RegtextCliPublish), Long: nl.T(words.RegtextCliPublishLong), Args: takes(0, 0)}
	f := cmd.Flags()
	f.StringVar(&d.from, "from", "", nl.T(words.RegtextFlagFrom))
	f.StringVar(&d.body, "body", "", nl.T(words.RegtextFlagBody))
	f.StringVar(&d.decided, "decided", "", nl.T(words.RegtextFlagDecided))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "from", "body", "decided"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			from, err := typedDay("--from", d.from)
			if err != nil {
				return err
			}
			decided, err := typedDay("--decided", d.decided)
			if err != nil {
				return err
			}
			v, err := regulation.NewStore(h.db).Publish(ctx, c.by(), regulation.Loan,
				regulation.Decision{From: from.Format(data.DayLayout), Body: d.body, DecidedOn: decided.Format(data.DayLayout)}, loans.TextFigures())
			if err != nil {
				return missing(err, nl.T(words.RegtextNoDraft))
			}
			return c.done(map[string]any{"version": strconv.Itoa(v.Number), "from": v.From, "body": v.Body, "decided_on": v.DecidedOn, "fingerprint": v.Hash},
				nl.T(words.RegtextPublished, "number", strconv.Itoa(v.Number), "day", dayText(v.From)))
		})(cmd, args)
	}
	return cmd
}
