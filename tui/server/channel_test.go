package server

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

// T12: a window of any size costs what the largest one allowed costs.
func TestSizes(t *testing.T) {
	h := start(t)
	before := memory()
	for _, c := range []struct {
		w, h uint32
		want string
	}{
		{1, 1, ""}, {5000, 5000, "300x120"}, {65535, 65535, "300x120"}, {1<<32 - 1, 1, ""}, {1 << 31, 1 << 31, "300x120"},
		{0, 0, "80x24"}, {0, 50, "80x50"},
	} {
		t.Run(fmt.Sprintf("pty %dx%d", c.w, c.h), func(t *testing.T) {
			s, out := h.rawSession(t)
			if ok, err := s.SendRequest("pty-req", true, gossh.Marshal(ptyRequest{Term: "xterm", Columns: c.w, Rows: c.h, Modes: "\x00"})); !ok {
				t.Fatal(ok, err)
			}
			if ok, err := s.SendRequest("shell", true, nil); !ok {
				t.Fatal(ok, err)
			}
			if c.want != "" {
				out.waitFor(t, c.want)
				return
			}
			eventually(t, "a session", func() bool { return h.door.Sessions() > 0 })
		})
		eventually(t, "no session", func() bool { return h.door.Sessions() == 0 })
	}
	v := h.visit()
	for _, size := range [][2]int{{1, 1}, {65535, 65535}, {5000, 1}, {0, 0}, {300, 121}, {101, 31}} {
		if err := v.Session().WindowChange(size[1], size[0]); err != nil {
			t.Fatal(err)
		}
	}
	v.WaitFor("101x31")
	v.Resize(400, 24)
	v.WaitFor("300x24")
	v.WaitFor("large")
	if grown := int64(memory()) - int64(before); grown > 30<<20 {
		t.Errorf("memory grew by %d MB, want less than 30", grown>>20)
	}
}

// A storm of window changes does not become a storm of repaints, and the last one holds.
func TestWindowStorm(t *testing.T) {
	h := start(t)
	v := h.visit()
	for i := range 2000 {
		if err := v.Session().WindowChange(30+i%50, 70+i%100); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Session().WindowChange(33, 99); err != nil {
		t.Fatal(err)
	}
	v.WaitFor("99x33")
}

// Changes that nobody reads, before the shell, block nothing (in the library they do, for ever).
func TestResizeWithoutShell(t *testing.T) {
	h := start(t)
	s, _ := h.rawSession(t)
	if ok, _ := s.SendRequest("pty-req", true, gossh.Marshal(ptyRequest{Term: "xterm", Columns: 80, Rows: 24, Modes: "\x00"})); !ok {
		t.Fatal("no pty")
	}
	for i := range 100 {
		size := gossh.Marshal(struct{ W, H, X, Y uint32 }{uint32(60 + i), 30, 0, 0})
		if _, err := s.SendRequest("window-change", false, size); err != nil {
			t.Fatal(err)
		}
	}
	if ok, _ := s.SendRequest("pty-req", true, gossh.Marshal(ptyRequest{Term: "xterm"})); ok {
		t.Error("a second pty-req was granted")
	}
}

// T22: a door to the screens and to nothing else.
func TestRefused(t *testing.T) {
	h := start(t)
	c := h.mustClient()
	requests := map[string][]byte{
		"exec":                       gossh.Marshal(struct{ V string }{"cat /etc/passwd"}),
		"subsystem":                  gossh.Marshal(struct{ V string }{"sftp"}),
		"auth-agent-req@openssh.com": nil,
		"x11-req": gossh.Marshal(struct {
			Single        bool
			Proto, Cookie string
			Screen        uint32
		}{false, "MIT-MAGIC-COOKIE-1", "00", 0}),
		"signal":              gossh.Marshal(struct{ V string }{"KILL"}),
		"break":               gossh.Marshal(struct{ V uint32 }{500}),
		"window-change":       gossh.Marshal(struct{ W, H, X, Y uint32 }{10, 10, 0, 0}), // without a PTY
		"unknown@example.com": []byte("x"),
	}
	for kind, payload := range requests {
		s, _ := h.rawSession(t)
		if ok, err := s.SendRequest(kind, true, payload); ok || err != nil {
			t.Errorf("request %s: answered %v, %v; want false", kind, ok, err)
		}
		_ = s.Close()
	}
	for _, kind := range []string{"direct-tcpip", "forwarded-tcpip", "direct-streamlocal@openssh.com", "tun@openssh.com", "auth-agent@openssh.com", "x11", "unknown"} {
		payload := gossh.Marshal(struct {
			Host string
			Port uint32
			From string
			At   uint32
		}{"127.0.0.1", 22, "127.0.0.1", 1})
		if ch, _, err := c.OpenChannel(kind, payload); err == nil {
			t.Errorf("channel %s was opened", kind)
			_ = ch.Close()
		}
	}
	for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "unknown", "keepalive@openssh.com"} {
		payload := gossh.Marshal(struct {
			Host string
			Port uint32
		}{"0.0.0.0", 0})
		if ok, _, err := c.SendRequest(kind, true, payload); ok || err != nil {
			t.Errorf("global request %s: answered %v, %v; want false", kind, ok, err)
		}
	}
	if n := h.door.Sessions(); n != 0 {
		t.Errorf("%d sessions are open", n)
	}
}

