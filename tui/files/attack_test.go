package files

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"digibrug/data/datatest"
	"digibrug/tui/server"

	gossh "golang.org/x/crypto/ssh"
)

// wire is an SFTP client that sends what it is told, packet by packet.
type wire struct {
	t    *testing.T
	in   io.Writer
	out  io.Reader
	next uint32
}

func (h *house) wire(login string) *wire {
	h.t.Helper()
	s, err := h.client(login).NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = s.Close() })
	in, _ := s.StdinPipe()
	out, _ := s.StdoutPipe()
	if err := s.RequestSubsystem("sftp"); err != nil {
		h.t.Fatal(err)
	}
	w := &wire{t: h.t, in: in, out: out, next: 100}
	w.send([]byte{fxInit, 0, 0, 0, 3})
	if kind, _ := w.receive(); kind != 2 {
		h.t.Fatalf("version: packet of type %d", kind)
	}
	return w
}

func (w *wire) send(body []byte) {
	w.t.Helper()
	if _, err := w.in.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), body...)); err != nil {
		w.t.Fatal(err)
	}
}

// receive gives the type of a packet and what stands behind its number; type 0 when the session has ended.
func (w *wire) receive() (kind byte, rest []byte) {
	w.t.Helper()
	var head [5]byte
	if _, err := io.ReadFull(w.out, head[:]); err != nil {
		return 0, nil
	}
	body := make([]byte, binary.BigEndian.Uint32(head[:])-1)
	if _, err := io.ReadFull(w.out, body); err != nil {
		w.t.Fatal(err)
	}
	if head[4] == 2 {
		return 2, body
	}
	if id := binary.BigEndian.Uint32(body); id != w.next {
		w.t.Fatalf("answer to %d, want %d", id, w.next)
	}
	return head[4], body[4:]
}

