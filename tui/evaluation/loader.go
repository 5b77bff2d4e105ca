package evaluation

import (
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// loader waits for a screen that must be made from the store, and then is that screen.
type loader struct {
	page.Page
	title string
	open  func() (shell.Screen, error)
}

func newLoader(s *shell.Session, doing words.Key, title string, open func() (shell.Screen, error)) shell.Screen {
	return loader{page.New(s, doing), title, open}
}

// Init loads.
func (l loader) Init() tea.Cmd { return page.Fetch(l.Loading, l.open) }

// Title is what the screen will be about.
func (l loader) Title() string { return l.title }

// Update becomes the screen.
func (l loader) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.W, l.H = msg.Width, msg.Height
	case page.DoneMsg[shell.Screen]:
		next, ok, tell := page.Settled(l.Page, msg)
		if l.Page = next; !ok {
			return l, tell
		}
		screen, cmd := msg.Got.Update(tea.WindowSizeMsg{Width: l.W, Height: l.H})
		return screen, tea.Batch(cmd, screen.Init())
	}
	if l.Retries(msg) {
		l.Page = l.Again()
		return l, l.Init()
	}
	return l, nil
}

// View waits.
func (l loader) View() string { return l.Waiting() }

// ShortHelp is empty: there is nothing to do but wait.
func (l loader) ShortHelp() []key.Binding { return nil }

// FullHelp is empty too.
func (l loader) FullHelp() [][]key.Binding { return nil }
