package regulation_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/loans"
	"digibrug/tui/screentest"
)

func (s *scene) versions() []loans.Version {
	s.t.Helper()
	all, err := s.loans.Versions(s.t.Context(), datatest.Operator)
	s.ok(err)
	return all
}

// TestSixTimesEnter opens a desk with nothing but Enter.
func TestSixTimesEnter(t *testing.T) {
	s := emptyTown(t)
	page := s.show(ict, 80, 24, keys("i"), next(6), keys("enter"))
	page.Says("De uitleendienst is ingericht.", "laptop, met lader, tas", "Bibliotheek: ma, di, wo, do")
	page.Send(keys("enter")...)
	page.Says("Nu geldt: Reglement van de laptopbib, sinds 23/11/2026.", "Uitleentermijn 21 dagen")
	if all := s.versions(); len(all) != 1 || all[0].From != "2026-11-23" {
		t.Errorf("versions: %+v", all)
	}
	types, err := s.loans.Types(t.Context(), datatest.Operator)
	s.ok(err)
	if len(types) != 1 || types[0].Name != "laptop" || len(types[0].Accessories) != 2 {
		t.Errorf("types: %+v", types)
	}
}

// TestPresetAnswers goes back a question, gives other answers, and gets what it asked.
func TestPresetAnswers(t *testing.T) {
	s := bareTown(t)
	page := s.show(ict, 80, 24, keys("i"), screentest.Clear(), typed("tablet"), keys("tab"), screentest.Clear(), keys("tab"), screentest.Clear(), typed("2"), keys("enter"))
	page.Says("Vraag 2 van 6")
	page.Send(keys("esc")...)
	page.Says("Vraag 1 van 6", "tablet")
	page.Send(next(1)...)
	page.Send(screentest.Clear()...)
	page.Send(typed("0")...)
	page.Send(keys("enter")...)
	page.Says("Vraag 3 van 6")
	page.Send(screentest.Clear()...)
	page.Send(typed("3")...)
	page.Send(keys("enter", "enter")...)
	page.Says("Vraag 3 van 6", "3 … 50")
	page.Send(screentest.Clear()...)
	page.Send(typed("3")...)
	page.Send(keys("enter")...)
	page.Send(screentest.Clear()...)
	page.Send(typed("12,5x")...)
	page.Send(keys("enter", "enter", "enter")...)
	page.Says("Vraag 4 van 6", "Schrijf een bedrag in euro")
	page.Send(screentest.Clear()...)
	page.Send(typed("12,5")...)
	page.Send(keys("tab", "space", "tab", "right", "enter")...)
	page.Says("Vraag 5 van 6")
	page.Send(typed("OCR")...)
	page.Send(keys("tab", "tab", "space", "tab", "enter")...)
	page.Says("Vraag 6 van 6")
	page.Send(keys("right", "enter")...)
	page.Says("tablet", "2 weken", "0 keer", "3 per persoon, 3 per gezin", "€ 12,50, niet voor inwoner, personeel", "ook contant geld", "OCR: di, wo, do, vr", "alleen herinneringen")
	page.Send(keys("enter")...)
	page.Says("De uitleendienst is ingericht.")
	v := s.versions()[0]
	for _, want := range []struct {
		c     loans.Category
		p     loans.Param
		value int64
	}{{loans.Employee, loans.TermDays, 14}, {loans.Minor, loans.DepositCents, 1250}, {loans.Citizen, loans.DepositCents, 0}, {loans.Citizen, loans.BlockPerDay, 0}, {loans.Citizen, loans.Renewals, 0}} {
		if got := v.Or(want.c, "", want.p, -1); got != want.value {
			t.Errorf("%s of %s: %d, want %d", want.p, want.c, got, want.value)
		}
	}
}

// TestPresetMeanwhile: somebody else opened the desk while the questions were answered. Nothing is taken over without
// another question.
func TestPresetMeanwhile(t *testing.T) {
	s := emptyTown(t)
	page := s.show(ict, 80, 24, keys("i"), next(6))
	a := loans.Usual()
	a.LocationID, a.Weeks = s.library.ID, 1
	_, err := s.loans.OpenDesk(t.Context(), datatest.Operator, a, "Van een ander", false)
	s.ok(err)
	page.Send(keys("enter")...)
	page.Says("Er is al een reglement, vanaf")
	if all := s.versions(); len(all) != 1 || all[0].Name != "Van een ander" {
		t.Errorf("versions: %+v", all)
	}
	page.Send(next(6)...)
	page.Send(keys("enter")...)
	page.Says("Nu geldt Van een ander.")
	page.Send(keys("down", "enter")...)
	page.Says("De uitleendienst is ingericht.")
	if all := s.versions(); len(all) != 1 || all[0].Or("", "", loans.TermDays, 0) != 21 {
		t.Errorf("versions: %+v", all)
	}
}

