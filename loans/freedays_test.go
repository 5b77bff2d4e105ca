package loans_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/loans"
)

// weekdays is a desk that is closed on Saturday and Sunday.
type weekdays struct{}

func (weekdays) IsOpen(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

func TestFirstFreeSpan(t *testing.T) {
	at := func(text string) time.Time { return day(t, text) }
	booked := loans.Fleet{Devices: []string{"a"}, Gap: 1, Claims: []loans.Claim{{Device: "a", From: at("2026-12-07"), To: at("2026-12-11")}}}
	for name, c := range map[string]struct {
		f            loans.Fleet
		device       string
		from, last   string
		days         int
		first, until string // empty: none
	}{
		"free at once":                          {booked, "", "2026-11-30", "2027-01-01", 5, "2026-11-30", "2026-12-04"},
		"a last day at the weekend moves back":  {booked, "", "2026-11-30", "2027-01-01", 6, "2026-11-30", "2026-12-04"},
		"begins on the next open day":           {booked, "", "2026-11-28", "2027-01-01", 2, "2026-11-30", "2026-12-01"},
		"after the booking and its service day": {booked, "", "2026-12-03", "2027-01-01", 5, "2026-12-14", "2026-12-18"},
		"the service day before a booking":      {booked, "", "2026-12-02", "2027-01-01", 5, "2026-12-02", "2026-12-04"},
		"the device itself":                     {booked, "a", "2026-12-07", "2027-01-01", 1, "2026-12-14", "2026-12-14"},
		"a device that is not lent":             {booked, "z", "2026-12-07", "2027-01-01", 1, "", ""},
		"not up to the horizon":                 {booked, "", "2026-12-07", "2026-12-13", 1, "", ""},
		"no devices":                            {loans.Fleet{}, "", "2026-12-07", "2027-01-01", 1, "", ""},
		"out and late: nothing for a month":     {loans.Fleet{Devices: []string{"a"}, Today: at("2026-12-07"), Claims: []loans.Claim{{Device: "a", From: at("2026-11-01"), To: at("2026-11-10"), Out: true}}}, "", "2026-12-07", "2027-03-01", 2, "2027-01-08", "2027-01-08"},
	} {
		first, until, found := c.f.FirstFree(c.device, at(c.from), at(c.last), c.days, weekdays{})
		if found != (c.first != "") || found && (first != at(c.first) || until != at(c.until)) {
			t.Errorf("%s: got %s to %s, %v, want %q to %q", name, first.Format(data.DayLayout), until.Format(data.DayLayout), found, c.first, c.until)
		}
	}
}

// TestFreeDaysOfType counts what is free on each day, and says which days are closed and why.
func TestFreeDaysOfType(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-001"), c.borrower("Peeters")
		c.device("LT-002")
		must(c.book(d, b, "2026-12-07", "2026-12-11"))(t)
		f := must(c.FreeDays(t.Context(), c.an, c.laptop.ID, "2026-12-04", "2026-12-24"))(t)
		if f.Devices != 2 || f.Gap != 1 || len(f.Days) != 21 {
			t.Fatalf("got %d devices, gap %d, %d days", f.Devices, f.Gap, len(f.Days))
		}
		for at, want := range map[int]int{0: 2, 3: 1, 7: 1, 8: 1, 9: 2} { // Friday, Monday, Friday, the service day, Sunday
			if f.Days[at].Free != want {
				t.Errorf("%s: %d free, want %d", f.Days[at].On.Format(data.DayLayout), f.Days[at].Free, want)
			}
		}
		if last := f.Days[20]; len(last.Hours) != 0 || last.Why.Note != "eindejaar" || len(f.Days[0].Hours) == 0 {
			t.Errorf("24/12 is %+v", last)
		}
		wantWhy(t, data.WhyTooLong)(c.FreeDays(t.Context(), c.an, c.laptop.ID, "2026-01-01", "2030-01-01"))
		wantWhy(t, data.WhyEarly)(c.FreeDays(t.Context(), c.an, c.laptop.ID, "2026-12-24", "2026-12-04"))
		if _, err := c.FreeDays(t.Context(), c.an, "none", "2026-12-04", "2026-12-24"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("an unknown type: %v", err)
		}
		if _, err := c.FreeDays(t.Context(), c.dora, c.laptop.ID, "2026-12-04", "2026-12-24"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a social worker: %v, want ErrDenied", err)
		}
	})
}

