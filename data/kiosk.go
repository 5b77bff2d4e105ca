package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// KioskKind is where a kiosk PC stands, which says who helps there.
type KioskKind string

// The kinds of kiosks.
const (
	KioskOCR      KioskKind = "ocr"        // the public computer room (openbare computerruimte)
	KioskCafe     KioskKind = "cafetaria"  // the internet PCs outside the counter's hours
	KioskTestRoom KioskKind = "testlokaal" // where candidates take a test
	KioskCounter  KioskKind = "balie"      // beside the counter
)

// KioskKinds gives all kinds.
func KioskKinds() []KioskKind { return []KioskKind{KioskOCR, KioskCafe, KioskTestRoom, KioskCounter} }

// Kiosk is a PC where everybody may sit down. Its key lets it in, to the visitor's home and nothing else.
type Kiosk struct {
	ID          string
	Name        string // small letters, digits, dots and dashes: also the name of its key's file
	Kind        KioskKind
	LocationID  string
	Location    string // name
	Fingerprint string // SHA256:…
	Disabled    bool
	SeenAt      time.Time // when it last had a session; zero when never
	CreatedAt   time.Time
}

// Login is what the kiosk is called in logs. No account can have this name.
func (k Kiosk) Login() string { return KioskLogin + ":" + k.Name }

// Log-in names that no account can have: behind them stand kiosks and paper codes.
const (
	KioskLogin = "kiosk"
	CodeLogin  = "code"
)

// What can be wrong with a kiosk.
const (
	WhyKioskName     Why = "kiosk.name"     // not what a kiosk can be called
	WhyKioskLocation Why = "kiosk.location" // no such location
	WhyKioskTaken    Why = "kiosk.taken"    // another kiosk, or an account, has this key
)

// Kiosks keeps the kiosk PCs. Only the ICT officer sees and changes them.
type Kiosks struct{ db *DB }

// NewKiosks gives the kiosks of a database.
func NewKiosks(db *DB) *Kiosks { return &Kiosks{db} }

// NewKiosk says what to add.
type NewKiosk struct {
	Name       string
	Kind       KioskKind
	LocationID string
	Key        string // the public key, one line as in a .pub file
}

var kioskForm = regexp.MustCompile(`^[a-z0-9]+([._-][a-z0-9]+)*$`)

// ParseKioskName folds a kiosk's name to the form in which it is stored: 2 to 32 small letters, digits, and single
// dots, dashes or underscores between them. It is safe as the name of a file.
func ParseKioskName(s string) (string, error) {
	name := SortKey(s)
	if len(name) < 2 || len(name) > 32 || !kioskForm.MatchString(name) {
		return "", &Invalid{Field: "kiosk", Why: WhyKioskName, Got: Clean(s, 40)}
	}
	return name, nil
}

// ParseKioskKind reads a kind. It returns an *Invalid of field type.
func ParseKioskKind(s string) (KioskKind, error) {
	var known []string
	for _, k := range KioskKinds() {
		if string(k) == SortKey(s) {
			return k, nil
		}
		known = append(known, string(k))
	}
	return "", &Invalid{Field: "type", Why: WhyNotOneOf, Want: strings.Join(known, ", "), Got: Clean(s, 40)}
}

