package calendar_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"digibrug/data"
	"digibrug/data/calendar"
)

// lastSunday is the last Sunday of a month, found by walking back from its last day.
func lastSunday(year int, month time.Month) time.Time {
	day := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	for day.Weekday() != time.Sunday {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// open adds up how long a place is open on a day.
func open(c calendar.Calendar, day time.Time) (sum time.Duration) {
	for _, i := range c.Openings(day) {
		sum += i.Lasts()
	}
	return sum
}

// The clock changes at 01:00 UTC on the last Sunday of March and of October (Directive 2000/84/EC), ten years long.
func TestTwoClockChangesAYear(t *testing.T) {
	always, night, day, twice, gone := calendar.Calendar{}, calendar.Calendar{}, calendar.Calendar{}, calendar.Calendar{}, calendar.Calendar{}
	for d := range always.Week {
		always.Week[d], night.Week[d], day.Week[d] = hours("0-24"), hours("0-6, 22-24"), hours("9-12, 13:30-17")
		twice.Week[d], gone.Week[d] = hours("1:30-2:30"), hours("2-2:30, 2:30-3")
	}
	for year := 2026; year <= 2035; year++ {
		for _, c := range []struct {
			on                              time.Time
			day, night, office, twice, gone time.Duration // in minutes
		}{
			{lastSunday(year, time.March), 23 * 60, 7 * 60, 390, 30, 0},
			{lastSunday(year, time.October), 25 * 60, 9 * 60, 390, 60, 120}, // 2:30 is its first time
			{lastSunday(year, time.March).AddDate(0, 0, 1), 24 * 60, 8 * 60, 390, 60, 60},
		} {
			for name, one := range map[string]struct {
				c    calendar.Calendar
				want time.Duration
			}{"always": {always, c.day}, "by night": {night, c.night}, "by day": {day, c.office}, "around two": {twice, c.twice}, "from two to three": {gone, c.gone}} {
				if got := open(one.c, c.on) / time.Minute; got != one.want {
					t.Errorf("%s, open %s: got %d minutes, want %d", text(c.on), name, got, one.want)
				}
			}
		}
		for minute := 2 * 60; minute < 3*60; minute++ {
			at := calendar.Minute(minute)
			if _, err := (calendar.Local{Day: lastSunday(year, time.March), At: at}).Instant(); !errors.Is(err, calendar.ErrGap) {
				t.Fatalf("%s %s: got %v, want %v", text(lastSunday(year, time.March)), at, err, calendar.ErrGap)
			}
			wall := (*calendar.WallError)(nil)
			_, err := (calendar.Local{Day: lastSunday(year, time.October), At: at}).Instant()
			if !errors.As(err, &wall) || !errors.Is(err, calendar.ErrTwice) || wall.Second.Sub(wall.First) != time.Hour {
				t.Fatalf("%s %s: got %v, want %v an hour apart", text(lastSunday(year, time.October)), at, err, calendar.ErrTwice)
			}
		}
	}
}

// Whatever the hours, a place is open as many minutes as go by between the first moment at which the wall shows the
// beginning of a block, or a later time, and that for its end: counted minute by minute, with the latest time that
// the wall has shown so far that day.
func TestMinutesAcrossTheChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, on := calendar.Calendar{}, anyDay(t, "on")
		c.Week[on.Weekday()] = anyHours(t)
		var want time.Duration
		latest := calendar.Minute(0)
		for at := data.StartOf(on); at.Before(data.StartOf(on.AddDate(0, 0, 1))); at = at.Add(time.Minute) {
			wall := at.In(data.Brussels)
			latest = max(latest, calendar.Minute(60*wall.Hour()+wall.Minute()))
			if slices.ContainsFunc(c.Week[on.Weekday()], func(b calendar.Block) bool { return b.From <= latest && latest < b.To }) {
				want += time.Minute
			}
		}
		if got := open(c, on); got != want {
			t.Fatalf("%s, %s: open %v, the wall says %v", text(on), c.Week[on.Weekday()], got, want)
		}
	})
}

// The two lists below were worked out by hand from the rules of the decree and of the issue, and not by the program. No
// almanac and no list of the ministry was at hand to hold them against.

// byHand are Easter Monday, Ascension Day and Whit Monday.
var byHand = map[int]string{
	2026: "06/04 14/05 25/05", 2027: "29/03 06/05 17/05", 2028: "17/04 25/05 05/06", 2029: "02/04 10/05 21/05", 2030: "22/04 30/05 10/06",
	2031: "14/04 22/05 02/06", 2032: "29/03 06/05 17/05", 2033: "18/04 26/05 06/06", 2034: "10/04 18/05 29/05", 2035: "26/03 03/05 14/05",
}

func TestTenYearsOfPublicHolidays(t *testing.T) {
	for year, movable := range byHand {
		want := append([]string{"01/01", "01/05", "21/07", "15/08", "01/11", "11/11", "25/12"}, strings.Fields(movable)...)
		var got []string
		for _, h := range calendar.Holidays(year) {
			got = append(got, h.Day.Format("02/01"))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%d: got %v, want %v", year, got, want)
		}
	}
}

