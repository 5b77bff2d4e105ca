package calendar

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
)

// ErrChanged says that what was to be changed is no longer what the one who changes it saw: somebody was first.
var ErrChanged = errors.New("the calendar was changed meanwhile")

// Location is a place with opening hours: a town hall, a library, a public computer room.
type Location struct {
	ID             string
	OrganisationID string
	Name           string
	Address        Address
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
// not its own and stay as they are. It returns an *data.Invalid for a calendar that can't be. Like every change
// here it writes and audits nothing when all is as asked already.
func (s *Store) Save(ctx context.Context, by data.Actor, location string, c Calendar) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error { return Save(ctx, tx, by, location, c) })
}

// Save is Store.Save inside somebody else's transaction.
func Save(ctx context.Context, tx *data.Tx, by data.Actor, location string, c Calendar) error {
	return edit(ctx, tx, by, location, func(old *Calendar) error {
		c.LocalDays, c.School = old.LocalDays, old.School
		*old = c
		return nil
	}, func() error {
		return tx.Audit(ctx, by, "calendar.save", location, "week", c.Week.String(), "seasons", strconv.Itoa(len(c.Seasons)),
			"half_days", strconv.Itoa(len(c.HalfDays)), "closures", strconv.Itoa(len(c.Closures)), "ticks", join(c.Ticks))
	})
}

// SetWeek replaces the ordinary week of a location.
func (s *Store) SetWeek(ctx context.Context, by data.Actor, location string, w Week) error {
	return s.edit(ctx, by, location, func(c *Calendar) error {
		c.Week = w
		return nil
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "calendar.week", location, "week", w.String())
	})
}

// SetTicks replaces the holidays and local days that close a location.
func (s *Store) SetTicks(ctx context.Context, by data.Actor, location string, ticks []Code) error {
	return s.edit(ctx, by, location, func(c *Calendar) error {
		c.Ticks = ticks
		return nil
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "calendar.ticks", location, "ticks", join(ticks))
	})
}

// PutSeason adds a season, or replaces the one that begins on the same day.
func (s *Store) PutSeason(ctx context.Context, by data.Actor, location string, season Season) error {
	return s.edit(ctx, by, location, func(c *Calendar) error {
		c.Seasons = append(without(c.Seasons, season.First, Season.begins), season)
		return nil
	}, func(tx *data.Tx) error { return noteSeason(ctx, tx, by, location, season) })
}

func noteSeason(ctx context.Context, tx *data.Tx, by data.Actor, location string, s Season) error {
	return tx.Audit(ctx, by, "calendar.season", location, "name", s.Name, "days", span(s.First, s.Last), "week", s.Week.String())
}

// DropSeason removes the season that begins on a day. It returns data.ErrNotFound when none does.
func (s *Store) DropSeason(ctx context.Context, by data.Actor, location string, first time.Time) error {
	return s.edit(ctx, by, location, func(c *Calendar) error { return drop(&c.Seasons, first, Season.begins) }, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "calendar.season_drop", location, "day", first.Format(data.DayLayout))
	})
}

// PutHalfDay adds a half day, or replaces that of the same day.
func (s *Store) PutHalfDay(ctx context.Context, by data.Actor, location string, half HalfDay) error {
	return s.edit(ctx, by, location, func(c *Calendar) error {
		c.HalfDays = append(without(c.HalfDays, half.Day, HalfDay.begins), half)
		return nil
	}, func(tx *data.Tx) error { return noteHalfDay(ctx, tx, by, location, half) })
}

func noteHalfDay(ctx context.Context, tx *data.Tx, by data.Actor, location string, h HalfDay) error {
	return tx.Audit(ctx, by, "calendar.half_day", location, "day", h.Day.Format(data.DayLayout), "keep", h.Keep.String(), "note", h.Note)
}

// DropHalfDay removes the half day of a day. It returns data.ErrNotFound when there is none.
func (s *Store) DropHalfDay(ctx context.Context, by data.Actor, location string, day time.Time) error {
	return s.edit(ctx, by, location, func(c *Calendar) error { return drop(&c.HalfDays, day, HalfDay.begins) }, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "calendar.half_day_drop", location, "day", day.Format(data.DayLayout))
	})
}

// PutClosure adds a closure, or replaces the one that begins on the same day.
func (s *Store) PutClosure(ctx context.Context, by data.Actor, location string, closed Closure) error {
	return s.edit(ctx, by, location, func(c *Calendar) error {
		c.Closures = append(without(c.Closures, closed.First, Closure.begins), closed)
		return nil
	}, func(tx *data.Tx) error { return noteClosure(ctx, tx, by, location, closed) })
}

func noteClosure(ctx context.Context, tx *data.Tx, by data.Actor, location string, c Closure) error {
	return tx.Audit(ctx, by, "calendar.closure", location, "days", span(c.First, c.Last), "reason", c.Reason)
}

// DropClosure removes the closure that begins on a day. It returns data.ErrNotFound when none does.
func (s *Store) DropClosure(ctx context.Context, by data.Actor, location string, first time.Time) error {
	return s.edit(ctx, by, location, func(c *Calendar) error { return drop(&c.Closures, first, Closure.begins) }, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "calendar.closure_drop", location, "day", first.Format(data.DayLayout))
	})
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

// edit is one change of one calendar: it reads it, changes it, looks whether the whole still fits, writes it and
// has it audited by note. When nothing differs, nothing is written.
func edit(ctx context.Context, tx *data.Tx, by data.Actor, location string, change func(*Calendar) error, note func() error) error {
	if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
		return err
	}
	old, err := calendarOf(ctx, tx, location)
	next := old
	if err == nil {
		err = change(&next)
	}
	if err == nil {
		next, err = next.Normal()
	}
	if err == nil && !reflect.DeepEqual(next, old) {
		if err = write(ctx, tx, location, next); err == nil {
			err = note()
		}
	}
	if err != nil {
		return fmt.Errorf("change the calendar of location %s: %w", location, err)
	}
	return nil
}

func (s *Store) edit(ctx context.Context, by data.Actor, location string, change func(*Calendar) error, note func(*data.Tx) error) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		return edit(ctx, tx, by, location, change, func() error { return note(tx) })
	})
}
