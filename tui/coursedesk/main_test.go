package coursedesk_test

import (
	"os"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/tui/coursedesk"
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
	must  = coursestest.Must[courses.Series]
)

// school has no series yet.
func school(t testing.TB) *scene {
	t.Helper()
	return &scene{coursestest.New(t, datatest.SQLite(t))}
}

// busy has a draft whose second lesson falls in the Christmas closing and whose third meets the fourth series' room, a
// series with people and a waiting list, one that is decided on today, and another of the same course with seats left.
func busy(t testing.TB) *scene {
	t.Helper()
	s := school(t)
	full := s.Open(2, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
	for range 3 {
		s.Join(full, courses.Participant{})
	}
	s.Open(8, s.Sessions(s.Hall, s.Own, "2027-01-11 09:00-11:00", "2027-01-18 09:00-11:00")...)
	s.Draft(8, s.Sessions(s.PCs, courses.Trainer{}, "2026-12-15 14:00-16:00", "2026-12-29 14:00-16:00")...)
	few := must(s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Least: 3, Seats: 8, Note: "Breng uw eigen laptop mee.",
		Sessions: s.Sessions(s.PCs, s.Own, "2026-11-27 18:30-20:30", "2026-12-04 18:30-20:30")}))(t)
	s.OK(s.Publish(t.Context(), s.An, few.ID))
	for range 2 {
		s.Join(few, courses.Participant{})
	}
	return s
}

func (s *scene) desk() coursedesk.Desk {
	return coursedesk.Desk{Store: s.Store, Places: calendar.NewStore(s.DB)}
}

// session is the visit of somebody with the roles of today.
func (s *scene) session(login string) *shell.Session {
	s.T.Helper()
	id := s.Town.Identity(login)
	a, err := s.Town.Accounts.Find(s.T.Context(), datatest.Operator, login)
	s.OK(err)
	id.Roles = a.Roles
	visit := screentest.Session(s.T, id)
	visit.Now = s.Clock.Now
	return visit
}

// opener opens a room.
type opener func(*shell.Session, coursedesk.Desk) shell.Screen

func (s *scene) show(login string, open opener, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	v := s.session(login)
	return screentest.ShowRoot(s.T, shell.NewRoot(v, open(v, s.desk()), nil, coursewords.Errors()), w, h, screentest.Steps(steps...)...)
}

// plans opens the list of series for the coordinator.
func (s *scene) plans(steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	return s.show(coordinator, coursedesk.New, 80, 24, steps...)
}

// decides opens the list of series to decide on.
func (s *scene) decides(steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	return s.show(coordinator, coursedesk.NewDecide, 80, 24, steps...)
}

func pages(t *testing.T, make func(testing.TB) *scene, open opener, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return make(t).show(coordinator, open, w, h, steps...)
	})
}

// open opens the series with a code from the list.
func open(code string) []tea.Msg {
	return screentest.Steps(keys("/"), typed(code), keys("enter", "enter"))
}

// fill fills in the form of a new series: the first day and the times, then its last fields by their name.
func fill(day, times string) []tea.Msg {
	return screentest.Steps(keys("n", "tab", "tab", "space", "tab"), typed(day), keys("tab"), typed(times))
}
