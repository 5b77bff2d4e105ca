package data

import (
	"context"
	"fmt"
	"slices"
)

// OpenAccount is an account to add without a password: its owner comes in with a letter, a key, or a password that
// is set later.
type OpenAccount struct {
	PersonID string
	Login    string
	Language string // nl, en or fr; empty: the house's
	Roles    []Role
}

// AddAccounts adds accounts without a password, with roles from today on, and audits all of it. Callers have asked
// Require. It returns an *Invalid for a log-in name or role that can't be; after a log-in name that somebody has,
// the transaction is over.
func AddAccounts(ctx context.Context, tx *Tx, by Actor, all []OpenAccount) error {
	var rows, roleRows [][]any
	var acts []Act
	for _, n := range all {
		login, err := ParseLogin(n.Login)
		if err != nil {
			return err
		}
		id := NewID()
		rows = append(rows, []any{id, n.PersonID, login, nil, false, n.Language, "", tx.Now().UnixMilli()})
		acts = append(acts, Act{Action: "account.add", Object: login})
		for _, r := range n.Roles {
			if _, err := ParseRole(string(r)); err != nil {
				return err
			}
			roleRows = append(roleRows, []any{id, string(r), tx.Today()})
			acts = append(acts, Act{"role.grant", login, []string{"role", string(r), "from", tx.Today(), "until", ""}})
		}
	}
	if err := tx.InsertAll(ctx, `INSERT INTO accounts (id, person_id, login, password, must_change, language, theme, created_at)`, rows); IsUnique(err) {
		return &Invalid{Field: "login", Why: WhyTwice}
	} else if err != nil {
		return fmt.Errorf("add %d accounts: %w", len(all), err)
	}
	if err := tx.InsertAll(ctx, `INSERT INTO account_roles (account_id, role, from_on)`, roleRows); err != nil {
		return fmt.Errorf("roles of %d accounts: %w", len(all), err)
	}
	return tx.AuditAll(ctx, by, acts)
}

// KnownLogin is an account as an import compares it.
type KnownLogin struct {
	AccountID string
	PersonID  string
	Login     string
	Language  string // empty: the house's
	Disabled  bool
	Roles     []Role // that hold today
}

// GrantRole gives an account a role from today on and audits it, inside somebody else's transaction. Callers have
// asked Require.
func GrantRole(ctx context.Context, tx *Tx, by Actor, a KnownLogin, r Role) error {
	return grant(ctx, tx, by, a.AccountID, a.Login, r, tx.Today(), "")
}

// Logins lists all accounts by log-in name with whose they are and the roles that hold today. Callers have asked
// Require.
func Logins(ctx context.Context, q Query) ([]KnownLogin, error) {
	all, err := List(ctx, q, func(scan func(...any) error) (a KnownLogin, err error) {
		return a, scan(&a.AccountID, &a.PersonID, &a.Login, &a.Language, &a.Disabled)
	}, `SELECT id, person_id, login, language, disabled_at IS NOT NULL FROM accounts ORDER BY login`)
	if err != nil {
		return nil, fmt.Errorf("list log-in names: %w", err)
	}
	type held struct {
		account string
		role    Role
	}
	roles, err := List(ctx, q, func(scan func(...any) error) (h held, err error) { return h, scan(&h.account, &h.role) },
		`SELECT account_id, role FROM account_roles WHERE from_on <= $1 AND (until_on IS NULL OR until_on >= $1) ORDER BY account_id, role`, DayOf(q.Now()))
	if err != nil {
		return nil, fmt.Errorf("list roles: %w", err)
	}
	byAccount := map[string][]Role{}
	for _, h := range roles {
		byAccount[h.account] = append(byAccount[h.account], h.role)
	}
	for i, a := range all {
		for _, r := range Roles() { // in the order of the house
			if slices.Contains(byAccount[a.AccountID], r) {
				all[i].Roles = append(all[i].Roles, r)
			}
		}
	}
	return all, nil
}

// SetLanguage gives an account the language in which its screens speak at the next log-in, nl, en or fr, and audits
// it, inside somebody else's transaction. Callers have asked Require.
func SetLanguage(ctx context.Context, tx *Tx, by Actor, a KnownLogin, language string) error {
	res, err := tx.ExecContext(ctx, `UPDATE accounts SET language = $1 WHERE id = $2`, Clean(language, 5), a.AccountID)
	err = OneRow(res, err)
	if err != nil {
		return fmt.Errorf("language of %s: %w", a.Login, err)
	}
	return tx.Audit(ctx, by, "account.language", a.Login, "value", Clean(language, 5))
}
