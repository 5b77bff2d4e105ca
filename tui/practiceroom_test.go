package tui

import (
	"maps"
	"slices"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/practice"
	"digibrug/tui/screentest"
)

// practiceScene is a school with the model catalogue, in which series of a model course are planned, and the kiosk's page.
func practiceScene(t *testing.T) (*coursestest.School, House) {
	s := coursestest.New(t, datatest.SQLite(t))
	model := coursestest.Must(courses.ModelCourses())(t)
	coursestest.Must(s.TakeModel(t.Context(), s.An, model))(t)
	banks := coursestest.Must(quiz.ShippedBanks(data.Banks, "nl"))(t)
	return s, House{DB: s.DB, Courses: s.Store, Quiz: quiz.NewStore(s.DB, banks), Clock: s.Clock.Now}
}

// rows counts the rows of every table.
func rows(t *testing.T, db *data.DB) map[string]int {
	t.Helper()
	count := func(query string) (n int) {
		if err := data.One(t.Context(), db, []any{&n}, query); err != nil {
			t.Fatal(err)
		}
		return n
	}
	names, err := data.List(t.Context(), db, func(scan func(...any) error) (name string, err error) { return name, scan(&name) },
		`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]int{}
	for _, name := range names {
		all[name] = count(`SELECT count(*) FROM "` + name + `"`)
	}
	return all
}

// TestPracticeStoresNothing practises a round and takes the placement at a kiosk: no table has a row more.
func TestPracticeStoresNothing(t *testing.T) {
	s, h := practiceScene(t)
	session := screentest.Session(t, data.Identity{KioskID: s.Kiosk().KioskID, Name: "bib", Language: "nl"})
	session.Bare = true
	before := rows(t, s.DB)
	page := screentest.Show(t, h.practicePage().Open(session), 120, 40).Says("De computer", "Overheid online").Lacks("Rekenblad")
	page.Send(screentest.Keys("6")...).Says("Vraag 1 van 10")
	for range 40 { // more than a round can take; at the end Enter goes back
		page.Send(screentest.Keys("f9", "enter")...)
	}
	page.Send(screentest.Keys("esc", "esc", "7")...)
	page = screentest.Show(t, h.practicePage().Open(session), 120, 40, screentest.Keys("7", "f9", "f9", "f9", "f9")...)
	page.Says("Begin met: De computer, muis en toetsen", "Code: muis-en-toetsen", "Daarna: Op weg op het internet")
	if after := rows(t, s.DB); !maps.Equal(before, after) || len(before) < 50 {
		t.Errorf("of %d tables some have other numbers of rows:\n%v\n%v", len(before), before, after)
	}
}

// TestOffers: only courses for who lives here, each with a series that has seats.
func TestOffers(t *testing.T) {
	s, h := practiceScene(t)
	open := s.Open(1, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00")...)
	offer := func() practice.Offer {
		t.Helper()
		all := coursestest.Must(h.offers(t.Context()))(t)
		if slices.ContainsFunc(all, func(o practice.Offer) bool { return o.Code == "agendas-delen" }) {
			t.Error("a course for staff is offered to citizens")
		}
		i := slices.IndexFunc(all, func(o practice.Offer) bool { return o.Title == open.Course })
		if i < 0 {
			t.Fatalf("%s is not offered", open.Course)
		}
		return all[i]
	}
	if o := offer(); o.Series != open.Code || o.Free != 1 || !o.Begins.Equal(open.First) {
		t.Errorf("%+v; want the series %s with one seat", o, open.Code)
	}
	s.Join(open, courses.Participant{})
	if o := offer(); o.Series != "" {
		t.Errorf("a series that is full is offered: %+v", o)
	}
}

// TestPathsLeadToTheModelCatalogue: every path begins at a bank for citizens and ends at a model course for them.
func TestPathsLeadToTheModelCatalogue(t *testing.T) {
	model := coursestest.Must(courses.ModelCourses())(t)
	banks := coursestest.Must(quiz.ShippedBanks(data.Banks, "nl"))(t)
	lead := map[string]bool{}
	for _, p := range practice.Paths() {
		lead[p.Domain] = true
		i := slices.IndexFunc(model, func(c courses.Course) bool { return c.Code == p.Course })
		if i < 0 || model[i].Admits(courses.Resident) != nil {
			t.Errorf("no model course %s for citizens", p.Course)
		}
	}
	for _, b := range banks {
		if (b.Audience == quiz.ForCitizens) != lead[b.Domain] {
			t.Errorf("%s: for citizens %v, with a path %v", b.Domain, b.Audience == quiz.ForCitizens, lead[b.Domain])
		}
	}
}
