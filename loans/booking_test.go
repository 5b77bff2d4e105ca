package loans_test

import (
	"errors"
	"testing"

	"digibrug/loans"
)

func (c *counter) book(d loans.Device, b loans.Borrower, from, to string) (loans.Booking, error) {
	return c.Book(c.t.Context(), c.an, loans.BookAsk{Device: d.ID, Borrower: b.ID, From: from, To: to})
}

// refusedBy wants a refusal with these codes.
func refusedBy(t *testing.T, want string) func(any, error) {
	t.Helper()
	return func(_ any, err error) {
		t.Helper()
		var refused *loans.RefusedError
		if !errors.As(err, &refused) || whys(refused.All) != want {
			t.Errorf("got %v, want refused with %s", err, want)
		}
	}
}

// TestT5OverdueIsNotFree is T5, with the year of the calendar here.
func TestT5OverdueIsNotFree(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d := c.device("LT-001")
		free := func() int {
			t.Helper()
			_, n, err := c.Available(t.Context(), c.an, c.laptop.ID, "2026-12-22", "2026-12-22")
			c.ok(err)
			return n
		}
		if n := free(); n != 1 {
			t.Errorf("before the hand-over: %d free, want 1", n)
		}
		if l := c.lend(d, c.borrower("Peeters")); l.DueOn != "2026-12-14" {
			t.Fatalf("due %s, want 14/12", l.DueOn)
		}
		if n := free(); n != 1 {
			t.Errorf("while it is due back in time: %d free, want 1", n)
		}
		c.days(22)
		if n := free(); n != 0 {
			t.Errorf("handed over and late: %d free, want 0", n)
		}
	})
}

// TestT10Bookings is T10, in the store.
func TestT10Bookings(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, x, y := c.device("LT-001"), c.borrower("Peeters"), c.borrower("Maes")
		must(c.book(d, x, "2026-12-07", "2026-12-11"))(t)
		for name, span := range map[string][2]string{"starts inside": {"2026-12-10", "2026-12-18"}, "ends inside": {"2026-12-02", "2026-12-08"},
			"envelops": {"2026-12-01", "2026-12-18"}, "lies inside": {"2026-12-08", "2026-12-09"}} {
			_, err := c.book(d, y, span[0], span[1])
			var refused *loans.RefusedError
			if !errors.As(err, &refused) || whys(refused.All) != "[loans.booked]" || refused.All[0].Until != "2026-12-07" {
				t.Errorf("%s: %v, want booked", name, err)
			}
		}
		any := loans.BookAsk{Type: c.laptop.ID, Borrower: y.ID, From: "2026-12-07", To: "2026-12-11"}
		refusedBy(t, "[loans.taken]")(c.Book(t.Context(), c.an, any))
		other := c.device("LT-002")
		if got := must(c.Book(t.Context(), c.an, any))(t); got.DeviceID != other.ID || got.Named {
			t.Errorf("got %+v, want LT-002 assigned", got)
		}
		refusedBy(t, "[loans.taken]")(c.Book(t.Context(), c.an, any))
		third := c.device("LT-003")
		must(c.book(third, y, "2026-12-07", "2026-12-11"))(t)
		c.whole()
	})
}

// TestT7T8Refusals is T7 and T8: all reasons at once.
func TestT7T8Refusals(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-001"), c.borrower("Peeters")
		refusedBy(t, "[loans.too_long loans.closed]")(c.book(d, b, "2026-12-01", "2026-12-29"))
		must(c.book(d, b, "2026-12-01", "2026-12-18"))(t)
		refusedBy(t, "[loans.too_far]")(c.book(d, b, "2027-06-01", "2027-06-02"))
		c.ok(c.AddBlock(t.Context(), c.an, b.ID, loans.Block{From: "2026-11-23", Until: "2027-02-01", Reason: "toestel verloren"}))
		refusedBy(t, "[loans.blocked]")(c.book(d, b, "2027-01-11", "2027-01-12"))
	})
}

// TestT20NoShow is T20: what was not fetched in time is missed, on the next open day.
func TestT20NoShow(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-001"), c.borrower("Peeters")
		k := must(c.book(d, b, "2026-11-25", "2026-12-08"))(t) // Wednesday, three opening days: to Friday
		if k.PickUpUntil != "2026-11-27" {
			t.Fatalf("waits until %s, want Friday 27/11", k.PickUpUntil)
		}
		c.ok(c.SetAside(t.Context(), c.an, k.ID))
		c.days(4) // Friday
		if got := must(c.PickUps(t.Context(), c.an, "2026-11-27"))(t); len(got) != 1 || got[0].ID != k.ID {
			t.Errorf("to be fetched: %v, want the booking", got)
		}
		for _, step := range []struct {
			days int
			want loans.BookingState
		}{{0, loans.SetAside}, {1, loans.SetAside}, {1, loans.SetAside}, {1, loans.Missed}} { // Friday, Saturday, Sunday, Monday
			c.days(step.days)
			if _, _, _, err := c.Tidy(t.Context(), c.an); err != nil {
				t.Fatal(err)
			}
			if got := must(c.Booking(t.Context(), c.an, k.ID))(t).State; got != step.want {
				t.Errorf("on %s: %s, want %s", c.db.Today(), got, step.want)
			}
		}
		if err := c.CancelBooking(t.Context(), c.an, k.ID); !errors.Is(err, loans.ErrBookingOver) {
			t.Errorf("cancel what was missed: %v, want ErrBookingOver", err)
		}
		c.whole()
	})
}

