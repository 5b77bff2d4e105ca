package loans_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/loans"
)

func TestMoney(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d := c.device("LT-001")
		wantWhy(t, loans.WhyMethod)(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: c.borrower("Peeters").ID, Pay: loans.Cash}))
		c.ok(c.Set(t.Context(), c.ivo, loans.SettingCash, "1"))
		l := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: c.borrower("Peeters").ID}))(t)
		must(c.Receive(t.Context(), c.an, l.ID, 4000, loans.Cash))(t)
		wantWhy(t, loans.WhyTooMuch)(c.Receive(t.Context(), c.an, l.ID, 4000, loans.Cash))
		must(c.Receive(t.Context(), c.an, l.ID, 2000, loans.Bancontact))(t)
		wantWhy(t, loans.WhyStillOut)(c.Settle(t.Context(), c.an, l.ID, loans.Cash, ""))
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Charges: []loans.Charge{{Cents: 7500, Note: "scherm gebarsten"}}}))(t)
		b := must(c.Settle(t.Context(), c.an, l.ID, loans.Bancontact, ""))(t)
		if b.Withheld != 6000 || b.Refunded != 0 || b.Held != 0 || b.Owed != 1500 {
			t.Errorf("got %+v, want all withheld and 15 euro owed", b)
		}
		must(c.Waive(t.Context(), c.an, l.ID, loans.Damage, 500, "gezien met de dienst"))(t)
		must(c.Pay(t.Context(), c.an, l.ID, loans.Damage, 1000, loans.Cash))(t)
		wantWhy(t, loans.WhyTooMuch)(c.Pay(t.Context(), c.an, l.ID, loans.Damage, 1, loans.Cash))
		all, b, err := c.Ledger(t.Context(), c.an, l.ID)
		if err != nil || b.Owed != 0 || len(all) != 6 {
			t.Fatalf("got %d entries, %+v, %v", len(all), b, err)
		}
		paid := all[5].ID
		if b := must(c.Reverse(t.Context(), c.an, paid, "verkeerd getikt"))(t); b.Owed != 1000 {
			t.Errorf("got %+v, want 10 euro owed again", b)
		}
		wantWhy(t, loans.WhyReversed)(c.Reverse(t.Context(), c.an, paid, "nog eens"))
		wantWhy(t, loans.WhyTooMuch)(c.Reverse(t.Context(), c.an, all[0].ID, "deposit that was spent"))

		sheets := must(c.DaySheets(t.Context(), c.chris, "2026-11-23"))(t)
		if len(sheets) != 1 || sheets[0].OrganisationID != c.gemeente {
			t.Fatalf("got %+v, want one sheet of the municipality", sheets)
		}
		cash := must(c.CountCash(t.Context(), c.an, c.gemeente, 3900, "10 cent te weinig"))(t)
		if cash.Expected != 4000 { // 40 in; 10 in and back out
			t.Errorf("got %+v, want 40 euro expected", cash)
		}
		c.whole()
	})
}

// TestDaySheetOfOwner gives each finance director the own organisation's money, and no other.
func TestDaySheetOfOwner(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.lend(c.device("LT-001"), c.borrower("Peeters"))
		d := must(c.AddDevice(t.Context(), c.an, loans.Device{TypeID: c.laptop.ID, Name: "OC-001", OrganisationID: c.ocmw, LocationID: c.library}))(t)
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
		l := c.lend(d, c.borrower("Maes"))
		if got := must(c.DaySheets(t.Context(), c.an, "2026-11-23"))(t); len(got) != 2 {
			t.Errorf("the desk sees %d sheets, want 2", len(got))
		}
		if got := must(c.DaySheets(t.Context(), c.chris, "2026-11-23"))(t); len(got) != 1 || got[0].OrganisationID != c.gemeente || got[0].Lines[0].Cents != 6000 {
			t.Errorf("the municipality's director sees %+v", got)
		}
		if _, _, err := c.Ledger(t.Context(), c.chris, l.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("another organisation's ledger: %v, want ErrDenied", err)
		}
	})
}

