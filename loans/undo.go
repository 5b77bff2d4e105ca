package loans

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

// UndoFor is for how long the one who did something can undo it.
const UndoFor = 60 * time.Second

// What stands in the way of an undo.
const (
	WhyUndoLate  data.Why = "loans.undo_late"  // longer ago than that
	WhyUndoOther data.Why = "loans.undo_other" // somebody else did it, or something was done after it
)

// act is what was done to a loan.
type act struct {
	id, kind, actor, account string
	at                       time.Time
	before                   actBefore
	undone                   bool
}

// Undo undoes the last thing that the actor did to a loan, within a minute, by reversing events: the device, the
// contract, the booking, the blocks, the reminders and the money are as before. It is audited. kind is what was undone:
// lend, renew or return. It returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) Undo(ctx context.Context, by data.Actor, id string) (kind string, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		kind, err = undo(ctx, tx, by, id)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("undo at loan %s: %w", data.Clean(id, 40), err)
	}
	return kind, nil
}

func undo(ctx context.Context, tx *data.Tx, by data.Actor, id string) (string, error) {
	l, err := loan(ctx, tx, id)
	if err != nil {
		return "", err
	}
	last, err := lastAct(ctx, tx, id)
	if err != nil {
		return "", err
	}
	d, err := device(ctx, tx, l.DeviceID)
	if err != nil {
		return "", err
	}
	after := map[string]State{"lend": OnLoan, "renew": OnLoan, "return": ToCheck}[last.kind]
	switch {
	case last.undone || after == "" || last.account != by.AccountID || last.actor != actor(by) || d.State != after:
		return "", &data.Invalid{Field: "undo", Why: WhyUndoOther}
	case tx.Now().Sub(last.at) > UndoFor:
		return "", &data.Invalid{Field: "undo", Why: WhyUndoLate, Want: "60"}
	}
	newest, err := loanWhere(ctx, tx, `l.device_id = $1 ORDER BY l.lent_at DESC, l.id DESC LIMIT 1`, d.ID)
	if err != nil {
		return "", err
	}
	if last.kind == "return" && newest.ID != l.ID && newest.Ended == Open {
		return "", &data.Invalid{Field: "undo", Why: WhyUndoOther}
	}
	var since int
	if err := data.One(ctx, tx, []any{&since}, `SELECT count(*) FROM loan_ledger e WHERE e.loan_id = $1 AND e.act_id <> $2 AND e.id > $2 AND e.reverses IS NULL
		AND NOT EXISTS (SELECT 1 FROM loan_ledger r WHERE r.reverses = e.id)`, l.ID, last.id); err != nil {
		return "", err
	}
	if since > 0 { // money that changed hands after it would hang in the air; ids sort by the moment they were made
		return "", &data.Invalid{Field: "undo", Why: WhyUndoOther}
	}
	reverse, err := addAct(ctx, tx, by, l.ID, "undo", tx.Now(), actBefore{}, last.id)
	if err != nil {
		return "", err
	}
	if err := reverseAct(ctx, tx, by, l, last.id, reverse); err != nil {
		return "", err
	}
	switch last.kind {
	case "lend":
		err = undoLend(ctx, tx, by, l, d, last, reverse)
	case "renew":
		err = undoRenew(ctx, tx, l, last)
	case "return":
		err = undoReturn(ctx, tx, by, l, d, last)
	}
	if err != nil {
		return "", err
	}
	return last.kind, tx.Audit(ctx, by, "loan.undo", l.ID, "number", string(l.DeviceNumber), "name", l.Device, "kind", last.kind)
}

// lastAct is the newest act at a loan that no undo took back.
func lastAct(ctx context.Context, q data.Query, loan string) (act, error) {
	found, err := data.List(ctx, q, func(scan func(...any) error) (a act, err error) {
		var at int64
		var before string
		if err = scan(&a.id, &a.kind, &a.actor, &a.account, &at, &before); err == nil {
			a.at, err = data.Milli(at), data.Unpack(before, &a.before)
		}
		return a, err
	}, `SELECT a.id, a.kind, a.actor, a.account_id, a.at, a.before FROM loan_acts a WHERE a.loan_id = $1 AND a.kind <> 'undo'
		AND NOT EXISTS (SELECT 1 FROM loan_acts u WHERE u.reverses = a.id) ORDER BY a.at DESC, a.id DESC LIMIT 1`, loan)
	if err != nil || len(found) == 0 {
		return act{undone: true}, err
	}
	return found[0], nil
}

func undoLend(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, d Device, a act, reverse string) error {
	l.Ended, l.EndedAt, l.EndedOn, l.EndedBy = WasAMistake, tx.Now(), tx.Today(), actor(by)
	if err := endLoan(ctx, tx, l); err != nil {
		return err
	}
	if err := setState(ctx, tx, by, d, a.before.State, Proof{Note: "undo"}); err != nil {
		return err
	}
	if a.before.Booking != "" {
		if err := fetchBooking(ctx, tx, a.before.Booking, Fetched, BookingState(a.before.BookingState)); err != nil {
			return err
		}
	}
	if err := cancelNotices(ctx, tx, l.ID, reverse); err != nil {
		return err
	}
	_, err := closeIfDone(ctx, tx, l.ContractID)
	return err
}

func undoRenew(ctx context.Context, tx *data.Tx, l Loan, a act) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM loan_notices WHERE loan_id = $1 AND round = $2 AND state <> 'done'`, l.ID, l.Renewals); err != nil {
		return err
	}
	if err := planAgain(ctx, tx, a.id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE loans SET due_on = $1, due_at = $2, renewals = $3, shifts = $4 WHERE id = $5`, a.before.DueOn, a.before.DueAt, a.before.Renewals, data.Pack(a.before.Shifts), l.ID)
	return err
}

func undoReturn(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, d Device, a act) error {
	if err := data.OneRow(tx.ExecContext(ctx, `UPDATE loans SET ended = '', ended_at = NULL, ended_on = '', ended_by = '', missing = '', back_condition = '', late_days = 0
		WHERE id = $1 AND ended = 'returned'`, l.ID)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE loan_contracts SET closed_at = NULL WHERE id = $1`, l.ContractID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE borrower_blocks SET lifted_at = $1 WHERE act_id = $2`, tx.Now().UnixMilli(), a.id); err != nil {
		return err
	}
	if err := planAgain(ctx, tx, a.id); err != nil {
		return err
	}
	return setState(ctx, tx, by, d, OnLoan, Proof{Note: "undo"})
}
