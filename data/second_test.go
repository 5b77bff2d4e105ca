package data_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

const home, office = "198.51.100.7", "192.0.2.7"

// door is a house with accounts that have chosen their password: ivo (ict) and an (staff); office is trusted.
type door struct {
	house
	gate  *data.Gate
	slept *[]time.Duration
	hand  *datatest.Hand
}

func newDoor(t *testing.T, db *data.DB, hand *datatest.Hand) door {
	t.Helper()
	h := newHouse(t, db)
	for login, roles := range map[string][]data.Role{"ivo": {data.RoleICT}, "an": {data.RoleStaff}, "dirk": {data.RoleDeputy}} {
		must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: login, Password: anPassword, Roles: roles, Keep: true}))(t)
	}
	if err := data.NewSettings(db).Set(t.Context(), operator, data.SettingSecondTrusted, "192.0.2.0/24"); err != nil {
		t.Fatal(err)
	}
	gate, slept := waits(h)
	return door{h, gate, slept, hand}
}

// eachDoor runs a test on both engines, with a clock that it moves.
func eachDoor(t *testing.T, test func(t *testing.T, d door)) {
	t.Helper()
	var hand *datatest.Hand
	clock := func() time.Time { return hand.Now() }
	datatest.EachURL(t, func(t *testing.T, url string) {
		hand = &datatest.Hand{}
		test(t, newDoor(t, datatest.Open(t, url, data.WithClock(clock)), hand))
	})
}

// code is what the app shows, some steps from now.
func (d door) code(t *testing.T, e data.Enrolment, steps int64) string {
	t.Helper()
	return must(data.TOTPCode(e.Secret, d.hand.Now().Unix()/30+steps))(t)
}

// enter gives the password.
func (d door) enter(t *testing.T, login, from string) data.Identity {
	t.Helper()
	return must(d.gate.Password(t.Context(), login, anPassword, from))(t)
}

// enrol sets up a second factor, at the office, and lets the next code come.
func (d door) enrol(t *testing.T, login string) (data.Enrolment, []string) {
	t.Helper()
	e := data.NewEnrolment(login)
	recovery := must(d.accounts.EnrolSecond(t.Context(), d.enter(t, login, office).Actor(), e, d.code(t, e, 0), ""))(t)
	d.hand.Forward(time.Minute)
	return e, recovery
}

func (d door) acts(t *testing.T, action string) (n int) {
	t.Helper()
	for _, row := range must(d.db.Audit(t.Context(), operator, 10000))(t) {
		if row.Action == action {
			n++
		}
	}
	return n
}

func TestWhoIsAskedForASecondFactor(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		key := newKey(t)
		must(d.accounts.AddKey(t.Context(), operator, "ivo", line(key)))(t)
		look := func(login, from string, byKey bool) string {
			id := data.Identity{}
			if byKey {
				id = must(d.gate.Key(t.Context(), login, key, from))(t)
			} else {
				id = d.enter(t, login, from)
			}
			asks := must(d.gate.AsksSecond(t.Context(), id, from))(t)
			return map[[2]bool]string{{false, false}: "in", {true, false}: "asked", {false, true}: "must enrol"}[[2]bool{asks, id.MustEnrol}]
		}
		check := func(when, login, from string, byKey bool, want string) {
			t.Helper()
			if got := look(login, from, byKey); got != want {
				t.Errorf("%s, %s from %s (key: %v): %s, want %s", when, login, from, byKey, got, want)
			}
		}
		check("without one", "ivo", home, false, "must enrol")
		check("without one", "ivo", "", false, "must enrol")
		check("without one", "ivo", "::ffff:192.0.2.9", false, "in")
		check("without one", "ivo", office, false, "in")
		check("without one", "ivo", home, true, "in")
		check("without one", "an", home, false, "in")
		d.enrol(t, "ivo")
		d.enrol(t, "an")
		check("with one", "ivo", home, false, "asked")
		check("with one", "ivo", office, false, "in")
		check("with one", "ivo", home, true, "in")
		check("of one's own accord", "an", home, false, "asked")
		set := data.NewSettings(d.db)
		if err := set.Set(t.Context(), operator, data.SettingSecondTrusted, ""); err != nil {
			t.Fatal(err)
		}
		check("nowhere trusted", "ivo", office, false, "asked")
		if err := set.Set(t.Context(), operator, data.SettingSecondRoles, "deputy"); err != nil {
			t.Fatal(err)
		}
		check("another role", "dirk", home, false, "must enrol")
	})
}

