package loans_test

import (
	"errors"
	"testing"

	"digibrug/data"
	"digibrug/loans"
)

func (c *counter) openMoney(by data.Actor) string {
	c.t.Helper()
	text := ""
	for _, a := range must(c.OpenMoney(c.t.Context(), by))(c.t) {
		text += a.Device + " "
	}
	return text
}

// TestOpenMoney lists deposits to give back first, then what waits for a look, debts, and what is still to come.
func TestOpenMoney(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		a, b, d, e := c.device("LT-001"), c.device("LT-002"), c.device("LT-003"), c.device("LT-004")
		toCome := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: a.ID, Borrower: c.borrower("Peeters").ID}))(t)
		debt, unseen, seen := c.lend(b, c.borrower("Maes")), c.lend(d, c.borrower("Claes")), c.lend(e, c.borrower("Wouters"))
		must(c.Charge(t.Context(), c.an, debt.ID, loans.Damage, loans.Charge{Cents: 1250, Note: "tas gescheurd"}))(t)
		for _, l := range []loans.Loan{unseen, seen} {
			must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID}))(t)
		}
		c.ready(e.ID)
		if got := c.openMoney(c.an); got != "LT-004 LT-003 LT-002 LT-001 " {
			t.Errorf("got %s", got)
		}
		got := must(c.Account(t.Context(), c.an, toCome.ID))(t)
		if got.ToCome() != 6000 || got.Refundable() != 0 || got.Organisation != "Gemeente Zandwerve" || got.Checked || got.DeviceState != loans.OnLoan {
			t.Errorf("got %+v", got)
		}
		got = must(c.Account(t.Context(), c.an, seen.ID))(t)
		if got.ToCome() != 0 || got.Refundable() != 6000 || !got.Checked || len(got.Entries) != 1 || got.Balance.Held != 6000 {
			t.Errorf("got %+v", got)
		}
		must(c.Settle(t.Context(), c.an, seen.ID, loans.Bancontact, ""))(t)
		must(c.Receive(t.Context(), c.an, toCome.ID, 6000, loans.Bancontact))(t)
		if got := c.openMoney(c.an); got != "LT-003 LT-002 " {
			t.Errorf("got %s", got)
		}
		if got := must(c.AccountsOf(t.Context(), c.an, seen.BorrowerID))(t); len(got) != 1 || got[0].ID != seen.ID {
			t.Errorf("got %+v", got)
		}
		if _, err := c.Account(t.Context(), c.an, "none"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("an unknown loan: %v", err)
		}
	})
}

// TestMoneyOfOwner shows the finance director the own organisation's money, and hides from all who is a client.
func TestMoneyOfOwner(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: c.device("LT-001").ID, Borrower: c.borrower("Peeters").ID}))(t)
		d := must(c.AddDevice(t.Context(), c.an, loans.Device{TypeID: c.laptop.ID, Name: "OC-001", OrganisationID: c.ocmw, LocationID: c.library}))(t)
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
		client := must(c.PutBorrower(t.Context(), c.dora, loans.Borrower{Category: loans.Client, Family: "Maes", Phone: "051 1"}))(t)
		l := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: client.ID}))(t)
		if got := c.openMoney(c.chris); got != "LT-001 " {
			t.Errorf("the municipality's director sees %s", got)
		}
		if got := c.openMoney(c.an); got != "LT-001 OC-001 " {
			t.Errorf("the desk sees %s", got)
		}
		if _, err := c.Account(t.Context(), c.chris, l.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("another organisation's loan: %v, want ErrDenied", err)
		}
		if got := must(c.Account(t.Context(), c.an, l.ID))(t); got.Category != loans.Citizen {
			t.Errorf("the desk sees a %s", got.Category)
		}
		for name, by := range map[string]data.Actor{"social worker": c.dora, "deputy": c.town.Actor("lid1")} {
			if _, err := c.OpenMoney(t.Context(), by); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s: %v, want ErrDenied", name, err)
			}
		}
	})
}

