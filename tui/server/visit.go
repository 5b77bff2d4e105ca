package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"digibrug/data"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// ending says why a session ends. The first one holds.
type ending int32

const (
	stays   ending = iota
	left           // by the person
	idled          // no key for Limits.Idle
	maxed          // Limits.Max
	stopped        // Shutdown
	flooded        // input beyond every measure
	broken         // a panic
)

// endGrace is how long a program gets to end once it must; then the connection is cut.
const endGrace = 3 * time.Second

// visit is one session channel: from its opening, before anybody asked for a shell, to its end.
type visit struct {
	door *Door
	wire *wire
	id   data.Identity
	ref  string
	log  *slog.Logger

	ctx    *visitCtx
	cancel context.CancelFunc

	pty, shell bool   // asked for; used by sift only
	term       string // written before the shell starts

	mu            sync.Mutex
	env           map[string]string
	width, height int  // cells, within the limits
	clamped       bool // the client's window is larger

	resized chan struct{} // holds one when the size has changed
	lastKey atomic.Int64  // nanoseconds since born
	rested  atomic.Int64  // the lastKey at which a kiosk last began anew
	born    time.Time     // with the monotonic clock
	why     atomic.Int32  // ending
	program atomic.Pointer[tea.Program]
	running sync.WaitGroup // one while the handler of the shell runs
	cut     atomic.Pointer[time.Timer]
	pinging atomic.Bool // a question for a sign of life waits for its answer
}

type visitKey struct{}

func newVisit(d *Door, w *wire, id data.Identity, conn ssh.Context) *visit {
	v := &visit{
		door: d, wire: w, id: id, ref: newRef(), born: time.Now(),
		env: map[string]string{}, resized: make(chan struct{}, 1),
	}
	v.log = w.log.With("session", v.ref)
	own, cancel := context.WithCancel(conn)
	v.ctx, v.cancel = &visitCtx{Context: conn, own: own, values: map[any]any{}}, cancel
	v.ctx.SetValue(visitKey{}, v)
	return v
}

// host is the middleware that wish calls for a shell; nothing else gets here.
func (d *Door) host(next ssh.Handler) ssh.Handler {
	return func(s ssh.Session) {
		if v, ok := s.Context().Value(visitKey{}).(*visit); ok {
			defer v.running.Done() // begun in allows, before the library starts the goroutine of this
			if !safely(v.log, func() { v.receive(s) }) {
				_ = s.Exit(1)
			}
		}
		next(s)
	}
}

// atKiosk tells whether the session runs on a kiosk PC, whoever sits there now.
func (v *visit) atKiosk() bool { return v.id.KioskID != "" }

// limits are those of this session.
func (v *visit) limits() Limits {
	l := v.door.limits.at(v.atKiosk())
	if kindOf(v.id) == Candidate {
		l.Idle = max(l.Idle, l.Max) // a supervisor watches, and a candidate may think
	}
	return l
}

// wait returns when the handler has ended, so that a channel counts as open for as long as its program runs.
func (v *visit) wait() { v.running.Wait() }

// receive does what a session is for, or says why not.
func (v *visit) receive(s ssh.Session) {
	if v.wire.isFull() {
		v.refuse(s, words.DoorFull)
		return
	}
	if !v.door.enter(v) {
		v.refuse(s, words.DoorStop)
		return
	}
	defer v.door.leave(v)
	v.wire.screen(1)
	defer v.wire.screen(-1)
	guest := v.guest()
	if _, _, ok := s.Pty(); !ok {
		guest.Say = v.speaks(s)
	}
	model, err := v.open(guest)
	if err != nil {
		v.log.Error("open the screens", "login", v.id.Login, "err", err)
		v.refuse(s, words.DoorFailed, "ref", v.ref)
		return
	}
	v.play(s, guest, model)
}

// open makes the screens. A panic in it is this session's own affair.
func (v *visit) open(g Guest) (model tea.Model, err error) {
	if !safely(v.log, func() { model, err = v.door.open(g) }) {
		return nil, fmt.Errorf("panic while opening")
	}
	if err == nil && model == nil {
		err = fmt.Errorf("no screen to open")
	}
	return model, err
}

func (v *visit) guest() Guest {
	v.mu.Lock()
	defer v.mu.Unlock()
	return Guest{
		Identity: v.id, SessionID: v.ref, At: v.door.clock(), Term: v.term, Env: maps.Clone(v.env),
		Width: v.width, Height: v.height, Ctx: v.ctx, Ping: v.ping,
	}
}

// errNoSign says that the client doesn't answer.
var errNoSign = errors.New("no sign of life")

// ping is Guest.Ping: a request that every client answers, if only with a no.
func (v *visit) ping(ctx context.Context) error {
	conn, ok := v.ctx.Value(ssh.ContextKeyConn).(gossh.Conn)
	if !ok || !v.pinging.CompareAndSwap(false, true) {
		return errNoSign
	}
	answer := make(chan error, 1)
	go safely(v.log, func() {
		_, _, err := conn.SendRequest("keepalive@openssh.com", true, nil)
		v.pinging.Store(false)
		answer <- err
	})
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return errNoSign
	}
}

// environ is the environment as programs take it, in a fixed order.
func (v *visit) environ() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var all []string
	for _, name := range slices.Sorted(maps.Keys(v.env)) {
		all = append(all, name+"="+v.env[name])
	}
	return all
}

// setSize notes the size that the client asks for, clamped, and gives what it became.
func (v *visit) setSize(width, height int) (w, h int) {
	w, h = v.door.limits.clamp(width, height)
	v.mu.Lock()
	v.width, v.height, v.clamped = w, h, w < width || h < height
	v.mu.Unlock()
	select {
	case v.resized <- struct{}{}:
	default: // one is waiting already, and whoever takes it reads the newest size
	}
	return w, h
}

func (v *visit) size() (width, height int, clamped bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.width, v.height, v.clamped
}

// lang is the language of sentences outside the screens: the person's, what the client says, the house's.
func (v *visit) lang() words.Lang {
	if l, ok := words.ParseLang(v.id.Language); ok {
		return l
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if l, ok := words.ParseLang(v.env[name]); ok {
			return l
		}
	}
	return v.door.lang
}

// refuse says one sentence and ends the session with exit code 1.
func (v *visit) refuse(s ssh.Session, key words.Key, args ...any) {
	defer v.stall().Stop()
	_, _ = fmt.Fprintf(s.Stderr(), "%s\n", words.T(v.lang(), key, args...))
	_ = s.Exit(1)
}
