package data

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// SecondFactor is what is told about an account's second factor. The secret is told to nobody after the enrolment.
type SecondFactor struct {
	Since   time.Time // when it was set up; zero: there is none
	Left    int       // recovery codes that were not used yet
	Stopped bool      // too many wrong codes came in a row: only a recovery code opens, or a new app
	Must    bool      // a role of the account asks for a second factor
	Trusted bool      // whoever asks this is at an address from which none is asked
}

// On tells whether there is a second factor.
func (f SecondFactor) On() bool { return !f.Since.IsZero() }

// Why a second factor is refused.
const (
	WhySecondCode    Why = "second.code"    // the code is not the one that the new app shows now
	WhySecondPresent Why = "second.present" // the code of the present app, or the recovery code, is wrong or was used
	WhySecondNone    Why = "second.none"    // there is no second factor
	WhySecondNetwork Why = "second.network" // not a network, or one that is too large to be trusted
	WhySecondMust    Why = "second.must"    // a role asks for it, so that it can be replaced but not dropped
)

// SecondOf tells about the second factor of an account. Everybody may for the own account, the ICT officer for all.
func (s *Accounts) SecondOf(ctx context.Context, by Actor, login string) (f SecondFactor, err error) {
	err = s.db.View(ctx, func(q Query) error {
		var id string
		if err := One(ctx, q, []any{&id}, `SELECT id FROM accounts WHERE login = $1`, SortKey(login)); err != nil {
			return fmt.Errorf("account %s: %w", Clean(login, 40), err)
		}
		if id != by.AccountID || by.Operator {
			if err := Require(ctx, q, by, RoleICT); err != nil {
				return err
			}
		}
		f, err = secondFactor(ctx, q, id, by.From)
		return err
	})
	return f, err
}

func secondFactor(ctx context.Context, q Query, account, from string) (f SecondFactor, err error) {
	rule, err := loadSecondRule(ctx, q)
	if err != nil {
		return f, err
	}
	held, err := rolesOf(ctx, q, account, DayOf(q.Now()))
	if err != nil {
		return f, err
	}
	f.Must, f.Trusted = rule.must(held), rule.trusts(from)
	var since, misses int64
	err = One(ctx, q, []any{&since, &misses}, `SELECT confirmed_at, misses FROM account_totp WHERE account_id = $1`, account)
	if errors.Is(err, ErrNotFound) {
		return f, nil
	} else if err != nil {
		return f, fmt.Errorf("second factor: %w", err)
	}
	f.Since, f.Stopped = Milli(since), misses >= secondMisses
	f.Left, err = recoveryLeft(ctx, q, account)
	return f, err
}

