package catalogue_test

import (
	"os"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/catalogue"
	"digibrug/tui/coursewords"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the school on SQLite; An Peeters is the coordinator.
type scene struct{ *coursestest.School }

const coordinator = "an.peeters"

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// school has one course and no price.
func school(t testing.TB) *scene {
	t.Helper()
	return &scene{coursestest.New(t, datatest.SQLite(t))}
}

// bare has no course at all.
func bare(t testing.TB) *scene {
	t.Helper()
	s := school(t)
	s.OK(s.DB.InTx(t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(t.Context(), "DELETE FROM courses")
		return err
	}))
	return s
}

// busy has courses, one of which stopped, and prices.
func busy(t testing.TB) *scene {
	t.Helper()
	s := school(t)
	_, err := s.PutCourse(t.Context(), s.An, courses.Course{Code: "foto", Title: "Foto's bewaren en delen", Blurb: "Voor wie veel foto's maakt.", Goals: []string{"een foto draaien", "een album maken"},
		Domain: courses.DomainSharing, Level: 2, Before: []string{"email"}, Outline: []string{"kijken", "draaien", "delen"}, Minutes: 150, Least: 4, Most: 10, Audience: courses.Audience{Who: []courses.Category{courses.Resident, courses.Partner}, From: 55}})
	s.OK(err)
	_, err = s.PutCourse(t.Context(), s.An, courses.Course{Code: "oud", Title: "Diskettes", Goals: []string{"een diskette wissen"}, Domain: courses.DomainWindows, Level: 1, Lessons: 1, Minutes: 60, Least: 1, Most: 8, RetiredOn: "2026-01-01"})
	s.OK(err)
	for _, r := range []courses.FeeRule{
		{Cents: 2000, Decision: "GR 2025/12", DecidedOn: "2025-12-15", From: "2026-01-01", Note: "Tarief van de hele legislatuur."},
		{Category: courses.NonAdmin, Cents: 0, Decision: "CBS 14", DecidedOn: "2026-02-02", From: "2026-03-01", Until: "2026-12-31"},
		{Category: courses.Resident, Cents: 500, Reduced: true, ProofDays: 90, Decision: "GR 2025/12", DecidedOn: "2025-12-15", From: "2026-01-01"},
		{CourseID: s.Email.ID, Cents: 1500, Decision: "GR 2024/3", DecidedOn: "2024-03-01", From: "2024-04-01", Until: "2025-12-31"},
	} {
		_, err := s.PutFeeRule(t.Context(), s.An, r)
		s.OK(err)
	}
	return s
}

func (s *scene) desk() catalogue.Desk {
	return catalogue.Desk{Store: s.Store, Model: courses.ModelCourses}
}

// session is the visit of somebody with the roles of today.
func (s *scene) session(login string) *shell.Session {
	s.T.Helper()
	id := s.Town.Identity(login)
	a, err := s.Town.Accounts.Find(s.T.Context(), datatest.Operator, login)
	s.OK(err)
	id.Roles = a.Roles
	return screentest.Session(s.T, id)
}

func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	v := s.session(login)
	return screentest.ShowRoot(s.T, shell.NewRoot(v, catalogue.New(v, s.desk()), nil, coursewords.Errors()), w, h, screentest.Steps(steps...)...)
}

func (s *scene) plans(steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	return s.show(coordinator, 80, 24, steps...)
}

func pages(t *testing.T, make func(testing.TB) *scene, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(coordinator, w, h, steps...) })
}

// tabs moves on by so many fields, and sends what is left of the form to the button.
func tabs(n int) (all []tea.Msg) {
	for range n {
		all = append(all, keys("tab")...)
	}
	return all
}
