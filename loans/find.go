package loans

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"digibrug/data"
)

// Found is what a code at the desk's line is of: exactly one of the four is set. A device brings what the desk must
// know of it before the second scan.
type Found struct {
	Device   *DeviceCard
	Borrower *BorrowerCard
	Kit      *Kit
	Booking  *Booking
}

// DeviceCard is a device as the desk sees it.
type DeviceCard struct {
	Device
	Loan *Loan    // while it is out
	Next *Booking // the next booking that keeps it free
}

// BorrowerCard is a borrower as the desk sees one: what is open, and what stands in the way of lending.
type BorrowerCard struct {
	Borrower
	Open    []Loan
	Refused []Refusal // by the borrower alone: of any kind of device
	Tariff  Tariff
	Owed    int64 // cents
	Held    int64 // cents of deposits
}

// WhyCode says that Got is no code and no name of anything here.
const WhyCode data.Why = "loans.code"

// Find tells what a code is of, scanned or typed: a number with its check digit, or the free name of a device. It
// returns an *data.Invalid for a number that has a wrong digit, or that nothing here has.
func (s *Store) Find(ctx context.Context, by data.Actor, code string) (f Found, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		f, err = find(ctx, q, code)
		if err != nil {
			return err
		}
		f.shown(holds(ctx, q, by, data.RoleSocial))
		return nil
	})
	if errors.Is(err, data.ErrNotFound) {
		return Found{}, &data.Invalid{Field: "code", Why: WhyCode, Got: data.Clean(code, 40)}
	}
	return f, err
}

func (f *Found) shown(social bool) {
	if f.Device != nil && f.Device.Loan != nil {
		*f.Device.Loan = f.Device.Loan.shown(social)
	}
	if f.Borrower != nil {
		f.Borrower.Borrower = f.Borrower.Borrower.shown(social)
		for i := range f.Borrower.Open {
			f.Borrower.Open[i] = f.Borrower.Open[i].shown(social)
		}
	}
}

func find(ctx context.Context, q data.Query, code string) (Found, error) {
	n, bad := ParseNumber(code)
	if bad != nil { // a free name: "LT-014" has letters, and so has a name of digits that is no number
		if key := data.SortKey(code); key != "" {
			c, err := card(ctx, q, `d.sort_key = $1 AND d.state <> 'retired'`, key)
			if err == nil || !errors.Is(err, data.ErrNotFound) {
				return Found{Device: c}, err
			}
		}
		var i *data.Invalid
		if errors.As(bad, &i) && i.Why == WhyNumberCheck {
			return Found{}, bad
		}
		return Found{}, data.ErrNotFound
	}
	switch n.Kind() {
	case KindBorrower:
		c, err := borrowerCard(ctx, q, n)
		return Found{Borrower: c}, err
	case KindKit:
		all, err := kits(ctx, q, n)
		if err != nil || len(all) == 0 {
			return Found{}, orNotFound(err)
		}
		return Found{Kit: &all[0]}, nil
	case KindBooking:
		b, err := bookingWhere(ctx, q, `k.number = $1`, string(n))
		return Found{Booking: &b}, err
	}
	c, err := card(ctx, q, `d.number = $1`, string(n))
	return Found{Device: c}, err
}

// card gives the device that a condition finds.
func card(ctx context.Context, q data.Query, where string, arg string) (*DeviceCard, error) {
	found, err := data.List(ctx, q, scanDevice, deviceColumns+` WHERE `+where, arg)
	if err != nil || len(found) == 0 {
		return nil, orNotFound(err)
	}
	c := &DeviceCard{Device: found[0]}
	if c.State == OnLoan {
		l, err := openOf(ctx, q, c.ID)
		if err != nil {
			return nil, err
		}
		c.Loan = &l
	}
	b, err := bookingWhere(ctx, q, `k.device_id = $1 AND k.state IN `+active+` AND k.to_on >= $2 ORDER BY k.from_on, k.id LIMIT 1`, c.ID, data.DayOf(q.Now()))
	switch {
	case err == nil:
		c.Next = &b
	case !errors.Is(err, data.ErrNotFound):
		return nil, err
	}
	return c, nil
}

func borrowerCard(ctx context.Context, q data.Query, n Number) (*BorrowerCard, error) {
	found, err := data.List(ctx, q, scanBorrower, borrowerColumns+` WHERE b.number = $1`, string(n))
	if err != nil || len(found) == 0 {
		return nil, orNotFound(err)
	}
	return cardOf(ctx, q, found[0])
}

