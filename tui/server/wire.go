package server

import (
	"context"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"charm.land/ssh"
)

// A dead peer (Wi-Fi gone, PC switched off) sends no goodbye: TCP asks after it and gives up within 30 s,
// so that what its session holds comes free.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 4}

// listener lets in what the turnstile has room for and wraps it in a wire.
type listener struct {
	net.Listener
	door  *Door
	kinds []Kind // of visitors that it admits; none: all
}

func (l *listener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if w := l.door.knock(conn, l.kinds...); w != nil {
			return w, nil
		}
		_ = conn.Close()
	}
}

// wire is one connection as the door sees it: where it comes from, whether it has logged in, what it has
// used up. It closes itself when the grace or the time without a screen is over.
type wire struct {
	net.Conn
	door    *Door
	log     *slog.Logger
	from    string // address without port
	network netip.Prefix
	kinds   []Kind          // of visitors that its listener admits; none: all
	ctx     context.Context // ends with the connection, and before log-in with the grace
	cancel  context.CancelFunc

	mu       sync.Mutex
	inside   bool // logged in
	full     bool // logged in, but there was no room
	closed   bool
	gone     func() // run once it is closed; nil: nothing
	grace    *time.Timer
	bare     *time.Timer
	channels int // session channels
	screens  int // running programs
	env      int // bytes of env requests so far
	refused  int // channels refused so far
}

func (d *Door) knock(conn net.Conn, kinds ...Kind) *wire {
	from, network := source(conn.RemoteAddr())
	if why := d.turnstile.knock(network); why != "" {
		d.loud.warn(why, "from", from)
		return nil
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetKeepAliveConfig(keepAlive) // without it a dead peer is found later, by Idle
	}
	w := &wire{Conn: conn, door: d, log: d.log.With("from", from), from: from, network: network, kinds: kinds}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.mu.Lock()
	w.grace = after(w.log, d.limits.Grace, w.late)
	w.mu.Unlock()
	if !d.track(w) {
		_ = w.Close()
		return nil
	}
	return w
}

func (w *wire) late() {
	w.door.loud.warn("no log-in within the grace", "from", w.from)
	_ = w.Close()
}

// Read ends the context at the first error: a Gate that makes an attempt wait stops waiting when the
// client has gone.
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if err != nil {
		w.cancel()
	}
	return n, err
}

// Write gives each write its own deadline: charm.land/ssh sets none, so a client that stops reading
// would hold the writer, and with it the session, for ever.
func (w *wire) Write(p []byte) (int, error) {
	_ = w.SetWriteDeadline(time.Now().Add(w.door.limits.Stall))
	return w.Conn.Write(p)
}

// Close gives back what the connection held. It may be called often.
func (w *wire) Close() error {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return nil
	}
	w.closed = true
	inside, gone := w.inside, w.gone
	w.grace.Stop()
	if w.bare != nil {
		w.bare.Stop()
	}
	w.mu.Unlock()
	w.cancel()
	w.door.turnstile.leave(w.network, inside)
	err := w.Conn.Close()
	if gone != nil {
		gone()
	}
	w.door.untrack(w)
	return err
}

// leaving is how long what follows the end of a connection may take: a database that hangs must not hold up the door.
const leaving = 3 * time.Second

// AfterClose runs do once the connection has been closed, or at once when it has been already.
func (w *wire) AfterClose(do func(context.Context)) {
	run := func() {
		ctx, cancel := context.WithTimeout(context.Background(), leaving)
		defer cancel()
		safely(w.log, func() { do(ctx) })
	}
	w.mu.Lock()
	closed := w.closed
	w.gone = run
	w.mu.Unlock()
	if closed {
		run()
	}
}

// fullStays is how long a connection for which there is no room may stay to hear so.
const fullStays = 10 * time.Second

// enter marks the log-in as done: the slot before log-in comes free and the grace ends.
func (w *wire) enter() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.inside {
		return
	}
	w.inside = true
	w.grace.Stop()
	bare := w.door.limits.Bare
	if w.full = !w.door.turnstile.enter(w.network); w.full {
		w.door.loud.warn("too many connections after log-in", "from", w.from)
		bare = min(bare, fullStays)
	}
	w.bare = after(w.log, bare, func() { _ = w.Close() })
}

// openChannel takes one of the session channels, or tells that all are taken.
func (w *wire) openChannel() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.channels >= w.door.limits.SessionsPerConn {
		return false
	}
	w.channels++
	return true
}

func (w *wire) closeChannel() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.channels--
}

// screen counts programs that start (1) and end (-1). A connection without one is cut after Bare: it
// would hold a slot for nothing.
func (w *wire) screen(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.screens += n; w.closed || w.bare == nil {
		return
	}
	if w.screens > 0 {
		w.bare.Stop()
	} else {
		w.bare.Reset(w.door.limits.Bare)
	}
}

// spendEnv books the bytes of an env request and tells whether the budget holds. Stock charm.land/ssh
// keeps every one: 3000 of 30 kB are 137 MB.
func (w *wire) spendEnv(bytes int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.env += bytes
	return w.env <= w.door.limits.EnvBytes
}

// maxRefused is how many channels a connection may ask in vain; a client that means well asks a few.
const maxRefused = 100

// refuse books a refused channel and tells whether the connection may go on.
func (w *wire) refuse() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refused++
	return w.refused <= maxRefused
}

func (w *wire) isFull() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.full
}

// wireKey finds the wire in the context of its connection.
type wireKey struct{}

func wireOf(ctx ssh.Context) *wire {
	w, _ := ctx.Value(wireKey{}).(*wire)
	return w
}
