package calendar

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

// Locations lists all locations by name.
func (s *Store) Locations(ctx context.Context) ([]Location, error) {
	return data.List(ctx, s.db, scanLocation, locationFields+` ORDER BY sort_key, id`)
}

// Location finds a location. It returns data.ErrNotFound when there is none.
func (s *Store) Location(ctx context.Context, id string) (Location, error) {
	return locationOf(ctx, s.db, id)
}

func locationOf(ctx context.Context, q data.Query, id string) (l Location, err error) {
	err = data.One(ctx, q, l.dest(), locationFields+` WHERE id = $1`, id)
	return l, err
}

const locationFields = `SELECT id, organisation_id, name, street, postcode, town FROM locations`

// dest is where the columns of locationFields go.
func (l *Location) dest() []any {
	return []any{&l.ID, &l.OrganisationID, &l.Name, &l.Address.Street, &l.Address.Postcode, &l.Address.Town}
}

func scanLocation(scan func(...any) error) (l Location, err error) {
	return l, scan(l.dest()...)
}

// Calendar reads the calendar of a location, with the local days of its organisation and the official school
// holidays. It returns data.ErrNotFound for an unknown location.
func (s *Store) Calendar(ctx context.Context, location string) (c Calendar, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		c, err = calendarOf(ctx, q, location)
		return err
	})
	return c, err
}

// Calendars reads the calendars of all locations, by the location's id.
func (s *Store) Calendars(ctx context.Context) (all map[string]Calendar, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		locations, err := data.List(ctx, q, scanLocation, locationFields+` ORDER BY sort_key, id`)
		if err != nil {
			return err
		}
		all, err = read(ctx, q, "", "", locations)
		return err
	})
	return all, err
}

func calendarOf(ctx context.Context, q data.Query, location string) (Calendar, error) {
	l, err := locationOf(ctx, q, location)
	if err != nil {
		return Calendar{}, fmt.Errorf("location %s: %w", location, err)
	}
	all, err := read(ctx, q, l.ID, l.OrganisationID, []Location{l})
	return all[l.ID], err
}

// reader gathers the rows of many calendars: one query a table, never one a location.
type reader struct {
	ctx  context.Context
	q    data.Query
	only string // id of a location; empty for all
	all  map[string]*Calendar
	err  error
}

// each runs query, which gives the location's id first, and hands its rows to scan and then to add.
func each[T any](r *reader, scan func(func(...any) error, *string) (T, error), add func(*Calendar, T), query string) {
	type row struct {
		location string
		value    T
	}
	if r.err != nil {
		return
	}
	rows, err := data.List(r.ctx, r.q, func(raw func(...any) error) (one row, err error) {
		one.value, err = scan(raw, &one.location)
		return one, err
	}, query, r.only)
	r.err = err
	for _, one := range rows {
		if c := r.all[one.location]; c != nil {
			add(c, one.value)
		}
	}
}

type storedHours struct {
	season  string // first day, "" for the ordinary week
	weekday time.Weekday
	block   Block
}

// read reads the calendars of locations; only and organisation are empty, or say that it is about one.
func read(ctx context.Context, q data.Query, only, organisation string, locations []Location) (map[string]Calendar, error) {
	r := &reader{ctx: ctx, q: q, only: only, all: map[string]*Calendar{}}
	for _, l := range locations {
		r.all[l.ID] = &Calendar{}
	}
	each(r, func(scan func(...any) error, id *string) (s Season, err error) {
		return s, scan(id, dayInto{&s.First}, dayInto{&s.Last}, &s.Name)
	}, func(c *Calendar, s Season) { c.Seasons = append(c.Seasons, s) },
		`SELECT location_id, from_on, until_on, name FROM location_seasons WHERE $1 = '' OR location_id = $1 ORDER BY location_id, from_on`)
	each(r, func(scan func(...any) error, id *string) (h storedHours, err error) {
		return h, scan(id, &h.season, &h.weekday, &h.block.From, &h.block.To)
	}, (*Calendar).add,
		`SELECT location_id, season_on, weekday, opens, closes FROM location_hours WHERE $1 = '' OR location_id = $1
		 ORDER BY location_id, season_on, weekday, opens`)
	each(r, func(scan func(...any) error, id *string) (h HalfDay, err error) {
		return h, scan(id, dayInto{&h.Day}, &h.Keep.From, &h.Keep.To, &h.Note)
	}, func(c *Calendar, h HalfDay) { c.HalfDays = append(c.HalfDays, h) },
		`SELECT location_id, on_day, keep_from, keep_until, note FROM location_half_days WHERE $1 = '' OR location_id = $1 ORDER BY location_id, on_day`)
	each(r, func(scan func(...any) error, id *string) (one Closure, err error) {
		return one, scan(id, dayInto{&one.First}, dayInto{&one.Last}, &one.Reason)
	}, func(c *Calendar, one Closure) { c.Closures = append(c.Closures, one) },
		`SELECT location_id, from_on, until_on, reason FROM location_closures WHERE $1 = '' OR location_id = $1 ORDER BY location_id, from_on`)
	each(r, func(scan func(...any) error, id *string) (code Code, err error) { return code, scan(id, &code) },
		func(c *Calendar, code Code) { c.Ticks = append(c.Ticks, code) },
		`SELECT location_id, code FROM location_ticks WHERE $1 = '' OR location_id = $1 ORDER BY location_id, code`)
	if r.err != nil {
		return nil, fmt.Errorf("read calendars: %w", r.err)
	}
	return r.finish(organisation, locations)
}

