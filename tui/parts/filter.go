package parts

import (
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"
)

// filter narrows rows to those that match what is typed after "/", accents and capitals left aside.
type filter struct {
	on     bool // the part has one
	always bool // letters always go into it, Enter and Esc never: they belong to the page around it
	typing bool // letters go into it now
	query  input
	folded []string // per row: its text as data.SortKey folds it
	shown  []int    // rows that pass
}

func newFilter(on bool) filter { return filter{on: on, query: input{max: 60}} }

// open is the filter with letters going into it for good.
func (f filter) open() filter {
	f.on, f.always, f.typing = true, true, true
	return f
}

// over is the filter over other rows, given as the text in which it searches.
func (f filter) over(texts []string) filter {
	f.folded = make([]string, len(texts))
	for i, text := range texts {
		f.folded[i] = data.SortKey(text)
	}
	return f.applied()
}

// applied chooses the rows that have every word of the query, in their own order; when none has, those with
// its letters in that order, the best match first, so that a word with a letter missing still finds.
func (f filter) applied() filter {
	f.shown = nil
	query := strings.Fields(data.SortKey(f.query.text))
	for i, text := range f.folded {
		if !slices.ContainsFunc(query, func(word string) bool { return !strings.Contains(text, word) }) {
			f.shown = append(f.shown, i)
		}
	}
	if len(f.shown) > 0 || len(query) == 0 {
		return f
	}
	for _, match := range fuzzy.Find(strings.Join(query, " "), f.folded) {
		f.shown = append(f.shown, match.Index)
	}
	return f
}

// inside tells whether Esc closes the filter first.
func (f filter) inside() bool { return !f.always && (f.typing || f.query.text != "") }

// press handles a key that is the filter's. done is false for others; fresh tells that other rows show.
func (f filter) press(look Look, msg tea.KeyPressMsg) (next filter, fresh, done bool) {
	switch {
	case !f.on:
		return f, false, false
	case f.inside() && key.Matches(msg, look.Keys.Back):
		f.typing, f.query = false, input{max: f.query.max}
		return f.applied(), true, true
	case f.typing && !f.always && key.Matches(msg, look.Keys.Enter):
		f.typing = false
		return f, false, true
	case f.typing && f.query.takes(msg):
		before := f.query.text
		f.query = f.query.update(msg)
		return f.applied(), before != f.query.text, true
	case !f.typing && key.Matches(msg, look.Keys.Search):
		f.typing = true
		return f, false, true
	}
	return f, false, false
}

// paste puts pasted text into a filter that is open.
func (f filter) paste(msg tea.PasteMsg) (next filter, done bool) {
	if !f.typing {
		return f, false
	}
	f.query, _, _ = f.query.insert(msg.Content)
	return f.applied(), true
}

// fewRows is up to how many rows the filter keeps its line to itself until it is used.
const fewRows = 8

// lines is how many lines the filter takes above the rows.
func (f filter) lines() int {
	if f.on && (f.typing || f.query.text != "" || len(f.folded) > fewRows) {
		return 1
	}
	return 0
}

func (f filter) room(width int) int { return max(1, min(width, MaxWidth)-4) }

// cursor is the cell of the cursor on the filter's line.
func (f filter) cursor(width int) int {
	x, _ := f.query.view(f.room(width))
	return x + 2
}

// view is the filter's line: what is typed, or how to start.
func (f filter) view(look Look, width int) string {
	switch {
	case f.typing:
		_, text := f.query.view(f.room(width))
		return Cut("/ "+look.Theme.FieldFocus.Render(Fit(text, f.room(width))), width)
	case f.query.text != "":
		found := look.T(words.PartFound, "n", len(f.shown))
		return look.Theme.Strong.Render(Cut("/ "+Plain(f.query.text)+"  "+found, width))
	}
	return look.Theme.Quiet.Render(Cut("/ "+look.T(words.PartFilter), width))
}

// nothing says why no row shows, or is "".
func (f filter) nothing(look Look, width int) string {
	switch {
	case len(f.folded) == 0:
		return look.Theme.Quiet.Render(Cut("  "+look.T(words.PartEmpty), width))
	case len(f.shown) == 0:
		return look.Theme.Quiet.Render(Cut("  "+look.T(words.PartNoMatch), width))
	}
	return ""
}