// TestFirstFree offers a span that can then be booked.
func TestFirstFree(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, x, y := c.device("LT-001"), c.borrower("Peeters"), c.borrower("Maes")
		must(c.book(d, x, "2026-12-07", "2026-12-11"))(t)
		for _, ask := range []loans.BookAsk{{Type: c.laptop.ID, Borrower: y.ID, From: "2026-12-07", To: "2026-12-11"}, {Device: d.ID, Borrower: y.ID, From: "2026-12-08", To: "2026-12-12"}} {
			from, to, found, err := c.FirstFree(t.Context(), c.an, ask)
			if err != nil || !found || from != "2026-12-14" || to != "2026-12-18" {
				t.Fatalf("got %s to %s, %v, %v", from, to, found, err)
			}
		}
		must(c.Book(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: y.ID, From: "2026-12-14", To: "2026-12-18"}))(t)
		// Longer than may be is cut to what may be, before the closure of the year's end.
		from, to, found, err := c.FirstFree(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: y.ID, From: "2026-12-14", To: "2027-03-01"})
		if err != nil || !found || from != "2026-12-21" || to != "2027-01-15" {
			t.Errorf("got %s to %s, %v, %v", from, to, found, err)
		}
		if _, _, found, err := c.FirstFree(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: y.ID, From: "2027-06-01", To: "2027-06-02"}); err != nil || found {
			t.Errorf("past the horizon: %v, %v", found, err)
		}
		c.whole()
	})
}

// TestAllReasonsWhenTaken tells that the desk is closed too when nothing is free.
func TestAllReasonsWhenTaken(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.lend(c.device("LT-001"), c.borrower("Peeters"))
		refusedBy(t, "[loans.taken loans.closed]")(c.Book(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: c.borrower("Maes").ID, From: "2026-11-28", To: "2026-12-01"}))
	})
}

// TestQueue says per place on the list why nothing was offered.
func TestQueue(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, x, y, z := c.device("LT-001"), c.borrower("Peeters"), c.borrower("Maes"), c.borrower("Claes")
		l := c.lend(d, c.borrower("Wouters"))
		for _, b := range []loans.Borrower{x, y, z} {
			must(c.Wait(t.Context(), c.an, c.laptop.ID, b.ID, "2026-11-23", "2026-12-11"))(t)
			c.clock.Forward(time.Second)
		}
		child := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Minor, Family: "Bos", BirthMonth: "2012-01", GuardianID: y.ID}))(t)
		camera := must(c.PutType(t.Context(), c.ivo, loans.Type{Name: "zoemlens"}))(t)
		must(c.Wait(t.Context(), c.an, camera.ID, child.ID, "2026-11-23", "2026-12-11"))(t)
		if last := must(c.Queue(t.Context(), c.an))(t)[3]; last.Type != "zoemlens" || last.Phone != "051 12 34 56" {
			t.Errorf("a child is called at %q, want the guardian's number: %+v", last.Phone, last)
		}
		c.ok(c.Withdraw(t.Context(), c.an, must(c.Queue(t.Context(), c.an))(t)[3].ID))
		c.ok(c.AddBlock(t.Context(), c.an, x.ID, loans.Block{From: "2026-11-23", Until: "2027-02-01", Reason: "toestel verloren"}))
		all := must(c.Queue(t.Context(), c.an))(t)
		if len(all) != 3 || whys(all[0].Refused) != "[loans.taken loans.blocked]" || whys(all[1].Refused) != "[loans.taken]" || all[2].Ahead != 2 || all[0].Type != "laptop" {
			t.Fatalf("got %+v", all)
		}
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		c.ready(d.ID)
		if _, _, offered, err := c.Tidy(t.Context(), c.an); err != nil || offered != 1 {
			t.Fatalf("%d offered, %v", offered, err)
		}
		all = must(c.Queue(t.Context(), c.an))(t)
		if whys(all[0].Refused) != "[loans.taken loans.blocked]" || all[1].State != "offered" || all[1].Device != "LT-001" || all[1].Number == "" || whys(all[2].Refused) != "[loans.taken]" {
			t.Errorf("got %+v", all)
		}
		if _, err := c.Queue(t.Context(), c.chris); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the finance director: %v, want ErrDenied", err)
		}
		c.whole()
	})
}
