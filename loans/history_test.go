package loans_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
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

// history is one random life of three devices, one of which goes by the hour, and three borrowers.
type history struct {
	*counter
	m, before model // before: as it was before the last act that can be undone
	undo      string
	undoAt    time.Time
	devices   []loans.Device
	people    []loans.Borrower
	bookings  []string
	all       []string // loans
	closed    []calendar.Closure
	replan    string // the last one
	refused   int
	done      map[string]int
}

// steps of each history, and how many of them share a register before every invariant is checked and it is emptied.
const (
	steps    = 8
	together = 20
)

// TestHistories runs 10 000 random histories against the model, each with devices and people of its own. After each one
// its devices and its money are compared, and every invariant after each twenty, which share a register. There are two
// registers, so that both cores have work. With -short there are 200.
func TestHistories(t *testing.T) {
	for part := range 2 {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			batches := batches
			if testing.Short() {
				batches = 1
			}
			for range batches {
				rapid.Check(t, w.history) // 100 histories, unless -rapid.checks says otherwise
			}
			if _, err := w.db.VerifyAudit(t.Context()); err != nil {
				t.Error(err)
			}
			for _, kind := range []string{"lend", "hours", "return", "renew", "undo", "book", "settle", "move", "lost", "remind", "tidy", "offer", "accept", "replan", "unreplan"} {
				if w.tally[kind] == 0 && batches > 10 { // few histories don't come to everything
					t.Errorf("no history ever came to a %s that did something: %v", kind, w.tally)
				}
			}
			t.Logf("%d histories of %d steps did %v", w.tally["histories"], steps, w.tally)
		})
	}
}

// world is the register in which histories happen, one after the other. The operator acts, who needs no role.
type world struct {
	*counter
	camera loans.Type
	start  time.Time
	serial int
	tally  map[string]int
}

func newWorld(t *testing.T) *world {
	w := &world{counter: newCounter(t, datatest.SQLite(t)), tally: map[string]int{}}
	w.camera = must(w.PutType(t.Context(), w.ivo, loans.Type{Name: "camera", Accessories: []loans.Accessory{{Name: "lader", Cents: 2500}}}))(t)
	r := loans.ModelRegulation()
	r.From = w.db.Today()
	r.Cells[loans.Cell{Device: w.camera.ID}] = map[loans.Param]int64{loans.TermHours: 5, loans.TermRule: 1}
	must(w.PutVersion(t.Context(), w.ivo, loans.Version{Name: "per uur", Regulation: r}))(t)
	w.an, w.start = datatest.Operator, w.clock.Now()
	return w
}

// history is one of them.
func (w *world) history(rt *rapid.T) {
	w.clock.Forward(w.start.Sub(w.clock.Now())) // each begins at noon
	h := &history{counter: w.counter, m: model{map[string]loans.State{}, map[string]string{}, map[string]string{}, map[string]purse{}}, done: w.tally}
	w.furnish(h)
	for range steps {
		h.step(rt)
	}
	for _, d := range h.devices {
		h.same(rt, d)
	}
	for _, id := range h.all {
		h.sameMoney(rt, id)
	}
	for _, one := range h.closed {
		w.ok(calendar.NewStore(w.db).ChangeClosure(w.t.Context(), datatest.Operator, w.library, &one, nil))
	}
	if w.tally["histories"]++; w.tally["histories"]%together == 0 {
		if found := must(w.Check(w.t.Context(), w.an))(w.t); len(found) > 0 {
			rt.Fatalf("violated by one of the last %d: %v", together, found)
		}
		w.empty()
	}
}

// furnish gives a history its devices and people, in one transaction: ten thousand times by the store takes too long.
func (w *world) furnish(h *history) {
	at, first := w.clock.Now().UnixMilli(), w.serial
	w.serial += 3
	w.ok(w.db.InPlainTx(w.t.Context(), func(tx *data.Tx) error {
		h.devices, h.people = nil, nil
		for i := range 3 {
			kind := w.laptop
			if i == 2 {
				kind = w.camera
			}
			n := first + i + 1
			parts, err := json.Marshal(kind.Accessories)
			if err != nil {
				return err
			}
			d := loans.Device{ID: data.NewID(), Number: loans.NewNumber(kind.Kind, n), TypeID: kind.ID}
			b := loans.Borrower{ID: data.NewID(), Number: loans.NewNumber(loans.KindBorrower, n)}
			if _, err := tx.ExecContext(w.t.Context(), `INSERT INTO devices (id, type_id, number, name, sort_key, serial, accessories, bought_on, price_cents, guarantee_until,
				organisation_id, location_id, state, back_on, note, created_at) VALUES ($1, $2, $3, '', '', '', $4, '', 0, '', $5, $6, 'ready', '', '', $7)`,
				d.ID, kind.ID, string(d.Number), string(parts), w.gemeente, w.library, at); err != nil {
				return err
			}
			if _, err := tx.ExecContext(w.t.Context(), `INSERT INTO device_events (id, device_id, at, actor, from_state, to_state, detail) VALUES ($1, $2, $3, '', '', 'ready', '{}')`,
				data.NewID(), d.ID, at); err != nil {
				return err
			}
			if _, err := tx.ExecContext(w.t.Context(), `INSERT INTO borrowers (id, number, category, given, family, sort_key, phone, mail, birth_month, household, right_until, created_at)
				VALUES ($1, $2, 'citizen', 'Zoë', 'Peeters', 'peeters zoe', '1', '', '', '', '', $3)`, b.ID, string(b.Number), at); err != nil {
				return err
			}
			h.devices, h.people, h.m.states[d.ID] = append(h.devices, d), append(h.people, b), loans.Ready
		}
		return nil
	}))
}

