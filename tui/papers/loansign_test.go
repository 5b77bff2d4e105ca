package papers

import (
	"strings"
	"testing"

	"digibrug/data/datatest"
	"digibrug/loans"

	"github.com/charmbracelet/x/ansi"
)

// TestSignTexts: what is signed on a screen has what matters of the contract, fits the smallest window, and asks for no
// pen.
func TestSignTexts(t *testing.T) {
	c := newCounter(t)
	l := c.lend(c.device("LT-001"), c.zoe())
	texts := must(c.papers.SignTexts(t.Context(), c.an, l.ContractID, loans.AtHandOver))(t)
	c.days(1)
	must(c.store.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Missing: []string{"tas"}, Refund: loans.Bancontact}))(t)
	back := must(c.papers.SignTexts(t.Context(), c.an, l.ContractID, loans.AtReturn))(t)
	for lang, wants := range map[string][2][]string{
		"nl": {{"Zoë D'Hondt", "LT-001", "lader, tas", "60,00", "Artikel 8", "Artikel 16"}, {"LT-001", "tas", "60,00"}},
		"en": {{"Zoë D'Hondt", "LT-001", "lader, tas", "60.00", "Article 8"}, {"LT-001", "tas"}},
		"fr": {{"Zoë D'Hondt", "LT-001", "lader, tas", "60,00", "Article 8"}, {"LT-001", "tas"}},
	} {
		for i, text := range []string{texts[lang], back[lang]} {
			for _, want := range wants[i] {
				if !strings.Contains(text, want) {
					t.Errorf("%s: the text lacks %q:\n%s", lang, want, text)
				}
			}
			for line := range strings.SplitSeq(text, "\n") {
				if ansi.StringWidth(line) > signWide {
					t.Errorf("%s: %q is too wide", lang, line)
				}
			}
			if strings.Contains(text, "......") {
				t.Errorf("%s: a screen asks for a pen:\n%s", lang, text)
			}
		}
	}
	if _, err := c.papers.SignTexts(t.Context(), datatest.Operator, "nowhere", loans.AtHandOver); err == nil {
		t.Error("a contract that is not there has a text")
	}
}
