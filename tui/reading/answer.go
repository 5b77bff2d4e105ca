package reading

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// ask is what the next line answers.
type ask struct {
	kind   askKind
	place  parts.Place
	pasted bool // askLines: some of it was pasted
}

type askKind int

const (
	askNothing askKind = iota // it chooses
	askText                   // it is what a field gets
	askLines                  // it is one of several lines
	askOption                 // it is the number of an option
	askCarry                  // it is the number of the place to carry something to
)

// endOfText ends an answer of several lines, and empties one of one line.
const endOfText = "."

// entered takes a line.
func (r Reader) entered(text string) (Reader, tea.Cmd) {
	pasted := r.pasted
	r.pasted = false
	r, here := r.give(shell.HereMsg{Read: true})
	var cmd tea.Cmd
	switch r.told = true; r.asking.kind {
	case askText:
		r, cmd = r.fills(text, pasted)
	case askLines:
		r, cmd = r.adds(text, pasted)
	case askOption, askCarry:
		r, cmd = r.picks(text)
	default:
		r, cmd = r.chooses(text, pasted)
	}
	return r, tea.Batch(here, cmd)
}

// leaves gives a question up.
func (r Reader) leaves() (Reader, tea.Cmd) {
	r.asking, r.text, r.line = ask{}, nil, parts.NewLine(lineMost)
	return r.again()
}

// chooses does what a line says: a number, the name of a key, or text for what takes text. An empty line has the page said
// again.
func (r Reader) chooses(text string, pasted bool) (Reader, tea.Cmd) {
	line := strings.TrimSpace(text)
	if line == "" {
		return r.again()
	}
	now := r.visit.Shown()
	if n, err := strconv.Atoi(line); err == nil {
		if !alike(now, r.shown) { // a number belongs to the page that was read
			r, told := r.write(r.t(words.ReadingChanged))
			r, again := r.again()
			return r, tea.Batch(told, again)
		}
		return r.numbered(now, n)
	}
	for _, act := range now.Keys {
		if strings.EqualFold(act.Cap, line) {
			return r.keys([]tea.KeyPressMsg{act.Press})
		}
	}
	if now.At >= 0 && now.Spots[now.At].Place.Kind == parts.TextPlace {
		r.asking = ask{kind: askText, place: now.Spots[now.At].Place}
		return r.fills(text, pasted)
	}
	return r.types(line, now.Takes)
}

// types gives letters to what takes letters: what is looked for in a list, or the letter of an option. A word is no row of
// letters: it would choose one of them.
func (r Reader) types(text string, takes bool) (Reader, tea.Cmd) {
	if !takes && utf8.RuneCountInString(text) > 1 {
		return r.write(r.t(words.ReadingUnknown, "text", text))
	}
	before := r.visit.Gist()
	r, cmd := r.keys(typed(text))
	if r.visit.Gist() == before {
		r, told := r.write(r.t(words.ReadingUnknown, "text", text))
		return r, tea.Batch(cmd, told)
	}
	return r, cmd
}

// alike tells whether the same things can be chosen on two pages.
func alike(a, b shell.Shown) bool {
	return a.Title == b.Title && len(a.Spots) == len(b.Spots) && slices.EqualFunc(a.Keys, b.Keys, func(x, y shell.Act) bool { return x.Cap == y.Cap })
}

// numbered does what a number stands for. A key that works everywhere was read with no number, and has none.
func (r Reader) numbered(now shell.Shown, n int) (Reader, tea.Cmd) {
	most := len(now.Spots)
	for i, act := range now.Keys {
		if !act.Everywhere {
			most = len(now.Spots) + i + 1
		}
	}
	switch {
	case n >= 1 && n <= len(now.Spots):
		spot := now.Spots[n-1]
		r, cmd := r.keys(spot.Path)
		r, more := r.at(spot.Place)
		return r, tea.Batch(cmd, more)
	case n > len(now.Spots) && n <= most && !now.Keys[n-len(now.Spots)-1].Everywhere:
		return r.keys([]tea.KeyPressMsg{now.Keys[n-len(now.Spots)-1].Press})
	}
	return r.write(r.t(words.ReadingNoNumber, "n", n, "most", most))
}

