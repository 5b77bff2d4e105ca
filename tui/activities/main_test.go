package activities_test

import (
	"context"
	"os"
	"testing"

	"digibrug/courses/activity"
	"digibrug/courses/activity/activitytest"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/tui/activities"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// Who comes in.
const (
	planner = "an.peeters"
	clerk   = "lid4"
	host    = "lid5"
	boss    = "dirk.adm"
)

// scene is the house for children of activitytest, with a screen before it.
type scene struct {
	*activitytest.Camp
	week    activity.Activity
	halves  []activity.HalfDay
	printed []string // ids of half-days
}

// empty has no activity yet.
func empty(t testing.TB) *scene { return &scene{Camp: activitytest.New(t, datatest.SQLite(t))} }

// quiet has a week of three places a half-day, and nobody in it.
func quiet(t testing.TB) *scene {
	s := empty(t)
	s.week, s.halves = s.Week(3)
	return s
}

// busy has children in it, on the Monday evening before: the first morning is full and two wait; the last afternoon
// doesn't take place.
func busy(t testing.TB) *scene {
	s := quiet(t)
	first, second := s.halves[0], s.halves[1]
	for i, c := range []activity.Child{
		{Given: "Noor", Family: "Adams", Born: "2018", Guardian: "Els Hermans", Phone: "0470 11 00 01", Second: "opa Jos, 0470 11 00 09", Fetchers: "oma Rita, buurvrouw Els", Note: "bril"},
		{Given: "Mo", Family: "Bakkali", Born: "2015", Guardian: "Samira Bakkali", Phone: "0470 11 00 02", Alone: true},
		{Given: "Lou", Family: "Claes", Born: "2022-03", Guardian: "Jan Claes", Phone: "0470 11 00 03", Note: "mag niet zwemmen"},
		{Given: "Sem", Family: "Dockx", Born: "2016", Guardian: "Ria Dockx", Phone: "0470 11 00 04"},
		{Given: "Yara", Family: "Everaert", Born: "2019", Guardian: "Tom Everaert", Phone: "0470 11 00 05"},
	} {
		if i == 0 {
			s.Join(c, first, second, s.halves[3], s.halves[7])
		} else {
			s.Join(c, first)
		}
		s.Clock.Forward(61e9)
	}
	_, err := s.CancelHalfDay(t.Context(), s.An, s.halves[7].ID, "zieke begeleider")
	s.OK(err)
	return s
}

// morning is busy on the first morning: Noor is here, Mo went home alone, Lou is absent.
func morning(t testing.TB) *scene {
	s := busy(t)
	s.On("2026-12-21 09:05")
	s.see("Noor", activity.Sight{Step: activity.Arrive})
	s.see("Mo", activity.Sight{Step: activity.Arrive})
	s.see("Lou", activity.Sight{Step: activity.StayOff})
	s.On("2026-12-21 11:30")
	s.see("Mo", activity.Sight{Step: activity.Leave, How: activity.Alone})
	return s
}

// place is the place of a child in the first half-day.
func (s *scene) place(given string) activity.Place {
	s.T.Helper()
	d, err := s.DayList(s.T.Context(), s.An, s.halves[0].ID)
	s.OK(err)
	for _, list := range [][]activity.Place{d.Booked, d.Waiting} {
		for _, p := range list {
			if p.Child.Given == given {
				return p
			}
		}
	}
	s.T.Fatalf("nobody is called %s", given)
	return activity.Place{}
}

func (s *scene) see(given string, sight activity.Sight) {
	s.T.Helper()
	_, err := s.See(s.T.Context(), s.Host, s.place(given).ID, sight)
	s.OK(err)
}

func (s *scene) desk() activities.Desk {
	return activities.Desk{Store: s.Store, Places: calendar.NewStore(s.DB),
		Rooms: func(ctx context.Context) ([]data.Room, error) { return data.Rooms(ctx, s.DB) },
		Print: func(_ context.Context, _ data.Actor, d activity.DayList) error {
			s.printed = append(s.printed, d.HalfDay.ID)
			return nil
		}}
}

// show opens the room for somebody, whose clock is the scene's.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	id := s.Town.Identity(login)
	account, err := s.Town.Accounts.Find(s.T.Context(), datatest.Operator, login)
	s.OK(err)
	id.Roles = account.Roles
	session := screentest.Session(s.T, id)
	session.Now = s.Clock.Now
	return screentest.ShowRoot(s.T, shell.NewRoot(session, activities.New(session, s.desk()), nil, activities.Errors()), w, h, screentest.Steps(steps...)...)
}

func (s *scene) as(login string, steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	return s.show(login, 80, 24, steps...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func pages(t *testing.T, make func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(login, w, h, steps...) })
}

// closes closes the house on a day that was planned before.
func (s *scene) closes(day string) {
	s.T.Helper()
	on := activitytest.Day(s.T, day)
	s.OK(calendar.NewStore(s.DB).PutClosure(s.T.Context(), datatest.Operator, s.House, calendar.Closure{First: on, Last: on, Reason: "lekkage"}))
}
