package data

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The text of a paper code: 10 letters, the last of which checks the others.
//
// The alphabet has 17 letters. Left out are digits, which need Shift on a Belgian keyboard; a, q, w, z and m,
// which change places between AZERTY and QWERTY; i, l and o, which look like 1 and 0; u, which looks like v;
// and with them nearly all vowels, so that no code is a word. 17 is a prime, which is what lets the check letter
// catch every single wrong letter and every exchange of two (see checks).
//
// A code has 9 free letters: 17^9 = 118,587,876,497 of them, 36.8 bits.
const (
	CodeLen      = 10 // letters, without the dash between the two groups
	codeAlphabet = "bcdefghjknprstvxy"
	codeSelector = 3 // the first so many letters find the rows to compare with
	codeGroup    = 5 // letters before the dash
	codeTyped    = 60
)

// Whys of what was typed as a code. None of them is a guess: a code that was made fits the check.
const (
	WhyCodeLength Why = "code.length" // Want letters, Got is how many there were
	WhyCodeLetter Why = "code.letter" // the letter at place Got (Col), from 1, occurs in no code
	WhyCodeCheck  Why = "code.check"  // a slip: a wrong letter, or two that changed places
)

// codeSlips are signs that are in no code and look like one letter that is.
var codeSlips = strings.NewReplacer("5", "s", "8", "b", "u", "v")

// ParseCode gives the 10 letters of a code as somebody typed it: case, accents, spaces, dashes and dots don't
// count, and 5, 8 and u are taken for the s, b and v that they look like. It returns an *Invalid, without the
// text, for what can't be a code.
func ParseCode(text string) (string, error) {
	invalid := func(why Why, want, got string, col int) error {
		return &Invalid{Field: "code", Why: why, Want: want, Got: got, Col: col}
	}
	if len(text) > codeTyped {
		return "", invalid(WhyCodeLength, fmt.Sprint(CodeLen), "", 0)
	}
	code := codeSlips.Replace(strings.Map(codeLetter, norm.NFKD.String(text)))
	for i, r := range []rune(code) {
		if !strings.ContainsRune(codeAlphabet, r) {
			return "", invalid(WhyCodeLetter, "", fmt.Sprint(i+1), i+1)
		}
	}
	if len(code) != CodeLen {
		return "", invalid(WhyCodeLength, fmt.Sprint(CodeLen), fmt.Sprint(len(code)), 0)
	}
	if !checks(code) {
		return "", invalid(WhyCodeCheck, "", "", 0)
	}
	return code, nil
}

// codeLetter folds case, and drops what people put between letters.
func codeLetter(r rune) rune {
	if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.In(r, unicode.Mn, unicode.Cc, unicode.Cf) || r == '.' || r == '_' {
		return -1
	}
	return unicode.ToLower(r)
}

// checks tells whether the letters fit together: the sum of place × letter, places from 1 and letters from 0, is
// a multiple of 17. Places 1 to 10 are different and none is 0 modulo 17, a prime. So one wrong letter changes
// the sum by place × difference, and two letters that change places by the difference of their places times
// that of the letters: neither can be a multiple of 17. (The construction of ISBN-10, modulo 17.)
func checks(code string) bool {
	sum := 0
	for i := range len(code) {
		sum += (i + 1) * strings.IndexByte(codeAlphabet, code[i])
	}
	return sum%len(codeAlphabet) == 0
}

// NewCode makes a code: 9 letters by chance and the one that checks.
func NewCode() string {
	code := make([]byte, CodeLen-1, CodeLen)
	for i := range code {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeAlphabet))))
		if err != nil {
			panic(fmt.Sprintf("no randomness: %v", err)) // can't happen: the reader never fails since Go 1.24
		}
		code[i] = codeAlphabet[n.Int64()]
	}
	return withCheck(string(code))
}

// withCheck adds the letter that makes the others fit. There is always exactly one.
func withCheck(nine string) string {
	for _, letter := range codeAlphabet {
		if code := nine + string(letter); checks(code) {
			return code
		}
	}
	panic("no letter checks " + fmt.Sprint(len(nine))) // can't happen: 10 has an inverse modulo 17
}

// ShowCode writes a code as it stands on paper: "BCDFG-HJKNP".
func ShowCode(code string) string {
	if len(code) != CodeLen {
		return ""
	}
	return strings.ToUpper(code[:codeGroup] + "-" + code[codeGroup:])
}
