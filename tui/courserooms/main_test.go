package courserooms_test

import (
	"context"
	"os"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/tui/courserooms"
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

// school has three rooms in two locations, and two trainers.
func school(t testing.TB) *scene {
	t.Helper()
	return &scene{coursestest.New(t, datatest.SQLite(t))}
}

// busy has a room with hours and closed periods, and a trainer with leave.
func busy(t testing.TB) *scene {
	t.Helper()
	s := school(t)
	var week calendar.Week
	week[time.Monday], week[time.Tuesday] = calendar.Hours{{From: 9 * 60, To: 12 * 60}, {From: 13 * 60, To: 21 * 60}}, calendar.Hours{{From: 18 * 60, To: 21 * 60}}
	s.OK(s.SetRoom(t.Context(), s.An, courses.Room{Room: s.PCs, Mode: courses.Capacity, KeepFree: 2, Equipment: []string{"beamer", "witbord"}, Windows: week,
		Closures: []courses.RoomClosure{{First: "2027-02-08", Last: "2027-02-14", Reason: "schilderwerken"}, {First: "2026-12-23", Last: "2026-12-23", Reason: "stroom weg"}}}))
	mia := s.Mia
	mia.Windows, mia.Leave, mia.Mail = week, []courses.Leave{{First: "2026-12-21", Last: "2027-01-03"}}, "mia@voorbeeld.be"
	_, err := s.PutTrainer(t.Context(), s.An, mia)
	s.OK(err)
	s.OK(s.SetTravel(t.Context(), s.An, s.Library, s.Annexe, 20))
	return s
}

func (s *scene) desk() courserooms.Desk {
	return courserooms.Desk{Store: s.Store, Places: calendar.NewStore(s.DB), Calendar: func(ctx context.Context, by data.Actor, called string, f courses.LessonFilter) (string, int, error) {
		all, err := s.Lessons(ctx, by, f)
		return "agenda " + called + ".ics", len(all), err
	}}
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
	return screentest.ShowRoot(s.T, shell.NewRoot(v, courserooms.New(v, s.desk()), nil, coursewords.Errors()), w, h, screentest.Steps(steps...)...)
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
