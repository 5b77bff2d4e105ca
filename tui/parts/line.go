package parts

import tea "charm.land/bubbletea/v2"

// Line is one line of text under edit that stands by itself, outside a form. The zero Line takes nothing; NewLine
// makes one.
type Line struct{ in input }

// NewLine is an empty line for at most limit characters.
func NewLine(limit int) Line { return Line{input{max: limit}} }

// Text is what stands in the line, as it was typed but for what is not harmless.
func (l Line) Text() string { return l.in.text }

// With is the line with another text, the cursor behind it.
func (l Line) With(text string) Line {
	l.in.text, l.in.pos = "", 0
	l.in, _, _ = l.in.insert(text)
	return l
}

// Takes tells whether a key means something in a line: a character, or one that moves or deletes.
func (l Line) Takes(msg tea.KeyPressMsg) bool { return l.in.takes(msg) }

// Press edits by a key that the line takes.
func (l Line) Press(msg tea.KeyPressMsg) Line {
	l.in = l.in.update(msg)
	return l
}

// Insert puts text at the cursor, as a paste does.
func (l Line) Insert(text string) Line {
	l.in, _, _ = l.in.insert(text)
	return l
}

// Hidden is the line shown as stars, or not.
func (l Line) Hidden(on bool) Line {
	l.in.hidden = on
	return l
}

// View is the part of the text around the cursor that fits in width cells, and the cell of the cursor in it.
func (l Line) View(width int) (text string, cursor int) {
	x, text := l.in.view(width)
	return text, x
}
