package papers

import (
	"strings"

	"digibrug/data"
	"digibrug/tui/words"
)

// Measures of the parts of a document, in millimetres.
const (
	factWide   = 52.0 // the names of facts take at most
	signHigh   = 33.0
	blankHigh  = 8.5 // of a line to write on
	frameInset = 2.5
)

// oneLine makes a text harmless and puts it on one line.
func oneLine(s string) string { return data.Clean(s, maxText) }

// text breaks a text into lines that fit, at a size and style.
func (q *quill) text(s, style string, size, wide float64) (lines []string) {
	q.set(style, size)
	for _, one := range split(s) {
		lines = append(lines, wrap(q.face.can(one), wide, q.measure)...)
	}
	return lines
}

// paragraph gives lines as blocks: a short one stays whole, of a long one two lines at either end.
func paragraph(lines []string, style string, indent float64) (all []block) {
	for i, text := range lines {
		b := block{high: docHigh, draw: func(q *quill) {
			q.set(style, docSize)
			q.put(q.x+indent, q.y, q.wide-indent, docHigh, text, "L")
		}}
		b.glued = i < len(lines)-1 && (len(lines) <= 5 || i == 0 || i == len(lines)-2)
		all = append(all, b)
	}
	return append(all, gap(docGap))
}

func (h Heading) blocks(q *quill, _ words.Lang) []block {
	all := []block{gap(2.4)}
	for _, text := range q.text(oneLine(string(h)), "B", docSize+1.5, q.wide) {
		b := line(text, "B", docSize+1.5, docHigh+0.8)
		b.glued = true
		all = append(all, b)
	}
	all[0].glued = true
	return append(all, block{high: 0.8, glued: true})
}

func (p Paragraph) blocks(q *quill, _ words.Lang) []block {
	return paragraph(q.text(string(p), "", docSize, q.wide), "", 0)
}

func (p Important) blocks(q *quill, _ words.Lang) []block {
	lines := q.text(string(p), "B", docSize, q.wide-2*frameInset)
	high := float64(len(lines))*docHigh + 2*frameInset
	return []block{{high: high, draw: func(q *quill) {
		q.SetDrawColor(60, 60, 60)
		q.SetLineWidth(0.4)
		q.Rect(q.x, q.y, q.wide, high, "D")
		q.set("B", docSize)
		for i, text := range lines {
			q.put(q.x+frameInset, q.y+frameInset+float64(i)*docHigh, q.wide, docHigh, text, "L")
		}
	}}, gap(docGap)}
}

func (all Facts) blocks(q *quill, _ words.Lang) (out []block) {
	names := 0.0
	q.set("", docSize)
	for _, f := range all {
		names = max(names, min(factWide, q.measure(oneLine(f.Name))))
	}
	names += 4
	for _, f := range all {
		name, value := q.text(oneLine(f.Name), "", docSize, names-2), q.text(f.shown(), "B", docSize, q.wide-names)
		rows := max(len(name), len(value))
		for i := range rows {
			out = append(out, block{high: docHigh, glued: i < rows-1 && rows <= 6, draw: func(q *quill) {
				if i < len(name) {
					q.set("", docSize)
					q.ink(70)
					q.put(q.x, q.y, names, docHigh, name[i], "L")
					q.ink(0)
				}
				if i < len(value) {
					q.set("B", docSize)
					q.put(q.x+names, q.y, q.wide-names, docHigh, value[i], "L")
				}
			}})
		}
		out = append(out, gap(0.5))
	}
	return append(out, gap(docGap-0.5))
}

func (g Grid) blocks(q *quill, l words.Lang) (out []block) {
	_, heads, rows := g.sheet()
	if len(rows) == 0 && g.Blank == 0 {
		return Paragraph(words.T(l, words.PaperNothing)).blocks(q, l)
	}
	widths := g.widths(q, heads, rows)
	q.set("B", docSize-1)
	head := g.row(q.broken(heads, widths), widths, "B", lineHigh)
	for i := range head {
		head[i].glued = true
	}
	out = append(out, head...)
	q.set("", docSize-1)
	for _, texts := range rows {
		for _, b := range g.row(q.broken(texts, widths), widths, "", lineHigh) {
			b.again = &head[0]
			out = append(out, b)
		}
	}
	for range g.Blank {
		b := g.row(gridRow{cells: make([][]string, len(heads)), lines: 1}, widths, "", blankHigh-2*padY)[0]
		b.again = &head[0]
		out = append(out, b)
	}
	return append(out, gap(docGap))
}

