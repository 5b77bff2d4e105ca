package loans_test

import (
	"testing"

	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
)

// The cases of the table of acceptance have tests named after their numbers, next to what they are about. Here are those
// whose rule has a test of its own and which must come out of the store as well.

// byRules makes the model regulation hold from today on, with other figures for all.
func (c *counter) byRules(figures map[loans.Param]int64) {
	c.t.Helper()
	r := loans.ModelRegulation()
	r.From = c.db.Today()
	for p, v := range figures {
		r.Cells[loans.Cell{}][p] = v
	}
	must(c.PutVersion(c.t.Context(), c.ivo, loans.Version{Name: "andere cijfers", Regulation: r}))(c.t)
}

// TestT6InRepair: a device in repair is free for nobody until it is back.
func TestT6InRepair(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.byRules(map[loans.Param]int64{loans.GapDays: 0})
		var all []loans.Device
		for range 7 {
			all = append(all, c.device(""))
		}
		for i, name := range []string{"Peeters", "Maes", "Claes"} {
			must(c.book(all[i], c.borrower(name), "2026-12-08", "2026-12-18"))(t)
		}
		c.ok(c.Move(t.Context(), c.an, all[6].ID, loans.Repair, loans.Proof{Note: "scherm"}))
		for day, want := range map[string]int{"2026-12-07": 6, "2026-12-08": 3} {
			if _, n, err := c.Available(t.Context(), c.an, c.laptop.ID, day, day); err != nil || n != want {
				t.Errorf("on %s: %d free, %v; want %d", day, n, err, want)
			}
		}
	})
}

// TestT11Modes lends on Monday 23 November for a week, at a desk that is closed at weekends.
func TestT11Modes(t *testing.T) {
	for mode, want := range map[loans.Mode]string{loans.ModeDays: "2026-11-30", loans.ModeDatedue: "2026-11-30", loans.ModeCalendar: "2026-12-02", loans.ModeDayweek: "2026-11-30"} {
		t.Run(string(mode), func(t *testing.T) {
			each(t, func(t *testing.T, c *counter) {
				at := int64(0)
				for i, m := range loans.Modes() {
					if m == mode {
						at = int64(i)
					}
				}
				c.byRules(map[loans.Param]int64{loans.TermDays: 7, loans.TermMode: at})
				if l := c.lend(c.device("LT-001"), c.borrower("Peeters")); l.DueOn != want {
					t.Errorf("due %s, want %s", l.DueOn, want)
				}
			})
		})
	}
}

// TestT14RightEnds: the due day moves back to the last open day of the borrower's right.
func TestT14RightEnds(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.byRules(map[loans.Param]int64{loans.TermDays: 60})
		b := c.borrower("Peeters")
		b.RightUntil = "2027-01-01"
		b = must(c.PutBorrower(t.Context(), c.an, b))(t)
		l := c.lend(c.device("LT-001"), b)
		if l.DueOn != "2026-12-23" || len(l.Shifts) == 0 || l.Shifts[len(l.Shifts)-1].Why != loans.ShiftRight {
			t.Errorf("due %s by %+v, want the last open day of the right", l.DueOn, l.Shifts)
		}
		c.whole()
	})
}

// TestT16Refusals: one of one is refused with both figures, none of one is lent, and nothing goes where none may.
func TestT16Refusals(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		b := c.borrower("Peeters")
		c.byRules(map[loans.Param]int64{loans.MostLoans: 0})
		d := c.device("LT-001")
		refusedBy(t, "[loans.most_loans]")(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: b.ID}))
		if n := c.count(`SELECT count(*) FROM loans`); n != 0 {
			t.Errorf("%d loans", n)
		}
	})
}

// TestT25YearEnd lends on Friday 11 December for a fortnight.
func TestT25YearEnd(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.days(18)
		c.byRules(map[loans.Param]int64{loans.TermDays: 14})
		l := c.lend(c.device("LT-001"), c.borrower("Peeters"))
		if l.LentOn != "2026-12-11" || l.DueOn != "2027-01-04" || len(l.Shifts) != 1 || l.Shifts[0].Why != loans.ShiftClosed {
			t.Errorf("lent %s, due %s by %+v; want Monday 4/1 because of the closing", l.LentOn, l.DueOn, l.Shifts)
		}
		c.whole()
	})
}

// TestT8AllReasons: a named holiday, a span too long and too early a day are refused at once.
func TestT8AllReasons(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.byRules(map[loans.Param]int64{loans.LeadDays: 7, loans.MostDays: 2})
		c.ok(calendar.NewStore(c.db).ChangeTicks(t.Context(), datatest.Operator, c.library, []calendar.Code{calendar.Christmas}, nil))
		refusedBy(t, "[loans.too_long loans.too_soon loans.closed]")(c.book(c.device("LT-001"), c.borrower("Peeters"), "2026-11-25", "2026-11-28"))
		if n := c.count(`SELECT count(*) FROM device_bookings`); n != 0 {
			t.Errorf("%d bookings", n)
		}
		opening := must(calendar.Of(t.Context(), c.db, c.library))(t)
		if _, why := opening.OpenOn(day(t, "2026-12-25")); why.By == "" {
			t.Error("a closed day has no reason")
		}
	})
}
