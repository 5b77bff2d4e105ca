package loans

import (
	"errors"
	"time"
)

// Mode says how days on which the desk is closed count in the term of a loan.
type Mode string

// The modes. Their names are those that libraries know.
const (
	// ModeDays counts every day and lets the due day fall on any.
	ModeDays Mode = "days"
	// ModeCalendar counts open days only.
	ModeCalendar Mode = "calendar"
	// ModeDatedue counts every day and moves a closed due day to the next open one.
	ModeDatedue Mode = "datedue"
	// ModeDayweek moves a closed due day by whole weeks to the next open day of the same name, for terms of whole
	// weeks; other terms, and days of a name that stays closed, go day by day.
	ModeDayweek Mode = "dayweek"
)

// Modes gives all modes, the usual one first.
func Modes() []Mode { return []Mode{ModeDatedue, ModeDays, ModeCalendar, ModeDayweek} }

// Opening says on which days the desk is open; a calendar.Calendar is one.
type Opening interface {
	IsOpen(day time.Time) bool
}

// Term is what decides when a loan is due.
type Term struct {
	From    time.Time // day of lending
	Days    int       // length, 0 or more
	Mode    Mode
	Opening Opening
	// RightEnds is the last day on which the borrower may have something; zero: there is none.
	RightEnds time.Time
	// NextBooking is the first day for which somebody else has booked the device; zero: nobody has.
	NextBooking time.Time
	// Gap is how many days there must be between two loans, for wiping and charging.
	Gap int
}

// Shift is one reason why a due day is another day than the one that the term gives.
type Shift struct {
	Why  ShiftWhy
	From time.Time // the day that it would have been; of a loan of hours the instant
	To   time.Time

	Clock bool // From and To are instants and not days
}

// ShiftWhy says why a due day moved.
type ShiftWhy string

// Why due days move.
const (
	ShiftClosed  ShiftWhy = "closed"  // the desk is closed that day
	ShiftRight   ShiftWhy = "right"   // the borrower's right ends before
	ShiftBooking ShiftWhy = "booking" // somebody else has booked the device
)

// Due is when a loan is due, and how that came.
type Due struct {
	Day    time.Time
	At     time.Time // of a loan of hours: until when on that day; zero for one of days
	Shifts []Shift   // in the order in which the day moved
}

// ErrNoTerm says that a loan would have to be back before it began: the right is over, or the next booking too near.
var ErrNoTerm = errors.New("no day is left to bring it back")

// seekDays is how far open days are looked for: a desk that is closed for two years lends nothing.
const seekDays = 730

// Due works out when the loan is due. A day that the end of a right or a booking cuts off moves back, never
// forward, to an open day. It returns ErrNoTerm when that is before the day of lending, and when the desk never
// opens.
func (t Term) Due() (Due, error) {
	d, err := t.plain()
	if err != nil {
		return Due{}, err
	}
	if !t.RightEnds.IsZero() && d.Day.After(t.RightEnds) {
		if err := d.cut(t, ShiftRight, t.RightEnds); err != nil {
			return Due{}, err
		}
	}
	if !t.NextBooking.IsZero() {
		if last := t.NextBooking.AddDate(0, 0, -1-t.Gap); d.Day.After(last) {
			if err := d.cut(t, ShiftBooking, last); err != nil {
				return Due{}, err
			}
		}
	}
	return d, nil
}

// plain is the due day by term and mode alone.
func (t Term) plain() (Due, error) {
	day := t.From.AddDate(0, 0, t.Days)
	switch t.Mode {
	case ModeDays:
		return Due{Day: day}, nil
	case ModeCalendar:
		return t.counted()
	}
	return t.opened(day)
}

// opened is a day, or the next open one that the mode gives when the desk is closed on it.
func (t Term) opened(day time.Time) (Due, error) {
	if t.Opening.IsOpen(day) {
		return Due{Day: day}, nil
	}
	if t.Mode == ModeDayweek && t.Days > 0 && t.Days%7 == 0 {
		for weeks := 1; weeks <= 10; weeks++ {
			if next := day.AddDate(0, 0, 7*weeks); t.Opening.IsOpen(next) {
				return movedTo(day, next), nil
			}
		}
	}
	for n := 1; n <= seekDays; n++ {
		if next := day.AddDate(0, 0, n); t.Opening.IsOpen(next) {
			return movedTo(day, next), nil
		}
	}
	return Due{}, ErrNoTerm
}

// movedTo is a due day that moved because the desk is closed.
func movedTo(from, to time.Time) Due {
	return Due{Day: to, Shifts: []Shift{{Why: ShiftClosed, From: from, To: to}}}
}

// counted is the last of so many open days after the day of lending.
func (t Term) counted() (Due, error) {
	left, day := t.Days, t.From
	for n := 0; left > 0; n++ {
		if n > seekDays+7*t.Days {
			return Due{}, ErrNoTerm
		}
		if day = day.AddDate(0, 0, 1); t.Opening.IsOpen(day) {
			left--
		}
	}
	return Due{Day: day}, nil
}

// cut moves the day back to the last open one up to last.
func (d *Due) cut(t Term, why ShiftWhy, last time.Time) error {
	day := last
	for t.Mode != ModeDays && !t.Opening.IsOpen(day) && day.After(t.From) {
		day = day.AddDate(0, 0, -1)
	}
	if day.Before(t.From) {
		return ErrNoTerm
	}
	d.Shifts = append(d.Shifts, Shift{Why: why, From: d.Day, To: day})
	d.Day = day
	return nil
}
