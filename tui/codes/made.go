package codes

import (
	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// made are letters that were just made, and the paper that they are on; the zero paper when nobody needed one.
type made struct {
	letters papers.Letters
	paper   outbox.Paper
}

// Made says where new letters are. Of one letter it shows the code too, for who stands at the desk without time to
// wait for a print; leaving then asks first. There is no mouse, so that the terminal can still select text.
type Made struct {
	room
	desk Desk
	made made
}

func newMade(s *shell.Session, desk Desk, m made) shell.Screen {
	return Made{room{page.Still(s)}, desk, m}
}

// Init does nothing: all is known.
func (m Made) Init() tea.Cmd { return nil }

// Title is what it is.
func (m Made) Title() string { return m.S.T(words.CodeMadeTitle) }

// Update goes to the letters, after a question where a code is shown.
func (m Made) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.W, m.H = msg.Width, msg.Height
	case page.YesMsg:
		next, ok := m.Agreed(msg)
		if m.Page = next; ok {
			return m, shell.Back()
		}
	case tea.KeyPressMsg:
		switch {
		case !key.Matches(msg, m.S.Keys().Enter):
		case m.single():
			var cmd tea.Cmd
			m.Page, cmd = m.Ask("", words.CodeMadeAsk, words.CodeMadeYes)
			return m, cmd
		default:
			return m, shell.Back()
		}
	}
	return m, nil
}

func (m Made) single() bool { return len(m.made.letters.All) == 1 }

// View says how many letters there are, and where.
func (m Made) View() string {
	n := len(m.made.letters.All)
	if n == 0 {
		return page.Fitted(m.Paragraphs(m.S.T(words.CodeNobody)), m.H)
	}
	lines := []string{m.Headline(m.S.T(words.CodeMadeHead, "n", n)), ""}
	if m.single() {
		one := m.made.letters.All[0]
		w := data.Window{From: one.From, Until: one.Until}
		lines = append(lines, m.Facts(page.Named(words.CodeColPerson, one.Person),
			page.Named(words.CodeDays, m.S.T(words.CodeFromTo, "from", m.Day(data.DayOf(w.From)), "to", m.Day(w.LastDay()))))...)
		lines = append(lines, m.Boxed(data.ShowCode(one.Code))...)
		lines = append(lines, m.Paragraphs(m.S.T(words.CodeMadeOnce))...)
		lines = append(lines, "")
	}
	return page.Fitted(append(lines, m.where()...), m.H)
}

// where says how the paper leaves.
func (m Made) where() []string {
	said := map[outbox.Channel]words.Key{outbox.Folder: words.CodeMadeFolder, outbox.Print: words.CodeMadePrint}[m.made.paper.Channel]
	if said == "" {
		said = words.CodeMadeFetch
	}
	return append(m.Paragraphs(m.S.T(said, "name", m.made.paper.Name)), append([]string{""},
		m.Paragraphs(m.S.T(words.CodeMadeKept, "day", m.Moment(m.made.paper.KeepUntil)))...)...)
}

// Leaving asks whether the code was noted.
func (m Made) Leaving() (ask words.Key, must bool) { return words.CodeMadeAsk, m.single() }

// ShortHelp is the footer.
func (m Made) ShortHelp() []key.Binding { return []key.Binding{m.Enter(words.CodeMadeDone)} }

// FullHelp is the help page.
func (m Made) FullHelp() [][]key.Binding { return [][]key.Binding{m.ShortHelp()} }
