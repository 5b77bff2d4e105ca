package loans

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// InspectAsk is what somebody found who looked a device over that came back.
type InspectAsk struct {
	Device    string   // id
	Missing   []string // accessories that are not there
	Condition string   // of the device now
	Repair    bool     // it is to be mended before it is wiped
}

// Inspect writes down how a device that came back compares with how it went out, and takes it further: to be wiped, or
// mended first. What went out and is missing now, and was not missing when it was brought back, is charged to the loan
// at the price that it had then. It is audited. charged is in cents. It returns an *data.Invalid for a device that is
// not to be checked, and data.ErrNotFound.
func (s *Store) Inspect(ctx context.Context, by data.Actor, ask InspectAsk) (charged int64, err error) {
	if err := data.ShortTexts(noteLimit, data.Typed("condition", &ask.Condition)); err != nil {
		return 0, err
	}
	ask.Missing = slices.Clone(ask.Missing)
	for i := range ask.Missing {
		ask.Missing[i] = data.Clean(ask.Missing[i], nameLimit)
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		charged, err = inspect(ctx, tx, by, ask)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("inspect device %s: %w", data.Clean(ask.Device, 40), err)
	}
	return charged, nil
}

func inspect(ctx context.Context, tx *data.Tx, by data.Actor, ask InspectAsk) (charged int64, err error) {
	d, err := device(ctx, tx, ask.Device)
	if err != nil {
		return 0, err
	}
	to, proof := ToWipe, Proof{Missing: ask.Missing, Note: ask.Condition}
	if ask.Repair {
		to = Repair
	}
	if d.State != ToCheck {
		return 0, &data.Invalid{Field: "state", Why: WhyState, Want: string(to), Got: string(d.State)}
	}
	if charged, err = chargeMissing(ctx, tx, by, d, ask.Missing); err != nil {
		return 0, err
	}
	if err := setState(ctx, tx, by, d, to, proof); err != nil {
		return 0, err
	}
	return charged, tx.Audit(ctx, by, "device.inspect", d.ID, "to", string(to), "count", strconv.Itoa(len(ask.Missing)), "cents", cents(charged))
}

// chargeMissing asks for what turned out to be missing after the device was brought back. Of a loan whose borrower was
// unlinked, or that ended because the device was gone, nothing is asked.
func chargeMissing(ctx context.Context, tx *data.Tx, by data.Actor, d Device, missing []string) (charged int64, err error) {
	l, err := loanWhere(ctx, tx, `l.device_id = $1 AND l.ended <> '' AND l.ended <> 'undone' ORDER BY l.ended_at DESC, l.id DESC LIMIT 1`, d.ID)
	if errors.Is(err, data.ErrNotFound) || err == nil && (l.Ended != Brought || l.BorrowerID == "") {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	all := l.Missing
	for _, name := range missing {
		same := func(other string) bool { return data.SortKey(other) == data.SortKey(name) }
		at := slices.IndexFunc(l.Accessories, func(a Accessory) bool { return same(a.Name) })
		if at < 0 || slices.ContainsFunc(l.Missing, same) {
			continue
		}
		all = append(slices.Clone(all), l.Accessories[at].Name)
		if c := l.Accessories[at].Cents; c > 0 {
			charged += c
			if err := enter(ctx, tx, by, l, "", Entry{Kind: Charged, What: Damage, Cents: c, Note: l.Accessories[at].Name}); err != nil {
				return 0, err
			}
		}
	}
	if len(all) == len(l.Missing) {
		return 0, nil
	}
	return charged, data.OneRow(tx.ExecContext(ctx, `UPDATE loans SET missing = $1 WHERE id = $2`, data.Pack(all), l.ID))
}
