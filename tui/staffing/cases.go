// Package staffing is the room of who comes to work here and who leaves: one list, one page a case with all that
// must be done, and the people of the house to book out.
package staffing

import (
	"strings"

	"digibrug/data"
	"digibrug/data/staffing"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "staffing"

// Desk is what the room works with.
type Desk struct {
	Store  *staffing.Store
	People *data.People
	// Account opens the form for an account of somebody who works here.
	Account func(s *shell.Session, p data.Person) shell.Screen
}

// Cases lists who comes and goes.
type Cases struct {
	page.List[staffing.Case]
	desk Desk
}

// room is what the screens of the room share.
type room struct{ page.Page }

func (r room) ict() bool { return r.S.Who.Has(data.RoleICT) }

func (r room) join() key.Binding  { return r.Letter("n", words.StaffingNew) }
func (r room) leave() key.Binding { return r.Letter("u", words.StaffingOut) }

// New opens the list.
func New(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{
		{Title: words.StaffingDay, Min: 10},
		{Title: words.StaffingMove, Min: 11},
		{Title: words.StaffingName, Min: 18, Grow: 2},
		{Title: words.StaffingService, Min: 12, Grow: 1, Drop: 1},
		{Title: words.StaffingOpen, Min: 10, Right: true},
	}
	r := room{page.Still(s)}
	fill := page.Filling[staffing.Case]{
		Load:  func() ([]staffing.Case, error) { return desk.Store.Cases(s.Ctx, r.By()) },
		Rows:  r.rows,
		None:  words.StaffingNone,
		Opens: words.StaffingLook,
	}
	if r.ict() {
		fill.None = words.StaffingNoneYet
		fill.Can = func() []key.Binding { return []key.Binding{r.join(), r.leave()} }
	}
	return Cases{page.NewList(s, words.StaffingLoading, columns, fill), desk}
}

func (r room) rows(all []staffing.Case) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, c := range all {
		open := r.S.T(words.StaffingReady)
		if c.Open > 0 {
			open = r.S.T(words.StaffingToDo, "n", c.Open)
		}
		rows[i] = parts.Row{ID: idOf(c), Cells: []string{r.Day(c.Day), r.S.T(words.StaffingMoveName(string(c.Move))), c.Person.Name(), c.Service, open}}
	}
	return rows
}

func idOf(c staffing.Case) string { return c.EmploymentID + " " + string(c.Move) }

// Title is the name of the room.
func (c Cases) Title() string { return c.S.T(words.StaffingTitle) }

// Update moves along the list, and opens a case, the form for who is new, or the people.
func (c Cases) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	r := room{page.Still(c.S)}
	switch {
	case r.ict() && c.Pressed(msg, r.join()):
		return c, shell.Open(newJoinForm(c.S, c.desk))
	case r.ict() && c.Pressed(msg, r.leave()):
		return c, shell.Open(newPeople(c.S, c.desk))
	}
	var chose string
	var cmd tea.Cmd
	c.List, chose, cmd = c.Take(msg)
	if employment, move, ok := strings.Cut(chose, " "); ok {
		cmd = shell.Open(newCase(c.S, c.desk, employment, staffing.Move(move)))
	}
	return c, cmd
}
