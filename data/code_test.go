package data_test

import (
	"errors"
	"strings"
	"testing"

	"digibrug/data"

	"pgregory.net/rapid"
)

const alphabet = "bcdefghjknprstvxy"

// drawCode gives a whole code, with the letters spread evenly.
func drawCode(t *rapid.T) string { return data.WithCheck(drawNine(t)) }

func drawNine(t *rapid.T) string {
	letters := rapid.SliceOfN(rapid.SampledFrom([]byte(alphabet)), data.CodeLen-1, data.CodeLen-1).Draw(t, "nine")
	return string(letters)
}

func whyOf(err error) data.Why {
	var bad *data.Invalid
	if errors.As(err, &bad) {
		return bad.Why
	}
	return ""
}

// TestCodeCatchesEverySlip tries, for many codes, every other letter at every place, and every exchange of two
// letters at any two places: not one of them is a code.
func TestCodeCatchesEverySlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawCode(t)
		for i := range data.CodeLen {
			for _, letter := range []byte(alphabet) {
				wrong := []byte(code)
				wrong[i] = letter
				if _, err := data.ParseCode(string(wrong)); letter != code[i] && whyOf(err) != data.WhyCodeCheck {
					t.Fatalf("%s with %c at %d: %v", code, letter, i, err)
				}
			}
			for j := range i {
				wrong := []byte(code)
				wrong[i], wrong[j] = wrong[j], wrong[i]
				if _, err := data.ParseCode(string(wrong)); code[i] != code[j] && whyOf(err) != data.WhyCodeCheck {
					t.Fatalf("%s with letters %d and %d exchanged: %v", code, i, j, err)
				}
			}
		}
	})
}

// TestEveryDifferenceShows is the law behind it, for all places and letters: neither a difference at a place nor
// an exchange of two places is ever nothing to the check.
func TestEveryDifferenceShows(t *testing.T) {
	base := strings.Repeat("b", data.CodeLen) // letter 0 at every place: the sum is 0
	if _, err := data.ParseCode(base); err != nil {
		t.Fatal(err)
	}
	for i := range data.CodeLen {
		for v := 1; v < len(alphabet); v++ {
			for j := range data.CodeLen {
				for w := range len(alphabet) {
					if i == j || v == w {
						continue
					}
					// v at i and w at j, everything else such that the sum is 0, then exchanged: the sums differ.
					sum := func(a, b int) int { return ((i+1)*a + (j+1)*b) % len(alphabet) }
					if sum(v, w) == sum(w, v) || sum(v, w) == sum(w, w) {
						t.Fatalf("places %d and %d, letters %d and %d weigh the same", i, j, v, w)
					}
				}
			}
		}
	}
}

func TestCodeAsPeopleTypeIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawCode(t)
		typed := rapid.SampledFrom([]string{code, data.ShowCode(code), strings.ToUpper(code), " " + code[:5] + " " + code[5:] + " ",
			code[:3] + "." + code[3:7] + "." + code[7:], code[:5] + "–" + code[5:], code[:5] + " - " + code[5:], code + "\n",
			strings.ReplaceAll(code, "e", "é"), strings.ReplaceAll(code, "c", "Ç"), strings.ReplaceAll(code, "s", "5"),
			strings.ReplaceAll(code, "b", "8"), strings.ReplaceAll(code, "v", "u")}).Draw(t, "typed")
		if got, err := data.ParseCode(typed); got != code || err != nil {
			t.Fatalf("ParseCode(%q) = %q, %v; want %q", typed, got, err, code)
		}
	})
}

func TestWhatIsNoCode(t *testing.T) {
	code := data.WithCheck("bcdfghjkn")
	for name, c := range map[string]struct {
		typed string
		why   data.Why
		col   int
	}{
		"nothing":            {"", data.WhyCodeLength, 0},
		"spaces and dashes":  {" - - ", data.WhyCodeLength, 0},
		"one letter short":   {code[:9], data.WhyCodeLength, 0},
		"one letter more":    {code + "b", data.WhyCodeLength, 0},
		"twice":              {code + " " + code, data.WhyCodeLength, 0},
		"a book":             {strings.Repeat(code, 1000), data.WhyCodeLength, 0},
		"a letter of none":   {"bcda" + code[4:], data.WhyCodeLetter, 4},
		"a digit":            {"1" + code[1:], data.WhyCodeLetter, 1},
		"a password":         {"vier blauwe fietsen", data.WhyCodeLetter, 2},
		"an emoji":           {"🚲" + code[1:], data.WhyCodeLetter, 1},
		"bytes, not text":    {"\xff\xfe" + code[2:], data.WhyCodeLetter, 1},
		"the last one wrong": {code[:9] + "x", data.WhyCodeCheck, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := data.ParseCode(c.typed)
			var bad *data.Invalid
			if got != "" || !errors.As(err, &bad) || bad.Why != c.why || bad.Col != c.col {
				t.Fatalf("ParseCode(%q) = %q, %v; want %s at %d", c.typed, got, err, c.why, c.col)
			}
			if c.typed != "" && len(c.typed) > 3 && strings.Contains(bad.Error(), c.typed[:3]) {
				t.Errorf("the error tells what was typed: %v", bad)
			}
		})
	}
}

func TestNewCodes(t *testing.T) {
	seen := map[string]bool{}
	var letters [256]int
	for range 4000 {
		code := data.NewCode()
		if got, err := data.ParseCode(code); got != code || err != nil || seen[code] {
			t.Fatalf("NewCode gave %q: %v, seen before %v", code, err, seen[code])
		}
		seen[code] = true
		for i := range len(code) {
			letters[code[i]]++
		}
	}
	for _, letter := range []byte(alphabet) { // 40,000 letters, 2353 of each, standard deviation 47
		if n := letters[letter]; n < 2353-6*47 || n > 2353+6*47 {
			t.Errorf("%c came %d times in 40,000, want about 2353", letter, n)
		}
	}
}

func TestShowCode(t *testing.T) {
	if got := data.ShowCode("bcdfghjknp"); got != "BCDFG-HJKNP" {
		t.Errorf("ShowCode = %q", got)
	}
	if got := data.ShowCode("short"); got != "" {
		t.Errorf("ShowCode of no code = %q", got)
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add("BCDFG-HJKNP")
	f.Add("é5u8 \u202e")
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := data.ParseCode(typed)
		if err != nil {
			return
		}
		if again, err := data.ParseCode(data.ShowCode(code)); again != code || err != nil || len(code) != data.CodeLen {
			t.Errorf("%q gave %q, which shows as %q and reads as %q, %v", typed, code, data.ShowCode(code), again, err)
		}
	})
}
