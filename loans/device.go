package loans

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// Device is one thing that is lent.
type Device struct {
	ID             string
	TypeID         string
	Type           string // name
	Number         Number // given when it is added, never changed
	Name           string // free, unique among the devices in use: "LT-014"; may be empty
	Serial         string // of the maker
	Accessories    []Accessory
	BoughtOn       string // YYYY-MM-DD; empty: not known
	PriceCents     int64
	GuaranteeUntil string // YYYY-MM-DD; empty: none
	OrganisationID string // owner: municipality and OCMW are separate legal persons
	LocationID     string // where it is lent and brought back
	State          State
	BackOn         string // YYYY-MM-DD: in repair, the day on which it is expected back; empty: not known
	Note           string
}

// Called is how people call the device: its name, or else its number.
func (d Device) Called() string {
	if d.Name != "" {
		return d.Name
	}
	return d.Number.Show()
}

func (d Device) check() (Device, error) {
	if err := data.ShortTexts(nameLimit, data.Typed("name", &d.Name), data.Typed("serial", &d.Serial)); err != nil {
		return Device{}, err
	}
	if err := data.ShortTexts(noteLimit, data.Typed("note", &d.Note)); err != nil {
		return Device{}, err
	}
	for name, day := range map[string]string{"bought": d.BoughtOn, "guarantee": d.GuaranteeUntil} {
		if err := data.OptionalDay(name, day); err != nil {
			return Device{}, err
		}
	}
	switch {
	case d.TypeID == "":
		return Device{}, &data.Invalid{Field: "type", Why: data.WhyEmpty}
	case d.OrganisationID == "":
		return Device{}, &data.Invalid{Field: "organisation", Why: data.WhyEmpty}
	case d.LocationID == "":
		return Device{}, &data.Invalid{Field: "location", Why: data.WhyEmpty}
	case d.PriceCents < 0:
		return Device{}, &data.Invalid{Field: "price", Why: data.WhyNumber, Want: "≥ 0", Got: strconv.FormatInt(d.PriceCents, 10)}
	}
	var err error
	d.Accessories, err = cleanAccessories(d.Accessories)
	return d, err
}

// AddDevice adds a device in stock and gives it its number, and audits it. Its accessories are those of its type
// where it names none. It returns an *data.Invalid, also for a name that another device in use has, and
// data.ErrNotFound for an unknown type, organisation or location.
func (s *Store) AddDevice(ctx context.Context, by data.Actor, d Device) (Device, error) {
	d, err := d.check()
	if err != nil {
		return Device{}, err
	}
	added := d
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		added, err = addDevice(ctx, tx, by, d)
		return err
	})
	return added, deviceError("add device", d, err)
}

// AddDevice is Store.AddDevice inside somebody else's transaction: an import is one act.
func AddDevice(ctx context.Context, tx *data.Tx, by data.Actor, d Device) (Device, error) {
	if err := data.Require(ctx, tx, by, desk()...); err != nil {
		return Device{}, err
	}
	d, err := d.check()
	if err != nil {
		return Device{}, err
	}
	added, err := addDevice(ctx, tx, by, d)
	return added, deviceError("add device", d, err)
}

func deviceError(doing string, d Device, err error) error {
	switch {
	case data.IsUnique(err):
		return &data.Invalid{Field: "name", Why: data.WhyTwice, Got: d.Name}
	case err != nil:
		return fmt.Errorf("%s %s: %w", doing, d.Called(), err)
	}
	return nil
}

