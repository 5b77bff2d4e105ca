package server

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// porter is a Gate with two accounts: each has the password "secret of NAME" and perhaps a key.
type porter struct {
	mu      sync.Mutex
	keys    map[string]gossh.PublicKey // by name
	delay   time.Duration
	guesses []string // names for which a password was asked
	entered []data.Identity
	gone    []data.Identity
	left    []error // how the contexts of delayed attempts ended

	codes     map[string]paper  // by secret
	second    map[string]string // the right second proof, by name
	secondErr error
	asked     int      // how often AsksSecond was called
	seconds   []string // names for which a second proof was looked at
}

var errWrong = errors.New("wrong")

func (p *porter) Password(ctx context.Context, login, password, from string) (data.Identity, error) {
	p.mu.Lock()
	p.guesses = append(p.guesses, login)
	delay := p.delay
	p.mu.Unlock()
	if delay > 0 {
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			p.mu.Lock()
			p.left = append(p.left, ctx.Err())
			p.mu.Unlock()
			return data.Identity{}, ctx.Err()
		}
	}
	if login == "nobody" {
		return data.Identity{}, nil // a Gate with a fault: yes, but to whom?
	}
	if password != "secret of "+login || from == "" {
		return data.Identity{}, errWrong
	}
	return identity(login), nil
}

func identity(login string) data.Identity {
	return data.Identity{AccountID: "acc-" + login, Login: login, Name: strings.ToUpper(login)}
}

func (p *porter) Key(_ context.Context, login string, key gossh.PublicKey, _ string) (data.Identity, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if k := p.keys[login]; k == nil || !bytes.Equal(k.Marshal(), key.Marshal()) {
		return data.Identity{}, errWrong
	}
	if login == data.KioskLogin {
		return data.Identity{KioskID: "k1", Login: "kiosk:ocr-1"}, nil
	}
	return identity(login), nil
}

// Code knows the codes of porter.codes.
func (p *porter) Code(_ context.Context, code, from string, at data.Identity) (data.Identity, error) {
	secret, err := data.ParseCode(code)
	if err != nil {
		return data.Identity{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.guesses = append(p.guesses, "code")
	known, ok := p.codes[secret]
	if !ok || from == "" {
		return data.Identity{}, fmt.Errorf("code: %w", data.ErrDenied)
	}
	id := known.id
	id.KioskID = at.KioskID
	return id, known.err
}

// paper is a code that was issued: for whom, and why it opens nothing; nil when it does.
type paper struct {
	id  data.Identity
	err error
}

// AsksSecond asks those of porter.second.
func (p *porter) AsksSecond(_ context.Context, id data.Identity, _ string) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	_, asks := p.second[id.Login]
	return asks, p.secondErr
}

func (p *porter) Second(_ context.Context, id data.Identity, answer, from string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seconds = append(p.seconds, id.Login)
	if answer == "" || answer != p.second[id.Login] || from == "" {
		return data.ErrDenied
	}
	return nil
}

func (p *porter) Entered(_ context.Context, id data.Identity) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entered = append(p.entered, id)
}

func (p *porter) Left(_ context.Context, id data.Identity) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = append(p.gone, id)
}

func (p *porter) guessed() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.guesses)
}

func (p *porter) who() []data.Identity {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]data.Identity(nil), p.entered...)
}

// page is the screen of the tests: it shows what it got, and keys make it misbehave.
type page struct {
	guest  Guest
	w, h   int
	keys   int
	last   string
	paste  int
	sizes  int
	notes  []string
	ticks  int
	brokev bool
	mouse  bool
	flood  bool
}

type tickMsg struct{}

func tick() tea.Cmd {
	return tea.Tick(20*time.Millisecond, func(time.Time) tea.Msg { return tickMsg{} })
}

func (p page) Init() tea.Cmd {
	if p.guest.Identity.Login == "init" {
		panic("init of the screens")
	}
	return nil
}

func (p page) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h, p.sizes = msg.Width, msg.Height, p.sizes+1
	case tea.PasteMsg:
		p.paste = len(msg.Content)
	case tickMsg:
		p.ticks++
		return p, tick()
	case shell.IdleMsg:
		note := "warned"
		if msg.Left <= 0 {
			note = "over"
		}
		p.notes = append(p.notes, note)
	case shell.StopMsg:
		p.notes = append(p.notes, "stopping")
	case shell.NoticeMsg:
		p.notes = append(p.notes, map[words.Key]string{words.DoorPasteCut: "cut", words.ShellTooLarge: "large"}[msg.Key])
	case tea.KeyPressMsg:
		p.keys, p.last = p.keys+1, msg.String()
		return p.press(msg.String())
	}
	return p, nil
}

