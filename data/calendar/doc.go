// Package calendar knows when a place is open: Belgian public holidays and Flemish school holidays by
// rule, the opening hours of a location with its seasons, half days and closures, and the wall clock of
// Brussels with its two changes a year. A Calendar is a plain value and its rules are pure; Store keeps
// the calendars of an organisation's locations. Words for people (the names of holidays and reasons) live
// in tui, as do days as people type them; times as people type them are read here (ParseHours).
//
// A day is midnight UTC, as data.ParseDay gives it; spans of days are inclusive, times of day half-open.
package calendar

import "time"

// dayOf is the day that t shows, as midnight UTC: what the rules here compare.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// mondayOf is the Monday of the week (Monday to Sunday) that a day is in.
func mondayOf(day time.Time) time.Time {
	return day.AddDate(0, 0, -((int(day.Weekday()) + 6) % 7))
}

// within tells whether a day lies in a span of days, both ends included.
func within(day, first, last time.Time) bool { return !day.Before(first) && !day.After(last) }
