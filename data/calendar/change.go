package calendar

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
)

// Here are the changes that several people may make at once: each says what it saw, touches only its own part, and
// is refused with ErrChanged when that part is not as it was seen any more.

// SetHours gives some days of the week other hours, and leaves the other days. season is the first day of the season
// whose week it is, zero for the ordinary week; no hours close the days. seen is the week as whoever changes it saw
// it, nil for whoever didn't look: ErrChanged says that one of the days has other hours meanwhile. It returns
// data.ErrNotFound when no season begins on that day.
func (s *Store) SetHours(ctx context.Context, by data.Actor, location string, season time.Time, days []time.Weekday, h Hours, seen *Week) error {
	if len(days) == 0 {
		return &data.Invalid{Field: "days", Why: data.WhyEmpty}
	}
	var name string
	return s.edit(ctx, by, location, func(c *Calendar) error {
		week, of, err := c.weekFrom(season)
		if err != nil {
			return err
		}
		name = of
		for _, day := range days {
			if day < time.Sunday || day > time.Saturday {
				return &data.Invalid{Field: "days", Why: data.WhyNotOneOf}
			}
			if seen != nil && !slices.Equal(week[day], seen[day]) {
				return fmt.Errorf("hours of %s: %w", day, ErrChanged)
			}
			week[day] = h
		}
		return nil
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "calendar.hours", location, "season", name, "days", weekdays(days), "hours", h.String())
	})
}

// weekFrom gives the week of the season that begins on a day, with its name, or the ordinary one. The weeks are those
// of c, but the list of seasons is made anew: c may share it with the calendar it was copied from.
func (c *Calendar) weekFrom(season time.Time) (*Week, string, error) {
	if season.IsZero() {
		return &c.Week, "", nil
	}
	c.Seasons = slices.Clone(c.Seasons)
	for i := range c.Seasons {
		if c.Seasons[i].First.Equal(dayOf(season)) {
			return &c.Seasons[i].Week, c.Seasons[i].Name, nil
		}
	}
	return nil, "", data.ErrNotFound
}

// weekdays names days for logs: "Mon, Tue".
func weekdays(days []time.Weekday) string {
	var names []string
	for _, day := range days {
		names = append(names, day.String()[:3])
	}
	return strings.Join(names, ", ")
}

// ChangeTicks ticks the holidays and local days of give, and unticks those of take; all others stay as they are,
// whoever changed them.
func (s *Store) ChangeTicks(ctx context.Context, by data.Actor, location string, give, take []Code) error {
	return s.edit(ctx, by, location, func(c *Calendar) error {
		ticks := slices.DeleteFunc(slices.Clone(c.Ticks), func(code Code) bool { return slices.Contains(take, code) })
		c.Ticks = append(ticks, give...)
		_, err := normalTicks(take)
		return err
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "calendar.ticks_change", location, "ticked", join(give), "unticked", join(take))
	})
}

// ChangeSeason adds a season (was is nil), gives one another name and other days (its hours stay), or removes it (now
// is nil). It returns ErrChanged when was is not there any more under that name and on those days, and an
// *data.Invalid when now lies over another season.
func (s *Store) ChangeSeason(ctx context.Context, by data.Actor, location string, was, now *Season) error {
	same := func(a, b Season) bool { return a.Name == b.Name && a.First.Equal(b.First) && a.Last.Equal(b.Last) }
	return s.edit(ctx, by, location, func(c *Calendar) (err error) {
		var put *Season
		if now != nil {
			season := *now
			for _, old := range c.Seasons {
				if was != nil && same(old, *was) {
					season.Week = old.Week
				}
			}
			put = &season
		}
		c.Seasons, err = swapped(c.Seasons, was, put, same)
		return err
	}, func(tx *data.Tx) error {
		switch {
		case was == nil:
			return noteSeason(ctx, tx, by, location, *now)
		case now == nil:
			return tx.Audit(ctx, by, "calendar.season_drop", location, "name", was.Name, "days", span(was.First, was.Last))
		}
		return tx.Audit(ctx, by, "calendar.season_change", location, "name", now.Name, "days", span(now.First, now.Last))
	})
}

// ChangeClosure is ChangeSeason for a closure.
func (s *Store) ChangeClosure(ctx context.Context, by data.Actor, location string, was, now *Closure) error {
	same := func(a, b Closure) bool { return a.Reason == b.Reason && a.First.Equal(b.First) && a.Last.Equal(b.Last) }
	return s.edit(ctx, by, location, func(c *Calendar) (err error) {
		c.Closures, err = swapped(c.Closures, was, now, same)
		return err
	}, func(tx *data.Tx) error {
		switch {
		case was == nil:
			return noteClosure(ctx, tx, by, location, *now)
		case now == nil:
			return tx.Audit(ctx, by, "calendar.closure_drop", location, "days", span(was.First, was.Last), "reason", was.Reason)
		}
		return tx.Audit(ctx, by, "calendar.closure_change", location, "days", span(now.First, now.Last), "reason", now.Reason)
	})
}

// ChangeHalfDay is ChangeSeason for a half day.
func (s *Store) ChangeHalfDay(ctx context.Context, by data.Actor, location string, was, now *HalfDay) error {
	same := func(a, b HalfDay) bool { return a.Keep == b.Keep && a.Note == b.Note && a.Day.Equal(b.Day) }
	return s.edit(ctx, by, location, func(c *Calendar) (err error) {
		c.HalfDays, err = swapped(c.HalfDays, was, now, same)
		return err
	}, func(tx *data.Tx) error {
		switch {
		case was == nil:
			return noteHalfDay(ctx, tx, by, location, *now)
		case now == nil:
			return tx.Audit(ctx, by, "calendar.half_day_drop", location, "day", was.Day.Format(data.DayLayout), "note", was.Note)
		}
		return tx.Audit(ctx, by, "calendar.half_day_change", location, "day", now.Day.Format(data.DayLayout), "keep", now.Keep.String(), "note", now.Note)
	})
}

// swapped gives a list with now in the place of was; either may be nil.
func swapped[T any](list []T, was, now *T, same func(a, b T) bool) ([]T, error) {
	list = slices.Clone(list)
	if was != nil {
		at := slices.IndexFunc(list, func(one T) bool { return same(one, *was) })
		if at < 0 {
			return nil, ErrChanged
		}
		list = slices.Delete(list, at, at+1)
	}
	if now != nil {
		list = append(list, *now)
	}
	return list, nil
}
