package recruit

import (
	"net/netip"
	"time"

	"digibrug/data"
)

// Window is from the first minute in which the test can be sat to the last. The zero Window where the days don't read.
func (d Days) Window() data.Window {
	first, err := data.ParseDay(d.From)
	last, err2 := data.ParseDay(d.Until)
	if err != nil || err2 != nil {
		return data.Window{}
	}
	return data.Window{From: d.OpensAt(first), Until: d.ClosesAt(last)}
}

// codeAddresses are the networks that the paper codes themselves are bound to. Where kiosks are listed too the codes are
// bound to none, since a code doesn't know of PCs: GoodAt then decides as the candidate comes in.
func (d Details) codeAddresses() ([]netip.Prefix, error) {
	if len(d.Kiosks) > 0 {
		return nil, nil
	}
	return data.ParseAddresses(d.Addresses)
}

// defaultKeep is for how many months a draft stays that doesn't say so.
const defaultKeep = 12

// keptUntil is the last day on which candidates may be known, when the last step was made on a day: the term of the
// procedure later, or until its last test day where that is later still.
func (p Procedure) keptUntil(day string) string {
	months := p.Keep
	if months < 1 {
		months = defaultKeep
	}
	return max(monthsAfter(day, months), p.Days.Until)
}

// monthsAfter is the day so many months later; the last day of the month where the month has no such day.
func monthsAfter(day string, months int) string {
	on := data.StoredDay(day)
	end := time.Date(on.Year(), on.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := end.AddDate(0, 1, -1).Day()
	return data.DayText(end.AddDate(0, 0, min(on.Day(), last)-1))
}

// daysAfter is the day so many days later; empty for what is no day.
func daysAfter(day string, n int) string {
	on, err := data.ParseDay(day)
	if err != nil {
		return ""
	}
	return data.DayText(on.AddDate(0, 0, n))
}
