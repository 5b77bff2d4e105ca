package calendar

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
)

// Bounds of a calendar, wide enough for anybody and narrow enough for a screen.
const (
	mostSeasons  = 60
	mostHalfDays = 400
	mostClosures = 400
	noteLimit    = 80 // characters of a season's name, a half day's note and a closure's reason
)

// Bounds of the days that a calendar may name.
var firstDay, lastDay = date(1900, time.January, 1), date(2999, time.December, 31)

// Normal gives the calendar as it is stored: days at midnight UTC, lists in order, no tick twice, texts cleaned.
// It returns an *data.Invalid for the first thing that can't be: hours that end before they begin or run
// over others, seasons or closures over one another, two half days on one day, no name or reason, an
// unknown tick, days out of range. Normal of a normal calendar changes nothing.
func (c Calendar) Normal() (Calendar, error) {
	n := Calendar{}
	var err error
	if n.Week, err = c.Week.normal("hours"); err != nil {
		return Calendar{}, err
	}
	if n.Seasons, err = normalSeasons(c.Seasons); err != nil {
		return Calendar{}, err
	}
	if n.HalfDays, err = normalHalfDays(c.HalfDays); err != nil {
		return Calendar{}, err
	}
	if n.Closures, err = normalClosures(c.Closures); err != nil {
		return Calendar{}, err
	}
	if n.Ticks, err = normalTicks(c.Ticks); err != nil {
		return Calendar{}, err
	}
	if n.LocalDays, err = normalLocalDays(c.LocalDays); err != nil {
		return Calendar{}, err
	}
	n.School, err = normalSchool(c.School)
	return n, err
}

func (w Week) normal(field string) (n Week, err error) {
	for day, hours := range w {
		if n[day], err = hours.normal(field); err != nil {
			return Week{}, err
		}
	}
	return n, nil
}

func normalSeasons(all []Season) ([]Season, error) {
	if err := checkCount("season", len(all), mostSeasons); err != nil {
		return nil, err
	}
	all = append([]Season(nil), all...)
	for i, s := range all {
		week, err := s.Week.normal("season")
		if err != nil {
			return nil, err
		}
		if err := checkSpan("season", s.First, s.Last); err != nil {
			return nil, err
		}
		name := data.Clean(s.Name, noteLimit)
		if name == "" {
			return nil, &data.Invalid{Field: "season_name", Why: data.WhyEmpty}
		}
		all[i] = Season{name, dayOf(s.First), dayOf(s.Last), week}
	}
	slices.SortStableFunc(all, func(a, b Season) int { return a.First.Compare(b.First) })
	for i := 1; i < len(all); i++ {
		if !all[i].First.After(all[i-1].Last) {
			return nil, &data.Invalid{Field: "season", Why: WhyOverlap, Got: all[i-1].Name + ", " + all[i].Name}
		}
	}
	return all, nil
}

func normalHalfDays(all []HalfDay) ([]HalfDay, error) {
	if err := checkCount("half_day", len(all), mostHalfDays); err != nil {
		return nil, err
	}
	all = append([]HalfDay(nil), all...)
	for i, h := range all {
		if err := checkSpan("half_day", h.Day, h.Day); err != nil {
			return nil, err
		}
		if !h.Keep.ok() {
			return nil, &data.Invalid{Field: "half_day", Why: WhyOrder, Got: h.Keep.String()}
		}
		all[i] = HalfDay{dayOf(h.Day), h.Keep, data.Clean(h.Note, noteLimit)}
	}
	slices.SortStableFunc(all, func(a, b HalfDay) int { return a.Day.Compare(b.Day) })
	for i := 1; i < len(all); i++ {
		if all[i].Day.Equal(all[i-1].Day) {
			return nil, &data.Invalid{Field: "half_day", Why: data.WhyTwice, Got: all[i].Day.Format(data.DayLayout)}
		}
	}
	return all, nil
}

