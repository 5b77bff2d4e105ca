// Package duties has what the rooms of who has a duty in a recruitment test share: which procedure it is about, and the
// words of what happens in the test room.
package duties

import (
	"context"
	"slices"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// procedures is what choosing needs of the quiz floor; *recruit.Store has it.
type procedures interface {
	Procedures(ctx context.Context, by data.Actor) ([]recruit.Summary, error)
}

// Wanted says what a room looks for.
type Wanted struct {
	Duty  recruit.Duty
	Title words.Key
	None  words.Key                                // nobody gave a duty here
	Now   func(p recruit.Summary, day string) bool // there is work in it today: the only one of those opens by itself
	Opens func(p recruit.Summary) shell.Screen     // the room of one procedure
}

// choice is the list of procedures.
type choice struct {
	page.List[recruit.Summary]
	of    Wanted
	asked bool // the first load was looked at
}

// Choose lists the procedures in which the visitor has a duty today, and opens the only one with work at once.
func Choose(s *shell.Session, store procedures, of Wanted) shell.Screen {
	c := choice{of: of}
	columns := []parts.Column{{Title: words.DutyColProcedure, Min: 20, Grow: 1}, {Title: words.DutyColVacancy, Min: 10, Drop: 1}, {Title: words.DutyColState, Min: 12}, {Title: words.DutyColDays, Min: 10}}
	c.List = page.NewList(s, words.DutyLoading, columns, page.Filling[recruit.Summary]{
		Load: func() ([]recruit.Summary, error) {
			all, err := store.Procedures(s.Ctx, page.Still(s).By())
			return slices.DeleteFunc(all, func(p recruit.Summary) bool { return !slices.Contains(p.Duties, of.Duty) }), err
		},
		Rows: func(all []recruit.Summary) []parts.Row { return rows(page.Still(s), all) },
		None: of.None, Opens: words.DutyOpen,
	})
	return c
}

func rows(p page.Page, all []recruit.Summary) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, one := range all {
		days := p.Day(one.Days.From)
		rows[i] = parts.Row{ID: one.ID, Cells: []string{one.Title, one.Vacancy, p.S.T(words.RecruitState(string(one.State))), days}}
	}
	return rows
}

// Title is the name of the room.
func (c choice) Title() string { return c.S.T(c.of.Title) }

// Update moves along the list, and opens what is chosen, or what is the only one.
func (c choice) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	c.List, chose, cmd = c.Take(msg)
	if chose != "" {
		if at := slices.IndexFunc(c.All, func(p recruit.Summary) bool { return p.ID == chose }); at >= 0 {
			return c, tea.Batch(cmd, shell.Open(c.of.Opens(c.All[at])))
		}
	}
	if c.Loaded && !c.asked {
		c.asked = true
		day := data.DayOf(c.S.Now())
		now := slices.DeleteFunc(slices.Clone(c.All), func(p recruit.Summary) bool { return !c.of.Now(p, day) })
		if len(now) == 1 {
			return c, tea.Batch(cmd, shell.Replace(c.of.Opens(now[0])))
		}
	}
	return c, cmd
}
