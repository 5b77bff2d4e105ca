package regulation_test

import (
	"os"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
	"digibrug/loans/figures"
	"digibrug/tui/regulation"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// Who looks: the ICT officer, a clerk, the director.
const (
	ict      = "ivo.ict"
	clerk    = "an.peeters"
	director = "dirk.adm"
)

// scene is a town in which nothing is lent yet.
type scene struct {
	*datatest.Town
	t        testing.TB
	clock    *datatest.Hand
	loans    *loans.Store
	gemeente string
	library  calendar.Location
	laptop   loans.Type
}

func (s *scene) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// bareTown has no location and no device.
func bareTown(t testing.TB) *scene {
	t.Helper()
	clock := &datatest.Hand{}
	db := datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now))
	town := datatest.NewTown(t, db)
	s := &scene{Town: town, t: t, clock: clock, loans: loans.NewStore(db), gemeente: town.Services["Burgerzaken"].OrganisationID}
	s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, clerk, data.RoleClerk, "2020-01-01", ""))
	return s
}

// emptyTown has a library that is open on four days.
func emptyTown(t testing.TB) *scene {
	t.Helper()
	s := bareTown(t)
	hours, err := calendar.ParseHours("9-12, 13.30-16.30")
	s.ok(err)
	var week calendar.Week
	for d := 1; d <= 4; d++ {
		week[d] = hours
	}
	s.library, err = calendar.NewStore(s.DB).AddLocation(t.Context(), datatest.Operator, s.gemeente, "Bibliotheek", calendar.Calendar{Week: week})
	s.ok(err)
	return s
}

// lending is a town with two types, two versions of which one comes, decisions of which one ends soon, a tariff, and
// one loan of long ago.
func lending(t testing.TB) *scene {
	t.Helper()
	s := emptyTown(t)
	var err error
	s.laptop, err = s.loans.PutType(t.Context(), datatest.Operator, loans.Type{Name: "laptop", Accessories: []loans.Accessory{{Name: "lader", Cents: 2500}}})
	s.ok(err)
	tablet, err := s.loans.PutType(t.Context(), datatest.Operator, loans.Type{Name: "tablet"})
	s.ok(err)
	s.ok(s.loans.PutTariff(t.Context(), datatest.Operator, loans.Tariff{Code: "V", Name: "verminderd", DepositPercent: 50}))
	rules := loans.ModelRegulation()
	rules.From = data.DayOf(s.DB.Now())
	rules.Cells[loans.Cell{Device: tablet.ID}] = map[loans.Param]int64{loans.TermDays: 14}
	rules.Cells[loans.Cell{Category: loans.Participant, Device: tablet.ID}] = map[loans.Param]int64{loans.TermDays: 10}
	decisions := map[loans.Param]loans.Decision{loans.DepositCents: {Body: "gemeenteraad", On: "2020-12-14", ValidUntil: "2026-12-31"},
		loans.FeeCents: {Body: "gemeenteraad", On: "2024-12-16", ValidUntil: "2030-12-31"}}
	_, err = s.loans.PutVersion(t.Context(), datatest.Operator, loans.Version{Regulation: rules, Name: "Reglement 2026", Decisions: decisions})
	s.ok(err)
	next := loans.ModelRegulation()
	next.From = "2027-01-01"
	next.Cells[loans.Cell{}][loans.DepositCents] = 8000
	_, err = s.loans.PutVersion(t.Context(), datatest.Operator, loans.Version{Regulation: next, Name: "Reglement 2027", Decisions: decisions})
	s.ok(err)
	return s
}

func (s *scene) desk() regulation.Desk {
	return regulation.Desk{Loans: s.loans, Figures: figures.NewStore(s.DB), Calendar: calendar.NewStore(s.DB), People: s.People}
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	a, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	s.ok(err)
	id.Roles = a.Roles
	session := screentest.Session(s.t, id)
	return screentest.ShowRoot(s.t, shell.NewRoot(session, regulation.New(session, s.desk()), nil, words.Errors{}), w, h, screentest.Steps(steps...)...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// Rows of the page for experts.
const (
	toFigures = iota
	toVersions
	toDecisions
	toModes
	toLadder
	toTariffs
	toSettings
	toSimulate
)

// expert opens a row of the page for experts.
func expert(n int) []tea.Msg { return append(keys("v"), screentest.Row(n)...) }

func pages(t *testing.T, make func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return make(t).show(login, w, h, steps...)
	})
}

// next answers so many questions of the preset with what stands there: the last field submits with Enter.
func next(questions int) (steps []tea.Msg) {
	fields := []int{3, 1, 2, 3, 1, 1}
	for _, n := range fields[:questions] {
		for range n {
			steps = append(steps, keys("enter")...)
		}
	}
	return steps
}
