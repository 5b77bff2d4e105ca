package loans_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/loans"
)

// envClerk makes this test's program a clerk at the database that it names.
const envClerk = "DIGIBRUG_TEST_CLERK"

// handOver is what a clerk is told to do, as a line of JSON; At is the wall clock's instant, Unix nanoseconds.
type handOver struct {
	By               data.Actor
	Device, Borrower string
	At               int64
}

// outcome is what came of it.
type outcome struct {
	Lent  bool   // done
	By    string // or who was first
	At    time.Time
	Other string // any other error
}

// clerkAt lends what the lines on its input say until they end. It gives the exit code.
func clerkAt(url string) int {
	ctx := context.Background()
	db, err := data.Open(ctx, url, data.WithClock(datatest.Still), data.WithLog(slog.New(slog.DiscardHandler)))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s, in, out := loans.NewStore(db), json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var h handOver
		if err := in.Decode(&h); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		for time.Now().UnixNano() < h.At { // both wait for the same instant, without sleeping past it
		}
		_, err := s.Lend(ctx, h.By, loans.LendAsk{Device: h.Device, Borrower: h.Borrower, Pay: loans.Bancontact})
		var lent *loans.LentError
		o := outcome{Lent: err == nil}
		if errors.As(err, &lent) {
			o.By, o.At = lent.By, lent.At
		} else if err != nil {
			o.Other = err.Error()
		}
		if err := out.Encode(o); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	if err := db.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// clerkProcess is a clerk in a process of its own.
type clerkProcess struct {
	tell *json.Encoder
	hear *json.Decoder
}

func startClerk(t *testing.T, url string) clerkProcess {
	t.Helper()
	program := must(os.Executable())(t)
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env, cmd.Stderr = append(os.Environ(), envClerk+"="+url), os.Stderr
	in, out := must(cmd.StdinPipe())(t), must(cmd.StdoutPipe())(t)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil && t.Context().Err() == nil {
			t.Errorf("a clerk's process: %v", err)
		}
	})
	return clerkProcess{json.NewEncoder(in), json.NewDecoder(bufio.NewReader(out))}
}

// TestT23TwoProcesses: two programs on one database lend the same device at the same instant, a hundred times. There is
// one success, one who hears who was first and at what hour, one loan, one deposit and one audit row.
func TestT23TwoProcesses(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		c := newCounter(t, url)
		clerks, who, names := []clerkProcess{startClerk(t, url), startClerk(t, url)}, []data.Actor{c.an, c.bert}, []string{"An Peeters", "Bert Maes"}
		won := map[string]int{}
		for range 100 {
			d, people := c.device(""), []loans.Borrower{c.borrower("Peeters"), c.borrower("Maes")}
			audited := must(c.db.VerifyAudit(t.Context()))(t)
			at := time.Now().Add(2 * time.Millisecond).UnixNano()
			for i, clerk := range clerks {
				c.ok(clerk.tell.Encode(handOver{By: who[i], Device: d.ID, Borrower: people[i].ID, At: at}))
			}
			got := make([]outcome, 2)
			for i, clerk := range clerks {
				c.ok(clerk.hear.Decode(&got[i]))
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
