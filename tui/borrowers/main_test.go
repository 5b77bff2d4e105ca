package borrowers_test

import (
	"context"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/borrowers"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

const (
	clerk  = "an.peeters"
	social = "dora.claes"
)

// scene is a town that lends: An is a clerk, Dora a social worker. Zoë has LT-001 since four weeks, which is late, and
// booked LT-002; Kim is her child; Mo is a client of the OCMW with a tariff; Lou is blocked.
type scene struct {
	*datatest.Town
	t       testing.TB
	store   *loans.Store
	people  map[string]loans.Borrower
	printed []loans.Number
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

const secret = "budgetbegeleiding"

func newScene(t testing.TB) *scene {
	t.Helper()
	clock := &datatest.Hand{}
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now)))
	s := &scene{Town: town, t: t, store: loans.NewStore(town.DB), people: map[string]loans.Borrower{}}
	for login, role := range map[string]data.Role{clerk: data.RoleClerk, social: data.RoleSocial} {
		s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2020-01-01", ""))
	}
	clock.Forward(-28 * 24 * time.Hour)
	by, dora, gemeente := town.Actor(clerk), town.Actor(social), town.Services["Burgerzaken"].OrganisationID
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	library := must(calendar.NewStore(town.DB).AddLocation(t.Context(), datatest.Operator, gemeente, "Bibliotheek", calendar.Calendar{Week: week}))(t).ID
	laptop := must(s.store.PutType(t.Context(), datatest.Operator, loans.Type{Name: "laptop"}))(t)
	var devices []loans.Device
	for _, name := range []string{"LT-001", "LT-002", "LT-003"} {
		d := must(s.store.AddDevice(t.Context(), by, loans.Device{TypeID: laptop.ID, Name: name, OrganisationID: gemeente, LocationID: library}))(t)
		s.ok(s.store.Move(t.Context(), by, d.ID, loans.Ready, loans.Proof{Tested: true}))
		devices = append(devices, d)
	}
	s.put(by, loans.Borrower{Category: loans.Citizen, Given: "Zoë", Family: "Peeters", Phone: "051 12 34 56", Mail: "zoe@voorbeeld.example", Household: "Peeters, Dorp 3"})
	s.put(by, loans.Borrower{Category: loans.Minor, Given: "Kim", Family: "Peeters", GuardianID: s.people["Zoë"].ID, BirthMonth: "2012-05", Household: "Peeters, Dorp 3"})
	s.put(by, loans.Borrower{Category: loans.Participant, Given: "Lou", Family: "Maes", Phone: "051 1", RightUntil: "2026-12-31"})
	s.put(dora, loans.Borrower{Category: loans.Client, Given: "Mo", Family: "Claes", Phone: "051 2"})
	s.ok(s.store.PutTariff(t.Context(), datatest.Operator, loans.Tariff{Code: "V", Name: "verminderd", DepositPercent: 50, FeePercent: 0}))
	s.ok(s.store.SetGround(t.Context(), dora, s.people["Mo"].ID, loans.Ground{Tariff: "V", Ground: secret, Until: "2027-06-30"}))
	past := must(s.store.Lend(t.Context(), by, loans.LendAsk{Device: devices[2].ID, Borrower: s.people["Zoë"].ID, Pay: loans.Bancontact}))(t)
	must(s.store.Return(t.Context(), by, loans.ReturnAsk{Loan: past.ID, Refund: loans.Bancontact}))(t)
	must(s.store.Lend(t.Context(), by, loans.LendAsk{Device: devices[0].ID, Borrower: s.people["Zoë"].ID, Pay: loans.Bancontact}))(t)
	clock.Forward(28 * 24 * time.Hour)
	must(s.store.Book(t.Context(), by, loans.BookAsk{Device: devices[1].ID, Borrower: s.people["Zoë"].ID, From: "2026-12-07", To: "2026-12-11"}))(t)
	s.ok(s.store.AddBlock(t.Context(), by, s.people["Lou"].ID, loans.Block{From: "2026-11-20", Until: "2026-12-04", Reason: "toestel tien dagen te laat"}))
	return s
}

func (s *scene) put(by data.Actor, b loans.Borrower) {
	s.t.Helper()
	s.people[b.Given] = must(s.store.PutBorrower(s.t.Context(), by, b))(s.t)
}

func (s *scene) desk() borrowers.Desk {
	other := func(v *shell.Session, id string) shell.Screen {
		return borrowers.NewPage(v, borrowers.Desk{Store: s.store}, s.people["Lou"].ID)
	}
	return borrowers.Desk{Store: s.store, Money: other, Book: other,
		Card: func(_ context.Context, _ data.Actor, of loans.Number) (outbox.Paper, error) {
			s.printed = append(s.printed, of)
			return outbox.Paper{Name: "kaart.pdf"}, nil
		}}
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	v := s.session(login)
	return screentest.ShowRoot(s.t, shell.NewRoot(v, borrowers.New(v, s.desk()), nil, words.Errors{}), w, h, screentest.Steps(steps...)...)
}

func (s *scene) session(login string) *shell.Session {
	s.t.Helper()
	id := s.Identity(login)
	id.Roles = must(s.Accounts.Find(s.t.Context(), datatest.Operator, login))(s.t).Roles
	return screentest.Session(s.t, id)
}

// of opens somebody's page.
func (s *scene) of(login, given string, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	v := s.session(login)
	return screentest.ShowRoot(s.t, shell.NewRoot(v, borrowers.NewPage(v, s.desk(), s.people[given].ID), nil, words.Errors{}), 80, 24, screentest.Steps(steps...)...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func pages(t *testing.T, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return newScene(t).show(login, w, h, steps...) })
}

// find finds somebody and opens the page.
func find(name string) []tea.Msg { return screentest.Steps(typed(name), keys("enter")) }
