package assessment

import (
	"context"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// groups is what the head's screens need of the quiz floor; *quiz.Store has it. There is no method in it
// that gives anything about one person.
type groups interface {
	Reports(ctx context.Context, by data.Actor) ([]quiz.Campaign, error)
	Group(ctx context.Context, by data.Actor, campaign string) (quiz.GroupReport, error)
	DomainTitle(domain string) string
}

// Groups lists the campaigns with figures for the head of a service, or for the director.
type Groups struct {
	s      *shell.Session
	store  groups
	w, h   int
	all    []quiz.Campaign
	loaded bool
	list   parts.List
}

type reportsMsg struct{ all []quiz.Campaign }

// NewGroups opens the list.
func NewGroups(s *shell.Session, store groups) shell.Screen {
	return Groups{s: s, store: store, list: parts.NewList(parts.Kind{}, nil)}
}

// Init loads the list.
func (g Groups) Init() tea.Cmd {
	return func() tea.Msg {
		all, err := g.store.Reports(g.s.Ctx, g.s.Who.Actor())
		if err != nil {
			return shell.FailedMsg{Doing: words.GroupLoading, Err: err}
		}
		return reportsMsg{all}
	}
}

// Title is the name of the room.
func (g Groups) Title() string {
	if g.s.Who.Has(data.RoleDirector) {
		return g.s.T(words.GroupTitleAll)
	}
	return g.s.T(words.GroupTitle)
}

// Update moves along the list and opens a report.
func (g Groups) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		g.w, g.h = msg.Width, msg.Height
		return g.listed(), nil
	case reportsMsg:
		g.all, g.loaded = msg.all, true
		return g.listed(), nil
	case shell.LookedMsg:
		return g.listed(), nil
	}
	var event parts.Event
	g.list, event = g.list.Update(g.s.Look(), parts.Shift(msg, 0, 2))
	if row, ok := g.list.Current(); ok && event == parts.Chose {
		return g, shell.Open(NewReport(g.s, g.store, row.ID))
	}
	return g, nil
}

func (g Groups) listed() Groups {
	var rows []parts.Item
	for _, c := range g.all {
		state := g.s.T(words.GroupOpenUntil, "day", words.StoredDay(g.s.Lang(), c.ClosesOn))
		if c.State == quiz.Closed {
			state = g.s.T(words.GroupClosedOn, "day", words.ShortDay(g.s.Lang(), c.ClosedAt))
		}
		rows = append(rows, parts.Item{ID: c.ID, Title: c.Title, Note: state})
	}
	g.list = g.list.With(rows).Sized(g.w, max(1, g.h-3))
	return g
}

// View gives the list.
func (g Groups) View() string {
	switch {
	case !g.loaded:
		return g.s.T(words.AssessmentWait)
	case len(g.all) == 0:
		return parts.Rows(parts.Paragraphs(g.w, g.s.T(words.GroupNone)), g.h)
	}
	return g.s.Theme().Quiet.Render(parts.Cut(g.s.T(words.GroupLead), g.w)) + "\n\n" + g.list.View(g.s.Look())
}

// Cursor is on the chosen campaign.
func (g Groups) Cursor() (x, y int, shown bool) {
	x, y, shown = g.list.Cursor()
	return x, y + 2, shown && len(g.all) > 0
}

// Mouse: campaigns can be clicked.
func (g Groups) Mouse() bool { return true }

// ShortHelp is the footer.
func (g Groups) ShortHelp() []key.Binding {
	return []key.Binding{keys.Named(g.s.Keys().Enter, g.s.T(words.AssessmentOpen))}
}

// FullHelp is the help page.
func (g Groups) FullHelp() [][]key.Binding {
	return [][]key.Binding{g.ShortHelp(), g.s.Keys().Moving()}
}
