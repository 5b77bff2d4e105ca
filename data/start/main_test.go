package start_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// file makes a workbook of tabs: a name and its rows with ; between cells, in turns.
func file(t testing.TB, tabs ...string) workbook.Book {
	t.Helper()
	b := workbook.Book{Name: "start.xlsx", Hash: fmt.Sprintf("%064x", len(strings.Join(tabs, "")))}
	for i := 0; i < len(tabs); i += 2 {
		one, err := workbook.Read(tabs[i]+".csv", []byte(tabs[i+1]), workbook.Standard())
		if err != nil {
			t.Fatal(err)
		}
		one.Sheets[0].Name = tabs[i]
		b.Sheets = append(b.Sheets, one.Sheets[0])
	}
	return b
}

// town is what init leaves: two organisations, the ICT service, its officer.
func town(t testing.TB, db *data.DB) {
	t.Helper()
	p := data.NewPeople(db)
	gemeente, err := p.AddOrganisation(t.Context(), datatest.Operator, data.Gemeente, "Gemeente")
	if err == nil {
		_, err = p.AddOrganisation(t.Context(), datatest.Operator, data.OCMW, "OCMW")
	}
	if err != nil {
		t.Fatal(err)
	}
	ict, err := p.AddService(t.Context(), datatest.Operator, data.Service{OrganisationID: gemeente.ID, Name: "ICT"})
	if err == nil {
		_, err = data.NewAccounts(db, data.NewHasher(datatest.CheapHash)).AddWithPerson(t.Context(), datatest.Operator, "Jan", "Maes",
			data.Employment{ServiceID: ict.ID, Job: "ICT-verantwoordelijke", From: "2026-11-23"},
			data.NewAccount{Login: "jan.maes", Password: datatest.Password, Roles: []data.Role{data.RoleStaff, data.RoleICT}})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func store(db *data.DB) *start.Store { return start.NewStore(db, start.Sheets()...) }

// apply writes a file that must have no problems.
func apply(t testing.TB, db *data.DB, b workbook.Book, ask start.Ask) start.Plan {
	t.Helper()
	p, err := store(db).Apply(t.Context(), datatest.Operator, b, ask, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, shown(p))
	}
	return p
}

func plan(t testing.TB, db *data.DB, b workbook.Book, ask start.Ask) start.Plan {
	t.Helper()
	p, err := store(db).Plan(t.Context(), datatest.Operator, b, ask)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shown writes a plan as text: problems, changes that change something, leavers, notes.
func shown(p start.Plan) string {
	var out strings.Builder
	for _, one := range p.Problems {
		fmt.Fprintf(&out, "! %s %s%d %s: %s", one.Sheet, one.Column, one.Row, one.Field, one.Why)
		if one.Want != "" {
			fmt.Fprintf(&out, " want %s", one.Want)
		}
		if one.Got != "" {
			fmt.Fprintf(&out, " got %s", one.Got)
		}
		out.WriteByte('\n')
	}
	for _, c := range p.Changes {
		if c.Kind == start.Same {
			continue
		}
		fmt.Fprintf(&out, "%s %d %s %s", c.Sheet, c.Row, c.Kind, c.What)
		for _, d := range c.Deltas {
			fmt.Fprintf(&out, " | %s: %s → %s", d.Field, d.From, d.To)
		}
		out.WriteByte('\n')
	}
	for _, l := range p.Leavers {
		fmt.Fprintf(&out, "leaves: %s, %s, stays %v\n", l.Name, l.Service, l.Stays)
	}
	for _, n := range p.Notes {
		fmt.Fprintf(&out, "note: %s %s%d %s %s %s\n", n.Sheet, n.Column, n.Row, n.Field, n.Kind, n.Text)
	}
	return out.String()
}

func compare(t testing.TB, got, want string) {
	t.Helper()
	if got, want = strings.TrimSpace(got), strings.TrimSpace(want); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func isDenied(err error) bool { return errors.Is(err, data.ErrDenied) }