func TestMessageAndIBAN(t *testing.T) {
	if got := loans.Message("93000017"); got != "+++009/3000/01706+++" {
		t.Errorf("got %s", got)
	}
	for text, want := range map[string]bool{"BE68 5390 0754 7034": true, "be68539007547034": true, "BE68539007547035": false, "BE6853900754703": false,
		"NL91ABNA0417164300": true, "": false, "BE68 5390 0754 703X": false} {
		if got := loans.GoodIBAN(text); got != want {
			t.Errorf("GoodIBAN(%q) = %v", text, got)
		}
	}
}

// TestGroundStaysInside is the rights test: the desk sees a tariff, never its ground, nor who is a client of the OCMW.
func TestGroundStaysInside(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.ok(c.PutTariff(t.Context(), c.ivo, loans.Tariff{Code: "V", Name: "verminderd", DepositPercent: 50, FeePercent: 0}))
		secret := "budgetbegeleiding-geheim"
		wantWhy(t, loans.WhyClient)(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Client, Family: "Peeters", Phone: "1"}))
		b := must(c.PutBorrower(t.Context(), c.dora, loans.Borrower{Category: loans.Client, Family: "Peeters", Phone: "051 1"}))(t)
		c.ok(c.SetGround(t.Context(), c.dora, b.ID, loans.Ground{Tariff: "V", Ground: secret}))
		for name, by := range map[string]data.Actor{"clerk": c.an, "ICT officer": c.ivo, "finance": c.chris} {
			if err := c.SetGround(t.Context(), by, b.ID, loans.Ground{}); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s sets a ground: %v, want ErrDenied", name, err)
			}
			if _, _, err := c.GroundOf(t.Context(), by, b.ID); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s reads a ground: %v, want ErrDenied", name, err)
			}
		}
		if g, found, err := c.GroundOf(t.Context(), c.dora, b.ID); err != nil || !found || g.Ground != secret {
			t.Errorf("the social worker reads %+v, %v", g, err)
		}
		if got := must(c.TariffOf(t.Context(), c.an, b.ID))(t); got.Code != "V" {
			t.Errorf("the desk sees tariff %+v", got)
		}
		seen := must(c.Borrower(t.Context(), c.an, b.ID))(t)
		if seen.Category != loans.Citizen {
			t.Errorf("the desk sees a %s", seen.Category)
		}
		seen.Phone = "051 2"
		must(c.PutBorrower(t.Context(), c.an, seen))(t)
		if got := must(c.Borrower(t.Context(), c.dora, b.ID))(t); got.Category != loans.Client || got.Phone != "051 2" {
			t.Errorf("after the desk changed a number: %+v, want a client still", got)
		}
		l := c.lend(c.device("LT-001"), b)
		if l.DepositCents != 3000 || l.Category != loans.Citizen {
			t.Errorf("lent as %s for %d, want citizen, 30 euro", l.Category, l.DepositCents)
		}
		c.days(60)
		if got := must(c.Notices(t.Context(), c.an))(t); len(got) != 1 || got[0].Channel == loans.SocialWorker { // the mail before the due day
			t.Errorf("the desk is to remind: %+v", got)
		}
		must(c.Remind(t.Context(), c.an, must(c.Notices(t.Context(), c.an))(t)[0].ID, nil))(t)
		c.days(60)
		if got := must(c.Notices(t.Context(), c.an))(t); len(got) != 0 {
			t.Errorf("the desk sees the social worker's task: %+v", got)
		}
		if got := must(c.Notices(t.Context(), c.dora))(t); len(got) != 1 || got[0].Channel != loans.SocialWorker {
			t.Errorf("the social worker sees %+v, want one task", got)
		}
		if back := must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID}))(t); back.Fine != 0 || back.Blocked != "" || back.Social {
			t.Errorf("the desk hears %+v", back)
		}
		for _, r := range must(c.db.Audit(t.Context(), c.ivo, 1000))(t) {
			for _, v := range r.Detail {
				if strings.Contains(v, secret) || strings.Contains(v, "client") {
					t.Errorf("the audit log tells %s: %v", r.Action, r.Detail)
				}
			}
		}
		c.whole()
	})
}

