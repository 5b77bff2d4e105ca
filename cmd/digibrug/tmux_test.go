package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// envSSHRequired makes a missing ssh or tmux a failure: set where the real client is part of the promise.
const envSSHRequired = "DIGIBRUG_TEST_SSH_REQUIRED"

// office is a PC with OpenSSH's client in a terminal that a test can type at and read: tmux, 80×24.
type office struct {
	t      *testing.T
	dir    string // for sockets: each visit has a tmux of its own, since one that ends takes its time
	socket string
	name   string
	visits int
}

// newOffice skips the test where tmux or ssh is missing.
func newOffice(t *testing.T) *office {
	t.Helper()
	for _, program := range []string{"tmux", "ssh"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv(envSSHRequired) == "1" {
				t.Fatalf("%s=1, but %s is not installed", envSSHRequired, program)
			}
			t.Skipf("no %s: install Debian's tmux and openssh-client", program)
		}
	}
	o := &office{t: t, dir: t.TempDir(), name: "pc"}
	t.Cleanup(o.leave)
	return o
}

// leave closes the terminal.
func (o *office) leave() {
	if o.socket != "" {
		_ = exec.Command("tmux", "-S", o.socket, "kill-server").Run() // it may have ended by itself
	}
}

func (o *office) tmux(args ...string) string {
	o.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-S", o.socket, "-f", "/dev/null"}, args...)...).CombinedOutput()
	if err != nil {
		o.t.Fatalf("tmux %v: %v: %s", args, err, out)
	}
	return string(out)
}

// visit types the ssh line and logs in with the password.
func (o *office) visit(addr, login, password string) {
	o.t.Helper()
	_, port, _ := strings.Cut(addr, ":")
	known := filepath.Join(o.t.TempDir(), "known_hosts")
	line := fmt.Sprintf("ssh -F /dev/null -o StrictHostKeyChecking=no -o UserKnownHostsFile=%s -o PubkeyAuthentication=no -p %s %s@127.0.0.1", known, port, login)
	o.open(line)
	o.await("achtwoord:")
	o.send("-l", password)
	o.send("Enter")
}

// open types a line in a new terminal.
func (o *office) open(line string) {
	o.t.Helper()
	o.leave()
	o.visits++
	o.socket = filepath.Join(o.dir, fmt.Sprint("tmux", o.visits))
	o.tmux("new-session", "-d", "-s", o.name, "-x", "80", "-y", "24", line+"; echo '<'the line has ended'>'; sleep 600")
}

// send types keys by tmux's names, or with "-l" text as it is.
func (o *office) send(keys ...string) {
	o.t.Helper()
	o.tmux(append([]string{"send-keys", "-t", o.name}, keys...)...)
}

func (o *office) screen() string {
	o.t.Helper()
	return o.tmux("capture-pane", "-p", "-t", o.name)
}

const officePatience = 20 * time.Second

// await waits until all words are on the screen and returns it.
func (o *office) await(words ...string) string {
	o.t.Helper()
	return o.until(fmt.Sprintf("%q", words), func(screen string) bool {
		for _, w := range words {
			if !strings.Contains(screen, w) {
				return false
			}
		}
		return true
	})
}

// until waits until the screen is as wanted and returns it.
func (o *office) until(what string, ok func(string) bool) string {
	o.t.Helper()
	for end := time.Now().Add(officePatience); ; time.Sleep(20 * time.Millisecond) {
		screen := o.screen()
		if ok(screen) {
			return screen
		}
		if time.Now().After(end) {
			o.t.Fatalf("waited %v for %s; the screen is:\n%s", officePatience, what, screen)
		}
	}
}
