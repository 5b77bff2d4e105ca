package data

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// Key is an SSH public key of an account.
type Key struct {
	ID          string
	Fingerprint string // SHA256:…
	Type        string // ssh-ed25519, …
	Label       string
	UsedAt      time.Time // zero when never
}

// keyTypes are the key types that may be registered: what OpenSSH makes today, a FIDO2 stick, and the
// ECDSA P-384 key of a Belgian eID. DSA and the NIST P-521 oddity stay out.
var keyTypes = []string{
	ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoRSA, ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256,
}

// Why a public key is refused.
const (
	WhyKeyForm  Why = "key.form"  // not one line of an .pub file
	WhyKeyType  Why = "key.type"  // Want lists the types
	WhyKeyShort Why = "key.short" // RSA below 2048 bits
	WhyKeyTaken Why = "key.taken" // another account, or this one, has it
)

// parseKey reads one line of an authorized_keys or .pub file.
func parseKey(line string) (ssh.PublicKey, string, error) {
	key, comment, options, rest, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil || len(options) > 0 || len(strings.TrimSpace(string(rest))) > 0 {
		return nil, "", &Invalid{Field: "key", Why: WhyKeyForm}
	}
	for _, known := range keyTypes {
		if key.Type() == known {
			if key.Type() == ssh.KeyAlgoRSA && !longRSA(key) {
				return nil, "", &Invalid{Field: "key", Why: WhyKeyShort, Want: "2048"}
			}
			return key, Clean(comment, 60), nil
		}
	}
	return nil, "", &Invalid{Field: "key", Why: WhyKeyType, Want: strings.Join(keyTypes, ", "), Got: key.Type()}
}

// longRSA tells whether an RSA key has at least 2048 bits. Its wire form is a few dozen bytes longer than
// the modulus.
func longRSA(key ssh.PublicKey) bool {
	var wire struct {
		Type string
		E, N []byte
	}
	return ssh.Unmarshal(key.Marshal(), &wire) == nil && len(strings.TrimLeft(string(wire.N), "\x00")) >= 256
}

// AddKey registers a public key for an account and audits it. The ICT officer may for everybody, others
// for themselves.
func (s *Accounts) AddKey(ctx context.Context, by Actor, login, line string) (Key, error) {
	key, label, err := parseKey(line)
	if err != nil {
		return Key{}, err
	}
	k := Key{ID: NewID(), Fingerprint: ssh.FingerprintSHA256(key), Type: key.Type(), Label: label}
	err = s.onOwnAccount(ctx, by, login, func(tx *Tx, id string) error {
		if err := noKioskKey(ctx, tx, k.Fingerprint); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO account_keys (id, account_id, fingerprint, public_key, label, created_at)
			VALUES ($1, $2, $3, $4, $5, $6)`, k.ID, id, k.Fingerprint, string(ssh.MarshalAuthorizedKey(key)), label, tx.Now().UnixMilli())
		if IsUnique(err) {
			return &Invalid{Field: "key", Why: WhyKeyTaken, Got: k.Fingerprint}
		} else if err != nil {
			return fmt.Errorf("add key: %w", err)
		}
		return tx.Audit(ctx, by, "key.add", login, "fingerprint", k.Fingerprint)
	})
	if err != nil {
		return Key{}, err
	}
	return k, nil
}

// RemoveKey takes a public key of an account away and audits it.
func (s *Accounts) RemoveKey(ctx context.Context, by Actor, login, fingerprint string) error {
	return s.onOwnAccount(ctx, by, login, func(tx *Tx, id string) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM account_keys WHERE account_id = $1 AND fingerprint = $2`, id, fingerprint)
		err = OneRow(res, err)
		if err != nil {
			return fmt.Errorf("remove key %s: %w", Clean(fingerprint, 60), err)
		}
		return tx.Audit(ctx, by, "key.remove", login, "fingerprint", fingerprint)
	})
}

// KeysOf lists the public keys of an account, oldest first.
func (s *Accounts) KeysOf(ctx context.Context, by Actor, login string) ([]Key, error) {
	if SortKey(login) != by.Name {
		if err := Require(ctx, s.db, by, RoleICT); err != nil {
			return nil, err
		}
	}
	return List(ctx, s.db, scanKey, `SELECT k.id, k.fingerprint, k.public_key, k.label, k.used_at
		FROM account_keys k JOIN accounts a ON a.id = k.account_id WHERE a.login = $1 ORDER BY k.created_at, k.id`, SortKey(login))
}

func scanKey(scan func(...any) error) (k Key, err error) {
	var line string
	var used sql.NullInt64
	err = scan(&k.ID, &k.Fingerprint, &line, &k.Label, &used)
	k.Type, _, _ = strings.Cut(line, " ")
	if used.Valid {
		k.UsedAt = Milli(used.Int64)
	}
	return k, err
}

// onOwnAccount is onAccount for what people may also do for themselves.
func (s *Accounts) onOwnAccount(ctx context.Context, by Actor, login string, act func(tx *Tx, id string) error) error {
	return s.db.InTx(ctx, func(tx *Tx) error {
		var id string
		if err := One(ctx, tx, []any{&id}, `SELECT id FROM accounts WHERE login = $1`, SortKey(login)); err != nil {
			return fmt.Errorf("account %s: %w", Clean(login, 40), err)
		}
		if id != by.AccountID {
			if err := Require(ctx, tx, by, RoleICT); err != nil {
				return err
			}
		} else if by.MustEnrol { // a key would be a way around the second factor
			if err := enrolled(ctx, tx, by); err != nil {
				return err
			}
		}
		return act(tx, id)
	})
}
