package recruitdesk

import (
	"context"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// shelf has the papers of procedures; papers.RecruitShelf is one.
type shelf interface {
	Of(p recruit.Summary) []papers.RecruitKind
	Named(ctx context.Context, by data.Actor, procedure string) (recruit.Summary, []papers.RecruitKind, error)
	Make(ctx context.Context, by data.Actor, kind string, w papers.Wanted) (papers.Written, error)
}

// Printer makes papers of procedures, and sends them in a form to where their maker fetches them.
type Printer struct {
	Shelf shelf
	Send  func(ctx context.Context, by data.Actor, w papers.Written, f papers.Format) (outbox.Paper, error)
}

// printable are the papers that the recruiter can have of a procedure now; none without a printer.
func (d desk) printable(f file) []papers.RecruitKind {
	if d.Printer == nil {
		return nil
	}
	return d.Printer.Shelf.Of(recruit.Summary{Procedure: f.Procedure, Duties: []recruit.Duty{recruit.Recruiter}})
}

// papersOf lists the papers of a procedure.
func (d desk) papersOf(id string) shell.Screen {
	type all struct {
		of    recruit.Summary
		kinds []papers.RecruitKind
	}
	return page.NewSheet(d.S, page.Sheeted[all]{
		Title: func(all) string { return d.S.T(words.RecruitprintTitle) },
		Doing: words.RecruitdeskLoading,
		Load: func() (a all, err error) {
			a.of, a.kinds, err = d.Printer.Shelf.Named(d.ctx(), d.By(), id)
			return a, err
		},
		Columns: []parts.Column{{Title: words.RecruitprintColPaper, Min: 30, Grow: 1}, {Title: words.RecruitprintColForms, Min: 25, Drop: 1}},
		Rows: func(a all) []parts.Row {
			rows := make([]parts.Row, len(a.kinds))
			for i, k := range a.kinds {
				var forms []string
				for _, f := range k.Formats {
					forms = append(forms, strings.TrimPrefix(f.Ext(), "."))
				}
				rows[i] = parts.Row{ID: k.Name, Cells: []string{d.S.T(k.Title), strings.Join(forms, ", ")}}
			}
			return rows
		},
		Top: func(pg page.Page, a all) []string {
			leads := []string{d.S.T(words.RecruitprintLead)}
			if !nameable(a.of.State) {
				leads = append(leads, d.S.T(words.RecruitprintLeadSealed))
			}
			return append([]string{pg.Headline(a.of.Title)}, d.quiet(pg, leads...)...)
		},
		Opens: words.RecruitprintOpen,
		Open: func(a all, name string) tea.Cmd {
			if at := slices.IndexFunc(a.kinds, func(k papers.RecruitKind) bool { return k.Name == name }); at >= 0 {
				return shell.Open(d.print(a.of.Procedure, a.kinds[at]))
			}
			return nil
		},
	})
}

// print makes one paper: in which form, and what candidates get also of whom and in which language.
func (d desk) print(p recruit.Procedure, k papers.RecruitKind) shell.Screen {
	return page.NewTask(d.S, words.RecruitprintTitle, words.RecruitprintMaking, func() (b page.Brief, err error) {
		form := parts.Field{Name: "form", Label: words.RecruitprintForm, Kind: parts.Choice, Need: true, Value: string(papers.FormatPDF)}
		for _, f := range []papers.Format{papers.FormatPDF, papers.FormatXLSX, papers.FormatTable, papers.FormatCSV, papers.FormatJSON} {
			if slices.Contains(k.Formats, f) {
				form.Options = append(form.Options, parts.Option{Value: string(f), Label: d.S.T(formatName(f))})
			}
		}
		fields := []parts.Field{form}
		if k.Candidates() {
			who, err := d.whose(p)
			if err != nil {
				return b, err
			}
			fields = []parts.Field{who, d.inLanguage(), form}
		}
		return page.Brief{Title: d.S.T(k.Title), Head: []page.Fact{page.Named(words.RecruitpaperProcedure, p.Title)}, Body: parts.NewForm(words.RecruitprintMake, fields...), Do: func(f parts.Form) (page.Outcome, error) {
			w, err := d.Printer.Shelf.Make(d.ctx(), d.By(), k.Name, papers.Wanted{Procedure: p.ID, Label: f.Value("candidate"), Lang: words.Lang(f.Value("language"))})
			if err != nil {
				return page.Outcome{}, err
			}
			sent, err := d.Printer.Send(d.ctx(), d.By(), w, papers.Format(f.Value("form")))
			return page.Outcome{Said: words.ReportMade, Args: []any{"name", sent.Name}}, err
		}}, nil
	})
}

// whose asks for one of the candidates who have a score, or all of them.
func (d desk) whose(p recruit.Procedure) (parts.Field, error) {
	who := parts.Field{Name: "candidate", Label: words.RecruitprintCandidate, Hint: words.RecruitprintCandidateHint, Kind: parts.Choice,
		Options: []parts.Option{{Value: "", Label: d.S.T(words.RecruitprintEverybody)}}}
	scores, err := d.Store.Scores(d.ctx(), d.By(), p.ID)
	if err != nil {
		return who, err
	}
	names, err := d.nameMap(p)
	for _, s := range scores {
		if s.Sat() {
			who.Options = append(who.Options, parts.Option{Value: s.Label, Label: strings.TrimSpace(s.Label + " " + names[s.Label])})
		}
	}
	return who, err
}

// inLanguage asks in which language candidates read their report.
func (d desk) inLanguage() parts.Field {
	all := []parts.Option{{Value: string(papers.AsInvited), Label: d.S.T(words.RecruitprintAsInvited)}}
	for _, l := range words.Langs() {
		all = append(all, parts.Option{Value: string(l), Label: l.Name()})
	}
	return parts.Field{Name: "language", Label: words.RecruitprintLanguage, Hint: words.RecruitprintLanguageHint, Kind: parts.Choice, Options: all}
}

func formatName(f papers.Format) words.Key {
	switch f {
	case papers.FormatPDF:
		return words.RecruitprintPDF
	case papers.FormatXLSX:
		return words.RecruitprintXLSX
	case papers.FormatCSV:
		return words.RecruitprintCSV
	case papers.FormatJSON:
		return words.RecruitprintJSON
	}
	return words.RecruitprintText
}
