package loans_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
)

// shut closes the library.
func (c *counter) shut(first, last string) {
	c.t.Helper()
	c.ok(calendar.NewStore(c.db).ChangeClosure(c.t.Context(), datatest.Operator, c.library, nil,
		&calendar.Closure{First: day(c.t, first), Last: day(c.t, last), Reason: "wateroverlast"}))
}

// preview lists what would move: "LT-001 2026-12-14 → 2026-12-16 closed".
func (c *counter) preview() (text string, p loans.ReplanPlan) {
	c.t.Helper()
	p = must(c.ReplanPreview(c.t.Context(), c.an))(c.t)
	var all []string
	for _, m := range p.Moves {
		m.ID, m.Clash, m.Was.Device, m.Will.Device = m.Device, m.ClashName, "", m.NewDevice
		all = append(all, said(m.Move))
	}
	return strings.Join(all, "\n"), p
}

func (c *counter) planned(loan string) (text string) {
	c.t.Helper()
	for _, n := range must(c.NoticesOf(c.t.Context(), c.an, loan))(c.t) {
		text += fmt.Sprintf("%s %s, ", n.On, n.State)
	}
	return strings.TrimSuffix(text, ", ")
}

// spans is what loans and bookings promise.
func (c *counter) spans() string {
	c.t.Helper()
	var text []string
	for _, l := range must(c.OpenNow(c.t.Context(), c.an))(c.t) {
		text = append(text, fmt.Sprintf("%s %s %d", l.Device, l.DueOn, len(l.Shifts)))
	}
	for _, b := range must(c.Bookings(c.t.Context(), c.an))(c.t) {
		text = append(text, fmt.Sprintf("%s %s..%s %s %s", b.Device, b.From, b.To, b.PickUpUntil, b.State))
	}
	return strings.Join(text, "\n")
}

// TestReplan: a closure moves loans, bookings and reminders in one act that can be undone as one.
func TestReplan(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		x, y := c.borrower("Peeters"), c.borrower("Maes")
		one, two, three := c.device("LT-001"), c.device("LT-002"), c.device("LT-003")
		l, right := c.lend(one, x), y
		right.RightUntil = "2026-12-15"
		right = must(c.PutBorrower(t.Context(), c.an, right))(t)
		early := c.lend(two, right)
		k := must(c.book(three, c.borrower("Claes"), "2026-12-15", "2026-12-18"))(t)
		before, reminders := c.spans(), c.planned(l.ID)
		if text, p := c.preview(); text != "" || len(p.Moves) != 0 {
			t.Fatalf("before the closing moves %s", text)
		}
		if _, err := c.Replan(t.Context(), c.an, must(c.ReplanPreview(t.Context(), c.an))(t).Key, nil); !isWhy(err, loans.WhyReplanNone) {
			t.Errorf("nothing to move: %v", err)
		}
		_, old := c.preview()
		c.shut("2026-12-14", "2026-12-15")
		if _, err := c.Replan(t.Context(), c.an, old.Key, nil); !isWhy(err, loans.WhyReplanChanged) {
			t.Errorf("by a plan from before: %v", err)
		}
		text, p := c.preview()
		want := "LT-001: 2026-12-14 → 2026-12-16 closed\nLT-002: 2026-12-14 → 2026-12-11 right, earlier\nLT-003: 2026-12-15..2026-12-18 → 2026-12-16..2026-12-18 closed"
		if text != want {
			t.Fatalf("would move\n%s\nwant\n%s", text, want)
		}
		if c.spans() != before {
			t.Error("a preview changed something")
		}
		audits := c.count(`SELECT count(*) FROM audit`)
		id := must(c.Replan(t.Context(), c.an, p.Key, nil))(t)
		if n := c.count(`SELECT count(*) FROM audit`) - audits; n != 1 {
			t.Errorf("%d audit rows, want 1", n)
		}
		if want := "LT-002 2026-12-11 1\nLT-001 2026-12-16 1\nLT-003 2026-12-16..2026-12-18 2026-12-18 booked"; c.spans() != want {
			t.Errorf("came to\n%s\nwant\n%s", c.spans(), want)
		}
		if got := c.planned(l.ID); got != shiftedBy(t, reminders, 2) {
			t.Errorf("reminders\n%s\nwere\n%s", got, reminders)
		}
		if text, _ := c.preview(); text != "" {
			t.Errorf("after it there still moves %s", text)
		}
		c.whole()
		got := must(c.Replans(t.Context(), c.an))(t)
		if len(got) != 1 || got[0].ID != id || got[0].By != "An Peeters" || got[0].Loans != 2 || got[0].Bookings != 1 || got[0].UndoneBy != "" {
			t.Errorf("listed as %+v", got)
		}
		if moved := must(c.ReplanMoves(t.Context(), c.an, id))(t); len(moved) != 3 || moved[0].Borrower != "Zoë Peeters" || moved[0].Phone != "051 12 34 56" ||
			moved[0].Device != "LT-001" || moved[0].Location != "Bibliotheek" || moved[2].Number != k.Number || moved[2].Move != p.Moves[2].Move {
			t.Errorf("it moved %+v", moved)
		}
		back, left, err := c.UndoReplan(t.Context(), c.bert, id)
		if err != nil || back != 3 || left != 0 || c.spans() != before || c.planned(l.ID) != reminders {
			t.Errorf("undone: %d back, %d left, %v\n%s", back, left, err, c.spans())
		}
		if n := c.count(`SELECT count(*) FROM audit`) - audits; n != 2 {
			t.Errorf("%d audit rows after the undo, want 2", n)
		}
		if _, _, err := c.UndoReplan(t.Context(), c.an, id); !isWhy(err, loans.WhyReplanUndone) {
			t.Errorf("undone twice: %v", err)
		}
		if _, _, err := c.UndoReplan(t.Context(), c.an, "none"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("undone what never was: %v", err)
		}
		if got := must(c.Replans(t.Context(), c.an))(t); got[0].UndoneBy != "Bert Maes" || got[0].UndoneAt.IsZero() {
			t.Errorf("after the undo: %+v", got)
		}
		if l, _ := c.Loan(t.Context(), c.an, early.ID); len(l.Shifts) != 0 {
			t.Errorf("an undone move stays a reason: %+v", l.Shifts)
		}
		c.whole()
	})
}

