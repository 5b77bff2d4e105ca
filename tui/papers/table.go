package papers

import (
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	between   = "  " // columns of a table
	headWidth = 18   // cells that a head may claim; a longer one goes on in the next line
	noteWidth = 76   // cells; longer lines are hard to read
)

// Table gives the sheet as text in columns, in at most width cells; what is too long for its column goes on in
// the next line. A width of 0 has no limit: then each row is one line. Lines end in a line feed, without
// spaces before it.
func (s Sheet) Table(width int) string {
	heads := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		heads[i] = c.head()
	}
	cells := make([][]string, len(s.Rows))
	for i, row := range s.Rows {
		cells[i] = make([]string, len(row))
		for j, c := range row {
			cells[i][j] = c.shown(s.Columns[j])
		}
	}
	widths := s.tableWidths(heads, cells, width)
	var out strings.Builder
	around := noteWidth
	if width > 0 {
		around = min(around, width)
	}
	para := func(text string) {
		for _, line := range wrap(text, float64(around), cellsOf) {
			out.WriteString(line + "\n")
		}
	}
	para(s.heading())
	para(s.stamp())
	out.WriteByte('\n')
	if len(s.Rows) > 0 {
		s.tableRow(&out, heads, widths)
		rules := make([]string, len(widths))
		for i, w := range widths {
			rules[i] = strings.Repeat("-", w)
		}
		s.tableRow(&out, rules, widths)
		for _, row := range cells {
			s.tableRow(&out, row, widths)
		}
		out.WriteByte('\n')
	}
	para(s.size())
	for _, note := range s.notes() {
		para(note)
	}
	return out.String()
}

// tableWidths gives the cells per column.
func (s Sheet) tableWidths(heads []string, rows [][]string, room int) []int {
	n := len(heads)
	wide, head, word, whole := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i, text := range heads {
		head[i] = longestWord(text)
		wide[i] = min(cellsOf(text), max(headWidth, head[i]))
		for _, row := range rows {
			wide[i] = max(wide[i], cellsOf(row[i]))
			if s.Columns[i].Kind == KindText || s.Columns[i].Kind == KindList {
				word[i] = max(word[i], longestWord(row[i]))
			} else {
				whole[i] = max(whole[i], cellsOf(row[i])) // numbers and days are never broken
			}
		}
	}
	left := float64(room - len(between)*(n-1))
	if room == 0 {
		left = math.MaxInt32
	}
	least := make([]float64, n)
	for _, most := range squeezes() {
		sum := 0.0
		for i := range least {
			least[i] = max(whole[i], min(word[i], most.word), min(head[i], most.head))
			sum += least[i]
		}
		if sum <= left {
			break
		}
	}
	widths := make([]int, n)
	for i, w := range fit(wide, least, left) {
		widths[i] = int(w + 1e-6)
	}
	return widths
}

// squeeze is up to how many cells the longest word of the cells, and of the head, are kept whole.
type squeeze struct{ word, head float64 }

// squeezes go from what reads well to what a narrow window leaves.
func squeezes() []squeeze { return []squeeze{{20, 16}, {16, 8}, {12, 6}, {8, 6}, {6, 4}} }

func longestWord(s string) float64 {
	longest := 0.0
	for word := range strings.FieldsSeq(s) {
		longest = max(longest, cellsOf(word))
	}
	return longest
}

// tableRow writes one row, in as many lines as its longest cell takes.
func (s Sheet) tableRow(out *strings.Builder, cells []string, widths []int) {
	broken := make([][]string, len(cells))
	height := 1
	for i, text := range cells {
		broken[i] = wrap(text, float64(widths[i]), cellsOf)
		height = max(height, len(broken[i]))
	}
	for at := range height {
		line := ""
		for i := range cells {
			text := ""
			if at < len(broken[i]) {
				text = broken[i][at]
			}
			space := strings.Repeat(" ", max(0, widths[i]-int(cellsOf(text))))
			if i > 0 {
				line += between
			}
			if s.Columns[i].Kind.right() {
				line += space + text
			} else {
				line += text + space
			}
		}
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// cellsOf is the width of a text in a terminal.
func cellsOf(s string) float64 { return float64(ansi.StringWidth(s)) }