// widths divides the width of the page over the columns.
func (g Grid) widths(q *quill, heads []string, rows [][]string) []float64 {
	wide, least := make([]float64, len(heads)), make([]float64, len(heads))
	q.set("B", docSize-1)
	for i, text := range heads {
		for word := range strings.FieldsSeq(text) {
			least[i] = max(least[i], min(30, q.measure(word)))
		}
		least[i] = max(least[i], g.Heads[i].Least-2*padX)
		wide[i] = max(least[i], min(q.measure(text), 30))
	}
	q.set("", docSize-1)
	for _, row := range rows {
		for i, text := range row {
			wide[i] = max(wide[i], q.measure(text))
			if g.Heads[i].Right {
				least[i] = max(least[i], min(q.measure(text), 40))
			}
		}
	}
	room := q.wide - 2*padX*float64(len(heads))
	got, sum := fit(wide, least, room), 0.0
	for _, w := range got {
		sum += w
	}
	for i := range got { // to the whole width, or squeezed where not even the least fits
		got[i] = got[i]*room/max(sum, 1) + 2*padX
	}
	return got
}

// row is one row of a grid: a block, with lines around each of its cells when it is empty.
func (g Grid) row(r gridRow, widths []float64, style string, each float64) []block {
	high := float64(r.lines)*each + 2*padY
	return []block{{high: high, draw: func(q *quill) {
		if style == "B" {
			q.SetFillColor(231, 236, 239)
			q.Rect(q.x, q.y, q.wide, high, "F")
		}
		q.SetDrawColor(170, 170, 170)
		q.SetLineWidth(0.15)
		q.set(style, docSize-1)
		x := q.x
		for i, lines := range r.cells {
			side := "L"
			if g.Heads[i].Right {
				side = "R"
			}
			q.Rect(x, q.y, widths[i], high, "D")
			for n, text := range lines {
				q.put(x+padX, q.y+padY+float64(n)*each, widths[i]-2*padX, each, text, side)
			}
			x += widths[i]
		}
	}}}
}

func (all Articles) blocks(q *quill, l words.Lang) (out []block) {
	for _, a := range all {
		out = append(out, gap(1.2))
		for _, text := range q.text(a.title(l), "B", docSize, q.wide) {
			b := line(text, "B", docSize, docHigh)
			b.glued = true
			out = append(out, b)
		}
		for _, text := range a.Text {
			out = append(out, paragraph(q.text(text, "", docSize, q.wide), "", 0)...)
		}
	}
	return out
}

func (all Signatures) blocks(q *quill, l words.Lang) (out []block) {
	out = append(out, block{high: 3, glued: true})
	for at := 0; at < len(all); at += 2 {
		pair := all[at:min(len(all), at+2)]
		out = append(out, block{high: signHigh + 3, glued: at+2 < len(all), draw: func(q *quill) {
			in := *q
			in.wide = (q.wide - 8) / 2
			for i, s := range pair {
				in.x = q.x + float64(i)*(in.wide+8)
				s.draw(&in, l)
			}
		}})
	}
	return out
}

// draw draws the room for a signature.
func (s Signature) draw(q *quill, l words.Lang) {
	in := *q
	in.x, in.wide = q.x+2.5, q.wide-5
	q.SetDrawColor(120, 120, 120)
	q.SetLineWidth(0.2)
	q.Rect(q.x, q.y, q.wide, signHigh, "D")
	in.put(in.x, q.y+1.5, in.wide, docHigh, in.fit(oneLine(s.Role), "B", docSize, 7), "L")
	in.put(in.x, q.y+1.5+docHigh, in.wide, docHigh, in.fit(oneLine(s.Name), "", docSize, 6), "L")
	in.ink(90)
	in.put(in.x, q.y+1.5+2*docHigh, in.wide, docHigh, in.fit(oneLine(s.Note), "", smallSize, 6), "L")
	in.set("", smallSize)
	under := words.T(l, words.PaperSign)
	if s.Name == "" {
		under = words.T(l, words.PaperSignName)
	}
	in.put(in.x, q.y+signHigh-5, in.wide, docHigh, under, "L")
	in.ink(0)
}

func (all Blanks) blocks(q *quill, _ words.Lang) (out []block) {
	names := 0.0
	q.set("", docSize)
	for _, b := range all {
		names = max(names, min(factWide+10, q.measure(oneLine(b.Name))))
	}
	names += 4
	for _, b := range all {
		name := q.text(oneLine(b.Name), "", docSize, names-2)
		for i := range max(b.Lines, len(name), 1) {
			out = append(out, block{high: blankHigh, draw: func(q *quill) {
				if i < len(name) {
					q.set("", docSize)
					q.put(q.x, q.y+blankHigh-docHigh-0.5, names, docHigh, name[i], "L")
				}
				if i < max(b.Lines, 1) {
					q.SetDrawColor(120, 120, 120)
					q.SetLineWidth(0.2)
					q.SetDashPattern([]float64{0.4, 1.2}, 0)
					q.Line(q.x+names, q.y+blankHigh-1, q.x+q.wide, q.y+blankHigh-1)
					q.SetDashPattern(nil, 0)
				}
			}})
		}
	}
	return append(out, gap(docGap))
}

func (PageBreak) blocks(*quill, words.Lang) []block { return nil }
