package papers

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// family is what the fonts are called inside a document.
const family = "Go"

// face knows which characters Go's fonts have: Latin, Greek and Cyrillic. It is for one document, since it
// remembers.
type face struct {
	font   *sfnt.Font
	buffer sfnt.Buffer
	known  map[rune]bool
	lost   bool // a character was written as a question mark
}

func newFace() *face {
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(fmt.Sprintf("the font of the program can't be read: %v", err)) // can't happen: it is linked in, and tests read it
	}
	return &face{font: font, known: map[rune]bool{}}
}

// fonts gives the fonts by style. Regular and bold have the same characters.
func (f *face) fonts() map[string][]byte {
	return map[string][]byte{"": goregular.TTF, "B": gobold.TTF}
}

func (f *face) has(r rune) bool {
	has, asked := f.known[r]
	if !asked {
		at, err := f.font.GlyphIndex(&f.buffer, r)
		has = err == nil && at != 0 && r <= 0xFFFF
		f.known[r] = has
	}
	return has
}

// can gives a text in characters that the font has: one that is missing becomes its base letter ("Nguyễn" is
// Nguyên), or a question mark.
func (f *face) can(s string) string {
	for _, r := range s {
		if !f.has(r) {
			return f.nearest(s)
		}
	}
	return s
}

func (f *face) nearest(s string) string {
	var out strings.Builder
	for _, r := range s {
		switch {
		case f.has(r):
			out.WriteRune(r)
		case unicode.Is(unicode.M, r): // a mark on the letter before
		default:
			out.WriteString(f.base(r))
		}
	}
	return out.String()
}

// base takes marks off a letter, the last first, until the font has it.
func (f *face) base(r rune) string {
	for parts := []rune(norm.NFKD.String(string(r))); len(parts) > 0; parts = parts[:len(parts)-1] {
		s := norm.NFC.String(string(parts))
		if !strings.ContainsFunc(s, func(r rune) bool { return !f.has(r) || unicode.Is(unicode.M, r) }) {
			return s
		}
	}
	f.lost = true
	return "?"
}
