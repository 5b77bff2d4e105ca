package server

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// also opens another listener of the house, for some kinds of visitors, and gives a house that is reached there.
func (h *house) also(kinds ...Kind) *house {
	h.t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- h.door.Serve(l, kinds...) }()
	h.t.Cleanup(func() {
		_ = h.door.Shutdown(context.Background())
		if err := <-served; err != nil {
			h.t.Errorf("serve: %v", err)
		}
	})
	other := *h
	other.addr = l.Addr().String()
	return &other
}

// Codes that fit their check letter, and what is wrong with them in the tests.
var (
	staffCode, candidateCode, oldCode, wrongCode = data.NewCode(), data.NewCode(), data.NewCode(), data.NewCode()
)

func withPapers(h *house) {
	h.gate.codes = map[string]paper{
		staffCode:     {id: data.Identity{CodeID: "c1", PersonID: "p1", Login: "code:BCD", Journey: data.Journey{Kind: data.JourneyStaff}}},
		candidateCode: {id: data.Identity{CodeID: "c2", PersonID: "p2", Login: "code:FGH", Journey: data.Journey{Kind: data.JourneyRecruitment, Of: "r1"}}},
		oldCode:       {err: data.ErrCodeUsed},
	}
}

// TestListenersAdmit tries every kind of visitor at every kind of listener: who is not admitted gets the answer that
// a wrong password or key gets.
func TestListenersAdmit(t *testing.T) {
	h := start(t)
	withPapers(h)
	anKey, kioskKey := newKey(t), newKey(t)
	h.gate.keys["an"], h.gate.keys[data.KioskLogin] = anKey.PublicKey(), kioskKey.PublicKey()
	for name, at := range map[string]struct {
		kinds []Kind
		may   []string
	}{
		"all":             {nil, []string{"password", "key", "staff code", "candidate code", "kiosk"}},
		"all, named":      {Kinds(), []string{"password", "key", "staff code", "candidate code", "kiosk"}},
		"staff":           {[]Kind{Staff}, []string{"password", "key", "staff code"}},
		"candidate":       {[]Kind{Candidate}, []string{"candidate code"}},
		"kiosk":           {[]Kind{Kiosk}, []string{"kiosk"}},
		"public":          {[]Kind{Candidate, Kiosk}, []string{"candidate code", "kiosk"}},
		"staff and kiosk": {[]Kind{Staff, Kiosk}, []string{"password", "key", "staff code", "kiosk"}},
	} {
		door := h.also(at.kinds...)
		for who, log := range map[string]struct {
			user string
			auth gossh.AuthMethod
		}{
			"password":       {"an", secret("an")},
			"key":            {"an", gossh.PublicKeys(anKey)},
			"staff code":     {data.CodeLogin, gossh.Password(staffCode)},
			"candidate code": {data.CodeLogin, gossh.Password(candidateCode)},
			"kiosk":          {data.KioskLogin, gossh.PublicKeys(kioskKey)},
		} {
			_, err := door.client(log.user, log.auth)
			if may := slices.Contains(at.may, who); may != (err == nil) {
				t.Errorf("at a listener for %s, %s: %v; want may %v", name, who, err, may)
			}
		}
	}
}

// TestNoStaffIsNotAsked makes sure that a password at a listener without staff never reaches the account's own
// name: it can neither be right there, nor slow the log-ins of who works here.
func TestNoStaffIsNotAsked(t *testing.T) {
	h := start(t)
	public := h.also(Candidate, Kiosk)
	raw := dialRaw(t, public.addr)
	for _, guess := range []string{"secret of an", "wrong"} {
		if got := raw.password("an", guess); got != msgFailure {
			t.Errorf("%q: message %d, want a failure", guess, got)
		}
	}
	if got := raw.interactive("an", "secret of an"); got == msgSuccess {
		t.Error("a password of staff was taken")
	}
	h.gate.mu.Lock()
	defer h.gate.mu.Unlock()
	if len(h.gate.guesses) != 3 {
		t.Errorf("%d guesses reached the gate, want 3: each takes its time", len(h.gate.guesses))
	}
	for _, name := range h.gate.guesses {
		if _, err := data.ParseLogin(name); err == nil {
			t.Errorf("the gate was asked for %q, which could be somebody's name", name)
		}
	}
	if h.gate.asked != 0 {
		t.Errorf("the gate was asked %d times for a second proof", h.gate.asked)
	}
}

