package items

import (
	"strconv"
	"strings"

	"digibrug/quiz"
	"digibrug/tui/parts"
	"digibrug/tui/words"
)

// Explanation lays an answer beside the key, as lines of at most width cells: what was asked, what could
// be answered, what the person chose, what is right and why. Signs stand beside colours: (x) chosen,
// "juist" right.
// Options come in the order in which the person saw them, under the same letters.
func Explanation(look parts.Look, it quiz.Item, shown []int, given quiz.Answer, width int) []string {
	var lines []string
	add := func(style interface{ Render(...string) string }, indent int, text string) {
		for _, line := range parts.Wrap(parts.Plain(text), max(1, width-indent)) {
			lines = append(lines, strings.Repeat(" ", indent)+style.Render(line))
		}
	}
	for _, line := range strings.Split(parts.PlainBlock(it.Stem), "\n") {
		add(look.Theme.Strong, 0, line)
	}
	lines = append(lines, "")
	if mark := it.Mark(given); mark.Pending {
		add(look.Theme.Quiet, 0, look.T(words.ItemPending))
	} else {
		add(look.Theme.Title, 0, verdict(look, given, mark))
	}
	return append(append(lines, ""), reasons(look, it, shown, given, width)...)
}

// Key is what is right in an item and why, for who may see it without having answered, as lines of at most width cells.
// Options come in the order shown.
func Key(look parts.Look, it quiz.Item, shown []int, width int) []string {
	return reasons(look, it, shown, quiz.Answer{}, width)
}

// reasons are the lines of an explanation under its verdict.
func reasons(look parts.Look, it quiz.Item, shown []int, given quiz.Answer, width int) (lines []string) {
	add := func(style interface{ Render(...string) string }, indent int, text string) {
		for _, line := range parts.Wrap(parts.Plain(text), max(1, width-indent)) {
			lines = append(lines, strings.Repeat(" ", indent)+style.Render(line))
		}
	}
	for row, l := range inOrder(it, shown, it.Explain(given)) {
		style := look.Theme.Body
		if l.Right {
			style = look.Theme.Good
		}
		text := explained(look, it.Kind, row, l)
		if it.Kind == quiz.KindMatch && !given.Empty() && l.Given == "" && !l.Right { // else it looks as one that was right
			text += " - " + look.T(words.ItemLeftOpen)
		}
		add(style, 0, text)
		if l.Why != "" {
			add(look.Theme.Body, 4, l.Why)
		}
	}
	if it.Why != "" {
		lines = append(lines, "")
		add(look.Theme.Body, 0, it.Why)
	}
	return lines
}

// verdict says in a kind word what the answer earned.
func verdict(look parts.Look, given quiz.Answer, mark quiz.Mark) string {
	switch {
	case given.Empty():
		return look.T(words.ItemVerdictNone)
	case mark.Points >= mark.Max:
		return look.T(words.ItemVerdictRight)
	case mark.Points > 0:
		return look.T(words.ItemVerdictPartly)
	}
	return look.T(words.ItemVerdictNotYet)
}

// inOrder puts the lines of options in the order in which they were shown.
func inOrder(it quiz.Item, shown []int, lines []quiz.Line) []quiz.Line {
	if it.Kind != quiz.KindSingle && it.Kind != quiz.KindMultiple || len(shown) != len(lines) {
		return lines
	}
	ordered := make([]quiz.Line, len(lines))
	for row, i := range shown {
		ordered[row] = lines[i]
	}
	return ordered
}

// explained is one line of the explanation in words. row counts from 0.
func explained(look parts.Look, kind quiz.Kind, row int, l quiz.Line) string {
	text := l.Text
	switch text {
	case quiz.TextTrue:
		text = look.T(words.ItemTrue)
	case quiz.TextFalse:
		text = look.T(words.ItemFalse)
	}
	switch kind {
	case quiz.KindSingle, quiz.KindMultiple, quiz.KindTrueFalse:
		box := "( ) "
		if l.Chosen {
			box = "(x) "
		}
		if l.Right {
			text += " - " + look.T(words.ItemRight)
		}
		return box + letter(row) + ") " + text
	case quiz.KindOrder:
		if l.Place > 0 && !l.Right {
			return text + " - " + look.T(words.ItemPlacedAt, "place", strconv.Itoa(l.Place))
		}
		return text
	case quiz.KindMatch:
		text = l.Left + " > " + text
	}
	if l.Given != "" && !l.Right {
		return text + " - " + look.T(words.ItemGiven, "given", l.Given)
	}
	return text
}
