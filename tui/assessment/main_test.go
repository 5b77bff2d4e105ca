package assessment_test

import (
	"os"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the town with a small bank and one open campaign that asks all of it, in a fixed order.
type scene struct {
	*datatest.Town
	store    *quiz.Store
	campaign quiz.Campaign
}

func newScene(t *testing.T, change ...func(*quiz.Campaign)) scene {
	t.Helper()
	return sceneOn(t, datatest.Open(t, datatest.SQLite(t)), change...)
}

func sceneOn(t *testing.T, db *data.DB, change ...func(*quiz.Campaign)) scene {
	t.Helper()
	town := datatest.NewTown(t, db)
	src, err := os.ReadFile("testdata/bank.yaml")
	if err != nil {
		t.Fatal(err)
	}
	bank, err := quiz.ParseBank("bank.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	s := scene{Town: town, store: quiz.NewStore(db, []quiz.Bank{bank}).Seeded(func() int64 { return 7 })}
	c := quiz.Campaign{Title: "Kennismeting najaar", OpensOn: "2026-11-01", ClosesOn: "2026-12-31", Explain: quiz.ExplainAtSubmit,
		Offer: "Kennismaken met de computer", Blueprint: quiz.Blueprint{Entry: 3, Cells: []quiz.Cell{
			{Domain: "proef", Level: 2, Count: 2}, {Domain: "proef", Level: 3, Count: 2}, {Domain: "proef", Level: 4, Count: 1}}}}
	for _, service := range town.Services {
		if !service.IsCluster {
			c.Services = append(c.Services, service.ID)
		}
	}
	for _, f := range change {
		f(&c)
	}
	if s.campaign, err = s.store.Create(t.Context(), town.Actor("ivo.ict"), c); err != nil {
		t.Fatal(err)
	}
	if err := s.store.Open(t.Context(), town.Actor("ivo.ict"), s.campaign.ID); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s scene) session(t *testing.T, login, lang string) *shell.Session {
	t.Helper()
	id := s.Identity(login)
	id.Language = lang
	return screentest.Session(t, id)
}
