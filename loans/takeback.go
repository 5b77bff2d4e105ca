package loans

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// ReturnAsk is what came back, and how.
type ReturnAsk struct {
	Loan      string // id; or else
	Device    string // id of the device: its open loan
	Missing   []string
	Condition string
	Charges   []Charge // for damage, beside what missing accessories cost
	Refund    Method   // how the rest of the deposit goes back now; empty: later, by Settle
	IBAN      string   // of a refund by transfer
	At        time.Time
	Why       string // of a return on paper: when it was, and why it is entered later
}

// Charge is an amount that is asked of a borrower.
type Charge struct {
	Cents int64
	Note  string
}

// Returned is what a return came to.
type Returned struct {
	Loan     Loan   // of what is found the one that it got lost in; zero when it was not out then
	Already  bool   // the device was not out: nothing was written
	Found    bool   // it was lost or stolen, and is back
	Asked    int64  // cents: of what is found, what its borrower was asked for the loss and not let off
	Fine     int64  // cents
	Blocked  string // YYYY-MM-DD, the last day of the block that being late cost; empty: none
	Closed   bool   // that was the contract's last line
	Social   bool   // late, and for the social worker to look at: no fine, no block
	Balance  Balance
	DeviceID string
}

// Return takes a device back, and audits it: it is to be looked at before anybody else can have it. It is never
// refused, whatever became of borrower or regulation; one that was brought back already gives Already, and writes
// nothing. It returns an *data.Invalid for amounts and ways of paying that can't be, and data.ErrNotFound.
func (s *Store) Return(ctx context.Context, by data.Actor, ask ReturnAsk) (r Returned, err error) {
	if err := data.ShortTexts(noteLimit, data.Typed("condition", &ask.Condition), data.Typed("reason", &ask.Why)); err != nil {
		return Returned{}, err
	}
	ask.Charges, ask.Missing = slices.Clone(ask.Charges), slices.Clone(ask.Missing)
	for i := range ask.Missing {
		ask.Missing[i] = data.Clean(ask.Missing[i], nameLimit)
	}
	for i, c := range ask.Charges {
		if err := checkCents(c.Cents); err != nil {
			return Returned{}, err
		}
		if ask.Charges[i].Note, err = data.ShortText("note", c.Note, noteLimit); err != nil {
			return Returned{}, err
		}
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		r, err = takeBack(ctx, tx, by, ask)
		return err
	})
	if err != nil {
		return Returned{}, fmt.Errorf("return loan %s of device %s: %w", data.Clean(ask.Loan, 40), data.Clean(ask.Device, 40), err)
	}
	return r, nil
}

func takeBack(ctx context.Context, tx *data.Tx, by data.Actor, ask ReturnAsk) (Returned, error) {
	if err := checkRefund(ctx, tx, ask.Refund, ask.IBAN, true); err != nil {
		return Returned{}, err
	}
	var l Loan
	var err error
	if ask.Loan != "" {
		l, err = loan(ctx, tx, ask.Loan)
	} else if l, err = openOf(ctx, tx, ask.Device); errors.Is(err, data.ErrNotFound) {
		return notOut(ctx, tx, by, ask.Device)
	}
	if err != nil {
		return Returned{}, err
	}
	if l.Ended == GotLost || l.Ended == WasStolen {
		return notOut(ctx, tx, by, l.DeviceID)
	}
	if l.Ended != Open {
		return Returned{Loan: l, Already: true, DeviceID: l.DeviceID}, nil
	}
	at := tx.Now()
	if !ask.At.IsZero() {
		if err := checkPaper(tx, ask.At, ask.Why, ""); err != nil {
			return Returned{}, err
		}
		at = data.Milli(max(ask.At.UnixMilli(), l.LentAt.UnixMilli())) // a clock on the wall may be wrong: never before it went out
	}
	return returned(ctx, tx, by, l, ask, at)
}

// notOut is a return of what is not out: a device that was lost or stolen is found, anything else was brought back.
func notOut(ctx context.Context, tx *data.Tx, by data.Actor, id string) (Returned, error) {
	d, err := device(ctx, tx, id)
	if err != nil || d.State != Lost && d.State != Stolen {
		return Returned{Already: true, DeviceID: id}, err
	}
	if err := setState(ctx, tx, by, d, ToCheck, Proof{}); err != nil {
		return Returned{}, err
	}
	r := Returned{Found: true, DeviceID: id}
	l, err := loanWhere(ctx, tx, `l.device_id = $1 ORDER BY l.lent_at DESC, l.id DESC LIMIT 1`, id)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return Returned{}, err
	}
	if l.Ended == GotLost || l.Ended == WasStolen { // what was paid for it goes back (article 14)
		r.Loan = l.shown(holds(ctx, tx, by, data.RoleSocial))
		if err := data.One(ctx, tx, []any{&r.Asked}, `SELECT coalesce(sum(CASE kind WHEN 'charged' THEN cents ELSE -cents END), 0) FROM loan_ledger
			WHERE loan_id = $1 AND what = 'damage' AND kind IN ('charged', 'waived')`, l.ID); err != nil {
			return Returned{}, err
		}
	}
	return r, tx.Audit(ctx, by, "device.found", d.ID, "number", string(d.Number), "name", d.Name)
}

