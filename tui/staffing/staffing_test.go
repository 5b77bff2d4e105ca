package staffing_test

import (
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	rules "digibrug/data/staffing"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func ict(s scene) shell.Screen    { return s.room("ivo.ict") }
func busy(s scene) shell.Screen   { return s.busy().room("ivo.ict") }
func deputy(s scene) shell.Screen { return s.busy().room("lid1") }

func TestNobody(t *testing.T)        { pages(t, ict) }
func TestCases(t *testing.T)         { pages(t, busy) }
func TestCasesOfDeputy(t *testing.T) { pages(t, deputy) }
func TestLeaver(t *testing.T)        { pages(t, busy, keys("enter")) }
func TestJoiner(t *testing.T)        { pages(t, busy, keys("down", "enter")) }
func TestTicked(t *testing.T) {
	pages(t, busy, keys("down", "enter", "down", "space", "down", "enter"))
}
func TestByItself(t *testing.T) { pages(t, busy, keys("enter", "enter")) }
func TestStayAsk(t *testing.T)  { pages(t, busy, keys("enter", "b")) }
func TestJoinForm(t *testing.T) { pages(t, ict, keys("n")) }
func TestPeople(t *testing.T)   { pages(t, ict, keys("u")) }
func TestLeaveForm(t *testing.T) {
	pages(t, ict, keys("u", "/"), typed("chris"), keys("enter", "enter"))
}
func TestLeaveAsk(t *testing.T) {
	pages(t, ict, keys("u", "/"), typed("chris"), keys("enter", "enter", "tab", "enter"))
}
func TestNamesake(t *testing.T) { pages(t, ict, newcomer("an", "PEETERS")) }

// newcomer fills in the form for somebody in the first service, and presses the button.
func newcomer(given, family string) []tea.Msg {
	return screentest.Steps(keys("n"), typed(given), keys("tab"), typed(family), keys("tab", "tab", "right", "tab"), typed("bediende"),
		times(5, "tab"), keys("enter"))
}

// TestJoinsAndLeaves books somebody in on the screens, gives an account, books out, and lets stay.
func TestJoinsAndLeaves(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, ict(s), 80, 24, newcomer("Noor", "Aerts")...)
	page.Fits()
	page.Says("Noor Aerts komt in dienst op 23/11/2026.", "[ ] Account, of een code", "Bibliotheek, bediende")
	page.Send(keys("enter")...)
	page.Says("account van Noor Aerts")
	page.Send(keys("esc", "down", "space", "down", "space", "down", "space")...)
	page.Send(keys("esc")...)
	page.Says("Noor Aerts", "1 te doen")

	page.Send(screentest.Steps(keys("u", "/"), typed("noor"), keys("enter", "enter", "tab", "enter", "down", "enter"))...)
	page.Says("Noor Aerts gaat uit dienst", "Laatste dag: 23/11/2026.", "[ ] Badge, sleutels en toestel terug")
	page.Send(keys("b", "down", "enter")...)
	page.Says("Noor Aerts blijft in dienst.")
	work, err := data.Employments(t.Context(), s.DB)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range work {
		if e.Job == "bediende" && e.Until != "" {
			t.Errorf("who stays has an end: %+v", e)
		}
	}
}

// TestSamePerson books An in a second time: as herself with another job, and as somebody else of that name.
func TestSamePerson(t *testing.T) {
	for name, c := range map[string]struct {
		choose []tea.Msg
		people int
	}{
		"the same":    {keys("right"), 1},
		"another one": {keys("right", "right"), 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			page := screentest.Show(t, ict(s), 80, 24, newcomer("An", "Peeters")...)
			page.Says("Zeg of het dezelfde is.", "Is het dezelfde?")
			page.Send(screentest.Steps(c.choose, times(8, "tab"), keys("enter"))...)
			page.Says("An Peeters komt in dienst")
			all, err := s.store.Namesakes(t.Context(), datatest.Operator, "An", "Peeters")
			if err != nil || len(all) != c.people {
				t.Errorf("%d people are called An Peeters, want %d, %v", len(all), c.people, err)
			}
		})
	}
}

// TestNotWithoutAChoice presses the button while it is not said whether An is the same.
func TestNotWithoutAChoice(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, ict(s), 80, 24, screentest.Steps(newcomer("An", "Peeters"), times(8, "tab"), keys("enter"))...)
	page.Says("Is het dezelfde?")
	if all, err := s.store.Namesakes(t.Context(), datatest.Operator, "An", "Peeters"); err != nil || len(all) != 1 {
		t.Errorf("%d people are called An Peeters, %v", len(all), err)
	}
}

func TestLastICTStays(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, ict(s), 80, 24, screentest.Steps(keys("u", "/"), typed("ivo"), keys("enter", "enter", "tab", "enter", "down", "enter"))...)
	page.Says("Niet gelukt", "Uit dienst")
	if all, err := s.store.Cases(t.Context(), datatest.Operator); err != nil || len(all) != 0 {
		t.Errorf("half of it was done: %+v, %v", all, err)
	}
}

// TestDeputyLooks lets the deputy press every key: she looks, and changes nothing.
func TestDeputyLooks(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, deputy(s), 80, 24, keys("n", "u", "enter", "b", "space", "enter", "down", "down", "down", "space")...)
	page.Says("Alleen de ICT-verantwoordelijke vinkt dit af.")
	all, err := s.store.Cases(t.Context(), datatest.Operator)
	if err != nil || len(all) != 2 || all[0].Open != 3 {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestSomebodyWasFirst ends the work while its page is open.
func TestSomebodyWasFirst(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, busy(s), 80, 24, keys("enter")...)
	if err := s.store.Stay(t.Context(), datatest.Operator, s.work("Bert Maes")); err != nil {
		t.Fatal(err)
	}
	page.Send(keys("down", "down", "down", "space")...)
	page.Fits()
	if !strings.Contains(page.Text(), "Bert Maes") {
		t.Errorf("the page is lost:\n%s", page.Text())
	}
}

func TestHostileNames(t *testing.T) {
	s := newScene(t)
	evil := "\x1b]0;x\a\x1b[2J" + strings.Repeat("lang", 30)
	if _, err := s.store.Join(t.Context(), datatest.Operator, rules.Joiner{Person: data.Person{Given: evil, Family: evil},
		Employment: data.Employment{ServiceID: s.Services["Jeugd"].ID, Job: evil, Employer: evil, From: "2026-12-01"}}); err != nil {
		t.Fatal(err)
	}
	page := screentest.Show(t, s.room("ivo.ict"), 60, 20, keys("enter")...)
	page.Fits()
	page.Send(keys("esc", "u")...)
	page.Fits()
}