// Add adds a kiosk and audits it. It returns an *Invalid for a bad or known name, an unknown kind or location, and a
// key that can't be one or that is somebody's already.
func (s *Kiosks) Add(ctx context.Context, by Actor, n NewKiosk) (Kiosk, error) {
	name, err := ParseKioskName(n.Name)
	if err != nil {
		return Kiosk{}, err
	}
	kind, err := ParseKioskKind(string(n.Kind))
	if err != nil {
		return Kiosk{}, err
	}
	key, _, err := parseKey(n.Key)
	if err != nil {
		return Kiosk{}, err
	}
	k := Kiosk{ID: NewID(), Name: name, Kind: kind, LocationID: n.LocationID, Fingerprint: ssh.FingerprintSHA256(key)}
	err = s.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		err := One(ctx, tx, []any{&k.Location}, `SELECT name FROM locations WHERE id = $1`, k.LocationID)
		if errors.Is(err, ErrNotFound) {
			return &Invalid{Field: "location", Why: WhyKioskLocation, Got: Clean(k.LocationID, 60)}
		} else if err != nil {
			return err
		}
		if err := kioskKeyFree(ctx, tx, k.Fingerprint); err != nil {
			return err
		}
		k.CreatedAt = tx.Now()
		_, err = tx.ExecContext(ctx, `INSERT INTO kiosks (id, name, sort_key, kind, location_id, fingerprint, public_key, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, k.ID, k.Name, SortKey(k.Name), string(k.Kind), k.LocationID, k.Fingerprint,
			string(ssh.MarshalAuthorizedKey(key)), k.CreatedAt.UnixMilli())
		if IsUnique(err) {
			return &Invalid{Field: "kiosk", Why: WhyTwice, Got: k.Name}
		} else if err != nil {
			return fmt.Errorf("add kiosk %s: %w", k.Name, err)
		}
		return tx.Audit(ctx, by, "kiosk.add", k.Login(), "kind", string(k.Kind), "location", k.LocationID, "fingerprint", k.Fingerprint)
	})
	if err != nil {
		return Kiosk{}, err
	}
	return k, nil
}

// kioskKeyFree refuses a key that opens something already: whoever sits at a kiosk could read its key, and must
// not become somebody by it.
func kioskKeyFree(ctx context.Context, q Query, fingerprint string) error {
	if err := noKioskKey(ctx, q, fingerprint); err != nil {
		return err
	}
	return noKey(ctx, q, `SELECT count(*) FROM account_keys WHERE fingerprint = $1`, fingerprint)
}

// noKioskKey refuses the key of a kiosk, also for accounts.
func noKioskKey(ctx context.Context, q Query, fingerprint string) error {
	return noKey(ctx, q, `SELECT count(*) FROM kiosks WHERE fingerprint = $1`, fingerprint)
}

func noKey(ctx context.Context, q Query, count, fingerprint string) error {
	var n int64
	if err := One(ctx, q, []any{&n}, count, fingerprint); err != nil {
		return fmt.Errorf("key %s: %w", fingerprint, err)
	}
	if n > 0 {
		return &Invalid{Field: "key", Why: WhyKioskTaken, Got: fingerprint}
	}
	return nil
}

// SetKey gives a kiosk another key and audits it: the old one lets nobody in any more.
func (s *Kiosks) SetKey(ctx context.Context, by Actor, name, line string) (Kiosk, error) {
	key, _, err := parseKey(line)
	if err != nil {
		return Kiosk{}, err
	}
	print := ssh.FingerprintSHA256(key)
	return s.onKiosk(ctx, by, name, func(tx *Tx, k *Kiosk) error {
		if err := kioskKeyFree(ctx, tx, print); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE kiosks SET fingerprint = $1, public_key = $2 WHERE id = $3`,
			print, string(ssh.MarshalAuthorizedKey(key)), k.ID); err != nil {
			return fmt.Errorf("key of kiosk %s: %w", k.Name, err)
		}
		k.Fingerprint = print
		return tx.Audit(ctx, by, "kiosk.key", k.Login(), "fingerprint", print)
	})
}

// SetDisabled closes a kiosk or opens it again, and audits it. An open session of a closed one ends within a
// minute.
func (s *Kiosks) SetDisabled(ctx context.Context, by Actor, name string, disabled bool) (Kiosk, error) {
	return s.onKiosk(ctx, by, name, func(tx *Tx, k *Kiosk) error {
		if k.Disabled == disabled {
			return nil // somebody was first: it is as asked, and there is nothing to write down
		}
		action, at := "kiosk.enable", any(nil)
		if disabled {
			action, at = "kiosk.disable", tx.Now().UnixMilli()
		}
		if _, err := tx.ExecContext(ctx, `UPDATE kiosks SET disabled_at = $1 WHERE id = $2`, at, k.ID); err != nil {
			return fmt.Errorf("%s %s: %w", action, k.Name, err)
		}
		k.Disabled = disabled
		return tx.Audit(ctx, by, action, k.Login())
	})
}

