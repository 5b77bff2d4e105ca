package parts

import (
	"strings"

	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Column is a column of a table. Widths are in cells.
type Column struct {
	Title words.Key
	Min   int  // the narrowest that still makes sense, at least 1
	Grow  int  // its share of what is left over; 0: stays at Min
	Drop  int  // 0: always there; the column with the highest goes first when the window is narrow
	Right bool // figures stand at the right
}

// Row is a row of a table: one cell per column, missing ones are empty.
type Row struct {
	ID    string // for the program; unique in its table
	Cells []string
}

// Table is rows under titles, with a cursor and a filter.
type Table struct {
	columns []Column
	rows    []Row
	filter  filter
	widths  []int // per column; 0: left off
	win     window
	width   int
	height  int // titles and filter included
	tight   bool
}

// tableHead is the lines of the titles and the rule below them.
const tableHead = 2

// head is how many lines stand over the rows, the filter aside.
func (t Table) head() int {
	if t.tight {
		return tableHead - 1
	}
	return tableHead
}

// columnGap is the cells between two columns.
const columnGap = 2

// NewTable makes a table. Sized gives it room.
func NewTable(columns []Column, rows []Row) Table {
	return Table{columns: columns, filter: newFilter(true)}.With(rows)
}

// With is the table with other rows: the cursor stays on the row with the same ID, the filter stays.
func (t Table) With(rows []Row) Table {
	current, _ := t.Current()
	t.rows = make([]Row, len(rows))
	texts := make([]string, len(rows))
	for i, row := range rows {
		cells := make([]string, len(t.columns))
		for c := range min(len(cells), len(row.Cells)) {
			cells[c] = Plain(row.Cells[c])
		}
		t.rows[i] = Row{ID: row.ID, Cells: cells}
		texts[i] = strings.Join(cells, " ")
	}
	t.filter = t.filter.over(texts)
	return t.arranged().On(current.ID)
}

// Sized is the table in a room of width cells and height lines, titles and filter included.
func (t Table) Sized(width, height int) Table {
	t.width, t.height = max(0, width), max(0, height)
	return t.arranged()
}

func (t Table) arranged() Table {
	t.widths = share(t.columns, t.needs(), t.width-2)
	t.win = t.win.tall(t.height - t.head() - t.filter.lines()).spread(make([]int, t.Len()))
	return t
}

// roomyWidth is from how many cells on a table shows its cells whole where that can be. In a smaller window columns keep their
// places while the rows change.
const roomyWidth = 160

// needs are the cells that the widest row of each column has; nil in a window that isn't wide.
func (t Table) needs() []int {
	if t.width < roomyWidth {
		return nil
	}
	needs := make([]int, len(t.columns))
	for _, row := range t.rows {
		for c, cell := range row.Cells {
			needs[c] = max(needs[c], ansi.StringWidth(cell))
		}
	}
	return needs
}

// On is the table with the cursor on the row with that ID, if it shows.
func (t Table) On(id string) Table {
	for at, i := range t.filter.shown {
		if t.rows[i].ID == id {
			t.win = t.win.to(at)
			break
		}
	}
	return t
}

// Current gives the row under the cursor, its cells made harmless; ok is false when nothing shows.
func (t Table) Current() (row Row, ok bool) {
	if t.win.at >= t.Len() {
		return Row{}, false
	}
	return t.rows[t.filter.shown[t.win.at]], true
}

// Finding is the part with letters going into the filter from the start and for good; Enter and Esc are the
// page's own. Before Sized.
func (t Table) Finding() Table {
	t.filter = t.filter.open()
	return t
}

// Unfiltered is the table without a filter, for rows that belong together, such as the days of a week. Before Sized.
func (t Table) Unfiltered() Table {
	t.filter.on = false
	return t
}

// Tight is the table without the rule below its titles, for rows that must fit whole. Before Sized.
func (t Table) Tight() Table {
	t.tight = true
	return t
}

// Len is how many rows pass the filter.
func (t Table) Len() int { return len(t.filter.shown) }

// Typing tells whether letters go into the filter: a screen hands it on to the shell.
func (t Table) Typing() bool { return t.filter.typing }

// Inside tells whether Esc closes the filter first: a screen hands it on to the shell.
func (t Table) Inside() bool { return t.filter.inside() }

// Cursor is where the hardware cursor belongs, in cells from the table's corner.
func (t Table) Cursor() (x, y int, shown bool) {
	switch {
	case t.filter.typing:
		return t.filter.cursor(t.width), 0, true
	case t.Len() == 0 || t.win.height == 0:
		return 0, 0, false
	}
	return 0, t.win.cursorLine() + t.filter.lines() + t.head(), true
}

// Update moves and filters. Mouse messages count from the table's corner.
func (t Table) Update(look Look, msg tea.Msg) (Table, Event) {
	f, fresh, done := t.filter, false, false
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f, done = f.paste(msg)
		fresh = done
	case tea.KeyPressMsg:
		f, fresh, done = f.press(look, msg)
	}
	if done {
		t.filter = f
		if fresh {
			t.win = t.win.to(0)
		}
		return t.arranged(), Moved
	}
	var event Event
	t.win, event = t.win.update(look, Shift(msg, 0, t.filter.lines()+t.head()))
	return t, event
}

