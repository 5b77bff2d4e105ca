package loans

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// Account is a loan with its money.
type Account struct {
	Loan
	Entries []Entry // the oldest first
	Balance
	Organisation string // owner of the money
	DeviceState  State
	Checked      bool // the device was looked at since it came back: nothing that is wrong with it can still be found

	device Device // its price and day of purchase
}

// ToCome is what is still to be received of the deposit, in cents.
func (a Account) ToCome() int64 {
	if a.Ended != Open {
		return 0
	}
	return max(0, a.DepositCents-a.Received)
}

// Refundable is what goes back of the deposit once what is owed is kept, in cents; 0 while the device is out.
func (a Account) Refundable() int64 {
	if a.Ended == Open {
		return 0
	}
	return max(0, a.Held-a.Owed)
}

// Account gives a loan with its ledger, for the desk and for the finance director of its owner. It returns
// data.ErrNotFound.
func (s *Store) Account(ctx context.Context, by data.Actor, loan string) (a Account, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleFinance), func(q data.Query) error {
		owners, err := ownersFor(ctx, q, by)
		if err != nil {
			return err
		}
		if err := mayOwner(ctx, q, owners, loan); err != nil {
			return err
		}
		found, err := accounts(ctx, q, ` WHERE l.id = $1`, loan)
		if err != nil {
			return err
		}
		a = found[0]
		a.Loan = a.Loan.shown(holds(ctx, q, by, data.RoleSocial))
		a.Entries, err = data.List(ctx, q, scanEntry, entryColumns+` WHERE e.loan_id = $1 ORDER BY e.at, e.id`, loan)
		return err
	})
	if err != nil {
		return Account{}, fmt.Errorf("account of loan %s: %w", data.Clean(loan, 40), err)
	}
	return a, nil
}

// OpenMoney lists the loans on which money is open, without their entries: a deposit of a loan that has ended, what is
// still to be received of one that has not, what is owed. Deposits that can go back come first, of those the loan that
// ended longest ago. The finance director gets those of the own organisation.
func (s *Store) OpenMoney(ctx context.Context, by data.Actor) (all []Account, err error) {
	return s.accounts(ctx, by, ` WHERE l.ended = '' AND l.deposit_cents > 0 OR l.id IN (SELECT m.loan_id FROM loan_ledger m GROUP BY m.loan_id
		HAVING sum(CASE m.kind WHEN 'received' THEN m.cents WHEN 'returned' THEN -m.cents WHEN 'withheld' THEN -m.cents ELSE 0 END) <> 0
		OR sum(CASE m.kind WHEN 'charged' THEN m.cents WHEN 'paid' THEN -m.cents WHEN 'waived' THEN -m.cents WHEN 'withheld' THEN -m.cents ELSE 0 END) <> 0)`, Account.open)
}

// AccountsOf lists the loans of a borrower that ever had money, the newest first.
func (s *Store) AccountsOf(ctx context.Context, by data.Actor, borrower string) (all []Account, err error) {
	all, err = s.accounts(ctx, by, ` WHERE l.borrower_id = $1 AND (l.deposit_cents > 0 OR EXISTS (SELECT 1 FROM loan_ledger g WHERE g.loan_id = l.id))`,
		func(Account) bool { return true }, borrower)
	slices.SortStableFunc(all, func(a, b Account) int { return b.LentAt.Compare(a.LentAt) })
	return all, err
}

// open tells whether money is open on a loan.
func (a Account) open() bool { return a.Ended != Open && a.Held > 0 || a.Owed > 0 || a.ToCome() > 0 }

