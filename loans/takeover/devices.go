package takeover

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
	"digibrug/data/start"
	"digibrug/loans"
)

// devices is the sheet of what is lent.
type devices struct{}

func (devices) Name() string { return DeviceSheet }

func (devices) Fields() []start.Field {
	return []start.Field{
		{Head: colName, Need: true, Also: []string{"code", "label", "toestelnaam"}, Example: []string{"voorbeeld: LT-014", "voorbeeld: TB-003"}},
		{Head: colType, Also: []string{"soort", "type", "categorie"}, Example: []string{"laptop", "tablet"}},
		{Head: colNumber, Example: []string{"", ""}},
		{Head: colSerial, Also: []string{"serienr", "serial", "sn"}, Example: []string{"5CD1234XYZ", "DMPX12345"}},
		{Head: colAccessories, Also: []string{"accessoires", "onderdelen"}, Example: []string{"lader 25; muis 10; tas 15", "lader 20"}},
		{Head: colBought, Day: true, Also: []string{"aangekocht op", "aankoop"}, Example: []string{"2025-09-01", "2024-03-15"}},
		{Head: colPrice, Also: []string{"prijs", "aanschafprijs", "aankoopprijs (€)"}, Example: []string{"549,00", "320,00"}},
		{Head: colGuarantee, Day: true, Also: []string{"garantie", "waarborg leverancier"}, Example: []string{"2028-08-31", ""}},
		{Head: colOwner, Also: []string{"organisatie", "rechtspersoon"}, Example: []string{"Gemeente Zandwerve", "OCMW Zandwerve"}},
		{Head: start.ColLocation, Also: []string{"plaats", "gebouw"}, Example: []string{"Bibliotheek", "Sociaal Huis"}},
		{Head: colState, Known: stateNames(), Also: []string{"stand", "status"}, Example: []string{"klaar", "in voorraad"}},
		{Head: colNote, Also: []string{"nota", "commentaar"}, Example: []string{"kras op het deksel", ""}},
	}
}

// Plan adds devices and changes what is said of them. The state of a device that is here already changes at the desk,
// and in no list.
func (devices) Plan(ctx context.Context, j *start.Job, rows []start.Row) error {
	s, err := stockOf(ctx, j)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := s.deviceRow(ctx, j, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *stock) deviceRow(ctx context.Context, j *start.Job, r start.Row) error {
	it, ok := s.matched(j, r)
	if !ok {
		return nil
	}
	if it != nil && it.row > 0 {
		j.Problem(r, colName, start.WhySameRow, fmt.Sprint(it.row), r.Text(colName))
		return nil
	}
	if it == nil {
		return s.newDevice(ctx, j, r)
	}
	it.row = r.Number
	return s.changeDevice(ctx, j, r, it)
}

// matched finds the device that a row is about: by its number, or else by its name. nil is a new one.
func (s *stock) matched(j *start.Job, r start.Row) (it *item, ok bool) {
	if text := r.Text(colNumber); text != "" {
		n, err := loans.ParseNumber(text)
		if err != nil {
			j.Wrong(r, colNumber, err)
			return nil, false
		}
		if it = s.numbers[n]; it == nil {
			j.Problem(r, colNumber, WhyNumber, "", text)
		}
		return it, it != nil
	}
	name := j.Needed(r, colName, nameLimit)
	return s.names[data.SortKey(name)], name != ""
}

// newDevice plans a device that is not here yet, and its type when that is new too.
func (s *stock) newDevice(ctx context.Context, j *start.Job, r start.Row) error {
	it := &item{Device: loans.Device{Name: j.Name(r, colName, nameLimit), Serial: j.Name(r, colSerial, nameLimit), Note: j.Name(r, colNote, noteLimit),
		BoughtOn: j.DayOf(r, colBought), GuaranteeUntil: j.DayOf(r, colGuarantee), Accessories: accessories(j, r), State: loans.InStock}, row: r.Number}
	it.PriceCents, _ = j.Money(r, colPrice)
	if state := j.OneOf(r, colState, stateNames()); state != "" {
		it.State = states()[state]
	}
	var deltas []start.Delta
	kind := j.Name(r, colType, nameLimit)
	if kind == "" {
		j.Problem(r, colType, WhyNoType)
	} else {
		it.kind, deltas = s.typeCalled(j, kind, it.Accessories)
	}
	p, more, ok, err := j.Place(ctx, r)
	if err != nil {
		return err
	}
	owner, owned, err := j.Owner(ctx, r, colOwner)
	if err != nil || !ok || it.kind == nil || !owned && r.Text(colOwner) != "" {
		return err
	}
	if !owned {
		owner = p.Owner()
	}
	s.add(it)
	deltas = append(append(deltas, more...), start.Changes(colSerial, "", it.Serial, colAccessories, "", accessoryText(it.Accessories), colBought, "", it.BoughtOn,
		colPrice, "", euro(it.PriceCents), colGuarantee, "", it.GuaranteeUntil, colOwner, "", owner.Name(), start.ColLocation, "", p.Name(), colState, "", nameOf(states(), it.State),
		colNote, "", it.Note)...)
	j.Change(r, start.Added, it.Name, append(start.Changes(colType, "", it.kind.Name), deltas...)...)
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		wanted := it.State
		it.TypeID, it.OrganisationID, it.LocationID = it.kind.ID, owner.ID(), p.ID()
		d, err := loans.AddDevice(ctx, tx, by, it.Device)
		if err != nil {
			return err
		}
		it.Device = d
		return loans.Enter(ctx, tx, by, d, wanted, reason)
	})
	return nil
}

