package loans_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/staffing"
	"digibrug/loans"
)

// TestDeviceLife walks the return chain, and wants each link.
func TestDeviceLife(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d := must(c.AddDevice(t.Context(), c.an, loans.Device{TypeID: c.laptop.ID, Name: " LT-014 ", Serial: "5CG1", PriceCents: 54900, BoughtOn: "2026-01-15",
			GuaranteeUntil: "2029-01-14", OrganisationID: c.gemeente, LocationID: c.library}))(t)
		if d.Number.Kind() != c.laptop.Kind || d.Number.Serial() != 1 || d.Name != "LT-014" || len(d.Accessories) != 2 {
			t.Errorf("got %+v", d)
		}
		if got := must(c.Device(t.Context(), c.an, d.ID))(t); !reflect.DeepEqual(got, d) {
			t.Errorf("stored %+v, want %+v", got, d)
		}
		wantWhy(t, data.WhyTwice)(c.AddDevice(t.Context(), c.an, loans.Device{TypeID: c.laptop.ID, Name: "lt-014", OrganisationID: c.gemeente, LocationID: c.library}))
		wantWhy(t, loans.WhyNoTest)(nil, c.Move(t.Context(), c.an, d.ID, loans.Ready, loans.Proof{}))
		wantWhy(t, loans.WhyState)(nil, c.Move(t.Context(), c.an, d.ID, loans.OnLoan, loans.Proof{}))
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
		l := c.lend(d, c.borrower("Peeters"))
		wantWhy(t, loans.WhyState)(nil, c.Move(t.Context(), c.an, d.ID, loans.ToCheck, loans.Proof{}))
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.ToWipe, loans.Proof{}))
		wantWhy(t, loans.WhyNoWipe)(nil, c.Move(t.Context(), c.an, d.ID, loans.InStock, loans.Proof{}))
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.InStock, loans.Proof{Method: "nwipe"}))
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.Retired, loans.Proof{Note: "te oud"}))
		must(c.AddDevice(t.Context(), c.an, loans.Device{TypeID: c.laptop.ID, Name: "LT-014", OrganisationID: c.gemeente, LocationID: c.library}))(t)
		events := must(c.History(t.Context(), c.an, d.ID))(t)
		if len(events) != 7 || events[5].Proof.Method != "nwipe" && events[4].Proof.Method != "nwipe" {
			t.Errorf("got %d events: %+v", len(events), events)
		}
		c.whole()
	})
}

// TestLostAndFound ends a loan with its device, and takes what is found in again.
func TestLostAndFound(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d := c.device("LT-001")
		l := c.lend(d, c.borrower("Peeters"))
		wantWhy(t, loans.WhyNoReport)(nil, c.Move(t.Context(), c.an, d.ID, loans.Stolen, loans.Proof{}))
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.Stolen, loans.Proof{Report: "GE.11.L1.012345/2026"}))
		if got := must(c.Loan(t.Context(), c.an, l.ID))(t); got.Ended != loans.WasStolen {
			t.Errorf("the loan is %q", got.Ended)
		}
		c.whole()
		if got := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Device: d.ID}))(t); !got.Found || c.state(d.ID) != loans.ToCheck {
			t.Errorf("got %+v, device %s, want found", got, c.state(d.ID))
		}
		c.whole()
	})
}

// TestKits gives a device one kit at most, and finds it by its code.
func TestKits(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		a, b := c.device("LT-001"), c.device("LT-002")
		k := must(c.PutKit(t.Context(), c.an, loans.Kit{Name: "Trolley 1", Devices: []string{a.ID, b.ID}}))(t)
		wantWhy(t, loans.WhyInKit)(c.PutKit(t.Context(), c.an, loans.Kit{Name: "Trolley 2", Devices: []string{b.ID}}))
		got := must(c.Find(t.Context(), c.an, k.Number.Show()))(t)
		if got.Kit == nil || !reflect.DeepEqual(*got.Kit, k) {
			t.Errorf("got %+v, want %+v", got.Kit, k)
		}
		c.ok(c.AddCost(t.Context(), c.an, a.ID, loans.Cost{On: "2026-11-23", Cents: 4500, What: "nieuwe batterij"}))
		if got := must(c.Costs(t.Context(), c.an, a.ID))(t); len(got) != 1 || got[0].Cents != 4500 {
			t.Errorf("got %+v", got)
		}
	})
}

