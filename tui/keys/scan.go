package keys

import (
	"strings"
	"unicode/utf8"
)

// usShift is the digit row of an American keyboard with Shift, from 1 to 9 and 0: what a scanner for a Belgian
// keyboard types at a computer that is set to an American one.
const usShift = `!@#$%^&*()`

// Scanned reads a code of digits as the label has it, whatever the layout that scanner and computer are set to: as it
// came, then as a scanner for an American keyboard sends it to a Belgian one (digits arrive as & é " ' ( § è ! ç à),
// then the other way round. fits tells whether a text is a code, by its check digit; the first reading that fits
// counts, and no other is ever guessed. garbled tells that the text had to be read otherwise than it came; text that
// no reading fits comes back as it is.
func Scanned(text string, fits func(string) bool) (code string, garbled bool) {
	if fits(text) {
		return text, false
	}
	for _, row := range []string{azerty, usShift} {
		if read, all := unmapped(text, row); all && fits(read) {
			return read, true
		}
	}
	return text, false
}

// unmapped makes digits of the characters of a row; all is false when another character is among them.
func unmapped(text, row string) (digits string, all bool) {
	var out strings.Builder
	for _, r := range text {
		i := strings.IndexRune(row, r)
		if i < 0 {
			return "", false
		}
		out.WriteByte('0' + byte((utf8.RuneCountInString(row[:i])+1)%10))
	}
	return out.String(), text != ""
}
