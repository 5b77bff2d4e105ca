package loandesk_test

import (
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/loandesk"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

const (
	clerk = "an.peeters"
	other = "bert.maes"
)

// fingers tell how fast keys come: people type five keys a second, a scanner two hundred.
type fingers struct {
	at   time.Time
	step time.Duration
}

const (
	human   = 200 * time.Millisecond
	scanner = 5 * time.Millisecond
)

func (f *fingers) now() time.Time {
	f.at = f.at.Add(f.step)
	return f.at
}

// wait is over at once for who types slowly; seconds never pass by themselves.
func (f *fingers) wait(long time.Duration, then func(time.Time) tea.Msg) tea.Cmd {
	if f.step < human || long >= time.Second {
		return nil
	}
	return func() tea.Msg { return then(f.at) }
}

// scene is the desk of an invented town, open from Monday to Friday, closed from 24 December to 3 January. An and Bert
// are clerks.
type scene struct {
	*datatest.Town
	t        testing.TB
	clock    *datatest.Hand
	loans    *loans.Store
	by, bert data.Actor
	laptop   loans.Type
	library  string
	owner    string
	desk     loandesk.Desk
	fingers  *fingers
	people   map[string]loans.Borrower
	devices  map[string]loans.Device
	printed  []string
	way      outbox.Channel // by which prints leave
	kit      loans.Kit
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

// emptyScene has a desk, and nothing to lend.
func emptyScene(t testing.TB) *scene {
	t.Helper()
	clock := &datatest.Hand{}
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now)))
	s := &scene{Town: town, t: t, clock: clock, loans: loans.NewStore(town.DB), people: map[string]loans.Borrower{}, devices: map[string]loans.Device{},
		fingers: &fingers{at: clock.Now(), step: human}}
	for _, login := range []string{clerk, other} {
		s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, login, data.RoleClerk, "2020-01-01", ""))
	}
	s.by, s.bert, s.owner = town.Actor(clerk), town.Actor(other), town.Services["Burgerzaken"].OrganisationID
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	first, _ := data.ParseDay("2026-12-24")
	last, _ := data.ParseDay("2027-01-03")
	s.library = must(calendar.NewStore(town.DB).AddLocation(t.Context(), datatest.Operator, s.owner, "Bibliotheek",
		calendar.Calendar{Week: week, Closures: []calendar.Closure{{First: first, Last: last, Reason: "eindejaar"}}}))(t).ID
	s.laptop = must(s.loans.PutType(t.Context(), s.Actor("ivo.ict"), loans.Type{Name: "laptop",
		Accessories: []loans.Accessory{{Name: "lader", Cents: 2500}, {Name: "muis", Cents: 1200}, {Name: "tas", Cents: 1500}}}))(t)
	s.desk = loandesk.Desk{Store: s.loans, Clock: s.fingers.now, Wait: s.fingers.wait}
	return s
}

// newScene has four borrowers and four laptops: LT-014 is with Tuur, due on Wednesday.
func newScene(t testing.TB) *scene {
	t.Helper()
	return sceneFrom(t, func(*scene) {})
}

// sceneFrom is newScene with something that happened three weeks ago.
func sceneFrom(t testing.TB, early func(*scene)) *scene {
	t.Helper()
	s := emptyScene(t)
	s.clock.Forward(-21 * 24 * time.Hour)
	for _, b := range []loans.Borrower{{Category: loans.Citizen, Given: "Zoë", Family: "Claes"}, {Category: loans.Citizen, Given: "Tuur", Family: "De Clercq"},
		{Category: loans.Association, Family: "Samana Zandwerve"}, {Category: loans.Citizen, Given: "Chloé", Family: "Clauwaert"}} {
		b.Phone = "051 12 34 56"
		s.people[b.Family] = must(s.loans.PutBorrower(t.Context(), s.by, b))(t)
	}
	for _, name := range []string{"LT-001", "LT-002", "LT-003", "LT-014"} {
		s.add(name)
	}
	early(s)
	s.clock.Forward(2 * 24 * time.Hour)
	s.lend("LT-014", "De Clercq")
	s.clock.Forward(19 * 24 * time.Hour)
	return s
}