// typeCalled finds a type, or plans it with the accessories of its first device.
func (s *stock) typeCalled(j *start.Job, name string, with []loans.Accessory) (*loans.Type, []start.Delta) {
	key := data.SortKey(name)
	if t := s.types[key]; t != nil {
		return t, nil
	}
	t := &loans.Type{Name: name, Accessories: with}
	s.types[key] = t
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		put, err := loans.AddType(ctx, tx, by, *t)
		*t = put
		return err
	})
	return t, nil
}

// changeDevice plans what a row changes of a device. Its type stays: the number on its label says it.
func (s *stock) changeDevice(ctx context.Context, j *start.Job, r start.Row, it *item) error {
	was, now := it.Device, it.Device
	if name := j.Name(r, colName, nameLimit); name != "" {
		now.Name = start.Or(name, was.Name)
	}
	if other := s.names[data.SortKey(now.Name)]; other != nil && other != it && was.State != loans.Retired { // whose name is free again
		j.Problem(r, colName, data.WhyTwice, "", now.Name)
	}
	now.Serial, now.Note = start.Or(j.Name(r, colSerial, nameLimit), was.Serial), start.Or(j.Name(r, colNote, noteLimit), was.Note)
	for field, at := range map[string]*string{colBought: &now.BoughtOn, colGuarantee: &now.GuaranteeUntil} {
		if r.Text(field) == start.Erase {
			*at = ""
		} else if day := j.DayOf(r, field); day != "" {
			*at = day
		}
	}
	if r.Text(colPrice) == start.Erase {
		now.PriceCents = 0
	} else if cents, ok := j.Money(r, colPrice); ok {
		now.PriceCents = cents
	}
	if text := r.Text(colAccessories); text == start.Erase {
		now.Accessories = nil
	} else if text != "" {
		now.Accessories = accessories(j, r)
	}
	deltas, move, err := s.moved(ctx, j, r, &now)
	if err != nil {
		return err
	}
	deltas = append(deltas, start.Changes(colName, was.Name, now.Name, colSerial, was.Serial, now.Serial, colAccessories, accessoryText(was.Accessories), accessoryText(now.Accessories),
		colBought, was.BoughtOn, now.BoughtOn, colPrice, euro(was.PriceCents), euro(now.PriceCents), colGuarantee, was.GuaranteeUntil, now.GuaranteeUntil, colNote, was.Note, now.Note)...)
	it.Device = now
	s.add(it)
	j.Change(r, start.Changed, was.Called(), deltas...)
	if len(deltas) > 0 {
		j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
			d := it.Device
			move(&d)
			if slices.Equal(d.Accessories, was.Accessories) {
				d.Accessories = was.Accessories
			}
			return loans.ChangeDevice(ctx, tx, by, d)
		})
	}
	return nil
}

// moved plans another location or owner of a device; move puts them in once they are written.
func (s *stock) moved(ctx context.Context, j *start.Job, r start.Row, d *loans.Device) (deltas []start.Delta, move func(*loans.Device), err error) {
	move = func(*loans.Device) {}
	if r.Text(start.ColLocation) != "" {
		p, more, ok, err := j.Place(ctx, r)
		if err != nil || !ok {
			return nil, move, err
		}
		if p.ID() != d.LocationID {
			deltas = append(append(deltas, more...), start.Changes(start.ColLocation, "", p.Name())...)
			move = func(d *loans.Device) { d.LocationID = p.ID() }
		}
	}
	owner, owned, err := j.Owner(ctx, r, colOwner)
	if err != nil || !owned || owner.ID() == d.OrganisationID {
		return deltas, move, err
	}
	before := move
	return append(deltas, start.Changes(colOwner, "", owner.Name())...), func(d *loans.Device) {
		before(d)
		d.OrganisationID = owner.ID()
	}, nil
}

// Fill gives all devices in use as Plan reads them back.
func (devices) Fill(ctx context.Context, q data.Query) ([][]string, error) {
	r, err := loans.ReadRegister(ctx, q)
	if err != nil {
		return nil, err
	}
	places, err := start.Places(ctx, q)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, d := range r.Devices {
		if d.State == loans.Retired {
			continue
		}
		rows = append(rows, []string{start.Kept(d.Name), d.Type, string(d.Number), start.Kept(d.Serial), accessoryText(d.Accessories), d.BoughtOn, euro(d.PriceCents), d.GuaranteeUntil,
			places.Organisation(d.OrganisationID), places.Location(d.LocationID), "", start.Kept(d.Note)})
	}
	return rows, nil
}
