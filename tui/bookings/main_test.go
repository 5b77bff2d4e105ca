package bookings_test

import (
	"context"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
	"digibrug/tui/bookings"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the desk of the town on Monday 23 November 2026: open from Monday to Friday, closed on holidays and from 24
// December to 3 January, with three laptops, a camera and four borrowers. An and Bert are clerks.
type scene struct {
	*datatest.Town
	*loans.Store
	t              testing.TB
	clock          *datatest.Hand
	an, bert, ivo  data.Actor
	laptop, camera loans.Type
	devices        []loans.Device
	zoe, lou, jef  loans.Borrower
	printed        []string
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
	for _, d := range []loans.Device{{TypeID: s.laptop.ID, Name: "LT-001"}, {TypeID: s.laptop.ID, Name: "LT-002"}, {TypeID: s.laptop.ID, Name: "LT-003"}, {TypeID: s.camera.ID, Name: "CA-001"}} {
		d.OrganisationID, d.LocationID = gemeente, library
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

func (s *scene) book(ask loans.BookAsk) loans.Booking {
	s.t.Helper()
	return must(s.Book(s.t.Context(), s.an, ask))(s.t)
}

func (s *scene) days(n int) { s.clock.Forward(time.Duration(n) * 24 * time.Hour) }

// busyScene has reservations of every kind, on the day on which the first must be fetched.
func busyScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	k := s.book(loans.BookAsk{Device: s.devices[0].ID, Borrower: s.zoe.ID, From: "2026-11-25", To: "2026-12-08"})
	s.ok(s.SetAside(t.Context(), s.an, k.ID))
	s.book(loans.BookAsk{Type: s.laptop.ID, Borrower: s.jef.ID, From: "2026-11-26", To: "2026-12-04"})
	s.book(loans.BookAsk{Type: s.laptop.ID, Borrower: s.lou.ID, From: "2026-11-26", To: "2026-12-18"})
	s.book(loans.BookAsk{Type: s.camera.ID, Borrower: s.lou.ID, From: "2026-12-07", To: "2026-12-11"})
	must(s.Wait(t.Context(), s.an, s.laptop.ID, s.borrower("Mo", "Claes").ID, "2026-11-27", "2026-12-03"))(t)
	s.clock.Forward(time.Second)
	must(s.Wait(t.Context(), s.an, s.laptop.ID, s.borrower("An", "Wouters").ID, "2026-12-21", "2027-01-15"))(t)
	s.days(4) // Friday
	return s
}

func day(text string) time.Time {
	d, err := data.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func (s *scene) desk() bookings.Desk {
	return bookings.Desk{Store: s.Store, Print: func(_ context.Context, _ data.Actor, k loans.Booking) error {
		s.printed = append(s.printed, k.ID)
		return nil
	}, Label: func(_ context.Context, _ data.Actor, k loans.Booking) error {
		s.printed = append(s.printed, "label "+k.ID)
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
	return screentest.ShowRoot(s.t, shell.NewRoot(session, bookings.New(session, s.desk()), nil, errs()), w, h, screentest.Steps(steps...)...)
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
