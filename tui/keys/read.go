package keys

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// azerty is the digit row of a Belgian AZERTY keyboard without Shift, from 1 to 9 and 0
// (xkb symbols/be; field/terminal.md §4). France differs at 6 and 8.
const azerty = `&é"'(§è!çà`

// Digit reads 0 to 9 from a key: the digits themselves, those of the keypad, and the unshifted digit row
// of a Belgian keyboard. Only for choices and for fields that take numbers alone: in free text an é is
// an é.
func Digit(msg tea.KeyPressMsg) (digit int, ok bool) {
	if msg.Code >= tea.KeyKp0 && msg.Code <= tea.KeyKp9 && msg.Mod&^tea.ModNumLock == 0 {
		return int(msg.Code - tea.KeyKp0), true
	}
	r, size := utf8.DecodeRuneInString(msg.Text)
	if size == 0 || size != len(msg.Text) {
		return 0, false
	}
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if i := strings.IndexRune(azerty, r); i >= 0 {
		return (utf8.RuneCountInString(azerty[:i]) + 1) % 10, true
	}
	return 0, false
}

// Digits is text as it was meant where only digits count: the unshifted row of a Belgian keyboard becomes
// digits, the rest stays. The signs that people write between the parts of a day or a number (- . , / : +)
// are not on that row, but for the apostrophe and the quotation mark that Belgian habit never uses there.
func Digits(text string) string {
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(azerty, r); i >= 0 {
			return rune('0' + (utf8.RuneCountInString(azerty[:i])+1)%10)
		}
		return r
	}, text)
}

// Letter reads a to h from a key, in either case, as 0 to 7: the same letters on any keyboard, for
// choices.
func Letter(msg tea.KeyPressMsg) (index int, ok bool) {
	if len(msg.Text) != 1 {
		return 0, false
	}
	c := msg.Text[0] | 0x20
	return int(c - 'a'), c >= 'a' && c <= 'h'
}

// Parse makes the message of a key from the name that Bubble Tea gives it: "a", "?", "enter", "shift+tab",
// "ctrl+p", "f1". ok is false for a name that is none.
func Parse(name string) (msg tea.KeyPressMsg, ok bool) {
	rest := name
	for {
		mod, after, found := strings.Cut(rest, "+")
		if !found || after == "" {
			break
		}
		switch mod {
		case "ctrl":
			msg.Mod |= tea.ModCtrl
		case "alt":
			msg.Mod |= tea.ModAlt
		case "shift":
			msg.Mod |= tea.ModShift
		default:
			return tea.KeyPressMsg{}, false
		}
		rest = after
	}
	if code, special := specialKey(rest); special {
		msg.Code = code
		if code == tea.KeySpace && msg.Mod == 0 {
			msg.Text = " "
		}
		return msg, true
	}
	r, size := utf8.DecodeRuneInString(rest)
	if size == 0 || size != len(rest) || r == utf8.RuneError {
		return tea.KeyPressMsg{}, false
	}
	msg.Code = r
	if msg.Mod&^tea.ModShift == 0 {
		msg.Text = rest
	}
	return msg, true
}

func specialKey(name string) (rune, bool) {
	switch name {
	case "up":
		return tea.KeyUp, true
	case "down":
		return tea.KeyDown, true
	case "left":
		return tea.KeyLeft, true
	case "right":
		return tea.KeyRight, true
	case "pgup":
		return tea.KeyPgUp, true
	case "pgdown":
		return tea.KeyPgDown, true
	case "home":
		return tea.KeyHome, true
	case "end":
		return tea.KeyEnd, true
	case "enter":
		return tea.KeyEnter, true
	case "esc":
		return tea.KeyEscape, true
	case "tab":
		return tea.KeyTab, true
	case "space":
		return tea.KeySpace, true
	case "backspace":
		return tea.KeyBackspace, true
	case "delete":
		return tea.KeyDelete, true
	}
	if len(name) == 2 && name[0] == 'f' && name[1] >= '1' && name[1] <= '9' {
		return tea.KeyF1 + rune(name[1]-'1'), true
	}
	return 0, false
}
