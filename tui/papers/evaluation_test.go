package papers

import (
	"strings"
	"testing"
	"time"

	"digibrug/courses"
)

// TestEvaluationPapers reads the slips and the paper form as people get them.
func TestEvaluationPapers(t *testing.T) {
	at := time.Date(2026, 12, 1, 13, 0, 0, 0, time.UTC)
	slips := EvaluationSlips("E-mail voor starters", "Zandwerve", []string{"BCDFGHJKLM", "NPQRSTVWXZ"}, at).Text(76)
	for _, want := range []string{"Wat vond u van de cursus E-mail voor starters?", "BCDFG-HJKLM", "NPQRS-TVWXZ", "Een cursus beoordelen"} {
		if !strings.Contains(slips, want) {
			t.Errorf("the slips lack %q:\n%s", want, slips)
		}
	}
	form := EvaluationForm(courses.Form{Course: "E-mail", Goals: []string{"een e-mail sturen"}, Next: []courses.Course{{Code: "x", Title: "Foto's \x1b[2J"}}}, "Zandwerve", at)
	text := form.Text(76)
	for _, want := range []string{"Hoe ging het tempo?", "( ) veel te snel", "een e-mail sturen", "Wat kunt u nu?", "( ) Foto's", "( ) iets anders", "Schrijf uw naam niet"} {
		if !strings.Contains(text, want) {
			t.Errorf("the form lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "\x1b") {
		t.Error("a control byte reached paper")
	}
	var pdf strings.Builder
	if err := WriteDocument(&pdf, FormatPDF, form); err != nil || !strings.HasPrefix(pdf.String(), "%PDF") {
		t.Errorf("as a PDF: %v", err)
	}
}