// TestCashCount wants a note for a difference, and no count while the desk takes no cash.
func TestCashCount(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		wantWhy(t, loans.WhyMethod)(c.CountCash(t.Context(), c.an, c.gemeente, 0, ""))
		c.ok(c.Set(t.Context(), c.ivo, loans.SettingCash, "1"))
		l := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: c.device("LT-001").ID, Borrower: c.borrower("Peeters").ID, Pay: loans.Cash}))(t)
		wantWhy(t, loans.WhyNoReason)(c.CountCash(t.Context(), c.an, c.gemeente, 5990, ""))
		wantWhy(t, data.WhyNumber)(c.CountCash(t.Context(), c.an, c.gemeente, 1_000_001, "x"))
		must(c.CountCash(t.Context(), c.an, c.gemeente, 6000, ""))(t)
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID}))(t)
		c.days(1)
		must(c.Settle(t.Context(), c.an, l.ID, loans.Cash, ""))(t)
		must(c.CountCash(t.Context(), c.an, c.gemeente, -6000, ""))(t) // more went out than came in
		sheet := must(c.DaySheets(t.Context(), c.an, "2026-11-24"))(t)[0]
		if sheet.Held != 0 {
			t.Errorf("%d in keeping after all went back", sheet.Held)
		}
		if before := must(c.DaySheets(t.Context(), c.an, "2026-11-23"))(t)[0]; before.Held != 6000 {
			t.Errorf("%d in keeping the evening before, want 6000", before.Held)
		}
		if sheet.CashExpected() != -6000 || sheet.Cash == nil || sheet.Cash.Counted != -6000 {
			t.Errorf("got %+v", sheet)
		}
	})
}

// TestRefundOnce gives a deposit back once, also to who looked before somebody else did.
func TestRefundOnce(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		l := c.lend(c.device("LT-001"), c.borrower("Peeters"))
		out := must(c.Account(t.Context(), c.an, l.ID))(t).Balance
		wantWhy(t, loans.WhyStillOut)(c.Refund(t.Context(), c.an, l.ID, out, loans.Bancontact, ""))
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID}))(t)
		seen := must(c.Account(t.Context(), c.an, l.ID))(t).Balance
		wantWhy(t, loans.WhyIBAN)(c.Refund(t.Context(), c.an, l.ID, seen, loans.Transfer, "BE00"))
		must(c.Charge(t.Context(), c.bert, l.ID, loans.Damage, loans.Charge{Cents: 2500, Note: "lader weg"}))(t)
		wantWhy(t, loans.WhyMeanwhile)(c.Refund(t.Context(), c.an, l.ID, seen, loans.Bancontact, ""))
		seen = must(c.Account(t.Context(), c.an, l.ID))(t).Balance
		if b := must(c.Refund(t.Context(), c.an, l.ID, seen, loans.Bancontact, ""))(t); b.Refunded != 3500 || b.Withheld != 2500 { // T26
			t.Errorf("got %+v", b)
		}
		wantWhy(t, loans.WhyMeanwhile)(c.Refund(t.Context(), c.bert, l.ID, seen, loans.Bancontact, ""))
		c.whole()
	})
}

// TestContractNumbered finds a contract by its number while its device is out, and once it is lost.
func TestContractNumbered(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d := c.device("LT-001")
		l := c.lend(d, c.borrower("Peeters"))
		for range 2 {
			if id, err := c.ContractNumbered(t.Context(), c.an, l.Contract); err != nil || id != l.ContractID {
				t.Errorf("contract %s is %q, %v; want %q", l.Contract, id, err, l.ContractID)
			}
			if c.state(d.ID) == loans.OnLoan {
				c.ok(c.Move(t.Context(), c.an, d.ID, loans.Lost, loans.Proof{}))
			}
		}
		if _, err := c.ContractNumbered(t.Context(), c.an, loans.NewNumber(loans.KindContract, 99)); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a contract of nobody gives %v", err)
		}
	})
}