func addDevice(ctx context.Context, tx *data.Tx, by data.Actor, d Device) (Device, error) {
	t, err := typeOf(ctx, tx, d.TypeID)
	if err != nil {
		return Device{}, err
	}
	if err := known(ctx, tx, d.OrganisationID, d.LocationID); err != nil {
		return Device{}, err
	}
	if d.Number, err = newNumber(ctx, tx, t.Kind); err != nil {
		return Device{}, err
	}
	d.ID, d.Type, d.State, d.BackOn = data.NewID(), t.Name, InStock, ""
	if d.Accessories == nil {
		d.Accessories = t.Accessories
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO devices (id, type_id, number, name, sort_key, serial, accessories, bought_on, price_cents,
		guarantee_until, organisation_id, location_id, state, back_on, note, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', $14, $15)`,
		d.ID, d.TypeID, string(d.Number), d.Name, data.SortKey(d.Name), d.Serial, data.Pack(d.Accessories), d.BoughtOn, d.PriceCents,
		d.GuaranteeUntil, d.OrganisationID, d.LocationID, string(d.State), d.Note, tx.Now().UnixMilli()); err != nil {
		return Device{}, err
	}
	if err := note(ctx, tx, by, d.ID, "", InStock, Proof{}); err != nil {
		return Device{}, err
	}
	return d, tx.Audit(ctx, by, "device.add", d.ID, "number", string(d.Number), "name", d.Name)
}

// known looks whether an organisation and a location are there.
func known(ctx context.Context, q data.Query, organisation, location string) error {
	var n int
	if err := data.One(ctx, q, []any{&n}, `SELECT count(*) FROM organisations WHERE id = $1`, organisation); err != nil || n == 0 {
		return fmt.Errorf("organisation %s: %w", data.Clean(organisation, 40), orNotFound(err))
	}
	if err := data.One(ctx, q, []any{&n}, `SELECT count(*) FROM locations WHERE id = $1`, location); err != nil || n == 0 {
		return fmt.Errorf("location %s: %w", data.Clean(location, 40), orNotFound(err))
	}
	return nil
}

func orNotFound(err error) error {
	if err == nil {
		return data.ErrNotFound
	}
	return err
}

// ChangeDevice changes what is said of a device; its number, type and state stay. It is audited. Errors are those of
// AddDevice.
func (s *Store) ChangeDevice(ctx context.Context, by data.Actor, d Device) error {
	old := d
	d, err := d.check()
	if err != nil {
		return err
	}
	return deviceError("change device", old, s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error { return changeDevice(ctx, tx, by, d) }))
}

func changeDevice(ctx context.Context, tx *data.Tx, by data.Actor, d Device) error {
	if err := known(ctx, tx, d.OrganisationID, d.LocationID); err != nil {
		return err
	}
	if err := data.OneRow(tx.ExecContext(ctx, `UPDATE devices SET name = $1, sort_key = $2, serial = $3, accessories = $4, bought_on = $5, price_cents = $6,
		guarantee_until = $7, organisation_id = $8, location_id = $9, note = $10 WHERE id = $11`,
		d.Name, data.SortKey(d.Name), d.Serial, data.Pack(d.Accessories), d.BoughtOn, d.PriceCents, d.GuaranteeUntil, d.OrganisationID, d.LocationID,
		d.Note, d.ID)); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "device.change", d.ID, "name", d.Name)
}

const deviceColumns = `SELECT d.id, d.type_id, t.name, d.number, d.name, d.serial, d.accessories, d.bought_on, d.price_cents, d.guarantee_until,
	d.organisation_id, d.location_id, d.state, d.back_on, d.note FROM devices d JOIN device_types t ON t.id = d.type_id`

func scanDevice(scan func(...any) error) (d Device, err error) {
	var accessories string
	if err = scan(&d.ID, &d.TypeID, &d.Type, &d.Number, &d.Name, &d.Serial, &accessories, &d.BoughtOn, &d.PriceCents, &d.GuaranteeUntil,
		&d.OrganisationID, &d.LocationID, &d.State, &d.BackOn, &d.Note); err == nil {
		err = data.Unpack(accessories, &d.Accessories)
	}
	return d, err
}

func device(ctx context.Context, q data.Query, id string) (Device, error) {
	found, err := data.List(ctx, q, scanDevice, deviceColumns+` WHERE d.id = $1`, id)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Device{}, fmt.Errorf("device %s: %w", data.Clean(id, 40), err)
	}
	return found[0], nil
}

// Device finds a device. It returns data.ErrNotFound.
func (s *Store) Device(ctx context.Context, by data.Actor, id string) (d Device, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		d, err = device(ctx, q, id)
		return err
	})
	return d, err
}

