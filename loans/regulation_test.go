package loans_test

import (
	"fmt"
	"testing"

	"digibrug/loans"
)

// rules makes a regulation of figures that hold for all.
func rules(pairs map[loans.Param]int64) loans.Regulation {
	return loans.Regulation{Cells: map[loans.Cell]map[loans.Param]int64{{}: pairs}}
}

// TestFallBack looks up each figure by itself, from the most particular cell to the one for all.
func TestFallBack(t *testing.T) {
	r := loans.Regulation{Cells: map[loans.Cell]map[loans.Param]int64{
		{}:                       {loans.TermDays: 14, loans.Renewals: 1, loans.DepositCents: 5000, loans.GapDays: 1},
		{Device: "tablet"}:       {loans.TermDays: 7, loans.DepositCents: 2500},
		{Category: loans.Client}: {loans.TermDays: 28, loans.DepositCents: 0},
		{Category: loans.Client, Device: "tablet"}: {loans.Renewals: 3},
	}}
	for _, c := range []struct {
		category loans.Category
		device   string
		param    loans.Param
		want     int64
		set      bool
	}{
		{loans.Citizen, "laptop", loans.TermDays, 14, true},
		{loans.Citizen, "tablet", loans.TermDays, 7, true},
		{loans.Client, "laptop", loans.TermDays, 28, true},
		{loans.Client, "tablet", loans.TermDays, 28, true}, // the borrower's kind goes before the device's
		{loans.Client, "tablet", loans.DepositCents, 0, true},
		{loans.Client, "tablet", loans.Renewals, 3, true},
		{loans.Client, "laptop", loans.Renewals, 1, true},
		{loans.Client, "tablet", loans.GapDays, 1, true},
		{loans.Client, "tablet", loans.MostLoans, 0, false},
	} {
		if got, set := r.Get(c.category, c.device, c.param); got != c.want || set != c.set {
			t.Errorf("%s of %s for %s is %d, %v; want %d, %v", c.param, c.device, c.category, got, set, c.want, c.set)
		}
	}
}

// TestT16Most is T16, with its neighbours.
func TestT16Most(t *testing.T) {
	for name, c := range map[string]struct {
		rules loans.Regulation
		open  int64
		want  string
	}{
		"one of one":      {rules(map[loans.Param]int64{loans.MostLoans: 1}), 1, "[{loans.most_loans 7 1 1  }]"},
		"none of one":     {rules(map[loans.Param]int64{loans.MostLoans: 1}), 0, "[]"},
		"no rule at all":  {rules(nil), 9, "[]"},
		"none may be had": {rules(map[loans.Param]int64{loans.MostLoans: 0}), 0, "[{loans.most_loans 7 0 0  }]"},
	} {
		if got := fmt.Sprint(c.rules.MayLend(loans.Standing{Category: loans.Citizen, Open: c.open}, "laptop", "2026-11-23")); got != c.want {
			t.Errorf("T16: %s: %s, want %s", name, got, c.want)
		}
	}
}

