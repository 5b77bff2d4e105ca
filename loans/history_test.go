package loans_test

import (
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/loans"

	"pgregory.net/rapid"
)

// model is what a history of the register should come to: per device its state and open loan, per loan its money.
type model struct {
	states map[string]loans.State
	open   map[string]string // device → loan
	whose  map[string]string // loan → borrower
	money  map[string]purse  // loan →
}

type purse struct{ held, owed int64 }

func (m model) clone() model {
	return model{maps.Clone(m.states), maps.Clone(m.open), maps.Clone(m.whose), maps.Clone(m.money)}
}

// has counts a borrower's open loans.
func (m model) has(borrower string) (n int) {
	for _, l := range m.open {
		if m.whose[l] == borrower {
			n++
		}
	}
	return n
}

// history is one random life of three devices and three borrowers.
type history struct {
	*counter
	m, before model // before: as it was before the last act that can be undone
	undo      string
	undoAt    time.Time
	devices   []loans.Device
	people    []loans.Borrower
	bookings  []string
	all       []string // loans
	refused   int
	done      map[string]int
}

// TestHistories runs 10 000 random steps against the model, and checks every invariant after each history.
func TestHistories(t *testing.T) {
	c := newCounter(t, datatest.SQLite(t))
	start := c.clock.Now()
	tally := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		c.clock.Forward(start.Sub(c.clock.Now())) // each history begins at noon
		h := &history{counter: c, m: model{map[string]loans.State{}, map[string]string{}, map[string]string{}, map[string]purse{}}, done: tally}
		for i := range 3 {
			d := c.device("")
			h.devices, h.m.states[d.ID] = append(h.devices, d), loans.Ready
			h.people = append(h.people, c.borrower(fmt.Sprintf("Nummer%d", i)))
		}
		for range steps {
			h.step(rt)
		}
		tally["histories"]++
		if found := must(c.Check(t.Context(), c.ivo))(t); len(found) > 0 {
			rt.Fatalf("violated: %v", found)
		}
	})
	for _, kind := range []string{"lend", "return", "renew", "undo", "book", "settle", "move", "lost", "remind", "tidy"} {
		if tally[kind] == 0 && steps >= 100 { // short histories don't come to everything
			t.Errorf("no history ever came to a %s that did something: %v", kind, tally)
		}
	}
	if _, err := c.db.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
	t.Logf("%d histories of %d steps did %v", tally["histories"], steps, tally)
}

func (h *history) step(t *rapid.T) {
	d := rapid.SampledFrom(h.devices).Draw(t, "device")
	b := rapid.SampledFrom(h.people).Draw(t, "borrower")
	switch rapid.SampledFrom([]string{"lend", "lend", "lend", "return", "return", "renew", "undo", "book", "cancel", "settle", "chain", "chain", "chain", "lost", "remind", "tidy", "wait"}).Draw(t, "act") {
	case "lend":
		h.lendOne(t, d, b)
	case "return":
		h.returnOne(t, d)
	case "renew":
		h.renewOne(t, d)
	case "undo":
		h.undoOne(t)
	case "book":
		from := rapid.IntRange(0, 20).Draw(t, "from")
		at := func(n int) string { return h.clock.Now().AddDate(0, 0, n).Format(data.DayLayout) }
		k, err := h.Book(h.t.Context(), h.an, loans.BookAsk{Device: d.ID, Borrower: b.ID, From: at(from), To: at(from + rapid.IntRange(0, 7).Draw(t, "days"))})
		if h.fine(t, "book", err) {
			h.bookings = append(h.bookings, k.ID)
		}
	case "cancel":
		if len(h.bookings) > 0 {
			if err := h.CancelBooking(h.t.Context(), h.an, rapid.SampledFrom(h.bookings).Draw(t, "booking")); err != nil && !errors.Is(err, loans.ErrBookingOver) {
				t.Fatal(err)
			}
		}
	case "settle":
		h.settleOne(t)
	case "chain":
		h.chain(t, d)
	case "lost":
		h.lose(t, d)
	case "remind":
		for _, n := range must(h.Notices(h.t.Context(), h.an))(h.t) {
			if h.m.open[n.Loan.DeviceID] == n.LoanID {
				must(h.Remind(h.t.Context(), h.an, n.ID, nil))(h.t)
				h.done["remind"]++
			}
		}
	case "tidy":
		missed, _, _, err := h.Tidy(h.t.Context(), h.an)
		if err != nil {
			t.Fatal(err)
		}
		h.done["tidy"] += missed
	case "wait":
		h.clock.Forward(time.Duration(rapid.SampledFrom([]int{1, 24, 24 * 9}).Draw(t, "hours")) * time.Hour)
	}
	h.same(t, d)
}

// fine tells whether an act was done; one that was refused counts, any other error ends the test.
func (h *history) fine(t *rapid.T, kind string, err error) bool {
	if err != nil && !errors.Is(err, loans.ErrRefused) {
		t.Fatalf("%s: %v", kind, err)
	}
	if err != nil {
		h.refused++
		return false
	}
	h.done[kind]++
	return true
}

// canUndo remembers how it was before an act at a loan.
func (h *history) canUndo(before model, loan string) {
	h.before, h.undo, h.undoAt = before, loan, h.clock.Now()
}

