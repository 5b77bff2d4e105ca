package admin

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// KiosksRoom is the room of the kiosk PCs.
const KiosksRoom shell.Room = "admin.kiosks"

// kiosks is what the list of kiosk PCs needs of the ground floor; *data.Kiosks has it.
type kiosks interface {
	List(ctx context.Context, by data.Actor) ([]data.Kiosk, error)
	SetDisabled(ctx context.Context, by data.Actor, name string, disabled bool) (data.Kiosk, error)
}

// Kiosks lists the kiosk PCs, and closes or opens them. A new one needs a key, which comes as a file: that is made
// on the server.
type Kiosks struct {
	page.List[data.Kiosk]
	store kiosks
}

// kioskCommand is what adds a kiosk PC.
const kioskCommand = "digibrug kiosk add ocr-1 --type ocr --location ..."

// NewKiosks opens the list.
func NewKiosks(s *shell.Session, store kiosks) shell.Screen {
	columns := []parts.Column{
		{Title: words.KioskPCColName, Min: 12, Grow: 1},
		{Title: words.KioskPCColKind, Min: 14, Drop: 1},
		{Title: words.KioskPCColPlace, Min: 14, Grow: 2},
		{Title: words.KioskPCColSeen, Min: 16, Drop: 2},
		{Title: words.KioskPCColState, Min: 8},
	}
	d := still(s)
	return Kiosks{store: store, List: page.NewList(s, words.KioskPCLoading, columns, page.Filling[data.Kiosk]{
		Load:  func() ([]data.Kiosk, error) { return store.List(s.Ctx, d.By()) },
		Rows:  d.kioskRows,
		Above: func([]data.Kiosk) string { return s.T(words.KioskPCHow, "command", kioskCommand) },
		None:  words.KioskPCNoneYet,
		Can:   func() []key.Binding { return []key.Binding{d.closeKiosk()} },
	})}
}

func (d desk) closeKiosk() key.Binding { return d.Letter("d", words.KioskPCSwitch) }

// kioskRows fills the table; a row's ID is the name.
func (d desk) kioskRows(all []data.Kiosk) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, k := range all {
		seen, state := d.S.T(words.AdminNever), words.KioskPCStateOpen
		if !k.SeenAt.IsZero() {
			seen = d.Moment(k.SeenAt)
		}
		if k.Disabled {
			state = words.KioskPCStateClosed
		}
		rows[i] = parts.Row{ID: k.Name, Cells: []string{k.Name, d.S.T(words.KioskKind(k.Kind)), k.Location, seen, d.S.T(state)}}
	}
	return rows
}

// Title is the name of the room.
func (k Kiosks) Title() string { return k.S.T(words.KioskPCTitle) }

// Update moves along the list, and asks before it closes or opens a PC.
func (k Kiosks) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case page.YesMsg:
		next, ok := k.Agreed(msg)
		if k.Page = next; ok {
			return k.act(msg.Act)
		}
		return k, nil
	case page.DoneMsg[data.Kiosk]:
		next, ok, tell := page.Settled(k.Page, msg)
		if k.Page = next; ok {
			k.List, _, cmd = k.Reload()
			return k, tea.Batch(cmd, k.told(msg.Got))
		}
		return k, tell
	}
	if k.Pressed(msg, still(k.S).closeKiosk()) {
		return k.ask()
	}
	k.List, _, cmd = k.Take(msg)
	return k, cmd
}

// current is the PC under the cursor.
func (k Kiosks) current() (data.Kiosk, bool) {
	row, ok := k.Table.Current()
	for _, one := range k.All {
		if ok && one.Name == row.ID {
			return one, true
		}
	}
	return data.Kiosk{}, false
}

// What is asked: the act before the name of the PC.
const (
	kioskClose = "close "
	kioskOpen  = "open "
)

func (k Kiosks) ask() (shell.Screen, tea.Cmd) {
	one, ok := k.current()
	if !ok {
		return k, nil
	}
	var cmd tea.Cmd
	if one.Disabled {
		k.Page, cmd = k.Ask(kioskOpen+one.Name, words.KioskPCOnAsk, words.KioskPCOnYes, "name", one.Name)
	} else {
		k.Page, cmd = k.Ask(kioskClose+one.Name, words.KioskPCOffAsk, words.KioskPCOffYes, "name", one.Name)
	}
	return k, cmd
}

func (k Kiosks) act(what string) (shell.Screen, tea.Cmd) {
	name, closes := strings.CutPrefix(what, kioskClose)
	if !closes {
		name = strings.TrimPrefix(what, kioskOpen)
	}
	k.Page = k.Acts(words.KioskPCSwitching)
	return k, page.Fetch(k.Acting, func() (data.Kiosk, error) { return k.store.SetDisabled(k.S.Ctx, k.By(), name, closes) })
}

// told says how it stands now.
func (k Kiosks) told(one data.Kiosk) tea.Cmd {
	if one.Disabled {
		return shell.Notify(shell.Good, words.KioskPCDisabled, "name", one.Name)
	}
	return shell.Notify(shell.Good, words.KioskPCEnabled, "name", one.Name)
}
