package till_test

import (
	"strings"
	"testing"

	"digibrug/loans"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/till"

	tea "charm.land/bubbletea/v2"
)

func (s *scene) balance(l loans.Loan) loans.Balance {
	s.t.Helper()
	return must(s.Account(s.t.Context(), s.an, l.ID))(s.t).Balance
}

// TestRefund is T26: 60 euro of deposit, a charger of 25 is missing, 35 goes back by transfer to an IBAN.
func TestRefund(t *testing.T) {
	s := busyScene(t)
	page := s.clerk(keys("enter", "t", "right", "tab", "enter"))
	page.Says("Dit rekeningnummer klopt niet.")
	page.Send(screentest.Steps(typed("BE68 5390 0754 7034"), keys("enter"))...)
	page.Says("Teruggegeven: € 35,00. Ingehouden: € 25,00.", "In bewaring: € 0,00", "Nog te betalen: € 0,00", "waarborg terugbetaald € 35,00 overschrijving", "BE68539007547034")
	if b := s.balance(s.back); b.Refunded != 3500 || b.Withheld != 2500 || b.Held != 0 || b.Owed != 0 {
		t.Errorf("got %+v", b)
	}
	page.Send(keys("t")...)
	page.Says("Rekening van LT-001")
	s.whole()
}

// TestRefundTwice lets two clerks give the same deposit back: one does, the other is told.
func TestRefundTwice(t *testing.T) {
	s := busyScene(t)
	an, bert := s.clerk(keys("enter", "t")), s.show("bert.maes", 80, 24, keys("enter", "t"))
	an.Send(keys("tab", "enter")...)
	bert.Send(keys("tab", "enter")...)
	an.Says("Teruggegeven: € 35,00.")
	bert.Says("Iemand anders boekte intussen iets op deze uitlening.")
	if b := s.balance(s.back); b.Refunded != 3500 {
		t.Errorf("got %+v", b)
	}
	s.whole()
}

// TestChargeForLost proposes what a lost device was worth when it got lost, and only once.
func TestChargeForLost(t *testing.T) {
	s := newScene(t)
	l := s.lend(0, s.zoe, loans.Bancontact)
	s.ok(s.Move(t.Context(), s.an, s.devices[0].ID, loans.Lost, loans.Proof{}))
	page := s.clerk(keys("enter", "r"))
	page.Says("[300,10", "€ 300,10 waard op 23/11/2026")
	page.Send(screentest.Steps(keys("tab", "tab"), typed("kwijt op de trein"), keys("enter"))...)
	page.Says("Aangerekend: € 300,10.")
	if b := s.balance(l); b.Owed != 30010 {
		t.Errorf("got %+v, want what LT-001 was worth", b)
	}
	page.Send(keys("r")...)
	page.Lacks("[300,10")
	s.whole()
}

// TestLedgerFlow receives, charges, pays, waives and takes back.
func TestLedgerFlow(t *testing.T) {
	s := busyScene(t)
	page := s.clerk(keys("end", "enter", "o"), screentest.Clear(), typed("20"), keys("enter", "enter"))
	page.Says("Waarborg ontvangen: € 20,00.", "In bewaring: € 20,00")
	page.Send(screentest.Steps(keys("o"), screentest.Clear(), typed("40,01"), keys("enter", "enter"))...)
	page.Says("Dit is meer dan wat openstaat.")
	page.Send(screentest.Steps(keys("shift+tab"), screentest.Clear(), typed("veel"), keys("enter", "enter"))...)
	page.Says("[veel")
	page.Send(screentest.Steps(keys("shift+tab"), screentest.Clear(), typed("40"), keys("enter", "enter"))...)
	page.Says("In bewaring: € 60,00")
	page.Send(screentest.Steps(keys("r", "tab"), typed("7,5"), keys("tab"), typed("muis weg"), keys("enter"))...)
	page.Says("Aangerekend: € 7,50.", "Nog te betalen: € 7,50")
	page.Send(screentest.Steps(keys("k", "tab"), screentest.Clear(), typed("2,50"), keys("tab", "enter"))...)
	page.Says("Vul dit in: \"Waarom\"")
	page.Send(screentest.Steps(typed("oude muis"), keys("enter"))...)
	page.Says("Kwijtgescholden: € 2,50.", "Nog te betalen: € 5,00")
	page.Send(screentest.Steps(keys("b", "tab", "tab", "enter"))...)
	page.Says("Betaling ontvangen: € 5,00.", "Nog te betalen: € 0,00", "schade betaald")
	page.Send(screentest.Steps(keys("end", "enter"), typed("verkeerd getikt"), keys("enter"))...)
	page.Says("Tegengeboekt: schade betaald, € 5,00.", "Nog te betalen: € 5,00", "tegengeboekt: schade betaald € -5,00")
	page.Send(keys("end", "enter")...) // what takes back can't be taken back
	page.Says("Rekening van CA-001")
	page.Send(keys("home", "p")...)
	page.Says("De kwijting staat bij \"Brieven en prints\".")
	if len(s.printed) != 1 || !strings.HasPrefix(s.printed[0], s.toCome.ID) {
		t.Errorf("printed %v", s.printed)
	}
	s.whole()
}

