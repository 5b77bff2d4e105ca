package files

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// helpOf runs `help` on a raw connection that has logged in, and gives what it printed.
func helpOf(t *testing.T, raw *screentest.Raw) string {
	t.Helper()
	ch := raw.Channel(1 << 20)
	if err := raw.Send(screentest.RawRequest(ch, "exec", gossh.Marshal(struct{ V string }{"help"}))); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for {
		p, err := raw.Receive()
		if err != nil {
			t.Fatalf("%v after %q", err, &said)
		}
		switch p[0] {
		case screentest.MsgChannelData:
			said.Write(p[9 : 9+binary.BigEndian.Uint32(p[5:])])
		case screentest.MsgChannelClose:
			return said.String()
		}
	}
}

// T17: the library keeps the user name of the first attempt for good. Whoever begins as the ICT officer and
// then logs in with their own name and key is themselves; and nobody gets in with their own key under the name
// of another, whichever way the names and keys are mixed.
func TestStaleName(t *testing.T) {
	h := open(t)
	an, ivo := h.keys["an.peeters"], h.keys["ivo.ict"]

	t.Run("first another's name, then the own", func(t *testing.T) {
		raw := screentest.DialRaw(t, h.addr)
		if got := raw.None("ivo.ict"); got != screentest.MsgFailure {
			t.Fatalf("without any proof: message %d", got)
		}
		if got := raw.Offer("ivo.ict", ivo.PublicKey()); got != screentest.MsgPubKeyOK {
			t.Fatalf("ivo's own key: message %d", got)
		}
		if got := raw.Sign("an.peeters", an.PublicKey(), an); got != screentest.MsgSuccess {
			t.Fatalf("an's own key: message %d", got)
		}
		said := helpOf(t, raw)
		contains(t, said, "An Peeters (an.peeters)", "geen lijsten")
		if strings.Contains(said, "accounts") || strings.Contains(said, "ivo") {
			t.Errorf("an is shown %s", said)
		}
	})
	t.Run("own name and key offered, another's name signed", func(t *testing.T) {
		raw := screentest.DialRaw(t, h.addr)
		if got := raw.Offer("an.peeters", an.PublicKey()); got != screentest.MsgPubKeyOK {
			t.Fatalf("an's own key: message %d", got)
		}
		if got := raw.Sign("ivo.ict", an.PublicKey(), an); got != screentest.MsgFailure {
			t.Fatalf("an's key under ivo's name: message %d", got)
		}
		if got := raw.Sign("an.peeters", an.PublicKey(), an); got != screentest.MsgSuccess {
			t.Fatalf("and then the own name: message %d", got)
		}
		contains(t, helpOf(t, raw), "(an.peeters)")
	})
	t.Run("another's key offered, signed with the own", func(t *testing.T) {
		raw := screentest.DialRaw(t, h.addr)
		if got := raw.Offer("ivo.ict", ivo.PublicKey()); got != screentest.MsgPubKeyOK {
			t.Fatalf("ivo's own key: message %d", got)
		}
		if got := raw.Sign("ivo.ict", an.PublicKey(), an); got != screentest.MsgFailure {
			t.Fatalf("an's key under ivo's name: message %d", got)
		}
		if got := raw.Sign("an.peeters", an.PublicKey(), an); got != screentest.MsgSuccess {
			t.Fatalf("an's own key: message %d", got)
		}
		contains(t, helpOf(t, raw), "(an.peeters)")
	})
	t.Run("another's key shown, signed with the own", func(t *testing.T) {
		raw := screentest.DialRaw(t, h.addr)
		if got := raw.Sign("ivo.ict", ivo.PublicKey(), an); got == screentest.MsgSuccess {
			t.Fatal("a signature by another key was taken")
		}
	})
	t.Run("name in capitals is the same name", func(t *testing.T) {
		raw := screentest.DialRaw(t, h.addr)
		if got := raw.Sign("An.Peeters", an.PublicKey(), an); got != screentest.MsgSuccess {
			t.Fatalf("message %d", got)
		}
		contains(t, helpOf(t, raw), "(an.peeters)")
	})
	if who := h.gate.who(); len(who) != 4 || slices.ContainsFunc(who, func(s string) bool { return s != "an.peeters" }) {
		t.Errorf("entered: %v, want an four times and nobody else", who)
	}
}

// The audit row of the log-in says by which door.
func TestEntered(t *testing.T) {
	h := open(t)
	h.client("an.peeters")
	rows, err := h.DB.Audit(t.Context(), data.Operator("test"), 1)
	if err != nil || rows[0].Action != "login" || rows[0].Object != "an.peeters" || rows[0].Detail["method"] != method {
		t.Errorf("audited %+v, %v", rows, err)
	}
}

