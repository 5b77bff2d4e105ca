package parts

import (
	"slices"
	"strings"

	"digibrug/tui/keys"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Item is one thing to choose.
type Item struct {
	ID    string // for the program; unique in its list
	Title string
	Note  string // at the right of the title, where there is room; may be empty
}

// Kind is what people do in a list.
type Kind struct {
	Many    bool // tick several with Space, shown as [x]; Enter means "done"
	One     bool // at most one is ticked, shown as (x); the caller ticks it
	Letters bool // the first eight items are also reached by a to h and 1 to 8, which only move the cursor
	Wrap    bool // long titles take several lines; without it they are cut. Notes are left off
	Filter  bool // "/" narrows the list to what is typed, accents left aside
}

// List is a list of choices with a cursor.
type List struct {
	kind   Kind
	items  []Item
	ticked map[string]bool // never changed, always made anew
	filter filter
	rows   [][]string // title of each row that shows, in lines
	win    window
	off    bool // no row has the cursor yet
	width  int
	height int // filter included
}

// NewList makes a list. The cursor is on the first item; Sized gives it room.
func NewList(kind Kind, items []Item) List {
	return List{kind: kind, filter: newFilter(kind.Filter)}.With(items)
}

// With is the list with other items: the cursor stays on the item with the same ID, ticks and filter stay.
func (l List) With(items []Item) List {
	current, _ := l.Current()
	l.items = make([]Item, len(items))
	texts := make([]string, len(items))
	for i, item := range items {
		l.items[i] = Item{ID: item.ID, Title: Plain(item.Title), Note: Plain(item.Note)}
		texts[i] = item.Title + " " + item.Note
	}
	l.filter = l.filter.over(texts)
	return l.arranged().On(current.ID)
}

// Sized is the list in a room of width cells and height lines.
func (l List) Sized(width, height int) List {
	l.width, l.height = max(0, width), max(0, height)
	return l.arranged()
}

// Lines is how many lines the list takes when nothing is out of view.
func (l List) Lines() int { return max(1, l.win.lines) + l.filter.lines() }

// Unplaced is the list without a cursor, so that no item is put forward: Enter finds nothing until the person went to
// one. A list without items has nothing else.
func (l List) Unplaced() List {
	l.off = true
	return l
}

// On is the list with the cursor on the item with that ID, if it shows.
func (l List) On(id string) List {
	for row, i := range l.filter.shown {
		if l.items[i].ID == id {
			l.win, l.off = l.win.to(row), false
			break
		}
	}
	return l
}

// Tick is the list with these IDs ticked and no others.
func (l List) Tick(ids ...string) List {
	l.ticked = map[string]bool{}
	for _, id := range ids {
		l.ticked[id] = true
	}
	return l
}

// Ticked gives the IDs that are ticked, in the order of the list.
func (l List) Ticked() []string {
	var ids []string
	for _, item := range l.items {
		if l.ticked[item.ID] {
			ids = append(ids, item.ID)
		}
	}
	return ids
}

// Current gives the item under the cursor; ok is false when nothing shows.
func (l List) Current() (item Item, ok bool) {
	if l.off || l.win.at >= len(l.filter.shown) {
		return Item{}, false
	}
	return l.items[l.filter.shown[l.win.at]], true
}

// Finding is the part with letters going into the filter from the start and for good; Enter and Esc are the
// page's own. Before Sized.
func (l List) Finding() List {
	l.filter = l.filter.open()
	return l
}

// Len is how many items pass the filter.
func (l List) Len() int { return len(l.filter.shown) }

// Typing tells whether letters go into the filter, or choose: a screen hands it on to the shell.
func (l List) Typing() bool { return l.filter.typing || l.kind.Letters }

// Inside tells whether Esc closes the filter first: a screen hands it on to the shell.
func (l List) Inside() bool { return l.filter.inside() }

// Cursor is where the hardware cursor belongs, in cells from the list's corner.
func (l List) Cursor() (x, y int, shown bool) {
	switch {
	case l.filter.typing:
		return l.filter.cursor(l.width), 0, true
	case l.off || len(l.filter.shown) == 0 || l.win.height == 0:
		return 0, 0, false
	}
	return 0, l.win.cursorLine() + l.filter.lines(), true
}

// Update moves, ticks, filters. Mouse messages count from the list's corner.
func (l List) Update(look Look, msg tea.Msg) (List, Event) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		filter, done := l.filter.paste(msg)
		return l.narrowed(filter, done, done)
	case tea.KeyPressMsg:
		if filter, fresh, done := l.filter.press(look, msg); done {
			return l.narrowed(filter, fresh, done)
		}
		if next, event := l.press(look, msg); event != None {
			return next, event
		}
	}
	if l.off {
		return l.placed(look, msg)
	}
	var event Event
	l.win, event = l.win.update(look, Shift(msg, 0, l.filter.lines()))
	if _, click := msg.(tea.MouseClickMsg); click && event == Chose && l.kind.Many {
		return l.toggled()
	}
	return l, event
}

