package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// benchVisit is one person of the load generator: a real SSH client that looks only at when bytes come.
type benchVisit struct {
	client *gossh.Client
	stdin  io.WriteCloser
	screen *watcher
	left   time.Time // zero: still there
}

// watcher keeps the last bytes that came and tells when some come.
type watcher struct {
	mu   sync.Mutex
	seen []byte
	came chan struct{} // closed and renewed when bytes come
}

func (w *watcher) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.seen = append(w.seen, p...); len(w.seen) > 64<<10 {
		w.seen = w.seen[len(w.seen)-16<<10:]
	}
	close(w.came)
	w.came = make(chan struct{})
	return len(p), nil
}

// next is closed at the next bytes; holds tells whether words came already.
func (w *watcher) next(words string) (next <-chan struct{}, holds bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.came, bytes.Contains(w.seen, []byte(words))
}

// benchPatience is how long anything may take before it counts as failed.
const benchPatience = 30 * time.Second

// enterBench logs in and waits for the whole home screen. painted is counted from the request for a shell.
func enterBench(ctx context.Context, addr, login, password string) (v *benchVisit, painted time.Duration, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, 0, err
	}
	sc, channels, requests, err := gossh.NewClientConn(conn, addr, &gossh.ClientConfig{
		User: login, Auth: []gossh.AuthMethod{gossh.Password(password)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), // the server was started by this process, on loopback
	})
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("log in as %s: %w", login, err), conn.Close())
	}
	v = &benchVisit{client: gossh.NewClient(sc, channels, requests), screen: &watcher{came: make(chan struct{})}}
	if painted, err = v.open(); err != nil {
		v.leave()
		return nil, 0, fmt.Errorf("open a screen as %s: %w", login, err)
	}
	return v, painted, nil
}

func (v *benchVisit) open() (painted time.Duration, err error) {
	session, err := v.client.NewSession()
	if err != nil {
		return 0, err
	}
	session.Stdout, session.Stderr = v.screen, v.screen
	if v.stdin, err = session.StdinPipe(); err != nil {
		return 0, err
	}
	if err := session.RequestPty("xterm-256color", 24, 80, gossh.TerminalModes{}); err != nil {
		return 0, err
	}
	start := time.Now()
	if err := session.Shell(); err != nil {
		return 0, err
	}
	late := time.After(benchPatience)
	for {
		next, there := v.screen.next("Esc") // the footer: the last line of the page
		if there {
			return time.Since(start), nil
		}
		select {
		case <-next:
		case <-late:
			return 0, errors.New("no first screen")
		}
	}
}

// work presses down and up in turn until the end, first after a pause, and gives how long each answer took.
func (v *benchVisit) work(ctx context.Context, until time.Time, think, first time.Duration) (keys []time.Duration, err error) {
	pause := time.NewTimer(first)
	defer pause.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return keys, nil
		case <-pause.C:
		}
		if time.Now().After(until) {
			return keys, nil
		}
		key := "\x1b[B"
		if n%2 == 1 {
			key = "\x1b[A"
		}
		next, _ := v.screen.next("")
		start := time.Now()
		if _, err := io.WriteString(v.stdin, key); err != nil {
			return keys, err
		}
		select {
		case <-next:
			keys = append(keys, time.Since(start))
		case <-time.After(benchPatience):
			return keys, errors.New("a key without an answer")
		}
		pause.Reset(think)
	}
}

func (v *benchVisit) leave() {
	v.left = time.Now()
	_ = v.client.Close() // the measurement is over
}
