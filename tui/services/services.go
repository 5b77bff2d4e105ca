// Package services is the room of the tree of services: who heads what, who stands in, what a service is called and
// where it belongs.
package services

import (
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "services"

// Services lists the tree.
type Services struct {
	page.List[data.Branch]
	people *data.People
}

// room is what the screens of the room share.
type room struct{ page.Page }

func (r room) ict() bool { return r.S.Who.Has(data.RoleICT) }

func (r room) add() key.Binding { return r.Letter("n", words.OrgNew) }

// New opens the tree.
func New(s *shell.Session, people *data.People) shell.Screen {
	columns := []parts.Column{
		{Title: words.OrgColService, Min: 22, Grow: 2},
		{Title: words.OrgColHead, Min: 16, Grow: 1},
		{Title: words.OrgColStandins, Min: 14, Grow: 1, Drop: 1},
		{Title: words.OrgColPeople, Min: 6, Right: true},
		{Title: words.OrgColOrganisation, Min: 16, Drop: 2},
	}
	r := room{page.Still(s)}
	fill := page.Filling[data.Branch]{
		Load:  func() ([]data.Branch, error) { return people.Tree(s.Ctx, r.By()) },
		Rows:  r.rows,
		None:  words.OrgNone,
		Opens: words.OrgLook,
	}
	if r.ict() {
		fill.Can = func() []key.Binding { return []key.Binding{r.add()} }
	}
	return Services{page.NewList(s, words.OrgLoading, columns, fill), people}
}

func (r room) rows(all []data.Branch) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, b := range all {
		name := b.Name
		if b.Cluster != "" {
			name = "- " + name
		}
		if b.ClosedOn != "" {
			name += " " + r.S.T(words.OrgClosedMark)
		}
		rows[i] = parts.Row{ID: b.ID, Cells: []string{name, b.Head.Name, names(b.Standins), r.people(b), b.Organisation}}
	}
	return rows
}

func (r room) people(b data.Branch) string {
	if b.IsCluster {
		return ""
	}
	return words.Number(r.S.Lang(), float64(b.People), 0)
}

func names(all []data.Leader) string {
	var told []string
	for _, l := range all {
		told = append(told, l.Name)
	}
	return strings.Join(told, ", ")
}

// Title is the name of the room.
func (s Services) Title() string { return s.S.T(words.OrgTitle) }

// Update moves along the tree, and opens a service or the form for a new one.
func (s Services) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if r := (room{page.Still(s.S)}); r.ict() && s.Pressed(msg, r.add()) {
		return s, shell.Open(newForm(s.S, s.people, data.Branch{}))
	}
	var chose string
	var cmd tea.Cmd
	s.List, chose, cmd = s.Take(msg)
	if chose != "" {
		cmd = shell.Open(newService(s.S, s.people, chose))
	}
	return s, cmd
}
