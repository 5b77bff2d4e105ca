// Package replan is the room of what a closing moves: due days, reservations and offers that fall on a day on which the
// desk is closed by now, where they go and why, and what was moved before. Everything moves in one act, which can be
// undone as one.
package replan

import (
	"slices"
	"strings"

	"digibrug/data"
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
const Room shell.Room = "replan"

// Desk is what the room works with.
type Desk struct {
	Store  *loans.Store
	Papers papers.LoanPapers
	Way    outbox.Channel // by which letters leave
}

// base is what the screens of the room share.
type base struct {
	page.Page
	desk Desk
}

// moving is a move with the plan that it is of.
type moving struct {
	loans.Moving
	key string // of the plan
}

// saved is what a change came to.
type saved struct {
	kind shell.Kind
	said words.Key
	args []any
}

// List is what moves now.
type List struct {
	page.List[moving]
	desk Desk
}

// New opens the room.
func New(s *shell.Session, desk Desk) shell.Screen {
	b := base{page.Still(s), desk}
	l := List{desk: desk}
	l.List = page.NewList(s, words.ReplanLoading, columns(), page.Filling[moving]{Load: b.load, Rows: b.rows, Above: b.above, None: words.ReplanNone, Opens: words.ReplanLook,
		Can: func() []key.Binding { return []key.Binding{b.apply(), b.toPast()} }})
	return l
}

// columns are those of moves.
func columns() []parts.Column {
	return []parts.Column{{Title: words.ReplanColWhat, Min: 17, Grow: 1}, {Title: words.ReplanColWho, Min: 12, Grow: 2, Drop: 1}, {Title: words.ReplanColFrom, Min: 13, Grow: 1, Drop: 2},
		{Title: words.ReplanColTo, Min: 13, Grow: 1}, {Title: words.ReplanColHow, Min: 10, Grow: 1}}
}

func (b base) apply() key.Binding  { return b.Letter("v", words.ReplanDo) }
func (b base) toPast() key.Binding { return b.Letter("p", words.ReplanToPast) }

func (b base) load() ([]moving, error) {
	p, err := b.desk.Store.ReplanPreview(b.S.Ctx, b.By())
	all := make([]moving, len(p.Moves))
	for i, m := range p.Moves {
		all[i] = moving{m, p.Key}
	}
	return all, err
}

func (b base) rows(all []moving) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, m := range all {
		rows[i] = b.row(m.Moving)
	}
	return rows
}

func (b base) row(m loans.Moving) parts.Row {
	to := b.when(m.Kind, m.Will)
	if m.Stuck {
		to = b.S.T(words.ReplanNowhere)
	}
	return parts.Row{ID: m.ID, Cells: []string{b.what(m), b.who(m), b.when(m.Kind, m.Was), to, b.S.T(how(m.Move))}}
}

// what names a loan or a reservation by its device.
func (b base) what(m loans.Moving) string {
	if m.Kind == loans.MoveLoan {
		return b.S.T(words.ReplanLoan, "device", m.Device)
	}
	return b.S.T(words.ReplanBooking, "device", m.Device)
}

func (b base) who(m loans.Moving) string {
	if m.Borrower == "" {
		return b.S.T(words.ReplanNobody)
	}
	return m.Borrower
}

// when writes a promise shortly: the day of a loan, with the hour of one of hours, the days of a reservation.
func (b base) when(kind loans.MoveKind, p loans.Promise) string {
	switch {
	case kind == loans.MoveBooking:
		return b.S.T(words.ReplanSpan, "from", short(p.From), "until", short(p.To))
	case p.At != 0:
		return b.day(p.To) + " " + words.Clock(b.S.Lang(), data.Milli(p.At))
	}
	return b.day(p.To)
}

// day writes a stored day with its weekday.
func (b base) day(stored string) string {
	day, err := data.ParseDay(stored)
	if err != nil {
		return ""
	}
	return words.WeekdayDay(b.S.Lang(), day)
}

// short is a stored day without its year: 24/12.
func short(stored string) string {
	if len(stored) != len("2006-01-02") {
		return ""
	}
	return stored[8:] + "/" + stored[5:7]
}