// finish adds what locations share, and puts the ticks in the order of Ticks.
func (r *reader) finish(organisation string, locations []Location) (map[string]Calendar, error) {
	local, err := localDays(r.ctx, r.q, organisation)
	if err != nil {
		return nil, err
	}
	school, err := schoolHolidays(r.ctx, r.q)
	if err != nil {
		return nil, err
	}
	finished := make(map[string]Calendar, len(locations))
	for _, l := range locations {
		c := r.all[l.ID]
		if c.Ticks, err = normalTicks(c.Ticks); err != nil {
			return nil, fmt.Errorf("ticks of location %s: %w", l.ID, err)
		}
		c.LocalDays, c.School = local[l.OrganisationID], school
		finished[l.ID] = *c
	}
	return finished, nil
}

// add puts stored hours in their week. Hours of a season that is gone would be nobody's; write leaves none.
func (c *Calendar) add(h storedHours) {
	week := &c.Week
	if h.season != "" {
		week = nil
		for i := range c.Seasons {
			if c.Seasons[i].First.Format(data.DayLayout) == h.season {
				week = &c.Seasons[i].Week
			}
		}
	}
	if week != nil && h.weekday >= time.Sunday && h.weekday <= time.Saturday {
		week[h.weekday] = append(week[h.weekday], h.block)
	}
}

// write replaces the rows of a location by those of a calendar in its normal form.
func write(ctx context.Context, tx *data.Tx, location string, c Calendar) error {
	for _, table := range []string{"location_hours", "location_seasons", "location_half_days", "location_closures", "location_ticks"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE location_id = $1`, location); err != nil {
			return err
		}
	}
	if err := writeWeek(ctx, tx, location, "", c.Week); err != nil {
		return err
	}
	for _, s := range c.Seasons {
		first := s.First.Format(data.DayLayout)
		if _, err := tx.ExecContext(ctx, `INSERT INTO location_seasons (location_id, from_on, until_on, name) VALUES ($1, $2, $3, $4)`,
			location, first, s.Last.Format(data.DayLayout), s.Name); err != nil {
			return err
		}
		if err := writeWeek(ctx, tx, location, first, s.Week); err != nil {
			return err
		}
	}
	for _, h := range c.HalfDays {
		if _, err := tx.ExecContext(ctx, `INSERT INTO location_half_days (location_id, on_day, keep_from, keep_until, note) VALUES ($1, $2, $3, $4, $5)`,
			location, h.Day.Format(data.DayLayout), int(h.Keep.From), int(h.Keep.To), h.Note); err != nil {
			return err
		}
	}
	for _, one := range c.Closures {
		if _, err := tx.ExecContext(ctx, `INSERT INTO location_closures (location_id, from_on, until_on, reason) VALUES ($1, $2, $3, $4)`,
			location, one.First.Format(data.DayLayout), one.Last.Format(data.DayLayout), one.Reason); err != nil {
			return err
		}
	}
	for _, code := range c.Ticks {
		if _, err := tx.ExecContext(ctx, `INSERT INTO location_ticks (location_id, code) VALUES ($1, $2)`, location, string(code)); err != nil {
			return err
		}
	}
	return nil
}

func writeWeek(ctx context.Context, tx *data.Tx, location, season string, w Week) error {
	for day, hours := range w {
		for _, b := range hours {
			if _, err := tx.ExecContext(ctx, `INSERT INTO location_hours (location_id, season_on, weekday, opens, closes) VALUES ($1, $2, $3, $4, $5)`,
				location, season, day, int(b.From), int(b.To)); err != nil {
				return err
			}
		}
	}
	return nil
}
