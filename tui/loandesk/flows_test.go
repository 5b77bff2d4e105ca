package loandesk_test

import (
	"testing"

	"digibrug/loans"
)

func TestTwoScansAndEnterLend(t *testing.T) {
	for name, first := range map[string]bool{"person first": true, "device first": false} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			c := s.an()
			if first {
				c.person("Claes").device("LT-001")
			} else {
				c.device("LT-001").person("Claes")
			}
			if who := s.open("LT-001"); who != "" {
				t.Fatalf("lent to %s before Enter", who)
			}
			c.says("Zoë Claes", "LT-001", "ma 14/12/2026", "waarborg € 60,00").enter()
			if who := s.open("LT-001"); who != "Zoë Claes" {
				t.Errorf("LT-001 is with %q:\n%s", who, c.Text())
			}
			c.says("Gelukt: LT-001 is uitgeleend aan Zoë Claes, terug op ma 14/12/2026.", "Nog te betalen: € 60,00")
		})
	}
}

func TestOneScanAndEnterTakeBack(t *testing.T) {
	s := newScene(t)
	c := s.an().device("LT-014").says("Terugnemen: LT-014", "Tuur De Clercq", "wo 25/11/2026")
	if s.state("LT-014") != loans.OnLoan {
		t.Fatal("taken back before Enter")
	}
	c.enter().says("LT-014 is terug van Tuur De Clercq")
	if s.state("LT-014") != loans.ToCheck {
		t.Errorf("LT-014 is %s", s.state("LT-014"))
	}
}