// View gives the lines of the table, at most as many as it was sized to.
func (t Table) View(look Look) string {
	titles := make([]string, len(t.columns))
	for c := range titles {
		titles[c] = look.T(t.columns[c].Title)
	}
	var lines []string
	if t.filter.lines() > 0 {
		lines = append(lines, t.filter.view(look, t.width))
	}
	lines = append(lines, look.Theme.Strong.Render(Cut("  "+t.line(titles), t.width)))
	if !t.tight {
		lines = append(lines, look.Theme.Border.Render(strings.Repeat(look.Theme.Glyphs.Rule, t.width)))
	}
	if nothing := t.filter.nothing(look, t.width); nothing != "" {
		lines = append(lines, nothing)
	}
	lines = append(lines, t.win.frame(look, t.width, func(row int) []string { return []string{t.row(look, row)} })...)
	return strings.Join(lines[:min(len(lines), t.height)], "\n")
}

func (t Table) row(look Look, at int) string {
	style, sign := look.Theme.Body, " "
	if at == t.win.at {
		style, sign = look.Theme.Chosen, look.Theme.Glyphs.Cursor
	}
	line := sign + " " + t.line(t.rows[t.filter.shown[at]].Cells)
	return style.Render(Cut(line, t.width))
}

// line puts the cells of the columns that are there beside each other.
func (t Table) line(cells []string) string {
	var out []string
	for c, width := range t.widths {
		switch {
		case width == 0:
		case t.columns[c].Right:
			cell := Cut(cells[c], width)
			out = append(out, strings.Repeat(" ", max(0, width-ansi.StringWidth(cell)))+cell)
		default:
			out = append(out, Fit(cells[c], width))
		}
	}
	return Cut(strings.Join(out, strings.Repeat(" ", columnGap)), max(0, t.width-2))
}

// share gives each column its width in room cells: columns leave by Drop until the rest fits, each gets what it needs as long as
// there is room, and what is over is shared by Grow. What never leaves is narrowed in the end, the widest first.
func share(columns []Column, needs []int, room int) []int {
	widths := make([]int, len(columns))
	for c, column := range columns {
		widths[c] = max(1, column.Min)
	}
	for taken(widths) > room {
		last := -1
		for c, column := range columns {
			if widths[c] > 0 && column.Drop > 0 && (last < 0 || column.Drop >= columns[last].Drop) {
				last = c
			}
		}
		if last < 0 {
			break
		}
		widths[last] = 0
	}
	for taken(widths) > room {
		widest := 0
		for c := range widths {
			if widths[c] > widths[widest] {
				widest = c
			}
		}
		if len(widths) == 0 || widths[widest] <= 1 {
			break
		}
		widths[widest]--
	}
	for c, need := range needs {
		if widths[c] > 0 {
			widths[c] += max(0, min(need-widths[c], room-taken(widths)))
		}
	}
	return grown(columns, widths, room-taken(widths))
}

// grown spreads over cells among the columns that want to grow.
func grown(columns []Column, widths []int, over int) []int {
	shares := 0
	for c, column := range columns {
		if widths[c] > 0 {
			shares += max(0, column.Grow)
		}
	}
	for c, column := range columns {
		if widths[c] == 0 || column.Grow <= 0 || over <= 0 {
			continue
		}
		part := over * column.Grow / shares
		widths[c] += part
		over, shares = over-part, shares-column.Grow
	}
	return widths
}

// taken is the cells of the columns that are there, with the gaps between them.
func taken(widths []int) int {
	sum, there := 0, 0
	for _, w := range widths {
		if w > 0 {
			sum += w
			there++
		}
	}
	return sum + columnGap*max(0, there-1)
}
