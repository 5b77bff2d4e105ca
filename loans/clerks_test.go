package loans_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/loans"
)

// handOver is what a clerk in a process of its own is told to do.
type handOver struct {
	By               data.Actor
	Device, Borrower string
}

// outcome is what came of it.
type outcome struct {
	Lent  bool   // done
	By    string // or who was first
	At    time.Time
	Other string // any other error
}

// clerkAt lends what a process is told to.
func clerkAt(db *data.DB) func(context.Context, handOver) outcome {
	s := loans.NewStore(db)
	return func(ctx context.Context, h handOver) outcome {
		_, err := s.Lend(ctx, h.By, loans.LendAsk{Device: h.Device, Borrower: h.Borrower, Pay: loans.Bancontact})
		var lent *loans.LentError
		o := outcome{Lent: err == nil}
		if errors.As(err, &lent) {
			o.By, o.At = lent.By, lent.At
		} else if err != nil {
			o.Other = err.Error()
		}
		return o
	}
}

// TestT23TwoProcesses: two programs on one database lend the same device at the same instant, a hundred times. There is
// one success, one who hears who was first and at what hour, one loan, one deposit and one audit row.
func TestT23TwoProcesses(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		c := newCounter(t, url)
		clerk := func() datatest.Worker[handOver, outcome] { return datatest.StartWorker[handOver, outcome](t, url) }
		clerks, who, names := []datatest.Worker[handOver, outcome]{clerk(), clerk()}, []data.Actor{c.an, c.bert}, []string{"An Peeters", "Bert Maes"}
		won := map[string]int{}
		for range 100 {
			d, people := c.device(""), []loans.Borrower{c.borrower("Peeters"), c.borrower("Maes")}
			audited := must(c.db.VerifyAudit(t.Context()))(t)
			at := time.Now().Add(2 * time.Millisecond)
			for i, clerk := range clerks {
				clerk.Tell(at, handOver{By: who[i], Device: d.ID, Borrower: people[i].ID})
			}
			got := make([]outcome, 2)
			for i, clerk := range clerks {
				got[i] = clerk.Hear()
			}
			first := 0
			if !got[0].Lent {
				first = 1
			}
			if lost := got[1-first]; !got[first].Lent || lost.Lent || lost.Other != "" || lost.By != names[first] || !lost.At.Equal(datatest.Noon) {
				t.Fatalf("got %+v, want one success, and one who hears of %s at noon", got, names[first])
			}
			won[names[first]]++
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
		t.Logf("first: %v", won)
		c.whole()
	})
}
