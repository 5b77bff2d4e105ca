package loans

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// DaySheet is the money of one owner on one day.
type DaySheet struct {
	OrganisationID string
	Organisation   string
	Lines          []DayLine
	Cash           *CashCount // what was counted; nil: nobody did
	Held           int64      // cents of deposits in keeping at the end of the day: received less returned and withheld so far
}

// DayLine adds up the entries of one kind that went one way. Charges and what was withheld or waived have no method.
type DayLine struct {
	Kind   Kind
	What   What
	Method Method
	Count  int64
	Cents  int64
}

// CashCount is what somebody counted in the drawer.
type CashCount struct {
	Counted, Expected int64 // cents; expected is what came in less what went out in cash that day
	Note, Actor       string
}

// ownersFor gives the organisations whose money an actor may see: nil for all, which the desk has; for the finance
// director those that employ the actor today.
func ownersFor(ctx context.Context, q data.Query, by data.Actor) ([]string, error) {
	if data.Require(ctx, q, by, desk()...) == nil {
		return nil, nil
	}
	owners, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT DISTINCT s.organisation_id FROM employments e JOIN services s ON s.id = e.service_id WHERE e.person_id = $1 AND e.from_on <= $2
			AND (e.until_on IS NULL OR e.until_on >= $2) ORDER BY s.organisation_id`, by.PersonID, data.DayOf(q.Now()))
	if owners == nil {
		owners = []string{}
	}
	return owners, err
}

// mayOwner returns an error that wraps data.ErrDenied when a loan is of none of the owners.
func mayOwner(ctx context.Context, q data.Query, owners []string, id string) error {
	l, err := loan(ctx, q, id)
	if err != nil {
		return err
	}
	if owners != nil && !slices.Contains(owners, l.OrganisationID) {
		return fmt.Errorf("loan %s is of another organisation: %w", id, data.ErrDenied)
	}
	return nil
}

// DaySheets gives the money of a day, a sheet for each owner that had any. The finance director gets those of the own
// organisation.
func (s *Store) DaySheets(ctx context.Context, by data.Actor, day string) (all []DaySheet, err error) {
	if _, err := data.ParseDay(day); err != nil {
		return nil, err
	}
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleFinance), func(q data.Query) error {
		owners, err := ownersFor(ctx, q, by)
		if err != nil {
			return err
		}
		all, err = daySheets(ctx, q, day, owners)
		return err
	})
	return all, err
}

func daySheets(ctx context.Context, q data.Query, day string, owners []string) (all []DaySheet, err error) {
	type row struct {
		id, name string
		line     DayLine
	}
	rows, err := data.List(ctx, q, func(scan func(...any) error) (r row, err error) {
		return r, scan(&r.id, &r.name, &r.line.Kind, &r.line.What, &r.line.Method, &r.line.Count, &r.line.Cents)
	}, `SELECT o.id, o.name, e.kind, e.what, e.method, count(*), sum(e.cents) FROM loan_ledger e JOIN organisations o ON o.id = e.organisation_id
		WHERE e.on_day = $1 GROUP BY o.id, o.name, o.sort_key, e.kind, e.what, e.method ORDER BY o.sort_key, e.kind, e.what, e.method`, day)
	if err != nil {
		return nil, fmt.Errorf("day sheets of %s: %w", day, err)
	}
	for _, r := range rows {
		if owners != nil && !slices.Contains(owners, r.id) {
			continue
		}
		if len(all) == 0 || all[len(all)-1].OrganisationID != r.id {
			all = append(all, DaySheet{OrganisationID: r.id, Organisation: r.name})
		}
		all[len(all)-1].Lines = append(all[len(all)-1].Lines, r.line)
	}
	if err := heldOn(ctx, q, day, all); err != nil {
		return nil, err
	}
	type counted struct {
		id string
		CashCount
	}
	counts, err := data.List(ctx, q, func(scan func(...any) error) (c counted, err error) {
		return c, scan(&c.id, &c.Counted, &c.Expected, &c.Note, &c.Actor)
	}, `SELECT organisation_id, counted_cents, expected_cents, note, actor FROM loan_cash_counts WHERE on_day = $1 ORDER BY organisation_id`, day)
	for _, c := range counts {
		if at := slices.IndexFunc(all, func(d DaySheet) bool { return d.OrganisationID == c.id }); at >= 0 {
			all[at].Cash = &c.CashCount
		}
	}
	return all, err
}

// heldOn fills in what is in keeping at the end of a day.
func heldOn(ctx context.Context, q data.Query, day string, all []DaySheet) error {
	_, err := data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
		var id string
		var cents int64
		if err = scan(&id, &cents); err != nil {
			return none, err
		}
		if at := slices.IndexFunc(all, func(d DaySheet) bool { return d.OrganisationID == id }); at >= 0 {
			all[at].Held = cents
		}
		return none, nil
	}, `SELECT organisation_id, sum(CASE kind WHEN 'received' THEN cents ELSE -cents END) FROM loan_ledger
		WHERE on_day <= $1 AND kind IN ('received', 'returned', 'withheld') GROUP BY organisation_id ORDER BY organisation_id`, day)
	if err != nil {
		return fmt.Errorf("deposits in keeping on %s: %w", day, err)
	}
	return nil
}

// CashExpected is what should have come into the drawer that day by the lines, less what went out, in cents.
func (d DaySheet) CashExpected() (cents int64) {
	for _, l := range d.Lines {
		switch {
		case l.Method != Cash:
		case l.Kind == Refunded:
			cents -= l.Cents
		default:
			cents += l.Cents
		}
	}
	return cents
}

// CountCash writes down what is in the drawer of an owner at the end of today, less what was in it in the morning, and
// audits it with what should be. A second count of the same day replaces the first. It returns an *data.Invalid while
// the desk takes no cash, for more than 10 000 euro, and for a difference that no note explains. counted is less than
// nothing on a day on which more went out than came in.
func (s *Store) CountCash(ctx context.Context, by data.Actor, organisation string, counted int64, note string) (c CashCount, err error) {
	if note, err = data.ShortText("note", note, noteLimit); err != nil {
		return CashCount{}, err
	}
	if max(counted, -counted) > mostCents {
		return CashCount{}, &data.Invalid{Field: "counted", Why: data.WhyNumber, Got: cents(counted)}
	}
	c = CashCount{Counted: counted, Note: note, Actor: actor(by)}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		if err := checkMethod(ctx, tx, "counted", Cash, false); err != nil {
			return err
		}
		if err := data.One(ctx, tx, []any{&c.Expected}, `SELECT coalesce(sum(CASE WHEN kind = 'returned' THEN -cents ELSE cents END), 0) FROM loan_ledger
			WHERE organisation_id = $1 AND on_day = $2 AND method = 'cash'`, organisation, tx.Today()); err != nil {
			return err
		}
		if c.Counted != c.Expected && note == "" {
			return &data.Invalid{Field: "note", Why: WhyNoReason}
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO loan_cash_counts (organisation_id, on_day, counted_cents, expected_cents, note, actor, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation_id, on_day) DO UPDATE SET counted_cents = excluded.counted_cents,
			expected_cents = excluded.expected_cents, note = excluded.note, actor = excluded.actor, at = excluded.at`,
			organisation, tx.Today(), counted, c.Expected, note, c.Actor, tx.Now().UnixMilli()); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "loan.cash_count", organisation, "cents", cents(counted), "expected", cents(c.Expected))
	})
	if err != nil {
		return CashCount{}, fmt.Errorf("count cash: %w", err)
	}
	return c, nil
}
