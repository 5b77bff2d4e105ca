package admin

import (
	"strings"

	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Issued shows a password that was just given, once. Leaving asks first, whatever the key: a held Enter
// must not take it away unread. There is no mouse, so that the terminal can still select text.
type Issued struct {
	page
	one issued
}

func newIssued(s *shell.Session, one issued) shell.Screen {
	return Issued{page: page{s: s, loaded: true}, one: one}
}

// Init does nothing: all is known.
func (i Issued) Init() tea.Cmd { return nil }

// Title is what it is.
func (i Issued) Title() string { return i.s.T(words.AdminIssuedTitle) }

// Update waits until the password was written down.
func (i Issued) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		i.w, i.h = msg.Width, msg.Height
	case yesMsg:
		next, ok := i.agreed(msg)
		if i.page = next; ok {
			return i, shell.Back()
		}
	case tea.KeyPressMsg:
		if key.Matches(msg, i.s.Keys().Enter) {
			var cmd tea.Cmd
			i.page, cmd = i.ask("", words.AdminIssuedAsk, words.AdminIssuedYes)
			return i, cmd
		}
	}
	return i, nil
}

// View gives the password in a frame, and what to do with it.
func (i Issued) View() string {
	lines := []string{i.headline(i.s.T(words.AdminIssuedFor, "name", i.one.name)), ""}
	lines = append(lines, i.facts(fact{words.AdminLogin, i.one.login}, fact{words.AdminPassword, i.s.T(words.AdminIssuedBelow)})...)
	lines = append(lines, i.box()...)
	if i.h >= 19 {
		lines = append(lines, "")
	}
	lines = append(lines, i.paragraphs(i.s.T(words.AdminIssuedSpaces), i.s.T(words.AdminIssuedGive, "name", i.one.name),
		i.s.T(words.AdminIssuedChange, "name", i.one.name))...)
	if i.h >= 19 {
		lines = append(lines, "")
	}
	for _, line := range i.paragraphs(i.s.T(words.AdminIssuedOnce)) {
		lines = append(lines, i.s.Theme().Warn.Render(line))
	}
	return fitted(lines, i.h)
}

// box draws a frame around the password, with air around it.
func (i Issued) box() []string {
	g, theme := i.s.Theme().Glyphs, i.s.Theme()
	password := parts.Cut(parts.Plain(i.one.password), i.w-10)
	inner := ansi.StringWidth(password) + 6
	side := theme.Border.Render(g.Pipe)
	empty := "  " + side + strings.Repeat(" ", inner) + side
	rule := strings.Repeat(g.Rule, inner)
	return []string{
		"  " + theme.Border.Render(g.TopLeft+rule+g.TopRight),
		empty,
		"  " + side + "   " + theme.Strong.Render(password) + "   " + side,
		empty,
		"  " + theme.Border.Render(g.BottomLeft+rule+g.BottomRight),
	}
}

// Leaving asks whether the password was written down.
func (i Issued) Leaving() (ask words.Key, must bool) { return words.AdminIssuedAsk, true }

// ShortHelp is the footer.
func (i Issued) ShortHelp() []key.Binding { return []key.Binding{i.enter(words.AdminIssuedNoted)} }

// FullHelp is the help page.
func (i Issued) FullHelp() [][]key.Binding { return [][]key.Binding{i.ShortHelp()} }
