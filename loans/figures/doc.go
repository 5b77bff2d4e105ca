// Package figures reckons with what the register of loans remembers: what another regulation would have done to last
// year's loans, how much of the time devices were out, what people asked for and didn't get, what got damaged, and what
// to buy or retire. The rules are pure; Store reads what they need. Only sums leave it: clients of the OCMW count as
// citizens, and nothing about fewer than five is split by kind of borrower.
//
// A device is out on the day it is lent and on every day until the day before it is back.
package figures

import (
	"time"

	"digibrug/data"
)

// Period is a span of days, both included, as YYYY-MM-DD.
type Period struct{ From, To string }

// maxPeriod is how many days a period has at most: figures are kept per day.
const maxPeriod = 3660

// Year is the twelve months that end the day before a day.
func Year(today time.Time) Period {
	return Period{today.AddDate(-1, 0, 0).Format(data.DayLayout), today.AddDate(0, 0, -1).Format(data.DayLayout)}
}

// check returns an *data.Invalid for a period that can't be.
func (p Period) check() error {
	from, err := data.ParseDay(p.From)
	if err != nil {
		return &data.Invalid{Field: "from", Why: data.WhyDay, Got: data.Clean(p.From, 40)}
	}
	to, err := data.ParseDay(p.To)
	switch {
	case err != nil:
		return &data.Invalid{Field: "until", Why: data.WhyDay, Got: data.Clean(p.To, 40)}
	case to.Before(from):
		return &data.Invalid{Field: "until", Why: data.WhyEarly, Want: p.From, Got: p.To}
	case days(from, to) >= maxPeriod:
		return &data.Invalid{Field: "from", Why: data.WhyEarly, Want: to.AddDate(0, 0, 1-maxPeriod).Format(data.DayLayout), Got: p.From}
	}
	return nil
}

// Days is how many days it has.
func (p Period) Days() int { return max(0, days(day(p.From), day(p.To))+1) }

// clip is the part of a span of days that lies in the period, as indexes of its days from 0, to excluded; from >= to
// when none does. A zero to has no end.
func (p Period) clip(from, to time.Time) (first, end int) {
	start := day(p.From)
	first, end = max(0, days(start, from)), p.Days()
	if !to.IsZero() {
		end = min(end, days(start, to))
	}
	return first, end
}

// day reads a stored day; the zero time for none.
func day(text string) time.Time {
	at, err := data.ParseDay(text)
	if err != nil {
		return time.Time{}
	}
	return at
}

// days is how many days b is after a.
func days(a, b time.Time) int { return int(b.Sub(a).Hours() / 24) }

// later is so many days later.
func later(at time.Time, n int) time.Time { return at.AddDate(0, 0, n) }

// fewest is of how many at least something must be before it is split by kind of borrower.
const fewest = 5
