package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// running is a demo in this process.
type running struct {
	demo
	t    *testing.T
	stop context.CancelFunc
	code chan int
	errs *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func startHere(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	r := &running{t: t, stop: stop, code: make(chan int, 1), errs: &lockedBuffer{}}
	go func() {
		code := run(ctx, append([]string{"demo", "--json"}, args...), nil, strings.NewReader(""), in, r.errs)
		_ = in.Close()
		r.code <- code
	}()
	lines := bufio.NewReader(out)
	line, err := lines.ReadBytes('\n')
	if err != nil {
		t.Fatalf("the demo said nothing: %v; %s", err, r.errs)
	}
	if err := json.Unmarshal(line, &r.demo); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	t.Cleanup(stop)
	return r
}

// end stops the demo in good order.
func (r *running) end() {
	r.t.Helper()
	r.stop()
	select {
	case code := <-r.code:
		if code != exitDone {
			r.t.Errorf("the demo exits %d: %s", code, r.errs)
		}
	case <-time.After(30 * time.Second):
		r.t.Fatal("the demo does not stop")
	}
}

// logIn tries a password and gives the key that the server showed.
func (r *running) logIn(user, password string) (shown gossh.PublicKey, err error) {
	conn, err := gossh.Dial("tcp", r.Screens, &gossh.ClientConfig{User: user, Auth: []gossh.AuthMethod{gossh.Password(password)},
		HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error { shown = key; return nil }, Timeout: 20 * time.Second})
	if err == nil {
		err = conn.Close()
	}
	return shown, err
}

// sitDown comes in at the demo's kiosk with its key.
func (r *running) sitDown() {
	r.t.Helper()
	text, err := os.ReadFile(r.Kiosk)
	if err != nil {
		r.t.Fatal(err)
	}
	key, err := gossh.ParsePrivateKey(text)
	if err != nil {
		r.t.Fatal(err)
	}
	v := screentest.Dial(r.t, r.Screens, data.KioskLogin, gossh.PublicKeys(key))
	v.WaitFor("Bienvenue")
	v.Cut()
}

// TestDemo starts a demo, logs in with what it printed, stops it, and starts it again in the same place.
func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	began := time.Now()
	first := startHere(t, "--dir", dir)
	t.Logf("ready after %s", time.Since(began).Round(10*time.Millisecond))
	if first.Dir != dir || len(first.Accounts) < 8 {
		t.Fatalf("the demo said %+v", first.demo)
	}
	for _, a := range first.Accounts {
		if _, err := first.logIn(a.User, a.Password); err != nil {
			t.Errorf("%s can't log in: %v", a.User, err)
		}
	}
	first.sitDown()
	key, err := first.logIn("an.peeters", "een verkeerd wachtwoord")
	if err == nil {
		t.Error("an.peeters logs in with any password")
	}
	first.end()

	again := startHere(t, "--dir", dir)
	if !reflect.DeepEqual(again.Accounts, first.Accounts) {
		t.Errorf("the second time the accounts are %v", again.Accounts)
	}
	if same, err := again.logIn("an.peeters", again.Accounts[0].Password); err != nil || !bytes.Equal(same.Marshal(), key.Marshal()) {
		t.Errorf("the second time the server shows another key, or %v", err)
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"demo", "--dir", dir}, nil, strings.NewReader(""), &out, &errs); code != exitFailed || !strings.Contains(errs.String(), "Er draait al een digibrug") {
		t.Errorf("a second demo in the same place: %d, %s", code, errs.String())
	}
	again.end()
}

// TestDemoKeepsOff makes sure that a demo fills nothing that is not its own, whatever the environment says.
func TestDemoKeepsOff(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "brief.txt"), []byte("Geachte"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"DIGIBRUG_DATA=" + filepath.Join(dir, "a"), "DIGIBRUG_DB=sqlite:" + filepath.Join(dir, "b.db")}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"demo", "--dir", dir}, env, strings.NewReader(""), &out, &errs); code != exitFailed || !strings.Contains(errs.String(), "is niet leeg") {
		t.Errorf("a demo in a directory of somebody else: %d, %s", code, errs.String())
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("the demo left %v, %v", left, err)
	}
	// Stopped while it fills: nothing stays.
	ctx, stop := context.WithTimeout(t.Context(), 150*time.Millisecond)
	defer stop()
	gone := filepath.Join(dir, "demo")
	if code := run(ctx, []string{"demo", "--dir", gone}, env, strings.NewReader(""), &out, &errs); code != exitFailed {
		t.Errorf("a demo that is stopped while it fills exits %d", code)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("a demo that was stopped left %v", left)
	}
}
