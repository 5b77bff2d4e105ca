package data_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
)

// drawn is the tree in one line: "Gemeente: Vrije tijd(Chris Wouters)[Bibliotheek 4]".
func drawn(tree []data.Branch) string {
	var told []string
	for _, b := range tree {
		in := ""
		if b.Cluster != "" {
			in = b.Cluster + "/"
		}
		text := fmt.Sprintf("%s%s %d", in, b.Name, b.People)
		if b.Head.Name != "" {
			text += " " + b.Head.Name
		}
		for _, s := range b.Standins {
			text += fmt.Sprintf(" + %s %s..%s", s.Name, s.From, s.Until)
		}
		told = append(told, text)
	}
	return strings.Join(told, "; ")
}

func TestTree(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := datatest.NewTown(t, db)
		ict := h.Actor("ivo.ict")
		tree := must(h.People.Tree(t.Context(), ict))(t)
		want := "Burgerzaken 7 Bert Maes; Vrije tijd 0 Chris Wouters; Vrije tijd/Bibliotheek 4; Vrije tijd/Jeugd 3; Sociale dienst 6 Dora Claes"
		if drawn(tree) != want {
			t.Errorf("got  %s\nwant %s", drawn(tree), want)
		}
		if !tree[0].Head.HasRole || tree[0].Head.Login != "bert.maes" {
			t.Errorf("the head of Burgerzaken is %+v", tree[0].Head)
		}

		jeugd, an := h.Services["Jeugd"], h.Identity("an.peeters").PersonID
		steps := []error{
			h.People.StandIn(t.Context(), ict, data.Standin{ServiceID: jeugd.ID, PersonID: an, From: "2026-11-20", Until: "2026-12-04"}),
			h.People.ChangeService(t.Context(), ict, jeugd.ID, "Jeugd en sport", ""),
		}
		if err := errors.Join(steps...); err != nil {
			t.Fatal(err)
		}
		if got := must(data.StandingIn(t.Context(), db, an))(t); len(got) != 1 || got[0] != jeugd.ID {
			t.Errorf("An stands in for %v", got)
		}
		tree = must(h.People.Tree(t.Context(), ict))(t)
		want = "Burgerzaken 7 Bert Maes; Jeugd en sport 3 + An Peeters 2026-11-20..2026-12-04; Vrije tijd 0 Chris Wouters; Vrije tijd/Bibliotheek 4; Sociale dienst 6 Dora Claes"
		if drawn(tree) != want {
			t.Errorf("got  %s\nwant %s", drawn(tree), want)
		}
		if tree[1].Standins[0].HasRole {
			t.Error("An holds the role of head")
		}

		for name, c := range map[string]struct {
			err   error
			field string
			why   data.Why
		}{
			"under a service":             {h.People.ChangeService(t.Context(), ict, jeugd.ID, "Jeugd", h.Services["Bibliotheek"].ID), "cluster", data.WhyServiceCluster},
			"under another's cluster":     {h.People.ChangeService(t.Context(), ict, h.Services["Sociale dienst"].ID, "Sociale dienst", h.Services["Vrije tijd"].ID), "cluster", data.WhyServiceCluster},
			"under itself":                {h.People.ChangeService(t.Context(), ict, h.Services["Vrije tijd"].ID, "Vrije tijd", h.Services["Vrije tijd"].ID), "cluster", data.WhyServiceCluster},
			"a name twice":                {h.People.ChangeService(t.Context(), ict, jeugd.ID, "burgerzaken", ""), "service", data.WhyTwice},
			"closed with people":          {h.People.Close(t.Context(), ict, jeugd.ID, "2027-01-01"), "service", data.WhyServiceBusy},
			"closed with services":        {h.People.Close(t.Context(), ict, h.Services["Vrije tijd"].ID, "2027-01-01"), "service", data.WhyServiceBusy},
			"closed on no day":            {h.People.Close(t.Context(), ict, jeugd.ID, "ooit"), "day", data.WhyDay},
			"a stand-in from the past on": {h.People.StandIn(t.Context(), ict, data.Standin{ServiceID: jeugd.ID, PersonID: an, From: "2026-12-01", Until: "2026-11-01"}), "until", data.WhyEarly},
		} {
			var bad *data.Invalid
			if !errors.As(c.err, &bad) || bad.Field != c.field || bad.Why != c.why {
				t.Errorf("%s: got %v, want %s: %s", name, c.err, c.field, c.why)
			}
		}
		for name, err := range map[string]error{
			"rename": h.People.ChangeService(t.Context(), ict, "nergens", "X", ""), "close": h.People.Close(t.Context(), ict, "nergens", "2027-01-01"),
			"drop": h.People.DropStandIn(t.Context(), ict, jeugd.ID, h.Identity("bert.maes").PersonID),
		} {
			if !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s of what isn't there: %v", name, err)
			}
		}
		if err := h.People.DropStandIn(t.Context(), ict, jeugd.ID, an); err != nil {
			t.Error(err)
		}
		empty := must(h.People.AddService(t.Context(), ict, data.Service{OrganisationID: jeugd.OrganisationID, Name: "Archief"}))(t)
		if err := h.People.Close(t.Context(), ict, empty.ID, "2027-01-01"); err != nil {
			t.Error(err)
		}
		if err := h.People.Close(t.Context(), ict, empty.ID, "2027-02-01"); whyOf(err) != data.WhyServiceClosed {
			t.Errorf("closed twice: %v", err)
		}
	})
}

func TestTreeRights(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := datatest.NewTown(t, db)
		jeugd := h.Services["Jeugd"].ID
		for _, login := range []string{"an.peeters", "bert.maes", "dirk.adm"} {
			by := h.Actor(login)
			for what, err := range map[string]error{
				"rename":   h.People.ChangeService(t.Context(), by, jeugd, "X", ""),
				"close":    h.People.Close(t.Context(), by, jeugd, "2027-01-01"),
				"stand-in": h.People.StandIn(t.Context(), by, data.Standin{ServiceID: jeugd, PersonID: by.PersonID, From: "2026-01-01"}),
				"drop":     h.People.DropStandIn(t.Context(), by, jeugd, by.PersonID),
			} {
				if !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s, %s: %v", login, what, err)
				}
			}
			if _, err := h.People.Tree(t.Context(), by); errors.Is(err, data.ErrDenied) != (login != "dirk.adm") {
				t.Errorf("%s looks at the tree: %v", login, err)
			}
		}
	})
}
