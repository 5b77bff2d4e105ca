package loans_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/loans"
)

// TestT23TwoClerksAtOnce is T23 inside one process: two stores lend the same device at the same instant, a hundred times.
func TestT23TwoClerksAtOnce(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		c := newCounter(t, url)
		other := loans.NewStore(datatest.Open(t, url, data.WithClock(c.clock.Now)))
		const runs = 100
		for range runs {
			d, b, e := c.device(""), c.borrower("Peeters"), c.borrower("Maes")
			audited := must(c.db.VerifyAudit(t.Context()))(t)
			errs := make([]error, 2)
			start := make(chan struct{})
			var clerks sync.WaitGroup
			clerks.Go(func() {
				<-start
				_, errs[0] = c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, Pay: loans.Bancontact})
			})
			clerks.Go(func() {
				<-start
				_, errs[1] = other.Lend(t.Context(), c.bert, loans.LendAsk{Device: d.ID, Borrower: e.ID, Pay: loans.Bancontact})
			})
			close(start)
			clerks.Wait()
			won, names := 0, []string{"An Peeters", "Bert Maes"}
			if errs[0] != nil {
				won = 1
			}
			var lent *loans.LentError
			if errs[won] != nil || !errors.Is(errs[1-won], loans.ErrLent) || !errors.As(errs[1-won], &lent) {
				t.Fatalf("got %v, want one success and one ErrLent", errs)
			}
			if lent.By != names[won] || !lent.At.Equal(datatest.Noon) {
				t.Fatalf("the loser hears %+v, want %s at noon", lent, names[won])
			}
			if n := c.count(`SELECT count(*) FROM loans WHERE device_id = $1`, d.ID); n != 1 {
				t.Fatalf("%d loans, want 1", n)
			}
			if n := c.count(`SELECT count(*) FROM loan_ledger g JOIN loans l ON l.id = g.loan_id WHERE l.device_id = $1 AND g.kind = 'received'`, d.ID); n != 1 {
				t.Fatalf("%d deposits, want 1", n)
			}
			if n := must(c.db.VerifyAudit(t.Context()))(t) - audited; n != 1 {
				t.Fatalf("%d audit rows, want 1", n)
			}
		}
		c.whole()
	})
}

// TestSchemaRefusesSecondLoan holds the promise where nobody's Go code looks.
func TestSchemaRefusesSecondLoan(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.lend(c.device("LT-001"), c.borrower("Peeters"))
		err := c.db.InPlainTx(t.Context(), func(tx *data.Tx) error {
			_, err := tx.ExecContext(t.Context(), `INSERT INTO loans SELECT 'second', contract_id, device_id, type_id, organisation_id, location_id, borrower_id, category, tariff,
				lent_at, lent_on, lent_by, due_on, shifts, renewals, regulation, rules, accessories, condition, deposit_cents, fee_cents, booking_id, entered_why,
				ended, ended_at, ended_on, ended_by, missing, back_condition, late_days, due_at FROM loans`)
			return err
		})
		if !data.IsUnique(err) {
			t.Errorf("a second open loan: %v, want a unique violation", err)
		}
	})
}

// TestT9T16LentTwice is T9, and T16's refusal with its figures.
func TestT9T16LentTwice(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, x, y := c.device("LT-014"), c.borrower("Peeters"), c.borrower("Maes")
		l := c.lend(d, x)
		if l.DueOn != "2026-12-14" || l.Rules[loans.TermDays] != 21 || l.DepositCents != 6000 {
			t.Errorf("got %+v, want due on 14/12 by the model's three weeks, 60 euro", l)
		}
		for _, b := range []loans.Borrower{x, y} {
			if _, err := c.Lend(t.Context(), c.bert, loans.LendAsk{Device: d.ID, Borrower: b.ID}); !errors.Is(err, loans.ErrLent) {
				t.Errorf("a second hand-over to %s: %v, want ErrLent", b.Family, err)
			}
		}
		if n := c.count(`SELECT count(*) FROM loans`); n != 1 {
			t.Errorf("%d lines, want 1", n)
		}
		_, err := c.Lend(t.Context(), c.an, loans.LendAsk{Device: c.device("LT-015").ID, Borrower: x.ID})
		var refused *loans.RefusedError
		if !errors.As(err, &refused) || whys(refused.All) != "[loans.most_loans]" || refused.All[0].Have != 1 || refused.All[0].Most != 1 {
			t.Errorf("a second device: %v, want refused with 1 of 1", err)
		}
		c.whole()
	})
}

