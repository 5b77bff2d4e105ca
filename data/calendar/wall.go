package calendar

import (
	"errors"
	"fmt"
	"time"

	"digibrug/data"
)

// Local is a moment as the clock on the wall in Brussels shows it.
type Local struct {
	Day time.Time // midnight UTC
	At  Minute
}

// String gives YYYY-MM-DD HH:MM.
func (l Local) String() string { return l.Day.Format(data.DayLayout) + " " + l.At.String() }

// LocalOf is what the wall in Brussels shows at an instant; seconds are dropped.
func LocalOf(at time.Time) Local {
	at = at.In(data.Brussels)
	return Local{dayOf(at), Minute(60*at.Hour() + at.Minute())}
}

// What the clock changes do to a local time. A *WallError is one of them.
var (
	// ErrGap says that the clock skips this time: on the last Sunday of March it goes from 02:00 to 03:00.
	ErrGap = errors.New("local time does not exist")
	// ErrTwice says that the clock shows this time twice: on the last Sunday of October it goes from 03:00 back to 02:00.
	ErrTwice = errors.New("local time exists twice")
)

// WallError is a local time that is not one instant. It is ErrGap or ErrTwice, and unwraps to an
// *data.Invalid, so that people get a sentence.
type WallError struct {
	Local  Local
	First  time.Time // twice: the first of the two; gap: the moment of the jump. UTC
	Second time.Time // twice: the second, an hour later; gap: as First
}

// Error tells which time it is.
func (e *WallError) Error() string { return fmt.Sprintf("%v: %v", e.Local, e.kind()) }

// Is tells whether it is the kind of problem that target says.
func (e *WallError) Is(target error) bool { return target == e.kind() }

// Unwrap gives the bad input that this is.
func (e *WallError) Unwrap() error {
	why := WhyGap
	if e.kind() == ErrTwice {
		why = WhyTwice
	}
	return &data.Invalid{Field: "time", Why: why, Got: e.Local.String()}
}

func (e *WallError) kind() error {
	if e.First.Equal(e.Second) {
		return ErrGap
	}
	return ErrTwice
}

// Instant is the one instant, in UTC, at which the wall shows l. It returns a *WallError when there is none
// or there are two: time.Date would move the first an hour on and choose one of the two without a word. It
// returns an *data.Invalid when l.At is no time of day. 24:00 is the midnight that ends the day.
func (l Local) Instant() (time.Time, error) {
	if l.At < 0 || l.At > Midnight {
		return time.Time{}, &data.Invalid{Field: "time", Why: WhyTime, Got: l.At.String()}
	}
	first, second, exists := l.instants()
	if !exists || !first.Equal(second) {
		return time.Time{}, &WallError{Local: l, First: first, Second: second}
	}
	return first, nil
}

// Bound is the instant at which a block of hours that is bounded by l begins or ends: the first instant at
// which the wall shows l or later. So a time that is skipped is the moment of the jump, and of a time that
// comes twice it is the first. Bounds keep the order of the wall: blocks that touch still touch, none runs
// over another, and the hours of a day add up to 23, 24 or 25. l.At is kept between 00:00 and 24:00.
func (l Local) Bound() time.Time {
	l.At = min(max(l.At, 0), Midnight)
	first, _, _ := l.instants()
	return first
}

// instants finds the instants at which the wall shows l: the same twice in general, two on the night that
// is an hour longer; when there is none, exists is false and both are the moment of the jump.
func (l Local) instants() (first, second time.Time, exists bool) {
	y, m, d := l.Day.Date()
	wall := time.Date(y, m, d, 0, int(l.At), 0, 0, time.UTC) // what the wall shows, read as if in UTC
	at := time.Date(y, m, d, 0, int(l.At), 0, 0, data.Brussels)
	start, end := at.ZoneBounds()
	if shown := wallOf(at); !shown.Equal(wall) {
		// time.Date promises the offset of one side of the gap, and of a time that comes twice one of the two,
		// but not which: nothing here leans on what it picks today.
		jump := start
		if shown.Before(wall) {
			jump = end
		}
		return jump.UTC(), jump.UTC(), false
	}
	first, second = at.UTC(), at.UTC()
	if !start.IsZero() {
		before := start.Add(-1)
		if other := wall.Add(-offset(before)); other.Before(start) {
			first = other
		}
	}
	if !end.IsZero() {
		if other := wall.Add(-offset(end)); !other.Before(end) {
			second = other
		}
	}
	return first, second, true
}

// wallOf is what the wall in Brussels shows at an instant, as if that were UTC.
func wallOf(at time.Time) time.Time { return at.UTC().Add(offset(at)) }

// offset is by how much Brussels is ahead of UTC at an instant.
func offset(at time.Time) time.Duration {
	_, seconds := at.In(data.Brussels).Zone()
	return time.Duration(seconds) * time.Second
}

// Interval is a span of real time: from From up to, not with, To. Both in UTC.
type Interval struct{ From, To time.Time }

// Lasts is how long it takes.
func (i Interval) Lasts() time.Duration { return i.To.Sub(i.From) }

// Has tells whether an instant lies in it.
func (i Interval) Has(at time.Time) bool { return !at.Before(i.From) && at.Before(i.To) }

// Span is the real time between two times of day by Local.Bound. When to is not after from, it is that of
// the next day: 22:00 to 06:00 lasts 8 hours, and 7 or 9 over the night of a clock change.
func Span(day time.Time, from, to Minute) Interval {
	end := dayOf(day)
	if to <= from {
		end = end.AddDate(0, 0, 1)
	}
	return Interval{Local{dayOf(day), from}.Bound(), Local{end, to}.Bound()}
}

// Overnight gives the two blocks that hours past midnight are: from until 24:00, and 00:00 until to on the
// next day. tomorrow is empty when to is 00:00.
func Overnight(from, to Minute) (today, tomorrow Hours) {
	if from < Midnight {
		today = Hours{{from, Midnight}}
	}
	if to > 0 {
		tomorrow = Hours{{0, to}}
	}
	return today, tomorrow
}
