package loans

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"digibrug/data"
)

// Preview is what lending one device would come to now.
type Preview struct {
	Device  string    // id
	Loan    Loan      // as it would be written: due day and why, deposit and fee in cents; zero when it is refused
	Refused []Refusal // every reason against it
}

// errPreview takes back what a preview did.
var errPreview = errors.New("only a preview")

// Preview tells what Lend would come to now, for several devices one after the other: each counts those before it as
// lent. It is Lend itself, done and taken back in one transaction, so that a preview can't say anything else than
// what then happens; nothing is written. It returns a *LentError when a device is out, an *data.Invalid, and
// data.ErrNotFound.
func (s *Store) Preview(ctx context.Context, by data.Actor, asks ...LendAsk) ([]Preview, error) {
	var all []Preview
	err := s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		all = make([]Preview, len(asks))
		contract := ""
		for i, ask := range asks {
			ask.Contract = contract
			l, err := lend(ctx, tx, by, ask)
			var refused *RefusedError
			if errors.As(err, &refused) {
				all[i] = Preview{Device: ask.Device, Refused: refused.All}
				continue
			}
			if err != nil {
				return err
			}
			all[i], contract = Preview{Device: ask.Device, Loan: l}, l.ContractID
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		return all, nil
	}
	return nil, fmt.Errorf("preview %d loans: %w", len(asks), err)
}

// PreviewRenew tells what Renew would come to now, and writes nothing: the loan with its new due day, or every reason
// against it. It returns data.ErrNotFound, also for a loan that has ended.
func (s *Store) PreviewRenew(ctx context.Context, by data.Actor, id string) (p Preview, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		l, err := renew(ctx, tx, by, id)
		var refused *RefusedError
		switch {
		case errors.As(err, &refused):
			p = Preview{Refused: refused.All}
		case err != nil:
			return err
		default:
			p = Preview{Device: l.DeviceID, Loan: l}
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		return p, nil
	}
	return Preview{}, fmt.Errorf("preview renewal of loan %s: %w", data.Clean(id, 40), err)
}

// LendAll lends several devices to one borrower on one contract, all or none: a kit, or what lies on the desk. It is
// Lend for each, in one transaction, and returns its errors; the reasons of all that are refused come together.
func (s *Store) LendAll(ctx context.Context, by data.Actor, asks ...LendAsk) (all []Loan, err error) {
	for i := range asks {
		if err := data.ShortTexts(noteLimit, data.Typed("condition", &asks[i].Condition), data.Typed("reason", &asks[i].Why)); err != nil {
			return nil, err
		}
	}
	raced := ""
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		all, raced = nil, ""
		var refused []Refusal
		for _, ask := range asks {
			if len(all) > 0 && ask.Contract == "" {
				ask.Contract = all[0].ContractID
			}
			l, err := lend(ctx, tx, by, ask)
			var no *RefusedError
			switch {
			case errors.As(err, &no):
				for _, r := range no.All {
					if !slices.Contains(refused, r) { // what is against the borrower is said once
						refused = append(refused, r)
					}
				}
				continue
			case errors.Is(err, errRaced):
				raced = ask.Device
			}
			if err != nil {
				return err
			}
			all = append(all, l)
		}
		if len(refused) > 0 {
			return &RefusedError{refused}
		}
		return nil
	})
	if errors.Is(err, errRaced) { // the transaction is dead: look again who it was
		err = s.db.View(ctx, func(q data.Query) error { return notLent(ctx, q, raced) })
		if err == nil {
			err = data.ErrBusy // lent and brought back meanwhile
		}
	}
	if err != nil {
		return nil, fmt.Errorf("lend %d devices: %w", len(asks), err)
	}
	return all, nil
}

// UndoAll undoes the last thing that the actor did to several loans, all or none, as Undo does for one; what was done
// last is undone first. kind is what was undone.
func (s *Store) UndoAll(ctx context.Context, by data.Actor, ids ...string) (kind string, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		for i := range ids {
			if kind, err = undo(ctx, tx, by, ids[len(ids)-1-i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("undo at %d loans: %w", len(ids), err)
	}
	return kind, nil
}
