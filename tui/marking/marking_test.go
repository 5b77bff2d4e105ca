package marking_test

import (
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/screentest"
)

// TestMark gives points to one after the other, in half points, and says when all is done.
func TestMark(t *testing.T) {
	s := closed(t)
	p := s.as("lid3")
	p.Says("Nog 3 van 3 antwoorden te quoteren.", "Vraag 8?")
	p.Send(keys("enter")...)
	p.Says("Hoe u punten geeft", "Herstarten, dan pas bellen.", "Ik zou eerst herstarten", "U weet niet wie dit schreef")
	p.Send(screentest.Steps(typed("1,5"), keys("enter"), typed("Belt te vroeg."), keys("enter"))...)
	p.Says("Bewaard: ")
	p.Send(screentest.Steps(typed("2"), keys("enter", "enter"), typed("0"), keys("enter", "enter"))...)
	p.Says("U hebt alles gequoteerd. Dank u.")
	var got []int
	for _, w := range s.work("lid3") {
		got = append(got, *w.Mine)
	}
	if len(got) != 3 || got[0] != 150 || got[1] != 200 || got[2] != 0 {
		t.Errorf("got %v", got)
	}
	s.as("lid4").Says("Nog 3 van 3").Lacks("Belt te vroeg.", "1,5")
}

// TestWrong asks for points that the item can give.
func TestWrong(t *testing.T) {
	s := closed(t)
	for _, wrong := range []string{"", "3", "2,01", "-1", "veel"} {
		p := s.as("lid3", keys("enter"), typed(wrong), keys("tab", "enter"))
		p.Says("Herstarten, dan pas bellen.").Lacks("Bewaard")
	}
	if w := s.work("lid3"); w[0].Mine != nil {
		t.Errorf("got %+v", w[0])
	}
}

// TestBlind never shows a marker what another gave, and an answer that two marked is nobody else's.
func TestBlind(t *testing.T) {
	s := closed(t)
	s.marks("lid3", 100, "Half juist.")
	p := s.as("lid4", keys("enter"))
	p.Lacks("Half juist.", "K-0")
	s.marks("lid5", 100, "")
	p.Send(screentest.Steps(typed("2"), keys("enter", "enter"))...)
	p.Says("Dit antwoord is al helemaal gequoteerd.")
}

// TestSettle lets a third marker decide what two saw differently, with a reason, once.
func TestSettle(t *testing.T) {
	s := split(t)
	p := s.as("lid5")
	p.Says("Bij 3 antwoorden liggen twee quoteringen te ver uit elkaar: toets B.")
	other := s.as("lid3", keys("b", "enter"))
	other.Says("Een van beide is van u.")
	p.Send(keys("b")...)
	p.Says("0 en 2 op 2")
	p.Send(keys("enter", "pgdown")...)
	p.Says("gaf 0 op 2. Noemt het herstarten niet.", "gaf 2 op 2.", "U gaf zelf geen van beide.")
	p.Send(screentest.Steps(typed("1"), keys("enter", "enter"))...)
	p.Says(`Vul dit in: "Waarom".`)
	p.Send(screentest.Steps(typed("Half juist."), keys("enter"))...)
	p.Says("Beslist: ")
	other.Send(screentest.Steps(typed("2"), keys("tab"), typed("Toch juist."), keys("enter"))...)
	again := s.as("lid5", keys("b", "home", "enter"))
	again.Says("1 op 2. Half juist.", "Hierover is al beslist.", "[ Terug ]").Lacks("Waarom")
	again.Send(keys("enter")...).Says("0 en 2 op 2")
	disputes, err := s.Store.Disputes(t.Context(), s.Actor("lid5"), s.Procedure)
	s.Must(err)
	settled := 0
	for _, d := range disputes {
		if d.Done != nil {
			settled++
		}
	}
	if settled == 0 || settled > 2 {
		t.Errorf("%d are settled", settled)
	}
}

// TestHostile shows what candidates typed harmless, and reads all of a long answer.
func TestHostile(t *testing.T) {
	s := closed(t)
	long := "=Aa{{.x}}\u202e\u00ad<b>\x1b[2J\u009b31m" + strings.Repeat(" Ik zou eerst kijken.", 60) + " EINDE"
	s.Exec(`UPDATE sitting_answers SET answer = $1 WHERE n = 7`, data.Pack(quiz.Answer{Text: long}))
	p := s.show("lid3", 60, 20, keys("enter"))
	p.Fits()
	p.Lacks("\u202e", "\u00ad", "\u009b", "\x1b", "EINDE")
	for range 20 { // the answer stands first, the rubric and the question behind it
		if p.Send(keys("pgdown")...); strings.Contains(p.Text(), "EINDE") {
			break
		}
	}
	p.Says("EINDE")
	p.Send(keys("x", "ctrl+x", "f5", "up", "down", "pgup", "esc")...)
	p.Fits()
}

// TestRights shows nothing to who marks nothing.
func TestRights(t *testing.T) {
	closed(t).as("lid1").Says("U bent bij geen enkele toets corrector.")
	closed(t).as("lid7").Says("U hebt hier geen toegang toe.")
}
