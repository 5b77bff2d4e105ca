package parts

import (
	"strings"

	"digibrug/tui/words"

	"github.com/charmbracelet/x/ansi"
)

// spot is what stands on one line of a form.
type spot struct {
	field  int // index in the entries; their number: the button
	option int // index in the options of a Many field, or -1
	cursor int // cell of the hardware cursor if the spot has the focus, or -1
}

// plan is all lines of a form, and what is on them.
type plan struct {
	lines []string
	spots []spot
}

func (p plan) at(line int) (spot, bool) {
	if line < 0 || line >= len(p.spots) {
		return spot{}, false
	}
	return p.spots[line], true
}

func (p *plan) add(line string, s spot) {
	p.lines, p.spots = append(p.lines, line), append(p.spots, s)
}

// fieldIndent is the cells before a field, under its label.
const fieldIndent = 2

// planned lays the form out anew and brings the focus into view.
func (f Form) planned(look Look) Form {
	f.plan = plan{}
	for i := range f.entries {
		f.planField(look, i)
	}
	style, sign := look.Theme.Strong, "  "
	if f.focus == len(f.entries) {
		style, sign = look.Theme.Chosen, look.Theme.Glyphs.Cursor+" "
	}
	button := Cut(sign+"[ "+Plain(look.T(f.submit))+" ]", f.width)
	f.plan.add(style.Render(button), spot{field: len(f.entries), option: -1, cursor: 0})
	first, last := f.focusLines()
	f.top = max(f.top, last+1-f.height)
	f.top = min(f.top, first)
	f.top = max(0, min(f.top, len(f.plan.lines)-f.height))
	return f
}

// focusLines is the first and last line of what has the focus; of a long field, the line with the cursor.
func (f Form) focusLines() (first, last int) {
	first, last = -1, 0
	cursor := 0
	for i, s := range f.plan.spots {
		if s.field != f.focus {
			continue
		}
		if first < 0 {
			first = i
		}
		if s.cursor >= 0 {
			cursor = i
		}
		last = i
	}
	if last-first+1 > f.height {
		return cursor, cursor
	}
	return max(0, first), last
}

func (f *Form) planField(look Look, i int) {
	e, here := f.entries[i], i == f.focus
	none := spot{field: i, option: -1, cursor: -1}
	label := Plain(look.T(e.Label))
	if e.Need {
		label += " " + look.T(words.PartNeeded)
	}
	style, sign := look.Theme.Body, "  "
	if here {
		style, sign = look.Theme.Strong, look.Theme.Glyphs.Cursor+" "
	}
	if look.Read && e.Kind != Many && e.Kind != Lines {
		f.planRead(sign+label, e, none, here)
		f.planNotes(look, e, none, here)
		return
	}
	f.plan.add(style.Render(Cut(sign+label, f.width)), none)
	switch e.Kind {
	case Choice:
		f.planChoice(look, e, none, here)
	case Many:
		f.planMany(look, e, none, here)
	case Lines:
		f.planLines(look, e, none, here)
	default:
		room := max(1, min(f.room(), e.input.max+1))
		x, text := e.input.view(room)
		style := look.Theme.Field
		if here {
			style, none.cursor = look.Theme.FieldFocus, fieldIndent+1+x
		}
		f.plan.add(Cut("  ["+style.Render(Fit(text, room))+"]", f.width), none)
		none.cursor = -1
	}
	f.planNotes(look, e, none, here)
	f.plan.add("", none)
}

// planRead puts what stands in a field behind its label, to be heard in one go.
func (f *Form) planRead(label string, e entry, s spot, here bool) {
	_, text := e.input.view(e.input.max + 1)
	if e.Kind == Choice {
		text = ""
		if e.at >= 0 && e.at < len(e.Options) {
			text = Plain(e.Options[e.at].Label)
		}
	}
	if here {
		s.cursor = 0
	}
	f.plan.add(Cut(Named(label, []string{text})[0], f.width), s)
}

