package loans

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// Accessory is something that belongs to a device, and what it costs when it does not come back.
type Accessory struct {
	Name  string `json:"name"`
	Cents int64  `json:"cents,omitempty"`
}

// accessoryLimit is how many accessories something has at most.
const accessoryLimit = 20

// cleanAccessories tidies a list of accessories: names, none twice, no negative price.
func cleanAccessories(all []Accessory) (clean []Accessory, err error) {
	for _, a := range all {
		if a.Name, err = data.ShortText("accessories", a.Name, nameLimit); err != nil {
			return nil, err
		}
		same := func(other Accessory) bool { return data.SortKey(other.Name) == data.SortKey(a.Name) }
		switch {
		case a.Name == "":
			return nil, &data.Invalid{Field: "accessories", Why: data.WhyEmpty}
		case slices.ContainsFunc(clean, same):
			return nil, &data.Invalid{Field: "accessories", Why: data.WhyTwice, Got: a.Name}
		case a.Cents < 0:
			return nil, &data.Invalid{Field: "accessories", Why: data.WhyNumber, Want: "≥ 0", Got: strconv.FormatInt(a.Cents, 10)}
		}
		clean = append(clean, a)
	}
	if len(clean) > accessoryLimit {
		return nil, &data.Invalid{Field: "accessories", Why: data.WhyTooLong, Want: strconv.Itoa(accessoryLimit)}
	}
	return clean, nil
}

// Type is a kind of device, such as laptop or tablet.
type Type struct {
	ID          string
	Name        string
	Kind        int         // the first two digits of its devices' numbers, 10 to 89; 0 when it is added: the next one
	Accessories []Accessory // what a new device of this type has
}

// PutType adds a type of device, or changes the one with that id (its kind stays), and audits it. It returns an
// *data.Invalid, and data.ErrNotFound.
func (s *Store) PutType(ctx context.Context, by data.Actor, t Type) (Type, error) {
	var err error
	if t.Name, err = data.ShortText("type", t.Name, nameLimit); err != nil {
		return Type{}, err
	}
	if t.Accessories, err = cleanAccessories(t.Accessories); err != nil {
		return Type{}, err
	}
	if t.Name == "" {
		return Type{}, &data.Invalid{Field: "type", Why: data.WhyEmpty}
	}
	if t.Kind != 0 && (t.Kind < MinKind || t.Kind > maxDevice) {
		return Type{}, &data.Invalid{Field: "kind", Why: data.WhyNumber, Want: "10 … 89", Got: strconv.Itoa(t.Kind)}
	}
	put := t
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		put, err = putType(ctx, tx, by, t)
		return err
	})
	if data.IsUnique(err) {
		return Type{}, &data.Invalid{Field: "type", Why: data.WhyTwice, Got: t.Name}
	}
	if err != nil {
		return Type{}, fmt.Errorf("put device type %s: %w", t.Name, err)
	}
	return put, nil
}

func putType(ctx context.Context, tx *data.Tx, by data.Actor, t Type) (Type, error) {
	if t.ID != "" {
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE device_types SET name = $1, sort_key = $2, accessories = $3 WHERE id = $4`,
			t.Name, data.SortKey(t.Name), data.Pack(t.Accessories), t.ID)); err != nil {
			return Type{}, err
		}
		if err := data.One(ctx, tx, []any{&t.Kind}, `SELECT kind FROM device_types WHERE id = $1`, t.ID); err != nil {
			return Type{}, err
		}
		return t, tx.Audit(ctx, by, "device.type_change", t.ID, "name", t.Name)
	}
	t, err := insertType(ctx, tx, t)
	if err != nil {
		return Type{}, err
	}
	return t, tx.Audit(ctx, by, "device.type_add", t.ID, "name", t.Name)
}

// insertType stores a new type, with the next kind where it has none.
func insertType(ctx context.Context, tx *data.Tx, t Type) (Type, error) {
	t.ID = data.NewID()
	if t.Kind == 0 {
		if err := data.One(ctx, tx, []any{&t.Kind}, `SELECT coalesce(max(kind), 9) + 1 FROM device_types`); err != nil {
			return Type{}, err
		}
		if t.Kind > maxDevice {
			return Type{}, &data.Invalid{Field: "kind", Why: WhyNumbersGone}
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO device_types (id, name, sort_key, kind, accessories, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		t.ID, t.Name, data.SortKey(t.Name), t.Kind, data.Pack(t.Accessories), tx.Now().UnixMilli())
	return t, err
}

// Types lists all types by name.
func (s *Store) Types(ctx context.Context, by data.Actor) (all []Type, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		all, err = types(ctx, q, "")
		return err
	})
	return all, err
}

func types(ctx context.Context, q data.Query, id string) ([]Type, error) {
	return data.List(ctx, q, func(scan func(...any) error) (t Type, err error) {
		var accessories string
		if err = scan(&t.ID, &t.Name, &t.Kind, &accessories); err == nil {
			err = data.Unpack(accessories, &t.Accessories)
		}
		return t, err
	}, `SELECT id, name, kind, accessories FROM device_types WHERE $1 = '' OR id = $1 ORDER BY sort_key, id`, id)
}

func typeOf(ctx context.Context, q data.Query, id string) (Type, error) {
	found, err := types(ctx, q, id)
	if id == "" || err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Type{}, fmt.Errorf("device type %s: %w", data.Clean(id, 40), err)
	}
	return found[0], nil
}
