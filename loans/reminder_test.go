package loans_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/loans"
)

func TestBundles(t *testing.T) {
	step := func(id string, step int64, c loans.Channel, to loans.Borrower) loans.Reminder {
		return loans.Reminder{Notice: loans.Notice{ID: id, Step: step, Channel: c}, To: to}
	}
	an := loans.Borrower{ID: "an", Household: "Kerkstraat 1", Phone: "1", Mail: "an@x.be"}
	ben := loans.Borrower{ID: "ben", Household: "kerkstraat 1", Phone: "2"}
	cas := loans.Borrower{ID: "cas", Phone: "3"}
	none := loans.Borrower{ID: "none"}
	got := ""
	for _, b := range loans.Bundles([]loans.Reminder{step("1", 2, loans.ByLetter, an), step("2", 3, loans.ByLetter, ben), step("3", 2, loans.ByLetter, cas),
		step("4", 0, loans.ByMail, an), step("5", 0, loans.ByMail, ben), step("6", 1, loans.ByCall, cas), step("7", 1, loans.ByCall, none),
		step("8", 4, loans.Registered, an), step("9", 1, loans.SocialWorker, an), step("10", 0, loans.ByText, none), step("11", 0, loans.ByMail, an)}) {
		got += fmt.Sprintf("%s to %s %v step %d; ", b.Channel, b.To.ID, b.IDs(), b.Step())
	}
	want := "letter to ben [1 2] step 3; letter to cas [3] step 2; mail to an [4 11] step 0; letter to none [7 10] step 1; registered to an [8] step 4; "
	if got != want { // 5 has no mail address: it is a call, as 6
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestReminders names who is to hear of it, with what was tried, and does several steps with one paper.
func TestReminders(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		parent := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Citizen, Given: "An", Family: "Maes", Phone: "051 11 11 11"}))(t)
		child := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Minor, Given: "Lou", Family: "Maes", BirthMonth: "2012-01", GuardianID: parent.ID}))(t)
		first, second := c.lend(c.device("LT-001"), child), c.lend(c.device("LT-002"), c.borrower("Peeters"))
		c.days(18) // three days before they are due
		all := must(c.Reminders(t.Context(), c.an))(t)
		if len(all) != 2 || all[0].Who.ID != child.ID && all[1].Who.ID != child.ID {
			t.Fatalf("got %+v", all)
		}
		of := map[string]loans.Reminder{all[0].LoanID: all[0], all[1].LoanID: all[1]}
		if r := of[first.ID]; r.To.ID != parent.ID || r.By() != loans.ByCall { // no mail address: a call
			t.Errorf("got %+v", r)
		}
		if done := must(c.Call(t.Context(), c.an, of[first.ID].ID, false, "nam niet op"))(t); !done {
			t.Error("the call was not written down")
		}
		if got := must(c.Reminders(t.Context(), c.an))(t); len(got) != 2 || len(got[0].Tries)+len(got[1].Tries) != 1 {
			t.Errorf("got %+v, want both still, one try", got)
		}
		papers := 0
		put := func(_ context.Context, _ *data.Tx, done []loans.Notice) error { papers += len(done); return nil }
		ids := []string{of[first.ID].ID, of[second.ID].ID}
		broken := errors.New("no paper")
		if _, err := c.RemindAll(t.Context(), c.an, ids, func(context.Context, *data.Tx, []loans.Notice) error { return broken }); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		if done := must(c.RemindAll(t.Context(), c.an, ids, put))(t); len(done) != 2 || papers != 2 || done[0].Loan.Device != "LT-001" {
			t.Errorf("done %+v, %d on paper", done, papers)
		}
		if done := must(c.RemindAll(t.Context(), c.bert, ids, put))(t); len(done) != 0 || papers != 2 {
			t.Errorf("done again: %+v, %d on paper", done, papers)
		}
		if done := must(c.Call(t.Context(), c.bert, ids[0], true, ""))(t); done {
			t.Error("a call for a step that was done counts")
		}
		c.days(8) // called on the third day after
		all = must(c.Reminders(t.Context(), c.an))(t)
		if len(all) != 2 || all[0].Step != 1 || all[0].Late(c.db.Today()) != 5 {
			t.Fatalf("got %+v", all)
		}
		must(c.Call(t.Context(), c.an, all[0].ID, true, "brengt het morgen"))(t)
		c.ok(c.RemindExtra(t.Context(), c.an, all[0].LoanID, loans.ByText, "nog eens", nil))
		wantWhy(t, data.WhyNotOneOf)(nil, c.RemindExtra(t.Context(), c.an, all[0].LoanID, "pigeon", "", nil))
		wantWhy(t, data.WhyNationalNumber)(nil, c.RemindExtra(t.Context(), c.an, all[0].LoanID, loans.ByText, "85.07.30-033.28", nil))
		text := ""
		for _, one := range must(c.ToldOf(t.Context(), c.an, all[0].LoanID))(t) {
			text += fmt.Sprintf("%d %s %s %s; ", one.Step, one.Channel, one.State, one.Outcome)
		}
		text = strings.Replace(text, "-1 call done no_answer; ", "", 1) // of the first loan
		if want := "0 mail done ; 1 call done ; -1 call done reached; -1 text done added; 2 letter planned ; 3 letter planned ; 4 registered planned ; "; text != want {
			t.Errorf("got  %s\nwant %s", text, want)
		}
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: first.ID, Refund: loans.Bancontact}))(t)
		wantWhy(t, loans.WhyIsBack)(nil, c.RemindExtra(t.Context(), c.an, first.ID, loans.ByText, "", nil))
		c.days(800)
		must(c.Unlink(t.Context(), c.ivo))(t)
		if n := c.count(`SELECT count(*) FROM loan_contacts WHERE loan_id = $1`, first.ID); n != 0 {
			t.Errorf("%d notes about somebody stay", n)
		}
		c.whole()
	})
}

