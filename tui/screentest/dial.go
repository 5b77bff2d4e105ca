package screentest

import (
	"context"
	"strings"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// patience is how long a Visitor waits for words before the test fails.
const patience = 10 * time.Second

// tester is what a Visitor needs of a *testing.T.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Visitor is a Terminal in the hands of a test: what goes wrong fails the test, with the last screen.
type Visitor struct {
	*Terminal
	t tester
}

// Dial visits a server in an 80×24 window and closes the visit at the end of the test.
func Dial(t tester, addr, user string, auth ...gossh.AuthMethod) *Visitor {
	t.Helper()
	return DialCall(t, Call{Addr: addr, User: user, Auth: auth})
}

// DialCall is Dial with everything to choose.
func DialCall(t tester, c Call) *Visitor {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	terminal, err := Open(ctx, c)
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(terminal.Close)
	return &Visitor{Terminal: terminal, t: t}
}

// Press presses keys by name, as Terminal.Press does.
func (v *Visitor) Press(keys ...string) {
	v.t.Helper()
	if err := v.Terminal.Press(keys...); err != nil {
		v.t.Fatalf("%v", err)
	}
}

// Send sends bytes past the terminal.
func (v *Visitor) Send(p []byte) {
	v.t.Helper()
	if err := v.Terminal.Send(p); err != nil {
		v.t.Fatalf("send %d bytes: %v", len(p), err)
	}
}

// WaitFor waits until the screen shows words, for 10 s or as long as said.
func (v *Visitor) WaitFor(words string, within ...time.Duration) {
	v.t.Helper()
	if err := v.Terminal.WaitFor(words, v.within(within)); err != nil {
		v.t.Fatalf("%v", err)
	}
}

// WaitGone waits until the screen no longer shows words.
func (v *Visitor) WaitGone(words string, within ...time.Duration) {
	v.t.Helper()
	gone := func(screen string) bool { return !strings.Contains(screen, words) }
	if err := v.Wait(gone, v.within(within), "no "+words); err != nil {
		v.t.Fatalf("%v", err)
	}
}

func (v *Visitor) within(given []time.Duration) time.Duration {
	if len(given) > 0 {
		return given[0]
	}
	return patience
}

// Resize changes the size of the window.
func (v *Visitor) Resize(width, height int) {
	v.t.Helper()
	if err := v.Terminal.Resize(width, height); err != nil {
		v.t.Fatalf("resize to %d by %d: %v", width, height, err)
	}
}
