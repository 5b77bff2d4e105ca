package loans

import (
	"slices"
	"time"
)

// Claim is a span of days for which a device, or one of a type, is somebody's: a booking, a loan, a repair.
type Claim struct {
	ID     string
	Device string // id; empty: any of the type
	From   time.Time
	To     time.Time // included; of a repair without an end: zero
	Out    bool      // handed over and not brought back: occupies the device until it is, whatever To says
	Repair bool      // no service days follow
}

// Fleet is all devices of one type that can be lent at all, and what claims them.
type Fleet struct {
	Devices []string // ids
	Claims  []Claim
	Gap     int       // service days after each loan or booking
	Today   time.Time // for what is out too long
}

// lateGuess is for how long something that is late is counted as not there: a promise for tomorrow would be none.
const lateGuess = 31 // days from today

// far is the last day of a claim without an end.
var far = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// until is the last day on which a claim keeps its device away from others, service days included.
func (f Fleet) until(c Claim) time.Time {
	to := c.To
	if to.IsZero() {
		return far
	}
	if c.Repair {
		return to
	}
	if c.Out && to.Before(f.Today) {
		to = f.Today.AddDate(0, 0, lateGuess)
	}
	return to.AddDate(0, 0, f.Gap)
}

// on tells whether a claim holds on a day. A booking that nobody came for is over when its days are.
func (f Fleet) on(c Claim, day time.Time) bool {
	return !day.Before(c.From) && !day.After(f.until(c))
}

// FreeOn is how many devices are free on a day. It can be negative: overbooked.
func (f Fleet) FreeOn(day time.Time) int {
	free := len(f.Devices)
	for _, c := range f.Claims {
		if f.on(c, day) {
			free--
		}
	}
	return free
}

// Free is how many devices are free on each day of a span: the least of its days.
func (f Fleet) Free(from, to time.Time) int {
	least := len(f.Devices)
	for _, day := range f.turns(from, to) {
		least = min(least, f.FreeOn(day))
	}
	return least
}

// turns gives the days of a span on which the number of free devices can change: its first, and those on which a
// claim begins.
func (f Fleet) turns(from, to time.Time) []time.Time {
	days := []time.Time{from}
	for _, c := range f.Claims {
		if c.From.After(from) && !c.From.After(to) {
			days = append(days, c.From)
		}
	}
	return days
}

// Clash gives the claim in the way of a device for a span of days, which must itself leave the service days free
// after it. found is false when there is none among those that name the device.
func (f Fleet) Clash(device string, from, to time.Time) (c Claim, found bool) {
	last := to.AddDate(0, 0, f.Gap)
	for _, c := range f.Claims {
		if c.Device == device && !c.From.After(last) && !f.until(c).Before(from) {
			return c, true
		}
	}
	return Claim{}, false
}

// Assign gives a device that is free for a span of days, when one is: also after every claim on "any of the type" got
// one. The device that is free for the shortest time around the span is taken, so that long stretches stay whole.
func (f Fleet) Assign(from, to time.Time) (device string, found bool) {
	if f.Free(from, to.AddDate(0, 0, f.Gap)) < 1 {
		return "", false
	}
	best := time.Duration(-1)
	for _, d := range f.Devices {
		if _, clash := f.Clash(d, from, to); clash {
			continue
		}
		if slack := f.slack(d, from, to); best < 0 || slack < best {
			device, best, found = d, slack, true
		}
	}
	return device, found
}

// slack is how long a device is free around a span.
func (f Fleet) slack(device string, from, to time.Time) time.Duration {
	before, after := from.AddDate(-1, 0, 0), to.AddDate(1, 0, 0)
	for _, c := range f.Claims {
		if c.Device != device {
			continue
		}
		if end := f.until(c); end.Before(from) && end.After(before) {
			before = end
		}
		if c.From.After(to) && c.From.Before(after) {
			after = c.From
		}
	}
	return after.Sub(before)
}

// Step is a span of days on which as many devices are free.
type Step struct {
	From, To time.Time
	Free     int
}

// Steps gives the number of free devices over a span, in as few steps as possible.
func (f Fleet) Steps(from, to time.Time) (steps []Step) {
	var bounds []time.Time
	for _, c := range f.Claims {
		bounds = append(bounds, c.From, f.until(c).AddDate(0, 0, 1))
	}
	slices.SortFunc(bounds, time.Time.Compare)
	day := from
	for _, next := range append(bounds, to.AddDate(0, 0, 1)) {
		if !next.After(day) || next.After(to.AddDate(0, 0, 1)) {
			continue
		}
		free := f.FreeOn(day)
		if last := len(steps) - 1; last >= 0 && steps[last].Free == free {
			steps[last].To = next.AddDate(0, 0, -1)
		} else {
			steps = append(steps, Step{day, next.AddDate(0, 0, -1), free})
		}
		day = next
	}
	return steps
}
