package parts

import (
	"strings"

	"digibrug/data"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Area is text of several lines under edit: Enter begins a new line, the arrows move within the text as it shows. It is a
// value of our own for the reasons of input. The zero Area takes nothing; NewArea makes one.
type Area struct {
	text   string
	pos    int // clusters before the cursor
	max    int // clusters that fit in
	width  int // cells of a line
	height int // lines in view
	goal   int // column that up and down keep to; -1: that of the cursor
}

// NewArea is an area that takes most characters, with a text in it and the cursor behind it.
func NewArea(most int, text string) Area {
	a := Area{max: most, width: MaxWidth, height: 4, goal: -1}
	a, _, _ = a.insert(data.CleanBlock(text, most))
	return a
}

// Sized is the area in a room of width cells and height lines; at least one of each.
func (a Area) Sized(width, height int) Area {
	a.width, a.height = max(1, min(width, MaxWidth)), max(1, height)
	return a
}

// Text is what stands there, harmless, without blank lines at its ends.
func (a Area) Text() string { return data.CleanBlock(a.text, a.max) }

// Count is how many characters stand there, and how many fit.
func (a Area) Count() (n, most int) { return len(clusters(a.text)), a.max }

// span is a line as it shows: clusters from (included) to to (not included).
type span struct{ from, to int }

// spans breaks the text into lines of less than width cells, so that the cursor fits behind each; between words where it can.
func (a Area) spans(all []string) (lines []span) {
	from, cells, space := 0, 0, -1
	for i, c := range all {
		if c == "\n" {
			lines = append(lines, span{from, i})
			from, cells, space = i+1, 0, -1
			continue
		}
		if w := ansi.StringWidth(shownCell(c)); cells+w >= max(2, a.width) && i > from {
			to := i
			if space >= from {
				to = space + 1
			}
			lines = append(lines, span{from, to})
			from, cells, space = to, 0, -1
			for _, rest := range all[from:i] {
				cells += ansi.StringWidth(shownCell(rest))
			}
		}
		if cells += ansi.StringWidth(shownCell(c)); c == " " {
			space = i
		}
	}
	return append(lines, span{from, len(all)})
}

// shownCell is how a cluster shows; what has no width of its own does as well, but takes no room.
func shownCell(c string) string {
	if strings.TrimSpace(c) == "" {
		return " "
	}
	return Plain(c)
}

// place is the line and column, in clusters, of the cursor.
func (a Area) place(lines []span) (row, column int) {
	for row = len(lines) - 1; row > 0 && a.pos < lines[row].from; row-- {
	}
	return row, a.pos - lines[row].from
}

// Takes tells whether a key means something in an area. Up on the first line and down on the last one don't: a form goes on.
func (a Area) Takes(msg tea.KeyPressMsg) bool {
	lines := a.spans(clusters(a.text))
	row, _ := a.place(lines)
	switch msg.String() {
	case "up":
		return row > 0
	case "down":
		return row < len(lines)-1
	case "enter":
		return true
	}
	return input{}.takes(msg)
}

// Update edits by key.
func (a Area) Update(msg tea.KeyPressMsg) Area {
	all := clusters(a.text)
	a.pos = min(max(a.pos, 0), len(all))
	lines := a.spans(all)
	row, column := a.place(lines)
	switch key := msg.String(); key {
	case "up", "down":
		if a.goal < 0 {
			a.goal = column
		}
		to := lines[max(0, row-1)]
		if key == "down" {
			to = lines[min(len(lines)-1, row+1)]
		}
		a.pos = to.from + min(a.goal, a.last(to, all))
		return a
	case "home":
		a.pos = lines[row].from
	case "end":
		a.pos = lines[row].from + a.last(lines[row], all)
	case "enter":
		a, _, _ = a.insert("\n")
	case "ctrl+u": // of this line only
		from := lines[row].from
		a.text, a.pos = strings.Join(all[:from], "")+strings.Join(all[a.pos:], ""), from
	case "left", "right", "backspace", "delete":
		in := input{text: a.text, pos: a.pos, max: a.max}.update(msg)
		a.text, a.pos = in.text, in.pos
	default:
		a, _, _ = a.insert(msg.Text)
	}
	a.goal = -1
	return a
}

// last is the column behind the last cluster of a line that still belongs to it: the space at which it broke is the next one's.
func (a Area) last(s span, all []string) int {
	if s.to < len(all) && s.to > s.from && all[s.to] != "\n" {
		return s.to - s.from - 1
	}
	return s.to - s.from
}

// Paste puts a text in at the cursor. dropped tells that something in it was not harmless, cut that it didn't fit.
func (a Area) Paste(text string) (next Area, dropped, cut bool) {
	next, dropped, cut = a.insert(text)
	next.goal = -1
	return next, dropped, cut
}

func (a Area) insert(text string) (next Area, dropped, cut bool) {
	if len(text) > maxPaste {
		text, cut = text[:maxPaste], true
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		clean := strings.Map(keep, strings.ToValidUTF8(line, ""))
		dropped = dropped || len(clean) < len(line)
		kept = append(kept, spaced(clean))
	}
	all := clusters(a.text)
	a.pos = min(max(a.pos, 0), len(all))
	fresh := clusters(strings.Join(kept, "\n"))
	if room := max(0, a.max-len(all)); len(fresh) > room {
		fresh, cut = fresh[:room], true
	}
	left := strings.Join(all[:a.pos], "") + strings.Join(fresh, "")
	a.text, a.pos = left+strings.Join(all[a.pos:], ""), len(clusters(left))
	return a, dropped, cut
}

// spaced is data.CleanBlock for a line, with the spaces at its ends: people type word by word.
func spaced(s string) string {
	const post = "|" // between two of them nothing is at an end
	return strings.TrimSuffix(strings.TrimPrefix(data.CleanBlock(post+s+post, 0), post), post)
}

// first is the line at the top of the view, with the cursor on a line.
func (a Area) first(row int) int { return max(0, row-a.height+1) }

// Hidden counts the lines that are out of view.
func (a Area) Hidden() (above, below int) {
	spans := a.spans(clusters(a.text))
	row, _ := a.place(spans)
	above = a.first(row)
	return above, max(0, len(spans)-above-a.height)
}

// View gives the lines around the cursor, exactly as many as the area was sized to, each filled to its width, and where the
// cursor is in them.
func (a Area) View() (lines []string, x, y int) {
	all := clusters(a.text)
	spans := a.spans(all)
	row, column := a.place(spans)
	from := a.first(row)
	for n := from; n < from+a.height; n++ {
		text := ""
		if n < len(spans) {
			for _, c := range all[spans[n].from:spans[n].to] {
				text += shownCell(c)
			}
		}
		lines = append(lines, ansi.Truncate(text, a.width, "")+strings.Repeat(" ", max(0, a.width-ansi.StringWidth(text))))
	}
	for _, c := range all[spans[row].from : spans[row].from+column] {
		x += ansi.StringWidth(shownCell(c))
	}
	return lines, min(x, a.width-1), row - from
}
