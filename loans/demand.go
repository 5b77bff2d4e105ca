package loans

import (
	"context"
	"errors"
	"fmt"
	"time"

	"digibrug/data"
)

// How a wish stayed without a device: the column how of loan_demand.
const (
	wishRefused = "refused" // when it was asked
	wishWaited  = "waited"  // until its days were over, or the offer came too late
)

// sameWish is for how long the same wish of the same kind of borrower is taken for one that is tried again.
const sameWish = 10 * time.Minute

// onlyTaken tells whether nothing but the want of a device stands in the way: what a rule refuses is no wish that one
// device more would have met.
func onlyTaken(err error) bool {
	var refused *RefusedError
	if !errors.As(err, &refused) || len(refused.All) == 0 {
		return false
	}
	for _, r := range refused.All {
		if r.Why != WhyTaken {
			return false
		}
	}
	return true
}

// wish writes down that there was no device for somebody. Nothing in it tells who that was: a client of the OCMW counts
// as a citizen.
func wish(ctx context.Context, tx *data.Tx, typeID string, c Category, how, from, to string) error {
	c = Borrower{Category: c}.shown(false).Category
	_, err := tx.ExecContext(ctx, `INSERT INTO loan_demand (id, at, on_day, type_id, category, how, from_on, to_on)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE NOT EXISTS (SELECT 1 FROM loan_demand WHERE $6 = 'refused' AND how = 'refused' AND type_id = $4 AND category = $5
		AND from_on = $7 AND to_on = $8 AND at > $9)`,
		data.NewID(), tx.Now().UnixMilli(), tx.Today(), typeID, string(c), how, from, to, tx.Now().Add(-sameWish).UnixMilli())
	if err != nil {
		return fmt.Errorf("note a wish for type %s: %w", typeID, err)
	}
	return nil
}

// wished writes down what Book refused for want of a device. It is a transaction of its own: that of the booking is
// gone. No audit row is due, since it is about nobody.
func (s *Store) wished(ctx context.Context, ask BookAsk) error {
	return s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		b, err := borrower(ctx, tx, ask.Borrower)
		if err != nil {
			return err
		}
		if ask.Type == "" {
			d, err := device(ctx, tx, ask.Device)
			if err != nil {
				return err
			}
			ask.Type = d.TypeID
		}
		return wish(ctx, tx, ask.Type, b.Category, wishRefused, ask.From, ask.To)
	})
}

// waitsNow forgets the refusal of somebody who goes on the waiting list right after it: the wish is open again.
func waitsNow(ctx context.Context, tx *data.Tx, typeID string, c Category, from, to string) error {
	c = Borrower{Category: c}.shown(false).Category
	_, err := tx.ExecContext(ctx, `DELETE FROM loan_demand WHERE id IN (SELECT id FROM loan_demand WHERE how = 'refused' AND type_id = $1 AND category = $2
		AND from_on = $3 AND to_on = $4 AND at > $5 ORDER BY at DESC, id DESC LIMIT 1)`, typeID, string(c), from, to, tx.Now().Add(-sameWish).UnixMilli())
	return err
}

// wishOf writes down that somebody waited in vain.
func wishOf(ctx context.Context, tx *data.Tx, w Wait) error {
	b, err := borrower(ctx, tx, w.BorrowerID)
	if err != nil {
		return err
	}
	return wish(ctx, tx, w.TypeID, b.Category, wishWaited, w.From, w.To)
}
