package loans

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// FreeDay is a day with how many devices of a type are free on it, and when the desk that lends them is open.
type FreeDay struct {
	calendar.Day
	Free int // less than 0: overbooked
}

// FreeDays is how many devices of a type are free on each day of a span.
type FreeDays struct {
	Days    []FreeDay
	Devices int // that can be lent at all
	Gap     int // service days after each loan or booking
}

// mostFreeDays is how long a span may be: what is longer is a typing error.
const mostFreeDays = 800

// FreeDays gives what is free of a type on each day from one to another, both included, with the hours of the desk. A
// type that is lent at several places is open on a day when one of them is. It returns an *data.Invalid for a span
// that ends before it begins or is longer than 800 days, and data.ErrNotFound for an unknown type.
func (s *Store) FreeDays(ctx context.Context, by data.Actor, typeID, from, to string) (f FreeDays, err error) {
	if err := checkDays(from, to); err != nil {
		return FreeDays{}, err
	}
	first, last := data.StoredDay(from), data.StoredDay(to)
	if last.Sub(first) > mostFreeDays*24*time.Hour {
		return FreeDays{}, &data.Invalid{Field: "until", Why: data.WhyTooLong, Got: to}
	}
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		f = FreeDays{}
		if _, err := typeOf(ctx, q, typeID); err != nil {
			return err
		}
		rules, err := current(ctx, q, data.DayOf(q.Now()))
		if err != nil {
			return err
		}
		f.Gap = int(rules.Or("", typeID, GapDays, 0))
		all, err := fleet(ctx, q, typeID, f.Gap, "")
		if err != nil {
			return err
		}
		places, err := openingsOf(ctx, q, typeID)
		if err != nil {
			return err
		}
		f.Devices = len(all.Devices)
		for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
			f.Days = append(f.Days, FreeDay{places.on(day), all.FreeOn(day)})
		}
		return nil
	})
	if err != nil {
		return FreeDays{}, fmt.Errorf("free days of type %s: %w", data.Clean(typeID, 40), err)
	}
	return f, nil
}

// openings are the calendars of the places that lend a type; none for a type without devices, which is never closed.
type openings []calendar.Calendar

func openingsOf(ctx context.Context, q data.Query, typeID string) (all openings, err error) {
	places, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT DISTINCT location_id FROM devices WHERE type_id = $1 AND state NOT IN ('lost', 'stolen', 'retired') ORDER BY location_id`, typeID)
	for _, id := range places {
		c, err := openingOf(ctx, q, id)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, err
}

// on is a day as the first place has it that is open; as the first of all when none is.
func (o openings) on(day time.Time) calendar.Day {
	if len(o) == 0 {
		return calendar.Day{On: day}
	}
	at := max(0, slices.IndexFunc(o, func(c calendar.Calendar) bool { return c.IsOpen(day) }))
	return o[at].Days(day, day)[0]
}

// IsOpen implements Opening.
func (o openings) IsOpen(day time.Time) bool {
	return len(o) == 0 || slices.ContainsFunc(o, func(c calendar.Calendar) bool { return c.IsOpen(day) })
}

// mostBack is by how many days a span may become shorter because the desk is closed on its last day: a long closure asks
// for another span.
const mostBack = 6

// FirstFree gives the first span that begins on a day or after it, up to last, in which one device is free for so many
// days (both ends counted, 1 or more), and whose ends are open days. A last day that is closed moves back to the last
// open one, so that the span may be shorter. device is the one that it must be, empty for any. found is false when
// there is none.
func (f Fleet) FirstFree(device string, from, last time.Time, days int, open Opening) (first, until time.Time, found bool) {
	for day := from; !day.After(last); day = day.AddDate(0, 0, 1) {
		end := day.AddDate(0, 0, days-1)
		for back := 0; !open.IsOpen(end) && end.After(day) && back < mostBack; back++ {
			end = end.AddDate(0, 0, -1)
		}
		if !open.IsOpen(day) || !open.IsOpen(end) {
			continue
		}
		if device == "" {
			_, found = f.Assign(day, end)
		} else if found = slices.Contains(f.Devices, device); found {
			_, clash := f.Clash(device, day, end)
			found = !clash
		}
		if found {
			return day, end, true
		}
	}
	return time.Time{}, time.Time{}, false
}

// lastTry is how far ahead a free span is looked for where the regulation sets no horizon.
const lastTry = 365 // days

// FirstFree gives the first span, from the first day that is asked for on, in which what is asked for is free for as
// many days as are asked for, at most as many as the borrower may have it, and on which it may be booked. found is
// false when there is none. It returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) FirstFree(ctx context.Context, by data.Actor, ask BookAsk) (from, to string, found bool, err error) {
	if err := checkDays(ask.From, ask.To); err != nil {
		return "", "", false, err
	}
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		who, err := borrower(ctx, q, ask.Borrower)
		if err != nil {
			return err
		}
		typeID := ask.Type
		if ask.Device != "" {
			d, err := device(ctx, q, ask.Device)
			if err != nil {
				return err
			}
			typeID = d.TypeID
		}
		rules, err := current(ctx, q, data.DayOf(q.Now()))
		if err != nil {
			return err
		}
		f, err := fleet(ctx, q, typeID, int(rules.Or(who.Category, typeID, GapDays, 0)), "")
		if err != nil {
			return err
		}
		open, err := openingsOf(ctx, q, typeID)
		if err != nil {
			return err
		}
		today := f.Today
		start := data.StoredDay(max(ask.From, data.DayText(today.AddDate(0, 0, int(rules.Or(who.Category, typeID, LeadDays, 0))))))
		last := today.AddDate(0, 0, int(rules.Or(who.Category, typeID, HorizonDays, lastTry)))
		days := int(data.StoredDay(ask.To).Sub(data.StoredDay(ask.From)).Hours()/24) + 1
		days = int(min(int64(days), max(1, rules.Or(who.Category, typeID, MostDays, int64(days)))))
		first, until, ok := f.FirstFree(ask.Device, start, last, days, open)
		from, to, found = data.DayText(first), data.DayText(until), ok
		return nil
	})
	if err != nil {
		return "", "", false, fmt.Errorf("first free span of %s%s: %w", data.Clean(ask.Type, 40), data.Clean(ask.Device, 40), err)
	}
	return from, to, found, nil
}
