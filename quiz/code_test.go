package quiz_test

import (
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
)

// coded is a scene with codes, and a second campaign for everybody.
type coded struct {
	scene
	codes *data.Codes
	gate  *data.Gate
	other quiz.Campaign
}

func newCoded(t *testing.T, db *data.DB, change ...func(*quiz.Campaign)) coded {
	t.Helper()
	s := newScene(t, db, change...)
	c := coded{scene: s, codes: data.NewCodes(db, data.NewHasher(datatest.CheapHash)), gate: data.NewGate(s.Accounts, slog.New(slog.DiscardHandler))}
	c.other = s.campaign
	c.other.Title = "Kennismeting voorjaar"
	var err error
	if c.other, err = s.store.Create(t.Context(), datatest.Operator, c.other); err == nil {
		err = s.store.Open(t.Context(), datatest.Operator, c.other.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// enter issues a code for a journey and comes in with it.
func (c coded) enter(t *testing.T, person string, j data.Journey) data.Identity {
	t.Helper()
	w := data.Window{From: c.DB.Now(), Until: c.DB.Now().Add(24 * time.Hour)}
	issued, err := c.codes.Issue(t.Context(), datatest.Operator, j, []string{person}, w, nil, nil)
	if err != nil || len(issued) != 1 {
		t.Fatalf("issue: %d codes, %v", len(issued), err)
	}
	id, err := c.gate.Code(t.Context(), issued[0].Secret, "192.0.2.7", data.Identity{KioskID: "k1"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (c coded) forCampaign(t *testing.T, person string) data.Identity {
	t.Helper()
	return c.enter(t, person, data.Journey{Kind: data.JourneyAssessment, Of: c.campaign.ID})
}

// TestWhoHasNoAccountTakesItByCode: the invited are who works in the invited services, with an account or without;
// paper is how the others come in.
func TestWhoHasNoAccountTakesItByCode(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		c := newCoded(t, db)
		mia, err := c.People.AddPerson(t.Context(), datatest.Operator, "Mia", "Poets", data.Employment{ServiceID: c.Services["Burgerzaken"].ID, From: "2020-01-01"})
		if err != nil {
			t.Fatal(err)
		}
		id := c.forCampaign(t, mia.ID)
		by := id.Actor()
		mine, err := c.store.Mine(t.Context(), by)
		if err != nil || len(mine) != 1 || mine[0].Campaign.ID != c.campaign.ID || !mine[0].Takable {
			t.Fatalf("her campaigns: %+v, %v; want the one of her code", mine, err)
		}
		attempt, err := c.store.Start(t.Context(), by, c.campaign.ID, true)
		if err != nil {
			t.Fatal(err)
		}
		a, err := c.store.Attempt(t.Context(), by, attempt)
		if err != nil {
			t.Fatal(err)
		}
		for n := range a.Entry {
			answer := right(a.Items[n].Item)
			if err := c.store.Save(t.Context(), by, attempt, quiz.Save{N: n, Answer: &answer, Place: n}); err != nil {
				t.Fatal(err)
			}
		}
		if passed, err := c.store.PassEntry(t.Context(), by, attempt, true); !passed || err != nil {
			t.Fatalf("entry: %v, %v", passed, err)
		}
		if r, err := c.store.Submit(t.Context(), by, attempt); err != nil || len(r.Domains) == 0 {
			t.Fatalf("handing in: %+v, %v", r, err)
		}
		if _, err := c.store.Explained(t.Context(), by, attempt); err != nil {
			t.Errorf("reading the explanations: %v", err)
		}
		if code, err := c.codes.Find(t.Context(), datatest.Operator, id.CodeID); err != nil || code.State != data.CodeUsed || !code.DoneAt.Equal(datatest.Noon) {
			t.Errorf("her code afterwards: %+v, %v", code, err)
		}
	})
}

// TestCodesEndWithTheJourney: each way in which an attempt ends uses the person's code up, whoever ends it and
// however the person came in; a code for "Ik werk hier" stays.
func TestCodesEndWithTheJourney(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		defer func() { hand.Forward(datatest.Noon.Sub(hand.Now())) }()
		c := newCoded(t, db, func(k *quiz.Campaign) { k.Limit = time.Hour })
		state := func(id data.Identity) data.CodeState {
			code, err := c.codes.Find(t.Context(), datatest.Operator, id.CodeID)
			if err != nil {
				t.Fatal(err)
			}
			return code.State
		}
		begin := func(by data.Actor) string {
			attempt, err := c.store.Start(t.Context(), by, c.campaign.ID, false)
			if err != nil {
				t.Fatal(err)
			}
			return attempt
		}
		who := func(login string) string { return c.Identity(login).PersonID }

		starter := c.forCampaign(t, who("lid1"))
		if passed, err := c.store.PassEntry(t.Context(), starter.Actor(), begin(starter.Actor()), true); passed || err != nil {
			t.Fatalf("nothing answered: %v, %v", passed, err)
		}
		bell := c.forCampaign(t, who("lid2"))
		begin(bell.Actor())
		account := c.forCampaign(t, who("lid3"))
		c.take(t, "lid3", 3) // on the own account, with the letter in the drawer
		staff := c.enter(t, who("lid4"), data.Journey{Kind: data.JourneyStaff})
		attempt := begin(staff.Actor())
		cut := c.forCampaign(t, who("lid5"))
		if state(starter) != data.CodeUsed || state(account) != data.CodeUsed || state(bell) != data.CodeLive {
			t.Errorf("starter %s, own account %s, running %s", state(starter), state(account), state(bell))
		}
		hand.Forward(61 * time.Minute)
		if n, _, err := c.store.Tidy(t.Context()); n != 2 || err != nil {
			t.Errorf("tidied %d, %v", n, err)
		}
		if state(bell) != data.CodeUsed || state(staff) != data.CodeLive {
			t.Errorf("after the bell: %s; of staff %s", state(bell), state(staff))
		}
		if _, err := c.store.Result(t.Context(), staff.Actor(), attempt); err != nil {
			t.Errorf("reading the result with a code of staff: %v", err)
		}
		begin(cut.Actor())
		if err := c.store.Close(t.Context(), datatest.Operator, c.campaign.ID); err != nil {
			t.Fatal(err)
		}
		if state(cut) != data.CodeLive {
			t.Errorf("who was cut short by the closing can't come back to read: %s", state(cut))
		}
	}, data.WithClock(hand.Now))
}

// TestHalfAnHourToRead: after handing in, the result can be read for half an hour and nothing can be begun.
func TestHalfAnHourToRead(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		defer func() { hand.Forward(datatest.Noon.Sub(hand.Now())) }()
		c := newCoded(t, db)
		by := c.forCampaign(t, c.Identity("lid1").PersonID).Actor()
		attempt, err := c.store.Start(t.Context(), by, c.campaign.ID, false)
		if err == nil {
			_, err = c.store.PassEntry(t.Context(), by, attempt, true)
		}
		if err != nil {
			t.Fatal(err)
		}
		hand.Forward(30*time.Minute - time.Millisecond)
		if _, err := c.store.Result(t.Context(), by, attempt); err != nil {
			t.Errorf("just before the half hour: %v", err)
		}
		if err := c.store.Save(t.Context(), by, attempt, quiz.Save{}); !errors.Is(err, quiz.ErrEnded) {
			t.Errorf("an answer after the end: %v", err)
		}
		hand.Forward(time.Millisecond)
		if _, err := c.store.Result(t.Context(), by, attempt); !errors.Is(err, data.ErrCodeUsed) {
			t.Errorf("after the half hour: %v", err)
		}
	}, data.WithClock(hand.Now))
}

