package groups_test

import (
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data/datatest"
	"digibrug/tui/groups"
	"digibrug/tui/screentest"
)

func (s *scene) all() []courses.Need {
	s.T.Helper()
	return coursestest.Must(s.Needs(s.T.Context(), s.An, true))(s.T)
}

// TestTypeANeed types a need of a colleague who takes courses for the first time, with a mistake in when.
func TestTypeANeed(t *testing.T) {
	s := school(t)
	page := s.show(groups.New, 80, 24, keys("n"), typed("nummer03"), keys("enter", "tab", "right", "tab"), typed("dinsdag ochtend"), keys("enter", "enter"))
	page.Says("is geen deel van de week")
	page.Send(screentest.Clear()...)
	page.Send(steps(typed("di vm, do av"), keys("enter", "enter"))...)
	page.Says("De nood van Lid Nummer03 is genoteerd.", "di vm, do av", "Burgerzaken", "open")
	all := s.all()
	if len(all) != 1 || all[0].Levels != 2 || all[0].Source != courses.FromPerson || len(all[0].Slots) != 2 {
		t.Fatalf("got %+v", all)
	}
	page.Send(steps(keys("n"), typed("nummer03"), keys("enter", "tab", "tab", "tab", "tab", "enter"))...)
	page.Says("Lid Nummer03 had deze nood al.")
	if all = s.all(); len(all) != 1 || len(all[0].Slots) != 2 {
		t.Errorf("again: %+v", all)
	}
}

// TestCloseANeed asks why.
func TestCloseANeed(t *testing.T) {
	s := needy(t)
	page := s.show(groups.New, 80, 24, keys("delete", "enter"))
	page.Says("Vul dit in")
	page.Send(steps(typed("kan het al"), keys("enter"))...)
	page.Says("is gesloten.", "6 open noden")
	page.Send(keys("a")...)
	page.Says("Alle leernoden, ook gesloten", "gesloten")
	if all := s.all(); all[0].Why != "kan het al" || all[0].ClosedOn == "" {
		t.Errorf("got %+v", all[0])
	}
}

// TestFromTheAssessment writes what the preview counted, shows nobody's level, and asks nobody twice.
func TestFromTheAssessment(t *testing.T) {
	s := measured(t)
	before := len(s.all())
	page := s.show(groups.New, 80, 24, keys("k", "enter"))
	page.Says("Leernoden onder niveau basis", "U ziet alleen dat er een nood is", "E-mail voor starters", "Teksten typen en opmaken")
	page.Lacks("starter ", "who left", "Nummer")
	page.Send(keys("enter")...)
	page.Says("leernoden zijn genoteerd")
	added := len(s.all()) - before
	page.Send(keys("k", "enter")...)
	page.Says("Er komen 0 noden bij.")
	page.Send(keys("enter")...) // there is nothing to write
	if again := len(s.all()) - before; added < 3 || again != added {
		t.Errorf("%d needs were added, and %d after a second time", added, again)
	}
	for _, n := range s.all() {
		if n.Source == courses.FromAssessment {
			s.show(groups.New, 120, 40, keys("/"), typed(n.Participant), keys("enter", "enter")).Lacks("Niveaus  ")
			break
		}
	}
}

// TestMakeGroups walks the whole way: choose, plan, fix a group, move somebody, make series, publish.
func TestMakeGroups(t *testing.T) {
	s := needy(t)
	page := s.show(groups.New, 80, 40, keys("g", "enter", "tab", "tab"), typed("di 14.00, do 18.30"), keys("tab", "tab", "tab", "tab", "tab", "enter"))
	page.Says("groepen", "E-mail voor starters", "di 14.00 u")
	now := coursestest.Must(s.Grouping(t.Context(), s.An))(t)
	if now.Version != 1 || len(now.Plan.Groups) == 0 {
		t.Fatalf("kept %+v", now.Grouping)
	}
	page.Send(keys("v")...)
	page.Says("staat vast.", "vast")
	again := s.show(groups.NewPlan, 80, 24) // the line was cut: it goes on where it was
	again.Says("E-mail voor starters", "vast")
	page = again
	page.Send(keys("m")...)
	page.Says("Niemand kreeg een andere plaats.")
	page.Send(keys("enter", "n")...)
	page.Says("krijgt deze keer geen plaats")
	page.Send(keys("esc", "end", "enter", "enter")...)
	page.Says("en die groep staat vast")
	page.Send(keys("home", "t", "down", "enter")...)
	page.Says("Reeksen uit leernoden", "Wacht nog op het diensthoofd")
	page.Send(keys("p", "down", "enter")...)
	page.Says("is open. De balie ziet wie ze moet bellen.")
	list := coursestest.Must(s.SeriesList(t.Context(), s.An, courses.SeriesFilter{}))(t)
	if len(list) != len(now.Plan.Groups) || list[0].State != courses.Published && list[len(list)-1].State != courses.Published {
		t.Errorf("got %+v", list)
	}
	if left := coursestest.Must(s.Grouping(t.Context(), s.An))(t); left.Version != 0 {
		t.Errorf("the plan is still there: %+v", left.Grouping)
	}
	s.Clean()
}