// TestFind tells any code, in any writing, from any other.
func TestFind(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-014"), c.borrower("Peeters")
		k := must(c.book(d, b, "2026-12-07", "2026-12-08"))(t)
		for _, code := range []string{string(d.Number), d.Number.Show(), "lt-014"} {
			if got := must(c.Find(t.Context(), c.an, code))(t); got.Device == nil || got.Device.ID != d.ID || got.Device.Next == nil || got.Device.Next.ID != k.ID || got.Device.Loan != nil {
				t.Errorf("%s: got %+v", code, got)
			}
		}
		if got := must(c.Find(t.Context(), c.an, string(k.Number)))(t); got.Booking == nil || got.Booking.ID != k.ID {
			t.Errorf("got %+v, want the booking", got)
		}
		l := c.lend(d, b)
		got := must(c.Find(t.Context(), c.an, string(b.Number)))(t)
		if got.Borrower == nil || len(got.Borrower.Open) != 1 || got.Borrower.Held != 6000 || whys(got.Borrower.Refused) != "[loans.most_loans]" {
			t.Errorf("got %+v, want one open, 60 euro held, no more", got.Borrower)
		}
		if got := must(c.Find(t.Context(), c.an, "LT-014"))(t); got.Device.Loan == nil || got.Device.Loan.ID != l.ID {
			t.Errorf("got %+v, want the loan with it", got.Device)
		}
		wrong := []byte(d.Number)
		wrong[7] = '0' + (wrong[7]-'0'+1)%10
		wantWhy(t, loans.WhyNumberCheck)(c.Find(t.Context(), c.an, string(wrong)))
		wantWhy(t, loans.WhyCode)(c.Find(t.Context(), c.an, "LT-999"))
		wantWhy(t, loans.WhyCode)(c.Find(t.Context(), c.an, string(loans.NewNumber(10, 999))))
	})
}

func TestBorrowers(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		for name, bad := range map[data.Why]loans.Borrower{
			data.WhyNationalNumber: {Category: loans.Citizen, Family: "Peeters", Phone: "93.05.18-223.61"},
			loans.WhyNoContact:     {Category: loans.Citizen, Family: "Peeters"},
			loans.WhyNoGuardian:    {Category: loans.Minor, Family: "Peeters", BirthMonth: "2014-03"},
			loans.WhyMail:          {Category: loans.Citizen, Family: "Peeters", Mail: "an@@example.org"},
			data.WhyNotOneOf:       {Category: "vip", Family: "Peeters", Phone: "1"},
		} {
			wantWhy(t, name)(c.PutBorrower(t.Context(), c.an, bad))
		}
		zoe := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Citizen, Given: "Zoë", Family: "D'Hondt", Phone: "1", Household: "k1"}))(t)
		kid := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Minor, Given: "Élise", Family: "D'Hondt", BirthMonth: "2016-03", GuardianID: zoe.ID, Household: "k1"}))(t)
		for typed, want := range map[string]int{"zoe": 1, "HONDT": 2, "d'hondt elise": 1, "e": 0, "%": 0, "hon_t": 0, "": 0} {
			if got := must(c.Search(t.Context(), c.an, typed))(t); len(got) != want {
				t.Errorf("%q finds %d, want %d", typed, len(got), want)
			}
		}
		refusedBy(t, "[loans.too_young]")(c.Lend(t.Context(), c.an, loans.LendAsk{Device: c.device("LT-001").ID, Borrower: kid.ID}))
		c.ok(c.AddBlock(t.Context(), c.an, zoe.ID, loans.Block{From: "2026-11-20", Until: "2026-11-24", Reason: "te laat"}))
		refusedBy(t, "[loans.blocked]")(c.Lend(t.Context(), c.an, loans.LendAsk{Device: c.device("LT-002").ID, Borrower: zoe.ID}))
		c.days(2)
		c.lend(c.device("LT-003"), zoe) // it lifted itself
		c.whole()
	})
}

// TestVersions stores a regulation, and keeps what was lent by the one before.
func TestVersions(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-001"), c.borrower("Peeters")
		v := loans.Version{Name: "gemeenteraad 12/11", Regulation: loans.Regulation{From: "2026-11-24", Cells: map[loans.Cell]map[loans.Param]int64{
			{}: {loans.TermDays: 7, loans.DepositCents: 5000}, {Category: loans.Citizen, Device: c.laptop.ID}: {loans.FeeCents: 300, loans.MostLoans: 0}}},
			Decisions: map[loans.Param]loans.Decision{loans.FeeCents: {Body: "gemeenteraad", On: "2026-11-12", ValidUntil: "2026-12-31"}}}
		v = must(c.PutVersion(t.Context(), c.ivo, v))(t)
		if got := must(c.Versions(t.Context(), c.an))(t); len(got) != 1 || !reflect.DeepEqual(got[0], v) {
			t.Errorf("stored %+v, want %+v", got, v)
		}
		if _, err := c.PutVersion(t.Context(), c.an, v); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a clerk stores a version: %v, want ErrDenied", err)
		}
		l := c.lend(d, b)
		c.days(1)
		if got := must(c.Ending(t.Context(), c.an))(t); len(got) != 1 {
			t.Errorf("got %v, want the fee's decision to end within 60 days", got)
		}
		early := v
		early.From = "2026-11-23"
		wantWhy(t, loans.WhyBegun)(c.PutVersion(t.Context(), c.ivo, early))
		refusedBy(t, "[loans.most_loans]")(c.Lend(t.Context(), c.an, loans.LendAsk{Device: c.device("LT-002").ID, Borrower: b.ID})) // max 0
		if got := must(c.Loan(t.Context(), c.an, l.ID))(t); got.DueOn != "2026-12-14" || got.Rules[loans.TermDays] != 21 || got.DepositCents != 6000 {
			t.Errorf("the loan of yesterday became %+v", got)
		}
		c.whole()
	})
}

