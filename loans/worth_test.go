package loans_test

import (
	"testing"
	"time"

	"digibrug/data"
	"digibrug/loans"

	"pgregory.net/rapid"
)

// TestWorth is articles 13 and 14 of the model regulation: the price less the age, nothing after five years.
func TestWorth(t *testing.T) {
	for name, c := range map[string]struct {
		price       int64
		bought, day string
		want        int64
		known       bool
	}{
		"no price":                    {0, "2024-11-23", "2026-11-23", 0, false},
		"no day of purchase":          {50000, "", "2026-11-23", 0, false},
		"before the purchase":         {50000, "2024-11-23", "2024-11-22", 50000, true},
		"the day of purchase":         {50000, "2024-11-23", "2024-11-23", 50000, true},
		"the day after":               {50000, "2024-11-23", "2024-11-24", 49972, true},
		"one year":                    {50000, "2025-11-23", "2026-11-23", 40005, true}, // 1461 of 1826 days are left
		"the last day":                {50000, "2021-11-24", "2026-11-23", 27, true},
		"five years":                  {50000, "2021-11-23", "2026-11-23", 0, true},
		"ten years":                   {50000, "2016-11-23", "2026-11-23", 0, true},
		"bought on a leap day":        {50000, "2024-02-29", "2029-02-28", 27, true},
		"a leap day, five years":      {50000, "2024-02-29", "2029-03-01", 0, true},
		"one cent is soon nothing":    {1, "2024-11-23", "2024-11-24", 0, true},
		"more than the sums can hold": {1 << 62, "2021-11-25", "2026-11-23", 5051134740884324, true},
	} {
		d := loans.Device{PriceCents: c.price, BoughtOn: c.bought}
		if got, known := d.WorthOn(c.day); got != c.want || known != c.known {
			t.Errorf("%s: %d cents bought on %q are worth %d (known %t) on %s, want %d (%t)", name, c.price, c.bought, got, known, c.day, c.want, c.known)
		}
	}
}

// TestWorthFalls: no device is ever worth more than it cost, less than nothing, or more than the day before.
func TestWorthFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := rapid.Int64Range(1, 1<<62).Draw(t, "price")
		bought := day(t, "2024-02-29").AddDate(0, 0, rapid.IntRange(-3000, 3000).Draw(t, "bought"))
		on := bought.AddDate(0, 0, rapid.IntRange(-10, 3000).Draw(t, "day"))
		years := rapid.IntRange(1, 10).Draw(t, "years")
		now, known := loans.Worth(price, bought, on, years)
		next, _ := loans.Worth(price, bought, on.Add(24*time.Hour), years)
		if !known || now > price || next < 0 || next > now {
			t.Errorf("%d cents from %s over %d years: %d on %s, %d the day after", price, data.DayText(bought), years, now, data.DayText(on), next)
		}
	})
}

// TestLose charges what a lost device was worth in the same act, and never anybody who does not have it.
func TestLose(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d := c.device("LT-001")
		d.BoughtOn, d.PriceCents = "2025-11-23", 50000
		c.ok(c.ChangeDevice(t.Context(), c.an, d))
		wantWhy(t, loans.WhyNobodyHas)(nil, c.Lose(t.Context(), c.an, d.ID, loans.Lost, loans.Proof{}, loans.Charge{Cents: 100}))
		wantWhy(t, data.WhyNotOneOf)(nil, c.Lose(t.Context(), c.an, d.ID, loans.ToWipe, loans.Proof{}, loans.Charge{}))
		l := c.lend(d, c.borrower("Peeters"))
		wantWhy(t, loans.WhyCents)(nil, c.Lose(t.Context(), c.an, d.ID, loans.Lost, loans.Proof{}, loans.Charge{Cents: -1}))
		worth, known := must(c.Account(t.Context(), c.an, l.ID))(t).WorthOn("2026-11-23")
		if worth != 40005 || !known {
			t.Fatalf("worth %d (known %t), want 40005", worth, known)
		}
		c.ok(c.Lose(t.Context(), c.an, d.ID, loans.Lost, loans.Proof{Note: "op de trein"}, loans.Charge{Cents: worth, Note: "verloren"}))
		a := must(c.Account(t.Context(), c.an, l.ID))(t)
		if last := a.Entries[len(a.Entries)-1]; a.Ended != loans.GotLost || a.Owed < worth || last.Cents != worth || last.What != loans.Damage || last.Note != "verloren" {
			t.Errorf("got %q, owed %d, last entry %+v", a.Ended, a.Owed, last)
		}
		if found := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Device: d.ID}))(t); !found.Found || found.Loan.ID != l.ID || found.Asked != worth {
			t.Errorf("found as %+v, want the loan that it got lost in, and what was asked for it", found)
		}
		if later, _ := a.WorthOn("2028-01-01"); later != worth {
			t.Errorf("worth %d a year later, want what it was when it got lost, %d", later, worth)
		}
		c.whole()
	})
}
