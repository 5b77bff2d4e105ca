package server

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

func TestMethods(t *testing.T) {
	h := start(t)
	key := newKey(t)
	h.gate.keys["an"] = key.PublicKey()
	ask := gossh.KeyboardInteractive(func(_, hint string, questions []string, echos []bool) ([]string, error) {
		if len(questions) != 1 || questions[0] != "Wachtwoord: " || echos[0] || !strings.Contains(hint, "Tijdens het typen ziet u niets") {
			t.Errorf("asked %q with hint %q, echo %v", questions, hint, echos)
		}
		return []string{"secret of an"}, nil
	})
	for method, auth := range map[string]gossh.AuthMethod{
		"password": secret("an"), "keyboard-interactive": ask, "publickey": gossh.PublicKeys(key),
	} {
		v := screentest.Dial(t, h.addr, "an", auth)
		v.WaitFor("an via " + method)
	}
}

// T17: whose key was offered, whose name was said first and which method was begun do not matter: the
// identity is that of the attempt that succeeded.
func TestIdentity(t *testing.T) {
	h := start(t)
	an, bo, unknown := newKey(t), newKey(t), newKey(t)
	h.gate.keys["an"], h.gate.keys["bo"] = an.PublicKey(), bo.PublicKey()

	t.Run("offer another's key, then log in as self", func(t *testing.T) {
		// An offers Bo's key, which she can't sign with, and then her own password.
		_, err := h.client("bo", gossh.PublicKeys(forged{bo.PublicKey(), an}))
		if err == nil {
			t.Fatal("somebody logged in with a key that is not theirs")
		}
		v := screentest.Dial(t, h.addr, "an", gossh.PublicKeys(unknown, offered{bo.PublicKey()}, an), secret("an"))
		v.WaitFor("an via")
	})
	t.Run("change of name between attempts", func(t *testing.T) {
		raw := dialRaw(t, h.addr)
		if raw.offer("bo", bo.PublicKey()) != msgPubKeyOK {
			t.Fatal("bo's key was not recognised")
		}
		if got := raw.password("an", "wrong"); got != msgFailure {
			t.Fatalf("a wrong password: message %d", got)
		}
		if got := raw.password("an", "secret of an"); got != msgSuccess {
			t.Fatalf("the right password: message %d", got)
		}
		eventually(t, "an to have entered", func() bool { return len(h.gate.who()) > 0 })
		if id := h.gate.who()[len(h.gate.who())-1]; id.AccountID != "acc-an" || id.Method != "password" {
			t.Errorf("entered as %+v, want an by password", id)
		}
	})
	t.Run("a key goes with its name only", func(t *testing.T) {
		if _, err := h.client("an", gossh.PublicKeys(bo)); err == nil {
			t.Error("bo's key opened an's account")
		}
	})
	t.Run("an identity without an account", func(t *testing.T) {
		if _, err := h.client("nobody", gossh.Password("x")); err == nil {
			t.Error("somebody without an account came in")
		}
	})
	t.Run("no method at all", func(t *testing.T) {
		if _, err := h.client("an"); err == nil {
			t.Error("somebody came in without a proof")
		}
	})
	for _, id := range h.gate.who() {
		if id.AccountID != "acc-an" {
			t.Errorf("entered: %+v, want nobody but an", id)
		}
	}
}

// forged offers one key and signs with another.
type forged struct {
	public gossh.PublicKey
	gossh.Signer
}

func (f forged) PublicKey() gossh.PublicKey { return f.public }

// offered has a key that it can't sign with.
type offered struct{ public gossh.PublicKey }

func (o offered) PublicKey() gossh.PublicKey { return o.public }
func (o offered) Sign(io.Reader, []byte) (*gossh.Signature, error) {
	return nil, errors.New("not my key")
}

// T21: three passwords reach the Gate on one connection, whatever the method.
func TestTries(t *testing.T) {
	h := start(t)
	raw := dialRaw(t, h.addr)
	for range 2 {
		if got := raw.password("an", "wrong"); got != msgFailure {
			t.Fatalf("message %d, want a failure", got)
		}
	}
	raw.interactive("an", "wrong")
	if got := raw.password("an", "secret of an"); got == msgSuccess {
		t.Error("a fourth password was taken")
	}
	eventually(t, "the connection to be cut", func() bool { return raw.closed() })
	if n := h.gate.guessed(); n != 3 {
		t.Errorf("the gate was asked %d times, want 3", n)
	}
}

func TestAnswers(t *testing.T) {
	h := start(t)
	raw := dialRaw(t, h.addr)
	for _, c := range []struct{ login, password string }{
		{"an", strings.Repeat("x", maxAnswer+1)},
		{strings.Repeat("a", maxLogin+1), "x"},
		{"\xff\xfe", "x"},
	} {
		if got := raw.password(c.login, c.password); got != msgFailure {
			t.Errorf("%.20q: message %d, want a failure", c.login, got)
		}
	}
	if n := h.gate.guessed(); n != 0 {
		t.Errorf("the gate was asked %d times, want never", n)
	}
}

// A client that goes while the Gate makes it wait is not waited for.
func TestGoneWhileWaiting(t *testing.T) {
	h := start(t)
	h.gate.delay = 30 * time.Second
	raw := dialRaw(t, h.addr)
	go raw.password("an", "wrong")
	eventually(t, "the gate to be asked", func() bool { return h.gate.guessed() == 1 })
	raw.cut()
	eventually(t, "the attempt to end", func() bool {
		h.gate.mu.Lock()
		defer h.gate.mu.Unlock()
		return len(h.gate.left) == 1
	})
}

