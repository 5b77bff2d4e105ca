package papers

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
)

// mailroom is the scene with codes and an outbox.
type mailroom struct {
	scene
	mailing  Mailing
	codes    *data.Codes
	out      *outbox.Store
	campaign string
}

func newMailroom(t *testing.T) mailroom {
	t.Helper()
	s := newScene(t)
	codes := data.NewCodes(s.DB, data.NewHasher(datatest.CheapHash))
	campaigns, err := s.quiz.Campaigns(t.Context(), datatest.Operator)
	if err != nil {
		t.Fatal(err)
	}
	settings := data.NewSettings(s.DB)
	if err := settings.Set(t.Context(), datatest.Operator, data.SettingDoor, "digibrug.zandwerve.example:2022"); err != nil {
		t.Fatal(err)
	}
	return mailroom{s, Mailing{codes, data.NewPeople(s.DB), settings, s.quiz}, codes, outbox.NewStore(s.DB), campaigns[0].ID}
}

func (p mailroom) order(t *testing.T, persons ...string) Order {
	t.Helper()
	w, err := data.Days(p.DB.Today(), "2026-12-31")
	if err != nil {
		t.Fatal(err)
	}
	return Order{Campaign: p.campaign, Persons: persons, Window: w}
}

// held counts the codes there are.
func (p mailroom) held(t *testing.T) int {
	t.Helper()
	all, err := p.codes.List(t.Context(), datatest.Operator, data.CodeFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func TestMailing(t *testing.T) {
	p := newMailroom(t)
	ict := p.Actor("ivo.ict")
	all, err := p.mailing.Recipients(t.Context(), ict, Order{Campaign: p.campaign})
	if err != nil || len(all) < 5 {
		t.Fatalf("%d recipients, %v", len(all), err)
	}
	var paper outbox.Paper
	letters, err := p.mailing.Issue(t.Context(), ict, p.order(t), ToOutbox(ict, outbox.Fetch, OnePage, &paper))
	if err != nil {
		t.Fatal(err)
	}
	if len(letters.All) != len(all) || letters.Title != "Kennismeting najaar" || letters.Host != "digibrug.zandwerve.example" || letters.Port != "2022" {
		t.Errorf("%d letters for %d people, %q, %s %s", len(letters.All), len(all), letters.Title, letters.Host, letters.Port)
	}
	body, err := p.out.Body(t.Context(), ict, paper.ID)
	if err != nil || !bytes.HasPrefix(body, []byte("%PDF")) {
		t.Errorf("the paper begins with %q, %v", body[:min(len(body), 8)], err)
	}
	if want := p.DB.Now().Add(keepLetters); paper.KeepUntil.After(want) {
		t.Errorf("codes in plain are kept until %v", paper.KeepUntil)
	}

	again, err := p.mailing.Issue(t.Context(), ict, p.order(t), func(context.Context, *data.Tx, Letters) error {
		t.Error("letters without a code were delivered")
		return nil
	})
	if err != nil || len(again.All) != 0 {
		t.Errorf("a second time: %d letters, %v", len(again.All), err)
	}
}

// TestMailingAllOrNothing lets the delivery fail: then nobody has a code, since nobody would know it.
func TestMailingAllOrNothing(t *testing.T) {
	p := newMailroom(t)
	ict, full := p.Actor("ivo.ict"), errors.New("no room")
	fail := func(context.Context, *data.Tx, Letters) error { return full }
	if _, err := p.mailing.Issue(t.Context(), ict, p.order(t), fail); !errors.Is(err, full) || p.held(t) != 0 {
		t.Errorf("%v, and %d codes are there", err, p.held(t))
	}
	var paper outbox.Paper
	an := p.Identity("an.peeters").PersonID
	if _, err := p.mailing.Issue(t.Context(), ict, p.order(t, an), ToOutbox(ict, outbox.Fetch, OnePage, &paper)); err != nil {
		t.Fatal(err)
	}
	before, err := p.codes.List(t.Context(), ict, data.CodeFilter{Person: an})
	if err != nil || len(before) != 1 {
		t.Fatal(before, err)
	}
	if _, err := p.mailing.Reprint(t.Context(), ict, before[0].ID, fail); !errors.Is(err, full) {
		t.Error(err)
	}
	after, err := p.codes.Find(t.Context(), ict, before[0].ID)
	if err != nil || after.State != data.CodeLive {
		t.Errorf("after a reprint that failed the code is %s, %v", after.State, err)
	}
}

func TestMailingRoles(t *testing.T) {
	p := newMailroom(t)
	ict, deputy := p.Actor("ivo.ict"), p.Actor("lid1")
	an := p.Identity("an.peeters").PersonID
	var paper outbox.Paper
	staff := p.order(t, an)
	staff.Campaign = ""
	letters, err := p.mailing.Issue(t.Context(), ict, staff, ToOutbox(ict, outbox.Fetch, EightSheet, &paper))
	if err != nil || len(letters.All) != 1 || letters.Title != "" {
		t.Fatalf("%+v, %v", letters, err)
	}
	if _, err := p.mailing.Issue(t.Context(), deputy, p.order(t), ToOutbox(deputy, outbox.Fetch, OnePage, &paper)); !errors.Is(err, data.ErrDenied) {
		t.Errorf("the deputy issues: %v", err)
	}
	code, err := p.codes.List(t.Context(), deputy, data.CodeFilter{Person: an})
	if err != nil || len(code) != 1 {
		t.Fatal(code, err)
	}
	if _, err := p.mailing.Reprint(t.Context(), deputy, code[0].ID, ToOutbox(deputy, outbox.Fetch, OnePage, &paper)); err != nil {
		t.Errorf("the deputy prints again: %v", err)
	}
	for _, login := range []string{"an.peeters", "bert.maes", "dirk.adm", "lid2"} {
		by := p.Actor(login)
		_, who := p.mailing.Recipients(t.Context(), by, p.order(t))
		_, issue := p.mailing.Issue(t.Context(), by, staff, ToOutbox(by, outbox.Fetch, OnePage, &paper))
		_, again := p.mailing.Reprint(t.Context(), by, code[0].ID, ToOutbox(by, outbox.Fetch, OnePage, &paper))
		for what, err := range map[string]error{"sees who": who, "issues": issue, "prints again": again} {
			if !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s %s: %v", login, what, err)
			}
		}
	}
}

func TestRecipientsOfServices(t *testing.T) {
	p := newMailroom(t)
	ict := p.Actor("ivo.ict")
	service := p.Services["Bibliotheek"]
	few, err := p.mailing.Recipients(t.Context(), ict, Order{Services: []string{service.ID}})
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.mailing.Recipients(t.Context(), ict, Order{})
	if err != nil || len(few) == 0 || len(few) >= len(all) {
		t.Errorf("%d of %d work in %s, %v", len(few), len(all), service.Name, err)
	}
}
