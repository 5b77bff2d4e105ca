package lessons_test

import (
	"slices"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"

	tea "charm.land/bubbletea/v2"
)

func (s *scene) want(lesson int, want ...courses.Mark) {
	s.T.Helper()
	if got := s.marks(lesson); !slices.Equal(got, want) {
		s.T.Errorf("marks %q, want %q", got, want)
	}
}

// TestOneKey marks in one key a person, by letters, by the digits of AZERTY without Shift, and takes a mark back.
func TestOneKey(t *testing.T) {
	s := newScene(t)
	page := s.show(trainer, 80, 24, keys("enter", "a", "L", "v"), []tea.Msg{tea.KeyPressMsg{Code: '\'', Text: "'"}})
	page.Says("2 van 4 aanwezig, nog 0 in te vullen.")
	s.want(1, courses.Present, courses.Late, courses.Excused, courses.Absent)
	page.Send(keys("home", "a")...) // the same key again takes it back, and stays
	s.want(1, "", courses.Late, courses.Excused, courses.Absent)
	page.Send(keys("2")...)
	s.want(1, courses.Late, courses.Late, courses.Excused, courses.Absent)
	page.Send(keys("x", "x")...) // moved on: the second and the third
	s.want(1, courses.Late, courses.Absent, courses.Absent, courses.Absent)
	s.Clean()
}

// TestFasterThanTheDisk: what is opened while a mark is being saved opens after it, and not at all when it fails.
func TestFasterThanTheDisk(t *testing.T) {
	s := newScene(t)
	page := s.show(trainer, 80, 24, keys("enter"))
	page.Rush(keys("a", "l", "p")...).Says("Attesten van deelname")
	s.want(1, courses.Present, courses.Late, "", "")
	page.Send(keys("esc")...)
	page.Rush(keys("v", "up", "enter")...).Says("Deze les: verontschuldigd.")
	s.want(1, courses.Present, courses.Late, courses.Excused, "")

	s = newScene(t)
	page = s.show(clerk, 80, 24, keys("enter"))
	s.OK(s.Town.Accounts.Revoke(t.Context(), s.Town.Actor("ivo.ict"), clerk, "clerk"))
	page.Rush(keys("a", "p")...).Lacks("Attesten van deelname")
	s.want(1, "", "", "", "")
}

// TestRest marks who has no mark, and nobody else.
func TestRest(t *testing.T) {
	s := markedScene(t)
	page := s.show(trainer, 80, 24, keys("enter", "r"))
	page.Says("2 cursisten staan nu op aanwezig.", "3 van 4 aanwezig, nog 0 in te vullen.")
	s.want(1, courses.Present, courses.Excused, courses.Present, courses.Present)
	page.Send(keys("r")...)
	page.Says("Bij iedereen is al iets ingevuld.")
}

// TestWrongKeys: other keys mark nobody, and a lesson that is to come takes no marks.
func TestWrongKeys(t *testing.T) {
	s := newScene(t)
	s.show(trainer, 80, 24, keys("enter", "z", "5", "0", "delete", "tab", "left", "/"), typed("avlx"), keys("esc", "esc"))
	s.want(1, "", "", "", "")
	page := s.show(trainer, 80, 24, keys("end", "enter", "a", "1", "r"))
	page.Lacks("aanwezig ")
	s.want(1, "", "", "", "")
}

// TestFilterTakesLetters: letters of a search mark nobody.
func TestFilterTakesLetters(t *testing.T) {
	s := newScene(t)
	page := s.show(trainer, 80, 24, keys("enter", "/"), typed("va"))
	page.Says("Vandenbroucke").Lacks("Mo Claes")
	s.want(1, "", "", "", "")
	page.Send(keys("enter", "x")...)
	s.want(1, "", "", "", courses.Absent)
}

// TestOnPaper: a clerk types a past lesson from paper.
func TestOnPaper(t *testing.T) {
	s := newScene(t)
	s.Clock.Forward(60 * 24 * time.Hour)
	page := s.show(clerk, 80, 24)
	page.Lacks("di 01/12/2026")
	page.Send(keys("o")...)
	page.Says("di 01/12/2026 14:00", "di 08/12/2026 14:00")
	page.Send(append(keys("/"), append(typed("01/12"), keys("enter", "enter", "r")...)...)...)
	s.want(0, courses.Present, courses.Present, courses.Present, courses.Present)
	page.Send(keys("esc")...)
	page.Says("ingevuld")
}

