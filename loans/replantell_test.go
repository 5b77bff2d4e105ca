package loans_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/loans"
)

// TestReplanLetters: one letter for a household or person, none for what stays the same for them, and a call for who has
// to come earlier or can't be moved.
func TestReplanLetters(t *testing.T) {
	zoe, tuur := loans.Borrower{ID: "zoe", Family: "Peeters", Household: "Kerkstraat 5"}, loans.Borrower{ID: "tuur", Family: "Maes", Household: "kerkstraat 5"}
	lou := loans.Borrower{ID: "lou", Family: "Claes"}
	was := loans.Promise{Device: "a", From: "2026-12-01", To: "2026-12-14", Fetch: "2026-12-02"}
	will := func(change func(*loans.Promise)) loans.Promise {
		p := was
		change(&p)
		return p
	}
	later := will(func(p *loans.Promise) { p.To = "2026-12-16" })
	earlier := will(func(p *loans.Promise) { p.To = "2026-12-11" })
	move := func(of loans.Borrower, to loans.Promise, stuck bool) loans.Moving {
		return loans.Moving{Move: loans.Move{Was: was, Will: to, Stuck: stuck}, BorrowerID: of.ID, To: of}
	}
	for name, c := range map[string]struct {
		moves          []loans.Moving
		letters, calls string
	}{
		"nothing":            {nil, "", ""},
		"later":              {[]loans.Moving{move(zoe, later, false)}, "Peeters 1", ""},
		"earlier":            {[]loans.Moving{move(zoe, earlier, false)}, "Peeters 1", "Peeters"},
		"stuck":              {[]loans.Moving{move(zoe, was, true)}, "", "Peeters"},
		"one household":      {[]loans.Moving{move(zoe, later, false), move(lou, later, false), move(tuur, later, false)}, "Peeters 2, Claes 1", ""},
		"one person":         {[]loans.Moving{move(lou, later, false), move(lou, earlier, false)}, "Claes 2", "Claes"},
		"another device":     {[]loans.Moving{move(zoe, will(func(p *loans.Promise) { p.Device = "b" }), false)}, "", ""},
		"fetched later":      {[]loans.Moving{move(zoe, will(func(p *loans.Promise) { p.Fetch = "2026-12-03" }), false)}, "Peeters 1", ""},
		"an hour later":      {[]loans.Moving{move(zoe, will(func(p *loans.Promise) { p.At = 1 }), false)}, "Peeters 1", ""},
		"late by now":        {[]loans.Moving{{Move: loans.Move{Was: loans.Promise{To: "2026-11-21"}, Will: loans.Promise{To: "2026-11-22"}}, BorrowerID: "zoe", To: zoe}}, "", ""},
		"due today":          {[]loans.Moving{{Move: loans.Move{Was: loans.Promise{To: "2026-11-21"}, Will: loans.Promise{To: "2026-11-23"}}, BorrowerID: "zoe", To: zoe}}, "Peeters 1", ""},
		"whose name is gone": {[]loans.Moving{move(loans.Borrower{}, later, false)}, "", ""},
	} {
		p := loans.ReplanPlan{Moves: c.moves}
		var letters, calls []string
		for _, l := range p.Letters("2026-11-23") {
			letters = append(letters, fmt.Sprint(l.To.Family, " ", len(l.All)))
		}
		for _, m := range p.Calls() {
			calls = append(calls, m.To.Family)
		}
		if got := strings.Join(letters, ", "); got != c.letters {
			t.Errorf("%s: letters %q, want %q", name, got, c.letters)
		}
		if got := strings.Join(calls, ", "); got != c.calls {
			t.Errorf("%s: calls %q, want %q", name, got, c.calls)
		}
	}
}

// TestReplanTells makes the letters in the act that moves: for the guardian of a minor, without a word of who is a client,
// and where they can't be made nothing moves.
func TestReplanTells(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		mother := c.borrower("Peeters")
		child := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Minor, Given: "Tuur", Family: "Maes", BirthMonth: "2012-05", GuardianID: mother.ID}))(t)
		client := must(c.PutBorrower(t.Context(), c.dora, loans.Borrower{Category: loans.Client, Given: "Wim", Family: "Bos", Phone: "051 1"}))(t)
		l := c.lend(c.device("LT-001"), child)
		c.lend(c.device("LT-002"), client)
		c.shut(l.DueOn, l.DueOn)
		_, plan := c.preview()
		jam := errors.New("no room for letters")
		if _, err := c.Replan(t.Context(), c.an, plan.Key, func(context.Context, *data.Tx, loans.ReplanPlan) error { return jam }); !errors.Is(err, jam) {
			t.Fatalf("got %v", err)
		}
		if got := must(c.Loan(t.Context(), c.an, l.ID))(t); got.DueOn != l.DueOn {
			t.Fatalf("it moved to %s without its letter", got.DueOn)
		}
		var told []string
		must(c.Replan(t.Context(), c.an, plan.Key, func(_ context.Context, _ *data.Tx, p loans.ReplanPlan) error {
			told = nil
			for _, l := range p.Letters("2026-11-23") {
				told = append(told, fmt.Sprintf("%s (%s) about %s, phone %s", l.To.Family, l.To.Category, l.All[0].Borrower, l.All[0].Phone))
			}
			return nil
		}))(t)
		if got := strings.Join(told, "; "); got != "Peeters (citizen) about Tuur Maes, phone 051 12 34 56; Bos (citizen) about Wim Bos, phone 051 1" {
			t.Errorf("told %s", got)
		}
		c.whole()
	})
}
