package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"golang.org/x/crypto/ssh"
)

// Gate says who may come in. The doors ask it at every try; it imposes the delays and keeps the log.
type Gate struct {
	accounts *Accounts
	guesses  guesses
	log      *slog.Logger
	sleep    func(context.Context, time.Duration) error
}

// NewGate gives the gate of these accounts. In roomy networks many people share one address, so that guesses
// there are slowed per name only.
func NewGate(accounts *Accounts, log *slog.Logger, roomy ...netip.Prefix) *Gate {
	return &Gate{accounts: accounts, guesses: guesses{accounts.db, roomy}, log: log, sleep: sleep}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// alarmAt is the number of failures in a row at one name that leaves a row in the audit log: by then it is
// no typing mistake.
const alarmAt = 10

// Password lets in who types the right password. It blocks for the delay that earlier failures cost, up to
// MaxDelay, and takes equally long for a name that does not exist. It returns ErrDenied, whatever was wrong.
func (g *Gate) Password(ctx context.Context, login, password, from string) (Identity, error) {
	name, badName := ParseLogin(login)
	if badName != nil {
		name = Clean(SortKey(login), 32) // counted and hashed like any other
	}
	wait, err := g.guesses.wait(ctx, name, from)
	if err != nil {
		return Identity{}, fmt.Errorf("count log-in tries: %w", err)
	}
	if wait > 0 {
		g.log.WarnContext(ctx, "log-in slowed", "from", from, "wait", wait)
		if err := g.sleep(ctx, wait); err != nil {
			return Identity{}, err
		}
	}
	var id Identity
	var stored string
	if badName == nil {
		if id, stored, err = g.load(ctx, ` WHERE a.login = $1`, name); err != nil {
			return Identity{}, err
		}
	}
	if len(password) > PasswordMax {
		password, stored = "", ""
	}
	fits, renew, err := g.accounts.hasher.Fits(ctx, normalPassword(password), stored)
	if err != nil {
		return Identity{}, fmt.Errorf("check password of %s: %w", shownLogin(id), err)
	}
	if !fits || len(id.Roles) == 0 { // who may do nothing is not let in to be thrown out again
		g.refused(ctx, id, name, from)
		return Identity{}, fmt.Errorf("password of %s: %w", shownLogin(id), ErrDenied)
	}
	asks, must, err := g.second(ctx, id, from)
	if err != nil {
		return Identity{}, err
	}
	if !asks { // otherwise the right password would clear the way for guesses at the second factor
		if err := g.guesses.succeeded(ctx, name); err != nil {
			g.log.ErrorContext(ctx, "log-in tries can't be cleared", "err", err)
		}
	}
	if renew {
		g.renew(ctx, id, password)
	}
	id.From, id.MustEnrol, id.SessionID = from, must, NewID()
	return id, nil
}

// shownLogin is the name for logs: people type passwords where a name is asked, so a name that no account has
// is not written down.
func shownLogin(id Identity) string {
	if id.Login == "" {
		return "(unknown)"
	}
	return id.Login
}

// refused counts and logs a refused try. A disk that is full must not lock everybody out, nor open the door to
// guessing: when nothing can be counted, the refusal itself takes its time.
func (g *Gate) refused(ctx context.Context, id Identity, name, from string) {
	failures, err := g.guesses.failed(ctx, name, from)
	g.log.WarnContext(ctx, "log-in refused", "login", shownLogin(id), "from", from, "failures", failures)
	if err != nil {
		g.log.ErrorContext(ctx, "log-in tries can't be counted", "err", err)
		_ = g.sleep(ctx, 2*time.Second) // whether cut short or not, it is refused
		return
	}
	if failures != alarmAt {
		return
	}
	err = g.accounts.db.InTx(ctx, func(tx *Tx) error {
		return tx.Audit(ctx, Actor{Name: "door", From: from}, "login.guessing", shownLogin(id), "failures", fmt.Sprint(failures))
	})
	if err != nil {
		g.log.ErrorContext(ctx, "guessing can't be audited", "err", err)
	}
}

// renew stores the hash of a right password anew because the costs have changed. Failing costs nothing but
// another try at the next log-in.
func (g *Gate) renew(ctx context.Context, id Identity, password string) {
	stored, err := g.accounts.hasher.Hash(ctx, normalPassword(password))
	if err == nil {
		err = g.accounts.db.InPlainTx(ctx, func(tx *Tx) error {
			return storePassword(ctx, tx, id.AccountID, stored, id.MustChange)
		})
	}
	if err != nil {
		g.log.WarnContext(ctx, "password hash can't be renewed", "login", id.Login, "err", err)
	}
}

// Key tells whose key this is, for a log-in under the owner's name. The door calls it for keys that are
// merely offered, so it changes nothing, and the identity counts only once the handshake has proved that
// the visitor holds the key. It returns ErrDenied for an unknown key and for another's name.
func (g *Gate) Key(ctx context.Context, login string, key ssh.PublicKey, from string) (Identity, error) {
	if SortKey(login) == KioskLogin {
		return g.kioskKey(ctx, key, from)
	}
	print := ssh.FingerprintSHA256(key)
	id, _, err := g.load(ctx, ` JOIN account_keys k ON k.account_id = a.id WHERE k.fingerprint = $1`, print)
	if err != nil {
		return Identity{}, err
	}
	if id.AccountID == "" || id.Login != SortKey(login) || len(id.Roles) == 0 {
		return Identity{}, fmt.Errorf("key %s for %s: %w", print, Clean(login, 40), ErrDenied)
	}
	if err := One(ctx, g.accounts.db, []any{&id.KeyID}, `SELECT id FROM account_keys WHERE fingerprint = $1`, print); err != nil {
		return Identity{}, fmt.Errorf("key %s: %w", print, err)
	}
	id.From, id.SessionID = from, NewID()
	id.MustChange = false // who holds a key need not change a password to work
	return id, nil
}

// load gives the identity of an account in use and its password hash; zero values when there is none.
func (g *Gate) load(ctx context.Context, where string, arg any) (id Identity, stored string, err error) {
	db := g.accounts.db
	var p Person
	var hash sql.NullString
	err = db.QueryRowContext(ctx, `SELECT a.id, a.person_id, a.login, p.given, p.family, a.password, a.must_change, a.language, a.theme
		FROM accounts a JOIN persons p ON p.id = a.person_id`+where+` AND a.disabled_at IS NULL`, arg).
		Scan(&id.AccountID, &id.PersonID, &id.Login, &p.Given, &p.Family, &hash, &id.MustChange, &id.Language, &id.Theme)
	if err == sql.ErrNoRows {
		return Identity{}, "", nil
	} else if err != nil {
		return Identity{}, "", fmt.Errorf("load account: %w", err)
	}
	id.Name = p.Name()
	id.Roles, err = rolesOf(ctx, db, id.AccountID, db.Today())
	return id, hash.String, err
}

// Entered writes down that somebody came in; the door calls it once per connection, after the handshake.
func (g *Gate) Entered(ctx context.Context, id Identity) {
	err := g.accounts.db.InTx(ctx, func(tx *Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE accounts SET entered_at = $1 WHERE id = $2`, tx.Now().UnixMilli(), id.AccountID); err != nil {
			return err
		}
		if id.KeyID != "" {
			if _, err := tx.ExecContext(ctx, `UPDATE account_keys SET used_at = $1 WHERE id = $2`, tx.Now().UnixMilli(), id.KeyID); err != nil {
				return err
			}
		}
		if id.CodeID != "" {
			if err := enteredByCode(ctx, tx, id.CodeID); err != nil {
				return err
			}
		}
		if id.KioskID != "" {
			if err := seenKiosk(ctx, tx, id.KioskID); err != nil {
				return err
			}
		}
		if err := beginSession(ctx, tx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, id.Actor(), "login", id.Login, "method", id.Method)
	})
	if err != nil {
		g.log.ErrorContext(ctx, "log-in can't be written down", "login", id.Login, "err", err)
	}
}

// Still returns nil while the account is in use and holds a role, and ErrDenied once it was closed, or the session
// was ended from elsewhere: an open session asks from time to time. A code must be as good as RequireFor wants it, and a kiosk, also one at which a
// code was typed, open.
func (g *Gate) Still(ctx context.Context, id Identity) error {
	if id.KioskID != "" {
		if err := g.kioskStill(ctx, id.KioskID); err != nil || id.CodeID == "" {
			return err
		}
	}
	if id.CodeID != "" {
		_, err := JourneyOf(ctx, g.accounts.db, id.Actor())
		return err
	}
	held, err := rolesOf(ctx, g.accounts.db, id.AccountID, g.accounts.db.Today())
	if err == nil && len(held) == 0 {
		err = fmt.Errorf("account %s: %w", id.Login, ErrDenied)
	}
	if err == nil {
		err = g.sessionStill(ctx, id)
	}
	return err
}

// Tidy removes counts of failed log-ins that are too old to count, and sessions that nobody needs to know of any more.
func (g *Gate) Tidy(ctx context.Context) error {
	return errors.Join(g.guesses.forget(ctx), g.tidyCodes(ctx), g.tidySessions(ctx))
}

// SetLook keeps the language and theme that somebody chose, for the next log-in.
func (s *Accounts) SetLook(ctx context.Context, by Actor, language, theme string) error {
	return s.db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE accounts SET language = $1, theme = $2 WHERE id = $3`,
			Clean(language, 5), Clean(theme, 20), by.AccountID)
		return err
	})
}
