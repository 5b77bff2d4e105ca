package data_test

import (
	"context"
	"digibrug/data"
	"digibrug/data/datatest"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"sync"
	"testing"
	"time"
)

func TestDelayGrowsToAMinute(t *testing.T) {
	want := []time.Duration{0, 1, 2, 4, 8, 16, 32, 60, 60}
	for n, w := range want {
		if got := data.Delay(int64(n)); got != w*time.Second {
			t.Errorf("Delay(%d) = %v, want %v", n, got, w*time.Second)
		}
	}
	if got := data.Delay(1 << 40); got != data.MaxDelay {
		t.Errorf("Delay of very many failures = %v", got)
	}
}

func waits(h house) (*data.Gate, *[]time.Duration) {
	var mu sync.Mutex
	var all []time.Duration
	g := data.NewGate(h.accounts, slog.New(slog.DiscardHandler))
	data.SetSleep(g, func(_ context.Context, d time.Duration) error {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, d)
		return nil
	})
	return g, &all
}

func TestGuessingIsSlowedAndNeverLocks(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate, slept := waits(h)
		for i := range 12 {
			if _, err := gate.Password(t.Context(), "an.peeters", fmt.Sprint("guess", i), "192.0.2.9"); !errors.Is(err, data.ErrDenied) {
				t.Fatalf("a wrong password: %v; want ErrDenied", err)
			}
		}
		if got := fmt.Sprint(*slept); got != "[1s 2s 4s 8s 16s 32s 1m0s 1m0s 1m0s 1m0s 1m0s]" {
			t.Errorf("delays were %s", got)
		}
		id, err := gate.Password(t.Context(), "An.Peeters", anPassword, "192.0.2.10")
		if err != nil || id.Login != "an.peeters" || id.Name != "An Peeters" || !id.Has(data.RoleStaff) {
			t.Fatalf("the right password after twelve wrong ones: %+v, %v", id, err)
		}
		if last := (*slept)[len(*slept)-1]; last > data.MaxDelay {
			t.Errorf("the owner waited %v", last)
		}
		*slept = nil
		if _, err := gate.Password(t.Context(), "an.peeters", anPassword, "192.0.2.10"); err != nil || len(*slept) != 0 {
			t.Errorf("the next log-in: %v, waited %v; want none", err, *slept)
		}
		rows := must(db.Audit(t.Context(), operator, 50))(t)
		alarms := 0
		for _, r := range rows {
			if r.Action == "login.guessing" {
				alarms++
			}
		}
		if alarms != 1 {
			t.Errorf("%d audit rows tell of the guessing, want 1", alarms)
		}
	})
}

func TestGuessingPerSource(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		gate, slept := waits(newHouse(t, db, data.RoleStaff))
		for i := range 9 { // another name each time: only the source remembers
			_, _ = gate.Password(t.Context(), fmt.Sprint("nobody", i), "x", "2001:db8::"+fmt.Sprint(i))
		}
		if got := fmt.Sprint(*slept); got != "[1s 2s 4s]" {
			t.Errorf("delays for one /64 were %s; want the first five failures free", got)
		}
		*slept = nil
		_, _ = gate.Password(t.Context(), "nobody-else", "x", "2001:db8:0:1::1")
		if len(*slept) != 0 {
			t.Errorf("another /64 waited %v", *slept)
		}
	})
}

func TestGuessesAreForgotten(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		gate, slept := waits(newHouse(t, db, data.RoleStaff))
		for range 4 {
			_, _ = gate.Password(t.Context(), "an.peeters", "wrong", "192.0.2.9")
		}
		hand.Forward(31 * time.Minute)
		*slept = nil
		_, _ = gate.Password(t.Context(), "an.peeters", "wrong", "192.0.2.9")
		if len(*slept) != 0 {
			t.Errorf("waited %v after half an hour of rest", *slept)
		}
	}, data.WithClock(hand.Now))
}

func TestAnOfficeIsNotSlowedAllDay(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		gate, slept := waits(newHouse(t, db, data.RoleStaff))
		for i := range 12 {
			_, _ = gate.Password(t.Context(), fmt.Sprint("iemand", i), "mis", "192.0.2.9")
			hand.Forward(10 * time.Minute)
		}
		*slept = nil
		for range 5 {
			if _, err := gate.Password(t.Context(), "an.peeters", anPassword, "192.0.2.9"); err != nil {
				t.Fatal(err)
			}
			hand.Forward(20 * time.Second)
		}
		if len(*slept) != 0 {
			t.Errorf("right passwords waited %v", *slept)
		}
	}, data.WithClock(hand.Now))
}