// TestAllReasons lists every reason at once, and none that is over.
func TestAllReasons(t *testing.T) {
	r := rules(map[loans.Param]int64{loans.MostLoans: 2, loans.MostHousehold: 2, loans.MostYear: 8, loans.YoungestMonths: 144})
	s := loans.Standing{Category: loans.Minor, Open: 1, OpenHousehold: 2, ThisYear: 8, AgeMonths: 130, Blocks: []loans.Block{
		{From: "2026-11-01", Until: "2026-11-23", Reason: "te laat"}, {From: "2026-10-01", Until: "2026-11-22", Reason: "voorbij"},
		{From: "2026-11-24", Until: "2026-12-24", Reason: "begint morgen"}}}
	want := "[{loans.blocked 18 0 0 2026-11-23 te laat} {loans.most_household 7 2 2  } {loans.most_year 7 8 8  } {loans.too_young 5 130 144  }]"
	if got := fmt.Sprint(r.MayLend(s, "laptop", "2026-11-23")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	s.Category = loans.Citizen // an age counts for minors only
	if got := r.MayLend(s, "laptop", "2026-11-24"); len(got) != 3 {
		t.Errorf("a day later, of age: %v", got)
	}
}

// TestT7T8Booking is T7, and T8 as far as the regulation goes: all reasons, not the first.
func TestT7T8Booking(t *testing.T) {
	today := day(t, "2026-11-23")
	r := rules(map[loans.Param]int64{loans.MostDays: 2})
	s := loans.Standing{Category: loans.Citizen}
	if got := r.MayBook(s, "laptop", today, today, today.AddDate(0, 0, 1), desk{weekend}); len(got) != 0 {
		t.Errorf("T7: two days: %v", got)
	}
	if got := fmt.Sprint(r.MayBook(s, "laptop", today, today, today.AddDate(0, 0, 2), desk{weekend})); got != "[{loans.too_long 6 3 2  }]" {
		t.Errorf("T7: three days: %s", got)
	}
	r = rules(map[loans.Param]int64{loans.MostDays: 2, loans.LeadDays: 7, loans.HorizonDays: 60})
	got := fmt.Sprint(r.MayBook(s, "laptop", today, day(t, "2026-11-28"), day(t, "2026-12-06"), desk{weekend}))
	if want := "[{loans.too_long 6 9 2  } {loans.too_soon 6 5 7  } {loans.closed 6 0 0 2026-11-28 } {loans.closed 6 0 0 2026-12-06 }]"; got != want {
		t.Errorf("T8: got  %s\nwant %s", got, want)
	}
	if got := fmt.Sprint(r.MayBook(s, "laptop", today, day(t, "2027-02-01"), day(t, "2027-02-01"), desk{weekend})); got != "[{loans.too_far 6 70 60  }]" {
		t.Errorf("far ahead: %s", got)
	}
}

// TestT18Late is T18, with fines.
func TestT18Late(t *testing.T) {
	due := day(t, "2026-03-16")
	for name, c := range map[string]struct {
		rules loans.Regulation
		days  int
		want  loans.Late
	}{
		"T18":                    {rules(map[loans.Param]int64{loans.BlockPerDay: 2}), 20, loans.Late{Days: 20, Block: 40}},
		"T18 with a cap":         {rules(map[loans.Param]int64{loans.BlockPerDay: 2, loans.BlockCap: 10}), 20, loans.Late{Days: 20, Block: 10}},
		"on the day":             {rules(map[loans.Param]int64{loans.BlockPerDay: 2, loans.FineCents: 50}), 0, loans.Late{}},
		"before the day":         {rules(map[loans.Param]int64{loans.BlockPerDay: 2}), -3, loans.Late{}},
		"within the grace":       {rules(map[loans.Param]int64{loans.FineCents: 50, loans.GraceDays: 2}), 2, loans.Late{}},
		"after the grace":        {rules(map[loans.Param]int64{loans.FineCents: 50, loans.GraceDays: 2}), 5, loans.Late{Days: 3, Cents: 150}},
		"per week, begun counts": {rules(map[loans.Param]int64{loans.FineCents: 200, loans.FineDays: 7}), 8, loans.Late{Days: 8, Cents: 400}},
		"a cap":                  {rules(map[loans.Param]int64{loans.FineCents: 50, loans.FineCap: 500}), 30, loans.Late{Days: 30, Cents: 500}},
		"over a clock change":    {rules(map[loans.Param]int64{loans.FineCents: 100}), 14, loans.Late{Days: 14, Cents: 1400}},
	} {
		if got := c.rules.Late(loans.Citizen, "laptop", due, due.AddDate(0, 0, c.days)); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestCurrentVersion(t *testing.T) {
	all := []loans.Regulation{{ID: "2027", From: "2027-01-01"}, {ID: "2025", From: "2025-01-01"}, {ID: "2026", From: "2026-01-01"}}
	for at, want := range map[string]string{"2024-12-31": "", "2025-01-01": "2025", "2026-12-31": "2026", "2027-01-01": "2027"} {
		if got, found := loans.Current(all, at); got.ID != want || found != (want != "") {
			t.Errorf("%s: %q, %v, want %q", at, got.ID, found, want)
		}
	}
}