// EnrolSecond makes an app the second factor of the own account, once its owner has typed a code of it, audits it,
// and gives recovery codes, which are told only here. Who has a second factor already also gives present, a code of
// that or a recovery code: it is used up even when code is wrong. It returns an *Invalid for either.
func (s *Accounts) EnrolSecond(ctx context.Context, by Actor, e Enrolment, code, present string) (recovery []string, err error) {
	if err := e.check(); err != nil || e.Login != by.Name {
		return nil, errors.Join(err, fmt.Errorf("enrolment of %s for %s: %w", e.Login, by.Name, ErrDenied))
	}
	by.MustEnrol = false // this is what it must do
	if err := requireOwn(ctx, s.db, by); err != nil {
		return nil, err
	}
	typed, ok := parseTOTP(code)
	step, match, err := totpMatch(e.Secret, typed, s.db.Now(), 0)
	if err != nil {
		return nil, err
	}
	if !ok || !match {
		return nil, &Invalid{Field: "code", Why: WhySecondCode}
	}
	proved, err := s.provesPresent(ctx, by, present)
	if err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(tx *Tx) error {
		if err := requireOwn(ctx, tx, by); err != nil {
			return err
		}
		has, err := hasSecond(ctx, tx, by.AccountID)
		if err != nil {
			return err
		}
		if has && !proved { // set up meanwhile, elsewhere
			return &Invalid{Field: "present", Why: WhySecondPresent}
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO account_totp (account_id, secret, confirmed_at, last_step, misses) VALUES ($1, $2, $3, $4, 0)
			ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, confirmed_at = excluded.confirmed_at,
			last_step = excluded.last_step, misses = 0`, by.AccountID, e.Secret, tx.Now().UnixMilli(), step); err != nil {
			return fmt.Errorf("set up second factor: %w", err)
		}
		if recovery, err = putRecovery(ctx, tx, by.AccountID); err != nil {
			return err
		}
		if has {
			return tx.Audit(ctx, by, "second.replace", by.Name)
		}
		return tx.Audit(ctx, by, "second.enrol", by.Name)
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

// provesPresent tells whether the actor has a second factor and proved it: false without one, an *Invalid for a
// wrong proof.
func (s *Accounts) provesPresent(ctx context.Context, by Actor, present string) (bool, error) {
	has, err := hasSecond(ctx, s.db, by.AccountID)
	if err != nil || !has {
		return false, err
	}
	ok, err := s.takeSecond(ctx, by, present)
	if err == nil && !ok {
		err = &Invalid{Field: "present", Why: WhySecondPresent}
	}
	return ok, err
}

// RenewRecovery gives the own account new recovery codes in the place of the old, and audits it. present is a code of
// the app or a recovery code. It returns an *Invalid for a wrong one, and where there is no second factor.
func (s *Accounts) RenewRecovery(ctx context.Context, by Actor, present string) (recovery []string, err error) {
	err = s.withSecond(ctx, by, present, func(tx *Tx) error {
		if recovery, err = putRecovery(ctx, tx, by.AccountID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "second.codes", by.Name)
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

// DropOwnSecond takes the second factor of the own account away and audits it. It returns what RenewRecovery
// returns, and an *Invalid when a role asks for it.
func (s *Accounts) DropOwnSecond(ctx context.Context, by Actor, present string) error {
	must := func(q Query) error {
		f, err := secondFactor(ctx, q, by.AccountID, by.From)
		if err == nil && f.Must {
			err = &Invalid{Field: "present", Why: WhySecondMust}
		}
		return err
	}
	if err := must(s.db); err != nil {
		return err // before a code is used up for it
	}
	return s.withSecond(ctx, by, present, func(tx *Tx) error {
		if err := must(tx); err != nil {
			return err
		}
		if err := dropSecond(ctx, tx, by.AccountID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "second.drop", by.Name)
	})
}

// withSecond runs act for an actor who has a second factor and proved it.
func (s *Accounts) withSecond(ctx context.Context, by Actor, present string, act func(*Tx) error) error {
	if err := requireOwn(ctx, s.db, by); err != nil {
		return err
	}
	switch proved, err := s.provesPresent(ctx, by, present); {
	case err != nil:
		return err
	case !proved:
		return &Invalid{Field: "present", Why: WhySecondNone}
	}
	return s.db.InTx(ctx, func(tx *Tx) error {
		if err := requireOwn(ctx, tx, by); err != nil {
			return err
		}
		return act(tx)
	})
}

// DropSecond takes the second factor of somebody else away, who has lost telephone and codes, and audits it. Only
// the ICT officer may: not the deputy, who with a new password could then come in. It returns an *Invalid where there
// is none, and ErrDenied for the own account: that takes a code.
func (s *Accounts) DropSecond(ctx context.Context, by Actor, login string) error {
	return s.onAccount(ctx, by, login, []Role{RoleICT}, func(tx *Tx, id string) error {
		if id == by.AccountID {
			return fmt.Errorf("drop the own second factor without a code: %w", ErrDenied)
		}
		has, err := hasSecond(ctx, tx, id)
		if err != nil {
			return err
		}
		if !has {
			return &Invalid{Field: "login", Why: WhySecondNone, Got: SortKey(login)}
		}
		if err := dropSecond(ctx, tx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "second.drop", SortKey(login))
	})
}

func dropSecond(ctx context.Context, tx *Tx, account string) error {
	for _, table := range []string{"account_recovery", "account_totp"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE account_id = $1`, account); err != nil {
			return fmt.Errorf("drop second factor: %w", err)
		}
	}
	return nil
}

// SecondMissing lists the log-in names of accounts in use with a password whose role asks for a second factor and
// that have none. Only the ICT officer may.
func (s *Accounts) SecondMissing(ctx context.Context, by Actor) (logins []string, err error) {
	if err := Require(ctx, s.db, by, RoleICT); err != nil {
		return nil, err
	}
	rule, err := loadSecondRule(ctx, s.db)
	if err != nil {
		return nil, err
	}
	all, err := List(ctx, s.db, func(scan func(...any) error) (m holder, err error) { return m, scan(&m.login, &m.role) },
		`SELECT a.login, r.role FROM accounts a JOIN account_roles r ON r.account_id = a.id
		 WHERE a.disabled_at IS NULL AND a.password IS NOT NULL AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1)
		   AND NOT EXISTS (SELECT 1 FROM account_totp t WHERE t.account_id = a.id) ORDER BY a.login, r.role`, s.db.Today())
	if err != nil {
		return nil, fmt.Errorf("accounts without a second factor: %w", err)
	}
	for _, m := range all {
		if rule.must([]Role{m.role}) && (len(logins) == 0 || logins[len(logins)-1] != m.login) {
			logins = append(logins, m.login)
		}
	}
	return logins, nil
}

// holder is a role that somebody holds.
type holder struct {
	login string
	role  Role
}
