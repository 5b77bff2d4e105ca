package recruitdesk

import (
	"strconv"
	"strings"

	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// seated is a candidate, with the name where the list may be read.
type seated struct {
	recruit.Candidate
	name recruit.Name
}

// roster is the candidates of a procedure.
type roster struct {
	recruit.Procedure
	all   []seated
	named bool // the names may be read now
}

func (r roster) find(id string) (seated, bool) {
	for _, c := range r.all {
		if c.ID == id {
			return c, true
		}
	}
	return seated{}, false
}

// called is what a candidate is called here: the name where it is known, else the label.
func (r roster) called(c seated) string {
	if r.named {
		return fullName(c.name)
	}
	return c.Label
}

func fullName(n recruit.Name) string { return strings.TrimSpace(n.Given + " " + n.Family) }

// roster reads the candidates. Reading names is audited: it happens only where there are some to read.
func (d desk) roster(id string) (r roster, err error) {
	if r.Procedure, err = d.Store.Procedure(d.ctx(), d.By(), id); err != nil {
		return r, err
	}
	all, err := d.Store.Candidates(d.ctx(), d.By(), id)
	if err != nil {
		return r, err
	}
	sealed, err := d.Store.Sealed(d.ctx(), d.By(), id)
	if err != nil {
		return r, err
	}
	names := map[string]recruit.Name{}
	if r.named = !sealed && len(all) > 0; r.named {
		found, err := d.Store.Names(d.ctx(), d.By(), id)
		if err != nil {
			return r, err
		}
		for _, n := range found {
			names[n.CandidateID] = n.Name
		}
	}
	for _, c := range all {
		r.all = append(r.all, seated{c, names[c.ID]})
	}
	return r, nil
}

// candidates shows who takes the test.
func (d desk) candidates(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[roster]{
		Title: func(roster) string { return d.S.T(words.RecruitdeskCandidatesTitle) },
		Doing: words.RecruitdeskLoading,
		Load:  func() (roster, error) { return d.roster(id) },
		Columns: []parts.Column{{Title: words.RecruitdeskColLabel, Min: 6}, {Title: words.RecruitdeskColName, Min: 16, Grow: 2}, {Title: words.RecruitdeskColContact, Min: 18, Grow: 1, Drop: 2},
			{Title: words.RecruitdeskColSettings, Min: 10, Grow: 1, Drop: 1}, {Title: words.RecruitdeskColCode, Min: 10}},
		Rows: d.rosterRows,
		Top:  d.rosterTop,
		Foot: func(r roster, id string) string {
			c, _ := r.find(id)
			if set := d.settings(c.Candidate); set != "" {
				return d.S.T(words.RecruitdeskSettingsAre, "who", r.called(c), "settings", set)
			}
			return ""
		},
		None: words.RecruitdeskCandidatesNone, Filter: true, Opens: words.RecruitdeskDoSettings,
		Open: func(r roster, id string) tea.Cmd {
			if c, ok := r.find(id); ok && r.takes() && !c.Withdrawn {
				return shell.Open(d.accommodate(r, c))
			}
			return nil
		},
		Ways: d.rosterWays,
	})
}

// takes tells whether candidates can be added, changed or taken off.
func (r roster) takes() bool { return r.State == recruit.Draft || r.State == recruit.Open }

func (d desk) rosterTop(p page.Page, r roster) []string {
	lines := []string{p.Headline(r.Title)}
	switch {
	case r.named && r.State == recruit.Draft:
		return append(lines, d.quiet(p, d.S.T(words.RecruitdeskNamesDraft))...)
	case r.named && r.State == recruit.Open:
		return append(lines, d.quiet(p, d.S.T(words.RecruitdeskNamesOpen))...)
	case r.named:
		return append(lines, d.quiet(p, d.S.T(words.RecruitdeskNamesAfter))...)
	case len(r.all) == 0:
		return lines
	}
	return append(lines, d.quiet(p, d.S.T(words.RecruitdeskNamesSealed))...)
}

func (d desk) rosterRows(r roster) []parts.Row {
	rows := make([]parts.Row, len(r.all))
	for i, c := range r.all {
		name, contact := d.S.T(words.RecruitdeskSealedName), "-"
		if r.named {
			name, contact = fullName(c.name), contactOf(c.name)
		}
		set := d.settings(c.Candidate)
		if set == "" {
			set = "-"
		}
		label := c.Label
		if r.State == recruit.Draft { // labels are dealt at the opening
			label = strconv.Itoa(i + 1)
		}
		rows[i] = parts.Row{ID: c.ID, Cells: []string{label, name, contact, set, d.code(c.Candidate)}}
	}
	return rows
}

