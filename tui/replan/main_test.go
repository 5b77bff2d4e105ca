package replan_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/papers"
	"digibrug/tui/replan"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the desk of the town on Monday 23 November 2026, open from Monday to Friday, with laptops that are due on 14
// December and reservations around it. An and Bert are clerks.
type scene struct {
	*datatest.Town
	*loans.Store
	t        testing.TB
	clock    *datatest.Hand
	calendar *calendar.Store
	an, bert data.Actor
	library  string
	laptop   loans.Type
	devices  []loans.Device
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (s *scene) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// newScene is a desk at which nothing moves yet.
func newScene(t testing.TB) *scene {
	t.Helper()
	clock := &datatest.Hand{}
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now)))
	s := &scene{Town: town, Store: loans.NewStore(town.DB), calendar: calendar.NewStore(town.DB), t: t, clock: clock}
	for _, login := range []string{"an.peeters", "bert.maes"} {
		s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, login, data.RoleClerk, "2020-01-01", ""))
	}
	s.an, s.bert = town.Actor("an.peeters"), town.Actor("bert.maes")
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	gemeente := s.Services["Burgerzaken"].OrganisationID
	s.library = must(s.calendar.AddLocation(t.Context(), datatest.Operator, gemeente, "Bibliotheek", calendar.Calendar{Week: week}))(t).ID
	s.laptop = must(s.PutType(t.Context(), town.Actor("ivo.ict"), loans.Type{Name: "laptop"}))(t)
	for i := range 5 {
		d := must(s.AddDevice(t.Context(), s.an, loans.Device{TypeID: s.laptop.ID, Name: fmt.Sprintf("LT-00%d", i+1), OrganisationID: gemeente, LocationID: s.library}))(t)
		s.ok(s.Move(t.Context(), s.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
		s.devices = append(s.devices, d)
	}
	return s
}

func (s *scene) borrower(given, family, until string) string {
	s.t.Helper()
	return must(s.PutBorrower(s.t.Context(), s.an, loans.Borrower{Category: loans.Citizen, Given: given, Family: family, Phone: "051 12 34 56", RightUntil: until}))(s.t).ID
}

func (s *scene) lend(device int, who string) {
	s.t.Helper()
	must(s.Lend(s.t.Context(), s.an, loans.LendAsk{Device: s.devices[device].ID, Borrower: who, Pay: loans.Bancontact}))(s.t)
}

func (s *scene) book(device int, who, from, to string) {
	s.t.Helper()
	must(s.Book(s.t.Context(), s.an, loans.BookAsk{Device: s.devices[device].ID, Borrower: who, From: from, To: to}))(s.t)
}

func (s *scene) shut(first, last string) {
	s.t.Helper()
	s.ok(s.calendar.ChangeClosure(s.t.Context(), datatest.Operator, s.library, nil, &calendar.Closure{First: day(first), Last: day(last), Reason: "wateroverlast"}))
}

// shutScene has what moves later, what moves earlier, and what can't.
func shutScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	s.lend(0, s.borrower("Zoë", "Peeters", ""))
	s.lend(1, s.borrower("Lou", "Maes", "2026-12-15"))
	s.lend(2, s.borrower("Jef", "Vandenbroucke-Vanhoutteghem", ""))
	s.book(2, s.borrower("An", "Claes", ""), "2026-12-17", "2026-12-18")
	s.book(3, s.borrower("Mo", "Wouters", ""), "2026-12-14", "2026-12-15")
	s.book(3, s.borrower("Fé", "Jacobs", ""), "2026-12-17", "2026-12-18")
	s.book(4, s.borrower("Bo", "Aerts", ""), "2026-12-15", "2026-12-22")
	s.shut("2026-12-14", "2026-12-15")
	return s
}

// movedScene is shutScene after everything was moved, an hour ago.
func movedScene(t testing.TB) *scene {
	t.Helper()
	s := shutScene(t)
	must(s.Replan(t.Context(), s.bert, must(s.ReplanPreview(t.Context(), s.bert))(t).Key, nil))(t)
	s.clock.Forward(time.Hour)
	return s
}

// undoneScene is movedScene after it was undone.
func undoneScene(t testing.TB) *scene {
	t.Helper()
	s := movedScene(t)
	if _, _, err := s.UndoReplan(t.Context(), s.an, must(s.Replans(t.Context(), s.an))(t)[0].ID); err != nil {
		t.Fatal(err)
	}
	s.clock.Forward(time.Hour)
	return s
}

func day(text string) time.Time {
	d, err := data.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	id.Roles = must(s.Accounts.Find(s.t.Context(), datatest.Operator, login))(s.t).Roles
	session := screentest.Session(s.t, id)
	session.Now = s.clock.Now
	return screentest.ShowRoot(s.t, shell.NewRoot(session, replan.New(session, replan.Desk{Store: s.Store, Papers: papers.NewLoanPapers(s.Store, data.NewSettings(s.DB), s.calendar, s.DB.Now), Way: outbox.Fetch}), nil, words.Errors{}), w, h, screentest.Steps(steps...)...)
}

func (s *scene) clerk(steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show("an.peeters", 80, 24, steps...)
}

var keys = screentest.Keys

func pages(t *testing.T, make func(testing.TB) *scene, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show("an.peeters", w, h, steps...) })
}

// whole checks every invariant of the register.
func (s *scene) whole() {
	s.t.Helper()
	for _, v := range must(s.Check(s.t.Context(), s.Actor("ivo.ict")))(s.t) {
		s.t.Errorf("violated: %s", v)
	}
}
