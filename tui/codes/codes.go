// Package codes is the room of paper codes: which there are, the letters that bring new ones, a letter anew for
// one that got lost. The secret of a code is on its letter and, once, on the screen of who made it.
package codes

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "codes"

// Desk is what the room works with.
type Desk struct {
	Codes    *data.Codes
	Mailing  papers.Mailing
	Channels []outbox.Channel // by which letters can leave, the first by itself
}

// code is a code with what it is for, in words.
type code struct {
	data.Code
	topic string
}

// Codes lists all codes.
type Codes struct {
	page.List[code]
	desk Desk
}

// New opens the list.
func New(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{
		{Title: words.CodeColPerson, Min: 16, Grow: 2},
		{Title: words.CodeColService, Min: 12, Grow: 1, Drop: 2},
		{Title: words.CodeColFor, Min: 14, Grow: 2, Drop: 1},
		{Title: words.CodeColMark, Min: 5},
		{Title: words.CodeColState, Min: 11},
		{Title: words.CodeColUntil, Min: 10, Drop: 3},
	}
	by := s.Who.Actor()
	r := room{page.Still(s)}
	fill := page.Filling[code]{
		Load:  func() ([]code, error) { return desk.all(s.Ctx, by, s) },
		Rows:  r.rows,
		Opens: words.CodeOpen, None: words.CodeNone,
	}
	if r.ict() {
		fill.None = words.CodeNoneYet
		fill.Can = func() []key.Binding { return []key.Binding{r.add()} }
	}
	return Codes{page.NewList(s, words.CodeLoading, columns, fill), desk}
}

// room is what the screens of the room share.
type room struct{ page.Page }

func (r room) ict() bool { return r.S.Who.Has(data.RoleICT) }

func (r room) add() key.Binding { return r.Letter("n", words.CodeNew) }

// all loads the codes with the titles of what they are for.
func (d Desk) all(ctx context.Context, by data.Actor, s *shell.Session) ([]code, error) {
	topics, err := d.Mailing.Campaigns.Topics(ctx, by)
	if err != nil {
		return nil, err
	}
	list, err := d.Codes.List(ctx, by, data.CodeFilter{})
	all := make([]code, len(list))
	for i, c := range list {
		all[i] = code{c, topicOf(s, c.Journey, topics)}
	}
	return all, err
}

// topicOf says what a code is for.
func topicOf(s *shell.Session, j data.Journey, topics []quiz.Topic) string {
	for _, t := range topics {
		if j.Kind == data.JourneyAssessment && t.ID == j.Of {
			return t.Title
		}
	}
	return s.T(words.CodeStaffTitle)
}

func (r room) rows(all []code) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, c := range all {
		rows[i] = parts.Row{ID: c.ID, Cells: []string{c.Person, c.Service, c.topic, c.Mark + "…", r.S.T(words.CodeState(c.State)),
			r.Day(data.Window{From: c.From, Until: c.Until}.LastDay())}}
	}
	return rows
}

// Title is the name of the room.
func (c Codes) Title() string { return c.S.T(words.CodeTitle) }

// Update moves along the list, and opens a code or the form for new letters.
func (c Codes) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if r := (room{page.Still(c.S)}); r.ict() && c.Pressed(msg, r.add()) {
		return c, shell.Open(NewForm(c.S, c.desk))
	}
	var chose string
	var cmd tea.Cmd
	c.List, chose, cmd = c.Take(msg)
	for _, one := range c.All {
		if one.ID == chose {
			cmd = shell.Open(newCode(c.S, c.desk, one))
		}
	}
	return c, cmd
}
