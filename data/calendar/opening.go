package calendar

import "time"

// Openings gives the opening hours of a day in real time, in order. Their bounds are those of Local.Bound:
// on the night that loses an hour, hours that lie in it altogether are gone, and on the night that gains one,
// hours that run over it take an hour more.
func (c Calendar) Openings(day time.Time) []Interval {
	hours, _ := c.OpenOn(day)
	open := make([]Interval, 0, len(hours))
	for _, b := range hours {
		i := Interval{Local{dayOf(day), b.From}.Bound(), Local{dayOf(day), b.To}.Bound()}
		if i.From.Before(i.To) {
			open = append(open, i)
		}
	}
	return open
}

// longestRun is how many days OpenAt follows hours that go on without a pause.
const longestRun = 8

// OpenAt tells whether the location is open at an instant and when it closes, UTC. Blocks that touch are one
// opening, over midnight too: who comes at 23:00 to a place that is open from 22:00 to 06:00 hears 06:00.
// For a place that never closes, closes is the end of the eighth day.
func (c Calendar) OpenAt(at time.Time) (closes time.Time, open bool) {
	day := LocalOf(at).Day
	for n := range longestRun {
		for _, i := range c.Openings(day.AddDate(0, 0, n)) {
			switch {
			case !open && i.Has(at), open && i.From.Equal(closes):
				closes, open = i.To, true
			case open:
				return closes, true
			}
		}
		if !open || closes.Before(endOf(day, n)) {
			return closes, open
		}
	}
	return closes, open
}

// endOf is the end of the nth day after day.
func endOf(day time.Time, n int) time.Time { return Local{day.AddDate(0, 0, n), Midnight}.Bound() }

// NextOpening is the first opening that begins at an instant or after it. found is false when there is none
// in ten years.
func (c Calendar) NextOpening(at time.Time) (next Interval, found bool) {
	day := LocalOf(at).Day
	for range horizon {
		var ok bool
		if day, ok = c.NextOpen(day); !ok {
			return Interval{}, false
		}
		for _, i := range c.Openings(day) {
			if !i.From.Before(at) {
				return i, true
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return Interval{}, false
}
