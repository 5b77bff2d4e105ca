package groups

import (
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// apply makes draft series of the groups, and shows them.
func (d desk) apply(g courses.Grouped) (page.Outcome, error) {
	made, err := d.Store.ApplyGrouping(d.ctx(), d.By(), g.Version)
	if err != nil {
		return page.Outcome{}, err
	}
	return page.Outcome{Said: words.GroupsApplied, Args: []any{"n", len(made)}, Next: d.applied(made)}, nil
}

// drafted is a series that came of a group, as it stands.
type drafted struct {
	courses.AppliedGroup
	now courses.Listed
}

// applied lists the drafts that came of a plan: what the series doctor says, who waits for a head, and one key to open each
// for enrolment.
func (d desk) applied(made []courses.AppliedGroup) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]drafted]{
		Title: func([]drafted) string { return d.S.T(words.GroupsAppliedTitle) },
		Doing: words.GroupsLoading,
		Load:  func() ([]drafted, error) { return d.readDrafts(made) },
		Columns: []parts.Column{{Title: words.GroupsColCode, Min: 6}, {Title: words.GroupsColGroup, Min: 20, Grow: 2}, {Title: words.GroupsColFirst, Min: 19, Drop: 1},
			{Title: words.GroupsColPeople, Min: 9, Right: true}, {Title: words.GroupsColHead, Min: 11, Right: true, Drop: 2}, {Title: words.GroupsColState, Min: 9}},
		Rows: func(all []drafted) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, a := range all {
				rows[i] = parts.Row{ID: a.ID, Cells: []string{a.Code, a.Name, coursewords.FirstShort(d.S.Lang(), a.Series), strconv.Itoa(a.People), strconv.Itoa(a.now.Awaiting), d.state(a.now.State)}}
			}
			return rows
		},
		Top: func(p page.Page, all []drafted) []string {
			texts := []string{d.S.T(words.GroupsAppliedLead)}
			awaiting := 0
			for _, a := range all {
				awaiting += a.now.Awaiting
			}
			if awaiting > 0 {
				texts = append(texts, d.S.T(words.GroupsAppliedHeads, "n", awaiting))
			}
			return d.quiet(p, strings.Join(texts, " "))
		},
		Foot: func(all []drafted, id string) string { return d.draftFoot(all, id) },
		Ways: func(all []drafted, id string) (ways []page.Way) {
			if a, is := pick(all, func(a drafted) bool { return a.ID == id }); is && a.now.State == courses.Draft {
				ways = append(ways, page.Way{Key: d.Letter("p", words.GroupsPublish), Doing: words.GroupsSaving,
					Ask: page.Question{Ask: words.GroupsPublishAsk, Yes: words.GroupsPublishYes, Args: []any{"code", a.Code, "n", a.People - a.now.Awaiting, "heads", a.now.Awaiting}},
					Do: func() (page.Outcome, error) {
						return page.Outcome{Said: words.GroupsPublished, Args: []any{"code", a.Code}}, d.Store.Publish(d.ctx(), d.By(), id)
					}})
			}
			return ways
		},
		Opens: d.toSeries(),
		Open: func([]drafted, string) tea.Cmd {
			if d.Series == "" {
				return nil
			}
			return func() tea.Msg { return shell.GoMsg{Room: d.Series} }
		},
	})
}

// state is how far a series is, in a word.
func (d desk) state(of courses.SeriesState) string {
	switch of {
	case courses.Draft:
		return d.S.T(words.CoursedeskDraft)
	case courses.Published:
		return d.S.T(words.CoursedeskPublished)
	}
	return d.S.T(words.SeriesState(string(of)))
}

// toSeries is what Enter does with a draft.
func (d desk) toSeries() words.Key {
	if d.Series == "" {
		return ""
	}
	return words.GroupsToSeries
}

func (d desk) readDrafts(made []courses.AppliedGroup) (all []drafted, err error) {
	known, err := d.Store.SeriesList(d.ctx(), d.By(), courses.SeriesFilter{States: []courses.SeriesState{courses.Draft, courses.Published, courses.Going, courses.SeriesCancelled, courses.Closed}})
	if err != nil {
		return nil, err
	}
	for _, a := range made {
		if now, is := pick(known, func(l courses.Listed) bool { return l.ID == a.ID }); is {
			all = append(all, drafted{a, now})
		}
	}
	return all, nil
}

// draftFoot says what the doctor finds of a draft, where and by whom it is given.
func (d desk) draftFoot(all []drafted, id string) string {
	a, _ := pick(all, func(a drafted) bool { return a.ID == id })
	texts := []string{d.S.T(words.GroupsDraftFoot, "room", a.now.Rooms, "trainer", orDash(a.now.Trainers), "n", a.now.Sessions)}
	for _, f := range a.Findings {
		texts = append(texts, coursewords.Finding(d.S.Lang(), f))
	}
	if len(a.Findings) == 0 {
		texts = append(texts, d.S.T(words.GroupsHealthy))
	}
	return strings.Join(texts, " ")
}