// TestCodeLogin reads the conversation of somebody with a letter.
func TestCodeLogin(t *testing.T) {
	h := start(t)
	withPapers(h)
	typo := []byte(strings.ToUpper(staffCode[:5] + "-" + staffCode[5:]))
	typo[2] = "BCDFGHJKNPRSTVXY"[(strings.IndexByte("BCDFGHJKNPRSTVXY", typo[2])+1)%16]
	type asked struct{ hint, question string }
	talk := func(t *testing.T, answers ...string) (all []asked, err error) {
		_, err = h.client("code", gossh.RetryableAuthMethod(gossh.KeyboardInteractive(func(_, hint string, questions []string, echos []bool) ([]string, error) {
			if len(questions) == 0 {
				all = append(all, asked{hint, ""})
				return nil, nil
			}
			if len(questions) != 1 || !echos[0] {
				t.Errorf("asked %q, echo %v; want one question that shows what is typed", questions, echos)
			}
			all = append(all, asked{hint, questions[0]})
			if len(answers) == 0 {
				return nil, errors.New("no more")
			}
			answer := answers[0]
			answers = answers[1:]
			return []string{answer}, nil
		}), 10))
		return all, err
	}
	t.Run("right", func(t *testing.T) {
		before := len(h.gate.who())
		all, err := talk(t, strings.ToUpper(staffCode[:5])+" - "+staffCode[5:])
		if err != nil || len(all) != 1 || all[0].question != "Code: " || !strings.Contains(all[0].hint, "Typ de code van uw brief") {
			t.Fatalf("%+v, %v", all, err)
		}
		eventually(t, "the code to have entered", func() bool { return len(h.gate.who()) > before })
		id := h.gate.who()[before]
		if id.CodeID != "c1" || id.AccountID != "" || id.Method != "keyboard-interactive" || id.From == "" {
			t.Errorf("entered as %+v", id)
		}
	})
	t.Run("a slip is told and is no guess", func(t *testing.T) {
		before := h.gate.guessed()
		all, err := talk(t, string(typo), "bcd", staffCode)
		if err != nil || len(all) != 3 || !strings.Contains(all[1].hint, "typfout") || !strings.Contains(all[2].hint, "10 letters") {
			t.Fatalf("%+v, %v", all, err)
		}
		if n := h.gate.guessed() - before; n != 1 {
			t.Errorf("%d guesses, want 1", n)
		}
	})
	t.Run("used up", func(t *testing.T) {
		all, err := talk(t, oldCode, oldCode, wrongCode)
		if err == nil || len(all) != 4 || !strings.Contains(all[1].hint, "Deze code kan niet meer") ||
			!strings.Contains(all[3].hint, "Deze code kennen we niet.") || !strings.Contains(strings.Join(strings.Fields(all[3].hint), " "), "Wacht een minuut") || all[3].question != "" {
			t.Errorf("%+v, %v", all, err)
		}
	})
	t.Run("slips without end", func(t *testing.T) {
		before := h.gate.guessed()
		many := slices.Repeat([]string{string(typo)}, 60)
		if all, err := talk(t, many...); err == nil || len(all) > 30 || h.gate.guessed() != before {
			t.Errorf("%d questions, %d guesses, %v", len(all), h.gate.guessed()-before, err)
		}
	})
	t.Run("as a password, with a banner", func(t *testing.T) {
		banner := ""
		_, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: "code", Auth: []gossh.AuthMethod{gossh.Password(oldCode)},
			HostKeyCallback: gossh.FixedHostKey(h.host), BannerCallback: func(text string) error { banner = text; return nil }})
		if err == nil || !strings.Contains(banner, "Deze code kan niet meer") {
			t.Errorf("banner %q, %v", banner, err)
		}
	})
}