// empty takes everything out of the register that histories left.
func (w *world) empty() {
	w.ok(w.db.InPlainTx(w.t.Context(), func(tx *data.Tx) error {
		for _, table := range []string{"loan_replan_moves", "loan_replans", "loan_demand", "loan_notices", "loan_ledger", "loan_acts", "loans", "loan_contracts",
			"device_waits", "device_bookings", "borrower_blocks", "device_events", "devices", "borrowers"} {
			if _, err := tx.ExecContext(w.t.Context(), `DELETE FROM `+table); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (h *history) step(t *rapid.T) {
	d := rapid.SampledFrom(h.devices).Draw(t, "device")
	b := rapid.SampledFrom(h.people).Draw(t, "borrower")
	switch rapid.SampledFrom([]string{"lend", "lend", "lend", "return", "return", "renew", "undo", "book", "cancel", "settle", "chain", "chain", "chain", "lost", "remind", "tidy", "wait", "wait", "queue", "accept", "replan", "unreplan"}).Draw(t, "act") {
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
		h.tidy(t)
	case "queue":
		h.queue(t, d, b)
	case "accept":
		h.accept(t)
	case "replan":
		h.replanOne(t)
	case "unreplan":
		h.undoReplan(t)
	case "wait":
		h.clock.Forward(time.Duration(rapid.SampledFrom([]int{1, 24, 24 * 9}).Draw(t, "hours")) * time.Hour)
	}
}

func (h *history) tidy(t *rapid.T) {
	missed, _, offered, err := h.Tidy(h.t.Context(), h.an)
	if err != nil {
		t.Fatal(err)
	}
	h.done["tidy"] += missed
	h.done["offer"] += offered
}

// queue puts somebody on the waiting list, who may be offered something at once.
func (h *history) queue(t *rapid.T, d loans.Device, b loans.Borrower) {
	from := h.clock.Now().AddDate(0, 0, rapid.IntRange(0, 5).Draw(t, "from"))
	_, err := h.Wait(h.t.Context(), h.an, d.TypeID, b.ID, from.Format(data.DayLayout), from.AddDate(0, 0, 7).Format(data.DayLayout))
	var waits *data.Invalid
	if err != nil && !errors.As(err, &waits) {
		t.Fatal(err)
	}
	h.tidy(t)
}

// accept takes the first offer.
func (h *history) accept(t *rapid.T) {
	for _, w := range must(h.Waits(h.t.Context(), h.an))(h.t) {
		if w.State != "offered" {
			continue
		}
		switch b, err := h.Accept(h.t.Context(), h.an, w.ID); {
		case err == nil:
			h.bookings = append(h.bookings, b.ID)
			h.done["accept"]++
		case !errors.Is(err, loans.ErrBookingOver):
			t.Fatal(err)
		}
		return
	}
}

// replanOne closes the desk for some days, and moves what falls on them.
func (h *history) replanOne(t *rapid.T) {
	first := must(data.ParseDay(h.clock.Now().AddDate(0, 0, rapid.IntRange(0, 22).Draw(t, "closed from")).Format(data.DayLayout)))(h.t)
	one := calendar.Closure{First: first, Last: first.AddDate(0, 0, rapid.IntRange(0, 3).Draw(t, "closed days")), Reason: "wateroverlast"}
	if calendar.NewStore(h.db).ChangeClosure(h.t.Context(), datatest.Operator, h.library, nil, &one) == nil { // it may be closed already
		h.closed = append(h.closed, one)
	}
	p := must(h.ReplanPreview(h.t.Context(), h.an))(h.t)
	due, booked, _ := p.Count()
	id, err := h.Replan(h.t.Context(), h.an, p.Key, nil)
	if (err == nil) != (due+booked > 0) {
		t.Fatalf("%d loans and %d bookings were to move: %v", due, booked, err)
	}
	if err == nil {
		h.replan = id
		h.done["replan"]++
	}
	if h.done["replan"]%4 > 0 {
		return
	}
	for _, m := range must(h.ReplanPreview(h.t.Context(), h.an))(h.t).Moves {
		if !m.Stuck {
			t.Fatalf("after everything moved there still moves %s", said(m.Move))
		}
	}
}

func (h *history) undoReplan(t *rapid.T) {
	if h.replan == "" {
		return
	}
	back, _, err := h.UndoReplan(h.t.Context(), h.an, h.replan)
	if err != nil {
		t.Fatal(err)
	}
	h.replan = ""
	h.done["unreplan"] += back
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
	if !l.DueAt.IsZero() {
		h.done["hours"]++
	}
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

// same compares a device and its open loan with the model.
func (h *history) same(t *rapid.T, d loans.Device) {
	got := must(h.Find(h.t.Context(), h.an, string(d.Number)))(h.t).Device
	id := ""
	if got.Loan != nil {
		id = got.Loan.ID
	}
	if got.State != h.m.states[d.ID] || id != h.m.open[d.ID] {
		t.Fatalf("device is %s with loan %q, want %s with %q", got.State, id, h.m.states[d.ID], h.m.open[d.ID])
	}
}

// sameMoney compares the ledger of a loan with the model.
func (h *history) sameMoney(t *rapid.T, id string) {
	_, b, err := h.Ledger(h.t.Context(), h.an, id)
	if err != nil {
		t.Fatal(err)
	}
	if want := h.m.money[id]; b.Held != want.held || b.Owed != want.owed || b.Received != b.Refunded+b.Withheld+b.Held {
		t.Fatalf("the ledger of loan %s says %+v, want %+v", id, b, want)
	}
}