// expected are the school holidays of a school year as the issue states the rule, day by day: the first day of each is
// looked for by walking along the days, and weeks are counted off.
func expected(year int) string {
	at := func(month time.Month, day int) time.Time { return time.Date(year, month, day, 0, 0, 0, 0, time.UTC) }
	walk := func(day time.Time, step int, stop func(time.Time) bool) time.Time {
		for !stop(day) {
			day = day.AddDate(0, 0, step)
		}
		return day
	}
	isMonday := func(d time.Time) bool { return d.Weekday() == time.Monday }
	weekend := func(d time.Time) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }
	autumn := walk(at(time.November, 1), -1, isMonday)
	if at(time.November, 1).Weekday() == time.Sunday {
		autumn = at(time.November, 2)
	}
	christmas := walk(at(time.December, 25), -1, isMonday)
	if weekend(at(time.December, 25)) {
		christmas = walk(at(time.December, 25), +1, isMonday)
	}
	easter := knuth(year + 1)
	april := time.Date(year+1, time.April, 1, 0, 0, 0, 0, time.UTC)
	spring, free := walk(april, +1, isMonday), 14
	switch {
	case easter.Month() == time.March:
		spring = easter.AddDate(0, 0, 1)
	case easter.Day() > 15:
		first := walk(easter, -1, isMonday)                  // the Monday before Easter
		spring = walk(first.AddDate(0, 0, -1), -1, isMonday) // the second Monday before it
		free = 15                                            // Easter Monday
	}
	carnival := easter.AddDate(0, 0, -48)
	var told []string
	for _, h := range []struct {
		first time.Time
		days  int
	}{{autumn, 7}, {christmas, 14}, {carnival, 7}, {spring, free}, {time.Date(year+1, time.July, 1, 0, 0, 0, 0, time.UTC), 62}} {
		told = append(told, text(h.first)+" "+text(h.first.AddDate(0, 0, h.days-1)))
	}
	return strings.Join(told, ", ")
}

func TestSchoolHolidaysByTheRule(t *testing.T) {
	for year := 2016; year <= 2100; year++ {
		var got []string
		for _, h := range calendar.SchoolHolidays(year, nil) {
			got = append(got, text(h.First)+" "+text(h.Last))
		}
		if line := strings.Join(got, ", "); line != expected(year) {
			t.Errorf("%d: got  %s\nwant %s", year, line, expected(year))
		}
	}
	// Three of them with their dates written out, so that the two don't err together.
	for year, want := range map[int]string{
		2023: "2023-10-30 2023-11-05, 2023-12-25 2024-01-07, 2024-02-12 2024-02-18, 2024-04-01 2024-04-14, 2024-07-01 2024-08-31",
		2024: "2024-10-28 2024-11-03, 2024-12-23 2025-01-05, 2025-03-03 2025-03-09, 2025-04-07 2025-04-21, 2025-07-01 2025-08-31",
		2026: "2026-11-02 2026-11-08, 2026-12-21 2027-01-03, 2027-02-08 2027-02-14, 2027-03-29 2027-04-11, 2027-07-01 2027-08-31",
	} {
		if got := expected(year); got != want {
			t.Errorf("%d: got %s, want %s", year, got, want)
		}
	}
}

// A due date that is moved forward lands on an open day, and the nth open day is reached by moving n times.
func TestDueDatesNeverLandOnAClosedDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, due := anyCalendar(t), anyDay(t, "due")
		moved, found := c.NextOpen(due)
		if found && (c.IsClosed(moved) || moved.Before(due)) {
			t.Fatalf("due on %s: moved to %s, which is closed or earlier", text(due), text(moved))
		}
		if again, _ := c.NextOpen(moved); found && !again.Equal(moved) {
			t.Fatalf("moved to %s: moves again to %s", text(moved), text(again))
		}
		n := rapid.IntRange(1, 30).Draw(t, "n")
		nth, found := c.NthOpen(due, n)
		if !found {
			if open := c.OpenDays(due.AddDate(0, 0, 1), due.AddDate(0, 0, 3600)); len(open) >= n {
				t.Fatalf("open day %d after %s: none, but %d are open", n, text(due), len(open))
			}
			return
		}
		if open := c.OpenDays(due.AddDate(0, 0, 1), nth); len(open) != n || !open[n-1].Equal(nth) {
			t.Fatalf("open day %d after %s: got %s, of %d open days", n, text(due), text(nth), len(open))
		}
	})
	for _, n := range []int{0, -1} {
		if got, found := library().NthOpen(day("2027-05-05"), n); found {
			t.Errorf("open day %d: got %s, want none", n, text(got))
		}
	}
	if got, found := (calendar.Calendar{}).NthOpen(day("2027-05-05"), 1); found {
		t.Errorf("never open: got %s", text(got))
	}
	// The eve of Ascension in 2027: Ascension and the bridge day are closed, Saturday is open.
	if got, _ := library().NthOpen(day("2027-05-05"), 2); text(got) != "2027-05-10" {
		t.Errorf("two open days after 5 May 2027: got %s, want 2027-05-10", text(got))
	}
}