// Keys only: no password however it is sent, no proof at all, no key of nobody.
func TestOnlyKeys(t *testing.T) {
	h := open(t)
	raw := screentest.DialRaw(t, h.addr)
	for name, try := range map[string]func() byte{
		"none":                 func() byte { return raw.None("ivo.ict") },
		"password":             func() byte { return raw.Password("ivo.ict", "vier blauwe fietsen op zolder") },
		"keyboard-interactive": func() byte { return raw.Interactive("ivo.ict", "vier blauwe fietsen op zolder") },
		"an unknown key":       func() byte { k := newKey(t); return raw.Sign("ivo.ict", k.PublicKey(), k) },
		"no name":              func() byte { return raw.Sign("", h.keys["ivo.ict"].PublicKey(), h.keys["ivo.ict"]) },
		"a long name": func() byte {
			return raw.Sign(strings.Repeat("a", maxLogin+1), h.keys["ivo.ict"].PublicKey(), h.keys["ivo.ict"])
		},
		"a name of no text": func() byte { return raw.Offer("\xff\xfe", h.keys["ivo.ict"].PublicKey()) },
	} {
		if got := try(); got != screentest.MsgFailure {
			t.Errorf("%s: message %d, want a refusal", name, got)
		}
	}
	cert := &gossh.Certificate{Key: h.keys["ivo.ict"].PublicKey(), CertType: gossh.UserCert, ValidPrincipals: []string{"ivo.ict"}, ValidBefore: gossh.CertTimeInfinity}
	if err := cert.SignCert(zeroes{}, newKey(t)); err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewCertSigner(cert, h.keys["ivo.ict"])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.dial("ivo.ict", gossh.PublicKeys(signer)); err == nil {
		t.Error("a certificate was taken")
	}
	if who := h.gate.who(); len(who) != 0 {
		t.Errorf("entered: %v", who)
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// After ten attempts of any kind the connection ends.
func TestTries(t *testing.T) {
	h := open(t)
	raw := screentest.DialRaw(t, h.addr)
	for range 20 {
		raw.Offer("ivo.ict", newKey(t).PublicKey())
	}
	eventually(t, "the connection to be cut", raw.Closed)
}

// oddGate answers as it is told: a gate with a fault, or one of a later version.
type oddGate struct{ id data.Identity }

func (g oddGate) Key(context.Context, string, gossh.PublicKey, string) (data.Identity, error) {
	return g.id, nil
}
func (oddGate) Entered(context.Context, data.Identity)     {}
func (oddGate) Still(context.Context, data.Identity) error { return nil }
func (oddGate) Left(context.Context, data.Identity)        {}

// Only an account under its own name is somebody here.
func TestNobody(t *testing.T) {
	for name, id := range map[string]data.Identity{
		"nobody at all":         {},
		"a kiosk":               {KioskID: "k1", Login: "an.peeters"},
		"an account at a kiosk": {AccountID: "a1", KioskID: "k1", Login: "an.peeters"},
		"a paper code":          {CodeID: "c1", PersonID: "p1", Login: "an.peeters"},
		"another name":          {AccountID: "a1", Login: "ivo.ict"},
		"no name":               {AccountID: "a1"},
	} {
		h := open(t, func(c *Config) { c.Gate = oddGate{id} })
		if _, err := h.dial("an.peeters", gossh.PublicKeys(h.keys["an.peeters"])); err == nil {
			t.Errorf("%s came in", name)
		}
	}
}

// What is negotiated is the list of the screens door.
func TestAlgorithms(t *testing.T) {
	h := open(t)
	for _, weak := range []gossh.Config{
		{KeyExchanges: []string{gossh.InsecureKeyExchangeDH14SHA1}}, {Ciphers: []string{gossh.InsecureCipherAES128CBC}}, {MACs: []string{gossh.InsecureHMACSHA196}, Ciphers: []string{gossh.CipherAES128CTR}},
	} {
		c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{Config: weak, User: "an.peeters", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.keys["an.peeters"])}, HostKeyCallback: gossh.FixedHostKey(h.host)})
		if err == nil {
			_ = c.Close()
			t.Errorf("%+v was agreed on", weak)
		}
	}
	c := h.client("an.peeters")
	if !bytes.HasPrefix(c.ServerVersion(), []byte("SSH-2.0-digibrug")) {
		t.Errorf("the door says it is %s", c.ServerVersion())
	}
}

// Without its parts the door does not open.
func TestNewRefuses(t *testing.T) {
	h := open(t)
	whole := h.door.Config
	for name, break_ := range map[string]func(*Config){
		"gate": func(c *Config) { c.Gate = nil }, "host key": func(c *Config) { c.HostKey = nil }, "database": func(c *Config) { c.DB = nil }, "shelf": func(c *Config) { c.Shelf = nil },
	} {
		cfg := whole
		break_(&cfg)
		if _, err := New(cfg); err == nil {
			t.Errorf("a door without %s opens", name)
		}
	}
}
