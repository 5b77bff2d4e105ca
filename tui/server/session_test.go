package server

import (
	"context"
	"errors"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

func TestVisit(t *testing.T) {
	h := start(t)
	v := h.visit()
	v.WaitFor("80x24")
	v.Type("abc")
	v.WaitFor("keys=3 last=c")
	v.Press("f1", "esc", "down", "ctrl+p", "shift+tab", "space")
	v.WaitFor("keys=9 last=space")
	if n := h.door.Sessions(); n != 1 {
		t.Errorf("sessions: got %d, want 1", n)
	}
	v.Press("q")
	v.WaitFor("U bent afgemeld. Tot ziens!")
	if err := v.Ended(2 * time.Second); err != nil {
		t.Errorf("a normal end: got %v, want exit code 0", err)
	}
	eventually(t, "the session to be uncounted", func() bool { return h.door.Sessions() == 0 })
	who := h.gate.who()
	if len(who) != 1 || who[0].AccountID != "acc-an" || who[0].From != "127.0.0.1" || who[0].Method != "password" {
		t.Errorf("entered: got %+v, want an once, by password, from 127.0.0.1", who)
	}
}

// T10: a line that is cut frees everything, also in the middle of typing.
func TestCutLine(t *testing.T) {
	h := start(t)
	h.visit().Close()
	eventually(t, "an empty house", func() bool { return h.door.Sessions() == 0 })
	before := runtime.NumGoroutine()
	for range 5 {
		v := h.visit()
		v.Press("T")
		_ = v.Terminal.Send([]byte(strings.Repeat("x", 3000) + "\x1b["))
		v.Cut()
		v.Close()
	}
	eventually(t, "an empty house", func() bool { return h.door.Sessions() == 0 })
	allGone(t, before)
}

// Keys that are on their way while the program ends leave nothing behind (Bubble Tea's own reader does).
func TestKeysAfterTheEnd(t *testing.T) {
	h := start(t)
	h.visit().Close()
	eventually(t, "an empty house", func() bool { return h.door.Sessions() == 0 })
	before := runtime.NumGoroutine()
	for range 5 {
		v := h.visit()
		v.Type("q" + strings.Repeat("x", 500))
		_ = v.Ended(5 * time.Second)
		v.Close()
	}
	allGone(t, before)
}

// A client that closes the session and keeps the connection (ControlMaster) leaves no loop behind.
func TestClosedChannel(t *testing.T) {
	h := start(t)
	v := h.visit()
	before := runtime.NumGoroutine()
	s, err := v.Client().NewSession()
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.StdinPipe() // without one the client closes its side at once
	if err := errors.Join(err, s.RequestPty("xterm", 24, 80, nil), s.Shell()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "two sessions", func() bool { return h.door.Sessions() == 2 })
	if err := s.WindowChange(30, 90); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	eventually(t, "one session", func() bool { return h.door.Sessions() == 1 })
	allGone(t, before)
	v.Press("a")
	v.WaitFor("keys=1 last=a") // the other session goes on
}

// A connection that is logged in and shows nothing is cut after Bare.
func TestBareConnection(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.Bare = 100 * time.Millisecond }))
	c := h.mustClient()
	begin := time.Now()
	_ = c.Wait()
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("cut after %v, want 100 ms", took)
	}
	v := h.visit() // one with a screen stays
	if err := v.Ended(400 * time.Millisecond); err == nil || !strings.Contains(err.Error(), "still open") {
		t.Errorf("a session with a screen: %v", err)
	}
}

// Idle counts from the last key, although the screen repaints all the time.
func TestIdle(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.Idle, l.Warn = 1200*time.Millisecond, 800*time.Millisecond }))
	v := h.visit()
	v.Press("T")
	v.WaitFor("ticks=5")
	v.WaitFor("warned")
	v.Press("a") // stays for another 1.2 s
	begin := time.Now()
	v.WaitFor("warned warned")
	v.WaitFor("en bent daarom afgemeld")
	if took := time.Since(begin); took < time.Second || took > 4*time.Second {
		t.Errorf("ended %v after the last key, want 1.2 s", took)
	}
	_ = v.Ended(2 * time.Second)
	if n := strings.Count(string(v.Raw()), "\x1b[?1049l"); n < 1 {
		t.Error("the alternate screen was not left")
	}
}

