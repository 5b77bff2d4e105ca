package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
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

// guesses counts failed log-ins in the database.
type guesses struct{ db *DB }

func accountScope(login string) string { return "account:" + login }
func sourceScope(from string) string   { return "source:" + SourceOf(from) }

// begin counts a try as failed before it is looked at, so that tries at the same moment see each other,
// and says how long it must wait and how many failures the account's name now has.
func (g guesses) begin(ctx context.Context, login, from string) (wait time.Duration, failures int64, err error) {
	err = g.db.InPlainTx(ctx, func(tx *Tx) error {
		byName, nameSince, err := countTry(ctx, tx, accountScope(login))
		if err != nil {
			return err
		}
		bySource, sourceSince, err := countTry(ctx, tx, sourceScope(from))
		if err != nil {
			return err
		}
		failures = byName + 1
		wait = max(0, Delay(byName)-nameSince, Delay(bySource-sourceFree)-sourceSince)
		return nil
	})
	return wait, failures, err
}

// countTry adds one to a scope and returns how many there were and how long ago the last was.
func countTry(ctx context.Context, tx *Tx, scope string) (before int64, since time.Duration, err error) {
	var last int64
	err = tx.QueryRowContext(ctx, `SELECT failures, last_at FROM login_guesses WHERE scope = $1`, scope).Scan(&before, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, 0, fmt.Errorf("guesses of %s: %w", scope, err)
	}
	if since = tx.Now().Sub(Milli(last)); since > forgetAfter {
		before = 0
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO login_guesses (scope, failures, last_at) VALUES ($1, $2, $3)
		ON CONFLICT (scope) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at`,
		scope, before+1, tx.Now().UnixMilli())
	return before, since, err
}

// succeeded takes the try back: the name starts afresh, the source loses this one count only, since one
// good log-in must not clear the way for guesses at other names.
func (g guesses) succeeded(ctx context.Context, login, from string) error {
	return g.db.InPlainTx(ctx, func(tx *Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM login_guesses WHERE scope = $1`, accountScope(login)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE login_guesses SET failures = failures - 1 WHERE scope = $1 AND failures > 0`, sourceScope(from))
		return err
	})
}

// forget removes counts that no longer count. It may run at any time.
func (g guesses) forget(ctx context.Context) error {
	return g.db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM login_guesses WHERE last_at < $1`, tx.Now().Add(-forgetAfter).UnixMilli())
		return err
	})
}