func contactOf(n recruit.Name) string {
	for _, text := range []string{n.Email, n.Phone, n.Town} {
		if text != "" {
			return text
		}
	}
	return "-"
}

// code says in a word whether a candidate has a paper code.
func (d desk) code(c recruit.Candidate) string {
	switch {
	case c.Withdrawn:
		return d.S.T(words.RecruitdeskWithdrawn)
	case c.Code == "":
		return d.S.T(words.RecruitdeskNoCode)
	}
	return d.S.T(words.CodeState(c.Code))
}

// settings are the accommodations of a candidate in a few words, and the language of the help where that is not Dutch.
func (d desk) settings(c recruit.Candidate) string {
	var all []string
	add := func(is bool, key words.Key, args ...any) {
		if is {
			all = append(all, d.S.T(key, args...))
		}
	}
	add(c.Settings.Factor > 1, words.RecruitdeskSetFactor, "factor", decimal(c.Settings.Factor))
	add(c.Settings.Breaks > 0, words.RecruitdeskSetBreaks, "minutes", c.Settings.Breaks)
	add(c.Settings.Reading, words.RecruitdeskReading)
	add(c.Settings.Big, words.RecruitdeskBig)
	add(c.Settings.Untimed, words.RecruitdeskUntimed)
	add(c.Settings.Layout != "", words.RecruitdeskSetLayout, "layout", c.Settings.Layout)
	add(c.Language != "nl" && c.Language != "", words.RecruitdeskSetHelp, "language", c.Language)
	return strings.Join(all, ", ")
}

// rosterWays are the keys of the candidates.
func (d desk) rosterWays(r roster, id string) (all []page.Way) {
	if !r.takes() {
		return nil
	}
	all = append(all, page.Way{Key: d.Letter("n", words.RecruitdeskDoAdd), Open: func() shell.Screen { return d.add(r.Procedure) }})
	all = append(all, page.Way{Key: d.Letter("m", words.RecruitdeskDoSeveral), Open: func() shell.Screen { return d.several(r.Procedure) }})
	if d.In != "" {
		all = append(all, page.Way{Key: d.Letter("i", words.RecruitdeskDoImport), Open: func() shell.Screen { return d.files(r.Procedure) }})
	}
	c, on := r.find(id)
	if on && !c.Withdrawn {
		if r.named {
			all = append(all, page.Way{Key: d.Letter("w", words.RecruitdeskDoRename), Open: func() shell.Screen { return d.rename(c) }})
		}
		if c.Code != "" && d.Invitations != nil {
			all = append(all, page.Way{Key: d.Letter("h", words.RecruitdeskDoReprint), Open: func() shell.Screen { return d.reprinting(r.Procedure, c.Label) }})
		}
		all = append(all, page.Way{Key: d.Del(words.RecruitdeskDoWithdraw), Doing: words.RecruitdeskSaving,
			Ask: page.Question{Ask: words.RecruitdeskWithdrawAsk, Yes: words.RecruitdeskWithdrawYes, Args: []any{"who", r.called(c)}},
			Do: func() (page.Outcome, error) {
				return page.Outcome{Said: words.RecruitdeskWithdrew, Args: []any{"who", r.called(c)}}, d.Store.Withdraw(d.ctx(), d.By(), c.ID)
			}})
	}
	return all
}

// nameFields are who a candidate is and how to reach them.
func nameFields(n recruit.Name) []parts.Field {
	return []parts.Field{
		{Name: "given", Label: words.RecruitdeskGivenName, Max: 80, Value: n.Given},
		{Name: "family", Label: words.RecruitdeskFamily, Need: true, Max: 80, Value: n.Family},
		{Name: "email", Label: words.RecruitdeskMail, Max: 80, Value: n.Email},
		{Name: "phone", Label: words.RecruitdeskPhone, Digits: true, Max: 80, Value: n.Phone},
		{Name: "street", Label: words.RecruitdeskStreet, Hint: words.RecruitdeskStreetHint, Max: 80, Value: n.Street},
		{Name: "town", Label: words.RecruitdeskTown, Max: 80, Value: n.Town},
		{Name: "reference", Label: words.RecruitdeskReference, Hint: words.RecruitdeskReferenceHint, Max: 80, Value: n.Reference},
	}
}

func nameIn(f parts.Form) recruit.Name {
	return recruit.Name{Given: f.Value("given"), Family: f.Value("family"), Email: f.Value("email"), Phone: f.Value("phone"), Street: f.Value("street"),
		Town: f.Value("town"), Reference: f.Value("reference")}
}

