package loans_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"

	"pgregory.net/rapid"
)

// wall is an instant as the clock in Brussels shows it: "2026-11-23 12:00". Of a time that comes twice it is the first.
func wall(t interface{ Fatal(...any) }, s string) time.Time {
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.Local{Day: at.Truncate(24 * time.Hour), At: calendar.Minute(at.Hour()*60 + at.Minute())}.Bound()
}

// told writes an instant as the wall shows it.
func wallText(at time.Time) string { return at.In(data.Brussels).Format("2006-01-02 15:04 MST") }

// hoursOf is a week with the same hours on each of some days.
func hoursOf(first, last time.Weekday, blocks ...calendar.Block) (c calendar.Calendar) {
	for d := first; d <= last; d++ {
		c.Week[d] = blocks
	}
	return c
}

func TestHourTerm(t *testing.T) {
	office := hoursOf(time.Monday, time.Friday, calendar.Block{From: 9 * 60, To: 12 * 60}, calendar.Block{From: 13*60 + 30, To: 17 * 60})
	shut := office
	shut.Closures = []calendar.Closure{{First: day(t, "2026-12-24"), Last: day(t, "2027-01-03"), Reason: "eindejaar"}}
	night := hoursOf(time.Sunday, time.Saturday, calendar.Block{From: 0, To: 6 * 60}, calendar.Block{From: 22 * 60, To: calendar.Midnight})
	always := hoursOf(time.Sunday, time.Saturday, calendar.Block{From: 0, To: calendar.Midnight})
	evening := hoursOf(time.Monday, time.Friday, calendar.Block{From: 18 * 60, To: calendar.Midnight})
	for name, c := range map[string]struct {
		from  string
		hours int
		rule  loans.HourRule
		open  calendar.Calendar
		want  string
		more  func(*loans.HourTerm)
	}{
		"while it is open":              {from: "2026-11-23 09:10", hours: 2, open: office, want: "2026-11-23 11:10 CET"},
		"over noon, open again":         {from: "2026-11-23 11:00", hours: 4, open: office, want: "2026-11-23 15:00 CET"},
		"in the noon break: close":      {from: "2026-11-23 09:30", hours: 3, rule: loans.RuleClose, open: office, want: "2026-11-23 12:00 CET"},
		"in the noon break: open":       {from: "2026-11-23 09:30", hours: 3, rule: loans.RuleOpen, open: office, want: "2026-11-23 13:30 CET"},
		"just at closing":               {from: "2026-11-23 13:00", hours: 4, rule: loans.RuleOpen, open: office, want: "2026-11-23 17:00 CET"},
		"after closing: close":          {from: "2026-11-23 15:00", hours: 4, rule: loans.RuleClose, open: office, want: "2026-11-23 17:00 CET"},
		"after closing: open":           {from: "2026-11-23 15:00", hours: 4, rule: loans.RuleOpen, open: office, want: "2026-11-24 09:00 CET"},
		"Friday evening: open":          {from: "2026-11-27 15:00", hours: 4, rule: loans.RuleOpen, open: office, want: "2026-11-30 09:00 CET"},
		"into the closure: close":       {from: "2026-12-23 15:00", hours: 24, rule: loans.RuleClose, open: shut, want: "2026-12-23 17:00 CET"},
		"into the closure: open":        {from: "2026-12-23 15:00", hours: 24, rule: loans.RuleOpen, open: shut, want: "2027-01-04 09:00 CET"},
		"lent after closing: close":     {from: "2026-11-23 17:10", hours: 2, rule: loans.RuleClose, open: office, want: "2026-11-24 09:00 CET"},
		"seconds are rounded up":        {from: "2026-11-23 09:10", hours: 2, open: office, want: "2026-11-23 11:11 CET", more: func(h *loans.HourTerm) { h.From = h.From.Add(20 * time.Second) }},
		"over midnight":                 {from: "2026-11-23 23:00", hours: 4, open: night, want: "2026-11-24 03:00 CET"},
		"closes at midnight":            {from: "2026-11-23 22:00", hours: 8, rule: loans.RuleClose, open: evening, want: "2026-11-23 23:59 CET"},
		"spring: four hours pass":       {from: "2027-03-27 23:00", hours: 4, open: night, want: "2027-03-28 04:00 CEST"},
		"spring: a day is a day":        {from: "2027-03-27 23:00", hours: 24, open: night, want: "2027-03-28 23:00 CEST"},
		"spring: the hour that is gone": {from: "2027-03-27 02:30", hours: 24, open: always, want: "2027-03-28 03:00 CEST"},
		"spring: 27 hours":              {from: "2027-03-27 22:30", hours: 27, open: always, want: "2027-03-29 01:30 CEST"},
		"spring: closes at six":         {from: "2027-03-28 01:00", hours: 8, rule: loans.RuleClose, open: night, want: "2027-03-28 06:00 CEST"},
		"autumn: four hours pass":       {from: "2026-10-24 23:00", hours: 4, open: night, want: "2026-10-25 02:00 CET"},
		"autumn: a day is a day":        {from: "2026-10-24 23:00", hours: 24, open: night, want: "2026-10-25 23:00 CET"},
		"autumn: out of the first two":  {from: "2026-10-25 02:00", hours: 1, open: night, want: "2026-10-25 02:00 CET"},
		"autumn: closes at six":         {from: "2026-10-25 01:00", hours: 12, rule: loans.RuleClose, open: night, want: "2026-10-25 06:00 CET"},
		"the right ends":                {from: "2026-11-23 10:00", hours: 72, open: office, want: "2026-11-24 17:00 CET", more: func(h *loans.HourTerm) { h.RightEnds = day(t, "2026-11-24") }},
		"the right ends on a closed day": {from: "2026-11-27 10:00", hours: 80, open: office, rule: loans.RuleOpen, want: "2026-11-27 17:00 CET",
			more: func(h *loans.HourTerm) { h.RightEnds = day(t, "2026-11-29") }},
		"the right ends, never closed": {from: "2026-11-23 10:00", hours: 72, open: always, want: "2026-11-24 23:59 CET", more: func(h *loans.HourTerm) { h.RightEnds = day(t, "2026-11-24") }},
		"before a booking":             {from: "2026-11-23 10:00", hours: 72, open: office, want: "2026-11-24 17:00 CET", more: func(h *loans.HourTerm) { h.NextBooking, h.Gap = day(t, "2026-11-26"), 1 }},
	} {
		t.Run(name, func(t *testing.T) {
			term := loans.HourTerm{From: wall(t, c.from), Hours: c.hours, Rule: c.rule, Opening: c.open}
			if term.Rule == "" {
				term.Rule = loans.RuleClose
			}
			if c.more != nil {
				c.more(&term)
			}
			due, err := term.Due()
			if err != nil || wallText(due.At) != c.want || due.Day.Format(data.DayLayout) != c.want[:10] {
				t.Errorf("due %s on %s, %v; want %s", wallText(due.At), due.Day.Format(data.DayLayout), err, c.want)
			}
		})
	}
	for name, term := range map[string]loans.HourTerm{
		"never open":        {From: wall(t, "2026-11-23 10:00"), Hours: 2, Rule: loans.RuleClose},
		"the right is over": {From: wall(t, "2026-11-23 10:00"), Hours: 2, RightEnds: day(t, "2026-11-22")},
		"booked from today": {From: wall(t, "2026-11-23 10:00"), Hours: 2, NextBooking: day(t, "2026-11-23")},
	} {
		if name != "never open" {
			term.Opening = office
		} else {
			term.Opening = calendar.Calendar{}
		}
		if due, err := term.Due(); !errors.Is(err, loans.ErrNoTerm) {
			t.Errorf("%s: %v, %v; want ErrNoTerm", name, due, err)
		}
	}
}

