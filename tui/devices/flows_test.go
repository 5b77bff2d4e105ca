package devices_test

import (
	"strings"
	"testing"

	"digibrug/loans"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// TestReturnChain takes a device from coming back to being ready by keys alone: checked, wiped with proof, tested.
func TestReturnChain(t *testing.T) {
	s := busy(t)
	s.page("LT-004", keys("enter", "tab", "tab", "tab", "enter")).Says("LT-004 is nu te wissen", "Enter")
	if got := s.state("LT-004"); got != loans.ToWipe {
		t.Fatalf("checked, LT-004 is %s", got)
	}
	s.page("LT-004", keys("enter", "tab", "tab", "enter"))
	if got := s.state("LT-004"); got != loans.InStock {
		t.Fatalf("wiped, LT-004 is %s", got)
	}
	s.page("LT-004", keys("enter", "space", "down", "space", "tab", "tab", "enter"))
	if got := s.state("LT-004"); got != loans.Ready {
		t.Fatalf("tested, LT-004 is %s", got)
	}
	events := must(s.store.History(t.Context(), s.an, s.device("LT-004").ID))(t)
	last := events[len(events)-2:]
	if last[0].Proof.Method == "" || last[0].Actor != "an.peeters" || !last[1].Proof.Tested {
		t.Errorf("the proof is %+v", last)
	}
}

// TestWrongOrder: a step that comes too early says what is first, and changes nothing; so does a test without its ticks.
func TestWrongOrder(t *testing.T) {
	s := busy(t)
	s.page("LT-004", keys("i")).Says("nakijken")
	s.page("LT-004", keys("t")).Says("nakijken", "wissen")
	s.page("LT-002", keys("enter", "tab", "tab", "enter")).Says("Laad het toestel op en test het")
	for name, want := range map[string]loans.State{"LT-004": loans.ToCheck, "LT-002": loans.InStock} {
		if got := s.state(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

// TestMissingAtCheck: what is only seen to be missing when it is looked over is charged then.
func TestMissingAtCheck(t *testing.T) {
	s := busy(t)
	s.page("LT-004", keys("enter", "space", "tab", "tab", "tab", "enter")).Says("lader", "€ 25,00", "Zoë Peeters")
	l := must(s.store.LoansOfDevice(t.Context(), s.an, s.device("LT-004").ID))(t)[0]
	if _, b, err := s.store.Ledger(t.Context(), s.an, l.ID); err != nil || b.Charged != 4050 {
		t.Errorf("charged %+v, %v, want the bag of the return and the charger of now", b, err)
	}
}

// TestWorkList: in the list of what is to be done, Enter does the next step of each.
func TestWorkList(t *testing.T) {
	s := busy(t)
	s.clerk(keys("k"), typed("LT-005"), keys("enter", "tab", "tab", "enter"))
	if got := s.state("LT-005"); got != loans.InStock {
		t.Errorf("LT-005 is %s, want it wiped", got)
	}
}

// TestTwoAtOnce: who comes second at the same step hears it, and nothing is done twice.
func TestTwoAtOnce(t *testing.T) {
	s := busy(t)
	page := s.page("LT-005", keys("enter"))
	s.move(s.device("LT-005"), loans.InStock, loans.Proof{Method: "nwipe"})
	page.Send(screentest.Keys("tab", "tab", "enter")...)
	page.Says("Dat kan niet met een toestel in deze stand")
	if events := must(s.store.History(t.Context(), s.an, s.device("LT-005").ID))(t); len(events) != 3 {
		t.Errorf("%d events, want added, to wipe, in stock", len(events))
	}
}

// TestStolenNeedsReport: no theft without the number of the police report, or why there is none.
func TestStolenNeedsReport(t *testing.T) {
	s := busy(t)
	s.page("LT-001", keys("g", "tab", "tab", "enter")).Says("proces-verbaal")
	if got := s.state("LT-001"); got != loans.Ready {
		t.Errorf("LT-001 is %s", got)
	}
}

// TestLostIsCharged: who has a device that got lost owes what it is worth, unless the clerk asks less; after a theft
// nothing is proposed.
func TestLostIsCharged(t *testing.T) {
	for name, c := range map[string]struct {
		steps [][]tea.Msg
		owed  int64
		says  string
	}{
		"lost":       {[][]tea.Msg{keys("v", "tab", "enter", "down", "enter")}, 45519, "€ 455,19 is aangerekend aan Élise Dujardin."},
		"no charge":  {[][]tea.Msg{keys("v", "tab"), screentest.Clear(), keys("enter", "down", "enter")}, 0, "LT-003 is nu verloren."},
		"stolen":     {[][]tea.Msg{keys("g"), typed("GE.11.L1.012345/2026"), keys("tab", "tab", "enter", "down", "enter")}, 0, "LT-003 is nu gestolen."},
		"left alone": {[][]tea.Msg{keys("g"), typed("GE.11.L1.012345/2026"), keys("tab", "tab"), typed("100"), keys("enter", "down", "enter")}, 10000, "€ 100,00 is aangerekend"},
	} {
		t.Run(name, func(t *testing.T) {
			s := busy(t)
			l := must(s.store.LoansOfDevice(t.Context(), s.an, s.device("LT-003").ID))(t)[0]
			s.page("LT-003", c.steps...).Says(c.says)
			if _, b, err := s.store.Ledger(t.Context(), s.an, l.ID); err != nil || b.Owed != c.owed {
				t.Errorf("owed %d, %v, want %d", b.Owed, err, c.owed)
			}
		})
	}
}

// TestNewAndChanged: a device is added with its number, and changed.
func TestNewAndChanged(t *testing.T) {
	s := busy(t)
	page := s.clerk(keys("n", "tab"), typed("LT-050"), keys("tab", "tab", "tab", "tab", "tab", "tab"), typed("549,95"), keys("tab", "tab", "tab", "enter"))
	page.Says("LT-050")
	d := s.device("LT-050")
	if d.PriceCents != 54995 || d.Number == "" || d.State != loans.InStock || len(d.Accessories) != 2 {
		t.Errorf("got %+v", d)
	}
	s.page("LT-050", keys("w"), screentest.Clear(), typed("LT-051"), keys("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter"))
	if s.device("LT-051").ID != d.ID {
		t.Error("LT-050 did not become LT-051")
	}
}

// TestRights: who lends nothing sees no list.
func TestRights(t *testing.T) {
	s := busy(t)
	for _, login := range []string{"bert.maes", "dora.claes"} {
		page := s.show(login, 80, 24)
		page.Lacks("LT-001")
	}
	s.show("ivo.ict", 80, 24).Says("LT-001")
}

// TestHostileDevice: nothing that somebody typed reaches the terminal as more than text.
func TestHostileDevice(t *testing.T) {
	s := kinds(t)
	evil := "\x1b]0;pwned\x07LT\x1b[2J\u202e=cmd|' /C calc'!A0"
	d := must(s.store.AddDevice(t.Context(), s.an, loans.Device{TypeID: s.laptop.ID, Name: evil, Serial: evil, Note: evil, OrganisationID: s.gemeente, LocationID: s.library}))(t)
	for _, page := range []*screentest.Screen{s.clerk(), s.clerk(keys("enter")), s.clerk(keys("k")), s.clerk(keys("enter", "w"))} {
		view := page.View()
		if strings.ContainsAny(view.Content, "\x07\u202e") || strings.Contains(view.Content, "\x1b]0") || strings.Contains(view.Content, "\x1b[2J") {
			t.Errorf("an escape came through:\n%q", view.Content)
		}
		page.Fits()
	}
	if d.Name == evil {
		t.Error("the name was stored as it came")
	}
	if _, err := s.DB.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestLabelsOfAll: labels of all devices in use are asked for, from the place on the sheet that is said.
func TestLabelsOfAll(t *testing.T) {
	s := busy(t)
	s.clerk(keys("e", "tab", "tab", "tab"), screentest.Clear(), typed("5"), keys("tab", "enter")).Says("etiketten-2026-11-23.pdf")
	if got := (*s.labelled)[0]; !strings.HasPrefix(got, "5 [10000016 10000024") || strings.Contains(got, string(s.device("LT-009").Number)) {
		t.Errorf("asked for %s, want from the fifth label, and nothing out of use", got)
	}
}
