package data

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrMustChange says that a password which somebody else made must be replaced before anything else. It also
// Is ErrDenied.
var ErrMustChange = fmt.Errorf("password must be changed first: %w", ErrDenied)

// Require returns nil when the actor holds one of the roles today on an account that is in use, and an
// error that wraps ErrDenied otherwise. The operator at the local command line may do everything. It asks
// the database each time: a role that ended this morning ends in a session of this morning too.
func Require(ctx context.Context, q Query, by Actor, roles ...Role) error {
	if by.Operator {
		return nil
	}
	held, err := rolesOf(ctx, q, by.AccountID, DayOf(q.Now()))
	if err != nil {
		return fmt.Errorf("roles of %s: %w", by.Name, err)
	}
	if !slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(held, r) }) {
		return fmt.Errorf("%s lacks %v: %w", by.Name, roles, ErrDenied)
	}
	var mustChange bool
	if err := One(ctx, q, []any{&mustChange}, `SELECT must_change FROM accounts WHERE id = $1`, by.AccountID); err != nil {
		return fmt.Errorf("account of %s: %w", by.Name, err)
	}
	if mustChange && !by.ByKey {
		return fmt.Errorf("%s: %w", by.Name, ErrMustChange)
	}
	if by.MustEnrol {
		return enrolled(ctx, q, by)
	}
	return nil
}

// InTxFor is InTx for who holds one of the roles: it asks Require first, in the same transaction.
func (db *DB) InTxFor(ctx context.Context, by Actor, roles []Role, act func(*Tx) error) error {
	return db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, roles...); err != nil {
			return err
		}
		return act(tx)
	})
}

// ViewFor is View for who holds one of the roles: it asks Require first, in the same view.
func (db *DB) ViewFor(ctx context.Context, by Actor, roles []Role, look func(Query) error) error {
	return db.View(ctx, func(q Query) error {
		if err := Require(ctx, q, by, roles...); err != nil {
			return err
		}
		return look(q)
	})
}

// afterwards is how long who came in with a code may still read what came of the journey that is done.
const afterwards = 30 * time.Minute

// RequireFor is Require for what belongs to a journey: besides accounts with one of the roles it lets in who came
// with a paper code for that journey, while the code is good, and for half an hour after the journey was done.
// Require itself never does: a code opens what asks for it by name, and nothing else.
func RequireFor(ctx context.Context, q Query, by Actor, j Journey, roles ...Role) error {
	if by.CodeID == "" {
		return Require(ctx, q, by, roles...)
	}
	own, err := JourneyOf(ctx, q, by)
	if err == nil && !own.Covers(j) {
		err = fmt.Errorf("%s is not for %s %s: %w", by.Name, j.Kind, j.Of, ErrDenied)
	}
	return err
}

// JourneyOf gives the journey of who came in with a paper code, and the zero Journey for others. It returns an
// error that wraps ErrDenied once the code is good no more.
func JourneyOf(ctx context.Context, q Query, by Actor) (Journey, error) {
	if by.CodeID == "" {
		return Journey{}, nil
	}
	c, err := codeByID(ctx, q, by.CodeID)
	switch {
	case errors.Is(err, ErrNotFound):
		return Journey{}, fmt.Errorf("%s: %w", by.Name, ErrDenied)
	case err != nil:
		return Journey{}, err
	case c.PersonID != by.PersonID || c.Candidate != by.Candidate || by.AccountID != "" || by.Operator:
		return Journey{}, fmt.Errorf("%s acts for somebody else: %w", by.Name, ErrDenied)
	case c.State == CodeUsed && q.Now().Sub(c.DoneAt) < afterwards:
		return c.Journey, nil
	}
	if err := c.State.err(); err != nil {
		return Journey{}, fmt.Errorf("%s: %w", by.Name, err)
	}
	return c.Journey, nil
}

// rolesOf lists the roles that an account in use holds on a day; none for an account that is not in use.
func rolesOf(ctx context.Context, q Query, account, day string) ([]Role, error) {
	return List(ctx, q, scanRole,
		`SELECT r.role FROM account_roles r JOIN accounts a ON a.id = r.account_id
		 WHERE r.account_id = $1 AND a.disabled_at IS NULL
		   AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2) ORDER BY r.role`, account, day)
}
