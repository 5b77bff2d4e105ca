// Package files is the files door: the SSH server from which papers are fetched, with sftp, scp or a script.
// It shows a tree of letters and lists that is made when it is asked for, and that nobody can write in; and it
// runs `report`, which gives one list on standard output. It knows no screens: those are behind the other door.
//
// It stands on gliderlabs/ssh and pkg/sftp and does not trust their defaults: each place that overrides one
// says which. Public keys only. Who somebody is, is read from the permissions of the handshake that was
// completed and compared with the name of that handshake; what they may have, the stores are asked each time.
package files

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/papers"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// Gate decides whose key a key is; *data.Gate has it. It is called by many connections at the same time.
type Gate interface {
	// Key answers whether key may log in as login. It is asked for keys that are merely offered, too, and again
	// while a visit lasts: it must be cheap and change nothing.
	Key(ctx context.Context, login string, key gossh.PublicKey, from string) (data.Identity, error)
	// Entered hears of each log-in that was proved.
	Entered(ctx context.Context, id data.Identity)
	// Still answers whether a visit may go on: not once its session was ended from elsewhere.
	Still(ctx context.Context, id data.Identity) error
	// Left hears of each log-in that Entered heard of, once its connection has gone.
	Left(ctx context.Context, id data.Identity)
}

// Campaigns lists the campaigns of which somebody may see group figures; *quiz.Store has it.
type Campaigns interface {
	Reports(ctx context.Context, by data.Actor) ([]quiz.Campaign, error)
}

// Letter is a paper that somebody made on the screens and can fetch here.
type Letter struct {
	ID     string
	Name   string // of the file, as its maker's screen called it
	Size   int64  // bytes
	MadeAt time.Time
}

// Letters are the papers that people made.
type Letters interface {
	// Mine lists those that the actor made and that are still kept, in a fixed order.
	Mine(ctx context.Context, by data.Actor) ([]Letter, error)
	// Body gives one of them. It returns data.ErrNotFound or data.ErrDenied for another's.
	Body(ctx context.Context, by data.Actor, id string) ([]byte, error)
}

// Config is what the files door needs. All must be there, but for what says otherwise.
type Config struct {
	Limits     server.Limits
	HostKey    gossh.Signer // of type ed25519, and not the screens door's
	Gate       Gate
	DB         *data.DB // asked for roles; gets the audit rows
	Shelf      *papers.Shelf
	Campaigns  Campaigns
	Letters    Letters              // nil: none
	Procedures Procedures           // nil: none
	Errors     words.Errors         // errors that people are told about in words of their own; may be nil
	Screens    func(string) string  // the ssh line to the screens for a log-in name
	Files      func(string) string  // the ssh line to this door, on which a report's name can follow
	Log        *slog.Logger         // nil: none
	Version    string               // shown to every client before log-in; empty: "digibrug"
	watch      func(*visit, string) // nil but in tests: hears what a visit is about to do
}

// Door is the running files door.
type Door struct {
	Config
	threshold *server.Threshold
	limits    server.Limits
	srv       *ssh.Server
	making    chan struct{} // one token for each list that is being made
	stopping  atomic.Bool
	conns     atomic.Int32 // connections, logged in or not

	mu        sync.Mutex
	listeners map[net.Listener]struct{}
	visits    map[*visit]struct{}
}

// maxMaking is how many lists are made at the same time, by all visits together: each keeps a processor busy.
const maxMaking = 4