// TestHourLaw: whatever the hours, and over both clock changes, a loan of hours ends after it began, while the desk is
// open or closes, by rule close no later than its hours, by rule open no sooner, and its reasons lead from one moment
// to the next.
func TestHourLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c calendar.Calendar
		for d := range c.Week {
			at := 0
			for range rapid.IntRange(0, 3).Draw(t, "blocks") {
				from := at + rapid.IntRange(1, 400).Draw(t, "from")
				to := from + rapid.IntRange(30, 600).Draw(t, "to")
				if to > int(calendar.Midnight) {
					break
				}
				c.Week[d], at = append(c.Week[d], calendar.Block{From: calendar.Minute(from), To: calendar.Minute(to)}), to
			}
		}
		base := rapid.SampledFrom([]string{"2026-10-23 00:00", "2027-03-26 00:00", "2026-12-30 00:00"}).Draw(t, "base")
		term := loans.HourTerm{From: wall(t, base).Add(time.Duration(rapid.IntRange(0, 5*24*60).Draw(t, "minute")) * time.Minute),
			Hours: rapid.IntRange(1, 60).Draw(t, "hours"), Rule: rapid.SampledFrom(loans.HourRules()).Draw(t, "rule"), Opening: c}
		free, err := term.Due()
		if err != nil {
			return
		}
		if n := rapid.IntRange(0, 9).Draw(t, "booked"); n < 6 {
			term.NextBooking = calendar.LocalOf(term.From).Day.AddDate(0, 0, n)
		}
		due, err := term.Due()
		if err != nil {
			return
		}
		_, open := c.OpenAt(due.At)
		_, closing := c.OpenAt(due.At.Add(-time.Millisecond))
		first := free.At
		if len(free.Shifts) > 0 {
			first = free.Shifts[0].From
		}
		switch {
		case !due.At.After(term.From):
			t.Fatalf("due %s, lent %s", wallText(due.At), wallText(term.From))
		case !open && !closing:
			t.Fatalf("due %s, when the desk is closed", wallText(due.At))
		case term.Rule == loans.RuleOpen && free.At.Before(first):
			t.Fatalf("rule open cut %s to %s", wallText(first), wallText(free.At))
		case term.Rule == loans.RuleClose && free.At.After(first):
			for at := term.From.Add(time.Minute); !at.After(first); at = at.Add(time.Minute) {
				if _, open := c.OpenAt(at.Add(-time.Millisecond)); open {
					t.Fatalf("rule close stretched %s to %s, though the desk was open at %s", wallText(first), wallText(free.At), wallText(at))
				}
			}
		case !term.NextBooking.IsZero() && !due.Day.Before(term.NextBooking):
			t.Fatalf("due %s, booked from %s", wallText(due.At), term.NextBooking.Format(data.DayLayout))
		}
		for i, s := range due.Shifts {
			if !s.Clock || i > 0 && !s.From.Equal(due.Shifts[i-1].To) || i == len(due.Shifts)-1 && !s.To.Equal(due.At) {
				t.Fatalf("the reasons don't lead to %s: %+v", wallText(due.At), due.Shifts)
			}
		}
	})
}

