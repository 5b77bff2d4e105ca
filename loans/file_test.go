package loans_test

import (
	"errors"
	"slices"
	"testing"

	"digibrug/data"
	"digibrug/loans"
)

// TestInspect compares what came back with what went out, and asks for what turns out to be missing once.
func TestInspect(t *testing.T) {
	for name, c := range map[string]struct {
		atDesk, seen []string
		charged      int64
		missing      []string
		repair       bool
	}{
		"all there":                {nil, nil, 0, nil, false},
		"missing at the desk":      {[]string{"tas"}, []string{"tas"}, 0, []string{"tas"}, false},
		"missing afterwards":       {nil, []string{"LADER"}, 2500, []string{"lader"}, false},
		"one more":                 {[]string{"tas"}, []string{"tas", "lader"}, 2500, []string{"tas", "lader"}, false},
		"what never went out":      {nil, []string{"muis"}, 0, nil, false},
		"to be mended":             {nil, nil, 0, nil, true},
		"mended and a tas missing": {nil, []string{"tas"}, 1500, []string{"tas"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, r *counter) {
				d := r.device("LT-001")
				l := r.lend(d, r.borrower("Peeters"))
				must(r.Return(t.Context(), r.an, loans.ReturnAsk{Loan: l.ID, Missing: c.atDesk}))(t)
				charged, err := r.Inspect(t.Context(), r.an, loans.InspectAsk{Device: d.ID, Missing: c.seen, Condition: "kras", Repair: c.repair})
				if err != nil || charged != c.charged {
					t.Errorf("charged %d, %v, want %d", charged, err, c.charged)
				}
				want := loans.ToWipe
				if c.repair {
					want = loans.Repair
				}
				f := must(r.DeviceFile(t.Context(), r.an, d.ID))(t)
				if f.State != want || !slices.Equal(f.Past[0].Missing, c.missing) {
					t.Errorf("state %s, missing %v, want %s, %v", f.State, f.Past[0].Missing, want, c.missing)
				}
				if last := f.Events[len(f.Events)-1]; last.To != want || last.Proof.Note != "kras" || !slices.Equal(last.Proof.Missing, c.seen) {
					t.Errorf("the last event is %+v", last)
				}
				wantWhy(t, loans.WhyState)(r.Inspect(t.Context(), r.an, loans.InspectAsk{Device: d.ID}))
				r.whole()
			})
		})
	}
}

// TestFiles gives everybody what the role may see, and no more.
func TestFiles(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		mother := must(c.PutBorrower(t.Context(), c.dora, loans.Borrower{Category: loans.Client, Given: "Élise", Family: "Dujardin", Phone: "051 1"}))(t)
		child := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Minor, Given: "Noé", Family: "Dujardin", BirthMonth: "2014-03", GuardianID: mother.ID}))(t)
		c.ok(c.PutTariff(t.Context(), c.ivo, loans.Tariff{Code: "V", Name: "verminderd", DepositPercent: 50}))
		c.ok(c.SetGround(t.Context(), c.dora, mother.ID, loans.Ground{Tariff: "V", Ground: "leefloon", Until: "2027-06-30"}))
		name := must(c.JoinHousehold(t.Context(), c.an, child.ID, mother.ID))(t)
		if again := must(c.JoinHousehold(t.Context(), c.an, child.ID, mother.ID))(t); again != name {
			t.Errorf("the household was %q and is %q", name, again)
		}
		c.lend(c.device("LT-001"), mother)
		f := must(c.BorrowerFile(t.Context(), c.an, mother.ID))(t)
		if !f.Desk || f.Category != loans.Citizen || f.Ground != nil || len(f.Open) != 1 || f.Open[0].Category != loans.Citizen || f.Tariff.Code != "V" ||
			len(f.Minors) != 1 || len(f.Household) != 1 || len(f.Holds) == 0 || f.KeepDays != 730 {
			t.Errorf("the clerk sees %+v", f)
		}
		f = must(c.BorrowerFile(t.Context(), c.dora, mother.ID))(t)
		if f.Desk || f.Category != loans.Client || f.Ground == nil || f.Ground.Ground != "leefloon" || f.Open != nil || f.Holds != nil || f.Held+f.Owed != 0 || f.Tariff.Code != "V" {
			t.Errorf("the social worker sees %+v", f)
		}
		if f = must(c.BorrowerFile(t.Context(), c.an, child.ID))(t); f.Guardian != "Élise Dujardin" {
			t.Errorf("the guardian is %q", f.Guardian)
		}
		for _, who := range []data.Actor{c.chris, c.town.Actor("lid2")} {
			if _, err := c.BorrowerFile(t.Context(), who, mother.ID); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s: got %v, want denied", who.Name, err)
			}
		}
		if _, err := c.DeviceFile(t.Context(), c.dora, "x"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("got %v, want denied", err)
		}
		if _, err := c.BorrowerFile(t.Context(), c.an, "nobody"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("got %v, want not found", err)
		}
		wantWhy(t, data.WhyTwice)(c.JoinHousehold(t.Context(), c.an, child.ID, child.ID))
		if got := must(c.Search(t.Context(), c.an, child.Number.Show()))(t); len(got) != 1 || got[0].ID != child.ID {
			t.Errorf("the card finds %+v", got)
		}
		c.whole()
	})
}
