package devices_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/devices"
	"digibrug/tui/papers"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the town with a library that lends laptops: An Peeters is a clerk, Dora Claes a social worker.
type scene struct {
	*datatest.Town
	t                       testing.TB
	store                   *loans.Store
	an, ivo                 data.Actor
	gemeente, ocmw, library string
	laptop                  loans.Type
	labelled                *[]string // what was asked of the labels
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

// bare is the town before anybody lends.
func bare(t testing.TB) *scene {
	t.Helper()
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	s := &scene{Town: town, t: t, store: loans.NewStore(town.DB), labelled: &[]string{}}
	for login, role := range map[string]data.Role{"an.peeters": data.RoleClerk, "dora.claes": data.RoleSocial} {
		s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2020-01-01", ""))
	}
	s.an, s.ivo = town.Actor("an.peeters"), town.Actor("ivo.ict")
	s.gemeente, s.ocmw = town.Services["Burgerzaken"].OrganisationID, town.Services["Sociale dienst"].OrganisationID
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	s.library = must(calendar.NewStore(town.DB).AddLocation(t.Context(), datatest.Operator, s.gemeente, "Bibliotheek", calendar.Calendar{Week: week}))(t).ID
	return s
}

// kinds has one type of device.
func kinds(t testing.TB) *scene {
	t.Helper()
	s := bare(t)
	s.laptop = must(s.store.PutType(t.Context(), s.ivo, loans.Type{Name: "laptop", Accessories: []loans.Accessory{{Name: "lader", Cents: 2500}, {Name: "tas", Cents: 1550}}}))(t)
	return s
}

// add adds a device in stock.
func (s *scene) add(name string) loans.Device {
	s.t.Helper()
	return must(s.store.AddDevice(s.t.Context(), s.an, loans.Device{TypeID: s.laptop.ID, Name: name, Serial: "5CG1" + name, BoughtOn: "2026-01-15", PriceCents: 54900,
		GuaranteeUntil: "2029-01-14", OrganisationID: s.gemeente, LocationID: s.library}))(s.t)
}

func (s *scene) move(d loans.Device, to loans.State, p loans.Proof) {
	s.t.Helper()
	s.ok(s.store.Move(s.t.Context(), s.an, d.ID, to, p))
}

// ready adds a device that can be lent.
func (s *scene) ready(name string) loans.Device {
	s.t.Helper()
	d := s.add(name)
	s.move(d, loans.Ready, loans.Proof{Tested: true})
	return d
}

func (s *scene) borrower(given, family string) loans.Borrower {
	s.t.Helper()
	return must(s.store.PutBorrower(s.t.Context(), s.an, loans.Borrower{Category: loans.Citizen, Given: given, Family: family, Phone: "051 12 34 56"}))(s.t)
}

// lent adds a device that is out.
func (s *scene) lent(name, given, family string) (loans.Device, loans.Loan) {
	s.t.Helper()
	d := s.ready(name)
	return d, must(s.store.Lend(s.t.Context(), s.an, loans.LendAsk{Device: d.ID, Borrower: s.borrower(given, family).ID, Condition: "kras op het deksel", Pay: loans.Bancontact}))(s.t)
}

// back adds a device that came back without its bag.
func (s *scene) back(name string) loans.Device {
	s.t.Helper()
	d, l := s.lent(name, "Zoë", "Peeters")
	must(s.store.Return(s.t.Context(), s.an, loans.ReturnAsk{Loan: l.ID, Missing: []string{"tas"}, Condition: "toets A zit los"}))(s.t)
	return d
}

// busy has a device in each state: LT-001 is ready, LT-002 in stock, LT-003 out, LT-004 to be checked, LT-005 to be
// wiped, LT-006 in repair, LT-007 lost, LT-008 stolen, LT-009 out of use.
func busy(t testing.TB) *scene {
	t.Helper()
	s := kinds(t)
	s.ready("LT-001")
	s.add("LT-002")
	s.lent("LT-003", "Élise", "Dujardin")
	s.back("LT-004")
	wipe := s.add("LT-005")
	s.move(wipe, loans.ToWipe, loans.Proof{})
	repair := s.add("LT-006")
	s.move(repair, loans.Repair, loans.Proof{Note: "scherm stuk"})
	s.ok(s.store.ExpectBack(t.Context(), s.an, repair.ID, "2026-12-03"))
	s.ok(s.store.AddCost(t.Context(), s.an, repair.ID, loans.Cost{On: "2026-11-02", Cents: 4500, What: "nieuwe batterij"}))
	s.move(s.add("LT-007"), loans.Lost, loans.Proof{Note: "niet in de kast"})
	s.move(s.add("LT-008"), loans.Stolen, loans.Proof{Report: "GE.11.L1.012345/2026"})
	s.move(s.add("LT-009"), loans.Retired, loans.Proof{Note: "te oud"})
	return s
}

// state is the state of the device of a name.
func (s *scene) state(name string) loans.State {
	s.t.Helper()
	return s.device(name).State
}

func (s *scene) device(name string) loans.Device {
	s.t.Helper()
	for _, d := range must(s.store.Devices(s.t.Context(), s.an))(s.t) {
		if d.Name == name {
			return d
		}
	}
	s.t.Fatalf("there is no %s", name)
	return loans.Device{}
}

func (s *scene) desk() devices.Desk {
	return devices.Desk{Store: s.store, People: s.People, Places: calendar.NewStore(s.DB),
		Borrower: func(v *shell.Session, _ string) shell.Screen {
			return devices.New(v, devices.Desk{Store: s.store, People: s.People, Places: calendar.NewStore(s.DB)}) // some screen
		},
		Labels: func(_ context.Context, _ data.Actor, start int, numbers []loans.Number) (outbox.Paper, error) {
			*s.labelled = append(*s.labelled, fmt.Sprint(start, numbers))
			return outbox.Paper{Channel: outbox.Fetch, Name: "etiketten-2026-11-23.pdf"}, nil
		},
		List: func(_ context.Context, _ data.Actor, as papers.Format) (outbox.Paper, error) {
			*s.labelled = append(*s.labelled, string(as))
			return outbox.Paper{Channel: outbox.Folder, Name: "toestellen" + as.Ext()}, nil
		}}
}

// session is the visit of somebody with the roles of today.
func (s *scene) session(login string) *shell.Session {
	s.t.Helper()
	id := s.Identity(login)
	a := must(s.Accounts.Find(s.t.Context(), datatest.Operator, login))(s.t)
	id.Roles = a.Roles
	return screentest.Session(s.t, id)
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	v := s.session(login)
	return screentest.ShowRoot(s.t, shell.NewRoot(v, devices.New(v, s.desk()), nil, errs()), w, h, screentest.Steps(steps...)...)
}

// page opens the page of a device for the clerk.
func (s *scene) page(name string, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	v := s.session("an.peeters")
	return screentest.ShowRoot(s.t, shell.NewRoot(v, devices.NewPage(v, s.desk(), s.device(name).ID), nil, errs()), 80, 24, screentest.Steps(steps...)...)
}

func errs() words.Errors { return words.Errors{{Err: loans.ErrRefused, Key: words.ErrorRefused}} }

func (s *scene) clerk(steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show("an.peeters", 80, 24, steps...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// open opens the device of a name from the list.
func open(name string) []tea.Msg {
	return screentest.Steps(keys("/"), typed(name), keys("enter", "enter"))
}

func pages(t *testing.T, make func(testing.TB) *scene, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return make(t).show("an.peeters", w, h, steps...)
	})
}

// kit makes a set with these devices, and stays on its page.
func kit(names ...string) []tea.Msg {
	steps := screentest.Steps(keys("t", "n"), typed("Kar 1"), keys("enter", "n"))
	for _, name := range names {
		steps = screentest.Steps(steps, typed(name), keys("enter"))
	}
	return screentest.Steps(steps, keys("esc"))
}
