package data_test

import (
	"errors"
	"fmt"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
)

// TestManyAtOnce adds hundreds of people with work and accounts in one transaction: the chain of audit rows holds,
// and one bad row leaves nothing.
func TestManyAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db)
		const n = 601 // more than two statements
		add := func(from, upTo int, spoil func([]data.Person, []data.Employment, []data.OpenAccount)) error {
			var persons []data.Person
			var works []data.Employment
			var accounts []data.OpenAccount
			for i := from; i < upTo; i++ {
				p := data.Person{ID: data.NewID(), Given: "Lid", Family: fmt.Sprintf("Nummer%d", i), Number: fmt.Sprint(i)}
				persons = append(persons, p)
				works = append(works, data.Employment{PersonID: p.ID, ServiceID: h.service.ID, From: "2026-01-01"})
				accounts = append(accounts, data.OpenAccount{PersonID: p.ID, Login: fmt.Sprintf("lid%d", i), Roles: []data.Role{data.RoleStaff, data.RoleClerk}})
			}
			spoil(persons, works, accounts)
			return db.InTx(t.Context(), func(tx *data.Tx) error {
				if err := data.AddPersons(t.Context(), tx, operator, persons); err != nil {
					return err
				}
				if err := data.AddEmployments(t.Context(), tx, operator, works); err != nil {
					return err
				}
				return data.AddAccounts(t.Context(), tx, operator, accounts)
			})
		}
		if err := add(0, n, func([]data.Person, []data.Employment, []data.OpenAccount) {}); err != nil {
			t.Fatal(err)
		}
		if rows, err := db.VerifyAudit(t.Context()); err != nil || rows < 5*n {
			t.Errorf("audit of %d rows: %v", rows, err)
		}
		logins, err := data.Logins(t.Context(), db)
		if err != nil || len(logins) != n+1 || fmt.Sprint(logins[1].Roles) != "[staff clerk]" {
			t.Errorf("%d log-in names, %+v, %v", len(logins), logins[:2], err)
		}
		for name, c := range map[string]struct {
			spoil func([]data.Person, []data.Employment, []data.OpenAccount)
			why   data.Why
		}{
			"a name that is empty":     {func(p []data.Person, _ []data.Employment, _ []data.OpenAccount) { p[2].Given = " " }, data.WhyEmpty},
			"a national number":        {func(p []data.Person, _ []data.Employment, _ []data.OpenAccount) { p[2].Number = "85.07.30-033.28" }, data.WhyNationalNumber},
			"a number that is taken":   {func(p []data.Person, _ []data.Employment, _ []data.OpenAccount) { p[2].Number = "5" }, data.WhyTwice},
			"a day that is none":       {func(_ []data.Person, e []data.Employment, _ []data.OpenAccount) { e[2].From = "ooit" }, data.WhyDay},
			"no log-in name":           {func(_ []data.Person, _ []data.Employment, a []data.OpenAccount) { a[2].Login = "!" }, data.WhyLogin},
			"a log-in name of another": {func(_ []data.Person, _ []data.Employment, a []data.OpenAccount) { a[2].Login = "AN.Peeters" }, data.WhyTwice},
			"a role that is none":      {func(_ []data.Person, _ []data.Employment, a []data.OpenAccount) { a[2].Roles[1] = "baas" }, data.WhyNotOneOf},
		} {
			err := add(n, n+5, c.spoil)
			var bad *data.Invalid
			if !errors.As(err, &bad) || bad.Why != c.why {
				t.Errorf("%s: %v, want %s", name, err, c.why)
			}
		}
		var persons int
		if err := data.One(t.Context(), db, []any{&persons}, `SELECT count(*) FROM persons`); err != nil || persons != n+1 {
			t.Errorf("%d persons, %v, want %d", persons, err, n+1)
		}
		nobody := db.InTx(t.Context(), func(tx *data.Tx) error { return tx.AuditAll(t.Context(), data.Actor{}, []data.Act{{Action: "x.y"}}) })
		plain := db.InPlainTx(t.Context(), func(tx *data.Tx) error { return tx.AuditAll(t.Context(), operator, []data.Act{{Action: "x.y"}}) })
		if !errors.Is(nobody, data.ErrDenied) || plain == nil {
			t.Errorf("acts of nobody: %v; outside an audited transaction: %v", nobody, plain)
		}
	})
}

// TestGrantsOfAnImport: a role and a language for an account inside somebody else's transaction.
func TestGrantsOfAnImport(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db, data.RoleStaff)
		known, err := data.Logins(t.Context(), db)
		if err != nil || len(known) != 1 || known[0].PersonID != h.an.ID || known[0].Disabled {
			t.Fatalf("%+v, %v", known, err)
		}
		if err := db.InTx(t.Context(), func(tx *data.Tx) error {
			if err := data.GrantRole(t.Context(), tx, operator, known[0], data.RoleTrainer); err != nil {
				return err
			}
			return data.SetLanguage(t.Context(), tx, operator, known[0], "fr")
		}); err != nil {
			t.Fatal(err)
		}
		known, err = data.Logins(t.Context(), db)
		if err != nil || known[0].Language != "fr" || fmt.Sprint(known[0].Roles) != "[staff trainer]" {
			t.Errorf("%+v, %v", known, err)
		}
		err = db.InTx(t.Context(), func(tx *data.Tx) error {
			return data.SetLanguage(t.Context(), tx, operator, data.KnownLogin{AccountID: "weg"}, "fr")
		})
		if !errors.Is(err, data.ErrNotFound) {
			t.Errorf("an account that isn't there: %v", err)
		}
	})
}
