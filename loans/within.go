package loans

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// What an import does with the register, inside its one transaction; and what it compares a file with.

// Lent is a loan as a list of what was on paper is compared with.
type Lent struct {
	DeviceID   string
	BorrowerID string // empty once the history was unlinked
	Borrower   string
	On         string // YYYY-MM-DD
	Due        string
	Open       bool
}

// Register is all that a list can be about.
type Register struct {
	Types     []Type
	Devices   []Device
	Borrowers []Borrower // a client of the OCMW is a citizen here
	Lent      []Lent     // all loans but those that were undone
}

// ReadRegister reads the whole register. Callers have asked who may.
func ReadRegister(ctx context.Context, q data.Query) (r Register, err error) {
	var errs [4]error
	r.Types, errs[0] = types(ctx, q, "")
	r.Devices, errs[1] = data.List(ctx, q, scanDevice, deviceColumns+` ORDER BY d.sort_key, d.number`)
	r.Borrowers, errs[2] = data.List(ctx, q, scanBorrower, borrowerColumns+` ORDER BY b.sort_key, b.id`)
	for i := range r.Borrowers {
		r.Borrowers[i] = r.Borrowers[i].shown(false)
	}
	r.Lent, errs[3] = data.List(ctx, q, func(scan func(...any) error) (l Lent, err error) {
		var b Borrower
		err = scan(&l.DeviceID, &l.BorrowerID, &b.Given, &b.Family, &l.On, &l.Due, &l.Open)
		l.Borrower = b.Name()
		return l, err
	}, `SELECT l.device_id, coalesce(l.borrower_id, ''), coalesce(b.given, ''), coalesce(b.family, ''), l.lent_on, l.due_on, l.ended = ''
		FROM loans l LEFT JOIN borrowers b ON b.id = l.borrower_id WHERE l.ended <> 'undone' ORDER BY l.lent_at, l.id`)
	if err := errors.Join(errs[:]...); err != nil {
		return Register{}, fmt.Errorf("read the register: %w", err)
	}
	return r, nil
}

// AddType is Store.PutType for a new type inside somebody else's transaction.
func AddType(ctx context.Context, tx *data.Tx, by data.Actor, t Type) (Type, error) {
	if err := data.Require(ctx, tx, by, desk()...); err != nil {
		return Type{}, err
	}
	var err error
	if t.Name, err = data.ShortText("type", t.Name, nameLimit); err != nil {
		return Type{}, err
	}
	if t.Accessories, err = cleanAccessories(t.Accessories); err != nil {
		return Type{}, err
	}
	t.ID = ""
	return putType(ctx, tx, by, t)
}

// ChangeDevice is Store.ChangeDevice inside somebody else's transaction.
func ChangeDevice(ctx context.Context, tx *data.Tx, by data.Actor, d Device) error {
	if err := data.Require(ctx, tx, by, desk()...); err != nil {
		return err
	}
	d, err := d.check()
	if err != nil {
		return err
	}
	return deviceError("change device", d, changeDevice(ctx, tx, by, d))
}

// Enter brings a device that was just added into the state in which it was taken over: ready, in repair, to be wiped,
// or out of use. why is kept with it as proof. It is audited, and returns an *data.Invalid for a state that can't
// follow.
func Enter(ctx context.Context, tx *data.Tx, by data.Actor, d Device, to State, why string) error {
	if err := data.Require(ctx, tx, by, desk()...); err != nil || to == d.State {
		return err
	}
	p := Proof{Tested: to == Ready, Note: data.Clean(why, noteLimit)}
	if err := d.State.Go(to, p); err != nil {
		return err
	}
	if err := setState(ctx, tx, by, d, to, p); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "device.move", d.ID, "from", string(d.State), "to", string(to))
}

// AddBorrower is Store.PutBorrower for a new borrower inside somebody else's transaction.
func AddBorrower(ctx context.Context, tx *data.Tx, by data.Actor, b Borrower) (Borrower, error) {
	if err := data.Require(ctx, tx, by, append(desk(), data.RoleSocial)...); err != nil {
		return Borrower{}, err
	}
	b.ID = ""
	b, err := b.check()
	if err != nil {
		return Borrower{}, err
	}
	return putBorrower(ctx, tx, by, b)
}

// CheckBorrower says what is wrong with a borrower before the transaction: an *data.Invalid.
func CheckBorrower(b Borrower) error {
	_, err := b.check()
	return err
}

// Taken is what was paid for a loan that is taken over: its deposit, and how.
type Taken struct {
	Cents  int64 // 0: nothing
	Method Method
}

// TakeOver writes down a loan that is open on paper, with its own first day, due day and deposit, inside somebody
// else's transaction; ask.At and ask.Why are needed. The deposit stands on the day sheet of the day on which it was
// paid, in cash too where the desk takes none any more, and no fee is asked again. Errors are those of Store.Lend.
func TakeOver(ctx context.Context, tx *data.Tx, by data.Actor, ask LendAsk, paid Taken) (Loan, error) {
	if err := data.Require(ctx, tx, by, desk()...); err != nil {
		return Loan{}, err
	}
	switch {
	case ask.At.IsZero():
		return Loan{}, &data.Invalid{Field: "at", Why: data.WhyEmpty}
	case paid.Cents < 0 || paid.Cents > mostCents:
		return Loan{}, &data.Invalid{Field: "amount", Why: WhyCents, Got: strconv.FormatInt(paid.Cents, 10)}
	case paid.Cents > 0 && !slices.Contains(Methods(), paid.Method):
		return Loan{}, &data.Invalid{Field: "pay", Why: WhyMethod, Got: data.Clean(string(paid.Method), 20)}
	}
	if err := data.ShortTexts(noteLimit, data.Typed("condition", &ask.Condition), data.Typed("reason", &ask.Why)); err != nil {
		return Loan{}, err
	}
	ask.Pay, ask.taken = "", &paid
	l, err := lend(ctx, tx, by, ask)
	if err != nil {
		return Loan{}, fmt.Errorf("take over the loan of device %s: %w", data.Clean(ask.Device, 40), err)
	}
	if paid.Cents == 0 {
		return l, nil
	}
	return l, enter(ctx, tx, by, l, "", Entry{Kind: Received, What: Deposit, Cents: paid.Cents, Method: paid.Method, onDay: l.LentOn})
}
