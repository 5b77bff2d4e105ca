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

// Practice asks questions that count for nothing, to learn the keys.
type Practice struct {
	s     *shell.Session
	w, h  int
	kinds []quiz.Kind // that are still to come, the one on the screen first
	q     Question
	done  bool // answered right
	told  bool // answered at least once
}

// NewPractice opens one practice question.
func NewPractice(s *shell.Session) shell.Screen { return practice(s, quiz.KindSingle) }

// NewPractices opens a practice question of every kind, one after the other.
func NewPractices(s *shell.Session) shell.Screen {
	return practice(s, quiz.KindSingle, quiz.KindMultiple, quiz.KindTrueFalse, quiz.KindNumber, quiz.KindText, quiz.KindOrder, quiz.KindMatch, quiz.KindOpen)
}

func practice(s *shell.Session, kinds ...quiz.Kind) Practice {
	p := Practice{s: s, kinds: kinds}
	p.q = p.question(quiz.Answer{})
	return p
}

func (p Practice) question(given quiz.Answer) Question {
	it, shown := p.item(p.kinds[0])
	return New(p.s.Look(), it, shown, given).Sized(p.s.Look(), p.w, max(1, p.h-4))
}

// item is the practice question of a kind, and the order in which it shows: about days and words, so that whoever reads it knows
// the answer and has only the keys to learn.
func (p Practice) item(kind quiz.Kind) (it quiz.Item, shown []int) {
	it = quiz.Item{ID: "practice", Version: 1, Kind: kind}
	t := func(key words.Key) string { return p.s.T(key) }
	switch kind {
	case quiz.KindMultiple:
		it.Stem = t(words.ItemPracticeWeekend)
		it.Options = []quiz.Option{{Text: t(words.ItemPracticeSaturday), Right: true}, {Text: t(words.ItemPracticeB)}, {Text: t(words.ItemPracticeA), Right: true}}
	case quiz.KindTrueFalse:
		yes := true
		it.Stem, it.True = t(words.ItemPracticeSeven), &yes
	case quiz.KindNumber:
		it.Stem, it.Number = t(words.ItemPracticeHowMany), &quiz.Number{Value: 7}
	case quiz.KindText:
		it.Stem, it.Accept = p.s.T(words.ItemPracticeType, "word", t(words.ItemPracticeWord)), []string{t(words.ItemPracticeWord)}
	case quiz.KindOrder:
		it.Stem, it.Steps = t(words.ItemPracticeDay), []string{t(words.ItemPracticeMorning), t(words.ItemPracticeNoon), t(words.ItemPracticeEvening)}
		return it, []int{1, 0, 2}
	case quiz.KindMatch:
		it.Stem = t(words.ItemPracticeTogether)
		it.Pairs = []quiz.Pair{{Left: t(words.ItemPracticeDog), Right: t(words.ItemPracticeBarks)}, {Left: t(words.ItemPracticeCat), Right: t(words.ItemPracticeMeows)}}
		return it, []int{1, 0}
	case quiz.KindOpen:
		it.Stem = t(words.ItemPracticeWrite)
	default:
		it.Stem = t(words.ItemPracticeStem)
		it.Options = []quiz.Option{{Text: t(words.ItemPracticeA)}, {Text: t(words.ItemPracticeB), Right: true}, {Text: t(words.ItemPracticeC)}}
	}
	return it, []int{0, 1, 2}[:len(it.Options)]
}

// next is the practice of the kinds that are left; ok is false when there are none.
func (p Practice) next() (Practice, bool) {
	if len(p.kinds) < 2 {
		return p, false
	}
	p.kinds, p.done, p.told = p.kinds[1:], false, false
	p.q = p.question(quiz.Answer{})
	return p, true
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
		if next, more := p.next(); more {
			return next, nil
		}
		return p, shell.Back()
	}
	var event Event
	p.q, event = p.q.Update(p.s.Look(), msg)
	if event == Done {
		p.told = true
		p.done = p.right()
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
		for _, line := range parts.Paragraphs(p.w, p.s.T(p.praise())) {
			lines = append(lines, theme.Good.Render(line))
		}
	case p.told:
		lines = append(lines, "")
		for _, line := range parts.Paragraphs(p.w, p.s.T(p.wrong())) {
			lines = append(lines, theme.Warn.Render(line))
		}
	}
	return parts.Rows(lines, p.h)
}

// right tells whether the answer is; of an open question, whether something was written.
func (p Practice) right() bool {
	if p.q.Item.Kind == quiz.KindOpen {
		return !p.q.Answer().Empty()
	}
	return p.q.Item.Mark(p.q.Answer()).Points > 0
}

func (p Practice) praise() words.Key {
	if len(p.kinds) > 1 {
		return words.ItemPracticeNext
	}
	return words.ItemPracticeRight
}

func (p Practice) wrong() words.Key {
	if p.kinds[0] == quiz.KindSingle {
		return words.ItemPracticeWrong
	}
	return words.ItemPracticeAgain
}

// Cursor follows the question's, until it was answered right.
func (p Practice) Cursor() (x, y int, shown bool) {
	x, y, shown = p.q.Cursor()
	return x, y, shown && !p.done
}

// Place is what has the focus.
func (p Practice) Place() parts.Place { return p.q.Place(p.s.Look()) }

// Typing tells whether letters choose.
func (p Practice) Typing() bool { return p.q.Typing() }

// Mouse: options can be clicked.
func (p Practice) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Practice) ShortHelp() []key.Binding {
	switch {
	case p.done && len(p.kinds) > 1:
		return []key.Binding{keys.Named(p.s.Keys().Enter, p.s.T(words.ItemNext))}
	case p.done:
		return []key.Binding{keys.Named(p.s.Keys().Enter, p.s.T(words.ItemPracticeBack))}
	}
	return p.q.Keys(p.s.Look())
}

// FullHelp is the help page.
func (p Practice) FullHelp() [][]key.Binding {
	return [][]key.Binding{p.ShortHelp(), p.s.Keys().Moving()}
}
