// Command picture draws the README's picture: it starts the real program with the demo municipality, logs in
// over SSH, goes to a question of the kennismeting, and writes what stands on the screen as SVG.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: picture FILE.svg")
		os.Exit(2)
	}
	if err := draw(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

// demo is what `digibrug demo --json` says.
type demo struct {
	Screens  string `json:"screens"`
	Accounts []struct{ User, Password string }
}

func draw(path string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	dir, err := os.MkdirTemp("", "digibrug-picture-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	program := filepath.Join(dir, "digibrug")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/digibrug").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	cmd := exec.CommandContext(ctx, program, "demo", "--json", "--listen", "127.0.0.1:0")
	cmd.Stderr = os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() {
		cancel()
		_ = cmd.Wait() // it was interrupted: that is no error
	}()
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("the demo said nothing: %w", err)
	}
	var d demo
	if err := json.Unmarshal(line, &d); err != nil {
		return err
	}
	return visit(ctx, d, path)
}

// step is keys to press once words are on the screen.
type step struct {
	words string
	keys  []string
}

func visit(ctx context.Context, d demo, path string) error {
	const login = "an.peeters"
	password := ""
	for _, a := range d.Accounts {
		if a.User == login {
			password = a.Password
		}
	}
	if password == "" {
		return errors.New("the demo has no " + login)
	}
	t, err := screentest.Open(ctx, screentest.Call{Addr: d.Screens, User: login, Auth: []gossh.AuthMethod{gossh.Password(password)}})
	if err != nil {
		return err
	}
	defer t.Close()
	for _, s := range []step{
		{"Dag An Peeters", []string{"enter"}},
		{"nieuw, tot", []string{"enter"}},
		{"Eerst een oefenvraag", []string{"down", "enter"}},
		{"Vraag 1 van", []string{"enter"}},
		{"Vraag 2 van", []string{"down"}},
	} {
		if err := t.WaitFor(s.words, 20*time.Second); err != nil {
			return err
		}
		if err := t.Press(s.keys...); err != nil {
			return err
		}
	}
	time.Sleep(300 * time.Millisecond) // the last key moves a bar: there are no words to wait for
	return os.WriteFile(path, []byte(t.SVG("digibrug: een vraag van de kennismeting in een terminal")), 0o644)
}
