package loans

import (
	"context"
	"math/big"
	"time"

	"digibrug/data"
)

// WorthYears is how long a device keeps a value. Source: model lending regulation, article 14.
const WorthYears = 5

// Worth says what a device that was bought for priceCents is worth on a day: the price less its age, a straight line
// to nothing after that many years, in whole cents and rounded down, for the borrower. bought and day are days: midnight
// UTC. known is false when the price or the day of purchase isn't known, for that is no value of nothing. A day before
// the purchase counts as the day of purchase. Source: model lending regulation, articles 13 and 14.
func Worth(priceCents int64, bought, day time.Time, years int) (worth int64, known bool) {
	if priceCents <= 0 || bought.IsZero() {
		return 0, false
	}
	end := bought.AddDate(years, 0, 0)
	all, left := end.Sub(bought), end.Sub(day)
	switch {
	case left <= 0:
		return 0, true
	case left >= all:
		return priceCents, true
	}
	whole := big.NewInt(priceCents) // a product of cents and days can be more than 64 bits
	whole.Mul(whole, big.NewInt(int64(left/(24*time.Hour))))
	return whole.Div(whole, big.NewInt(int64(all/(24*time.Hour)))).Int64(), true
}

// WorthOn is what the device is worth on a day, YYYY-MM-DD, as Worth says.
func (d Device) WorthOn(day string) (worth int64, known bool) {
	return Worth(d.PriceCents, data.StoredDay(d.BoughtOn), data.StoredDay(day), WorthYears)
}

// WorthOn is what the device of the loan was worth when the loan ended, or while it is open on a day, YYYY-MM-DD.
func (a Account) WorthOn(day string) (worth int64, known bool) {
	if a.Ended != Open {
		day = a.EndedOn
	}
	return a.device.WorthOn(day)
}

// WhyNobodyHas says that nobody has the device, so that there is nobody to charge.
const WhyNobodyHas data.Why = "loans.nobody_has"

// Lose says that a device is lost or was stolen, as Move does, and charges what that costs to the borrower who has it.
// A charge of 0 cents asks nothing. It returns an *data.Invalid, also for a charge when nobody has the device, and
// data.ErrNotFound.
func (s *Store) Lose(ctx context.Context, by data.Actor, id string, to State, p Proof, c Charge) error {
	var err error
	if c.Note, err = data.ShortText("note", c.Note, noteLimit); err != nil {
		return err
	}
	if to != Lost && to != Stolen {
		return &data.Invalid{Field: "state", Why: data.WhyNotOneOf, Want: "lost, stolen", Got: data.Clean(string(to), 20)}
	}
	if c.Cents != 0 {
		if err := checkCents(c.Cents); err != nil {
			return err
		}
	}
	return s.move(ctx, by, id, to, p, c)
}

// chargeLost books what a borrower owes for a device that won't come back.
func chargeLost(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, act string, c Charge) error {
	if c.Cents == 0 {
		return nil
	}
	if err := enter(ctx, tx, by, l, act, Entry{Kind: Charged, What: Damage, Cents: c.Cents, Note: c.Note}); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "loan.charge", l.ID, "cents", cents(c.Cents), "kind", string(Damage))
}
