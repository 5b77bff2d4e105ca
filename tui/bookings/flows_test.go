package bookings_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/bookings"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// reserve fills in the form for somebody: laptop, from and until, and a device where one is named.
func reserve(from, until, device string) []tea.Msg {
	return screentest.Steps(keys("right", "tab"), screentest.Clear(), typed(from), keys("tab"), screentest.Clear(), typed(until), keys("tab"), typed(device), keys("enter"))
}

// TestReserve makes a reservation by name, and one by card and label.
func TestReserve(t *testing.T) {
	s := newScene(t)
	page := s.clerk(keys("n"), typed("zoe"), keys("enter"), reserve("25/11/2026", "8/12/2026", ""))
	page.Says("Gereserveerd: LT-001, wo 25/11/2026 t.e.m. di 08/12/2026.", "92 00001 7", "om het even welk toestel", "Afhalen t.e.m. vr 27/11/2026")
	page.Send(keys("esc", "n")...)
	page.Send(screentest.Steps(typed(string(s.lou.Number)), keys("enter"), reserve("25/11/2026", "8/12/2026", "lt-003"))...)
	page.Says("Lou Maes", "Toestel LT-003", "92 00002 5")
	all := must(s.Bookings(t.Context(), s.an))(t)
	if len(all) != 2 || all[0].Named || !all[1].Named || all[1].BorrowerID != s.lou.ID {
		t.Errorf("got %+v", all)
	}
	page.Send(keys("k")...)
	page.Says("LT-003 ligt klaar voor Lou Maes.", "Stand ligt klaar")
	page.Send(keys("p", "e")...)
	page.Says("Het etiket voor bij LT-003 staat bij")
	if len(s.printed) != 2 || s.printed[1] != "label "+all[1].ID {
		t.Errorf("printed %v", s.printed)
	}
	page.Send(keys("delete", "down", "enter")...)
	page.Says("De reservatie van Lou Maes is geannuleerd.", "Stand geannuleerd")
	page.Send(keys("delete", "k", "p", "e")...)
	if got := must(s.Booking(t.Context(), s.an, all[1].ID))(t).State; got != loans.Cancelled || len(s.printed) != 2 {
		t.Errorf("it is %s, printed %v", got, s.printed)
	}
	s.whole()
}

// TestWrongInForm says under the field what is wrong, and keeps the form.
func TestWrongInForm(t *testing.T) {
	s := newScene(t)
	page := s.clerk(keys("n"), typed(string(s.zoe.Number)), keys("enter"), reserve("25/11/2026", "8/12/2026", "XX-9"))
	page.Says("We kennen XX-9 niet.", "[XX-9")
	page.Send(screentest.Steps(screentest.Clear(), typed(string(s.lou.Number)), keys("enter"))...)
	page.Says("We kennen " + string(s.lou.Number) + " niet.") // a card is no device
	page.Send(screentest.Steps(screentest.Clear(), keys("shift+tab"), screentest.Clear(), typed("24/11/2026"), keys("tab", "enter"))...)
	page.Says("Kies bij \"Tot en met\" een dag op of na 25/11/2026.")
	if n := len(must(s.Bookings(t.Context(), s.an))(t)); n != 0 {
		t.Errorf("%d reservations", n)
	}
	page.Send(keys("esc")...)
	page.Says("Wat u invulde")
}

// TestInstead takes the first free days, and then the waiting list, when nothing is free.
func TestInstead(t *testing.T) {
	s := busyScene(t)
	page := s.clerk(keys("n"), typed("jef"), keys("enter"), reserve("30/11/2026", "4/12/2026", ""))
	page.Says("Er is op die dagen geen toestel van deze soort vrij.", "De eerste dagen die vrij zijn: ma 07/12/2026 t.e.m. vr 11/12/2026.")
	page.Send(keys("esc")...)
	page.Says("[30/11/2026", "Vrij op al deze dagen: 0 van 3.")
	page.Send(keys("enter", "v")...)
	page.Says("Gereserveerd: LT-002, ma 07/12/2026 t.e.m. vr 11/12/2026.")
	page.Send(screentest.Steps(keys("esc", "n"), typed("lou"), keys("enter"), reserve("30/11/2026", "4/12/2026", ""), keys("w"))...)
	page.Says("Lou Maes staat op de wachtlijst.", "laptop Lou Maes ma 30/11/2026 vr 04/12/2026 wacht, 2 voor")
	page.Send(screentest.Steps(keys("esc", "n"), typed("lou"), keys("enter"), reserve("30/11/2026", "4/12/2026", ""), keys("w"))...)
	page.Says("Deze persoon staat al op de wachtlijst.")
	s.whole()
}

// TestNobodyBlocked offers somebody who is blocked no other days.
func TestNobodyBlocked(t *testing.T) {
	s := busyScene(t)
	s.ok(s.AddBlock(t.Context(), s.an, s.jef.ID, loans.Block{From: "2026-11-27", Until: "2027-02-01", Reason: "toestel verloren"}))
	page := s.clerk(keys("n"), typed("jef"), keys("enter"), reserve("30/11/2026", "4/12/2026", ""))
	page.Says("geblokkeerd tot en met 01/02/2027: toestel verloren (artikel 18)")
	page.Send(keys("v", "w")...)
	if n := len(must(s.Waits(t.Context(), s.an))(t)); n != 2 {
		t.Errorf("%d wait", n)
	}
}

