package loans_test

import (
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/loans"
)

// TestCheckSeesEach breaks the register behind the program's back, and wants each rule to say so.
func TestCheckSeesEach(t *testing.T) {
	for name, broken := range map[string]struct {
		statement string
		rule      int
	}{
		"out without a loan":          {`UPDATE devices SET state = 'loan' WHERE name = 'LT-002'`, 1},
		"a loan of what is in":        {`UPDATE devices SET state = 'ready' WHERE name = 'LT-001'`, 1},
		"returned without a return":   {`UPDATE loans SET ended = 'returned', ended_at = 1, ended_on = '2026-11-23' WHERE ended = ''`, 2},
		"an act that is gone":         {`DELETE FROM loan_acts WHERE kind = 'lend'`, 2},
		"closed with an open line":    {`UPDATE loan_contracts SET closed_at = 1`, 3},
		"a contract of somebody else": {`UPDATE loan_contracts SET borrower_id = NULL`, 3},
		"an event that is gone":       {`DELETE FROM device_events WHERE to_state = 'loan'`, 4},
		"two bookings at once":        {`UPDATE device_bookings SET device_id = (SELECT id FROM devices WHERE name = 'LT-002'), from_on = '2026-12-07', to_on = '2026-12-08'`, 5},
		"late that is on time":        {`UPDATE loans SET late_days = 3 WHERE ended = 'returned'`, 7},
		"no figures":                  {`UPDATE loans SET rules = '{}' WHERE ended = ''`, 8},
		"money from nowhere":          {`UPDATE loan_ledger SET cents = cents - 1 WHERE kind = 'received'`, 9},
		"a ladder that is gone":       {`DELETE FROM loan_notices WHERE state = 'planned'`, 10},
		"a replan of nothing":         {`INSERT INTO loan_replans (id, at, actor, undone_at, undone_by) VALUES ('r', 1, 'an', NULL, '')`, 12},
		"a replan undone by nobody":   {`UPDATE loan_replans SET undone_at = 1`, 12},
		"a move of what isn't there":  {`UPDATE loan_replan_moves SET object_id = 'gone'`, 12},
		"an offer that isn't one":     {`UPDATE device_bookings SET state = 'booked' WHERE state = 'offered'`, 13},
		"an offer to nobody":          {`UPDATE device_waits SET state = 'lapsed' WHERE state = 'offered'`, 13},
		"a reminder after the return": {`UPDATE loan_notices SET state = 'planned' WHERE state = 'cancelled'`, 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t, datatest.SQLite(t)) // the queries run on both engines in every other test
			d, e := c.device("LT-001"), c.device("LT-002")
			l := c.lend(d, c.borrower("Peeters"))
			must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
			c.ready(d.ID)
			c.lend(d, c.borrower("Maes"))
			must(c.book(e, c.borrower("Claes"), "2026-12-07", "2026-12-08"))(t)
			must(c.book(e, c.borrower("Wouters"), "2026-12-14", "2026-12-15"))(t)
			must(c.Wait(t.Context(), c.an, c.laptop.ID, c.borrower("Wouters").ID, "2026-12-10", "2026-12-11"))(t)
			if _, _, n, err := c.Tidy(t.Context(), c.an); err != nil || n != 1 {
				t.Fatalf("%d offered, %v", n, err)
			}
			c.shut("2026-12-15", "2026-12-15")
			must(c.Replan(t.Context(), c.an, must(c.ReplanPreview(t.Context(), c.an))(t).Key, nil))(t)
			c.whole()
			c.ok(c.db.InPlainTx(t.Context(), func(tx *data.Tx) error {
				_, err := tx.ExecContext(t.Context(), broken.statement)
				return err
			}))
			seen := false
			for _, v := range must(c.Check(t.Context(), c.ivo))(t) {
				seen = seen || v.Rule == broken.rule
			}
			if !seen {
				t.Errorf("rule %d did not see it", broken.rule)
			}
		})
	}
}
