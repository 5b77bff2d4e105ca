package loans

import (
	"context"
	"fmt"
	"strconv"

	"digibrug/data"
)

// onLedger runs act with a loan and its balance, and audits as action with what was done when it wrote.
func (s *Store) onLedger(ctx context.Context, by data.Actor, id string, act func(*data.Tx, Loan, Balance) (wrote bool, err error), audit func(*data.Tx) error) (b Balance, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		l, err := loan(ctx, tx, id)
		if err != nil {
			return err
		}
		if b, err = balance(ctx, tx, id); err != nil {
			return err
		}
		wrote, err := act(tx, l, b)
		if err != nil || !wrote {
			return err
		}
		if b, err = balance(ctx, tx, id); err != nil {
			return err
		}
		return audit(tx)
	})
	if err != nil {
		return Balance{}, fmt.Errorf("ledger of loan %s: %w", data.Clean(id, 40), err)
	}
	return b, nil
}

func cents(n int64) string { return strconv.FormatInt(n, 10) }

// most returns an *data.Invalid when an amount can't be, or is more than what is open.
func most(amount, open int64) error {
	if err := checkCents(amount); err != nil {
		return err
	}
	if amount > open {
		return &data.Invalid{Field: "amount", Why: WhyTooMuch, Want: cents(open), Got: cents(amount)}
	}
	return nil
}

// Receive books a deposit, or a part of it, that is paid after the device was lent, and audits it. It returns an
// *data.Invalid, also for more than is still to come.
func (s *Store) Receive(ctx context.Context, by data.Actor, id string, amount int64, m Method) (Balance, error) {
	return s.onLedger(ctx, by, id, func(tx *data.Tx, l Loan, b Balance) (bool, error) {
		open := l.DepositCents - b.Received
		if l.Ended != Open {
			open = 0
		}
		if err := most(amount, open); err != nil {
			return false, err
		}
		if err := checkMethod(ctx, tx, "pay", m, false); err != nil {
			return false, err
		}
		return true, enter(ctx, tx, by, l, "", Entry{Kind: Received, What: Deposit, Cents: amount, Method: m})
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "loan.deposit", id, "cents", cents(amount), "method", string(m))
	})
}

// Charge asks money of a borrower for damage, loss or a fee, and audits it. It returns an *data.Invalid.
func (s *Store) Charge(ctx context.Context, by data.Actor, id string, what What, c Charge) (Balance, error) {
	note, err := data.ShortText("note", c.Note, noteLimit)
	if err == nil {
		err = checkCents(c.Cents)
	}
	if err == nil && what != Fee && what != Damage {
		err = &data.Invalid{Field: "what", Why: data.WhyNotOneOf, Want: "fee, damage", Got: data.Clean(string(what), 20)}
	}
	if err != nil {
		return Balance{}, err
	}
	return s.onLedger(ctx, by, id, func(tx *data.Tx, l Loan, _ Balance) (bool, error) {
		return true, enter(ctx, tx, by, l, "", Entry{Kind: Charged, What: what, Cents: c.Cents, Note: note})
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "loan.charge", id, "cents", cents(c.Cents), "kind", string(what))
	})
}

// Pay books that a borrower paid what is owed, or a part of it, and audits it. It returns an *data.Invalid.
func (s *Store) Pay(ctx context.Context, by data.Actor, id string, what What, amount int64, m Method) (Balance, error) {
	return s.onLedger(ctx, by, id, func(tx *data.Tx, l Loan, b Balance) (bool, error) {
		if err := most(amount, b.Owed); err != nil {
			return false, err
		}
		if err := checkMethod(ctx, tx, "pay", m, false); err != nil {
			return false, err
		}
		if what != Fee && what != Fine && what != Damage {
			return false, &data.Invalid{Field: "what", Why: data.WhyNotOneOf, Want: "fee, fine, damage", Got: data.Clean(string(what), 20)}
		}
		return true, enter(ctx, tx, by, l, "", Entry{Kind: Paid, What: what, Cents: amount, Method: m})
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "loan.pay", id, "cents", cents(amount), "method", string(m))
	})
}

