package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"digibrug/data"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// dutch is the language of this door: that of the papers it gives.
type dutch struct{}

// T is words.T in Dutch.
func (dutch) T(key words.Key, args ...any) string { return words.T(words.NL, key, args...) }

var nl dutch

// visit is one session channel: from its opening to its end.
type visit struct {
	door  *Door
	wire  *server.Wire
	proof proof
	by    data.Actor
	ref   string
	log   *slog.Logger
	born  time.Time

	ctx    context.Context // ends with the channel
	cancel context.CancelFunc

	asked   bool           // for a command or for sftp; used by sift only
	running sync.WaitGroup // one while the handler of that runs
	work    atomic.Int32   // open files and commands
	idle    *time.Timer

	still sync.Mutex
	seen  time.Time // when the Gate last said that the key still lets its owner in
}

type visitKey struct{}

// visitCtx is the context of one session channel: the library has one per connection.
type visitCtx struct {
	ssh.Context
	visit *visit
}

func (c visitCtx) Value(key any) any {
	if key == (visitKey{}) {
		return c.visit
	}
	return c.Context.Value(key)
}

// session answers a channel of type "session": it decides what of it the library's handler gets to see.
func (d *Door) session(srv *ssh.Server, conn *gossh.ServerConn, ask gossh.NewChannel, ctx ssh.Context) {
	c := callerOf(ctx)
	if !server.Safely(c.wire.Log(), func() { d.receive(srv, conn, ask, ctx, c.wire) }) {
		_ = c.wire.Close()
	}
}

func (d *Door) receive(srv *ssh.Server, conn *gossh.ServerConn, ask gossh.NewChannel, ctx ssh.Context, w *server.Wire) {
	p, ok := proofOf(conn)
	if !ok {
		w.Log().Error("session without an identity")
		_ = w.Close()
		return
	}
	if !w.OpenChannel() {
		d.refuseChannel(srv, conn, ask, ctx)
		return
	}
	defer w.CloseChannel()
	v := &visit{door: d, wire: w, proof: p, by: p.id.Actor(), ref: server.NewRef(), born: time.Now()}
	v.log = w.Log().With("session", v.ref, "login", p.id.Login)
	v.ctx, v.cancel = context.WithCancel(w.Context())
	ssh.DefaultSessionHandler(srv, conn, &filtered{ask, v}, visitCtx{ctx, v})
	v.cancel()       // the client closed the channel: what runs in it ends, though the connection may live on
	v.running.Wait() // so that a channel counts as open for as long as something runs in it
}

// refuseChannel answers channels of any other type (forwarding, agent, X11) and session channels beyond the
// limit. Stock gliderlabs/ssh accepts any number of sessions on one connection.
func (d *Door) refuseChannel(_ *ssh.Server, _ *gossh.ServerConn, ask gossh.NewChannel, ctx ssh.Context) {
	w := callerOf(ctx).wire
	server.Safely(w.Log(), func() {
		d.threshold.Warn("channel refused", "from", w.From(), "type", data.Clean(ask.ChannelType(), 40))
		why := gossh.Prohibited
		if ask.ChannelType() == "session" {
			why = gossh.ResourceShortage
		}
		_ = ask.Reject(why, "not here")
		if !w.Refuse() {
			_ = w.Close()
		}
	})
}

// refuseRequest answers every global request: tcpip-forward, keepalive, unknown ones.
func (d *Door) refuseRequest(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (bool, []byte) {
	if !strings.HasPrefix(req.Type, "keepalive@") { // ServerAliveInterval: a no is all the client wants to hear
		d.threshold.Warn("global request refused", "from", callerOf(ctx).wire.From(), "type", data.Clean(req.Type, 40))
	}
	return false, nil
}

// filtered is a session channel whose requests pass through the visit first. Stock gliderlabs/ssh answers true
// to agent forwarding, to every env and every window, and keeps all of it.
type filtered struct {
	gossh.NewChannel
	visit *visit
}

func (f *filtered) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, raw, err := f.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	v := f.visit
	passed := make(chan *gossh.Request)
	go func() {
		defer close(passed)
		if !server.Safely(v.log, func() { v.sift(raw, passed) }) {
			_ = v.wire.Close() // requests that nobody reads would block the whole connection
		}
	}()
	return &channel{ch, v}, passed, nil
}

// sift reads the requests of a session channel until the client closes it.
func (v *visit) sift(raw <-chan *gossh.Request, passed chan<- *gossh.Request) {
	defer v.cancel()
	for req := range raw {
		if v.allows(req) {
			passed <- req // the library reads until we close it
		} else {
			_ = req.Reply(false, nil)
		}
	}
}

// maxCommand is the length in bytes of a command.
const maxCommand = 1000

// sftpName is the one subsystem.
const sftpName = "sftp"

