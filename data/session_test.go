package data_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/data"
)

// in logs somebody in, the way the door does.
func (d door) in(t *testing.T, login, from string) data.Identity {
	t.Helper()
	id := d.enter(t, login, from)
	id.Method = "password"
	d.gate.Entered(t.Context(), id)
	return id
}

func TestSessionsBeginGoOnAndEnd(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		store := data.NewSessions(d.db)
		id := d.in(t, "an", home)
		began := d.hand.Now()
		mine := func() data.Session {
			t.Helper()
			all := must(store.Mine(t.Context(), id.Actor()))(t)
			if len(all) != 1 {
				t.Fatalf("%d sessions, want 1", len(all))
			}
			return all[0]
		}
		if s := mine(); s.ID != id.SessionID || s.Login != "an" || s.From != home || s.Method != "password" || !s.StartedAt.Equal(began) || !s.Open() {
			t.Errorf("at the start: %+v", s)
		}
		still := func() {
			t.Helper()
			if err := d.gate.Still(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		d.hand.Forward(40 * time.Second)
		still()
		if s := mine(); !s.SeenAt.Equal(began) {
			t.Errorf("written again after 40 seconds: %v", s.SeenAt)
		}
		d.hand.Forward(30 * time.Second)
		still()
		if s := mine(); !s.SeenAt.Equal(d.hand.Now()) {
			t.Errorf("after 70 seconds it was seen at %v", s.SeenAt)
		}
		seen := d.hand.Now()
		d.hand.Forward(6 * time.Minute)
		if s := mine(); s.Open() || !s.EndedAt.Equal(seen) {
			t.Errorf("of a process that died: %+v", s)
		}
		still()
		if s := mine(); !s.Open() {
			t.Errorf("a session that is there again: %+v", s)
		}
		d.gate.Left(t.Context(), id)
		ended := d.hand.Now()
		d.hand.Forward(time.Hour)
		d.gate.Left(t.Context(), id)
		if s := mine(); s.Open() || !s.EndedAt.Equal(ended) {
			t.Errorf("at the end: %+v", s)
		}
	})
}

func TestAnEndedSessionGoesOut(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		store := data.NewSessions(d.db)
		first, second, third := d.in(t, "an", home), d.in(t, "an", office), d.in(t, "an", office)
		ivo, dirk := d.in(t, "ivo", office), d.in(t, "dirk", office)
		out := func(id data.Identity, want bool) {
			t.Helper()
			if err := d.gate.Still(t.Context(), id); errors.Is(err, data.ErrDenied) != want || err != nil && !want {
				t.Errorf("%s: %v; want out: %v", id.SessionID, err, want)
			}
		}
		for name, by := range map[string]data.Actor{"deputy": dirk.Actor(), "staff": first.Actor()} {
			if err := store.End(t.Context(), by, ivo.SessionID); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s ends ivo's session: %v; want ErrNotFound", name, err)
			}
			if _, err := store.Of(t.Context(), by, "ivo"); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s looks at ivo's sessions: %v; want ErrDenied", name, err)
			}
			if _, err := store.EndAll(t.Context(), by, "ivo", ""); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s ends ivo's sessions: %v; want ErrDenied", name, err)
			}
		}
		out(ivo, false)
		for range 2 { // the second time nothing happens, and nothing is written down
			if err := store.End(t.Context(), second.Actor(), first.SessionID); err != nil {
				t.Fatal(err)
			}
		}
		out(first, true)
		out(second, false)
		if n := must(store.EndAll(t.Context(), second.Actor(), "an", second.SessionID))(t); n != 1 {
			t.Errorf("%d others were ended, want 1", n)
		}
		out(third, true)
		out(second, false)
		if err := store.End(t.Context(), ivo.Actor(), second.SessionID); err != nil {
			t.Fatal(err)
		}
		out(second, true)
		if n := must(store.EndAll(t.Context(), operator, "an", ""))(t); n != 0 {
			t.Errorf("%d more were ended, want none", n)
		}
		if n := d.acts(t, "session.end"); n != 3 {
			t.Errorf("%d audit rows, want 3", n)
		}
		for _, by := range []data.Actor{ivo.Actor(), operator} {
			if err := store.End(t.Context(), by, "nobody's"); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("a session that is none: %v; want ErrNotFound", err)
			}
			if _, err := store.Of(t.Context(), by, "niemand"); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("sessions of nobody: %v; want ErrNotFound", err)
			}
		}
	})
}

func TestOldSessionsAreForgotten(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		old := d.in(t, "an", home)
		d.hand.Forward(60 * 24 * time.Hour)
		fresh := d.in(t, "an", home)
		d.hand.Forward(31 * 24 * time.Hour)
		if err := d.gate.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		all := must(data.NewSessions(d.db).Mine(t.Context(), fresh.Actor()))(t)
		if len(all) != 1 || all[0].ID != fresh.SessionID {
			t.Errorf("left: %+v, want that of 31 days ago", all)
		}
		if err := d.gate.Still(t.Context(), old); err != nil {
			t.Errorf("a session without a row: %v", err)
		}
	})
}

func TestCodesAndKiosksHaveNoSession(t *testing.T) {
	eachDoor(t, func(t *testing.T, d door) {
		d.gate.Entered(t.Context(), data.Identity{KioskID: "k", Login: "kiosk"})
		d.gate.Left(t.Context(), data.Identity{KioskID: "k", Login: "kiosk"})
		var n int
		if err := data.One(t.Context(), d.db, []any{&n}, `SELECT count(*) FROM sessions`); err != nil || n != 0 {
			t.Errorf("%d sessions, %v; want none", n, err)
		}
	})
}