// New makes a files door. It refuses what would leave it open or unknown.
func New(cfg Config) (*Door, error) {
	switch {
	case cfg.Gate == nil:
		return nil, errors.New("files door: no gate: nobody would be asked who they are")
	case cfg.HostKey == nil:
		return nil, errors.New("files door: no host key: clients could not recognise the server")
	case cfg.DB == nil || cfg.Shelf == nil || cfg.Campaigns == nil || cfg.Screens == nil || cfg.Files == nil:
		return nil, errors.New("files door: nothing to give")
	}
	if err := server.CheckHostKey(cfg.HostKey); err != nil {
		return nil, fmt.Errorf("files door: %w", err)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Letters == nil {
		cfg.Letters = noLetters{}
	}
	if cfg.Procedures == nil {
		cfg.Procedures = noProcedures{}
	}
	if cfg.Version == "" {
		cfg.Version = "digibrug"
	}
	if cfg.watch == nil {
		cfg.watch = func(*visit, string) {}
	}
	d := &Door{Config: cfg, threshold: server.NewThreshold(cfg.Limits, cfg.Log), making: make(chan struct{}, maxMaking),
		listeners: map[net.Listener]struct{}{}, visits: map[*visit]struct{}{}}
	d.limits = d.threshold.Limits()
	d.srv = d.build()
	return d, nil
}

// build makes the server underneath. Maps that would be filled with the library's defaults are given. Without
// a PublicKeyHandler the library lets everybody in: it then sets NoClientAuth, after ServerConfigCallback.
func (d *Door) build() *ssh.Server {
	return &ssh.Server{
		HostSigners:          []ssh.Signer{d.HostKey},
		Version:              d.Version,
		ConnCallback:         d.admit,
		ServerConfigCallback: d.serverConfig,
		PublicKeyHandler:     d.offered,
		Handler:              d.host((*visit).command),
		ChannelHandlers:      map[string]ssh.ChannelHandler{"session": d.session, "default": d.refuseChannel},
		RequestHandlers:      map[string]ssh.RequestHandler{"default": d.refuseRequest},
		SubsystemHandlers:    map[string]ssh.SubsystemHandler{sftpName: d.host((*visit).sftp)},
		PtyCallback:          func(ssh.Context, ssh.Pty) bool { return false },
	}
}

type noLetters struct{}

func (noLetters) Mine(context.Context, data.Actor) ([]Letter, error) { return nil, nil }
func (noLetters) Body(context.Context, data.Actor, string) ([]byte, error) {
	return nil, data.ErrNotFound
}

// acceptPauses is how many times in a row Serve waits for a listener that can't accept (no file descriptors
// left, most likely), each time longer, up to a second.
const acceptPauses = 30

// Serve lets people in by l until Shutdown. It returns nil after a Shutdown, and closes l in any case.
//
// The library's own Serve starts each connection in a goroutine in which a panic ends the whole process.
func (d *Door) Serve(l net.Listener) error {
	defer l.Close()
	if !d.listen(l) {
		return nil
	}
	pause := 5 * time.Millisecond
	for tries := 0; ; {
		wire, err := d.threshold.Accept(l)
		switch {
		case d.stopping.Load():
			if err == nil {
				_ = wire.Close()
			}
			return nil
		case errors.Is(err, net.ErrClosed), err != nil && tries >= acceptPauses:
			return fmt.Errorf("files door at %s: %w", l.Addr(), err)
		case err != nil:
			d.threshold.Warn("files door can't accept", "err", err)
			time.Sleep(pause)
			tries, pause = tries+1, min(2*pause, time.Second)
			continue
		}
		tries, pause = 0, 5*time.Millisecond
		d.conns.Add(1)
		go func() {
			defer d.conns.Add(-1)
			defer wire.Close()
			server.Safely(wire.Log(), func() { d.srv.HandleConn(wire) })
		}()
	}
}

// listen books a listener, unless the door is closing.
func (d *Door) listen(l net.Listener) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.listeners[l] = struct{}{}
	return !d.stopping.Load()
}

// Visits is how many transfers and commands are going on now.
func (d *Door) Visits() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.visits)
}

// enter books a visit, unless the door is closing.
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
}

// busy is how many visits are in the middle of a file or a report.
func (d *Door) busy() (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for v := range d.visits {
		if v.work.Load() > 0 {
			n++
		}
	}
	return n
}

// Shutdown closes the door: nobody comes in any more, files that are being fetched and reports that are being
// made have Limits.Stop to come to their end, and all connections are closed. It returns within Limits.Stop
// and a second, earlier when nothing is going on or ctx ends.
func (d *Door) Shutdown(ctx context.Context) error {
	d.mu.Lock()
	first := !d.stopping.Swap(true)
	var errs []error
	for l := range d.listeners {
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	d.mu.Unlock()
	if !first {
		return nil
	}
	if d.busy() > 0 {
		d.until(ctx, d.limits.Stop, func() bool { return d.busy() == 0 })
		d.until(ctx, lastWords, func() bool { return d.Visits() == 0 })
	}
	d.threshold.Close()
	d.until(ctx, lastWords, func() bool { return d.conns.Load() == 0 && d.Visits() == 0 })
	return errors.Join(append(errs, ctx.Err())...)
}

// lastWords is how long the answer to the last request may take to leave, and how long connections that were
// cut may take to end.
const lastWords = 300 * time.Millisecond

// until waits until ok, at most so long.
func (d *Door) until(ctx context.Context, most time.Duration, ok func() bool) {
	over := time.NewTimer(most)
	defer over.Stop()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !ok() {
		select {
		case <-look.C:
		case <-over.C:
			return
		case <-ctx.Done():
			return
		}
	}
}
