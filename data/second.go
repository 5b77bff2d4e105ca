package data

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// ErrMustEnrol says that somebody whose role asks for a second factor must set one up before anything else. It also
// Is ErrDenied.
var ErrMustEnrol = fmt.Errorf("second factor must be set up first: %w", ErrDenied)

// secondMisses is after how many wrong codes in a row the app of an account is looked at no more, until a recovery
// code came, or a new app (NIST SP 800-63B-4, 3.2.2: 100 at most). Whoever has the password and tries that many has a
// chance of 100 × 3 / 10^6, three in ten thousand, however many connections are used at the same time.
const secondMisses = 100

// secondRoles gives the roles of the setting second.roles; an *Invalid for one that is none.
func secondRoles(text string) ([]Role, error) {
	var all []Role
	for _, word := range settingWords(text) {
		r, err := ParseRole(strings.ToLower(word))
		if err != nil {
			return nil, &Invalid{Field: string(SettingSecondRoles), Why: WhyNotOneOf, Want: roleCodes(), Got: Clean(word, 40)}
		}
		all = append(all, r)
	}
	return all, nil
}

func roleCodes() string {
	codes := make([]string, len(roles))
	for i, r := range roles {
		codes[i] = string(r)
	}
	return strings.Join(codes, ", ")
}

// The largest networks that can be named as trusted: with less in common than this it is a typing mistake, and the
// second factor would be off for half the world. Who wants it off empties second.roles.
const leastBits4, leastBits6 = 8, 16

