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

// try is one counted try.
type try struct {
	login, from string
	wait        time.Duration // before it may be looked at
	failures    int64         // at the name, this try included
	at          time.Time     // when it was counted
	sourceLast  int64         // when the source's last failure was, milliseconds
}

// begin counts a try as failed before it is looked at, so that tries at the same moment see each other.
func (g guesses) begin(ctx context.Context, login, from string) (t try, err error) {
	err = g.db.InPlainTx(ctx, func(tx *Tx) error {
		t = try{login: login, from: from, at: tx.Now()}
		name, err := count(ctx, tx, accountScope(login), 0)
		if err != nil {
			return err
		}
		source, err := count(ctx, tx, sourceScope(from), leak)
		if err != nil {
			return err
		}
		t.failures, t.sourceLast = name.failures+1, source.last
		t.wait = max(0, Delay(name.failures)-name.ago(tx))
		if !g.isRoomy(from) {
			t.wait = max(t.wait, Delay(source.failures-sourceFree)-source.ago(tx))
		}
		return nil
	})
	return t, err
}

// leak is how long it takes for one failure of a source to be forgotten: an office where people mistype now
// and then, all day, must not be slowed for it.
const leak = time.Minute

// counted is a scope before a try was added to it.
type counted struct{ failures, last int64 }

func (c counted) ago(tx *Tx) time.Duration { return tx.Now().Sub(Milli(c.last)) }

// count adds one to a scope and returns what there was. With a leak, one failure is forgotten for each such
// time that has passed.
func count(ctx context.Context, tx *Tx, scope string, leak time.Duration) (c counted, err error) {
	err = tx.QueryRowContext(ctx, `SELECT failures, last_at FROM login_guesses WHERE scope = $1`, scope).Scan(&c.failures, &c.last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("guesses of %s: %w", scope, err)
	}
	switch ago := c.ago(tx); {
	case ago > forgetAfter:
		c.failures = 0
	case leak > 0:
		c.failures = max(0, c.failures-int64(ago/leak))
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO login_guesses (scope, failures, last_at) VALUES ($1, $2, $3)
		ON CONFLICT (scope) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at`,
		scope, c.failures+1, tx.Now().UnixMilli())
	return c, err
}

// succeeded takes a try back: the name starts afresh; the source loses this one count only, since one good
// log-in must not clear the way for guesses at other names, and its last failure stays when it was.
func (g guesses) succeeded(ctx context.Context, t try) error {
	return g.db.InPlainTx(ctx, func(tx *Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM login_guesses WHERE scope = $1`, accountScope(t.login)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE login_guesses SET failures = failures - 1,
			last_at = CASE WHEN last_at = $1 THEN $2 ELSE last_at END WHERE scope = $3 AND failures > 0`,
			t.at.UnixMilli(), t.sourceLast, sourceScope(t.from))
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