// TestCellFlow gives a kind of borrower a figure from today on, and takes it away again from a later day.
func TestCellFlow(t *testing.T) {
	s := lending(t)
	page := s.show(ict, 80, 24, keys("enter", "down", "enter"))
	page.Send(typed("35")...)
	page.Send(keys("tab", "tab", "tab", "enter")...)
	page.Says("Uitleentermijn is veranderd vanaf 23/11/2026.", "inwoner ►35 (35) (35)", "Inwoner, alle soorten: 35 dagen, eigen cijfer.")
	if all := s.versions(); len(all) != 2 || all[0].Or(loans.Citizen, "", loans.TermDays, 0) != 35 || all[1].Or(loans.Citizen, "", loans.TermDays, 0) != 21 {
		t.Errorf("versions: %+v", all)
	}
	page.Send(keys("enter")...)
	page.Send(screentest.Clear()...)
	page.Send(keys("tab")...)
	page.Send(screentest.Clear()...)
	page.Send(typed("1/12/2026")...)
	page.Send(keys("tab", "tab", "enter")...)
	all := s.versions()
	if len(all) != 3 || all[1].From != "2026-12-01" || all[1].Or(loans.Citizen, "", loans.TermDays, 0) != 21 || len(all[1].Decisions) != 2 {
		t.Errorf("versions: %+v", all)
	}
	page.Send(keys("enter", "tab")...)
	page.Send(screentest.Clear()...)
	page.Send(typed("1/11/2026")...)
	page.Send(keys("tab", "tab", "enter")...)
	page.Says("begint ten vroegste vandaag")
}

// TestEuroCell takes an amount as people type it, and none that can't be.
func TestEuroCell(t *testing.T) {
	s := lending(t)
	page := s.show(ict, 80, 24, screentest.Row(5), keys("enter"), screentest.Clear(), typed("10001"), keys("enter", "enter", "enter"))
	page.Says("tussen 0 en 10.000")
	page.Send(screentest.Clear()...)
	page.Send(typed("75,5")...)
	page.Send(keys("tab", "tab", "tab", "enter")...)
	page.Says("Waarborg is veranderd", "75,50")
	if v := s.versions()[0]; v.Or("", "", loans.DepositCents, 0) != 7550 {
		t.Errorf("deposit is %d", v.Or("", "", loans.DepositCents, 0))
	}
}

func TestDecisionFlow(t *testing.T) {
	s := lending(t)
	page := s.show(ict, 80, 24, expert(toDecisions), keys("enter", "tab", "tab"), screentest.Clear(), typed("31/12/2032"), keys("tab", "tab", "tab", "enter"))
	page.Says("Waarborg: het besluit is bewaard.", "Waarborg € 60,00 gemeenteraad 14/12/2020 tot en met 31/12/2032")
	page.Send(keys("esc", "esc")...)
	if got := page.Text(); strings.Contains(got, "Let op") {
		t.Errorf("still warns:\n%s", got)
	}
	if d := s.versions()[0].Decisions[loans.DepositCents]; d.ValidUntil != "2032-12-31" {
		t.Errorf("decision: %+v", d)
	}
}

// TestLadderFlow adds a step, is refused two on one day, and takes one away.
func TestLadderFlow(t *testing.T) {
	s := lending(t)
	page := s.show(ict, 80, 24, expert(toLadder), keys("n"), keys("tab", "tab", "tab", "enter"))
	page.Says("De aanmaningen zijn bewaard", "na 7 dagen eerste aanmaning")
	page.Send(keys("n", "tab", "tab", "tab", "enter")...)
	page.Says("moeten in dagen stijgen")
	page.Send(keys("esc")...)
	page.Send(keys("home", "delete", "down", "enter")...)
	page.Says("De stap is weg")
	all, err := s.loans.Ladder(t.Context(), datatest.Operator)
	s.ok(err)
	var days []int64
	for _, g := range all {
		days = append(days, g.Days)
	}
	if !slices.Equal(days, []int64{3, 7, 10, 21, 35}) {
		t.Errorf("steps on days %v", days)
	}
}

