package courses

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"digibrug/data"
)

// Paid says how it stands with the fee.
type Paid string

// What became of the fee. The last three are of enrolments that are over.
const (
	NoFee      Paid = "free"
	Due        Paid = "due"
	PaidFee    Paid = "paid"
	Waived     Paid = "waived"
	UnknownFee Paid = "unknown"  // no rule gave one: somebody must say
	NotDue     Paid = "lapsed"   // was to be paid, and needn't any more
	Refund     Paid = "refund"   // was paid, and must be paid back
	Refunded   Paid = "refunded" // was paid back
)

// paidFor is how it stands with a fee that nobody paid yet.
func paidFor(f Fee) Paid {
	switch {
	case !f.Known:
		return UnknownFee
	case f.Cents == 0:
		return NoFee
	}
	return Due
}

// IsActive tells whether somebody in the state is in a series.
func (s EnrolmentState) IsActive() bool {
	return s == AwaitsHead || s == Waiting || s == Offered || s == Booked
}

// paidAfter is how it stands with the fee of an enrolment that ends in a state, when cancelling costs so many cents. Who
// moves on takes what was paid along. Who was let off stays so.
func (e Enrolment) paidAfter(state EnrolmentState, cost int64) Paid {
	switch {
	case e.Paid == Waived || state == MovedOn && e.Paid == PaidFee:
		return e.Paid
	case e.Paid == PaidFee && (e.Fee.Cents > cost || !e.Fee.Known): // how much it was, a person finds out
		return Refund
	case e.Paid == PaidFee:
		return PaidFee
	case cost > 0:
		return Due
	case e.Paid == NoFee:
		return NoFee
	}
	return NotDue
}

// Amount is what an enrolment is about in money, in cents: what is to be paid, was paid, or goes back. known is false while
// nobody knows it.
func (e Enrolment) Amount() (cents int64, known bool) {
	switch {
	case e.Paid == Refund || e.Paid == Refunded:
		return e.Fee.Cents - e.Cost, e.Fee.Known
	case e.Cost > 0:
		return e.Cost, true
	}
	return e.Fee.Cents, e.Fee.Known
}

// Payments are what can become of the fee now, by hand. What is over can be paid back, or after all not.
func (e Enrolment) Payments() []Paid {
	switch e.Paid {
	case Due, UnknownFee:
		return []Paid{PaidFee, Waived}
	case PaidFee:
		switch {
		case e.State == MovedOn:
			return nil // the money is at the other enrolment
		case !e.State.IsActive() && (e.Fee.Cents > e.Cost || !e.Fee.Known):
			return []Paid{Refund, Due}
		}
		return []Paid{Due}
	case Waived:
		return []Paid{Due}
	case NotDue:
		if e.State == MovedOn || !e.Fee.Known {
			return nil
		}
		return []Paid{Due}
	case Refund:
		return []Paid{Refunded, PaidFee}
	case Refunded:
		return []Paid{Refund}
	}
	return nil
}

// wantsReason tells whether a change of the fee goes against what the rules said, so that somebody will ask why.
func (e Enrolment) wantsReason(to Paid) bool {
	return to == Waived || e.Paid == Refund && to == PaidFee || e.Paid == PaidFee && to == Refund || e.Paid == NotDue
}

// SetPaid says what became of a fee, as Payments allows it; audited. To let somebody off, to keep what was to go back, to
// pay back what wasn't, and to ask what was no longer due want a reason. It returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) SetPaid(ctx context.Context, by data.Actor, id string, paid Paid, reason string) (Enrolment, error) {
	reason = data.Clean(reason, noteLimit)
	return s.act(ctx, by, desk(), id, "enrolment.pay", func(tx *data.Tx, _ Series, e Enrolment) (bool, error) {
		if e.Paid == paid { // two people noted the same
			return false, nil
		}
		if err := oneOf("paid", paid, e.Payments()); err != nil {
			return false, err
		}
		if e.wantsReason(paid) && reason == "" {
			return false, &data.Invalid{Field: "reason", Why: data.WhyEmpty}
		}
		if err := setPaid(ctx, tx, e.ID, paid); err != nil {
			return false, err
		}
		return false, addEvent(ctx, tx, by, e, "paid", strings.TrimSpace(string(paid)+" "+reason))
	})
}

