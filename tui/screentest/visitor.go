package screentest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"
)

// Call says whom to visit, as whom, and through what window. Addr and User must be there.
type Call struct {
	Addr          string
	User          string
	Auth          []gossh.AuthMethod
	HostKey       gossh.HostKeyCallback // nil: any, for a server that the caller has just started itself
	Width, Height int                   // cells; 0: 80×24
	Term          string                // empty: xterm-256color
	Env           map[string]string     // what the server refuses is left out silently, as ssh does
	From          net.Addr              // local address to call from; nil: any
}

// input is the way to the server. Closing waits for who is writing: the library lets one race with the other.
type input struct {
	mu   sync.RWMutex
	pipe io.WriteCloser
}

func (i *input) Write(p []byte) (int, error) {
	i.mu.RLock()
	defer i.mu.RUnlock()
	return i.pipe.Write(p)
}

func (i *input) Close() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.pipe.Close()
}

// maxRaw is how many bytes of the stream Raw keeps; the newest ones.
const maxRaw = 16 << 20

// Terminal is a person's window: a real SSH client and an emulated terminal that shows what it gets. Its
// methods may be called from several goroutines.
type Terminal struct {
	conn    net.Conn
	client  *gossh.Client
	session *gossh.Session
	stdin   input
	screen  *vt.SafeEmulator

	mu      sync.Mutex
	raw     []byte
	changed chan struct{} // closed and renewed at each change of the screen
	over    chan struct{} // closed when the session has ended
	err     error         // how it ended; read after over
	copying sync.WaitGroup
	once    sync.Once
}

// Open connects, logs in and starts a shell. Connecting and logging in take at most as long as ctx.
func Open(ctx context.Context, c Call) (*Terminal, error) {
	conn, client, err := connect(ctx, c)
	if err != nil {
		return nil, err
	}
	t := &Terminal{
		conn: conn, client: client,
		screen:  vt.NewSafeEmulator(orElse(c.Width, 80), orElse(c.Height, 24)),
		changed: make(chan struct{}), over: make(chan struct{}),
	}
	if err := t.start(c); err != nil {
		return nil, errors.Join(fmt.Errorf("open a session at %s: %w", c.Addr, err), client.Close())
	}
	return t, nil
}

func orElse(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

func connect(ctx context.Context, c Call) (net.Conn, *gossh.Client, error) {
	dialer := net.Dialer{LocalAddr: c.From}
	conn, err := dialer.DialContext(ctx, "tcp", c.Addr)
	if err != nil {
		return nil, nil, err
	}
	if c.HostKey == nil {
		c.HostKey = gossh.InsecureIgnoreHostKey()
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	sc, chans, reqs, err := gossh.NewClientConn(conn, c.Addr, &gossh.ClientConfig{
		User: c.User, Auth: c.Auth, HostKeyCallback: c.HostKey,
	})
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("log in at %s as %s: %w", c.Addr, c.User, err), conn.Close())
	}
	return conn, gossh.NewClient(sc, chans, reqs), nil
}

func (t *Terminal) start(c Call) (err error) {
	if t.session, err = t.client.NewSession(); err != nil {
		return err
	}
	for name, value := range c.Env {
		_ = t.session.Setenv(name, value)
	}
	pipe, err := t.session.StdinPipe()
	if err != nil {
		return err
	}
	t.stdin.pipe = pipe
	t.session.Stdout, t.session.Stderr = t, t
	if c.Term == "" {
		c.Term = "xterm-256color"
	}
	if err := t.session.RequestPty(c.Term, t.screen.Height(), t.screen.Width(), gossh.TerminalModes{}); err != nil {
		return err
	}
	if err := t.session.Shell(); err != nil {
		return err
	}
	t.copying.Go(t.answer)
	t.copying.Go(func() {
		t.err = t.session.Wait()
		close(t.over)
	})
	return nil
}

// answer sends keys, and the terminal's answers to questions. It goes on taking them when nobody listens any
// more: the emulator holds its lock until they are taken.
func (t *Terminal) answer() {
	buf := make([]byte, 4<<10)
	for {
		n, err := t.screen.Read(buf)
		if err != nil {
			return
		}
		_, _ = t.stdin.Write(buf[:n])
	}
}

// Write takes in what the server sends; the SSH session calls it.
func (t *Terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	if t.raw = append(t.raw, p...); len(t.raw) > maxRaw {
		t.raw = append([]byte(nil), t.raw[len(t.raw)-maxRaw/2:]...)
	}
	t.mu.Unlock()
	n, err := t.screen.Write(p)
	t.mu.Lock()
	close(t.changed)
	t.changed = make(chan struct{})
	t.mu.Unlock()
	return n, err
}

// Type types text as a keyboard does, key by key for the program.
func (t *Terminal) Type(text string) { t.screen.SendText(text) }

// Paste pastes text; in brackets, when the program asked for them.
func (t *Terminal) Paste(text string) { t.screen.Paste(text) }

// escGap is how long nothing follows an Escape: with the next key close behind it would be read as Alt and
// that key, as on any terminal.
const escGap = 80 * time.Millisecond

