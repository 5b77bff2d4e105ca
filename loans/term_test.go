package loans_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/loans"

	"pgregory.net/rapid"
)

func day(t interface{ Fatal(...any) }, s string) time.Time {
	at, err := data.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// desk is open on the days that shut does not name.
type desk struct{ shut func(time.Time) bool }

func (d desk) IsOpen(at time.Time) bool { return !d.shut(at) }

func weekend(at time.Time) bool { return at.Weekday() == time.Saturday || at.Weekday() == time.Sunday }

// between tells whether a day lies in a span, or in one of several.
func between(at time.Time, spans ...string) bool {
	s := at.Format(data.DayLayout)
	for i := 0; i < len(spans); i += 2 {
		if s >= spans[i] && s <= spans[i+1] {
			return true
		}
	}
	return false
}

// TestT11T14T25Due are T11, T14 and T25 of cases/loans.md, and what follows from them.
func TestT11T14T25Due(t *testing.T) {
	weekends := desk{weekend}
	yearEnd := desk{func(at time.Time) bool { return weekend(at) || between(at, "2026-12-24", "2027-01-03") }}
	newYear := desk{func(at time.Time) bool { return between(at, "2012-12-31", "2013-01-01") }}
	at := func(s string) time.Time { return day(t, s) }
	for name, c := range map[string]struct {
		term loans.Term
		want string
	}{
		"T11 days":              {loans.Term{From: at("2012-07-23"), Days: 7, Mode: loans.ModeDays, Opening: weekends}, "2012-07-30"},
		"T11 datedue":           {loans.Term{From: at("2012-07-23"), Days: 7, Mode: loans.ModeDatedue, Opening: weekends}, "2012-07-30"},
		"T11 calendar":          {loans.Term{From: at("2012-07-23"), Days: 7, Mode: loans.ModeCalendar, Opening: weekends}, "2012-08-01"},
		"T14 the right ends":    {loans.Term{From: at("2012-12-10"), Days: 28, Mode: loans.ModeDatedue, Opening: newYear, RightEnds: at("2013-01-01")}, "2012-12-30"},
		"T25":                   {loans.Term{From: at("2026-12-11"), Days: 14, Mode: loans.ModeDatedue, Opening: yearEnd}, "2027-01-04"},
		"days on a closed day":  {loans.Term{From: at("2026-12-11"), Days: 14, Mode: loans.ModeDays, Opening: yearEnd}, "2026-12-25"},
		"dayweek":               {loans.Term{From: at("2026-12-11"), Days: 14, Mode: loans.ModeDayweek, Opening: yearEnd}, "2027-01-08"},
		"dayweek of ten days":   {loans.Term{From: at("2026-12-14"), Days: 10, Mode: loans.ModeDayweek, Opening: yearEnd}, "2027-01-04"},
		"dayweek, shut Fridays": {loans.Term{From: at("2026-12-11"), Days: 7, Mode: loans.ModeDayweek, Opening: desk{func(d time.Time) bool { return d.Weekday() == time.Friday }}}, "2026-12-19"},
		"before a booking":      {loans.Term{From: at("2026-11-23"), Days: 14, Mode: loans.ModeDatedue, Opening: weekends, NextBooking: at("2026-12-07"), Gap: 1}, "2026-12-04"},
		"a booking later on":    {loans.Term{From: at("2026-11-23"), Days: 14, Mode: loans.ModeDatedue, Opening: weekends, NextBooking: at("2026-12-09"), Gap: 1}, "2026-12-07"},
		"both, the earlier one": {loans.Term{From: at("2026-11-23"), Days: 14, Mode: loans.ModeDatedue, Opening: weekends, RightEnds: at("2026-12-05"), NextBooking: at("2026-12-03"), Gap: 0}, "2026-12-02"},
		"the same day":          {loans.Term{From: at("2026-11-23"), Days: 0, Mode: loans.ModeDatedue, Opening: weekends}, "2026-11-23"},
	} {
		t.Run(name, func(t *testing.T) {
			due, err := c.term.Due()
			if err != nil || due.Day.Format(data.DayLayout) != c.want {
				t.Errorf("due %s, %v; want %s", due.Day.Format(data.DayLayout), err, c.want)
			}
		})
	}
}

// TestDueTellsWhy: vr 25/12 gesloten → ma 4/1.
func TestDueTellsWhy(t *testing.T) {
	due, err := loans.Term{From: day(t, "2026-12-11"), Days: 14, Mode: loans.ModeDatedue, RightEnds: day(t, "2026-12-31"),
		Opening: desk{func(at time.Time) bool { return weekend(at) || between(at, "2026-12-24", "2027-01-03") }}}.Due()
	if err != nil || len(due.Shifts) != 2 {
		t.Fatal(due, err)
	}
	if s := due.Shifts[0]; s.Why != loans.ShiftClosed || !s.From.Equal(day(t, "2026-12-25")) || !s.To.Equal(day(t, "2027-01-04")) {
		t.Errorf("first %+v", s)
	}
	if s := due.Shifts[1]; s.Why != loans.ShiftRight || !s.To.Equal(day(t, "2026-12-23")) {
		t.Errorf("then %+v", s)
	}
}

func TestNoTerm(t *testing.T) {
	never := desk{func(time.Time) bool { return true }}
	for name, term := range map[string]loans.Term{
		"never open":           {From: day(t, "2026-11-23"), Days: 7, Mode: loans.ModeDatedue, Opening: never},
		"never open, counted":  {From: day(t, "2026-11-23"), Days: 7, Mode: loans.ModeCalendar, Opening: never},
		"the right is over":    {From: day(t, "2026-11-23"), Days: 7, Mode: loans.ModeDatedue, Opening: desk{weekend}, RightEnds: day(t, "2026-11-22")},
		"booked from tomorrow": {From: day(t, "2026-11-23"), Days: 7, Mode: loans.ModeDatedue, Opening: desk{weekend}, NextBooking: day(t, "2026-11-24"), Gap: 2},
	} {
		if due, err := term.Due(); !errors.Is(err, loans.ErrNoTerm) {
			t.Errorf("%s: due %v, %v", name, due, err)
		}
	}
}

// TestDueLaw: whatever the calendar, a due day is open (but in mode Days), not before the lending, not after a right
// or the day before a booking, and the reasons lead from one day to the next.
func TestDueLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shut := map[string]bool{}
		from := day(t, "2026-11-23").AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "from"))
		for _, n := range rapid.SliceOfN(rapid.IntRange(-30, 120), 0, 60).Draw(t, "shut") {
			shut[from.AddDate(0, 0, n).Format(data.DayLayout)] = true
		}
		term := loans.Term{From: from, Days: rapid.IntRange(0, 60).Draw(t, "days"), Mode: rapid.SampledFrom(loans.Modes()).Draw(t, "mode"),
			Opening: desk{func(at time.Time) bool { return shut[at.Format(data.DayLayout)] }}, Gap: rapid.IntRange(0, 2).Draw(t, "gap")}
		if n := rapid.IntRange(-5, 90).Draw(t, "right"); n < 80 {
			term.RightEnds = from.AddDate(0, 0, n)
		}
		if n := rapid.IntRange(-5, 90).Draw(t, "booking"); n < 80 {
			term.NextBooking = from.AddDate(0, 0, n)
		}
		due, err := term.Due()
		if err != nil {
			return
		}
		switch {
		case due.Day.Before(from):
			t.Fatalf("due %v, before %v", due.Day, from)
		case term.Mode != loans.ModeDays && !term.Opening.IsOpen(due.Day) && !due.Day.Equal(from):
			t.Fatalf("due on %v, a closed day", due.Day)
		case !term.RightEnds.IsZero() && due.Day.After(term.RightEnds):
			t.Fatalf("due %v, after the right ends on %v", due.Day, term.RightEnds)
		case !term.NextBooking.IsZero() && !due.Day.AddDate(0, 0, term.Gap).Before(term.NextBooking):
			t.Fatalf("due %v, booked from %v with %d days between", due.Day, term.NextBooking, term.Gap)
		}
		for i, s := range due.Shifts {
			if i > 0 && !s.From.Equal(due.Shifts[i-1].To) || i == len(due.Shifts)-1 && !s.To.Equal(due.Day) {
				t.Fatalf("the reasons don't lead to %v: %+v", due.Day, due.Shifts)
			}
		}
	})
}
