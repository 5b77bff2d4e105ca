package data

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Account is how a person logs in.
type Account struct {
	ID          string
	PersonID    string
	Person      string // name, for lists
	Login       string
	Service     string // name of a service where the person works today, for lists; may be empty
	HasPassword bool
	MustChange  bool // the next log-in by password must choose a new one
	Disabled    bool
	EnteredAt   time.Time // last log-in; zero when never
	Roles       []Role    // that hold today
	Keys        int       // SSH keys
}

// Accounts keeps accounts, their roles, passwords and keys.
type Accounts struct {
	db     *DB
	hasher *Hasher
}

// NewAccounts gives the accounts of a database; hasher makes and checks their passwords.
func NewAccounts(db *DB, hasher *Hasher) *Accounts { return &Accounts{db: db, hasher: hasher} }

var loginForm = regexp.MustCompile(`^[a-z][a-z0-9]*([._-][a-z0-9]+)*$`)

// ParseLogin folds a log-in name to the form in which it is stored: lower case, 2 to 32 characters,
// letters, digits and single dots, dashes or underscores between them.
func ParseLogin(s string) (string, error) {
	login := SortKey(s)
	if len(login) < 2 || len(login) > 32 || !loginForm.MatchString(login) || isDoorName(login) {
		return "", &Invalid{Field: "login", Why: WhyLogin, Got: Clean(s, 40)}
	}
	return login, nil
}

// LoginFor proposes a log-in name for a person: given.family, without accents, spaces and signs.
func LoginFor(given, family string) string {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}, SortKey(s))
	}
	login := letters(given) + "." + letters(family)
	return strings.Trim(login[:min(len(login), 32)], ".")
}

// NewAccount says what to add.
type NewAccount struct {
	PersonID string
	Login    string
	Password string // empty: log-in by key only, until a password is set
	Roles    []Role
	// Keep is true where the person chose the password: otherwise the first log-in asks for a new one.
	Keep bool
}

// Add adds an account and audits it. Only the ICT officer may. It returns an *Invalid for a bad or known
// log-in name, an unknown role, or a password that the rule refuses.
func (s *Accounts) Add(ctx context.Context, by Actor, n NewAccount) (Account, error) {
	if err := Require(ctx, s.db, by, RoleICT); err != nil {
		return Account{}, err
	}
	login, err := ParseLogin(n.Login)
	if err != nil {
		return Account{}, err
	}
	stored := ""
	if n.Password != "" {
		var p Person
		if err := One(ctx, s.db, []any{&p.Given, &p.Family}, `SELECT given, family FROM persons WHERE id = $1`, n.PersonID); err != nil {
			return Account{}, fmt.Errorf("person %s: %w", n.PersonID, err)
		}
		if stored, err = s.hashChosen(ctx, p, login, n.Password); err != nil {
			return Account{}, err
		}
	}
	return s.addHashed(ctx, by, nil, n, login, stored)
}

// AddWithPerson adds a person with a first employment and the person's account, both or neither, and
// audits them. n.PersonID and the employment's are ignored. It returns what AddPerson and Add return.
func (s *Accounts) AddWithPerson(ctx context.Context, by Actor, given, family string, e Employment, n NewAccount) (Account, error) {
	if err := Require(ctx, s.db, by, RoleICT); err != nil {
		return Account{}, err
	}
	one, err := newPerson(given, family, e)
	if err != nil {
		return Account{}, err
	}
	login, err := ParseLogin(n.Login)
	if err != nil {
		return Account{}, err
	}
	stored := ""
	if n.Password != "" {
		if stored, err = s.hashChosen(ctx, one, login, n.Password); err != nil {
			return Account{}, err
		}
	}
	return s.addHashed(ctx, by, func(tx *Tx) (person string, err error) {
		added, err := addPerson(ctx, tx, by, one, e)
		return added.ID, err
	}, n, login, stored)
}

// AddHashed is Add with a password that was hashed before, for imports of many accounts at once.
func (s *Accounts) AddHashed(ctx context.Context, by Actor, n NewAccount, hash string) (Account, error) {
	login, err := ParseLogin(n.Login)
	if err != nil {
		return Account{}, err
	}
	if _, _, _, err := parsePHC(hash); err != nil {
		return Account{}, err
	}
	return s.addHashed(ctx, by, nil, n, login, hash)
}

// SetHashed gives an account a password that was hashed before, and that its owner need not replace: for towns of
// invented people. It is audited. Only the operator may. It returns ErrNotFound.
func (s *Accounts) SetHashed(ctx context.Context, by Actor, login, hash string) error {
	if _, _, _, err := parsePHC(hash); err != nil {
		return err
	}
	if !by.Operator {
		return fmt.Errorf("set the hashed password of %s: %w", Clean(login, 40), ErrDenied)
	}
	return s.onAccount(ctx, by, login, []Role{RoleICT}, func(tx *Tx, id string) error {
		if err := storePassword(ctx, tx, id, hash, false); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "password.reset", SortKey(login))
	})
}

