package data

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// Clean makes one line of text that a person typed harmless: valid UTF-8 in form NFC, no control or
// format characters (so no escape sequence, no hidden or reversed text), inner white space folded to
// one space, none at the ends, at most limit grapheme clusters (0: no limit), each of at most 8
// code points, so that a pile of combining marks can't cover the rows above it.
// Clean(Clean(s)) == Clean(s).
func Clean(s string, limit int) string {
	return strings.Join(strings.Fields(clean(s, limit, false)), " ")
}

// CleanBlock is Clean for text of several lines: line feeds stay, other white space is kept as typed
// but for tabs, which become spaces.
func CleanBlock(s string, limit int) string {
	return strings.TrimSpace(clean(s, limit, true))
}

const marksPerCluster = 8

func clean(s string, limit int, lines bool) string {
	s = norm.NFC.String(strings.Map(func(r rune) rune { return harmless(r, lines) }, strings.ToValidUTF8(s, "\uFFFD")))
	// Cutting comes after dropping: what was dropped may have held characters together.
	var out strings.Builder
	out.Grow(len(s))
	for count, state := 0, -1; s != "" && (limit <= 0 || count < limit); count++ {
		var cluster string
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		kept := 0
		for i := range cluster {
			if kept++; kept > marksPerCluster {
				cluster = cluster[:i]
				break
			}
		}
		out.WriteString(cluster)
	}
	return out.String()
}

// harmless gives the rune that may be stored and shown for r, or -1.
func harmless(r rune, lines bool) rune {
	switch {
	case r == '\n' && lines:
		return r
	case r == '\t', r == '\n', r == '\r', r == '\v', r == '\f', r == '\u2028', r == '\u2029', r == '\u0085':
		if lines && r == '\r' {
			return -1
		}
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r):
		return -1
	case r == utf8.RuneError:
		return '?'
	}
	return r
}

// SortKey folds a name to the form in which the database orders and searches it: lower case, without
// accents, so that "Zoë" stands beside "Zoe" on both engines.
func SortKey(s string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(Clean(s, 0)) {
		if !unicode.Is(unicode.Mn, r) {
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

func normNFC(s string) string { return norm.NFC.String(s) }
