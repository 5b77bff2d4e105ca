package recruitdesk

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// Lengths that the store takes; the longer ones are for texts that are printed.
const (
	longestTitle = 120
	longestLine  = 200
	longestText  = 2000
	longestNames = 8000
)

// detailNames are the fields of the form for what the store calls otherwise.
func detailNames() map[string]string {
	return map[string]string{"days.open": "hours", "days.close": "hours", "pass.total": "pass.total", "pass.*": "part", "blueprint.*": "domains"}
}

// create makes a procedure by a preset.
func (d desk) create(preset recruit.Preset) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskNewTitle, words.RecruitdeskSaving, func() (b page.Brief, err error) {
		all, err := d.Organisations.Organisations(d.ctx())
		if err != nil {
			return b, err
		}
		who := parts.Field{Name: "organisation", Label: words.RecruitdeskOrganisation, Kind: parts.Choice, Need: true}
		for _, o := range all {
			who.Options = append(who.Options, parts.Option{Value: o.ID, Label: o.Name})
		}
		p := recruit.Procedure{Details: preset.Of(nil, after(d.today(), 14))}
		fields, err := d.fields(p)
		if err != nil {
			return page.Brief{}, err
		}
		fields = slices.Insert(fields, 2, who)
		return page.Brief{Title: d.S.T(presetName(preset)), Lead: words.RecruitdeskNewLead, Body: parts.NewForm(words.RecruitdeskMake, fields...),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				p := recruit.Procedure{OrganisationID: f.Value("organisation"), Details: preset.Of(f.Values("domains"), f.Value("days.from"))}
				if err := d.fill(&p, f); err != nil {
					return o, err
				}
				made, err := d.Store.Create(d.ctx(), d.By(), p)
				if err != nil {
					return o, renamed(err, detailNames())
				}
				return page.Outcome{Said: words.RecruitdeskMade, Args: []any{"title", made.Title}, Next: d.procedure(made.ID)}, nil
			}}, nil
	})
}

// change changes what a draft says. The form begins at a field; empty: at the first.
func (d desk) change(p recruit.Procedure, at string) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskChangeTitle, words.RecruitdeskSaving, func() (page.Brief, error) {
		fields, err := d.fields(p)
		if err != nil {
			return page.Brief{}, err
		}
		body := parts.NewForm(words.RecruitdeskSave, fields...)
		if at != "" {
			body = body.On(d.S.Look(), at)
		}
		return page.Brief{Title: p.Title, Lead: words.RecruitdeskChangeLead, Body: body,
			Do: func(f parts.Form) (o page.Outcome, err error) {
				next := p
				next.Blueprint = asks(p.Blueprint, f.Values("domains"))
				next.Written, next.ByHand = keeps(p.Written, f.Values("domains"))
				if err := d.fill(&next, f); err != nil {
					return o, err
				}
				_, err = d.Store.Change(d.ctx(), d.By(), next)
				return page.Outcome{Said: words.RecruitdeskSaved}, renamed(err, detailNames())
			}}, nil
	})
}

// fields are what everybody sets of a procedure.
func (d desk) fields(p recruit.Procedure) ([]parts.Field, error) {
	domains, err := d.domains()
	if err != nil {
		return nil, err
	}
	chosen := p.Blueprint.Domains()
	return []parts.Field{
		{Name: "title", Label: words.RecruitdeskName, Hint: words.RecruitdeskNameHint, Need: true, Max: longestTitle, Value: p.Title},
		{Name: "vacancy", Label: words.RecruitdeskVacancy, Hint: words.RecruitdeskVacancyHint, Digits: true, Max: longestLine, Value: p.Vacancy},
		{Name: "profile", Label: words.RecruitdeskProfile, Hint: words.RecruitdeskProfileHint, Kind: parts.Lines, Rows: 2, Max: longestText, Value: p.Profile},
		{Name: "domains", Label: words.RecruitdeskDomains, Hint: words.RecruitdeskDomainsHint, Kind: parts.Many, Need: true, Options: domains, Value: strings.Join(chosen, "\n")},
		{Name: "days.from", Label: words.RecruitdeskDay, Kind: parts.Day, Need: true, Value: p.Days.From},
		{Name: "days.until", Label: words.RecruitdeskUntil, Kind: parts.Day, Need: true, Value: p.Days.Until},
		{Name: "hours", Label: words.RecruitdeskHours, Hint: words.RecruitdeskHoursHint, Need: true, Digits: true, Max: 40, Value: hours(p.Days),
			Check: func(text string) error { return parseHours(text, &recruit.Days{}) }},
		{Name: "minutes", Label: words.RecruitdeskMinutes, Kind: parts.Number, Need: true, Low: 5, High: 480, Value: strconv.Itoa(p.Minutes)},
		{Name: "place", Label: words.RecruitdeskPlace, Hint: words.RecruitdeskPlaceHint, Max: longestLine, Value: p.Place},
		{Name: "practical", Label: words.RecruitdeskPractical, Hint: words.RecruitdeskPracticalHint, Kind: parts.Lines, Rows: 3, Max: longestText, Value: p.Practical},
		{Name: "contact", Label: words.RecruitdeskContact, Hint: words.RecruitdeskContactHint, Digits: true, Max: longestLine, Value: p.Contact},
		{Name: "on", Label: words.RecruitdeskOn, Hint: words.RecruitdeskOnHint, Kind: parts.Number, Need: true, Low: 0, High: 1000, Value: strconv.Itoa(p.OnPoints)},
		{Name: "pass.total", Label: words.RecruitdeskPass, Kind: parts.Number, Need: true, Low: 1, High: 100, Value: strconv.Itoa(p.Pass.Total)},
		{Name: "part", Label: words.RecruitdeskPart, Hint: words.RecruitdeskPartHint, Kind: parts.Number, Low: 0, High: 100, Value: partMark(p)},
	}, nil
}