func TestMustEnrolOpensNothingElse(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		id := d.enter(t, "ivo", home)
		by := id.Actor()
		closed := func(when string, want error) {
			t.Helper()
			for name, act := range map[string]func() error{
				"accounts":     func() error { _, err := d.accounts.List(t.Context(), by); return err },
				"audit":        func() error { _, err := d.db.Audit(t.Context(), by, 1); return err },
				"own key":      func() error { _, err := d.accounts.AddKey(t.Context(), by, "ivo", line(newKey(t))); return err },
				"own sessions": func() error { _, err := data.NewSessions(d.db).Mine(t.Context(), by); return err },
				"any journey": func() error {
					return data.RequireFor(t.Context(), d.db, by, data.Journey{Kind: data.JourneyStaff}, data.Roles()...)
				},
			} {
				if err := act(); !errors.Is(err, want) || want != nil && !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s, %s: %v; want %v", when, name, err, want)
				}
			}
		}
		closed("before", data.ErrMustEnrol)
		if _, err := d.accounts.RenewRecovery(t.Context(), by, "123456"); !errors.Is(err, data.ErrMustEnrol) {
			t.Errorf("recovery codes before enrolment: %v", err)
		}
		if err := d.gate.Still(t.Context(), id); err != nil {
			t.Errorf("the session that enrols: %v", err)
		}
		e := data.NewEnrolment("ivo")
		must(d.accounts.EnrolSecond(t.Context(), by, e, d.code(t, e, 0), ""))(t)
		closed("after", nil)
	})
}

func TestEnrolSecondRefuses(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		by := d.enter(t, "ivo", home).Actor()
		e := data.NewEnrolment("ivo")
		var invalid *data.Invalid
		for _, code := range []string{"", "12345", d.code(t, e, 2), d.code(t, e, -2), d.code(t, data.NewEnrolment("ivo"), 0)} {
			if _, err := d.accounts.EnrolSecond(t.Context(), by, e, code, ""); !errors.As(err, &invalid) || invalid.Why != data.WhySecondCode || invalid.Got != "" {
				t.Errorf("code %q: %v", code, err)
			}
		}
		if _, err := d.accounts.EnrolSecond(t.Context(), d.enter(t, "an", home).Actor(), e, d.code(t, e, 0), ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("an enrolment that was begun for another: %v", err)
		}
		weak := data.Enrolment{Login: "ivo"}
		if _, err := d.accounts.EnrolSecond(t.Context(), by, weak, "000000", ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("no secret: %v", err)
		}
		if f := must(d.accounts.SecondOf(t.Context(), operator, "ivo"))(t); f.On() || !f.Must {
			t.Errorf("after refusals: %+v", f)
		}
	})
}

func TestSecondCodeWorksOnce(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		e, recovery := d.enrol(t, "ivo")
		id := d.enter(t, "ivo", home)
		try := func(answer string) error { return d.gate.Second(t.Context(), id, answer, home) }
		for name, c := range map[string]struct{ answer string }{
			"nothing": {""}, "not six digits": {"12345"}, "two steps ago": {d.code(t, e, -2)}, "in two steps": {d.code(t, e, 2)}, "the password": {anPassword},
		} {
			if err := try(c.answer); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s: %v; want ErrDenied", name, err)
			}
		}
		now, ahead := d.code(t, e, 0), d.code(t, e, 1)
		if err := try(now[:3] + " " + now[3:]); err != nil {
			t.Errorf("the code of now: %v", err)
		}
		for name, answer := range map[string]string{"again": now, "the one before": d.code(t, e, -1)} {
			if err := try(answer); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s: %v; want ErrDenied", name, err)
			}
		}
		if err := try(ahead); err != nil {
			t.Errorf("the next code, by a clock that is ahead: %v", err)
		}
		if err := try(recovery[3]); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		if err := try(recovery[3]); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the same recovery code: %v; want ErrDenied", err)
		}
		if f := must(d.accounts.SecondOf(t.Context(), operator, "ivo"))(t); f.Left != 9 {
			t.Errorf("%d recovery codes left, want 9", f.Left)
		}
		if n := d.acts(t, "second.recovery"); n != 1 {
			t.Errorf("%d audit rows tell of recovery codes, want 1", n)
		}
	})
}

