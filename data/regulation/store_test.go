package regulation_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/regulation"
)

// hall is a town with its regulations.
type hall struct {
	*regulation.Store
	db    *data.DB
	clock *datatest.Hand
	town  *datatest.Town
	ivo   data.Actor
}

func each(t *testing.T, test func(t *testing.T, h hall)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) {
		clock := &datatest.Hand{}
		db := datatest.Open(t, url, data.WithClock(clock.Now))
		town := datatest.NewTown(t, db)
		test(t, hall{regulation.NewStore(db), db, clock, town, town.Actor("ivo.ict")})
	})
}

func text(of string) regulation.Content {
	return regulation.Content{Text: map[string]string{"nl": "# R\n\n## Artikel 1. A\n\n" + of + "\n"}, Short: map[string]string{}}
}

var figures = regulation.Figures{"term": 1, "fee": 2, "place": 0}

var decided = regulation.Decision{From: "2026-12-01", Body: "gemeenteraad", DecidedOn: "2026-11-20"}

func wantWhy(t *testing.T, why data.Why) func(any, error) {
	t.Helper()
	return func(_ any, err error) {
		t.Helper()
		var bad *data.Invalid
		if !errors.As(err, &bad) || bad.Why != why {
			t.Errorf("got %v, want %s", err, why)
		}
	}
}

// TestVersions writes, publishes and reads, and never changes what was published.
func TestVersions(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		model := must(h.On(t.Context(), regulation.Loan, "2026-11-23"))(t)
		if !model.IsModel() {
			t.Errorf("before there is a version: %+v", model)
		}
		if _, err := h.On(t.Context(), regulation.Computer, "2026-11-23"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a kind without version or model: %v", err)
		}
		must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "eerste", text("Voor {{term}}.")))(t)
		draft := must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "eerste, beter", text("Voor {{term}} in {{place}}.")))(t)
		all := must(h.Versions(t.Context(), h.ivo, regulation.Loan))(t)
		if len(all) != 1 || !reflect.DeepEqual(all[0], draft) || draft.Number != 1 {
			t.Errorf("got %+v, want the one draft", all)
		}
		first := must(h.Publish(t.Context(), h.ivo, regulation.Loan, decided, figures))(t)
		if first.ID != draft.ID || first.Status != regulation.Published || first.Hash != draft.Content.Hash() {
			t.Errorf("published %+v", first)
		}
		second := must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "tweede", text("Voor altijd.")))(t)
		if second.Number != 2 || second.ID == first.ID {
			t.Errorf("the next draft is %+v", second)
		}
		wantWhy(t, data.WhyTwice)(h.Publish(t.Context(), h.ivo, regulation.Loan, decided, figures))
		later := decided
		later.From = "2026-12-10"
		must(h.Publish(t.Context(), h.ivo, regulation.Loan, later, figures))(t)
		for day, want := range map[string]int{"2026-11-30": 0, "2026-12-01": 1, "2026-12-09": 1, "2026-12-10": 2, "2030-01-01": 2} {
			if v := must(h.On(t.Context(), regulation.Loan, day))(t); v.Number != want {
				t.Errorf("on %s holds version %d, want %d", day, v.Number, want)
			}
		}
		if got := must(h.On(t.Context(), regulation.Loan, "2026-12-01"))(t); !reflect.DeepEqual(got, first) {
			t.Errorf("the first became %+v", got)
		}
		if err := h.DropDraft(t.Context(), h.ivo, regulation.Loan); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a draft that is not there is dropped: %v", err)
		}
		if _, err := h.db.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestPublishRefuses(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		publish := func(change func(*regulation.Decision)) (regulation.Version, error) {
			d := decided
			if change != nil {
				change(&d)
			}
			return h.Publish(t.Context(), h.ivo, regulation.Loan, d, figures)
		}
		if _, err := publish(nil); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("nothing to publish: %v", err)
		}
		must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "", text("Voor {{term}}.")))(t)
		wantWhy(t, regulation.WhyBegun)(publish(func(d *regulation.Decision) { d.From, d.DecidedOn = "2026-11-22", "2026-11-20" }))
		wantWhy(t, regulation.WhyDecided)(publish(func(d *regulation.Decision) { d.DecidedOn = "2026-12-02" }))
		wantWhy(t, data.WhyDay)(publish(func(d *regulation.Decision) { d.From = "morgen" }))
		wantWhy(t, data.WhyEmpty)(publish(func(d *regulation.Decision) { d.Body = " \x1b" }))
		must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "", text("Voor {{trem}}.")))(t)
		wantWhy(t, regulation.WhyFigure)(publish(nil))
		must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "", text("{{if fee}} Voor geld.")))(t)
		wantWhy(t, regulation.WhyMoved)(publish(nil)) // refusals quote article 2
		noted := text("Voor {{term}}.")
		noted.Text["nl"] = strings.Replace(noted.Text["nl"], "# R\n", "# R\n> Dit is een model.\n", 1)
		must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "", noted))(t)
		wantWhy(t, regulation.WhyNoted)(publish(nil))
		wantWhy(t, regulation.WhyNoText)(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "", regulation.Content{Text: map[string]string{"fr": "# R"}}))
		wantWhy(t, data.WhyNotOneOf)(h.PutDraft(t.Context(), h.ivo, "parking", "", text("A.")))
		wrong := text("A.")
		wrong.Short["de"] = "# R\n## A\n"
		wantWhy(t, data.WhyNotOneOf)(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "", wrong))
		if err := h.DropDraft(t.Context(), h.ivo, regulation.Loan); err != nil {
			t.Error(err)
		}
	})
}

