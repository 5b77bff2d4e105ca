package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// ErrLastICT says that after the act nobody would be left who can give out roles.
var ErrLastICT = errors.New("last account of an ICT officer")

// someICT returns ErrLastICT when no account in use, with a password or a key, holds the role on a day.
func someICT(ctx context.Context, tx *Tx, day string) error {
	var n int
	if err := One(ctx, tx, []any{&n}, `SELECT count(*) FROM account_roles r JOIN accounts a ON a.id = r.account_id
		WHERE r.role = $1 AND a.disabled_at IS NULL AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2)
		  AND (a.password IS NOT NULL OR EXISTS (SELECT 1 FROM account_keys k WHERE k.account_id = a.id))`,
		string(RoleICT), day); err != nil {
		return fmt.Errorf("count ICT officers: %w", err)
	}
	if n == 0 {
		return ErrLastICT
	}
	return nil
}

// Grant gives a role from a day until a day (both included; an empty until has no end, an empty from is
// today) and audits it. Granting a role again changes its days.
// It returns ErrLastICT when that would leave nobody.
func (s *Accounts) Grant(ctx context.Context, by Actor, login string, role Role, from, until string) error {
	return s.onAccount(ctx, by, login, []Role{RoleICT}, func(tx *Tx, id string) error {
		held, err := heldRoles(ctx, tx, id)
		if err == nil {
			err = grant(ctx, tx, by, id, login, role, from, until)
		}
		if err == nil && role == RoleICT && slices.Contains(held, RoleICT) {
			err = someICT(ctx, tx, tx.Today()) // the new days may have ended it
		}
		return err
	})
}

func grant(ctx context.Context, tx *Tx, by Actor, account, login string, role Role, from, until string) error {
	if _, err := ParseRole(string(role)); err != nil {
		return err
	}
	for _, day := range []string{from, until} {
		if _, err := ParseDay(day); err != nil && day != "" {
			return err
		}
	}
	if from == "" {
		from = tx.Today()
	}
	if until != "" && until < from {
		return &Invalid{Field: "until", Why: WhyEarly, Want: from, Got: until}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO account_roles (account_id, role, from_on, until_on) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account_id, role) DO UPDATE SET from_on = excluded.from_on, until_on = excluded.until_on`,
		account, string(role), from, OrNull(until)); err != nil {
		return fmt.Errorf("grant %s: %w", role, err)
	}
	return tx.Audit(ctx, by, "role.grant", SortKey(login), "role", string(role), "from", from, "until", until)
}

// Revoke takes a role away at once and audits it. It returns ErrNotFound when the account did not have it,
// and ErrLastICT.
func (s *Accounts) Revoke(ctx context.Context, by Actor, login string, role Role) error {
	return s.onAccount(ctx, by, login, []Role{RoleICT}, func(tx *Tx, id string) error {
		if err := revoke(ctx, tx, by, id, login, role); err != nil {
			return err
		}
		if role != RoleICT {
			return nil
		}
		return someICT(ctx, tx, tx.Today())
	})
}

func revoke(ctx context.Context, tx *Tx, by Actor, account, login string, role Role) error {
	res, err := tx.ExecContext(ctx, `DELETE FROM account_roles WHERE account_id = $1 AND role = $2`, account, string(role))
	err = OneRow(res, err)
	if err != nil {
		return fmt.Errorf("revoke %s of %s: %w", role, login, err)
	}
	return tx.Audit(ctx, by, "role.revoke", SortKey(login), "role", string(role))
}

// ChangeRoles gives some roles from today on and takes others away, in one act, and audits each change. Roles
// that are in neither list stay as they are, whoever gave them meanwhile; what is so already changes nothing. It
// returns ErrLastICT.
func (s *Accounts) ChangeRoles(ctx context.Context, by Actor, login string, give, take []Role) error {
	return s.onAccount(ctx, by, login, []Role{RoleICT}, func(tx *Tx, id string) error {
		held, err := heldRoles(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, r := range give {
			if !slices.Contains(held, r) {
				if err := grant(ctx, tx, by, id, login, r, tx.Today(), ""); err != nil {
					return err
				}
			}
		}
		for _, r := range take {
			if slices.Contains(held, r) {
				if err := revoke(ctx, tx, by, id, login, r); err != nil {
					return err
				}
			}
		}
		if slices.Contains(held, RoleICT) && slices.Contains(take, RoleICT) {
			return someICT(ctx, tx, tx.Today())
		}
		return nil
	})
}

// heldRoles lists the roles that hold on the day of the transaction, whether the account is in use or not.
func heldRoles(ctx context.Context, tx *Tx, account string) ([]Role, error) {
	return List(ctx, tx, scanRole, `SELECT role FROM account_roles WHERE account_id = $1
		AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2) ORDER BY role`, account, tx.Today())
}

func scanRole(scan func(...any) error) (r Role, err error) { return r, scan(&r) }

// rolesWithDays lists every role of an account with its days, also those that are over or begin later.
func rolesWithDays(ctx context.Context, q Query, account string) ([]HeldRole, error) {
	return List(ctx, q, func(scan func(...any) error) (h HeldRole, err error) {
		var until sql.NullString
		err = scan(&h.Role, &h.From, &until)
		h.Until = until.String
		return h, err
	}, `SELECT role, from_on, until_on FROM account_roles WHERE account_id = $1 ORDER BY from_on, role`, account)
}

// RolesOf lists every role of an account with its days, also those that are over or begin later. Only the ICT officer
// and the deputy may ask. It returns ErrNotFound.
func (s *Accounts) RolesOf(ctx context.Context, by Actor, login string) (held []HeldRole, err error) {
	err = s.db.View(ctx, func(q Query) error {
		if err := Require(ctx, q, by, RoleICT, RoleDeputy); err != nil {
			return err
		}
		var id string
		if err := One(ctx, q, []any{&id}, `SELECT id FROM accounts WHERE login = $1`, SortKey(login)); err != nil {
			return fmt.Errorf("account %s: %w", Clean(login, 40), err)
		}
		held, err = rolesWithDays(ctx, q, id)
		return err
	})
	return held, err
}
