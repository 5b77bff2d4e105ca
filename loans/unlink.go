package loans

import (
	"context"
	"fmt"
	"strconv"

	"digibrug/data"
	"digibrug/data/regulation"
	"digibrug/data/staffing"
)

// Unlink takes the person away from what ended long enough ago: loans on which nothing is held or owed, and bookings
// that are over. Counts, devices and money stay. It audits how much it was, and nothing when it was nothing.
func (s *Store) Unlink(ctx context.Context, by data.Actor) (n int, err error) {
	err = s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		days, err := keptDays(ctx, tx)
		if err != nil {
			return err
		}
		before := data.DayText(data.StoredDay(tx.Today()).AddDate(0, 0, -days))
		if n, err = unlink(ctx, tx, "", before); err != nil || n == 0 {
			return err
		}
		return tx.Audit(ctx, by, "loan.unlink", before, "count", strconv.Itoa(n))
	})
	if err != nil {
		return 0, fmt.Errorf("unlink history: %w", err)
	}
	return n, nil
}

// closedContracts are the contracts that ended before a day, of one borrower or with ” of all, on which nothing is
// held or owed. $1 is the borrower, $2 the day.
const closedContracts = `SELECT c.id FROM loan_contracts c WHERE c.borrower_id IS NOT NULL AND c.closed_at IS NOT NULL AND ($1 = '' OR c.borrower_id = $1)
	AND NOT EXISTS (SELECT 1 FROM loans l WHERE l.contract_id = c.id AND (l.ended = '' OR l.ended_on >= $2))
	AND NOT EXISTS (SELECT 1 FROM loans l JOIN loan_ledger g ON g.loan_id = l.id WHERE l.contract_id = c.id GROUP BY l.id
	HAVING sum(CASE g.kind WHEN 'received' THEN g.cents WHEN 'returned' THEN -g.cents WHEN 'withheld' THEN -g.cents ELSE 0 END) <> 0
	OR sum(CASE g.kind WHEN 'charged' THEN g.cents WHEN 'paid' THEN -g.cents WHEN 'waived' THEN -g.cents WHEN 'withheld' THEN -g.cents ELSE 0 END) <> 0)
	ORDER BY c.id`

// unlink takes the borrower away from what ended before a day, of one borrower or with "" of all. n counts contracts
// and bookings.
func unlink(ctx context.Context, tx *data.Tx, who, before string) (n int, err error) {
	contracts, err := data.List(ctx, tx, func(scan func(...any) error) (id string, err error) { return id, scan(&id) }, closedContracts, who, before)
	if err != nil {
		return 0, err
	}
	for _, id := range contracts {
		for _, statement := range []string{
			`UPDATE loans SET borrower_id = NULL, condition = '', back_condition = '', tariff = '', entered_why = '' WHERE contract_id = $1`,
			`UPDATE loan_ledger SET iban = '', note = '' WHERE loan_id IN (SELECT id FROM loans WHERE contract_id = $1)`,
			`DELETE FROM loan_contacts WHERE loan_id IN (SELECT id FROM loans WHERE contract_id = $1)`,
			`UPDATE loan_signatures SET name = '', text = '', salt = '' WHERE contract_id = $1`,
			`DELETE FROM loan_sign_calls WHERE contract_id = $1`,
			`UPDATE loan_contracts SET borrower_id = NULL WHERE id = $1`,
		} {
			if _, err := tx.ExecContext(ctx, statement, id); err != nil {
				return 0, fmt.Errorf("unlink contract %s: %w", id, err)
			}
		}
	}
	res, err := tx.ExecContext(ctx, `UPDATE device_bookings SET borrower_id = NULL WHERE borrower_id IS NOT NULL AND ($1 = '' OR borrower_id = $1) AND to_on < $2
		AND state IN ('fetched', 'cancelled', 'missed')`, who, before)
	if err != nil {
		return 0, fmt.Errorf("unlink bookings: %w", err)
	}
	bookings, err := res.RowsAffected()
	if err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM device_waits WHERE ($1 = '' OR borrower_id = $1) AND to_on < $2 AND state IN ('taken', 'lapsed', 'withdrawn')`, who, before); err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM borrower_blocks WHERE ($1 = '' OR borrower_id = $1) AND until_on < $2`, who, before)
	return len(contracts) + int(bookings), err
}

