package devices

import (
	"strconv"
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Types lists the kinds of devices, with the two digits with which their numbers begin.
type Types struct {
	page.List[loans.Type]
	desk Desk
	add  key.Binding
}

func newTypes(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{{Title: words.DeviceColType, Min: 12, Grow: 1}, {Title: words.DeviceColKind, Min: 7}, {Title: words.DeviceAccessories, Min: 16, Grow: 3}}
	add := page.Still(s).Letter("n", words.DeviceTypeNew)
	fill := page.Filling[loans.Type]{
		Load: func() ([]loans.Type, error) { return desk.Store.Types(s.Ctx, s.Who.Actor()) },
		Rows: func(all []loans.Type) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, t := range all {
				rows[i] = parts.Row{ID: t.ID, Cells: []string{t.Name, strconv.Itoa(t.Kind), strings.Join(Page{Page: page.Still(s)}.accessories(t.Accessories), ", ")}}
			}
			return rows
		},
		Above: func([]loans.Type) string { return s.T(words.DeviceTypesLead) + "\n" },
		None:  words.DeviceTypesNone, Opens: words.DeviceChange,
		Can: func() []key.Binding { return []key.Binding{add} },
	}
	return Types{page.NewList(s, words.DeviceLoading, columns, fill), desk, add}
}

// Title is what it is.
func (t Types) Title() string { return t.S.T(words.DeviceTypes) }

// Update moves along the list, and opens the form for a kind.
func (t Types) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if t.Pressed(msg, t.add) {
		return t, shell.Open(newTypeForm(t.S, t.desk, loans.Type{}))
	}
	var chose string
	var cmd tea.Cmd
	t.List, chose, cmd = t.Take(msg)
	for _, one := range t.All {
		if one.ID == chose {
			cmd = shell.Open(newTypeForm(t.S, t.desk, one))
		}
	}
	return t, cmd
}

// newTypeForm adds a kind of device, or changes one; its two digits stay.
func newTypeForm(s *shell.Session, d Desk, t loans.Type) shell.Screen {
	title, lead := words.DeviceTypeNew, words.DeviceTypeNewLead
	fields := []parts.Field{
		{Name: "type", Label: words.DeviceTypeName, Hint: words.DeviceTypeNameHint, Need: true, Max: maxName, Value: t.Name},
		{Name: "accessories", Label: words.DeviceAccessories, Hint: words.DeviceAccessoriesHint, Max: 1000, Value: accessoriesText(t.Accessories)},
	}
	if t.ID == "" {
		fields = append(fields, parts.Field{Name: "kind", Label: words.DeviceColKind, Hint: words.DeviceKindHint, Kind: parts.Number})
	} else {
		title, lead = words.DeviceTypeChange, words.DeviceTypeChangeLead
	}
	return page.NewTask(s, title, words.DeviceSaving, func() (page.Brief, error) {
		return page.Brief{Lead: lead, Body: parts.NewForm(words.DeviceSave, fields...), Do: func(form parts.Form) (page.Outcome, error) {
			kind, _ := strconv.Atoi(form.Value("kind")) // empty: the register gives one
			now := loans.Type{ID: t.ID, Name: form.Value("type"), Kind: kind, Accessories: readAccessories(form.Value("accessories"))}
			put, err := d.Store.PutType(s.Ctx, s.Who.Actor(), now)
			return page.Outcome{Said: words.DeviceTypeSaved, Args: []any{"name", put.Name, "kind", put.Kind}}, err
		}}, nil
	})
}
