package data_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"sync"
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

func TestDelayGrowsToAMinute(t *testing.T) {
	want := []time.Duration{0, 1, 2, 4, 8, 16, 32, 60, 60}
	for n, w := range want {
		if got := data.Delay(int64(n)); got != w*time.Second {
			t.Errorf("Delay(%d) = %v, want %v", n, got, w*time.Second)
		}
	}
	if got := data.Delay(1 << 40); got != data.MaxDelay {
		t.Errorf("Delay of very many failures = %v", got)
	}
}

// waits is a gate whose delays pass at once and are written down.
func waits(h house) (*data.Gate, *[]time.Duration) {
	var mu sync.Mutex
	var all []time.Duration
	g := data.NewGate(h.accounts, slog.New(slog.DiscardHandler))
	data.SetSleep(g, func(_ context.Context, d time.Duration) error {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, d)
		return nil
	})
	return g, &all
}

func TestGuessingIsSlowedAndNeverLocks(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate, slept := waits(h)
		for i := range 12 {
			if _, err := gate.Password(t.Context(), "an.peeters", fmt.Sprint("guess", i), "192.0.2.9"); !errors.Is(err, data.ErrDenied) {
				t.Fatalf("a wrong password: %v; want ErrDenied", err)
			}
		}
		if got := fmt.Sprint(*slept); got != "[1s 2s 4s 8s 16s 32s 1m0s 1m0s 1m0s 1m0s 1m0s]" {
			t.Errorf("delays were %s", got)
		}
		id, err := gate.Password(t.Context(), "An.Peeters", anPassword, "192.0.2.10")
		if err != nil || id.Login != "an.peeters" || id.Name != "An Peeters" || !id.Has(data.RoleStaff) {
			t.Fatalf("the right password after twelve wrong ones: %+v, %v", id, err)
		}
		if last := (*slept)[len(*slept)-1]; last > data.MaxDelay {
			t.Errorf("the owner waited %v", last)
		}
		*slept = nil
		if _, err := gate.Password(t.Context(), "an.peeters", anPassword, "192.0.2.10"); err != nil || len(*slept) != 0 {
			t.Errorf("the next log-in: %v, waited %v; want none", err, *slept)
		}
		rows := must(db.Audit(t.Context(), operator, 50))(t)
		alarms := 0
		for _, r := range rows {
			if r.Action == "login.guessing" {
				alarms++
			}
		}
		if alarms != 1 {
			t.Errorf("%d audit rows tell of the guessing, want 1", alarms)
		}
	})
}

func TestGuessingPerSource(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		gate, slept := waits(newHouse(t, db, data.RoleStaff))
		for i := range 9 { // another name each time: only the source remembers
			_, _ = gate.Password(t.Context(), fmt.Sprint("nobody", i), "x", "2001:db8::"+fmt.Sprint(i))
		}
		if got := fmt.Sprint(*slept); got != "[1s 2s 4s]" {
			t.Errorf("delays for one /64 were %s; want the first five failures free", got)
		}
		*slept = nil
		_, _ = gate.Password(t.Context(), "nobody-else", "x", "2001:db8:0:1::1")
		if len(*slept) != 0 {
			t.Errorf("another /64 waited %v", *slept)
		}
	})
}

func TestGuessesAreForgotten(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		gate, slept := waits(newHouse(t, db, data.RoleStaff))
		for range 4 {
			_, _ = gate.Password(t.Context(), "an.peeters", "wrong", "192.0.2.9")
		}
		hand.Forward(31 * time.Minute)
		*slept = nil
		_, _ = gate.Password(t.Context(), "an.peeters", "wrong", "192.0.2.9")
		if len(*slept) != 0 {
			t.Errorf("waited %v after half an hour of rest", *slept)
		}
	}, data.WithClock(hand.Now))
}

// TestAnOfficeIsNotSlowedAllDay has twelve people behind one address mistype once in two hours, and wants the
// right passwords that follow looked at without a wait.
func TestAnOfficeIsNotSlowedAllDay(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		gate, slept := waits(newHouse(t, db, data.RoleStaff))
		for i := range 12 {
			_, _ = gate.Password(t.Context(), fmt.Sprint("iemand", i), "mis", "192.0.2.9")
			hand.Forward(10 * time.Minute)
		}
		*slept = nil
		for range 5 {
			if _, err := gate.Password(t.Context(), "an.peeters", anPassword, "192.0.2.9"); err != nil {
				t.Fatal(err)
			}
			hand.Forward(20 * time.Second)
		}
		if len(*slept) != 0 {
			t.Errorf("right passwords waited %v", *slept)
		}
	}, data.WithClock(hand.Now))
}