// TestCodesAreBounded counts how many codes reach the Gate on one connection, whatever the method.
func TestCodesAreBounded(t *testing.T) {
	h := start(t)
	withPapers(h)
	raw := dialRaw(t, h.addr)
	for range 2 {
		if got := raw.password("code", wrongCode); got != msgFailure { // the banner before it is no answer
			t.Errorf("a wrong code: message %d, want a failure", got)
		}
	}
	raw.interactive("code", wrongCode)
	for range 5 {
		if raw.password("code", staffCode) == msgSuccess {
			t.Fatal("a fourth code was taken")
		}
	}
	eventually(t, "the connection to be cut", func() bool { return raw.closed() })
	if n := h.gate.guessed(); n != 3 {
		t.Errorf("%d codes reached the gate, want 3", n)
	}
	if who := h.gate.who(); len(who) != 0 {
		t.Errorf("entered: %+v, want nobody", who)
	}
}

// TestKioskLogin makes the attacks on the key of a kiosk: it opens nothing but the kiosk, and nothing else opens
// the kiosk.
func TestKioskLogin(t *testing.T) {
	h := start(t)
	an, kiosk := newKey(t), newKey(t)
	h.gate.keys["an"], h.gate.keys[data.KioskLogin] = an.PublicKey(), kiosk.PublicKey()
	for name, log := range map[string]struct {
		user string
		auth gossh.AuthMethod
	}{
		"the kiosk's key under a person's name": {"an", gossh.PublicKeys(kiosk)},
		"a person's key under the kiosk's name": {"kiosk", gossh.PublicKeys(an)},
		"the kiosk by a person's password":      {"kiosk", secret("an")},
		"the kiosk's key for codes":             {"code", gossh.PublicKeys(kiosk)},
		"a forged signature":                    {"kiosk", gossh.PublicKeys(forged{kiosk.PublicKey(), an})},
	} {
		if _, err := h.client(log.user, log.auth); err == nil {
			t.Errorf("%s opens something", name)
		}
	}
	raw := dialRaw(t, h.addr)
	if raw.offer("kiosk", kiosk.PublicKey()) != msgPubKeyOK {
		t.Fatal("the kiosk's key was not recognised")
	}
	if got := raw.password("an", "secret of an"); got != msgSuccess {
		t.Fatalf("after a kiosk's key was offered, a right password: message %d", got)
	}
	eventually(t, "an to have entered", func() bool { return len(h.gate.who()) == 1 })
	if id := h.gate.who()[0]; id.AccountID != "acc-an" || id.KioskID != "" {
		t.Errorf("entered as %+v, want an alone", id)
	}
	v := screentest.Dial(t, h.addr, "kiosk", gossh.PublicKeys(kiosk))
	v.WaitFor("kiosk:ocr-1 via publickey")
}

// TestLoginSentencesFit wants every line of what is said before there is a screen within 80 cells.
func TestLoginSentencesFit(t *testing.T) {
	h := start(t)
	withPapers(h)
	for _, user := range []string{"code", "an"} {
		_, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{User: user, HostKeyCallback: gossh.FixedHostKey(h.host),
			Auth: []gossh.AuthMethod{gossh.RetryableAuthMethod(gossh.KeyboardInteractive(func(_, hint string, questions []string, _ []bool) ([]string, error) {
				for _, line := range strings.Split(hint, "\n") {
					if len([]rune(line)) > 78 {
						t.Errorf("%s is told a line of %d cells: %q", user, len([]rune(line)), line)
					}
				}
				return make([]string, len(questions)), nil
			}), 4)}})
		if err == nil {
			t.Errorf("%s came in without an answer", user)
		}
	}
}
