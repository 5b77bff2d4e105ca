package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/loans/figures"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
)

// shelf is the papers of a house; of an empty one, their names and who may have them.
func (h *house) shelf() *papers.Shelf {
	all := []papers.Paper{papers.Accounts(h.accounts, h.settings), papers.Campaigns(h.quiz), papers.Groups(h.quiz), papers.Audit(h.db)}
	all = append(all, papers.LoanLists{Loans: h.loans, People: h.people, Places: h.calendar, Now: h.db.Now}.Papers()...)
	all = append(all, papers.LoanBooks(h.loanPapers()))
	all = append(all, papers.CourseLists{Courses: h.courses, Now: h.db.Now}.Papers()...)
	all = append(all, papers.RecruitLists{Recruit: h.recruit, Titles: h.quiz}.Papers()...)
	all = append(all, papers.Activities{Store: h.children, Now: h.db.Now}.Papers()...)
	past := figures.NewStore(h.db)
	all = append(all, papers.LoanUse(past), papers.LoanDemand(past), papers.LoanDamage(past), papers.LoanForecast(past))
	all = append(all, papers.ProgrammeList(h.publicProgramme()))
	return papers.NewShelf(h.db, h.settings, all...)
}

func (c *cli) reportCommand() *cobra.Command {
	subs := []*cobra.Command{c.reportList()}
	for _, p := range new(house).shelf().All() {
		subs = append(subs, c.reportPaper(p))
	}
	return c.group("report", words.PaperReport, subs...)
}

func (c *cli) reportList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.PaperList), Args: takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			type paper struct {
				Name  string            `json:"name"`
				Title string            `json:"title"`
				Roles []data.Role       `json:"roles"`
				Asks  []papers.Question `json:"asks"`
			}
			out := []paper{}
			rows := [][]string{{nl.T(words.PaperColPaper), nl.T(words.CliColTitle), nl.T(words.PaperColFor), nl.T(words.PaperColAsks)}}
			for _, p := range new(house).shelf().All() {
				out = append(out, paper{p.Name, nl.T(p.Title), p.Roles, append([]papers.Question{}, p.Asks...)})
				var asks []string
				for _, q := range p.Asks {
					asks = append(asks, "--"+string(q))
				}
				rows = append(rows, []string{p.Name, nl.T(p.Title), roleNames(nil, p.Roles), strings.Join(asks, " ")})
			}
			if c.json {
				return c.printJSON(out)
			}
			return c.table(rows)
		}}
}

// reportPaper is the command that makes one paper.
func (c *cli) reportPaper(p papers.Paper) *cobra.Command {
	cmd := &cobra.Command{Use: p.Name, Short: nl.T(p.Title), Args: takes(0, 0)}
	format := cmd.Flags().String("format", "", nl.T(words.PaperFlagFormat, "formats", papers.FormatNames()))
	out := cmd.Flags().String("out", "", nl.T(words.PaperFlagOut))
	var ask papers.Ask
	if slices.Contains(p.Asks, papers.AsksCampaign) {
		cmd.Flags().StringVar(&ask.Campaign, string(papers.AsksCampaign), "", nl.T(words.PaperFlagCampaign))
	}
	if slices.Contains(p.Asks, papers.AsksSeries) {
		cmd.Flags().StringVar(&ask.Series, string(papers.AsksSeries), "", nl.T(words.PaperFlagSeries))
	}
	if slices.Contains(p.Asks, papers.AsksCourse) {
		cmd.Flags().StringVar(&ask.Course, string(papers.AsksCourse), "", nl.T(words.PaperFlagCourse))
	}
	if slices.Contains(p.Asks, papers.AsksProcedure) {
		cmd.Flags().StringVar(&ask.Procedure, string(papers.AsksProcedure), "", nl.T(words.RecruitpaperFlag))
	}
	if slices.Contains(p.Asks, papers.AsksLimit) {
		cmd.Flags().IntVar(&ask.Limit, string(papers.AsksLimit), papers.DefaultLimit, nl.T(words.PaperFlagLimit))
	}
	if slices.Contains(p.Asks, papers.AsksFrom) {
		cmd.Flags().StringVar(&ask.From, string(papers.AsksFrom), "", nl.T(words.PaperFlagDay))
	}
	if slices.Contains(p.Asks, papers.AsksUntil) {
		cmd.Flags().StringVar(&ask.Until, string(papers.AsksUntil), "", nl.T(words.PaperFlagDay))
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if ask, err = askedDays(ask); err != nil {
			return err
		}
		if needed := p.Needs(); needed != "" {
			if err := needs(cmd, string(needed)); err != nil {
				return err
			}
		}
		if slices.Contains(p.Asks, papers.AsksLimit) && ask.Limit == 0 { // which means the default elsewhere
			return misused(cmd, nl.T(words.CliFlagWrong, "name", "--"+string(papers.AsksLimit), "got", ask.Limit))
		}
		f, err := c.reportFormat(cmd, *format, *out)
		if err != nil {
			return err
		}
		sheet, err := c.fill(cmd.Context(), p.Name, ask)
		if err != nil {
			return err
		}
		if *out == "" {
			return c.printSheet(f, sheet)
		}
		if err := c.writeSheet(*out, f, sheet); err != nil {
			return err
		}
		return c.done(map[string]any{"name": p.Name, "format": f, "out": *out, "rows": len(sheet.Rows)},
			nl.T(words.PaperDone, "title", sheet.Title, "path", *out))
	}
	return cmd
}

