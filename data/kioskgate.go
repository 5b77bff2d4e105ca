package data

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/crypto/ssh"
)

// isDoorName tells whether a log-in name stands for something else than an account.
func isDoorName(login string) bool { return login == KioskLogin || login == CodeLogin }

// kioskKey tells which kiosk this key is of. Like Key it is asked for keys that are merely offered, so it changes
// nothing. It returns ErrDenied for an unknown key and for a kiosk that was closed.
func (g *Gate) kioskKey(ctx context.Context, key ssh.PublicKey, from string) (Identity, error) {
	print := ssh.FingerprintSHA256(key)
	k, err := oneKiosk(ctx, g.accounts.db, ` WHERE k.fingerprint = $1 AND k.disabled_at IS NULL`, print)
	if err != nil {
		return Identity{}, fmt.Errorf("key %s of a kiosk: %w", print, deniedUnless(err))
	}
	return Identity{KioskID: k.ID, Login: k.Login(), From: from}, nil
}

// deniedUnless makes ErrDenied of "there is none".
func deniedUnless(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrDenied
	}
	return err
}

// seenEvery is how often it is written down that a kiosk has a session.
const seenEvery = time.Minute

// kioskStill returns ErrDenied once the kiosk was closed, and writes down that it is there.
func (g *Gate) kioskStill(ctx context.Context, id string) error {
	k, err := openKiosk(ctx, g.accounts.db, id)
	if err != nil {
		return err
	}
	now := g.accounts.db.Now()
	if now.Sub(k.SeenAt) < seenEvery {
		return nil
	}
	err = g.accounts.db.InPlainTx(ctx, func(tx *Tx) error { return seenKiosk(ctx, tx, id) })
	if err != nil {
		g.log.WarnContext(ctx, "kiosk can't be written down as seen", "kiosk", id, "err", err)
	}
	return nil
}

// seenKiosk writes down that a kiosk has a session.
func seenKiosk(ctx context.Context, tx *Tx, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE kiosks SET seen_at = $1 WHERE id = $2`, tx.Now().UnixMilli(), id)
	return err
}
