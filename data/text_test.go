package data_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"digibrug/data"
)

func TestClean(t *testing.T) {
	for name, test := range map[string]struct {
		in    string
		limit int
		want  string
	}{
		"plain":                     {"An Peeters", 0, "An Peeters"},
		"white space folds":         {"  An \t\n Peeters\u00a0 ", 0, "An Peeters"},
		"escape sequence":           {"An\x1b]0;x\x07\x1b[2JPeeters", 0, "An]0;x[2JPeeters"},
		"C1 control":                {"a\u009b31mb", 0, "a31mb"},
		"hidden direction":          {"a\u202eb\u2066c", 0, "abc"},
		"zero width":                {"a\u200bb\ufeff", 0, "ab"},
		"bad UTF-8":                 {"a\xff\xfeb", 0, "a?b"},
		"decomposed accent":         {"Zoe\u0308", 0, "Zoë"},
		"pile of marks":             {"a" + strings.Repeat("\u0301", 50), 0, "á" + strings.Repeat("\u0301", 7)},
		"cut at a whole character":  {"Zoe\u0308tje", 3, "Zoë"},
		"NUL":                       {"a\x00b", 0, "ab"},
		"only dirt":                 {"\x1b\x00\u200b", 0, ""},
		"line separators are space": {"a\u2028b\u0085c", 0, "a b c"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := data.Clean(test.in, test.limit); got != test.want {
				t.Errorf("Clean(%q, %d) = %q, want %q", test.in, test.limit, got, test.want)
			}
		})
	}
	if got := data.CleanBlock("a\r\n\tb\x1b\n", 0); got != "a\n b" {
		t.Errorf("CleanBlock keeps lines: got %q", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"An", "\x1b[31m", "e\u0301\u0301", "\xff", "🇧🇪👩‍👩‍👧", "\u1100\u1161\u11a8"} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit %= 100
		for name, clean := range map[string]func(string, int) string{"Clean": data.Clean, "CleanBlock": data.CleanBlock} {
			got := clean(s, limit)
			if !utf8.ValidString(got) {
				t.Errorf("%s(%q) is no UTF-8: %q", name, s, got)
			}
			for _, r := range got {
				if unicode.Is(unicode.Cf, r) || (unicode.IsControl(r) && (r != '\n' || name == "Clean")) {
					t.Errorf("%s(%q) holds %U", name, s, r)
				}
			}
			if again := clean(got, limit); again != got {
				t.Errorf("%s twice: %q, then %q", name, got, again)
			}
		}
	})
}

func TestSortKey(t *testing.T) {
	for in, want := range map[string]string{"Zoë  De Smet": "zoe de smet", "ÉLODIE": "elodie", "Ærø": "ærø", "": "", "ﬁets": "fiets"} {
		if got := data.SortKey(in); got != want {
			t.Errorf("SortKey(%q) = %q, want %q", in, got, want)
		}
	}
}