func TestAnothersSecondFactorIsNone(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		d.enrol(t, "ivo")
		e, recovery := d.enrol(t, "an")
		id := d.enter(t, "ivo", home)
		for _, answer := range []string{d.code(t, e, 0), recovery[0]} {
			if err := d.gate.Second(t.Context(), id, answer, home); !errors.Is(err, data.ErrDenied) {
				t.Errorf("an's answer for ivo: %v; want ErrDenied", err)
			}
		}
		dirk := d.enter(t, "dirk", home)
		if err := d.gate.Second(t.Context(), dirk, d.code(t, e, 0), home); !errors.Is(err, data.ErrDenied) {
			t.Errorf("an answer for somebody without a second factor: %v; want ErrDenied", err)
		}
		if err := d.gate.Second(t.Context(), d.enter(t, "an", home), d.code(t, e, 0), home); err != nil {
			t.Errorf("an's own: %v", err)
		}
	})
}

// TestSecondCodeInTwoProcessesAtOnce tries one code twenty times at the same moment, on two database handles as
// two processes have: one comes in. The same for a recovery code.
func TestSecondCodeInTwoProcessesAtOnce(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		var hand datatest.Hand
		d := newDoor(t, datatest.Open(t, url, data.WithClock(hand.Now)), &hand)
		other := data.NewGate(data.NewAccounts(datatest.Open(t, url, data.WithClock(hand.Now)), data.NewHasher(cheap)), slog.New(slog.DiscardHandler))
		data.SetSleep(other, func(context.Context, time.Duration) error { return nil })
		e, recovery := d.enrol(t, "ivo")
		id := d.enter(t, "ivo", home)
		for name, answer := range map[string]string{"code": d.code(t, e, 0), "recovery code": recovery[0]} {
			errs := make([]error, 20)
			var crowd sync.WaitGroup
			for i := range errs {
				gate := []*data.Gate{d.gate, other}[i%2]
				crowd.Go(func() { errs[i] = gate.Second(t.Context(), id, answer, home) })
			}
			crowd.Wait()
			in := 0
			for _, err := range errs {
				if err == nil {
					in++
				} else if !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if in != 1 {
				t.Errorf("%s: %d of 20 came in, want 1", name, in)
			}
		}
	})
}

// TestSecondGuessingIsBounded guesses with the right password: that doesn't clear the count, and after a hundred
// misses even the right code is refused, until a recovery code comes.
func TestSecondGuessingIsBounded(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		e, recovery := d.enrol(t, "ivo")
		*d.slept = nil
		for range 6 {
			id := d.enter(t, "ivo", home)
			if err := d.gate.Second(t.Context(), id, "000000", home); !errors.Is(err, data.ErrDenied) {
				t.Fatal(err)
			}
		}
		var longest time.Duration
		for _, w := range *d.slept {
			longest = max(longest, w)
		}
		if longest < 16*time.Second {
			t.Errorf("six rounds of right password and wrong code waited %v: the password clears the count", *d.slept)
		}
		id := d.enter(t, "ivo", home)
		for range data.SecondMisses + 5 {
			if err := d.gate.Second(t.Context(), id, "000000", home); !errors.Is(err, data.ErrDenied) {
				t.Fatal(err)
			}
		}
		if err := d.gate.Second(t.Context(), id, d.code(t, e, 0), home); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the right code after %d misses: %v; want ErrDenied", data.SecondMisses, err)
		}
		if f := must(d.accounts.SecondOf(t.Context(), operator, "ivo"))(t); !f.Stopped {
			t.Errorf("after the misses: %+v, want Stopped", f)
		}
		if n := d.acts(t, "second.stopped"); n != 1 {
			t.Errorf("%d audit rows tell that the app was stopped, want 1", n)
		}
		if err := d.gate.Second(t.Context(), id, recovery[0], home); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		if err := d.gate.Second(t.Context(), id, d.code(t, e, 0), home); err != nil {
			t.Errorf("the right code after a recovery code: %v", err)
		}
		*d.slept = nil
		d.enter(t, "ivo", "203.0.113.9") // the address of the guesser keeps its failures
		if len(*d.slept) != 0 {
			t.Errorf("after coming in the next password waited %v", *d.slept)
		}
	})
}

