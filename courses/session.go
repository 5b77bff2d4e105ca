package courses

import (
	"errors"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// SessionState says whether a session will be, or was, given.
type SessionState string

// The states.
const (
	Planned          SessionState = "planned"
	SessionCancelled SessionState = "cancelled"
)

// Slot is a span of the wall of Brussels on one day: from From up to, not with, To, both on a quarter of an hour.
type Slot struct {
	Day      time.Time // midnight UTC
	From, To calendar.Minute
}

// NewSlot makes a slot. It returns an *data.Invalid for times that aren't on a quarter, for an end that isn't after the
// beginning, and for a time that the clock skips or shows twice: such a lesson would begin when nobody expects it.
func NewSlot(day time.Time, from, to calendar.Minute) (Slot, error) {
	s := Slot{Day: day, From: from, To: to}
	if from%Quarter != 0 || to%Quarter != 0 {
		return s, &data.Invalid{Field: "time", Why: WhyQuarter, Got: from.String() + "-" + to.String()}
	}
	if from < 0 || to > calendar.Midnight || to <= from {
		return s, &data.Invalid{Field: "time", Why: calendar.WhyOrder, Got: from.String() + "-" + to.String()}
	}
	for _, at := range []calendar.Minute{from, to} {
		if err := onTheWall(day, at); err != nil {
			return s, err
		}
	}
	return s, nil
}

// Quarter is the grain in which rooms and trainers are held, in minutes.
const Quarter = 15

// onTheWall says, as an *data.Invalid, that a time is skipped or comes twice.
func onTheWall(day time.Time, at calendar.Minute) error {
	_, err := calendar.Local{Day: day, At: at}.Instant()
	switch {
	case errors.Is(err, calendar.ErrGap):
		return &data.Invalid{Field: "time", Why: calendar.WhyGap, Got: calendar.Local{Day: day, At: at}.String()}
	case errors.Is(err, calendar.ErrTwice):
		return &data.Invalid{Field: "time", Why: calendar.WhyTwice, Got: calendar.Local{Day: day, At: at}.String()}
	}
	return err
}

// Instants gives the real time of the slot.
func (s Slot) Instants() calendar.Interval { return calendar.Span(s.Day, s.From, s.To) }

// Minutes is how long the slot takes on the wall.
func (s Slot) Minutes() int { return int(s.To - s.From) }

// After gives the same times some days later.
func (s Slot) After(days int) Slot {
	s.Day = s.Day.AddDate(0, 0, days)
	return s
}

// Meets tells whether two slots share time; who ends when the other begins doesn't.
func (s Slot) Meets(o Slot) bool {
	return s.Day.Equal(o.Day) && s.From < o.To && o.From < s.To
}

// Session is one lesson of a series.
type Session struct {
	ID       string
	SeriesID string
	Number   int // from 1
	Slot
	RoomID   string
	Room     string   // name
	Trainers []string // ids, in order of name
	State    SessionState
	Sequence int    // how often it moved: the SEQUENCE of its invitation
	Note     string // what the lesson is about
}

// Weekly expands lessons a week apart: n slots with the same times on the wall, beginning with first; days for which skip
// is true are made up for at the end, so that six lessons are six. every is the number of weeks between two lessons, 1 to
// 8. It returns an *data.Invalid.
func Weekly(first Slot, n, every int, skip func(day time.Time) bool) ([]Slot, error) {
	if _, err := NewSlot(first.Day, first.From, first.To); err != nil {
		return nil, err
	}
	if n < 1 || n > mostSessions {
		return nil, &data.Invalid{Field: "sessions", Why: data.WhyNumber, Want: "1 … " + strconv.Itoa(mostSessions), Got: strconv.Itoa(n)}
	}
	if every < 1 || every > 8 {
		return nil, &data.Invalid{Field: "every", Why: data.WhyNumber, Want: "1 … 8", Got: strconv.Itoa(every)}
	}
	between := func(day time.Time) bool { return int(day.Sub(first.Day).Hours()/24)/7%every != 0 }
	starts, err := calendar.Weekly(calendar.Local{Day: first.Day, At: first.From}, n, func(day time.Time) bool { return between(day) || skip != nil && skip(day) })
	if err != nil {
		return nil, err
	}
	all := make([]Slot, n)
	for i, at := range starts {
		if all[i], err = NewSlot(calendar.LocalOf(at).Day, first.From, first.To); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// mostSessions is the most that one series can have.
const mostSessions = 60

// Between expands lessons on weekdays in a span of days, both included: every so many weeks counted from the week of the
// first day. Slots come in order. It returns an *data.Invalid, also when the span holds more than 60.
func Between(first, last time.Time, every int, days map[time.Weekday]Slot, skip func(day time.Time) bool) ([]Slot, error) {
	if every < 1 || every > 8 {
		return nil, &data.Invalid{Field: "every", Why: data.WhyNumber, Want: "1 … 8", Got: strconv.Itoa(every)}
	}
	monday := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	var all []Slot
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		at, given := days[day.Weekday()]
		if !given || int(day.Sub(monday).Hours()/24)/7%every != 0 || skip != nil && skip(day) {
			continue
		}
		s, err := NewSlot(day, at.From, at.To)
		if err != nil {
			return nil, err
		}
		if all = append(all, s); len(all) > mostSessions {
			return nil, &data.Invalid{Field: "sessions", Why: data.WhyNumber, Want: "1 … " + strconv.Itoa(mostSessions)}
		}
	}
	return all, nil
}