// allows decides on one request: one command, one shell (which gets a sentence) or sftp, once.
func (v *visit) allows(req *gossh.Request) bool {
	switch req.Type {
	case "exec", "subsystem", "shell":
		var what struct{ Name string }
		switch {
		case v.asked || len(req.Payload) > maxCommand+4:
			return false
		case req.Type != "shell" && gossh.Unmarshal(req.Payload, &what) != nil,
			req.Type == "subsystem" && what.Name != sftpName:
			v.door.threshold.Warn("request refused", "from", v.wire.From(), "type", req.Type, "name", data.Clean(what.Name, 40))
			return false
		}
		if req.Type == "shell" {
			req.Payload = nil // the library would read a command in it
		}
		v.asked = true
		v.running.Add(1) // done in host
		return true
	case "env": // none: nothing here depends on the client's surroundings
		if !v.wire.SpendEnv(len(req.Payload)) {
			v.door.threshold.Warn("env flood", "from", v.wire.From())
			_ = v.wire.Close()
		}
		return false
	case "x11-req", "auth-agent-req@openssh.com":
		v.door.threshold.Warn("request refused", "from", v.wire.From(), "type", req.Type)
	}
	return false // a pty, windows, signals, and unknown ones, such as PuTTY's own, which it asks all the time
}

// channel is a session channel of which each write must come to an end: a client that gives no window would
// hold its writer for ever.
type channel struct {
	gossh.Channel
	visit *visit
}

func (c *channel) Write(p []byte) (int, error) { return c.visit.push(c.Channel, p) }

func (c *channel) Stderr() io.ReadWriter { return &sideline{c.Channel.Stderr(), c.visit} }

type sideline struct {
	io.ReadWriter
	visit *visit
}

func (s *sideline) Write(p []byte) (int, error) { return s.visit.push(s.ReadWriter, p) }

// piece is how many bytes are written at once, so that a slow line takes some in within Limits.Stall.
const piece = 32 << 10

func (v *visit) push(w io.Writer, p []byte) (n int, err error) {
	for first := true; err == nil && (first || n < len(p)); first = false {
		late := server.After(v.log, v.door.limits.Stall, func() {
			v.log.Warn("visit ended: the client takes nothing in")
			_ = v.wire.Close()
		})
		var done int
		done, err = w.Write(p[n:min(len(p), n+piece)])
		n += done
		late.Stop()
	}
	return n, err
}

// host makes a handler of the library of what a visit does; that gives the exit code.
func (d *Door) host(do func(*visit, ssh.Session) int) func(ssh.Session) {
	return func(s ssh.Session) {
		v, ok := s.Context().Value(visitKey{}).(*visit)
		if !ok {
			_ = s.Exit(exitFailed) // nothing leads here
			return
		}
		defer v.running.Done()
		code := exitFailed
		if !server.Safely(v.log, func() { code = v.run(s, do) }) {
			server.Safely(v.log, func() { v.say(s, nl.T(words.FilesFailed, "ref", v.ref)) })
		}
		_ = s.Exit(code)
	}
}

// Exit codes, the same as those of the command line.
const (
	exitDone   = 0
	exitFailed = 1
	exitMisuse = 2
)

func (v *visit) run(s ssh.Session, do func(*visit, ssh.Session) int) int {
	if v.wire.Full() {
		v.say(s, nl.T(words.DoorFull))
		return exitFailed
	}
	if !v.door.enter(v) {
		v.say(s, nl.T(words.FilesStop))
		return exitFailed
	}
	defer v.door.leave(v)
	v.wire.Running(1)
	defer v.wire.Running(-1)
	limits := v.door.limits
	v.idle = server.After(v.log, limits.Idle, func() { v.end("idle") })
	defer v.idle.Stop()
	defer server.After(v.log, limits.Max, func() { v.end("longer than a session may last") }).Stop()
	v.door.watch(v, "run")
	return do(v, s)
}

// touch counts the time without a request from now.
func (v *visit) touch() { v.idle.Reset(v.door.limits.Idle) }

// end cuts the connection.
func (v *visit) end(why string) {
	v.log.Info("visit ended: " + why)
	_ = v.wire.Close()
}

// say writes one sentence where people read it and scripts don't.
func (v *visit) say(s ssh.Session, text string) { _, _ = fmt.Fprintf(s.Stderr(), "%s\n", text) }

// tell is say for an error: with its own sentence where it has one, with a reference to the log otherwise.
func (v *visit) tell(err error) string {
	if text, known := v.door.Errors.Sentence(words.NL, err); known {
		return text
	}
	v.log.Error("files door", "err", err)
	return nl.T(words.FilesFailed, "ref", v.ref)
}

// present returns nil while the key still lets its owner in: the account is in use, holds a role, and has this
// key, and the session was not ended from elsewhere. Once it does not, the connection is cut. fresh is how old an earlier yes may be.
func (v *visit) present(fresh time.Duration) error {
	v.still.Lock()
	defer v.still.Unlock()
	if !v.seen.IsZero() && time.Since(v.seen) < fresh {
		return nil
	}
	id, err := v.door.Gate.Key(v.ctx, v.proof.id.Login, v.proof.key, v.wire.From())
	if err == nil {
		err = v.door.Gate.Still(v.ctx, v.proof.id)
	}
	switch {
	case err == nil && somebody(id, v.proof.id.Login) && id.AccountID == v.proof.id.AccountID:
		v.seen = time.Now()
		return nil
	case err == nil:
		err = data.ErrDenied
	}
	if errors.Is(err, data.ErrDenied) {
		v.end("account closed, key taken away or session ended")
	}
	return fmt.Errorf("ask for the account of %s: %w", v.proof.id.Login, err)
}

// note writes an audit row: who fetched what. Nothing is given before it is on disk.
func (v *visit) note(what, via string, size int) error {
	return v.door.DB.InTx(v.ctx, func(tx *data.Tx) error {
		return tx.Audit(v.ctx, v.by, "files.read", what, "via", via, "bytes", fmt.Sprint(size))
	})
}
