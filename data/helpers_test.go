package data_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"digibrug/data"
)

func textFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(path, []byte(strings.Repeat("Geachte heer, mevrouw,\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// house is a small municipality: one organisation, one service, An Peeters with an account.
type house struct {
	db       *data.DB
	people   *data.People
	accounts *data.Accounts
	service  data.Service
	an       data.Person
}

const anPassword = "vier blauwe fietsen op zolder"

func newHouse(t *testing.T, db *data.DB, roles ...data.Role) house {
	t.Helper()
	h := house{db: db, people: data.NewPeople(db), accounts: data.NewAccounts(db, data.NewHasher(cheap))}
	org := must(h.people.AddOrganisation(t.Context(), operator, data.Gemeente, "Gemeente Zandwerve"))(t)
	h.service = must(h.people.AddService(t.Context(), operator, data.Service{OrganisationID: org.ID, Name: "Burgerzaken"}))(t)
	h.an = must(h.people.AddPerson(t.Context(), operator, "An", "Peeters",
		data.Employment{ServiceID: h.service.ID, Job: "loketmedewerker", From: "2020-01-01"}))(t)
	must(h.accounts.Add(t.Context(), operator, data.NewAccount{PersonID: h.an.ID, Login: "an.peeters", Password: anPassword, Roles: roles}))(t)
	return h
}

// cheap are costs for tests only: the smallest that are accepted.
var cheap = data.HashParams{Memory: 8 * 1024, Time: 1, Threads: 1}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
