package recruit

import (
	"net/netip"
	"slices"
	"time"

	"digibrug/data"
)

const dayMinutes = 24 * 60

// OpensAt and ClosesAt are the ends of the window on the day in Brussels of a moment, whether or not that day is in it. A window
// without hours is the whole day.
func (d Days) OpensAt(day time.Time) time.Time { return minuteOf(day, d.Open) }

// ClosesAt is the moment from which nothing opens any more on that day; see OpensAt.
func (d Days) ClosesAt(day time.Time) time.Time {
	if d.Close == 0 {
		return minuteOf(day, dayMinutes)
	}
	return minuteOf(day, d.Close)
}

// minuteOf is a minute, by the wall clock in Brussels, of the day on which a moment falls.
func minuteOf(at time.Time, minute int) time.Time {
	y, m, d := at.In(data.Brussels).Date()
	return time.Date(y, m, d, 0, minute, 0, 0, data.Brussels).UTC()
}

// Holds tells whether a moment is in the window: on one of the days, and between the hours.
func (d Days) Holds(now time.Time) bool {
	day := data.DayOf(now)
	return day >= d.From && day <= d.Until && !now.Before(d.OpensAt(now)) && now.Before(d.ClosesAt(now))
}

// GoodAt tells whether the test may be taken from an address, or at a kiosk: where networks or kiosks are named it must be one of
// them; where neither is, anywhere.
func (d Details) GoodAt(from, kiosk string) bool {
	if len(d.Addresses) == 0 && len(d.Kiosks) == 0 {
		return true
	}
	if kiosk != "" && slices.Contains(d.Kiosks, kiosk) {
		return true
	}
	networks, err := data.ParseAddresses(d.Addresses)
	if err != nil {
		return false // what can't be read must not become "anywhere"
	}
	ip, err := netip.ParseAddr(from)
	return err == nil && slices.ContainsFunc(networks, func(p netip.Prefix) bool { return p.Contains(ip.Unmap().WithZone("")) })
}