// Devices lists all devices by name and number, also those that are out of use.
func (s *Store) Devices(ctx context.Context, by data.Actor) (all []Device, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, scanDevice, deviceColumns+` ORDER BY d.sort_key, d.number`)
		return err
	})
	return all, err
}

// Event is one thing that happened to a device.
type Event struct {
	At    time.Time
	Actor string
	From  State // empty: it was added
	To    State
	Proof Proof
}

// note writes a step in a device's life down.
func note(ctx context.Context, tx *data.Tx, by data.Actor, device string, from, to State, p Proof) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO device_events (id, device_id, at, actor, from_state, to_state, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		data.NewID(), device, tx.Now().UnixMilli(), actor(by), string(from), string(to), data.Pack(p))
	return err
}

// setState writes the state of a device, and the event, without asking whether it may: callers have.
func setState(ctx context.Context, tx *data.Tx, by data.Actor, d Device, to State, p Proof) error {
	if err := data.OneRow(tx.ExecContext(ctx, `UPDATE devices SET state = $1, back_on = '' WHERE id = $2 AND state = $3`, string(to), d.ID, string(d.State))); err != nil {
		return fmt.Errorf("device %s to %s: %w", d.Called(), to, err)
	}
	return note(ctx, tx, by, d.ID, d.State, to, p)
}

// Move takes a device a step further in its life, with its proof, and audits it. Lending and taking back have methods
// of their own; a device that gets lost or is stolen while it is lent ends its loan. It returns an *data.Invalid: the
// step can't follow, or a link is missing; and data.ErrNotFound.
func (s *Store) Move(ctx context.Context, by data.Actor, id string, to State, p Proof) error {
	return s.move(ctx, by, id, to, p, Charge{})
}

// move is Move, with what the borrower who has the device owes for it.
func (s *Store) move(ctx context.Context, by data.Actor, id string, to State, p Proof, c Charge) error {
	if err := data.ShortTexts(noteLimit, data.Typed("method", &p.Method), data.Typed("report", &p.Report), data.Typed("note", &p.Note)); err != nil {
		return err
	}
	return s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		d, err := device(ctx, tx, id)
		if err != nil {
			return err
		}
		if to == OnLoan || d.State == OnLoan && !slices.Contains([]State{Lost, Stolen}, to) {
			return &data.Invalid{Field: "state", Why: WhyState, Want: string(to), Got: string(d.State)}
		}
		if err := d.State.Go(to, p); err != nil {
			return err
		}
		if d.State == OnLoan {
			err = endLost(ctx, tx, by, d, to, c)
		} else if c.Cents > 0 {
			err = &data.Invalid{Field: "amount", Why: WhyNobodyHas}
		}
		if err != nil {
			return err
		}
		if err := setState(ctx, tx, by, d, to, p); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "device.move", d.ID, "from", string(d.State), "to", string(to))
	})
}

// ExpectBack says when a device in repair is expected back, or with "" that nobody knows, and audits it.
func (s *Store) ExpectBack(ctx context.Context, by data.Actor, id, day string) error {
	if err := data.OptionalDay("back", day); err != nil {
		return err
	}
	return s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE devices SET back_on = $1 WHERE id = $2 AND state = 'repair'`, day, id)); err != nil {
			return fmt.Errorf("expect device %s back: %w", data.Clean(id, 40), err)
		}
		return tx.Audit(ctx, by, "device.expect", id, "day", day)
	})
}

// History lists what happened to a device, the oldest first.
func (s *Store) History(ctx context.Context, by data.Actor, id string) (all []Event, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = history(ctx, q, id)
		return err
	})
	return all, err
}

func history(ctx context.Context, q data.Query, id string) ([]Event, error) {
	return data.List(ctx, q, func(scan func(...any) error) (e Event, err error) {
		var at int64
		var detail string
		if err = scan(&at, &e.Actor, &e.From, &e.To, &detail); err == nil {
			e.At, err = data.Milli(at), data.Unpack(detail, &e.Proof)
		}
		return e, err
	}, `SELECT at, actor, from_state, to_state, detail FROM device_events WHERE device_id = $1 ORDER BY at, id`, id)
}
