package tui_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui"
	"digibrug/tui/screentest"
	"digibrug/tui/server"

	"github.com/pquerna/otp/totp"
	gossh "golang.org/x/crypto/ssh"
)

// street is a screens door with the real gate, store and screens behind it. No address is trusted but 127.0.0.9. The
// minute of the screens lasts a fifth of a second.
type street struct {
	*datatest.Town
	t    *testing.T
	addr string
	hand *datatest.Hand
}

const trusted = "127.0.0.9"

func newSigner(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func openStreet(t *testing.T) street {
	t.Helper()
	hand := &datatest.Hand{}
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(hand.Now)))
	quiet := slog.New(slog.DiscardHandler)
	settings := data.NewSettings(town.DB)
	if err := settings.Set(t.Context(), datatest.Operator, data.SettingSecondTrusted, trusted); err != nil {
		t.Fatal(err)
	}
	gate := data.NewGate(town.Accounts, quiet)
	late := func() time.Time { return datatest.Noon.Add(59800 * time.Millisecond) }
	house := tui.House{DB: town.DB, People: town.People, Accounts: town.Accounts, Settings: settings, Courses: courses.NewStore(town.DB), Quiz: quiz.NewStore(town.DB, nil), Gate: gate, Log: quiet, Clock: late}
	door, err := server.New(server.Config{HostKey: newSigner(t), Gate: gate, Open: house.Open, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- door.Serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := errors.Join(door.Shutdown(ctx), <-served); err != nil {
			t.Error(err)
		}
	})
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return street{town, t, "127.0.0.1:" + port, hand}
}

// code is what the app of a secret shows now; each call lets the next code come first.
func (s street) code(secret string) string {
	s.t.Helper()
	s.hand.Forward(time.Minute)
	code, err := totp.GenerateCode(secret, s.hand.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	return code
}

// enrol gives somebody a second factor.
func (s street) enrol(login string) (secret string, recovery []string) {
	s.t.Helper()
	e := data.NewEnrolment(login)
	recovery, err := s.Accounts.EnrolSecond(s.t.Context(), s.Actor(login), e, s.code(e.Secret), "")
	if err != nil {
		s.t.Fatal(err)
	}
	return e.Secret, recovery
}

// asked answers the questions of a log-in in turn, and counts them.
func asked(n *int, answers ...string) gossh.AuthMethod {
	return gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
		if len(questions) == 0 {
			return nil, nil
		}
		if *n++; *n > len(answers) {
			return nil, errors.New("no more answers")
		}
		return answers[*n-1 : *n], nil
	})
}

// tries tells whether somebody comes in, from an address, and how many questions were asked.
func (s street) tries(login, from string, auth func(n *int) []gossh.AuthMethod) (in bool, questions int) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	terminal, err := screentest.Open(ctx, screentest.Call{Addr: s.addr, User: login, From: &net.TCPAddr{IP: net.ParseIP(from)}, Auth: auth(&questions)})
	if err != nil {
		return false, questions
	}
	defer terminal.Close()
	if err := terminal.WaitFor("Dag ", 10*time.Second); err != nil {
		s.t.Errorf("%s came in and sees:\n%s", login, terminal.Screen())
	}
	return true, questions
}

func talk(answers ...string) func(*int) []gossh.AuthMethod {
	return func(n *int) []gossh.AuthMethod { return []gossh.AuthMethod{asked(n, answers...)} }
}

const outside = "127.0.0.1"

// TestSecondFactorAtTheDoor comes in with a real SSH client as an ICT officer: with password and code, not with the
// same code again, with a recovery code once, without a code from a trusted address and with a key.
func TestSecondFactorAtTheDoor(t *testing.T) {
	s := openStreet(t)
	secret, recovery := s.enrol("ivo.ict")
	key := newSigner(t)
	if _, err := s.Accounts.AddKey(t.Context(), datatest.Operator, "ivo.ict", string(gossh.MarshalAuthorizedKey(key.PublicKey()))); err != nil {
		t.Fatal(err)
	}
	code := s.code(secret)
	for _, c := range []struct {
		name, from string
		auth       func(*int) []gossh.AuthMethod
		in         bool
		questions  int // that got an answer or should have
	}{
		{"password and code, in one talk", outside, talk(datatest.Password, code), true, 2},
		{"the same code again", outside, talk(datatest.Password, code), false, 3},
		{"the password alone", outside, func(*int) []gossh.AuthMethod { return []gossh.AuthMethod{gossh.Password(datatest.Password)} }, false, 0},
		{"a recovery code", outside, func(n *int) []gossh.AuthMethod {
			return []gossh.AuthMethod{gossh.Password(datatest.Password), asked(n, strings.ToUpper(recovery[2]))}
		}, true, 1},
		{"the same recovery code again", outside, talk(datatest.Password, recovery[2]), false, 3},
		{"from a trusted address", trusted, talk(datatest.Password), true, 1},
		{"with a key", outside, func(*int) []gossh.AuthMethod { return []gossh.AuthMethod{gossh.PublicKeys(key)} }, true, 0},
	} {
		if in, questions := s.tries("ivo.ict", c.from, c.auth); in != c.in || questions != c.questions {
			t.Errorf("%s: in %v after %d questions, want %v after %d", c.name, in, questions, c.in, c.questions)
		}
	}
	methods := map[string]int{}
	all, err := data.NewSessions(s.DB).Of(t.Context(), datatest.Operator, "ivo.ict")
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		methods[one.Method+" from "+one.From]++
	}
	want := map[string]int{"keyboard-interactive+totp from 127.0.0.1": 1, "password+totp from 127.0.0.1": 1, "keyboard-interactive from 127.0.0.9": 1, "publickey from 127.0.0.1": 1}
	if len(methods) != len(want) {
		t.Errorf("sessions: %v", methods)
	}
	for m, n := range want {
		if methods[m] != n {
			t.Errorf("sessions: %d by %s, want %d", methods[m], m, n)
		}
	}
}

