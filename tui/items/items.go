// Package items shows a question and reads an answer, for every room that asks questions: the
// kennismeting, the recruitment test, practice. It knows no attempt and no database; the room decides
// what an answer is for.
package items

import (
	"strings"

	"digibrug/quiz"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Event says what a question made of a message.
type Event int

// The events.
const (
	None    Event = iota // not for the question, or nothing changed
	Moved                // the cursor moved
	Changed              // the answer is another one
	Done                 // the person wants to go on with this answer
)

// answerer is the part of a question that depends on the kind of item.
type answerer interface {
	update(look parts.Look, msg tea.Msg) (answerer, Event)
	view(look parts.Look) string
	sized(look parts.Look, width, height int) answerer
	lines() int // that it takes when nothing is out of view
	answer() quiz.Answer
	cursor() (x, y int, shown bool)
	typing() bool // letters are text or choices: the shell leaves them alone
	keys(look parts.Look) []key.Binding
	ask() words.Key // what the person is asked to do, under the stem
	place(look parts.Look) parts.Place
}

// Question is one item on the screen with the answer so far. It is a value; the zero Question is none.
type Question struct {
	Item  quiz.Item
	shown []int
	a     answerer
	width int
	stem  []string
	ask   []string    // what the person is asked to do
	asked quiz.Answer // as it was when the question came on the screen
}

// New puts an item on the screen, its parts in the order shown, with the answer that was given before.
func New(look parts.Look, it quiz.Item, shown []int, given quiz.Answer) Question {
	q := Question{Item: it, shown: shown, asked: it.Tidy(given)}
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		q.a = newChoice(it, shown, given)
	case quiz.KindTrueFalse:
		q.a = newTruth(look, given)
	case quiz.KindOrder:
		q.a = newOrder(it, shown, given)
	case quiz.KindMatch:
		q.a = newMatch(look, it, shown, given)
	case quiz.KindOpen:
		q.a = newWritten(given)
	default:
		q.a = newTyped(look, it, given)
	}
	return q
}

// Again is the question drawn anew in another look, with what stands there now. What it came with stays, so that
// what was not saved is still known to be new.
func (q Question) Again(look parts.Look) Question {
	again := New(look, q.Item, q.shown, q.Answer())
	again.asked = q.asked
	return again
}

// minAnswer is the lines that an answer keeps, however long the stem is.
const minAnswer = 4

// Sized is the question in a room of width cells and height lines.
func (q Question) Sized(look parts.Look, width, height int) Question {
	q.width = width
	q.stem = nil
	for _, line := range strings.Split(parts.PlainBlock(q.Item.Stem), "\n") {
		q.stem = append(q.stem, parts.Wrap(line, width)...)
	}
	q.ask = parts.Wrap(look.T(q.a.ask()), width)
	if most := max(1, height-minAnswer-2-len(q.ask)); len(q.stem) > most {
		q.stem = append(q.stem[:most-1], "...")
	}
	q.a = q.a.sized(look, width, max(1, height-q.head()))
	return q
}

// head is the lines above the answer: the stem, a blank line, what is asked, a blank line.
func (q Question) head() int { return len(q.stem) + len(q.ask) + 2 }

// Lines is how many lines the question takes when nothing is out of view.
func (q Question) Lines() int { return q.head() + q.a.lines() }

// Update lets the person answer. Mouse messages count from the question's corner.
func (q Question) Update(look parts.Look, msg tea.Msg) (Question, Event) {
	var event Event
	q.a, event = q.a.update(look, parts.Shift(msg, 0, q.head()))
	return q, event
}

// Answer is what stands there now.
func (q Question) Answer() quiz.Answer { return q.Item.Tidy(q.a.answer()) }

// Changed tells whether the answer differs from the one that the question came with.
func (q Question) Changed() bool { return !sameAnswer(q.Answer(), q.asked) }

// View gives the question's lines.
func (q Question) View(look parts.Look) string {
	lines := make([]string, 0, q.head())
	for _, line := range q.stem {
		lines = append(lines, look.Theme.Strong.Render(line))
	}
	lines = append(lines, "")
	for _, line := range q.ask {
		lines = append(lines, look.Theme.Quiet.Render(line))
	}
	return strings.Join(append(lines, ""), "\n") + "\n" + q.a.view(look)
}

// Cursor is where the hardware cursor belongs, in cells from the question's corner.
func (q Question) Cursor() (x, y int, shown bool) {
	x, y, shown = q.a.cursor()
	return x, y + q.head(), shown
}

// Typing tells whether letters belong to the question.
func (q Question) Typing() bool { return q.a.typing() }

// Keys are the keys that this kind of question knows, the most useful first.
func (q Question) Keys(look parts.Look) []key.Binding { return q.a.keys(look) }

// letter is the name under which the option at a row, from 0, is known on the screen.
func letter(row int) string { return string(rune('a' + row)) }
