package server

import (
	"context"
	"encoding/binary"
	"regexp"
	"strings"
	"sync"

	"digibrug/data"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// session answers a channel of type "session": it decides what of it the library's handler gets to see.
func (d *Door) session(srv *ssh.Server, conn *gossh.ServerConn, ask gossh.NewChannel, ctx ssh.Context) {
	w := wireOf(ctx)
	id, ok := identityOf(conn.Permissions)
	if !ok {
		d.log.Error("session without an identity", "from", w.from)
		_ = w.Close()
		return
	}
	if !w.openChannel() {
		d.refuseChannel(srv, conn, ask, ctx)
		return
	}
	v := newVisit(d, w, id, ctx)
	defer w.closeChannel()
	ssh.DefaultSessionHandler(srv, conn, &filtered{ask, v}, v.ctx)
	v.cancel() // the client closed the channel: its program ends, though the connection may live on
	v.wait()
}

// refuseChannel answers channels of any other type (forwarding, agent, X11) and session channels beyond
// the limit. Stock charm.land/ssh accepts a thousand sessions on one connection.
func (d *Door) refuseChannel(_ *ssh.Server, _ *gossh.ServerConn, ask gossh.NewChannel, ctx ssh.Context) {
	w := wireOf(ctx)
	d.loud.warn("channel refused", "from", w.from, "type", data.Clean(ask.ChannelType(), 40))
	why := gossh.Prohibited
	if ask.ChannelType() == "session" {
		why = gossh.ResourceShortage
	}
	_ = ask.Reject(why, "not here")
	if !w.refuse() {
		_ = w.Close()
	}
}

// refuseRequest answers every global request: tcpip-forward, keepalive, unknown ones.
func (d *Door) refuseRequest(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (bool, []byte) {
	if !strings.HasPrefix(req.Type, "keepalive@") { // ServerAliveInterval: a no is all the client wants to hear
		d.loud.warn("global request refused", "from", wireOf(ctx).from, "type", data.Clean(req.Type, 40))
	}
	return false, nil
}

// filtered is a session channel whose requests pass through the visit first.
//
// Stock charm.land/ssh answers true to agent forwarding and to every env, takes any window size, and puts
// window changes into a channel of one: a second change that nobody reads blocks its goroutine for ever,
// even after the connection has gone. So only pty-req, allowed env and one shell reach it, clamped.
type filtered struct {
	gossh.NewChannel
	visit *visit
}

func (f *filtered) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	channel, raw, err := f.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	passed := make(chan *gossh.Request)
	go func() {
		defer close(passed)
		if !safely(f.visit.log, func() { f.visit.sift(raw, passed) }) {
			_ = f.visit.wire.Close() // requests that nobody reads would block the whole connection
		}
	}()
	return channel, passed, nil
}

// sift reads the requests of a session channel until the client closes it.
func (v *visit) sift(raw <-chan *gossh.Request, passed chan<- *gossh.Request) {
	defer v.cancel()
	for req := range raw {
		switch ok := v.allows(req); {
		case ok && req.Type == "window-change":
			_ = req.Reply(true, nil)
		case ok:
			passed <- req // the library reads until we close it
		default:
			_ = req.Reply(false, nil)
		}
	}
}

// allows decides on one request, and rewrites what it lets through.
func (v *visit) allows(req *gossh.Request) bool {
	switch req.Type {
	case "pty-req":
		return v.allowPTY(req)
	case "window-change":
		return v.allowResize(req.Payload)
	case "env":
		return v.allowEnv(req.Payload)
	case "shell":
		if v.shell {
			return false
		}
		v.shell = true
		v.running.Add(1)
		return true
	case "signal", "break":
		return false // nothing here listens to them
	case "exec", "subsystem", "x11-req", "auth-agent-req@openssh.com":
		v.door.loud.warn("request refused", "from", v.wire.from, "type", req.Type)
		return false
	}
	return false // unknown ones, such as PuTTY's own, which it asks all the time
}

// ptyRequest and sizes are the payloads of RFC 4254, 6.2 and 6.7, in cells and pixels.
type ptyRequest struct {
	Term                               string
	Columns, Rows, PixWidth, PixHeight uint32
	Modes                              string
}

// allowPTY clamps the size before anything is allocated for it: one request of 65535×65535 with stock
// settings takes the whole process down (no recover catches running out of memory). The terminal's name
// is reduced to harmless characters, and the modes are dropped: nothing here uses them.
func (v *visit) allowPTY(req *gossh.Request) bool {
	var pty ptyRequest
	if v.pty || gossh.Unmarshal(req.Payload, &pty) != nil {
		return false
	}
	v.pty = true
	w, h := v.setSize(cells(pty.Columns), cells(pty.Rows))
	v.term = goodTerm(pty.Term)
	req.Payload = gossh.Marshal(ptyRequest{Term: v.term, Columns: uint32(w), Rows: uint32(h), Modes: "\x00"})
	return true
}

// allowResize notes the newest size; the program gets it when it is ready for it, and only the newest.
func (v *visit) allowResize(payload []byte) bool {
	if len(payload) < 8 || !v.pty {
		return false
	}
	width, height := binary.BigEndian.Uint32(payload), binary.BigEndian.Uint32(payload[4:])
	if width == 0 || height == 0 {
		return true // RFC 4254, 6.2: zero dimensions are ignored
	}
	v.setSize(cells(width), cells(height))
	return true
}

// cells keeps a number of the wire from turning negative where int has 32 bits.
func cells(n uint32) int { return int(min(n, 1<<20)) }

var (
	goodName  = regexp.MustCompile(`^(LANG|LC_[A-Z]{1,20}|TERM|COLORTERM|NO_COLOR)$`)
	goodValue = regexp.MustCompile(`^[A-Za-z0-9._@:+-]{0,64}$`)
)

// goodTerm lets a terminal's name through when it has no path in it: Bubble Tea's libraries look some
// names up in files.
func goodTerm(s string) string {
	if s == "" || len(s) > 64 || !goodValue.MatchString(s) || strings.Contains(s, "..") {
		return "xterm"
	}
	return s
}

// allowEnv takes the variables that say how to show things, while the budget holds. Stock charm.land/ssh
// takes LD_PRELOAD too.
func (v *visit) allowEnv(payload []byte) bool {
	if !v.wire.spendEnv(len(payload)) {
		v.door.loud.warn("env flood", "from", v.wire.from)
		_ = v.wire.Close()
		return false
	}
	var kv struct{ Name, Value string }
	if gossh.Unmarshal(payload, &kv) != nil || !goodName.MatchString(kv.Name) || !goodValue.MatchString(kv.Value) {
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.env[kv.Name] = kv.Value
	return true
}

// visitCtx is the context of one session channel. The library has one per connection and keeps in it what
// belongs to a session (the session itself, whether its PTY is emulated); two sessions would mix.
type visitCtx struct {
	ssh.Context
	own context.Context

	mu     sync.Mutex
	values map[any]any
}

func (c *visitCtx) Done() <-chan struct{} { return c.own.Done() }
func (c *visitCtx) Err() error            { return c.own.Err() }

func (c *visitCtx) Value(key any) any {
	c.mu.Lock()
	value, ok := c.values[key]
	c.mu.Unlock()
	if ok {
		return value
	}
	return c.own.Value(key)
}

func (c *visitCtx) SetValue(key, value any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[key] = value
}
