package courses

import (
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// WeekPart is a part of a day of the week on which somebody can come each week: "tue-am".
type WeekPart string

// The parts of a day, as a WeekPart ends. A lesson is in the part in which it begins.
const (
	Morning   = "am" // before noon
	Afternoon = "pm" // from noon on
	Evening   = "ev" // from five o'clock on
)

// WhyWeekPart says that Got is no part of a week.
const WhyWeekPart data.Why = "courses.week_part"

// dayCodes are how a WeekPart begins, by weekday.
func dayCodes() []string { return []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} }

// DayParts gives the parts of a day in order.
func DayParts() []string { return []string{Morning, Afternoon, Evening} }

// PartOf is a part of a weekday.
func PartOf(day time.Weekday, part string) WeekPart { return WeekPart(dayCodes()[day] + "-" + part) }

// PartAt is the part of the week in which a lesson begins.
func PartAt(day time.Weekday, from calendar.Minute) WeekPart {
	switch {
	case from < 12*60:
		return PartOf(day, Morning)
	case from < 17*60:
		return PartOf(day, Afternoon)
	}
	return PartOf(day, Evening)
}

// WeekParts gives all parts of a week, from Monday morning on.
func WeekParts() (all []WeekPart) {
	for i := range 7 {
		for _, part := range DayParts() {
			all = append(all, PartOf(time.Weekday((i+1)%7), part))
		}
	}
	return all
}

// Day is the weekday of the part, and Part which one of it; ok is false for what is no part of a week.
func (p WeekPart) Day() (day time.Weekday, part string, ok bool) {
	name, part, _ := strings.Cut(string(p), "-")
	at := slices.Index(dayCodes(), name)
	return time.Weekday(max(at, 0)), part, at >= 0 && slices.Contains(DayParts(), part)
}

// orderedParts gives parts in the order of the week, each once. It returns an *data.Invalid.
func orderedParts(all []WeekPart) (parts []WeekPart, err error) {
	for _, p := range all {
		if _, _, ok := p.Day(); !ok {
			return nil, &data.Invalid{Field: "slots", Why: WhyWeekPart, Got: data.Clean(string(p), 20)}
		}
	}
	for _, p := range WeekParts() {
		if slices.Contains(all, p) {
			parts = append(parts, p)
		}
	}
	return parts, nil
}
