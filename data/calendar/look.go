package calendar

import "time"

// Day is a day as a calendar has it: its hours, none when it is closed, and what decides about them.
type Day struct {
	On    time.Time
	Hours Hours
	Why   Reason
}

// Days gives every day from first to last, both included; none when last is before first.
func (c Calendar) Days(first, last time.Time) []Day {
	var all []Day
	for on, end := dayOf(first), dayOf(last); !on.After(end); on = on.AddDate(0, 0, 1) {
		hours, why := c.OpenOn(on)
		all = append(all, Day{on, hours, why})
	}
	return all
}

// NthOpen is the nth open day after a day: the 1st is the first open one that comes after it, whether the day itself
// is open or not. found is false when n is under 1, or when the open days don't reach that far in ten years.
func (c Calendar) NthOpen(after time.Time, n int) (open time.Time, found bool) {
	open = dayOf(after)
	end := open.AddDate(0, 0, horizon)
	for range n {
		if open, found = c.NextOpen(open.AddDate(0, 0, 1)); !found || open.After(end) {
			return time.Time{}, false
		}
	}
	return open, found
}

// SeasonOn gives the season that a day lies in.
func (c Calendar) SeasonOn(day time.Time) (Season, bool) {
	day = dayOf(day)
	for _, s := range c.Seasons {
		if within(day, s.First, s.Last) {
			return s, true
		}
	}
	return Season{}, false
}

// Next gives the days of a code, ticked or not, that are under way on a day or come first after it: both are the
// same for all but school holidays. found is false for a fair or bridge day that nobody announced, and for an
// unknown code.
func (c Calendar) Next(code Code, from time.Time) (first, last time.Time, found bool) {
	from = dayOf(from)
	for year := from.Year() - 1; year <= from.Year()+1; year++ {
		for _, h := range c.daysOf(code, year) {
			if !h.Last.Before(from) {
				return h.First, h.Last, true
			}
		}
	}
	return time.Time{}, time.Time{}, false
}

// daysOf gives the days of a code in a year, in order; of a school holiday those of the school year that begins in it,
// and of given days all that are known.
func (c Calendar) daysOf(code Code, year int) (all []Closure) {
	add := func(first, last time.Time) { all = append(all, Closure{First: first, Last: last}) }
	for _, h := range Holidays(year) {
		if h.Code == code {
			add(h.Day, h.Day)
		}
	}
	for _, l := range fixedDays() {
		if l.code == code {
			add(date(year, l.month, l.day), date(year, l.month, l.day))
		}
	}
	for _, l := range c.LocalDays {
		if l.Code == code {
			add(l.Day, l.Day)
		}
	}
	for _, h := range SchoolHolidays(year, c.School) {
		if h.Code == code {
			add(h.First, h.Last)
		}
	}
	return all
}
