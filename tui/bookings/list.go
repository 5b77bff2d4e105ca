package bookings

import (
	"errors"
	"slices"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// List is the reservations that keep something free, or of those what is to be fetched today.
type List struct {
	page.List[loans.Booking]
	desk    Desk
	pickUps bool
	tidying *page.Errand // what the days brought is looked at first; nil once it was
}

// tidied is what the days brought.
type tidied struct{ missed, lapsed, offered int }

// New opens the room: the reservations, after what the days brought.
func New(s *shell.Session, desk Desk) shell.Screen {
	l := newList(s, desk, false)
	l.tidying = &page.Errand{}
	return l
}

func newPickUps(s *shell.Session, desk Desk) shell.Screen { return newList(s, desk, true) }

func newList(s *shell.Session, desk Desk, pickUps bool) List {
	b := base{page.Still(s), desk}
	l := List{desk: desk, pickUps: pickUps}
	columns := []parts.Column{{Title: words.BookingColFrom, Min: 13}, {Title: words.BookingColUntil, Min: 13, Drop: 2}, {Title: words.BookingColDevice, Min: 8, Grow: 1},
		{Title: words.BookingColBorrower, Min: 12, Grow: 2}, {Title: words.BookingColState, Min: 12}}
	fill := page.Filling[loans.Booking]{Rows: b.rows, None: words.BookingNone, Opens: words.BookingLook,
		Load:  func() ([]loans.Booking, error) { return desk.Store.Bookings(s.Ctx, b.By()) },
		Above: func(all []loans.Booking) string { return b.hint(len(all)) },
		Can:   func() []key.Binding { return []key.Binding{b.add(), b.toPickUps(), b.toFree(), b.toWaits()} }}
	if pickUps {
		columns = []parts.Column{{Title: words.BookingColState, Min: 15}, {Title: words.BookingColDevice, Min: 8, Grow: 1}, {Title: words.BookingColBorrower, Min: 10, Grow: 2},
			{Title: words.BookingColLapses, Min: 14}, {Title: words.BookingColNumber, Min: 10, Drop: 1}}
		fill = page.Filling[loans.Booking]{Rows: b.pickUpRows, None: words.BookingPickUpsNone, Opens: words.BookingLook,
			Load:  func() ([]loans.Booking, error) { return desk.Store.PickUps(s.Ctx, b.By(), stored(b.today())) },
			Above: b.pickUpsAbove, Can: func() []key.Binding { return []key.Binding{b.aside()} }}
	}
	l.List = page.NewList(s, words.BookingLoading, columns, fill)
	return l
}

func (b base) toPickUps() key.Binding { return b.Letter("a", words.BookingPickUps) }
func (b base) toFree() key.Binding    { return b.Letter("v", words.BookingFree) }
func (b base) toWaits() key.Binding   { return b.Letter("w", words.BookingWaits) }

// hint names the keys for which the footer has no room.
func (b base) hint(n int) string {
	if n == 0 {
		return ""
	}
	return b.S.T(words.BookingHint) + "\n"
}

func (b base) rows(all []loans.Booking) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, k := range all {
		rows[i] = parts.Row{ID: k.ID, Cells: []string{b.weekday(k.From), b.weekday(k.To), k.Device, k.Borrower, b.state(k)}}
	}
	return rows
}

func (b base) pickUpRows(all []loans.Booking) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, k := range all {
		state := words.BookingToDo
		if k.State == loans.SetAside {
			state = words.BookingReady
		}
		rows[i] = parts.Row{ID: k.ID, Cells: []string{b.S.T(state), k.Device, k.Borrower, b.weekday(k.PickUpUntil), k.Number.Show()}}
	}
	return rows
}

// pickUpsAbove says how many there are, and what of them nobody may come for any more after today.
func (b base) pickUpsAbove(all []loans.Booking) string {
	if len(all) == 0 {
		return ""
	}
	ready, last := 0, 0
	for _, k := range all {
		if k.State == loans.SetAside {
			ready++
		}
		if k.PickUpUntil <= stored(b.today()) {
			last++
		}
	}
	text := b.S.T(words.BookingPickUpsReady, "n", len(all), "ready", ready)
	if last > 0 {
		text += " " + b.S.T(words.BookingPickUpsLast, "n", last)
	}
	return text + "\n"
}

