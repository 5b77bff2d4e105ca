package loans

import (
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// HourRule says what becomes of a loan of hours that ends while the desk is closed.
type HourRule string

// The rules.
const (
	// RuleClose cuts the loan to the moment at which the desk closes.
	RuleClose HourRule = "close"
	// RuleOpen stretches it to the moment at which the desk opens again.
	RuleOpen HourRule = "open"
)

// HourRules gives all rules, the usual one first.
func HourRules() []HourRule { return []HourRule{RuleClose, RuleOpen} }

// HourRule is what becomes of a loan of hours that ends while the desk is closed.
func (r Regulation) HourRule(c Category, device string) HourRule {
	at := r.Or(c, device, TermRule, 0)
	if at < 0 || at >= int64(len(HourRules())) {
		return RuleClose
	}
	return HourRules()[at]
}

// OpenHours says when the desk is open by the clock; a calendar.Calendar does.
type OpenHours interface {
	OpenAt(at time.Time) (closes time.Time, open bool)
	NextOpening(at time.Time) (next calendar.Interval, found bool)
	Openings(day time.Time) []calendar.Interval
}

// HourTerm is what decides when a loan of hours is due.
type HourTerm struct {
	From    time.Time // instant of lending
	Hours   int       // length, 1 or more; whole days among them go by the clock on the wall
	Rule    HourRule
	Opening OpenHours
	// As in Term: days.
	RightEnds   time.Time
	NextBooking time.Time
	Gap         int
}

// Due works out until when the loan lasts: Due.At is the instant, Due.Day its day in Brussels. A term is told in whole
// minutes, rounded up. What the end of a right or a booking cuts off moves back to the last moment at which the desk
// is open. Who is lent something after the last closing brings it back when the desk opens again, whatever the rule.
// It returns ErrNoTerm when no moment is left after the lending, and when the desk never opens.
func (t HourTerm) Due() (Due, error) {
	d, err := t.plain()
	if err != nil {
		return Due{}, err
	}
	if !t.RightEnds.IsZero() {
		if err := d.cutAt(t, ShiftRight, t.RightEnds); err != nil {
			return Due{}, err
		}
	}
	if !t.NextBooking.IsZero() {
		if err := d.cutAt(t, ShiftBooking, t.NextBooking.AddDate(0, 0, -1-t.Gap)); err != nil {
			return Due{}, err
		}
	}
	d.Day = calendar.LocalOf(d.At).Day
	return d, nil
}

// plain is the end by hours and rule alone.
func (t HourTerm) plain() (Due, error) {
	at := t.ends()
	if reachable(t.Opening, at) {
		return Due{At: at}, nil
	}
	if t.Rule == RuleClose {
		if last, found := lastOpen(t.Opening, t.From, at); found {
			return Due{At: last, Shifts: []Shift{{Why: ShiftClosed, From: at, To: last, Clock: true}}}, nil
		}
	}
	next, found := t.Opening.NextOpening(at)
	if !found {
		return Due{}, ErrNoTerm
	}
	return Due{At: next.From, Shifts: []Shift{{Why: ShiftClosed, From: at, To: next.From, Clock: true}}}, nil
}

// ends is when the hours are over: whole days later at the same time on the wall, and then as many hours as pass.
// A time that the wall skips is the moment of the jump.
func (t HourTerm) ends() time.Time {
	at := t.From.Truncate(time.Minute)
	if at.Before(t.From) {
		at = at.Add(time.Minute)
	}
	if days := t.Hours / 24; days > 0 {
		wall := calendar.LocalOf(at)
		wall.Day = wall.Day.AddDate(0, 0, days)
		at = wall.Bound()
	}
	return at.Add(time.Duration(t.Hours%24) * time.Hour)
}

// cutAt moves the end back to the last moment of a day, or before it, at which the desk is open.
func (d *Due) cutAt(t HourTerm, why ShiftWhy, last time.Time) error {
	limit := data.StartOf(last.AddDate(0, 0, 1)).Add(-time.Minute)
	if !d.At.After(limit) {
		return nil
	}
	at, found := lastOpen(t.Opening, t.From, limit)
	if !found {
		return ErrNoTerm
	}
	d.Shifts = append(d.Shifts, Shift{Why: why, From: d.At, To: at, Clock: true})
	d.At = at
	return nil
}

// reachable tells whether somebody can bring something back until an instant: the desk is open then, or closes then.
func reachable(open OpenHours, at time.Time) bool {
	if _, is := open.OpenAt(at); is {
		return true
	}
	_, is := open.OpenAt(at.Add(-time.Millisecond))
	return is
}

// lastOpen is the last moment after one instant and up to another at which the desk is open: the other itself, or when
// it closes before. A closing at midnight is told as 23:59, so that it stays on its day. found is false for none.
func lastOpen(open OpenHours, after, limit time.Time) (at time.Time, found bool) {
	if limit.After(after) && reachable(open, limit) {
		return limit, true
	}
	first := calendar.LocalOf(after).Day
	for day := calendar.LocalOf(limit).Day; !day.Before(first); day = day.AddDate(0, 0, -1) {
		all := open.Openings(day)
		for i := len(all) - 1; i >= 0; i-- {
			to := all[i].To
			if to.Equal(data.StartOf(day.AddDate(0, 0, 1))) {
				to = to.Add(-time.Minute)
			}
			if !to.After(limit) && to.After(after) {
				return to, true
			}
		}
	}
	return time.Time{}, false
}

// LateAt tells whether an open loan is late at an instant: one of hours as soon as its hours are over, any other from
// the day after its due day.
func (l Loan) LateAt(at time.Time) bool {
	switch {
	case l.Ended != Open:
		return false
	case !l.DueAt.IsZero():
		return at.After(l.DueAt)
	}
	return data.DayOf(at) > l.DueOn
}

// lateDays is by how many days something is late that came back at an instant: days of the calendar, and for a loan of
// hours at least one once its hours are over.
func (l Loan) lateDays(back time.Time) int64 {
	days := max(0, int64(data.StoredDay(data.DayOf(back)).Sub(data.StoredDay(l.DueOn)).Hours()/24))
	if !l.DueAt.IsZero() && back.After(l.DueAt) {
		return max(1, days)
	}
	return days
}
