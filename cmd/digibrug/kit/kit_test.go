package kit

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// door is a door with a key that is always the same.
func door(t testing.TB, port string, seed byte) Door {
	t.Helper()
	key, err := gossh.NewPublicKey(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)).Public())
	if err != nil {
		t.Fatal(err)
	}
	return Door{Port: port, Key: key}
}

// counter is the kit of a PC at the counter.
func counter(t testing.TB, s System) Kit {
	t.Helper()
	at := `C:\ProgramData\digibrug`
	if s == Linux {
		at = "/opt/digi brug"
	}
	return Kit{System: s, Hosts: []string{"digibrug.zandwerve.example", "192.0.2.10"}, At: at, Screens: door(t, "2222", 1), Files: door(t, "2223", 2), Help: "ICT-dienst, 051 12 34 56"}
}

func kiosk(t testing.TB, s System) Kit {
	t.Helper()
	k := counter(t, s)
	k.Kiosk, k.KioskAt, k.Login, k.Files = "bib-1", door(t, "2224", 1), "an.peeters", Door{}
	block, err := gossh.MarshalPrivateKey(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, ed25519.SeedSize)), "kiosk-bib-1")
	if err != nil {
		t.Fatal(err)
	}
	k.KioskKey = pem.EncodeToMemory(block)
	return k
}

func files(t testing.TB, k Kit) map[string]File {
	t.Helper()
	all, err := k.Make()
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]File{}
	for _, f := range all {
		named[f.Name] = f
	}
	if len(named) != len(all) {
		t.Errorf("two files of one name among %d", len(all))
	}
	return named
}

// TestFiles compares everything that a kit holds with what somebody has read: on Windows nobody could try it here.
func TestFiles(t *testing.T) {
	for name, k := range map[string]Kit{"windows": counter(t, Windows), "linux": counter(t, Linux), "windows kiosk": kiosk(t, Windows), "linux kiosk": kiosk(t, Linux)} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			for _, file := range listed(t, k) {
				end := "\n"
				if k.System == Windows && file.Name != "windows-terminal.json" && file.Mode != secret {
					end = "\r\n"
				}
				body := strings.ReplaceAll(string(file.Body), end, "\n")
				if strings.Contains(body, "\r") || !strings.HasSuffix(body, "\n") {
					t.Errorf("%s has other ends of lines than %q", file.Name, end)
				}
				if file.Mode == secret {
					body = "(a secret key)\n"
				}
				fmt.Fprintf(&out, "=== %s %o\n%s", file.Name, file.Mode, body)
			}
			screentest.Text(t, out.String())
		})
	}
}

