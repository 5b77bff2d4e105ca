package outbox

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"brief.pdf": "brief.pdf", "": "papier", "...": "papier", " - .": "papier", "../../etc/passwd": "etc-passwd", "-rf.pdf": "rf.pdf", ".profile": "profile",
		"a\x00b\x1b[31m.pdf": "ab[31m.pdf", "twee\nregels.pdf": "twee regels.pdf", `C:\x?*"<>|.pdf`: "C--x------.pdf", "con": "papier-con", "NUL.txt": "papier-NUL.txt", "COM1.a.b": "papier-COM1.a.b",
		"console.pdf": "console.pdf", "eind. . ": "eind", "\u202efdp.exe": "fdp.exe", "Café ☕.pdf": "Café ☕.pdf", "geen.ext ensie": "geen.ext ensie",
		strings.Repeat("💾", 100) + ".pdf": strings.Repeat("💾", 59) + ".pdf",
		strings.Repeat("x", 300) + ".pdf": strings.Repeat("x", 116) + ".pdf",
	} {
		if got := CleanName(name); got != want {
			t.Errorf("CleanName(%q) = %q, want %q", name, got, want)
		}
	}
}

// Whatever a name was, what comes of it is one that every system takes, and so is the name after it.
func FuzzCleanName(f *testing.F) {
	f.Add("../con.pdf", 2)
	f.Add("a. .pdf", 100)
	f.Add(strings.Repeat("é", 200), 1000)
	f.Fuzz(func(t *testing.T, text string, n int) {
		name := CleanName(text)
		if again := CleanName(name); again != name {
			t.Errorf("CleanName(%q) = %q, then %q", text, name, again)
		}
		for _, name := range []string{name, numbered(name, n%numbers)} {
			stem, _ := splitName(name)
			switch {
			case name == "", utf8.RuneCountInString(name) > nameLimit, len(name) > nameBytes, strings.ContainsAny(name, "<>:\"/\\|?*\x00\n\x1b"),
				strings.ContainsAny(name[:1], ".- "), strings.ContainsAny(name[len(name)-1:], ". "), device.MatchString(stem):
				t.Errorf("%q gives the name %q", text, name)
			}
		}
		if n > 1 && numbered(name, 2) == numbered(name, 3) {
			t.Errorf("two names alike of %q", name)
		}
	})
}

func TestGoodTarget(t *testing.T) {
	for target, want := range map[string]bool{
		"balie": true, "HP-LaserJet_4": true, "an@zandwerve.example": true, "a.b+c": true, strings.Repeat("x", 100): true,
		"": false, "-d": false, ".": false, "..": false, "a/b": false, "a b": false, "a;b": false, "$(x)": false, "a\n": false, "é": false, strings.Repeat("x", 101): false,
	} {
		if got := GoodTarget(target); got != want {
			t.Errorf("GoodTarget(%q) = %v", target, got)
		}
	}
}