// how says in a word what becomes of it.
func how(m loans.Move) words.Key {
	switch {
	case m.Stuck:
		return words.ReplanStuck
	case m.Earlier():
		return words.ReplanEarlier
	case m.Was.From == m.Will.From && m.Was.To == m.Will.To && m.Was.Device != m.Will.Device:
		return words.ReplanOther
	case m.Was.From == m.Will.From && m.Was.To == m.Will.To && m.Was.At == m.Will.At:
		return words.ReplanFetch
	case m.Was.Device != m.Will.Device:
		return words.ReplanLaterOther
	}
	return words.ReplanLater
}

// plan is what moves, together.
func plan(all []moving) (p loans.ReplanPlan) {
	for _, m := range all {
		p.Moves = append(p.Moves, m.Moving)
	}
	return p
}

// above says how much moves, and whom to call.
func (b base) above(all []moving) string {
	if len(all) == 0 {
		return ""
	}
	p := plan(all)
	lent, booked, stuck := p.Count()
	var lines []string
	if lent+booked > 0 {
		lines = append(lines, b.S.T(words.ReplanCount, "loans", lent, "bookings", booked), b.S.T(words.ReplanCountTold, "letters", len(p.Letters(data.DayOf(b.S.Now()))), "calls", len(p.Calls())))
	}
	if stuck > 0 {
		lines = append(lines, b.S.T(words.ReplanCountStuck, "n", stuck))
	}
	return strings.Join(append(lines, ""), "\n")
}

// Title is the name of the room.
func (l List) Title() string { return l.S.T(words.ReplanTitle) }

// actApply is what the question is about.
const actApply = "apply"

// Update moves along the list, opens a move or what was moved before, and moves everything after a question.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	b := base{l.Page, l.desk}
	switch msg := msg.(type) {
	case page.DoneMsg[saved]:
		return l.done(msg)
	case page.YesMsg:
		next, ok := l.Agreed(msg)
		if l.Page = next; !ok || len(l.All) == 0 {
			return l, nil
		}
		return l.do(l.All)
	}
	switch {
	case l.Pressed(msg, b.toPast()):
		return l, shell.Open(newPast(l.S, l.desk))
	case l.Pressed(msg, b.apply()):
		lent, booked, _ := plan(l.All).Count()
		if lent+booked == 0 {
			return l, shell.Notify(shell.Info, words.ReplanNothing)
		}
		var cmd tea.Cmd
		l.Page, cmd = l.Ask(actApply, words.ReplanAsk, words.ReplanYes, "loans", lent, "bookings", booked)
		return l, cmd
	}
	var chose string
	var cmd tea.Cmd
	l.List, chose, cmd = l.Take(msg)
	if at := slices.IndexFunc(l.All, func(m moving) bool { return m.ID == chose }); at >= 0 {
		return l, shell.Open(newMove(l.S, l.desk, l.All[at].Moving))
	}
	return l, cmd
}

// do moves everything as it was shown.
func (l List) do(all []moving) (shell.Screen, tea.Cmd) {
	lent, booked, _ := plan(all).Count()
	l.Page = l.Acts(words.ReplanDoing)
	return l, page.Fetch(l.Acting, func() (saved, error) {
		told, err := l.desk.Papers.Replan(l.S.Ctx, l.By(), l.desk.Way, all[0].key)
		return saved{shell.Good, l.desk.done(), []any{"loans", lent, "bookings", booked, "letters", told.Letters, "calls", told.Calls}}, err
	})
}

// done is the sentence that says what moved, and where the letters are.
func (d Desk) done() words.Key {
	switch d.Way {
	case outbox.Print:
		return words.ReplanDonePrint
	case outbox.Folder:
		return words.ReplanDoneFolder
	}
	return words.ReplanDoneFetch
}

// done tells how it went and loads anew, after a failure too: something was changed meanwhile.
func (l List) done(msg page.DoneMsg[saved]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != l.Acting {
		return l, nil
	}
	next, ok, tell := page.Settled(l.Page, msg)
	if l.Page = next; ok {
		tell = shell.Notify(msg.Got.kind, msg.Got.said, msg.Got.args...)
	}
	var cmd tea.Cmd
	l.List, _, cmd = l.Reload()
	return l, tea.Batch(tell, cmd)
}
