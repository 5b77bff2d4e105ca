package data_test

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

func TestUnlock(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := datatest.NewTown(t, db)
		if err := h.Accounts.Grant(t.Context(), operator, "lid1", data.RoleDeputy, "2026-01-01", ""); err != nil {
			t.Fatal(err)
		}
		gate := data.NewGate(h.Accounts, slog.New(slog.DiscardHandler))
		deputy := h.Actor("lid1")
		if _, err := gate.Password(t.Context(), "an.peeters", "verkeerd", "192.0.2.1"); !errors.Is(err, data.ErrDenied) {
			t.Fatal(err)
		}
		if wait := must(h.Accounts.Slowed(t.Context(), deputy, "An.Peeters"))(t); wait != time.Second {
			t.Errorf("after one wrong password the next waits %v, want 1s", wait)
		}
		if err := h.Accounts.Unlock(t.Context(), deputy, "an.peeters"); err != nil {
			t.Fatal(err)
		}
		if wait := must(h.Accounts.Slowed(t.Context(), deputy, "an.peeters"))(t); wait != 0 {
			t.Errorf("after unlocking the next waits %v", wait)
		}
		rows := must(db.Audit(t.Context(), operator, 1))(t)
		if rows[0].Action != "account.unlock" || rows[0].Actor != "lid1" || rows[0].Object != "an.peeters" {
			t.Errorf("the audit log says %+v", rows[0])
		}
		before := rows[0].Seq
		if err := h.Accounts.Unlock(t.Context(), deputy, "an.peeters"); err != nil {
			t.Errorf("unlocking what isn't slowed: %v", err)
		}
		if rows := must(db.Audit(t.Context(), operator, 1))(t); rows[0].Seq != before {
			t.Errorf("nothing was done, and the audit log says %+v", rows[0])
		}
		if err := h.Accounts.Unlock(t.Context(), deputy, "nie.mand"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("nobody's account: %v", err)
		}
		for _, login := range []string{"an.peeters", "bert.maes", "dirk.adm"} {
			_, slowed := h.Accounts.Slowed(t.Context(), h.Actor(login), "an.peeters")
			if err := h.Accounts.Unlock(t.Context(), h.Actor(login), "an.peeters"); !errors.Is(err, data.ErrDenied) || !errors.Is(slowed, data.ErrDenied) {
				t.Errorf("%s: %v, %v", login, err, slowed)
			}
		}
	})
}