func (p page) press(key string) (tea.Model, tea.Cmd) {
	boom := func() tea.Msg { panic("a command") }
	calm := func() tea.Msg { return nil }
	switch key {
	case "U":
		panic("update")
	case "V":
		p.brokev = true
	case "C":
		return p, boom
	case "B":
		return p, tea.Batch(calm, boom)
	case "S":
		return p, tea.Sequence(calm, tea.Batch(calm, boom))
	case "M":
		p.mouse = true
	case "F":
		p.flood = true
		return p, tick()
	case "T":
		return p, tick()
	case "H":
		<-p.guest.Ctx.Done() // hangs until the connection is gone
	case "q":
		return p, tea.Quit
	}
	return p, nil
}

func (p page) View() tea.View {
	if p.brokev {
		panic("view")
	}
	v := tea.NewView(fmt.Sprintf("%s via %s\n%dx%d sizes=%d\nkeys=%d last=%s\npaste=%d %s\nticks=%d", p.guest.Identity.Login,
		p.guest.Identity.Method, p.w, p.h, p.sizes, p.keys, p.last, p.paste, strings.Join(p.notes, " "), p.ticks))
	v.AltScreen = true
	if p.flood { // another full page with every tick
		v.Content = strings.Repeat(strings.Repeat(string(rune('a'+p.ticks%26)), p.w)+"\n", p.h)
	}
	if p.mouse {
		v.MouseMode = tea.MouseModeCellMotion
		v.OnMouse = func(tea.MouseMsg) tea.Cmd { return func() tea.Msg { panic("mouse") } }
	}
	return v
}

// house is a running door.
type house struct {
	t    *testing.T
	door *Door
	gate *porter
	addr string
	log  *logbook
	host gossh.PublicKey
}

// logbook is a log that tests read.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// start runs a door on a free port of the loopback; change adjusts it first.
func start(t *testing.T, change ...func(*Config)) *house {
	t.Helper()
	key, err := MakeHostKey(filepath.Join(t.TempDir(), "host"))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, gate: &porter{keys: map[string]gossh.PublicKey{}}, log: &logbook{}, host: key.PublicKey()}
	cfg := Config{
		HostKey: key, Gate: h.gate, Log: slog.New(slog.NewTextHandler(h.log, nil)),
		Limits: Limits{Stop: 300 * time.Millisecond, UnauthPerAddress: 50, ConnsPerAddress: 100},
		Open:   func(g Guest) (tea.Model, error) { return page{guest: g}, nil },
	}
	for _, c := range change {
		c(&cfg)
	}
	if h.door, err = New(cfg); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.addr = l.Addr().String()
	served := make(chan error, 1)
	go func() { served <- h.door.Serve(l) }()
	t.Cleanup(func() {
		if err := h.door.Shutdown(context.Background()); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return h
}

func limits(change func(*Limits)) func(*Config) {
	return func(c *Config) { change(&c.Limits) }
}

func secret(name string) gossh.AuthMethod { return gossh.Password("secret of " + name) }

// visit logs An in and waits for her page.
func (h *house) visit() *screentest.Visitor {
	h.t.Helper()
	v := screentest.Dial(h.t, h.addr, "an", secret("an"))
	v.WaitFor("an via password")
	return v
}

// client logs in without opening a session.
func (h *house) client(user string, auth ...gossh.AuthMethod) (*gossh.Client, error) {
	c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: user, Auth: auth, HostKeyCallback: gossh.FixedHostKey(h.host), Timeout: 5 * time.Second,
	})
	if err == nil {
		h.t.Cleanup(func() { _ = c.Close() })
	}
	return c, err
}

func (h *house) mustClient() *gossh.Client {
	h.t.Helper()
	c, err := h.client("an", secret("an"))
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func newKey(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// eventually waits until ok, at most 5 s.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited 5 s for %s", what)
		}
	}
}

// allGone waits until the goroutines are back to about what they were.
func allGone(t *testing.T, before int) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, before %d:\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
		}
	}
}

// memory is the live heap in bytes.
func memory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
