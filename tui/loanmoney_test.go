package tui

import (
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/papers"
)

// TestPapersOfLending sends every paper of lending to the printer, where there is one, and what is for the books not.
func TestPapersOfLending(t *testing.T) {
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	leaves := func(way outbox.Channel, err error) {
		t.Helper()
		if ok(err); way != outbox.Print {
			t.Errorf("it is said to leave by %q", way)
		}
	}
	ok(town.Accounts.Grant(t.Context(), datatest.Operator, "an.peeters", data.RoleClerk, "2020-01-01", ""))
	an := town.Actor("an.peeters")
	h := House{DB: town.DB, Settings: data.NewSettings(town.DB), Calendar: calendar.NewStore(town.DB), Outbox: outbox.NewStore(town.DB), Loans: loans.NewStore(town.DB),
		Channels: []outbox.Channel{outbox.Fetch, outbox.Print}}
	owner := town.Services["Burgerzaken"].OrganisationID
	var week calendar.Week
	for d := time.Sunday; d <= time.Saturday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	at, err := h.Calendar.AddLocation(t.Context(), datatest.Operator, owner, "Bibliotheek", calendar.Calendar{Week: week})
	ok(err)
	kind, err := h.Loans.PutType(t.Context(), town.Actor("ivo.ict"), loans.Type{Name: "laptop"})
	ok(err)
	d, err := h.Loans.AddDevice(t.Context(), an, loans.Device{TypeID: kind.ID, Name: "LT-001", OrganisationID: owner, LocationID: at.ID})
	ok(err)
	ok(h.Loans.Move(t.Context(), an, d.ID, loans.Ready, loans.Proof{Tested: true}))
	who, err := h.Loans.PutBorrower(t.Context(), an, loans.Borrower{Category: loans.Citizen, Family: "Maes", Phone: "051 1"})
	ok(err)
	k, err := h.Loans.Book(t.Context(), an, loans.BookAsk{Device: d.ID, Borrower: who.ID, From: town.DB.Today(), To: "2026-12-04"})
	ok(err)
	ok(h.bookingDesk().Print(t.Context(), an, k))
	ok(h.bookingDesk().Label(t.Context(), an, k))
	_, err = h.borrowerDesk().Card(t.Context(), an, who.Number)
	ok(err)
	l, err := h.Loans.Lend(t.Context(), an, loans.LendAsk{Device: d.ID, Borrower: who.ID, Pay: loans.Bancontact})
	ok(err)
	leaves(h.loanDesk().Print(t.Context(), an, l.ContractID, loans.AtHandOver))
	_, err = h.Loans.Return(t.Context(), an, loans.ReturnAsk{Loan: l.ID})
	ok(err)
	leaves(h.loanDesk().Print(t.Context(), an, l.ContractID, loans.AtReturn))
	leaves(h.loanDesk().Blank(t.Context(), an))
	a, err := h.Loans.Account(t.Context(), an, l.ID)
	ok(err)
	ok(h.tillDesk().Receipt(t.Context(), an, l.ID, a.Entries[0].ID))
	ok(h.tillDesk().Sheet(t.Context(), an, town.DB.Today(), papers.FormatPDF))
	ok(h.tillDesk().Sheet(t.Context(), an, town.DB.Today(), papers.FormatCSV))
	all, err := h.Outbox.Mine(t.Context(), an)
	ok(err)
	got := map[string]outbox.Channel{}
	for _, p := range all {
		name, _, _ := strings.Cut(p.Name, "-")
		got[name] = p.Channel
	}
	for name, want := range map[string]outbox.Channel{"reservatie": outbox.Print, "contract": outbox.Print, "etiketten": outbox.Print, "ontvangst": outbox.Print, "noodblad": outbox.Print,
		"kwijting": outbox.Print, "dagblad": outbox.Print, "loan": outbox.Fetch} {
		if got[name] != want {
			t.Errorf("%s leaves by %q, want %q", name, got[name], want)
		}
	}
	if len(all) != 9 {
		t.Errorf("%d papers, want 9: %v", len(all), got)
	}
	h.Channels = nil
	way, err := h.loanDesk().Blank(t.Context(), an)
	if ok(err); way != outbox.Fetch {
		t.Errorf("without channels it is said to leave by %q", way)
	}
	if all, err = h.Outbox.Mine(t.Context(), an); err != nil || len(all) != 10 {
		t.Errorf("without channels there are %d papers, %v", len(all), err)
	}
}