// TestMondayAtEightAtOnce lets thirty people come in at once behind one address, with the right passwords: nobody
// waits.
func TestMondayAtEightAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		stored := must(data.NewHasher(cheap).Hash(t.Context(), anPassword))(t)
		for i := range 30 {
			must(h.accounts.AddHashed(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: fmt.Sprint("collega", i), Roles: []data.Role{data.RoleStaff}}, stored))(t)
		}
		gate, slept := waits(h)
		errs := make([]error, 30)
		var people sync.WaitGroup
		for i := range errs {
			people.Go(func() { _, errs[i] = gate.Password(t.Context(), fmt.Sprint("collega", i), anPassword, "192.0.2.9") })
		}
		people.Wait()
		if err := errors.Join(errs...); err != nil || len(*slept) != 0 {
			t.Errorf("%v; waited %v", err, *slept)
		}
	})
}

func TestRoomyNetworksAreSlowedPerNameOnly(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate := data.NewGate(h.accounts, slog.New(slog.DiscardHandler), netip.MustParsePrefix("192.0.2.0/24"))
		var slept []time.Duration
		data.SetSleep(gate, func(_ context.Context, d time.Duration) error { slept = append(slept, d); return nil })
		for i := range 20 {
			_, _ = gate.Password(t.Context(), fmt.Sprint("kandidaat", i), "mis", "192.0.2.9")
		}
		if len(slept) != 0 {
			t.Errorf("twenty names behind one roomy address waited %v", slept)
		}
		_, _ = gate.Password(t.Context(), "kandidaat1", "mis", "192.0.2.9")
		if len(slept) != 1 {
			t.Errorf("the second try at one name waited %v, want once", slept)
		}
	})
}

func TestWhoMayDoNothingStaysOut(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db)
		gate, _ := waits(h)
		key := newKey(t)
		must(h.accounts.AddKey(t.Context(), operator, "an.peeters", line(key)))(t)
		if _, err := gate.Password(t.Context(), "an.peeters", anPassword, ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a password without any role: %v; want ErrDenied", err)
		}
		if _, err := gate.Key(t.Context(), "an.peeters", key, ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a key without any role: %v; want ErrDenied", err)
		}
	})
}

func TestPasswordMustChangeFirst(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff, data.RoleICT)
		if err := data.NewSettings(db).Set(t.Context(), operator, data.SettingSecondRoles, ""); err != nil {
			t.Fatal(err) // the second factor has tests of its own
		}
		gate, _ := waits(h)
		key := newKey(t)
		must(h.accounts.AddKey(t.Context(), operator, "an.peeters", line(key)))(t)
		byPassword := must(gate.Password(t.Context(), "an.peeters", anPassword, ""))(t)
		if _, err := h.accounts.List(t.Context(), byPassword.Actor()); !errors.Is(err, data.ErrMustChange) {
			t.Errorf("before the change: %v; want ErrMustChange", err)
		}
		byKey := must(gate.Key(t.Context(), "an.peeters", key, ""))(t)
		if _, err := h.accounts.List(t.Context(), byKey.Actor()); err != nil {
			t.Errorf("who came in with a key: %v", err)
		}
		gate.Entered(t.Context(), byKey)
		if keys := must(h.accounts.KeysOf(t.Context(), operator, "an.peeters"))(t); keys[0].UsedAt.IsZero() {
			t.Error("the key's last use was not written down")
		}
		if err := h.accounts.ChangePassword(t.Context(), byPassword.Actor(), anPassword, "negen zoute haringen in een ton"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.accounts.List(t.Context(), byPassword.Actor()); err != nil {
			t.Errorf("after the change: %v", err)
		}
	})
}

func TestClosedAccountsStayOut(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate, _ := waits(h)
		key := newKey(t)
		must(h.accounts.AddKey(t.Context(), operator, "an.peeters", line(key)))(t)
		id := must(gate.Key(t.Context(), "an.peeters", key, "192.0.2.1"))(t)
		if err := h.accounts.SetDisabled(t.Context(), operator, "an.peeters", true); err != nil {
			t.Fatal(err)
		}
		if _, err := gate.Password(t.Context(), "an.peeters", anPassword, "192.0.2.1"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("password of a closed account: %v", err)
		}
		if _, err := gate.Key(t.Context(), "an.peeters", key, "192.0.2.1"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("key of a closed account: %v", err)
		}
		if err := gate.Still(t.Context(), id); !errors.Is(err, data.ErrDenied) {
			t.Errorf("open session of a closed account: %v", err)
		}
	})
}

func TestKeyBelongsToOneName(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "beheer", Roles: []data.Role{data.RoleICT}}))(t)
		gate, _ := waits(h)
		key := newKey(t)
		must(h.accounts.AddKey(t.Context(), operator, "an.peeters", line(key)))(t)
		var invalid *data.Invalid
		if _, err := h.accounts.AddKey(t.Context(), operator, "beheer", line(key)); !errors.As(err, &invalid) || invalid.Why != data.WhyKeyTaken {
			t.Errorf("the same key for a second account: %v", err)
		}
		if _, err := gate.Key(t.Context(), "beheer", key, ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("An's key under another's name: %v", err)
		}
		if _, err := gate.Key(t.Context(), "an.peeters", newKey(t), ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("an unknown key: %v", err)
		}
	})
}