// T23: two channels, and a client that asks on and on is cut.
func TestChannels(t *testing.T) {
	h := start(t)
	c := h.mustClient()
	var open int
	for range 10 {
		if s, err := c.NewSession(); err == nil {
			open++
			defer s.Close()
		}
	}
	if open != 2 {
		t.Errorf("%d channels were opened, want 2", open)
	}
}

// A client that asks for channels on and on is cut. With the raw client: the library's own waits for ever
// for the answer that a cut connection doesn't bring.
func TestChannelFlood(t *testing.T) {
	h := start(t)
	raw := dialRaw(t, h.addr)
	if got := raw.password("an", "secret of an"); got != msgSuccess {
		t.Fatalf("log-in: message %d", got)
	}
	before := memory()
	for i := range uint32(2000) {
		if raw.write(gossh.Marshal(struct {
			Kind                 string `sshtype:"90"`
			Peer, Window, Packet uint32
		}{"session", i, 1 << 20, 1 << 15})) != nil {
			break
		}
	}
	answers := map[byte]int{}
	for {
		p, err := raw.read()
		if err != nil {
			break
		}
		answers[p[0]]++
	}
	if answers[91] > 2 || answers[92] > maxRefused+10 || !raw.closed() {
		t.Errorf("confirmed %d, refused %d, closed %v; want 2, about %d and a cut", answers[91], answers[92], raw.closed(), maxRefused)
	}
	if grown := int64(memory()) - int64(before); grown > 5<<20 {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
}

// A channel that ends makes room for the next.
func TestChannelAgain(t *testing.T) {
	h := start(t)
	c := h.mustClient()
	for range 10 {
		s, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		_ = s.Close()
		_ = s.Wait()
		eventually(t, "the channel to be free", func() bool {
			h.door.mu.Lock()
			defer h.door.mu.Unlock()
			for w := range h.door.wires {
				w.mu.Lock()
				n := w.channels
				w.mu.Unlock()
				if n > 0 {
					return false
				}
			}
			return true
		})
	}
}

// T24: what a client may say of its surroundings, and how much.
func TestEnv(t *testing.T) {
	h := start(t)
	c := h.mustClient()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		"LANG": true, "LC_ALL": true, "LC_TIME": true, "COLORTERM": true, "NO_COLOR": true, "TERM": true,
		"LD_PRELOAD": false, "PATH": false, "TMUX": false, "TTY_FORCE": false, "LC_all": false, "LANG\nX": false, "SSH_TTY": false,
	} {
		if err := s.Setenv(name, "nl_BE.UTF-8"); (err == nil) != want {
			t.Errorf("%q: %v, want taken: %v", name, err, want)
		}
	}
	for _, value := range []string{"../../x", "a\x1b[2J", strings.Repeat("x", 65), "a b", "\xff"} {
		if err := s.Setenv("LANG", value); err == nil {
			t.Errorf("LANG=%q was taken", value)
		}
	}
	before := memory()
	big := strings.Repeat("x", 1000)
	cut := 0
	for ; cut < 3000; cut++ {
		if err := s.Setenv("LANG", big); err != nil && !strings.Contains(err.Error(), "setenv failed") {
			break
		}
	}
	if cut > 20 {
		t.Errorf("the flood was cut after %d kB, want 16", cut)
	}
	if grown := int64(memory()) - int64(before); grown > 5<<20 {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
}

func TestGuest(t *testing.T) {
	guests := make(chan Guest, 1)
	h := start(t, func(c *Config) {
		open := c.Open
		c.Open = func(g Guest) (tea.Model, error) { guests <- g; return open(g) }
	})
	screentest.DialCall(t, screentest.Call{
		Addr: h.addr, User: "an", Auth: []gossh.AuthMethod{secret("an")}, Width: 1000, Height: 40, Term: "../../etc/passwd",
		Env: map[string]string{"COLORTERM": "truecolor", "LD_PRELOAD": "x"},
	})
	g := <-guests
	if g.Width != 300 || g.Height != 40 || g.Term != "xterm" || len(g.Env) != 1 || g.Env["COLORTERM"] != "truecolor" {
		t.Errorf("guest %+v", g)
	}
	if g.Identity.AccountID != "acc-an" || len(g.SessionID) != 8 || g.At.IsZero() || g.Ctx == nil {
		t.Errorf("guest %+v", g)
	}
}

// T20, small: silent, half-open and dripping connections don't keep an honest person out, and go by themselves.
func TestSilentConnections(t *testing.T) {
	h := start(t, limits(func(l *Limits) {
		l.Grace, l.Unauth, l.UnauthStart, l.UnauthPerAddress = time.Second, 40, 30, 10
	}))
	var all []net.Conn
	for i := range 60 {
		c, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		switch i % 3 {
		case 1:
			_, _ = io.WriteString(c, "SSH-2.0-half\r\n")
		case 2:
			_, _ = io.WriteString(c, "S")
		}
		all = append(all, c)
	}
	// From another address there is room at once.
	v := screentest.DialCall(t, screentest.Call{
		Addr: h.addr, User: "an", Auth: []gossh.AuthMethod{secret("an")}, From: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)},
	})
	v.WaitFor("an via")
	begin := time.Now()
	for _, c := range all {
		_ = c.SetReadDeadline(begin.Add(4 * time.Second))
		if _, err := io.Copy(io.Discard, c); err != nil && strings.Contains(err.Error(), "timeout") {
			t.Fatal("a silent connection was kept")
		}
	}
	h.visit() // and from the first address once they have gone
	if !strings.Contains(h.log.String(), "too many connections before log-in from one address") ||
		!strings.Contains(h.log.String(), "no log-in within the grace") {
		t.Errorf("log: %s", h.log)
	}
	if n := strings.Count(h.log.String(), "no log-in within the grace"); n > 1 {
		t.Errorf("%d log lines of one kind, want 1", n)
	}
}

