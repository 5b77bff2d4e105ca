package loandesk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
)

func TestNothingToLend(t *testing.T) { pages(t, emptyScene, func(*counter) {}) }
func TestMorning(t *testing.T)       { pages(t, busyScene, func(*counter) {}) }
func TestPerson(t *testing.T)        { pages(t, newScene, func(c *counter) { c.person("Claes") }) }
func TestPersonWhoHasOne(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.person("De Clercq") })
}
func TestBlockedPerson(t *testing.T) { pages(t, blockedScene, func(c *counter) { c.person("Claes") }) }
func TestDevice(t *testing.T)        { pages(t, newScene, func(c *counter) { c.device("LT-001") }) }
func TestReadyToLend(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.person("Claes").device("LT-001") })
}
func TestWithoutBag(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.person("Claes").device("LT-001").keys("t", "b") })
}
func TestMovedDue(t *testing.T) { // three weeks from here end in the closing days
	pages(t, func(t testing.TB) *scene {
		s := newScene(t)
		s.clock.Forward(14 * 24 * time.Hour)
		return s
	}, func(c *counter) { c.person("Claes").device("LT-001") })
}
func TestRefused(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.person("De Clercq").device("LT-001") })
}
func TestLentOut(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.person("Claes").device("LT-001").keys("b").enter() })
}
func TestCard(t *testing.T) { pages(t, newScene, func(c *counter) { c.device("LT-014") }) }
func TestCardWithExceptions(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.device("LT-014").keys("l", "s").types("10 hoek gebarsten").enter().keys("b") })
}
func TestCardOfLate(t *testing.T) {
	pages(t, func(t testing.TB) *scene {
		s := newScene(t)
		s.clock.Forward(7 * 24 * time.Hour)
		return s
	}, func(c *counter) { c.device("LT-014") })
}
func TestAskDamage(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.device("LT-014").keys("s") })
}
func TestAskIban(t *testing.T) { pages(t, newScene, func(c *counter) { c.device("LT-014").keys("o") }) }
func TestTakenBack(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.device("LT-014").keys("l", "b").enter() })
}
func TestUndoneReturn(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.device("LT-014").enter().keys("u") })
}
func TestNames(t *testing.T)    { pages(t, newScene, func(c *counter) { c.types("cla") }) }
func TestUnknown(t *testing.T)  { pages(t, newScene, func(c *counter) { c.scan("12345678") }) }
func TestNotReady(t *testing.T) { pages(t, busyScene, func(c *counter) { c.device("LT-002") }) }
func TestGarbled(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.scan(garbled(string(c.s.people["Claes"].Number))) })
}
func TestDayList(t *testing.T) { pages(t, busyScene, func(c *counter) { c.keys("f5") }) }
func TestOpenLoans(t *testing.T) {
	pages(t, busyScene, func(c *counter) { c.keys("f6") })
}
func TestLoanPage(t *testing.T) { pages(t, busyScene, func(c *counter) { c.keys("f6", "enter") }) }
func TestLostForm(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.keys("f6", "enter", "l", "tab") })
}
func TestPaperForm(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.keys("f7") })
}
func TestSignOnPaper(t *testing.T) {
	pages(t, newScene, func(c *counter) { c.person("Claes").device("LT-001").keys("b").enter().keys("p") })
}
func TestKit(t *testing.T) {
	pages(t, kitScene, func(c *counter) { c.person("Samana Zandwerve").scan(string(c.s.kit.Number)) })
}

// busyScene is an ordinary morning: LT-014 is due on Wednesday, LT-001 today, LT-002 to be checked, LT-003 to be fetched.
func busyScene(t testing.TB) *scene {
	t.Helper()
	s := sceneFrom(t, func(s *scene) { s.lend("LT-001", "Claes") })
	l := s.lend("LT-002", "Clauwaert")
	must(s.loans.Return(t.Context(), s.by, loans.ReturnAsk{Loan: l.ID}))(t)
	must(s.loans.Book(t.Context(), s.by, loans.BookAsk{Device: s.devices["LT-003"].ID, Borrower: s.people["Clauwaert"].ID, From: "2026-11-23", To: "2026-11-30"}))(t)
	return s
}

func blockedScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	s.ok(s.loans.AddBlock(t.Context(), s.by, s.people["Claes"].ID, loans.Block{From: "2026-11-20", Until: "2026-12-04", Reason: "toestel tien dagen te laat"}))
	return s
}

// kitScene has a set of two laptops.
func kitScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	s.kit = must(s.loans.PutKit(t.Context(), s.by, loans.Kit{Name: "Koffer 1", Devices: []string{s.devices["LT-001"].ID, s.devices["LT-002"].ID}}))(t)
	return s
}

// garbled is what a scanner in US mode makes of digits on a Belgian keyboard.
func garbled(digits string) string {
	var out []rune
	for _, d := range digits {
		out = append(out, []rune(`à&é"'(§è!ç`)[d-'0'])
	}
	return string(out)
}

// printing lets the desk print, or fail to.
func (s *scene) printing(err error) *scene {
	s.desk.Print = func(_ context.Context, _ data.Actor, contract string, when loans.Signing) (outbox.Channel, error) {
		s.printed = append(s.printed, string(when))
		return s.way, err
	}
	return s
}

var errJam = errors.New("paper jam")