// TestGuessesAtOnceAreAllCounted makes a crowd of wrong codes at the same moment.
func TestGuessesAtOnceAreAllCounted(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		e, _ := d.enrol(t, "ivo")
		id := d.enter(t, "ivo", home)
		var crowd sync.WaitGroup
		for range 4 {
			crowd.Go(func() {
				for range data.SecondMisses / 4 {
					_ = d.gate.Second(t.Context(), id, "000000", home)
				}
			})
		}
		crowd.Wait()
		if err := d.gate.Second(t.Context(), id, d.code(t, e, 0), home); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the right code after %d misses at once: %v; want ErrDenied", data.SecondMisses, err)
		}
	})
}

func TestReplaceRenewAndDropTakeProof(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		e, recovery := d.enrol(t, "an")
		by := d.enter(t, "an", office).Actor()
		fresh := data.NewEnrolment("an")
		refused := func(name string, err error, why data.Why) {
			t.Helper()
			var invalid *data.Invalid
			if !errors.As(err, &invalid) || invalid.Why != why {
				t.Errorf("%s: %v; want %s", name, err, why)
			}
		}
		_, err := d.accounts.EnrolSecond(t.Context(), by, fresh, d.code(t, fresh, 0), "")
		refused("another app without proof", err, data.WhySecondPresent)
		_, err = d.accounts.EnrolSecond(t.Context(), by, fresh, d.code(t, fresh, 0), d.code(t, fresh, 0))
		refused("another app with its own code as proof", err, data.WhySecondPresent)
		_, err = d.accounts.RenewRecovery(t.Context(), by, "000000")
		refused("new codes with a wrong code", err, data.WhySecondPresent)
		refused("drop with a wrong code", d.accounts.DropOwnSecond(t.Context(), by, "000000"), data.WhySecondPresent)

		again := must(d.accounts.RenewRecovery(t.Context(), by, d.code(t, e, 0)))(t)
		if len(again) != 10 || slices.Contains(again, recovery[0]) {
			t.Errorf("new codes: %q", again)
		}
		refused("drop with a code of the old list", d.accounts.DropOwnSecond(t.Context(), by, recovery[0]), data.WhySecondPresent)
		must(d.accounts.EnrolSecond(t.Context(), by, fresh, d.code(t, fresh, 0), again[0]))(t)
		d.hand.Forward(time.Minute)
		refused("drop with the old app", d.accounts.DropOwnSecond(t.Context(), by, d.code(t, e, 0)), data.WhySecondPresent)
		if err := d.accounts.DropOwnSecond(t.Context(), by, d.code(t, fresh, 0)); err != nil {
			t.Errorf("drop with the new app: %v", err)
		}
		_, err = d.accounts.RenewRecovery(t.Context(), by, "000000")
		refused("new codes without a second factor", err, data.WhySecondNone)
		for action, want := range map[string]int{"second.enrol": 1, "second.replace": 1, "second.codes": 1, "second.drop": 1} {
			if n := d.acts(t, action); n != want {
				t.Errorf("%d audit rows %s, want %d", n, action, want)
			}
		}
		e, _ = d.enrol(t, "ivo")
		refused("drop what the role asks for", d.accounts.DropOwnSecond(t.Context(), d.enter(t, "ivo", office).Actor(), d.code(t, e, 0)), data.WhySecondMust)
	})
}

