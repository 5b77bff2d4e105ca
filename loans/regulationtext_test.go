package loans_test

import (
	"testing"

	"digibrug/data/regulation"
	"digibrug/loans"
)

// TestTextFigures: the model's text has a place for every figure of the matrix and for who differs, in the article that
// refusals quote, and can be published once its notes are gone.
func TestTextFigures(t *testing.T) {
	model := must(regulation.Model(regulation.Loan))(t)
	own := must(model.Content.Adopted())(t)
	if err := loans.TextFigures().Check(own); err != nil {
		t.Fatal(err)
	}
	d := must(regulation.Parse(own.Text[regulation.Binding]))(t)
	used := map[string]bool{}
	for _, u := range d.Uses() {
		used[u.Figure] = true
	}
	for name := range loans.TextFigures() {
		if !used[name] {
			t.Errorf("the text says nothing of %s", name)
		}
	}
}

// TestRulesOn gives everybody the figures of a day.
func TestRulesOn(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		today := "2026-11-23"
		before := must(c.RulesOn(t.Context(), "1999-12-31"))(t)
		if before.Version.ID != "" || before.Version.Cells[loans.Cell{}][loans.TermDays] != 21 || before.KeepDays <= 0 {
			t.Errorf("before there is a version: %+v", before)
		}
		rules := loans.ModelRegulation()
		rules.From = "2027-03-01"
		rules.Cells[loans.Cell{}][loans.TermDays] = 14
		must(c.PutVersion(t.Context(), c.ivo, loans.Version{Regulation: rules, Name: "2027"}))(t)
		for day, want := range map[string]int64{today: 21, "2027-02-28": 21, "2027-03-01": 14, "2031-01-01": 14} {
			r := must(c.RulesOn(t.Context(), day))(t)
			if got := r.Version.Cells[loans.Cell{}][loans.TermDays]; got != want {
				t.Errorf("on %s the term is %d days, want %d", day, got, want)
			}
			if len(r.Types) == 0 {
				t.Error("no names of device types")
			}
		}
	})
}
