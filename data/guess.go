package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"time"
)

// How guessing is slowed. A password is never locked: whoever types the right one waits at most
// MaxDelay, however many others have tried.
const (
	// MaxDelay is the longest wait before a try is looked at.
	MaxDelay = 60 * time.Second
	// sourceFree is the number of failures from one address that cost nothing: behind one address stands
	// a whole office on Monday morning.
	sourceFree = 5
	// forgetAfter is the quiet time after which failures no longer count.
	forgetAfter = 30 * time.Minute
)

// Delay is how long a try waits after n failures in a row: 0, 1, 2, 4, … up to MaxDelay.
func Delay(n int64) time.Duration {
	if n <= 0 {
		return 0
	}
	if n > 6 {
		return MaxDelay
	}
	return min(MaxDelay, time.Second<<(n-1))
}

// SourceOf is what counts as one source address: an IPv4 address, or a /64 of IPv6, since a single
// household owns that many. Anything else counts as itself.
func SourceOf(addr string) string {
	ip, err := netip.ParseAddr(addr)
	if err != nil {
		return Clean(addr, 60)
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return prefix.String()
}

// guesses counts failed log-ins in the database. Networks in roomy share one address among many people, a
// computer room behind NAT: there the source alone costs nothing.
type guesses struct {
	db    *DB
	roomy []netip.Prefix
}

func accountScope(login string) string { return "account:" + login }
func sourceScope(from string) string   { return "source:" + SourceOf(from) }

func (g guesses) isRoomy(from string) bool {
	ip, err := netip.ParseAddr(from)
	return err == nil && slices.ContainsFunc(g.roomy, func(p netip.Prefix) bool { return p.Contains(ip.Unmap()) })
}

// wait is how long a try at a name from a source must wait before it is looked at. Only tries that were refused
// count: on Monday at eight a whole office comes in at once, with the right passwords, from one address. What a
// guesser gains by trying at several connections at the same moment is bounded by the door's limit on those that
// have not logged in.
func (g guesses) wait(ctx context.Context, login, from string) (wait time.Duration, err error) {
	err = g.db.View(ctx, func(q Query) error {
		name, err := counted(ctx, q, accountScope(login), 0)
		if err != nil {
			return err
		}
		source, err := counted(ctx, q, sourceScope(from), leak)
		if err != nil {
			return err
		}
		wait = max(0, Delay(name.failures)-name.ago)
		if !g.isRoomy(from) {
			wait = max(wait, Delay(source.failures-sourceFree)-source.ago)
		}
		return nil
	})
	return wait, err
}

// failed counts a refused try and says how many there have been in a row at the name.
func (g guesses) failed(ctx context.Context, login, from string) (failures int64, err error) {
	err = g.db.InPlainTx(ctx, func(tx *Tx) error {
		name, err := counted(ctx, tx, accountScope(login), 0)
		if err == nil {
			failures = name.failures + 1
			err = add(ctx, tx, accountScope(login), name)
		}
		if err != nil {
			return err
		}
		source, err := counted(ctx, tx, sourceScope(from), leak)
		if err == nil {
			err = add(ctx, tx, sourceScope(from), source)
		}
		return err
	})
	return failures, err
}

// succeeded lets the name start afresh. The source keeps its failures: one good log-in must not clear the way
// for guesses at other names.
func (g guesses) succeeded(ctx context.Context, login string) error {
	return g.db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM login_guesses WHERE scope = $1`, accountScope(login))
		return err
	})
}

// leak is how long it takes for one failure of a source to be forgotten: an office where people mistype now
// and then, all day, must not be slowed for it.
const leak = time.Minute

// count is the failures of a scope that still count, and how long ago the last was.
type count struct {
	failures int64
	ago      time.Duration
}

// counted reads a scope. With a leak, one failure is forgotten for each such time that has passed.
func counted(ctx context.Context, q Query, scope string, leak time.Duration) (c count, err error) {
	var last int64
	err = q.QueryRowContext(ctx, `SELECT failures, last_at FROM login_guesses WHERE scope = $1`, scope).Scan(&c.failures, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("guesses of %s: %w", scope, err)
	}
	switch c.ago = q.Now().Sub(Milli(last)); {
	case c.ago > forgetAfter:
		c.failures = 0
	case leak > 0:
		c.failures = max(0, c.failures-int64(c.ago/leak))
	}
	return c, nil
}

// add stores a scope with one failure more, now.
func add(ctx context.Context, tx *Tx, scope string, c count) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO login_guesses (scope, failures, last_at) VALUES ($1, $2, $3)
		ON CONFLICT (scope) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at`,
		scope, c.failures+1, tx.Now().UnixMilli())
	if err != nil {
		return fmt.Errorf("guesses of %s: %w", scope, err)
	}
	return nil
}

// forget removes counts that no longer count. It may run at any time.
func (g guesses) forget(ctx context.Context) error {
	return g.db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM login_guesses WHERE last_at < $1`, tx.Now().Add(-forgetAfter).UnixMilli())
		return err
	})
}