// TestCodeOfOneCampaign tries a code of one campaign at another, at another's attempt, and at everything else
// that the store has.
func TestCodeOfOneCampaign(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		c := newCoded(t, db)
		an := c.Identity("an.peeters").PersonID
		theirs := c.start(t, "bert.maes")
		otherOwn, err := c.store.Start(t.Context(), c.Actor("an.peeters"), c.other.ID, false)
		if err != nil {
			t.Fatal(err)
		}
		by := c.forCampaign(t, an).Actor()
		staff := c.enter(t, an, data.Journey{Kind: data.JourneyStaff}).Actor()
		stolen := by
		stolen.PersonID = c.Identity("bert.maes").PersonID
		candidate := data.Actor{CodeID: by.CodeID, PersonID: "", Name: by.Name}
		kiosk := data.Actor{KioskID: "k1", Name: "kiosk:k1"}
		reads := func(by data.Actor, attempt string) map[string]error {
			_, read := c.store.Attempt(t.Context(), by, attempt)
			_, result := c.store.Result(t.Context(), by, attempt)
			_, explained := c.store.Explained(t.Context(), by, attempt)
			_, entry := c.store.PassEntry(t.Context(), by, attempt, true)
			_, submit := c.store.Submit(t.Context(), by, attempt)
			return map[string]error{"read": read, "result": result, "explained": explained, "entry": entry, "submit": submit,
				"save": c.store.Save(t.Context(), by, attempt, quiz.Save{})}
		}
		for name, try := range map[string]struct {
			by      data.Actor
			attempt string
			want    error
		}{
			"another's attempt":                {by, theirs, data.ErrDenied},
			"another's attempt, staff":         {staff, theirs, data.ErrNotFound},
			"the own attempt of another":       {by, otherOwn, data.ErrDenied},
			"as somebody else":                 {stolen, theirs, data.ErrDenied},
			"as nobody":                        {candidate, theirs, data.ErrDenied},
			"a kiosk at which nobody sits":     {kiosk, theirs, data.ErrDenied},
			"an attempt that is not there":     {by, "none", data.ErrDenied},
			"one that is not there, for staff": {staff, "none", data.ErrNotFound},
		} {
			for what, err := range reads(try.by, try.attempt) {
				if !errors.Is(err, try.want) {
					t.Errorf("%s, %s: %v; want %v", name, what, err, try.want)
				}
			}
		}
		if _, err := c.store.Start(t.Context(), by, c.other.ID, false); !errors.Is(err, data.ErrDenied) {
			t.Errorf("starting the other campaign: %v", err)
		}
		if mine, err := c.store.Mine(t.Context(), staff); err != nil || len(mine) != 2 {
			t.Errorf("a code of staff sees %d campaigns, %v; want 2", len(mine), err)
		}
		for _, by := range []data.Actor{by, staff, kiosk, {}} {
			for what, err := range everythingElse(t, c, by) {
				noAccount := (what == "own password" || what == "first password") && errors.Is(err, data.ErrNotFound)
				if !errors.Is(err, data.ErrDenied) && !noAccount {
					t.Errorf("%s with %q: %v; want ErrDenied", what, by.Name, err)
				}
			}
		}
		if _, err := c.store.Mine(t.Context(), kiosk); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a kiosk lists campaigns: %v", err)
		}
	})
}

