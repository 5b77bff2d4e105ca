package data_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"

	"golang.org/x/crypto/ssh"
)

// places is a town with two locations and its kiosks.
type places struct {
	town
	kiosks       *data.Kiosks
	library, ocr string // ids of locations
}

func eachPlace(t *testing.T, test func(t *testing.T, h places)) {
	t.Helper()
	eachTown(t, func(t *testing.T, h town) {
		p := places{town: h, kiosks: data.NewKiosks(h.DB), library: data.NewID(), ocr: data.NewID()}
		owner := h.Services["Bibliotheek"].OrganisationID
		// The calendar stands one floor up in this wing, so the test writes the two rows itself.
		err := h.DB.InPlainTx(t.Context(), func(tx *data.Tx) error {
			for id, name := range map[string]string{p.library: "Bibliotheek", p.ocr: "Dorpshuis"} {
				if _, err := tx.ExecContext(t.Context(), `INSERT INTO locations (id, organisation_id, name, sort_key, created_at) VALUES ($1, $2, $3, $4, $5)`,
					id, owner, name, data.SortKey(name), tx.Now().UnixMilli()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		test(t, p)
	})
}

// pair makes a key and its line.
func pair(t testing.TB) (ssh.PublicKey, string) {
	t.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return key, string(ssh.MarshalAuthorizedKey(key))
}

// add adds a kiosk and gives its key.
func (h places) add(name, location string) (data.Kiosk, ssh.PublicKey) {
	h.t.Helper()
	key, line := pair(h.t)
	return must(h.kiosks.Add(h.t.Context(), h.Actor("ivo.ict"), data.NewKiosk{Name: name, Kind: data.KioskOCR, LocationID: location, Key: line}))(h.t), key
}

func (h places) log() string {
	h.t.Helper()
	var acts []string
	for _, r := range must(h.DB.Audit(h.t.Context(), operator, 100))(h.t) {
		if strings.HasPrefix(r.Action, "kiosk.") {
			acts = append([]string{r.Action + " " + r.Object + " by " + r.Actor}, acts...)
		}
	}
	return strings.Join(acts, "; ")
}

func TestKiosks(t *testing.T) {
	eachPlace(t, func(t *testing.T, h places) {
		_, _ = h.add("ocr-2", h.ocr)
		bib, _ := h.add("BIB-1", h.library)
		_, _ = h.add("ocr-1", h.ocr)
		if bib.Name != "bib-1" || bib.Location != "Bibliotheek" || bib.Disabled || !bib.SeenAt.IsZero() || bib.Login() != "kiosk:bib-1" || !strings.HasPrefix(bib.Fingerprint, "SHA256:") {
			t.Errorf("added %+v", bib)
		}
		ivo := h.Actor("ivo.ict")
		listed := func() (names []string) {
			for _, k := range must(h.kiosks.List(t.Context(), ivo))(t) {
				names = append(names, k.Location+" "+k.Name)
			}
			return names
		}
		if got := strings.Join(listed(), ", "); got != "Bibliotheek bib-1, Dorpshuis ocr-1, Dorpshuis ocr-2" {
			t.Errorf("listed %s", got)
		}
		if got := must(h.kiosks.Find(t.Context(), ivo, " Bib-1 "))(t); got != bib {
			t.Errorf("found %+v, added %+v", got, bib)
		}
		if _, err := h.kiosks.Find(t.Context(), ivo, "bib-9"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a kiosk that is not there: %v", err)
		}
		for range 2 { // somebody else was first: nothing to write down
			if k := must(h.kiosks.SetDisabled(t.Context(), ivo, "bib-1", true))(t); !k.Disabled {
				t.Errorf("closed: %+v", k)
			}
		}
		must(h.kiosks.SetDisabled(t.Context(), ivo, "bib-1", false))(t)
		want := "kiosk.add kiosk:ocr-2 by ivo.ict; kiosk.add kiosk:bib-1 by ivo.ict; kiosk.add kiosk:ocr-1 by ivo.ict; " +
			"kiosk.disable kiosk:bib-1 by ivo.ict; kiosk.enable kiosk:bib-1 by ivo.ict"
		if got := h.log(); got != want {
			t.Errorf("the log says %s\nwant %s", got, want)
		}
	})
}

func TestKiosksThatCannotBe(t *testing.T) {
	eachPlace(t, func(t *testing.T, h places) {
		k, key := h.add("bib-1", h.library)
		known := string(ssh.MarshalAuthorizedKey(key))
		_, line := pair(t)
		_, personal := pair(t)
		must(h.Accounts.AddKey(t.Context(), operator, "an.peeters", personal))(t)
		good := data.NewKiosk{Name: "ocr-1", Kind: data.KioskOCR, LocationID: h.ocr, Key: line}
		for name, c := range map[string]struct {
			change func(*data.NewKiosk)
			why    data.Why
			field  string
		}{
			"no name":              {func(n *data.NewKiosk) { n.Name = "" }, data.WhyKioskName, "kiosk"},
			"a path as a name":     {func(n *data.NewKiosk) { n.Name = "../../etc/passwd" }, data.WhyKioskName, "kiosk"},
			"an option as a name":  {func(n *data.NewKiosk) { n.Name = "-rf" }, data.WhyKioskName, "kiosk"},
			"too long":             {func(n *data.NewKiosk) { n.Name = strings.Repeat("a", 33) }, data.WhyKioskName, "kiosk"},
			"escapes in the name":  {func(n *data.NewKiosk) { n.Name = "bib\x1b[2J" }, data.WhyKioskName, "kiosk"},
			"a name that is there": {func(n *data.NewKiosk) { n.Name = "BIB-1" }, data.WhyTwice, "kiosk"},
			"no type":              {func(n *data.NewKiosk) { n.Kind = "" }, data.WhyNotOneOf, "type"},
			"an unknown type":      {func(n *data.NewKiosk) { n.Kind = "toog" }, data.WhyNotOneOf, "type"},
			"no location":          {func(n *data.NewKiosk) { n.LocationID = "" }, data.WhyKioskLocation, "location"},
			"an unknown location":  {func(n *data.NewKiosk) { n.LocationID = k.ID }, data.WhyKioskLocation, "location"},
			"no key":               {func(n *data.NewKiosk) { n.Key = "" }, data.WhyKeyForm, "key"},
			"a small key":          {func(n *data.NewKiosk) { n.Key = rsa1024 }, data.WhyKeyShort, "key"},
			"another kiosk's key":  {func(n *data.NewKiosk) { n.Key = known }, data.WhyKioskTaken, "key"},
			"a person's key":       {func(n *data.NewKiosk) { n.Key = personal }, data.WhyKioskTaken, "key"},
		} {
			n := good
			c.change(&n)
			_, err := h.kiosks.Add(t.Context(), operator, n)
			var bad *data.Invalid
			if !errors.As(err, &bad) || bad.Why != c.why || bad.Field != c.field {
				t.Errorf("%s: %v, want %s of %s", name, err, c.why, c.field)
			}
		}
		for name, line := range map[string]string{"its own key again": known, "a person's key": personal} {
			if _, err := h.kiosks.SetKey(t.Context(), operator, "bib-1", line); whyOf(err) != data.WhyKioskTaken {
				t.Errorf("another key for the kiosk, %s: %v", name, err)
			}
		}
		if _, err := h.Accounts.AddKey(t.Context(), operator, "an.peeters", known); whyOf(err) != data.WhyKioskTaken {
			t.Errorf("who sits at the kiosk can become An Peeters: %v", err)
		}
		if n := len(must(h.kiosks.List(t.Context(), operator))(t)); n != 1 {
			t.Errorf("%d kiosks, want the first alone", n)
		}
	})
}

// TestNobodyIsCalledKiosk keeps the log-in names of the door out of the accounts.
func TestNobodyIsCalledKiosk(t *testing.T) {
	for _, login := range []string{"kiosk", "Kiosk", " KIOSK ", "code", "CODE"} {
		if _, err := data.ParseLogin(login); whyOf(err) != data.WhyLogin {
			t.Errorf("%q can be somebody's log-in name: %v", login, err)
		}
	}
}

// TestOnlyICTManagesKiosks tries everything as everybody else.
func TestOnlyICTManagesKiosks(t *testing.T) {
	eachPlace(t, func(t *testing.T, h places) {
		k, _ := h.add("bib-1", h.library)
		_, line := pair(t)
		drop := func(_ any, err error) error { return err }
		for name, by := range map[string]data.Actor{"staff": h.Actor("an.peeters"), "deputy": h.Actor("lid1"), "the kiosk": {KioskID: k.ID, Name: k.Login()}, "nobody": {}} {
			for what, err := range map[string]error{
				"add":     drop(h.kiosks.Add(t.Context(), by, data.NewKiosk{Name: "x-1", Kind: data.KioskOCR, LocationID: h.ocr, Key: line})),
				"key":     drop(h.kiosks.SetKey(t.Context(), by, "bib-1", line)),
				"disable": drop(h.kiosks.SetDisabled(t.Context(), by, "bib-1", true)),
				"list":    drop(h.kiosks.List(t.Context(), by)),
				"find":    drop(h.kiosks.Find(t.Context(), by, "bib-1")),
				"own":     drop(h.kiosks.Own(t.Context(), by)),
			} {
				if may := name == "the kiosk" && what == "own"; may != (err == nil) || !may && !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s, %s: %v", what, name, err)
				}
			}
		}
	})
}

// TestKioskAtTheGate: the key opens the kiosk and nothing else, a new key makes the old one nobody's, and a closed
// kiosk is shut for who is in already too.
func TestKioskAtTheGate(t *testing.T) {
	eachPlace(t, func(t *testing.T, h places) {
		k, key := h.add("bib-1", h.library)
		enter := func(login string, key ssh.PublicKey) (data.Identity, error) {
			return h.gate.Key(t.Context(), login, key, "192.0.2.8")
		}
		id := must(enter("KIOSK", key))(t)
		if id.KioskID != k.ID || id.AccountID != "" || id.PersonID != "" || id.CodeID != "" || len(id.Roles) != 0 || id.Login != "kiosk:bib-1" || id.Name != "" || id.From != "192.0.2.8" || !id.Known() {
			t.Errorf("the kiosk comes in as %+v", id)
		}
		personal, line := pair(t)
		must(h.Accounts.AddKey(t.Context(), operator, "an.peeters", line))(t)
		for login, key := range map[string]ssh.PublicKey{"an.peeters": key, "ivo.ict": key, "kiosk:bib-1": key, "bib-1": key, "code": key, "kiosk": personal} {
			if _, err := enter(login, key); !errors.Is(err, data.ErrDenied) {
				t.Errorf("as %s: %v", login, err)
			}
		}
		if own := must(h.kiosks.Own(t.Context(), id.Actor()))(t); own.Name != "bib-1" || own.Location != "Bibliotheek" {
			t.Errorf("the kiosk knows of itself %+v", own)
		}
		for _, roles := range [][]data.Role{data.Roles(), nil} {
			if err := data.Require(t.Context(), h.DB, id.Actor(), roles...); !errors.Is(err, data.ErrDenied) {
				t.Errorf("a kiosk may act as %v: %v", roles, err)
			}
		}

		other, otherLine := pair(t)
		if changed := must(h.kiosks.SetKey(t.Context(), operator, "bib-1", otherLine))(t); changed.Fingerprint != ssh.FingerprintSHA256(other) {
			t.Errorf("the key is now %s", changed.Fingerprint)
		}
		if _, err := enter("kiosk", key); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the old key: %v", err)
		}
		must(enter("kiosk", other))(t)

		visitor := must(h.gate.Code(t.Context(), h.issue(najaar, "an.peeters")[0].Secret, "192.0.2.8", id))(t)
		must(h.kiosks.SetDisabled(t.Context(), operator, "bib-1", true))(t)
		if _, err := enter("kiosk", other); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a closed kiosk: %v", err)
		}
		for name, id := range map[string]data.Identity{"the kiosk": id, "who sits there": visitor} {
			if err := h.gate.Still(t.Context(), id); !errors.Is(err, data.ErrDenied) {
				t.Errorf("closed, for %s: %v", name, err)
			}
		}
		if _, err := h.kiosks.Own(t.Context(), id.Actor()); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a closed kiosk reads of itself: %v", err)
		}
		must(h.kiosks.SetDisabled(t.Context(), operator, "bib-1", false))(t)
		for name, id := range map[string]data.Identity{"the kiosk": id, "who sits there": visitor} {
			if err := h.gate.Still(t.Context(), id); err != nil {
				t.Errorf("open again, for %s: %v", name, err)
			}
		}
	})
}

