package opening_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/tui/opening"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the town with a library that has a summer, closures, half days and a bridge day, and a town hall that
// has nothing but its ticks; lid1 is a deputy.
type scene struct {
	*datatest.Town
	t             testing.TB
	store         *calendar.Store
	gemeente      string
	library, hall calendar.Location
}

func day(text string) time.Time {
	d, err := data.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func hours(text string) calendar.Hours {
	h, err := calendar.ParseHours(text)
	if err != nil {
		panic(err)
	}
	return h
}

// week is open from Monday to Friday, and on Saturday morning.
func week() (w calendar.Week) {
	for d := time.Monday; d <= time.Friday; d++ {
		w[d] = hours("9-12, 13.30-16.30")
	}
	w[time.Saturday] = hours("9.30-12")
	return w
}

func emptyScene(t testing.TB) *scene {
	t.Helper()
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	if err := town.Accounts.Grant(t.Context(), datatest.Operator, "lid1", data.RoleDeputy, "2026-01-01", ""); err != nil {
		t.Fatal(err)
	}
	return &scene{Town: town, t: t, store: calendar.NewStore(town.DB), gemeente: town.Services["Burgerzaken"].OrganisationID}
}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := emptyScene(t)
	summer := week()
	summer[time.Saturday] = nil
	library := calendar.Calendar{
		Week: week(), Seasons: []calendar.Season{{Name: "zomer", First: day("2027-07-01"), Last: day("2027-08-31"), Week: summer}},
		HalfDays: []calendar.HalfDay{{Day: day("2026-12-24"), Keep: calendar.Block{To: calendar.Noon}, Note: "kerstavond"}},
		Closures: []calendar.Closure{{First: day("2026-09-01"), Last: day("2026-09-02"), Reason: "verhuis"},
			{First: day("2026-11-26"), Last: day("2026-11-26"), Reason: "opleiding van het personeel"}, {First: day("2027-07-26"), Last: day("2027-07-30"), Reason: "nieuwe vloer"}},
		Ticks: append(calendar.PublicHolidays(), calendar.FlemishDay, calendar.BoxingDay, calendar.Bridge),
	}
	var errs [5]error
	s.library, errs[0] = s.store.AddLocation(t.Context(), datatest.Operator, s.gemeente, "Bibliotheek", library)
	s.hall, errs[1] = s.store.AddLocation(t.Context(), datatest.Operator, s.gemeente, "Gemeentehuis", calendar.Calendar{Ticks: calendar.PublicHolidays()})
	errs[2] = s.store.PutLocalDay(t.Context(), datatest.Operator, s.gemeente, calendar.LocalDay{Day: day("2027-05-07"), Code: calendar.Bridge})
	errs[3] = s.store.PutLocalDay(t.Context(), datatest.Operator, s.gemeente, calendar.LocalDay{Day: day("2027-09-13"), Code: calendar.Fair})
	errs[4] = s.store.PutSchoolHoliday(t.Context(), datatest.Operator,
		calendar.SchoolHoliday{Year: 2026, Code: calendar.CarnivalBreak, First: day("2027-02-15"), Last: day("2027-02-21")})
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	return s
}

// calendar reads the calendar of the library.
func (s *scene) calendar() calendar.Calendar {
	s.t.Helper()
	c, err := s.store.Calendar(s.t.Context(), s.library.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	a, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	if err != nil {
		s.t.Fatal(err)
	}
	id.Roles = a.Roles
	session := screentest.Session(s.t, id)
	first := opening.New(session, opening.Desk{Store: s.store, People: s.People})
	errs := words.Errors{{Err: calendar.ErrChanged, Key: words.CalendarChanged}}
	return screentest.ShowRoot(s.t, shell.NewRoot(session, first, nil, errs), w, h, screentest.Steps(steps...)...)
}

func (s *scene) ict(steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show("ivo.ict", 80, 24, steps...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// row opens a row of a location's page, by how far it stands from Monday.
func row(n int) []tea.Msg {
	steps := keys("home")
	for range n {
		steps = append(steps, keys("down")...)
	}
	return append(steps, keys("enter")...)
}

// The rows below the days.
const (
	toMonth = iota + 7
	toSeasons
	toClosures
	toHalf
	toTicks
	toLocal
	toSchool
	toName
)

// library opens the page of the library: it is the first of the list.
func library() []tea.Msg { return keys("enter") }

func pages(t *testing.T, make func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return make(t).show(login, w, h, steps...)
	})
}
