package workbook

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Guard keeps a text of a CSV cell from being taken for a formula: it puts a ' before a text that starts with
// = + - @ TAB or CR, also after spaces and quotes, and before each such piece after a ; , or TAB, since a PC
// with other separators cuts the cell there. So the number +32 470 12 34 56 leaves as '+32 470 12 34 56, which
// also keeps a spreadsheet from making a sum of it; Unguard gives it back. Numbers and days are not texts: -5
// stays -5.
func Guard(s string) string {
	var out strings.Builder
	for piece := range pieces(s) {
		if risky(piece) {
			out.WriteByte('\'')
		}
		out.WriteString(piece)
	}
	return out.String()
}

// Unguard takes away what Guard has put into a text, for files that come back: Unguard(Guard(s)) == s. Text
// that Guard left alone stays as it is.
func Unguard(s string) string {
	var out strings.Builder
	for piece := range pieces(s) {
		if risky(piece) {
			piece = strings.TrimPrefix(piece, "'")
		}
		out.WriteString(piece)
	}
	return out.String()
}

// pieces cuts a text after each character that some PC may see as the end of a cell.
func pieces(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for s != "" {
			end := strings.IndexAny(s, ";,\t") + 1
			if end == 0 {
				end = len(s)
			}
			if !yield(s[:end]) {
				return
			}
			s = s[end:]
		}
	}
}

// risky tells whether a piece starts as a formula does, after what may hide such a start, or with a TAB or CR.
// The wide forms of the signs, which some versions of Excel take for the narrow ones, count too.
func risky(piece string) bool {
	rest := strings.TrimLeftFunc(piece, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("'\"`´‘’“”„«»\uFEFF", r)
	})
	first, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsAny(piece[:len(piece)-len(rest)], "\t\r") || rest != "" && strings.ContainsRune("=+-@＝＋－＠−", first)
}
