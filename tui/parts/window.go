package parts

import (
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Event says what a list, table or confirmation made of a message.
type Event int

// The events.
const (
	None   Event = iota // the message was not for this part, or changed nothing
	Moved               // another row has the cursor, or another part of the rows is in view
	Chose               // Enter, or a click on the row that had the cursor
	Ticked              // a row was ticked or unticked
)

// wheelStep is how many lines one notch of the mouse wheel moves.
const wheelStep = 3

// window is a cursor on rows of one or more lines, and the part of the lines that is in view.
type window struct {
	starts []int // first line of each row
	lines  int   // of all rows together
	height int   // lines in view, markers included
	at     int   // row with the cursor
	top    int   // first line in view
}

// spread is the window over rows of the given heights.
func (w window) spread(heights []int) window {
	w.starts = make([]int, len(heights))
	w.lines = 0
	for i, h := range heights {
		w.starts[i] = w.lines
		w.lines += max(1, h)
	}
	return w.to(w.at)
}

// tall is the window with another height.
func (w window) tall(height int) window {
	w.height = max(0, height)
	return w.to(w.at)
}

// marked tells whether two of the lines say how much is out of view.
func (w window) marked() bool { return w.lines > w.height && w.height >= 5 }

// page is how many lines of rows are in view.
func (w window) page() int {
	if w.marked() {
		return w.height - 2
	}
	return w.height
}

func (w window) end(row int) int {
	if row+1 < len(w.starts) {
		return w.starts[row+1]
	}
	return w.lines
}

// to puts the cursor on a row, the nearest that exists, and brings it into view: its start when the row
// is higher than the view.
func (w window) to(row int) window {
	if len(w.starts) == 0 {
		w.at, w.top = 0, 0
		return w
	}
	w.at = min(max(row, 0), len(w.starts)-1)
	w.top = max(w.top, w.end(w.at)-w.page())
	w.top = min(w.top, w.starts[w.at])
	w.top = max(0, min(w.top, w.lines-w.page()))
	return w
}

// rowAt gives the row that shows at line y of the view, or -1.
func (w window) rowAt(y int) int {
	if w.marked() {
		y--
	}
	if y < 0 || y >= w.page() {
		return -1
	}
	for row := range w.starts {
		if line := w.top + y; line >= w.starts[row] && line < w.end(row) {
			return row
		}
	}
	return -1
}

// cursorLine is the line of the view with the cursor.
func (w window) cursorLine() int {
	y := w.starts[w.at] - w.top
	if w.marked() {
		y++
	}
	return max(0, y)
}

// hidden counts the rows whose first line is above the view, and those whose last line is below it.
func (w window) hidden() (above, below int) {
	for row := range w.starts {
		if w.starts[row] < w.top {
			above++
		}
		if w.end(row) > w.top+w.page() {
			below++
		}
	}
	return above, below
}

// update moves by key, wheel and click. y of a mouse message counts from the first line of the view.
func (w window) update(look Look, msg tea.Msg) (window, Event) {
	if len(w.starts) == 0 {
		return w, None
	}
	before, k := w.at, look.Keys
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, k.Up):
			w = w.to(w.at - 1)
		case key.Matches(msg, k.Down):
			w = w.to(w.at + 1)
		case key.Matches(msg, k.PageUp):
			w = w.leap(-1)
		case key.Matches(msg, k.PageDown):
			w = w.leap(+1)
		case key.Matches(msg, k.Home):
			w = w.to(0)
		case key.Matches(msg, k.End):
			w = w.to(len(w.starts) - 1)
		case key.Matches(msg, k.Enter):
			return w, Chose
		}
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			w = w.to(w.at - wheelStep)
		case tea.MouseWheelDown:
			w = w.to(w.at + wheelStep)
		}
	case tea.MouseClickMsg:
		row := w.rowAt(msg.Y)
		if msg.Button != tea.MouseLeft || row < 0 || msg.X < 0 {
			return w, None
		}
		if row == w.at {
			return w, Chose
		}
		w = w.to(row)
	}
	if w.at == before {
		return w, None
	}
	return w, Moved
}

// leap moves about one page, at least one row.
func (w window) leap(way int) window {
	goal, row := w.starts[w.at]+way*max(1, w.page()-1), w.at
	for next := row + way; next >= 0 && next < len(w.starts); next += way {
		row = next
		if (w.starts[row]-goal)*way >= 0 {
			break
		}
	}
	return w.to(row)
}

// frame puts the lines in view together: draw gives the lines of one row. The markers above and below say
// how many rows are out of view.
func (w window) frame(look Look, width int, draw func(row int) []string) []string {
	var out []string
	for row := range w.starts {
		if w.end(row) <= w.top || w.starts[row] >= w.top+w.page() {
			continue
		}
		for i, line := range draw(row) {
			if y := w.starts[row] + i; y >= w.top && y < w.top+w.page() {
				out = append(out, line)
			}
		}
	}
	if !w.marked() {
		return out
	}
	above, below := w.hidden()
	g := look.Theme.Glyphs
	return append(append([]string{marker(look, width, g.Above, words.PartAbove, above)}, out...),
		marker(look, width, g.Below, words.PartBelow, below))
}

func marker(look Look, width int, sign string, key words.Key, n int) string {
	if n == 0 {
		return ""
	}
	return look.Theme.Quiet.Render(Cut("  "+sign+" "+look.T(key, "n", n), width))
}
