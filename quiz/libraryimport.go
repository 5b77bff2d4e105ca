package quiz

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// ImportAsk says how a bank is imported.
type ImportAsk struct {
	DryRun bool // only say what would be done
}

// Import puts a bank in the database, or brings the one that is there up to date, and audits it: items that are new become
// drafts, those with another text get a new version as a draft, and others stay as they are, also those of the bank that b
// doesn't have. Versions and states of b are not taken over. It is all or nothing. The ICT officer and recruiters may. Its
// error wraps Problems, with fields as Bank.Check names them, for a bank that is not right or has ids of shipped items.
func (l *Library) Import(ctx context.Context, by data.Actor, b Bank, ask ImportAsk) (plan ImportPlan, err error) {
	b.Items = slices.Clone(b.Items)
	for i := range b.Items {
		b.Items[i].Version, b.Items[i].Status = 1, StatusDraft
	}
	if err := b.Check(); err != nil {
		return ImportPlan{}, fmt.Errorf("import bank %s: %w", data.Clean(b.ID, MaxCode), err)
	}
	if ask.DryRun {
		err = l.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
			plan, _, err = l.planned(ctx, q, b)
			return err
		})
	} else {
		err = l.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
			var head *Bank
			if plan, head, err = l.planned(ctx, tx, b); err != nil {
				return err
			}
			return carryOut(ctx, tx, by, b, head, plan)
		})
	}
	if err != nil {
		return ImportPlan{}, fmt.Errorf("import bank %s: %w", b.ID, err)
	}
	return plan, nil
}

// planned says what the import of a bank does as things stand, and which bank is here: nil where none is.
func (l *Library) planned(ctx context.Context, q data.Query, b Bank) (ImportPlan, *Bank, error) {
	if slices.ContainsFunc(l.shipped, func(own Bank) bool { return own.ID == b.ID }) {
		return ImportPlan{}, nil, Problems{{Field: "bank", Why: WhyShipped, Got: b.ID}}
	}
	var head *Bank
	switch found, err := localBank(ctx, q, b.ID); {
	case err == nil:
		head = &found
	case !errors.Is(err, data.ErrNotFound):
		return ImportPlan{}, nil, err
	}
	here, err := newests(ctx, q)
	if err != nil {
		return ImportPlan{}, nil, err
	}
	plan, bad := b.plan(head, here, l.shippedIDs())
	return plan, head, bad.err()
}

// carryOut does what a plan says.
func carryOut(ctx context.Context, tx *data.Tx, by data.Actor, b Bank, head *Bank, plan ImportPlan) error {
	if err := putHead(ctx, tx, by, b, head); err != nil {
		return err
	}
	var added [][]any
	var drafts []Item
	for i, line := range plan.Lines {
		it := b.Items[i]
		it.Version = line.Version
		if line.What == ImportNew {
			added = append(added, []any{it.ID, b.ID, 0})
		}
		if line.What != ImportSame {
			drafts = append(drafts, it)
		}
	}
	if head != nil && head.sameHead(b) && len(drafts) == 0 {
		return nil // nothing happened, and there is nothing to write down
	}
	if err := tx.InsertAll(ctx, `INSERT INTO local_items (id, bank_id, public)`, added); err != nil {
		return fmt.Errorf("add %d items: %w", len(added), err)
	}
	if err := addVersions(ctx, tx, by, drafts); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "bank.import", b.ID, "title", b.Title, "new", strconv.Itoa(plan.Count(ImportNew)),
		"changed", strconv.Itoa(plan.Count(ImportChanged)), "same", strconv.Itoa(plan.Count(ImportSame)))
}

// sameHead tells whether two banks with one id say the same of themselves.
func (b Bank) sameHead(other Bank) bool {
	return b.Title == other.Title && toJSON(b.Waive) == toJSON(other.Waive)
}

// putHead stores what a bank is, or what it says of itself now.
func putHead(ctx context.Context, tx *data.Tx, by data.Actor, b Bank, head *Bank) error {
	if head == nil {
		_, err := tx.ExecContext(ctx, `INSERT INTO local_banks (id, language, domain, title, audience, waive, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, b.ID, b.Language, b.Domain, b.Title, string(b.Audience), toJSON(b.Waive), tx.Now().UnixMilli(), maker(by))
		return err
	}
	if head.sameHead(b) {
		return nil
	}
	if err := changed(ctx, tx); err != nil {
		return err
	}
	return data.OneRow(tx.ExecContext(ctx, `UPDATE local_banks SET title = $1, waive = $2 WHERE id = $3`, b.Title, toJSON(b.Waive), b.ID))
}

// Export gives a bank, local or shipped, as a file holds it: of each item the newest version, with its state. left is how
// many items are not in it because they are in a recruitment that is not over. The ICT officer and recruiters may. It
// returns data.ErrNotFound.
func (l *Library) Export(ctx context.Context, by data.Actor, bank string) (b Bank, left int, err error) {
	err = l.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
		full, err := l.newestOf(ctx, q, bank)
		if err != nil {
			return err
		}
		closed, err := hidden(ctx, q, by)
		if err != nil {
			return err
		}
		b = full
		b.Items = slices.DeleteFunc(slices.Clone(full.Items), func(it Item) bool { return closed[it.ID] })
		left = len(full.Items) - len(b.Items)
		return nil
	})
	if err != nil {
		return Bank{}, 0, fmt.Errorf("export bank %s: %w", data.Clean(bank, MaxCode), err)
	}
	return b, left, nil
}

// newestOf is a bank with the newest version of each item.
func (l *Library) newestOf(ctx context.Context, q data.Query, bank string) (Bank, error) {
	for _, b := range l.shipped {
		if b.ID == bank {
			states, err := shippedStates(ctx, q)
			return b.inStates(states), err
		}
	}
	b, err := localBank(ctx, q, bank)
	if err != nil {
		return Bank{}, err
	}
	all, err := versions(ctx, q, `i.bank_id = $1 AND v.state <> 'replaced'`, bank)
	for _, v := range all {
		if n := len(b.Items); n > 0 && b.Items[n-1].ID == v.Item.ID { // the draft comes after the good version
			b.Items[n-1] = v.Item
			continue
		}
		b.Items = append(b.Items, v.Item)
	}
	return b, err
}
