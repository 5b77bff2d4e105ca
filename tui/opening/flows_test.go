package opening_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// TestPlaceInSeason shows the hours of the season that holds today, and not those of the ordinary week.
func TestPlaceInSeason(t *testing.T) {
	pages(t, func(t testing.TB) *scene {
		s := newScene(t)
		winter := calendar.Season{Name: "winter", First: day("2026-11-01"), Last: day("2027-02-28")}
		winter.Week[time.Monday] = hours("10-15")
		if err := s.store.ChangeSeason(t.Context(), datatest.Operator, s.library.ID, nil, &winter); err != nil {
			t.Fatal(err)
		}
		return s
	}, ict, library())
}

// TestFirstLocation does what an ICT officer does on the first day: a location, its hours, a closure.
func TestFirstLocation(t *testing.T) {
	s := emptyScene(t)
	page := s.ict(keys("n"), typed("Bibliotheek"), keys("tab", "tab", "enter"))
	page.Says("Bibliotheek is toegevoegd, met de tien feestdagen", "Vandaag: gesloten.", "ma gesloten")
	page.Send(screentest.Steps(keys("u"), down(7), screentest.Clear(), typed("9u-12u en 13u30-16u30"), keys("enter"))...)
	page.Says("De uren zijn bewaard.", "Vandaag: 9.00-12.00 u, 13.30-16.30 u.", "vr 9.00-12.00 u, 13.30-16.30 u", "za gesloten")
	all, err := s.store.Locations(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	s.library = all[0]
	page.Send(screentest.Steps(keys("s"), screentest.Clear(), typed("21-12-2026"), keys("tab"), screentest.Clear(), typed("25/12/2026"), keys("tab"), typed("kerstverlof"))...)
	page.Says("Er vallen 4 open dagen weg: ma 21/12/2026")
	page.Send(keys("enter")...)
	page.Says("Bibliotheek is gesloten: 21/12/2026 t.e.m. 25/12/2026.", "Sluitingen 21/12/2026 t.e.m. 25/12/2026, kerstverlof")
	want := calendar.Calendar{Closures: []calendar.Closure{{First: day("2026-12-21"), Last: day("2026-12-25"), Reason: "kerstverlof"}}, Ticks: calendar.PublicHolidays()}
	for d := time.Monday; d <= time.Friday; d++ {
		want.Week[d] = hours("9-12, 13.30-16.30")
	}
	if got := s.calendar(); got.Week.String() != want.Week.String() || !slices.Equal(got.Closures, want.Closures) || !slices.Equal(got.Ticks, want.Ticks) {
		t.Errorf("got %+v", got)
	}
	page.Send(screentest.Steps(keys("esc", "n"), typed("bibliothéék"), keys("tab", "tab", "enter"))...)
	page.Says("Dit bestaat al")
}

// down moves n fields or rows down; the days of the form of hours are seven of them.
func down(n int) []tea.Msg {
	var steps []tea.Msg
	for range n {
		steps = append(steps, keys("down")...)
	}
	return steps
}

func TestSeasonsFlow(t *testing.T) {
	s := newScene(t)
	page := s.ict(library(), row(toSeasons), keys("n"), typed("kerst"), keys("tab"), typed("20/12/2026"), keys("tab"), typed("3/1/2027"), keys("enter"))
	page.Says("Het seizoen kerst is bewaard.", "Seizoen kerst (20/12/2026 t.e.m. 03/01/2027).", "za 9.30-12.00 u")
	page.Send(screentest.Steps(down(5), keys("enter", "tab", "tab"), screentest.Clear(), keys("enter"))...)
	page.Says("De uren zijn bewaard.", "za gesloten", "vr 9.00-12.00 u")
	page.Send(screentest.Steps(keys("end", "enter"), screentest.Clear(), typed("eindejaar"), keys("tab"), screentest.Clear(), typed("19/12/2026"), keys("tab", "enter"))...)
	page.Says("Het seizoen eindejaar is bewaard.", "Seizoen eindejaar (19/12/2026 t.e.m. 03/01/2027).", "za gesloten")
	page.Send(keys("esc")...)
	page.Says("eindejaar 19/12/2026 03/01/2027")
	page.Send(screentest.Steps(keys("n"), typed("x"), keys("tab"), typed("1/8/2027"), keys("tab"), typed("31/7/2027"), keys("enter"))...)
	page.Says("Kies bij \"Tot en met\" een dag op of na 01/08/2027")
	page.Send(screentest.Steps(screentest.Clear(), typed("2/8/2027"), keys("enter"))...)
	page.Says("Dit valt samen met iets anders: zomer, x.")
	page.Send(keys("esc", "down", "enter", "home", "delete", "down", "enter")...)
	page.Says("Het seizoen eindejaar is weg.")
	if got := s.calendar().Seasons; len(got) != 1 || got[0].Name != "zomer" {
		t.Errorf("got %+v", got)
	}
}

func TestHalfDaysFlow(t *testing.T) {
	s := newScene(t)
	page := s.ict(library(), row(toHalf), keys("n"), typed("31122026"), keys("tab"), screentest.Clear(), typed("13.30 u-15 u"), keys("tab"), typed("oudejaar"))
	page.Says("Op do 31/12/2026: 13.30-15.00 u.")
	page.Send(keys("enter")...)
	page.Says("do 31/12/2026 is een halve dag.", "do 31/12/2026 13.30-15.00 u oudejaar")
	page.Send(screentest.Steps(keys("n"), typed("31/12/2026"), keys("tab"), screentest.Clear(), typed("9-10, 11-12"), keys("tab", "enter"))...)
	page.Says("zijn geen uren")
	page.Send(screentest.Steps(screentest.Clear(), typed("0-12"), keys("tab", "enter"))...)
	page.Says("Dit bestaat al")
	page.Send(keys("esc", "down", "enter", "end", "enter", "tab", "tab")...)
	page.Send(screentest.Steps(screentest.Clear(), typed("oudejaarsavond"), keys("enter"))...)
	page.Says("oudejaarsavond")
	page.Send(keys("delete", "down", "enter")...)
	page.Says("De halve dag van do 31/12/2026 is weg.")
	if got := s.calendar().HalfDays; len(got) != 1 || got[0].Note != "kerstavond" {
		t.Errorf("got %+v", got)
	}
}

// TestClosureChange changes a closure: the days that it closes already are among those that it takes.
func TestClosureChange(t *testing.T) {
	s := newScene(t)
	page := s.ict(library(), row(toClosures), keys("down", "enter", "tab"))
	page.Says("Sluiting veranderen", "Er vallen 5 open dagen weg: ma 26/07/2027")
	page.Send(screentest.Steps(screentest.Clear(), typed("2/8/2027"))...)
	page.Says("Er vallen 6 open dagen weg: ma 26/07/2027")
	page.Send(keys("tab", "enter")...)
	page.Says("ma 26/07/2027 ma 02/08/2027 nieuwe vloer")
	if got := s.calendar().Closures; len(got) != 3 || got[2].Last != day("2027-08-02") {
		t.Errorf("got %+v", got)
	}
}

func TestTicksFlow(t *testing.T) {
	s := newScene(t)
	page := s.ict(library(), row(toTicks), keys("space"), down(10), keys("space"))
	// Somebody else ticks the fair and unticks Boxing Day meanwhile.
	if err := s.store.ChangeTicks(t.Context(), datatest.Operator, s.library.ID, []calendar.Code{calendar.Fair}, []calendar.Code{calendar.BoxingDay}); err != nil {
		t.Fatal(err)
	}
	page.Send(keys("esc")...)
	page.Says("Wat u aanvinkte, is nog niet bewaard.")
	page.Send(keys("enter", "enter")...)
	page.Says("Bij Bibliotheek zijn 2 dagen veranderd.")
	want := append(calendar.PublicHolidays()[1:], calendar.SecondJanuary, calendar.FlemishDay, calendar.Fair, calendar.Bridge)
	if got := s.calendar().Ticks; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLocalDaysFlow(t *testing.T) {
	s := newScene(t)
	page := s.ict(library(), row(toLocal), keys("n"), typed("24/5/2027"), keys("tab", "right", "enter"))
	page.Says("ma 24/05/2027 is een kermis.", "ma 24/05/2027 kermis niemand: niet aangevinkt")
	page.Send(keys("home", "delete", "down", "enter")...)
	page.Says("vr 07/05/2027 is een gewone dag.")
	got, err := s.store.LocalDays(t.Context(), s.gemeente)
	if err != nil || len(got) != 2 || got[0].Code != calendar.Fair {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestSchoolFlow(t *testing.T) {
	s := newScene(t)
	page := s.ict(keys("v", "down", "enter"), screentest.Clear(), typed("24/12/2026"), keys("tab"), screentest.Clear(), typed("6/1/2027"), keys("enter"))
	page.Says("De kerstvakantie van 2026-2027 heeft nu officiële datums: 24/12/2026 t.e.m. 06/01/2027.", "do 24/12/2026 wo 06/01/2027 officiële datums")
	page.Send(screentest.Steps(keys("enter", "tab"), screentest.Clear(), typed("6/4/2027"), keys("enter"))...)
	page.Says("Dit valt samen met iets anders")
	page.Send(keys("esc", "down", "enter", "down", "delete", "down", "enter")...)
	page.Says("De krokusvakantie van 2026-2027 volgt weer de regel.", "ma 08/02/2027 zo 14/02/2027 volgens de regel")
	got, err := s.store.OfficialSchoolHolidays(t.Context())
	if err != nil || len(got) != 1 || got[0].Code != calendar.ChristmasBreak {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestMonthFlow(t *testing.T) {
	s := newScene(t)
	page := s.ict(library(), keys("m", "right", "right"))
	page.Says("januari 2027", "vr 1 gesloten Nieuwjaar")
	page.Send(keys("left", "end")...)
	page.Says("december 2026", "do 24 9.00-12.00 u halve dag: kerstavond", "vr 25 gesloten Kerstmis", "za 26 gesloten 26 december")
	page.Send(keys("v", "down", "enter")...)
	page.Says("Sluiting toevoegen", "Er valt 1 open dag weg: di 24/11/2026.")
	page.Send(screentest.Steps(keys("tab", "tab"), typed("stroompanne"), keys("enter"))...)
	page.Says("Bibliotheek is gesloten: 24/11/2026.")
	page.Send(keys("down", "down")...)
	page.Says("di 24 gesloten stroompanne", "wo 25 9.00-12.00 u")
	for range 30 * 12 {
		page.Send(keys("right")...)
	}
	page.Fits()
	page.Says("november 2056")
}

// TestSomebodyWasFirst lets somebody else change what is open here, and then saves.
func TestSomebodyWasFirst(t *testing.T) {
	ctx := t.Context()
	floor := func(s *scene) *calendar.Closure { return &s.calendar().Closures[2] }
	for name, c := range map[string]struct {
		steps []tea.Msg            // up to the last key
		other func(s *scene) error // what somebody else does
		last  []tea.Msg
		says  []string
	}{
		"the hours of a day": {screentest.Steps(library(), keys("enter"), down(8), screentest.Clear(), typed("8-9")),
			func(s *scene) error {
				return s.store.SetHours(ctx, datatest.Operator, s.library.ID, time.Time{}, []time.Weekday{time.Monday}, hours("10-11"), nil)
			}, keys("enter"), []string{"Iemand anders was u net voor", "ma 10.00-11.00 u", "di 9.00-12.00 u"}},
		"a season that is gone": {screentest.Steps(library(), row(toSeasons), keys("enter", "enter"), down(8), screentest.Clear(), typed("8-9")),
			func(s *scene) error {
				return s.store.DropSeason(ctx, datatest.Operator, s.library.ID, day("2027-07-01"))
			}, keys("enter"), []string{"niet (meer) te vinden"}},
		"a closure that is changed": {screentest.Steps(library(), row(toClosures), keys("down", "enter", "tab", "tab"), typed(" en muren")),
			func(s *scene) error {
				now := *floor(s)
				now.Reason = "schilderwerken"
				return s.store.ChangeClosure(ctx, datatest.Operator, s.library.ID, floor(s), &now)
			}, keys("enter"), []string{"Iemand anders was u net voor", "schilderwerken"}},
		"a closure that is taken away": {screentest.Steps(library(), row(toClosures), keys("down", "delete", "down")),
			func(s *scene) error {
				return s.store.ChangeClosure(ctx, datatest.Operator, s.library.ID, floor(s), nil)
			}, keys("enter"), []string{"Iemand anders was u net voor", "opleiding van het personeel"}},
		"a bridge day that is taken back": {screentest.Steps(library(), row(toLocal), keys("delete", "down")),
			func(s *scene) error {
				return s.store.DropLocalDay(ctx, datatest.Operator, s.gemeente, day("2027-05-07"))
			}, keys("enter"), []string{"Iemand anders was u net voor", "ma 13/09/2027"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			page := s.ict(c.steps)
			if err := c.other(s); err != nil {
				t.Fatal(err)
			}
			before := s.calendar()
			page.Send(c.last...)
			page.Fits()
			page.Says(c.says...)
			if got := s.calendar(); got.Week.String() != before.Week.String() || !slices.Equal(got.Closures, before.Closures) {
				t.Errorf("what somebody else did is lost: got %+v, want %+v", got, before)
			}
		})
	}
}

// TestStoreFails loses the database: every screen says so, and what was typed stays.
func TestStoreFails(t *testing.T) {
	for name, c := range map[string]struct {
		before, after []tea.Msg
		says          string
	}{
		"opening a location":   {nil, library(), "Openingsuren ophalen"},
		"going back to it":     {screentest.Steps(library(), keys("m")), keys("esc"), "Bibliotheek"},
		"saving hours":         {screentest.Steps(library(), keys("enter"), down(8), screentest.Clear(), typed("8-9")), keys("enter"), "8-9"},
		"saving a closure":     {screentest.Steps(library(), keys("s", "tab", "tab"), typed("panne")), keys("enter"), "panne"},
		"saving ticks":         {screentest.Steps(library(), row(toTicks), keys("space")), keys("enter"), "[ ] Nieuwjaar"},
		"taking away":          {screentest.Steps(library(), row(toClosures), keys("delete", "down")), keys("enter"), "opleiding"},
		"opening the seasons":  {library(), row(toSeasons), "Openingsuren ophalen"},
		"opening the form":     {library(), keys("u"), "Openingsuren ophalen"},
		"opening a new one":    {nil, keys("n"), "Openingsuren ophalen"},
		"opening the month":    {library(), keys("m"), "Openingsuren ophalen"},
		"opening the holidays": {nil, keys("v"), "Openingsuren ophalen"},
		"opening the ticks":    {library(), row(toTicks), "Openingsuren ophalen"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			page := s.ict(c.before)
			if err := s.DB.Close(); err != nil {
				t.Fatal(err)
			}
			page.Send(c.after...)
			page.Fits()
			page.Says("Niet gelukt", c.says)
			page.Send(keys("enter", "enter")...) // trying again does no harm
			page.Fits()
		})
	}
}

// TestDeputyLooks lets the deputy press every key on every screen: she looks, and changes nothing.
func TestDeputyLooks(t *testing.T) {
	s := newScene(t)
	before, err := s.DB.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page := s.show(deputy, 80, 24, keys("n", "v", "enter", "delete", "n", "esc"), library(), keys("u", "s", "enter"))
	page.Says("Alleen de ICT-verantwoordelijke past dit aan.")
	for n := range 7 {
		page.Send(row(toMonth + n)...)
		for _, key := range []string{"n", "space", "delete", "u", "s", "enter"} {
			page.Send(keys(key)...)
			page.Fits()
			if strings.Contains(page.Text(), "[ Bewaren ]") || strings.Contains(page.Text(), "Ja, ") {
				t.Errorf("row %d: %s opens a form or a question:\n%s", n, key, page.Text())
			}
		}
		for range 3 {
			if strings.Contains(page.Text(), "Wat  ") && strings.Contains(page.Text(), "Maandoverzicht") {
				break
			}
			page.Send(keys("esc")...)
		}
	}
	if after, err := s.DB.VerifyAudit(t.Context()); err != nil || after != before {
		t.Errorf("%d audit rows, %v", after-before, err)
	}
}

// TestHostileTexts has names and reasons that would break a terminal.
func TestHostileTexts(t *testing.T) {
	s := newScene(t)
	evil := "\x1b]0;x\a\x1b[2J\u202e" + strings.Repeat("lange Ⓜ️ tekst ", 20)
	var errs []error
	errs = append(errs, s.store.Rename(t.Context(), datatest.Operator, s.library.ID, evil),
		s.store.ChangeSeason(t.Context(), datatest.Operator, s.library.ID, nil, &calendar.Season{Name: evil, First: day("2026-11-01"), Last: day("2026-11-30")}),
		s.store.ChangeClosure(t.Context(), datatest.Operator, s.library.ID, nil, &calendar.Closure{First: day("2026-11-23"), Last: day("2026-11-23"), Reason: evil}),
		s.store.ChangeHalfDay(t.Context(), datatest.Operator, s.library.ID, nil, &calendar.HalfDay{Day: day("2026-11-24"), Keep: calendar.Block{To: 60}, Note: evil}))
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	at := keys("end", "enter")
	for _, steps := range [][]tea.Msg{nil, at, screentest.Steps(at, keys("m")), screentest.Steps(at, keys("s")), screentest.Steps(at, keys("u")),
		screentest.Steps(at, row(toSeasons)), screentest.Steps(at, row(toSeasons), keys("enter")), screentest.Steps(at, row(toClosures), keys("delete")),
		screentest.Steps(at, row(toHalf), keys("delete")), screentest.Steps(at, row(toHalf), keys("enter")), screentest.Steps(at, row(toTicks)), screentest.Steps(at, row(toName))} {
		page := s.show(ict, 60, 20, steps)
		page.Fits()
		if strings.Contains(page.View().Content, "\x1b]0;x") || strings.Contains(page.View().Content, "\u202e") {
			t.Errorf("text reaches the terminal:\n%s", page.Text())
		}
	}
}

// TestOnlyKnownDays types what is no day and no time, on each form.
func TestOnlyKnownDays(t *testing.T) {
	s := newScene(t)
	page := s.ict(library(), keys("s"), screentest.Clear(), typed("31/2/2027"), keys("tab", "tab"), typed("x"), keys("enter"))
	page.Says("Schrijf een dag bij \"Van\"")
	page = s.ict(library(), keys("enter"), down(8), screentest.Clear(), typed("9 tot laat"), keys("enter"))
	page.Says("is geen uur")
	page = s.ict(library(), keys("s"), screentest.Clear(), typed("1/1/0001"), keys("tab"), screentest.Clear(), keys("tab"), typed("x"), keys("enter"))
	page.Fits()
	if got := s.calendar().Closures; len(got) != 3 {
		t.Errorf("got %+v", got)
	}
}

// TestAddressForm fills in where a location is, and says under its field what is no postcode.
func TestAddressForm(t *testing.T) {
	s := newScene(t)
	page := s.show(ict, 80, 24, library(), row(toName), keys("tab"), typed("Kerkplein 4"), keys("tab"), typed("899"), keys("tab"), typed("Zandwerve"), keys("tab", "enter"))
	page.Says("is geen postcode. Schrijf vier cijfers")
	page.Send(append(typed("9"), keys("tab", "tab", "enter")...)...)
	page.Says("De gegevens van Bibliotheek zijn bewaard.")
	if l, err := s.store.Location(t.Context(), s.library.ID); err != nil || l.Address.Place(l.Name) != "Bibliotheek, Kerkplein 4, 8999 Zandwerve" {
		t.Errorf("the register has %+v, %v", l, err)
	}
}
