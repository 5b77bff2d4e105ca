package loans

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"digibrug/data"
)

// fileMost is how many past loans a file shows.
const fileMost = 50

// DeviceFile is all that the register has of one device.
type DeviceFile struct {
	DeviceCard
	Past   []Loan  // those that ended, the newest first, at most 50
	Events []Event // the oldest first
	Costs  []Cost  // the oldest first
	Kit    string  // name of the kit that it is in; empty: none
}

// DeviceFile gives all that the register has of a device, in one view. It returns data.ErrNotFound.
func (s *Store) DeviceFile(ctx context.Context, by data.Actor, id string) (f DeviceFile, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		f, err = deviceFile(ctx, q, id)
		social := holds(ctx, q, by, data.RoleSocial)
		for i := range f.Past {
			f.Past[i] = f.Past[i].shown(social)
		}
		if f.Loan != nil {
			*f.Loan = f.Loan.shown(social)
		}
		return err
	})
	if err != nil {
		return DeviceFile{}, fmt.Errorf("file of device %s: %w", data.Clean(id, 40), err)
	}
	return f, nil
}

func deviceFile(ctx context.Context, q data.Query, id string) (f DeviceFile, err error) {
	c, err := card(ctx, q, `d.id = $1`, id)
	if err != nil {
		return f, err
	}
	f.DeviceCard = *c
	if f.Past, err = data.List(ctx, q, scanLoan, loanColumns+fmt.Sprintf(` WHERE l.device_id = $1 AND l.ended NOT IN ('', 'undone')
		ORDER BY l.ended_at DESC, l.id DESC LIMIT %d`, fileMost), id); err != nil {
		return f, err
	}
	if f.Events, err = history(ctx, q, id); err != nil {
		return f, err
	}
	if f.Costs, err = costs(ctx, q, id); err != nil {
		return f, err
	}
	kits, err := data.List(ctx, q, func(scan func(...any) error) (name string, err error) { return name, scan(&name) },
		`SELECT k.name FROM device_kits k JOIN device_kit_members m ON m.kit_id = k.id WHERE m.device_id = $1`, id)
	if len(kits) > 0 {
		f.Kit = kits[0]
	}
	return f, err
}

// BorrowerFile is all that the register has of one borrower, as far as who asks may see it.
type BorrowerFile struct {
	BorrowerCard
	Guardian  string     // name of who signs for a minor
	Household []Borrower // the others of the household, by name
	Minors    []Borrower // for whom the borrower signs, by name
	Ground    *Ground    // for social workers alone; nil: none
	// The rest is the desk's, and empty for others, as are the loans, the money and what stands in the way of lending.
	Desk     bool
	Past     []Loan     // those that ended, the newest first, at most 50
	Blocks   []BlockRow // the newest first
	Bookings []Booking  // that keep a device free, the first to begin first
	Waits    []Wait     // on the waiting list, or with an offer
	Holds    []Hold     // what stands in the way of erasing
	KeepDays int        // for how many days after a return a loan stays with the name
}

// BorrowerFile gives all that the register has of a borrower, in one view: for the desk what is lent, booked, owed and
// blocked, for a social worker the ground of the tariff and whether it is a client of the OCMW. It returns
// data.ErrNotFound.
func (s *Store) BorrowerFile(ctx context.Context, by data.Actor, id string) (f BorrowerFile, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleSocial), func(q data.Query) error {
		f = BorrowerFile{Desk: data.Require(ctx, q, by, desk()...) == nil}
		social := holds(ctx, q, by, data.RoleSocial)
		if err := f.read(ctx, q, id, social); err != nil {
			return err
		}
		f.shown(social)
		return nil
	})
	if err != nil {
		return BorrowerFile{}, fmt.Errorf("file of borrower %s: %w", data.Clean(id, 40), err)
	}
	return f, nil
}

// shown hides from others than social workers who is a client of the OCMW.
func (f *BorrowerFile) shown(social bool) {
	f.Borrower = f.Borrower.shown(social)
	for _, list := range [][]Borrower{f.Household, f.Minors} {
		for i := range list {
			list[i] = list[i].shown(social)
		}
	}
	for _, list := range [][]Loan{f.Open, f.Past} {
		for i := range list {
			list[i] = list[i].shown(social)
		}
	}
}

