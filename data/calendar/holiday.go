package calendar

import (
	"slices"
	"time"
)

// Code names a kind of day on which a location may be closed. A location ticks those that close it.
type Code string

// The ten public holidays: royal decree of 18 April 1974, article 1, which carries out article 4 of the
// law of 4 January 1974 on public holidays.
const (
	NewYear      Code = "new_year"      // 1 January
	EasterMonday Code = "easter_monday" // the day after Easter
	LabourDay    Code = "labour_day"    // 1 May
	Ascension    Code = "ascension"     // the Thursday 39 days after Easter
	WhitMonday   Code = "whit_monday"   // the Monday 50 days after Easter
	NationalDay  Code = "national_day"  // 21 July
	Assumption   Code = "assumption"    // 15 August
	AllSaints    Code = "all_saints"    // 1 November
	Armistice    Code = "armistice"     // 11 November
	Christmas    Code = "christmas"     // 25 December
)

// Local days: custom and local regulations close town halls on them, no law does.
const (
	SecondJanuary Code = "second_january" // 2 January
	FlemishDay    Code = "flemish_day"    // 11 July, feast of the Flemish Community
	AllSouls      Code = "all_souls"      // 2 November
	KingsDay      Code = "kings_day"      // 15 November
	BoxingDay     Code = "boxing_day"     // 26 December
	Fair          Code = "fair"           // kermis: on given days (LocalDay)
	Bridge        Code = "bridge"         // brugdag: on given days (LocalDay)
)

// PublicHolidays lists the codes of the ten public holidays in the order of the decree's dates.
func PublicHolidays() []Code {
	return []Code{NewYear, EasterMonday, LabourDay, Ascension, WhitMonday, NationalDay, Assumption, AllSaints, Armistice, Christmas}
}

// LocalDays lists the codes of local days, those on given days last.
func LocalDays() []Code {
	return []Code{SecondJanuary, FlemishDay, AllSouls, KingsDay, BoxingDay, Fair, Bridge}
}

// Ticks lists every code that a location may tick, in the order in which screens show them.
func Ticks() []Code { return slices.Concat(PublicHolidays(), LocalDays(), SchoolBreaks()) }

// Holiday is one named day of a year.
type Holiday struct {
	Day  time.Time // midnight UTC
	Code Code
}

// LocalDay is a day that an organisation gives a meaning for one year: Fair or Bridge.
type LocalDay = Holiday

// Easter is Easter Sunday of a year in the Gregorian calendar.
// Source: the anonymous algorithm of 1876, as in J. Meeus, Astronomical Algorithms, 2nd ed., chapter 8;
// it has no exceptions from 1583 on.
func Easter(year int) time.Time {
	a, b, c := mod(year, 19), div(year, 100), mod(year, 100)
	d, e := div(b, 4), mod(b, 4)
	f := div(b+8, 25)
	g := div(b-f+1, 3)
	h := mod(19*a+b-d-g+15, 30)
	i, k := c/4, c%4
	l := mod(32+2*e+2*i-h-k, 7)
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(year, time.Month(n/31), n%31+1)
}

// div and mod round down, so that a year before 0 still gives a day.
func div(a, b int) int { return (a - mod(a, b)) / b }
func mod(a, b int) int { return ((a % b) + b) % b }

// Holidays gives the public holidays of a year in order: always ten, on ten days. When Ascension falls on
// 1 May (Easter on 23 March: 2008, then 2160) the day after takes its place, as the royal decree of 3 June
// 2007 laid down for 2008.
func Holidays(year int) []Holiday {
	easter := Easter(year)
	ascension := easter.AddDate(0, 0, 39)
	if labour := date(year, time.May, 1); ascension.Equal(labour) {
		ascension = labour.AddDate(0, 0, 1)
	}
	all := []Holiday{
		{date(year, time.January, 1), NewYear},
		{easter.AddDate(0, 0, 1), EasterMonday},
		{date(year, time.May, 1), LabourDay},
		{ascension, Ascension},
		{easter.AddDate(0, 0, 50), WhitMonday},
		{date(year, time.July, 21), NationalDay},
		{date(year, time.August, 15), Assumption},
		{date(year, time.November, 1), AllSaints},
		{date(year, time.November, 11), Armistice},
		{date(year, time.December, 25), Christmas},
	}
	slices.SortFunc(all, func(a, b Holiday) int { return a.Day.Compare(b.Day) }) // Ascension may precede 1 May
	return all
}

// HolidayOn gives the public holiday that a day is.
func HolidayOn(day time.Time) (Code, bool) {
	day = dayOf(day)
	for _, h := range Holidays(day.Year()) {
		if h.Day.Equal(day) {
			return h.Code, true
		}
	}
	return "", false
}

// fixedDay is a local day that comes on the same date every year.
type fixedDay struct {
	month time.Month
	day   int
	code  Code
}

func fixedDays() []fixedDay {
	return []fixedDay{{time.January, 2, SecondJanuary}, {time.July, 11, FlemishDay}, {time.November, 2, AllSouls}, {time.November, 15, KingsDay},
		{time.December, 26, BoxingDay}}
}

// LocalDayOn gives the local day of fixed date that a day is: never Fair or Bridge.
func LocalDayOn(day time.Time) (Code, bool) {
	_, m, d := day.Date()
	for _, fixed := range fixedDays() {
		if fixed.month == m && fixed.day == d {
			return fixed.code, true
		}
	}
	return "", false
}
