package loans

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"digibrug/data"
)

// Tariff is a code that the desk sees: what part of deposit and fee somebody pays. Why, only the OCMW knows.
type Tariff struct {
	Code           string // "V"
	Name           string // "verminderd"
	DepositPercent int64
	FeePercent     int64
}

// Ground says why a borrower has a tariff. It never leaves the OCMW: neither the desk nor the audit log has it.
type Ground struct {
	Tariff string
	Ground string // the code of a ground, or some words
	Until  string // YYYY-MM-DD, the last day; empty: no end
}

// normal is the tariff of who has no other.
func normal() Tariff { return Tariff{DepositPercent: 100, FeePercent: 100} }

// PutTariff adds a tariff, or changes the one of that code, and audits it. Only the ICT officer may. It returns an
// *data.Invalid.
func (s *Store) PutTariff(ctx context.Context, by data.Actor, t Tariff) error {
	t.Code = strings.ToUpper(t.Code)
	if err := data.ShortTexts(nameLimit, data.Typed("tariff", &t.Code), data.Typed("name", &t.Name)); err != nil {
		return err
	}
	if t.Code == "" || t.Name == "" {
		return &data.Invalid{Field: "tariff", Why: data.WhyEmpty}
	}
	for _, p := range []int64{t.DepositPercent, t.FeePercent} {
		if p < 0 || p > 100 {
			return &data.Invalid{Field: "percent", Why: data.WhyNumber, Want: "0 … 100", Got: strconv.FormatInt(p, 10)}
		}
	}
	return s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO loan_tariffs (code, name, deposit_percent, fee_percent) VALUES ($1, $2, $3, $4)
			ON CONFLICT (code) DO UPDATE SET name = excluded.name, deposit_percent = excluded.deposit_percent, fee_percent = excluded.fee_percent`,
			t.Code, t.Name, t.DepositPercent, t.FeePercent); err != nil {
			return fmt.Errorf("put tariff %s: %w", t.Code, err)
		}
		return tx.Audit(ctx, by, "loan.tariff", t.Code, "name", t.Name)
	})
}

// Tariffs lists all tariffs by code.
func (s *Store) Tariffs(ctx context.Context, by data.Actor) (all []Tariff, err error) {
	err = s.db.ViewFor(ctx, by, append(readers(), data.RoleSocial), func(q data.Query) error {
		all, err = data.List(ctx, q, scanTariff, `SELECT code, name, deposit_percent, fee_percent FROM loan_tariffs ORDER BY code`)
		return err
	})
	return all, err
}

func scanTariff(scan func(...any) error) (t Tariff, err error) {
	return t, scan(&t.Code, &t.Name, &t.DepositPercent, &t.FeePercent)
}

// TariffOf gives the tariff of a borrower today: all that the desk sees. Its code is empty where there is none but the
// normal one.
func (s *Store) TariffOf(ctx context.Context, by data.Actor, borrower string) (t Tariff, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleSocial), func(q data.Query) error {
		t, err = tariffOf(ctx, q, borrower, data.DayOf(q.Now()))
		return err
	})
	return t, err
}

func tariffOf(ctx context.Context, q data.Query, borrower, day string) (Tariff, error) {
	found, err := data.List(ctx, q, scanTariff, `SELECT t.code, t.name, t.deposit_percent, t.fee_percent FROM borrower_grounds g JOIN loan_tariffs t ON t.code = g.tariff
		WHERE g.borrower_id = $1 AND (g.until_on = '' OR g.until_on >= $2)`, borrower, day)
	if err != nil || len(found) == 0 {
		return normal(), err
	}
	return found[0], nil
}

// SetGround gives a borrower a tariff with its ground, or with an empty tariff takes it away. Only a social worker
// may. The audit row has neither. It returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) SetGround(ctx context.Context, by data.Actor, id string, g Ground) error {
	if err := data.ShortTexts(noteLimit, data.Typed("ground", &g.Ground)); err != nil {
		return err
	}
	if err := data.OptionalDay("until", g.Until); err != nil {
		return err
	}
	return s.db.InTxFor(ctx, by, []data.Role{data.RoleSocial}, func(tx *data.Tx) error {
		if _, err := borrower(ctx, tx, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM borrower_grounds WHERE borrower_id = $1`, id); err != nil {
			return err
		}
		if g.Tariff != "" {
			var n int
			if err := data.One(ctx, tx, []any{&n}, `SELECT count(*) FROM loan_tariffs WHERE code = $1`, g.Tariff); err != nil {
				return err
			}
			if n == 0 {
				return &data.Invalid{Field: "tariff", Why: data.WhyNotOneOf, Got: data.Clean(g.Tariff, 20)}
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO borrower_grounds (borrower_id, tariff, ground, until_on, actor, at) VALUES ($1, $2, $3, $4, $5, $6)`,
				id, g.Tariff, g.Ground, g.Until, actor(by), tx.Now().UnixMilli()); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, "borrower.tariff", id)
	})
}

// GroundOf gives the ground of a borrower's tariff. Only a social worker may ask. found is false when there is none.
func (s *Store) GroundOf(ctx context.Context, by data.Actor, id string) (g Ground, found bool, err error) {
	err = s.db.ViewFor(ctx, by, []data.Role{data.RoleSocial}, func(q data.Query) error {
		one, err := groundOf(ctx, q, id)
		if one != nil {
			g, found = *one, true
		}
		return err
	})
	return g, found, err
}
