package bookings

import (
	"slices"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Waits is the waiting list: who waits longest first, what was offered, and why nothing was.
type Waits struct {
	page.List[loans.Place]
	desk Desk
}

// Lines of Waits below the table, for the row under the cursor.
const waitsTail = 4

func newWaits(s *shell.Session, desk Desk) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.BookingColType, Min: 8, Drop: 2}, {Title: words.BookingColBorrower, Min: 16, Grow: 1},
		{Title: words.BookingColFrom, Min: 13, Drop: 1}, {Title: words.BookingColUntil, Min: 13}, {Title: words.BookingColState, Min: 16}}
	fill := page.Filling[loans.Place]{Rows: b.waitRows, None: words.BookingWaitsNone,
		Load: func() ([]loans.Place, error) { return desk.Store.Queue(s.Ctx, b.By()) }}
	return Waits{page.NewList(s, words.BookingLoading, columns, fill), desk}
}

func (b base) waitRows(all []loans.Place) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, p := range all {
		state := b.S.T(words.BookingWaiting, "n", p.Ahead)
		switch {
		case p.State == "offered":
			state = b.S.T(words.BookingOffered)
		case p.Ahead == 0:
			state = b.S.T(words.BookingWaitingFirst)
		}
		rows[i] = parts.Row{ID: p.ID, Cells: []string{p.Type, p.Borrower, b.weekday(p.From), b.weekday(p.To), state}}
	}
	return rows
}

// Title is what it is.
func (w Waits) Title() string { return w.S.T(words.BookingWaitsTitle) }

func (w Waits) base() base { return base{w.Page, w.desk} }

func (w Waits) accept() key.Binding { return w.Letter("a", words.BookingDoAccept) }
func (w Waits) withdraw() key.Binding {
	return key.NewBinding(key.WithKeys("delete"), key.WithHelp("Del", w.S.T(words.BookingDoWithdraw)))
}

// current is the place under the cursor.
func (w Waits) current() (p loans.Place, ok bool) {
	row, ok := w.Table.Current()
	at := slices.IndexFunc(w.All, func(p loans.Place) bool { return p.ID == row.ID })
	if !ok || at < 0 {
		return p, false
	}
	return w.All[at], true
}

// offered tells whether the place under the cursor has an offer.
func (w Waits) offered() bool {
	p, ok := w.current()
	return ok && p.State == "offered"
}

// Update takes an offer, and takes somebody off the list after a question.
func (w Waits) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		msg.Height -= waitsTail
		w.List, _, _ = w.Take(msg)
		return w, nil
	case page.DoneMsg[saved]:
		return w.done(msg)
	case page.YesMsg:
		next, ok := w.Agreed(msg)
		w.Page = next
		at := slices.IndexFunc(w.All, func(p loans.Place) bool { return p.ID == msg.Act })
		if !ok || at < 0 {
			return w, nil
		}
		return w.act(saved{words.BookingWithdrawn, []any{"name", w.All[at].Borrower}}, func() error { return w.desk.Store.Withdraw(w.S.Ctx, w.By(), msg.Act) })
	}
	p, ok := w.current()
	switch {
	case ok && p.State == "offered" && w.Pressed(msg, w.accept()):
		return w.act(saved{words.BookingAccepted, []any{"name", p.Borrower, "device", p.Device}}, func() error {
			_, err := w.desk.Store.Accept(w.S.Ctx, w.By(), p.ID)
			return err
		})
	case ok && w.Pressed(msg, w.withdraw()):
		var cmd tea.Cmd
		w.Page, cmd = w.Ask(p.ID, words.BookingWithdrawAsk, words.BookingWithdrawYes, "name", p.Borrower)
		return w, cmd
	}
	var cmd tea.Cmd
	w.List, _, cmd = w.Take(msg)
	return w, cmd
}

func (w Waits) act(say saved, do func() error) (shell.Screen, tea.Cmd) {
	w.Page = w.Acts(words.BookingSaving)
	return w, page.Fetch(w.Acting, func() (saved, error) { return say, do() })
}

// done tells how it went and loads anew, after a failure too: somebody else may have been first.
func (w Waits) done(msg page.DoneMsg[saved]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != w.Acting {
		return w, nil
	}
	next, ok, tell := page.Settled(w.Page, msg)
	if w.Page = next; ok {
		tell = msg.Got.tell()
	}
	var load tea.Cmd
	w.List, _, load = w.Reload()
	return w, tea.Batch(tell, load)
}

// View gives the list, and of the row under the cursor until when the offer stands or why there is none.
func (w Waits) View() string {
	p, ok := w.current()
	if !w.Loaded || !ok {
		return w.List.View()
	}
	lines := page.Shortened(w.Paragraphs(w.about(p)), min(w.W, parts.MaxWidth), waitsTail-1)
	return w.List.View() + "\n\n" + parts.Rows(lines, waitsTail-1)
}

// phone is the number to call with an offer.
func (w Waits) phone(p loans.Place) string {
	if p.Phone == "" {
		return w.S.T(words.BookingNoPhone)
	}
	return p.Phone
}

func (w Waits) about(p loans.Place) string {
	if p.State == "offered" {
		return w.S.T(words.BookingOfferStands, "device", p.Device, "number", p.Number.Show(), "day", w.base().weekday(p.OfferUntil), "phone", w.phone(p))
	}
	if len(p.Refused) == 0 {
		return w.S.T(words.BookingOfferSoon)
	}
	var why []string
	for _, r := range p.Refused {
		text := w.base().refusal(r)
		if r.Why == loans.WhyTaken { // the advice to go on the list comes too late
			text = w.S.T(words.BookingNoneYet)
		}
		why = append(why, text)
	}
	return w.S.T(words.BookingNoOffer, "why", joined(why))
}

// ShortHelp is the footer.
func (w Waits) ShortHelp() []key.Binding {
	short := w.List.ShortHelp()
	if _, ok := w.current(); !w.Loaded || !ok {
		return short
	}
	more := []key.Binding{w.withdraw()}
	if w.offered() {
		more = slices.Insert(more, 0, w.accept())
	}
	return append(more, short...)
}

// FullHelp is the help page.
func (w Waits) FullHelp() [][]key.Binding {
	return [][]key.Binding{w.ShortHelp(), w.S.Keys().Moving()}
}
