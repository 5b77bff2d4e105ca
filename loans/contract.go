package loans

import (
	"context"
	"errors"
	"fmt"

	"digibrug/data"
)

// Contract is what one borrower got at one time, as a paper of it needs it.
type Contract struct {
	ID       string
	Number   Number
	Borrower Borrower // zero once the history was unlinked
	Guardian *Borrower
	Lines    []ContractLine // at least one, in the order in which they were lent
	Receipts []Receipt
	Version  Version // of the regulation; a zero From: the model
	KeepDays int     // for how many days after a return a loan stays with the name
}

// ContractLine is one device of a contract.
type ContractLine struct {
	Account
	Type     string // name
	Serial   string
	Location string // where it is brought back
}

// Contract gives a contract with its lines, money and signatures. It returns data.ErrNotFound.
func (s *Store) Contract(ctx context.Context, by data.Actor, id string) (c Contract, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		c = Contract{ID: id}
		if err := c.read(ctx, q); err != nil {
			return err
		}
		social := holds(ctx, q, by, data.RoleSocial)
		c.Borrower = c.Borrower.shown(social)
		if c.Guardian != nil {
			*c.Guardian = c.Guardian.shown(social)
		}
		for i := range c.Lines {
			c.Lines[i].Loan = c.Lines[i].Loan.shown(social)
		}
		return nil
	})
	if err != nil {
		return Contract{}, fmt.Errorf("contract %s: %w", data.Clean(id, 40), err)
	}
	return c, nil
}

// ContractNumbered gives the id of the contract with a number, whether its devices are out or back. It returns
// data.ErrNotFound.
func (s *Store) ContractNumbered(ctx context.Context, by data.Actor, n Number) (id string, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		return data.One(ctx, q, []any{&id}, `SELECT id FROM loan_contracts WHERE number = $1`, string(n))
	})
	if err != nil {
		return "", fmt.Errorf("contract %s: %w", n, err)
	}
	return id, nil
}

func (c *Contract) read(ctx context.Context, q data.Query) error {
	all, err := accounts(ctx, q, ` WHERE l.contract_id = $1 AND l.ended <> 'undone'`, c.ID)
	if err == nil && len(all) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return err
	}
	first := all[0]
	c.Number = first.Contract
	if err := errors.Join(c.lines(ctx, q, all), c.people(ctx, q, first.BorrowerID)); err != nil {
		return err
	}
	versions, err := versions(ctx, q)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.ID == first.Regulation {
			c.Version = v
		}
	}
	signed, err := data.List(ctx, q, scanSignature, signatureColumns+` WHERE contract_id = $1 ORDER BY seq`, c.ID)
	for _, r := range signed {
		c.Receipts = append(c.Receipts, r.Receipt)
	}
	if err != nil {
		return err
	}
	c.KeepDays, err = keptDays(ctx, q)
	return err
}

// lines adds to each loan what its device is, in the order of lending.
func (c *Contract) lines(ctx context.Context, q data.Query, all []Account) error {
	byLoan := map[string]Account{}
	for _, a := range all {
		byLoan[a.ID] = a
	}
	_, err := data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
		var id string
		var one ContractLine
		if err = scan(&id, &one.Type, &one.Serial, &one.Location); err == nil {
			one.Account = byLoan[id]
			c.Lines = append(c.Lines, one)
		}
		return none, err
	}, `SELECT l.id, t.name, d.serial, p.name FROM loans l JOIN devices d ON d.id = l.device_id JOIN device_types t ON t.id = l.type_id
		JOIN locations p ON p.id = l.location_id WHERE l.contract_id = $1 AND l.ended <> 'undone' ORDER BY l.lent_at, d.number`, c.ID)
	return err
}

func (c *Contract) people(ctx context.Context, q data.Query, id string) (err error) {
	if id == "" {
		return nil
	}
	if c.Borrower, err = borrower(ctx, q, id); err != nil || c.Borrower.GuardianID == "" {
		return err
	}
	g, err := borrower(ctx, q, c.Borrower.GuardianID)
	c.Guardian = &g
	return err
}