func isWhy(err error, why data.Why) bool {
	var invalid *data.Invalid
	return errors.As(err, &invalid) && invalid.Why == why
}

// shiftedBy moves every day of planned reminders.
func shiftedBy(t *testing.T, text string, days int) string {
	all := strings.Split(text, ", ")
	for i, one := range all {
		if on, planned := strings.CutSuffix(one, " planned"); planned {
			all[i] = day(t, on).AddDate(0, 0, days).Format(data.DayLayout) + " planned"
		}
	}
	return strings.Join(all, ", ")
}

// TestReplanClash: somebody else's booking gets another device, or the loan comes back earlier, and an undo leaves alone
// what happened since.
func TestReplanClash(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		one, two := c.device("LT-001"), c.device("LT-002")
		l := c.lend(one, c.borrower("Peeters"))
		// any laptop, so that it gets LT-002; then that device is asked for
		k := must(c.Book(t.Context(), c.an, loans.BookAsk{Type: c.laptop.ID, Borrower: c.borrower("Maes").ID, From: "2026-12-16", To: "2026-12-18"}))(t)
		if k.DeviceID != one.ID && k.DeviceID != two.ID {
			t.Fatalf("booked %s", k.Device)
		}
		c.ok(c.db.InPlainTx(t.Context(), func(tx *data.Tx) error {
			_, err := tx.ExecContext(t.Context(), `UPDATE device_bookings SET device_id = $1 WHERE id = $2`, one.ID, k.ID)
			return err
		}))
		c.shut("2026-12-14", "2026-12-15")
		text, p := c.preview()
		if want := "LT-001: 2026-12-14 → 2026-12-16 closed\nLT-001: 2026-12-16..2026-12-18 → LT-002 2026-12-16..2026-12-18 room by LT-001"; text != want {
			t.Fatalf("would move\n%s\nwant\n%s", text, want)
		}
		id := must(c.Replan(t.Context(), c.an, p.Key, nil))(t)
		if b := must(c.Booking(t.Context(), c.an, k.ID))(t); b.DeviceID != two.ID {
			t.Errorf("the booking has %s", b.Device)
		}
		must(c.book(one, c.borrower("Claes"), "2026-12-18", "2026-12-18"))(t) // on the device that the first booking left
		if back, left, err := c.UndoReplan(t.Context(), c.an, id); err != nil || back != 1 || left != 1 {
			t.Errorf("undone: %d back, %d left, %v", back, left, err)
		}
		if b := must(c.Booking(t.Context(), c.an, k.ID))(t); b.DeviceID != two.ID {
			t.Errorf("an undo put a booking on a device that is booked: %s", b.Device)
		}
		c.whole()
		_, p = c.preview()
		id = must(c.Replan(t.Context(), c.an, p.Key, nil))(t)
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		if back, left, err := c.UndoReplan(t.Context(), c.an, id); err != nil || back != 0 || left != 1 {
			t.Errorf("undone after the return: %d back, %d left, %v", back, left, err)
		}
		c.whole()
	})
}

