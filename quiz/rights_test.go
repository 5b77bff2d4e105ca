package quiz_test

import (
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNobodyReadsAnothersAttempt(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		id := s.take(t, "an.peeters", 5).Attempt.ID
		for _, login := range []string{"lid1", "bert.maes", "ivo.ict", "dirk.adm"} {
			by := s.Actor(login)
			if _, err := s.store.Attempt(t.Context(), by, id); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s reads An's attempt: %v; want ErrNotFound", login, err)
			}
			if _, err := s.store.Result(t.Context(), by, id); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s reads An's result: %v; want ErrNotFound", login, err)
			}
			if _, err := s.store.Explained(t.Context(), by, id); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s reads An's answers: %v; want ErrNotFound", login, err)
			}
			if err := s.store.Save(t.Context(), by, id, quiz.Save{}); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s answers for An: %v; want ErrNotFound", login, err)
			}
		}
	})
}

func TestWhoMayTakeIt(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.OpensOn, c.ClosesOn = "2026-11-24", "2026-11-25" })
		begin := func(login string) error {
			_, err := s.store.Start(t.Context(), s.Actor(login), s.campaign.ID, false)
			return err
		}
		if err := begin("an.peeters"); !errors.Is(err, quiz.ErrNotOpen) {
			t.Errorf("the day before: %v; want ErrNotOpen", err)
		}
		hand.Forward(24 * time.Hour)
		defer hand.Forward(-24 * time.Hour)
		if err := begin("an.peeters"); err != nil {
			t.Errorf("the first day: %v", err)
		}
		hand.Forward(36 * time.Hour) // midnight of the last day has passed
		if err := begin("lid1"); !errors.Is(err, quiz.ErrNotOpen) {
			t.Errorf("the day after: %v; want ErrNotOpen", err)
		}
		if _, n, err := s.store.Tidy(t.Context()); n != 1 || err != nil {
			t.Errorf("tidying closed %d campaigns, %v; want 1", n, err)
		}
		if mine, err := s.store.Mine(t.Context(), s.Actor("an.peeters")); err != nil || mine[0].Ended != quiz.EndedClosed {
			t.Errorf("the attempt that still ran: %+v, %v; want ended by the close", mine, err)
		}
		hand.Forward(-36 * time.Hour)
	}, data.WithClock(hand.Now))
}

func TestDiscard(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		ict := s.Actor("ivo.ict")
		if err := s.store.Discard(t.Context(), ict, s.campaign.ID); !errors.Is(err, quiz.ErrState) {
			t.Errorf("an open campaign: %v; want ErrState", err)
		}
		draft := s.campaign
		draft.Title = "Met een tikfout"
		draft, err := s.store.Create(t.Context(), ict, draft)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.store.Discard(t.Context(), s.Actor("dirk.adm"), draft.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the director discards: %v; want ErrDenied", err)
		}
		if err := s.store.Discard(t.Context(), ict, draft.ID); err != nil {
			t.Errorf("a draft: %v", err)
		}
		if _, err := s.store.Campaign(t.Context(), ict, draft.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("the draft afterwards: %v; want ErrNotFound", err)
		}
	})
}

