package admin

import (
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Issued shows a password that was just given, once. Leaving asks first, whatever the key: a held Enter
// must not take it away unread. There is no mouse, so that the terminal can still select text.
type Issued struct {
	desk
	one issued
}

func newIssued(s *shell.Session, one issued) shell.Screen {
	return Issued{desk: still(s), one: one}
}

// Init does nothing: all is known.
func (i Issued) Init() tea.Cmd { return nil }

// Title is what it is.
func (i Issued) Title() string { return i.S.T(words.AdminIssuedTitle) }

// Update waits until the password was written down.
func (i Issued) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		i.W, i.H = msg.Width, msg.Height
	case page.YesMsg:
		next, ok := i.Agreed(msg)
		if i.Page = next; ok {
			return i, shell.Back()
		}
	case tea.KeyPressMsg:
		if key.Matches(msg, i.S.Keys().Enter) {
			var cmd tea.Cmd
			i.Page, cmd = i.Ask("", words.AdminIssuedAsk, words.AdminIssuedYes)
			return i, cmd
		}
	}
	return i, nil
}

// View gives the password in a frame, and what to do with it.
func (i Issued) View() string {
	lines := []string{i.Headline(i.S.T(words.AdminIssuedFor, "name", i.one.name)), ""}
	lines = append(lines, i.Facts(page.Named(words.AdminLogin, i.one.login), page.Named(words.AdminPassword, i.S.T(words.AdminIssuedBelow)))...)
	lines = append(lines, i.Boxed(i.one.password)...)
	if i.H >= 19 {
		lines = append(lines, "")
	}
	lines = append(lines, i.Paragraphs(i.S.T(words.AdminIssuedSpaces), i.S.T(words.AdminIssuedGive, "name", i.one.name),
		i.S.T(words.AdminIssuedChange, "name", i.one.name))...)
	if i.H >= 19 {
		lines = append(lines, "")
	}
	for _, line := range i.Paragraphs(i.S.T(words.AdminIssuedOnce)) {
		lines = append(lines, i.S.Theme().Warn.Render(line))
	}
	return page.Fitted(lines, i.H)
}

// Leaving asks whether the password was written down.
func (i Issued) Leaving() (ask words.Key, must bool) { return words.AdminIssuedAsk, true }

// ShortHelp is the footer.
func (i Issued) ShortHelp() []key.Binding { return []key.Binding{i.Enter(words.AdminIssuedNoted)} }

// FullHelp is the help page.
func (i Issued) FullHelp() [][]key.Binding { return [][]key.Binding{i.ShortHelp()} }
