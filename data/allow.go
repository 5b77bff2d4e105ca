package data

import (
	"context"
	"fmt"
	"slices"
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
	return nil
}

// rolesOf lists the roles that an account in use holds on a day; none for an account that is not in use.
func rolesOf(ctx context.Context, q Query, account, day string) ([]Role, error) {
	return List(ctx, q, scanRole,
		`SELECT r.role FROM account_roles r JOIN accounts a ON a.id = r.account_id
		 WHERE r.account_id = $1 AND a.disabled_at IS NULL
		   AND r.from_on <= $2 AND (r.until_on IS NULL OR r.until_on >= $2) ORDER BY r.role`, account, day)
}
