package data_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"digibrug/data"
	"digibrug/data/datatest"
)

func TestPasswordRule(t *testing.T) {
	rule := data.PasswordRule{Min: 15, Names: []string{"an.peeters", "An", "Peeters", "Zandwerve"}}
	for name, test := range map[string]struct {
		password string
		want     data.Why // empty: accepted
	}{
		"a sentence":                     {"vier blauwe fietsen op zolder", ""},
		"exactly 15 characters":          {"kous-lamp-vijgr", ""},
		"14 characters":                  {"kous-lamp-vijg", data.WhyPasswordShort},
		"empty":                          {"", data.WhyPasswordShort},
		"spaces and accents count":       {"één zeehond zucht", ""},
		"letters of another alphabet":    {"мокрая собака спит", ""},
		"a thousand and more bytes":      {strings.Repeat("blauwe fiets ", 90), data.WhyPasswordLong},
		"common, repeated to length":     {"welkomwelkomwelkom", data.WhyPasswordCommon},
		"common with a year":             {"Wachtwoord2026!!", data.WhyPasswordCommon},
		"common in disguise":             {"W@chtw00rdW3lkom", data.WhyPasswordCommon},
		"two common words":               {"zomervakantie2026", data.WhyPasswordCommon},
		"a date and a number":            {"23-11-2026 0470 12", data.WhyPasswordCommon},
		"one character":                  {"aaaaaaaaaaaaaaaa", data.WhyPasswordRepeated},
		"a piece again and again":        {"fietsfietsfietsfiets", data.WhyPasswordRepeated},
		"few different characters":       {"abbaabbabaabbaba", data.WhyPasswordRepeated},
		"along the azerty row":           {"azertyuiopqsdfghjklm", data.WhyPasswordRun},
		"along the qwerty row, backward": {"poiuytrewqlkjhgfd", data.WhyPasswordRun},
		"the alphabet":                   {"abcdefghijklmnopq", data.WhyPasswordRun},
		"digits up and down":             {"1234567898765432123", data.WhyPasswordRun},
		"own name and a year":            {"an.peeters-2026-!", data.WhyPasswordName},
		"own name twice":                 {"PeetersPeetersAn1", data.WhyPasswordName},
		"the municipality":               {"zandwerve!zandwerve", data.WhyPasswordName},
		"own name in a long sentence":    {"peeters telt zeven gele eenden", ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := rule.Check(test.password)
			var invalid *data.Invalid
			errors.As(err, &invalid)
			got := data.Why("")
			if invalid != nil {
				got = invalid.Why
				if strings.Contains(invalid.Error(), test.password) && test.password != "" {
					t.Error("the error repeats the password")
				}
			}
			if got != test.want {
				t.Errorf("%q: got %q, want %q", test.password, got, test.want)
			}
		})
	}
}

func FuzzPasswordRule(f *testing.F) {
	f.Add("vier blauwe fietsen op zolder", "an")
	f.Add("\xff\xfe azerty", "\x00")
	f.Fuzz(func(t *testing.T, password, name string) {
		rule := data.PasswordRule{Min: 15, Names: []string{name}}
		if rule.Check(password) == nil && rule.Check(password+"x") != nil && len(password) < data.PasswordMax-1 &&
			!strings.HasSuffix(password, "x") {
			// A longer password is refused only when the added letter completes a word, a run or a name.
			var invalid *data.Invalid
			if errors.As(rule.Check(password+"x"), &invalid); invalid.Why == data.WhyPasswordShort {
				t.Errorf("%q passes and one letter more is too short", password)
			}
		}
	})
}

func TestNewPasswordPassesItsOwnRule(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		p := data.NewPassword()
		if err := (data.PasswordRule{Min: data.DefaultPasswordMin}).Check(p); err != nil {
			t.Errorf("%q: %v", p, err)
		}
		if seen[p] || strings.ContainsAny(p, "aqzwmilo01&é") {
			t.Errorf("%q was made before, or has a character that is hard to type", p)
		}
		seen[p] = true
	}
}

func TestHash(t *testing.T) {
	h := data.NewHasher(cheap)
	stored := must(h.Hash(t.Context(), anPassword))(t)
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=8192,t=1,p=1$") {
		t.Errorf("%q is not a PHC string", stored)
	}
	for name, test := range map[string]struct {
		password, stored string
		fits             bool
	}{
		"the password":       {anPassword, stored, true},
		"another":            {anPassword + " ", stored, false},
		"nothing":            {"", stored, false},
		"no stored password": {anPassword, "", false},
		"zeroes, no stored":  {"", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			fits, renew, err := h.Fits(t.Context(), test.password, test.stored)
			if fits != test.fits || renew || err != nil {
				t.Errorf("fits %v renew %v %v; want fits %v, no renewal", fits, renew, err, test.fits)
			}
		})
	}
	dearer := data.NewHasher(data.HashParams{Memory: 9 * 1024, Time: 1, Threads: 1})
	if fits, renew, err := dearer.Fits(t.Context(), anPassword, stored); !fits || !renew || err != nil {
		t.Errorf("under new costs: fits %v renew %v %v; want both", fits, renew, err)
	}
	if _, _, err := h.Fits(t.Context(), anPassword, "$argon2id$v=19$m=99999999,t=1,p=1$AAAA$AAAA"); err == nil {
		t.Error("a stored hash that asks for 95 GiB was computed")
	}
}

