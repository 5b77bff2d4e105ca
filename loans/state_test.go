package loans_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"digibrug/data"
	"digibrug/loans"

	"pgregory.net/rapid"
)

func TestStates(t *testing.T) {
	wiped, tested := loans.Proof{Method: "schijf gewist met het programma van de fabrikant"}, loans.Proof{Tested: true}
	for name, c := range map[string]struct {
		from, to loans.State
		proof    loans.Proof
		why      data.Why
	}{
		"lent":                        {loans.Ready, loans.OnLoan, loans.Proof{}, ""},
		"lent from stock":             {loans.InStock, loans.OnLoan, tested, loans.WhyState},
		"lent again unseen":           {loans.ToCheck, loans.OnLoan, tested, loans.WhyState},
		"lent unwiped":                {loans.ToWipe, loans.OnLoan, wiped, loans.WhyState},
		"wiped":                       {loans.ToWipe, loans.InStock, wiped, ""},
		"wiped somehow":               {loans.ToWipe, loans.InStock, loans.Proof{Method: " ", Tested: true}, loans.WhyNoWipe},
		"looked at, so wiped":         {loans.ToCheck, loans.InStock, wiped, loans.WhyState},
		"ready":                       {loans.InStock, loans.Ready, tested, ""},
		"ready untested":              {loans.InStock, loans.Ready, wiped, loans.WhyNoTest},
		"back from repair, unwiped":   {loans.Repair, loans.InStock, wiped, loans.WhyState},
		"stolen with a police report": {loans.OnLoan, loans.Stolen, loans.Proof{Report: "BR.20.L4.000000/2026"}, ""},
		"stolen without":              {loans.OnLoan, loans.Stolen, loans.Proof{}, loans.WhyNoReport},
		"found":                       {loans.Lost, loans.ToCheck, loans.Proof{}, ""},
		"back from the end":           {loans.Retired, loans.InStock, wiped, loans.WhyState},
	} {
		err := c.from.Go(c.to, c.proof)
		var bad *data.Invalid
		if c.why == "" && err != nil || c.why != "" && (!errors.As(err, &bad) || bad.Why != c.why) {
			t.Errorf("%s: %v, want %q", name, err, c.why)
		}
	}
	if got := fmt.Sprint(loans.ToCheck.Missing(), loans.InStock.Missing(), loans.Ready.Missing(), loans.Repair.Missing()); got != "[check wipe stock] [stock] [] []" {
		t.Errorf("missing links: %s", got)
	}
}

// TestStateLaw walks at random: between two loans of a device there is always a check, a wipe with its method and a
// test, and a device that is out can come back.
func TestStateLaw(t *testing.T) {
	proofs := []loans.Proof{{}, {Method: "gewist"}, {Tested: true}, {Report: "PV 12"}, {Method: "gewist", Tested: true, Report: "PV 12"}}
	rapid.Check(t, func(t *rapid.T) {
		at := loans.InStock
		var since []loans.State // since the last loan
		lent, wiped, tested := false, false, false
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			if at == loans.OnLoan {
				if err := at.Go(loans.ToCheck, loans.Proof{}); err != nil {
					t.Fatalf("a return was refused: %v", err)
				}
			}
			to, proof := rapid.SampledFrom(loans.States()).Draw(t, "to"), rapid.SampledFrom(proofs).Draw(t, "proof")
			if at.Go(to, proof) != nil {
				continue
			}
			wiped = wiped || at == loans.ToWipe && to == loans.InStock && proof.Method != ""
			tested = tested || at == loans.InStock && to == loans.Ready && proof.Tested
			if to == loans.OnLoan {
				if lent && (!wiped || !tested || !slices.Contains(since, loans.ToCheck)) {
					t.Fatalf("lent again after %v", since)
				}
				lent, wiped, tested, since = true, false, false, nil
			}
			at, since = to, append(since, to)
		}
	})
}