func (h *history) lendOne(t *rapid.T, d loans.Device, b loans.Borrower) {
	before := h.m.clone()
	l, err := h.Lend(h.t.Context(), h.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, Pay: loans.Bancontact})
	if h.m.open[d.ID] != "" {
		if !errors.Is(err, loans.ErrLent) {
			t.Fatalf("lend what is out: %v, want ErrLent", err)
		}
		return
	}
	if !h.fine(t, "lend", err) {
		return
	}
	if h.m.states[d.ID] != loans.Ready || h.m.has(b.ID) > 0 {
		t.Fatalf("lent a device that is %s to somebody who has %d", h.m.states[d.ID], h.m.has(b.ID))
	}
	h.m.states[d.ID], h.m.open[d.ID], h.m.whose[l.ID] = loans.OnLoan, l.ID, b.ID
	h.m.money[l.ID] = purse{held: l.DepositCents}
	h.all = append(h.all, l.ID)
	h.canUndo(before, l.ID)
}

func (h *history) returnOne(t *rapid.T, d loans.Device) {
	before, id := h.m.clone(), h.m.open[d.ID]
	ask := loans.ReturnAsk{Device: d.ID}
	if rapid.Bool().Draw(t, "charger missing") {
		ask.Missing = []string{"lader"}
	}
	if rapid.Bool().Draw(t, "refund") {
		ask.Refund = loans.Bancontact
	}
	got, err := h.Return(h.t.Context(), h.an, ask)
	if err != nil {
		t.Fatalf("a return was refused: %v", err)
	}
	if found := h.m.states[d.ID] == loans.Lost; got.Already != (id == "" && !found) || got.Found != found || id != "" && got.Loan.ID != id {
		t.Fatalf("return of loan %q: %+v", id, got)
	}
	if id == "" {
		if got.Found {
			h.m.states[d.ID], h.undo = loans.ToCheck, ""
		}
		return
	}
	p := h.m.money[id]
	p.owed += got.Fine
	if ask.Missing != nil {
		p.owed += 2500
	}
	if ask.Refund != "" {
		p = p.settled()
	}
	h.m.states[d.ID], h.m.money[id] = loans.ToCheck, p
	delete(h.m.open, d.ID)
	h.canUndo(before, id)
	h.done["return"]++
}

func (p purse) settled() purse { return purse{0, p.owed - min(p.held, p.owed)} }

func (h *history) renewOne(t *rapid.T, d loans.Device) {
	id := h.m.open[d.ID]
	if id == "" {
		return
	}
	if _, err := h.Renew(h.t.Context(), h.an, id); h.fine(t, "renew", err) {
		h.canUndo(h.m.clone(), id)
	}
}

func (h *history) undoOne(t *rapid.T) {
	if h.undo == "" {
		return
	}
	_, err := h.Undo(h.t.Context(), h.an, h.undo)
	if late := h.clock.Now().Sub(h.undoAt) > loans.UndoFor; late != (err != nil) {
		t.Fatalf("undo %s after the act: %v", h.clock.Now().Sub(h.undoAt), err)
	}
	if err == nil {
		h.m = h.before
		h.done["undo"]++
	}
	h.undo = ""
}

func (h *history) settleOne(t *rapid.T) {
	if len(h.all) == 0 {
		return
	}
	id := rapid.SampledFrom(h.all).Draw(t, "loan")
	_, err := h.Settle(h.t.Context(), h.an, id, loans.Bancontact, "")
	for _, open := range h.m.open {
		if open == id {
			if err == nil {
				t.Fatal("settled while it is out")
			}
			return
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	h.m.money[id] = h.m.money[id].settled()
	h.undo = "" // money changed hands after it
	h.done["settle"]++
}

// chain brings a device a step nearer to the next borrower.
func (h *history) chain(t *rapid.T, d loans.Device) {
	to := map[loans.State]loans.State{loans.ToCheck: loans.ToWipe, loans.ToWipe: loans.InStock, loans.InStock: loans.Ready}[h.m.states[d.ID]]
	if to == "" {
		return
	}
	if err := h.Move(h.t.Context(), h.an, d.ID, to, loans.Proof{Method: "nwipe", Tested: true}); err != nil {
		t.Fatal(err)
	}
	h.m.states[d.ID], h.undo = to, ""
	h.done["move"]++
}

func (h *history) lose(t *rapid.T, d loans.Device) {
	if s := h.m.states[d.ID]; s == loans.Lost || rapid.IntRange(0, 4).Draw(t, "luck") > 0 {
		return
	}
	if err := h.Move(h.t.Context(), h.an, d.ID, loans.Lost, loans.Proof{}); err != nil {
		t.Fatal(err)
	}
	h.m.states[d.ID], h.undo = loans.Lost, ""
	delete(h.m.open, d.ID)
	h.done["lost"]++
}

// same compares a device and its newest loan with the model.
func (h *history) same(t *rapid.T, d loans.Device) {
	got := must(h.Find(h.t.Context(), h.an, string(d.Number)))(h.t).Device
	id := ""
	if got.Loan != nil {
		id = got.Loan.ID
	}
	if got.State != h.m.states[d.ID] || id != h.m.open[d.ID] {
		t.Fatalf("device is %s with loan %q, want %s with %q", got.State, id, h.m.states[d.ID], h.m.open[d.ID])
	}
	if len(h.all) == 0 {
		return
	}
	last := h.all[len(h.all)-1]
	_, b, err := h.Ledger(h.t.Context(), h.an, last)
	if err != nil {
		t.Fatal(err)
	}
	if want := h.m.money[last]; b.Held != want.held || b.Owed != want.owed || b.Received != b.Refunded+b.Withheld+b.Held {
		t.Fatalf("the ledger of loan %s says %+v, want %+v", last, b, want)
	}
}
