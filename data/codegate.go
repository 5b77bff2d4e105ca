package data

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"time"
)

// Why a code opens nothing. Each also Is ErrDenied. All but ErrCodesClosed are told only to who typed a whole
// code that once was made; to others the answer is ErrDenied and no more.
var (
	ErrCodeUsed     = fmt.Errorf("code used up: %w", ErrDenied)
	ErrCodeExpired  = fmt.Errorf("code expired: %w", ErrDenied)
	ErrCodeEarly    = fmt.Errorf("code not good yet: %w", ErrDenied)
	ErrCodeRevoked  = fmt.Errorf("code revoked: %w", ErrDenied)
	ErrCodeReplaced = fmt.Errorf("code replaced: %w", ErrDenied)
	ErrCodeAddress  = fmt.Errorf("code not good at this address: %w", ErrDenied)
	ErrCodesClosed  = fmt.Errorf("too many wrong codes: %w", ErrDenied)
)

// err is why a code in this state opens nothing; nil for a live one.
func (s CodeState) err() error {
	switch s {
	case CodeLive:
		return nil
	case CodeWaiting:
		return ErrCodeEarly
	case CodeUsed:
		return ErrCodeUsed
	case CodeExpired:
		return ErrCodeExpired
	case CodeReplaced:
		return ErrCodeReplaced
	}
	return ErrCodeRevoked
}

// How guessing codes is bounded. A try that has a wrong check letter is a slip and no guess: who guesses can make
// check letters too, and who mistypes a letter is not slowed for it.
//
// A guess is right with chance (live codes) / 17^9. With 500 live codes that is 4.2 in a thousand million. Each
// source is slowed: after codeFree refused tries it waits as at a password, up to a minute for each. All sources
// together get codeTries refused tries in an hour: a chance of 1.3 in a million for that hour, 1.1 % for a year of
// uninterrupted trying, with a row in the audit log every half hour. Beyond it, codes are closed for sources that
// nobody knows, and go on at kiosks and at addresses from which a right code came before: those have their own
// slowing, 60 tries an hour and 0.22 % a year each, and nobody outside can keep the honest out.
const (
	codeFree  = 5
	codeTries = 300
	codeHour  = time.Hour
	// knownFor is how long an address stays known after its last right code.
	knownFor = 90 * 24 * time.Hour
	// knownAgain is how often a right code is written down for the same address.
	knownAgain = 24 * time.Hour
)

// Code lets in who types a paper code that is good now and here. at is the kiosk at which it is typed, or the zero
// Identity: at a kiosk tries count for the kiosk, elsewhere for the address. It blocks for the delay that
// earlier tries cost, up to MaxDelay, and takes equally long for a code that does not exist. It returns an
// *Invalid for what can't be a code, one of the errors above, or ErrDenied.
func (g *Gate) Code(ctx context.Context, code, from string, at Identity) (Identity, error) {
	secret, err := ParseCode(code)
	if err != nil {
		return Identity{}, err
	}
	try := codeTry{gate: g, source: SourceOf(from), from: from, kiosk: at.KioskID != ""}
	if try.kiosk {
		try.source = "kiosk:" + at.KioskID
	}
	if err := try.begin(ctx); err != nil {
		return Identity{}, err
	}
	c, fits, err := g.codeOf(ctx, secret)
	if err != nil {
		return Identity{}, err // the try stays counted
	}
	if !fits {
		try.refused(ctx)
		return Identity{}, fmt.Errorf("code from %s: %w", from, ErrDenied)
	}
	try.forget(ctx) // it was no guess, whatever becomes of it
	err = c.State.err()
	if err == nil && !c.goodAt(from) {
		err = ErrCodeAddress
	}
	if err != nil {
		g.log.WarnContext(ctx, "code refused", "code", c.ID, "from", from, "why", err)
		return Identity{}, fmt.Errorf("code %s: %w", c.ID, err)
	}
	try.right(ctx)
	return c.identity(from, at.KioskID), nil
}

// goodAt tells whether a code may be typed at an address.
func (c Code) goodAt(from string) bool {
	if len(c.Addresses) == 0 {
		return true
	}
	ip, err := netip.ParseAddr(from)
	return err == nil && slices.ContainsFunc(c.Addresses, func(p netip.Prefix) bool { return p.Contains(ip.Unmap().WithZone("")) })
}

