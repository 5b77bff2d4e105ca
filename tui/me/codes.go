package me

import (
	"fmt"
	"strings"

	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Codes shows recovery codes, once. Leaving asks first, whatever the key. There is no mouse, so that the terminal can
// still select text.
type Codes struct {
	page.Page
	codes []string
	done  words.Key           // what is said afterwards
	next  func() shell.Screen // nil: back
}

func newCodes(s *shell.Session, codes []string, done words.Key, next func() shell.Screen) shell.Screen {
	return Codes{Page: page.Still(s), codes: codes, done: done, next: next}
}

// Init does nothing: all is known.
func (c Codes) Init() tea.Cmd { return nil }

// Title is what it is.
func (c Codes) Title() string { return c.S.T(words.MeCodesTitle) }

// Update waits until the codes were written down.
func (c Codes) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.W, c.H = msg.Width, msg.Height
	case page.YesMsg:
		next, ok := c.Agreed(msg)
		if c.Page = next; !ok {
			return c, nil
		}
		leave := shell.Back()
		if c.next != nil {
			leave = shell.Replace(c.next())
		}
		return c, tea.Sequence(leave, shell.Notify(shell.Good, c.done))
	case tea.KeyPressMsg:
		if key.Matches(msg, c.S.Keys().Enter) {
			var cmd tea.Cmd
			c.Page, cmd = c.Ask("", words.MeCodesAsk, words.MeCodesYes)
			return c, cmd
		}
	}
	return c, nil
}

// View gives the codes in two columns, and what they are for.
func (c Codes) View() string {
	lines := append(c.Paragraphs(c.S.T(words.MeCodesLead)), "")
	half := (len(c.codes) + 1) / 2
	for i := range half {
		line := c.numbered(i)
		if j := i + half; j < len(c.codes) {
			line += strings.Repeat(" ", max(2, 28-ansi.StringWidth(line))) + c.numbered(j)
		}
		lines = append(lines, line)
	}
	lines = append(append(lines, ""), c.Paragraphs(c.S.T(words.MeCodesEach))...)
	lines = append(lines, "")
	for _, line := range c.Paragraphs(c.S.T(words.MeCodesOnce)) {
		lines = append(lines, c.S.Theme().Warn.Render(line))
	}
	return page.Fitted(lines, c.H)
}

func (c Codes) numbered(i int) string {
	return c.S.Theme().Quiet.Render(fmt.Sprintf("%2d ", i+1)) + c.S.Theme().Strong.Render(parts.Plain(c.codes[i]))
}

// Leaving asks whether the codes were written down.
func (c Codes) Leaving() (ask words.Key, must bool) { return words.MeCodesAsk, true }

// ShortHelp is the footer.
func (c Codes) ShortHelp() []key.Binding { return []key.Binding{c.Enter(words.MeCodesNoted)} }

// FullHelp is the help page.
func (c Codes) FullHelp() [][]key.Binding { return [][]key.Binding{c.ShortHelp()} }
