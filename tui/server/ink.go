package server

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"digibrug/data"
)

// maxTitle is how many characters a window title may have.
const maxTitle = 120

// title makes a window title harmless: Bubble Tea writes it into an escape sequence as it is.
func title(s string) string {
	if s == "" {
		return ""
	}
	return data.Clean(s, maxTitle)
}

// ink leaves of a drawn page the text, line feeds and colours (SGR), and nothing else. Texts are cleaned
// when they are typed; this is the second lock. Bubble Tea's renderer lets device control strings,
// application commands, hyperlinks, C1 controls, bidirectional overrides and bad UTF-8 through to the
// terminal of whoever looks at the page.
func ink(s string) string {
	i := foreign(s)
	if i == len(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for s != "" {
		out.WriteString(s[:i])
		s = s[i:]
		if s != "" {
			s = s[skip(s):]
		}
		i = foreign(s)
	}
	return out.String()
}

// foreign gives the index of the first byte of s that is not ink, len(s) when all is.
func foreign(s string) int {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= ' ' && c < 0x7f, c == '\n':
			i++
		case c == 0x1b:
			n := colour(s[i:])
			if n == 0 {
				return i
			}
			i += n
		case c < utf8.RuneSelf:
			return i
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 || !printable(r) {
				return i
			}
			i += n
		}
	}
	return len(s)
}

func printable(r rune) bool {
	switch {
	case r < 0xa0, r == '\u2028', r == '\u2029':
		return false
	case r == '\u200e', r == '\u200f', r == '\u061c', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return false // they turn what follows round
	}
	return !unicode.Is(unicode.Cc, r)
}

// colour gives the length of the SGR sequence at the start of s, 0 when there is none.
func colour(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s) && i < 64; i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c >= '0' && c <= '9', c == ';', c == ':':
		default:
			return 0
		}
	}
	return 0
}

// skip gives the length of what is not ink at the start of s: one whole escape sequence, or one character.
func skip(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	if s[0] != 0x1b || len(s) == 1 {
		return size
	}
	switch s[1] {
	case '[':
		for i := 2; i < len(s); i++ {
			if s[i] < 0x20 || s[i] > 0x3f {
				return i + 1
			}
		}
		return len(s)
	case ']', 'P', '_', '^', 'X':
		return 2 + stringEnd(s[2:])
	}
	return 1 // a lone ESC: what follows is text
}

// stringEnd gives the length of a control string with its end (BEL, ST), or of all when it has none: a
// string that never ends would otherwise show its inside.
func stringEnd(s string) int {
	for i := range len(s) {
		switch {
		case s[i] == 0x07:
			return i + 1
		case s[i] == 0x1b && i+1 < len(s) && s[i+1] == '\\':
			return i + 2
		}
	}
	return len(s)
}
