package server

import (
	"context"
	"log/slog"
	"maps"
	"net"
	"slices"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Threshold is the part of a door that stands before it: how many connections come in, from where, how long
// they may take to log in. The files door has one of its own, so that both doors count by the same rules and
// neither fills the other.
type Threshold struct{ door *Door }

// NewThreshold makes a threshold; limits at zero take their defaults, and a nil log is none.
func NewThreshold(limits Limits, log *slog.Logger) *Threshold {
	d := &Door{limits: limits.withDefaults(), log: log, wires: map[*wire]struct{}{}}
	d.fill()
	return &Threshold{d}
}

// Limits are the limits in force.
func (t *Threshold) Limits() Limits { return t.door.limits }

// Warn logs a refusal, and not each one of a flood of them. what must be one of a few constants.
func (t *Threshold) Warn(what string, args ...any) { t.door.loud.warn(what, args...) }

// Accept waits for the next connection at l for which there is room.
func (t *Threshold) Accept(l net.Listener) (*Wire, error) {
	conn, err := (&listener{Listener: l, door: t.door}).Accept()
	if err != nil {
		return nil, err
	}
	return conn.(*wire), nil
}

// Close cuts every connection that came over the threshold, also those that never logged in, and lets
// nobody over it any more.
func (t *Threshold) Close() {
	d := t.door
	d.mu.Lock()
	d.stopping.Store(true)
	wires := slices.Collect(maps.Keys(d.wires))
	d.mu.Unlock()
	for _, w := range wires {
		_ = w.Close()
	}
}

// Wire is a connection that came over a threshold. It closes itself when the time to log in is over, and
// after log-in when nothing runs on it for Limits.Bare.
type Wire = wire

// From is the client's address without the port.
func (w *wire) From() string { return w.from }

// Log is the log of this connection.
func (w *wire) Log() *slog.Logger { return w.log }

// Context ends with the connection, and before log-in with the grace.
func (w *wire) Context() context.Context { return w.ctx }

// Enter marks the log-in as done.
func (w *wire) Enter() { w.enter() }

// Full tells whether there was no room left after log-in: the connection lives on only to hear so.
func (w *wire) Full() bool { return w.isFull() }

// OpenChannel takes one of the session channels, or tells that all are taken.
func (w *wire) OpenChannel() bool { return w.openChannel() }

// CloseChannel gives it back.
func (w *wire) CloseChannel() { w.closeChannel() }

// Running counts what runs on the connection: 1 when it starts, -1 when it ends.
func (w *wire) Running(n int) { w.screen(n) }

// SpendEnv books the bytes of an env request and tells whether the budget holds.
func (w *wire) SpendEnv(bytes int) bool { return w.spendEnv(bytes) }

// Refuse books a refused channel and tells whether the connection may go on.
func (w *wire) Refuse() bool { return w.refuse() }

// Algorithms are what either door negotiates, and nothing else.
func Algorithms() gossh.Config { return algorithms() }

// KeyAlgorithms are those of people's keys.
func KeyAlgorithms() []string { return keyAlgorithms() }

// GoodKey tells whether a key is of a type and size that the doors take.
func GoodKey(key gossh.PublicKey) bool { return goodKey(key) }

// CheckHostKey holds host keys to one type.
func CheckHostKey(key gossh.Signer) error { return checkHostKey(key) }

// Safely runs do, turns a panic in it into a record in the log, and tells whether do came to its end. One
// bare goroutine that panics ends the sessions of everybody.
func Safely(log *slog.Logger, do func()) bool { return safely(log, do) }

// After runs do once d has passed, safely, unless the timer is stopped before.
func After(log *slog.Logger, d time.Duration, do func()) *time.Timer { return after(log, d, do) }

// NewRef makes a short name for a session: people read it out over the telephone, the log has it too.
func NewRef() string { return newRef() }
