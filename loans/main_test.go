package loans_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
)

func TestMain(m *testing.M) {
	if url := datatest.WorkerURL(); url != "" { // this process is one of the two clerks of T23
		os.Exit(datatest.Work(url, clerkAt))
	}
	os.Exit(datatest.Main(m))
}

// counter is the desk of an invented town: open from Monday to Friday, closed from 24 December to 3 January. An and
// Bert are clerks, Ivo is the ICT officer, Dora a social worker, Chris the finance director of the municipality.
type counter struct {
	*loans.Store
	db                         *data.DB
	clock                      *datatest.Hand
	town                       *datatest.Town
	an, bert, ivo, dora, chris data.Actor
	gemeente, ocmw, library    string
	laptop                     loans.Type
	t                          testing.TB
}

// must stops the test at an error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (c *counter) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func newCounter(t testing.TB, url string) *counter {
	t.Helper()
	clock := &datatest.Hand{}
	db := datatest.Open(t, url, data.WithClock(clock.Now))
	c := &counter{Store: loans.NewStore(db), db: db, clock: clock, town: datatest.NewTown(t, db), t: t}
	for login, role := range map[string]data.Role{"an.peeters": data.RoleClerk, "bert.maes": data.RoleClerk, "dora.claes": data.RoleSocial, "chris.wouters": data.RoleFinance, "lid1": data.RoleDeputy} {
		c.ok(c.town.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2020-01-01", ""))
	}
	c.an, c.bert, c.ivo = c.town.Actor("an.peeters"), c.town.Actor("bert.maes"), c.town.Actor("ivo.ict")
	c.dora, c.chris = c.town.Actor("dora.claes"), c.town.Actor("chris.wouters")
	c.gemeente, c.ocmw = c.town.Services["Burgerzaken"].OrganisationID, c.town.Services["Sociale dienst"].OrganisationID
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	shut := []calendar.Closure{{First: day(t, "2026-12-24"), Last: day(t, "2027-01-03"), Reason: "eindejaar"}}
	c.library = must(calendar.NewStore(db).AddLocation(t.Context(), datatest.Operator, c.gemeente, "Bibliotheek", calendar.Calendar{Week: week, Closures: shut}))(t).ID
	c.laptop = must(c.PutType(t.Context(), c.ivo, loans.Type{Name: "laptop", Accessories: []loans.Accessory{{Name: "lader", Cents: 2500}, {Name: "tas", Cents: 1500}}}))(t)
	return c
}

// each runs a test at a counter on both engines.
func each(t *testing.T, test func(t *testing.T, c *counter)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) { test(t, newCounter(t, url)) })
}

// device adds a device that can be lent.
func (c *counter) device(name string) loans.Device {
	c.t.Helper()
	d := must(c.AddDevice(c.t.Context(), c.an, loans.Device{TypeID: c.laptop.ID, Name: name, OrganisationID: c.gemeente, LocationID: c.library}))(c.t)
	c.ok(c.Move(c.t.Context(), c.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
	return d
}

// ready brings a device that came back to where it can be lent again.
func (c *counter) ready(id string) {
	c.t.Helper()
	c.ok(c.Move(c.t.Context(), c.an, id, loans.ToWipe, loans.Proof{}))
	c.ok(c.Move(c.t.Context(), c.an, id, loans.InStock, loans.Proof{Method: "opnieuw geïnstalleerd"}))
	c.ok(c.Move(c.t.Context(), c.an, id, loans.Ready, loans.Proof{Tested: true}))
}

func (c *counter) borrower(family string) loans.Borrower {
	c.t.Helper()
	return must(c.PutBorrower(c.t.Context(), c.an, loans.Borrower{Category: loans.Citizen, Given: "Zoë", Family: family, Phone: "051 12 34 56"}))(c.t)
}

func (c *counter) lend(d loans.Device, b loans.Borrower) loans.Loan {
	c.t.Helper()
	return must(c.Lend(c.t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, Pay: loans.Bancontact}))(c.t)
}

func (c *counter) state(id string) loans.State {
	c.t.Helper()
	return must(c.Device(c.t.Context(), c.an, id))(c.t).State
}

// count counts rows.
func (c *counter) count(query string, args ...any) (n int) {
	c.t.Helper()
	c.ok(data.One(c.t.Context(), c.db, []any{&n}, query, args...))
	return n
}

// days moves the clock by whole days.
func (c *counter) days(n int) { c.clock.Forward(time.Duration(n) * 24 * time.Hour) }

// whole checks every invariant, and the audit chain.
func (c *counter) whole() {
	c.t.Helper()
	for _, v := range must(c.Check(c.t.Context(), c.ivo))(c.t) {
		c.t.Errorf("violated: %s", v)
	}
	if _, err := c.db.VerifyAudit(c.t.Context()); err != nil {
		c.t.Error(err)
	}
}

// whys lists the codes of a refusal.
func whys(all []loans.Refusal) string {
	var codes []string
	for _, r := range all {
		codes = append(codes, string(r.Why))
	}
	return fmt.Sprint(codes)
}
