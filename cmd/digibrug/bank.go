package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/exchange"
	"digibrug/tui/quizwords"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) bankCommand() *cobra.Command {
	return c.group("bank", words.CliBank, c.bankLint(), c.bankList(), c.bankPrint(), c.bankParse(), c.bankImport(), c.bankExport(), c.bankTemplate())
}

// problem is one thing that is wrong with a bank file, or that an author should look at.
type problem struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Field  string `json:"field,omitempty"`
	Why    string `json:"why"`
	Text   string `json:"text"`
}

func (p problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, max(p.Line, 1), max(p.Column, 1), p.Text)
}

// lintReport is the document of bank lint --json.
type lintReport struct {
	Files    []string  `json:"files"`
	Problems []problem `json:"problems"`
	Warnings []problem `json:"warnings"`
}

func (c *cli) bankLint() *cobra.Command {
	return &cobra.Command{Use: "lint [BESTAND…]", Short: nl.T(words.CliBankLint), Long: nl.T(words.CliBankLintLong), Args: takes(0, -1),
		RunE: func(cmd *cobra.Command, names []string) error {
			sources, err := bankSources(names)
			if err != nil {
				return err
			}
			report := lint(sources)
			if err := c.printLint(report); err != nil {
				return err
			}
			if n := len(report.Problems); n > 0 {
				return failed(nil, nl.T(words.CliLintBad, "n", n))
			}
			return nil
		}}
}

func (c *cli) printLint(r lintReport) error {
	if c.json {
		return c.printJSON(r)
	}
	for _, p := range r.Problems {
		if err := c.say(p.String()); err != nil {
			return err
		}
	}
	for _, p := range r.Warnings {
		if err := c.say(nl.T(words.CliLintWarning, "text", p.String())); err != nil {
			return err
		}
	}
	if len(r.Problems) > 0 {
		return nil
	}
	return c.say(nl.T(words.CliLintGood, "n", len(r.Files)))
}

// bankSource is a bank file with its text.
type bankSource struct {
	name string
	text []byte
}

// bankSources reads the named files, or the shipped banks when none is named.
func bankSources(names []string) (sources []bankSource, err error) {
	if len(names) == 0 {
		shipped, err := fs.Glob(data.Banks, "banks/*/*.yaml")
		if err != nil {
			return nil, err
		}
		for _, name := range shipped {
			text, err := data.Banks.ReadFile(name)
			if err != nil {
				return nil, err
			}
			sources = append(sources, bankSource{name, text})
		}
	}
	for _, name := range names {
		text, err := readRegular(name, quiz.MaxBankBytes+1) // one more: the reader says that it is too big
		if err != nil {
			return nil, err
		}
		sources = append(sources, bankSource{name, text})
	}
	return sources, nil
}

func readUpTo(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most))
}

// lint reads every bank and, of those that can be read, looks at the whole.
func lint(sources []bankSource) lintReport {
	r := lintReport{Files: []string{}, Problems: []problem{}, Warnings: []problem{}}
	var banks []quiz.Bank
	fileOf := map[string]string{}
	for _, s := range sources {
		r.Files = append(r.Files, s.name)
		bank, err := quiz.ParseBank(path.Base(s.name), s.text)
		if exchange.Foreign(path.Base(s.name), s.text) {
			var faults []problem
			if bank, faults = foreignBank(s); len(faults) > 0 {
				r.Problems = append(r.Problems, faults...)
				continue
			}
			err = nil
		}
		var bad quiz.Problems
		switch {
		case errors.As(err, &bad):
			for _, one := range bad {
				r.Problems = append(r.Problems, problemOf(s.name, *one))
			}
		case err != nil:
			r.Problems = append(r.Problems, problem{File: s.name, Why: "read", Text: sentence(err)})
		default:
			banks, fileOf[bank.ID] = append(banks, bank), s.name
		}
	}
	for _, f := range quiz.Lint(banks) {
		p := problem{File: fileOf[f.Bank], Line: f.Line, Field: f.Item, Why: string(f.Rule), Text: findingText(f)}
		if f.Warning {
			r.Warnings = append(r.Warnings, p)
		} else {
			r.Problems = append(r.Problems, p)
		}
	}
	return r
}