func (s *Store) accounts(ctx context.Context, by data.Actor, where string, keep func(Account) bool, args ...any) (all []Account, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleFinance), func(q data.Query) error {
		owners, err := ownersFor(ctx, q, by)
		if err != nil {
			return err
		}
		found, err := accounts(ctx, q, where, args...)
		social := holds(ctx, q, by, data.RoleSocial)
		all = nil
		for _, a := range found {
			if keep(a) && (owners == nil || slices.Contains(owners, a.OrganisationID)) {
				a.Loan = a.Loan.shown(social)
				all = append(all, a)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list open money: %w", err)
	}
	slices.SortStableFunc(all, func(a, b Account) int { return a.turn() - b.turn() })
	return all, nil
}

// turn orders accounts: deposits that can go back, those that wait for a look at the device, debts, the rest.
func (a Account) turn() int {
	switch {
	case a.Ended != Open && a.Held > 0 && a.Checked:
		return 0
	case a.Ended != Open && a.Held > 0:
		return 1
	case a.Owed > 0:
		return 2
	}
	return 3
}

// accounts reads loans that a condition finds, each with its balance, those that ended longest ago first.
func accounts(ctx context.Context, q data.Query, where string, args ...any) ([]Account, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (a Account, err error) {
		a.Loan, err = scanLoan(scan)
		return a, err
	}, loanColumns+where+` ORDER BY l.ended_on, l.due_on, l.id`, args...)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, a := range all {
		at[a.ID] = i
	}
	_, err = data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
		var id, owner, state, bought string
		var price int64
		var looked bool
		var b Balance
		if err = scan(&id, &owner, &state, &bought, &price, &looked, &b.Received, &b.Refunded, &b.Withheld, &b.Charged, &b.Paid, &b.Waived); err != nil {
			return none, err
		}
		if i, known := at[id]; known {
			a := &all[i]
			b.Held = b.Received - b.Refunded - b.Withheld
			b.Owed = b.Charged - b.Paid - b.Waived - b.Withheld
			a.Balance, a.Organisation, a.DeviceState = b, owner, State(state)
			a.device = Device{BoughtOn: bought, PriceCents: price}
			a.Checked = a.Ended != Open && (a.Ended != Brought || looked)
		}
		return none, nil
	}, `SELECT l.id, o.name, d.state, d.bought_on, d.price_cents, EXISTS (SELECT 1 FROM device_events e WHERE e.device_id = l.device_id AND e.from_state = 'check' AND e.at >= l.ended_at),
		coalesce(sum(CASE WHEN g.kind = 'received' THEN g.cents END), 0), coalesce(sum(CASE WHEN g.kind = 'returned' THEN g.cents END), 0),
		coalesce(sum(CASE WHEN g.kind = 'withheld' THEN g.cents END), 0), coalesce(sum(CASE WHEN g.kind = 'charged' THEN g.cents END), 0),
		coalesce(sum(CASE WHEN g.kind = 'paid' THEN g.cents END), 0), coalesce(sum(CASE WHEN g.kind = 'waived' THEN g.cents END), 0)
		FROM loans l JOIN organisations o ON o.id = l.organisation_id JOIN devices d ON d.id = l.device_id LEFT JOIN loan_ledger g ON g.loan_id = l.id`+
		where+` GROUP BY l.id, l.device_id, l.ended_at, o.name, d.state, d.bought_on, d.price_cents`, args...)
	return all, err
}

// WhyMeanwhile says that somebody else entered money on the loan since it was looked at.
const WhyMeanwhile data.Why = "loans.meanwhile"

// Refund is Settle for somebody who looked at the balance first: it returns an *data.Invalid, and writes nothing, when
// the balance is another one meanwhile, so that no deposit is handed back twice.
func (s *Store) Refund(ctx context.Context, by data.Actor, id string, seen Balance, m Method, iban string) (Balance, error) {
	return s.onLedger(ctx, by, id, func(tx *data.Tx, l Loan, b Balance) (bool, error) {
		if err := checkRefund(ctx, tx, m, iban, false); err != nil {
			return false, err
		}
		switch {
		case l.Ended == Open:
			return false, &data.Invalid{Field: "loan", Why: WhyStillOut}
		case b != seen || b.Held == 0:
			return false, &data.Invalid{Field: "refund", Why: WhyMeanwhile}
		}
		return true, settle(ctx, tx, by, l, "", m, iban)
	}, func(tx *data.Tx) error {
		return tx.Audit(ctx, by, "loan.settle", id, "method", string(m))
	})
}
