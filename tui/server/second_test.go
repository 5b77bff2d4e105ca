package server

import (
	"errors"
	"strings"
	"testing"

	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// app answers the questions of a log-in: passwords and second proofs, in turn.
func app(asked *[]string, answers ...string) gossh.AuthMethod {
	return gossh.RetryableAuthMethod(gossh.KeyboardInteractive(func(_, hint string, questions []string, echos []bool) ([]string, error) {
		*asked = append(*asked, strings.Join(questions, "|")+"#"+hint)
		if len(questions) == 0 {
			return nil, nil
		}
		if len(answers) == 0 {
			return nil, errors.New("no more")
		}
		answer := answers[0]
		answers = answers[1:]
		return []string{answer}, nil
	}), 10)
}

// TestSecondProof comes in by each first proof, and is counted as come in once, at the end.
func TestSecondProof(t *testing.T) {
	for name, c := range map[string]struct {
		first   func(key gossh.Signer) []gossh.AuthMethod
		answers []string
		method  string
	}{
		"password": {func(gossh.Signer) []gossh.AuthMethod { return []gossh.AuthMethod{secret("an")} }, []string{"123456"}, "password+totp"},
		"key":      {func(key gossh.Signer) []gossh.AuthMethod { return []gossh.AuthMethod{gossh.PublicKeys(key)} }, []string{"123456"}, "publickey+totp"},
		"asked":    {func(gossh.Signer) []gossh.AuthMethod { return nil }, []string{"secret of an", "123456"}, "keyboard-interactive+totp"},
		"asked, with a typing error": {func(gossh.Signer) []gossh.AuthMethod { return nil },
			[]string{"wrong", "secret of an", "654321", "123456"}, "keyboard-interactive+totp"},
	} {
		t.Run(name, func(t *testing.T) {
			h := start(t)
			key := newKey(t)
			h.gate.keys["an"] = key.PublicKey()
			h.gate.second = map[string]string{"an": "123456"}
			var asked []string
			v := screentest.Dial(t, h.addr, "an", append(c.first(key), app(&asked, c.answers...))...)
			v.WaitFor("an via " + c.method)
			if last := asked[len(asked)-1]; !strings.Contains(last, "Code uit uw app (6 cijfers) of herstelcode: ") {
				t.Errorf("the last question was %q", last)
			}
			if who := h.gate.who(); len(who) != 1 || who[0].AccountID != "acc-an" || who[0].Method != c.method {
				t.Errorf("entered: %+v, want an once", who)
			}
		})
	}
}

// TestSecondProofHolds makes the attacks: the first proof alone opens nothing, in any order of messages.
func TestSecondProofHolds(t *testing.T) {
	prepare := func(t *testing.T) (*house, gossh.Signer, gossh.Signer) {
		h := start(t)
		an, bo := newKey(t), newKey(t)
		h.gate.keys["an"], h.gate.keys["bo"] = an.PublicKey(), bo.PublicKey()
		h.gate.second = map[string]string{"an": "123456"}
		return h, an, bo
	}
	nobodyIn := func(t *testing.T, h *house) {
		t.Helper()
		if who := h.gate.who(); len(who) > 0 {
			t.Errorf("entered: %+v, want nobody", who)
		}
	}
	t.Run("the first proof alone", func(t *testing.T) {
		h, an, _ := prepare(t)
		for _, auth := range []gossh.AuthMethod{secret("an"), gossh.PublicKeys(an)} {
			if _, err := h.client("an", auth); err == nil {
				t.Error("came in by the first proof")
			}
		}
		nobodyIn(t, h)
	})
	t.Run("the first proof twice", func(t *testing.T) {
		h, an, _ := prepare(t)
		raw := dialRaw(t, h.addr)
		for _, try := range []func() byte{
			func() byte { return raw.password("an", "secret of an") },
			func() byte { return raw.password("an", "secret of an") },
			func() byte { return raw.Sign("an", an.PublicKey(), an) },
			func() byte { return raw.None("an") },
		} {
			if got := try(); got != msgFailure {
				t.Errorf("message %d, want a failure", got)
			}
		}
		nobodyIn(t, h)
	})
	t.Run("another's name at the second step", func(t *testing.T) {
		h, _, _ := prepare(t)
		h.gate.second["bo"] = "999999"
		raw := dialRaw(t, h.addr)
		raw.password("an", "secret of an")
		if got := raw.interactive("bo", "999999"); got == msgSuccess {
			t.Error("the second proof of bo completed the log-in of an")
		}
		if !raw.closed() {
			t.Error("the connection goes on after a change of name")
		}
		nobodyIn(t, h)
	})
	t.Run("another's second proof", func(t *testing.T) {
		h, _, _ := prepare(t)
		h.gate.second["bo"] = "999999"
		raw := dialRaw(t, h.addr)
		raw.password("an", "secret of an")
		if got := raw.interactive("an", "999999"); got != msgFailure {
			t.Errorf("message %d, want a failure", got)
		}
		if got := raw.interactive("an", "123456"); got != msgSuccess {
			t.Errorf("the own proof: message %d, want success", got)
		}
		eventually(t, "an to have entered", func() bool { return len(h.gate.who()) == 1 })
		h.gate.mu.Lock()
		defer h.gate.mu.Unlock()
		for _, login := range h.gate.seconds {
			if login != "an" {
				t.Errorf("a second proof was looked at for %s", login)
			}
		}
	})
	t.Run("another's key, offered", func(t *testing.T) {
		// Bo has no second proof. An's key is offered first; whoever comes in is Bo, by Bo's own key.
		h, an, bo := prepare(t)
		raw := dialRaw(t, h.addr)
		if raw.offer("an", an.PublicKey()) != msgPubKeyOK {
			t.Fatal("an's key was not recognised")
		}
		if got := raw.Sign("bo", bo.PublicKey(), bo); got != msgSuccess {
			t.Fatalf("bo's key: message %d", got)
		}
		eventually(t, "bo to have entered", func() bool { return len(h.gate.who()) == 1 })
		if id := h.gate.who()[0]; id.AccountID != "acc-bo" {
			t.Errorf("entered as %+v, want bo", id)
		}
	})
	t.Run("guessing", func(t *testing.T) {
		h, _, _ := prepare(t)
		raw := dialRaw(t, h.addr)
		raw.password("an", "secret of an")
		for range 20 {
			if raw.interactive("an", "000000") == msgSuccess {
				t.Fatal("a wrong second proof was taken")
			}
		}
		if got := raw.interactive("an", "123456"); got == msgSuccess {
			t.Error("the right proof was taken after all tries")
		}
		h.gate.mu.Lock()
		defer h.gate.mu.Unlock()
		if n := len(h.gate.seconds); n > 3 {
			t.Errorf("%d second proofs were looked at on one connection, want at most 3", n)
		}
	})
	t.Run("not known", func(t *testing.T) {
		h, an, _ := prepare(t)
		h.gate.secondErr = errors.New("no database")
		for _, auth := range []gossh.AuthMethod{secret("an"), gossh.PublicKeys(an)} {
			if _, err := h.client("an", auth); err == nil {
				t.Error("came in although nobody knows whether a second proof is needed")
			}
		}
		nobodyIn(t, h)
	})
}