// TestCashOff offers no cash, and no count, until the ICT officer switches it on.
func TestCashOff(t *testing.T) {
	s := busyScene(t)
	page := s.clerk(keys("end", "enter", "o", "tab", "right", "right", "right"))
	if strings.Contains(page.Text(), "contant") {
		t.Errorf("the page offers cash:\n%s", page.Text())
	}
	page = s.clerk(keys("d", "k"))
	page.Says("Dagblad van ma 23/11/2026")
	if strings.Contains(page.Text(), "In de lade") {
		t.Error("cash can be counted")
	}
}

// TestCountCash wants a note for a difference.
func TestCountCash(t *testing.T) {
	s := cashScene(t)
	page := s.clerk(keys("d", "k", "tab"), typed("20"), keys("tab", "enter"))
	page.Says("Schrijf waarom. Zonder reden gaat dit niet.", "Verschil: € -2,50")
	page.Send(screentest.Steps(keys("shift+tab"), screentest.Clear(), typed("22,50"), keys("tab", "enter"))...)
	page.Says("Geteld: € 22,50. Volgens de lijnen: € 22,50.", "verschil: geen")
	page.Send(keys("p", "b")...)
	if got := strings.Join(s.printed, ", "); got != "2026-11-23 pdf, 2026-11-23 csv" {
		t.Errorf("printed %s", got)
	}
	page.Send(keys("left", "left", "right", "v", "right")...)
	page.Says("Dagblad van ma 23/11/2026")
}

// TestFinanceReads shows the finance director the own organisation's money, and lets nothing be entered.
func TestFinanceReads(t *testing.T) {
	s := cashScene(t)
	page := s.show(finance, 80, 24)
	if strings.Contains(page.Text(), "OCMW") {
		t.Errorf("the page shows another organisation:\n%s", page.Text())
	}
	page.Send(keys("enter", "t", "o", "b", "k", "r", "enter", "p")...)
	page.Says("Rekening van LT-001", "In bewaring: € 60,00")
	if len(s.printed) != 0 {
		t.Errorf("printed %v", s.printed)
	}
	page.Send(keys("esc", "d", "k")...)
	page.Says("Dagblad van ma 23/11/2026", "kas volgens de lijnen € 22,50")
	session := s.session(finance)
	page = screentest.ShowRoot(t, shell.NewRoot(session, till.NewLoan(session, s.desk(), s.ocmw.ID), nil, errs()), 80, 24)
	page.Says("U hebt hier geen toegang toe.")
}

// TestTariffHasNoGround shows the desk a code, and never why.
func TestTariffHasNoGround(t *testing.T) {
	s := busyScene(t)
	must(s.Charge(t.Context(), s.an, s.ocmw.ID, loans.Fee, loans.Charge{Cents: 500, Note: "inktpatroon"}))(t)
	session := s.session(clerk)
	page := screentest.ShowRoot(t, shell.NewRoot(session, till.NewLoan(session, s.desk(), s.ocmw.ID), nil, errs()), 80, 24)
	page.Says("Mo Claes", "tarief V", "Waarborg € 30,00")
	for _, word := range []string{"geheim", "budget", "cliënt"} {
		if strings.Contains(page.Text(), word) {
			t.Errorf("the page says %q", word)
		}
	}
	page = s.show("dora.claes", 80, 24)
	page.Says("U hebt hier geen toegang toe.")
}

// TestOfBorrower lists all loans of somebody that had money, also what is in order.
func TestOfBorrower(t *testing.T) {
	s := busyScene(t)
	session := s.session(clerk)
	page := screentest.ShowRoot(t, shell.NewRoot(session, till.NewFor(session, s.desk(), s.zoe.ID), nil, errs()), 80, 24)
	page.Says("Waarborgen van Zoë Peeters", "terug te geven Zoë Peeters LT-001")
	page.Send(keys("enter", "t", "tab", "enter", "esc")...)
	page.Says("in orde Zoë Peeters LT-001")
}

// TestHostileTexts shows what people typed harmless.
func TestHostileTexts(t *testing.T) {
	s := newScene(t)
	evil := s.borrower("Eve\x1b[2J\x07", "\u202eliam{{.x}}\r\n=1+1")
	l := s.lend(0, evil, loans.Bancontact)
	must(s.Charge(t.Context(), s.an, l.ID, loans.Damage, loans.Charge{Cents: 100, Note: "=cmd|'/c calc'!A0 \x1b]0;x\x07"}))(t)
	for _, steps := range [][]tea.Msg{nil, keys("enter"), keys("enter", "enter"), keys("d")} {
		page := s.show("an.peeters", 60, 20, steps)
		page.Fits()
		for _, r := range page.Text() {
			if r < ' ' && r != '\n' || r == '\u202e' || r == 0x7f {
				t.Fatalf("the page has %q:\n%s", r, page.Text())
			}
		}
	}
}
