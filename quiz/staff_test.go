package quiz_test

import (
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/staffing"
	"digibrug/quiz"
)

// TestFirstTest follows somebody new: asked for while a kennismeting is open for the service, done when it ended,
// whatever came of it; and who joins after the opening can take it.
func TestFirstTest(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		store := staffing.NewStore(db, quiz.FirstTest())
		c, err := store.Join(t.Context(), datatest.Operator, staffing.Joiner{Person: data.Person{Given: "Noor", Family: "Aerts"},
			Employment: data.Employment{ServiceID: s.Services["Burgerzaken"].ID, From: db.Today()}})
		if err != nil {
			t.Fatal(err)
		}
		state := func() staffing.Finding {
			t.Helper()
			_, steps, err := store.Case(t.Context(), datatest.Operator, c.EmploymentID, staffing.Join)
			if err != nil || len(steps) != 1 {
				t.Fatal(steps, err)
			}
			return steps[0].Finding
		}
		if got := state(); got.State != staffing.Todo || got.About != s.campaign.Title {
			t.Errorf("with an open campaign: %+v", got)
		}
		if _, err := s.Accounts.Add(t.Context(), datatest.Operator, data.NewAccount{PersonID: c.Person.ID, Login: "noor.aerts", Roles: []data.Role{data.RoleStaff}}); err != nil {
			t.Fatal(err)
		}
		a, err := s.Accounts.Find(t.Context(), datatest.Operator, "noor.aerts")
		if err != nil {
			t.Fatal(err)
		}
		noor := data.Actor{AccountID: a.ID, PersonID: a.PersonID, Name: a.Login}
		if _, err := s.store.Start(t.Context(), noor, s.campaign.ID, false); err != nil {
			t.Fatal(err)
		}
		if got := state(); got.State != staffing.Todo {
			t.Errorf("half-way: %+v", got)
		}
		if err := s.store.Close(t.Context(), datatest.Operator, s.campaign.ID); err != nil {
			t.Fatal(err)
		}
		if got := state(); got.State != staffing.Done {
			t.Errorf("after the end: %+v", got)
		}
	})
}
