package courserooms_test

import (
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/tui/courserooms"
	"digibrug/tui/coursewords"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// room and trainer find what the store has by name.
func (s *scene) room(name string) courses.Room {
	s.T.Helper()
	for _, r := range coursestest.Must(s.Rooms(s.T.Context(), s.An))(s.T) {
		if r.Name == name {
			return r
		}
	}
	s.T.Fatalf("no room %s", name)
	return courses.Room{}
}

func (s *scene) trainer(name string) courses.Trainer {
	s.T.Helper()
	for _, t := range coursestest.Must(s.Trainers(s.T.Context(), s.An))(s.T) {
		if t.Name == name {
			return t
		}
	}
	s.T.Fatalf("no trainer %s", name)
	return courses.Trainer{}
}

// TestSetRoom shares a room, keeps PCs free in it, gives it hours, and closes it for a week.
func TestSetRoom(t *testing.T) {
	s := school(t)
	p := s.plans(keys("enter", "w", "right", "tab", "tab"), screentest.Clear(), typed("2"), keys("tab"), typed("beamer; witbord;"), keys("tab"), typed("9u-12u, 13u30-17u"), tabs(7), keys("enter"))
	p.Says("Computerruimte is bewaard.", "gedeeld", "8; voor lessen 6; vrij voor bezoekers 2", "beamer, witbord", "ma 9.00-12.00 u, 13.30-17.00 u")
	p.Send(screentest.Steps(keys("n"), typed("8/2/2027"), keys("tab"), typed("14/2/2027"), keys("tab"), typed("schilderwerken"), keys("tab", "enter"))...)
	p.Says("08/02/2027", "14/02/2027", "schilderwerken")
	if r := s.room("Computerruimte"); r.Mode != courses.Capacity || r.KeepFree != 2 || len(r.Equipment) != 2 || len(r.Closures) != 1 || len(r.Windows[1]) != 2 {
		t.Errorf("got %+v", r)
	}
	p.Send(screentest.Steps(keys("enter", "tab"), screentest.Clear(), keys("tab", "tab", "enter"))...)
	if c := s.room("Computerruimte").Closures; len(c) != 1 || c[0].Last != "2027-02-08" {
		t.Errorf("got %v", c)
	}
	p.Send(keys("delete", "down", "enter")...)
	p.Says("Dit lokaal is niet gesloten.")
	if c := s.room("Computerruimte").Closures; len(c) != 0 {
		t.Errorf("got %v", c)
	}
}

// TestWrong says under the field what is wrong.
func TestWrong(t *testing.T) {
	s := school(t)
	s.plans(keys("enter", "n"), typed("14/2/2027"), keys("tab"), typed("8/2/2027"), keys("tab", "tab", "enter")).Says("Lokaal sluiten", "14/02/2027")
	s.plans(keys("enter", "w"), tabs(4), typed("altijd"), tabs(7), keys("enter")).Says("Lokaal wijzigen", "altijd")
	s.plans(keys("l", "n"), typed("Jan Smet"), tabs(3), typed("geen adres"), tabs(11), keys("enter")).Says("geen adres is geen e-mailadres.")
	s.plans(keys("l", "n"), tabs(14), keys("enter")).Says("Naam (nodig)")
	if all := coursestest.Must(s.Trainers(t.Context(), s.An))(t); len(all) != 2 {
		t.Errorf("%d trainers", len(all))
	}
}

// TestTrainerLife adds a trainer, gives leave, and links a colleague.
func TestTrainerLife(t *testing.T) {
	s := school(t)
	p := s.plans(keys("l", "n"), typed("Jan Smet"), keys("tab", "right", "tab"), typed("0470 12 34 56"), keys("tab", "tab"), typed("12,50"), keys("tab"), screentest.Clear(), typed("15"), tabs(9), keys("enter"))
	p.Says("Jan Smet is bewaard.", "firma", "€ 12,50 per uur", "15 minuten", "elk uur kan", "Er staat geen verlof.")
	p.Send(screentest.Steps(keys("n"), typed("21/12/2026"), keys("tab", "tab", "enter"))...)
	p.Says("21/12/2026")
	p.Send(screentest.Steps(keys("k"), typed("bert"), keys("enter"))...)
	p.Says("Lesgever is een collega", "Bert Maes")
	p.Send(keys("enter")...)
	p.Says("Jan Smet is bewaard.", "Collega", "Bert Maes")
	got := s.trainer("Jan Smet")
	if got.AllowanceCents != 1250 || got.TravelMinutes != 15 || len(got.Leave) != 1 || got.PersonID == "" {
		t.Errorf("got %+v", got)
	}
	p.Send(keys("k", "down", "enter")...)
	p.Says("Jan Smet is bewaard.")
	if s.trainer("Jan Smet").PersonID != "" {
		t.Error("still linked")
	}
	p.Send(keys("delete", "down", "enter")...)
	p.Says("Er staat geen verlof.")
}

// TestLinkTwice tells that a colleague is another trainer already.
func TestLinkTwice(t *testing.T) {
	s := school(t)
	p := s.plans(keys("l", "down", "enter", "k"), typed("nummer05"), keys("enter", "enter"))
	p.Says("Lesgever is een collega")
	if s.trainer("Mia Vermeulen").PersonID != "" {
		t.Error("one colleague is two trainers")
	}
}

// TestTravelBetween says how far two locations are.
func TestTravelBetween(t *testing.T) {
	s := school(t)
	p := s.plans(keys("r"))
	p.Says("Bibliotheek", "Wijkhuis", "volgens lesgever")
	p.Send(screentest.Steps(keys("enter"), screentest.Clear(), typed("25"), keys("tab", "enter"))...)
	p.Says("Tussen Bibliotheek en Wijkhuis: 25 minuten.")
	if all := coursestest.Must(s.TravelTimes(t.Context(), s.An))(t); len(all) != 1 || all[0].Minutes != 25 {
		t.Errorf("got %v", all)
	}
}

// TestTwoCoordinators tells the second one that somebody was first.
func TestTwoCoordinators(t *testing.T) {
	s := busy(t)
	for name, steps := range map[string][2][]tea.Msg{
		"room":    {keys("enter", "w"), screentest.Steps(keys("tab", "tab"), screentest.Clear(), typed("3"), tabs(9), keys("enter"))},
		"trainer": {keys("l", "down", "enter", "w"), screentest.Steps(keys("tab", "tab"), screentest.Clear(), typed("0470 99 99 99"), tabs(12), keys("enter"))},
	} {
		an, ivo := s.plans(steps[0]), s.show("ivo.ict", 80, 24, steps[0])
		an.Send(steps[1]...)
		an.Says("is bewaard.")
		ivo.Send(steps[1]...)
		ivo.Says("Iemand anders was u net voor")
		t.Log(name)
	}
}

// TestRights shows nothing to who doesn't plan.
func TestRights(t *testing.T) {
	school(t).show("lid1", 80, 24).Says("U hebt hier geen toegang toe.")
}

// TestHostile shows what people typed harmless, and whatever is pressed.
func TestHostile(t *testing.T) {
	s := school(t)
	_, err := s.PutTrainer(t.Context(), s.An, courses.Trainer{Name: "=Aa{{.x}}\u00ad<b>", Kind: courses.TrainerFirm, Phone: "@SUM(1)"})
	s.OK(err)
	for _, steps := range [][]tea.Msg{nil, keys("l"), keys("l", "enter"), keys("l", "enter", "w"), keys("l", "enter", "k"), keys("enter"), keys("r")} {
		p := s.show(coordinator, 60, 20, steps, keys("x", "ctrl+x", "f5", "end", "pgdown", "left"))
		p.Fits()
		p.Lacks("\u00ad")
	}
}

// TestNewRoom adds a room in one form, refuses a name that is there already, and gives it other PCs.
func TestNewRoom(t *testing.T) {
	s := school(t)
	p := s.plans(keys("n", "tab"), typed("Computerruimte"), keys("tab", "tab"), screentest.Clear(), typed("12"), keys("tab"), screentest.Clear(), typed("6"), keys("tab", "enter"))
	p.Says("Nieuw lokaal", "Computerruimte")
	if all := coursestest.Must(s.Rooms(t.Context(), s.An))(t); len(all) != 3 {
		t.Errorf("%d rooms", len(all))
	}
	p = s.plans(keys("n", "tab"), typed("Zolder"), keys("tab", "tab"), screentest.Clear(), typed("12"), keys("tab"), screentest.Clear(), typed("6"), keys("tab", "enter"))
	p.Says("Zolder is bewaard.", "openbare computerruimte; stoelen: 12, pc's: 6")
	p.Send(screentest.Steps(keys("v", "tab", "tab", "tab"), screentest.Clear(), typed("8"), keys("tab", "enter"))...)
	if r := s.room("Zolder"); r.PCs != 8 || r.Seats != 12 || r.Kind != "ocr" || r.Location != "Bibliotheek" {
		t.Errorf("got %+v", r)
	}
}

// TestCalendar makes a calendar of a room and of a trainer.
func TestCalendar(t *testing.T) {
	s := school(t)
	s.Open(4, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
	s.plans(keys("enter", "a")).Says("agenda Bibliotheek: Computerruimte.ics is gemaakt (lessen: 2).")
	s.plans(keys("down", "enter", "a")).Says("Er komen nog geen lessen.")
	s.plans(keys("l", "end", "enter", "a")).Says("agenda Mia Vermeulen.ics is gemaakt (lessen: 2).")
}

// TestNoLocation: a room needs a location, and where there is none the form says who can add it.
func TestNoLocation(t *testing.T) {
	s := school(t)
	v, d := s.session(coordinator), s.desk()
	d.Places = calendar.NewStore(datatest.Open(t, datatest.SQLite(t)))
	screentest.ShowRoot(t, shell.NewRoot(v, courserooms.New(v, d), nil, coursewords.Errors()), 80, 24, keys("n")...).Says("Nieuw lokaal", "Er is nog geen locatie.", "ICT-verantwoordelijke")
}