// TestReplanHours: a loan of hours goes to the moment at which the desk opens again.
func TestReplanHours(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.byHours(24, 1)
		l := c.lend(c.device("LT-001"), c.borrower("Peeters"))
		c.shut("2026-11-24", "2026-11-24")
		text, p := c.preview()
		if want := "LT-001: 2026-11-24 12:00 CET → 2026-11-25 09:00 CET closed"; text != want {
			t.Fatalf("would move %s, want %s", text, want)
		}
		id := must(c.Replan(t.Context(), c.an, p.Key, nil))(t)
		if got := must(c.Loan(t.Context(), c.an, l.ID))(t); wallText(got.DueAt) != "2026-11-25 09:00 CET" || got.DueOn != "2026-11-25" {
			t.Errorf("due %s %s", got.DueOn, wallText(got.DueAt))
		}
		c.whole()
		if _, _, err := c.UndoReplan(t.Context(), c.an, id); err != nil {
			t.Fatal(err)
		}
		if got := must(c.Loan(t.Context(), c.an, l.ID))(t); !got.DueAt.Equal(l.DueAt) || got.DueOn != l.DueOn {
			t.Errorf("after the undo due %s %s", got.DueOn, wallText(got.DueAt))
		}
	})
}

// TestReplanOffer: the offer of a waiting list moves with its booking, and stands until an open day.
func TestReplanOffer(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.device("LT-001")
		w := must(c.Wait(t.Context(), c.an, c.laptop.ID, c.borrower("Peeters").ID, "2026-11-26", "2026-12-04"))(t)
		if _, _, n, err := c.Tidy(t.Context(), c.an); err != nil || n != 1 {
			t.Fatalf("%d offered, %v", n, err)
		}
		offered := func() string {
			for _, one := range must(c.Waits(t.Context(), c.an))(t) {
				if one.ID == w.ID {
					return one.OfferUntil
				}
			}
			return ""
		}
		was := offered()
		c.shut(was, was)
		_, p := c.preview()
		id := must(c.Replan(t.Context(), c.an, p.Key, nil))(t)
		if offered() <= was {
			t.Errorf("the offer still stands until %s", offered())
		}
		c.whole()
		if _, _, err := c.UndoReplan(t.Context(), c.an, id); err != nil || offered() != was {
			t.Errorf("after the undo until %s, %v", offered(), err)
		}
	})
}

// TestReplanRights: who doesn't lend neither sees nor does it, and what shows social aid is nowhere in it.
func TestReplanRights(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		client := must(c.PutBorrower(t.Context(), c.dora, loans.Borrower{Category: loans.Client, Given: "Mo", Family: "Claes", Phone: "051 1"}))(t)
		c.lend(c.device("LT-001"), client)
		c.shut("2026-12-14", "2026-12-15")
		_, p := c.preview()
		if text := fmt.Sprintf("%+v", p); len(p.Moves) != 1 || strings.Contains(text, string(loans.Client)) {
			t.Errorf("the desk sees %s", text)
		}
		id := must(c.Replan(t.Context(), c.an, p.Key, nil))(t)
		for name, try := range map[string]func() error{
			"look": func() error { _, err := c.ReplanPreview(t.Context(), c.chris); return err },
			"do":   func() error { _, err := c.Replan(t.Context(), c.chris, p.Key, nil); return err },
			"list": func() error { _, err := c.Replans(t.Context(), c.chris); return err },
			"undo": func() error { _, _, err := c.UndoReplan(t.Context(), c.chris, id); return err },
		} {
			if err := try(); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s by the finance director: %v", name, err)
			}
		}
	})
}