// setPaid stores how it stands with a fee. Of one that lapsed, what it was stays beside it.
func setPaid(ctx context.Context, tx *data.Tx, id string, paid Paid) error {
	var err error
	switch paid {
	case NotDue:
		_, err = tx.ExecContext(ctx, `UPDATE enrolments SET settled = $1 WHERE id = $2`, string(paid), id)
	case Refund, Refunded:
		_, err = tx.ExecContext(ctx, `UPDATE enrolments SET paid = 'paid', settled = $1 WHERE id = $2`, string(paid), id)
	default:
		_, err = tx.ExecContext(ctx, `UPDATE enrolments SET paid = $1, settled = '' WHERE id = $2`, string(paid), id)
	}
	return err
}

// ErrNoPrice says that the rules give no fee for somebody.
var ErrNoPrice = errors.New("no rule gives a fee")

// Price gives an enrolment whose fee nobody knew the one by the rules of today, and has the person told who sits in the series;
// audited. A fee that is known stays. It returns ErrNoPrice while there is no rule, an *data.Invalid for what was paid or
// waived without an amount, and data.ErrNotFound.
func (s *Store) Price(ctx context.Context, by data.Actor, id string) (Enrolment, error) {
	return s.act(ctx, by, desk(), id, "enrolment.price", func(tx *data.Tx, of Series, e Enrolment) (bool, error) {
		if e.Fee.Known { // two people asked the same
			return false, nil
		}
		if err := oneOf("paid", e.Paid, []Paid{UnknownFee}); err != nil {
			return false, err
		}
		c, err := courseOf(ctx, tx, of.CourseID)
		if err != nil {
			return false, err
		}
		if e.Fee, err = feeFor(ctx, tx, by, c, e.Category, false); err != nil {
			return false, err
		}
		if !e.Fee.Known {
			return false, ErrNoPrice
		}
		e.Paid = paidFor(e.Fee)
		if _, err := tx.ExecContext(ctx, `UPDATE enrolments SET fee = $1, paid = $2 WHERE id = $3`, data.Pack(e.Fee), string(e.Paid), id); err != nil {
			return false, err
		}
		if err := addEvent(ctx, tx, by, e, "paid", string(e.Paid)); err != nil || e.State != Booked {
			return false, err
		}
		return false, tell(ctx, tx, e, aboutState(e.State), false)
	})
}

// OpenFee is money that has still to come in or to go back.
type OpenFee struct {
	Enrolment
	Code   string // of the series
	Course string
}

// OpenFees lists whose fee is to be paid, unknown, or to be paid back, what goes back first; then by series and name. Who
// waits for a seat owes nothing yet. A name that was taken away stays empty.
func (s *Store) OpenFees(ctx context.Context, by data.Actor) (all []OpenFee, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleFinance), func(q data.Query) error {
		all, err = data.List(ctx, q, func(scan func(...any) error) (f OpenFee, err error) {
			f.Enrolment, err = scanEnrolment(func(dest ...any) error { return scan(append(dest, &f.Code, &f.Course)...) })
			return f, err
		}, `SELECT `+enrolmentFields+`, s.code, c.title FROM enrolments e JOIN participants p ON p.id = e.participant_id JOIN course_series s ON s.id = e.series_id
			JOIN courses c ON c.id = s.course_id WHERE e.settled = 'refund' OR e.settled = '' AND e.paid IN ('due', 'unknown') AND e.state NOT IN ('approval', 'waiting', 'offered')
			ORDER BY CASE e.settled WHEN 'refund' THEN 0 ELSE 1 END, s.first_at, s.code, p.sort_key, e.id`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list open fees: %w", err)
	}
	return all, nil
}