// TestKioskSeen: coming in and going on are written down, going on at most once a minute.
func TestKioskSeen(t *testing.T) {
	eachPlace(t, func(t *testing.T, h places) {
		_, key := h.add("bib-1", h.library)
		id := must(h.gate.Key(t.Context(), "kiosk", key, "192.0.2.8"))(t)
		seen := func() time.Time { return must(h.kiosks.Find(t.Context(), operator, "bib-1"))(t).SeenAt }
		if !seen().IsZero() {
			t.Error("a key that was merely offered counts as seen")
		}
		id.Method = "publickey"
		h.gate.Entered(t.Context(), id)
		came := h.hand.Now()
		if !seen().Equal(came) {
			t.Errorf("seen at %v, want %v", seen(), came)
		}
		for _, step := range []struct {
			after time.Duration
			want  time.Time
		}{{59 * time.Second, came}, {time.Second, came.Add(time.Minute)}, {time.Second, came.Add(time.Minute)}} {
			h.hand.Forward(step.after)
			if err := h.gate.Still(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			if got := seen(); !got.Equal(step.want) {
				t.Errorf("at %v seen at %v, want %v", h.hand.Now(), got, step.want)
			}
		}
		last := must(h.DB.Audit(t.Context(), operator, 1))(t)[0]
		if last.Action != "login" || last.Object != "kiosk:bib-1" || last.Actor != "kiosk:bib-1" {
			t.Errorf("audit row %+v", last)
		}
	})
}

// TestOneKioskPerKeyAtOnce adds twenty kiosks with one key at the same moment.
func TestOneKioskPerKeyAtOnce(t *testing.T) {
	eachPlace(t, func(t *testing.T, h places) {
		_, line := pair(t)
		errs := make([]error, 20)
		var crew sync.WaitGroup
		for i := range errs {
			crew.Go(func() {
				_, errs[i] = h.kiosks.Add(t.Context(), operator, data.NewKiosk{Name: "k-" + string(rune('a'+i)), Kind: data.KioskCafe, LocationID: h.ocr, Key: line})
			})
		}
		crew.Wait()
		added := 0
		for _, err := range errs {
			switch {
			case err == nil:
				added++
			case whyOf(err) != data.WhyKioskTaken && whyOf(err) != data.WhyTwice:
				t.Errorf("one of the others: %v", err)
			}
		}
		if n := len(must(h.kiosks.List(t.Context(), operator))(t)); added != 1 || n != 1 {
			t.Errorf("%d were told that theirs was added, %d are there", added, n)
		}
	})
}