// identity is who a good code lets in.
func (c Code) identity(from, kiosk string) Identity {
	id := Identity{CodeID: c.ID, KioskID: kiosk, Journey: c.Journey, PersonID: c.PersonID, Candidate: c.Candidate, Login: c.Login(), Name: c.Person, From: from}
	if c.Journey.Kind == JourneyAssessment || c.Journey.Kind == JourneyStaff {
		id.Roles = []Role{RoleStaff}
	}
	return id
}

// codeOf finds the code of a secret. It makes one hash, and no other work that would tell how many codes begin
// alike: those share their salt.
func (g *Gate) codeOf(ctx context.Context, secret string) (found Code, fits bool, err error) {
	db := g.accounts.db
	house, err := houseSalt(ctx, db)
	if err != nil {
		return found, false, fmt.Errorf("salt of codes: %w", err)
	}
	alike, err := List(ctx, db, scanCode(db.Now()), codeColumns+` WHERE c.selector = $2 ORDER BY c.issued_at, c.id`, db.Today(), selectorOf(secret))
	if err != nil {
		return found, false, fmt.Errorf("find code: %w", err)
	}
	salt := codeSalt(house, selectorOf(secret))
	key, err := g.accounts.hasher.key(ctx, codeHash(), secret, salt)
	if err != nil {
		return found, false, fmt.Errorf("check code: %w", err)
	}
	stored := phc(codeHash(), salt, key)
	for _, c := range alike {
		if subtle.ConstantTimeCompare([]byte(c.secret), []byte(stored)) == 1 {
			found, fits = c, true
		}
	}
	return found, fits, nil
}

// codeTry is one try at the gate.
type codeTry struct {
	gate         *Gate
	source, from string
	kiosk        bool
	id           string // of the row that counts it; empty when it could not be counted
}

// begin waits as long as the source must, and counts the try before it is looked at: of tries at the same
// moment, too, no more are looked at than codeTries. It returns ErrCodesClosed when those are used up.
func (t *codeTry) begin(ctx context.Context) error {
	g := t.gate
	wait, err := t.wait(ctx)
	if err != nil {
		return fmt.Errorf("count codes: %w", err)
	}
	if wait > 0 {
		g.log.WarnContext(ctx, "code slowed", "source", t.source, "wait", wait)
		if err := g.sleep(ctx, wait); err != nil {
			return err
		}
	}
	db := g.accounts.db
	id := NewID()
	err = db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO code_tries (id, source, at, refused) VALUES ($1, $2, $3, FALSE)`, id, t.source, tx.Now().UnixMilli())
		return err
	})
	if err != nil { // as with passwords: a full disk locks nobody out, and doesn't open the door to guessing
		g.log.ErrorContext(ctx, "codes can't be counted", "err", err)
		return g.sleep(ctx, 2*time.Second)
	}
	t.id = id
	open, err := t.open(ctx)
	if err != nil || open {
		return err
	}
	t.forget(ctx)
	t.alarm(ctx, "codes", "all", codeTries)
	g.log.WarnContext(ctx, "codes are closed", "source", t.source)
	return ErrCodesClosed
}

// wait is how long the source must wait: only refused tries count, so that a whole office can come in at once.
func (t *codeTry) wait(ctx context.Context) (time.Duration, error) {
	db := t.gate.accounts.db
	now := db.Now()
	var n, last int64
	err := One(ctx, db, []any{&n, &last}, `SELECT count(*), coalesce(max(at), 0) FROM code_tries WHERE source = $1 AND refused AND at > $2`,
		t.source, now.Add(-forgetAfter).UnixMilli())
	return max(0, Delay(n-codeFree)-now.Sub(Milli(last))), err
}

// open tells whether the try may be looked at.
func (t *codeTry) open(ctx context.Context) (bool, error) {
	db := t.gate.accounts.db
	now := db.Now()
	var n, known int64
	err := One(ctx, db, []any{&n, &known}, `SELECT (SELECT count(*) FROM code_tries WHERE at > $1), (SELECT count(*) FROM code_sources WHERE source = $2 AND right_at > $3)`,
		now.Add(-codeHour).UnixMilli(), t.source, now.Add(-knownFor).UnixMilli())
	if err != nil {
		return false, fmt.Errorf("count codes: %w", err)
	}
	return n <= codeTries || t.kiosk || known > 0, nil
}

// forget takes the try out of the count.
func (t *codeTry) forget(ctx context.Context) {
	if t.id == "" {
		return
	}
	err := t.gate.accounts.db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM code_tries WHERE id = $1`, t.id)
		return err
	})
	if err != nil {
		t.gate.log.ErrorContext(ctx, "code can't be taken out of the count", "err", err)
	}
}

