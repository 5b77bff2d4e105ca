package activity

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// DayList is what the door has of a half-day.
type DayList struct {
	Activity  Activity
	HalfDay   HalfDay
	Booked    []Place // by name of the child
	Waiting   []Place // in turn
	Cancelled []Place // whose parents must still hear that the half-day doesn't take place
}

// Untold lists those whose parents must still hear what changed: who got a place, and who lost one.
func (d DayList) Untold() (all []Place) {
	for _, list := range [][]Place{d.Booked, d.Cancelled} {
		for _, p := range list {
			if p.Untold {
				all = append(all, p)
			}
		}
	}
	return all
}

// listed are the places that a list shows, by child, or in turn for those who wait.
const listed = ` AND (p.state IN ` + active + ` OR p.untold = 1) ORDER BY h.on_day, h.from_min, h.id, CASE WHEN p.state = 'waiting' THEN '' ELSE coalesce(c.sort_key, '') END, p.queued_at, p.id`

// add puts the next place on the list.
func (d *DayList) add(p Place) {
	switch p.State {
	case Booked:
		d.Booked = append(d.Booked, p)
	case Waiting:
		p.Turn = len(d.Waiting) + 1
		d.Waiting = append(d.Waiting, p)
	default:
		d.Cancelled = append(d.Cancelled, p)
	}
}

// DayList gives the list of a half-day. It returns data.ErrNotFound.
func (s *Store) DayList(ctx context.Context, by data.Actor, halfDay string) (d DayList, err error) {
	err = s.db.ViewFor(ctx, by, hosts(), func(q data.Query) error {
		d = DayList{}
		if d.HalfDay, err = halfDayOf(ctx, q, halfDay); err != nil {
			return err
		}
		if d.Activity, err = activityOf(ctx, q, d.HalfDay.ActivityID); err != nil {
			return err
		}
		open, err := calendar.Of(ctx, q, d.Activity.LocationID)
		if err != nil {
			return err
		}
		d.HalfDay = d.HalfDay.on(open)
		all, err := data.List(ctx, q, scanPlace, placeColumns+` WHERE p.half_day_id = $1`+listed, halfDay)
		for _, p := range all {
			d.add(p)
		}
		return err
	})
	if err != nil {
		return DayList{}, fmt.Errorf("list of half-day %s: %w", data.Clean(halfDay, 40), err)
	}
	return d, nil
}

// DayLists gives the lists of all half-days on the days of a span, both included, in order of time.
func (s *Store) DayLists(ctx context.Context, by data.Actor, first, last time.Time) (all []DayList, err error) {
	err = s.db.ViewFor(ctx, by, hosts(), func(q data.Query) error {
		if all, err = between(ctx, q, first, last); err != nil {
			return err
		}
		at := map[string]*DayList{}
		for i := range all {
			at[all[i].HalfDay.ID] = &all[i]
		}
		places, err := data.List(ctx, q, scanPlace, placeColumns+` WHERE h.on_day >= $1 AND h.on_day <= $2`+listed, data.DayText(first), data.DayText(last))
		for _, p := range places {
			at[p.HalfDay.ID].add(p) // one view: its half-day is there
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("lists of half-days: %w", err)
	}
	return all, nil
}

// Counts is DayLists without the children: half-days with how many came and wait, for who may see no names.
func (s *Store) Counts(ctx context.Context, by data.Actor, first, last time.Time) (all []DayList, err error) {
	err = s.db.ViewFor(ctx, by, append(hosts(), data.RoleDirector), func(q data.Query) error {
		all, err = between(ctx, q, first, last)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count half-days: %w", err)
	}
	return all, nil
}

// between lists the half-days of a span with their activity, and nobody on them yet.
func between(ctx context.Context, q data.Query, first, last time.Time) ([]DayList, error) {
	span := []any{data.DayText(first), data.DayText(last)}
	of, err := data.List(ctx, q, scanActivity, activityColumns+` WHERE a.first_on <= $2 AND a.last_on >= $1 ORDER BY a.id`, span...)
	if err != nil {
		return nil, err
	}
	_, open, err := calendar.All(ctx, q)
	if err != nil {
		return nil, err
	}
	halves, err := data.List(ctx, q, scanHalfDay, halfDayColumns+` WHERE h.on_day >= $1 AND h.on_day <= $2`+halfDayGroups, span...)
	if err != nil {
		return nil, err
	}
	byID := map[string]Activity{}
	for _, a := range of {
		byID[a.ID] = a
	}
	all := make([]DayList, len(halves))
	for i, h := range halves {
		a := byID[h.ActivityID]
		all[i] = DayList{Activity: a, HalfDay: h.on(open[a.LocationID])}
	}
	return all, nil
}