func (l List) base() base { return base{l.Page, l.desk} }

// Init looks at what the days brought, where that comes first, and loads the list.
func (l List) Init() tea.Cmd {
	if l.tidying == nil {
		return l.List.Init()
	}
	return page.Fetch(l.tidying, func() (t tidied, err error) {
		t.missed, t.lapsed, t.offered, err = l.desk.Store.Tidy(l.S.Ctx, l.By())
		return t, err
	})
}

// Title is the name of the room, or of the list.
func (l List) Title() string {
	if l.pickUps {
		return l.S.T(words.BookingPickUpsTitle)
	}
	return l.S.T(words.BookingTitle)
}

// Update moves along the list and opens what a key asks for.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[tidied]:
		return l.tidied(msg)
	case page.DoneMsg[saved]:
		return l.done(msg)
	}
	b := l.base()
	switch {
	case !l.pickUps && l.Pressed(msg, b.add()):
		return l, shell.Open(newFinder(l.S, l.desk, func(who loans.Borrower) shell.Screen { return newForm(l.S, l.desk, who, ask{}) }))
	case !l.pickUps && l.Pressed(msg, b.toPickUps()):
		return l, shell.Open(newPickUps(l.S, l.desk))
	case !l.pickUps && l.Pressed(msg, b.toFree()):
		return l, shell.Open(newFree(l.S, l.desk, nil))
	case !l.pickUps && l.Pressed(msg, b.toWaits()):
		return l, shell.Open(newWaits(l.S, l.desk))
	case l.pickUps && l.Pressed(msg, b.aside()):
		return l.setAside()
	}
	var chose string
	var cmd tea.Cmd
	if l.List, chose, cmd = l.Take(msg); chose != "" && !l.Busy() {
		return l, shell.Open(newBooking(l.S, l.desk, chose))
	}
	return l, cmd
}

// tidied tells what the days brought, and loads the list.
func (l List) tidied(msg page.DoneMsg[tidied]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != l.tidying {
		return l, nil
	}
	l.tidying = nil
	var tell tea.Cmd
	switch t := msg.Got; {
	case errors.Is(msg.Err, data.ErrDenied): // the list says so too
	case msg.Err != nil:
		tell = func() tea.Msg { return shell.FailedMsg{Doing: words.BookingTidying, Err: msg.Err} }
	case t != tidied{}:
		var news []string
		for _, one := range []struct {
			key words.Key
			n   int
		}{{words.BookingTidyMissed, t.missed}, {words.BookingTidyLapsed, t.lapsed}, {words.BookingTidyOffered, t.offered}} {
			if one.n > 0 {
				news = append(news, l.S.T(one.key, "n", one.n))
			}
		}
		tell = shell.Notify(shell.Info, words.BookingTidied, "news", joined(news))
	}
	return l, tea.Batch(l.List.Init(), tell)
}

// setAside tells that the device under the cursor lies ready.
func (l List) setAside() (shell.Screen, tea.Cmd) {
	row, ok := l.Table.Current()
	at := slices.IndexFunc(l.All, func(k loans.Booking) bool { return k.ID == row.ID })
	if !ok || at < 0 {
		return l, nil
	}
	k := l.All[at]
	if k.State == loans.SetAside {
		return l, shell.Notify(shell.Info, words.BookingReadyAlready, "device", k.Device)
	}
	l.Page = l.Acts(words.BookingSaving)
	return l, page.Fetch(l.Acting, func() (saved, error) {
		return saved{words.BookingReadyNow, []any{"device", k.Device, "name", k.Borrower}}, l.desk.Store.SetAside(l.S.Ctx, l.By(), k.ID)
	})
}

// done tells how it went and loads anew, after a failure too: somebody else may have been first.
func (l List) done(msg page.DoneMsg[saved]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != l.Acting {
		return l, nil
	}
	next, ok, tell := page.Settled(l.Page, msg)
	if l.Page = next; ok {
		tell = msg.Got.tell()
	}
	var load tea.Cmd
	l.List, _, load = l.Reload()
	return l, tea.Batch(tell, load)
}