// TestEmptied: a group that a change did away with doesn't stand there as it was.
func TestEmptied(t *testing.T) {
	s := planned(t)
	page := s.show(groups.NewPlan, 80, 24, keys("enter"))
	for range 9 {
		page.Send(keys("n")...)
	}
	page.Says("Deze groep is er niet meer")
	page.Lacks("niet nu", "verplaatsen")
}

// TestTakenMeanwhile tells which group can't be made, makes nothing, and plans around it.
func TestTakenMeanwhile(t *testing.T) {
	s := planned(t)
	page := s.show(groups.NewPlan, 80, 24)
	s.Draft(4, s.Sessions(s.PCs, courses.Trainer{}, "2026-12-15 15:00-16:00")...)
	s.Draft(4, s.Sessions(s.PCs, courses.Trainer{}, "2026-12-17 19:00-20:00")...)
	before := len(coursestest.Must(s.SeriesList(t.Context(), s.An, courses.SeriesFilter{}))(t))
	page.Send(keys("t", "down", "enter")...)
	page.Says("Er is niets gemaakt. Plan opnieuw met M.", "Computerruimte")
	if after := len(coursestest.Must(s.SeriesList(t.Context(), s.An, courses.SeriesFilter{}))(t)); after != before {
		t.Errorf("%d series are new", after-before)
	}
	page.Send(keys("m")...)
	page.Says("kan niet meer op")
}

// TestTwoCoordinators: of two who change the plan the second is told, and sees what is.
func TestTwoCoordinators(t *testing.T) {
	s := planned(t)
	one, two := s.show(groups.NewPlan, 80, 24), s.show(groups.NewPlan, 80, 24)
	one.Send(keys("v")...)
	two.Send(keys("m")...)
	two.Says("was u net voor", "vast")
	one.Send(keys("delete", "down", "enter")...)
	if left := coursestest.Must(s.Grouping(t.Context(), s.An))(t); left.Version != 0 {
		t.Errorf("kept %+v", left.Grouping)
	}
	two.Send(keys("t", "down", "enter")...)
	two.Says("was u net voor")
}

// TestCantCome: by hand nobody is put where they said they can't come.
func TestCantCome(t *testing.T) {
	s := planned(t)
	now := coursestest.Must(s.Grouping(t.Context(), s.An))(t)
	var zoe courses.Need
	for _, n := range now.Facts.Needs {
		if len(n.Slots) > 0 {
			zoe = n
		}
	}
	for _, g := range now.Plan.Groups {
		if strings.HasPrefix(g.Slot, "1 ") {
			_, err := s.PlanGroups(t.Context(), s.An, now.Move(courses.Seat{Participant: zoe.ParticipantID, Course: zoe.CourseID}, g.Slot))
			if err == nil {
				t.Error("moved to a time at which she can't come")
			}
		}
	}
	page := s.show(groups.NewPlan, 80, 24)
	for range 3 {
		page.Send(keys("down")...)
	}
	page.Send(keys("x", "q", "z", "9", "tab")...) // no keys of this page
	page.Says("Groepen maken")
}

// TestBadChoices: what can't be is said under its field, and nothing is kept.
func TestBadChoices(t *testing.T) {
	s := needy(t)
	page := s.show(groups.NewPlan, 80, 40, keys("enter", "tab", "tab"), typed("dinsdag"), keys("tab", "tab", "tab", "tab", "tab", "enter"))
	page.Says("is geen dag met een uur")
	page.Send(screentest.Clear()...)
	page.Send(steps(typed("di 14.00, di 15.00"), keys("tab", "tab", "tab", "tab", "tab", "enter"))...)
	page.Says("vallen deels samen")
	if g := coursestest.Must(s.Grouping(t.Context(), s.An))(t); g.Version != 0 {
		t.Errorf("kept %+v", g.Grouping)
	}
}

// TestHostileNames: what people typed reaches no terminal as a command.
func TestHostileNames(t *testing.T) {
	s := planned(t)
	evil := coursestest.Must(s.PutParticipant(t.Context(), s.An, courses.Participant{Given: "Zoë\x1b[2J", Family: "Pee\u202eters\x07" + strings.Repeat("x", 60), Phone: "0470 00 11 22", Category: courses.Resident}))(t)
	coursestest.Must(s.PutNeeds(t.Context(), s.An, []courses.NeedAsk{{Participant: evil.ID, Course: s.Email.ID, Levels: 1, Source: courses.FromPerson}}))(t)
	for _, size := range screentest.Sizes() {
		s.show(groups.New, size[0], size[1], keys("/"), typed("xxx"), keys("enter", "enter")).Fits()
		page := s.show(groups.NewPlan, size[0], size[1], keys("m", "end"))
		page.Fits()
		page.Send(keys("enter")...)
		page.Fits()
	}
}

// TestNotMine: who lost the role changes nothing.
func TestNotMine(t *testing.T) {
	s := planned(t)
	page := s.show(groups.NewPlan, 80, 24)
	s.OK(s.Town.Accounts.Revoke(t.Context(), datatest.Operator, coordinator, "coordinator"))
	page.Send(keys("t", "down", "enter")...)
	var n int
	if err := s.DB.QueryRowContext(t.Context(), `SELECT version FROM training_plans`).Scan(&n); err != nil || n != 1 {
		t.Errorf("version %d, %v", n, err)
	}
}
