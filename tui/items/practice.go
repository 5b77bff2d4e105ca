package items

import (
	"strings"

	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Practice is one question that counts for nothing, to learn the keys.
type Practice struct {
	s    *shell.Session
	w, h int
	q    Question
	done bool // answered right
	told bool // answered at least once
}

// NewPractice opens the practice question.
func NewPractice(s *shell.Session) shell.Screen {
	p := Practice{s: s}
	p.q = p.question(quiz.Answer{})
	return p
}

func (p Practice) question(given quiz.Answer) Question {
	it := quiz.Item{ID: "practice", Kind: quiz.KindSingle, Stem: p.s.T(words.ItemPracticeStem), Options: []quiz.Option{
		{Text: p.s.T(words.ItemPracticeA)}, {Text: p.s.T(words.ItemPracticeB), Right: true}, {Text: p.s.T(words.ItemPracticeC)},
	}}
	return New(p.s.Look(), it, []int{0, 1, 2}, given).Sized(p.s.Look(), p.w, max(1, p.h-4))
}

// Init does nothing.
func (p Practice) Init() tea.Cmd { return nil }

// Title is what it is.
func (p Practice) Title() string { return p.s.T(words.ItemPracticeTitle) }

// Update answers.
func (p Practice) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h = msg.Width, msg.Height
		p.q = p.q.Sized(p.s.Look(), p.w, max(1, p.h-4))
		return p, nil
	case shell.LookedMsg:
		p.q = p.question(p.q.Answer())
		return p, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && p.done && key.Matches(press, p.s.Keys().Enter) {
		return p, shell.Back()
	}
	var event Event
	p.q, event = p.q.Update(p.s.Look(), msg)
	if event == Done {
		p.told = true
		p.done = p.q.Item.Mark(p.q.Answer()).Points > 0
	}
	return p, nil
}

// View gives the question and, once answered, a kind word.
func (p Practice) View() string {
	lines := strings.Split(p.q.View(p.s.Look()), "\n")
	theme := p.s.Theme()
	switch {
	case p.done:
		lines = append(lines, "")
		for _, line := range parts.Paragraphs(p.w, p.s.T(words.ItemPracticeRight)) {
			lines = append(lines, theme.Good.Render(line))
		}
	case p.told:
		lines = append(lines, "")
		for _, line := range parts.Paragraphs(p.w, p.s.T(words.ItemPracticeWrong)) {
			lines = append(lines, theme.Warn.Render(line))
		}
	}
	return parts.Rows(lines, p.h)
}

// Cursor follows the question's.
func (p Practice) Cursor() (x, y int, shown bool) { return p.q.Cursor() }

// Typing tells whether letters choose.
func (p Practice) Typing() bool { return p.q.Typing() }

// Mouse: options can be clicked.
func (p Practice) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Practice) ShortHelp() []key.Binding {
	if p.done {
		return []key.Binding{keys.Named(p.s.Keys().Enter, p.s.T(words.ItemPracticeBack))}
	}
	return p.q.Keys(p.s.Look())
}

// FullHelp is the help page.
func (p Practice) FullHelp() [][]key.Binding {
	return [][]key.Binding{p.ShortHelp(), p.s.Keys().Moving()}
}
