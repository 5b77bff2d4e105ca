package page

import (
	"errors"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Sheeted says what a Sheet shows and does. T is what is loaded: one thing whose parts are the rows, or a list of them.
type Sheeted[T any] struct {
	Title   func(T) string // got is the zero T until it was loaded
	Doing   words.Key      // what loading is called when it fails
	Load    func() (T, error)
	Columns []parts.Column
	Rows    func(T) []parts.Row       // in the language of the moment; IDs are unique
	Top     func(Page, T) []string    // styled lines over the table; nil: none
	Foot    func(T, string) string    // all of the row under the cursor, where cells may be cut; nil: none
	None    words.Key                 // instead of an empty table; empty: the empty table
	Begin   func(T) string            // ID of the row under the cursor at first; nil, or of no row: the first
	Filter  bool                      // "/" narrows the rows
	Opens   words.Key                 // what Enter does with a row; empty: nothing
	Open    func(T, string) tea.Cmd   // on Enter, or a click, by the row's ID; nil: nothing
	Ways    func(T, string) []Way     // what else can be done, given the row under the cursor (empty: none); nil: nothing
	Leaving func(T) (words.Key, bool) // asked before it is left; nil: it may be left
	Taken   func(was, got T) T        // what becomes of a load, given what it comes in the place of; nil: what it brought
	Tight   bool                      // all of the window but a line at each end is its own, without air: for rows that must be seen together
	Fresh   time.Duration             // it loads anew so long after each load, for what others change; 0: it doesn't
}

// Way is a key of a Sheet: it opens a screen, or does something after a question.
type Way struct {
	Key   key.Binding
	Open  func() shell.Screen     // nil: Do
	Doing words.Key               // what Do is called when it fails
	Ask   Question                // an empty one: none
	Do    func() (Outcome, error) // as a command; the Sheet loads anew afterwards, unless Next takes its place
}

// Sheet is a page that needs no screen of its own: lines over a table of what a store has. It loads when it opens and each
// time it shows again, keeps the cursor on its row, opens what is chosen, and does what its keys say, one thing at a
// time. After each it loads anew, also when that failed: somebody else may have been first.
type Sheet[T any] struct {
	Page
	of    Sheeted[T]
	got   T
	table parts.Table
	asked Way     // what the last question was about
	last  *Errand // the last load that ended
}

// staleMsg says that what a load brought is old.
type staleMsg struct{ of *Errand }

// NewSheet is a sheet that Init loads.
func NewSheet[T any](s *shell.Session, of Sheeted[T]) Sheet[T] {
	p := Sheet[T]{Page: New(s, of.Doing), of: of, table: parts.NewTable(of.Columns, nil)}
	if !of.Filter {
		p.table = p.table.Unfiltered()
	}
	if of.Tight {
		p.table = p.table.Tight()
	}
	return p
}

// Init loads it.
func (p Sheet[T]) Init() tea.Cmd { return Fetch(p.Loading, p.of.Load) }

// Title is what it is about.
func (p Sheet[T]) Title() string { return parts.Plain(p.of.Title(p.got)) }

// Update moves along the rows, opens what is chosen, and does what a key says.
func (p Sheet[T]) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
		return p.arranged(), nil
	case shell.LookedMsg:
		return p.arranged(), nil
	case shell.ShownMsg:
		return p.reload()
	case DoneMsg[T]:
		first := !p.Loaded
		next, ok, tell := Settled(p.Page, msg)
		if p.Page = next; ok && p.of.Taken != nil {
			msg.Got = p.of.Taken(p.got, msg.Got)
		}
		if ok {
			p.got = msg.Got
		}
		p, tell = p.ages(msg.Of, tell)
		p = p.arranged()
		if ok && first && p.of.Begin != nil {
			p.table = p.table.On(p.of.Begin(p.got))
			p = p.arranged() // what stands over the table may differ per row
		}
		return p, tell
	case DoneMsg[Outcome]:
		return p.done(msg)
	case YesMsg:
		next, ok := p.Agreed(msg)
		if p.Page = next; ok {
			return p.does(p.asked)
		}
		return p, nil
	case staleMsg:
		if msg.of != p.last || p.Loading != nil || p.Busy() {
			return p, nil
		}
		return p.reload()
	}
	if p.Retries(msg) {
		return p.reload()
	}
	if !p.Loaded || p.Busy() {
		return p, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && !p.table.Typing() {
		for _, w := range p.ways() {
			if key.Matches(press, w.Key) {
				return p.goes(w)
			}
		}
	}
	return p.moved(msg)
}

// moved gives a message to the table.
func (p Sheet[T]) moved(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var event parts.Event
	p.table, event = p.table.Update(p.S.Look(), parts.Shift(msg, 0, len(p.top())))
	if id := p.row(); event == parts.Chose && id != "" && p.of.Open != nil {
		return p, p.of.Open(p.got, id)
	}
	if event == parts.Moved { // what can be done may differ per row
		return p.arranged(), nil
	}
	return p, nil
}

func (p Sheet[T]) reload() (shell.Screen, tea.Cmd) {
	p.Page = p.Again()
	return p, p.Init()
}

// ages adds to a command the one that says when what a load brought is old.
func (p Sheet[T]) ages(of *Errand, tell tea.Cmd) (Sheet[T], tea.Cmd) {
	if p.of.Fresh == 0 || of == nil || p.Loading != nil {
		return p, tell
	}
	p.last = of
	return p, tea.Batch(tell, tea.Tick(p.of.Fresh, func(time.Time) tea.Msg { return staleMsg{of} }))
}