// returned writes a return down.
func returned(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, ask ReturnAsk, at time.Time) (r Returned, err error) {
	l.Ended, l.EndedAt, l.EndedOn, l.EndedBy = Brought, at, data.DayOf(at), actor(by)
	l.Missing, l.BackCondition = ask.Missing, ask.Condition
	rules := fixed(l.Regulation, l.Rules)
	l.LateDays = l.lateDays(at)
	act, err := addAct(ctx, tx, by, l.ID, "return", at, actBefore{State: OnLoan}, "")
	if err != nil {
		return r, err
	}
	if err := endLoan(ctx, tx, l); err != nil {
		return r, err
	}
	d, err := device(ctx, tx, l.DeviceID)
	if err != nil {
		return r, err
	}
	if err := setState(ctx, tx, by, d, ToCheck, Proof{Note: ask.Condition}); err != nil {
		return r, err
	}
	r = Returned{Loan: l.shown(holds(ctx, tx, by, data.RoleSocial)), DeviceID: l.DeviceID}
	if err := r.late(ctx, tx, by, l, act, rules.lateBy("", "", l.LateDays)); err != nil {
		return r, err
	}
	if err := chargeFor(ctx, tx, by, l, act, ask); err != nil {
		return r, err
	}
	if err := cancelNotices(ctx, tx, l.ID, act); err != nil {
		return r, err
	}
	if r.Closed, err = closeIfDone(ctx, tx, l.ContractID); err != nil {
		return r, err
	}
	if ask.Refund != "" {
		if err := settle(ctx, tx, by, l, act, ask.Refund, ask.IBAN); err != nil {
			return r, err
		}
	}
	if r.Balance, err = balance(ctx, tx, l.ID); err != nil {
		return r, err
	}
	return r, tx.Audit(ctx, by, "loan.return", l.ID, "number", string(l.DeviceNumber), "name", l.Device, "day", l.EndedOn,
		"late", strconv.FormatInt(l.LateDays, 10), "reason", ask.Why)
}

// late books what being late comes to. Of a client of the OCMW nothing is asked: a social worker looks at it.
func (r *Returned) late(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, act string, late Late) error {
	if late.Days == 0 {
		return nil
	}
	if l.Category == Client {
		r.Social = holds(ctx, tx, by, data.RoleSocial) // others don't hear who is a client
		return nil
	}
	if late.Cents > 0 {
		r.Fine = late.Cents
		if err := enter(ctx, tx, by, l, act, Entry{Kind: Charged, What: Fine, Cents: late.Cents}); err != nil {
			return err
		}
	}
	if late.Block == 0 || l.BorrowerID == "" {
		return nil
	}
	from := data.StoredDay(l.EndedOn)
	r.Blocked = data.DayText(from.AddDate(0, 0, int(late.Block)-1))
	return addBlock(ctx, tx, by, l.BorrowerID, Block{From: l.EndedOn, Until: r.Blocked, Reason: lateReason}, act)
}

// lateReason is the reason of a block for being late, as the register keeps it.
const lateReason = "te laat teruggebracht"

// chargeFor books what is missing, by the price that the accessory had when it went out, and what is damaged.
func chargeFor(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, act string, ask ReturnAsk) error {
	all := ask.Charges
	for _, name := range ask.Missing {
		for _, a := range l.Accessories {
			if data.SortKey(a.Name) == data.SortKey(name) && a.Cents > 0 {
				all = append(all, Charge{a.Cents, a.Name})
			}
		}
	}
	for _, c := range all {
		if err := enter(ctx, tx, by, l, act, Entry{Kind: Charged, What: Damage, Cents: c.Cents, Note: c.Note}); err != nil {
			return err
		}
	}
	return nil
}

func endLoan(ctx context.Context, tx *data.Tx, l Loan) error {
	return data.OneRow(tx.ExecContext(ctx, `UPDATE loans SET ended = $1, ended_at = $2, ended_on = $3, ended_by = $4, missing = $5, back_condition = $6, late_days = $7
		WHERE id = $8 AND ended = ''`, string(l.Ended), l.EndedAt.UnixMilli(), l.EndedOn, l.EndedBy, data.Pack(l.Missing), l.BackCondition, l.LateDays, l.ID))
}

// endLost ends the open loan of a device that got lost or was stolen, and charges what that costs.
func endLost(ctx context.Context, tx *data.Tx, by data.Actor, d Device, to State, c Charge) error {
	l, err := openOf(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	act, err := addAct(ctx, tx, by, l.ID, "lost", tx.Now(), actBefore{State: OnLoan}, "")
	if err != nil {
		return err
	}
	l.Ended, l.EndedAt, l.EndedOn, l.EndedBy = Ended(to), tx.Now(), tx.Today(), actor(by)
	if err := endLoan(ctx, tx, l); err != nil {
		return err
	}
	if err := cancelNotices(ctx, tx, l.ID, act); err != nil {
		return err
	}
	if err := chargeLost(ctx, tx, by, l, act, c); err != nil {
		return err
	}
	_, err = closeIfDone(ctx, tx, l.ContractID)
	return err
}

// ErrOpenLines says that a contract can't be closed while one of its devices is out.
var ErrOpenLines = errors.New("contract has open lines")

// CloseContract closes a contract. The last return does so by itself, so this finds it closed already, or returns
// ErrOpenLines; it returns data.ErrNotFound too.
func (s *Store) CloseContract(ctx context.Context, by data.Actor, id string) error {
	return s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		var open int
		if err := data.One(ctx, tx, []any{&open}, `SELECT (SELECT count(*) FROM loans l WHERE l.contract_id = c.id AND l.ended = '') FROM loan_contracts c
			WHERE c.id = $1`, id); err != nil {
			return fmt.Errorf("close contract %s: %w", data.Clean(id, 40), err)
		}
		if open > 0 {
			return fmt.Errorf("close contract %s: %w", id, ErrOpenLines)
		}
		closed, err := closeIfDone(ctx, tx, id)
		if err != nil || !closed {
			return err
		}
		return tx.Audit(ctx, by, "loan.contract_close", id)
	})
}