func TestRoomyNetworksAreSlowedPerNameOnly(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate := data.NewGate(h.accounts, slog.New(slog.DiscardHandler), netip.MustParsePrefix("192.0.2.0/24"))
		var slept []time.Duration
		data.SetSleep(gate, func(_ context.Context, d time.Duration) error { slept = append(slept, d); return nil })
		for i := range 20 {
			_, _ = gate.Password(t.Context(), fmt.Sprint("kandidaat", i), "mis", "192.0.2.9")
		}
		if len(slept) != 0 {
			t.Errorf("twenty names behind one roomy address waited %v", slept)
		}
		_, _ = gate.Password(t.Context(), "kandidaat1", "mis", "192.0.2.9")
		if len(slept) != 1 {
			t.Errorf("the second try at one name waited %v, want once", slept)
		}
	})
}

func TestWhoMayDoNothingStaysOut(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db)
		gate, _ := waits(h)
		key := newKey(t)
		must(h.accounts.AddKey(t.Context(), operator, "an.peeters", line(key)))(t)
		if _, err := gate.Password(t.Context(), "an.peeters", anPassword, ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a password without any role: %v; want ErrDenied", err)
		}
		if _, err := gate.Key(t.Context(), "an.peeters", key, ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a key without any role: %v; want ErrDenied", err)
		}
	})
}

// TestPasswordMustChangeFirst wants the stores, and not a screen alone, to refuse who came in with a password
// that somebody else knows.
func TestPasswordMustChangeFirst(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff, data.RoleICT)
		gate, _ := waits(h)
		key := newKey(t)
		must(h.accounts.AddKey(t.Context(), operator, "an.peeters", line(key)))(t)
		byPassword := must(gate.Password(t.Context(), "an.peeters", anPassword, ""))(t)
		if _, err := h.accounts.List(t.Context(), byPassword.Actor()); !errors.Is(err, data.ErrMustChange) {
			t.Errorf("before the change: %v; want ErrMustChange", err)
		}
		byKey := must(gate.Key(t.Context(), "an.peeters", key, ""))(t)
		if _, err := h.accounts.List(t.Context(), byKey.Actor()); err != nil {
			t.Errorf("who came in with a key: %v", err)
		}
		gate.Entered(t.Context(), byKey)
		if keys := must(h.accounts.KeysOf(t.Context(), operator, "an.peeters"))(t); keys[0].UsedAt.IsZero() {
			t.Error("the key's last use was not written down")
		}
		if err := h.accounts.ChangePassword(t.Context(), byPassword.Actor(), anPassword, "negen zoute haringen in een ton"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.accounts.List(t.Context(), byPassword.Actor()); err != nil {
			t.Errorf("after the change: %v", err)
		}
	})
}

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

func TestClosedAccountsStayOut(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate, _ := waits(h)
		key := newKey(t)
		must(h.accounts.AddKey(t.Context(), operator, "an.peeters", line(key)))(t)
		id := must(gate.Key(t.Context(), "an.peeters", key, "192.0.2.1"))(t)
		if err := h.accounts.SetDisabled(t.Context(), operator, "an.peeters", true); err != nil {
			t.Fatal(err)
		}
		if _, err := gate.Password(t.Context(), "an.peeters", anPassword, "192.0.2.1"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("password of a closed account: %v", err)
		}
		if _, err := gate.Key(t.Context(), "an.peeters", key, "192.0.2.1"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("key of a closed account: %v", err)
		}
		if err := gate.Still(t.Context(), id); !errors.Is(err, data.ErrDenied) {
			t.Errorf("open session of a closed account: %v", err)
		}
	})
}

func TestKeyBelongsToOneName(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "beheer", Roles: []data.Role{data.RoleICT}}))(t)
		gate, _ := waits(h)
		key := newKey(t)
		must(h.accounts.AddKey(t.Context(), operator, "an.peeters", line(key)))(t)
		var invalid *data.Invalid
		if _, err := h.accounts.AddKey(t.Context(), operator, "beheer", line(key)); !errors.As(err, &invalid) || invalid.Why != data.WhyKeyTaken {
			t.Errorf("the same key for a second account: %v", err)
		}
		if _, err := gate.Key(t.Context(), "beheer", key, ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("An's key under another's name: %v", err)
		}
		if _, err := gate.Key(t.Context(), "an.peeters", newKey(t), ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("an unknown key: %v", err)
		}
	})
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