// byHours makes laptops go for some hours from today on.
func (c *counter) byHours(hours int64, rule int64) {
	c.t.Helper()
	r := loans.ModelRegulation()
	r.From = c.db.Today()
	r.Cells[loans.Cell{Device: c.laptop.ID}] = map[loans.Param]int64{loans.TermHours: hours, loans.TermRule: rule, loans.GapDays: 0}
	must(c.PutVersion(c.t.Context(), c.ivo, loans.Version{Name: "per uur", Regulation: r}))(c.t)
}

// TestHourLoan lends for hours, renews, undoes, and is late by the clock.
func TestHourLoan(t *testing.T) {
	each(t, func(t *testing.T, c *counter) { // noon; the desk closes at five
		c.byHours(3, 0)
		d, b := c.device("LT-001"), c.borrower("Peeters")
		l := c.lend(d, b)
		if l.DueOn != "2026-11-23" || wallText(l.DueAt) != "2026-11-23 15:00 CET" || len(l.Shifts) != 0 {
			t.Fatalf("due %s, %s by %v; want three o'clock", l.DueOn, wallText(l.DueAt), l.Shifts)
		}
		if got := must(c.Loan(t.Context(), c.an, l.ID))(t); !got.DueAt.Equal(l.DueAt) {
			t.Errorf("stored until %s", wallText(got.DueAt))
		}
		c.clock.Forward(30 * time.Minute)
		r := must(c.Renew(t.Context(), c.an, l.ID))(t)
		if wallText(r.DueAt) != "2026-11-23 17:00 CET" || len(r.Shifts) != 1 || r.Shifts[0].Why != loans.ShiftClosed || !r.Shifts[0].Clock ||
			wallText(r.Shifts[0].From) != "2026-11-23 18:00 CET" {
			t.Errorf("renewed until %s by %+v; want five o'clock, and why", wallText(r.DueAt), r.Shifts)
		}
		must(c.Undo(t.Context(), c.an, l.ID))(t)
		if got := must(c.Loan(t.Context(), c.an, l.ID))(t); !got.DueAt.Equal(l.DueAt) || got.Renewals != 0 {
			t.Errorf("after the undo until %s", wallText(got.DueAt))
		}
		c.whole()
		list := func() string {
			got := must(c.Today(t.Context(), c.an))(t)
			return fmt.Sprintf("%d due, %d late", len(got.Due), len(got.Late))
		}
		c.clock.Forward(150 * time.Minute) // three o'clock
		if got := list(); got != "1 due, 0 late" {
			t.Errorf("at the hour: %s", got)
		}
		c.clock.Forward(time.Second)
		if got := list(); got != "0 due, 1 late" {
			t.Errorf("a second later: %s", got)
		}
		back := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Device: d.ID, Refund: loans.Bancontact}))(t)
		if back.Loan.LateDays != 1 || back.Blocked != "2026-11-23" {
			t.Errorf("%d days late, blocked until %q; want a day, today", back.Loan.LateDays, back.Blocked)
		}
		c.whole()
	})
}

