package devices

import (
	"errors"
	"slices"
	"strconv"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Kits lists the sets of devices that go out under one code.
type Kits struct {
	page.List[loans.Kit]
	desk Desk
	add  key.Binding
}

func newKits(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{{Title: words.DeviceKit, Min: 16, Grow: 1}, {Title: words.DeviceColNumber, Min: 10}, {Title: words.DeviceColMembers, Min: 10, Right: true}}
	add := page.Still(s).Letter("n", words.DeviceKitNew)
	fill := page.Filling[loans.Kit]{
		Load: func() ([]loans.Kit, error) { return desk.Store.Kits(s.Ctx, s.Who.Actor()) },
		Rows: func(all []loans.Kit) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, k := range all {
				rows[i] = parts.Row{ID: k.ID, Cells: []string{k.Name, k.Number.Show(), strconv.Itoa(len(k.Devices))}}
			}
			return rows
		},
		None: words.DeviceKitsNone, Opens: words.DeviceOpen,
		Can: func() []key.Binding { return []key.Binding{add} },
	}
	return Kits{page.NewList(s, words.DeviceLoading, columns, fill), desk, add}
}

// Title is what it is.
func (k Kits) Title() string { return k.S.T(words.DeviceKits) }

// Update moves along the list, and opens a set or the form for a new one.
func (k Kits) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if k.Pressed(msg, k.add) {
		return k, shell.Open(newKitForm(k.S, k.desk, ""))
	}
	var chose string
	var cmd tea.Cmd
	if k.List, chose, cmd = k.Take(msg); chose != "" {
		cmd = shell.Open(newKit(k.S, k.desk, chose))
	}
	return k, cmd
}

// kit reads one set. It returns data.ErrNotFound.
func (d Desk) kit(s *shell.Session, id string) (loans.Kit, error) {
	all, err := d.Store.Kits(s.Ctx, s.Who.Actor())
	if err != nil {
		return loans.Kit{}, err
	}
	at := slices.IndexFunc(all, func(k loans.Kit) bool { return k.ID == id })
	if at < 0 {
		return loans.Kit{}, data.ErrNotFound
	}
	return all[at], nil
}

// newKitForm adds a set, or gives the one with that id another name.
func newKitForm(s *shell.Session, d Desk, id string) shell.Screen {
	title, lead := words.DeviceKitNew, words.DeviceKitNewLead
	if id != "" {
		title, lead = words.DeviceKitRename, words.DeviceKitRenameLead
	}
	return page.NewTask(s, title, words.DeviceSaving, func() (b page.Brief, err error) {
		var k loans.Kit
		if id != "" {
			if k, err = d.kit(s, id); err != nil {
				return b, err
			}
		}
		b = page.Brief{Lead: lead, Body: parts.NewForm(words.DeviceSave,
			parts.Field{Name: "kit", Label: words.DeviceKitName, Hint: words.DeviceKitNameHint, Need: true, Max: maxName, Value: k.Name})}
		b.Do = func(form parts.Form) (page.Outcome, error) {
			k.Name = form.Value("kit")
			put, err := d.Store.PutKit(s.Ctx, s.Who.Actor(), k)
			out := page.Outcome{Said: words.DeviceKitSaved, Args: []any{"name", put.Name, "number", put.Number.Show()}}
			if id == "" {
				out.Next = newKit(s, d, put.ID)
			} else {
				out.Said = words.DeviceKitRenamed
			}
			return out, err
		}
		return b, nil
	})
}

// Kit shows what is in a set: devices come in by their code, one after the other, and go out with Del.
type Kit struct {
	page.List[row]
	desk Desk
	id   string
	keys kitKeys
}

type kitKeys struct{ add, drop, rename, label key.Binding }

// dropped is the reply to a device that was taken out of a set.
type dropped struct{ kit, device string }

func newKit(s *shell.Session, d Desk, id string) shell.Screen {
	columns := []parts.Column{
		{Title: words.DeviceColDevice, Min: 12, Grow: 2},
		{Title: words.DeviceColNumber, Min: 8},
		{Title: words.DeviceColType, Min: 8, Grow: 1, Drop: 1},
		{Title: words.DeviceColState, Min: 14, Grow: 2},
	}
	p := page.Still(s)
	k := kitKeys{add: p.Letter("n", words.DeviceKitAdd), rename: p.Letter("w", words.DeviceKitRename), label: p.Letter("e", words.DeviceDoLabel),
		drop: key.NewBinding(key.WithKeys("delete"), key.WithHelp("Del", s.T(words.DeviceKitDrop)))}
	k.label.SetEnabled(d.Labels != nil)
	fill := page.Filling[row]{
		Load: func() ([]row, error) { return d.members(s, id) },
		Rows: func(all []row) []parts.Row { return rowsOf(page.Still(s), all) },
		None: words.DeviceKitEmpty, Opens: words.DeviceOpen,
		Can: func() []key.Binding { return []key.Binding{k.add, k.drop, k.rename, k.label} },
	}
	return Kit{page.NewList(s, words.DeviceLoading, columns, fill), d, id, k}
}

