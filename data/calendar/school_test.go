package calendar_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"digibrug/data/calendar"
)

// As schools printed them from the ministry's list (onderwijs.vlaanderen.be, "schoolvakanties"): autumn,
// Christmas, carnival, Easter. Easter Monday after a late Easter counts with the Easter holiday.
var published = map[int]string{
	2006: "30/10–5/11 25/12–7/1 19/2–25/2 2/4–15/4", // Easter 8 April
	2007: "29/10–4/11 24/12–6/1 4/2–10/2 24/3–6/4",  // Easter 23 March
	2009: "2/11–8/11 21/12–3/1 15/2–21/2 5/4–18/4",  // 1 November a Sunday, Easter 4 April
	2018: "29/10–4/11 24/12–6/1 4/3–10/3 8/4–22/4",  // Easter 21 April
	2019: "28/10–3/11 23/12–5/1 24/2–1/3 6/4–19/4",  // Easter 12 April
	2020: "2/11–8/11 21/12–3/1 15/2–21/2 5/4–18/4",  // 1 November a Sunday
	2021: "1/11–7/11 27/12–9/1 28/2–6/3 4/4–18/4",   // Christmas a Saturday, Easter 17 April
	2022: "31/10–6/11 26/12–8/1 20/2–26/2 3/4–16/4", // Christmas a Sunday, Easter 9 April
	2023: "30/10–5/11 25/12–7/1 12/2–18/2 1/4–14/4", // Christmas a Monday, Easter 31 March
	2024: "28/10–3/11 23/12–5/1 3/3–9/3 7/4–21/4",   // Easter 20 April
	2025: "27/10–2/11 22/12–4/1 16/2–22/2 6/4–19/4", // 1 November a Saturday, Easter 5 April
}

func TestSchoolHolidaysAsPublished(t *testing.T) {
	for year, want := range published {
		all := calendar.SchoolHolidays(year, nil)
		var got []string
		for _, h := range all[:4] {
			got = append(got, fmt.Sprintf("%d/%d–%d/%d", h.First.Day(), h.First.Month(), h.Last.Day(), h.Last.Month()))
		}
		if line := strings.Join(got, " "); line != want {
			t.Errorf("%d-%d: got %s, want %s", year, year+1, line, want)
		}
		if summer := all[4]; text(summer.First) != fmt.Sprintf("%d-07-01", year+1) || text(summer.Last) != fmt.Sprintf("%d-08-31", year+1) {
			t.Errorf("%d: got summer %s to %s", year, text(summer.First), text(summer.Last))
		}
	}
}

// A week is Monday to Sunday: the weekend before is no holiday, the one at the end is.
func TestSchoolHolidayWeekends(t *testing.T) {
	for on, want := range map[string]calendar.Code{
		"2025-10-25": "", "2025-10-26": "", "2025-10-27": calendar.AutumnBreak, "2025-11-02": calendar.AutumnBreak, "2025-11-03": "",
		"2025-12-21": "", "2025-12-22": calendar.ChristmasBreak, "2026-01-04": calendar.ChristmasBreak, "2026-01-05": "",
		"2027-03-28": "", "2027-03-29": calendar.EasterBreak, "2027-04-11": calendar.EasterBreak, "2027-04-12": "", // Easter in March
		"2028-04-03": calendar.EasterBreak, "2028-04-17": calendar.EasterBreak, "2028-04-18": "", // Easter Monday after a late Easter
		"2026-06-30": "", "2026-07-01": calendar.SummerBreak, "2026-08-31": calendar.SummerBreak, "2026-09-01": "",
	} {
		if got, ok := calendar.SchoolHolidayOn(day(on), nil); got.Code != want || ok != (want != "") {
			t.Errorf("%s (%s): got %q, want %q", on, day(on).Weekday(), got.Code, want)
		}
	}
}

