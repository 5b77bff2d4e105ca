package main

import (
	"context"

	"digibrug/data"
	"digibrug/loans"
	rules "digibrug/tui/regulation"
	"digibrug/tui/words"
)

// decisions warns sixty days before a decision on an amount of the uitleendienst ends, and from then on. A house that
// lends nothing hears nothing.
func (d *doctor) decisions(ctx context.Context, h *house) {
	versions, err := h.loans.Versions(ctx, d.c.by())
	if err != nil {
		d.must("decisions", err, "")
		return
	}
	if len(versions) == 0 {
		return
	}
	ending, err := h.loans.Ending(ctx, d.c.by())
	if err != nil {
		d.must("decisions", err, "")
		return
	}
	for _, p := range rules.Figures() {
		if decision, ends := ending[p]; ends {
			d.note("decisions", heed, endsText(p, decision, h.db.Today()))
		}
	}
	if len(ending) == 0 {
		d.note("decisions", fine, nl.T(words.RulecliDoctorFine))
	}
}

// endsText says which decision ends, when, and what to do.
func endsText(p loans.Param, d loans.Decision, today string) string {
	text := words.RulecliDoctorEnds
	if d.ValidUntil < today {
		text = words.RulecliDoctorEnded
	}
	return nl.T(text, "what", rules.FigureName(words.NL, p), "body", data.Clean(d.Body, maxLine), "day", dayText(d.ValidUntil))
}
