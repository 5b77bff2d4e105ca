package server

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestInk(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"Zoë Peeters\nrij 2":            "Zoë Peeters\nrij 2",
		"\x1b[1;38;2;1;2;3mrood\x1b[0m": "\x1b[1;38;2;1;2;3mrood\x1b[0m",
		"\x1b[4:3mgolf\x1b[m":           "\x1b[4:3mgolf\x1b[m",
		"a\x1b[2Jb":                     "ab",
		"a\x1b]0;titel\x07b":            "ab",
		"a\x1b]52;c;eA==\x1b\\b":        "ab",
		"a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\": "alink",
		"a\x1bPq#1\x1b\\b":                          "ab",
		"a\x1b_Gx\x1b\\b":                           "ab",
		"a\x1b]0;without end":                       "a",
		"a\x1bcb":                                   "acb",
		"a\u009b2Jb":                                "a2Jb",
		"a\x9b2Jb":                                  "a2Jb",
		"a\u202eb\u2066c\u200f":                     "abc",
		"a\xff\xfeb":                                "ab",
		"a\rb\x08c\x00d\te":                         "abcde",
		"familie 👨‍👩‍👧 ok":                          "familie 👨‍👩‍👧 ok",
		"a\x1b":                                     "a",
		"a\x1b[":                                    "a",
	} {
		if got := ink(in); got != want {
			t.Errorf("ink(%q): got %q, want %q", in, got, want)
		}
	}
	if got := title("Peeters\x07\x1b]52;c;x\x07"); strings.ContainsAny(got, "\x07\x1b") {
		t.Errorf("title: %q", got)
	}
}

// FuzzInk: what comes out has no control but line feeds and SGR, is valid UTF-8 and stays as it is.
func FuzzInk(f *testing.F) {
	f.Add("a\x1b[1mb\x1b]0;x\x07")
	f.Fuzz(func(t *testing.T, s string) {
		out := ink(s)
		if again := ink(out); again != out {
			t.Fatalf("ink twice: %q, then %q", out, again)
		}
		if !utf8.ValidString(out) {
			t.Fatalf("not UTF-8: %q", out)
		}
		for rest := out; rest != ""; {
			i := strings.IndexByte(rest, 0x1b)
			if i < 0 {
				break
			}
			n := colour(rest[i:])
			if n == 0 {
				t.Fatalf("escape in %q", out)
			}
			rest = rest[i+n:]
		}
	})
}