// waits is a gate whose delays pass at once and are written down.
// TestAnOfficeIsNotSlowedAllDay has twelve people behind one address mistype once in two hours, and wants the
// right passwords that follow looked at without a wait.
// TestPasswordMustChangeFirst wants the stores, and not a screen alone, to refuse who came in with a password
// that somebody else knows.
// TestUnknownNamesCostAHash proves that a name without a password takes its turn at the hasher like any other:
// a turn that can't be had is an error for both.
func TestUnknownNamesCostAHash(t *testing.T) {
	h := data.NewHasher(cheap)
	stored := must(h.Hash(t.Context(), anPassword))(t)
	free := data.TakeAllTurns(h)
	for name, hash := range map[string]string{"a known name": stored, "an unknown name": ""} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		if _, _, err := h.Fits(ctx, anPassword, hash); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s, while all turns are taken: %v; want to wait for a turn", name, err)
		}
		cancel()
	}
	free()
	if fits, _, err := h.Fits(t.Context(), anPassword, stored); !fits || err != nil {
		t.Errorf("once there are turns again: %v %v", fits, err)
	}
}

func TestKeyForms(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	h := newHouse(t, db, data.RoleStaff)
	good := line(newKey(t))
	for name, test := range map[string]struct {
		line string
		want data.Why
	}{
		"ed25519":          {good, ""},
		"with options":     {`command="x" ` + line(newKey(t)), data.WhyKeyForm},
		"two lines":        {line(newKey(t)) + line(newKey(t)), data.WhyKeyForm},
		"a private key":    {"-----BEGIN OPENSSH PRIVATE KEY-----", data.WhyKeyForm},
		"nothing":          {"", data.WhyKeyForm},
		"control bytes":    {"\x1b]0;x\x07" + line(newKey(t)), data.WhyKeyForm},
		"P-521":            {p521, data.WhyKeyType},
		"RSA of 1024 bits": {rsa1024, data.WhyKeyShort},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.accounts.AddKey(t.Context(), operator, "an.peeters", test.line)
			var invalid *data.Invalid
			errors.As(err, &invalid)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (invalid == nil || invalid.Why != test.want):
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestChangePassword(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate, _ := waits(h)
		id := must(gate.Password(t.Context(), "an.peeters", anPassword, ""))(t)
		if !id.MustChange {
			t.Error("a first password need not be changed")
		}
		const fresh = "negen zoute haringen in een ton"
		for name, test := range map[string]struct {
			old, new string
			want     data.Why
		}{
			"wrong old":        {"not this", fresh, data.WhyPasswordWrong},
			"the same":         {anPassword, anPassword, data.WhyPasswordSame},
			"against the rule": {anPassword, "kort", data.WhyPasswordShort},
		} {
			var invalid *data.Invalid
			if err := h.accounts.ChangePassword(t.Context(), id.Actor(), test.old, test.new); !errors.As(err, &invalid) || invalid.Why != test.want {
				t.Errorf("%s: %v, want %s", name, err, test.want)
			}
		}
		if err := h.accounts.ChangePassword(t.Context(), id.Actor(), anPassword, fresh); err != nil {
			t.Fatal(err)
		}
		if id := must(gate.Password(t.Context(), "an.peeters", fresh, ""))(t); id.MustChange {
			t.Error("must change again")
		}
	})
}

func newKey(t *testing.T) ssh.PublicKey {
	t.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return must(ssh.NewPublicKey(public))(t)
}

func line(key ssh.PublicKey) string { return string(ssh.MarshalAuthorizedKey(key)) }

func TestChooseFirst(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate, _ := waits(h)
		by := must(gate.Password(t.Context(), "an.peeters", anPassword, ""))(t).Actor()
		var invalid *data.Invalid
		for name, row := range map[string]struct {
			password string
			want     data.Why
		}{"the given one": {anPassword, data.WhyPasswordSame}, "against the rule": {"kort", data.WhyPasswordShort}} {
			if err := h.accounts.ChooseFirst(t.Context(), by, row.password); !errors.As(err, &invalid) || invalid.Why != row.want {
				t.Errorf("%s: %v, want %s", name, err, row.want)
			}
		}
		if err := h.accounts.ChooseFirst(t.Context(), by, "negen zoute haringen in een ton"); err != nil {
			t.Fatal(err)
		}
		if err := h.accounts.ChooseFirst(t.Context(), by, "tien rode auto's op een rij"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a second time, without the present password: %v; want ErrDenied", err)
		}
	})
}
