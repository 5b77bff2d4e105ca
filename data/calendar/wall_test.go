package calendar_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"digibrug/data"
	"digibrug/data/calendar"
)

func local(on, at string) calendar.Local {
	m, err := calendar.ParseMinute(at)
	if err != nil {
		panic(err)
	}
	return calendar.Local{Day: day(on), At: m}
}

func TestCase27LocalTimesThatAreNotOneInstant(t *testing.T) {
	for _, c := range []struct {
		name, on, at  string
		want          error
		first, second string
	}{
		{"spring: the last minute before the jump", "2027-03-28", "1:59", nil, "2027-03-28T00:59Z", ""},
		{"spring: the first minute that is skipped", "2027-03-28", "2:00", calendar.ErrGap, "2027-03-28T01:00Z", "2027-03-28T01:00Z"},
		{"spring: half past two", "2027-03-28", "2:30", calendar.ErrGap, "2027-03-28T01:00Z", "2027-03-28T01:00Z"},
		{"spring: the last minute that is skipped", "2027-03-28", "2:59", calendar.ErrGap, "2027-03-28T01:00Z", "2027-03-28T01:00Z"},
		{"spring: three o'clock is there again", "2027-03-28", "3:00", nil, "2027-03-28T01:00Z", ""},
		{"autumn: the last minute that comes once", "2026-10-25", "1:59", nil, "2026-10-24T23:59Z", ""},
		{"autumn: the first minute that comes twice", "2026-10-25", "2:00", calendar.ErrTwice, "2026-10-25T00:00Z", "2026-10-25T01:00Z"},
		{"autumn: half past two", "2026-10-25", "2:30", calendar.ErrTwice, "2026-10-25T00:30Z", "2026-10-25T01:30Z"},
		{"autumn: the last minute that comes twice", "2026-10-25", "2:59", calendar.ErrTwice, "2026-10-25T00:59Z", "2026-10-25T01:59Z"},
		{"autumn: three o'clock comes once", "2026-10-25", "3:00", nil, "2026-10-25T02:00Z", ""},
		{"midnight at the end of a day", "2026-10-25", "24:00", nil, "2026-10-25T23:00Z", ""},
		{"midnight at its beginning", "2026-10-25", "0:00", nil, "2026-10-24T22:00Z", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := local(c.on, c.at)
			at, err := l.Instant()
			if !errors.Is(err, c.want) || c.want == nil && utc(at) != c.first {
				t.Fatalf("%v: got %s, %v, want %s, %v", l, utc(at), err, c.first, c.want)
			}
			if got := utc(l.Bound()); got != c.first {
				t.Errorf("%v: got bound %s, want %s", l, got, c.first)
			}
			if c.want == nil {
				return
			}
			var wall *calendar.WallError
			var bad *data.Invalid
			if !errors.As(err, &wall) || utc(wall.First) != c.first || utc(wall.Second) != c.second || wall.Local != l {
				t.Errorf("%v: got %#v, want %s and %s", l, wall, c.first, c.second)
			}
			if !errors.As(err, &bad) || bad.Got != l.String() {
				t.Errorf("%v: got %v, want a sentence for people", l, bad)
			}
		})
	}
	if _, err := (calendar.Local{Day: day("2026-10-06"), At: 1441}).Instant(); !errors.As(err, new(*data.Invalid)) {
		t.Errorf("minute 1441: got %v, want an *data.Invalid", err)
	}
}

func TestCase27NightsOfSevenAndNineHours(t *testing.T) {
	for on, want := range map[string]time.Duration{"2027-03-27": 7 * time.Hour, "2026-10-24": 9 * time.Hour, "2026-11-23": 8 * time.Hour} {
		if got := calendar.Span(day(on), 22*60, 6*60).Lasts(); got != want {
			t.Errorf("22:00–06:00 from %s lasts %v, want %v", on, got, want)
		}
	}
	if got := calendar.Span(day("2027-03-27"), 9*60, 9*60).Lasts(); got != 23*time.Hour {
		t.Errorf("09:00–09:00 into the short night's day lasts %v, want 23 h", got)
	}
	today, tomorrow := calendar.Overnight(22*60, 6*60)
	if today.String() != "22:00-24:00" || tomorrow.String() != "00:00-06:00" {
		t.Errorf("22:00–06:00 is %q and %q, want two blocks", today, tomorrow)
	}
	if today, tomorrow = calendar.Overnight(22*60, 0); today.String() != "22:00-24:00" || tomorrow != nil {
		t.Errorf("22:00–00:00 is %q and %q, want one block", today, tomorrow)
	}
}

func stamps(all []time.Time) (list []string) {
	for _, at := range all {
		list = append(list, utc(at))
	}
	return list
}

func TestCase25SeriesOverTheClockChange(t *testing.T) {
	all, err := calendar.Weekly(local("2026-10-06", "18:30"), 6, nil)
	want := []string{"2026-10-06T16:30Z", "2026-10-13T16:30Z", "2026-10-20T16:30Z", "2026-10-27T17:30Z", "2026-11-03T17:30Z", "2026-11-10T17:30Z"}
	if got := stamps(all); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, at := range all {
		if l := calendar.LocalOf(at); l.At.String() != "18:30" || l.Day.Weekday() != time.Tuesday {
			t.Errorf("%s is %v, want Tuesday 18:30 on the wall", utc(at), l)
		}
	}
}

func TestCase26SixLessonsThatSkipHolidays(t *testing.T) {
	all, err := calendar.Weekly(local("2026-10-06", "18:30"), 6, calendar.Calendar{}.InSchoolHoliday)
	var got []string
	for _, at := range all {
		got = append(got, data.DayOf(at))
	}
	want := []string{"2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27", "2026-11-10", "2026-11-17"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v: the autumn holiday is made up for", got, err, want)
	}
}