// TestSecondFactorIsOnesOwn offers the key of one and answers for another, and changes the name between the proofs.
func TestSecondFactorIsOnesOwn(t *testing.T) {
	s := openStreet(t)
	s.enrol("ivo.ict")
	anSecret, anCodes := s.enrol("an.peeters")
	ivoKey := newSigner(t)
	if _, err := s.Accounts.AddKey(t.Context(), datatest.Operator, "ivo.ict", string(gossh.MarshalAuthorizedKey(ivoKey.PublicKey()))); err != nil {
		t.Fatal(err)
	}
	came := func(login string) int {
		all, err := data.NewSessions(s.DB).Of(t.Context(), datatest.Operator, login)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	t.Run("ivo's key is offered, an answers", func(t *testing.T) {
		raw := screentest.DialRaw(t, s.addr)
		if raw.Offer("ivo.ict", ivoKey.PublicKey()) != screentest.MsgPubKeyOK {
			t.Fatal("the key was not recognised")
		}
		raw.Password("an.peeters", datatest.Password)
		if got := raw.Interactive("an.peeters", s.code(anSecret)); got != screentest.MsgSuccess {
			t.Fatalf("an's own proofs: message %d", got)
		}
		eventually(t, "an to have come in", func() bool { return came("an.peeters") == 1 })
	})
	t.Run("ivo's password, the code of an", func(t *testing.T) {
		raw := screentest.DialRaw(t, s.addr)
		raw.Password("ivo.ict", datatest.Password)
		if got := raw.Interactive("ivo.ict", s.code(anSecret)); got == screentest.MsgSuccess {
			t.Error("ivo came in with the code of an")
		}
	})
	t.Run("ivo's password, then an's name and code", func(t *testing.T) {
		raw := screentest.DialRaw(t, s.addr)
		raw.Password("ivo.ict", datatest.Password)
		if got := raw.Interactive("an.peeters", anCodes[0]); got == screentest.MsgSuccess {
			t.Error("came in after a change of name")
		}
	})
	t.Run("the second proof alone", func(t *testing.T) {
		raw := screentest.DialRaw(t, s.addr)
		if got := raw.Interactive("an.peeters", s.code(anSecret)); got == screentest.MsgSuccess {
			t.Error("a code was taken for a password")
		}
	})
	if came("ivo.ict") != 0 || came("an.peeters") != 1 {
		t.Errorf("came in: ivo %d times, an %d times; want 0 and 1", came("ivo.ict"), came("an.peeters"))
	}
}

// TestFirstLogInSetsUpTheSecondFactor comes in as an ICT officer without a second factor: nothing opens but the
// screen that sets it up, and the next time the code is asked.
func TestFirstLogInSetsUpTheSecondFactor(t *testing.T) {
	s := openStreet(t)
	v := screentest.Dial(t, s.addr, "ivo.ict", gossh.Password(datatest.Password))
	v.WaitFor("Uw rol vraagt een tweede stap")
	secret := strings.Join(regexp.MustCompile(`\b[A-Z2-7]{4}\b`).FindAllString(v.Screen(), -1), "")
	if len(secret) != 32 {
		t.Fatalf("secret %q on the screen:\n%s", secret, v.Screen())
	}
	v.Press("enter")
	v.WaitFor("Code uit de nieuwe app")
	v.Type(s.code(secret))
	v.Press("enter")
	v.WaitFor("U ziet deze codes maar één keer")
	v.Press("enter")
	v.WaitFor("Hebt u de herstelcodes opgeschreven?")
	v.Press("down", "enter")
	v.WaitFor("Dag Ivo Michiels")
	if in, n := s.tries("ivo.ict", outside, talk(datatest.Password, s.code(secret))); !in || n != 2 {
		t.Errorf("the next time: in %v after %d questions, want 2", in, n)
	}
}

// TestSessionIsEndedFromElsewhere ends the session of one window from another: its screen closes at the next look.
func TestSessionIsEndedFromElsewhere(t *testing.T) {
	s := openStreet(t)
	stays := screentest.Dial(t, s.addr, "an.peeters", gossh.Password(datatest.Password))
	stays.WaitFor("Dag An")
	first, err := data.NewSessions(s.DB).Of(t.Context(), datatest.Operator, "an.peeters")
	if err != nil || len(first) != 1 {
		t.Fatalf("%+v, %v", first, err)
	}
	goes := screentest.Dial(t, s.addr, "an.peeters", gossh.Password(datatest.Password))
	goes.WaitFor("Dag An")
	stays.Press("ctrl+p")
	stays.WaitFor("Mijn gegevens")
	stays.Type("gegevens")
	stays.Press("enter")
	stays.WaitFor("Aanmeldingen")
	stays.Press("down", "down", "down", "enter")
	stays.WaitFor("deze")
	stays.Press("a")
	stays.WaitFor("Ja, alle andere afsluiten")
	stays.Press("down", "enter")
	stays.WaitFor("Afgesloten.")
	if err := goes.Ended(10 * time.Second); err != nil {
		t.Errorf("the other window: %v", err)
	}
	select {
	case <-stays.Over():
		t.Error("the own window closed too")
	case <-time.After(time.Second):
	}
	all, err := data.NewSessions(s.DB).Of(t.Context(), datatest.Operator, "an.peeters")
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, one := range all {
		if one.Open() != (one.ID == first[0].ID) {
			t.Errorf("%+v", one)
		}
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited 5 s for %s", what)
		}
	}
}
