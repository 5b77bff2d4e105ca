package regulation

import (
	"strings"

	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Rows is a page of rows that belong together under some lines, which stands for what the register says: the home of
// the room, and what experts may choose from.
type Rows struct {
	room
	of    rowed
	st    state
	table parts.Table
}

// rowed says what a Rows shows.
type rowed struct {
	title   words.Key
	columns []parts.Column
	top     func(room, state) []string // styled lines above
	rows    func(room, state) []parts.Row
	chosen  func(r room, st state, id string) tea.Cmd // nil: nothing can be opened
	does    words.Key                                 // what Enter does; empty: nothing
	can     func(room, state) []way
}

// way is a letter that opens a screen.
type way struct {
	key  key.Binding
	open func() shell.Screen
}

func newRows(s *shell.Session, desk Desk, of rowed) Rows {
	return Rows{room: room{page.New(s, words.LoanruleLoading), desk}, of: of, table: parts.NewTable(of.columns, nil).Unfiltered()}
}

func (p Rows) load() tea.Cmd { return page.Fetch(p.Loading, p.read) }

// Init loads the register.
func (p Rows) Init() tea.Cmd { return p.load() }

// Title is what it is.
func (p Rows) Title() string { return p.S.T(p.of.title) }

// Update moves along the rows and opens what is chosen.
func (p Rows) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
		return p.arranged(), nil
	case page.DoneMsg[state]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			p.st = msg.Got
		}
		return p.arranged(), tell
	case shell.ShownMsg:
		p.Page = p.Again()
		return p, p.load()
	case shell.LookedMsg:
		return p.arranged(), nil
	}
	if p.Retries(msg) {
		p.Page = p.Again()
		return p, p.load()
	}
	if !p.Loaded {
		return p, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		for _, w := range p.ways() {
			if key.Matches(press, w.key) {
				return p, shell.Open(w.open())
			}
		}
	}
	var event parts.Event
	p.table, event = p.table.Update(p.S.Look(), parts.Shift(msg, 0, len(p.top())))
	if row, ok := p.table.Current(); ok && event == parts.Chose && p.of.chosen != nil {
		return p, p.of.chosen(p.room, p.st, row.ID)
	}
	return p, nil
}

func (p Rows) ways() []way {
	if p.of.can == nil {
		return nil
	}
	return p.of.can(p.room, p.st)
}

func (p Rows) top() []string {
	if p.of.top == nil {
		return nil
	}
	return append(p.of.top(p.room, p.st), "")
}

func (p Rows) arranged() Rows {
	if p.Loaded {
		p.table = p.table.With(p.of.rows(p.room, p.st)).Sized(p.W, max(1, p.H-len(p.top())))
	}
	return p
}

// View gives the page.
func (p Rows) View() string {
	if !p.Loaded {
		return p.Waiting()
	}
	return page.Fitted(append(p.top(), strings.Split(p.table.View(p.S.Look()), "\n")...), p.H)
}

// Cursor is on the row.
func (p Rows) Cursor() (x, y int, shown bool) {
	x, y, shown = p.table.Cursor()
	return x, y + len(p.top()), shown && p.Loaded
}

// Mouse: rows can be clicked.
func (p Rows) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Rows) ShortHelp() []key.Binding {
	if !p.Loaded {
		return []key.Binding{p.Enter(words.PageAgain)}
	}
	var short []key.Binding
	if p.of.does != "" {
		short = append(short, p.Enter(p.of.does))
	}
	for _, w := range p.ways() {
		short = append(short, w.key)
	}
	return short
}

// FullHelp is the help page.
func (p Rows) FullHelp() [][]key.Binding {
	return [][]key.Binding{p.ShortHelp(), p.S.Keys().Moving()}
}