// row is the ID of the row under the cursor, empty for none.
func (p Sheet[T]) row() string {
	row, _ := p.table.Current()
	return row.ID
}

func (p Sheet[T]) ways() []Way {
	if p.of.Ways == nil || !p.Loaded {
		return nil
	}
	return p.of.Ways(p.got, p.row())
}

// goes opens what a key asks for, or asks before it does it.
func (p Sheet[T]) goes(w Way) (shell.Screen, tea.Cmd) {
	switch {
	case w.Open != nil:
		return p, shell.Open(w.Open())
	case w.Ask.Ask == "":
		return p.does(w)
	}
	var cmd tea.Cmd
	p.asked = w
	p.Page, cmd = p.Ask("", w.Ask.Ask, w.Ask.Yes, w.Ask.Args...)
	return p, cmd
}

func (p Sheet[T]) does(w Way) (shell.Screen, tea.Cmd) {
	p.Page = p.Acts(w.Doing)
	return p, Fetch(p.Acting, w.Do)
}

// done tells how it went. Of a thing that is not there any more there is nothing to show.
func (p Sheet[T]) done(msg DoneMsg[Outcome]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != p.Acting {
		return p, nil
	}
	next, ok, tell := Settled(p.Page, msg)
	switch p.Page = next; {
	case ok && msg.Got.Next != nil:
		return p, tea.Batch(shell.Replace(msg.Got.Next), msg.Got.told())
	case ok && msg.Got.Back:
		return p, tea.Batch(shell.Back(), msg.Got.told())
	case ok:
		tell = msg.Got.told()
	case errors.Is(msg.Err, data.ErrNotFound):
		return p, tea.Batch(shell.Back(), tell)
	}
	p.Page = p.Again()
	return p, tea.Batch(tell, p.Init())
}

// sheetRows is how many lines the table keeps under a long top, its titles among them.
const sheetRows = 5

// top is the lines over the table; where they would leave too little of it, the first ones stay.
func (p Sheet[T]) top() []string {
	if p.of.Top == nil || !p.Loaded {
		return nil
	}
	lines := p.of.Top(p.Page, p.got)
	if len(lines) == 0 {
		return nil
	}
	keep := 1 + min(sheetRows, len(p.of.Rows(p.got))+2)
	if p.of.Foot != nil {
		keep += sheetFoot + 1
	}
	lines = Shortened(lines, p.W, p.H-keep)
	if p.of.Tight {
		return lines
	}
	return append(lines, "")
}

// sheetFoot is how many lines the foot has at most, besides an empty one over it.
const sheetFoot = 3

// foot is the lines under the table.
func (p Sheet[T]) foot() []string {
	if p.of.Foot == nil || !p.Loaded || p.row() == "" {
		return nil
	}
	if text := p.of.Foot(p.got, p.row()); text != "" {
		return append([]string{""}, Shortened(p.Paragraphs(text), p.W, sheetFoot)...)
	}
	return nil
}

// arranged fills the table and lays it out.
func (p Sheet[T]) arranged() Sheet[T] {
	if p.Loaded {
		left := p.H - len(p.top())
		if p.of.Foot != nil {
			left -= sheetFoot + 1
		}
		p.table = p.table.With(p.of.Rows(p.got)).Sized(p.W, max(sheetLeast, left))
	}
	return p
}

// sheetLeast is the height under which a table is no table: two lines of titles, and a row.
const sheetLeast = 3

func (p Sheet[T]) empty() bool { return p.of.None != "" && p.Loaded && len(p.of.Rows(p.got)) == 0 }

// View gives the lines and the table.
func (p Sheet[T]) View() string {
	switch {
	case !p.Loaded:
		return p.Waiting()
	case p.empty():
		return Fitted(append(p.top(), p.Paragraphs(p.S.T(p.of.None))...), p.H)
	}
	lines := append(p.top(), strings.Split(p.table.View(p.S.Look()), "\n")...)
	return Fitted(append(lines, p.foot()...), p.H)
}

// Cursor is on the row.
func (p Sheet[T]) Cursor() (x, y int, shown bool) {
	x, y, shown = p.table.Cursor()
	return x, y + len(p.top()), shown && p.Loaded && !p.empty()
}

// Typing: letters go into the filter.
func (p Sheet[T]) Typing() bool { return p.Loaded && p.table.Typing() }

// Inside: Esc closes the filter, and waits for the end of a change.
func (p Sheet[T]) Inside() bool { return p.Busy() || p.table.Inside() }

// Mouse: rows can be clicked.
func (p Sheet[T]) Mouse() bool { return true }

// Dense: the frame gives room to the rows.
func (p Sheet[T]) Dense() bool { return p.of.Tight }

// Leaving asks where the sheet holds what isn't saved yet.
func (p Sheet[T]) Leaving() (ask words.Key, must bool) {
	if p.of.Leaving == nil || !p.Loaded {
		return "", false
	}
	return p.of.Leaving(p.got)
}

// ShortHelp is the footer: what Enter does, the other keys, the filter.
func (p Sheet[T]) ShortHelp() []key.Binding {
	if !p.Loaded {
		return []key.Binding{p.Enter(words.PageAgain)}
	}
	var short []key.Binding
	if p.of.Opens != "" && p.row() != "" {
		short = append(short, p.Enter(p.of.Opens))
	}
	for _, w := range p.ways() {
		short = append(short, w.Key)
	}
	if p.of.Filter && !p.empty() {
		short = append(short, p.Search())
	}
	return short
}

// FullHelp is the help page.
func (p Sheet[T]) FullHelp() [][]key.Binding {
	return [][]key.Binding{p.ShortHelp(), p.S.Keys().Moving()}
}
