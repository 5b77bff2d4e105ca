package loans

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Store keeps the register. Every method asks first whether the actor's roles allow it: the desk is for clerks and
// the ICT officer, what shows social aid for social workers alone, day sheets also for the finance director.
type Store struct{ db *data.DB }

// NewStore gives the register of a database.
func NewStore(db *data.DB) *Store { return &Store{db} }

// desk lists who lends and takes back.
func desk() []data.Role { return []data.Role{data.RoleClerk, data.RoleICT} }

// readers lists who may read the regulation: who lends by it, and the director.
func readers() []data.Role { return append(desk(), data.RoleDirector) }

// Limits of what people type, in characters.
const (
	nameLimit = 80
	noteLimit = 500
)

// Kinds of numbers beside those of devices: the first two digits of a code say what it is of.
const (
	KindBorrower = 90
	KindKit      = 91
	KindBooking  = 92
	KindContract = 93
	maxDevice    = 89 // the last kind of a device
)

// WhyNumbersGone says that all serial numbers of a kind were given.
const WhyNumbersGone data.Why = "loans.numbers_gone"

// newNumber gives the next number of a kind. Numbers are never used again, also not those of a transaction that is
// undone by people later.
func newNumber(ctx context.Context, tx *data.Tx, kind int) (Number, error) {
	var serial int
	if err := data.One(ctx, tx, []any{&serial}, `INSERT INTO loan_serials (kind, last) VALUES ($1, 1)
		ON CONFLICT (kind) DO UPDATE SET last = loan_serials.last + 1 RETURNING last`, kind); err != nil {
		return "", fmt.Errorf("next number of kind %d: %w", kind, err)
	}
	if serial > MaxSerial {
		return "", &data.Invalid{Field: "number", Why: WhyNumbersGone, Got: strconv.Itoa(kind)}
	}
	return NewNumber(kind, serial), nil
}

// openingOf gives the opening days of a location.
func openingOf(ctx context.Context, q data.Query, location string) (calendar.Calendar, error) {
	return calendar.Of(ctx, q, location)
}

// actor is how an actor is called in the register.
func actor(by data.Actor) string { return data.Clean(by.Name, nameLimit) }

// holds tells whether an actor has a role today; the operator has all.
func holds(ctx context.Context, q data.Query, by data.Actor, role data.Role) bool {
	return data.Require(ctx, q, by, role) == nil
}

// Desk settings.
const (
	SettingCash     = "cash"      // "1": the desk takes cash
	SettingKeepDays = "keep_days" // days after a return for which a loan stays with the borrower's name
)

// keepDays is for how long a loan stays with the name where nothing was set: two years, the most that Flemish
// libraries keep.
const keepDays = 730

// setting gives a setting of the desk.
func setting(ctx context.Context, q data.Query, key, otherwise string) (string, error) {
	found, err := data.List(ctx, q, func(scan func(...any) error) (v string, err error) { return v, scan(&v) },
		`SELECT value FROM loan_settings WHERE key = $1`, key)
	if err != nil || len(found) == 0 {
		return otherwise, err
	}
	return found[0], nil
}

// Setting gives a setting of the desk, "" when it was never set.
func (s *Store) Setting(ctx context.Context, by data.Actor, key string) (value string, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		value, err = setting(ctx, q, key, "")
		return err
	})
	return value, err
}

// Set changes a setting of the desk, and audits it. Only the ICT officer may. It returns an *data.Invalid.
func (s *Store) Set(ctx context.Context, by data.Actor, key, value string) error {
	value = strings.TrimSpace(value)
	switch key {
	case SettingCash:
		if value != "0" && value != "1" {
			return &data.Invalid{Field: key, Why: data.WhyNotOneOf, Want: "0, 1", Got: data.Clean(value, 20)}
		}
	case SettingKeepDays:
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n > 3650 {
			return &data.Invalid{Field: key, Why: data.WhyNumber, Want: "0 … 3650", Got: data.Clean(value, 20)}
		}
	default:
		return &data.Invalid{Field: "setting", Why: data.WhyNotOneOf, Want: "cash, keep_days", Got: data.Clean(key, 40)}
	}
	return s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		if err := putSetting(ctx, tx, key, value); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "loan.setting", key, "value", value)
	})
}

func putSetting(ctx context.Context, tx *data.Tx, key, value string) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO loan_settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value); err != nil {
		return fmt.Errorf("set %s: %w", key, err)
	}
	return nil
}
