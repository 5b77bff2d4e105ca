package papers

import (
	"strings"
	"testing"
	"time"

	"digibrug/quiz"
)

// TestItemSheet reads one question of each kind as it stands on paper: the answers only behind all questions, and a family as
// one of its variants.
func TestItemSheet(t *testing.T) {
	yes := true
	items := []quiz.Item{
		{ID: "a", Kind: quiz.KindSingle, Stem: "Hoeveel is [[som]]?\x1b[2J", Variants: []map[string]string{{"som": "1 + 1"}, {"som": "0 + 2"}}, Options: []quiz.Option{{Text: "Twee", Right: true, Why: "Geteld."}, {Text: "Drie", Why: "Te veel."}}},
		{ID: "b", Kind: quiz.KindMultiple, Stem: "Wat is fruit?", Options: []quiz.Option{{Text: "Appel", Right: true, Why: "Groeit."}, {Text: "Peer", Right: true, Why: "Ook."}, {Text: "Kaas", Why: "Melk."}}},
		{ID: "c", Kind: quiz.KindTrueFalse, Stem: "Water is nat.", True: &yes, Why: "Voel maar."},
		{ID: "d", Kind: quiz.KindNumber, Stem: "Hoeveel dagen telt een week?", Number: &quiz.Number{Value: 7, Unit: "dagen"}},
		{ID: "e", Kind: quiz.KindText, Stem: "Welke dag komt na maandag?", Accept: []string{"dinsdag"}},
		{ID: "f", Kind: quiz.KindOrder, Stem: "Zet de maaltijden goed.", Steps: []string{"Ontbijt", "Middag", "Avond"}},
		{ID: "g", Kind: quiz.KindMatch, Stem: "Wie zegt wat?", Pairs: []quiz.Pair{{Left: "Hond", Right: "blaft"}, {Left: "Kat", Right: "miauwt"}}, Distractors: []string{"loeit"}},
		{ID: "h", Kind: quiz.KindOpen, Stem: "Schrijf een mail.", Rubric: "Een groet: 1 punt."},
	}
	d := ItemSheet("Vragen over alles", "Zandwerve", items, 3, time.Date(2026, 12, 1, 13, 0, 0, 0, time.UTC))
	asked, keys, found := strings.Cut(d.Text(76), "Antwoorden\n")
	if !found {
		t.Fatalf("no answers:\n%s", asked)
	}
	for _, want := range []string{"Dit zijn 8 vragen", "Hoeveel is ", ") Twee", "Eén antwoord is juist", "Meer dan één antwoord kan juist zijn", "( ) Juist", "Uw antwoord", "schrijf 1 bij wat eerst komt", "( ) Avond", ") loeit", "Hond"} {
		if !strings.Contains(asked, want) {
			t.Errorf("the questions lack %q:\n%s", want, asked)
		}
	}
	for _, secret := range []string{"Geteld", "Voel maar", "dinsdag", "1. Ontbijt", "Hond: blaft", "1 punt", "[[", "\x1b"} {
		if strings.Contains(asked, secret) {
			t.Errorf("%q stands with the questions:\n%s", secret, asked)
		}
	}
	for _, want := range []string{"juist: Geteld.", "fout: Te veel.", "Voel maar.", "7", "dinsdag", "1. Ontbijt", "Hond: blaft", "1 punt"} {
		if !strings.Contains(keys, want) {
			t.Errorf("the answers lack %q:\n%s", want, keys)
		}
	}
	var pdf strings.Builder
	if err := WriteDocument(&pdf, FormatPDF, d); err != nil || !strings.HasPrefix(pdf.String(), "%PDF") {
		t.Errorf("as a PDF: %v", err)
	}
}