// TestTwoEnrolAtOnce sets up ten apps at the same moment: the first is the second factor, the others would have had
// to prove it.
func TestTwoEnrolAtOnce(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		by := d.enter(t, "an", office).Actor()
		errs := make([]error, 10)
		var crowd sync.WaitGroup
		for i := range errs {
			e := data.NewEnrolment("an")
			code := d.code(t, e, 0)
			crowd.Go(func() { _, errs[i] = d.accounts.EnrolSecond(t.Context(), by, e, code, "") })
		}
		crowd.Wait()
		done := 0
		for _, err := range errs {
			var invalid *data.Invalid
			switch {
			case err == nil:
				done++
			case !errors.As(err, &invalid) || invalid.Why != data.WhySecondPresent:
				t.Error(err)
			}
		}
		if done != 1 || d.acts(t, "second.enrol") != 1 {
			t.Errorf("%d of 10 were set up, want 1", done)
		}
	})
}

func TestDropSecondOfAnother(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		d.enrol(t, "an")
		d.enrol(t, "ivo")
		for login, want := range map[string]bool{"an": false, "dirk": false, "ivo": true} {
			by := d.enter(t, login, office).Actor()
			if err := d.accounts.DropSecond(t.Context(), by, "ivo"); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s drops ivo's: %v; want ErrDenied", login, err)
			}
			if _, err := d.accounts.SecondOf(t.Context(), by, "an"); (err == nil) != (want || login == "an") {
				t.Errorf("%s looks at an's: %v", login, err)
			}
		}
		ivo := d.enter(t, "ivo", office).Actor()
		if err := d.accounts.DropSecond(t.Context(), ivo, "an"); err != nil {
			t.Errorf("the ICT officer drops an's: %v", err)
		}
		var invalid *data.Invalid
		if err := d.accounts.DropSecond(t.Context(), ivo, "an"); !errors.As(err, &invalid) || invalid.Why != data.WhySecondNone {
			t.Errorf("again: %v", err)
		}
		if missing := must(d.accounts.SecondMissing(t.Context(), operator))(t); len(missing) != 0 {
			t.Errorf("missing: %q", missing)
		}
		if err := d.accounts.DropSecond(t.Context(), operator, "ivo"); err != nil {
			t.Errorf("the operator drops ivo's: %v", err)
		}
		if missing := must(d.accounts.SecondMissing(t.Context(), operator))(t); fmt.Sprint(missing) != "[ivo]" {
			t.Errorf("missing: %q", missing)
		}
		if id := d.enter(t, "ivo", home); !id.MustEnrol {
			t.Error("after the drop ivo comes in without setting up another")
		}
	})
}

func TestSecondSettings(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		newHouse(t, db)
		set := data.NewSettings(db)
		long := ""
		for i := range 60 {
			long += fmt.Sprintf("10.%d.0.0/16 ", i)
		}
		for _, c := range []struct {
			key   data.Setting
			value string
			ok    bool
		}{
			{data.SettingSecondRoles, "", true}, {data.SettingSecondRoles, "ict, recruiter", true}, {data.SettingSecondRoles, "baas", false},
			{data.SettingSecondTrusted, "", true}, {data.SettingSecondTrusted, "192.0.2.0/24 2001:db8::/32", true}, {data.SettingSecondTrusted, "192.0.2.7", true},
			{data.SettingSecondTrusted, "0.0.0.0/0", false}, {data.SettingSecondTrusted, "::/0", false}, {data.SettingSecondTrusted, "192.0.2.0/2", false},
			{data.SettingSecondTrusted, "::ffff:192.0.2.0/120", false}, {data.SettingSecondTrusted, "kantoor", false}, {data.SettingSecondTrusted, "192.0.2.0/33", false},
			{data.SettingSecondTrusted, "fe80::1%eth0", false}, {data.SettingSecondTrusted, long, false},
		} {
			var invalid *data.Invalid
			if err := set.Set(t.Context(), operator, c.key, c.value); (err == nil) != c.ok || err != nil && (!errors.As(err, &invalid) || invalid.Field != string(c.key)) {
				t.Errorf("%s = %.60q: %v; want ok %v", c.key, c.value, err, c.ok)
			}
		}
	})
}
