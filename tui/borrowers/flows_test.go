package borrowers_test

import (
	"strings"
	"testing"

	"digibrug/loans"
	"digibrug/tui/screentest"
)

// TestAdd makes a borrower with what is needed and no more, and shows the page with the number of the card.
func TestAdd(t *testing.T) {
	s := newScene(t)
	page := s.show(clerk, 80, 24, keys("f5", "tab"), typed("Noor"), keys("tab"), typed("Aerts"), keys("tab"), typed("0470 11 22 33"), keys("tab", "tab", "tab", "tab", "tab", "enter"))
	page.Says("Noor Aerts heeft nu kaart", "inwoner", "0470 11 22 33")
	all := must(s.store.Search(t.Context(), s.Actor(clerk), "noor aerts"))(t)
	if len(all) != 1 || all[0].Category != loans.Citizen {
		t.Errorf("found %+v", all)
	}
}

// TestNoContact: without telephone or mail nobody can be called; a national number is refused and repeated nowhere.
func TestNoContact(t *testing.T) {
	s := newScene(t)
	s.show(clerk, 80, 24, keys("f5", "tab", "tab"), typed("Aerts"), keys("tab", "tab", "tab", "tab", "tab", "tab", "enter")).Says("telefoonnummer")
	page := s.show(clerk, 80, 24, keys("f5", "tab", "tab"), typed("Aerts 85.07.30-033.28"), keys("tab"), typed("0470"), keys("tab", "tab", "tab", "tab", "tab", "enter"))
	page.Says("rijksregisternummer")
	if all := must(s.store.Search(t.Context(), s.Actor(clerk), "aerts"))(t); len(all) > 0 {
		t.Errorf("stored %+v", all)
	}
}

// TestMinorNeedsGuardian: a minor is signed for by somebody who is here.
func TestMinorNeedsGuardian(t *testing.T) {
	s := newScene(t)
	minor := keys("f5", "right", "right", "right", "right", "tab")
	s.show(clerk, 80, 24, minor, typed("Fien"), keys("tab"), typed("Maes"), keys("tab", "tab", "tab", "tab"), typed("Niemand"), keys("tab"), typed("4/2013"), keys("tab", "enter")).Says("We kennen geen ontlener Niemand")
	s.show(clerk, 80, 24, minor, typed("Fien"), keys("tab"), typed("Maes"), keys("tab", "tab", "tab", "tab"), typed("Lou Maes"), keys("tab"), typed("4/2013"), keys("tab", "enter")).Says("Fien Maes", "Lou Maes")
	all := must(s.store.Search(t.Context(), s.Actor(clerk), "fien"))(t)
	if len(all) != 1 || all[0].BirthMonth != "2013-04" || all[0].GuardianID != s.people["Lou"].ID {
		t.Errorf("found %+v", all)
	}
}

// TestBlockAndLift: a block with a reason shows at once, and can be lifted.
func TestBlockAndLift(t *testing.T) {
	s := newScene(t)
	s.of(clerk, "Zoë", keys("b", "tab"), typed("31/12/2026"), keys("tab"), typed("scherm stuk"), keys("enter", "enter"))
	s.of(clerk, "Zoë").Says("scherm stuk", "artikel 18")
	s.of(clerk, "Zoë", keys("d", "enter", "enter"))
	s.of(clerk, "Zoë").Lacks("artikel 18")
}

// TestJoin puts two people in one household.
func TestJoin(t *testing.T) {
	s := newScene(t)
	s.of(clerk, "Lou", keys("g"), typed("zoe"), keys("enter", "enter"))
	s.of(clerk, "Lou").Says("Peeters, Dorp 3", "Kim Peeters, Zoë Peeters")
}

// TestEraseFlow: who still has something stays; who has nothing goes, and their blocks with them.
func TestEraseFlow(t *testing.T) {
	s := newScene(t)
	s.of(clerk, "Zoë", keys("x")).Says("Er is nog een toestel uitgeleend", "waarborg").Send(screentest.Keys("enter")...)
	must(s.store.Borrower(t.Context(), s.Actor(clerk), s.people["Zoë"].ID))(t)
	s.of(clerk, "Lou", keys("x", "enter", "right", "enter"))
	if _, err := s.store.Borrower(t.Context(), s.Actor(clerk), s.people["Lou"].ID); err == nil {
		t.Error("Lou is still there")
	}
}

// TestGroundIsOfTheOCMW: the desk and the ICT officer see the code of a tariff, and neither ground nor category; only
// the social worker has the key.
func TestGroundIsOfTheOCMW(t *testing.T) {
	s := newScene(t)
	for _, login := range []string{clerk, "ivo.ict"} {
		page := s.show(login, 80, 24, find("mo claes"))
		page.Says("V, verminderd", "inwoner").Lacks(secret, "OCMW", "Grond")
		page.Send(keys("t")...)
		page.Lacks(secret)
	}
	s.show(social, 80, 24, find("mo claes")).Says(secret, "cliënt van het OCMW").Lacks("waarborg bij ons")
	s.show(social, 80, 24, find("lou"), keys("t", "right", "tab"), typed("nieuwe grond"), keys("tab", "enter"))
	if g, found, err := s.store.GroundOf(t.Context(), s.Actor(social), s.people["Lou"].ID); err != nil || !found || g.Ground != "nieuwe grond" {
		t.Errorf("got %+v, %v, %v", g, found, err)
	}
	s.show(clerk, 80, 24, find("mo claes"), keys("w")).Lacks("OCMW")
}

// TestNoRight: who neither lends nor helps sees nobody.
func TestNoRight(t *testing.T) {
	s := newScene(t)
	s.show("bert.maes", 80, 24, typed("zoe")).Lacks("Zoë")
}

// TestHostileName shows what people typed as text.
func TestHostileName(t *testing.T) {
	s := newScene(t)
	evil := "\x1b]0;pwned\x07Ev\x1b[2J\u202eil =1+1"
	s.put(s.Actor(clerk), loans.Borrower{Category: loans.Citizen, Given: evil, Family: evil, Phone: evil, Household: evil})
	for _, page := range []*screentest.Screen{s.show(clerk, 80, 24, typed("ev")), s.of(clerk, evil), s.of(clerk, evil, keys("w"))} {
		if view := page.View().Content; strings.ContainsAny(view, "\x07\u202e") || strings.Contains(view, "\x1b]0") || strings.Contains(view, "\x1b[2J") {
			t.Errorf("an escape came through:\n%q", view)
		}
		page.Fits()
	}
}

// TestCardPrinted makes the card of the one whose page it is.
func TestCardPrinted(t *testing.T) {
	s := newScene(t)
	s.of(clerk, "Zoë", keys("k", "enter")).Says("kaart.pdf")
	if len(s.printed) != 1 || s.printed[0] != s.people["Zoë"].Number {
		t.Errorf("printed %v", s.printed)
	}
	if _, err := s.DB.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}