func TestKeyTypes(t *testing.T) {
	h := start(t)
	small, _ := rsa.GenerateKey(rand.Reader, 1024)
	large, _ := rsa.GenerateKey(rand.Reader, 2048)
	p256, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	p384, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	p521, _ := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	for name, c := range map[string]struct {
		key  any
		want bool
	}{
		"rsa 1024": {small, false}, "rsa 2048": {large, true}, "p256": {p256, true}, "p384": {p384, true}, "p521": {p521, false},
	} {
		s, err := gossh.NewSignerFromKey(c.key)
		if err != nil {
			t.Fatal(err)
		}
		h.gate.mu.Lock()
		h.gate.keys["an"] = s.PublicKey()
		h.gate.mu.Unlock()
		if _, err := h.client("an", gossh.PublicKeys(s)); (err == nil) != c.want {
			t.Errorf("%s: got %v, want in: %v", name, err, c.want)
		}
	}
	t.Run("rsa with SHA-1", func(t *testing.T) {
		s, _ := gossh.NewSignerFromKey(large)
		h.gate.mu.Lock()
		h.gate.keys["an"] = s.PublicKey()
		h.gate.mu.Unlock()
		old, err := gossh.NewSignerWithAlgorithms(s.(gossh.AlgorithmSigner), []string{gossh.KeyAlgoRSA})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.client("an", gossh.PublicKeys(old)); err == nil {
			t.Error("a SHA-1 signature was taken")
		}
	})
	t.Run("certificate", func(t *testing.T) {
		key, ca := newKey(t), newKey(t)
		cert := &gossh.Certificate{Key: key.PublicKey(), CertType: gossh.UserCert, ValidPrincipals: []string{"an"}, ValidBefore: gossh.CertTimeInfinity}
		if err := cert.SignCert(rand.Reader, ca); err != nil {
			t.Fatal(err)
		}
		s, err := gossh.NewCertSigner(cert, key)
		if err != nil {
			t.Fatal(err)
		}
		h.gate.mu.Lock()
		h.gate.keys["an"] = cert
		h.gate.mu.Unlock()
		if _, err := h.client("an", gossh.PublicKeys(s)); err == nil {
			t.Error("a certificate was taken")
		}
	})
}

// T35: what the server offers is this list, no more: no SHA-1, no CBC, no DSA; strict key exchange against
// Terrapin.
func TestAlgorithms(t *testing.T) {
	h := start(t)
	lists := keyExchangeLists(t, h.addr)
	for i, want := range []string{
		0: "mlkem768x25519-sha256,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,kex-strict-s-v00@openssh.com",
		1: "ssh-ed25519",
		2: "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-ctr,aes256-ctr",
		3: "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-ctr,aes256-ctr",
		4: "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512",
		5: "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512",
		6: "none",
		7: "none",
	} {
		if lists[i] != want {
			t.Errorf("list %d:\ngot  %s\nwant %s", i, lists[i], want)
		}
	}
	want := []string{
		"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "rsa-sha2-256", "rsa-sha2-512",
		"sk-ecdsa-sha2-nistp256@openssh.com", "sk-ssh-ed25519@openssh.com", "ssh-ed25519",
	}
	if got := slices.Sorted(slices.Values(keyAlgorithms())); !slices.Equal(got, want) {
		t.Errorf("keys of people: got %v, want %v", got, want)
	}
}

// keyExchangeLists reads the server's SSH_MSG_KEXINIT (RFC 4253, 7.1), which is not encrypted.
func keyExchangeLists(t *testing.T, addr string) []string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "SSH-2.0-test\r\n")
	var all []byte
	buf := make([]byte, 8<<10)
	for {
		_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
		n, err := conn.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, buf[:n]...)
		_, packet, ok := bytes.Cut(all, []byte("\r\n"))
		if !ok || len(packet) < 4 || len(packet) < 4+int(binary.BigEndian.Uint32(packet)) {
			continue
		}
		if !bytes.HasPrefix(all, []byte("SSH-2.0-digibrug\r\n")) {
			t.Errorf("greeting %q", all[:40])
		}
		rest := packet[4+1+1+16:] // length, padding, message number, cookie
		var lists []string
		for range 8 {
			n := binary.BigEndian.Uint32(rest)
			lists, rest = append(lists, string(rest[4:4+n])), rest[4+n:]
		}
		return lists
	}
}

// T40: a door without its own good key does not open.
func TestHostKey(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "host")
	if _, err := LoadHostKey(path); !errors.Is(err, ErrNoHostKey) {
		t.Errorf("missing: %v", err)
	}
	made, err := MakeHostKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o, want 600", info.Mode().Perm())
	}
	before, _ := os.ReadFile(path)
	if _, err := MakeHostKey(path); err == nil {
		t.Error("a host key was written over")
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(before, now) {
		t.Error("the host key has changed")
	}
	if got, err := LoadHostKey(path); err != nil || !bytes.Equal(got.PublicKey().Marshal(), made.PublicKey().Marshal()) {
		t.Errorf("load: %v", err)
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604} {
		_ = os.Chmod(path, mode)
		if _, err := LoadHostKey(path); !errors.Is(err, ErrOpenHostKey) {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
	p256, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	block, _ := gossh.MarshalPrivateKey(p256, "")
	locked, _ := gossh.MarshalPrivateKeyWithPassphrase(p256, "", []byte("x"))
	for want, text := range map[string][]byte{
		"of type ecdsa": pem.EncodeToMemory(block), "passphrase": pem.EncodeToMemory(locked),
		"can't be read": []byte("hello"), "not a key file": make([]byte, maxHostKey+1),
	} {
		other := filepath.Join(dir, "other")
		_ = os.WriteFile(other, text, 0o600)
		if _, err := LoadHostKey(other); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := LoadHostKey(dir); err == nil {
		t.Error("a directory was taken for a key")
	}
}
