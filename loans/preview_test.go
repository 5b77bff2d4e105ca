package loans_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/loans"
)

func TestPreviewSaysWhatLendDoesAndWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-001"), c.borrower("Claes")
		before := c.count(`SELECT count(*) FROM audit`)
		p := must(c.Preview(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, Pay: loans.Bancontact}))(t)
		if len(p) != 1 || len(p[0].Refused) != 0 || p[0].Loan.DueOn == "" || p[0].Loan.DepositCents != 6000 {
			t.Fatalf("preview is %+v", p)
		}
		if n := c.count(`SELECT (SELECT count(*) FROM loans) + (SELECT count(*) FROM loan_ledger) + (SELECT count(*) FROM loan_contracts)`); n != 0 || c.state(d.ID) != loans.Ready {
			t.Errorf("the preview left %d rows and state %s", n, c.state(d.ID))
		}
		if after := c.count(`SELECT count(*) FROM audit`); after != before {
			t.Errorf("the preview left %d audit rows", after-before)
		}
		l := c.lend(d, b)
		if l.DueOn != p[0].Loan.DueOn || len(l.Shifts) != len(p[0].Loan.Shifts) {
			t.Errorf("lent until %s, the preview said %s", l.DueOn, p[0].Loan.DueOn)
		}
		if _, err := c.Preview(t.Context(), c.bert, loans.LendAsk{Device: d.ID, Borrower: b.ID}); !errors.Is(err, loans.ErrLent) {
			t.Errorf("preview of what is out: %v, want ErrLent", err)
		}
		c.whole()
	})
}

func TestPreviewCountsThoseBefore(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		one, two, b := c.device("LT-001"), c.device("LT-002"), c.borrower("Claes")
		p := must(c.Preview(t.Context(), c.an, loans.LendAsk{Device: one.ID, Borrower: b.ID}, loans.LendAsk{Device: two.ID, Borrower: b.ID}))(t)
		if len(p[0].Refused) != 0 || whys(p[1].Refused) != "[loans.most_loans]" {
			t.Errorf("previews %s and %s, want the second refused", whys(p[0].Refused), whys(p[1].Refused))
		}
	})
}

func TestLendAllIsAllOrNone(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		one, two, b := c.device("LT-001"), c.device("LT-002"), c.borrower("Claes")
		asks := []loans.LendAsk{{Device: one.ID, Borrower: b.ID}, {Device: two.ID, Borrower: b.ID}}
		var refused *loans.RefusedError
		if _, err := c.LendAll(t.Context(), c.an, asks...); !errors.As(err, &refused) || whys(refused.All) != "[loans.most_loans]" {
			t.Fatalf("two for one person: %v, want refused", err)
		}
		if c.state(one.ID) != loans.Ready {
			t.Errorf("the first is %s after all were refused", c.state(one.ID))
		}
		club := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Association, Family: "Samana", Phone: "051 12 34 56"}))(t)
		for i := range asks {
			asks[i].Borrower = club.ID
		}
		all := must(c.LendAll(t.Context(), c.an, asks...))(t)
		if len(all) != 2 || all[0].ContractID != all[1].ContractID {
			t.Fatalf("lent %+v, want two on one contract", all)
		}
		if _, err := c.LendAll(t.Context(), c.bert, asks...); !errors.Is(err, loans.ErrLent) {
			t.Errorf("a second time: %v, want ErrLent", err)
		}
		if _, err := c.UndoAll(t.Context(), c.bert, all[0].ID, all[1].ID); err == nil {
			t.Error("somebody else undid it")
		}
		if kind, err := c.UndoAll(t.Context(), c.an, all[0].ID, all[1].ID); err != nil || kind != "lend" {
			t.Errorf("undo: %q, %v", kind, err)
		}
		if c.state(one.ID) != loans.Ready || c.state(two.ID) != loans.Ready {
			t.Errorf("after the undo: %s and %s", c.state(one.ID), c.state(two.ID))
		}
		all = must(c.LendAll(t.Context(), c.an, asks...))(t)
		c.clock.Forward(loans.UndoFor + time.Second)
		var late *data.Invalid
		if _, err := c.UndoAll(t.Context(), c.an, all[0].ID, all[1].ID); !errors.As(err, &late) || late.Why != loans.WhyUndoLate {
			t.Errorf("undo after a minute: %v", err)
		}
		c.whole()
	})
}

func TestPreviewRenewWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		l := c.lend(c.device("LT-001"), c.borrower("Claes"))
		if p := must(c.PreviewRenew(t.Context(), c.an, l.ID))(t); whys(p.Refused) != "[loans.renew_early]" {
			t.Errorf("refused %s, want too early", whys(p.Refused))
		}
		c.days(16)
		p := must(c.PreviewRenew(t.Context(), c.an, l.ID))(t)
		if now := must(c.Loan(t.Context(), c.an, l.ID))(t); now.Renewals != 0 || now.DueOn != l.DueOn {
			t.Errorf("the preview renewed: %+v", now)
		}
		if r := must(c.Renew(t.Context(), c.an, l.ID))(t); r.DueOn != p.Loan.DueOn {
			t.Errorf("renewed to %s, the preview said %s", r.DueOn, p.Loan.DueOn)
		}
		c.whole()
	})
}
