package words

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	days "digibrug/data/calendar"
)

// CalendarDay is what a holiday, local day or school holiday is called: "calendar.day.<code>".
func CalendarDay(code days.Code) Key { return Key("calendar.day." + string(code)) }

// Weekday is the short name of a day of the week: "ma".
func Weekday(lang Lang, day time.Weekday) string { return calendarOf(lang).weekdays[(day%7+7)%7] }

// Month is the month that a day lies in: "november 2026".
func Month(lang Lang, day time.Time) string {
	return fmt.Sprintf("%s %d", calendarOf(lang).months[day.Month()-1], day.Year())
}

// Hour writes a time of day on the wall: "9.30 u".
func Hour(lang Lang, at days.Minute) string {
	if lang == NL {
		return bareHour(lang, at) + " u"
	}
	return bareHour(lang, at)
}

func bareHour(lang Lang, at days.Minute) string {
	sign := "."
	switch lang {
	case EN:
		sign = ":"
	case FR:
		sign = "h"
	}
	return fmt.Sprintf("%d%s%02d", at/60, sign, at%60)
}

// Hours writes the hours of a day: "9.00-12.00 u, 13.30-16.30 u", or that it is closed. days.ParseHours reads it back.
func Hours(lang Lang, h days.Hours) string {
	if len(h) == 0 {
		return T(lang, CalendarClosed)
	}
	blocks := make([]string, len(h))
	for i, b := range h {
		blocks[i] = bareHour(lang, b.From) + "-" + Hour(lang, b.To)
	}
	return strings.Join(blocks, ", ")
}

// Kept writes the part of a day that a half day keeps: "tot 12.00 u".
func Kept(lang Lang, b days.Block) string {
	switch {
	case b.From == 0 && b.To < days.Midnight:
		return T(lang, CalendarUntil, "at", Hour(lang, b.To))
	case b.To == days.Midnight && b.From > 0:
		return T(lang, CalendarFrom, "at", Hour(lang, b.From))
	}
	return Hours(lang, days.Hours{b})
}

// DayReason says why a day has the hours that it has, or none: "Wapenstilstand". It is empty when the ordinary week
// says so, and the day is open.
func DayReason(lang Lang, d days.Day) string {
	open := len(d.Hours) > 0
	switch d.Why.By {
	case days.ByWeek:
		if open {
			return ""
		}
		return T(lang, CalendarNoHours)
	case days.BySeason:
		if open {
			return T(lang, CalendarInSeason, "name", d.Why.Note)
		}
		return T(lang, CalendarNoHoursIn, "name", d.Why.Note)
	case days.ByHalfDay:
		if d.Why.Note == "" {
			return T(lang, CalendarHalfDay)
		}
		return T(lang, CalendarHalfDayFor, "note", d.Why.Note)
	case days.ByClosure:
		return data.Clean(d.Why.Note, maxArg)
	}
	return T(lang, CalendarDay(days.Code(d.Why.By)))
}

// DaySpan writes days from first to last, both included, and one day alone: "26/07/2027 t.e.m. 30/07/2027".
func DaySpan(lang Lang, first, last time.Time) string {
	if first.Equal(last) {
		return ShortDay(lang, first)
	}
	return T(lang, CalendarSpan, "from", ShortDay(lang, first), "until", ShortDay(lang, last))
}

// WeekdayDay is a day with the short name of the day of the week: "ma 23/11/2026".
func WeekdayDay(lang Lang, day time.Time) string {
	return Weekday(lang, day.Weekday()) + " " + ShortDay(lang, day)
}

// mostDays is how many days a sentence names.
const mostDays = 7

// LostDays says which open days a closure closes.
func LostDays(lang Lang, lost []time.Time) string {
	if len(lost) == 0 {
		return T(lang, CalendarLosesNone)
	}
	var named []string
	for _, day := range lost[:min(len(lost), mostDays)] {
		named = append(named, WeekdayDay(lang, day))
	}
	text := T(lang, CalendarLoses, "n", len(lost), "days", strings.Join(named, ", "))
	if more := len(lost) - mostDays; more > 0 {
		text += " " + T(lang, CalendarLosesMore, "n", more)
	}
	return text
}

// Week gives the days of the week in the order in which people write them: Monday first.
func Week() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}

// weekdayNames are the full Dutch names, Sunday first as in time.Weekday.
func weekdayNames() []string {
	return []string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}
}

// ReadWeekdays reads days of the week as people type them in Dutch: "ma-vr", "ma, wo en za", "zaterdag". A span may
// run over the Sunday. The days come Monday first, each once. It returns an *data.Invalid with an empty Field.
func ReadWeekdays(s string) ([]time.Weekday, error) {
	text := strings.ToLower(data.Clean(s, maxWeekdays))
	text = strings.NewReplacer("–", "-", "—", "-", "−", "-", " tot en met ", "-", " t/m ", "-", " tot ", "-", " en ", ",", "+", ",", "/", ",").Replace(text)
	on := [7]bool{}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		from, to, isSpan := strings.Cut(part, "-")
		first, ok := weekday(from)
		last := first
		if ok && isSpan {
			last, ok = weekday(to)
		}
		if !ok {
			return nil, &data.Invalid{Why: data.WhyNotOneOf, Want: "ma, di, wo, do, vr, za, zo", Got: data.Clean(strings.TrimSpace(part), 40)}
		}
		on[first] = true
		for day := first; day != last; {
			day = (day + 1) % 7
			on[day] = true
		}
	}
	all := slices.DeleteFunc(Week(), func(day time.Weekday) bool { return !on[day] })
	if len(all) == 0 {
		return nil, &data.Invalid{Why: data.WhyEmpty}
	}
	return all, nil
}

// maxWeekdays is how many characters of a list of days are looked at.
const maxWeekdays = 200

func weekday(s string) (time.Weekday, bool) {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".")
	for day, name := range weekdayNames() {
		if s == name || s == name[:2] {
			return time.Weekday(day), true
		}
	}
	return 0, false
}

// ReadCalendarDay reads a holiday, local day or school holiday by its code or its Dutch name, also shortened:
// "kerst" is Christmas. ok is false for none, and for what could be several.
func ReadCalendarDay(s string, among []days.Code) (code days.Code, ok bool) {
	text := data.SortKey(s)
	var found []days.Code
	for _, one := range among {
		name := data.SortKey(T(NL, CalendarDay(one)))
		switch {
		case text == string(one) || text == name:
			return one, true
		case text != "" && strings.HasPrefix(name, text):
			found = append(found, one)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}