// TestCatchUp: who was absent catches up in another series, whose roster then names the person.
func TestCatchUp(t *testing.T) {
	s := markedScene(t)
	page := s.show(trainer, 80, 24, keys("enter", "down", "enter"))
	page.Says("Mo Claes", "Deze les: verontschuldigd. Lessen gevolgd in deze reeks: 1.", "0470 11 00 03", "di 22/12/2026 09:00")
	page.Send(keys("down", "enter", "down", "enter")...) // the last one, and yes
	page.Says("Mo Claes haalt de les in op di 22/12/2026 09:00")
	s.Clock.Forward(14 * 24 * time.Hour)
	page = s.show(clerk, 80, 24, keys("enter"))
	page.Says("Mo Claes (haalt les 2 in)", "komt inhalen")
	page.Send(keys("a")...)
	page.Says("1 van 1 aanwezig")
	for _, a := range coursestest.Must(s.School.Attests(t.Context(), s.An, s.first.ID))(t) {
		if a.Participant == "Mo Claes" && a.Visits != 2 {
			t.Errorf("she was at %d lessons, want 2", a.Visits)
		}
	}
	s.Clean()
}

// TestPrint makes papers, and says when there is nothing to make.
func TestPrint(t *testing.T) {
	s := markedScene(t)
	page := s.show(trainer, 80, 24, keys("enter", "p", "enter"))
	page.Says("Gemaakt: aanwezigheidslijst-26-001.pdf.").Lacks("Brieven")
	page.Send(keys("down", "down", "enter")...)
	page.Says("Er is niets om te maken")
	if want := []string{"to_sign " + s.first.ID, "attests " + s.first.ID}; !slices.Equal(s.printed, want) {
		t.Errorf("printed %q, want %q", s.printed, want)
	}
}

// TestNoTrainer: who is no trainer sees no lessons.
func TestNoTrainer(t *testing.T) {
	s := newScene(t)
	s.show(other, 80, 24).Lacks("E-mail voor starters")
}

// TestRefused: what the store refuses, the page doesn't keep.
func TestRefused(t *testing.T) {
	s := newScene(t)
	page := s.show(clerk, 80, 24, keys("enter"))
	s.OK(s.Town.Accounts.Revoke(t.Context(), s.Town.Actor("ivo.ict"), clerk, "clerk"))
	page.Send(keys("a")...)
	s.want(1, "", "", "", "")
	page.Lacks("1 van 4 aanwezig")
}

// TestHostile: what somebody typed reaches no terminal.
func TestHostile(t *testing.T) {
	s := newScene(t)
	evil := "\x1b]0;boze titel\a\x1b[31m=1+1"
	c := s.Email
	c.Title, c.Outline = "Cursus"+evil, []string{evil, evil}
	if _, err := s.PutCourse(t.Context(), s.An, c); err != nil { // what the store refuses needs no screen
		c.Title, c.Outline = "Cursus =1+1", []string{"=1+1", "@SUM(A1)"}
		coursestest.Must(s.PutCourse(t.Context(), s.An, c))(t)
	}
	coursestest.Must(s.PutParticipant(t.Context(), s.An, courses.Participant{ID: s.roster(1)[0].ParticipantID, Given: "Zoë" + evil, Family: "Adams", Phone: "0470 11 00 01", Category: courses.Resident}))(t)
	page := s.show(trainer, 80, 24, keys("enter", "enter"))
	page.Lacks("\x1b]0", "\a")
}

// TestCalendar makes a calendar of what somebody sees, in a key that the search leaves alone.
func TestCalendar(t *testing.T) {
	s := newScene(t)
	page := s.show(trainer, 80, 24, keys("a"))
	page.Says("agenda.ics is gemaakt (lessen: 4).")
	s.show(clerk, 80, 24, keys("A")).Says("agenda.ics is gemaakt (lessen: 6).")
	s.show(trainer, 80, 24, keys("/"), typed("a"), keys("esc"))
	emptyScene(t).show(trainer, 80, 24, keys("a")).Says("Er komen nog geen lessen. Er is dus geen agenda.")
	if want := []string{"calendar Lessen die ik geef: 4", "calendar Alle lessen: 6"}; !slices.Equal(s.printed, want) {
		t.Errorf("made %q, want %q", s.printed, want)
	}
}