func (s *scene) add(name string) loans.Device {
	s.t.Helper()
	d := must(s.loans.AddDevice(s.t.Context(), s.by, loans.Device{TypeID: s.laptop.ID, Name: name, BoughtOn: "2024-11-23", PriceCents: 50000, OrganisationID: s.owner, LocationID: s.library}))(s.t)
	s.ok(s.loans.Move(s.t.Context(), s.by, d.ID, loans.Ready, loans.Proof{Tested: true}))
	s.devices[name] = d
	return d
}

func (s *scene) lend(device, family string) loans.Loan {
	s.t.Helper()
	return must(s.loans.Lend(s.t.Context(), s.by, loans.LendAsk{Device: s.devices[device].ID, Borrower: s.people[family].ID, Pay: loans.Bancontact}))(s.t)
}

// state is where a device is in its life.
func (s *scene) state(name string) loans.State {
	s.t.Helper()
	return must(s.loans.Device(s.t.Context(), s.by, s.devices[name].ID))(s.t).State
}

// counter is a visit at the desk.
type counter struct {
	*screentest.Screen
	s *scene
}

// sit opens the desk for somebody.
func (s *scene) sit(login string, w, h int) *counter {
	s.t.Helper()
	id := s.Identity(login)
	a := must(s.Accounts.Find(s.t.Context(), datatest.Operator, login))(s.t)
	id.Roles = a.Roles
	session := screentest.Session(s.t, id)
	session.Now = s.clock.Now
	errs := words.Errors{{Err: loans.ErrBookingOver, Key: words.ErrorBookingOver}}
	return &counter{screentest.ShowRoot(s.t, shell.NewRoot(session, loandesk.New(session, s.desk), nil, errs), w, h), s}
}

func (s *scene) an() *counter {
	s.t.Helper()
	return s.sit(clerk, 80, 24)
}

// scan sends a code as a scanner does: fast, with Enter behind it.
func (c *counter) scan(code string) *counter {
	return c.burst(code, "enter")
}

func (c *counter) burst(code string, ends ...string) *counter {
	c.s.t.Helper()
	c.s.fingers.at = c.s.fingers.at.Add(time.Second)
	c.s.fingers.step = scanner
	c.Send(screentest.Type(code)...)
	c.Send(screentest.Keys(ends...)...)
	c.s.fingers.step = human
	return c
}

// device and person scan a label and a card.
func (c *counter) device(name string) *counter   { return c.scan(string(c.s.devices[name].Number)) }
func (c *counter) person(family string) *counter { return c.scan(string(c.s.people[family].Number)) }

// types types as people do.
func (c *counter) types(text string) *counter {
	c.s.t.Helper()
	c.Send(screentest.Type(text)...)
	return c
}

func (c *counter) keys(names ...string) *counter {
	c.s.t.Helper()
	c.Send(screentest.Keys(names...)...)
	return c
}

func (c *counter) enter() *counter { return c.keys("enter") }

// says fails when the page lacks something, lacks when it has something.
func (c *counter) says(wanted ...string) *counter {
	c.s.t.Helper()
	c.Says(wanted...)
	return c
}

func (c *counter) lacks(unwanted ...string) *counter {
	c.s.t.Helper()
	c.Lacks(unwanted...)
	return c
}

// open is who has a device now; empty for nobody.
func (s *scene) open(device string) string {
	s.t.Helper()
	for _, l := range must(s.loans.LoansOfDevice(s.t.Context(), s.by, s.devices[device].ID))(s.t) {
		if l.Ended == loans.Open {
			return l.Borrower
		}
	}
	return ""
}

// pages compares a state of the desk in every window.
func pages(t *testing.T, scene func(testing.TB) *scene, steps func(*counter)) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		c := scene(t).sit(clerk, w, h)
		steps(c)
		return c.Screen
	})
}