func (f *BorrowerFile) read(ctx context.Context, q data.Query, id string, social bool) (err error) {
	if f.Borrower, err = borrower(ctx, q, id); err != nil {
		return err
	}
	if f.GuardianID != "" {
		g, err := borrower(ctx, q, f.GuardianID)
		if err != nil {
			return err
		}
		f.Guardian = g.Name()
	}
	if f.Household, err = household(ctx, q, f.Borrower); err != nil {
		return err
	}
	if f.Minors, err = data.List(ctx, q, scanBorrower, borrowerColumns+` WHERE b.guardian_id = $1 ORDER BY b.sort_key, b.id`, id); err != nil {
		return err
	}
	if social {
		if f.Ground, err = groundOf(ctx, q, id); err != nil {
			return err
		}
	}
	if !f.Desk {
		f.Tariff, err = tariffOf(ctx, q, id, data.DayOf(q.Now()))
		return err
	}
	return f.readDesk(ctx, q)
}

// readDesk reads what is the desk's.
func (f *BorrowerFile) readDesk(ctx context.Context, q data.Query) error {
	c, err := cardOf(ctx, q, f.Borrower)
	if err != nil {
		return err
	}
	f.BorrowerCard = *c
	if f.Past, err = data.List(ctx, q, scanLoan, loanColumns+fmt.Sprintf(` WHERE l.borrower_id = $1 AND l.ended NOT IN ('', 'undone')
		ORDER BY l.ended_at DESC, l.id DESC LIMIT %d`, fileMost), f.ID); err != nil {
		return err
	}
	if f.Bookings, err = data.List(ctx, q, scanBooking, bookingColumns+` WHERE k.borrower_id = $1 AND k.state IN `+active+` ORDER BY k.from_on, k.number`, f.ID); err != nil {
		return err
	}
	if f.Waits, err = data.List(ctx, q, scanWait, waitColumns+` WHERE w.borrower_id = $1 AND w.state IN ('waiting', 'offered') ORDER BY w.at, w.id`, f.ID); err != nil {
		return err
	}
	if f.Blocks, err = blocks(ctx, q, f.ID); err != nil {
		return err
	}
	if f.Holds, err = holdsOf(ctx, q, f.ID); err != nil {
		return err
	}
	f.KeepDays, err = keptDays(ctx, q)
	return err
}

// groundOf gives the ground of a borrower's tariff; nil for none.
func groundOf(ctx context.Context, q data.Query, id string) (*Ground, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (g Ground, err error) { return g, scan(&g.Tariff, &g.Ground, &g.Until) },
		`SELECT tariff, ground, until_on FROM borrower_grounds WHERE borrower_id = $1`, id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// household lists the others who live with a borrower.
func household(ctx context.Context, q data.Query, b Borrower) ([]Borrower, error) {
	if b.Household == "" {
		return nil, nil
	}
	return data.List(ctx, q, scanBorrower, borrowerColumns+` WHERE b.household = $1 AND b.id <> $2 ORDER BY b.sort_key, b.id`, b.Household, b.ID)
}

// JoinHousehold puts a borrower in the household of another one, and audits it: in that of with when there is one,
// otherwise in a new one that both are in from now on. It returns what the household is called, an *data.Invalid for a
// borrower who would join himself, and data.ErrNotFound.
func (s *Store) JoinHousehold(ctx context.Context, by data.Actor, id, with string) (name string, err error) {
	if id == with {
		return "", &data.Invalid{Field: "household", Why: data.WhyTwice}
	}
	err = s.db.InTxFor(ctx, by, append(desk(), data.RoleSocial), func(tx *data.Tx) error {
		other, err := borrower(ctx, tx, with)
		if err != nil {
			return err
		}
		if name = other.Household; name == "" { // the card's number tells two families of one name apart
			name = other.Family + " " + other.Number.Show()
		}
		return errors.Join(setHousehold(ctx, tx, by, with, name), setHousehold(ctx, tx, by, id, name))
	})
	if err != nil {
		return "", fmt.Errorf("join borrower %s with %s: %w", data.Clean(id, 40), data.Clean(with, 40), err)
	}
	return name, nil
}

func setHousehold(ctx context.Context, tx *data.Tx, by data.Actor, id, name string) error {
	old, err := borrower(ctx, tx, id)
	if err != nil || old.Household == name {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE borrowers SET household = $1 WHERE id = $2`, name, id); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "borrower.change", id)
}

// keptDays is for how many days after a return a loan stays with the borrower's name.
func keptDays(ctx context.Context, q data.Query) (int, error) {
	text, err := setting(ctx, q, SettingKeepDays, strconv.Itoa(keepDays))
	if err != nil {
		return 0, err
	}
	days, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("setting %s: %w", SettingKeepDays, err)
	}
	return days, nil
}