// secondTrusted gives the networks of the setting second.trusted, single addresses too; an *Invalid for what is none.
func secondTrusted(text string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, word := range settingWords(text) {
		p, err := netip.ParsePrefix(word)
		if ip, badIP := netip.ParseAddr(word); badIP == nil && ip.Zone() == "" {
			p, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		least := leastBits4
		if p.Addr().Is6() {
			least = leastBits6
		}
		if err != nil || p.Addr().Is4In6() || p.Bits() < least {
			return nil, &Invalid{Field: string(SettingSecondTrusted), Why: WhySecondNetwork, Want: "192.0.2.0/24", Got: Clean(word, 60)}
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

func settingWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
}

// secondRule is what the settings say about second factors.
type secondRule struct {
	roles   []Role
	trusted []netip.Prefix
}

func loadSecondRule(ctx context.Context, q Query) (r secondRule, err error) {
	asked, err := setting(ctx, q, SettingSecondRoles, DefaultSecondRoles)
	if err != nil {
		return r, err
	}
	named, err := setting(ctx, q, SettingSecondTrusted, "")
	if err != nil {
		return r, err
	}
	if r.roles, err = secondRoles(asked); err != nil {
		return r, err
	}
	r.trusted, err = secondTrusted(named)
	return r, err
}

// must tells whether one of the roles asks for a second factor.
func (r secondRule) must(held []Role) bool {
	return slices.ContainsFunc(held, func(h Role) bool { return slices.Contains(r.roles, h) })
}

// trusts tells whether an address is one from which no second factor is asked. What is no address is not.
func (r secondRule) trusts(from string) bool {
	ip, err := netip.ParseAddr(from)
	return err == nil && slices.ContainsFunc(r.trusted, func(p netip.Prefix) bool { return p.Contains(ip.Unmap().WithZone("")) })
}

// second tells whether who comes in with a password must give a second proof (asks), or set up a second factor first
// (must). An SSH key is asked for nothing more: it is something that one has, and whoever wants two factors keeps it
// on an eID or a stick with a PIN. (field/trust.md §3: key, or password and TOTP.)
func (g *Gate) second(ctx context.Context, id Identity, from string) (asks, must bool, err error) {
	if id.AccountID == "" || id.KeyID != "" {
		return false, false, nil
	}
	err = g.accounts.db.View(ctx, func(q Query) error {
		rule, err := loadSecondRule(ctx, q)
		if err != nil || rule.trusts(from) {
			return err
		}
		if asks, err = hasSecond(ctx, q, id.AccountID); err != nil {
			return err
		}
		must = !asks && rule.must(id.Roles)
		return nil
	})
	if err != nil {
		return false, false, fmt.Errorf("second factor of %s: %w", id.Login, err)
	}
	return asks, must, nil
}

// AsksSecond tells whether an account that gave its first proof must give a second one: it has a second factor, came
// with a password, and not from a trusted address.
func (g *Gate) AsksSecond(ctx context.Context, id Identity, from string) (bool, error) {
	asks, _, err := g.second(ctx, id, from)
	return asks, err
}

// Second tries the answer to the second question: a code of the app, which works once, or a recovery code, which is
// used up. It blocks for the delay that earlier failures cost, of passwords as well as of codes; a wrong answer
// counts as a wrong password does, and the right password before it clears nothing. It returns ErrDenied, whatever
// was wrong.
func (g *Gate) Second(ctx context.Context, id Identity, answer, from string) error {
	wait, err := g.guesses.wait(ctx, id.Login, from)
	if err != nil {
		return fmt.Errorf("count log-in tries: %w", err)
	}
	if wait > 0 {
		g.log.WarnContext(ctx, "second factor slowed", "login", id.Login, "from", from, "wait", wait)
		if err := g.sleep(ctx, wait); err != nil {
			return err
		}
	}
	by := id.Actor()
	by.From = from
	ok, err := g.accounts.takeSecond(ctx, by, answer)
	if err != nil {
		return fmt.Errorf("second factor of %s: %w", id.Login, err)
	}
	if !ok {
		g.refused(ctx, id, id.Login, from)
		return fmt.Errorf("second factor of %s: %w", id.Login, ErrDenied)
	}
	if err := g.guesses.succeeded(ctx, id.Login); err != nil {
		g.log.ErrorContext(ctx, "log-in tries can't be cleared", "err", err)
	}
	return nil
}

// hasSecond tells whether an account has a second factor.
func hasSecond(ctx context.Context, q Query, account string) (bool, error) {
	var n int
	err := One(ctx, q, []any{&n}, `SELECT count(*) FROM account_totp WHERE account_id = $1`, account)
	return n > 0, err
}

// enrolled returns nil when the account of an actor who had to set up a second factor has done so.
func enrolled(ctx context.Context, q Query, by Actor) error {
	has, err := hasSecond(ctx, q, by.AccountID)
	if err != nil {
		return fmt.Errorf("second factor of %s: %w", by.Name, err)
	}
	if !has {
		return fmt.Errorf("%s: %w", by.Name, ErrMustEnrol)
	}
	return nil
}

// requireOwn is Require for what people do with their own account, whatever their roles: the account must be in use.
func requireOwn(ctx context.Context, q Query, by Actor) error {
	if by.AccountID == "" || by.Operator {
		return fmt.Errorf("%s has no account: %w", by.Name, ErrDenied)
	}
	return Require(ctx, q, by, roles...)
}

// takeSecond uses up a code of the app or a recovery code of the actor's own account; ok is false for a wrong one.
// Nothing else is known of a wrong one: neither whether it was right once, nor whether there is a second factor.
func (s *Accounts) takeSecond(ctx context.Context, by Actor, answer string) (ok bool, err error) {
	if code, is := parseTOTP(answer); is {
		return s.takeTOTP(ctx, by, code)
	}
	code, is := parseRecovery(answer)
	if !is {
		return false, nil
	}
	err = s.db.InTx(ctx, func(tx *Tx) error {
		ok, err = takeRecovery(ctx, tx, by, code)
		return err
	})
	return ok && err == nil, err
}

// takeTOTP uses up a code of the app. Two who come with the same code at the same moment, on whatever process, run
// one after the other: the engines see to it.
func (s *Accounts) takeTOTP(ctx context.Context, by Actor, code string) (ok bool, err error) {
	stopped := false
	err = s.db.InPlainTx(ctx, func(tx *Tx) error {
		ok, stopped = false, false
		var secret string
		var last, misses int64
		err := One(ctx, tx, []any{&secret, &last, &misses}, `SELECT secret, last_step, misses FROM account_totp WHERE account_id = $1`, by.AccountID)
		if errors.Is(err, ErrNotFound) || err == nil && misses >= secondMisses {
			return nil
		} else if err != nil {
			return err
		}
		step, match, err := totpMatch(secret, code, tx.Now(), last)
		if err != nil {
			return err
		}
		if !match {
			stopped = misses+1 == secondMisses
			_, err := tx.ExecContext(ctx, `UPDATE account_totp SET misses = misses + 1 WHERE account_id = $1`, by.AccountID)
			return err
		}
		res, err := tx.ExecContext(ctx, `UPDATE account_totp SET last_step = $1, misses = 0 WHERE account_id = $2 AND last_step < $1`, step, by.AccountID)
		err = OneRow(res, err)
		ok = err == nil
		return err
	})
	if err != nil || !stopped {
		return ok && err == nil, err
	}
	return false, s.db.InTx(ctx, func(tx *Tx) error {
		return tx.Audit(ctx, by, "second.stopped", by.Name, "failures", fmt.Sprint(secondMisses))
	})
}
