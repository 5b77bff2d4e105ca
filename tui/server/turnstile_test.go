package server

import (
	"errors"
	"log/slog"
	"math"
	"net"
	"net/netip"
	"strings"
	"testing"
)

func TestSource(t *testing.T) {
	for in, want := range map[string][2]string{
		"192.0.2.7:1":              {"192.0.2.7", "192.0.2.7/32"},
		"[::ffff:192.0.2.7]:1":     {"192.0.2.7", "192.0.2.7/32"},
		"[2001:db8:1:2:3:4:5:6]:1": {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		"[fe80::1%eth0]:1":         {"fe80::1", "fe80::/64"},
	} {
		addr := net.TCPAddrFromAddrPort(netip.MustParseAddrPort(in))
		if from, network := source(addr); from != want[0] || network.String() != want[1] {
			t.Errorf("source(%s): got %s in %s, want %v", in, from, network, want)
		}
	}
}

func TestTurnstile(t *testing.T) {
	a, b, c := netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("192.0.2.2/32"), netip.MustParsePrefix("10.1.2.3/32")
	ts := newTurnstile(Limits{
		Unauth: 10, UnauthPerAddress: 3, UnauthStart: 6, Conns: 4, ConnsPerAddress: 2,
		Roomy: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
	})
	ts.chance = func() float64 { return 0.5 }
	knock := func(from netip.Prefix, want string) {
		t.Helper()
		if got := ts.knock(from); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("knock from %s: got %q, want %q", from, got, want)
		}
	}
	for range 3 {
		knock(a, "")
	}
	knock(a, "from one address")
	for range 5 {
		knock(c, "") // a roomy network; with 7 inside the chance to be dropped is 47 %, and the lot says 50
	}
	knock(c, "early drop") // with 8: 65 %
	ts.chance = func() float64 { return 0.99 }
	knock(b, "")
	knock(b, "")
	knock(b, "too many connections before log-in")

	for i, want := range []bool{true, true, false} { // in from a: two, and one that must go
		if got := ts.enter(a); got != want {
			t.Errorf("enter %d: got %v, want %v", i, got, want)
		}
	}
	ts.leave(a, true)
	ts.leave(a, true)
	ts.leave(a, true)
	for i, want := range []bool{true, true, true, true, false} { // a roomy one up to the limit in all
		if got := ts.enter(c); got != want {
			t.Errorf("enter from a roomy network, %d: got %v, want %v", i, got, want)
		}
		if i == 4 {
			break
		}
	}
	for range 5 {
		ts.leave(c, true)
	}
	ts.leave(b, false)
	ts.leave(b, false)
	if ts.outside.all != 0 || ts.inside.all != 0 || len(ts.outside.per) != 0 || len(ts.inside.per) != 0 {
		t.Errorf("not everything was given back: %+v %+v", ts.outside, ts.inside)
	}
}

func TestDropRate(t *testing.T) {
	ts := newTurnstile(DefaultLimits())
	for inside, want := range map[int]float64{0: 0, 49: 0, 50: 0.3, 75: 0.65, 100: 1} {
		ts.outside.all = inside
		if got := ts.dropRate(); math.Abs(got-want) > 1e-9 {
			t.Errorf("drop rate with %d waiting: got %v, want %v", inside, got, want)
		}
	}
}

// A panic in a goroutine or a timer of the door is a line in the log and no more.
func TestSafely(t *testing.T) {
	book := &logbook{}
	log := slog.New(slog.NewTextHandler(book, nil))
	if safely(log, func() { panic(errors.New("boom\x1b[2J")) }) {
		t.Error("a panic was called fine")
	}
	if !safely(log, func() {}) {
		t.Error("no panic was called one")
	}
	after(log, 1, func() { panic("timer") })
	eventually(t, "the timer's panic in the log", func() bool { return strings.Contains(book.String(), "timer") })
	if s := book.String(); !strings.Contains(s, "boom") || strings.Contains(s, "\x1b") || !strings.Contains(s, "turnstile_test.go") {
		t.Errorf("log: %q", s)
	}
}

func TestLoud(t *testing.T) {
	book := &logbook{}
	l := newLoud(slog.New(slog.NewTextHandler(book, nil)))
	for range 1000 {
		l.warn("one", "from", "x")
	}
	l.warn("two")
	if n := strings.Count(book.String(), "\n"); n != 2 {
		t.Errorf("%d lines, want 2:\n%s", n, book)
	}
	l.last["one"] = l.last["one"].Add(-loudEvery)
	l.warn("one")
	if !strings.Contains(book.String(), "left_out=999") {
		t.Errorf("the count of what was left out is missing:\n%s", book)
	}
}

// What is left out, or below zero, takes the default: nothing is switched off by mistake.
func TestLimitsDefaults(t *testing.T) {
	got, want := Limits{}.withDefaults(), DefaultLimits()
	if got.Grace != want.Grace || got.PasteFlood != want.PasteFlood || got.Unauth != want.Unauth || got.Stop != want.Stop {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if l := (Limits{PasswordTries: -1, Idle: -1}).withDefaults(); l.PasswordTries != want.PasswordTries || l.Idle != want.Idle {
		t.Errorf("negative limits: %+v", l)
	}
}
