package kiosk

import (
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Nothing says that a code is for something that can't be done here.
type Nothing struct {
	s    *shell.Session
	w, h int
}

// NewNothing opens it.
func NewNothing(s *shell.Session) shell.Screen { return Nothing{s: s} }

// Init does nothing.
func (n Nothing) Init() tea.Cmd { return nil }

// Title is the word for home.
func (n Nothing) Title() string { return n.s.T(words.KioskTitle) }

// Update closes.
func (n Nothing) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		n.w, n.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if key.Matches(msg, n.s.Keys().Enter) {
			return n, func() tea.Msg { return shell.ByeMsg{} }
		}
	}
	return n, nil
}

// View says so.
func (n Nothing) View() string {
	return parts.Rows(parts.Paragraphs(n.w, n.s.T(words.KioskNothing)), n.h)
}

// ShortHelp is the footer.
func (n Nothing) ShortHelp() []key.Binding {
	return []key.Binding{keys.Named(n.s.Keys().Enter, n.s.T(words.KioskClose))}
}

// FullHelp is the help page.
func (n Nothing) FullHelp() [][]key.Binding { return [][]key.Binding{n.ShortHelp()} }
