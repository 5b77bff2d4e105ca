package staffing_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/staffing"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// office is the town on 23 November 2026 with what the tests do to it.
type office struct {
	*datatest.Town
	t     *testing.T
	store *staffing.Store
}

func each(t *testing.T, test func(t *testing.T, o office, clock *datatest.Hand)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) {
		hand := &datatest.Hand{}
		db := datatest.Open(t, url, data.WithClock(hand.Now))
		test(t, office{datatest.NewTown(t, db), t, staffing.NewStore(db, staffing.Steps()...)}, hand)
	})
}

func (o office) employment(login string) string {
	o.t.Helper()
	all, err := data.Employments(o.t.Context(), o.DB)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range all {
		if e.PersonID == o.Identity(login).PersonID {
			return e.ID
		}
	}
	o.t.Fatalf("%s works nowhere", login)
	return ""
}

// steps tells how far each step of a case is: "account done, regulation todo".
func (o office) steps(employment string, move staffing.Move) string {
	o.t.Helper()
	_, all, err := o.store.Case(o.t.Context(), datatest.Operator, employment, move)
	if err != nil {
		o.t.Fatal(err)
	}
	var told []string
	for _, s := range all {
		told = append(told, s.Code+" "+string(s.State))
	}
	return strings.Join(told, ", ")
}

func (o office) cases() string {
	o.t.Helper()
	all, err := o.store.Cases(o.t.Context(), datatest.Operator)
	if err != nil {
		o.t.Fatal(err)
	}
	var told []string
	for _, c := range all {
		told = append(told, fmt.Sprintf("%s %s %s %d", c.Day, c.Move, c.Person.Name(), c.Open))
	}
	return strings.Join(told, "; ")
}

func TestJoin(t *testing.T) {
	each(t, func(t *testing.T, o office, _ *datatest.Hand) {
		ict := o.Actor("ivo.ict")
		bib := o.Services["Bibliotheek"].ID
		c, err := o.store.Join(t.Context(), ict, staffing.Joiner{Person: data.Person{Given: "Noor", Family: "Aerts"},
			Employment: data.Employment{ServiceID: bib, Job: "baliemedewerker", Fraction: 8000, From: "2026-12-01"}})
		if err != nil || c.Move != staffing.Join || c.Service != "Bibliotheek" || c.Open != 4 {
			t.Fatalf("%+v, %v", c, err)
		}
		if got := o.cases(); got != "2026-12-01 join Noor Aerts 4" {
			t.Errorf("cases: %s", got)
		}
		if _, err := o.Accounts.Add(t.Context(), ict, data.NewAccount{PersonID: c.Person.ID, Login: "noor.aerts", Roles: []data.Role{data.RoleStaff}}); err != nil {
			t.Fatal(err)
		}
		if err := o.store.Tick(t.Context(), ict, c.EmploymentID, staffing.Join, "regulation", true); err != nil {
			t.Fatal(err)
		}
		if got := o.steps(c.EmploymentID, staffing.Join); got != "account done, regulation done, things todo, course todo" {
			t.Errorf("steps: %s", got)
		}
		_, steps, err := o.store.Case(t.Context(), ict, c.EmploymentID, staffing.Join)
		if err != nil || steps[1].By != "ivo.ict" || !steps[1].At.Equal(o.DB.Now()) {
			t.Errorf("%+v, %v", steps[1], err)
		}
		if err := o.store.Tick(t.Context(), ict, c.EmploymentID, staffing.Join, "regulation", false); err != nil || !strings.Contains(o.steps(c.EmploymentID, staffing.Join), "regulation todo") {
			t.Errorf("a tick that is taken away: %v, %s", err, o.steps(c.EmploymentID, staffing.Join))
		}
		known, err := o.store.Namesakes(t.Context(), ict, "NOOR", "aerts")
		if err != nil || len(known) != 1 || known[0].ID != c.Person.ID {
			t.Errorf("namesakes: %v, %v", known, err)
		}
		second, err := o.store.Join(t.Context(), ict, staffing.Joiner{PersonID: c.Person.ID,
			Employment: data.Employment{ServiceID: o.Services["Jeugd"].ID, From: "2027-01-01"}})
		if err != nil || !second.Other || second.Open != 0 {
			t.Errorf("a second job of the same person: %+v, %v", second, err)
		}
		if got := o.cases(); got != "2026-12-01 join Noor Aerts 3" {
			t.Errorf("a second job is a case: %s", got)
		}
	})
}