// TestRights: everybody reads what was published; the ICT officer alone sees drafts and writes.
func TestRights(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "", text("A.")))(t)
		must(h.Publish(t.Context(), h.ivo, regulation.Loan, decided, figures))(t)
		must(h.PutDraft(t.Context(), h.ivo, regulation.Loan, "", text("B.")))(t)
		for name, by := range map[string]data.Actor{"staff": h.town.Actor("an.peeters"), "director": h.town.Actor("dirk.adm"), "kiosk": {KioskID: "k"}, "nobody": {}} {
			_, draft := h.PutDraft(t.Context(), by, regulation.Loan, "", text("C."))
			_, publish := h.Publish(t.Context(), by, regulation.Loan, decided, figures)
			for act, err := range map[string]error{"draft": draft, "publish": publish, "drop": h.DropDraft(t.Context(), by, regulation.Loan)} {
				if !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s of %s: %v, want ErrDenied", act, name, err)
				}
			}
			if all := must(h.Versions(t.Context(), by, regulation.Loan))(t); len(all) != 1 || all[0].Status != regulation.Published {
				t.Errorf("%s sees %d versions", name, len(all))
			}
		}
	})
}

// TestAccept stores the text as it was shown, once for each person and text.
func TestAccept(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		an := h.town.Actor("an.peeters")
		v := must(h.On(t.Context(), regulation.Loan, "2026-11-23"))(t)
		a := must(h.Accept(t.Context(), an, v, "nl", "Voor 21 dagen.\x1b[2J"))(t)
		got := must(h.Mine(t.Context(), an))(t)
		if len(got) != 1 || !reflect.DeepEqual(got[0], a) || a.Text != "Voor 21 dagen.[2J" || a.Hash == "" || a.Subject.ID != an.PersonID {
			t.Errorf("stored %+v, want %+v", got, a)
		}
		wantWhy(t, regulation.WhyAccepted)(h.Accept(t.Context(), an, v, "nl", "Voor 21 dagen.\x1b[2J"))
		h.clock.Forward(time.Hour)
		must(h.Accept(t.Context(), an, v, "nl", "Voor 14 dagen."))(t) // the figures changed: that is another text
		must(h.Accept(t.Context(), h.town.Actor("bert.maes"), v, "fr", "Voor 14 dagen."))(t)
		if got := must(h.Mine(t.Context(), an))(t); len(got) != 2 || got[0].Text != "Voor 14 dagen." {
			t.Errorf("got %+v", got)
		}
		wantWhy(t, regulation.WhyNoText)(h.Accept(t.Context(), an, v, "nl", " "))
		wantWhy(t, data.WhyNotOneOf)(h.Accept(t.Context(), an, v, "xx", "A."))
		for name, by := range map[string]data.Actor{"nobody": {}, "operator": datatest.Operator, "kiosk": {KioskID: "k"}, "a code that is none": {CodeID: "c", PersonID: an.PersonID},
			"no account": {PersonID: an.PersonID}} {
			if _, err := h.Accept(t.Context(), by, v, "nl", "Iets anders."); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s accepts: %v, want ErrDenied", name, err)
			}
		}
		err := h.db.InTx(t.Context(), func(tx *data.Tx) error {
			return regulation.Forget(t.Context(), tx, regulation.Subject{Kind: regulation.Person, ID: an.PersonID})
		})
		if err != nil {
			t.Fatal(err)
		}
		var left int
		if err := data.One(t.Context(), h.db, []any{&left}, `SELECT count(*) FROM regulation_shown`); err != nil || left != 1 {
			t.Errorf("%d texts are left, %v: want the one that Bert accepted", left, err)
		}
		if got := must(h.Mine(t.Context(), an))(t); len(got) != 0 {
			t.Errorf("forgotten, and still there: %+v", got)
		}
	})
}
