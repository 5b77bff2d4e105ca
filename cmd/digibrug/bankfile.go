package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
	"digibrug/quiz"
	"digibrug/quiz/exchange"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// bankDocument is the document of bank parse --json, and the beginning of that of bank import.
type bankDocument struct {
	Format  exchange.Format     `json:"format"`
	Items   []exchange.Question `json:"items"`
	Skipped []toldSkipped       `json:"skipped"`
	Errors  []toldFault         `json:"errors"`
}

type toldSkipped struct {
	exchange.Skipped
	Text string `json:"text"`
}

type toldFault struct {
	exchange.Fault
	Text string `json:"text"`
}

func documentOf(p exchange.Parsed) bankDocument {
	d := bankDocument{Format: p.Format, Items: []exchange.Question{}, Skipped: toldSkips(p.Skipped), Errors: []toldFault{}}
	for _, q := range p.Questions {
		if q.Kind == quiz.KindMatch && slices.Contains(q.Tags, "kind:order") { // pairs of a step and its number
			q.Kind = quiz.KindOrder
		}
		if q.Options == nil {
			q.Options = []exchange.Option{}
		}
		d.Items = append(d.Items, q)
	}
	for _, f := range p.Faults {
		text, _ := words.Sentence(words.NL, &data.Invalid{Field: f.Field, Why: f.Why, Want: f.Want, Got: f.Got}) // an Invalid is always known
		d.Errors = append(d.Errors, toldFault{f, text})
	}
	return d
}

func toldSkips(skipped []exchange.Skipped) []toldSkipped {
	all := []toldSkipped{}
	for _, s := range skipped {
		text, _ := words.Sentence(words.NL, &data.Invalid{Field: s.Field, Why: data.Why(s.Why), Want: s.Want, Got: s.Got})
		all = append(all, toldSkipped{s, text})
	}
	return all
}

// parsed reads a file with questions. Nothing of it is read beyond what the reader takes at most.
func parsed(cmd *cobra.Command, format, name string) (exchange.Parsed, error) {
	if !slices.Contains(exchange.Formats(), exchange.Format(format)) {
		return exchange.Parsed{}, misused(cmd, nl.T(words.BankfileBadFormat, "got", format, "names", formatNames(exchange.Formats())))
	}
	src, err := readRegular(name, exchange.MaxBytes+1) // one more: the reader says that it is too big
	if err != nil {
		return exchange.Parsed{}, err
	}
	return exchange.Read(exchange.Format(format), filepath.Base(name), src), nil
}

func formatNames(all []exchange.Format) string {
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

// readRegular is readUpTo for a file that must be one: a pipe could wait for ever, and a device never end.
func readRegular(name string, most int64) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, failed(nil, nl.T(words.BankfileNotFile, "path", name))
	}
	return readUpTo(name, most)
}

func (c *cli) bankParse() *cobra.Command {
	cmd := &cobra.Command{Use: "parse BESTAND", Short: nl.T(words.BankfileCliParse), Long: nl.T(words.BankfileCliParseLong), Args: takes(1, 1)}
	format := cmd.Flags().String("format", string(exchange.FormatAuto), nl.T(words.BankfileFlagFormat))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		p, err := parsed(cmd, *format, args[0])
		if err != nil {
			return err
		}
		return c.printParsed(p)
	}
	return cmd
}

// printParsed prints what a file says; an error when something in it is wrong.
func (c *cli) printParsed(p exchange.Parsed) error {
	d := documentOf(p)
	if c.json {
		if err := c.printJSON(d); err != nil {
			return err
		}
	} else if err := c.tellParsed(d); err != nil {
		return err
	}
	return badFile(d)
}

func badFile(d bankDocument) error {
	if n := len(d.Errors); n > 0 {
		return failed(nil, nl.T(words.BankfileBad, "n", n))
	}
	return nil
}

func (c *cli) tellParsed(d bankDocument) error {
	if len(d.Items) > 0 {
		rows := [][]string{{nl.T(words.BankfileColLine), nl.T(words.BankfileColKind), nl.T(words.BankfileColCode), nl.T(words.BankfileColStem)}}
		for _, q := range d.Items {
			rows = append(rows, []string{strconv.Itoa(q.Line), exchange.KindNames()[q.Kind], data.Clean(q.ID, 24), data.Clean(q.Stem, 60)})
		}
		if err := c.table(rows); err != nil {
			return err
		}
	}
	return c.sayAll(append(skipLines(d.Skipped), append(faultLines(d.Errors), nl.T(words.BankfileRead, "n", len(d.Items)))...))
}

func (c *cli) sayAll(lines []string) error {
	for _, line := range lines {
		if err := c.say(line); err != nil {
			return err
		}
	}
	return nil
}

func skipLines(all []toldSkipped) (lines []string) {
	examples := 0
	for _, s := range all {
		if s.Why == string(exchange.WhyExample) {
			examples++
			continue
		}
		what := cmp.Or(exchange.KindNames()[quiz.Kind(s.Type)], s.Type)
		if s.Title != "" {
			what += fmt.Sprintf(" %q", s.Title)
		}
		lines = append(lines, nl.T(words.BankfileSkipped, "line", s.Line, "type", what, "text", s.Text))
	}
	if examples > 0 {
		lines = append(lines, nl.T(words.BankfileExamples, "n", examples))
	}
	return lines
}

func faultLines(all []toldFault) (lines []string) {
	for _, f := range all {
		if f.Sheet != "" {
			lines = append(lines, nl.T(words.BankfileSheetFault, "sheet", f.Sheet, "line", f.Line, "column", workbook.Letter(f.Column), "text", f.Text))
			continue
		}
		lines = append(lines, nl.T(words.BankfileFault, "line", f.Line, "column", f.Column, "text", f.Text))
	}
	return lines
}

// foreignBank is a file in another form than YAML as a bank, for lint; what is wrong with it, when something is. What can be
// no item is wrong too.
func foreignBank(s bankSource) (b quiz.Bank, faults []problem) {
	p := exchange.Read(exchange.FormatAuto, filepath.Base(s.name), s.text)
	d := documentOf(p)
	for _, f := range d.Errors {
		faults = append(faults, problem{File: s.name, Line: f.Line, Column: f.Column, Field: f.Field, Why: string(f.Why), Text: f.Text})
	}
	b = quiz.Bank{ID: s.name, Language: "nl", Domain: "-", Title: s.name, Lines: map[string]int{}}
	made, skipped := p.Items(exchange.Defaults{Bank: "vraag", Domain: "x", Source: "-", Author: "-", Rubric: nl.T(words.BankfileRubric)})
	for _, one := range append(d.Skipped, toldSkips(skipped)...) {
		if one.Why != string(exchange.WhyExample) {
			faults = append(faults, problem{File: s.name, Line: one.Line, Column: 1, Why: one.Why, Text: one.Text})
		}
	}
	for _, m := range made {
		b.Items = append(b.Items, m.Item)
		b.Lines[m.Item.ID] = m.Line
	}
	return b, faults
}
