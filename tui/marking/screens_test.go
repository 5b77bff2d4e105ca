package marking_test

import (
	"context"
	"testing"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/marking"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// fixed is a store whose answers have the same codes each time; those of the real one hang on ids.
type fixed struct{ *recruit.Store }

func (fixed) Procedures(context.Context, data.Actor) ([]recruit.Summary, error) {
	p := recruit.Procedure{ID: "p", Title: "Medewerker onthaal", State: recruit.Closed, Details: recruit.Details{Vacancy: "2026-17", Days: recruit.Days{From: "2026-11-23"}}}
	return []recruit.Summary{{Procedure: p, Duties: []recruit.Duty{recruit.Marker}}}, nil
}

// answer is one of some lines.
const answer = "Ik kijk eerst of de printer aan staat en of er papier in zit. Dan zet ik hem uit en weer aan.\n\nWerkt het nog niet, dan kijk ik in de wachtrij of er een opdracht vastzit, en verwijder die. Pas daarna bel ik de ICT-dienst, met de melding die op het scherm staat."

func work(code string, mine *int) recruit.Work {
	return recruit.Work{Code: code, Stem: "De printer van het onthaal drukt niets af. Wat doet u, en in welke volgorde?", Max: 200, Mine: mine, Answer: answer,
		Rubric: "2 punten: kijkt zelf na, herstart, en belt dan pas. 1 punt: belt na één poging. 0: belt meteen."}
}

func (fixed) ToMark(context.Context, data.Actor, string) ([]recruit.Work, error) {
	half := 150
	return []recruit.Work{work("3F0A91C2D4", &half), work("77B1E0A4F9", nil), work("C90D12AA35", nil)}, nil
}

func (fixed) Disputes(context.Context, data.Actor, string) ([]recruit.Dispute, error) {
	return []recruit.Dispute{{Work: work("0B44D1E7A2", nil), Marks: []int{0, 200}, Whys: []string{"Belt te vroeg.", ""}, Third: true}}, nil
}

func pages(t *testing.T, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return screentest.Show(t, marking.New(screentest.Session(t), fixed{}), w, h, screentest.Steps(steps...)...)
	})
}

func TestPile(t *testing.T)     { pages(t) }
func TestSheet(t *testing.T)    { pages(t, keys("enter")) }
func TestDisputes(t *testing.T) { pages(t, keys("b")) }
func TestSettling(t *testing.T) { pages(t, keys("b", "enter", "pgdown")) }