// members reads the devices of a set.
func (d Desk) members(s *shell.Session, id string) (all []row, err error) {
	k, err := d.kit(s, id)
	if err != nil {
		return nil, err
	}
	for _, member := range k.Devices {
		one, err := d.Store.Device(s.Ctx, s.Who.Actor(), member)
		if err != nil {
			return nil, err
		}
		all = append(all, row{Device: one})
	}
	return all, nil
}

// Title is what it is.
func (k Kit) Title() string { return k.S.T(words.DeviceKit) }

// Update moves along the devices, and takes in, takes out, names anew.
func (k Kit) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, is := msg.(page.DoneMsg[dropped]); is {
		return k.dropped(msg)
	}
	switch {
	case k.Pressed(msg, k.keys.add):
		return k, shell.Open(newMember(k.S, k.desk, k.id))
	case k.Pressed(msg, k.keys.rename):
		return k, shell.Open(newKitForm(k.S, k.desk, k.id))
	case k.Pressed(msg, k.keys.label):
		return k, shell.Open(newKitLabel(k.S, k.desk, k.id))
	case k.Pressed(msg, k.keys.drop):
		return k.drop()
	}
	var chose string
	var cmd tea.Cmd
	if k.List, chose, cmd = k.Take(msg); chose != "" {
		cmd = shell.Open(NewPage(k.S, k.desk, chose))
	}
	return k, cmd
}

// drop takes the device under the cursor out of the set; it can come back in, so nothing is asked.
func (k Kit) drop() (shell.Screen, tea.Cmd) {
	current, ok := k.Table.Current()
	if !ok {
		return k, nil
	}
	k.Page = k.Acts(words.DeviceSaving)
	return k, page.Fetch(k.Acting, func() (dropped, error) {
		kit, err := k.desk.kit(k.S, k.id)
		if err != nil {
			return dropped{}, err
		}
		kit.Devices = slices.DeleteFunc(kit.Devices, func(id string) bool { return id == current.ID })
		_, err = k.desk.Store.PutKit(k.S.Ctx, k.By(), kit)
		return dropped{kit.Name, current.Cells[0]}, err
	})
}

func (k Kit) dropped(msg page.DoneMsg[dropped]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != k.Acting {
		return k, nil
	}
	next, ok, tell := page.Settled(k.Page, msg)
	if k.Page = next; ok {
		tell = shell.Notify(shell.Good, words.DeviceKitDropped, "name", msg.Got.device, "kit", msg.Got.kit)
	}
	var load tea.Cmd
	k.List, _, load = k.Reload()
	return k, tea.Batch(tell, load)
}

// newMember takes a device in a set by its code, and then waits for the next one.
func newMember(s *shell.Session, d Desk, id string) shell.Screen {
	return page.NewTask(s, words.DeviceKitAdd, words.DeviceSaving, func() (page.Brief, error) {
		kit, err := d.kit(s, id)
		if err != nil {
			return page.Brief{}, err
		}
		return page.Brief{Title: kit.Name, Lead: words.DeviceKitAddLead,
			Body: parts.NewForm(words.DeviceKitAdd, parts.Field{Name: "devices", Label: words.DeviceCode, Hint: words.DeviceCodeHint, Need: true, Max: maxName}),
			Do: func(form parts.Form) (page.Outcome, error) {
				found, err := d.find(s, form.Value("devices"))
				if err != nil {
					return page.Outcome{}, err
				}
				kit, err := d.kit(s, id)
				if err != nil {
					return page.Outcome{}, err
				}
				if !slices.Contains(kit.Devices, found.ID) {
					kit.Devices = append(kit.Devices, found.ID)
				}
				_, err = d.Store.PutKit(s.Ctx, s.Who.Actor(), kit)
				return page.Outcome{Said: words.DeviceKitAdded, Args: []any{"name", found.Called(), "kit", kit.Name, "n", len(kit.Devices)}, Next: newMember(s, d, id)}, err
			}}, nil
	})
}

// find gives the device of a code, as bad input of the field that asks for it where there is none.
func (d Desk) find(s *shell.Session, code string) (loans.Device, error) {
	found, err := d.Store.Find(s.Ctx, s.Who.Actor(), code)
	var bad *data.Invalid
	switch {
	case errors.As(err, &bad):
		named := *bad
		named.Field = "devices"
		return loans.Device{}, &named
	case err != nil:
		return loans.Device{}, err
	case found.Device == nil:
		return loans.Device{}, &data.Invalid{Field: "devices", Why: loans.WhyCode, Got: data.Clean(code, 40)}
	}
	return found.Device.Device, nil
}
