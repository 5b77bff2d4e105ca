package loandesk_test

import (
	"testing"
	"time"

	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
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

// TestFastScans: two scans and Enter in one burst, before the register has answered the first, lend; nothing of a scan
// counts as a letter.
func TestFastScans(t *testing.T) {
	s := newScene(t)
	c := s.an()
	c.s.fingers.step = scanner
	for _, code := range []loans.Number{s.people["Claes"].Number, s.devices["LT-001"].Number} {
		c.Send(screentest.Type(string(code))...)
		c.Send(screentest.Keys("tab")...) // some scanners end with Tab
	}
	c.s.fingers.step = human
	c.enter()
	if who := s.open("LT-001"); who != "Zoë Claes" {
		t.Errorf("LT-001 is with %q:\n%s", who, c.Text())
	}
}

// TestScanOverCard: a scan while a return card is open is a second device, and ticks nothing off.
func TestScanOverCard(t *testing.T) {
	s := newScene(t)
	s.lend("LT-001", "Claes")
	c := s.an().device("LT-014").keys("l").device("LT-001")
	c.says("Terugnemen: LT-014, Tuur De Clercq, lader ontbreekt", "Terugnemen: LT-001", "[x] L lader").enter()
	if s.state("LT-014") != loans.ToCheck || s.state("LT-001") != loans.ToCheck {
		t.Errorf("LT-014 is %s, LT-001 %s", s.state("LT-014"), s.state("LT-001"))
	}
}

// TestLettersAreText: without an open card a letter is the beginning of a name, also one that means something on a card.
func TestLettersAreText(t *testing.T) {
	s := newScene(t)
	c := s.an().types("ch").says("Chloé Clauwaert").lacks("Zoë")
	c.enter().says("Ontlener: Chloé Clauwaert")
}

// TestNameWithoutAccents finds who is wanted in one Enter when there is one hit, and lets choose among more.
func TestNameWithoutAccents(t *testing.T) {
	s := newScene(t)
	s.an().types("zoe cl").enter().says("Ontlener: Zoë Claes")
	s.an().types("cla").says("Zoë Claes", "Chloé Clauwaert").keys("down").enter().says("Ontlener: Chloé Clauwaert")
}

// TestScannerInUSMode is understood, and told.
func TestScannerInUSMode(t *testing.T) {
	s := newScene(t)
	s.an().scan(garbled(string(s.people["Claes"].Number))).says("Zoë Claes", "De scanner staat verkeerd ingesteld")
}

// TestRefusedBeforeSecondScan: what stands in the way of a person shows at the first scan, with its article.
func TestRefusedBeforeSecondScan(t *testing.T) {
	s := newScene(t)
	c := s.an().person("De Clercq").says("artikel 7")
	c.device("LT-001").says("artikel 7").enter()
	if who := s.open("LT-001"); who != "" {
		t.Errorf("lent to %s, who has one", who)
	}
	c = s.an().device("LT-014").enter() // brings the first back: now it can be
	c.person("De Clercq").lacks("artikel 7").device("LT-001").enter()
	if who := s.open("LT-001"); who != "Tuur De Clercq" {
		t.Errorf("LT-001 is with %q:\n%s", who, c.Text())
	}
}

// TestBringsOneTakesAnother: a return and a loan lie on the desk together; the return is done first, and what stood in
// the way of the loan is gone.
func TestBringsOneTakesAnother(t *testing.T) {
	s := newScene(t)
	c := s.an().person("De Clercq").device("LT-014").device("LT-001").enter()
	if s.state("LT-014") != loans.ToCheck {
		t.Fatalf("LT-014 is %s:\n%s", s.state("LT-014"), c.Text())
	}
	c.says("Ontlener: Tuur De Clercq").enter()
	if who := s.open("LT-001"); who != "Tuur De Clercq" {
		t.Errorf("LT-001 is with %q:\n%s", who, c.Text())
	}
}

// TestTwoClerks: who was first is told by name and hour, and nothing of the rest is lost.
func TestTwoClerks(t *testing.T) {
	s := newScene(t)
	c := s.an().person("Claes").device("LT-001")
	must(s.loans.Lend(t.Context(), s.bert, loans.LendAsk{Device: s.devices["LT-001"].ID, Borrower: s.people["Clauwaert"].ID}))(t)
	c.enter().says("LT-001: Zonet uitgeleend door Bert Maes, 12:00", "Ontlener: Zoë Claes")
	if who := s.open("LT-001"); who != "Chloé Clauwaert" {
		t.Errorf("LT-001 is with %q", who)
	}
	c.device("LT-002").enter()
	if who := s.open("LT-002"); who != "Zoë Claes" {
		t.Errorf("LT-002 is with %q:\n%s", who, c.Text())
	}
}

// TestUndo takes back what was done last, with U on the empty line, for 60 seconds.
func TestUndo(t *testing.T) {
	s := newScene(t)
	c := s.an().person("Claes").device("LT-001").enter().keys("u").says("Ongedaan")
	if who := s.open("LT-001"); who != "" {
		t.Errorf("LT-001 is still with %s", who)
	}
	c.device("LT-014").enter()
	s.clock.Forward(loans.UndoFor + time.Second)
	c.keys("u").lacks("Ongedaan gemaakt: LT-014")
	if s.state("LT-014") != loans.ToCheck {
		t.Errorf("undone after a minute: LT-014 is %s", s.state("LT-014"))
	}
}

// TestKit lends a set with one scan, on one contract.
func TestKitLent(t *testing.T) {
	s := kitScene(t)
	c := s.an().scan(string(s.kit.Number)).person("Samana Zandwerve").enter()
	if s.open("LT-001") == "" || s.open("LT-002") == "" {
		t.Fatalf("the set is not out:\n%s", c.Text())
	}
	out := must(s.loans.LoansOf(t.Context(), s.by, s.people["Samana Zandwerve"].ID))(t)
	if len(out) != 2 || out[0].ContractID != out[1].ContractID {
		t.Errorf("got %d loans, want two on one contract", len(out))
	}
}

// TestReservation: its code lays down who booked and the device that is kept free.
func TestReservation(t *testing.T) {
	s := busyScene(t)
	k := must(s.loans.Bookings(t.Context(), s.by))(t)[0]
	c := s.an().scan(string(k.Number)).says("Chloé Clauwaert", "LT-003").enter()
	if who := s.open("LT-003"); who != "Chloé Clauwaert" {
		t.Errorf("LT-003 is with %q:\n%s", who, c.Text())
	}
}

// TestDepositComesOut: sixty euro less a charger of twenty-five (T26).
func TestDepositComesOut(t *testing.T) {
	s := newScene(t)
	c := s.an().device("LT-014").keys("l", "b").says("€ 60,00 − € 25,00 = € 35,00").enter()
	c.says("Waarborg terug: € 60,00 − € 25,00 = € 35,00 (Bancontact)")
	l := must(s.loans.LoansOfDevice(t.Context(), s.by, s.devices["LT-014"].ID))(t)[0]
	if _, b, err := s.loans.Ledger(t.Context(), s.by, l.ID); err != nil || b.Refunded != 3500 || b.Withheld != 2500 {
		t.Errorf("the ledger says %+v, %v", b, err)
	}
}

// TestCashIsOff: a desk that takes no cash has no letter for it.
func TestCashIsOff(t *testing.T) {
	s := newScene(t)
	s.an().person("Claes").device("LT-001").lacks("contant").keys("c").lacks("[x] C")
	s.ok(s.loans.Set(t.Context(), s.Actor("ivo.ict"), loans.SettingCash, "1"))
	s.an().person("Claes").device("LT-001").keys("c").says("[x] C")
}

// TestPrinterThatIsOff does not stop a loan or its signature.
func TestPrinterThatIsOff(t *testing.T) {
	s := newScene(t).printing(errJam)
	c := s.an().person("Claes").device("LT-001").enter().keys("p")
	l := must(s.loans.LoansOfDevice(t.Context(), s.by, s.devices["LT-001"].ID))(t)[0]
	receipts := must(s.loans.Receipts(t.Context(), s.by, l.ContractID))(t)
	if len(receipts) != 1 || !receipts[0].Paper || len(s.printed) != 1 {
		t.Errorf("%d receipts, printed %v:\n%s", len(receipts), s.printed, c.Text())
	}
	c.says("kon niet gedrukt worden")
}

// TestWhereThePrintIs: the desk speaks of a printer only when there is one, and of a signature only when it wrote one down.
func TestWhereThePrintIs(t *testing.T) {
	for way, says := range map[outbox.Channel]string{outbox.Print: "De afdruk gaat naar de printer.", outbox.Fetch: "De afdruk staat als PDF bij", outbox.Folder: "in de afgesproken map"} {
		t.Run(string(way), func(t *testing.T) {
			s := newScene(t).printing(nil)
			s.way = way
			c := s.an().person("Claes").device("LT-001").enter().keys("p").says(says, "Opgeschreven: getekend op papier.")
			c.keys("f6", "enter").says("Contract").keys("p").says(says).lacks("Opgeschreven")
			if len(s.printed) != 2 {
				t.Errorf("printed %v", s.printed)
			}
		})
	}
}

// TestNonsense: hostile and unknown input gets a sentence, and changes nothing.
func TestNonsense(t *testing.T) {
	s := newScene(t)
	for _, text := range []string{"'; DROP TABLE loans; --", "%%%", "\x1b[2Jx", "00000000", "99999999999999999999", "🙂🙂🙂", " "} {
		c := s.an()
		c.Send(screentest.Type(text)...)
		c.enter()
		c.Fits()
	}
	for _, name := range []string{"LT-001", "LT-002", "LT-003"} {
		if s.open(name) != "" {
			t.Errorf("%s was lent", name)
		}
	}
	if found := must(s.loans.Check(t.Context(), s.Actor("ivo.ict")))(t); len(found) > 0 {
		t.Errorf("violated: %v", found)
	}
}

// TestAnswerOfASlowLine: a line that was stuck brings what somebody typed in one burst. It is the answer to the
// question, while a code in the middle of the question is a code, and does not change what the question is about.
func TestAnswerOfASlowLine(t *testing.T) {
	s := newScene(t)
	s.lend("LT-001", "Claes")
	c := s.an().device("LT-014").keys("s").device("LT-001").says("Terugnemen: LT-001, Zoë Claes", "Schade:")
	c.burst("25 scherm gebarsten", "enter").says("Terugnemen: LT-014", "[x] S schade € 25,00 scherm gebarsten").lacks("kennen")
	c.enter()
	for name, want := range map[string]string{"LT-014": "scherm gebarsten", "LT-001": ""} {
		l := must(s.loans.LoansOfDevice(t.Context(), s.by, s.devices[name].ID))(t)[0]
		if l.Ended != loans.Brought || l.BackCondition != want {
			t.Errorf("%s ended %q in condition %q, want %q", name, l.Ended, l.BackCondition, want)
		}
	}
}

// TestEnterForBlocked: Enter for somebody who may have nothing asks for no device.
func TestEnterForBlocked(t *testing.T) {
	blockedScene(t).an().person("Claes").enter().says("kan nu niets lenen").lacks("Scan nu het toestel")
}

// TestFoundAgain: what is found tells of the money that its borrower was asked for, and offers no undo, for there is none.
func TestFoundAgain(t *testing.T) {
	s := newScene(t)
	s.ok(s.loans.Lose(t.Context(), s.by, s.devices["LT-014"].ID, loans.Lost, loans.Proof{}, loans.Charge{Cents: 30010, Note: "verloren"}))
	c := s.an().device("LT-014").enter()
	c.says("LT-014 was weg en is terug.", "Tuur De Clercq moest ervoor betalen", "artikel 14").lacks("Fout? Druk")
	s.ok(s.loans.Move(t.Context(), s.by, s.devices["LT-001"].ID, loans.Lost, loans.Proof{}))
	s.an().device("LT-001").enter().says("LT-001 was weg en is terug.").lacks("artikel 14")
}

// TestWhichOfTheSet: of several devices the one that can't go is named; what stands in the way of the person names none.
func TestWhichOfTheSet(t *testing.T) {
	s := kitScene(t)
	must(s.loans.Book(t.Context(), s.by, loans.BookAsk{Device: s.devices["LT-001"].ID, Borrower: s.people["De Clercq"].ID, From: "2026-11-23", To: "2026-11-27"}))(t)
	s.an().person("Samana Zandwerve").scan(string(s.kit.Number)).says("! LT-001: Iemand anders heeft dit toestel gereserveerd")
}

// TestDamageAboveWorth: who asks more for damage than the device is worth sees so before it is booked.
func TestDamageAboveWorth(t *testing.T) {
	c := newScene(t).an().device("LT-014").keys("s").says("Waarde nu", "€ 300,10, hoogstens te vragen")
	c.types("300,10").enter().says("[x] S schade € 300,10").lacks("! € 300,10")
	c.keys("s", "s").types("300,11").enter().says("[x] S schade € 300,11", "! € 300,10. Dit is meer")
}

// TestLostIsCharged: what is lost costs what it is worth, and of what was stolen nothing is proposed.
func TestLostIsCharged(t *testing.T) {
	for letter, c := range map[string]struct {
		tabs []string
		says string
		owed int64
	}{"l": {[]string{"tab", "tab"}, "LT-014 is nu verloren. € 300,10 is aangerekend aan Tuur De Clercq.", 30010}, "s": {[]string{"tab", "tab", "tab"}, "gestolen", 0}} {
		t.Run(letter, func(t *testing.T) {
			s := newScene(t)
			l := must(s.loans.LoansOfDevice(t.Context(), s.by, s.devices["LT-014"].ID))(t)[0]
			s.an().keys("f6", "enter", letter).types("12345").keys(c.tabs...).keys("enter").says(c.says)
			after := must(s.loans.Account(t.Context(), s.by, l.ID))(t)
			if after.Ended == loans.Open || after.Owed != c.owed {
				t.Errorf("ended %q, owed %d, want %d", after.Ended, after.Owed, c.owed)
			}
		})
	}
}

// TestScanRightBehindEsc: a terminal that gets Esc and a key at once tells of Alt and the key. Neither is lost.
func TestScanRightBehindEsc(t *testing.T) {
	s := newScene(t)
	c := s.an().person("De Clercq").says("Tuur De Clercq")
	code := string(s.people["Claes"].Number)
	c.s.fingers.step = scanner
	c.Send(tea.KeyPressMsg{Code: rune(code[0]), Mod: tea.ModAlt})
	c.Send(screentest.Type(code[1:])...)
	c.Send(screentest.Keys("enter")...)
	c.s.fingers.step = human
	c.says("Ontlener: Zoë Claes").lacks("Tuur", "kennen")
}

// TestUndoSaysWhat names what was undone, and no money that is not asked any more.
func TestUndoSaysWhat(t *testing.T) {
	s := newScene(t)
	c := s.an().person("Claes").device("LT-001").enter().says("Nog te betalen: € 60,00").keys("u")
	c.says("Gelukt: Ongedaan gemaakt: LT-001 is uitgeleend aan Zoë Claes, terug op ma 14/12/2026.").lacks("Gelukt: Ongedaan gemaakt: LT-001 is uitgeleend aan Zoë Claes, terug op ma 14/12/2026. Nog")
	if who := s.open("LT-001"); who != "" {
		t.Errorf("LT-001 is still with %s", who)
	}
}

// TestHourLoan shows until which hour, before and after lending, and that it is late once the hour is over.
func TestHourLoan(t *testing.T) {
	s := newScene(t)
	r := loans.ModelRegulation()
	r.From = "2026-11-23"
	r.Cells[loans.Cell{Device: s.laptop.ID}] = map[loans.Param]int64{loans.TermHours: 3, loans.GapDays: 0}
	must(s.loans.PutVersion(t.Context(), s.Actor("ivo.ict"), loans.Version{Name: "per uur", Regulation: r}))(t)
	c := s.an().person("Claes").device("LT-001").says("ma 23/11/2026 15:00")
	c.enter().says("terug op ma 23/11/2026 15:00.")
	s.clock.Forward(3*time.Hour + time.Minute)
	s.an().device("LT-001").says("ma 23/11/2026 15:00 (te laat)")
	s.an().keys("f6").says("te laat")
}

// TestLetterRightBehindEnter: on a slow line Enter and the letter behind it come at once. The letter is a key all the
// same, unless more follows.
func TestLetterRightBehindEnter(t *testing.T) {
	s := newScene(t).printing(nil)
	c := s.an().person("Claes").device("LT-001").enter()
	s.fingers.at = s.fingers.at.Add(scanner - human)
	c.keys("p").says("Opgeschreven: getekend op papier").lacks("Nog te tekenen")
	if len(s.printed) != 1 {
		t.Errorf("printed %v", s.printed)
	}
}