func normalClosures(all []Closure) ([]Closure, error) {
	if err := checkCount("closure", len(all), mostClosures); err != nil {
		return nil, err
	}
	all = append([]Closure(nil), all...)
	for i, c := range all {
		if err := checkSpan("closure", c.First, c.Last); err != nil {
			return nil, err
		}
		reason := data.Clean(c.Reason, noteLimit)
		if reason == "" {
			return nil, &data.Invalid{Field: "reason", Why: data.WhyEmpty}
		}
		all[i] = Closure{dayOf(c.First), dayOf(c.Last), reason}
	}
	slices.SortStableFunc(all, func(a, b Closure) int { return a.First.Compare(b.First) })
	for i := 1; i < len(all); i++ {
		if !all[i].First.After(all[i-1].Last) {
			return nil, &data.Invalid{Field: "closure", Why: WhyOverlap, Got: all[i-1].Reason + ", " + all[i].Reason}
		}
	}
	return all, nil
}

func normalTicks(ticks []Code) ([]Code, error) {
	known := Ticks()
	for _, t := range ticks {
		if !slices.Contains(known, t) {
			return nil, &data.Invalid{Field: "tick", Why: data.WhyNotOneOf, Want: join(known), Got: data.Clean(string(t), 40)}
		}
	}
	known = slices.DeleteFunc(known, func(code Code) bool { return !slices.Contains(ticks, code) })
	if len(known) == 0 {
		return nil, nil
	}
	return known, nil
}

func normalLocalDays(all []LocalDay) ([]LocalDay, error) {
	all = append([]LocalDay(nil), all...)
	for i, l := range all {
		if err := l.check(); err != nil {
			return nil, err
		}
		all[i].Day = dayOf(l.Day)
	}
	slices.SortStableFunc(all, func(a, b LocalDay) int { return a.Day.Compare(b.Day) })
	for i := 1; i < len(all); i++ {
		if all[i].Day.Equal(all[i-1].Day) {
			return nil, &data.Invalid{Field: "local_day", Why: data.WhyTwice, Got: all[i].Day.Format(data.DayLayout)}
		}
	}
	return all, nil
}

func normalSchool(all []SchoolHoliday) ([]SchoolHoliday, error) {
	all = append([]SchoolHoliday(nil), all...)
	for i, h := range all {
		if err := h.check(all); err != nil {
			return nil, err
		}
		all[i].First, all[i].Last = dayOf(h.First), dayOf(h.Last)
	}
	slices.SortStableFunc(all, func(a, b SchoolHoliday) int { return a.First.Compare(b.First) })
	for i, h := range all {
		for _, other := range all[:i] {
			if other.Year == h.Year && other.Code == h.Code {
				return nil, &data.Invalid{Field: "school_holiday", Why: data.WhyTwice, Got: span(h.First, h.Last)}
			}
		}
	}
	return all, nil
}

// check says what is wrong with a day of the fair or a bridge day.
func (h Holiday) check() error {
	if h.Code != Fair && h.Code != Bridge {
		return &data.Invalid{Field: "local_day", Why: data.WhyNotOneOf, Want: join([]Code{Fair, Bridge}), Got: data.Clean(string(h.Code), 40)}
	}
	return checkSpan("local_day", h.Day, h.Day)
}

func checkCount(field string, n, most int) error {
	if n > most {
		return &data.Invalid{Field: field, Why: data.WhyTooLong, Want: strconv.Itoa(most), Got: strconv.Itoa(n)}
	}
	return nil
}

func checkSpan(field string, first, last time.Time) error {
	if first, last = dayOf(first), dayOf(last); last.Before(first) || first.Before(firstDay) || last.After(lastDay) {
		return &data.Invalid{Field: field, Why: data.WhyDay, Got: span(first, last)}
	}
	return nil
}

// overlap tells whether two spans of days have one in common.
func overlap(first, last, otherFirst, otherLast time.Time) bool {
	return !dayOf(first).After(dayOf(otherLast)) && !dayOf(otherFirst).After(dayOf(last))
}

func span(first, last time.Time) string {
	if dayOf(first).Equal(dayOf(last)) {
		return first.Format(data.DayLayout)
	}
	return first.Format(data.DayLayout) + " … " + last.Format(data.DayLayout)
}

func join(codes []Code) string {
	texts := make([]string, len(codes))
	for i, c := range codes {
		texts[i] = string(c)
	}
	return strings.Join(texts, ", ")
}
