package loans

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// BookLine is an entry of the ledger as the books want it.
type BookLine struct {
	Entry
	On           string // YYYY-MM-DD: whose day sheet it is on
	Organisation string // owner of the money
	Contract     Number
	Device       Number
}

// Books lists the entries of the ledger from one day to another, both included, by owner and moment. The finance
// director gets those of the own organisation.
func (s *Store) Books(ctx context.Context, by data.Actor, from, until string) (all []BookLine, err error) {
	if err := checkDays(from, until); err != nil {
		return nil, err
	}
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleFinance), func(q data.Query) error {
		owners, err := ownersFor(ctx, q, by)
		if err != nil {
			return err
		}
		type row struct {
			BookLine
			owner string
		}
		rows, err := data.List(ctx, q, func(scan func(...any) error) (r row, err error) {
			r.Entry, err = scanEntry(func(into ...any) error {
				return scan(append(into, &r.On, &r.owner, &r.Organisation, &r.Contract, &r.Device)...)
			})
			return r, err
		}, `SELECT e.id, e.loan_id, e.at, e.kind, e.what, e.cents, e.method, e.iban, e.note, e.actor, e.reverses, e.on_day, o.id, o.name, c.number, d.number
			FROM loan_ledger e JOIN organisations o ON o.id = e.organisation_id JOIN loans l ON l.id = e.loan_id JOIN loan_contracts c ON c.id = l.contract_id
			JOIN devices d ON d.id = l.device_id WHERE e.on_day >= $1 AND e.on_day <= $2 ORDER BY o.sort_key, o.id, e.at, e.id`, from, until)
		all = nil
		for _, r := range rows {
			if owners == nil || slices.Contains(owners, r.owner) {
				all = append(all, r.BookLine)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("books from %s to %s: %w", data.Clean(from, 20), data.Clean(until, 20), err)
	}
	return all, nil
}

// OpenPeople gives who has something now, and the guardians of those who do, by id.
func (s *Store) OpenPeople(ctx context.Context, by data.Actor) (all map[string]Borrower, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		found, err := data.List(ctx, q, scanBorrower, borrowerColumns+` WHERE b.id IN (SELECT l.borrower_id FROM loans l WHERE l.ended = '')
			OR b.id IN (SELECT m.guardian_id FROM borrowers m JOIN loans l ON l.borrower_id = m.id WHERE l.ended = '') ORDER BY b.id`)
		social := holds(ctx, q, by, data.RoleSocial)
		all = map[string]Borrower{}
		for _, b := range found {
			all[b.ID] = b.shown(social)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list who has something: %w", err)
	}
	return all, nil
}

// Use is what became of a device so far.
type Use struct {
	Device
	Loans     int64 // that were not undone
	Late      int64 // of those that have ended
	LastOn    string
	CostCents int64 // of its upkeep
}

// Uses gives what became of each device, in the order of Devices.
func (s *Store) Uses(ctx context.Context, by data.Actor) (all []Use, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		devices, err := data.List(ctx, q, scanDevice, deviceColumns+` ORDER BY d.sort_key, d.number`)
		if err != nil {
			return err
		}
		all = make([]Use, len(devices))
		at := map[string]int{}
		for i, d := range devices {
			all[i].Device, at[d.ID] = d, i
		}
		if _, err := data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
			var id string
			var u Use
			if err = scan(&id, &u.Loans, &u.Late, &u.LastOn); err == nil {
				one := &all[at[id]]
				one.Loans, one.Late, one.LastOn = u.Loans, u.Late, u.LastOn
			}
			return none, err
		}, `SELECT device_id, count(*), sum(CASE WHEN late_days > 0 THEN 1 ELSE 0 END), max(lent_on) FROM loans WHERE ended <> 'undone' GROUP BY device_id`); err != nil {
			return err
		}
		_, err = data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
			var id string
			var cents int64
			if err = scan(&id, &cents); err == nil {
				all[at[id]].CostCents = cents
			}
			return none, err
		}, `SELECT device_id, sum(cents) FROM device_costs GROUP BY device_id`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list what became of devices: %w", err)
	}
	return all, nil
}
