package files

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/papers"
	"digibrug/tui/server"

	"github.com/pkg/sftp"
	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"
)

type crew struct{ m *testing.M }

func (c crew) Run() int { return datatest.Main(c.m) }

func TestMain(m *testing.M) { goleak.VerifyTestMain(crew{m}) }

// house is a running files door on the real stores of a town, in which everybody has a key.
type house struct {
	*datatest.Town
	t        *testing.T
	door     *Door
	addr     string
	host     gossh.PublicKey
	log      *logbook
	gate     *porter
	quiz     *quiz.Store
	campaign quiz.Campaign
	letters  *drawer
	keys     map[string]gossh.Signer
}

// porter is the real gate, and notes who entered.
type porter struct {
	*data.Gate
	mu      sync.Mutex
	entered []data.Identity
}

func (p *porter) Entered(ctx context.Context, id data.Identity) {
	p.mu.Lock()
	p.entered = append(p.entered, id)
	p.mu.Unlock()
	p.Gate.Entered(ctx, id)
}

func (p *porter) who() (logins []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range p.entered {
		logins = append(logins, id.Login)
	}
	return logins
}

// drawer holds letters, by the account that made them.
type drawer struct {
	mu  sync.Mutex
	all map[string][]Letter
	of  map[string]string // body by id
	err error
}

func (d *drawer) Mine(_ context.Context, by data.Actor) ([]Letter, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Letter{}, d.all[by.AccountID]...), d.err
}

func (d *drawer) Body(_ context.Context, by data.Actor, id string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, l := range d.all[by.AccountID] {
		if l.ID == id {
			return []byte(d.of[id]), d.err
		}
	}
	return nil, data.ErrNotFound
}

func (d *drawer) add(account, id, name, body string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all[account] = append(d.all[account], Letter{ID: id, Name: name, Size: int64(len(body)), MadeAt: datatest.Noon})
	d.of[id] = body
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

// open runs a door on a free port of the loopback; change adjusts it first.
func open(t *testing.T, change ...func(*Config)) *house {
	t.Helper()
	return openIn(t, datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t))), change...)
}

// openIn is open in a town that is there.
func openIn(t *testing.T, town *datatest.Town, change ...func(*Config)) *house {
	t.Helper()
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, Town: town, log: &logbook{},
		keys: map[string]gossh.Signer{}, letters: &drawer{all: map[string][]Letter{}, of: map[string]string{}}}
	h.quiz = quiz.NewStore(h.DB, banks)
	h.addCampaign("Kennismeting: najaar/2026")
	for _, login := range []string{"ivo.ict", "dirk.adm", "bert.maes", "an.peeters"} {
		h.addKey(login)
	}
	log := slog.New(slog.NewTextHandler(h.log, nil))
	h.gate = &porter{Gate: data.NewGate(h.Accounts, log)}
	key, err := server.MakeHostKey(filepath.Join(t.TempDir(), "host"))
	if err != nil {
		t.Fatal(err)
	}
	h.host = key.PublicKey()
	cfg := Config{
		HostKey: key, Gate: h.gate, DB: h.DB, Campaigns: h.quiz, Letters: h.letters, Log: log,
		Limits: server.Limits{Stop: 300 * time.Millisecond, UnauthPerAddress: 50, ConnsPerAddress: 100},
		Shelf: papers.NewShelf(h.DB, data.NewSettings(h.DB),
			papers.Accounts(h.Accounts, data.NewSettings(h.DB)), papers.Campaigns(h.quiz), papers.Groups(h.quiz), papers.Audit(h.DB)),
		Screens: func(login string) string { return "ssh -p 2222 " + login + "@zandwerve" },
		Files:   func(login string) string { return "ssh -p 2223 " + login + "@zandwerve" },
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

func (h *house) addCampaign(title string) {
	h.t.Helper()
	c := quiz.Campaign{Title: title, OpensOn: "2026-11-01", ClosesOn: "2026-12-31", Explain: quiz.ExplainNever,
		Blueprint: quiz.Blueprint{Cells: []quiz.Cell{{Domain: "windows", Level: 1, Count: 4}}}}
	for _, service := range h.Services {
		if !service.IsCluster {
			c.Services = append(c.Services, service.ID)
		}
	}
	c, err := h.quiz.Create(h.t.Context(), datatest.Operator, c)
	if err == nil {
		err = h.quiz.Open(h.t.Context(), datatest.Operator, c.ID)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.campaign = c
}

func newKey(t testing.TB) gossh.Signer {
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

// addKey gives somebody of the town a key.
func (h *house) addKey(login string) {
	h.t.Helper()
	h.keys[login] = newKey(h.t)
	line := string(gossh.MarshalAuthorizedKey(h.keys[login].PublicKey()))
	if _, err := h.Accounts.AddKey(h.t.Context(), datatest.Operator, login, line); err != nil {
		h.t.Fatal(err)
	}
}

// dial logs in without opening a session.
func (h *house) dial(login string, auth ...gossh.AuthMethod) (*gossh.Client, error) {
	c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: login, Auth: auth, HostKeyCallback: gossh.FixedHostKey(h.host), Timeout: 5 * time.Second,
	})
	if err == nil {
		h.t.Cleanup(func() { _ = c.Close() })
	}
	return c, err
}

// client logs somebody in with their own key.
func (h *house) client(login string) *gossh.Client {
	h.t.Helper()
	c, err := h.dial(login, gossh.PublicKeys(h.keys[login]))
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// sftp is a client of the library.
func (h *house) sftp(login string) *sftp.Client {
	h.t.Helper()
	c, err := sftp.NewClient(h.client(login))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = c.Close() })
	return c
}

// fetch reads a file whole.
func fetch(t *testing.T, c *sftp.Client, path string) []byte {
	t.Helper()
	f, err := c.Open(path)
	if err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	return body
}

// runs gives what a command prints, and its exit code.
func (h *house) runs(login, command string) (out, errs string, code int) {
	h.t.Helper()
	s, err := h.client(login).NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	defer s.Close()
	var stdout, stderr bytes.Buffer
	s.Stdout, s.Stderr = &stdout, &stderr
	if command == "" {
		if err = s.Shell(); err == nil {
			err = s.Wait()
		}
	} else {
		err = s.Run(command)
	}
	var exit *gossh.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitStatus()
	} else if err != nil {
		h.t.Fatalf("%q: %v", command, err)
	}
	return stdout.String(), stderr.String(), code
}

// audited lists what was fetched, oldest first: "who what".
func (h *house) audited() (all []string) {
	h.t.Helper()
	rows, err := h.DB.Audit(h.t.Context(), datatest.Operator, 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Action == "files.read" {
			all = append(all, fmt.Sprintf("%s %s %s", rows[i].Actor, rows[i].Detail["via"], rows[i].Object))
		}
	}
	return all
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

func contains(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
}