func listed(t testing.TB, k Kit) []File {
	t.Helper()
	all, err := k.Make()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The keys of all doors are known under every name of the server, and no other keys are.
func TestKnownHosts(t *testing.T) {
	k := kiosk(t, Linux)
	k.Files = door(t, "22", 2)
	k.Hosts = append(k.Hosts, "2001:db8::7", "DIGIBRUG")
	path := filepath.Join(t.TempDir(), "known")
	if err := os.WriteFile(path, files(t, k)[KnownName].Body, 0o600); err != nil {
		t.Fatal(err)
	}
	knows, err := knownhosts.New(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []Door{k.Screens, k.Files, k.KioskAt} {
		for _, h := range k.Hosts {
			at := net.JoinHostPort(strings.ToLower(h), d.Port)
			if err := knows(at, &net.TCPAddr{}, d.Key); err != nil {
				t.Errorf("the key of %s: %v", at, err)
			}
			if err := knows(at, &net.TCPAddr{}, door(t, "1", 9).Key); err == nil {
				t.Errorf("another key of %s is known", at)
			}
		}
	}
	if err := knows("digibrug.zandwerve.example:2299", &net.TCPAddr{}, k.Screens.Key); err == nil {
		t.Error("a port of nobody is known")
	}
}

// TestPuttyKey wants the point of the key: y as it is, x of the right parity, on the curve of RFC 8032.
func TestPuttyKey(t *testing.T) {
	base := append([]byte{0x58}, bytes.Repeat([]byte{0x66}, 31)...) // RFC 8032, 5.1: the point B
	const want = "0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a,0x6666666666666666666666666666666666666666666666666666666666666658"
	if got, err := puttyKey(rawKey(t, base)); err != nil || got != want {
		t.Errorf("the base point is %s, %v; want %s", got, err, want)
	}
	for seed := range 64 {
		key := door(t, "1", byte(seed)).Key
		onCurve(t, key)
	}
	for name, bad := range map[string][]byte{
		"not on the curve": append([]byte{2}, make([]byte, 31)...), "y is the prime": append([]byte{0xed}, append(bytes.Repeat([]byte{0xff}, 30), 0x7f)...),
		"too short": make([]byte, 31), "too long": make([]byte, 33),
	} {
		if got, err := puttyKey(oddKey(bad)); err == nil {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// rawKey is an ed25519 key of these bytes.
func rawKey(t testing.TB, raw []byte) gossh.PublicKey {
	t.Helper()
	key, err := gossh.NewPublicKey(ed25519.PublicKey(raw))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// oddKey is a key of any length.
type oddKey []byte

func (oddKey) Type() string { return gossh.KeyAlgoED25519 }
func (k oddKey) Marshal() []byte {
	return gossh.Marshal(struct {
		Name string
		Raw  []byte
	}{gossh.KeyAlgoED25519, k})
}
func (oddKey) Verify([]byte, *gossh.Signature) error { return nil }

func onCurve(t testing.TB, key gossh.PublicKey) {
	t.Helper()
	text, err := puttyKey(key)
	if err != nil {
		t.Errorf("%s: %v", gossh.FingerprintSHA256(key), err)
		return
	}
	var x, y big.Int
	if n, err := fmt.Sscanf(text, "0x%x,0x%x", &x, &y); n != 2 || err != nil || fmt.Sprintf("0x%x,0x%x", &x, &y) != text {
		t.Fatalf("%s is no point: %v", text, err)
	}
	mul := func(a, b *big.Int) *big.Int { c := new(big.Int).Mul(a, b); return c.Mod(c, prime) }
	left := new(big.Int).Sub(mul(&y, &y), mul(&x, &x))
	right := new(big.Int).Add(one, mul(curveD, mul(mul(&x, &x), mul(&y, &y))))
	if left.Sub(left, right).Mod(left, prime).Sign() != 0 {
		t.Errorf("%s is not on the curve", text)
	}
	back := y.FillBytes(make([]byte, 32)) // RFC 8032, 5.1.2: encoding a point gives the key
	slices.Reverse(back)
	back[31] |= byte(x.Bit(0)) << 7
	if !bytes.Equal(rawKey(t, back).Marshal(), key.Marshal()) {
		t.Errorf("%s is the point of another key", text)
	}
}

func FuzzPuttyKey(f *testing.F) {
	f.Add(bytes.Repeat([]byte{0x66}, 32))
	f.Add(make([]byte, 32))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := puttyKey(oddKey(raw)); err == nil {
			onCurve(t, oddKey(raw))
		}
	})
}

// What would mean something to a shell or to ssh is no part of a kit.
func TestMakeRefuses(t *testing.T) {
	for name, change := range map[string]func(*Kit){
		"no host": func(k *Kit) { k.Hosts = nil }, "an option as a host": func(k *Kit) { k.Hosts = []string{"-oProxyCommand=x"} }, "two words as a host": func(k *Kit) { k.Hosts[1] = "a b" },
		"a line end in a host": func(k *Kit) { k.Hosts[0] = "a\nProxyCommand x" }, "no port": func(k *Kit) { k.Screens.Port = "" }, "a word as a port": func(k *Kit) { k.Screens.Port = "2222 x" },
		"no key": func(k *Kit) { k.Screens.Key = nil }, "half a door": func(k *Kit) { k.Files.Key = nil }, "no path": func(k *Kit) { k.At = "" }, "half a path": func(k *Kit) { k.At = "digibrug" },
		"a quote in a path": func(k *Kit) { k.At += `"` }, "a variable in a path": func(k *Kit) { k.At = "/$HOME" }, "a sign of ssh in a path": func(k *Kit) { k.At = "/opt/%h" }, "a step up": func(k *Kit) { k.At = "/opt//x" },
		"a path of the other system": func(k *Kit) { k.At = `C:\digibrug` }, "an option as a name": func(k *Kit) { k.Login = "-x" }, "a quote in a name": func(k *Kit) { k.Login = `a"b` },
		"a kiosk without a door": func(k *Kit) { k.Kiosk = "bib" }, "a key of no kiosk": func(k *Kit) { k.KioskKey = []byte("x") }, "a path as a kiosk": func(k *Kit) { k.Kiosk, k.KioskAt = "../x", k.Screens },
		"another system": func(k *Kit) { k.System = "amiga" },
	} {
		k := counter(t, Linux)
		change(&k)
		if all, err := k.Make(); err == nil {
			t.Errorf("%s: %d files", name, len(all))
		}
	}
}

// Whatever somebody wrote as whom to call, it stays text in a script.
func TestHelpIsOnlyText(t *testing.T) {
	const evil = "ICT' ; rm -rf ~ #\" & calc | more > x < y ^ %PATH% !naam! $(id) `id` \\ ) ( \x1b[2J\r\nexit"
	for _, s := range []System{Windows, Linux} {
		k := counter(t, s)
		k.Help = evil
		for name, f := range files(t, k) {
			plain := counter(t, s)
			plain.Help = strings.TrimSpace(unquoted(evil))
			if want := files(t, plain)[name]; len(bytes.Split(f.Body, []byte("\n"))) != len(bytes.Split(want.Body, []byte("\n"))) || bytes.Contains(f.Body, []byte("ICT'")) {
				t.Errorf("%s has\n%s", name, f.Body)
			}
			if i := bytes.Index(f.Body, []byte("rm -rf")); i >= 0 && bytes.ContainsAny(f.Body[i:i+40], "#'\"&|<>^%!$`\\()\x1b") {
				t.Errorf("%s has %q", name, f.Body[i:i+40])
			}
		}
	}
}

// No sentence of ours means anything but text to a shell or a batch file.
func TestSentencesAreOnlyText(t *testing.T) {
	for _, s := range []System{Windows, Linux} {
		for name, f := range files(t, kiosk(t, s)) {
			for line := range strings.Lines(string(f.Body)) {
				line = strings.TrimSpace(line)
				text, ok := strings.CutPrefix(line, "echo ")
				if !ok || !strings.HasSuffix(name, ".cmd") {
					continue
				}
				if strings.ContainsAny(text, `'"&|<>^%!()`) {
					t.Errorf("%s: %q", name, line)
				}
			}
		}
	}
}

func TestScriptsCanBeRead(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh")
	}
	for _, k := range []Kit{counter(t, Linux), kiosk(t, Linux)} {
		for name, f := range files(t, k) {
			if !strings.HasSuffix(name, ".sh") {
				continue
			}
			cmd := exec.Command("sh", "-n")
			cmd.Stdin = bytes.NewReader(f.Body)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v: %s", name, err, out)
			}
			if f.Mode != program {
				t.Errorf("%s can't be run: mode %o", name, f.Mode)
			}
		}
	}
}

func TestTerminalIsJSON(t *testing.T) {
	var doc struct{ Profiles []map[string]any }
	if err := json.Unmarshal(files(t, kiosk(t, Windows))["windows-terminal.json"].Body, &doc); err != nil || len(doc.Profiles) != 2 {
		t.Errorf("%d profiles, %v", len(doc.Profiles), err)
	}
	if got := doc.Profiles[0]["commandline"]; got != `"C:\ProgramData\digibrug\digibrug.cmd"` {
		t.Errorf("runs %v", got)
	}
}

func TestGoodPath(t *testing.T) {
	for path, want := range map[string]System{
		`C:\ProgramData\digibrug`: Windows, `D:\Mijn map (2)\é`: Windows, `C:\`: "", `C:digibrug`: "", `\\server\share`: "", `C:\a\..\b"`: "", `C:/a`: "",
		"/opt/digibrug": Linux, "/home/jan maes/x": Linux, "/": "", "opt": "", "/a'b": "", "/a\nb": "", "/a$b": "", "/a%b": "",
	} {
		for _, s := range []System{Windows, Linux} {
			if got := GoodPath(s, path); got != (s == want) {
				t.Errorf("GoodPath(%s, %q) = %v", s, path, got)
			}
		}
	}
}