// TestTaskOfSocialWorker keeps what is done for a client of the OCMW from the desk.
func TestTaskOfSocialWorker(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		b := must(c.PutBorrower(t.Context(), c.dora, loans.Borrower{Category: loans.Client, Family: "Peeters", Phone: "051 1"}))(t)
		l := c.lend(c.device("LT-001"), b)
		c.days(60)
		must(c.Call(t.Context(), c.an, must(c.Reminders(t.Context(), c.an))(t)[0].ID, true, ""))(t) // the one before the due day
		c.days(60)
		if got := must(c.Reminders(t.Context(), c.an))(t); len(got) != 0 {
			t.Errorf("the desk sees %+v", got)
		}
		got := must(c.Reminders(t.Context(), c.dora))(t)
		if len(got) != 1 || got[0].Who.Category != loans.Client || got[0].By() != loans.SocialWorker || len(loans.Bundles(got)) != 0 {
			t.Fatalf("the social worker sees %+v", got)
		}
		for name, do := range map[string]func() error{
			"a call":    func() error { _, err := c.Call(t.Context(), c.an, got[0].ID, false, ""); return err },
			"the step":  func() error { _, err := c.Call(t.Context(), c.an, got[0].ID, true, ""); return err },
			"the paper": func() error { _, err := c.RemindAll(t.Context(), c.an, []string{got[0].ID}, nil); return err },
		} {
			if err := do(); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s by the desk: %v, want ErrDenied", name, err)
			}
		}
		must(c.Call(t.Context(), c.dora, got[0].ID, false, "niet thuis"))(t)
		must(c.Call(t.Context(), c.dora, got[0].ID, true, "huisbezoek"))(t)
		if told := must(c.ToldOf(t.Context(), c.an, l.ID))(t); len(told) != 2 { // what it did itself
			t.Errorf("the desk reads %+v", told)
		}
		if told := must(c.ToldOf(t.Context(), c.dora, l.ID))(t); len(told) != 6 {
			t.Errorf("the social worker reads %+v", told)
		}
		if _, err := c.Reminders(t.Context(), c.chris); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the finance director: %v, want ErrDenied", err)
		}
		c.whole()
	})
}