// Waive lets a borrower off what is owed, or a part of it, with a reason, and audits it. It returns an *data.Invalid.
func (s *Store) Waive(ctx context.Context, by data.Actor, id string, what What, amount int64, why string) (Balance, error) {
	why, err := data.ShortText("reason", why, noteLimit)
	if err == nil && why == "" {
		err = &data.Invalid{Field: "reason", Why: WhyNoReason}
	}
	if err == nil && what != Fee && what != Fine && what != Damage {
		err = &data.Invalid{Field: "what", Why: data.WhyNotOneOf, Want: "fee, fine, damage", Got: data.Clean(string(what), 20)}
	}
	if err != nil {
		return Balance{}, err
	}
	return s.onLedger(ctx, by, id, func(tx *data.Tx, l Loan, b Balance) (bool, error) {
		if err := most(amount, b.Owed); err != nil {
			return false, err
		}
		return true, enter(ctx, tx, by, l, "", Entry{Kind: Waived, What: what, Cents: amount, Note: why})
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "loan.waive", id, "cents", cents(amount), "reason", why)
	})
}

// Settle gives a deposit back after the device was looked at, less what is owed, and audits it. When nothing is held
// it writes nothing. It returns an *data.Invalid, also while the loan is open.
func (s *Store) Settle(ctx context.Context, by data.Actor, id string, m Method, iban string) (Balance, error) {
	return s.onLedger(ctx, by, id, func(tx *data.Tx, l Loan, b Balance) (bool, error) {
		if err := checkRefund(ctx, tx, m, iban, false); err != nil {
			return false, err
		}
		if l.Ended == Open {
			return false, &data.Invalid{Field: "loan", Why: WhyStillOut}
		}
		if b.Held == 0 {
			return false, nil
		}
		return true, settle(ctx, tx, by, l, "", m, iban)
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "loan.settle", id, "method", string(m))
	})
}

// WhyStillOut says that the device must come back first.
const WhyStillOut data.Why = "loans.still_out"

// Reverse takes an entry back by one of the opposite amount, with a reason, and audits it: nothing in the ledger is
// ever changed. It returns an *data.Invalid for one that was taken back already, or whose going leaves less than
// nothing held or owed.
func (s *Store) Reverse(ctx context.Context, by data.Actor, entry, why string) (b Balance, err error) {
	if why, err = data.ShortText("reason", why, noteLimit); err == nil && why == "" {
		err = &data.Invalid{Field: "reason", Why: WhyNoReason}
	}
	if err != nil {
		return Balance{}, err
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		found, err := data.List(ctx, tx, scanEntry, entryColumns+` WHERE e.id = $1`, entry)
		if err == nil && len(found) == 0 {
			err = data.ErrNotFound
		}
		if err != nil {
			return err
		}
		e := found[0]
		var times int
		if err := data.One(ctx, tx, []any{&times}, `SELECT count(*) FROM loan_ledger WHERE reverses = $1`, entry); err != nil {
			return err
		}
		if times > 0 || e.Reverses != "" {
			return &data.Invalid{Field: "entry", Why: WhyReversed}
		}
		l, err := loan(ctx, tx, e.LoanID)
		if err != nil {
			return err
		}
		e.Cents, e.Reverses, e.Note = -e.Cents, e.ID, why
		if err := enter(ctx, tx, by, l, "", e); err != nil {
			return err
		}
		if b, err = balance(ctx, tx, l.ID); err != nil {
			return err
		}
		if b.Held < 0 || b.Owed < 0 {
			return &data.Invalid{Field: "entry", Why: WhyTooMuch, Want: "0", Got: cents(min(b.Held, b.Owed))}
		}
		return tx.Audit(ctx, by, "loan.reverse", l.ID, "cents", cents(-e.Cents), "reason", why)
	})
	if err != nil {
		return Balance{}, fmt.Errorf("reverse entry %s: %w", data.Clean(entry, 40), err)
	}
	return b, nil
}

// Ledger lists the entries of a loan, the oldest first, and what they come to.
func (s *Store) Ledger(ctx context.Context, by data.Actor, id string) (all []Entry, b Balance, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleFinance), func(q data.Query) error {
		owners, err := ownersFor(ctx, q, by)
		if err != nil {
			return err
		}
		if err := mayOwner(ctx, q, owners, id); err != nil {
			return err
		}
		if all, err = data.List(ctx, q, scanEntry, entryColumns+` WHERE e.loan_id = $1 ORDER BY e.at, e.id`, id); err != nil {
			return err
		}
		b, err = balance(ctx, q, id)
		return err
	})
	return all, b, err
}