// TestLadder does each step once, rising, and a return cancels the rest.
func TestLadder(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		d, b := c.device("LT-001"), c.borrower("Peeters")
		l := c.lend(d, b) // due 14/12
		if got := must(c.Notices(t.Context(), c.an))(t); len(got) != 0 {
			t.Errorf("on the first day: %+v", got)
		}
		c.days(40) // 2/1: the first four steps are due
		letters := 0
		put := func(context.Context, *data.Tx, loans.Notice) error { letters++; return nil }
		got := must(c.Notices(t.Context(), c.an))(t)
		if len(got) != 1 || got[0].Step != 0 || got[0].Loan.Borrower != "Zoë Peeters" {
			t.Fatalf("got %+v, want the lowest step", got)
		}
		if done := must(c.Remind(t.Context(), c.an, got[0].ID, put))(t); !done {
			t.Error("not done")
		}
		if done := must(c.Remind(t.Context(), c.bert, got[0].ID, put))(t); done || letters != 1 {
			t.Errorf("done twice: %v, %d letters", done, letters)
		}
		if got := must(c.Notices(t.Context(), c.an))(t); len(got) != 0 {
			t.Errorf("right after a step: %+v, want to wait as long as the ladder says", got)
		}
		for i := range 4 {
			c.days(14)
			got := must(c.Notices(t.Context(), c.an))(t)
			if len(got) != 1 || got[0].Step != int64(i+1) {
				t.Fatalf("step %d: got %+v", i+1, got)
			}
			must(c.Remind(t.Context(), c.an, got[0].ID, put))(t)
			if i == 1 {
				break
			}
		}
		if n := len(must(c.Blocks(t.Context(), c.an, b.ID))(t)); n != 1 {
			t.Errorf("%d blocks after the second letter, want 1", n)
		}
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID}))(t)
		states := ""
		for _, n := range must(c.NoticesOf(t.Context(), c.an, l.ID))(t) {
			states += n.State[:1]
		}
		if states != "dddcc" {
			t.Errorf("got %s, want three done and two cancelled", states)
		}
		wantWhy(t, loans.WhyLadder)(nil, c.SetLadder(t.Context(), c.ivo, []loans.Rung{{Days: 3, Letter: "a", Channel: loans.ByMail}, {Days: 3, Letter: "b", Channel: loans.ByMail}}))
		c.whole()
	})
}

// TestUnlink takes the person away at its term, and keeps the counts.
func TestUnlink(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		b := c.borrower("Peeters")
		d := c.device("LT-001")
		l := c.lend(d, b)
		must(c.Sign(t.Context(), c.an, loans.SignAsk{Contract: l.ContractID, When: loans.AtHandOver, Borrower: b.ID, Name: "Zoë Peeters", Text: "Artikel 1"}))(t)
		refusedBy(t, "[loans.holds_loan loans.holds_deposit]")(nil, c.Erase(t.Context(), c.an, b.ID))
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID}))(t)
		c.days(800)
		if n := must(c.Unlink(t.Context(), c.ivo))(t); n != 0 {
			t.Errorf("%d unlinked while a deposit is held", n)
		}
		must(c.Settle(t.Context(), c.an, l.ID, loans.Transfer, "BE68539007547034"))(t)
		before := must(c.Counts(t.Context(), c.an))(t)
		if n := must(c.Unlink(t.Context(), c.ivo))(t); n != 1 {
			t.Errorf("%d unlinked, want 1", n)
		}
		if n := must(c.Unlink(t.Context(), c.ivo))(t); n != 0 {
			t.Errorf("unlinked %d again", n)
		}
		if got := must(c.Loan(t.Context(), c.an, l.ID))(t); got.Borrower != "" || got.BorrowerID != "" || got.Device != "LT-001" {
			t.Errorf("got %+v, want a loan to nobody", got)
		}
		if n := c.count(`SELECT count(*) FROM loan_ledger WHERE iban <> ''`) + c.count(`SELECT count(*) FROM loan_signatures WHERE name <> ''`); n != 0 {
			t.Errorf("%d rows name somebody still", n)
		}
		if after := must(c.Counts(t.Context(), c.an))(t); len(before) != 1 || after[0] != before[0] {
			t.Errorf("counts were %v, are %v", before, after)
		}
		c.ok(c.Erase(t.Context(), c.an, b.ID))
		if _, err := c.Borrower(t.Context(), c.an, b.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("got %v, want the borrower gone", err)
		}
		c.whole()
	})
}