func TestLogTellsNoResult(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	s := newScene(t, db)
	id := s.start(t, "an.peeters")
	if passed, err := s.store.PassEntry(t.Context(), s.Actor("an.peeters"), id, true); passed || err != nil {
		t.Fatalf("nothing answered: passed %v, %v", passed, err)
	}
	rows, err := db.Audit(t.Context(), s.Actor("ivo.ict"), 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if strings.Contains(fmt.Sprint(r), "starter") {
			t.Errorf("the log says who is a starter: %+v", r)
		}
	}
	const secret = "ik weet het echt niet"
	it := quiz.Item{Kind: quiz.KindNumber, Number: &quiz.Number{Value: 1}}
	if err := it.CheckAnswer(quiz.Answer{Text: secret}); err == nil || strings.Contains(err.Error(), secret) {
		t.Errorf("the error of a refused answer is %v", err)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		staff, ict := []data.Role{data.RoleStaff}, []data.Role{data.RoleICT}
		groups := []data.Role{data.RoleHead, data.RoleDirector}
		for name, test := range map[string]struct {
			may []data.Role
			act func(data.Actor) error
		}{
			"mine":      {staff, func(by data.Actor) error { _, err := s.store.Mine(t.Context(), by); return err }},
			"start":     {staff, func(by data.Actor) error { _, err := s.store.Start(t.Context(), by, "none", false); return err }},
			"attempt":   {staff, func(by data.Actor) error { _, err := s.store.Attempt(t.Context(), by, "none"); return err }},
			"save":      {staff, func(by data.Actor) error { return s.store.Save(t.Context(), by, "none", quiz.Save{}) }},
			"entry":     {staff, func(by data.Actor) error { _, err := s.store.PassEntry(t.Context(), by, "none", true); return err }},
			"submit":    {staff, func(by data.Actor) error { _, err := s.store.Submit(t.Context(), by, "none"); return err }},
			"result":    {staff, func(by data.Actor) error { _, err := s.store.Result(t.Context(), by, "none"); return err }},
			"explained": {staff, func(by data.Actor) error { _, err := s.store.Explained(t.Context(), by, "none"); return err }},
			"reports":   {groups, func(by data.Actor) error { _, err := s.store.Reports(t.Context(), by); return err }},
			"group":     {groups, func(by data.Actor) error { _, err := s.store.Group(t.Context(), by, "none"); return err }},
			"campaigns": {append(ict, data.RoleDirector), func(by data.Actor) error { _, err := s.store.Campaigns(t.Context(), by); return err }},
			"campaign":  {ict, func(by data.Actor) error { _, err := s.store.Campaign(t.Context(), by, "none"); return err }},
			"create": {ict, func(by data.Actor) error {
				_, err := s.store.Create(t.Context(), by, s.campaign)
				return err
			}},
			"open":    {ict, func(by data.Actor) error { return s.store.Open(t.Context(), by, "none") }},
			"close":   {ict, func(by data.Actor) error { return s.store.Close(t.Context(), by, "none") }},
			"discard": {ict, func(by data.Actor) error { return s.store.Discard(t.Context(), by, "none") }},
		} {
			for _, role := range data.Roles() {
				login := "als-" + string(role)
				if _, err := s.Accounts.Find(t.Context(), datatest.Operator, login); err != nil {
					if _, err := s.Accounts.Add(t.Context(), datatest.Operator, data.NewAccount{PersonID: s.Actor("lid1").PersonID, Login: login, Roles: []data.Role{role}}); err != nil {
						t.Fatal(err)
					}
				}
				a, err := s.Accounts.Find(t.Context(), datatest.Operator, login)
				if err != nil {
					t.Fatal(err)
				}
				err = test.act(data.Actor{AccountID: a.ID, PersonID: a.PersonID, Name: login})
				if may := slices.Contains(test.may, role); may == errors.Is(err, data.ErrDenied) {
					t.Errorf("%s as %s: %v; may is %v", name, role, err, may)
				}
			}
			if err := test.act(data.Actor{}); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s as nobody: %v", name, err)
			}
		}
		id := s.start(t, "lid1")
		if err := s.Accounts.SetDisabled(t.Context(), datatest.Operator, "lid1", true); err != nil {
			t.Fatal(err)
		}
		if err := s.save(t, "lid1", id, quiz.Save{}); !errors.Is(err, data.ErrDenied) {
			t.Errorf("an answer from a closed account: %v; want ErrDenied", err)
		}
	})
}

func TestOpenAndCreateRefuse(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		ict := s.Actor("ivo.ict")
		var invalid *data.Invalid
		past := s.campaign
		past.Title, past.OpensOn, past.ClosesOn = "Te laat", "2026-01-01", "2026-01-31"
		past.Services = append(past.Services, past.Services[0]) // twice is once
		past, err := s.store.Create(t.Context(), ict, past)
		if err != nil {
			t.Fatalf("a service that is named twice: %v", err)
		}
		if err := s.store.Open(t.Context(), ict, past.ID); !errors.As(err, &invalid) || invalid.Field != "closes" {
			t.Errorf("opening after the last day: %v; want *Invalid", err)
		}
		unknown := s.campaign
		unknown.Title, unknown.Services = "Onbekend", []string{"no such service"}
		if _, err := s.store.Create(t.Context(), ict, unknown); !errors.As(err, &invalid) || invalid.Field != "services" {
			t.Errorf("an unknown service: %v; want *Invalid", err)
		}
		if _, err := s.store.Group(t.Context(), s.Actor("bert.maes"), past.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a head reads a draft: %v; want ErrNotFound", err)
		}
	})
}

// TestCloseAndAnswerAtOnce closes a campaign under twelve people who answer: every acknowledged answer is
// there, nothing comes in after, and everybody has a result.
