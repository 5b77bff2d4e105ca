package recruit_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// sealedBank is a local bank with as many items of each level in mail as the scene's test asks.
func sealedBank() quiz.Bank {
	b := recruittest.Banks()[0]
	b.ID, b.Title = "eigen-mail", "Eigen vragen over mail"
	for i := range b.Items {
		b.Items[i].ID = "eigen-" + b.Items[i].ID
		b.Items[i].DigComp, b.Items[i].Why, b.Items[i].Source, b.Items[i].Author = "2.1", "Daarom.", "eigen werk", "Rik"
		for o := range b.Items[i].Options {
			b.Items[i].Options[o].Why = "Daarom."
		}
	}
	return b
}

// Sealed items go first, and from the opening of the procedure until the decision of its jury nobody else sees them.
func TestSealedItemsAreDrawnAndHidden(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		lib := quiz.NewLibrary(db, recruittest.Banks())
		s := recruittest.With(t, db, recruit.Held(lib))
		ctx := t.Context()
		_, err := lib.Import(ctx, s.Other, sealedBank(), quiz.ImportAsk{}) // the other recruiter made them
		s.Must(err)
		s.Must(s.Accounts.Grant(ctx, datatest.Operator, "lid8", data.RoleRecruiter, "2026-01-01", ""))
		third, ict := s.Actor("lid8"), s.Actor("ivo.ict")
		r, err := lib.Review(ctx, ict, "eigen-mail")
		s.Must(err)
		_, err = lib.Finish(ctx, ict, r.ID)
		s.Must(err)
		s.Open()
		items, err := s.Store.Frozen(ctx, s.Rik, s.P.ID)
		s.Must(err)
		var sealed, public string
		drawn := 0
		for _, it := range items {
			local := strings.HasPrefix(it.Item.ID, "eigen-")
			if it.Public == local || it.Item.Domain == "mail" && !local {
				t.Errorf("%s was drawn, public %v", it.Item.ID, it.Public)
			}
			if local {
				sealed = it.Item.ID
				drawn++
			} else {
				public = it.Item.ID
			}
		}
		sees := func(by data.Actor, id string) error {
			_, err := lib.Record(ctx, by, id)
			return err
		}
		for name, one := range map[string]struct {
			by   data.Actor
			id   string
			want error
		}{
			"the recruiter of the procedure":  {s.Rik, sealed, nil},
			"who made it":                     {s.Other, sealed, nil},
			"another recruiter":               {third, sealed, quiz.ErrAsked},
			"the ICT officer":                 {ict, sealed, quiz.ErrAsked},
			"the ICT officer, of a shipped":   {ict, public, quiz.ErrAsked},
			"the recruiter, of a shipped":     {s.Rik, public, nil},
			"a jury member, who has no banks": {s.JuryA, sealed, data.ErrDenied},
			"a supervisor, who has no banks":  {s.Sup, public, data.ErrDenied},
			"a colleague":                     {s.Actor("an.peeters"), sealed, data.ErrDenied},
		} {
			if err := sees(one.by, one.id); !errors.Is(err, one.want) {
				t.Errorf("%s: %v; want %v", name, err, one.want)
			}
		}
		if _, entries, err := lib.Shelf(ctx, ict, "eigen-mail"); err != nil || !slices.ContainsFunc(entries, func(e quiz.Entry) bool {
			return e.Item.ID == sealed && e.Hidden && e.Item.Stem == "" && len(e.Item.Options) == 0 && e.Good.Stem == ""
		}) {
			t.Errorf("the ICT officer's list shows more of %s than where it is: %v", sealed, err)
		}
		if b, left, err := lib.Export(ctx, ict, "eigen-mail"); err != nil || left != drawn || len(b.Items)+left != len(sealedBank().Items) {
			t.Errorf("export leaves %d of %d out: %v", left, len(b.Items), err)
		}
		if err := lib.Publish(ctx, s.Other, []string{sealed}); !errors.Is(err, quiz.ErrAsked) {
			t.Errorf("publish while it is asked: %v; want ErrAsked", err)
		}
		if practised(t, lib, db)[public] {
			t.Errorf("%s can be practised while it is asked", public)
		}
		s.Force(recruit.Decided)
		if err := sees(ict, sealed); err != nil {
			t.Errorf("after the decision the ICT officer reads: %v", err)
		}
		if after := practised(t, lib, db); !after[public] || after[sealed] {
			t.Errorf("after the decision: %s practised %v, sealed %s practised %v", public, after[public], sealed, after[sealed])
		}
	})
}

func practised(t *testing.T, lib *quiz.Library, db *data.DB) map[string]bool {
	t.Helper()
	banks, err := lib.Practice(context.Background(), db, "nl")
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, b := range banks {
		for _, it := range b.Items {
			ids[it.ID] = true
		}
	}
	return ids
}
