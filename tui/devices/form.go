package devices

import (
	"maps"
	"slices"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// newForm adds a device, or changes the one with that id. Its number is given, and stays.
func newForm(s *shell.Session, d Desk, id string) shell.Screen {
	if id != "" {
		return d.about(s, id, words.DeviceChangeTitle, func(f file) (page.Brief, error) { return d.change(s, f) })
	}
	return page.NewTask(s, words.DeviceNewTitle, words.DeviceSaving, func() (page.Brief, error) { return d.add(s) })
}

// add is the form for a new device.
func (d Desk) add(s *shell.Session) (page.Brief, error) {
	types, err := d.Store.Types(s.Ctx, s.Who.Actor())
	if err != nil {
		return page.Brief{}, err
	}
	kind := parts.Field{Name: "type", Label: words.DeviceColType, Hint: words.DeviceTypeHint, Kind: parts.Choice, Need: true}
	for _, t := range types {
		kind.Options = append(kind.Options, parts.Option{Value: t.ID, Label: t.Name})
	}
	fields, err := d.fields(s, loans.Device{})
	if err != nil {
		return page.Brief{}, err
	}
	b := page.Brief{Lead: words.DeviceNewLead, Body: parts.NewForm(words.DeviceAdd, append([]parts.Field{kind}, fields...)...)}
	if len(types) == 0 {
		b.Lead = words.DeviceNoTypes
	}
	b.Do = func(form parts.Form) (page.Outcome, error) {
		added, err := d.Store.AddDevice(s.Ctx, s.Who.Actor(), filled(loans.Device{TypeID: form.Value("type")}, form))
		if err != nil {
			return page.Outcome{}, err
		}
		return page.Outcome{Said: words.DeviceNewDone, Args: []any{"name", added.Called(), "number", added.Number.Show()}, Next: NewPage(s, d, added.ID)}, nil
	}
	return b, nil
}

// change is the form for a device that is there.
func (d Desk) change(s *shell.Session, f file) (page.Brief, error) {
	fields, err := d.fields(s, f.Device)
	if err != nil {
		return page.Brief{}, err
	}
	return page.Brief{Lead: words.DeviceChangeLead, Head: []page.Fact{page.Named(words.DeviceColNumber, f.Number.Show()), page.Named(words.DeviceColType, f.Type)},
		Body: parts.NewForm(words.DeviceSave, fields...),
		Do: func(form parts.Form) (page.Outcome, error) {
			now := filled(f.Device, form)
			return page.Outcome{Said: words.DeviceChanged, Args: []any{"name", now.Called()}}, d.Store.ChangeDevice(s.Ctx, s.Who.Actor(), now)
		}}, nil
}

// fields ask for what is known of a device.
func (d Desk) fields(s *shell.Session, now loans.Device) ([]parts.Field, error) {
	places, err := d.places(s.Ctx)
	if err != nil {
		return nil, err
	}
	owners, err := d.owners(s.Ctx)
	if err != nil {
		return nil, err
	}
	accessories := words.DeviceAccessoriesHint
	if now.ID == "" {
		accessories = words.DeviceAccessoriesNewHint
	}
	return []parts.Field{
		{Name: "name", Label: words.DeviceName, Hint: words.DeviceNameHint, Max: maxName, Value: now.Name},
		{Name: "serial", Label: words.DeviceSerial, Hint: words.DeviceSerialHint, Max: maxName, Value: now.Serial},
		choice("location", words.DeviceColLocation, places, now.LocationID),
		choice("organisation", words.DeviceOwner, owners, now.OrganisationID),
		{Name: "accessories", Label: words.DeviceAccessories, Hint: accessories, Max: 1000, Value: accessoriesText(now.Accessories)},
		{Name: "bought", Label: words.DeviceBoughtOn, Kind: parts.Day, Value: now.BoughtOn},
		parts.EuroField("price", words.DevicePrice, "", now.PriceCents),
		{Name: "guarantee", Label: words.DeviceGuarantee, Hint: words.DeviceGuaranteeHint, Kind: parts.Day, Value: now.GuaranteeUntil},
		{Name: "note", Label: words.DeviceNote, Max: maxNote, Value: now.Note},
	}, nil
}

// choice lets choose one of some names by id.
func choice(name string, label words.Key, names map[string]string, value string) parts.Field {
	f := parts.Field{Name: name, Label: label, Kind: parts.Choice, Need: true, Value: value}
	byName := func(a, b string) int { return compareKeys(names[a], names[b]) }
	for _, id := range slices.SortedFunc(maps.Keys(names), byName) {
		f.Options = append(f.Options, parts.Option{Value: id, Label: names[id]})
	}
	return f
}

func compareKeys(a, b string) int {
	switch x, y := data.SortKey(a)+a, data.SortKey(b)+b; {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// filled is a device with what was typed. Without accessories a new one has those of its type.
func filled(d loans.Device, form parts.Form) loans.Device {
	d.Name, d.Serial, d.Note = form.Value("name"), form.Value("serial"), form.Value("note")
	d.LocationID, d.OrganisationID = form.Value("location"), form.Value("organisation")
	d.Accessories = readAccessories(form.Value("accessories"))
	d.BoughtOn, d.GuaranteeUntil, d.PriceCents = form.Value("bought"), form.Value("guarantee"), parts.Cents(form.Value("price"))
	return d
}
