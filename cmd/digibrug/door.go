package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"digibrug/data"
	"digibrug/tui"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/gofrs/flock"
	gossh "golang.org/x/crypto/ssh"
)

// tidyEvery is how often what is over is tidied away: time limits, closing days, old counts of failed
// log-ins.
const tidyEvery = time.Minute

// lock makes this process the only server of a data directory until unlock. The lock goes with the
// process, so one that was killed leaves nothing behind.
func lock(cfg Config) (unlock func(), err error) {
	l := flock.New(cfg.path(lockName), flock.SetPermissions(0o600))
	mine, err := l.TryLock()
	switch {
	case err != nil:
		return nil, err
	case !mine:
		return nil, failed(nil, nl.T(words.CliLocked, "dir", cfg.Data))
	}
	return func() { _ = l.Close() }, nil // the process is about to end
}

// reached is where clients on this machine find the doors: screens is the first address that admits staff, doors are
// all of them; files is empty when that door is shut.
type reached struct {
	screens, files string
	doors          []openDoor
}

// openDoor is an address of the screens door, as --json prints it.
type openDoor struct {
	Address string        `json:"address"`
	Admits  []server.Kind `json:"admits"`
}

// serveDoors opens the doors and holds them open until ctx ends; then sessions get their time to save. ready
// hears the addresses once somebody can really come in there.
func serveDoors(ctx context.Context, cfg Config, log *slog.Logger, ready func(h *house, at reached) error) (err error) {
	unlock, err := lock(cfg)
	if err != nil {
		return err
	}
	defer unlock()
	key, err := hostKey(cfg.path(cfg.Key))
	if err != nil {
		return err
	}
	h, err := open(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer h.leave(&err)
	slog.SetDefault(log) // charm.land/ssh reports panics of a handshake there
	gate := data.NewGate(h.accounts, log, cfg.Limits.Roomy...)
	way := &fetchWay{listen: cfg.FilesListen, settings: h.settings}
	rooms := tui.House{Fetch: way.where, Channels: cfg.channels(), Mails: cfg.mails(), DB: h.db, People: h.people, Accounts: h.accounts, Settings: h.settings, Codes: h.codes,
		Kiosks: h.kiosks, Staffing: h.staffing, Start: h.startDesk(cfg, log), Calendar: h.calendar, Outbox: h.outbox, Loans: h.loans, Courses: h.courses, Children: h.children, Shelf: h.shelf(), Quiz: h.quiz, Recruit: h.recruit, Ends: new(sync.WaitGroup), Gate: gate, Log: log, Clock: data.SystemClock}
	door, err := server.New(server.Config{Limits: cfg.Limits, HostKey: key, Gate: gate, Open: rooms.Open, Wipe: rooms.Wipe,
		Log: log, Version: "digibrug", Clock: data.SystemClock})
	if err != nil {
		return err
	}
	posts, at, err := screenPosts(ctx, cfg, door)
	if err != nil {
		return err
	}
	fetch, err := filesPost(ctx, cfg, log, h, gate, at)
	if err != nil {
		return errors.Join(err, shut(posts))
	}
	if fetch != nil {
		posts, at.files = append(posts, *fetch), reachable(fetch.at.Addr())
		way.open(at.files)
	}
	defer rooms.Ends.Wait() // what visits still have to say, before the house is left
	return hold(ctx, log, posts, cfg.Limits.Stop, func(ctx context.Context) { keep(ctx, log, cfg, h, gate) },
		func() error { return ready(h, at) })
}

// post is a door with an address that it listens at.
type post struct {
	serve func() error
	shut  func(context.Context) error
	at    net.Listener
	busy  func() int // how many people are at it
}

// screenPosts opens the addresses of the screens door.
func screenPosts(ctx context.Context, cfg Config, door *server.Door) (posts []post, at reached, err error) {
	for _, d := range cfg.doors() {
		listener, err := listen(ctx, d.Listen)
		if err != nil {
			return nil, at, errors.Join(err, shut(posts))
		}
		p := post{serve: func() error { return door.Serve(listener, d.Admits...) }, shut: door.Shutdown, at: listener, busy: door.Sessions}
		if len(posts) > 0 {
			p.busy = func() int { return 0 } // the first counts them all
		}
		here := openDoor{reachable(listener.Addr()), d.Admits}
		if at.screens == "" && slices.Contains(d.Admits, server.Staff) {
			at.screens = here.Address
		}
		posts, at.doors = append(posts, p), append(at.doors, here)
	}
	return posts, at, nil
}

// shut closes listeners at which nobody was served yet.
func shut(posts []post) (err error) {
	for _, p := range posts {
		err = errors.Join(err, p.at.Close())
	}
	return err
}

// hold runs the doors and the keeper until ctx ends or one of them fails.
func hold(ctx context.Context, log *slog.Logger, posts []post, stop time.Duration, keep func(context.Context), ready func() error) error {
	working, end := context.WithCancel(ctx)
	var crew sync.WaitGroup
	ended := make(chan error, len(posts))
	for _, p := range posts {
		crew.Go(func() { ended <- safely(log, p.serve) })
	}
	crew.Go(func() { _ = safely(log, func() error { keep(working); return nil }) })
	var err error
	for _, p := range posts {
		err = errors.Join(err, knock(working, reachable(p.at.Addr())))
	}
	if err == nil {
		err = ready()
	}
	if err == nil {
		select {
		case <-ctx.Done():
		case err = <-ended:
		}
	}
	sessions := 0
	for _, p := range posts {
		sessions += p.busy()
	}
	log.Info("stopping", "sessions", sessions)
	saving, late := context.WithTimeout(context.WithoutCancel(ctx), stop+5*time.Second)
	defer late()
	shut := make([]error, len(posts)) // all at the same time: they have the same time to save
	var closing sync.WaitGroup
	for i, p := range posts {
		closing.Go(func() { shut[i] = safely(log, func() error { return p.shut(saving) }) })
	}
	closing.Wait()
	err = errors.Join(append(shut, err)...)
	end()
	crew.Wait()
	return err
}

// safely turns a panic into an error: a goroutine that panics would end the sessions of everybody.
func safely(log *slog.Logger, do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			log.Error("panic", "panic", data.Clean(fmt.Sprint(r), 300), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return do()
}

// tidy runs the housekeeping until ctx ends. A round that fails is logged; the next one tries again.
func tidy(ctx context.Context, log *slog.Logger, h *house, gate *data.Gate) {
	round := time.NewTicker(tidyEvery)
	defer round.Stop()
	for {
		err := safely(log, func() error {
			attempts, campaigns, err := h.quiz.Tidy(ctx)
			if attempts+campaigns > 0 {
				log.Info("tidied", "attempts", attempts, "campaigns", campaigns)
			}
			return errors.Join(err, gate.Tidy(ctx), h.tidyOutbox(ctx, log), h.tidyLoans(ctx, log), h.tidyCourses(ctx, log), h.tidyChildren(ctx, log), h.tidyCandidates(ctx, log))
		})
		if err != nil && ctx.Err() == nil {
			log.Error("tidying failed", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-round.C:
		}
	}
}

// hostKey is server.LoadHostKey with sentences for what people can mend.
func hostKey(path string) (gossh.Signer, error) {
	key, err := server.LoadHostKey(path)
	switch {
	case errors.Is(err, server.ErrNoHostKey):
		return nil, failed(err, nl.T(words.CliKeyMissing, "path", path))
	case errors.Is(err, server.ErrOpenHostKey):
		return nil, failed(err, nl.T(words.CliKeyOpen, "path", path))
	case err != nil:
		return nil, failed(err, nl.T(words.CliKeyBad, "path", path, "cause", err.Error()))
	}
	return key, nil
}

// listen opens the port.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, failed(err, nl.T(words.CliPortUsed, "addr", addr))
	case errors.Is(err, fs.ErrPermission):
		return nil, failed(err, nl.T(words.CliPortDenied, "addr", addr))
	case err != nil:
		return nil, failed(err, nl.T(words.CliPortBad, "addr", addr, "cause", err.Error()))
	}
	return l, nil
}

// reachable is the address at which a client on this machine finds a listener.
func reachable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return addr.String()
}

// knockTime is how long a new door may take to answer.
const knockTime = 10 * time.Second

// knock waits until the door greets a client.
func knock(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, knockTime)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("knock at the own door: %w", err)
	}
	defer conn.Close()
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetReadDeadline(deadline); err != nil {
			return err
		}
	}
	greeting := make([]byte, 4)
	if _, err := conn.Read(greeting); err != nil || !strings.HasPrefix(string(greeting), "SSH-") {
		return fmt.Errorf("own door at %s does not greet: %q %w", addr, greeting, err)
	}
	return nil
}
