package page

import (
	"strings"

	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Finding says how a Finder finds, and what it says.
type Finding[T any] struct {
	Title, Lead words.Key
	None        words.Key                              // nobody fits what was typed
	NoCode      words.Key                              // it reads as a code, and is of nothing here
	Chooses     words.Key                              // what Enter does with a row
	Search      func(typed string) ([]T, error)        // asks a store; runs as a command
	IsCode      func(typed string) bool                // what was typed is a code and no name
	ByCode      func(code string) (*T, error)          // asks a store what a code is of; nil: of none of these
	Row         func(T) parts.Row                      // with an ID
	Open        func(T) tea.Cmd                        // what choosing comes to
	More        func(f Finder[T], msg tea.Msg) tea.Cmd // other keys of the screen, before any letter; nil: none
	Can         []key.Binding                          // those keys, for the footer
}

// Finder finds one of many by some letters of the name, or by a code, scanned or typed: a list that nobody has to load
// whole. The last thing that was typed counts.
type Finder[T any] struct {
	Page
	line  parts.Line
	table parts.Table
	found []T
	asked string // what the store was last asked for
	code  string // what Enter asked about; empty: nothing
	of    Finding[T]
}

// hits is what a text finds.
type hits[T any] struct {
	typed string
	all   []T
	code  bool // it was a code
}

// mostSought is how many characters the line takes.
const mostSought = 80

// finderTop is the lines above the table: the question, the line, an empty one.
const finderTop = 3

// NewFinder finds with columns for who was found. doing is what searching is called when it fails.
func NewFinder[T any](s *shell.Session, doing words.Key, columns []parts.Column, of Finding[T]) Finder[T] {
	p := New(s, doing)
	p.Loading, p.Loaded = nil, true // nothing was typed
	return Finder[T]{Page: p, line: parts.NewLine(mostSought), table: parts.NewTable(columns, nil).Unfiltered(), of: of}
}

// Init does nothing: nothing was typed.
func (f Finder[T]) Init() tea.Cmd { return nil }

// Title is what it is for.
func (f Finder[T]) Title() string { return f.S.T(f.of.Title) }

// Update types, moves along what was found, and chooses.
func (f Finder[T]) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if f.of.More != nil {
		if cmd := f.of.More(f, msg); cmd != nil {
			return f, cmd
		}
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.W, f.H = msg.Width, msg.Height
		return f.listed(), nil
	case shell.LookedMsg:
		return f.listed(), nil
	case shell.ShownMsg: // what was found may have changed
		f.asked = ""
		return f.search()
	case DoneMsg[hits[T]]:
		return f.settled(msg)
	case tea.PasteMsg:
		f.line = f.line.Insert(msg.Content)
		return f.search()
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, f.S.Keys().Enter):
			return f.chosen()
		case !walks(f.S.Keys().Moving(), msg) && f.line.Takes(msg):
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

// walks tells whether a key walks up or down the table, and not along the line.
func walks(keys []key.Binding, msg tea.KeyPressMsg) bool { return key.Matches(msg, keys[:4]...) }

// search asks for what the line finds.
func (f Finder[T]) search() (shell.Screen, tea.Cmd) {
	typed := strings.TrimSpace(f.line.Text())
	if typed == f.asked {
		return f, nil
	}
	f.asked, f.code = typed, ""
	f.Page = f.Again()
	search := f.of.Search
	return f, Fetch(f.Loading, func() (hits[T], error) {
		all, err := search(typed)
		return hits[T]{typed: typed, all: all}, err
	})
}

// chosen takes what is under the cursor, or asks of what the code is that stands in the line.
func (f Finder[T]) chosen() (shell.Screen, tea.Cmd) {
	typed := strings.TrimSpace(f.line.Text())
	if !f.of.IsCode(typed) {
		row, ok := f.table.Current()
		for _, one := range f.found {
			if ok && f.of.Row(one).ID == row.ID && f.Loading == nil {
				return f, f.of.Open(one)
			}
		}
		f.code = typed // chosen as soon as the answer is there, when it is just one
		return f, nil
	}
	f.asked, f.code = typed, typed
	f.Page = f.Again()
	byCode := f.of.ByCode
	return f, Fetch(f.Loading, func() (hits[T], error) {
		one, err := byCode(typed)
		if err != nil || one == nil {
			return hits[T]{typed: typed, code: true}, err
		}
		return hits[T]{typed, []T{*one}, true}, nil
	})
}

func (f Finder[T]) settled(msg DoneMsg[hits[T]]) (shell.Screen, tea.Cmd) {
	next, ok, tell := Settled(f.Page, msg)
	if f.Page = next; !ok {
		return f, tell
	}
	f.found = msg.Got.all
	f = f.listed()
	enter := f.code != "" && f.code == msg.Got.typed
	f.code = ""
	switch {
	case enter && len(f.found) == 1:
		return f, f.of.Open(f.found[0])
	case enter && msg.Got.code:
		return f, shell.Notify(shell.Warn, f.of.NoCode)
	}
	return f, nil
}

func (f Finder[T]) listed() Finder[T] {
	rows := make([]parts.Row, len(f.found))
	for i, one := range f.found {
		rows[i] = f.of.Row(one)
	}
	f.table = f.table.With(rows).Sized(f.W, max(1, f.H-finderTop))
	return f
}

// View gives the line and what was found.
func (f Finder[T]) View() string {
	text, _ := f.line.View(max(1, f.W-4))
	lines := []string{f.S.Theme().Quiet.Render(parts.Cut(f.S.T(f.of.Lead), f.W)), f.S.Theme().FieldFocus.Render(parts.Fit("> "+text, f.W)), ""}
	if len(f.found) > 0 {
		return strings.Join(append(lines, f.table.View(f.S.Look())), "\n")
	}
	if len([]rune(strings.TrimSpace(f.line.Text()))) >= 2 && f.Loading == nil {
		lines = append(lines, f.Paragraphs(f.S.T(f.of.None))...)
	}
	return Fitted(lines, f.H)
}

// Cursor is in the line.
func (f Finder[T]) Cursor() (x, y int, shown bool) {
	_, x = f.line.View(max(1, f.W-4))
	return x + 2, 1, true
}

// Typing: letters go into the line.
func (f Finder[T]) Typing() bool { return true }

// Mouse: what was found can be clicked.
func (f Finder[T]) Mouse() bool { return true }

// ShortHelp is the footer.
func (f Finder[T]) ShortHelp() []key.Binding {
	return append([]key.Binding{f.Enter(f.of.Chooses), f.S.Keys().Arrows}, f.of.Can...)
}

// FullHelp is the help page.
func (f Finder[T]) FullHelp() [][]key.Binding { return [][]key.Binding{f.ShortHelp()} }
