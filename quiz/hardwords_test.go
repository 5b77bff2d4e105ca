package quiz_test

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"digibrug/data"
	"digibrug/quiz"
)

// TestHardWords: each entry of the shipped list is found in a text, with its plain word, and no plain word is hard itself.
func TestHardWords(t *testing.T) {
	src, err := data.HardWords.ReadFile("hardwords/nl.toml")
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]map[string]string
	if err := toml.Unmarshal(src, &tables); err != nil {
		t.Fatal(err)
	}
	said := func(text string) (all []string) {
		b := fine()
		b.Items[0].Why = text
		for _, f := range quiz.Lint([]quiz.Bank{b}) {
			if f.Rule == quiz.RuleHardWord {
				all = append(all, f.Detail)
			}
		}
		return all
	}
	n := 0
	for table, entries := range tables {
		for entry, plain := range entries {
			n++
			word := strings.Replace(entry, "*", "xen", 1)
			if got := said("Zo, " + strings.ToUpper(word) + "."); !strings.HasSuffix(strings.Join(got, "; "), " → "+plain) && len(got) < 2 {
				t.Errorf("[%s] %s: found %q", table, entry, got)
			}
			if got := said(plain); len(got) > 0 {
				t.Errorf("[%s] %s: what to write instead is hard itself: %q", table, entry, got)
			}
		}
	}
	if n < 200 {
		t.Errorf("%d words", n)
	}
}
