package server

import (
	"cmp"
	"net/netip"
	"time"
)

// Limits is what the door allows. A field left at zero takes the value of DefaultLimits: nothing can be
// switched off by forgetting it.
type Limits struct {
	Grace time.Duration // from the first byte to the accepted log-in; typing a long password takes time

	Unauth           int // connections that have not logged in yet, in all
	UnauthPerAddress int // the same, per IPv4 address or IPv6 /64
	UnauthStart      int // from here on a new one is dropped by chance, surely at Unauth (OpenSSH's MaxStartups)

	Conns           int // connections after log-in, in all
	ConnsPerAddress int // the same, per IPv4 address or IPv6 /64

	// Roomy lists networks that share one address (a computer room behind NAT) and to which the limits per
	// address don't apply; those in all do.
	Roomy []netip.Prefix

	SessionsPerConn int // session channels open at once on one connection
	PasswordTries   int // passwords that reach the Gate, per connection, both password methods together
	AuthTries       int // failed attempts of any kind, offered keys among them, per connection

	Idle time.Duration // since the last key, paste or click; repainting doesn't count
	Warn time.Duration // how long before Idle the person is warned
	Max  time.Duration // a session lasts no longer
	// The same at a kiosk, where the next person waits. Its session goes on: only the visitor's work ends.
	KioskIdle time.Duration
	KioskWarn time.Duration

	Bare  time.Duration // a logged-in connection without an open screen is cut after this
	Stall time.Duration // a client that takes in nothing is cut after this
	Stop  time.Duration // sessions have this long to save at Shutdown

	Width, Height int // largest window, in cells; larger ones are clamped

	EnvBytes   int // bytes of all env requests of a connection; beyond it is cut
	PasteBytes int // bytes of one paste that are kept; the rest is dropped with a note
	PasteFlood int // bytes of one paste after which the session is cut
	Motions    int // mouse movements passed on, per second
}

// DefaultLimits gives the values for a municipality. Those per address leave room for a terminal server or an
// outpost behind NAT, from where the whole staff comes.
func DefaultLimits() Limits {
	return Limits{
		Grace:  120 * time.Second,
		Unauth: 100, UnauthPerAddress: 30, UnauthStart: 50,
		Conns: 1000, ConnsPerAddress: 150,
		SessionsPerConn: 2, PasswordTries: 3, AuthTries: 10,
		Idle: 15 * time.Minute, Warn: time.Minute, Max: 12 * time.Hour,
		KioskIdle: 5 * time.Minute, KioskWarn: time.Minute,
		Bare: time.Minute, Stall: time.Minute, Stop: 10 * time.Second,
		Width: 300, Height: 120,
		EnvBytes: 16 << 10, PasteBytes: 64 << 10, PasteFlood: 64 << 20, Motions: 30,
	}
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	durations := [][2]*time.Duration{
		{&l.Grace, &d.Grace}, {&l.Idle, &d.Idle}, {&l.Warn, &d.Warn}, {&l.Max, &d.Max}, {&l.Bare, &d.Bare},
		{&l.Stall, &d.Stall}, {&l.Stop, &d.Stop}, {&l.KioskIdle, &d.KioskIdle}, {&l.KioskWarn, &d.KioskWarn},
	}
	for _, p := range durations {
		*p[0] = cmp.Or(max(0, *p[0]), *p[1])
	}
	numbers := [][2]*int{
		{&l.Unauth, &d.Unauth}, {&l.UnauthPerAddress, &d.UnauthPerAddress}, {&l.UnauthStart, &d.UnauthStart},
		{&l.Conns, &d.Conns}, {&l.ConnsPerAddress, &d.ConnsPerAddress}, {&l.SessionsPerConn, &d.SessionsPerConn},
		{&l.PasswordTries, &d.PasswordTries}, {&l.AuthTries, &d.AuthTries}, {&l.Width, &d.Width}, {&l.Height, &d.Height},
		{&l.EnvBytes, &d.EnvBytes}, {&l.PasteBytes, &d.PasteBytes}, {&l.PasteFlood, &d.PasteFlood}, {&l.Motions, &d.Motions},
	}
	for _, p := range numbers {
		*p[0] = cmp.Or(max(0, *p[0]), *p[1])
	}
	return l
}

// at are the limits for a session at a kiosk, or elsewhere.
func (l Limits) at(kiosk bool) Limits {
	if kiosk {
		l.Idle, l.Warn = l.KioskIdle, l.KioskWarn
	}
	return l
}

// clamp fits a window into the limits. A side of zero takes that of the 80×24 that every journey fits in.
func (l Limits) clamp(width, height int) (int, int) {
	if width <= 0 {
		width = 80
	}
	if height <= 0 {
		height = 24
	}
	return min(width, l.Width), min(height, l.Height)
}