// TestOffer takes an offer, and takes somebody off the list.
func TestOffer(t *testing.T) {
	s := busyScene(t)
	page := s.clerk(keys("w", "a", "down", "a"))
	page.Says("An Wouters neemt het aanbod aan: LT-003 is gereserveerd.")
	page.Send(keys("delete", "down", "enter")...)
	page.Says("Mo Claes staat niet meer op de wachtlijst.", "Niemand staat op de wachtlijst.")
	s.whole()
}

// TestNoShow tells what was not fetched, and gives it to who waits.
func TestNoShow(t *testing.T) {
	s := busyScene(t)
	s.clerk()
	s.days(3) // Monday: who should have come by Friday did not
	page := s.clerk()
	page.Says("Sinds de vorige keer: 1 reservatie is niet afgehaald. 1 wachtende kreeg een aanbod: bel die persoon.")
	page.Send(keys("w")...)
	page.Says("laptop Mo Claes vr 27/11/2026 do 03/12/2026 aangeboden", "Het aanbod geldt tot en met do 03/12/2026.")
	s.whole()
}

// TestFreeToForm begins a reservation on a day of the month.
func TestFreeToForm(t *testing.T) {
	s := newScene(t)
	page := s.clerk(keys("v", "tab", "down", "right", "enter"), typed("zoe"), keys("enter"))
	page.Says("< laptop >", "[01/12/2026", "[15/12/2026")
	page.Send(keys("esc")...)
	page.Says("laptop, december 2026", "di 01/12/2026: 3 van 3 vrij.")
	for range 200 {
		page.Send(keys("pgdown")...)
	}
	page.Says("laptop, november 2036")
	page.Fits()
	page.Send(keys("pgup", "left")...)
	page = s.clerk(keys("v", "left", "enter"))
	page.Says("zo 22/11/2026 is voorbij.", "Deze dag is voorbij.")
}

// TestTwoAtOnce lets two clerks reserve the last one, cancel the same, and set the same aside.
func TestTwoAtOnce(t *testing.T) {
	s := newScene(t)
	an, bert := s.clerk(), s.show("bert.maes", 80, 24)
	an.Send(screentest.Steps(keys("n"), typed("zoe"), keys("enter"))...)
	bert.Send(screentest.Steps(keys("n"), typed("lou"), keys("enter"))...)
	an.Send(reserve("25/11/2026", "1/12/2026", "LT-001")...)
	bert.Send(reserve("25/11/2026", "1/12/2026", "LT-001")...)
	an.Says("Gereserveerd: LT-001")
	bert.Says("Iemand anders heeft dit toestel gereserveerd vanaf 25/11/2026 (artikel 6).", "De eerste dagen die vrij zijn: do 03/12/2026")
	bert.Send(keys("esc", "esc", "down", "enter", "enter")...) // leave the form, open the reservation
	bert.Says("Zoë Peeters", "gereserveerd")
	an.Send(keys("delete", "down", "enter")...)
	bert.Send(keys("k")...)
	bert.Says("geannuleerd")
	if got := must(s.Bookings(t.Context(), s.an))(t); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
	s.whole()
}

// TestRights shows the room to nobody else than who lends.
func TestRights(t *testing.T) {
	s := busyScene(t)
	page := s.show("lid1", 80, 24)
	page.Says("Niet gelukt: De reservaties laden. U hebt hier geen toegang toe.")
	if _, err := s.Queue(t.Context(), s.Actor("lid1")); !errors.Is(err, data.ErrDenied) {
		t.Errorf("got %v", err)
	}
}

// TestHostileNames shows what people typed harmless.
func TestHostileNames(t *testing.T) {
	s := newScene(t)
	evil := s.borrower("Eve\x1b[2J\x07", "\u202eliam{{.x}}\r\n=1+1")
	s.book(loans.BookAsk{Type: s.laptop.ID, Borrower: evil.ID, From: "2026-11-23", To: "2026-12-01"})
	for _, steps := range [][]tea.Msg{nil, keys("a"), keys("enter"), screentest.Steps(keys("n"), typed("eve"))} {
		page := s.show("an.peeters", 60, 20, steps)
		page.Fits()
		for _, r := range page.Text() {
			if r < ' ' && r != '\n' || r == '\u202e' || r == 0x7f {
				t.Fatalf("the page has %q:\n%s", r, page.Text())
			}
		}
		page.Says("Eve")
	}
}

// TestNewForBorrower opens the form for somebody, as another room does.
func TestNewForBorrower(t *testing.T) {
	s := newScene(t)
	session := s.session(clerk)
	page := screentest.ShowRoot(t, shell.NewRoot(session, bookings.NewFor(session, s.desk(), s.zoe.ID), nil, errs()), 80, 24)
	page.Says("Reservatie voor Zoë Peeters", "[23/11/2026", "[07/12/2026")
	page.Send(reserve("23/11/2026", "1/12/2026", "")...)
	page.Says("92 00001 7")
	s.clock.Forward(time.Second)
}
