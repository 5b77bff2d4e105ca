package loans_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/loans"
)

// demand lists what nobody could get: "citizen refused 2026-12-07..2026-12-11".
func (c *counter) demand() string {
	c.t.Helper()
	all := must(data.List(c.t.Context(), c.db, func(scan func(...any) error) (string, error) {
		var category, how, from, to, on string
		err := scan(&category, &how, &from, &to, &on)
		return fmt.Sprintf("%s %s %s..%s on %s", category, how, from, to, on), err
	}, `SELECT category, how, from_on, to_on, on_day FROM loan_demand ORDER BY at, id`))(c.t)
	return fmt.Sprint(all)
}

// TestUnmetDemand: a wish counts when one device more would have met it, once, and never by name.
func TestUnmetDemand(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, x, y := c.device("LT-001"), c.borrower("Peeters"), c.borrower("Maes")
		client := must(c.PutBorrower(t.Context(), c.dora, loans.Borrower{Category: loans.Client, Given: "Mo", Family: "Claes", Phone: "051 1"}))(t)
		must(c.book(d, x, "2026-12-07", "2026-12-11"))(t)
		any := func(b loans.Borrower, from, to string) error {
			_, err := c.Book(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: b.ID, From: from, To: to})
			return err
		}
		for range 2 { // tried again: one wish
			if err := any(y, "2026-12-07", "2026-12-09"); !errors.Is(err, loans.ErrRefused) {
				t.Fatalf("booked what is taken: %v", err)
			}
		}
		if want := "[citizen refused 2026-12-07..2026-12-09 on 2026-11-23]"; c.demand() != want {
			t.Errorf("demand %s, want %s", c.demand(), want)
		}
		if err := any(y, "2026-12-06", "2026-12-09"); !errors.Is(err, loans.ErrRefused) { // a Sunday: no device would have helped
			t.Errorf("booked from a Sunday: %v", err)
		}
		refusedBy(t, "[loans.booked]")(c.book(d, y, "2026-12-08", "2026-12-09")) // that device was asked for: another would do for who takes any
		if err := any(y, "2026-12-14", "2026-12-15"); err != nil {
			t.Error(err)
		}
		c.clock.Forward(time.Hour)
		if err := any(client, "2026-12-08", "2026-12-09"); !errors.Is(err, loans.ErrRefused) {
			t.Errorf("booked what is taken: %v", err)
		}
		if want := "[citizen refused 2026-12-07..2026-12-09 on 2026-11-23 citizen refused 2026-12-08..2026-12-09 on 2026-11-23]"; c.demand() != want {
			t.Errorf("demand %s, want %s", c.demand(), want)
		}
		must(c.Wait(t.Context(), c.an, c.laptop.ID, client.ID, "2026-12-08", "2026-12-09"))(t) // waits instead: not over yet
		if want := "[citizen refused 2026-12-07..2026-12-09 on 2026-11-23]"; c.demand() != want {
			t.Errorf("demand %s, want %s", c.demand(), want)
		}
		c.days(21)
		_, n, _, err := c.Tidy(t.Context(), c.an)
		if want := "[citizen refused 2026-12-07..2026-12-09 on 2026-11-23 citizen waited 2026-12-08..2026-12-09 on 2026-12-14]"; err != nil || n != 1 || c.demand() != want {
			t.Errorf("%d lapsed, %v; demand %s, want %s", n, err, c.demand(), want)
		}
		c.whole()
	})
}

// TestLapsedOfferIsDemand: who waited and did not take what was offered at last counts as a wish once, and who takes it
// does not.
func TestLapsedOfferIsDemand(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, x, y := c.device("LT-001"), c.borrower("Peeters"), c.borrower("Maes")
		l := c.lend(d, c.borrower("Claes"))
		must(c.Wait(t.Context(), c.an, c.laptop.ID, x.ID, "2026-11-23", "2026-12-11"))(t)
		c.clock.Forward(time.Second)
		must(c.Wait(t.Context(), c.an, c.laptop.ID, y.ID, "2026-11-24", "2026-12-11"))(t)
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		c.ready(d.ID)
		tidy := func(want string) {
			t.Helper()
			if _, _, _, err := c.Tidy(t.Context(), c.an); err != nil || c.demand() != want {
				t.Errorf("on %s: %v; demand %s, want %s", c.db.Today(), err, c.demand(), want)
			}
		}
		tidy("[]")
		c.days(4) // the offer lapses, and the next one has it
		lapsed := "[citizen waited 2026-11-23..2026-12-11 on 2026-11-27]"
		tidy(lapsed)
		waits := must(c.Waits(t.Context(), c.an))(t)
		if len(waits) != 1 || waits[0].BorrowerID != y.ID {
			t.Fatalf("got %+v", waits)
		}
		must(c.Accept(t.Context(), c.an, waits[0].ID))(t)
		c.days(14)
		tidy(lapsed)
		c.whole()
	})
}