func problemOf(file string, one data.Invalid) problem {
	p := problem{File: file, Line: one.Line, Column: one.Col, Field: one.Field, Why: string(one.Why)}
	one.Line, one.Col = 0, 0 // they stand before the sentence
	p.Text, _ = words.Sentence(words.NL, &one)
	return p
}

// findingText is the sentence for what lint found.
func findingText(f quiz.Finding) string {
	text := quizwords.Finding(words.NL, f)
	if f.Item != "" {
		return f.Item + ": " + text
	}
	return text
}

// bankRow is a bank as bank list --json prints it.
type bankRow struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Language string            `json:"language"`
	Domain   string            `json:"domain"`
	Items    int               `json:"items"`
	Drawable int               `json:"drawable"`
	Levels   map[int]int       `json:"levels"`
	Kinds    map[quiz.Kind]int `json:"kinds"`
	Local    bool              `json:"local,omitempty"` // made in the house
}

func (c *cli) bankList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.CliBankList), Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			rows, err := bankRows()
			if err != nil {
				return err
			}
			own, err := c.ownBanks(cmd.Context())
			if err != nil {
				return err
			}
			rows = append(rows, own...)
			if c.json {
				return c.printJSON(rows)
			}
			table := [][]string{{nl.T(words.CliColBank), nl.T(words.CliColTitle), nl.T(words.CliColItems), nl.T(words.CliColLevels), nl.T(words.CliColKinds)}}
			for _, b := range rows {
				levels := fmt.Sprintf("%d + %d + %d + %d", b.Levels[1], b.Levels[2], b.Levels[3], b.Levels[4])
				table = append(table, []string{b.ID, b.Title, fmt.Sprint(b.Items), levels, kindCounts(b.Kinds)})
			}
			return c.table(table)
		}}
}

func bankRows() ([]bankRow, error) {
	rows := []bankRow{}
	for _, language := range quiz.Languages() {
		banks, err := quiz.ShippedBanks(data.Banks, language)
		if err != nil {
			return nil, err
		}
		for _, b := range banks {
			row := rowOf(b)
			for _, it := range b.Items {
				row.add(it, it.Drawable())
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func rowOf(b quiz.Bank) bankRow {
	return bankRow{ID: b.ID, Title: b.Title, Language: b.Language, Domain: b.Domain, Levels: map[int]int{}, Kinds: map[quiz.Kind]int{}}
}

func (r *bankRow) add(it quiz.Item, drawable bool) {
	r.Items++
	r.Levels[it.Level]++
	r.Kinds[it.Kind]++
	if drawable {
		r.Drawable++
	}
}

// ownBanks are the banks that were made in the house; none where there is no house.
func (c *cli) ownBanks(ctx context.Context) (rows []bankRow, err error) {
	h, err := c.enter(ctx)
	if err != nil {
		return nil, nil // what ships is there without a house
	}
	defer h.leave(&err)
	shelves, err := h.quiz.Library().Shelves(ctx, c.by())
	if err != nil {
		return nil, err
	}
	for _, s := range shelves {
		if !s.Local {
			continue
		}
		row := rowOf(s.Bank)
		row.Local = true
		_, entries, err := h.quiz.Library().Shelf(ctx, c.by(), s.Bank.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			row.add(e.Item, e.Good.Version > 0 && e.Good.Drawable())
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func kindCounts(kinds map[quiz.Kind]int) (text string) {
	for _, k := range quiz.Kinds() {
		if n := kinds[k]; n > 0 {
			if text != "" {
				text += ", "
			}
			text += fmt.Sprintf("%s %d", k, n)
		}
	}
	return text
}