// oneLine is a text as it fits in a field of one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// partMark is the mark that all parts share, 0 for none; empty where they differ, 50 where nothing is asked yet.
func partMark(p recruit.Procedure) string {
	domains := p.Blueprint.Domains()
	if len(domains) == 0 {
		return "50"
	}
	mark := p.Pass.Parts[domains[0]]
	for _, domain := range domains {
		if p.Pass.Parts[domain] != mark {
			return ""
		}
	}
	return strconv.Itoa(mark)
}

// fill takes over what was filled in.
func (d desk) fill(p *recruit.Procedure, f parts.Form) error {
	p.Title, p.Vacancy, p.Profile = f.Value("title"), f.Value("vacancy"), f.Value("profile")
	p.Days.From, p.Days.Until = f.Value("days.from"), f.Value("days.until")
	p.Place, p.Practical, p.Contact = f.Value("place"), f.Value("practical"), f.Value("contact")
	p.Minutes, p.OnPoints, p.Pass.Total = whole(f.Value("minutes")), whole(f.Value("on")), whole(f.Value("pass.total"))
	p.Pass.Parts = marks(p.Pass.Parts, p.Blueprint.Domains(), f.Value("part"))
	if p.Purpose == "" && p.Vacancy != "" {
		p.Purpose = d.S.T(words.RecruitdeskPurposeIs, "vacancy", p.Vacancy)
	}
	return parseHours(f.Value("hours"), &p.Days)
}

// marks gives every domain its mark: the one that was typed, or where none was its own.
func marks(old map[string]int, domains []string, typed string) map[string]int {
	all := map[string]int{}
	for _, domain := range domains {
		mark := old[domain]
		if typed != "" {
			mark = whole(typed)
		}
		if mark > 0 {
			all[domain] = mark
		}
	}
	return all
}

// asks is a blueprint for these domains: what it asks of one that it had stays, another gets what the preset asks.
func asks(old quiz.Blueprint, domains []string) (b quiz.Blueprint) {
	fresh := recruit.PresetSmall.Of(domains, "").Blueprint
	for _, domain := range domains {
		from := fresh
		if slices.Contains(old.Domains(), domain) {
			from = old
		}
		for _, c := range from.Cells {
			if c.Domain == domain {
				b.Cells = append(b.Cells, c)
			}
		}
	}
	return b
}

// shownFact is something that a page only shows.
type shownFact struct{ name, value string }

// shown is a page of facts.
func (d desk) shown(title string, facts func() []shownFact) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]shownFact]{
		Title:   func([]shownFact) string { return title },
		Doing:   words.RecruitdeskLoading,
		Load:    func() ([]shownFact, error) { return facts(), nil },
		Columns: []parts.Column{{Title: words.RecruitdeskColWhat, Min: 24, Grow: 1}, {Title: words.RecruitdeskColHow, Min: 26, Grow: 2}},
		Rows: func(all []shownFact) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, f := range all {
				rows[i] = parts.Row{ID: strconv.Itoa(i), Cells: []string{f.name, f.value}}
			}
			return rows
		},
		Foot: func(all []shownFact, id string) string { return all[whole(id)].name + ": " + all[whole(id)].value },
	})
}

// facts are what a procedure says, for who only looks.
func (d desk) facts(p recruit.Procedure) shell.Screen {
	return d.shown(p.Title, func() (all []shownFact) {
		var titles []string
		for _, domain := range p.Blueprint.Domains() {
			titles = append(titles, d.Tests.DomainTitle(domain))
		}
		for _, f := range []page.Fact{page.Named(words.RecruitdeskVacancy, p.Vacancy), page.Named(words.RecruitdeskOrganisation, p.Organisation),
			page.Named(words.RecruitdeskProfile, p.Profile), page.Named(words.RecruitdeskDomains, strings.Join(titles, ", ")),
			page.Named(words.RecruitdeskDay, d.span(p.Days)+", "+hours(p.Days)), page.Named(words.RecruitdeskFactMinutes, d.S.T(words.RecruitdeskMinutesAre, "n", p.Minutes)),
			page.Named(words.RecruitdeskPlace, p.Place), page.Named(words.RecruitdeskPractical, p.Practical), page.Named(words.RecruitdeskContact, p.Contact),
			page.Named(words.RecruitdeskFactPass, d.rule(p)), page.Named(words.RecruitdeskFrozen, p.Frozen), page.Named(words.RecruitdeskScoredHash, p.ScoredHash)} {
			if f.Value != "" {
				all = append(all, shownFact{d.S.T(f.Label), oneLine(f.Value)})
			}
		}
		return all
	})
}

// rule says in a sentence who passes.
func (d desk) rule(p recruit.Procedure) string {
	text := d.S.T(words.RecruitdeskPassIs, "total", p.Pass.Total, "on", p.OnPoints)
	if part := partMark(p); part != "" && part != "0" {
		text += d.S.T(words.RecruitdeskPartIs, "part", part)
	}
	return text
}

// asDay is a stored day, or a dash.
func (d desk) asDay(stored string) string {
	if _, err := data.ParseDay(stored); err != nil {
		return "-"
	}
	return d.Day(stored)
}