func TestTariffFlow(t *testing.T) {
	s := lending(t)
	page := s.show(ict, 80, 24, expert(toTariffs), keys("n"), typed("g"), keys("tab"), typed("gratis"), keys("tab"), screentest.Clear(), typed("0"), keys("tab"), screentest.Clear(), typed("0"), keys("enter"))
	page.Says("Het tarief gratis is bewaard.", "G gratis 0 % 0 %")
	page.Send(keys("home", "enter", "tab")...)
	page.Send(screentest.Clear()...)
	page.Send(typed("101")...)
	page.Send(keys("enter", "enter")...)
	page.Says("van 0 tot 100")
}

func TestSettingsFlow(t *testing.T) {
	s := lending(t)
	page := s.show(ict, 80, 24, expert(toSettings), keys("right", "tab"), screentest.Clear(), typed("365"), keys("enter"))
	page.Says("De instellingen zijn bewaard.", "ook contant geld")
	for key, want := range map[string]string{loans.SettingCash: "1", loans.SettingKeepDays: "365"} {
		if got, err := s.loans.Setting(t.Context(), datatest.Operator, key); err != nil || got != want {
			t.Errorf("%s: %q, %v", key, got, err)
		}
	}
}

// TestReaders: who may only read finds no key that changes.
func TestReaders(t *testing.T) {
	for _, login := range []string{clerk, director} {
		s := lending(t)
		before := len(s.versions())
		page := s.show(login, 80, 24, keys("i", "enter", "enter"), keys("esc"), expert(toLadder), keys("n", "delete", "enter", "esc"), screentest.Row(toTariffs), keys("n", "enter", "esc"), screentest.Row(toSettings))
		page.Says("Alleen de ICT-verantwoordelijke past dit aan.")
		if after := len(s.versions()); after != before {
			t.Errorf("%s changed versions: %d, were %d", login, after, before)
		}
	}
}

// TestHostile shows names that would do harm on a terminal as harmless text.
func TestHostile(t *testing.T) {
	s := emptyTown(t)
	_, err := s.loans.PutType(t.Context(), datatest.Operator, loans.Type{Name: "lap\x1b]0;x\atop \u202eevil very long name of a type"})
	s.ok(err)
	rules := loans.ModelRegulation()
	rules.From = data.DayOf(s.DB.Now())
	_, err = s.loans.PutVersion(t.Context(), datatest.Operator, loans.Version{Regulation: rules, Name: "\x1b[31mrood {{.x}}"})
	s.ok(err)
	page := s.show(ict, 60, 20, keys("enter", "right"))
	page.Fits()
	for _, r := range page.Text() {
		if r < ' ' && r != '\n' || r == '\u202e' {
			t.Fatalf("%q is on the screen", r)
		}
	}
	page.Send(keys("up", "left", "left", "down", "end", "home", "pgdown", "tab", "x")...)
	page.Fits()
}

// TestOutcome tries two weeks instead of three on loans of this year.
func TestOutcome(t *testing.T) {
	pages(t, lent, ict, expert(toSimulate), keys("tab", "tab"), typed("14"), keys("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter"))
}

func TestNothingTried(t *testing.T) {
	page := lending(t).show(ict, 80, 24, expert(toSimulate), keys("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter"))
	page.Says("Vul eerst een cijfer in.")
}

// lent is a town in which somebody brought a laptop back four days late, somebody else has one, and a third found none.
func lent(t testing.TB) *scene {
	t.Helper()
	s := lending(t)
	pay := loans.Bancontact
	day := 24 * time.Hour
	var devices []loans.Device
	for range 2 {
		d, err := s.loans.AddDevice(t.Context(), datatest.Operator, loans.Device{TypeID: s.laptop.ID, OrganisationID: s.gemeente, LocationID: s.library.ID})
		s.ok(err)
		s.ok(s.loans.Move(t.Context(), datatest.Operator, d.ID, loans.Ready, loans.Proof{Tested: true}))
		devices = append(devices, d)
	}
	for i, family := range []string{"Vos", "Maes"} {
		b, err := s.loans.PutBorrower(t.Context(), datatest.Operator, loans.Borrower{Category: loans.Citizen, Given: "Zoë", Family: family, Phone: "051 12 34 56"})
		s.ok(err)
		_, err = s.loans.Lend(t.Context(), datatest.Operator, loans.LendAsk{Device: devices[i].ID, Borrower: b.ID, Pay: pay})
		s.ok(err)
	}
	s.clock.Forward(25 * day)
	_, err := s.loans.Return(t.Context(), datatest.Operator, loans.ReturnAsk{Device: devices[0].ID})
	s.ok(err)
	return s
}