// TestHourLoanAmongDays: a booking of days goes before hours, the next one cuts them, and a right ends them.
func TestHourLoanAmongDays(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.byHours(30, 1)
		d, x, y := c.device("LT-001"), c.borrower("Peeters"), c.borrower("Maes")
		k := must(c.book(d, x, "2026-11-24", "2026-11-25"))(t)
		l := c.lend(d, y)
		if wallText(l.DueAt) != "2026-11-23 17:00 CET" || len(l.Shifts) != 2 || l.Shifts[1].Why != loans.ShiftBooking {
			t.Errorf("due %s by %+v, want today's closing because of the booking", wallText(l.DueAt), l.Shifts)
		}
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		c.ready(d.ID)
		c.days(1)
		if l = c.lend(d, x); l.DueOn != "2026-11-25" || !l.DueAt.IsZero() || l.BookingID != k.ID {
			t.Errorf("due %s %s, want the last day of the booking", l.DueOn, wallText(l.DueAt))
		}
		c.days(2)
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		c.ready(d.ID)
		c.whole()
	})
}

// TestNoReminderAtOnce: nobody is told to bring back tomorrow what was lent a minute ago, also not after an undo.
func TestNoReminderAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.byHours(3, 0)
		l := c.lend(c.device("LT-001"), c.borrower("Peeters"))
		if got := must(c.Notices(t.Context(), c.an))(t); len(got) != 0 {
			t.Errorf("to remind of at once: %+v", got)
		}
		for range 2 {
			must(c.Renew(t.Context(), c.an, l.ID))(t)
			must(c.Undo(t.Context(), c.an, l.ID))(t)
		}
		c.days(3)
		got := must(c.Notices(t.Context(), c.an))(t)
		if len(got) != 1 || got[0].Step != 1 {
			t.Errorf("three days later: %+v, want the call", got)
		}
		c.whole()
	})
}
