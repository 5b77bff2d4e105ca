package kiosk

import (
	"strings"
	"unicode"

	"digibrug/data"

	tea "charm.land/bubbletea/v2"
)

// Codes stand on paper in two groups.
const (
	group = data.CodeLen / 2
	// most is how many letters are taken: one too many must show, or it would push out a right one.
	most = data.CodeLen + 2
)

// entry is the field in which a code is typed: letters and digits in capitals, a cursor between them. What people
// put between letters is left out as they type.
type entry struct {
	letters []rune // never changed in place
	at      int    // before which letter the cursor stands
}

// text is what stands there.
func (e entry) text() string { return string(e.letters) }

// press gives a key to the field; done is false when it means nothing there.
func (e entry) press(msg tea.KeyPressMsg) (next entry, done bool) {
	switch msg.String() {
	case "left":
		e.at = max(0, e.at-1)
	case "right":
		e.at = min(len(e.letters), e.at+1)
	case "home":
		e.at = 0
	case "end":
		e.at = len(e.letters)
	case "backspace": // at the beginning the letter behind: whoever keeps pressing empties the field
		e = entry{e.letters, max(0, e.at-1)}.without()
	case "delete":
		e = e.without()
	default:
		if msg.Text == "" {
			return e, false
		}
		return e.insert(msg.Text), true
	}
	return e, true
}

// without takes the letter after the cursor away.
func (e entry) without() entry {
	if e.at >= len(e.letters) {
		return e
	}
	e.letters = append(append([]rune{}, e.letters[:e.at]...), e.letters[e.at+1:]...)
	return e
}

// insert puts letters and digits at the cursor, as far as there is room.
func (e entry) insert(text string) entry {
	letters := append([]rune{}, e.letters[:e.at]...)
	rest := e.letters[e.at:]
	for _, r := range text {
		if typed(r) && len(letters)+len(rest) < most {
			letters = append(letters, unicode.ToUpper(r))
		}
	}
	return entry{append(letters, rest...), len(letters)}
}

// typed tells whether a sign shows: a Latin letter, with its accent, or a digit. All are one cell wide.
func typed(r rune) bool {
	return r < 0x250 && unicode.IsLetter(r) || r >= '0' && r <= '9'
}

// to puts the cursor before the letter at a place, from 1.
func (e entry) to(place int) entry {
	e.at = min(max(0, place-1), len(e.letters))
	return e
}

// cell is the column of the letter with this index: every letter has air around it, and a dash stands between the
// groups.
func cell(i int) int {
	col := 2 * i
	if i >= group {
		col += len("- ")
	}
	return col
}

// fieldWidth is the cells of the field: the cursor may stand behind the last letter.
const fieldWidth = 2*(most+1) + len("- ")

// view draws the letters, and a low line for each that is still missing.
func (e entry) view() string {
	var out strings.Builder
	for i := range max(data.CodeLen, len(e.letters)) {
		if i == group {
			out.WriteString("- ")
		}
		if i < len(e.letters) {
			out.WriteRune(e.letters[i])
		} else {
			out.WriteRune('_')
		}
		out.WriteByte(' ')
	}
	return out.String()
}
