package replan

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

// Past is what was moved before, the newest first.
type Past struct {
	page.List[loans.Replanned]
	desk Desk
}

func newPast(s *shell.Session, desk Desk) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.ReplanColMoment, Min: 16}, {Title: words.ReplanColBy, Min: 10, Grow: 1}, {Title: words.ReplanColLoans, Min: 11, Right: true},
		{Title: words.ReplanColBookings, Min: 11, Right: true}, {Title: words.ReplanColUndone, Min: 14, Grow: 2, Drop: 1}}
	return Past{page.NewList(s, words.ReplanLoading, columns, page.Filling[loans.Replanned]{None: words.ReplanPastNone, Opens: words.ReplanLook, Rows: b.pastRows,
		Load: func() ([]loans.Replanned, error) { return desk.Store.Replans(s.Ctx, b.By()) }}), desk}
}

func (b base) pastRows(all []loans.Replanned) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, r := range all {
		rows[i] = parts.Row{ID: r.ID, Cells: []string{b.Moment(r.At), r.By, words.Number(b.S.Lang(), float64(r.Loans), 0), words.Number(b.S.Lang(), float64(r.Bookings), 0), b.undone(r)}}
	}
	return rows
}

// undone says who undid a replan; "-" for one that stands.
func (b base) undone(r loans.Replanned) string {
	if r.UndoneBy == "" {
		return "-"
	}
	return b.S.T(words.ReplanUndoneBy, "name", r.UndoneBy)
}

// Title says what it lists.
func (p Past) Title() string { return p.S.T(words.ReplanPast) }

// Update moves along the list and opens one.
func (p Past) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	p.List, chose, cmd = p.Take(msg)
	if at := slices.IndexFunc(p.All, func(r loans.Replanned) bool { return r.ID == chose }); at >= 0 {
		return p, shell.Open(newDone(p.S, p.desk, p.All[at]))
	}
	return p, cmd
}

// Done is one replan of the past: what it moved, for who still has to be told, and its undo.
type Done struct {
	page.List[loans.Moving]
	desk Desk
	r    loans.Replanned
}

// actUndo is what the question is about.
const actUndo = "undo"

func newDone(s *shell.Session, desk Desk, r loans.Replanned) shell.Screen {
	b := base{page.Still(s), desk}
	fill := page.Filling[loans.Moving]{Opens: words.ReplanLook,
		Load: func() ([]loans.Moving, error) { return desk.Store.ReplanMoves(s.Ctx, b.By(), r.ID) },
		Rows: func(all []loans.Moving) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, m := range all {
				rows[i] = b.row(m)
			}
			return rows
		}}
	if r.UndoneBy == "" {
		fill.Can = func() []key.Binding { return []key.Binding{b.undo()} }
	} else {
		fill.Above = func([]loans.Moving) string {
			return s.T(words.ReplanUndoneAt, "name", r.UndoneBy, "at", b.Moment(r.UndoneAt)) + "\n"
		}
	}
	return Done{page.NewList(s, words.ReplanLoading, columns(), fill), desk, r}
}

func (b base) undo() key.Binding { return b.Letter("o", words.ReplanUndo) }

// Title says when it was.
func (d Done) Title() string { return d.S.T(words.ReplanOf, "at", d.Moment(d.r.At)) }

// Update moves along the list, opens a move, and undoes everything after a question.
func (d Done) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	b := base{d.Page, d.desk}
	switch msg := msg.(type) {
	case page.DoneMsg[saved]:
		next, ok, tell := page.Settled(d.Page, msg)
		if d.Page = next; ok {
			tell = tea.Batch(shell.Back(), shell.Notify(msg.Got.kind, msg.Got.said, msg.Got.args...))
		}
		return d, tell
	case page.YesMsg:
		next, ok := d.Agreed(msg)
		if d.Page = next; !ok {
			return d, nil
		}
		return d.undoAll()
	}
	if d.r.UndoneBy == "" && d.Pressed(msg, b.undo()) {
		var cmd tea.Cmd
		d.Page, cmd = d.Ask(actUndo, words.ReplanUndoAsk, words.ReplanUndoYes, "n", len(d.All))
		return d, cmd
	}
	var chose string
	var cmd tea.Cmd
	d.List, chose, cmd = d.Take(msg)
	if at := slices.IndexFunc(d.All, func(m loans.Moving) bool { return m.ID == chose }); at >= 0 {
		return d, shell.Open(newMove(d.S, d.desk, d.All[at]))
	}
	return d, cmd
}

func (d Done) undoAll() (shell.Screen, tea.Cmd) {
	d.Page = d.Acts(words.ReplanUndoing)
	return d, page.Fetch(d.Acting, func() (saved, error) {
		back, left, err := d.desk.Store.UndoReplan(d.S.Ctx, d.By(), d.r.ID)
		if left > 0 {
			return saved{shell.Warn, words.ReplanUndoneSome, []any{"back", back, "left", left}}, err
		}
		return saved{shell.Good, words.ReplanUndone, []any{"back", back}}, err
	})
}
