package assessment_test

import (
	"fmt"
	"strings"
	"testing"

	"digibrug/quiz"
	"digibrug/tui/assessment"
	"digibrug/tui/screentest"
)

// take has somebody hand in an attempt with nothing answered but the first item after the entry items.
func (s scene) take(t *testing.T, login string) {
	t.Helper()
	by := s.Actor(login)
	id, err := s.store.Start(t.Context(), by, s.campaign.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	yes := true
	for n := range 3 { // one of the entry items is true/false: that one is answered right
		_ = s.store.Save(t.Context(), by, id, quiz.Save{N: n, Answer: &quiz.Answer{True: &yes}, Place: n}) // refused by the others
	}
	if passed, err := s.store.PassEntry(t.Context(), by, id, true); err != nil || !passed {
		t.Fatalf("%s does not pass the entry items: %v", login, err)
	}
	if _, err := s.store.Submit(t.Context(), by, id); err != nil {
		t.Fatal(err)
	}
}

func groupsAt(t *testing.T, login string, closed bool, steps ...string) {
	t.Helper()
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			s := newScene(t)
			for _, service := range []string{"Burgerzaken", "Bibliotheek", "Jeugd"} {
				for _, one := range s.Logins(service) {
					s.take(t, one)
				}
			}
			if closed {
				if err := s.store.Close(t.Context(), s.Actor("ivo.ict"), s.campaign.ID); err != nil {
					t.Fatal(err)
				}
			}
			screen := screentest.Show(t, assessment.NewGroups(s.session(t, login, "nl"), s.store), size[0], size[1], keys(steps...)...)
			for _, name := range []string{"An Peeters", "Lid Nummer", "lid4"} {
				if strings.Contains(screen.Text(), name) {
					t.Errorf("the head reads the name %s", name)
				}
			}
			screentest.Golden(t, screen)
		})
	}
}

func TestGroupsList(t *testing.T)       { groupsAt(t, "bert.maes", false) }
func TestReportOpen(t *testing.T)       { groupsAt(t, "bert.maes", false, "enter") }
func TestReportClosed(t *testing.T)     { groupsAt(t, "bert.maes", true, "enter") }
func TestReportMerged(t *testing.T)     { groupsAt(t, "chris.wouters", true, "enter") }
func TestReportOfDirector(t *testing.T) { groupsAt(t, "dirk.adm", true, "enter") }
func TestReportToTheEnd(t *testing.T)   { groupsAt(t, "dirk.adm", true, "enter", "end") }
func TestNoGroupsForStrangers(t *testing.T) {
	s := newScene(t)
	screen := screentest.Show(t, assessment.NewGroups(s.session(t, "an.peeters", "nl"), s.store), 80, 24)
	if text := screen.Text(); !strings.Contains(text, "geen toegang") {
		t.Errorf("a staff member opens the head's room and sees:\n%s", text)
	}
}
