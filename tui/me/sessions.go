package me

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// sessions is what the list of log-ins needs; *data.Sessions has it.
type sessions interface {
	Mine(ctx context.Context, by data.Actor) ([]data.Session, error)
	End(ctx context.Context, by data.Actor, id string) error
	EndAll(ctx context.Context, by data.Actor, login, keep string) (int64, error)
}

// Sessions lists the own log-ins.
type Sessions struct {
	page.List[data.Session]
	store sessions
}

// allOthers stands for all log-ins but this one, where an ID is asked.
const allOthers = "*"

// NewSessions opens the list.
func NewSessions(s *shell.Session, store sessions) shell.Screen {
	columns := []parts.Column{
		{Title: words.MeSessionStart, Min: 16},
		{Title: words.MeSessionEnd, Min: 16, Drop: 2},
		{Title: words.MeSessionFrom, Min: 15, Grow: 1},
		{Title: words.MeSessionHow, Min: 18, Grow: 2, Drop: 1},
		{Title: words.MeSessionState, Min: 8},
	}
	p := page.Still(s)
	return Sessions{store: store, List: page.NewList(s, words.MeSessionsLoading, columns, page.Filling[data.Session]{
		Load:  func() ([]data.Session, error) { return store.Mine(s.Ctx, p.By()) },
		Rows:  func(all []data.Session) []parts.Row { return sessionRows(p, all) },
		Above: func([]data.Session) string { return s.T(words.MeSessionsLead) },
		None:  words.MeSessionsNone,
		Opens: words.MeSessionStop,
		Can:   func() []key.Binding { return []key.Binding{endAll(p)} },
	})}
}

func endAll(p page.Page) key.Binding { return p.Letter("a", words.MeSessionAll) }

// Title is what it is.
func (l Sessions) Title() string { return l.S.T(words.MeSessionsTitle) }

// Update moves and ends.
func (l Sessions) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.YesMsg:
		next, ok := l.Agreed(msg)
		if l.Page = next; !ok {
			return l, nil
		}
		l.Page = l.Acts(words.MeSessionStopping)
		return l, page.Fetch(l.Acting, func() (string, error) { return msg.Act, l.end(msg.Act) })
	case page.DoneMsg[string]:
		next, ok, tell := page.Settled(l.Page, msg)
		if l.Page = next; !ok {
			return l, tell
		}
		var load tea.Cmd
		l.List, _, load = l.Reload()
		return l, tea.Batch(shell.Notify(shell.Good, words.MeSessionStopped), load)
	}
	var cmd tea.Cmd
	if l.Pressed(msg, endAll(l.Page)) {
		l.Page, cmd = l.Ask(allOthers, words.MeSessionAllAsk, words.MeSessionAllYes)
		return l, cmd
	}
	var chose string
	if l.List, chose, cmd = l.Take(msg); chose == "" || l.Busy() {
		return l, cmd
	}
	return l.chosen(chose)
}

// chosen asks before a log-in is ended; the own one, and one that is over, can't be.
func (l Sessions) chosen(id string) (shell.Screen, tea.Cmd) {
	for _, one := range l.All {
		switch {
		case one.ID != id:
			continue
		case id == l.S.Who.SessionID:
			return l, shell.Notify(shell.Info, words.MeSessionOwn)
		case !one.Open():
			return l, shell.Notify(shell.Info, words.MeSessionGone)
		}
		var cmd tea.Cmd
		l.Page, cmd = l.Ask(id, words.MeSessionAsk, words.MeSessionYes, "start", l.Moment(one.StartedAt), "from", one.From)
		return l, cmd
	}
	return l, nil
}

func (l Sessions) end(id string) error {
	if id == allOthers {
		_, err := l.store.EndAll(l.S.Ctx, l.By(), l.S.Who.Login, l.S.Who.SessionID)
		return err
	}
	return l.store.End(l.S.Ctx, l.By(), id)
}

// sessionRows fills the table; a row's ID is the session's.
func sessionRows(p page.Page, all []data.Session) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, one := range all {
		state := words.MeSessionOver
		switch {
		case one.ID == p.S.Who.SessionID:
			state = words.MeSessionThis
		case one.Open():
			state = words.MeSessionOpen
		}
		rows[i] = parts.Row{ID: one.ID, Cells: []string{p.Moment(one.StartedAt), p.Moment(one.SeenAt), one.From, how(p, one.Method), p.S.T(state)}}
	}
	return rows
}

// how says in words how somebody came in.
func how(p page.Page, method string) string {
	switch first, second, two := strings.Cut(method, "+"); {
	case first == "password" || first == "keyboard-interactive":
		if two && second != "" {
			return p.S.T(words.MeHowSecond)
		}
		return p.S.T(words.MeHowPassword)
	case strings.HasPrefix(first, "files:"):
		return p.S.T(words.MeHowFiles)
	case first == "publickey":
		return p.S.T(words.MeHowKey)
	}
	return method
}