func TestMax(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.Max = 300 * time.Millisecond }))
	v := screentest.Dial(t, h.addr, "an", secret("an"))
	v.WaitFor("en bent nu afgemeld")
	if err := v.Ended(2 * time.Second); err != nil {
		t.Errorf("end: %v", err)
	}
}

// T28: wherever a panic comes from, it ends one session, politely and logged; another goes on.
func TestPanics(t *testing.T) {
	for name, key := range map[string]string{
		"update": "U", "view": "V", "command": "C", "batch": "B", "batch in a sequence": "S",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := start(t)
			other, v := h.visit(), h.visit()
			v.Press(key)
			polite(t, h, v)
			other.Press("a")
			other.WaitFor("keys=1 last=a")
		})
	}
	t.Run("mouse", func(t *testing.T) {
		t.Parallel()
		h := start(t)
		v := h.visit()
		v.Press("M")
		v.WaitFor("last=M")
		v.Send([]byte("\x1b[<0;3;3M"))
		polite(t, h, v)
	})
	t.Run("init", func(t *testing.T) {
		t.Parallel()
		h := start(t)
		polite(t, h, screentest.Dial(t, h.addr, "init", secret("init")))
	})
}

func polite(t *testing.T, h *house, v *screentest.Visitor) {
	t.Helper()
	v.WaitFor("Er ging iets mis en uw scherm is gesloten")
	var exit *gossh.ExitError
	if err := v.Ended(2 * time.Second); !errors.As(err, &exit) || exit.ExitStatus() != 1 {
		t.Errorf("end: got %v, want exit code 1", err)
	}
	if strings.Contains(string(v.Raw()), "goroutine") {
		t.Error("the person got a stack")
	}
	_, after, _ := strings.Cut(v.Screen(), "(referentie ")
	ref, _, _ := strings.Cut(after, ")")
	eventually(t, "the panic in the log with its session and stack", func() bool {
		for line := range strings.SplitSeq(h.log.String(), "\n") {
			if ref != "" && strings.Contains(line, "msg=panic") && strings.Contains(line, "session="+ref) && strings.Contains(line, "goroutine") {
				return true
			}
		}
		return false
	})
}

func TestOpenFails(t *testing.T) {
	for name, open := range map[string]func(Guest) (tea.Model, error){
		"panic": func(Guest) (tea.Model, error) { panic("open") },
		"error": func(Guest) (tea.Model, error) { return nil, errors.New("database away") },
		"nil":   func(Guest) (tea.Model, error) { return nil, nil },
	} {
		t.Run(name, func(t *testing.T) {
			h := start(t, func(c *Config) { c.Open = open })
			v := screentest.Dial(t, h.addr, "an", secret("an"))
			v.WaitFor("kan u nu niet binnenlaten")
			if err := v.Ended(2 * time.Second); err == nil {
				t.Error("want exit code 1")
			}
			if !strings.Contains(h.log.String(), "open the screens") {
				t.Errorf("log: %s", h.log)
			}
		})
	}
}

// T33: all get a warning and a farewell, within Stop and a second; who saves in time is not waited for.
func TestShutdown(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.Stop = 400 * time.Millisecond }))
	a, b, hung := h.visit(), h.visit(), h.visit()
	hung.Press("H")
	begin := time.Now()
	done := make(chan error, 1)
	go func() { done <- h.door.Shutdown(context.Background()) }()
	a.WaitFor("stopping")
	b.WaitFor("stopping")
	a.Press("q")
	a.WaitFor("Tot ziens")
	b.WaitFor("stopt nu voor onderhoud. Wat u bewaarde, blijft bewaard")
	if err := <-done; err != nil {
		t.Errorf("shutdown: %v", err)
	}
	if took := time.Since(begin); took > 1400*time.Millisecond {
		t.Errorf("shutdown took %v, want at most 1.4 s", took)
	}
	if _, err := h.client("an", secret("an")); err == nil {
		t.Error("somebody came in after the shutdown")
	}
	_ = hung.Ended(2 * time.Second)
}