func TestOnlyTheRightRolesAct(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db)
		actors := map[data.Role]data.Actor{}
		for _, r := range data.Roles() {
			a := must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "als-" + string(r), Roles: []data.Role{r}}))(t)
			actors[r] = data.Actor{AccountID: a.ID, Name: a.Login}
		}
		ict, deputy := []data.Role{data.RoleICT}, []data.Role{data.RoleICT, data.RoleDeputy}
		for name, test := range map[string]struct {
			may []data.Role
			act func(data.Actor) error
		}{
			"add an organisation": {ict, func(by data.Actor) error {
				_, err := h.people.AddOrganisation(t.Context(), by, data.OCMW, "OCMW "+by.Name)
				return err
			}},
			"add a service": {ict, func(by data.Actor) error {
				_, err := h.people.AddService(t.Context(), by, data.Service{OrganisationID: h.service.OrganisationID, Name: "Dienst " + by.Name})
				return err
			}},
			"name a head": {ict, func(by data.Actor) error { return h.people.SetHead(t.Context(), by, h.service.ID, h.an.ID) }},
			"add a person": {ict, func(by data.Actor) error {
				_, err := h.people.AddPerson(t.Context(), by, "Bo", "Maes", data.Employment{ServiceID: h.service.ID, From: "2026-01-01"})
				return err
			}},
			"add an account": {ict, func(by data.Actor) error {
				_, err := h.accounts.Add(t.Context(), by, data.NewAccount{PersonID: h.an.ID, Login: "door-x" + by.Name})
				return err
			}},
			"grant a role": {ict, func(by data.Actor) error {
				return h.accounts.Grant(t.Context(), by, "an.peeters", data.RoleStaff, "", "")
			}},
			"close an account": {ict, func(by data.Actor) error { return h.accounts.SetDisabled(t.Context(), by, "an.peeters", false) }},
			"register a key for another": {ict, func(by data.Actor) error {
				_, err := h.accounts.AddKey(t.Context(), by, "an.peeters", line(newKey(t)))
				return err
			}},
			"reset a password": {deputy, func(by data.Actor) error {
				return h.accounts.SetPassword(t.Context(), by, "an.peeters", "zes groene laarzen in de gang")
			}},
			"list accounts": {deputy, func(by data.Actor) error { _, err := h.accounts.List(t.Context(), by); return err }},
			"read the audit log": {[]data.Role{data.RoleICT, data.RoleConsultant}, func(by data.Actor) error {
				_, err := db.Audit(t.Context(), by, 1)
				return err
			}},
			"change a setting": {ict, func(by data.Actor) error {
				return data.NewSettings(db).Set(t.Context(), by, data.SettingPlace, "Zandwerve")
			}},
		} {
			t.Run(name, func(t *testing.T) {
				for role, by := range actors {
					may := false
					for _, m := range test.may {
						may = may || m == role
					}
					if err := test.act(by); may != (err == nil) || (!may && !errors.Is(err, data.ErrDenied)) {
						t.Errorf("%s: %v; may is %v", role, err, may)
					}
				}
				if err := test.act(data.Actor{}); !errors.Is(err, data.ErrDenied) {
					t.Errorf("nobody: %v; want ErrDenied", err)
				}
			})
		}
	})
}

func TestRolesHaveDays(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		gate, _ := waits(h)
		for name, test := range map[string]struct {
			from, until string
			holds       bool
		}{
			"from today":      {"2026-11-23", "", true},
			"until today":     {"2026-01-01", "2026-11-23", true},
			"until yesterday": {"2026-01-01", "2026-11-22", false},
			"from tomorrow":   {"2026-11-24", "", false},
		} {
			if err := h.accounts.Grant(t.Context(), operator, "an.peeters", data.RoleClerk, test.from, test.until); err != nil {
				t.Fatal(err)
			}
			id := must(gate.Password(t.Context(), "an.peeters", anPassword, "::1"))(t)
			if id.Has(data.RoleClerk) != test.holds {
				t.Errorf("%s: holds is %v, want %v", name, !test.holds, test.holds)
			}
		}
		var invalid *data.Invalid
		if err := h.accounts.Grant(t.Context(), operator, "an.peeters", data.RoleClerk, "2026-11-23", "2026-11-22"); !errors.As(err, &invalid) {
			t.Errorf("a role that ends before it starts: %v", err)
		}
	})
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