// onKiosk runs act on the kiosk of that name. It returns ErrNotFound when there is none.
func (s *Kiosks) onKiosk(ctx context.Context, by Actor, name string, act func(*Tx, *Kiosk) error) (k Kiosk, err error) {
	err = s.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		if k, err = oneKiosk(ctx, tx, ` WHERE k.sort_key = $1`, SortKey(name)); err != nil {
			return fmt.Errorf("kiosk %s: %w", Clean(name, 40), err)
		}
		return act(tx, &k)
	})
	if err != nil {
		return Kiosk{}, err
	}
	return k, nil
}

// List gives all kiosks by location and name.
func (s *Kiosks) List(ctx context.Context, by Actor) ([]Kiosk, error) {
	if err := Require(ctx, s.db, by, RoleICT); err != nil {
		return nil, err
	}
	return List(ctx, s.db, scanKiosk, kioskColumns+` ORDER BY l.sort_key, k.sort_key, k.id`)
}

// Find gives one kiosk by its name, or ErrNotFound.
func (s *Kiosks) Find(ctx context.Context, by Actor, name string) (Kiosk, error) {
	if err := Require(ctx, s.db, by, RoleICT); err != nil {
		return Kiosk{}, err
	}
	k, err := oneKiosk(ctx, s.db, ` WHERE k.sort_key = $1`, SortKey(name))
	if err != nil {
		return Kiosk{}, fmt.Errorf("kiosk %s: %w", Clean(name, 40), err)
	}
	return k, nil
}

// Own gives the kiosk that the actor is: what it shows of itself. It returns ErrDenied for everybody else, and once
// the kiosk was closed.
func (s *Kiosks) Own(ctx context.Context, by Actor) (Kiosk, error) {
	return OwnKiosk(ctx, s.db, by)
}

// OwnKiosk is Kiosks.Own inside somebody else's reading or transaction.
func OwnKiosk(ctx context.Context, q Query, by Actor) (Kiosk, error) {
	k, err := openKiosk(ctx, q, by.KioskID)
	if err != nil {
		return Kiosk{}, fmt.Errorf("%s: %w", by.Name, err)
	}
	return k, nil
}

// OpenKiosks gives the kiosks of a kind that are open, by location and name, for stores that checked already who asks.
func OpenKiosks(ctx context.Context, q Query, kind KioskKind) ([]Kiosk, error) {
	return List(ctx, q, scanKiosk, kioskColumns+` WHERE k.kind = $1 AND k.disabled_at IS NULL ORDER BY l.sort_key, k.sort_key, k.id`, string(kind))
}

// openKiosk reads a kiosk by id. It returns ErrDenied when there is none, or it was closed.
func openKiosk(ctx context.Context, q Query, id string) (Kiosk, error) {
	k, err := oneKiosk(ctx, q, ` WHERE k.id = $1`, id)
	if errors.Is(err, ErrNotFound) || err == nil && k.Disabled {
		return Kiosk{}, fmt.Errorf("kiosk %s is closed: %w", Clean(id, 40), ErrDenied)
	}
	return k, err
}

const kioskColumns = `SELECT k.id, k.name, k.kind, k.location_id, l.name, k.fingerprint, k.disabled_at, k.seen_at, k.created_at
	FROM kiosks k JOIN locations l ON l.id = k.location_id`

func oneKiosk(ctx context.Context, q Query, where, arg string) (Kiosk, error) {
	found, err := List(ctx, q, scanKiosk, kioskColumns+where, arg)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Kiosk{}, err
	}
	return found[0], nil
}

func scanKiosk(scan func(...any) error) (k Kiosk, err error) {
	var disabled, seen sql.NullInt64
	var created int64
	err = scan(&k.ID, &k.Name, &k.Kind, &k.LocationID, &k.Location, &k.Fingerprint, &disabled, &seen, &created)
	k.Disabled, k.SeenAt, k.CreatedAt = disabled.Valid, moment(seen), Milli(created)
	return k, err
}
