package regulation

import (
	"slices"

	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// List is a list of the room. Who may change it adds with N, opens with Enter, and takes away with Del after a question.
type List[T any] struct {
	page.List[T]
	room room
	of   listed[T]
}

// listed says what a List is of.
type listed[T any] struct {
	title   words.Key
	columns []parts.Column
	load    func() ([]T, error)
	id      func(T) string // unique in the list
	cells   func(T) []string
	above   func([]T) string // lines over the table; nil: none
	none    words.Key

	does   words.Key            // what Enter does; empty: nothing
	opens  func(T) shell.Screen // on Enter
	adds   func([]T) shell.Screen
	ask    func(T) (question words.Key, args []any)
	drop   func(all []T, one T) error // nil: nothing can be taken away
	gone   words.Key
	looked bool // whether everybody may open, and not who may change alone
}

func newList[T any](s *shell.Session, desk Desk, of listed[T]) List[T] {
	r := room{page.Still(s), desk}
	fill := page.Filling[T]{Load: of.load, None: of.none, Above: of.above, Rows: func(all []T) []parts.Row {
		rows := make([]parts.Row, len(all))
		for i, one := range all {
			rows[i] = parts.Row{ID: of.id(one), Cells: of.cells(one)}
		}
		return rows
	}}
	if r.ict() || of.looked {
		fill.Opens = of.does
	}
	return List[T]{page.NewList(s, words.LoanruleLoading, of.columns, fill), r, of}
}

func (l List[T]) addKey() key.Binding { return l.Letter("n", words.LoanruleAdd) }

func (l List[T]) dropKey() key.Binding {
	return key.NewBinding(key.WithKeys("delete"), key.WithHelp("Del", l.S.T(words.LoanruleDrop)))
}

// Title is what it is a list of.
func (l List[T]) Title() string { return l.S.T(l.of.title) }

// current is the thing under the cursor.
func (l List[T]) current() (one T, ok bool) {
	row, ok := l.Table.Current()
	if at := l.at(row.ID); ok && at >= 0 {
		return l.All[at], true
	}
	return one, false
}

func (l List[T]) at(id string) int {
	return slices.IndexFunc(l.All, func(one T) bool { return l.of.id(one) == id })
}

func (l List[T]) droppable() bool {
	_, ok := l.current()
	return ok && l.room.ict() && l.of.drop != nil
}

// Update moves along the list, opens, adds, and takes away.
func (l List[T]) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[saved]:
		return l.dropped(msg)
	case page.YesMsg:
		return l.agreed(msg)
	}
	if l.room.ict() && l.of.adds != nil && l.Pressed(msg, l.addKey()) {
		return l, shell.Open(l.of.adds(l.All))
	}
	if l.droppable() && l.Pressed(msg, l.dropKey()) {
		one, _ := l.current()
		question, args := l.of.ask(one)
		var cmd tea.Cmd
		l.Page, cmd = l.Ask(l.of.id(one), question, words.LoanruleDropYes, args...)
		return l, cmd
	}
	var chose string
	var cmd tea.Cmd
	if l.List, chose, cmd = l.Take(msg); chose == "" || l.Busy() {
		return l, cmd
	}
	if one, ok := l.current(); ok && l.of.opens != nil && (l.room.ict() || l.of.looked) {
		return l, shell.Open(l.of.opens(one))
	}
	return l, cmd
}

// agreed takes away what was asked about.
func (l List[T]) agreed(msg page.YesMsg) (shell.Screen, tea.Cmd) {
	next, ok := l.Agreed(msg)
	l.Page = next
	at := l.at(msg.Act)
	if !ok || at < 0 {
		return l, nil
	}
	all, one := l.All, l.All[at]
	l.Page = l.Acts(words.LoanruleSaving)
	return l, page.Fetch(l.Acting, func() (saved, error) { return saved{said: l.of.gone}, l.of.drop(all, one) })
}

// dropped tells how it went and loads the list anew.
func (l List[T]) dropped(msg page.DoneMsg[saved]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != l.Acting {
		return l, nil
	}
	next, ok, tell := page.Settled(l.Page, msg)
	if l.Page = next; ok {
		tell = shell.Notify(shell.Good, msg.Got.said)
	}
	var load tea.Cmd
	l.List, _, load = l.Reload()
	return l, tea.Batch(tell, load)
}

// ShortHelp is the footer: what Enter does, what can be added and taken away, the filter.
func (l List[T]) ShortHelp() []key.Binding {
	short := l.List.ShortHelp()
	if !l.Loaded {
		return short
	}
	var more []key.Binding
	if l.room.ict() && l.of.adds != nil {
		more = append(more, l.addKey())
	}
	if l.droppable() {
		more = append(more, l.dropKey())
	}
	at := 0
	if len(l.All) > 0 && l.of.does != "" && (l.room.ict() || l.of.looked) {
		at = 1
	}
	return slices.Insert(short, min(at, len(short)), more...)
}

// FullHelp is the help page.
func (l List[T]) FullHelp() [][]key.Binding {
	return [][]key.Binding{l.ShortHelp(), l.S.Keys().Moving()}
}