// TestLeave books An out for Friday: she comes in that evening still, and no more on Saturday, whatever she
// held; what must come back stays on the list.
func TestLeave(t *testing.T) {
	each(t, func(t *testing.T, o office, clock *datatest.Hand) {
		ctx, ict := t.Context(), o.Actor("ivo.ict")
		gate := data.NewGate(o.Accounts, slog.New(slog.DiscardHandler))
		an, job := o.Identity("an.peeters"), o.employment("an.peeters")
		for role, until := range map[data.Role]string{data.RoleTrainer: "2027-06-30", data.RoleJury: "2026-11-24"} {
			if err := o.Accounts.Grant(ctx, ict, "an.peeters", role, "2026-01-01", until); err != nil {
				t.Fatal(err)
			}
		}
		err := o.DB.InTx(ctx, func(tx *data.Tx) error {
			return data.PutStandin(ctx, tx, ict, data.Standin{ServiceID: o.Services["Jeugd"].ID, PersonID: an.PersonID, From: "2026-01-01"})
		})
		if err != nil {
			t.Fatal(err)
		}
		w, err := data.Days("2026-11-23", "2026-12-31")
		if err != nil {
			t.Fatal(err)
		}
		codes := data.NewCodes(o.DB, data.NewHasher(datatest.CheapHash))
		paper, err := codes.Issue(ctx, ict, data.Journey{Kind: data.JourneyStaff}, []string{an.PersonID}, w, nil, nil)
		if err != nil {
			t.Fatal(err)
		}

		c, err := o.store.Leave(ctx, ict, job, "2026-11-27")
		if err != nil || c.Day != "2026-11-27" || c.Open != 2 {
			t.Fatalf("%+v, %v", c, err)
		}
		if got := o.steps(job, staffing.Leave); got != "account itself, codes itself, head never, things todo, files todo" {
			t.Errorf("before the day: %s", got)
		}
		comes := func() (password, code error) {
			_, password = gate.Password(ctx, "an.peeters", datatest.Password, "192.0.2.1")
			_, code = gate.Code(ctx, paper[0].Secret, "192.0.2.1", data.Identity{})
			return password, code
		}
		clock.Forward(4*24*time.Hour + 10*time.Hour) // Friday, 22.00 u
		if password, code := comes(); password != nil || code != nil {
			t.Errorf("on the last day: %v, %v", password, code)
		}
		id, err := gate.Password(ctx, "an.peeters", datatest.Password, "192.0.2.1")
		if err != nil || !id.Has(data.RoleTrainer) || id.Has(data.RoleJury) {
			t.Errorf("on the last day: %v, %v", id.Roles, err)
		}
		clock.Forward(3 * time.Hour)
		if password, code := comes(); !errors.Is(password, data.ErrDenied) || !errors.Is(code, data.ErrDenied) {
			t.Errorf("the day after: %v, %v", password, code)
		}
		if err := gate.Still(ctx, id); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a session that was open: %v", err)
		}
		if got := o.steps(job, staffing.Leave); got != "account done, codes done, head never, things todo, files todo" {
			t.Errorf("after the day: %s", got)
		}
		standins, err := data.Standins(ctx, o.DB)
		if err != nil || standins[0].Until != "2026-11-27" {
			t.Errorf("stand-ins: %+v, %v", standins, err)
		}
		clock.Forward(61 * 24 * time.Hour)
		if got := o.cases(); got != "" {
			t.Errorf("two months later: %s", got)
		}
	})
}

func TestStay(t *testing.T) {
	each(t, func(t *testing.T, o office, clock *datatest.Hand) {
		ctx, ict := t.Context(), o.Actor("ivo.ict")
		job := o.employment("bert.maes")
		if _, err := o.store.Leave(ctx, ict, job, "2026-11-30"); err != nil {
			t.Fatal(err)
		}
		if got := o.steps(job, staffing.Leave); !strings.Contains(got, "head todo") {
			t.Errorf("a head leaves: %s", got)
		}
		if err := o.store.Stay(ctx, ict, job); err != nil {
			t.Fatal(err)
		}
		clock.Forward(30 * 24 * time.Hour)
		a, err := o.Accounts.Find(ctx, ict, "bert.maes")
		if err != nil || len(a.Roles) != 2 || o.cases() != "" {
			t.Errorf("who stays holds %v, %v; cases: %s", a.Roles, err, o.cases())
		}
	})
}

