package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/papers"
	"digibrug/tui/screentest"
	"digibrug/tui/server"

	"github.com/pkg/sftp"
	gossh "golang.org/x/crypto/ssh"
)

func limits(change func(*server.Limits)) func(*Config) {
	return func(c *Config) { change(&c.Limits) }
}

// serveBytes runs one SFTP session of the library over these bytes, without a connection.
func serveBytes(t *testing.T, town *datatest.Town, id data.Identity, packets []byte) {
	key := newKey(t)
	door, err := New(Config{HostKey: key, Gate: oddGate{id}, DB: town.DB, Campaigns: quiz.NewStore(town.DB, nil),
		Shelf: papers.NewShelf(town.DB, data.NewSettings(town.DB), papers.Accounts(town.Accounts, data.NewSettings(town.DB))),
		Files: func(string) string { return "" }, Screens: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	v := &visit{door: door, wire: &server.Wire{}, proof: proof{id, key.PublicKey()}, by: id.Actor(), log: door.Log, ctx: t.Context()}
	tr := &transfer{v: v, tree: newTree(v)}
	pipe := struct {
		io.Reader
		io.Writer
		io.Closer
	}{bytes.NewReader(packets), io.Discard, io.NopCloser(nil)}
	srv := sftp.NewRequestServer(&sieve{ReadWriteCloser: pipe, touch: func() {}}, sftp.Handlers{FileGet: tr, FilePut: tr, FileCmd: tr, FileList: tr})
	_ = srv.Serve()
	if n := v.work.Load(); n != 0 || tr.size != 0 {
		t.Errorf("%d handles and %d bytes are left open", n, tr.size)
	}
}

// A panic anywhere ends at most its own session.
func TestPanics(t *testing.T) {
	var at string
	h := open(t, func(c *Config) {
		c.watch = func(_ *visit, what string) {
			if what == at {
				panic("in " + what)
			}
		}
	})
	at = "run"
	if _, errs, code := h.runs("ivo.ict", "help"); code != 1 || !strings.Contains(errs, "referentie") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	at = "make"
	if _, errs, code := h.runs("ivo.ict", "report accounts"); code != 1 || !strings.Contains(errs, "referentie") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	at = ""
	c := h.sftp("ivo.ict")
	f, err := c.Open("/LEESMIJ.txt")
	if err != nil {
		t.Fatal(err)
	}
	for what, do := range map[string]func() error{
		"list":   func() error { _, err := c.ReadDir("/"); return err },
		"read":   func() error { _, err := c.Open("/LEESMIJ.txt"); return err },
		"make":   func() error { _, err := c.Stat("/lijsten/accounts.csv"); return err },
		"write":  func() error { _, err := c.Create("/x"); return err },
		"change": func() error { return c.Mkdir("/x") },
		"readat": func() error { _, err := f.ReadAt(make([]byte, 10), 0); return err },
	} {
		at = what
		if err := do(); err == nil || !strings.Contains(err.Error(), "referentie") {
			t.Errorf("a panic in %s is told as %v", what, err)
		}
		at = ""
		if _, err := c.Stat("/LEESMIJ.txt"); err != nil {
			t.Errorf("after a panic in %s: %v", what, err)
		}
	}
	contains(t, h.log.String(), "in make", "in readat")
}

// T23: two channels, and a client that asks on and on is cut.
func TestThousandChannels(t *testing.T) {
	h := open(t)
	c := h.client("an.peeters")
	var took int
	for range 10 {
		if _, err := c.NewSession(); err == nil {
			took++
		}
	}
	if took != 2 {
		t.Errorf("%d channels were opened, want 2", took)
	}
	raw := screentest.DialRaw(t, h.addr)
	if got := raw.Sign("an.peeters", h.keys["an.peeters"].PublicKey(), h.keys["an.peeters"]); got != screentest.MsgSuccess {
		t.Fatalf("log-in: message %d", got)
	}
	for i := range uint32(1000) {
		if raw.Send(gossh.Marshal(struct {
			Kind                 string `sshtype:"90"`
			Peer, Window, Packet uint32
		}{"session", i, 1 << 20, 1 << 15})) != nil {
			break
		}
	}
	answers := map[byte]int{}
	for {
		p, err := raw.Receive()
		if err != nil {
			break
		}
		answers[p[0]]++
	}
	if answers[screentest.MsgChannelOpened] > 2 || !raw.Closed() {
		t.Errorf("%d channels were opened, cut: %v", answers[screentest.MsgChannelOpened], raw.Closed())
	}
	eventually(t, "room again", func() bool { return h.door.conns.Load() == 1 })
}

func TestEnvFlood(t *testing.T) {
	h := open(t)
	before := memory()
	s, err := h.client("an.peeters").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	big, n := strings.Repeat("x", 30_000), 0
	for ; n < 3000; n++ {
		if err := s.Setenv("LD_PRELOAD", big); err == nil {
			t.Fatal("taken")
		} else if !strings.Contains(err.Error(), "setenv failed") {
			break
		}
	}
	if n > 2 {
		t.Errorf("the flood was cut after %d times 30 kB", n)
	}
	if grown := int64(memory()) - int64(before); grown > 10<<20 {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
}

func memory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// T20: a thousand silent, half-open and dripping connections are bounded, keep nobody else out and go.
func TestThousandSilent(t *testing.T) {
	h := open(t, limits(func(l *server.Limits) {
		l.Grace, l.Unauth, l.UnauthStart, l.UnauthPerAddress = time.Second, 60, 50, 40
	}))
	before := runtime.NumGoroutine()
	for i := range 1000 {
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
	}
	if n := h.door.conns.Load(); n > 40 {
		t.Errorf("%d connections are held, want 40 at most", n)
	}
	// From another address there is room at once.
	conn, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}).Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, _, _, err := gossh.NewClientConn(conn, h.addr, &gossh.ClientConfig{User: "an.peeters", HostKeyCallback: gossh.FixedHostKey(h.host),
		Auth: []gossh.AuthMethod{gossh.PublicKeys(h.keys["an.peeters"])}}); err != nil {
		t.Errorf("an honest client: %v", err)
	}
	eventually(t, "the silent ones to go", func() bool { return h.door.conns.Load() <= 1 })
	h.client("an.peeters") // and from the first address once they have gone
	eventually(t, "their goroutines to end", func() bool { return runtime.NumGoroutine() < before+30 })
}

// Whoever is one too many after log-in hears so.
func TestFull(t *testing.T) {
	h := open(t, limits(func(l *server.Limits) { l.ConnsPerAddress = 1 }))
	h.client("an.peeters")
	if _, errs, code := h.runs("ivo.ict", "help"); code != 1 || !strings.Contains(errs, "te veel verbindingen") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}

// A session in which nothing is asked ends, also when the connection is kept alive.
func TestIdle(t *testing.T) {
	h := open(t, limits(func(l *server.Limits) { l.Idle = 200 * time.Millisecond }))
	ssh := h.client("an.peeters")
	c, err := sftp.NewClient(ssh)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	gone := make(chan error, 1)
	go func() { gone <- ssh.Wait() }()
	for range 20 {
		_, _, _ = ssh.SendRequest("keepalive@openssh.com", true, nil)
		select {
		case <-gone:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Error("an idle session is kept")
}

// A connection on which nothing runs ends.
func TestBare(t *testing.T) {
	h := open(t, limits(func(l *server.Limits) { l.Bare = 100 * time.Millisecond }))
	c := h.client("an.peeters")
	_ = c.Wait()
}

// A client that takes nothing in is cut, whether it closes its window or stops reading.
func TestStall(t *testing.T) {
	h := open(t, limits(func(l *server.Limits) { l.Stall = 200 * time.Millisecond }))
	raw := screentest.DialRaw(t, h.addr)
	if got := raw.Sign("ivo.ict", h.keys["ivo.ict"].PublicKey(), h.keys["ivo.ict"]); got != screentest.MsgSuccess {
		t.Fatalf("log-in: message %d", got)
	}
	ch := raw.Channel(100) // a window of 100 bytes, which is never opened again
	if err := raw.Send(screentest.RawRequest(ch, "exec", str("report accounts"))); err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := raw.Receive(); err != nil {
			break
		}
	}
	eventually(t, "the cut", func() bool { return h.door.conns.Load() == 0 && h.door.Visits() == 0 })
}

// T33: at Shutdown whoever is fetching gets to the end of the file, nobody begins anew, and all are gone in time.
func TestShutdown(t *testing.T) {
	h := open(t, limits(func(l *server.Limits) { l.Stop = 3 * time.Second }))
	c, idle := h.sftp("ivo.ict"), h.sftp("an.peeters")
	f, err := c.Open("/lijsten/accounts.pdf")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- h.door.Shutdown(context.Background()) }()
	eventually(t, "the door to close", func() bool {
		conn, err := net.Dial("tcp", h.addr)
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	})
	if _, err := c.Open("/LEESMIJ.txt"); err == nil || !strings.Contains(err.Error(), "onderhoud") {
		t.Errorf("a file opened while stopping: %v", err)
	}
	body, err := io.ReadAll(f)
	if err != nil || !bytes.HasSuffix(bytes.TrimSpace(body), []byte("%%EOF")) {
		t.Errorf("the file is cut at %d bytes: %v", len(body), err)
	}
	if err := f.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if err := <-done; err != nil {
		t.Errorf("shutdown: %v", err)
	}
	_, _ = c.Wait(), idle.Wait() // both are cut
	if n := h.door.Visits(); n != 0 {
		t.Errorf("%d visits are left", n)
	}
}

// Who holds a file open and does nothing holds nobody up.
func TestShutdownCuts(t *testing.T) {
	h := open(t)
	c := h.sftp("ivo.ict")
	if _, err := c.Open("/LEESMIJ.txt"); err != nil {
		t.Fatal(err)
	}
	if err := h.door.Shutdown(context.Background()); err != nil {
		t.Errorf("shutdown: %v", err)
	}
	_ = c.Wait()
	if n := h.door.conns.Load(); n != 0 {
		t.Errorf("%d connections are left", n)
	}
}

// Many people at once get their own and only their own.
func TestManyAtOnce(t *testing.T) {
	h := open(t)
	errs := make(chan error, 12)
	for i := range 12 {
		login := []string{"ivo.ict", "dirk.adm", "an.peeters"}[i%3]
		c := h.sftp(login)
		go func() {
			f, err := c.Open("/LEESMIJ.txt")
			if err == nil {
				var body []byte
				if body, err = io.ReadAll(f); err == nil && !bytes.Contains(body, []byte("("+login+")")) {
					err = errors.New("it is another's")
				}
			}
			if err == nil {
				_, err = c.ReadDir("/lijsten")
			}
			if err != nil {
				err = fmt.Errorf("%s: %w", login, err)
			}
			errs <- err
		}()
	}
	for range 12 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
