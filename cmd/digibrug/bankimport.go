package main

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/exchange"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// importDocument is the document of bank import --json.
type importDocument struct {
	bankDocument
	Plan    *importPlan `json:"plan,omitempty"` // none without a bank to import into
	Written bool        `json:"written"`
}

// importPlan is what an import does with the items of a file.
type importPlan struct {
	quiz.ImportPlan
	Made    []madeItem    `json:"made"`
	Skipped []toldSkipped `json:"skipped"` // questions of the file that can be no item
}

// madeItem is how an item was made of a question.
type madeItem struct {
	ID     string   `json:"id"`
	Line   int      `json:"line"`
	Misses []string `json:"misses"`
	Loses  []string `json:"loses"`
}

// importFlags say into which bank.
type importFlags struct {
	format, bank, domain, title, language string
	try                                   bool
}

func (c *cli) bankImport() *cobra.Command {
	cmd := &cobra.Command{Use: "import BESTAND", Short: nl.T(words.BankfileCliImport), Long: nl.T(words.BankfileCliImportLong), Args: takes(1, 1)}
	f := &importFlags{}
	cmd.Flags().StringVar(&f.format, "format", string(exchange.FormatAuto), nl.T(words.BankfileFlagFormat))
	cmd.Flags().StringVar(&f.bank, "bank", "", nl.T(words.BankfileFlagBank))
	cmd.Flags().StringVar(&f.domain, "domain", "", nl.T(words.BankfileFlagDomain))
	cmd.Flags().StringVar(&f.title, "title", "", nl.T(words.BankfileFlagTitle))
	cmd.Flags().StringVar(&f.language, "language", "", nl.T(words.BankfileFlagLanguage))
	cmd.Flags().BoolVar(&f.try, "dry-run", false, nl.T(words.BankfileFlagTry))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		p, err := parsed(cmd, f.format, args[0])
		switch {
		case err != nil:
			return err
		case len(p.Faults) > 0 || f.try && f.bank == "" && p.Bank == nil:
			return c.printImport(importDocument{bankDocument: documentOf(p)}, f.try)
		case f.bank == "" && p.Bank == nil:
			return misused(cmd, nl.T(words.BankfileNoBank))
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			return c.importInto(ctx, h, args[0], p, *f)
		})(cmd, args)
	}
	return cmd
}

func (c *cli) importInto(ctx context.Context, h *house, name string, p exchange.Parsed, f importFlags) error {
	b, err := targetBank(ctx, h, c.by(), p, f)
	if err != nil {
		return err
	}
	if b.Domain == "" || b.Title == "" {
		return failed(nil, nl.T(words.BankfileNewNeeds, "bank", b.ID))
	}
	made, skipped := p.Items(exchange.Defaults{Bank: b.ID, Domain: b.Domain, Source: data.Clean(filepath.Base(name), quiz.MaxName), Author: cmp.Or(c.by().Name, "?"), Rubric: nl.T(words.BankfileRubric)})
	d := importDocument{bankDocument: documentOf(p), Plan: &importPlan{Made: []madeItem{}, Skipped: toldSkips(skipped)}}
	for _, m := range made {
		m.Item.Domain = b.Domain
		b.Items = append(b.Items, m.Item)
		d.Plan.Made = append(d.Plan.Made, madeItem{m.Item.ID, m.Line, append([]string{}, m.Misses...), append([]string{}, m.Loses...)})
	}
	if len(b.Items) == 0 { // all that is in it stays behind
		d.Plan.ImportPlan = quiz.ImportPlan{Bank: b.ID, Lines: []quiz.ImportLine{}, Left: []string{}}
		return c.printImport(d, f.try)
	}
	d.Plan.ImportPlan, err = h.quiz.Library().Import(ctx, c.by(), b, quiz.ImportAsk{DryRun: f.try})
	if bad, of := errors.AsType[quiz.Problems](err); of && len(bad) > 1 && !c.json { // a line each, for one of forty is not read
		for _, one := range bad {
			if err := c.say(sentence(one)); err != nil {
				return err
			}
		}
		return failed(err, nl.T(words.BankfileBad, "n", len(bad)))
	}
	if err != nil {
		return err
	}
	d.Written = !f.try
	return c.printImport(d, f.try)
}

// targetBank is the bank to import into, without items: what the flags say, else the file, else the bank that is there.
func targetBank(ctx context.Context, h *house, by data.Actor, p exchange.Parsed, f importFlags) (b quiz.Bank, err error) {
	if p.Bank != nil {
		b = *p.Bank
	}
	if f.bank != "" && f.bank != b.ID {
		b.ID = f.bank
		all, err := h.quiz.Library().Banks(ctx, h.db) // those for citizens too
		if err != nil {
			return b, err
		}
		for _, one := range all {
			if one.ID == f.bank {
				b = one
			}
		}
	}
	b.Items, b.Lines = nil, nil
	b.Domain, b.Title, b.Language = cmp.Or(f.domain, b.Domain), cmp.Or(f.title, b.Title), cmp.Or(f.language, b.Language, "nl")
	return b, nil
}

func (c *cli) printImport(d importDocument, try bool) error {
	if c.json {
		if err := c.printJSON(d); err != nil {
			return err
		}
		return badFile(d.bankDocument)
	}
	if d.Plan == nil {
		if err := c.tellParsed(d.bankDocument); err != nil {
			return err
		}
		if err := c.say(nl.T(words.BankfileNothing)); err != nil {
			return err
		}
		return badFile(d.bankDocument)
	}
	lines := append(skipLines(d.Skipped), skipLines(d.Plan.Skipped)...)
	if d.Plan.NewBank {
		lines = append(lines, nl.T(words.BankfileNewBank, "bank", d.Plan.Bank))
	}
	for _, one := range d.Plan.Lines {
		switch one.What {
		case quiz.ImportNew:
			lines = append(lines, nl.T(words.BankfileNew, "id", one.ID))
		case quiz.ImportChanged:
			lines = append(lines, nl.T(words.BankfileChanged, "id", one.ID, "version", one.Version))
		}
	}
	for _, m := range d.Plan.Made {
		if len(m.Misses) > 0 {
			lines = append(lines, nl.T(words.BankfileMisses, "id", m.ID, "names", fieldNames(m.Misses)))
		}
		if len(m.Loses) > 0 {
			lines = append(lines, nl.T(words.BankfileLoses, "id", m.ID, "names", fieldNames(m.Loses)))
		}
	}
	n := d.Plan.Count(quiz.ImportNew) + d.Plan.Count(quiz.ImportChanged)
	switch {
	case n == 0:
		lines = append(lines, nl.T(words.BankfileNothing))
	case try:
		lines = append(lines, nl.T(words.BankfileRead, "n", n), nl.T(words.BankfileTried))
	default:
		lines = append(lines, nl.T(words.BankfileWritten, "n", n))
	}
	return c.sayAll(lines)
}

// fieldNames says in words what misses of an item, or gets lost.
func fieldNames(fields []string) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		key, known := map[string]words.Key{"level": words.BankfileMissesLevel, "digcomp": words.BankfileMissesDigcomp, "difficulty": words.BankfileMissesDifficulty, "seconds": words.BankfileMissesSeconds,
			"why": words.BankfileMissesWhy, "rubric": words.BankfileMissesRubric, "hints": words.BankfileLosesHints, "combined": words.BankfileLosesCombined}[f]
		if names[i] = nl.T(words.BankfileMissesOption, "n", strings.TrimSuffix(strings.TrimPrefix(f, "options["), "].why")); known {
			names[i] = nl.T(key)
		}
	}
	return strings.Join(names, ", ")
}
