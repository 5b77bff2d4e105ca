// Package enroldesk is where people are enrolled in courses: the series that are open with who is in and who waits, and
// why, a new enrolment from a typed name, whom to call, what a head of service must approve, the own courses of who
// works here, and what a kiosk shows everybody: the programme, signing in for a lesson, free PCs. Planning series is for
// another room.
package enroldesk

import (
	"context"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// The rooms of this package, for the palette and shell.GoMsg.
const (
	Room          shell.Room = "enrol"
	CallsRoom     shell.Room = "enrol.calls"
	ApprovalsRoom shell.Room = "enrol.approvals"
	OwnRoom       shell.Room = "enrol.own"
	FeesRoom      shell.Room = "enrol.fees"
)

// Desk is what the rooms of this package work with. Only Store must be there.
type Desk struct {
	Store *courses.Store
	// Print sends a text for somebody to the printer's queue, in the language of the person; nil: there is no key for it.
	Print func(ctx context.Context, by data.Actor, to courses.Participant, lang words.Lang, text string) error
	// Letters prints what all who are told by letter must still hear, writes that down, and gives how many there were; nil:
	// there is no key for it.
	Letters func(ctx context.Context, by data.Actor) (int, error)
	// Calendar puts the lessons that the visitor takes as a calendar where that person fetches it: the name of the file, and
	// how many lessons. nil: there is no key for it.
	Calendar func(ctx context.Context, by data.Actor) (file string, n int, err error)
}

// desk is a Desk at work for one visit.
type desk struct {
	Desk
	page.Page // that loads nothing: session, language, who acts
}

func at(s *shell.Session, d Desk) desk { return desk{d, page.Still(s)} }

func (d desk) ctx() context.Context { return d.S.Ctx }

// plans tells whether the visitor may offer out of turn and cancel against the rules: the store decides anew.
func (d desk) plans() bool { return d.S.Who.Has(data.RoleCoordinator) || d.S.Who.Has(data.RoleICT) }

// New opens the series that one can enrol in, and those with people in them that are not over.
func New(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	return page.NewSheet(s, page.Sheeted[[]courses.Listed]{
		Title: func([]courses.Listed) string { return s.T(words.EnroldeskTitle) },
		Doing: words.EnroldeskLoading,
		Load: func() ([]courses.Listed, error) {
			return d.Store.SeriesList(d.ctx(), d.By(), courses.SeriesFilter{States: []courses.SeriesState{courses.Published, courses.Going}, Since: data.DayOf(s.Now())})
		},
		Top: func(p page.Page, all []courses.Listed) []string {
			if len(all) == 0 {
				return nil
			}
			return d.quiet(p, s.T(words.EnroldeskLead))
		},
		Columns: []parts.Column{{Title: words.EnroldeskColCourse, Min: 16, Grow: 3}, {Title: words.EnroldeskColLevel, Min: 7, Drop: 2}, {Title: words.EnroldeskColFirst, Min: 19},
			{Title: words.EnroldeskColPlace, Min: 10, Grow: 1, Drop: 1}, {Title: words.EnroldeskColFree, Min: 17}, {Title: words.EnroldeskColCode, Min: 6, Drop: 3}},
		Rows: func(all []courses.Listed) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, l := range all {
				rows[i] = parts.Row{ID: l.ID, Cells: []string{l.Course, coursewords.Level(s.Lang(), l.Level), coursewords.FirstShort(s.Lang(), l.Series), l.Location, coursewords.Free(s.Lang(), l), l.Code}}
			}
			return rows
		},
		None: words.EnroldeskNone, Filter: true, Opens: words.EnroldeskOpen,
		Open: func(_ []courses.Listed, id string) tea.Cmd { return shell.Open(d.series(id)) },
		Ways: func(_ []courses.Listed, id string) []page.Way {
			ways := []page.Way{{Key: d.Letter("b", words.EnroldeskCalls), Open: func() shell.Screen { return NewCalls(s, of) }},
				{Key: d.Letter("t", words.EnroldeskFees), Open: func() shell.Screen { return NewFees(s, of) }}}
			if id != "" {
				ways = append([]page.Way{{Key: d.add(), Open: func() shell.Screen { return d.find(id, nil) }}}, ways...)
			}
			return ways
		},
	})
}

func (d desk) add() key.Binding { return d.Letter("n", words.EnroldeskAdd) }

// quiet are lines that explain.
func (d desk) quiet(p page.Page, texts ...string) []string {
	lines := p.Paragraphs(texts...)
	for i, line := range lines {
		lines[i] = d.S.Theme().Quiet.Render(line)
	}
	return lines
}

// name is who an enrolment is of; who was unlinked has none.
func (d desk) name(name string) string {
	if strings.TrimSpace(name) == "" {
		return d.S.T(words.EnroldeskNoName)
	}
	return name
}
