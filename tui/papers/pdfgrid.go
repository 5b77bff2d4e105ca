package papers

import (
	"math"
	"strings"

	"digibrug/tui/words"
)

// grid is the rows of a sheet, broken into lines for the width of the page.
type grid struct {
	widths []float64 // per column, paddings included
	head   gridRow
	rows   []gridRow
	notes  []string // lines under the last row
}

// gridRow has the lines of each cell, and of the longest.
type gridRow struct {
	cells [][]string
	lines int
}

// part is some lines of a row, [from, to) of its lines: all of them, unless the row is higher than a page.
type part struct {
	row      gridRow
	from, to int
}

// page is what stands on a page.
type page struct {
	parts []part
	notes []string
}

// grid measures the columns, turns the page when they need it, and breaks all text into lines.
func (p *press) grid() grid {
	heads := make([]string, len(p.s.Columns))
	wide, least := make([]float64, len(heads)), make([]float64, len(heads))
	p.set("B", bodySize)
	for i, c := range p.s.Columns {
		heads[i] = c.head()
		for _, word := range strings.Fields(heads[i]) {
			least[i] = max(least[i], min(25, p.measure(word)))
		}
		wide[i] = min(p.measure(heads[i]), max(least[i], 30))
	}
	p.set("", bodySize)
	texts := make([][]string, len(p.s.Rows))
	for r, row := range p.s.Rows {
		texts[r] = make([]string, len(row))
		for i, c := range row {
			texts[r][i] = c.shown(p.s.Columns[i])
			w := p.measure(texts[r][i])
			wide[i] = max(wide[i], w)
			if c.kind != KindText && c.kind != KindList {
				least[i] = max(least[i], w)
			}
		}
	}
	p.turn(wide, least)
	g := grid{widths: p.columns(wide, least)}
	p.set("B", bodySize)
	g.head = p.broken(heads, g.widths)
	p.set("", bodySize)
	for _, row := range texts {
		g.rows = append(g.rows, p.broken(row, g.widths))
	}
	notes := p.s.notes()
	if len(p.s.Rows) == 0 {
		notes = append([]string{p.s.size()}, notes...)
	}
	for _, text := range append([]string{p.s.heading(), p.s.place()}, notes...) {
		p.face.can(text) // may lose something too
	}
	if p.face.lost {
		notes = append(notes, nl.T(words.PaperLost))
	}
	for i, note := range notes {
		if i > 0 {
			g.notes = append(g.notes, "")
		}
		g.notes = append(g.notes, wrap(note, min(p.room(), 180), p.measure)...)
	}
	return g
}

// turn makes the page landscape when the columns are too wide for it upright, long texts counted for less:
// those can break.
func (p *press) turn(wide, least []float64) {
	need := 0.0
	for i := range wide {
		need += max(least[i], min(wide[i], 45)) + 2*padX
	}
	if need > p.room() {
		p.wide, p.high = longSide, shortSide
	}
}

// columns gives the width of each: what it wants, stretched to the whole width of the page where there is
// room, so that heads and rules end alike.
func (p *press) columns(wide, least []float64) []float64 {
	room := p.room() - 2*padX*float64(len(wide))
	got := fit(wide, least, room)
	sum := 0.0
	for _, w := range got {
		sum += w
	}
	stretch := 1.0
	if sum > 0 { // also squeezes, where not even the least fits
		stretch = room / sum
	}
	for i := range got {
		got[i] = got[i]*stretch + 2*padX
	}
	return got
}

func (p *press) broken(texts []string, widths []float64) gridRow {
	row := gridRow{lines: 1}
	for i, text := range texts {
		lines := wrap(text, widths[i]-2*padX+0.01, p.measure) // a hair more: widths are sums of fractions
		row.cells = append(row.cells, lines)
		row.lines = max(row.lines, len(lines))
	}
	return row
}

// height is how high that many lines of a row are.
func height(lines int) float64 { return float64(lines)*lineHigh + 2*padY }

// lay divides rows and notes over pages. A row stays whole where a page can hold it.
func (p *press) lay(g grid) []page {
	pages := []page{{}}
	full := p.high - topEdge - bottomEdge - footRoom - height(g.head.lines)
	left := full - firstTop
	turn := func() { pages, left = append(pages, page{}), full-nextTop }
	last := func() *page { return &pages[len(pages)-1] }
	for _, row := range g.rows {
		if height(row.lines) > left && height(row.lines) <= full-nextTop {
			turn()
		}
		for from := 0; from < row.lines; {
			fits := int(math.Floor((left-2*padY)/lineHigh + 1e-9))
			if fits < 1 {
				turn()
				continue
			}
			to := min(row.lines, from+fits)
			last().parts = append(last().parts, part{row, from, to})
			left -= height(to - from)
			from = to
		}
	}
	left -= lineHigh // a blank line above the notes
	for _, line := range g.notes {
		if left < lineHigh {
			turn()
		}
		last().notes = append(last().notes, line)
		left -= lineHigh
	}
	return pages
}

// draw writes the rows and notes of a page.
func (p *press) draw(g grid, page page) {
	y := topEdge + nextTop
	if p.PageNo() == 1 {
		y = topEdge + firstTop
	}
	p.SetTextColor(0, 0, 0)
	if len(page.parts) > 0 {
		p.SetFillColor(231, 236, 239)
		p.Rect(leftEdge, y, p.room(), height(g.head.lines), "F")
		p.set("B", bodySize)
		p.row(g, part{g.head, 0, g.head.lines}, y)
		y += height(g.head.lines)
		p.rule(y, 0.3, 60)
		p.set("", bodySize)
	}
	for _, one := range page.parts {
		p.row(g, one, y)
		y += height(one.to - one.from)
		p.rule(y, 0.1, 190)
	}
	y += lineHigh
	p.set("", bodySize)
	for _, line := range page.notes {
		p.put(leftEdge, y, p.room(), lineHigh, line, "L")
		y += lineHigh
	}
}

// row writes lines of a row; heads stand at the bottom of theirs.
func (p *press) row(g grid, one part, y float64) {
	x := leftEdge
	for i, lines := range one.row.cells {
		side := "L"
		if p.s.Columns[i].Kind.right() {
			side = "R"
		}
		for n := one.from; n < min(one.to, len(lines)); n++ {
			p.put(x+padX, y+padY+float64(n-one.from)*lineHigh, g.widths[i]-2*padX, lineHigh, lines[n], side)
		}
		x += g.widths[i]
	}
}
