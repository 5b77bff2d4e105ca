package data

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PasswordMax is the longest password, in bytes after normalisation; longer input is refused before it is hashed.
const PasswordMax = 1024

// Why a password is refused.
const (
	WhyPasswordShort    Why = "password.short"    // Want is the least number of characters
	WhyPasswordLong     Why = "password.long"     // over PasswordMax
	WhyPasswordCommon   Why = "password.common"   // made of words that everybody tries first
	WhyPasswordRepeated Why = "password.repeated" // the same few characters again and again
	WhyPasswordRun      Why = "password.run"      // neighbours on the keyboard or in the alphabet
	WhyPasswordName     Why = "password.name"     // the own name or the municipality's, and little else
	WhyPasswordSame     Why = "password.same"     // the new one is the old one
)

// PasswordRule decides which passwords may be chosen. There is no rule on kinds of characters and no
// forced change: NIST SP 800-63B-4 (2025), section 3.1.1.2, found that they make passwords worse.
type PasswordRule struct {
	Min   int      // characters; 15 where the password is the only factor (same source)
	Names []string // the person's names and log-in, the municipality
}

// DefaultPasswordMin is the least length where the setting was never changed.
const DefaultPasswordMin = 15

// commonPasswords lists words, folded, longest first. Own compilation: what the published lists of leaked
// passwords have in common, in the languages and places of our users.
//
//go:embed common-passwords.txt
var commonPasswords string

// Check returns nil or an *Invalid that says why the password is refused. The password itself is never
// in the error.
func (r PasswordRule) Check(password string) error {
	refuse := func(why Why) error { return &Invalid{Field: "password", Why: why, Want: fmt.Sprint(r.Min)} }
	plain := leetless(password)
	switch {
	case utf8.RuneCountInString(password) < r.Min:
		return refuse(WhyPasswordShort)
	case len(password) > PasswordMax:
		return refuse(WhyPasswordLong)
	case repeated(SortKey(password)):
		return refuse(WhyPasswordRepeated)
	case mostlyRuns(SortKey(password)):
		return refuse(WhyPasswordRun)
	case r.mostlyName(plain):
		return refuse(WhyPasswordName)
	case mostlyCommon(plain):
		return refuse(WhyPasswordCommon)
	}
	return nil
}

// leetless keeps the letters of a password, with the usual look-alikes turned back: w@chtw00rd! → wachtwoord.
// Digits at the end are a year or a counter, not an "o" or an "e", and are dropped with the rest.
func leetless(s string) string {
	s = strings.TrimRightFunc(SortKey(s), func(r rune) bool { return !unicode.IsLetter(r) })
	s = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i").Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// repeated tells whether s is one piece of at most 5 characters again and again, or has fewer than 5
// different characters.
func repeated(s string) bool {
	runes := []rune(s)
	kinds := map[rune]bool{}
	for _, r := range runes {
		kinds[r] = true
	}
	if len(kinds) < 5 {
		return true
	}
	for size := 1; size <= 5 && size*2 <= len(runes); size++ {
		same := true
		for i := size; i < len(runes) && same; i++ {
			same = runes[i] == runes[i-size]
		}
		if same {
			return true
		}
	}
	return false
}

// rows are the keys that stand beside each other on the two keyboards of our offices, and the two orders
// that everybody knows.
const rows = "azertyuiop qsdfghjklm wxcvbn qwertyuiop asdfghjkl zxcvbnm abcdefghijklmnopqrstuvwxyz 01234567890"

// mostlyRuns tells whether more than half of s are runs of four or more neighbours, in either direction.
func mostlyRuns(s string) bool {
	runes := []rune(s)
	covered := 0
	for i := 0; i < len(runes); {
		n := max(runLength(runes[i:], 1), runLength(runes[i:], -1))
		if n >= 4 {
			covered += n
			i += n
		} else {
			i++
		}
	}
	return covered*2 > len(runes)
}

// runLength is the longest start of s that goes along one row, forwards (step 1) or backwards (-1).
func runLength(s []rune, step int) int {
	longest := 0
	for at, r := range rows { // rows is ASCII: a byte is a character
		if r != s[0] || r == ' ' {
			continue
		}
		n := 1
		for n < len(s) {
			next := at + n*step
			if next < 0 || next >= len(rows) || rune(rows[next]) != s[n] || s[n] == ' ' {
				break
			}
			n++
		}
		longest = max(longest, n)
	}
	return longest
}

// mostlyName tells whether fewer than 8 letters are left when the names are taken out.
func (r PasswordRule) mostlyName(plain string) bool {
	left, found := plain, false
	for _, name := range r.Names {
		for _, part := range strings.FieldsFunc(SortKey(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if len(part) >= 3 && strings.Contains(left, part) {
				left, found = strings.ReplaceAll(left, part, ""), true
			}
		}
	}
	return found && len(left) < 8
}

// mostlyCommon tells whether at most 4 letters are left when the words of the list are taken out, the
// longest first.
func mostlyCommon(plain string) bool {
	if plain == "" {
		return true // digits and signs only: a date, a telephone number
	}
	left, found := plain, false
	for _, word := range strings.Fields(commonPasswords) {
		if strings.Contains(left, word) {
			left, found = strings.ReplaceAll(left, word, ""), true
		}
	}
	return found && len(left) <= 4
}