func TestSetRolesIsOneAct(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff, data.RoleICT)
		roles := func() string {
			return fmt.Sprint(must(h.accounts.Find(t.Context(), operator, "an.peeters"))(t).Roles)
		}
		set := func(want ...data.Role) error { return h.accounts.SetRoles(t.Context(), operator, "an.peeters", want) }
		if err := set(data.RoleICT, data.RoleClerk); err != nil || roles() != "[clerk ict]" {
			t.Errorf("set clerk and ict: %v, roles %s", err, roles())
		}
		before := must(db.VerifyAudit(t.Context()))(t)
		if err := set(data.RoleStaff); !errors.Is(err, data.ErrLastICT) || roles() != "[clerk ict]" {
			t.Errorf("the last ICT officer drops the role: %v, roles %s", err, roles())
		}
		if err := set(data.RoleICT, "king"); err == nil || roles() != "[clerk ict]" {
			t.Errorf("an unknown role: %v, roles %s; want nothing changed", err, roles())
		}
		if after := must(db.VerifyAudit(t.Context()))(t); after != before {
			t.Errorf("refused acts left %d audit rows", after-before)
		}
		if err := h.accounts.SetDisabled(t.Context(), operator, "an.peeters", true); !errors.Is(err, data.ErrLastICT) {
			t.Errorf("closing the last ICT officer's account: %v", err)
		}
		if err := h.accounts.Grant(t.Context(), operator, "an.peeters", data.RoleICT, "2099-01-01", ""); !errors.Is(err, data.ErrLastICT) {
			t.Errorf("the last ICT officer's role moved to 2099: %v", err)
		}
		if err := h.accounts.Revoke(t.Context(), operator, "an.peeters", data.RoleICT); !errors.Is(err, data.ErrLastICT) {
			t.Errorf("revoking the last ict: %v", err)
		}
	})
}

func TestDeputyCannotBecomeAnother(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		deputy := must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "hulp", Roles: []data.Role{data.RoleDeputy}}))(t)
		by := data.Actor{AccountID: deputy.ID, Name: "hulp"}
		for _, role := range data.Roles() {
			login := "met-" + string(role)
			must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: login, Roles: []data.Role{data.RoleStaff, role}}))(t)
			err := h.accounts.SetPassword(t.Context(), by, login, "zes groene laarzen in de gang")
			if refused := errors.Is(err, data.ErrDenied); refused != data.Guarded([]data.Role{role}) {
				t.Errorf("a deputy sets the password of %s: %v", role, err)
			}
		}
		must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "morgen"}))(t)
		if err := h.accounts.Grant(t.Context(), operator, "morgen", data.RoleICT, "2026-11-24", ""); err != nil {
			t.Fatal(err)
		}
		if err := h.accounts.SetPassword(t.Context(), by, "morgen", "zes groene laarzen in de gang"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a deputy sets the password of who is ICT officer from tomorrow: %v", err)
		}
	})
}

func TestSettings(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := data.NewSettings(db)
		for _, row := range []struct {
			key   data.Setting
			value string
			want  data.Why
		}{
			{data.SettingPlace, "Zandwerve", ""}, {data.SettingPlace, " ", data.WhyEmpty},
			{data.SettingPasswordMin, "12", ""}, {data.SettingPasswordMin, "7", data.WhyNumber}, {data.SettingPasswordMin, "veel", data.WhyNumber},
			{data.SettingTaalregime, "faciliteiten", ""}, {data.SettingTaalregime, "fr", data.WhyNotOneOf},
			{"kleur", "blauw", data.WhyNotOneOf},
		} {
			err := s.Set(t.Context(), operator, row.key, row.value)
			var invalid *data.Invalid
			if row.want == "" && err != nil || row.want != "" && (!errors.As(err, &invalid) || invalid.Why != row.want) {
				t.Errorf("%s = %q: %v, want %q", row.key, row.value, err, row.want)
			}
		}
		if got := must(s.Get(t.Context(), data.SettingPasswordMin, ""))(t); got != "12" {
			t.Errorf("password.min is %q, want 12", got)
		}
		if least := must(data.NewAccounts(db, data.NewHasher(cheap)).PasswordMin(t.Context()))(t); least != 12 {
			t.Errorf("the least length is %d, want 12", least)
		}
	})
}