func cardOf(ctx context.Context, q data.Query, b Borrower) (c *BorrowerCard, err error) {
	c, today := &BorrowerCard{Borrower: b}, data.DayOf(q.Now())
	if c.Open, err = data.List(ctx, q, scanLoan, loanColumns+` WHERE l.borrower_id = $1 AND l.ended = '' ORDER BY l.due_on, l.id`, c.ID); err != nil {
		return nil, err
	}
	has, err := standing(ctx, q, c.Borrower, today)
	if err != nil {
		return nil, err
	}
	rules, err := current(ctx, q, today)
	if err != nil {
		return nil, err
	}
	c.Refused = rules.MayLend(has, "", today)
	if c.RightUntil != "" && c.RightUntil < today {
		c.Refused = append(c.Refused, Refusal{Why: WhyRightEnded, Article: 3, Until: c.RightUntil})
	}
	if c.Tariff, err = tariffOf(ctx, q, c.ID, today); err != nil {
		return nil, err
	}
	c.Held, c.Owed, err = moneyOf(ctx, q, c.ID)
	return c, err
}

// moneyOf adds up what is held of somebody's deposits, and what is owed.
func moneyOf(ctx context.Context, q data.Query, borrower string) (held, owed int64, err error) {
	err = data.One(ctx, q, []any{&held, &owed}, `SELECT
		coalesce(sum(CASE g.kind WHEN 'received' THEN g.cents WHEN 'returned' THEN -g.cents WHEN 'withheld' THEN -g.cents ELSE 0 END), 0),
		coalesce(sum(CASE g.kind WHEN 'charged' THEN g.cents WHEN 'paid' THEN -g.cents WHEN 'waived' THEN -g.cents WHEN 'withheld' THEN -g.cents ELSE 0 END), 0)
		FROM loan_ledger g JOIN loans l ON l.id = g.loan_id WHERE l.borrower_id = $1`, borrower)
	return held, owed, err
}

// Day is what there is to do at the desk on a day.
type Day struct {
	Due     []Loan    // today, and not over by the clock
	Late    []Loan    // the latest first
	PickUps []Booking // to be fetched
	ToCheck []Device
	ToWipe  []Device
	ToTest  []Device // in stock, to be charged and tested
}

// Today gives what there is to do today.
func (s *Store) Today(ctx context.Context, by data.Actor) (d Day, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		d, err = dayList(ctx, q, data.DayOf(q.Now()))
		social := holds(ctx, q, by, data.RoleSocial)
		for _, list := range [][]Loan{d.Due, d.Late} {
			for i := range list {
				list[i] = list[i].shown(social)
			}
		}
		return err
	})
	if err != nil {
		return Day{}, fmt.Errorf("list what there is to do today: %w", err)
	}
	return d, nil
}

func dayList(ctx context.Context, q data.Query, today string) (d Day, err error) {
	open, err := data.List(ctx, q, scanLoan, loanColumns+` WHERE l.ended = '' AND l.due_on <= $1 ORDER BY l.due_on, l.due_at, l.id`, today)
	if err != nil {
		return d, err
	}
	for _, l := range open {
		if l.LateAt(q.Now()) {
			d.Late = append(d.Late, l)
		} else {
			d.Due = append(d.Due, l)
		}
	}
	if d.PickUps, err = pickUps(ctx, q, today); err != nil {
		return d, err
	}
	devices, err := data.List(ctx, q, scanDevice, deviceColumns+` WHERE d.state IN ('check', 'wipe', 'stock') ORDER BY d.sort_key, d.number`)
	for _, one := range devices {
		switch one.State {
		case ToCheck:
			d.ToCheck = append(d.ToCheck, one)
		case ToWipe:
			d.ToWipe = append(d.ToWipe, one)
		default:
			d.ToTest = append(d.ToTest, one)
		}
	}
	return d, err
}

// Count is how often something was lent in a year: kept also when nobody knows to whom any more. Clients of the OCMW
// count as citizens.
type Count struct {
	Year     int
	TypeID   string
	Category Category
	Loans    int64
	Late     int64
	Lost     int64
}

// Counts gives how often each type was lent, by year and kind of borrower.
func (s *Store) Counts(ctx context.Context, by data.Actor) (all []Count, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleDirector), func(q data.Query) error {
		all, err = data.List(ctx, q, func(scan func(...any) error) (c Count, err error) {
			var year string
			if err = scan(&year, &c.TypeID, &c.Category, &c.Loans, &c.Late, &c.Lost); err == nil {
				c.Year, err = strconv.Atoi(year)
			}
			return c, err
		}, `SELECT substr(lent_on, 1, 4) AS year, type_id, CASE WHEN category = 'client' THEN 'citizen' ELSE category END AS kind, count(*),
			sum(CASE WHEN late_days > 0 THEN 1 ELSE 0 END), sum(CASE WHEN ended IN ('lost', 'stolen') THEN 1 ELSE 0 END)
			FROM loans WHERE ended <> 'undone' GROUP BY substr(lent_on, 1, 4), type_id, CASE WHEN category = 'client' THEN 'citizen' ELSE category END ORDER BY year, type_id, kind`)
		return err
	})
	return all, err
}