// at answers a place that has the focus now, or asks what to answer.
func (r Reader) at(p parts.Place) (Reader, tea.Cmd) {
	switch p.Kind {
	case parts.TickPlace:
		return r.keys([]tea.KeyPressMsg{space})
	case parts.TextPlace:
		r.asking = ask{kind: askText, place: p}
	case parts.LinesPlace:
		r.asking, r.text = ask{kind: askLines, place: p}, nil
	case parts.TurnPlace:
		r.asking = ask{kind: askOption, place: p}
	case parts.CarryPlace:
		r.asking = ask{kind: askCarry, place: p}
	default:
		return r.keys([]tea.KeyPressMsg{enter})
	}
	return r.soon()
}

var (
	space     = tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	enter     = tea.KeyPressMsg{Code: tea.KeyEnter}
	backspace = tea.KeyPressMsg{Code: tea.KeyBackspace}
	del       = tea.KeyPressMsg{Code: tea.KeyDelete}
	right     = tea.KeyPressMsg{Code: tea.KeyRight}
	up        = tea.KeyPressMsg{Code: tea.KeyUp}
	down      = tea.KeyPressMsg{Code: tea.KeyDown}
)

// fills puts a line in a field in the place of what stands there. An empty line leaves it as it is.
func (r Reader) fills(text string, pasted bool) (Reader, tea.Cmd) {
	p := r.asking.place
	r.asking = ask{}
	switch strings.TrimSpace(text) {
	case "":
		return r.again()
	case endOfText:
		text = ""
	}
	return r.puts(p.Value, text, pasted)
}

// puts takes away what stands in a field and types a text. A text that was pasted is given as such: the screens may note it.
func (r Reader) puts(was, text string, pasted bool) (Reader, tea.Cmd) {
	keys := append(slices.Repeat([]tea.KeyPressMsg{backspace}, len([]rune(was))), slices.Repeat([]tea.KeyPressMsg{del}, len([]rune(was)))...)
	if !pasted {
		return r.keys(append(keys, typed(text)...))
	}
	r, cmd := r.keys(keys)
	r, more := r.give(tea.PasteMsg{Content: text})
	return r, tea.Batch(cmd, more)
}

// adds takes one of several lines, until the end of the text. Without any the text stays as it was.
func (r Reader) adds(text string, pasted bool) (Reader, tea.Cmd) {
	r.asking.pasted = r.asking.pasted || pasted
	if strings.TrimSpace(text) != endOfText {
		r.text = append(slices.Clone(r.text), text)
		return r, nil
	}
	was, lines := r.asking, r.text
	r.asking, r.text = ask{}, nil
	if len(lines) == 0 {
		return r.again()
	}
	return r.puts(was.place.Value, strings.Join(lines, "\n"), was.pasted)
}

// picks turns a choice to an option, or carries something to a place.
func (r Reader) picks(text string) (Reader, tea.Cmd) {
	p, carries := r.asking.place, r.asking.kind == askCarry
	line := strings.TrimSpace(text)
	if line == "" {
		return r.leaves()
	}
	n, err := strconv.Atoi(line)
	if err != nil || n < 1 || n > len(p.Options) {
		return r.write(r.t(words.ReadingNoNumber, "n", line, "most", len(p.Options)))
	}
	r.asking = ask{}
	by := n - 1 - p.At
	if !carries && by < 0 { // right goes on from the last one to the first
		by += len(p.Options)
	}
	if !carries {
		return r.keys(slices.Repeat([]tea.KeyPressMsg{right}, by))
	}
	way := down
	if by < 0 {
		way, by = up, -by
	}
	return r.keys(append(append([]tea.KeyPressMsg{space}, slices.Repeat([]tea.KeyPressMsg{way}, by)...), space))
}

// typed is a text as the keys that type it.
func typed(text string) (keys []tea.KeyPressMsg) {
	for _, c := range text {
		if c == '\n' {
			keys = append(keys, enter)
			continue
		}
		keys = append(keys, tea.KeyPressMsg{Code: c, Text: string(c)})
	}
	return keys
}
