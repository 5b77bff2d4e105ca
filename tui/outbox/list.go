package outbox

import (
	"slices"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// List is the own papers, or the queue of everybody's that a sender did not take yet.
type List struct {
	page.List[outbox.Paper]
	desk
	way   Way
	queue bool
}

// NewMine opens the own papers.
func NewMine(s *shell.Session, store store, way Way) shell.Screen {
	return newList(s, store, way, false, words.OutboxNone, func() ([]outbox.Paper, error) { return store.Mine(s.Ctx, s.Who.Actor()) })
}

// newQueue opens the queue.
func newQueue(s *shell.Session, store store, way Way) shell.Screen {
	return newList(s, store, way, true, words.OutboxQueueNone, func() ([]outbox.Paper, error) { return store.Queue(s.Ctx, s.Who.Actor()) })
}

func newList(s *shell.Session, store store, way Way, queue bool, none words.Key, load func() ([]outbox.Paper, error)) shell.Screen {
	columns := []parts.Column{{Title: words.OutboxColName, Min: 30, Grow: 1}}
	if queue {
		columns = append(columns, parts.Column{Title: words.OutboxColMaker, Min: 14, Drop: 1})
	}
	columns = append(columns, parts.Column{Title: words.OutboxColMade, Min: 16, Drop: 2}, parts.Column{Title: words.OutboxColChannel, Min: 8, Drop: 3},
		parts.Column{Title: words.OutboxColState, Min: 9})
	if !queue {
		columns = append(columns, parts.Column{Title: words.OutboxColUntil, Min: 11})
	}
	p := page.Still(s)
	l := List{desk: desk{store}, way: way, queue: queue}
	l.List = page.NewList(s, words.OutboxLoading, columns, page.Filling[outbox.Paper]{
		Load: load, None: none, Opens: words.OutboxOpen,
		Rows: func(all []outbox.Paper) []parts.Row { return rows(p, all, queue) },
	})
	return l
}

// rows fills the table; a row's ID is the paper's.
func rows(p page.Page, all []outbox.Paper, queue bool) []parts.Row {
	out := make([]parts.Row, len(all))
	for i, one := range all {
		cells := []string{one.Name}
		if queue {
			cells = append(cells, one.Maker)
		}
		cells = append(cells, p.Moment(one.MadeAt), p.S.T(words.OutboxChannel(one.Channel)), p.S.T(state(one)))
		if !queue {
			cells = append(cells, words.ShortDay(p.S.Lang(), one.KeepUntil))
		}
		out[i] = parts.Row{ID: one.ID, Cells: cells}
	}
	return out
}

// state is a word for how far a paper got; what somebody fetches is not gone, but fetched.
func state(p outbox.Paper) words.Key {
	if p.Channel == outbox.Fetch && p.State == outbox.Sent {
		return words.OutboxFetched
	}
	return words.OutboxState(p.State)
}

// Title is the name of the room, or of the queue.
func (l List) Title() string {
	if l.queue {
		return l.S.T(words.OutboxQueue)
	}
	return l.S.T(words.OutboxTitle)
}

// current is the paper under the cursor.
func (l List) current() (outbox.Paper, bool) {
	row, ok := l.Table.Current()
	at := slices.IndexFunc(l.All, func(p outbox.Paper) bool { return p.ID == row.ID })
	if !ok || at < 0 {
		return outbox.Paper{}, false
	}
	return l.All[at], true
}

func (l List) queueKey() key.Binding { return l.Letter("w", words.OutboxToQueue) }

// seesQueue tells whether somebody may see what waits of others.
func (l List) seesQueue() bool {
	return !l.queue && (l.S.Who.Has(data.RoleICT) || l.S.Who.Has(data.RoleDeputy))
}

// Update moves along the list, opens a paper or the queue, and does what is asked with the paper under the cursor.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	one, there := l.current()
	switch msg := msg.(type) {
	case page.DoneMsg[done]:
		return l.settled(msg)
	case page.YesMsg:
		next, cmd := l.agreed(l.Page, msg, one)
		l.Page = next
		return l, cmd
	case tea.KeyPressMsg:
		if l.seesQueue() && l.Pressed(msg, l.queueKey()) {
			return l, shell.Open(newQueue(l.S, l.store, l.way))
		}
		if there && !l.Busy() && !l.Table.Typing() {
			next, ok, cmd := l.pressed(l.Page, msg, one)
			if l.Page = next; ok {
				return l, cmd
			}
		}
	}
	var chose string
	var cmd tea.Cmd
	l.List, chose, cmd = l.Take(msg)
	if chose != "" && !l.Busy() {
		cmd = shell.Open(newPaper(l.S, l.store, l.way, chose))
	}
	return l, cmd
}

// settled loads the list anew, after a failure too: somebody else may have been first.
func (l List) settled(msg page.DoneMsg[done]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != l.Acting {
		return l, nil
	}
	next, ok, tell := page.Settled(l.Page, msg)
	if l.Page = next; ok {
		tell = told(msg.Got)
	}
	var load tea.Cmd
	l.List, _, load = l.Reload()
	return l, tea.Batch(tell, load)
}

// ShortHelp is the footer: what Enter does, what can be done with the paper under the cursor, the filter.
func (l List) ShortHelp() []key.Binding {
	short := l.List.ShortHelp()
	if !l.Loaded {
		return short
	}
	at := min(1, len(short))
	if len(l.All) == 0 {
		at = 0
	}
	var more []key.Binding
	if one, ok := l.current(); ok {
		more = can(l.Page, one)
	}
	if l.seesQueue() {
		more = append(more, l.queueKey())
	}
	return slices.Insert(short, at, more...)
}

// FullHelp is the help page.
func (l List) FullHelp() [][]key.Binding {
	return [][]key.Binding{l.ShortHelp(), l.S.Keys().Moving()}
}