func TestSchoolHolidayRules(t *testing.T) {
	for year := 1991; year <= 2400; year++ {
		all := calendar.SchoolHolidays(year, nil)
		easter := calendar.Easter(year + 1)
		for i, h := range all {
			days := int(h.Last.Sub(h.First)/(24*time.Hour)) + 1
			want := []int{7, 14, 7, 14, 62}[i]
			lastDay := time.Sunday
			if h.Code == calendar.EasterBreak && easter.After(time.Date(year+1, time.April, 15, 0, 0, 0, 0, time.UTC)) {
				want, lastDay = 15, time.Monday
			}
			if days != want {
				t.Fatalf("%s %s: got %d days, want %d", text(h.First), h.Code, days, want)
			}
			if h.Code != calendar.SummerBreak && (h.First.Weekday() != time.Monday || h.Last.Weekday() != lastDay) {
				t.Fatalf("%s: got %s %s to %s %s", h.Code, h.First.Weekday(), text(h.First), h.Last.Weekday(), text(h.Last))
			}
			if i > 0 && !all[i-1].Last.Before(h.First) {
				t.Fatalf("%d: %s runs into %s", year, all[i-1].Code, h.Code)
			}
			if h.Code != calendar.SchoolBreaks()[i] || calendar.SchoolYear(h.First) != year || calendar.SchoolYear(h.Last) != year {
				t.Fatalf("%d: %s lies at %s to %s", year, h.Code, text(h.First), text(h.Last))
			}
		}
		first, april := all[3].First, easter.Month() == time.April
		switch {
		case !april && !first.Equal(easter.AddDate(0, 0, 1)),
			april && easter.Day() <= 15 && (first.Month() != time.April || first.Day() > 7),
			april && easter.Day() > 15 && !first.Equal(easter.AddDate(0, 0, -13)):
			t.Fatalf("Easter %s: the holiday begins on %s", text(easter), text(first))
		}
		has := func(i int, m time.Month, d int) bool {
			at := time.Date(year, m, d, 0, 0, 0, 0, time.UTC)
			return !at.Before(all[i].First) && !at.After(all[i].Last)
		}
		saints := time.Date(year, time.November, 1, 0, 0, 0, 0, time.UTC).Weekday()
		if has(0, time.November, 1) == (saints == time.Sunday) {
			t.Fatalf("%d: autumn %s to %s and 1 November a %s", year, text(all[0].First), text(all[0].Last), saints)
		}
		if day := time.Date(year, time.December, 25, 0, 0, 0, 0, time.UTC).Weekday(); has(1, time.December, 25) == (day == time.Saturday || day == time.Sunday) {
			t.Fatalf("%d: Christmas %s to %s and the 25th a %s", year, text(all[1].First), text(all[1].Last), day)
		}
		if carnival := int(easter.Sub(all[2].First) / (24 * time.Hour)); carnival != 48 {
			t.Fatalf("%d: carnival %d days before Easter, want 48", year, carnival)
		}
	}
}

// In 2020 the autumn holiday was a week longer, against the virus.
func TestOfficialDatesBeatTheRule(t *testing.T) {
	official := []calendar.SchoolHoliday{{Year: 2020, Code: calendar.AutumnBreak, First: day("2020-11-02"), Last: day("2020-11-15")}}
	if _, ok := calendar.SchoolHolidayOn(day("2020-11-15"), nil); ok {
		t.Error("15 November 2020 is a school holiday by the rule")
	}
	if h, ok := calendar.SchoolHolidayOn(day("2020-11-15"), official); !ok || h.Code != calendar.AutumnBreak {
		t.Errorf("15 November 2020: got %+v, %v, want the autumn holiday", h, ok)
	}
	if h, ok := calendar.SchoolHolidayOn(day("2021-11-14"), official); ok {
		t.Errorf("14 November 2021: got %+v, want none: official dates are of one year", h)
	}
	if got := calendar.SchoolHolidays(2020, official)[1].Code; got != calendar.ChristmasBreak {
		t.Errorf("got %s second, want Christmas by the rule", got)
	}
}
