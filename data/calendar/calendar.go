package calendar

import (
	"slices"
	"time"
)

// Week is the opening hours of a week, by time.Weekday: index 0 is Sunday.
type Week [7]Hours

// Season is a span of days with a week of its own, such as the summer hours of a library.
type Season struct {
	Name        string
	First, Last time.Time // both included
	Week        Week
}

// HalfDay is a day of which only a part is kept, such as the morning of 24 December. It never opens more
// than the week does.
type HalfDay struct {
	Day  time.Time
	Keep Block // {0, Noon} is the morning
	Note string
}

// Closure is a span of days without opening hours.
type Closure struct {
	First, Last time.Time // both included
	Reason      string
}

// Calendar says when one location is open. The zero Calendar is always closed.
type Calendar struct {
	Week     Week
	Seasons  []Season  // no two over one another
	HalfDays []HalfDay // one a day
	Closures []Closure // no two over one another
	Ticks    []Code    // the holidays and local days that close this location

	// Given by the organisation and by the house, the same for all their locations.
	LocalDays []LocalDay      // the days of the fair and the bridge days
	School    []SchoolHoliday // official dates that go before the rule
}

// Source says what decides about a day. When it is a holiday, local day or school holiday, it has that Code.
type Source Code

// What decides about a day besides the codes of days.
const (
	ByWeek    Source = "week"
	BySeason  Source = "season"   // Reason.Note is its name
	ByHalfDay Source = "half_day" // Reason.Note is the half day's
	ByClosure Source = "closure"  // Reason.Note is its reason
)

// Reason says why a day has the hours that it has, or none.
type Reason struct {
	By   Source
	Note string // what people typed, where By says so; may be empty
}

// OpenOn gives the hours of a day, none when the location is closed, and what decides about them. A closure
// goes before a ticked public holiday, that before a ticked local day, that before a ticked school holiday;
// on other days the week of the season or else the ordinary one holds, of which a half day keeps a part.
func (c Calendar) OpenOn(day time.Time) (Hours, Reason) {
	day = dayOf(day)
	for _, closed := range c.Closures {
		if within(day, closed.First, closed.Last) {
			return nil, Reason{ByClosure, closed.Reason}
		}
	}
	if code, ok := c.tickedOn(day); ok {
		return nil, Reason{By: Source(code)}
	}
	hours, why := c.Week[day.Weekday()], Reason{By: ByWeek}
	for _, s := range c.Seasons {
		if within(day, s.First, s.Last) {
			hours, why = s.Week[day.Weekday()], Reason{BySeason, s.Name}
			break
		}
	}
	if len(hours) == 0 {
		return nil, why
	}
	for _, half := range c.HalfDays {
		if half.Day.Equal(day) {
			return hours.Within(half.Keep), Reason{ByHalfDay, half.Note}
		}
	}
	return slices.Clone(hours), why // the caller's own: nothing it does reaches the calendar
}

// tickedOn gives the first ticked code that a day has.
func (c Calendar) tickedOn(day time.Time) (Code, bool) {
	if len(c.Ticks) == 0 {
		return "", false
	}
	if code, ok := HolidayOn(day); ok && slices.Contains(c.Ticks, code) {
		return code, true
	}
	if code, ok := LocalDayOn(day); ok && slices.Contains(c.Ticks, code) {
		return code, true
	}
	for _, local := range c.LocalDays {
		if local.Day.Equal(day) && slices.Contains(c.Ticks, local.Code) {
			return local.Code, true
		}
	}
	if h, ok := SchoolHolidayOn(day, c.School); ok && slices.Contains(c.Ticks, h.Code) {
		return h.Code, true
	}
	return "", false
}

// IsOpen tells whether a day has opening hours.
func (c Calendar) IsOpen(day time.Time) bool {
	hours, _ := c.OpenOn(day)
	return len(hours) > 0
}

// IsClosed tells whether a day has none: what Weekly takes as skip.
func (c Calendar) IsClosed(day time.Time) bool { return !c.IsOpen(day) }

// InSchoolHoliday tells whether a day lies in a school holiday: also what Weekly takes as skip.
func (c Calendar) InSchoolHoliday(day time.Time) bool {
	_, ok := SchoolHolidayOn(day, c.School)
	return ok
}

// horizon is how many days NextOpen and the like look ahead or back: ten years.
const horizon = 3653

// NextOpen is the first open day from day on; day itself counts. found is false when there is none in ten
// years, as for a calendar without hours.
func (c Calendar) NextOpen(day time.Time) (open time.Time, found bool) { return c.seek(day, 1) }

// PreviousOpen is the last open day up to day; day itself counts. found is as for NextOpen.
func (c Calendar) PreviousOpen(day time.Time) (open time.Time, found bool) { return c.seek(day, -1) }

func (c Calendar) seek(day time.Time, step int) (time.Time, bool) {
	day = dayOf(day)
	for range horizon {
		if c.IsOpen(day) {
			return day, true
		}
		day = day.AddDate(0, 0, step)
	}
	return time.Time{}, false
}

// OpenDays lists the open days from first to last, both included; none when last is before first.
func (c Calendar) OpenDays(first, last time.Time) []time.Time {
	var open []time.Time
	for day, end := dayOf(first), dayOf(last); !day.After(end); day = day.AddDate(0, 0, 1) {
		if c.IsOpen(day) {
			open = append(open, day)
		}
	}
	return open
}
