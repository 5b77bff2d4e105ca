package reminders

import (
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Letter shows what goes out for a household or person, and makes it.
type Letter struct {
	base
	j      loans.Bundle
	text   papers.Wording
	scroll parts.Scroll
}

func newLetter(s *shell.Session, desk Desk, j loans.Bundle) shell.Screen {
	return Letter{base: base{page.New(s, words.ReminderLoading), desk}, j: j}
}

// Init words it.
func (l Letter) Init() tea.Cmd {
	return page.Fetch(l.Loading, func() (papers.Wording, error) { return l.desk.Papers.Wording(l.S.Ctx, l.j) })
}

// Title says what it is, and for whom.
func (l Letter) Title() string {
	return l.S.T(words.ReminderPaperTitle, "what", l.channel(l.j.Channel), "name", l.j.To.Name())
}

func (l Letter) make() key.Binding { return l.Letter("m", words.ReminderMake) }
func (l Letter) call() key.Binding { return l.Letter("b", words.ReminderCallFirst) }

// callable tells whether a call can be made in the place of the paper.
func (l Letter) callable() bool { return l.j.To.Phone != "" }

// Update walks through the text and makes it.
func (l Letter) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.W, l.H = msg.Width, msg.Height
		return l, nil
	case page.DoneMsg[papers.Wording]:
		next, ok, tell := page.Settled(l.Page, msg)
		if l.Page = next; ok {
			l.text = msg.Got
		}
		return l, tell
	case page.DoneMsg[saved]:
		next, ok, tell := page.Settled(l.Page, msg)
		if l.Page = next; ok {
			return l, tea.Batch(shell.Back(), msg.Got.tell())
		}
		return l, tell
	}
	if l.Retries(msg) {
		l.Page = l.Again()
		return l, l.Init()
	}
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case !l.Loaded || l.Busy():
		return l, nil
	case ok && key.Matches(press, l.make()):
		l.Page = l.Acts(words.ReminderSaving)
		return l, page.Fetch(l.Acting, l.made)
	case ok && l.callable() && key.Matches(press, l.call()):
		return l, shell.Replace(newCall(l.S, l.desk, asCall(l.j)))
	case ok && key.Matches(press, l.history()):
		return l, shell.Open(newHistory(l.S, l.desk, l.j.All))
	}
	l.scroll = l.scroll.Update(l.S.Look(), msg, len(l.lines()), l.H)
	return l, nil
}

func (l Letter) made() (saved, error) {
	done, paper, err := l.desk.Papers.Remind(l.S.Ctx, l.By(), l.desk.way(l.j.Channel), l.j)
	switch {
	case err != nil:
		return saved{}, err
	case len(done) == 0:
		return meanwhile(), nil
	}
	return put(paper, l.j.Channel), nil
}

// lines is the text as it goes out.
func (l Letter) lines() []string {
	return strings.Split(strings.TrimRight(parts.PlainBlock(l.text.Text(min(l.W, parts.MaxWidth))), "\n"), "\n")
}

// View gives the text.
func (l Letter) View() string {
	if !l.Loaded {
		return l.Waiting()
	}
	return l.scroll.View(l.S.Look(), l.lines(), l.W, l.H)
}

// ShortHelp is the footer.
func (l Letter) ShortHelp() []key.Binding {
	if !l.Loaded {
		return []key.Binding{l.Enter(words.PageAgain)}
	}
	short := []key.Binding{l.make()}
	if l.callable() {
		short = append(short, l.call())
	}
	return append(short, l.history(), l.S.Keys().Arrows)
}

// FullHelp is the help page.
func (l Letter) FullHelp() [][]key.Binding {
	return [][]key.Binding{l.ShortHelp(), l.S.Keys().Moving()}
}
