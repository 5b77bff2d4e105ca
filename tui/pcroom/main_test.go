package pcroom_test

import (
	"os"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data/datatest"
	"digibrug/tui/coursewords"
	"digibrug/tui/pcroom"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// Who comes in.
const (
	clerk   = "lid4"
	trainer = "lid5"
	nobody  = "lid7"
)

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// scene is the school of coursestest on SQLite, with a board before it.
type scene struct{ *coursestest.School }

// quiet is one o'clock on a day without lessons: eight PCs are free.
func quiet(t testing.TB) *scene {
	t.Helper()
	s := &scene{coursestest.New(t, datatest.SQLite(t))}
	s.on("13:00")
	return s
}

// busy has a lesson of five from two to four, in a room where three PCs stay for visitors; a visitor sits at PC 2 and one at
// PC 8, it is a quarter to two, and two PCs are kept for the evening.
func busy(t testing.TB) *scene {
	t.Helper()
	s := quiet(t)
	s.OK(s.SetRoom(t.Context(), s.An, courses.Room{Room: s.PCs, Mode: courses.Capacity, KeepFree: 3}))
	s.Draft(5, s.Sessions(s.PCs, courses.Trainer{}, "2026-12-01 14:00-16:00")...)
	s.seat(2, 60)
	s.seat(8, 120)
	s.seat(7, 30)
	_, err := s.Reserve(t.Context(), s.Clerk, s.PCs.ID, coursestest.Slot(t, "2026-12-01 18:00-20:00"), 2)
	s.OK(err)
	s.on("13:35")
	return s
}

// lesson is busy in the lesson: who sat at PC 2 had to go.
func lesson(t testing.TB) *scene {
	t.Helper()
	s := busy(t)
	s.on("14:05")
	return s
}

func (s *scene) on(at string) {
	s.T.Helper()
	s.Clock.Forward(coursestest.Slot(s.T, "2026-12-01 "+at+"-23:45").Instants().From.Sub(s.Clock.Now()))
}

func (s *scene) seat(pc, minutes int) {
	s.T.Helper()
	_, err := s.Seat(s.T.Context(), s.Clerk, s.PCs.ID, pc, minutes)
	s.OK(err)
}

func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	id := s.Town.Identity(login)
	account, err := s.Town.Accounts.Find(s.T.Context(), datatest.Operator, login)
	s.OK(err)
	id.Roles = account.Roles
	v := screentest.Session(s.T, id)
	v.Now = s.Clock.Now
	return screentest.ShowRoot(s.T, shell.NewRoot(v, pcroom.New(v, s.Store), nil, coursewords.Errors()), w, h, screentest.Steps(steps...)...)
}

func (s *scene) as(login string, steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	return s.show(login, 80, 24, steps...)
}

func pages(t *testing.T, make func(testing.TB) *scene, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(clerk, w, h, steps...) })
}