// add takes a candidate, and then the next one: candidates come in a row.
func (d desk) add(p recruit.Procedure) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskAddTitle, words.RecruitdeskSaving, func() (page.Brief, error) {
		return page.Brief{Lead: words.RecruitdeskAddLead, Body: parts.NewForm(words.RecruitdeskAdd, nameFields(recruit.Name{})...),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				n := nameIn(f)
				_, err = d.Store.AddCandidates(d.ctx(), d.By(), p.ID, []recruit.NewCandidate{{Name: n}})
				return page.Outcome{Said: words.RecruitdeskAdded, Args: []any{"name", fullName(n)}, Next: d.add(p)}, err
			}}, nil
	})
}

// rowsOfNames is how many names show at once.
const rowsOfNames = 8

// several takes all candidates at once, a line each: for a small test the names are all that is needed.
func (d desk) several(p recruit.Procedure) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskDoSeveral, words.RecruitdeskSaving, func() (page.Brief, error) {
		names := parts.Field{Name: "names", Label: words.RecruitdeskNames, Hint: words.RecruitdeskNamesHint, Kind: parts.Lines, Rows: rowsOfNames, Need: true, Max: longestNames}
		return page.Brief{Title: p.Title, Lead: words.RecruitdeskAddLead, Body: parts.NewForm(words.RecruitdeskAdd, names),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				added, err := d.Store.AddCandidates(d.ctx(), d.By(), p.ID, recruit.TypedNames(f.Value("names")))
				return page.Outcome{Said: words.RecruitdeskImported, Args: []any{"n", len(added)}}, err
			}}, nil
	})
}

// rename corrects who a candidate is.
func (d desk) rename(c seated) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskDoRename, words.RecruitdeskSaving, func() (page.Brief, error) {
		return page.Brief{Title: fullName(c.name), Lead: words.RecruitdeskAddLead, Body: parts.NewForm(words.RecruitdeskSave, nameFields(c.name)...),
			Do: func(f parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.RecruitdeskSaved}, d.Store.Rename(d.ctx(), d.By(), c.ID, nameIn(f))
			}}, nil
	})
}

// accommodate sets what a candidate needs: what is set, and never why.
func (d desk) accommodate(r roster, c seated) shell.Screen {
	set := c.Settings
	factor := ""
	if set.Factor > 1 {
		factor = strconv.FormatFloat(set.Factor, 'f', -1, 64)
	}
	ticked := []string{}
	for name, on := range map[string]bool{"reading": set.Reading, "big": set.Big, "untimed": set.Untimed} {
		if on {
			ticked = append(ticked, name)
		}
	}
	options := []parts.Option{{Value: "reading", Label: d.S.T(words.RecruitdeskReading)}, {Value: "big", Label: d.S.T(words.RecruitdeskBig)}, {Value: "untimed", Label: d.S.T(words.RecruitdeskUntimed)}}
	languages := []parts.Option{{Value: "nl", Label: "Nederlands"}, {Value: "en", Label: "English"}, {Value: "fr", Label: "français"}}
	return page.NewTask(d.S, words.RecruitdeskDoSettings, words.RecruitdeskSaving, func() (page.Brief, error) {
		return page.Brief{Title: r.called(c), Lead: words.RecruitdeskSettingsLead, Body: parts.NewForm(words.RecruitdeskSave,
			parts.Field{Name: "factor", Label: words.RecruitdeskFactor, Hint: words.RecruitdeskFactorHint, Kind: parts.Number, Low: 1, High: 3, Value: factor},
			parts.Field{Name: "breaks", Label: words.RecruitdeskBreaks, Hint: words.RecruitdeskBreaksHint, Kind: parts.Number, Low: 0, High: 120, Value: strconv.Itoa(set.Breaks)},
			parts.Field{Name: "set", Label: words.RecruitdeskSet, Kind: parts.Many, Options: options, Value: strings.Join(ticked, "\n")},
			parts.Field{Name: "layout", Label: words.RecruitdeskLayout, Hint: words.RecruitdeskLayoutHint, Max: 20, Value: set.Layout},
			parts.Field{Name: "language", Label: words.RecruitdeskHelp, Hint: words.RecruitdeskHelpHint, Kind: parts.Choice, Options: languages, Value: c.Language}),
			Do: func(f parts.Form) (page.Outcome, error) {
				next := recruit.Settings{Breaks: whole(f.Value("breaks")), Layout: f.Value("layout")}
				next.Factor, _ = strconv.ParseFloat(f.Value("factor"), 64) // empty: as everybody
				for _, name := range f.Values("set") {
					next.Reading, next.Big, next.Untimed = next.Reading || name == "reading", next.Big || name == "big", next.Untimed || name == "untimed"
				}
				return page.Outcome{Said: words.RecruitdeskSaved}, d.Store.SetSettings(d.ctx(), d.By(), c.ID, f.Value("language"), next)
			}}, nil
	})
}
