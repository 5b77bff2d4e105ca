package calendar

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
)

// Location is a place with opening hours: a town hall, a library, a public computer room.
type Location struct {
	ID             string
	OrganisationID string
	Name           string
}

// Store keeps locations and their calendars. The ICT officer changes them; everybody may read them, since
// opening hours hang on the door.
type Store struct{ db *data.DB }

// NewStore gives the locations of a database.
func NewStore(db *data.DB) *Store { return &Store{db} }

// AddLocation adds a location, closed but for the hours that c has, and audits it. It returns an
// *data.Invalid for an empty name, one that the organisation already has, or a calendar that can't be, and
// data.ErrNotFound for an unknown organisation.
func (s *Store) AddLocation(ctx context.Context, by data.Actor, organisation, name string, c Calendar) (l Location, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		l, err = AddLocation(ctx, tx, by, organisation, name, c)
		return err
	})
	if err != nil {
		return Location{}, err
	}
	return l, nil
}

// AddLocation is Store.AddLocation inside somebody else's transaction: an import is one act.
func AddLocation(ctx context.Context, tx *data.Tx, by data.Actor, organisation, name string, c Calendar) (Location, error) {
	l := Location{ID: data.NewID(), OrganisationID: organisation, Name: data.Clean(name, noteLimit)}
	if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
		return Location{}, err
	}
	if l.Name == "" {
		return Location{}, &data.Invalid{Field: "location", Why: data.WhyEmpty}
	}
	var known string
	if err := data.One(ctx, tx, []any{&known}, `SELECT id FROM organisations WHERE id = $1`, organisation); err != nil {
		return Location{}, fmt.Errorf("organisation of location %s: %w", l.Name, err)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO locations (id, organisation_id, name, sort_key, created_at) VALUES ($1, $2, $3, $4, $5)`,
		l.ID, l.OrganisationID, l.Name, data.SortKey(l.Name), tx.Now().UnixMilli())
	if data.IsUnique(err) {
		return Location{}, &data.Invalid{Field: "location", Why: data.WhyTwice, Got: l.Name}
	} else if err != nil {
		return Location{}, fmt.Errorf("add location %s: %w", l.Name, err)
	}
	if err := tx.Audit(ctx, by, "location.add", l.ID, "name", l.Name); err != nil {
		return Location{}, err
	}
	return l, Save(ctx, tx, by, l.ID, c)
}

// Rename gives a location another name and audits it. Errors are those of AddLocation.
func (s *Store) Rename(ctx context.Context, by data.Actor, location, name string) error {
	if name = data.Clean(name, noteLimit); name == "" {
		return &data.Invalid{Field: "location", Why: data.WhyEmpty}
	}
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `UPDATE locations SET name = $1, sort_key = $2 WHERE id = $3`, name, data.SortKey(name), location)
		if data.IsUnique(err) {
			return &data.Invalid{Field: "location", Why: data.WhyTwice, Got: name}
		}
		if err := changed(res, err); err != nil {
			return fmt.Errorf("rename location %s: %w", location, err)
		}
		return tx.Audit(ctx, by, "location.rename", location, "name", name)
	})
}

// Save replaces the whole calendar of a location, and audits it. The local days and school holidays of c are
// not its own and stay as they are. It returns an *data.Invalid for a calendar that can't be.
func (s *Store) Save(ctx context.Context, by data.Actor, location string, c Calendar) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error { return Save(ctx, tx, by, location, c) })
}

// Save is Store.Save inside somebody else's transaction.
func Save(ctx context.Context, tx *data.Tx, by data.Actor, location string, c Calendar) error {
	c.LocalDays, c.School = nil, nil
	return edit(ctx, tx, by, location, "calendar.save", func(old *Calendar) error {
		*old = c
		return nil
	}, "week", c.Week.String(), "seasons", strconv.Itoa(len(c.Seasons)), "half_days", strconv.Itoa(len(c.HalfDays)),
		"closures", strconv.Itoa(len(c.Closures)), "ticks", join(c.Ticks))
}

// SetWeek replaces the ordinary week of a location.
func (s *Store) SetWeek(ctx context.Context, by data.Actor, location string, w Week) error {
	return s.edit(ctx, by, location, "calendar.week", func(c *Calendar) error {
		c.Week = w
		return nil
	}, "week", w.String())
}

// SetTicks replaces the holidays and local days that close a location.
func (s *Store) SetTicks(ctx context.Context, by data.Actor, location string, ticks []Code) error {
	return s.edit(ctx, by, location, "calendar.ticks", func(c *Calendar) error {
		c.Ticks = ticks
		return nil
	}, "ticks", join(ticks))
}

// PutSeason adds a season, or replaces the one that begins on the same day.
func (s *Store) PutSeason(ctx context.Context, by data.Actor, location string, season Season) error {
	return s.edit(ctx, by, location, "calendar.season", func(c *Calendar) error {
		c.Seasons = append(without(c.Seasons, season.First, Season.begins), season)
		return nil
	}, "name", season.Name, "days", span(season.First, season.Last), "week", season.Week.String())
}

// DropSeason removes the season that begins on a day. It returns data.ErrNotFound when none does.
func (s *Store) DropSeason(ctx context.Context, by data.Actor, location string, first time.Time) error {
	return s.edit(ctx, by, location, "calendar.season_drop", func(c *Calendar) error {
		return drop(&c.Seasons, first, Season.begins)
	}, "day", first.Format(data.DayLayout))
}

// PutHalfDay adds a half day, or replaces that of the same day.
func (s *Store) PutHalfDay(ctx context.Context, by data.Actor, location string, half HalfDay) error {
	return s.edit(ctx, by, location, "calendar.half_day", func(c *Calendar) error {
		c.HalfDays = append(without(c.HalfDays, half.Day, HalfDay.begins), half)
		return nil
	}, "day", half.Day.Format(data.DayLayout), "keep", half.Keep.String(), "note", half.Note)
}

// DropHalfDay removes the half day of a day. It returns data.ErrNotFound when there is none.
func (s *Store) DropHalfDay(ctx context.Context, by data.Actor, location string, day time.Time) error {
	return s.edit(ctx, by, location, "calendar.half_day_drop", func(c *Calendar) error {
		return drop(&c.HalfDays, day, HalfDay.begins)
	}, "day", day.Format(data.DayLayout))
}

// PutClosure adds a closure, or replaces the one that begins on the same day.
func (s *Store) PutClosure(ctx context.Context, by data.Actor, location string, closed Closure) error {
	return s.edit(ctx, by, location, "calendar.closure", func(c *Calendar) error {
		c.Closures = append(without(c.Closures, closed.First, Closure.begins), closed)
		return nil
	}, "days", span(closed.First, closed.Last), "reason", closed.Reason)
}

// DropClosure removes the closure that begins on a day. It returns data.ErrNotFound when none does.
func (s *Store) DropClosure(ctx context.Context, by data.Actor, location string, first time.Time) error {
	return s.edit(ctx, by, location, "calendar.closure_drop", func(c *Calendar) error {
		return drop(&c.Closures, first, Closure.begins)
	}, "day", first.Format(data.DayLayout))
}

func (s Season) begins() time.Time  { return s.First }
func (h HalfDay) begins() time.Time { return h.Day }
func (c Closure) begins() time.Time { return c.First }

// without gives the list less what begins on a day.
func without[T any](list []T, day time.Time, begins func(T) time.Time) []T {
	var kept []T
	for _, one := range list {
		if !dayOf(begins(one)).Equal(dayOf(day)) {
			kept = append(kept, one)
		}
	}
	return kept
}

func drop[T any](list *[]T, day time.Time, begins func(T) time.Time) error {
	kept := without(*list, day, begins)
	if len(kept) == len(*list) {
		return data.ErrNotFound
	}
	*list = kept
	return nil
}

// String gives the week for logs: "Mon 09:00-12:00; Tue 09:00-12:00, 13:30-17:00".
func (w Week) String() string {
	var days []string
	for n := range w {
		day := time.Weekday((n + 1) % 7) // Monday first
		if len(w[day]) > 0 {
			days = append(days, day.String()[:3]+" "+w[day].String())
		}
	}
	return strings.Join(days, "; ")
}

func (s *Store) edit(ctx context.Context, by data.Actor, location, action string, change func(*Calendar) error, detail ...string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error { return edit(ctx, tx, by, location, action, change, detail...) })
}

// edit is one change of one calendar: it reads it, changes it, looks whether the whole still fits, writes it
// and audits it.
func edit(ctx context.Context, tx *data.Tx, by data.Actor, location, action string, change func(*Calendar) error, detail ...string) error {
	if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
		return err
	}
	c, err := calendarOf(ctx, tx, location)
	if err == nil {
		err = change(&c)
	}
	if err == nil {
		c, err = c.Normal()
	}
	if err == nil {
		err = write(ctx, tx, location, c)
	}
	if err != nil {
		return fmt.Errorf("%s of location %s: %w", action, location, err)
	}
	return tx.Audit(ctx, by, action, location, detail...)
}
