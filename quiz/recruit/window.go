package recruit

import (
	"net/netip"
	"slices"
	"time"

	"digibrug/data"
)

// Minutes of a day.
const dayMinutes = 24 * 60

// at is a minute of a day in Brussels, as an instant; minute 1440 is midnight after it. A minute that the clock skips in
// spring is the one an hour later.
func at(day time.Time, minute int) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, minute, 0, 0, data.Brussels).UTC()
}

// Window is from the first minute in which the test can be sat to the last. The zero Window where the days don't read.
func (d Days) Window() data.Window {
	first, err := data.ParseDay(d.From)
	last, err2 := data.ParseDay(d.Until)
	if err != nil || err2 != nil {
		return data.Window{}
	}
	return data.Window{From: at(first, d.Open), Until: at(last, d.Close)}
}

// OpenAt tells whether the test can be begun at a moment: on one of the days, between the hours.
func (d Days) OpenAt(now time.Time) bool {
	today := data.DayOf(now)
	day, err := data.ParseDay(today)
	if err != nil || today < d.From || today > d.Until {
		return false
	}
	return !now.Before(at(day, d.Open)) && now.Before(at(day, d.Close))
}

// OpensFrom tells whether the test may be sat at an address, or at a kiosk PC: where both are listed either will do, and
// where neither is, anywhere. kiosk is the id of the PC, empty for none. An address that can't be read is none of them.
func (d Details) OpensFrom(address, kiosk string) bool {
	if len(d.Addresses) == 0 && len(d.Kiosks) == 0 {
		return true
	}
	if kiosk != "" && slices.Contains(d.Kiosks, kiosk) {
		return true
	}
	networks, err := data.ParseAddresses(d.Addresses)
	ip, bad := netip.ParseAddr(address)
	if err != nil || bad != nil {
		return false
	}
	return slices.ContainsFunc(networks, func(p netip.Prefix) bool { return p.Contains(ip.Unmap().WithZone("")) })
}

// codeAddresses are the networks that the paper codes themselves are bound to. Where kiosks are listed too the codes are
// bound to none, since a code doesn't know of PCs: OpensFrom then decides as the candidate comes in.
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
