package loans

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"digibrug/data"
)

// Ended says how a loan came to its end.
type Ended string

// How loans end.
const (
	Open        Ended = ""         // it has not
	Brought     Ended = "returned" // brought back
	GotLost     Ended = "lost"     // the device was lost while it was out
	WasStolen   Ended = "stolen"   // or stolen
	WasAMistake Ended = "undone"   // it never was: undone within the minute
)

// Loan is one device with one borrower. What the regulation said when it was lent goes with it.
type Loan struct {
	ID             string
	ContractID     string
	Contract       Number
	DeviceID       string
	Device         string // how people call it
	DeviceNumber   Number
	TypeID         string
	OrganisationID string // owner of the device, and of the money
	LocationID     string
	BorrowerID     string // empty once the history was unlinked
	Borrower       string // name; empty as well then
	Category       Category
	Tariff         string
	LentAt         time.Time
	LentOn         string // YYYY-MM-DD
	LentBy         string
	DueOn          string
	DueAt          time.Time // of a loan of hours: until when on that day; zero for one of days
	Shifts         []Shift   // why it is due on another day than the term says
	Renewals       int64
	Regulation     string // id of the version; empty: the model
	Rules          map[Param]int64
	Accessories    []Accessory
	Condition      string
	DepositCents   int64
	FeeCents       int64
	BookingID      string
	Why            string // of what was done on paper: why it was entered later
	Ended          Ended
	EndedAt        time.Time
	EndedOn        string
	EndedBy        string
	Missing        []string // accessories that did not come back
	BackCondition  string
	LateDays       int64
}

// LateOn is by how many days of the calendar an open loan is late on a day; 0 for one that is not, and for one of
// hours that is late since today (LateAt).
func (l Loan) LateOn(day string) int64 {
	if l.Ended != Open || day <= l.DueOn {
		return 0
	}
	return int64(data.StoredDay(day).Sub(data.StoredDay(l.DueOn)).Hours() / 24)
}

// ErrLent says that a device is out already; the error is a *LentError.
var ErrLent = errors.New("device is lent already")

// LentError says who lent a device that somebody else wanted to lend, and when.
type LentError struct {
	Device string
	By     string
	At     time.Time
}

// Error is for logs.
func (e *LentError) Error() string {
	return fmt.Sprintf("device %s was lent by %s at %s", e.Device, e.By, e.At.Format(time.RFC3339))
}

// Is makes it an ErrLent.
func (e *LentError) Is(target error) bool { return target == ErrLent }

// ErrRefused says that the regulation or the register stands in the way; the error is a *RefusedError.
var ErrRefused = errors.New("refused")

// RefusedError has every reason why something can't be: people see all of them at once.
type RefusedError struct{ All []Refusal }

// Error is for logs.
func (e *RefusedError) Error() string {
	codes := make([]string, len(e.All))
	for i, r := range e.All {
		codes[i] = string(r.Why)
	}
	return "refused: " + strings.Join(codes, ", ")
}

// Is makes it an ErrRefused.
func (e *RefusedError) Is(target error) bool { return target == ErrRefused }

// Why something is refused, besides the regulation's figures.
const (
	WhyNotReady   data.Why = "loans.not_ready"   // Text is the device's state
	WhyRightEnded data.Why = "loans.right_ended" // Until is the last day of the right
	WhyBooked     data.Why = "loans.booked"      // somebody else has booked it: Until is the first day of that
	WhyNoDay      data.Why = "loans.no_day"      // no open day is left to bring it back
	WhyRenewals   data.Why = "loans.renewals"    // renewed Have times, Most is the most
	WhyRenewEarly data.Why = "loans.renew_early" // Most days before the due day at the earliest: Until
	WhyTaken      data.Why = "loans.taken"       // none of the type is free on those days
)

const loanColumns = `SELECT l.id, l.contract_id, c.number, l.device_id, d.name, d.number, l.type_id, l.organisation_id, l.location_id, l.borrower_id,
	b.given, b.family, l.category, l.tariff, l.lent_at, l.lent_on, l.lent_by, l.due_on, l.due_at, l.shifts, l.renewals, l.regulation, l.rules, l.accessories,
	l.condition, l.deposit_cents, l.fee_cents, l.booking_id, l.entered_why, l.ended, l.ended_at, l.ended_on, l.ended_by, l.missing, l.back_condition, l.late_days
	FROM loans l JOIN loan_contracts c ON c.id = l.contract_id JOIN devices d ON d.id = l.device_id LEFT JOIN borrowers b ON b.id = l.borrower_id`