func str(s string) []byte { return append(binary.BigEndian.AppendUint32(nil, uint32(len(s))), s...) }
func u32(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }
func u64(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// ask sends a request and gives the answer.
func (w *wire) ask(kind byte, parts ...[]byte) (byte, []byte) {
	w.t.Helper()
	w.next++
	w.send(slices.Concat(append([][]byte{{kind}, u32(w.next)}, parts...)...))
	return w.receive()
}

// status is ask for a request that must be answered with a status: its code, or an error.
func (w *wire) status(kind byte, parts ...[]byte) (uint32, string) {
	w.t.Helper()
	got, rest := w.ask(kind, parts...)
	if got != 101 {
		return 0, fmt.Sprintf("packet of type %d", got)
	}
	n := binary.BigEndian.Uint32(rest[4:])
	return binary.BigEndian.Uint32(rest), string(rest[8 : 8+n])
}

// handle opens a file (3) or a folder (11).
func (w *wire) handle(kind byte, path string) []byte {
	w.t.Helper()
	parts := [][]byte{str(path)}
	if kind == 3 {
		parts = append(parts, u32(1), u32(0)) // for reading, no attributes
	}
	got, rest := w.ask(kind, parts...)
	if got != 102 {
		w.t.Fatalf("open %s: packet of type %d %q", path, got, rest)
	}
	return rest
}

// Codes of SFTP.
const (
	codeEOF         = 1
	codeNoFile      = 2
	codeDenied      = 3
	codeFailure     = 4
	codeUnsupported = 8
)

// Every packet that would change something gets a refusal, and changes nothing.
func TestNothingCanBeChanged(t *testing.T) {
	h := open(t)
	w := h.wire("ivo.ict")
	before := readme(w)
	file, dir := w.handle(3, "/LEESMIJ.txt"), w.handle(11, "/lijsten")
	extended := func(name string, parts ...[]byte) [][]byte { return append([][]byte{str(name)}, parts...) }
	for _, c := range []struct {
		what  string
		kind  byte
		parts [][]byte
		want  uint32
	}{
		{"open for writing", 3, [][]byte{str("/brieven/x"), u32(2), u32(0)}, codeDenied},
		{"open for appending", 3, [][]byte{str("/LEESMIJ.txt"), u32(4), u32(0)}, codeDenied},
		{"open and make", 3, [][]byte{str("/nieuw"), u32(8), u32(0)}, codeDenied},
		{"open and empty", 3, [][]byte{str("/LEESMIJ.txt"), u32(1 | 16), u32(0)}, codeDenied},
		{"open for both", 3, [][]byte{str("/LEESMIJ.txt"), u32(1 | 2), u32(0)}, codeDenied},
		{"open exclusively", 3, [][]byte{str("/LEESMIJ.txt"), u32(1 | 2 | 8 | 32), u32(0)}, codeDenied},
		{"open for nothing", 3, [][]byte{str("/LEESMIJ.txt"), u32(0), u32(0)}, codeFailure},
		{"write into an open file", fxWrite, [][]byte{file, u64(0), str("weg")}, codeDenied},
		{"write behind an open file", fxWrite, [][]byte{file, u64(1 << 62), str(strings.Repeat("x", 32<<10))}, codeDenied},
		{"write into a folder", fxWrite, [][]byte{dir, u64(0), str("weg")}, codeDenied},
		{"write into nothing", fxWrite, [][]byte{str("77"), u64(0), str("weg")}, codeFailure},
		{"setstat", 9, [][]byte{str("/LEESMIJ.txt"), u32(4), u32(0o777)}, codeDenied},
		{"setstat size", 9, [][]byte{str("/LEESMIJ.txt"), u32(1), u64(0)}, codeDenied},
		{"setstat of nothing", 9, [][]byte{str("/../../etc/passwd"), u32(4), u32(0o777)}, codeDenied},
		{"fsetstat", fxFsetstat, [][]byte{file, u32(1), u64(0)}, codeDenied},
		{"fsetstat of a folder", fxFsetstat, [][]byte{dir, u32(4), u32(0o777)}, codeDenied},
		{"remove", 13, [][]byte{str("/LEESMIJ.txt")}, codeDenied},
		{"mkdir", 14, [][]byte{str("/brieven/nieuw"), u32(0)}, codeDenied},
		{"rmdir", 15, [][]byte{str("/brieven")}, codeDenied},
		{"rename", 18, [][]byte{str("/LEESMIJ.txt"), str("/brieven/LEES")}, codeDenied},
		{"symlink", 20, [][]byte{str("/etc/passwd"), str("/brieven/l")}, codeDenied},
		{"posix-rename", fxExtended, extended("posix-rename@openssh.com", str("/LEESMIJ.txt"), str("/x")), codeDenied},
		{"hardlink", fxExtended, extended("hardlink@openssh.com", str("/LEESMIJ.txt"), str("/x")), codeDenied},
		{"statvfs", fxExtended, extended("statvfs@openssh.com", str("/")), codeUnsupported},
		{"fsync", fxExtended, extended("fsync@openssh.com", file), codeUnsupported},
		{"lsetstat", fxExtended, extended("lsetstat@openssh.com", str("/LEESMIJ.txt"), u32(0)), codeUnsupported},
		{"copy-data", fxExtended, extended("copy-data", file, u64(0), u64(9), file, u64(0)), codeUnsupported},
		{"expand-path", fxExtended, extended("expand-path@openssh.com", str("~root")), codeUnsupported},
		{"an extension of nobody", fxExtended, extended("x"), codeUnsupported},
		{"link of a later version", 21, [][]byte{str("/a"), str("/b"), {1}}, codeUnsupported},
		{"block of a later version", 22, [][]byte{file, u64(0), u64(9), u32(1)}, codeUnsupported},
		{"a type of nobody", 99, nil, codeUnsupported},
		{"an answer as a request", 102, [][]byte{str("1")}, codeUnsupported},
	} {
		got, text := w.status(c.kind, c.parts...)
		if got != c.want {
			t.Errorf("%s: status %d %q, want %d", c.what, got, text, c.want)
		}
		if c.want == codeDenied && !strings.Contains(text, "niets gewijzigd") {
			t.Errorf("%s: says %q", c.what, text)
		}
	}
	if after := readme(w); after != before {
		t.Errorf("the file has become %q", after)
	}
	if got := walk(t, h.sftp("ivo.ict"), "/brieven"); len(got) != 0 {
		t.Errorf("/brieven has %v", got)
	}
}

// readme reads the file packet by packet.
func readme(w *wire) string {
	w.t.Helper()
	file := w.handle(3, "/LEESMIJ.txt")
	kind, rest := w.ask(5, file, u64(0), u32(32<<10))
	if kind != 103 {
		w.t.Fatalf("read: packet of type %d", kind)
	}
	if code, _ := w.status(5, file, u64(1<<40), u32(10)); code != codeEOF {
		w.t.Errorf("read behind the end: status %d", code)
	}
	if code, _ := w.status(5, file, u64(1<<63), u32(10)); code != codeFailure {
		w.t.Errorf("read at a negative place: status %d", code)
	}
	if code, text := w.status(4, file); code != 0 {
		w.t.Errorf("close: status %d %q", code, text)
	}
	if code, _ := w.status(4, file); code == 0 {
		w.t.Error("closed twice")
	}
	return string(rest[4:])
}

// Paths that would lead out of the tree, or mean something to somebody else, lead nowhere.
func TestPathsLeadNowhere(t *testing.T) {
	h := open(t)
	h.letters.add(h.Identity("bert.maes").AccountID, "l2", "geheim.pdf", "%PDF")
	w := h.wire("an.peeters") // may have no list at all
	paths := []string{"/etc/passwd", "../../../../etc/passwd", "/lijsten/../../../../etc/passwd", "/brieven/../../digibrug.db", "digibrug-data/host_ed25519",
		"//etc//passwd", "/./../etc/passwd", "~", "~root", "/~/.ssh/authorized_keys", "C:\\Windows\\win.ini", "\\\\server\\share", "/proc/self/environ",
		"/lijsten/accounts.csv", "/lijsten/audit.json", "/lijsten/groups", "/lijsten/groups/x.csv", "/lijsten/accounts.csv/..x", "/lijsten/accounts.CSV", "/LIJSTEN",
		"/brieven/geheim.pdf", "/brieven/l2", "/brieven/*", "/brieven/geheim.pdf/", "/lijsten/groups/../accounts.csv", "/brieven/..\\geheim.pdf", "/%2e%2e/etc/passwd",
		"/LEESMIJ.txt/x", "/LEESMIJ.txt\x00.csv", "/brieven/\x00", "/\xff\xfe", "/\u202e", strings.Repeat("/a", 600), "/" + strings.Repeat("a", 200_000)}
	for _, p := range paths {
		for kind, parts := range map[byte][][]byte{
			3:  {str(p), u32(1), u32(0)}, // open
			7:  {str(p)},                 // lstat
			11: {str(p)},                 // opendir
			17: {str(p)},                 // stat
			19: {str(p)},                 // readlink
		} {
			if got, text := w.status(kind, parts...); got != codeNoFile {
				t.Errorf("%.40q by packet %d: status %d %q, want no such file", p, kind, got, text)
			}
		}
		kind, rest := w.ask(16, str(p)) // realpath: names a path, says nothing of it
		if kind == 104 {
			name := string(rest[8 : 8+binary.BigEndian.Uint32(rest[4:])])
			if !strings.HasPrefix(name, "/") || strings.Contains(name+"/", "/../") {
				t.Errorf("realpath of %.40q is %q", p, name)
			}
		} else if len(p) <= maxPath && !strings.Contains(p, "\x00") {
			t.Errorf("realpath of %.40q: packet of type %d", p, kind)
		}
	}
	if code, _ := w.status(19, str("/LEESMIJ.txt")); code != codeFailure {
		t.Errorf("readlink of a file: status %d", code)
	}
	if code, _ := w.status(3, str("/lijsten"), u32(1), u32(0)); code != codeFailure {
		t.Errorf("a folder opened as a file: status %d", code)
	}
	if code, _ := w.status(11, str("/LEESMIJ.txt")); code != codeNoFile {
		t.Errorf("a file opened as a folder: status %d", code)
	}
	if kind, rest := w.ask(16, str(".")); kind != 104 || !bytes.Contains(rest, []byte("/")) {
		t.Errorf("realpath of the folder one starts in: %d %q", kind, rest)
	}
	if got := h.audited(); len(got) != 0 {
		t.Errorf("audited %v", got)
	}
}

// A visit holds so many files and no more, and gives back what it closes.
func TestHandles(t *testing.T) {
	h := open(t)
	w := h.wire("ivo.ict")
	var all [][]byte
	for range maxHandles / 2 {
		all = append(all, w.handle(3, "/LEESMIJ.txt"), w.handle(11, "/lijsten"))
	}
	for _, parts := range [][][]byte{{{3}, str("/LEESMIJ.txt"), u32(1), u32(0)}, {{11}, str("/")}} {
		if code, text := w.status(parts[0][0], parts[1:]...); code != codeFailure || !strings.Contains(text, "te veel bestanden") {
			t.Errorf("one handle too many: status %d %q", code, text)
		}
	}
	for _, handle := range all {
		if code, text := w.status(4, handle); code != 0 {
			t.Errorf("close: %d %q", code, text)
		}
	}
	for range maxHandles {
		w.handle(3, "/LEESMIJ.txt")
	}
}

// Packets that are cut short, of no length or of any length end that session and nothing else.
func TestBrokenPackets(t *testing.T) {
	h := open(t)
	for name, bytes := range map[string][]byte{
		"of length 0": {0, 0, 0, 0}, "of 4 GB": {255, 255, 255, 255, 3}, "cut short": {0, 0, 0, 5, 3, 0, 0, 0, 1}, "write without a handle": {0, 0, 0, 5, fxWrite, 0, 0, 0, 1},
		"a handle longer than its packet": append([]byte{0, 0, 0, 9, fxWrite, 0, 0, 0, 1}, 255, 255, 255, 255), "no number": {0, 0, 0, 1, 99},
		"an extension cut short": append([]byte{0, 0, 0, 33, fxExtended, 0, 0, 0, 1}, str("posix-rename@openssh.com")...),
	} {
		w := h.wire("an.peeters")
		if _, err := w.in.Write(bytes); err != nil {
			t.Fatal(err)
		}
		if kind, rest := w.receive(); kind != 0 {
			t.Errorf("a packet %s: answer %d %q", name, kind, rest)
		}
	}
	h.sftp("an.peeters") // others go on
}

// FuzzPackets sends anything to the library behind the sieve: it may hang up, never panic.
func FuzzPackets(f *testing.F) {
	f.Add(slices.Concat([]byte{0, 0, 0, 5, fxInit, 0, 0, 0, 3}, []byte{0, 0, 0, 10, 17, 0, 0, 0, 1}, str("/")))
	f.Add(slices.Concat([]byte{0, 0, 0, 18, 3, 0, 0, 0, 1}, str("/"), u32(1), u32(0)))
	f.Add(slices.Concat([]byte{0, 0, 0, 10, 11, 0, 0, 0, 1}, str("/"), []byte{0, 0, 0, 10, 12, 0, 0, 0, 2}, str("1"), []byte{0, 0, 0, 10, 4, 0, 0, 0, 3}, str("1")))
	f.Add(slices.Concat([]byte{0, 0, 0, 9, 99, 0, 0, 0, 1}, u32(0)))
	f.Add(slices.Concat([]byte{0, 0, 0, 22, 5, 0, 0, 0, 2}, str("1"), u64(0), u32(9)))
	town := datatest.NewTown(f, datatest.Open(f, datatest.SQLite(f)))
	ivo := town.Identity("ivo.ict")
	f.Fuzz(func(t *testing.T, packets []byte) { serveBytes(t, town, ivo, packets) })
}

// No client gets more than sessions and nothing out of the rest of what SSH has.
func TestRefused(t *testing.T) {
	h := open(t, limits(func(l *server.Limits) { l.SessionsPerConn = 20 }))
	c := h.client("ivo.ict")
	name := func(s string) []byte { return gossh.Marshal(struct{ V string }{s}) }
	for kind, payload := range map[string][]byte{
		"subsystem": name("netconf"), "eow@openssh.com": nil, "xon-xoff": {0}, "exit-status": u32(0), "pty-req": gossh.Marshal(struct {
			Term       string
			W, H, X, Y uint32
			Modes      string
		}{"xterm", 65535, 65535, 0, 0, ""}),
		"env":                        gossh.Marshal(struct{ A, B string }{"LD_PRELOAD", "/tmp/x.so"}),
		"auth-agent-req@openssh.com": nil, "x11-req": gossh.Marshal(struct {
			Single        bool
			Proto, Cookie string
			Screen        uint32
		}{false, "MIT-MAGIC-COOKIE-1", "00", 0}),
		"signal": name("KILL"), "break": u32(500), "window-change": gossh.Marshal(struct{ W, H, X, Y uint32 }{10, 10, 0, 0}),
		"unknown@example.com": []byte("x"),
	} {
		ch, reqs, err := c.OpenChannel("session", nil)
		if err != nil {
			t.Fatal(err)
		}
		go gossh.DiscardRequests(reqs)
		if ok, err := ch.SendRequest(kind, true, payload); ok || err != nil {
			t.Errorf("request %s: answered %v, %v; want false", kind, ok, err)
		}
		_ = ch.Close()
	}
}

// Forwarding of every kind is refused, whoever asks.
func TestNoForwarding(t *testing.T) {
	h := open(t)
	c := h.client("ivo.ict")
	for _, kind := range []string{"direct-tcpip", "forwarded-tcpip", "direct-streamlocal@openssh.com", "tun@openssh.com", "auth-agent@openssh.com", "x11", "unknown"} {
		payload := gossh.Marshal(struct {
			Host string
			Port uint32
			From string
			At   uint32
		}{"127.0.0.1", 22, "127.0.0.1", 1})
		if ch, _, err := c.OpenChannel(kind, payload); err == nil {
			t.Errorf("channel %s was opened", kind)
			_ = ch.Close()
		}
	}
	for _, kind := range []string{"tcpip-forward", "cancel-tcpip-forward", "streamlocal-forward@openssh.com", "no-more-sessions@openssh.com",
		"hostkeys-prove-00@openssh.com", "unknown", "keepalive@openssh.com"} {
		payload := gossh.Marshal(struct {
			Host string
			Port uint32
		}{"0.0.0.0", 0})
		if ok, _, err := c.SendRequest(kind, true, payload); ok || err != nil {
			t.Errorf("global request %s: answered %v, %v; want false", kind, ok, err)
		}
	}
}
