package practice

import (
	"strings"

	"digibrug/quiz"
	"digibrug/tui/items"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// questions is what asks: a round or a placement.
type questions interface {
	now() (Task, bool)
	answered(right bool) questions
	explains() bool // after each answer
	title(*shell.Session, Task) string
	where(*shell.Session, Task) string
	end(room) shell.Screen
}

// Asking shows one question at a time and, where the row explains, at once what is right and why.
type Asking struct {
	room
	row    questions
	task   Task
	q      items.Question
	told   bool // the explanation is on the screen
	said   words.Key
	scroll parts.Scroll
}

// newAsking opens the first question of a row.
func newAsking(r room, row questions) shell.Screen {
	a := Asking{room: room{page.Still(r.S), r.desk}, row: row}
	a.W, a.H = r.W, r.H
	task, ok := row.now()
	if !ok {
		return row.end(r)
	}
	return a.put(task)
}

// put is the screen with a question.
func (a Asking) put(t Task) Asking {
	a.task, a.told, a.said, a.scroll = t, false, "", parts.Scroll{}
	a.q = items.New(a.S.Look(), t.Item, t.Shown, quiz.Answer{})
	return a.sized()
}

func (a Asking) sized() Asking {
	a.q = a.q.Sized(a.S.Look(), a.W, max(1, a.space()))
	return a
}

const headLines = 2 // where one is, and an empty line

// space is the lines of the question: less what stands above and what is said below.
func (a Asking) space() int { return a.H - headLines - len(a.below()) }

// Init does nothing: all is known.
func (a Asking) Init() tea.Cmd { return nil }

// Title is what it is about.
func (a Asking) Title() string { return parts.Plain(a.row.title(a.S, a.task)) }

// Update answers, or goes on.
func (a Asking) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
		return a.sized(), nil
	case shell.LookedMsg:
		a.q = a.q.Again(a.S.Look())
		return a.sized(), nil
	}
	if a.told {
		return a.reading(msg)
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, a.unknown()) {
		return a.closed(quiz.Answer{})
	}
	var event items.Event
	a.q, event = a.q.Update(a.S.Look(), parts.Shift(msg, 0, headLines))
	if event != items.None {
		a.said = ""
	}
	if event != items.Done {
		return a.sized(), nil
	}
	given := a.q.Answer()
	switch {
	case given.Empty():
		a.said = words.PracticeFirst
	case a.task.Item.CheckAnswer(given) != nil:
		a.said = words.PracticeUnread
	default:
		return a.closed(given)
	}
	return a.sized(), nil
}

// closed is the screen after an answer.
func (a Asking) closed(given quiz.Answer) (shell.Screen, tea.Cmd) {
	if !a.row.explains() {
		return a.next(Right(a.task.Item, given))
	}
	a.q = items.New(a.S.Look(), a.task.Item, a.task.Shown, given)
	a.told, a.said, a.scroll = true, "", parts.Scroll{}
	return a.sized(), nil
}

// reading walks through the explanation, and on.
func (a Asking) reading(msg tea.Msg) (shell.Screen, tea.Cmd) {
	lines, room := len(a.explanation()), a.H-headLines
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, a.S.Keys().Enter) {
		if !a.scroll.More(lines, room) {
			return a.next(Right(a.task.Item, a.q.Answer()))
		}
		msg = tea.KeyPressMsg{Code: tea.KeyPgDown}
	}
	a.scroll = a.scroll.Update(a.S.Look(), msg, lines, room)
	return a, nil
}

// next shows the question that follows, or the end.
func (a Asking) next(right bool) (shell.Screen, tea.Cmd) {
	a.row = a.row.answered(right)
	task, ok := a.row.now()
	if !ok {
		return a, shell.Replace(a.row.end(a.room))
	}
	return a.put(task), nil
}

func (a Asking) explanation() []string {
	return items.Explanation(a.S.Look(), a.task.Item, a.task.Shown, a.q.Answer(), a.W)
}

// below is what is said under the question, with an empty line above; none when nothing is said.
func (a Asking) below() []string {
	if a.said == "" {
		return nil
	}
	lines := []string{""}
	for _, line := range parts.Paragraphs(a.W, a.S.T(a.said)) {
		lines = append(lines, a.S.Theme().Warn.Render(line))
	}
	return lines
}

// View gives the question, or the explanation.
func (a Asking) View() string {
	if a.told {
		return a.head("") + a.scroll.View(a.S.Look(), a.explanation(), a.W, a.H-headLines)
	}
	lines := strings.Split(a.q.View(a.S.Look()), "\n")
	help := a.unknown().Help()
	return a.head(help.Key+" "+help.Desc) + parts.Rows(append(lines, a.below()...), a.H-headLines)
}

// head says where one is, and how to go on without an answer.
func (a Asking) head(way string) string {
	line := parts.Ends(parts.Plain(a.row.where(a.S, a.task)), way, min(a.W, parts.MaxWidth))
	return a.S.Theme().Title.Render(line) + "\n\n"
}

// unknown is the key of who doesn't know.
func (a Asking) unknown() key.Binding {
	return key.NewBinding(key.WithKeys("f9"), key.WithHelp("F9", a.S.T(words.PracticeDontKnow)))
}

// Cursor follows the question's.
func (a Asking) Cursor() (x, y int, shown bool) {
	x, y, shown = a.q.Cursor()
	return x, y + headLines, shown && !a.told
}

// Place is what has the focus.
func (a Asking) Place() parts.Place { return a.q.Place(a.S.Look()) }

// Typing tells whether letters choose.
func (a Asking) Typing() bool { return !a.told && a.q.Typing() }

// Mouse: options can be clicked.
func (a Asking) Mouse() bool { return true }

// ShortHelp is the footer.
func (a Asking) ShortHelp() []key.Binding {
	if a.told {
		return []key.Binding{a.Enter(words.PracticeNext)}
	}
	return append(a.q.Keys(a.S.Look()), a.unknown())
}

// FullHelp is the help page.
func (a Asking) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()}
}
