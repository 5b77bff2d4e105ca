package kiosk

import (
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Staff is what who works here may do with a paper code ("Ik werk hier"): a few pages, and nothing beside them.
type Staff struct {
	s     *shell.Session
	pages []shell.Entry
	w, h  int
	list  parts.List
}

// NewStaff opens it.
func NewStaff(s *shell.Session, pages []shell.Entry) shell.Screen {
	return Staff{s: s, pages: pages, list: parts.NewList(parts.Kind{}, nil)}.listed()
}

// Init does nothing: all is known.
func (p Staff) Init() tea.Cmd { return nil }

// Title is the word for home.
func (p Staff) Title() string { return p.s.T(words.KioskTitle) }

// Update opens a page.
func (p Staff) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h = msg.Width, msg.Height
		return p.listed(), nil
	case shell.LookedMsg:
		return p.listed(), nil
	}
	var event parts.Event
	p.list, event = p.list.Update(p.s.Look(), parts.Shift(msg, 0, len(p.greeting())))
	row, ok := p.list.Current()
	for _, page := range p.pages {
		if ok && event == parts.Chose && string(page.Room) == row.ID {
			return p, shell.Open(page.Open(p.s))
		}
	}
	return p, nil
}

func (p Staff) listed() Staff {
	var rows []parts.Item
	for _, page := range p.pages {
		rows = append(rows, parts.Item{ID: string(page.Room), Title: p.s.T(page.Title)})
	}
	p.list = p.list.With(rows).Sized(p.w, max(1, p.h-len(p.greeting())))
	return p
}

func (p Staff) greeting() []string {
	return []string{p.s.Theme().Title.Render(parts.Cut(p.s.T(words.HomeHello, "name", parts.Plain(p.s.Who.Name)), p.w)), ""}
}

// View gives greeting and choices.
func (p Staff) View() string { return parts.Rows(append(p.greeting(), p.list.View(p.s.Look())), p.h) }

// Cursor is on the choice.
func (p Staff) Cursor() (x, y int, shown bool) {
	x, y, shown = p.list.Cursor()
	return x, y + len(p.greeting()), shown
}

// Mouse: choices can be clicked.
func (p Staff) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Staff) ShortHelp() []key.Binding {
	return []key.Binding{p.s.Keys().Arrows, keys.Named(p.s.Keys().Enter, p.s.T(words.KioskChoose))}
}

// FullHelp is the help page.
func (p Staff) FullHelp() [][]key.Binding { return [][]key.Binding{p.ShortHelp(), p.s.Keys().Moving()} }