// After log-in too: one address does not take all the room, and whoever is one too many hears it.
func TestFull(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.ConnsPerAddress = 2 }))
	a, b := h.visit(), h.visit()
	c := screentest.Dial(t, h.addr, "an", secret("an"))
	c.WaitFor("te veel verbindingen vanaf uw adres")
	if err := c.Ended(2 * time.Second); err == nil {
		t.Error("want exit code 1")
	}
	c.Close()
	a.Close()
	_ = b
	eventually(t, "room", func() bool { return h.door.Sessions() == 1 })
	h.visit()
}

// rawSession opens a session channel without asking for anything.
func (h *house) rawSession(t *testing.T) (gossh.Channel, *sink) {
	t.Helper()
	c, err := h.client("an", secret("an"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	ch, reqs, err := c.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go gossh.DiscardRequests(reqs)
	out := &sink{}
	go func() { _, _ = io.Copy(out, ch) }()
	return ch, out
}

// sink collects what a session sends.
type sink struct{ logbook }

func (s *sink) waitFor(t *testing.T, words string) {
	t.Helper()
	eventually(t, words, func() bool { return strings.Contains(s.String(), words) })
}

func TestClamp(t *testing.T) {
	l := DefaultLimits()
	for in, want := range map[[2]int][2]int{
		{0, 0}: {80, 24}, {-5, 10}: {80, 10}, {1, 1}: {1, 1}, {300, 120}: {300, 120}, {301, 121}: {300, 120}, {1 << 20, 1 << 20}: {300, 120},
	} {
		if w, h := l.clamp(in[0], in[1]); [2]int{w, h} != want {
			t.Errorf("clamp%v: got %d by %d, want %v", in, w, h, want)
		}
	}
}

// FuzzRequests feeds the payloads of all requests that are read.
func FuzzRequests(f *testing.F) {
	f.Add("pty-req", gossh.Marshal(ptyRequest{Term: "xterm", Columns: 80, Rows: 24}))
	f.Add("window-change", binary.BigEndian.AppendUint32(nil, 7))
	f.Add("env", gossh.Marshal(struct{ A, B string }{"LANG", "nl"}))
	d := &Door{limits: DefaultLimits()}
	d.fill()
	f.Fuzz(func(t *testing.T, kind string, payload []byte) {
		v := &visit{door: d, wire: &wire{door: d, from: "x"}, env: map[string]string{}, resized: make(chan struct{}, 1), pty: kind == "window-change"}
		v.wire.closed = true
		if len(payload) > d.limits.EnvBytes {
			return
		}
		v.allows(&gossh.Request{Type: kind, Payload: payload})
		if w, h, _ := v.size(); w < 0 || h < 0 || w > 300 || h > 120 {
			t.Errorf("size %d by %d", w, h)
		}
	})
}
