package data

import (
	"context"
	"strconv"
	"time"
)

// SetSleep replaces how a gate waits.
func SetSleep(g *Gate, sleep func(context.Context, time.Duration) error) { g.sleep = sleep }

// LimitPages makes a SQLite database full at so many pages, as a full disk would.
func LimitPages(ctx context.Context, db *DB, pages int) error {
	_, err := db.write.ExecContext(ctx, "PRAGMA max_page_count = "+strconv.Itoa(pages))
	return err
}

// TakeAllTurns keeps all turns of a hasher until the returned function is called.
func TakeAllTurns(h *Hasher) (free func()) {
	n := int64(0)
	for h.turns.TryAcquire(1) {
		n++
	}
	return func() { h.turns.Release(n) }
}

// WithCheck adds the check letter to nine letters.
var WithCheck = withCheck

// The bounds of guessing codes.
const (
	CodeFree  = codeFree
	CodeTries = codeTries
)

// FindCode does what a try at a code costs, without the counting.
func FindCode(ctx context.Context, g *Gate, secret string) {
	_, _, _ = g.codeOf(ctx, withCheck(secret))
}

// The second factor, piece by piece.
var (
	TOTPCode      = totpCode
	TOTPMatch     = totpMatch
	ParseTOTP     = parseTOTP
	ParseRecovery = parseRecovery
	NewRecovery   = newRecovery
	ShowRecovery  = showRecovery
)

// SecondMisses is how many wrong codes in a row stop an app.
const SecondMisses = secondMisses
