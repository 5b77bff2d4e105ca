// Package devices is the room of what is lent: the list of devices, the page of each with its life and what is still
// to be done before it can be lent, the steps of the return chain one by one and as a work list, kinds of devices, sets,
// and labels.
package devices

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "devices"

// Desk is what the room works with.
type Desk struct {
	Store  *loans.Store
	People *data.People    // owners
	Places *calendar.Store // where devices are lent and brought back
	// Borrower opens the page of a borrower, by id; nil: there is none to go to.
	Borrower func(s *shell.Session, id string) shell.Screen
	// Labels makes sheets of labels, from the start-th label of the first sheet on (1 is the first), and puts them where
	// papers leave; nil: there are none.
	Labels Labels
	// List makes the list of devices as a paper, and puts it where papers leave; nil: there is none.
	List func(ctx context.Context, by data.Actor, as papers.Format) (outbox.Paper, error)
}

// Labels makes sheets of labels with these numbers, in this order.
type Labels func(ctx context.Context, by data.Actor, start int, numbers []loans.Number) (outbox.Paper, error)

// places gives the names of locations by id.
func (d Desk) places(ctx context.Context) (map[string]string, error) {
	all, err := d.Places.Locations(ctx)
	names := map[string]string{}
	for _, l := range all {
		names[l.ID] = l.Name
	}
	return names, err
}

// owners gives the names of organisations by id.
func (d Desk) owners(ctx context.Context) (map[string]string, error) {
	all, err := d.People.Organisations(ctx)
	names := map[string]string{}
	for _, o := range all {
		names[o.ID] = o.Name
	}
	return names, err
}

// row is a device with the name of its location.
type row struct {
	loans.Device
	location string
}

// List is the list of all devices.
type List struct {
	page.List[row]
	desk Desk
	keys listKeys
}

// listKeys are the letters of the list.
type listKeys struct{ add, chain, types, kits, labels, paper key.Binding }

func (d Desk) listKeys(p page.Page) listKeys {
	k := listKeys{add: p.Letter("n", words.DeviceNew), chain: p.Letter("k", words.DeviceToChain), types: p.Letter("s", words.DeviceToTypes),
		kits: p.Letter("t", words.DeviceToKits), labels: p.Letter("e", words.DeviceToLabels), paper: p.Letter("p", words.DeviceToPaper)}
	k.labels.SetEnabled(d.Labels != nil)
	k.paper.SetEnabled(d.List != nil)
	return k
}

func (k listKeys) all() []key.Binding {
	return []key.Binding{k.add, k.chain, k.types, k.kits, k.labels, k.paper}
}

// New opens the list.
func New(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{
		{Title: words.DeviceColDevice, Min: 12, Grow: 2},
		{Title: words.DeviceColNumber, Min: 8},
		{Title: words.DeviceColType, Min: 8, Grow: 2, Drop: 1},
		{Title: words.DeviceColState, Min: 14, Grow: 2},
		{Title: words.DeviceColLocation, Min: 12, Grow: 2, Drop: 2},
	}
	by := s.Who.Actor()
	fill := page.Filling[row]{
		Load:  func() ([]row, error) { return desk.all(s.Ctx, by) },
		Rows:  func(all []row) []parts.Row { return rowsOf(page.Still(s), all) },
		Above: func(all []row) string { return summary(s, all) },
		None:  words.DeviceNone, Opens: words.DeviceOpen,
		Can: func() []key.Binding { return desk.listKeys(page.Still(s)).all() },
	}
	return List{page.NewList(s, words.DeviceLoading, columns, fill), desk, desk.listKeys(page.Still(s))}
}

func (d Desk) all(ctx context.Context, by data.Actor) ([]row, error) {
	devices, err := d.Store.Devices(ctx, by)
	if err != nil {
		return nil, err
	}
	places, err := d.places(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]row, len(devices))
	for i, one := range devices {
		all[i] = row{one, places[one.LocationID]}
	}
	return all, nil
}

func rowsOf(p page.Page, all []row) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, d := range all {
		name := d.Name
		if name == "" {
			name = "-"
		}
		// The number without the spaces of the label: as the scanner types it into the filter.
		rows[i] = parts.Row{ID: d.ID, Cells: []string{name, string(d.Number), d.Type, stands(p, d.Device), d.location}}
	}
	return rows
}

// stands says in words in which state a device is.
func stands(p page.Page, d loans.Device) string {
	text := p.S.T(words.LoanState(string(d.State)))
	if d.State == loans.Repair && d.BackOn != "" {
		return p.S.T(words.DeviceRepairUntil, "day", p.Day(d.BackOn))
	}
	return text
}

// summary counts the devices by state: "42 toestellen: 30 klaar, 12 uitgeleend".
func summary(s *shell.Session, all []row) string {
	count := map[loans.State]int{}
	for _, d := range all {
		count[d.State]++
	}
	var each []string
	for _, state := range loans.States() {
		if n := count[state]; n > 0 {
			each = append(each, s.T(words.DeviceCount, "n", n, "what", s.T(words.LoanState(string(state)))))
		}
	}
	return s.T(words.DeviceSummary, "n", len(all), "each", strings.Join(each, ", "))
}

// Title is the name of the room.
func (l List) Title() string { return l.S.T(words.DeviceTitle) }

// Update moves along the list, and opens a device or another part of the room.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch {
	case l.Pressed(msg, l.keys.add):
		return l, shell.Open(newForm(l.S, l.desk, ""))
	case l.Pressed(msg, l.keys.chain):
		return l, shell.Open(newChain(l.S, l.desk))
	case l.Pressed(msg, l.keys.types):
		return l, shell.Open(newTypes(l.S, l.desk))
	case l.Pressed(msg, l.keys.kits):
		return l, shell.Open(newKits(l.S, l.desk))
	case l.Pressed(msg, l.keys.labels):
		return l, shell.Open(newLabels(l.S, l.desk))
	case l.Pressed(msg, l.keys.paper):
		return l, shell.Open(newPaper(l.S, l.desk))
	}
	var chose string
	var cmd tea.Cmd
	if l.List, chose, cmd = l.Take(msg); chose != "" {
		cmd = shell.Open(NewPage(l.S, l.desk, chose))
	}
	return l, cmd
}