// TestT19T26ReturnTwice is T19, and T26: a deposit of 60 euro, a charger of 25 that is missing.
func TestT19T26ReturnTwice(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d := c.device("LT-014")
		l := c.lend(d, c.borrower("Peeters"))
		got := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Missing: []string{"Lader"}, Refund: loans.Transfer, IBAN: "BE68 5390 0754 7034"}))(t)
		if got.Loan.ID != l.ID || got.Already || !got.Closed || c.state(d.ID) != loans.ToCheck {
			t.Errorf("got %+v, device %s, want the loan, na te kijken", got, c.state(d.ID))
		}
		if b := got.Balance; b.Received != 6000 || b.Withheld != 2500 || b.Refunded != 3500 || b.Held != 0 || b.Owed != 0 {
			t.Errorf("got %+v, want 25 withheld and 35 back", b)
		}
		_, err := c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: c.borrower("Maes").ID})
		var refused *loans.RefusedError
		if !errors.As(err, &refused) || whys(refused.All) != "[loans.not_ready]" {
			t.Errorf("lent again at once: %v, want not_ready", err)
		}
		rows := must(c.db.VerifyAudit(t.Context()))(t)
		for _, ask := range []loans.ReturnAsk{{Loan: l.ID}, {Device: d.ID}} {
			if again := must(c.Return(t.Context(), c.bert, ask))(t); !again.Already {
				t.Errorf("a second return: %+v, want Already", again)
			}
		}
		if now := must(c.db.VerifyAudit(t.Context()))(t); now != rows {
			t.Errorf("a second return wrote %d audit rows", now-rows)
		}
		c.ready(d.ID)
		c.lend(d, c.borrower("Claes"))
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID}))(t)
		if c.state(d.ID) != loans.OnLoan {
			t.Error("the old loan's return brought the new one back")
		}
		c.whole()
	})
}

// TestT21ContractCloses is T21.
func TestT21ContractCloses(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		club := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Association, Family: "KWB Zandwerve", Mail: "kwb@example.org"}))(t)
		one := c.lend(c.device("LT-001"), club)
		two := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: c.device("LT-002").ID, Borrower: club.ID, Contract: one.ContractID}))(t)
		if two.ContractID != one.ContractID || two.Contract != one.Contract {
			t.Fatalf("got contract %s, want %s", two.Contract, one.Contract)
		}
		if got := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: one.ID}))(t); got.Closed {
			t.Error("closed with an open line")
		}
		if err := c.CloseContract(t.Context(), c.an, one.ContractID); !errors.Is(err, loans.ErrOpenLines) {
			t.Errorf("close with an open line: %v, want ErrOpenLines", err)
		}
		if got := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: two.ID}))(t); !got.Closed {
			t.Error("the last return left the contract open")
		}
		c.ok(c.CloseContract(t.Context(), c.an, one.ContractID))
		c.whole()
	})
}

// TestT22Acceptance is T22.
func TestT22Acceptance(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		mother := c.borrower("Peeters")
		child := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Minor, Given: "Jan", Family: "Peeters", BirthMonth: "2012-01", GuardianID: mother.ID}))(t)
		l := c.lend(c.device("LT-001"), child)
		ask := loans.SignAsk{Contract: l.ContractID, When: loans.AtHandOver, Borrower: mother.ID, Name: "Zoë Peeters", Text: "Artikel 1\nZoals het nu is."}
		for _, who := range []string{child.ID, c.borrower("Maes").ID} {
			other := ask
			other.Borrower = who
			wantWhy(t, loans.WhyStranger)(c.Sign(t.Context(), c.an, other))
		}
		r := must(c.Sign(t.Context(), c.an, ask))(t)
		wantWhy(t, loans.WhySigned)(c.Sign(t.Context(), c.an, ask))
		ask.When = loans.AtReturn
		must(c.Sign(t.Context(), c.an, ask))(t)
		if got := must(c.Receipts(t.Context(), c.an, l.ContractID))(t); len(got) != 2 || got[0] != r || got[0].Text != ask.Text {
			t.Errorf("got %+v, want the text as it was", got)
		}
		c.whole()
		c.ok(c.db.InPlainTx(t.Context(), func(tx *data.Tx) error {
			_, err := tx.ExecContext(t.Context(), `UPDATE loan_signatures SET text = 'anders' WHERE seq = 1`)
			return err
		}))
		if got := must(c.Check(t.Context(), c.ivo))(t); len(got) != 1 || got[0].Rule != 11 {
			t.Errorf("a changed text: %v, want rule 11", got)
		}
	})
}