// room is the cells for what stands in a field, between its brackets.
func (f Form) room() int { return min(f.width, MaxWidth) - fieldIndent - 3 }

func (f *Form) planChoice(look Look, e entry, s spot, here bool) {
	label, count := "", ""
	if e.at >= 0 && e.at < len(e.Options) {
		label = Plain(e.Options[e.at].Label)
		count = "  (" + look.T(words.PartOf, "at", e.at+1, "total", len(e.Options)) + ")"
	}
	style := look.Theme.Field
	if here {
		style, s.cursor = look.Theme.FieldFocus, fieldIndent
	}
	box := Cut("< "+label+" >", f.room())
	rest := Cut(count, f.room()-ansi.StringWidth(box))
	f.plan.add(Cut("  "+style.Render(box)+look.Theme.Quiet.Render(rest), f.width), s)
}

func (f *Form) planMany(look Look, e entry, s spot, here bool) {
	for i, o := range e.Options {
		line := box(e.ticked[o.Value], false) + Plain(o.Label)
		style := look.Theme.Body
		s.option, s.cursor = i, -1
		switch {
		case here && i == e.at:
			style, s.cursor = look.Theme.Chosen, fieldIndent
		case e.ticked[o.Value]:
			style = look.Theme.Picked
		}
		f.plan.add(Cut("  "+style.Render(Cut(line, f.room())), f.width), s)
	}
}

func (f *Form) planLines(look Look, e entry, s spot, here bool) {
	lines, x, y := e.area.View()
	style := look.Theme.Field
	if here {
		style = look.Theme.FieldFocus
	}
	for i, line := range lines {
		if s.cursor = -1; here && i == y {
			s.cursor = fieldIndent + 1 + x
		}
		f.plan.add(Cut("  ["+style.Render(line)+"]", f.width), s)
	}
}

// planNotes puts under a field what is wrong with it, and what helps to fill it in.
func (f *Form) planNotes(look Look, e entry, s spot, here bool) {
	s.option, s.cursor = -1, -1
	room := f.width - fieldIndent
	if e.err != nil {
		text, known := f.errs.Sentence(look.Lang, e.err)
		if !known {
			text = look.T(words.ErrorInvalid, "field", look.T(e.Label))
		}
		for _, line := range Wrap("! "+PlainBlock(text), room) {
			f.plan.add("  "+look.Theme.Warn.Render(line), s)
		}
	}
	for _, key := range e.hints(here, !look.Read) {
		for _, line := range Wrap(Plain(look.T(key)), room) {
			f.plan.add("  "+look.Theme.Quiet.Render(line), s)
		}
	}
}

// hints are what helps to fill a field in: with keys also which ones do.
func (e entry) hints(here, keys bool) []words.Key {
	var hints []words.Key
	if e.note != "" {
		hints = append(hints, e.note)
	}
	if e.capitals() {
		hints = append(hints, words.PartCapitals)
	}
	if !here {
		return hints
	}
	switch {
	case e.Kind == Day:
		hints = append(hints, words.PartDayHint)
	case !keys:
	case e.Kind == Choice:
		hints = append(hints, words.PartChoiceHint)
	case e.Kind == Many:
		hints = append(hints, words.PartManyHint)
	case e.Kind == Lines:
		hints = append(hints, words.PartLinesHint)
	}
	if e.Hint != "" {
		hints = append(hints, e.Hint)
	}
	return hints
}

// Cursor is where the hardware cursor belongs, in cells from the form's corner.
func (f Form) Cursor() (x, y int, shown bool) {
	for i, s := range f.plan.spots {
		if s.field == f.focus && s.cursor >= 0 && i >= f.top && i < f.top+f.height && s.cursor < f.width {
			return s.cursor, i - f.top, true
		}
	}
	return 0, 0, false
}

// View gives the lines in view, at most as many as the form was sized to.
func (f Form) View(look Look) string {
	f = f.planned(look)
	to := min(len(f.plan.lines), f.top+f.height)
	return strings.Join(f.plan.lines[min(f.top, to):to], "\n")
}