// TestLendBooked lends what somebody booked: to that person it is fetched, others get it for less long, or not.
func TestLendBooked(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, x, y := c.device("LT-001"), c.borrower("Peeters"), c.borrower("Maes")
		k := must(c.book(d, x, "2026-12-07", "2026-12-11"))(t)
		l := c.lend(d, y)
		if l.DueOn != "2026-12-04" || len(l.Shifts) != 1 || l.Shifts[0].Why != loans.ShiftBooking {
			t.Errorf("due %s by %v, want Friday 4/12 because of the booking", l.DueOn, l.Shifts)
		}
		refusedBy(t, "[loans.renew_early loans.booked]")(c.Renew(t.Context(), c.an, l.ID))
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		c.ready(d.ID)
		c.days(14)
		refusedBy(t, "[loans.booked]")(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: y.ID}))
		l = c.lend(d, x)
		if l.DueOn != "2026-12-11" || l.BookingID != k.ID || must(c.Booking(t.Context(), c.an, k.ID))(t).State != loans.Fetched {
			t.Errorf("got %+v, want the booking fetched, due on its last day", l)
		}
		must(c.Undo(t.Context(), c.an, l.ID))(t)
		if got := must(c.Booking(t.Context(), c.an, k.ID))(t).State; got != loans.Booked {
			t.Errorf("after the undo the booking is %s", got)
		}
		c.whole()

		// A booking of any of the type makes room by moving to another device.
		c.ok(c.CancelBooking(t.Context(), c.an, k.ID))
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.Repair, loans.Proof{}))
		e := c.device("LT-002")
		free := must(c.Book(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: y.ID, From: "2026-12-14", To: "2026-12-18"}))(t)
		f := c.device("LT-003")
		if free.DeviceID != e.ID {
			t.Fatalf("got %+v, want LT-002", free)
		}
		if l := c.lend(e, c.borrower("Claes")); l.DueOn != "2027-01-04" { // three weeks from 7/12 is in the closure
			t.Errorf("due %s, want 4/1: the booking moves", l.DueOn)
		}
		if got := must(c.Booking(t.Context(), c.an, free.ID))(t); got.DeviceID != f.ID {
			t.Error("the booking stayed on the device that was lent")
		}
		c.whole()
	})
}

// TestWaitingList offers what comes free to who waits longest, for so many opening days.
func TestWaitingList(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, x, y := c.device("LT-001"), c.borrower("Peeters"), c.borrower("Maes")
		l := c.lend(d, c.borrower("Claes"))
		first := must(c.Wait(t.Context(), c.an, c.laptop.ID, x.ID, "2026-11-23", "2026-12-11"))(t)
		c.clock.Forward(1e9)
		must(c.Wait(t.Context(), c.an, c.laptop.ID, y.ID, "2026-11-23", "2026-12-11"))(t)
		wantWhy(t, loans.WhyWaits)(c.Wait(t.Context(), c.an, c.laptop.ID, x.ID, "2026-11-23", "2026-12-11"))
		tidy := func(lapsed, offered int) {
			t.Helper()
			_, l, o, err := c.Tidy(t.Context(), c.an)
			if err != nil || l != lapsed || o != offered {
				t.Errorf("on %s: %d lapsed, %d offered, %v; want %d and %d", c.db.Today(), l, o, err, lapsed, offered)
			}
		}
		tidy(0, 0)
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		c.ready(d.ID)
		tidy(0, 1)
		tidy(0, 0)
		waits := must(c.Waits(t.Context(), c.an))(t)
		if len(waits) != 2 || waits[0].ID != first.ID || waits[0].State != "offered" || waits[0].OfferUntil != "2026-11-26" || waits[1].State != "waiting" {
			t.Fatalf("got %+v, want the first offered until Thursday", waits)
		}
		refusedBy(t, "[loans.booked]")(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: y.ID}))
		c.days(4) // Friday
		tidy(1, 1)
		if _, err := c.Accept(t.Context(), c.an, first.ID); !errors.Is(err, loans.ErrBookingOver) {
			t.Errorf("accept too late: %v, want ErrBookingOver", err)
		}
		waits = must(c.Waits(t.Context(), c.an))(t)
		if len(waits) != 1 || waits[0].BorrowerID != y.ID || waits[0].OfferUntil != "2026-12-02" { // Mon, Tue, Wed
			t.Fatalf("got %+v, want the second offered until Wednesday", waits)
		}
		if k := must(c.Accept(t.Context(), c.an, waits[0].ID))(t); k.State != loans.Booked || k.From != "2026-11-27" {
			t.Errorf("got %+v", k)
		}
		c.whole()
	})
}
