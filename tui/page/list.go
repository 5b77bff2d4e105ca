package page

import (
	"strings"

	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Filling says how a List is loaded and shown.
type Filling[T any] struct {
	Load  func() ([]T, error)   // asks a store; runs as a command
	Rows  func([]T) []parts.Row // a row per thing, in the language of the moment; IDs are unique
	Above func([]T) string      // lines above the table, empty for none; nil: none
	None  words.Key             // what is said instead of an empty table; empty: the empty table
	Can   func() []key.Binding  // the keys of the footer besides Enter; nil: none
	Opens words.Key             // what Enter does with a row; empty: nothing
}

// List is a page with a table of things that a store has. It loads them when it opens and each time when it
// shows again, keeps the cursor on its row, filters, and tries again after a failure. A screen embeds it, hands
// it every message by Take, and says what a chosen row opens.
type List[T any] struct {
	Page
	All   []T // as last loaded
	Table parts.Table
	fill  Filling[T]
}

// NewList is a list that Init loads. doing is what loading is called when it fails.
func NewList[T any](s *shell.Session, doing words.Key, columns []parts.Column, fill Filling[T]) List[T] {
	return List[T]{Page: New(s, doing), Table: parts.NewTable(columns, nil), fill: fill}
}

// Init loads the list.
func (l List[T]) Init() tea.Cmd { return Fetch(l.Loading, l.fill.Load) }

// Take gives the list a message: sizes, what was loaded, keys. chose is the ID of the row that Enter or a click
// chose, empty for none.
func (l List[T]) Take(msg tea.Msg) (next List[T], chose string, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.W, l.H = msg.Width, msg.Height
		return l.listed(), "", nil
	case DoneMsg[[]T]:
		settled, ok, tell := Settled(l.Page, msg)
		if l.Page = settled; ok {
			l.All = msg.Got
		}
		return l.listed(), "", tell
	case shell.ShownMsg:
		return l.Reload()
	case shell.LookedMsg:
		return l.listed(), "", nil
	}
	if l.Retries(msg) {
		return l.Reload()
	}
	if !l.Loaded {
		return l, "", nil
	}
	var event parts.Event
	l.Table, event = l.Table.Update(l.S.Look(), parts.Shift(msg, 0, l.top()))
	if row, ok := l.Table.Current(); ok && event == parts.Chose {
		chose = row.ID
	}
	return l, chose, nil
}

// Reload loads anew, in the form of Take.
func (l List[T]) Reload() (next List[T], chose string, cmd tea.Cmd) {
	l.Page = l.Again()
	return l, "", l.Init()
}

// Pressed tells whether msg is a key of the list's screen: not while it loads, or while letters go into the
// filter.
func (l List[T]) Pressed(msg tea.Msg, b key.Binding) bool {
	press, ok := msg.(tea.KeyPressMsg)
	return ok && l.Loaded && !l.Busy() && !l.Table.Typing() && key.Matches(press, b)
}

// listed fills the table anew and lays it out.
func (l List[T]) listed() List[T] {
	l.Table = l.Table.With(l.fill.Rows(l.All)).Sized(l.W, max(1, l.H-l.top()))
	return l
}

func (l List[T]) above() string {
	if l.fill.Above == nil {
		return ""
	}
	return l.fill.Above(l.All)
}

// top is the lines above the table.
func (l List[T]) top() int {
	if l.above() == "" {
		return 0
	}
	return strings.Count(l.above(), "\n") + 1
}

func (l List[T]) empty() bool { return len(l.All) == 0 && l.fill.None != "" }

// View gives the table, or a word about why there is none.
func (l List[T]) View() string {
	switch {
	case !l.Loaded:
		return l.Waiting()
	case l.empty():
		return Fitted(l.Paragraphs(l.S.T(l.fill.None)), l.H)
	case l.top() == 0:
		return l.Table.View(l.S.Look())
	}
	var lines []string
	for line := range strings.SplitSeq(l.above(), "\n") {
		lines = append(lines, l.S.Theme().Quiet.Render(parts.Cut(parts.Plain(line), l.W)))
	}
	return strings.Join(append(lines, l.Table.View(l.S.Look())), "\n")
}

// Cursor is on the row.
func (l List[T]) Cursor() (x, y int, shown bool) {
	x, y, shown = l.Table.Cursor()
	return x, y + l.top(), shown && l.Loaded && !l.empty()
}

// Typing: letters go into the filter.
func (l List[T]) Typing() bool { return l.Loaded && l.Table.Typing() }

// Inside: Esc closes the filter, and waits for the end of a change.
func (l List[T]) Inside() bool { return l.Busy() || l.Table.Inside() }

// Mouse: rows can be clicked.
func (l List[T]) Mouse() bool { return true }

// ShortHelp is the footer: what Enter does, the screen's own keys, the filter.
func (l List[T]) ShortHelp() []key.Binding {
	if !l.Loaded {
		return []key.Binding{l.Enter(words.PageAgain)}
	}
	var short []key.Binding
	if l.fill.Opens != "" && len(l.All) > 0 {
		short = append(short, l.Enter(l.fill.Opens))
	}
	if l.fill.Can != nil {
		short = append(short, l.fill.Can()...)
	}
	if l.empty() {
		return short
	}
	return append(short, l.Search())
}

// FullHelp is the help page.
func (l List[T]) FullHelp() [][]key.Binding {
	return [][]key.Binding{l.ShortHelp(), l.S.Keys().Moving()}
}
