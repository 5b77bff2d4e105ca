package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/start"
	"digibrug/data/workbook"
	screen "digibrug/tui/start"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) startCommand() *cobra.Command {
	return c.group("start", words.StartCli, c.startTemplate(), c.startImport(), c.startMap())
}

func (c *cli) startTemplate() *cobra.Command {
	cmd := &cobra.Command{Use: "template BESTAND.xlsx", Short: nl.T(words.StartCliTemplate), Long: nl.T(words.StartCliTemplateLong), Args: takes(1, 1)}
	filled := cmd.Flags().Bool("filled", false, nl.T(words.StartCliFilled))
	force := cmd.Flags().Bool("force", false, nl.T(words.StartCliForce))
	act := c.inHouse(func(ctx context.Context, h *house, args []string) error {
		draft, err := h.start.Template(ctx, c.by(), *filled, screen.About(words.NL))
		if err != nil {
			return err
		}
		content, err := workbook.Write(draft)
		if err != nil {
			return err
		}
		if err := replaceFile(args[0], content); err != nil {
			return err
		}
		return c.done(map[string]any{"file": args[0], "filled": *filled}, nl.T(words.StartCliMade, "path", args[0]))
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !strings.HasSuffix(strings.ToLower(args[0]), ".xlsx") {
			return misused(cmd, nl.T(words.StartCliNotXLSX, "path", args[0]))
		}
		if _, err := os.Lstat(args[0]); err == nil && !*force {
			return failed(fs.ErrExist, nl.T(words.StartCliThere, "path", args[0]))
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return act(cmd, args)
	}
	return cmd
}

// openBook reads a workbook of at most the standard size.
func openBook(name string) (workbook.Book, error) {
	limits := workbook.Standard()
	content, err := readUpTo(name, limits.Packed+1) // one more: the reader says that it is too big
	if err != nil {
		return workbook.Book{}, err
	}
	return workbook.Read(filepath.Base(name), content, limits)
}

func (c *cli) startImport() *cobra.Command {
	cmd := &cobra.Command{Use: "import BESTAND", Short: nl.T(words.StartCliImport), Long: nl.T(words.StartCliImportLong), Args: takes(1, 1)}
	try := cmd.Flags().Bool("dry-run", false, nl.T(words.StartCliDryRun))
	leavers := cmd.Flags().String("leavers", "tell", nl.T(words.StartCliLeavers))
	lastDay := cmd.Flags().String("last-day", "", nl.T(words.StartCliLastDay))
	ask := start.Ask{}
	act := c.inHouse(func(ctx context.Context, h *house, args []string) error {
		book, err := openBook(args[0])
		if err != nil {
			return err
		}
		var p start.Plan
		if *try {
			p, err = h.start.Plan(ctx, c.by(), book, ask)
		} else {
			p, err = h.start.Apply(ctx, c.by(), book, ask, nil)
		}
		if err != nil && !errors.Is(err, start.ErrProblems) {
			return err
		}
		if err := c.printPlan(p, !*try && err == nil && !p.Nothing(), ask); err != nil {
			return err
		}
		if n := len(p.Problems); n > 0 {
			if err := c.tellMap(p, args[0]); err != nil {
				return err
			}
			return failed(start.ErrProblems, nl.T(words.StartProblems, "n", n))
		}
		return nil
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch *leavers {
		case "tell":
		case "keep":
			ask.Leavers = start.Keep
		case "end":
			ask.Leavers = start.End
		default:
			return misused(cmd, nl.T(words.StartCliBadLeavers, "got", *leavers))
		}
		if *lastDay != "" {
			ask.LastDay = isoDay(*lastDay)
		}
		return act(cmd, args)
	}
	return cmd
}

// planReport is the document of start import --json.
type planReport struct {
	File     string                        `json:"file"`
	Written  bool                          `json:"written"`
	Counts   map[string]map[start.Kind]int `json:"counts"`
	Changes  []start.Change                `json:"changes"` // without what stays the same
	Problems []planProblem                 `json:"problems"`
	Leavers  []start.Leaver                `json:"leavers"`
	Notes    []planNote                    `json:"notes"`
}

type planProblem struct {
	start.Problem
	Text string `json:"text"`
}

type planNote struct {
	start.Note
	Said string `json:"said"`
}

func reportOf(p start.Plan, written bool) planReport {
	r := planReport{File: p.File, Written: written, Counts: map[string]map[start.Kind]int{}, Changes: []start.Change{}, Problems: []planProblem{},
		Leavers: append([]start.Leaver{}, p.Leavers...), Notes: []planNote{}}
	for _, read := range p.Readings {
		r.Counts[read.Tab] = map[start.Kind]int{}
		for _, kind := range []start.Kind{start.Added, start.Changed, start.Same, start.Ended} {
			r.Counts[read.Tab][kind] = p.Count(read.Tab, kind)
		}
	}
	for _, one := range p.Changes {
		if one.Kind != start.Same {
			r.Changes = append(r.Changes, one)
		}
	}
	for _, one := range p.Problems {
		r.Problems = append(r.Problems, planProblem{one, screen.ProblemText(words.NL, one)})
	}
	for _, one := range p.Notes {
		r.Notes = append(r.Notes, planNote{one, screen.NoteText(words.NL, one)})
	}
	return r
}

// printPlan writes a plan: problems first, or what changes; then what should be known.
func (c *cli) printPlan(p start.Plan, written bool, ask start.Ask) error {
	if c.json {
		return c.printJSON(reportOf(p, written))
	}
	var lines []string
	lines = append(lines, screen.ProblemTexts(words.NL, p.Problems)...)
	for _, one := range p.Changes {
		if len(p.Problems) == 0 && one.Kind != start.Same {
			lines = append(lines, screen.ChangeText(words.NL, one))
		}
	}
	for _, one := range p.Notes {
		lines = append(lines, screen.NoteText(words.NL, one))
	}
	if len(p.Problems) == 0 {
		lines = append(lines, closing(p, written, ask)...)
	}
	for _, line := range lines {
		if err := c.say(line); err != nil {
			return err
		}
	}
	return nil
}

// tellMap says how to tell what the columns are, where that is what a file is about.
func (c *cli) tellMap(p start.Plan, file string) error {
	asks := func(one start.Problem) bool {
		return one.Why == start.WhySplit || one.Why == start.WhyNoColumn || one.Why == start.WhyNoSheet
	}
	if c.json || !slices.ContainsFunc(p.Problems, asks) {
		return nil
	}
	return c.say(nl.T(words.StartCliAskMap, "line", "digibrug start map "+quoted(file)))
}

// closing is what a plan without problems comes to, in all.
func closing(p start.Plan, written bool, ask start.Ask) (lines []string) {
	for _, read := range p.Readings {
		lines = append(lines, screen.CountText(words.NL, p, read.Tab))
	}
	if n := len(p.Leavers); n > 0 && ask.Leavers != start.End {
		lines = append(lines, nl.T(words.StartLeave, "n", n))
		for _, one := range p.Leavers {
			lines = append(lines, "  "+screen.LeaverText(words.NL, one))
		}
		if ask.Leavers == start.Tell {
			lines = append(lines, nl.T(words.StartCliAsk))
		}
	}
	switch {
	case p.Nothing():
		return append(lines, nl.T(words.StartNothing))
	case !written:
		return append(lines, nl.T(words.StartCliTry))
	}
	return append(lines, nl.T(words.StartWritten, "n", len(p.Changes)-p.Count("", start.Same)))
}

func (c *cli) startMap() *cobra.Command {
	cmd := &cobra.Command{Use: `map BESTAND ["Kop=veld"…]`, Short: nl.T(words.StartCliMap), Long: nl.T(words.StartCliMapLong), Args: takes(1, -1)}
	sheet := cmd.Flags().String("sheet", "", nl.T(words.StartCliSheet))
	as := cmd.Flags().String("as", start.PeopleSheet, nl.T(words.StartCliAs))
	m := start.Mapping{}
	act := c.inHouse(func(ctx context.Context, h *house, args []string) error {
		book, err := openBook(args[0])
		if err != nil {
			return err
		}
		tab, err := tabOf(book, *sheet)
		if err != nil {
			return err
		}
		if len(m.Columns) == 0 {
			return c.tellHeads(h, args[0], tab, m.Sheet)
		}
		r, err := h.start.Remember(ctx, c.by(), tab, m)
		if err != nil {
			return err
		}
		return c.done(map[string]any{"sheet": tab.Name, "row": r.Head, "as": r.Sheet, "columns": m.Columns},
			nl.T(words.StartCliMapped, "sheet", tab.Name, "row", strconv.Itoa(r.Head), "as", r.Sheet))
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		m = start.Mapping{Sheet: *as}
		for _, text := range args[1:] {
			at := strings.LastIndexByte(text, '=') // a head may hold one, a field never does
			if at < 1 {
				return misused(cmd, nl.T(words.StartCliBadColumn, "got", text))
			}
			m.Columns = append(m.Columns, start.Column{Head: strings.TrimSpace(text[:at]), Field: strings.TrimSpace(text[at+1:])})
		}
		return act(cmd, args)
	}
	return cmd
}

// tabOf is the tab with a name, or the only one.
func tabOf(book workbook.Book, name string) (workbook.Sheet, error) {
	var names []string
	for _, s := range book.Sheets {
		if data.SortKey(s.Name) == data.SortKey(name) || name == "" && len(book.Sheets) == 1 {
			return s, nil
		}
		names = append(names, data.Clean(s.Name, 80))
	}
	return workbook.Sheet{}, &data.Invalid{Field: "sheet", Why: data.WhyNotOneOf, Want: strings.Join(names, ", "), Got: data.Clean(name, 80)}
}

// tellHeads says what the columns of a tab seem to be, and what to type to have them remembered so.
func (c *cli) tellHeads(h *house, file string, tab workbook.Sheet, as string) error {
	var sheet start.Sheet
	var names []string
	for _, one := range h.start.Sheets() {
		names = append(names, one.Name())
		if data.SortKey(one.Name()) == data.SortKey(as) {
			sheet = one
		}
	}
	if sheet == nil {
		return &data.Invalid{Field: "sheet", Why: data.WhyNotOneOf, Want: strings.Join(names, ", "), Got: data.Clean(as, 60)}
	}
	fields, likely, found := start.FieldNames(sheet), start.HeadRow{}, false
	if likely, found = start.Guess(sheet, tab); c.json {
		return c.printJSON(map[string]any{"sheet": tab.Name, "as": sheet.Name(), "fields": fields, "rows": start.HeadRows(tab), "likely": likely.Row})
	}
	if !found {
		return &data.Invalid{Field: "file", Why: start.WhyNoSheet, Want: sheet.Name()}
	}
	lines := []string{nl.T(words.StartCliHeads, "sheet", tab.Name, "row", strconv.Itoa(likely.Row), "as", sheet.Name())}
	command := []string{"digibrug start map", quoted(file), "--sheet", quoted(tab.Name), "--as", quoted(sheet.Name())}
	for _, head := range likely.Heads {
		at, text := workbook.Letter(head.Column), data.Clean(head.Text, 60)
		if head.Field == "" {
			lines = append(lines, nl.T(words.StartCliNoField, "column", at, "name", text))
			continue
		}
		lines = append(lines, nl.T(words.StartCliField, "column", at, "name", text, "field", head.Field))
		command = append(command, quoted(data.Clean(head.Text, 0)+"="+head.Field))
	}
	lines = append(lines, nl.T(words.StartCliFields, "sheet", sheet.Name(), "names", strings.Join(fields, ", ")),
		nl.T(words.StartCliTypeMap), "  "+strings.Join(command, " "))
	for _, line := range lines {
		if err := c.say(line); err != nil {
			return err
		}
	}
	return nil
}

// importFolder is the folder of the data directory from which the screens read workbooks.
const importFolder = "in"

// startDesk is what the room of imports works with. The folder is made when it isn't there; where that can't be, the
// room has no files.
func (h *house) startDesk(cfg Config, log *slog.Logger) screen.Desk {
	folder := cfg.path(importFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		log.Warn("the folder of imports can't be made", "folder", folder, "err", err)
	}
	return screen.Desk{Store: h.start, In: folder, Paste: cfg.Limits.PasteBytes}
}