// TestPaper enters later what was done on paper, with its real time.
func TestPaper(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-001"), c.borrower("Peeters")
		wantWhy(t, loans.WhyNoReason)(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, At: datatest.Noon.Add(-time.Hour)}))
		wantWhy(t, loans.WhyFuture)(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, At: datatest.Noon.Add(time.Hour), Why: "lijn uit"}))
		l := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, At: datatest.Noon.AddDate(0, 0, -40), Due: "2026-10-30", Why: "contract op papier"}))(t)
		if l.LentOn != "2026-10-14" || l.DueOn != "2026-10-30" || l.LateOn("2026-11-23") != 24 {
			t.Errorf("got %+v", l)
		}
		back := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Device: d.ID, At: datatest.Noon.AddDate(0, 0, -20), Why: "noodblad"}))(t)
		if back.Loan.EndedOn != "2026-11-03" || back.Loan.LateDays != 4 {
			t.Errorf("got %+v, want back on 3/11, four days late", back.Loan)
		}
		c.whole()
	})
}

// TestDayList tells what there is to do.
func TestDayList(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		due, late, wiped := c.device("LT-001"), c.device("LT-002"), c.device("LT-003")
		must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: due.ID, Borrower: c.borrower("Peeters").ID, At: datatest.Noon.AddDate(0, 0, -9), Due: "2026-11-23", Why: "papier"}))(t)
		must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: late.ID, Borrower: c.borrower("Maes").ID, At: datatest.Noon.AddDate(0, 0, -9), Due: "2026-11-20", Why: "papier"}))(t)
		c.ok(c.Move(t.Context(), c.an, wiped.ID, loans.InStock, loans.Proof{}))
		c.ok(c.Move(t.Context(), c.an, wiped.ID, loans.ToWipe, loans.Proof{}))
		c.device("LT-004")
		must(c.book(c.device("LT-005"), c.borrower("Claes"), "2026-11-23", "2026-11-25"))(t)
		got := must(c.Today(t.Context(), c.an))(t)
		if len(got.Due) != 1 || got.Due[0].DeviceID != due.ID || len(got.Late) != 1 || got.Late[0].DeviceID != late.ID || len(got.PickUps) != 1 || len(got.ToWipe) != 1 || len(got.ToCheck)+len(got.ToTest) != 0 {
			t.Errorf("got %+v", got)
		}
	})
}

// TestRights: a deputy, a head and somebody with no role get nothing.
func TestRights(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-001"), c.borrower("Peeters")
		for _, login := range []string{"lid1", "lid2"} {
			by := c.town.Actor(login)
			_, lend := c.Lend(t.Context(), by, loans.LendAsk{Device: d.ID, Borrower: b.ID})
			_, back := c.Return(t.Context(), by, loans.ReturnAsk{Device: d.ID})
			_, find := c.Find(t.Context(), by, "LT-001")
			_, search := c.Search(t.Context(), by, "peeters")
			_, day := c.Today(t.Context(), by)
			_, sheets := c.DaySheets(t.Context(), by, "2026-11-23")
			_, check := c.Check(t.Context(), by)
			_, book := c.book(d, loans.Borrower{ID: "x"}, "2026-11-24", "2026-11-25")
			_, unlink := c.Unlink(t.Context(), by)
			_, _, _, tidy := c.Tidy(t.Context(), by)
			for name, err := range map[string]error{"lend": lend, "return": back, "find": find, "search": search, "day": day, "sheets": sheets, "check": check, "unlink": unlink, "tidy": tidy,
				"erase": c.Erase(t.Context(), by, b.ID), "move": c.Move(t.Context(), by, d.ID, loans.Retired, loans.Proof{})} {
				if !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s of %s: %v, want ErrDenied", name, login, err)
				}
			}
			if !errors.Is(book, data.ErrNotFound) {
				t.Errorf("a booking for nobody: %v, want ErrNotFound", book)
			}
		}
	})
}

// TestLeaver asks somebody who leaves for the laptop.
func TestLeaver(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		person := c.town.Actor("lid5").PersonID
		b := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Employee, Given: "Lid", Family: "Nummer05", Phone: "1", PersonID: person}))(t)
		l := c.lend(c.device("LT-001"), b)
		if l.DepositCents != 0 {
			t.Errorf("an employee pays %d", l.DepositCents)
		}
		look := func() staffing.Finding {
			return must(loans.OpenLoans().Look(t.Context(), c.db, staffing.Case{Person: data.Person{ID: person}, Move: staffing.Leave}))(t)
		}
		if got := look(); got.State != staffing.Todo || got.About != "LT-001" || got.Count != 1 {
			t.Errorf("got %+v, want one laptop", got)
		}
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID}))(t)
		if got := look(); got.State != staffing.Done {
			t.Errorf("got %+v, want done", got)
		}
	})
}
