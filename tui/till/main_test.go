package till_test

import (
	"cmp"
	"context"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
	"digibrug/tui/papers"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/till"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the desk of the town on Monday 23 November 2026: open from Monday to Friday, closed on holidays and from 24
// December to 3 January, with three laptops, a camera, a laptop of the OCMW and borrowers. An and Bert are clerks.
type scene struct {
	*datatest.Town
	*loans.Store
	t                                testing.TB
	clock                            *datatest.Hand
	an, bert, ivo                    data.Actor
	laptop, camera                   loans.Type
	devices                          []loans.Device
	zoe, lou, jef                    loans.Borrower
	dora                             data.Actor
	printed                          []string
	back, unseen, debt, toCome, ocmw loans.Loan
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

func emptyScene(t testing.TB) *scene {
	t.Helper()
	clock := &datatest.Hand{}
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now)))
	s := &scene{Town: town, Store: loans.NewStore(town.DB), t: t, clock: clock}
	for _, login := range []string{"an.peeters", "bert.maes"} {
		s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, login, data.RoleClerk, "2020-01-01", ""))
	}
	s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, "chris.wouters", data.RoleFinance, "2020-01-01", ""))
	s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, "dora.claes", data.RoleSocial, "2020-01-01", ""))
	s.dora = town.Actor("dora.claes")
	s.an, s.bert, s.ivo = town.Actor("an.peeters"), town.Actor("bert.maes"), town.Actor("ivo.ict")
	return s
}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := emptyScene(t)
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	gemeente := s.Services["Burgerzaken"].OrganisationID
	shut := []calendar.Closure{{First: day("2026-12-24"), Last: day("2027-01-03"), Reason: "eindejaar"}}
	library := must(calendar.NewStore(s.DB).AddLocation(t.Context(), datatest.Operator, gemeente, "Bibliotheek",
		calendar.Calendar{Week: week, Closures: shut, Ticks: calendar.PublicHolidays()}))(t).ID
	s.laptop = must(s.PutType(t.Context(), s.ivo, loans.Type{Name: "laptop"}))(t)
	s.camera = must(s.PutType(t.Context(), s.ivo, loans.Type{Name: "camera"}))(t)
	for _, d := range []loans.Device{{TypeID: s.laptop.ID, Name: "LT-001", BoughtOn: "2024-11-23", PriceCents: 50000}, {TypeID: s.laptop.ID, Name: "LT-002"}, {TypeID: s.laptop.ID, Name: "LT-003"}, {TypeID: s.camera.ID, Name: "CA-001"},
		{TypeID: s.laptop.ID, Name: "OC-001", OrganisationID: s.Services["Sociale dienst"].OrganisationID}} {
		d.OrganisationID, d.LocationID = cmp.Or(d.OrganisationID, gemeente), library
		d = must(s.AddDevice(t.Context(), s.an, d))(t)
		s.ok(s.Move(t.Context(), s.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
		s.devices = append(s.devices, d)
	}
	s.zoe, s.lou, s.jef = s.borrower("Zoë", "Peeters"), s.borrower("Lou", "Maes"), s.borrower("Jef", "Vandenbroucke-Vanhoutteghem")
	return s
}

func (s *scene) borrower(given, family string) loans.Borrower {
	s.t.Helper()
	return must(s.PutBorrower(s.t.Context(), s.an, loans.Borrower{Category: loans.Citizen, Given: given, Family: family, Phone: "051 12 34 56"}))(s.t)
}

// busyScene has money of every kind: a deposit that can go back, one whose device must be looked at, one of which damage
// was kept, a debt, a deposit that is still to come, and one of the OCMW.
func busyScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	s.ok(s.PutTariff(t.Context(), s.ivo, loans.Tariff{Code: "V", Name: "verminderd", DepositPercent: 50, FeePercent: 0}))
	client := must(s.PutBorrower(t.Context(), s.dora, loans.Borrower{Category: loans.Client, Given: "Mo", Family: "Claes", Phone: "051 1"}))(t)
	s.ok(s.SetGround(t.Context(), s.dora, client.ID, loans.Ground{Tariff: "V", Ground: "budgetbegeleiding-geheim"}))
	s.back = s.lend(0, s.zoe, loans.Bancontact)
	s.unseen = s.lend(1, s.lou, loans.Transfer)
	s.debt = s.lend(2, s.jef, loans.Bancontact)
	s.toCome = s.lend(3, s.borrower("An", "Wouters"), "")
	s.ocmw = s.lend(4, client, loans.Bancontact)
	must(s.Charge(t.Context(), s.an, s.debt.ID, loans.Damage, loans.Charge{Cents: 1250, Note: "tas gescheurd"}))(t)
	must(s.Return(t.Context(), s.bert, loans.ReturnAsk{Loan: s.back.ID, Charges: []loans.Charge{{Cents: 2500, Note: "lader ontbreekt"}}}))(t)
	must(s.Return(t.Context(), s.bert, loans.ReturnAsk{Loan: s.unseen.ID}))(t)
	s.ok(s.Move(t.Context(), s.an, s.devices[0].ID, loans.ToWipe, loans.Proof{}))
	return s
}

// cashScene is busyScene at a desk that takes cash, with some of it.
func cashScene(t testing.TB) *scene {
	t.Helper()
	s := busyScene(t)
	s.ok(s.Set(t.Context(), s.ivo, loans.SettingCash, "1"))
	must(s.Receive(t.Context(), s.an, s.toCome.ID, 2000, loans.Cash))(t)
	must(s.Pay(t.Context(), s.an, s.debt.ID, loans.Damage, 250, loans.Cash))(t)
	return s
}

func (s *scene) lend(device int, who loans.Borrower, pay loans.Method) loans.Loan {
	s.t.Helper()
	return must(s.Lend(s.t.Context(), s.an, loans.LendAsk{Device: s.devices[device].ID, Borrower: who.ID, Pay: pay}))(s.t)
}

func day(text string) time.Time {
	d, err := data.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func (s *scene) desk() till.Desk {
	return till.Desk{Store: s.Store, Receipt: func(_ context.Context, _ data.Actor, loan, entry string) error {
		s.printed = append(s.printed, loan+" "+entry)
		return nil
	}, Sheet: func(_ context.Context, _ data.Actor, day string, f papers.Format) error {
		s.printed = append(s.printed, day+" "+string(f))
		return nil
	}}
}

// session is a visit of somebody, whose clock is the scene's.
func (s *scene) session(login string) *shell.Session {
	s.t.Helper()
	id := s.Identity(login)
	id.Roles = must(s.Accounts.Find(s.t.Context(), datatest.Operator, login))(s.t).Roles
	session := screentest.Session(s.t, id)
	session.Now = s.clock.Now
	return session
}

func errs() words.Errors {
	return words.Errors{{Err: loans.ErrBookingOver, Key: words.ErrorBookingOver}}
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	session := s.session(login)
	return screentest.ShowRoot(s.t, shell.NewRoot(session, till.New(session, s.desk()), nil, errs()), w, h, screentest.Steps(steps...)...)
}

func (s *scene) clerk(steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show("an.peeters", 80, 24, steps...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func pages(t *testing.T, make func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return make(t).show(login, w, h, steps...)
	})
}

// whole checks every invariant of the register.
func (s *scene) whole() {
	s.t.Helper()
	for _, v := range must(s.Check(s.t.Context(), s.ivo))(s.t) {
		s.t.Errorf("violated: %s", v)
	}
}