func scanLoan(scan func(...any) error) (l Loan, err error) {
	var borrower, given, family sql.NullString
	var ended sql.NullInt64
	var lent, due int64
	var shifts, rules, accessories, missing, name string
	if err = scan(&l.ID, &l.ContractID, &l.Contract, &l.DeviceID, &name, &l.DeviceNumber, &l.TypeID, &l.OrganisationID, &l.LocationID, &borrower,
		&given, &family, &l.Category, &l.Tariff, &lent, &l.LentOn, &l.LentBy, &l.DueOn, &due, &shifts, &l.Renewals, &l.Regulation, &rules, &accessories,
		&l.Condition, &l.DepositCents, &l.FeeCents, &l.BookingID, &l.Why, &l.Ended, &ended, &l.EndedOn, &l.EndedBy, &missing, &l.BackCondition, &l.LateDays); err != nil {
		return l, err
	}
	l.LentAt, l.BorrowerID = data.Milli(lent), borrower.String
	l.Device = Device{Name: name, Number: l.DeviceNumber}.Called()
	l.Borrower = Borrower{Given: given.String, Family: family.String}.Name()
	if due != 0 {
		l.DueAt = data.Milli(due)
	}
	if ended.Valid {
		l.EndedAt = data.Milli(ended.Int64)
	}
	return l, errors.Join(data.Unpack(shifts, &l.Shifts), data.Unpack(rules, &l.Rules), data.Unpack(accessories, &l.Accessories), data.Unpack(missing, &l.Missing))
}

// loanWhere gives the first loan that a condition finds, data.ErrNotFound when there is none.
func loanWhere(ctx context.Context, q data.Query, where string, args ...any) (Loan, error) {
	found, err := data.List(ctx, q, scanLoan, loanColumns+` WHERE `+where, args...)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Loan{}, err
	}
	return found[0], nil
}

func loan(ctx context.Context, q data.Query, id string) (Loan, error) {
	l, err := loanWhere(ctx, q, `l.id = $1`, id)
	if err != nil {
		return Loan{}, fmt.Errorf("loan %s: %w", data.Clean(id, 40), err)
	}
	return l, nil
}

// openOf gives the open loan of a device.
func openOf(ctx context.Context, q data.Query, device string) (Loan, error) {
	return loanWhere(ctx, q, `l.device_id = $1 AND l.ended = ''`, device)
}

// Loan finds a loan. It returns data.ErrNotFound.
func (s *Store) Loan(ctx context.Context, by data.Actor, id string) (l Loan, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		l, err = loan(ctx, q, id)
		l = l.shown(holds(ctx, q, by, data.RoleSocial))
		return err
	})
	return l, err
}

// shown hides from others than social workers that the borrower is a client of the OCMW.
func (l Loan) shown(social bool) Loan {
	l.Category = Borrower{Category: l.Category}.shown(social).Category
	return l
}

// LoansOf lists the loans of a borrower, the newest first.
func (s *Store) LoansOf(ctx context.Context, by data.Actor, borrower string) ([]Loan, error) {
	return s.loans(ctx, by, ` WHERE l.borrower_id = $1 ORDER BY l.lent_at DESC, l.id DESC`, borrower)
}

// LoansOfDevice lists the loans of a device, the newest first.
func (s *Store) LoansOfDevice(ctx context.Context, by data.Actor, device string) ([]Loan, error) {
	return s.loans(ctx, by, ` WHERE l.device_id = $1 ORDER BY l.lent_at DESC, l.id DESC`, device)
}

// OpenNow lists all open loans, the first to be due first.
func (s *Store) OpenNow(ctx context.Context, by data.Actor) ([]Loan, error) {
	return s.loans(ctx, by, ` WHERE l.ended = '' ORDER BY l.due_on, l.due_at, l.id`)
}

func (s *Store) loans(ctx context.Context, by data.Actor, where string, args ...any) (all []Loan, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, scanLoan, loanColumns+where, args...)
		social := holds(ctx, q, by, data.RoleSocial)
		for i := range all {
			all[i] = all[i].shown(social)
		}
		return err
	})
	return all, err
}

// actBefore is what an undo puts back.
type actBefore struct {
	State        State   `json:"state,omitempty"` // of the device
	Booking      string  `json:"booking,omitempty"`
	BookingState string  `json:"booking_state,omitempty"`
	DueOn        string  `json:"due_on,omitempty"`
	DueAt        int64   `json:"due_at,omitempty"` // milliseconds
	Renewals     int64   `json:"renewals,omitempty"`
	Shifts       []Shift `json:"shifts,omitempty"`
}

// addAct writes down what was done to a loan; real is when it really happened.
func addAct(ctx context.Context, tx *data.Tx, by data.Actor, loan, kind string, real time.Time, before actBefore, reverses string) (string, error) {
	id := data.NewID()
	_, err := tx.ExecContext(ctx, `INSERT INTO loan_acts (id, loan_id, kind, at, real_at, actor, account_id, before, reverses)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, loan, kind, tx.Now().UnixMilli(), real.UnixMilli(), actor(by), by.AccountID, data.Pack(before), data.OrNull(reverses))
	return id, err
}

// closeIfDone closes a contract whose lines are all closed. closed tells whether it did.
func closeIfDone(ctx context.Context, tx *data.Tx, contract string) (closed bool, err error) {
	res, err := tx.ExecContext(ctx, `UPDATE loan_contracts SET closed_at = $1 WHERE id = $2 AND closed_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM loans WHERE contract_id = $2 AND ended = '')`, tx.Now().UnixMilli(), contract)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}
