package bookings

import (
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Finder finds who a reservation is for: by some letters of the name, or by the number on the card, scanned or typed.
type Finder struct {
	base
	line  parts.Line
	table parts.Table
	found []loans.Borrower
	asked string // what the register was last asked for
	code  string // what Enter asked about; empty: nothing
	next  func(loans.Borrower) shell.Screen
}

// hits is who a text finds.
type hits struct {
	typed string
	all   []loans.Borrower
	card  bool // it was the number of a card
}

// mostTyped is how many characters of a name the line takes.
const mostTyped = 80

// finderTop is the lines above the table: the question, the line, an empty one.
const finderTop = 3

// newFinder finds a borrower, and next makes the screen that takes its place.
func newFinder(s *shell.Session, desk Desk, next func(loans.Borrower) shell.Screen) shell.Screen {
	columns := []parts.Column{{Title: words.BookingColBorrower, Min: 20, Grow: 2}, {Title: words.BookingColPhone, Min: 14, Grow: 1}, {Title: words.BookingColNumber, Min: 10, Drop: 1}}
	p := page.New(s, words.BookingSearching)
	p.Loading, p.Loaded = nil, true // nothing was typed
	return Finder{base: base{p, desk}, line: parts.NewLine(mostTyped), table: parts.NewTable(columns, nil).Unfiltered(), next: next}
}

// Init does nothing: nothing was typed.
func (f Finder) Init() tea.Cmd { return nil }

// Title is what it is for.
func (f Finder) Title() string { return f.S.T(words.BookingWho) }

// Update types, moves along who was found, and chooses.
func (f Finder) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.W, f.H = msg.Width, msg.Height
		return f.listed(), nil
	case shell.LookedMsg:
		return f.listed(), nil
	case page.DoneMsg[hits]:
		return f.settled(msg)
	case tea.PasteMsg:
		f.line = f.line.Insert(msg.Content)
		return f.search()
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, f.S.Keys().Enter):
			return f.chosen()
		case !moves(f.S.Keys().Moving(), msg) && f.line.Takes(msg):
			f.line = f.line.Press(msg)
			return f.search()
		}
	}
	var event parts.Event
	if f.table, event = f.table.Update(f.S.Look(), parts.Shift(msg, 0, finderTop)); event == parts.Chose {
		return f.chosen()
	}
	return f, nil
}

// moves tells whether a key walks up or down the table, and not along the line.
func moves(keys []key.Binding, msg tea.KeyPressMsg) bool {
	return key.Matches(msg, keys[:4]...)
}

// search asks for who the line finds; the last answer counts.
func (f Finder) search() (shell.Screen, tea.Cmd) {
	typed := strings.TrimSpace(f.line.Text())
	if typed == f.asked {
		return f, nil
	}
	f.asked, f.code = typed, ""
	f.Page = f.Again()
	return f, page.Fetch(f.Loading, func() (hits, error) {
		all, err := f.desk.Store.Search(f.S.Ctx, f.By(), typed)
		return hits{typed: typed, all: all}, err
	})
}

// chosen takes who is under the cursor, or asks whose the number is that stands in the line.
func (f Finder) chosen() (shell.Screen, tea.Cmd) {
	typed := strings.TrimSpace(f.line.Text())
	if _, err := loans.ParseNumber(typed); err != nil {
		row, ok := f.table.Current()
		for _, who := range f.found {
			if ok && who.ID == row.ID && f.Loading == nil {
				return f, shell.Replace(f.next(who))
			}
		}
		f.code = typed // chosen as soon as the answer is there, when it is one person
		return f, nil
	}
	f.asked, f.code = typed, typed
	f.Page = f.Again()
	return f, page.Fetch(f.Loading, func() (hits, error) {
		found, err := f.desk.Store.Find(f.S.Ctx, f.By(), typed)
		if err != nil || found.Borrower == nil {
			return hits{typed: typed, card: true}, err
		}
		return hits{typed, []loans.Borrower{found.Borrower.Borrower}, true}, nil
	})
}

func (f Finder) settled(msg page.DoneMsg[hits]) (shell.Screen, tea.Cmd) {
	next, ok, tell := page.Settled(f.Page, msg)
	if f.Page = next; !ok {
		return f, tell
	}
	f.found = msg.Got.all
	f = f.listed()
	enter := f.code != "" && f.code == msg.Got.typed
	f.code = ""
	switch {
	case enter && len(f.found) == 1:
		return f, shell.Replace(f.next(f.found[0]))
	case enter && msg.Got.card:
		return f, shell.Notify(shell.Warn, words.BookingNoCard)
	}
	return f, nil
}

func (f Finder) listed() Finder {
	rows := make([]parts.Row, len(f.found))
	for i, who := range f.found {
		rows[i] = parts.Row{ID: who.ID, Cells: []string{who.Name(), who.Phone, who.Number.Show()}}
	}
	f.table = f.table.With(rows).Sized(f.W, max(1, f.H-finderTop))
	return f
}

// View gives the line and who was found.
func (f Finder) View() string {
	text, _ := f.line.View(max(1, f.W-4))
	lines := []string{f.S.Theme().Quiet.Render(parts.Cut(f.S.T(words.BookingWhoLead), f.W)), f.S.Theme().FieldFocus.Render(parts.Fit("> "+text, f.W)), ""}
	if len(f.found) > 0 {
		return strings.Join(append(lines, f.table.View(f.S.Look())), "\n")
	}
	if len([]rune(strings.TrimSpace(f.line.Text()))) >= 2 && f.Loading == nil {
		lines = append(lines, f.Paragraphs(f.S.T(words.BookingWhoNone))...)
	}
	return page.Fitted(lines, f.H)
}

// Cursor is in the line.
func (f Finder) Cursor() (x, y int, shown bool) {
	_, x = f.line.View(max(1, f.W-4))
	return x + 2, 1, true
}

// Typing: letters go into the line.
func (f Finder) Typing() bool { return true }

// Mouse: who was found can be clicked.
func (f Finder) Mouse() bool { return true }

// ShortHelp is the footer.
func (f Finder) ShortHelp() []key.Binding {
	return []key.Binding{f.Enter(words.BookingChoose), f.S.Keys().Arrows}
}

// FullHelp is the help page.
func (f Finder) FullHelp() [][]key.Binding { return [][]key.Binding{f.ShortHelp()} }