func TestSeriesThatCannotBe(t *testing.T) {
	never := func(time.Time) bool { return true }
	for name, c := range map[string]struct {
		start calendar.Local
		n     int
		skip  func(time.Time) bool
		want  error
		why   data.Why
	}{
		"a lesson in the hour that is skipped":   {local("2027-03-14", "2:30"), 4, nil, calendar.ErrGap, calendar.WhyGap},
		"a lesson in the hour that comes twice":  {local("2026-10-18", "2:30"), 4, nil, calendar.ErrTwice, calendar.WhyTwice},
		"a calendar that is never open":          {local("2026-10-06", "18:30"), 1, never, nil, calendar.WhyNoWeek},
		"more lessons than ten years have weeks": {local("2026-10-06", "18:30"), 521, nil, nil, data.WhyNumber},
		"a time that no clock shows":             {calendar.Local{Day: day("2026-10-06"), At: -1}, 1, nil, nil, calendar.WhyTime},
	} {
		all, err := calendar.Weekly(c.start, c.n, c.skip)
		var bad *data.Invalid
		if all != nil || !errors.As(err, &bad) || bad.Why != c.why || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, %v, want %s", name, stamps(all), err, c.why)
		}
	}
	skipIt := func(d time.Time) bool { return text(d) == "2027-03-28" }
	if all, err := calendar.Weekly(local("2027-03-21", "2:30"), 2, skipIt); err != nil || len(all) != 2 || data.DayOf(all[1]) != "2027-04-04" {
		t.Errorf("the night of the change skipped: got %v, %v", stamps(all), err)
	}
	for _, n := range []int{0, -3} {
		if all, err := calendar.Weekly(local("2026-10-06", "18:30"), n, never); all != nil || err != nil {
			t.Errorf("%d lessons: got %v, %v, want none", n, all, err)
		}
	}
}

// anyDay draws a day of the ten years 2026 to 2035, half of them on or beside a clock change.
func anyDay(t *rapid.T, label string) time.Time {
	if rapid.Bool().Draw(t, label+" near a change") {
		month := rapid.SampledFrom([]time.Month{time.March, time.October}).Draw(t, label+" month")
		last := time.Date(rapid.IntRange(2026, 2035).Draw(t, label+" year"), month, 31, 0, 0, 0, 0, time.UTC)
		last = last.AddDate(0, 0, -int(last.Weekday()))
		return last.AddDate(0, 0, rapid.IntRange(-2, 2).Draw(t, label+" beside"))
	}
	return day("2026-01-01").AddDate(0, 0, rapid.IntRange(0, 3651).Draw(t, label))
}

func TestSeriesLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.Local{Day: anyDay(t, "start"), At: calendar.Minute(rapid.IntRange(3*60, 24*60-1).Draw(t, "at"))}
		n := rapid.IntRange(0, 80).Draw(t, "n")
		left := rapid.IntRange(1, 9).Draw(t, "every")
		skip := func(d time.Time) bool { return d.YearDay()%left == 1 }
		all, err := calendar.Weekly(start, n, skip)
		if err != nil || len(all) != n {
			t.Fatalf("%v: got %d of %d, %v", start, len(all), n, err)
		}
		next := start.Day
		for _, at := range all {
			l := calendar.LocalOf(at)
			for ; skip(next); next = next.AddDate(0, 0, 7) {
			}
			if l != (calendar.Local{Day: next, At: start.At}) {
				t.Fatalf("%v: got %v, want %s", start, l, text(next))
			}
			next = next.AddDate(0, 0, 7)
		}
	})
}

func TestWallLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay(t, "day")
		a := calendar.Local{Day: d, At: calendar.Minute(rapid.IntRange(0, 1440).Draw(t, "a"))}
		b := calendar.Local{Day: d, At: calendar.Minute(rapid.IntRange(int(a.At), 1440).Draw(t, "b"))}
		if b.Bound().Before(a.Bound()) {
			t.Fatalf("%v is at %s, but %v at %s", a, utc(a.Bound()), b, utc(b.Bound()))
		}
		next := calendar.Local{Day: d.AddDate(0, 0, 1)}
		if end := (calendar.Local{Day: d, At: calendar.Midnight}); !end.Bound().Equal(next.Bound()) || !next.Bound().Equal(data.StartOf(next.Day)) {
			t.Fatalf("%v is at %s, %v at %s", end, utc(end.Bound()), next, utc(next.Bound()))
		}
		at, err := a.Instant()
		switch wall := (*calendar.WallError)(nil); {
		case err == nil:
			if got := calendar.LocalOf(at); a.At < calendar.Midnight && got != a {
				t.Fatalf("%v is at %s, which shows %v", a, utc(at), got)
			}
		case errors.As(err, &wall) && errors.Is(err, calendar.ErrTwice):
			if calendar.LocalOf(wall.First) != a || calendar.LocalOf(wall.Second) != a || wall.Second.Sub(wall.First) != time.Hour {
				t.Fatalf("%v: got %s and %s", a, utc(wall.First), utc(wall.Second))
			}
		case errors.Is(err, calendar.ErrGap):
			if before := calendar.LocalOf(wall.First.Add(-time.Minute)); before.At.String() != "01:59" || calendar.LocalOf(wall.First).At.String() != "03:00" {
				t.Fatalf("%v: the jump at %s goes from %v", a, utc(wall.First), before)
			}
		default:
			t.Fatal(err)
		}
	})
}