// Hold is something because of which a borrower can't be erased yet.
type Hold struct {
	Why   data.Why
	Count int64 // devices, bookings, minors, cents
}

// Why somebody can't be erased.
const (
	WhyHoldsLoan     data.Why = "loans.holds_loan"
	WhyHoldsBooking  data.Why = "loans.holds_booking"
	WhyHoldsDeposit  data.Why = "loans.holds_deposit" // Count cents
	WhyHoldsDebt     data.Why = "loans.holds_debt"    // Count cents
	WhyHoldsGuardian data.Why = "loans.holds_guardian"
)

// Holds tells what stands in the way of erasing a borrower; none when nothing does.
func (s *Store) Holds(ctx context.Context, by data.Actor, id string) (all []Hold, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = holdsOf(ctx, q, id)
		return err
	})
	return all, err
}

func holdsOf(ctx context.Context, q data.Query, id string) (all []Hold, err error) {
	if _, err := borrower(ctx, q, id); err != nil {
		return nil, err
	}
	var lent, booked, minors int64
	if err := data.One(ctx, q, []any{&lent, &booked, &minors}, `SELECT (SELECT count(*) FROM loans WHERE borrower_id = $1 AND ended = ''),
		(SELECT count(*) FROM device_bookings WHERE borrower_id = $1 AND state IN `+active+`), (SELECT count(*) FROM borrowers WHERE guardian_id = $1)`, id); err != nil {
		return nil, err
	}
	held, owed, err := moneyOf(ctx, q, id)
	for _, h := range []Hold{{WhyHoldsLoan, lent}, {WhyHoldsBooking, booked}, {WhyHoldsDeposit, held}, {WhyHoldsDebt, owed}, {WhyHoldsGuardian, minors}} {
		if h.Count > 0 {
			all = append(all, h)
		}
	}
	return all, err
}

// Erase forgets a borrower: the history of devices and all counts stay, without the person. It is audited without a
// name. It returns a *RefusedError while something is open, and data.ErrNotFound.
func (s *Store) Erase(ctx context.Context, by data.Actor, id string) error {
	err := s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		all, err := holdsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			e := &RefusedError{}
			for _, h := range all {
				e.All = append(e.All, Refusal{Why: h.Why, Have: h.Count})
			}
			return e
		}
		if _, err := unlink(ctx, tx, id, "9999-12-31"); err != nil {
			return err
		}
		if err := regulation.Forget(ctx, tx, regulation.Subject{Kind: regulation.Borrower, ID: id}); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM device_waits WHERE borrower_id = $1`, `DELETE FROM borrower_blocks WHERE borrower_id = $1`,
			`DELETE FROM borrower_grounds WHERE borrower_id = $1`, `DELETE FROM borrowers WHERE id = $1`,
		} {
			if _, err := tx.ExecContext(ctx, statement, id); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, "borrower.erase", id)
	})
	if err != nil {
		return fmt.Errorf("erase borrower %s: %w", data.Clean(id, 40), err)
	}
	return nil
}

// OpenLoans is the step of who leaves that asks for what was lent.
func OpenLoans() staffing.Step {
	return staffing.Looked(staffing.Leave, "loans", func(ctx context.Context, q data.Query, c staffing.Case) (staffing.Finding, error) {
		names, err := data.List(ctx, q, func(scan func(...any) error) (string, error) {
			var d Device
			err := scan(&d.Name, &d.Number)
			return d.Called(), err
		}, `SELECT d.name, d.number FROM loans l JOIN borrowers b ON b.id = l.borrower_id JOIN devices d ON d.id = l.device_id
			WHERE b.person_id = $1 AND l.ended = '' ORDER BY d.sort_key, d.number`, c.Person.ID)
		switch {
		case err != nil:
			return staffing.Finding{}, err
		case len(names) == 0:
			return staffing.Finding{State: staffing.Done}, nil
		case c.Other: // who goes on working here may keep it
			return staffing.Finding{State: staffing.Never}, nil
		}
		return staffing.Finding{State: staffing.Todo, About: names[0], Count: len(names)}, nil
	})
}
