package recruitdesk

import (
	"slices"
	"strconv"

	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// listed is a procedure with what it still lacks.
type listed struct {
	recruit.Summary
	lacks   int                // what keeps a draft from opening
	marking *recruit.LackError // what keeps the scores of a closed test from being frozen; nil: nothing
}

// list shows the procedures that the visitor runs, the newest first.
func (d desk) list() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]listed]{
		Title: func([]listed) string { return d.S.T(words.RecruitdeskTitle) },
		Doing: words.RecruitdeskLoading,
		Load:  d.listed,
		Columns: []parts.Column{{Title: words.RecruitdeskColProcedure, Min: 18, Grow: 2}, {Title: words.RecruitdeskColState, Min: 11}, {Title: words.RecruitdeskColDay, Min: 10},
			{Title: words.RecruitdeskColCandidates, Min: 10, Right: true, Drop: 2}, {Title: words.RecruitdeskColLacks, Min: 17, Drop: 1}},
		Rows: d.listRows, Foot: d.listFoot,
		None: words.RecruitdeskNone, Filter: true, Opens: words.RecruitdeskOpen,
		Open: func(_ []listed, id string) tea.Cmd { return shell.Open(d.procedure(id)) },
		Ways: func([]listed, string) []page.Way {
			return []page.Way{{Key: d.Letter("n", words.RecruitdeskNew), Open: d.presets}}
		},
	})
}

func (d desk) listed() (all []listed, err error) {
	found, err := d.Store.Procedures(d.ctx(), d.By())
	if err != nil {
		return nil, err
	}
	for _, s := range found {
		if !slices.Contains(s.Duties, recruit.Recruiter) {
			continue // who watches or judges there has another room for it
		}
		one := listed{Summary: s}
		if s.State == recruit.Draft {
			lacks, err := d.Store.Checklist(d.ctx(), d.By(), s.ID)
			if err != nil {
				return nil, err
			}
			one.lacks = blocking(lacks)
		}
		if s.State == recruit.Closed {
			if one.marking, err = d.Store.Lacking(d.ctx(), d.By(), s.ID); err != nil {
				return nil, err
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// blocking counts what keeps a procedure from opening.
func blocking(all []recruit.Missing) (n int) {
	for _, m := range all {
		if m.Blocks() {
			n++
		}
	}
	return n
}

func (d desk) listRows(all []listed) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, p := range all {
		first := d.span(recruit.Days{From: p.Days.From}) // the foot has them all
		rows[i] = parts.Row{ID: p.ID, Cells: []string{p.Title, d.state(p.State), first, strconv.Itoa(p.Candidates), d.stands(p)}}
	}
	return rows
}

// listFoot is all of a row whose title or days may be cut.
func (d desk) listFoot(all []listed, id string) string {
	for _, p := range all {
		if p.ID == id {
			text := p.Title + " · " + d.span(p.Days) + " · " + d.stands(p)
			if p.marking != nil {
				text += ": " + d.waitsFor(p.marking)
			}
			return text
		}
	}
	return ""
}

// stands says what a procedure waits for.
func (d desk) stands(p listed) string {
	switch {
	case p.State == recruit.Draft && p.lacks > 0:
		return d.S.T(words.RecruitdeskLacksN, "n", p.lacks)
	case p.State == recruit.Draft:
		return d.S.T(words.RecruitdeskReady)
	case p.State == recruit.Open:
		return d.S.T(words.RecruitdeskEndedN, "n", p.Ended, "all", p.Candidates)
	case p.State == recruit.Closed && p.marking != nil:
		return d.S.T(words.RecruitdeskMarkingOn)
	case p.State == recruit.Closed:
		return d.S.T(words.RecruitdeskToScore)
	case p.State == recruit.Scored:
		return d.S.T(words.RecruitdeskToName)
	case p.State == recruit.Named:
		return d.S.T(words.RecruitdeskToDecide)
	}
	return "-"
}

// presets asks in which way a procedure is set up.
func (d desk) presets() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]recruit.Preset]{
		Title:   func([]recruit.Preset) string { return d.S.T(words.RecruitdeskNewTitle) },
		Doing:   words.RecruitdeskLoading,
		Load:    func() ([]recruit.Preset, error) { return recruit.Presets(), nil },
		Columns: []parts.Column{{Title: words.RecruitdeskColPreset, Min: 20, Grow: 1}, {Title: words.RecruitdeskColFor, Min: 26, Grow: 2}},
		Rows: func(all []recruit.Preset) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, p := range all {
				rows[i] = parts.Row{ID: string(p), Cells: []string{d.S.T(presetName(p)), d.S.T(presetFor(p))}}
			}
			return rows
		},
		Top: func(p page.Page, _ []recruit.Preset) []string {
			return p.Paragraphs(d.S.T(words.RecruitdeskPresetLead))
		},
		Foot: func(_ []recruit.Preset, id string) string {
			if recruit.Preset(id) == recruit.PresetLarge {
				return d.S.T(words.RecruitdeskLargeIs)
			}
			return d.S.T(words.RecruitdeskSmallIs)
		},
		Opens: words.RecruitdeskChoose,
		Open:  func(_ []recruit.Preset, id string) tea.Cmd { return shell.Replace(d.create(recruit.Preset(id))) },
	})
}

func presetName(p recruit.Preset) words.Key {
	if p == recruit.PresetLarge {
		return words.RecruitdeskLarge
	}
	return words.RecruitdeskSmall
}

func presetFor(p recruit.Preset) words.Key {
	if p == recruit.PresetLarge {
		return words.RecruitdeskLargeFor
	}
	return words.RecruitdeskSmallFor
}