// askedDays gives an ask with its days as they are stored; empty ones stay empty.
func askedDays(ask papers.Ask) (papers.Ask, error) {
	for _, one := range []struct {
		name papers.Question
		day  *string
	}{{papers.AsksFrom, &ask.From}, {papers.AsksUntil, &ask.Until}} {
		if *one.day == "" {
			continue
		}
		at, err := typedDay("--"+string(one.name), *one.day)
		if err != nil {
			return ask, err
		}
		*one.day = at.Format(data.DayLayout)
	}
	return ask, nil
}

// reportFormat is the format that was asked for: by name, by --json, by the name of the file.
func (c *cli) reportFormat(cmd *cobra.Command, format, out string) (papers.Format, error) {
	f, known := papers.FormatOf(out)
	switch {
	case cmd.Flags().Changed("format"):
		asked, err := papers.ParseFormat(format)
		if err != nil {
			return "", misused(cmd, sentence(err))
		}
		if known && asked != f { // a table in a file called .xlsx opens nowhere
			return "", misused(cmd, nl.T(words.PaperOtherName, "format", string(asked), "path", out))
		}
		f = asked
	case c.json && !known:
		f = papers.FormatJSON
	case !known:
		f = papers.FormatTable
	}
	_, screen := c.screen()
	switch {
	case c.json && out == "" && f != papers.FormatJSON:
		return "", misused(cmd, nl.T(words.PaperTwoFormats, "format", string(f)))
	case f.Binary() && out == "" && screen:
		return "", misused(cmd, nl.T(words.PaperNoTerminal, "format", string(f)))
	}
	return f, nil
}

// screen tells whether stdout is a terminal, and how wide.
func (c *cli) screen() (width int, is bool) {
	file, ok := c.out.(interface{ Fd() uintptr })
	if !ok || !term.IsTerminal(file.Fd()) {
		return 0, false
	}
	width, _, err := term.GetSize(file.Fd())
	if err != nil {
		return 0, true
	}
	return width, true
}

func (c *cli) fill(ctx context.Context, name string, ask papers.Ask) (s papers.Sheet, err error) {
	h, err := c.enter(ctx)
	if err != nil {
		return s, err
	}
	defer h.leave(&err)
	return h.shelf().Fill(ctx, c.by(), name, ask)
}

// printSheet writes a sheet on stdout, a table as wide as the terminal.
func (c *cli) printSheet(f papers.Format, s papers.Sheet) error {
	if width, is := c.screen(); is && f == papers.FormatTable {
		_, err := fmt.Fprint(c.out, s.Table(width))
		return err
	}
	return papers.Write(c.out, f, s)
}

// writeSheet writes a sheet into a file, all of it or none.
func (c *cli) writeSheet(path string, f papers.Format, s papers.Sheet) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return failed(nil, nl.T(words.PaperNoFile, "path", path))
	}
	var text bytes.Buffer
	if err := papers.Write(&text, f, s); err != nil {
		return err
	}
	return replaceFile(path, text.Bytes())
}
