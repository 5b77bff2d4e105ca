// Package server is the screens door: the SSH server through which people reach the screens. It decides
// how many come in and how long they stay, asks a Gate who they are, and runs one Bubble Tea program per
// session. It knows no screen and no store; Config.Open makes the first and a Gate hides the second.
//
// It stands on wish, charm.land/ssh, x/crypto/ssh and Bubble Tea, and does not trust their defaults: each
// place that overrides one says which. What a client sends (keys, sizes, names, bytes without end) is
// hostile until it has been counted and clamped.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"digibrug/data"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

// Config is what a door needs. Gate, HostKey and Open must be there.
type Config struct {
	Limits  Limits
	HostKey gossh.Signer // of type ed25519; LoadHostKey reads one
	Gate    Gate
	// Open makes the screens of one session. An error is logged and the person gets a sentence.
	Open func(Guest) (tea.Model, error)
	// Wipe tells whether a guest's terminal is cleared at the beginning and at the end, scrollback included: true
	// for kiosks, where the next person sits down at the same screen. Nil: never.
	Wipe    func(Guest) bool
	Log     *slog.Logger // nil: none
	Version string       // shown to every client before log-in; empty: "digibrug"
	Lang    words.Lang   // of people whose language is not known; empty: Dutch
	Clock   data.Clock   // nil: the system's; tells Guest.At, while limits go by the monotonic clock
}

// Guest is somebody who has come in, with the window they look through.
type Guest struct {
	Identity      data.Identity
	SessionID     string            // short, random; in the log and in sentences as the reference
	At            time.Time         // when the session began
	Term          string            // the client's TERM: letters, digits, ".", "_", "+", "-"
	Env           map[string]string // of LANG, LC_…, COLORTERM, NO_COLOR what the client sent, in harmless characters
	Width, Height int               // cells, within the limits
	// Say writes text to a client without a terminal, which gives lines instead of keys: they come as shell.LineMsg. nil:
	// there is a terminal.
	Say func(text string)
	Ctx context.Context // ends with the session
	// Ping asks the client for a sign of life. It returns an error when none came before ctx ended, or when an earlier
	// question still waits for its answer: a line that was pulled out looks like a quiet one otherwise.
	Ping func(ctx context.Context) error
}

// Door is the running server.
type Door struct {
	limits    Limits
	gate      Gate
	open      func(Guest) (tea.Model, error)
	wipe      func(Guest) bool
	log       *slog.Logger
	loud      *loud
	lang      words.Lang
	clock     data.Clock
	turnstile *turnstile
	srv       *ssh.Server
	stopping  atomic.Bool

	mu        sync.Mutex
	listeners map[net.Listener]struct{}
	wires     map[*wire]struct{}
	visits    map[*visit]struct{}
	empty     chan struct{} // closed by the last visit that leaves while stopping
}

// version is what may stand in an SSH version line (RFC 4253, 4.2: no space, no minus).
var version = regexp.MustCompile(`^[A-Za-z0-9._]{1,40}$`)

// New makes a door. It refuses what would leave it open or unknown: no Gate, no host key, no screens.
// Stock wish lets everybody in when no handler is set and makes a host key of its own.
func New(cfg Config) (*Door, error) {
	switch {
	case cfg.Gate == nil:
		return nil, errors.New("screens door: no gate: nobody would be asked who they are")
	case cfg.HostKey == nil:
		return nil, errors.New("screens door: no host key: clients could not recognise the server")
	case cfg.Open == nil:
		return nil, errors.New("screens door: no screens to open")
	}
	if err := checkHostKey(cfg.HostKey); err != nil {
		return nil, fmt.Errorf("screens door: %w", err)
	}
	d := &Door{
		limits: cfg.Limits.withDefaults(), gate: cfg.Gate, open: cfg.Open, wipe: cfg.Wipe,
		log: cfg.Log, lang: cfg.Lang, clock: cfg.Clock,
		listeners: map[net.Listener]struct{}{}, wires: map[*wire]struct{}{}, visits: map[*visit]struct{}{},
		empty: make(chan struct{}),
	}
	d.fill()
	if cfg.Version == "" {
		cfg.Version = "digibrug"
	}
	if !version.MatchString(cfg.Version) {
		return nil, fmt.Errorf("screens door: version %q can't stand in an SSH greeting", cfg.Version)
	}
	return d, d.build(cfg.HostKey, cfg.Version)
}

func (d *Door) fill() {
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if d.clock == nil {
		d.clock = data.SystemClock
	}
	if d.lang == "" {
		d.lang = words.NL
	}
	if d.wipe == nil {
		d.wipe = func(Guest) bool { return false }
	}
	d.loud, d.turnstile = newLoud(d.log), newTurnstile(d.limits)
}

// build makes the server underneath. Maps that would be filled with the library's defaults are given, so
// that a package that registers a handler somewhere opens nothing here.
func (d *Door) build(key gossh.Signer, version string) (err error) {
	d.srv, err = wish.NewServer(
		func(s *ssh.Server) error { s.AddHostKey(key); return nil },
		wish.WithVersion(version),
		wish.WithMiddleware(d.host),
		ssh.WrapConn(d.wrap),
		ssh.EmulatePty(),
		func(s *ssh.Server) error {
			s.ServerConfigCallback = d.serverConfig
			s.ChannelHandlers = map[string]ssh.ChannelHandler{"session": d.session, "default": d.refuseChannel}
			s.RequestHandlers = map[string]ssh.RequestHandler{"default": d.refuseRequest}
			s.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
			return nil
		},
	)
	return err
}

// wrap hands a connection to the library, and its wire to the callbacks that follow.
func (d *Door) wrap(ctx ssh.Context, conn net.Conn) net.Conn {
	w, ok := conn.(*wire)
	if !ok {
		return nil // the library then closes it
	}
	ctx.SetValue(wireKey{}, w)
	return w
}

// Serve lets people in by l until Shutdown; it may be called for several listeners, each with the kinds of visitors
// that it admits; none said: all. It returns nil after a Shutdown, and closes l in any case.
func (d *Door) Serve(l net.Listener, admits ...Kind) error {
	d.mu.Lock()
	if d.stopping.Load() {
		d.mu.Unlock()
		return l.Close()
	}
	d.listeners[l] = struct{}{}
	d.mu.Unlock()
	err := d.srv.Serve(&listener{Listener: l, door: d, kinds: admits})
	d.mu.Lock()
	delete(d.listeners, l)
	d.mu.Unlock()
	if d.stopping.Load() {
		return nil
	}
	return fmt.Errorf("screens door at %s: %w", l.Addr(), err)
}

// Sessions is how many sessions are open now.
func (d *Door) Sessions() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.visits)
}

// track books a connection, unless the door is closing.
func (d *Door) track(w *wire) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stopping.Load() {
		return false
	}
	d.wires[w] = struct{}{}
	return true
}

func (d *Door) untrack(w *wire) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.wires, w)
}

// enter books a session, unless the door is closing.
func (d *Door) enter(v *visit) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stopping.Load() {
		return false
	}
	d.visits[v] = struct{}{}
	return true
}

func (d *Door) leave(v *visit) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.visits, v)
	if d.stopping.Load() && len(d.visits) == 0 {
		close(d.empty) // enter admits nobody any more, so this happens once
	}
}
