package calendar

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"digibrug/data"
)

// PutLocalDay announces a day of the fair or a bridge day for an organisation, and audits it. A day has one
// meaning: the last one that was put. It returns an *data.Invalid for another code.
func (s *Store) PutLocalDay(ctx context.Context, by data.Actor, organisation string, l LocalDay) error {
	if err := l.check(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		day := l.Day.Format(data.DayLayout)
		res, err := tx.ExecContext(ctx, `INSERT INTO local_days (organisation_id, on_day, kind) SELECT id, $1, $2 FROM organisations WHERE id = $3
			ON CONFLICT (organisation_id, on_day) DO UPDATE SET kind = excluded.kind`, day, string(l.Code), organisation)
		if err := changed(res, err); err != nil {
			return fmt.Errorf("local day %s of organisation %s: %w", day, organisation, err)
		}
		return tx.Audit(ctx, by, "calendar.local_day", organisation, "day", day, "kind", string(l.Code))
	})
}

// DropLocalDay takes back what was announced for a day. It returns data.ErrNotFound when nothing was.
func (s *Store) DropLocalDay(ctx context.Context, by data.Actor, organisation string, day time.Time) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		on := day.Format(data.DayLayout)
		res, err := tx.ExecContext(ctx, `DELETE FROM local_days WHERE organisation_id = $1 AND on_day = $2`, organisation, on)
		if err := changed(res, err); err != nil {
			return fmt.Errorf("drop local day %s of organisation %s: %w", on, organisation, err)
		}
		return tx.Audit(ctx, by, "calendar.local_day_drop", organisation, "day", on)
	})
}

// LocalDays lists the days that an organisation announced, in order.
func (s *Store) LocalDays(ctx context.Context, organisation string) ([]LocalDay, error) {
	byOrganisation, err := localDays(ctx, s.db, organisation)
	return byOrganisation[organisation], err
}

// localDays gives the local days per organisation; an empty organisation asks for all.
func localDays(ctx context.Context, q data.Query, organisation string) (map[string][]LocalDay, error) {
	type row struct {
		organisation string
		day          LocalDay
	}
	rows, err := data.List(ctx, q, func(scan func(...any) error) (r row, err error) {
		err = scan(&r.organisation, dayInto{&r.day.Day}, &r.day.Code)
		return r, err
	}, `SELECT organisation_id, on_day, kind FROM local_days WHERE $1 = '' OR organisation_id = $1 ORDER BY organisation_id, on_day`, organisation)
	if err != nil {
		return nil, fmt.Errorf("local days: %w", err)
	}
	all := map[string][]LocalDay{}
	for _, r := range rows {
		all[r.organisation] = append(all[r.organisation], r.day)
	}
	return all, nil
}

// PutSchoolHoliday lays down official dates of one school holiday, for the whole house, and audits it. It
// returns an *data.Invalid for dates outside the school year or over another holiday of it.
func (s *Store) PutSchoolHoliday(ctx context.Context, by data.Actor, h SchoolHoliday) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		official, err := schoolHolidays(ctx, tx)
		if err != nil {
			return err
		}
		if err := h.check(official); err != nil {
			return err
		}
		first, last := h.First.Format(data.DayLayout), h.Last.Format(data.DayLayout)
		if _, err := tx.ExecContext(ctx, `INSERT INTO school_holidays (school_year, code, from_on, until_on) VALUES ($1, $2, $3, $4)
			ON CONFLICT (school_year, code) DO UPDATE SET from_on = excluded.from_on, until_on = excluded.until_on`,
			h.Year, string(h.Code), first, last); err != nil {
			return fmt.Errorf("school holiday %s of %d: %w", h.Code, h.Year, err)
		}
		return tx.Audit(ctx, by, "calendar.school_holiday", string(h.Code), "year", strconv.Itoa(h.Year), "first", first, "last", last)
	})
}

// DropSchoolHoliday goes back to the rule. It returns data.ErrNotFound when there were no official dates, and
// an *data.Invalid when the rule's dates are over official ones of another holiday.
func (s *Store) DropSchoolHoliday(ctx context.Context, by data.Actor, year int, code Code) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `DELETE FROM school_holidays WHERE school_year = $1 AND code = $2`, year, string(code))
		if err := changed(res, err); err != nil {
			return fmt.Errorf("drop school holiday %s of %d: %w", code, year, err)
		}
		official, err := schoolHolidays(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := normalSchool(official); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "calendar.school_holiday_drop", string(code), "year", strconv.Itoa(year))
	})
}

// OfficialSchoolHolidays lists the official dates, in order.
func (s *Store) OfficialSchoolHolidays(ctx context.Context) ([]SchoolHoliday, error) {
	return schoolHolidays(ctx, s.db)
}

func schoolHolidays(ctx context.Context, q data.Query) ([]SchoolHoliday, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (h SchoolHoliday, err error) {
		return h, scan(&h.Year, &h.Code, dayInto{&h.First}, dayInto{&h.Last})
	}, `SELECT school_year, code, from_on, until_on FROM school_holidays ORDER BY from_on, code`)
	if err != nil {
		return nil, fmt.Errorf("school holidays: %w", err)
	}
	return all, nil
}

// dayInto reads a stored day.
type dayInto struct{ day *time.Time }

// Scan implements sql.Scanner.
func (d dayInto) Scan(from any) (err error) {
	switch text := from.(type) {
	case string:
		*d.day, err = data.ParseDay(text)
	case []byte:
		*d.day, err = data.ParseDay(string(text))
	default:
		err = errors.New("a stored day is no text")
	}
	return err
}

// changed turns "no row was changed" into data.ErrNotFound.
func changed(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		return data.ErrNotFound
	}
	return err
}
