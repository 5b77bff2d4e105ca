package data

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// unguarded are the roles of accounts whose password the deputy may set. With a password the deputy could become
// its owner, so whoever manages, decides, or sees what is confidential is not among them.
var unguarded = []Role{RoleStaff, RoleHead, RoleClerk, RoleTrainer, RoleCoordinator, RoleKeyUser}

// Guarded tells whether only the ICT officer may set the password of an account with these roles.
func Guarded(held []Role) bool {
	return slices.ContainsFunc(held, func(r Role) bool { return !slices.Contains(unguarded, r) })
}

// SetPassword gives an account a password that its owner must replace at the next log-in, and audits it.
// The ICT officer may, and the deputy for accounts that are not Guarded.
func (s *Accounts) SetPassword(ctx context.Context, by Actor, login, password string) error {
	if err := Require(ctx, s.db, by, RoleICT, RoleDeputy); err != nil {
		return err // before anything costs time
	}
	person, err := s.personOf(ctx, login)
	if err != nil {
		return err
	}
	stored, err := s.hashChosen(ctx, person, SortKey(login), password)
	if err != nil {
		return err
	}
	return s.onAccount(ctx, by, login, []Role{RoleICT, RoleDeputy}, func(tx *Tx, id string) error {
		if err := mayReset(ctx, tx, by, id); err != nil {
			return err
		}
		if err := storePassword(ctx, tx, id, stored, true); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "password.reset", login)
	})
}

// mayReset refuses the deputy an account whose roles are Guarded, also those that begin later.
func mayReset(ctx context.Context, tx *Tx, by Actor, account string) error {
	err := Require(ctx, tx, by, RoleICT)
	if !errors.Is(err, ErrDenied) {
		return err
	}
	held, listErr := List(ctx, tx, scanRole, `SELECT role FROM account_roles WHERE account_id = $1 AND (until_on IS NULL OR until_on >= $2) ORDER BY role`,
		account, tx.Today())
	if listErr != nil || !Guarded(held) {
		return listErr
	}
	return err
}

// ChangePassword replaces the own password. It returns an *Invalid when old is not the present one, when
// the rule refuses the new one, or when they are the same.
func (s *Accounts) ChangePassword(ctx context.Context, by Actor, old, password string) error {
	return s.replaceOwn(ctx, by, password, func(present string, _ bool) error {
		switch fits, _, err := s.hasher.Fits(ctx, normalPassword(old), present); {
		case err != nil:
			return err
		case !fits:
			return &Invalid{Field: "old", Why: WhyPasswordWrong}
		}
		return nil
	})
}

// ChooseFirst replaces a password that somebody else made, by whoever has just come in with it: it need not be
// typed again. It returns ErrDenied when the present password is the person's own, and what ChangePassword
// returns for the new one.
func (s *Accounts) ChooseFirst(ctx context.Context, by Actor, password string) error {
	return s.replaceOwn(ctx, by, password, func(_ string, mustChange bool) error {
		if !mustChange {
			return fmt.Errorf("choose a first password: %w", ErrDenied)
		}
		return nil
	})
}

// replaceOwn replaces the own password when allow, which is given the present hash and whether it must change,
// allows it.
func (s *Accounts) replaceOwn(ctx context.Context, by Actor, password string, allow func(present string, mustChange bool) error) error {
	var login string
	var person Person
	var present sql.NullString
	var mustChange bool
	if err := One(ctx, s.db, []any{&login, &person.Given, &person.Family, &present, &mustChange}, `SELECT a.login, p.given, p.family, a.password, a.must_change
		FROM accounts a JOIN persons p ON p.id = a.person_id WHERE a.id = $1 AND a.disabled_at IS NULL`, by.AccountID); err != nil {
		return fmt.Errorf("own account: %w", err)
	}
	if err := allow(present.String, mustChange); err != nil {
		return fmt.Errorf("password of %s: %w", login, err)
	}
	if same, _, err := s.hasher.Fits(ctx, normalPassword(password), present.String); err != nil || same {
		return errors.Join(err, &Invalid{Field: "password", Why: WhyPasswordSame})
	}
	stored, err := s.hashChosen(ctx, person, login, password)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *Tx) error {
		if err := storePassword(ctx, tx, by.AccountID, stored, false); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "password.change", login)
	})
}

// Why a change of the own password is refused beside the rule.
const (
	WhyPasswordWrong Why = "password.wrong" // the present password was not typed right
	WhyPasswordAgain Why = "password.again" // the new one was not typed the same twice
)

func storePassword(ctx context.Context, tx *Tx, account, stored string, mustChange bool) error {
	_, err := tx.ExecContext(ctx, `UPDATE accounts SET password = $1, must_change = $2 WHERE id = $3`, stored, mustChange, account)
	return err
}

// hashChosen checks a chosen password by the rule and hashes it.
func (s *Accounts) hashChosen(ctx context.Context, person Person, login, password string) (string, error) {
	rule, err := s.rule(ctx, person, login)
	if err != nil {
		return "", err
	}
	password = normalPassword(password)
	if err := rule.Check(password); err != nil {
		return "", err
	}
	return s.hasher.Hash(ctx, password)
}

// normalPassword gives the form in which a password is compared: NFC, so that an é typed as one key or
// as two is the same, and nothing else changed: every character counts.
func normalPassword(s string) string { return normNFC(s) }

// rule is the password rule for an account: the setting for the length, the names that are too easy.
func (s *Accounts) rule(ctx context.Context, person Person, login string) (PasswordRule, error) {
	least, err := s.PasswordMin(ctx)
	if err != nil {
		return PasswordRule{}, err
	}
	place, err := setting(ctx, s.db, SettingPlace, "")
	return PasswordRule{Min: least, Names: []string{login, person.Given, person.Family, place}}, err
}

// The bounds of the setting for the length: below 8 no rule helps, above 64 people write it on the screen.
const leastPassword, mostPassword = 8, 64

// PasswordMin is the least length of a password, in characters: the setting, between 8 and 64.
func (s *Accounts) PasswordMin(ctx context.Context) (int, error) {
	least, err := setting(ctx, s.db, SettingPasswordMin, strconv.Itoa(DefaultPasswordMin))
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(least)
	if err != nil {
		return DefaultPasswordMin, nil // somebody wrote a word there: the default is the safe reading
	}
	return min(max(n, leastPassword), mostPassword), nil
}

func (s *Accounts) personOf(ctx context.Context, login string) (p Person, err error) {
	if err = One(ctx, s.db, []any{&p.Given, &p.Family}, `SELECT p.given, p.family FROM accounts a JOIN persons p ON p.id = a.person_id
		WHERE a.login = $1`, SortKey(login)); err != nil {
		return Person{}, fmt.Errorf("account %s: %w", Clean(login, 40), err)
	}
	return p, nil
}

// NewPassword makes a first password that can be read out and typed on any keyboard layout of the house:
// five groups of four from 18 letters that AZERTY and QWERTY share and nobody confuses, 83 bits.
func NewPassword() string {
	const signs = "bcdefghjknprstuvxy" // no a q z w m: they move between layouts; no i l o: they look like 1 and 0
	var out strings.Builder
	var buf [1]byte
	for n := 0; n < 20; {
		_, _ = rand.Read(buf[:])
		if int(buf[0]) >= 256-256%len(signs) {
			continue // keeps all signs equally likely
		}
		if n > 0 && n%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteByte(signs[int(buf[0])%len(signs)])
		n++
	}
	return out.String()
}
