package loans

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// Kit is a physical set of devices with one code, such as a trolley of ten laptops.
type Kit struct {
	ID      string
	Number  Number
	Name    string
	Devices []string // ids, by the devices' numbers
}

// WhyInKit says that a device is in another kit already.
const WhyInKit data.Why = "loans.in_kit"

// PutKit adds a kit, or changes the one with that id, and audits it. A device is in one kit at most. It returns an
// *data.Invalid, and data.ErrNotFound.
func (s *Store) PutKit(ctx context.Context, by data.Actor, k Kit) (Kit, error) {
	var err error
	if k.Name, err = data.ShortText("kit", k.Name, nameLimit); err != nil {
		return Kit{}, err
	}
	if k.Name == "" {
		return Kit{}, &data.Invalid{Field: "kit", Why: data.WhyEmpty}
	}
	put := k
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		put, err = putKit(ctx, tx, by, k)
		return err
	})
	if err != nil {
		return Kit{}, fmt.Errorf("put kit %s: %w", k.Name, err)
	}
	return put, nil
}

func putKit(ctx context.Context, tx *data.Tx, by data.Actor, k Kit) (_ Kit, err error) {
	action := "device.kit_change"
	if k.ID == "" {
		k.ID, action = data.NewID(), "device.kit_add"
		if k.Number, err = newNumber(ctx, tx, KindKit); err != nil {
			return Kit{}, err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO device_kits (id, number, name, sort_key, created_at) VALUES ($1, $2, $3, $4, $5)`,
			k.ID, string(k.Number), k.Name, data.SortKey(k.Name), tx.Now().UnixMilli())
	} else {
		err = data.OneRow(tx.ExecContext(ctx, `UPDATE device_kits SET name = $1, sort_key = $2 WHERE id = $3`, k.Name, data.SortKey(k.Name), k.ID))
	}
	if data.IsUnique(err) {
		return Kit{}, &data.Invalid{Field: "kit", Why: data.WhyTwice, Got: k.Name}
	} else if err != nil {
		return Kit{}, err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM device_kit_members WHERE kit_id = $1`, k.ID); err != nil {
		return Kit{}, err
	}
	for _, id := range k.Devices {
		d, err := device(ctx, tx, id)
		if err != nil {
			return Kit{}, err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO device_kit_members (device_id, kit_id) VALUES ($1, $2)`, id, k.ID)
		if data.IsUnique(err) {
			return Kit{}, &data.Invalid{Field: "devices", Why: WhyInKit, Got: d.Called()}
		} else if err != nil {
			return Kit{}, err
		}
	}
	return k, tx.Audit(ctx, by, action, k.ID, "name", k.Name, "devices", strconv.Itoa(len(k.Devices)))
}

// Kits lists all kits by name.
func (s *Store) Kits(ctx context.Context, by data.Actor) (all []Kit, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = kits(ctx, q, "")
		return err
	})
	return all, err
}

// kits lists all kits, or the one with a number.
func kits(ctx context.Context, q data.Query, number Number) (all []Kit, err error) {
	type row struct {
		kit    Kit
		device string
	}
	rows, err := data.List(ctx, q, func(scan func(...any) error) (r row, err error) {
		return r, scan(&r.kit.ID, &r.kit.Number, &r.kit.Name, &r.device)
	}, `SELECT k.id, k.number, k.name, coalesce(d.id, '') FROM device_kits k LEFT JOIN device_kit_members m ON m.kit_id = k.id
		LEFT JOIN devices d ON d.id = m.device_id WHERE $1 = '' OR k.number = $1 ORDER BY k.sort_key, k.id, coalesce(d.number, '')`, string(number))
	for _, r := range rows {
		at := slices.IndexFunc(all, func(k Kit) bool { return k.ID == r.kit.ID })
		if at < 0 {
			all, at = append(all, r.kit), len(all)
		}
		if r.device != "" {
			all[at].Devices = append(all[at].Devices, r.device)
		}
	}
	return all, err
}

// Cost is money that the upkeep of a device took.
type Cost struct {
	On    string // YYYY-MM-DD
	Cents int64
	What  string
	Actor string
}

// AddCost writes down what the upkeep of a device cost, and audits it. It returns an *data.Invalid, and
// data.ErrNotFound.
func (s *Store) AddCost(ctx context.Context, by data.Actor, id string, c Cost) error {
	var err error
	if c.What, err = data.ShortText("what", c.What, noteLimit); err != nil {
		return err
	}
	if _, err := data.ParseDay(c.On); err != nil {
		return err
	}
	if c.What == "" {
		return &data.Invalid{Field: "what", Why: data.WhyEmpty}
	}
	if c.Cents < 0 {
		return &data.Invalid{Field: "cost", Why: data.WhyNumber, Want: "≥ 0", Got: strconv.FormatInt(c.Cents, 10)}
	}
	return s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		if _, err := device(ctx, tx, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO device_costs (id, device_id, on_day, cents, what, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			data.NewID(), id, c.On, c.Cents, c.What, actor(by), tx.Now().UnixMilli()); err != nil {
			return fmt.Errorf("cost of device %s: %w", id, err)
		}
		return tx.Audit(ctx, by, "device.cost", id, "cents", strconv.FormatInt(c.Cents, 10), "what", c.What)
	})
}

// Costs lists what the upkeep of a device cost, the oldest first.
func (s *Store) Costs(ctx context.Context, by data.Actor, id string) (all []Cost, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = costs(ctx, q, id)
		return err
	})
	return all, err
}

func costs(ctx context.Context, q data.Query, id string) ([]Cost, error) {
	return data.List(ctx, q, func(scan func(...any) error) (c Cost, err error) { return c, scan(&c.On, &c.Cents, &c.What, &c.Actor) },
		`SELECT on_day, cents, what, actor FROM device_costs WHERE device_id = $1 ORDER BY on_day, id`, id)
}
