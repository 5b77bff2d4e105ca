package calendar_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"digibrug/data/calendar"
)

// Dates as printed by the Royal Observatory and in almanacs; the edges are 22 March (1818, 2285) and 25 April.
func TestEaster(t *testing.T) {
	for _, want := range []string{
		"1583-04-10", "1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24",
		"2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2076-04-19", "2285-03-22",
	} {
		if got := calendar.Easter(day(want).Year()); text(got) != want {
			t.Errorf("got %s, want %s", text(got), want)
		}
	}
}

// knuth is another way to Easter, by golden number and epact: D. Knuth, The Art of Computer Programming,
// volume 1, 1.3.2, exercise 14 (after Clavius).
func knuth(y int) time.Time {
	golden, century := y%19+1, y/100+1
	leaps := 3*century/4 - 12
	moon := (8*century+5)/25 - 5
	sunday := 5*y/4 - leaps - 10
	epact := (11*golden + 20 + moon - leaps) % 30
	if epact < 0 {
		epact += 30
	}
	if epact == 25 && golden > 11 || epact == 24 {
		epact++
	}
	n := 44 - epact
	if n < 21 {
		n += 30
	}
	n += 7 - (sunday+n)%7
	return time.Date(y, time.March, n, 0, 0, 0, 0, time.UTC)
}

func TestEasterTwoWays(t *testing.T) {
	for year := 1583; year <= 4099; year++ {
		got := calendar.Easter(year)
		if want := knuth(year); !got.Equal(want) || got.Weekday() != time.Sunday {
			t.Fatalf("got %s (%s), want %s", text(got), got.Weekday(), text(want))
		}
	}
	for _, year := range []int{-5000, -1, 0, 1, 1582, 1 << 40} {
		calendar.Easter(year) // total: a day, and no panic
	}
}

func TestCase29PublicHolidaysOf2027(t *testing.T) {
	want := []string{"2027-01-01 Friday new_year", "2027-03-29 Monday easter_monday", "2027-05-01 Saturday labour_day", "2027-05-06 Thursday ascension",
		"2027-05-17 Monday whit_monday", "2027-07-21 Wednesday national_day", "2027-08-15 Sunday assumption", "2027-11-01 Monday all_saints",
		"2027-11-11 Thursday armistice", "2027-12-25 Saturday christmas"}
	var got []string
	for _, h := range calendar.Holidays(2027) {
		got = append(got, fmt.Sprintf("%s %s %s", text(h.Day), h.Day.Weekday(), h.Code))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, local := range []string{"2027-01-02", "2027-07-11", "2027-11-02", "2027-11-15", "2027-12-26", "2027-03-28", "2027-05-16"} {
		if code, ok := calendar.HolidayOn(day(local)); ok {
			t.Errorf("%s is the public holiday %s, want none", local, code)
		}
	}
}

func TestExactlyTenHolidaysAYear(t *testing.T) {
	codes := calendar.PublicHolidays()
	slices.Sort(codes)
	for year := 1974; year <= 2500; year++ {
		all := calendar.Holidays(year)
		var named []calendar.Code
		for i, h := range all {
			named = append(named, h.Code)
			if i > 0 && !all[i-1].Day.Before(h.Day) || h.Day.Year() != year {
				t.Fatalf("%d: %s does not come after %s in the year", year, text(h.Day), text(all[max(i-1, 0)].Day))
			}
			if code, ok := calendar.HolidayOn(h.Day); !ok || code != h.Code {
				t.Fatalf("%s: got %s, want %s", text(h.Day), code, h.Code)
			}
			want, fixed := map[calendar.Code]time.Weekday{calendar.EasterMonday: time.Monday, calendar.WhitMonday: time.Monday, calendar.Ascension: time.Thursday}[h.Code]
			if moved := text(calendar.Easter(year))[5:] == "03-23"; fixed && h.Day.Weekday() != want && !(h.Code == calendar.Ascension && moved) {
				t.Fatalf("%s %s is a %s, want %s", text(h.Day), h.Code, h.Day.Weekday(), want)
			}
		}
		slices.Sort(named)
		if !slices.Equal(named, codes) {
			t.Fatalf("%d: got %v, want each of %v once", year, named, codes)
		}
	}
	// The royal decree of 3 June 2007: 2 May 2008 in the place of Ascension, which fell on 1 May.
	if code, _ := calendar.HolidayOn(day("2008-05-02")); code != calendar.Ascension {
		t.Errorf("2 May 2008: got %q, want ascension", code)
	}
}

func TestLocalDaysOfFixedDate(t *testing.T) {
	for on, want := range map[string]calendar.Code{"2027-01-02": calendar.SecondJanuary, "2027-07-11": calendar.FlemishDay, "2027-11-02": calendar.AllSouls,
		"2027-11-15": calendar.KingsDay, "2027-12-26": calendar.BoxingDay, "2027-01-01": "", "2027-12-27": ""} {
		if got, ok := calendar.LocalDayOn(day(on)); got != want || ok != (want != "") {
			t.Errorf("%s: got %q, %v, want %q", on, got, ok, want)
		}
	}
}