func TestShutdownEmpty(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.Stop = time.Minute }))
	h.visit().Press("q")
	eventually(t, "an empty house", func() bool { return h.door.Sessions() == 0 })
	begin := time.Now()
	if err := h.door.Shutdown(t.Context()); err != nil || time.Since(begin) > time.Second {
		t.Errorf("shutdown of an empty house: %v after %v", err, time.Since(begin))
	}
}

// A client that takes in nothing is cut, and holds up nobody else.
func TestStalledReader(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.Stall = 300 * time.Millisecond }))
	raw := dialRaw(t, h.addr)
	if got := raw.password("an", "secret of an"); got != msgSuccess {
		t.Fatalf("log-in: message %d", got)
	}
	channel := raw.channel(4 << 10) // a window of 4 kB, which is never opened again
	pty := gossh.Marshal(ptyRequest{Term: "xterm", Columns: 300, Rows: 120, Modes: "\x00"})
	for _, m := range [][]byte{request(channel, "pty-req", pty), request(channel, "shell", nil), input(channel, "F")} {
		if err := raw.write(m); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "one session", func() bool { return h.door.Sessions() == 1 })
	other := h.visit()
	other.Press("a")
	other.WaitFor("keys=1 last=a")
	eventually(t, "the cut", raw.closed)
	eventually(t, "the other's session alone", func() bool { return h.door.Sessions() == 1 })
	if !strings.Contains(h.log.String(), "stalled reader cut") {
		t.Errorf("log: %s", h.log)
	}
	other.Press("b")
	other.WaitFor("keys=2 last=b")
}

// The same one floor down: a client that doesn't even take in TCP.
func TestStalledWire(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.Stall = 100 * time.Millisecond }))
	here, there := net.Pipe() // it holds nothing: who writes waits for a reader
	defer there.Close()
	w := h.door.knock(here)
	begin := time.Now()
	if _, err := w.Write([]byte("x")); err == nil || time.Since(begin) > 2*time.Second {
		t.Errorf("a write without a reader: %v after %v", err, time.Since(begin))
	}
	_ = w.Close()
}

// Kiosks leave nothing on the screen.
func TestWipe(t *testing.T) {
	h := start(t, func(c *Config) { c.Wipe = func(g Guest) bool { return g.Identity.Login == "an" } })
	v := h.visit()
	v.Press("q")
	v.WaitFor("Tot ziens")
	if raw := string(v.Raw()); !strings.Contains(raw, "\x1b[3J") || !strings.Contains(raw, "\x1b[2J") {
		t.Errorf("the screen was not wiped: %q", raw[max(0, len(raw)-300):])
	}
	b := screentest.Dial(t, h.addr, "bo", secret("bo"))
	b.WaitFor("bo via")
	b.Press("q")
	b.WaitFor("Tot ziens")
	if strings.Contains(string(b.Raw()), "\x1b[3J") {
		t.Error("a colleague's scrollback was wiped")
	}
}

func TestLanguage(t *testing.T) {
	h := start(t)
	v := screentest.DialCall(t, screentest.Call{
		Addr: h.addr, User: "an", Auth: []gossh.AuthMethod{secret("an")}, Env: map[string]string{"LC_ALL": "fr_BE.UTF-8"},
	})
	v.WaitFor("an via")
	v.Press("q")
	v.WaitFor("Au revoir")
}

func TestNew(t *testing.T) {
	key, err := MakeHostKey(t.TempDir() + "/host")
	if err != nil {
		t.Fatal(err)
	}
	open := func(Guest) (tea.Model, error) { return nil, nil }
	for name, c := range map[string]Config{
		"no gate":     {HostKey: key, Open: open},
		"no key":      {Gate: &porter{}, Open: open},
		"no screens":  {Gate: &porter{}, HostKey: key},
		"bad version": {Gate: &porter{}, HostKey: key, Open: open, Version: "a b\r\n"},
	} {
		if _, err := New(c); err == nil {
			t.Errorf("%s: a door was made", name)
		}
	}
	if _, err := New(Config{Gate: &porter{}, HostKey: key, Open: open, Clock: data.SystemClock}); err != nil {
		t.Error(err)
	}
}