// addHashed adds an account. With first the person is one that it adds, in the same transaction.
func (s *Accounts) addHashed(ctx context.Context, by Actor, first func(*Tx) (person string, err error), n NewAccount, login, stored string) (Account, error) {
	a := Account{ID: NewID(), PersonID: n.PersonID, Login: login, HasPassword: stored != "", MustChange: stored != "" && !n.Keep, Roles: n.Roles}
	err := s.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		if first != nil {
			var err error
			if a.PersonID, err = first(tx); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO accounts (id, person_id, login, password, must_change, language, theme, created_at)
			VALUES ($1, $2, $3, $4, $5, '', '', $6)`, a.ID, a.PersonID, a.Login, OrNull(stored), a.MustChange, tx.Now().UnixMilli())
		if IsUnique(err) {
			return &Invalid{Field: "login", Why: WhyTwice, Got: a.Login}
		} else if err != nil {
			return fmt.Errorf("add account %s: %w", a.Login, err)
		}
		for _, r := range n.Roles {
			if err := grant(ctx, tx, by, a.ID, a.Login, r, tx.Today(), ""); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, "account.add", a.Login)
	})
	if err != nil {
		return Account{}, err
	}
	return a, nil
}

// SetDisabled closes an account or opens it again, and audits it. Nobody can close the own account, nor the
// last one of an ICT officer (ErrLastICT).
func (s *Accounts) SetDisabled(ctx context.Context, by Actor, login string, disabled bool) error {
	return s.onAccount(ctx, by, login, []Role{RoleICT}, func(tx *Tx, id string) error {
		if id == by.AccountID && disabled {
			return fmt.Errorf("close the own account: %w", ErrDenied)
		}
		var closed bool
		if err := One(ctx, tx, []any{&closed}, `SELECT disabled_at IS NOT NULL FROM accounts WHERE id = $1`, id); err != nil || closed == disabled {
			return err // somebody was first: it is as asked, and there is nothing to write down
		}
		action, at := "account.enable", any(nil)
		if disabled {
			action, at = "account.disable", tx.Now().UnixMilli()
		}
		if _, err := tx.ExecContext(ctx, `UPDATE accounts SET disabled_at = $1 WHERE id = $2`, at, id); err != nil {
			return fmt.Errorf("%s %s: %w", action, login, err)
		}
		held, err := heldRoles(ctx, tx, id)
		if err == nil && disabled && slices.Contains(held, RoleICT) {
			err = someICT(ctx, tx, tx.Today())
		}
		if err != nil {
			return err
		}
		return tx.Audit(ctx, by, action, login)
	})
}

// onAccount runs act on the account of that name, for an actor with one of the roles.
func (s *Accounts) onAccount(ctx context.Context, by Actor, login string, may []Role, act func(tx *Tx, id string) error) error {
	return s.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, may...); err != nil {
			return err
		}
		var id string
		if err := One(ctx, tx, []any{&id}, `SELECT id FROM accounts WHERE login = $1`, SortKey(login)); err != nil {
			return fmt.Errorf("account %s: %w", Clean(login, 40), err)
		}
		return act(tx, id)
	})
}

// Find gives one account by its log-in name, or ErrNotFound.
func (s *Accounts) Find(ctx context.Context, by Actor, login string) (Account, error) {
	all, err := s.list(ctx, by, ` WHERE a.login = $2`, SortKey(login))
	if err == nil && len(all) == 0 {
		return Account{}, fmt.Errorf("account %s: %w", Clean(login, 40), ErrNotFound)
	} else if err != nil {
		return Account{}, err
	}
	return all[0], nil
}

// List gives all accounts by family name. Only the ICT officer and the deputy may.
func (s *Accounts) List(ctx context.Context, by Actor) ([]Account, error) {
	return s.list(ctx, by, ``)
}

func (s *Accounts) list(ctx context.Context, by Actor, where string, args ...any) ([]Account, error) {
	if err := Require(ctx, s.db, by, RoleICT, RoleDeputy); err != nil {
		return nil, err
	}
	return List(ctx, s.db, scanAccount, `SELECT a.id, a.person_id, p.given, p.family, a.login, a.password IS NOT NULL, a.must_change,
		a.disabled_at IS NOT NULL, a.entered_at,
		(SELECT s.name FROM employments e JOIN services s ON s.id = e.service_id WHERE e.person_id = a.person_id
		   AND e.from_on <= $1 AND (e.until_on IS NULL OR e.until_on >= $1) ORDER BY s.sort_key, s.id LIMIT 1),
		(SELECT string_agg(r.role, ' ') FROM account_roles r WHERE r.account_id = a.id
		   AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1)),
		(SELECT count(*) FROM account_keys k WHERE k.account_id = a.id)
		FROM accounts a JOIN persons p ON p.id = a.person_id`+where+` ORDER BY p.sort_key, a.id`,
		append([]any{s.db.Today()}, args...)...)
}

func scanAccount(scan func(...any) error) (a Account, err error) {
	var p Person
	var entered sql.NullInt64
	var service, held sql.NullString
	err = scan(&a.ID, &a.PersonID, &p.Given, &p.Family, &a.Login, &a.HasPassword, &a.MustChange, &a.Disabled,
		&entered, &service, &held, &a.Keys)
	if entered.Valid {
		a.EnteredAt = Milli(entered.Int64)
	}
	a.Person, a.Service = p.Name(), service.String
	for _, r := range roles { // in the order of the house
		for _, h := range strings.Fields(held.String) {
			if Role(h) == r {
				a.Roles = append(a.Roles, r)
			}
		}
	}
	return a, err
}