// refused keeps the try in the count, and tells of a source that goes on guessing.
func (t *codeTry) refused(ctx context.Context) {
	g := t.gate
	db := g.accounts.db
	if t.id == "" {
		return
	}
	var n int64
	err := db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE code_tries SET refused = TRUE WHERE id = $1`, t.id)
		return err
	})
	if err == nil {
		err = One(ctx, db, []any{&n}, `SELECT count(*) FROM code_tries WHERE source = $1 AND refused AND at > $2`, t.source, db.Now().Add(-forgetAfter).UnixMilli())
	}
	if err != nil {
		g.log.ErrorContext(ctx, "refused code can't be counted", "err", err)
		_ = g.sleep(ctx, 2*time.Second) // whether cut short or not, it is refused
		return
	}
	g.log.WarnContext(ctx, "code refused", "source", t.source, "failures", n)
	if n >= alarmAt {
		t.alarm(ctx, "code:"+t.source, t.source, n)
	}
}

// alarm leaves a row in the audit log, at most once in forgetAfter for one scope.
func (t *codeTry) alarm(ctx context.Context, scope, object string, failures int64) {
	db := t.gate.accounts.db
	told := func(q Query) (count, error) { return counted(ctx, q, scope, 0) }
	if c, err := told(db); err == nil && c.failures > 0 {
		return
	}
	err := db.InTx(ctx, func(tx *Tx) error {
		c, err := told(tx)
		if err != nil || c.failures > 0 {
			return err
		}
		if err := add(ctx, tx, scope, c); err != nil {
			return err
		}
		return tx.Audit(ctx, Actor{Name: "door", From: t.from}, "code.guessing", object, "failures", fmt.Sprint(failures))
	})
	if err != nil {
		t.gate.log.ErrorContext(ctx, "guessing codes can't be audited", "err", err)
	}
}

// right writes down that a right code came from the address.
func (t *codeTry) right(ctx context.Context) {
	if t.kiosk || t.source == "" {
		return
	}
	db := t.gate.accounts.db
	var last int64
	err := One(ctx, db, []any{&last}, `SELECT right_at FROM code_sources WHERE source = $1`, t.source)
	if err == nil && db.Now().Sub(Milli(last)) < knownAgain {
		return
	}
	if err == nil || errors.Is(err, ErrNotFound) {
		err = db.InPlainTx(ctx, func(tx *Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO code_sources (source, right_at) VALUES ($1, $2)
				ON CONFLICT (source) DO UPDATE SET right_at = excluded.right_at`, t.source, tx.Now().UnixMilli())
			return err
		})
	}
	if err != nil {
		t.gate.log.ErrorContext(ctx, "address of a code can't be written down", "err", err)
	}
}

// tidyCodes removes tries and addresses that no longer count.
func (g *Gate) tidyCodes(ctx context.Context) error {
	return g.accounts.db.InPlainTx(ctx, func(tx *Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM code_tries WHERE at < $1`, tx.Now().Add(-codeHour).UnixMilli()); err != nil {
			return fmt.Errorf("forget codes: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM code_sources WHERE right_at < $1`, tx.Now().Add(-knownFor).UnixMilli()); err != nil {
			return fmt.Errorf("forget addresses of codes: %w", err)
		}
		return nil
	})
}

// enteredByCode writes the first log-in with a code down.
func enteredByCode(ctx context.Context, tx *Tx, code string) error {
	_, err := tx.ExecContext(ctx, `UPDATE codes SET used_at = $1 WHERE id = $2 AND used_at IS NULL`, tx.Now().UnixMilli(), code)
	return err
}