// wantWhy wants an *data.Invalid of a code.
func wantWhy(t *testing.T, why data.Why) func(any, error) {
	t.Helper()
	return func(_ any, err error) {
		t.Helper()
		var invalid *data.Invalid
		if !errors.As(err, &invalid) || invalid.Why != why {
			t.Errorf("got %v, want %s", err, why)
		}
	}
}

// TestUndo takes a lending, a renewal and a return back, within the minute and not after it.
func TestUndo(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-014"), c.borrower("Peeters")
		l := c.lend(d, b)
		wantWhy(t, loans.WhyUndoOther)(c.Undo(t.Context(), c.bert, l.ID))
		if kind := must(c.Undo(t.Context(), c.an, l.ID))(t); kind != "lend" || c.state(d.ID) != loans.Ready {
			t.Errorf("undid %s, device %s", kind, c.state(d.ID))
		}
		if _, bal, err := c.Ledger(t.Context(), c.an, l.ID); err != nil || bal != (loans.Balance{}) {
			t.Errorf("got %+v, %v, want nothing left", bal, err)
		}
		wantWhy(t, loans.WhyUndoOther)(c.Undo(t.Context(), c.an, l.ID))
		c.whole()

		l = c.lend(d, b)
		c.days(16)
		must(c.Renew(t.Context(), c.an, l.ID))(t)
		if kind := must(c.Undo(t.Context(), c.an, l.ID))(t); kind != "renew" || must(c.Loan(t.Context(), c.an, l.ID))(t).DueOn != l.DueOn {
			t.Error("the renewal stands")
		}
		c.whole()
		must(c.Renew(t.Context(), c.an, l.ID))(t)
		c.whole()

		c.days(60)
		back := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Device: d.ID, Missing: []string{"lader"}, Refund: loans.Bancontact}))(t)
		if back.Blocked == "" {
			t.Errorf("got %+v, want a block", back)
		}
		c.clock.Forward(loans.UndoFor)
		if kind := must(c.Undo(t.Context(), c.an, l.ID))(t); kind != "return" || c.state(d.ID) != loans.OnLoan {
			t.Errorf("undid %s, device %s", kind, c.state(d.ID))
		}
		if _, bal, err := c.Ledger(t.Context(), c.an, l.ID); err != nil || bal != (loans.Balance{Received: 6000, Held: 6000}) {
			t.Errorf("got %+v, %v, want the deposit held as before", bal, err)
		}
		if blocks := must(c.Blocks(t.Context(), c.an, b.ID))(t); len(blocks) != 1 || !blocks[0].Over {
			t.Errorf("got %+v, want the block lifted", blocks)
		}
		c.whole()
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Device: d.ID}))(t)
		c.clock.Forward(loans.UndoFor + time.Millisecond)
		wantWhy(t, loans.WhyUndoLate)(c.Undo(t.Context(), c.an, l.ID))
		c.whole()
	})
}

// TestUndoAfterMoney does not undo what money was paid on since: the ledger would hang in the air.
func TestUndoAfterMoney(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d := c.device("LT-001")
		l := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: c.borrower("Peeters").ID}))(t)
		must(c.Receive(t.Context(), c.an, l.ID, 6000, loans.Bancontact))(t)
		wantWhy(t, loans.WhyUndoOther)(c.Undo(t.Context(), c.an, l.ID))
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Missing: []string{"lader"}}))(t)
		must(c.Settle(t.Context(), c.an, l.ID, loans.Bancontact, ""))(t)
		wantWhy(t, loans.WhyUndoOther)(c.Undo(t.Context(), c.an, l.ID))
		all, _, err := c.Ledger(t.Context(), c.an, l.ID)
		c.ok(err)
		for _, e := range all {
			if e.Kind == loans.Refunded || e.Kind == loans.Withheld {
				must(c.Reverse(t.Context(), c.an, e.ID, "vergist"))(t)
			}
		}
		must(c.Undo(t.Context(), c.an, l.ID))(t)
		if _, b, err := c.Ledger(t.Context(), c.an, l.ID); err != nil || b.Held != 6000 || b.Owed != 0 {
			t.Errorf("got %+v, %v, want the deposit held again", b, err)
		}
		c.whole()
	})
}
