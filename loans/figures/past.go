package figures

import (
	"time"

	"digibrug/loans"
)

// Past is one loan of the register.
type Past struct {
	DeviceID string
	TypeID   string
	Who      string // borrower; empty once the history was unlinked: limits per person can't be looked at then
	Guardian string // of a minor
	House    string // household; empty: none is known
	Category loans.Category
	Months   int64  // age of a minor when it was lent
	Lent     string // YYYY-MM-DD
	Due      string // after Renewals
	Back     string // empty: it still is out
	Lost     bool   // lost or stolen: Back is the day on which that was known
	Renewals int64
	Booked   bool                  // it was reserved: the due day is that of the booking
	Rules    map[loans.Param]int64 // by which it was lent
	Deposit  int64                 // cents that were asked, after the tariff
	Fee      int64
	Opening  loans.Opening // of the place where it comes back
	Kept     bool          // another regulation changes nothing for it: too few people are of its kind
}

// rules is the regulation that it was lent by.
func (p Past) rules() loans.Regulation {
	return loans.Regulation{Cells: map[loans.Cell]map[loans.Param]int64{{}: p.Rules}}
}

// defaultTerm is the term where a regulation has none, as the desk takes it.
const defaultTerm = 14

// planned is when a regulation makes a loan of so many renewals due, each asked before the due day. ok is false when
// no day is left for it.
func (p Past) planned(r loans.Regulation, renewals int64) (due time.Time, ok bool) {
	term := loans.Term{From: day(p.Lent), Days: int(r.Or(p.Category, p.TypeID, loans.TermDays, defaultTerm)), Mode: r.Mode(p.Category, p.TypeID), Opening: p.Opening}
	hours := r.Or(p.Category, p.TypeID, loans.TermHours, 0)
	if hours > 0 { // here only whole days count
		term.Days = int(hours / 24)
	}
	for n := int64(0); ; n++ {
		got, err := term.Due()
		if err != nil {
			return time.Time{}, false
		}
		if n == renewals {
			return got.Day, true
		}
		term.From = got.Day
		if hours == 0 {
			term.Days = int(r.Or(p.Category, p.TypeID, loans.RenewalDays, int64(term.Days)))
		}
	}
}

// renewed is how many renewals another regulation allows of those that there were. What was let through beyond the own
// regulation is let through again.
func (p Past) renewed(r loans.Regulation) int64 {
	was, now := p.rules().Or(p.Category, p.TypeID, loans.Renewals, 0), r.Or(p.Category, p.TypeID, loans.Renewals, 0)
	if now < was && p.Renewals > now {
		return now
	}
	return p.Renewals
}

// dueBy is when it would have been due by another regulation: as much sooner or later as the terms differ, on an open
// day. A due day that a booking or the end of a right had cut short is not moved later.
func (p Past) dueBy(r loans.Regulation) time.Time {
	due := day(p.Due)
	was, ok := p.planned(p.rules(), p.Renewals)
	now, also := p.planned(r, p.renewed(r))
	switch {
	case !ok || !also || now.Equal(was) || p.Booked && p.renewed(r) == p.Renewals:
		return due
	case due.Equal(was):
		return now
	case due.Before(was):
		if now.Before(due) {
			return now
		}
		return due
	}
	moved := later(due, days(was, now))
	if moved.Before(day(p.Lent)) {
		moved = day(p.Lent)
	}
	if r.Mode(p.Category, p.TypeID) == loans.ModeDays {
		return moved
	}
	for n := range 60 { // further than two months no due day is moved
		if next := later(moved, n); p.Opening.IsOpen(next) {
			return next
		}
	}
	return moved
}

// run is how a loan went, or would have gone.
type run struct {
	lent, due time.Time
	back      time.Time // zero: not yet
	lost      bool
}

// was is how it went.
func (p Past) was() run { return run{day(p.Lent), day(p.Due), day(p.Back), p.Lost} }

// by is how it would have gone by another regulation, when people bring a device back as many days before or after the
// due day as they did. What is late and still out stays out.
func (p Past) by(r loans.Regulation, today time.Time) run {
	old := p.was()
	now := run{lent: old.lent, due: p.dueBy(r), lost: p.Lost}
	switch {
	case p.Lost:
		now.back = old.back
	case !old.back.IsZero():
		now.back = later(now.due, days(old.due, old.back))
	case now.due.Before(today) && !old.due.Before(today):
		now.back = now.due // nobody says that it would have been late
	}
	if !now.back.IsZero() && now.back.Before(now.lent) {
		now.back = now.lent
	}
	if !now.back.IsZero() && now.back.After(today) {
		now.back = time.Time{}
	}
	return now
}

// end is the day from which it is no longer out; zero: it still is.
func (r run) end() time.Time {
	if r.back.Equal(r.lent) {
		return later(r.lent, 1) // somebody had it that day
	}
	return r.back
}

// on is the day up to which it was late, if it was.
func (r run) on(today time.Time) time.Time {
	if r.back.IsZero() {
		return today
	}
	return r.back
}

// Wish is something that somebody asked for and didn't get, since no device was left.
type Wish struct {
	TypeID   string
	Category loans.Category
	From, To string // YYYY-MM-DD: the days that were asked for
	On       string // the day on which it was asked, or on which waiting for it was over
	Waited   bool   // somebody waited for it on the list, until its days were over or the offer came too late
}

// Unit is one device, and on which days there is one more because of it.
type Unit struct {
	ID, TypeID string
	Type       string // name
	Name       string // how people call it
	Bought     string // YYYY-MM-DD; empty: not known
	Guarantee  string // last day; empty: none
	Price      int64  // cents; 0: not known
	Retired    bool   // out of use, lost or stolen by now
	Here       []Span // when it was in use and not in repair
}

// Span is days, both included; an empty To has no end.
type Span struct{ From, To string }