// Press presses keys by name: "enter", "down", "f1", "esc", "shift+tab", "ctrl+p", "a".
func (t *Terminal) Press(keys ...string) error {
	for _, name := range keys {
		key, err := keyNamed(name)
		if err != nil {
			return err
		}
		t.screen.SendKey(key)
		if key.Code == uv.KeyEscape {
			time.Sleep(escGap)
		}
	}
	return nil
}

// Send sends bytes as they are, past the terminal: for what no keyboard sends.
func (t *Terminal) Send(p []byte) error {
	_, err := t.stdin.Write(p)
	return err
}

// CloseInput tells the server that nothing more is typed, as ssh does at the end of its standard input.
func (t *Terminal) CloseInput() { _ = t.stdin.Close() }

// WaitFor waits until the screen shows words, or tells after within what it shows instead.
func (t *Terminal) WaitFor(words string, within time.Duration) error {
	return t.Wait(func(screen string) bool { return strings.Contains(screen, words) }, within, words)
}

// Wait waits until the screen is as seen wants it; what names that in the error.
func (t *Terminal) Wait(seen func(screen string) bool, within time.Duration, what string) error {
	late := time.After(within)
	for {
		t.mu.Lock()
		changed := t.changed
		t.mu.Unlock()
		if seen(t.Screen()) {
			return nil
		}
		select {
		case <-changed:
		case <-t.over: // all of its output has been written by now
			if seen(t.Screen()) {
				return nil
			}
			return fmt.Errorf("waited for %q, but the session ended; the screen:\n%s", what, t.Screen())
		case <-late:
			return fmt.Errorf("waited %v for %q; the screen:\n%s", within, what, t.Screen())
		}
	}
}

// Screen is what the person sees: plain text, lines without trailing space.
func (t *Terminal) Screen() string {
	lines := strings.Split(ansi.Strip(t.screen.Render()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// Render is what the person sees with its colours, as lines with escape sequences.
func (t *Terminal) Render() string { return t.screen.Render() }

// Raw is the stream as it came, escape sequences and all: its last few megabytes.
func (t *Terminal) Raw() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]byte(nil), t.raw...)
}

// Changed gives a channel that is closed at the next change of the screen.
func (t *Terminal) Changed() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.changed
}

// Resize changes the size of the window, in cells.
func (t *Terminal) Resize(width, height int) error {
	t.screen.Resize(width, height)
	return t.session.WindowChange(height, width)
}

// Over is closed when the session has ended.
func (t *Terminal) Over() <-chan struct{} { return t.over }

// Ended waits until the session has ended and tells how: nil for exit code 0.
func (t *Terminal) Ended(within time.Duration) error {
	select {
	case <-t.over:
		return t.err
	case <-time.After(within):
		return fmt.Errorf("the session is still open after %v; the screen:\n%s", within, t.Screen())
	}
}

// Client is the SSH connection underneath.
func (t *Terminal) Client() *gossh.Client { return t.client }

// Session is the SSH session underneath.
func (t *Terminal) Session() *gossh.Session { return t.session }

// Cut kills the TCP connection without a goodbye, as a pulled cable does once somebody sends again.
func (t *Terminal) Cut() {
	if tcp, ok := t.conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = t.conn.Close()
}

// Close ends the visit and waits until nothing of it runs any more. It may be called often.
func (t *Terminal) Close() {
	t.once.Do(func() {
		_ = t.client.Close()
		_ = t.conn.Close()
		if pipe, ok := t.screen.InputPipe().(io.Closer); ok {
			_ = pipe.Close() // and not screen.Close, which writes a flag that its Read reads
		}
		t.copying.Wait()
		_ = t.client.Wait()
	})
}

var keyNames = map[string]rune{
	"enter": uv.KeyEnter, "esc": uv.KeyEscape, "tab": uv.KeyTab, "space": uv.KeySpace,
	"backspace": uv.KeyBackspace, "delete": uv.KeyDelete, "insert": uv.KeyInsert,
	"up": uv.KeyUp, "down": uv.KeyDown, "left": uv.KeyLeft, "right": uv.KeyRight,
	"home": uv.KeyHome, "end": uv.KeyEnd, "pgup": uv.KeyPgUp, "pgdown": uv.KeyPgDown,
	"f1": uv.KeyF1, "f2": uv.KeyF2, "f3": uv.KeyF3, "f4": uv.KeyF4, "f5": uv.KeyF5, "f6": uv.KeyF6,
	"f7": uv.KeyF7, "f8": uv.KeyF8, "f9": uv.KeyF9, "f10": uv.KeyF10, "f11": uv.KeyF11, "f12": uv.KeyF12,
}

var modNames = map[string]uv.KeyMod{"ctrl": uv.ModCtrl, "alt": uv.ModAlt, "shift": uv.ModShift}

func keyNamed(name string) (uv.KeyPressEvent, error) {
	key := uv.KeyPressEvent{}
	rest := name
	for {
		mod, after, found := strings.Cut(rest, "+")
		if !found || after == "" || modNames[mod] == 0 {
			break
		}
		key.Mod |= modNames[mod]
		rest = after
	}
	if code, ok := keyNames[rest]; ok {
		key.Code = code
		return key, nil
	}
	runes := []rune(rest)
	if len(runes) != 1 {
		return key, fmt.Errorf("no key is called %q", name)
	}
	key.Code = runes[0]
	return key, nil
}