// A closure closes its days and no others, and taking it away brings every hour back.
func TestClosureAndItsEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar(t)
		first := anyDay(t, "first")
		last := first.AddDate(0, 0, rapid.IntRange(0, 30).Draw(t, "long"))
		before := c.Days(first.AddDate(0, 0, -40), last.AddDate(0, 0, 40))
		closed := c
		closed.Closures = append(slices.Clone(c.Closures), calendar.Closure{First: first, Last: last, Reason: "new"})
		n, err := closed.Normal()
		if bad := (*data.Invalid)(nil); errors.As(err, &bad) && bad.Why == calendar.WhyOverlap {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		for i, d := range n.Days(before[0].On, before[len(before)-1].On) {
			inside := !d.On.Before(first) && !d.On.After(last)
			if inside && (len(d.Hours) > 0 || d.Why != (calendar.Reason{By: calendar.ByClosure, Note: "new"})) {
				t.Fatalf("%s is in the closure: got %s by %+v", text(d.On), d.Hours, d.Why)
			}
			if !inside && (d.Hours.String() != before[i].Hours.String() || d.Why != before[i].Why) {
				t.Fatalf("%s is not in the closure: got %s by %+v, want %s", text(d.On), d.Hours, d.Why, before[i].Hours)
			}
		}
		n.Closures = slices.DeleteFunc(n.Closures, func(one calendar.Closure) bool { return one.First.Equal(first) })
		if again, err := n.Normal(); err != nil || !slices.EqualFunc(again.Closures, c.Closures, func(a, b calendar.Closure) bool { return a == b }) ||
			fmt.Sprint(again.Days(before[0].On, before[len(before)-1].On)) != fmt.Sprint(before) {
			t.Fatalf("without the closure: got %+v, %v, want %+v", again, err, c)
		}
	})
}

func TestNextOfACode(t *testing.T) {
	c := library()
	c.School = []calendar.SchoolHoliday{{Year: 2026, Code: calendar.CarnivalBreak, First: day("2027-02-15"), Last: day("2027-02-21")}}
	for _, want := range []struct {
		code              calendar.Code
		from, first, last string
	}{
		{calendar.Christmas, "2026-11-23", "2026-12-25", "2026-12-25"},
		{calendar.Christmas, "2026-12-25", "2026-12-25", "2026-12-25"},
		{calendar.Christmas, "2026-12-26", "2027-12-25", "2027-12-25"},
		{calendar.NewYear, "2026-11-23", "2027-01-01", "2027-01-01"},
		{calendar.Ascension, "2027-05-07", "2028-05-25", "2028-05-25"},
		{calendar.FlemishDay, "2027-07-12", "2028-07-11", "2028-07-11"},
		{calendar.Bridge, "2026-11-23", "2027-05-07", "2027-05-07"},
		{calendar.Fair, "2020-01-01", "2027-09-13", "2027-09-13"},
		{calendar.Fair, "2027-09-14", "", ""},
		{calendar.CarnivalBreak, "2027-02-16", "2027-02-15", "2027-02-21"},
		{calendar.ChristmasBreak, "2027-01-03", "2026-12-21", "2027-01-03"},
		{calendar.SummerBreak, "2026-11-23", "2027-07-01", "2027-08-31"},
		{"halloween", "2026-11-23", "", ""},
	} {
		first, last, found := c.Next(want.code, day(want.from))
		if found != (want.first != "") || found && (text(first) != want.first || text(last) != want.last) {
			t.Errorf("%s from %s: got %s to %s, %v, want %s to %s", want.code, want.from, text(first), text(last), found, want.first, want.last)
		}
	}
	for on, want := range map[string]string{"2027-06-30": "", "2027-07-01": "zomer", "2027-08-31": "zomer", "2027-09-01": ""} {
		if s, ok := c.SeasonOn(day(on)); s.Name != want || ok != (want != "") {
			t.Errorf("%s: got season %q, want %q", on, s.Name, want)
		}
	}
}

// The next days of a ticked code are days on which it closes, and no day before them is.
func TestNextOfACodeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom(calendar.Ticks()).Draw(t, "code")
		c := library()
		c.Closures, c.Ticks = nil, []calendar.Code{code}
		from := anyDay(t, "from")
		first, last, found := c.Next(code, from)
		if !found {
			first, last = from.AddDate(2, 0, 0), from.AddDate(2, 0, 0)
		}
		for on := from; !on.After(last); on = on.AddDate(0, 0, 1) {
			_, why := c.OpenOn(on)
			if closes := !on.Before(first) && found; (why.By == calendar.Source(code)) != closes {
				t.Fatalf("%s from %s is %s to %s, but %s is %+v", code, text(from), text(first), text(last), text(on), why)
			}
		}
	})
}