// TestOtherWork ends one of two jobs: the account stays.
func TestOtherWork(t *testing.T) {
	each(t, func(t *testing.T, o office, clock *datatest.Hand) {
		ctx, ict := t.Context(), o.Actor("ivo.ict")
		job, an := o.employment("an.peeters"), o.Identity("an.peeters")
		if _, err := o.store.Join(ctx, ict, staffing.Joiner{PersonID: an.PersonID,
			Employment: data.Employment{ServiceID: o.Services["Jeugd"].ID, From: "2026-12-01"}}); err != nil {
			t.Fatal(err)
		}
		c, err := o.store.Leave(ctx, ict, job, "2026-11-27")
		if err != nil || !c.Other || c.Open != 0 {
			t.Fatalf("%+v, %v", c, err)
		}
		if got := o.cases(); got != "" {
			t.Errorf("a change of service is a case: %s", got)
		}
		clock.Forward(10 * 24 * time.Hour)
		if a, err := o.Accounts.Find(ctx, ict, "an.peeters"); err != nil || len(a.Roles) == 0 {
			t.Errorf("who changes service holds %v, %v", a.Roles, err)
		}
	})
}

func TestRefusals(t *testing.T) {
	each(t, func(t *testing.T, o office, _ *datatest.Hand) {
		ctx, ict := t.Context(), o.Actor("ivo.ict")
		job, own := o.employment("an.peeters"), o.employment("ivo.ict")
		if _, err := o.store.Leave(ctx, ict, own, "2026-12-31"); !errors.Is(err, data.ErrLastICT) {
			t.Errorf("the last ICT officer leaves: %v", err)
		}
		if _, _, err := o.store.Case(ctx, ict, own, staffing.Leave); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("half of that was kept: %v", err)
		}
		for name, err := range map[string]error{
			"before the first day": second(o.store.Leave(ctx, ict, job, "2019-12-31")),
			"no day":               second(o.store.Leave(ctx, ict, job, "vrijdag")),
			"a step that isn't":    o.store.Tick(ctx, ict, job, staffing.Join, "account", true),
			"no name":              second(o.store.Join(ctx, ict, staffing.Joiner{Employment: data.Employment{ServiceID: o.Services["Jeugd"].ID, From: "2026-12-01"}})),
		} {
			var bad *data.Invalid
			if !errors.As(err, &bad) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := o.store.Tick(ctx, ict, "nergens", staffing.Join, "things", true); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a case that isn't: %v", err)
		}
		for _, login := range []string{"an.peeters", "bert.maes", "dirk.adm"} {
			by := o.Actor(login)
			_, leave := o.store.Leave(ctx, by, job, "2026-12-31")
			_, list := o.store.Cases(ctx, by)
			_, _, one := o.store.Case(ctx, by, job, staffing.Join)
			_, join := o.store.Join(ctx, by, staffing.Joiner{PersonID: by.PersonID, Employment: data.Employment{ServiceID: o.Services["Jeugd"].ID, From: "2026-12-01"}})
			_, names := o.store.Namesakes(ctx, by, "An", "Peeters")
			for what, err := range map[string]error{"leave": leave, "list": list, "one": one, "join": join, "namesakes": names,
				"tick": o.store.Tick(ctx, by, job, staffing.Join, "things", true), "stay": o.store.Stay(ctx, by, job)} {
				if !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s, %s: %v", login, what, err)
				}
			}
		}
	})
}

// TestStepsOfOthers hangs a step of another floor on a leaver: a device that is out.
func TestStepsOfOthers(t *testing.T) {
	each(t, func(t *testing.T, o office, _ *datatest.Hand) {
		out := 2
		laptops := staffing.Looked(staffing.Leave, "laptops", func(context.Context, data.Query, staffing.Case) (staffing.Finding, error) {
			if out == 0 {
				return staffing.Finding{State: staffing.Done}, nil
			}
			return staffing.Finding{State: staffing.Todo, About: "LT-014", Count: out}, nil
		})
		store := staffing.NewStore(o.DB, append(staffing.Steps(), laptops)...)
		c, err := store.Leave(t.Context(), datatest.Operator, o.employment("an.peeters"), "2026-11-27")
		if err != nil || c.Open != 3 {
			t.Fatalf("%+v, %v", c, err)
		}
		out = 0
		if c, _, err = store.Case(t.Context(), datatest.Operator, c.EmploymentID, staffing.Leave); err != nil || c.Open != 2 {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }
