package calendar

import (
	"slices"
	"time"

	"digibrug/data"
)

// The school holidays of Flanders.
const (
	AutumnBreak    Code = "school_autumn"
	ChristmasBreak Code = "school_christmas"
	CarnivalBreak  Code = "school_carnival"
	EasterBreak    Code = "school_easter"
	SummerBreak    Code = "school_summer"
)

// SchoolBreaks lists the codes of the school holidays in the order of a school year.
func SchoolBreaks() []Code {
	return []Code{AutumnBreak, ChristmasBreak, CarnivalBreak, EasterBreak, SummerBreak}
}

// SchoolHoliday is one school holiday of one school year.
type SchoolHoliday struct {
	Year        int // in which the school year begins: 2026 is 1 September 2026 to 31 August 2027
	Code        Code
	First, Last time.Time // both included
}

// SchoolYear is the school year that a day lies in, by the year in which it begins.
func SchoolYear(day time.Time) int {
	if day.Month() < time.September {
		return day.Year() - 1
	}
	return day.Year()
}

// SchoolHolidays gives the five school holidays of a school year in order. official has dates that the
// government published for some of them: for those holidays of that year they hold, and not the rule.
//
// The rule (decision of the Flemish Government of 17 April 1991 on the school year in primary education;
// in the same words article 7 of that of 31 August 2001 for secondary education):
// autumn, one week from the Monday of 1 November's week, or from 2 November when the 1st is a Sunday;
// Christmas, two weeks from the Monday of 25 December's week, or from the Monday after when the 25th is in
// a weekend; carnival, one week from the seventh Monday before Easter; Easter, two weeks from the first
// Monday of April, but from the Monday after Easter when that is in March, and from the second Monday
// before Easter when that is after 15 April, and then Easter Monday is free as well; summer, July and August.
//
// A week runs from its Monday to its Sunday, as the ministry prints it: "maandag 27 oktober tot en met
// zondag 2 november". The weekend before the first Monday is not part of the holiday.
func SchoolHolidays(year int, official []SchoolHoliday) []SchoolHoliday {
	easter := Easter(year + 1)
	all := []SchoolHoliday{
		weeks(year, AutumnBreak, autumnMonday(year), 1),
		weeks(year, ChristmasBreak, christmasMonday(year), 2),
		weeks(year, CarnivalBreak, easter.AddDate(0, 0, -48), 1),
		easterBreak(year, easter),
		{Year: year, Code: SummerBreak, First: date(year+1, time.July, 1), Last: date(year+1, time.August, 31)},
	}
	for i, h := range all {
		for _, o := range official {
			if o.Year == year && o.Code == h.Code {
				all[i] = SchoolHoliday{Year: year, Code: o.Code, First: dayOf(o.First), Last: dayOf(o.Last)}
			}
		}
	}
	return all
}

func weeks(year int, code Code, monday time.Time, n int) SchoolHoliday {
	return SchoolHoliday{Year: year, Code: code, First: monday, Last: monday.AddDate(0, 0, 7*n-1)}
}

func autumnMonday(year int) time.Time {
	first := date(year, time.November, 1)
	if first.Weekday() == time.Sunday {
		return first.AddDate(0, 0, 1)
	}
	return mondayOf(first)
}

func christmasMonday(year int) time.Time {
	christmas := date(year, time.December, 25)
	monday := mondayOf(christmas)
	if day := christmas.Weekday(); day == time.Saturday || day == time.Sunday {
		return monday.AddDate(0, 0, 7)
	}
	return monday
}

func easterBreak(year int, easter time.Time) SchoolHoliday {
	switch april := date(easter.Year(), time.April, 1); {
	case easter.Before(april):
		return weeks(year, EasterBreak, easter.AddDate(0, 0, 1), 2)
	case easter.After(date(easter.Year(), time.April, 15)):
		h := weeks(year, EasterBreak, easter.AddDate(0, 0, -13), 2)
		h.Last = h.Last.AddDate(0, 0, 1) // Easter Monday
		return h
	default:
		return weeks(year, EasterBreak, mondayOf(april.AddDate(0, 0, 6)), 2) // of 7 April: the first one of the month
	}
}

// SchoolHolidayOn gives the school holiday that a day lies in. official is as for SchoolHolidays.
func SchoolHolidayOn(day time.Time, official []SchoolHoliday) (SchoolHoliday, bool) {
	day = dayOf(day)
	for _, h := range SchoolHolidays(SchoolYear(day), official) {
		if within(day, h.First, h.Last) {
			return h, true
		}
	}
	return SchoolHoliday{}, false
}

// check says what is wrong with official dates: an unknown holiday, days outside its school year or in the
// wrong order, or days that another holiday of that year has, by official dates or by the rule.
func (h SchoolHoliday) check(official []SchoolHoliday) error {
	if !slices.Contains(SchoolBreaks(), h.Code) {
		return &data.Invalid{Field: "school_holiday", Why: data.WhyNotOneOf, Want: join(SchoolBreaks()), Got: data.Clean(string(h.Code), 40)}
	}
	if err := checkSpan("school_holiday", h.First, h.Last); err != nil {
		return err
	}
	if !within(h.First, date(h.Year, time.September, 1), date(h.Year+1, time.August, 31)) || SchoolYear(h.Last) != h.Year {
		return &data.Invalid{Field: "school_holiday", Why: data.WhyDay, Got: span(h.First, h.Last),
			Want: span(date(h.Year, time.September, 1), date(h.Year+1, time.August, 31))}
	}
	for _, other := range SchoolHolidays(h.Year, official) {
		if other.Code != h.Code && overlap(h.First, h.Last, other.First, other.Last) {
			return &data.Invalid{Field: "school_holiday", Why: WhyOverlap, Got: span(other.First, other.Last)}
		}
	}
	return nil
}

// IsOfficial tells whether the dates of a school holiday are among the official ones, and not by the rule.
func IsOfficial(h SchoolHoliday, official []SchoolHoliday) bool {
	return slices.ContainsFunc(official, func(o SchoolHoliday) bool { return o.Year == h.Year && o.Code == h.Code })
}