// placed is the list after a message that came while no row had the cursor: Up goes to the last item, the other keys that
// move to where they lead from the first. A click on any item only goes there. Enter chooses, and finds nothing.
func (l List) placed(look Look, msg tea.Msg) (List, Event) {
	press, _ := msg.(tea.KeyPressMsg)
	switch {
	case key.Matches(press, look.Keys.Enter):
		return l, Chose
	case key.Matches(press, look.Keys.Up):
		l.win = l.win.to(l.Len() - 1)
	case key.Matches(press, look.Keys.Down, look.Keys.Home, look.Keys.PageUp):
		l.win = l.win.to(0)
	default:
		next, event := l.win.update(look, Shift(msg, 0, l.filter.lines()))
		if event == None {
			return l, None
		}
		l.win = next
	}
	l.off = false
	return l, Moved
}

func (l List) narrowed(f filter, fresh, done bool) (List, Event) {
	if !done {
		return l, None
	}
	l.filter = f
	if fresh {
		l.win = l.win.to(0)
	}
	return l.arranged(), Moved
}

// press handles what a list knows beyond moving.
func (l List) press(look Look, msg tea.KeyPressMsg) (List, Event) {
	if l.kind.Many && key.Matches(msg, look.Keys.Space) {
		return l.toggled()
	}
	if row, ok := direct(msg); l.kind.Letters && ok && row < min(l.Len(), 8) {
		l.win, l.off = l.win.to(row), false
		return l, Moved
	}
	return l, None
}

// direct reads a to h, or 1 to 8 with or without Shift, as a row from 0.
func direct(msg tea.KeyPressMsg) (row int, ok bool) {
	if row, ok = keys.Letter(msg); ok {
		return row, true
	}
	digit, ok := keys.Digit(msg)
	return digit - 1, ok && digit > 0
}

func (l List) toggled() (List, Event) {
	item, ok := l.Current()
	if !ok {
		return l, None
	}
	ids := l.Ticked()
	if i := slices.Index(ids, item.ID); i >= 0 {
		ids = slices.Delete(ids, i, i+1)
	} else {
		ids = append(ids, item.ID)
	}
	return l.Tick(ids...), Ticked
}

// lead is how many cells stand before the title: cursor, box, letter.
func (l List) lead() int {
	lead := 2
	if l.kind.Many || l.kind.One {
		lead += 4
	}
	if l.kind.Letters {
		lead += 3
	}
	return lead
}

// arranged lays the rows out anew for the width and the items that show.
func (l List) arranged() List {
	l.rows = make([][]string, l.Len())
	heights := make([]int, l.Len())
	room := l.width - l.lead()
	for row, i := range l.filter.shown {
		if title := l.items[i].Title; l.kind.Wrap {
			l.rows[row] = Wrap(title, room)
		} else {
			l.rows[row] = []string{Cut(title, l.besides(l.items[i].Note, room))}
		}
		heights[row] = len(l.rows[row])
	}
	l.win = l.win.tall(l.height - l.filter.lines()).spread(heights)
	return l
}

// besides is the cells that a title keeps when its note stands at the right: the note is what changes, so
// the title is cut first, unless too little of it would be left.
func (l List) besides(note string, room int) int {
	room = min(room, MaxWidth-l.lead())
	if left := room - ansi.StringWidth(note) - 2; note != "" && left >= 20 {
		return left
	}
	return room
}

// View gives the lines of the list, at most as many as it was sized to.
func (l List) View(look Look) string {
	var lines []string
	if l.filter.lines() > 0 {
		lines = append(lines, l.filter.view(look, l.width))
	}
	if nothing := l.filter.nothing(look, l.width); nothing != "" {
		lines = append(lines, nothing)
	}
	lines = append(lines, l.win.frame(look, l.width, func(row int) []string { return l.row(look, row) })...)
	return strings.Join(lines[:min(len(lines), l.height)], "\n")
}

func (l List) row(look Look, row int) []string {
	item, here := l.items[l.filter.shown[row]], !l.off && row == l.win.at
	style, sign := look.Theme.Body, " "
	switch {
	case here:
		style, sign = look.Theme.Chosen, look.Theme.Glyphs.Cursor
	case (l.kind.Many || l.kind.One) && l.ticked[item.ID]:
		style = look.Theme.Picked
	}
	lead := sign + " "
	if l.kind.Many || l.kind.One {
		lead += box(l.ticked[item.ID], l.kind.One)
	}
	if l.kind.Letters {
		lead += letter(row)
	}
	var lines []string
	for i, text := range l.rows[row] {
		line := lead + text
		if i > 0 {
			line = strings.Repeat(" ", l.lead()) + text
		} else if !l.kind.Wrap {
			line = noted(line, item.Note, min(l.width, MaxWidth))
		}
		if here { // the whole bar, so that the eye finds it
			line = Fit(line, min(l.width, max(MaxWidth, ansi.StringWidth(line))))
		}
		lines = append(lines, style.Render(Cut(line, l.width)))
	}
	return lines
}

// noted puts a note at the right end of a line of width cells, when it fits.
func noted(line, note string, width int) string {
	gap := width - ansi.StringWidth(line) - ansi.StringWidth(note)
	if note == "" || gap < 2 {
		return line
	}
	return line + strings.Repeat(" ", gap) + note
}

// box shows whether a row is ticked: square where several can be, round where one can.
func box(on, one bool) string {
	text := []rune("[ ] ")
	if one {
		text = []rune("( ) ")
	}
	if on {
		text[1] = 'x'
	}
	return string(text)
}

func letter(row int) string {
	if row < 8 {
		return string(rune('a'+row)) + ") "
	}
	return "   "
}