// everythingElse does what is not the taking of a campaign.
func everythingElse(t *testing.T, c coded, by data.Actor) map[string]error {
	t.Helper()
	ctx := t.Context()
	login, password := "an.peeters", "zes groene laarzen in de gang"
	w := data.Window{From: c.DB.Now(), Until: c.DB.Now().Add(time.Hour)}
	drop := func(_ any, err error) error { return err }
	return map[string]error{
		"create":           drop(c.store.Create(ctx, by, c.campaign)),
		"open":             c.store.Open(ctx, by, c.campaign.ID),
		"close":            c.store.Close(ctx, by, c.campaign.ID),
		"discard":          c.store.Discard(ctx, by, c.campaign.ID),
		"campaigns":        drop(c.store.Campaigns(ctx, by)),
		"campaign":         drop(c.store.Campaign(ctx, by, c.campaign.ID)),
		"reports":          drop(c.store.Reports(ctx, by)),
		"group":            drop(c.store.Group(ctx, by, c.campaign.ID)),
		"accounts":         drop(c.Accounts.List(ctx, by)),
		"account":          drop(c.Accounts.Find(ctx, by, login)),
		"add account":      drop(c.Accounts.Add(ctx, by, data.NewAccount{PersonID: by.PersonID, Login: "indringer", Roles: data.Roles()})),
		"grant":            c.Accounts.Grant(ctx, by, login, data.RoleICT, "", ""),
		"revoke role":      c.Accounts.Revoke(ctx, by, login, data.RoleStaff),
		"disable":          c.Accounts.SetDisabled(ctx, by, login, true),
		"set password":     c.Accounts.SetPassword(ctx, by, login, password),
		"own password":     c.Accounts.ChangePassword(ctx, by, datatest.Password, password),
		"first password":   c.Accounts.ChooseFirst(ctx, by, password),
		"roles":            c.Accounts.ChangeRoles(ctx, by, login, data.Roles(), nil),
		"add a key":        drop(c.Accounts.AddKey(ctx, by, login, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMPGymttWLLoeLkb0qMk0fNt0bjTrzMDq8PVOT50Uzv7 kwaad")),
		"remove a key":     c.Accounts.RemoveKey(ctx, by, login, "SHA256:x"),
		"keys":             drop(c.Accounts.KeysOf(ctx, by, login)),
		"add organisation": drop(c.People.AddOrganisation(ctx, by, data.OCMW, "Kwaad")),
		"add service":      drop(c.People.AddService(ctx, by, data.Service{OrganisationID: c.Services["Jeugd"].OrganisationID, Name: "Kwaad"})),
		"head":             c.People.SetHead(ctx, by, c.Services["Jeugd"].ID, by.PersonID),
		"add person":       drop(c.People.AddPerson(ctx, by, "Kwaad", "Kwaad", data.Employment{ServiceID: c.Services["Jeugd"].ID, From: "2026-01-01"})),
		"setting":          data.NewSettings(c.DB).Set(ctx, by, data.SettingPlace, "Kwaad"),
		"audit":            drop(c.DB.Audit(ctx, by, 10)),
		"issue":            drop(c.codes.Issue(ctx, by, data.Journey{Kind: data.JourneyStaff}, []string{by.PersonID}, w, nil, nil)),
		"reprint":          drop(c.codes.Reprint(ctx, by, by.CodeID, nil)),
		"revoke":           c.codes.Revoke(ctx, by, by.CodeID),
		"codes":            drop(c.codes.List(ctx, by, data.CodeFilter{})),
		"find code":        drop(c.codes.Find(ctx, by, by.CodeID)),
	}
}

// TestTwoSessionsOfOneCodeAtOnce: two who came in with one paper work on one attempt; one of them hands it in, and the
// other hears that it has ended.
func TestTwoSessionsOfOneCodeAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		c := newCoded(t, db)
		by := c.forCampaign(t, c.Identity("lid1").PersonID).Actor()
		attempts, errs := make([]string, 8), make([]error, 8)
		var people sync.WaitGroup
		for i := range attempts {
			people.Go(func() { attempts[i], errs[i] = c.store.Start(t.Context(), by, c.campaign.ID, false) })
		}
		people.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		for _, id := range attempts {
			if id != attempts[0] {
				t.Errorf("two attempts for one person: %s and %s", id, attempts[0])
			}
		}
		if _, err := c.store.PassEntry(t.Context(), by, attempts[0], true); err != nil {
			t.Fatal(err)
		}
		if err := c.store.Save(t.Context(), by, attempts[0], quiz.Save{}); !errors.Is(err, quiz.ErrEnded) {
			t.Errorf("the other session answers: %v", err)
		}
	})
}
