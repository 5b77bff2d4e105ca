package papers

import (
	"bytes"
	"strings"

	"digibrug/tui/words"
)

// Measures of a document, in millimetres; sizes of type in points.
const (
	docSize   = 10.0
	docHigh   = 4.9 // of a line
	docWide   = shortSide - 2*letterLeft
	docGap    = 2.2  // below a paragraph
	docBottom = 20.0 // kept free for the number of the page
	docNext   = 28.0 // where the text begins on all pages but the first
)

// block is a piece of a document that stays whole on a page.
type block struct {
	high  float64
	glued bool           // stays on the page of the block after it
	turn  bool           // a new page begins after it
	draw  func(q *quill) // with q.y at its top; nil: room
	again *block         // drawn above it where it begins a page: the heads of a table
}

// line is a block of one line of text.
func line(text, style string, size, high float64) block {
	return block{high: high, draw: func(q *quill) {
		q.set(style, size)
		q.put(q.x, q.y, q.wide, high, text, "L")
	}}
}

func gap(high float64) block { return block{high: high} }

// writeDocumentPDF writes all copies of documents, each with pages of its own. There is at least one document.
func writeDocumentPDF(out *bytes.Buffer, all ...Document) error {
	d := all[0]
	p := newPress(Sheet{Name: d.Name, Title: d.Title, Place: d.Place, At: d.At})
	if l := d.lang(); l != lang {
		p.SetLang(string(l) + "-BE")
	}
	for _, d := range all {
		d.print(p)
	}
	return p.finish(out)
}

// print puts all copies of a document on pages.
func (d Document) print(p *press) {
	p.face.lost = false
	p.face.can(strings.ReplaceAll(d.Text(0), "\n", " ")) // what the font has not, all copies say alike
	q := &quill{press: p, x: letterLeft, wide: docWide, high: docHigh}
	copies := d.Copies
	if len(copies) == 0 {
		copies = []string{""}
	}
	for _, copied := range copies {
		top, blocks := d.top(q, copied), d.compose(q)
		pages := divide(blocks, longSide-docBottom-letterTop-heightOf(top), longSide-docBottom-docNext)
		for i, page := range pages {
			p.AddPage()
			q.y = letterTop
			if i == 0 {
				q.lay(top)
			} else {
				d.again(q)
				q.y = docNext
			}
			q.lay(page)
			d.foot(q, copied, i+1, len(pages))
		}
	}
}

func heightOf(all []block) (high float64) {
	for _, b := range all {
		high += b.high
	}
	return high
}

// lay draws blocks below each other.
func (q *quill) lay(all []block) {
	for i, b := range all {
		if i == 0 && b.again != nil {
			q.lay([]block{*b.again})
		}
		q.ink(0)
		if b.draw != nil {
			b.draw(q)
		}
		q.y += b.high
	}
}

// compose breaks all parts into blocks.
func (d Document) compose(q *quill) (all []block) {
	for _, part := range d.Parts {
		if _, ok := part.(Signatures); ok && len(all) > 0 {
			for i := len(all) - 1; i >= 0 && i >= len(all)-3; i-- { // a line of text stays with them
				all[i].glued = true
			}
		}
		if _, ok := part.(PageBreak); ok {
			if len(all) > 0 {
				all[len(all)-1].turn = true
			}
			continue
		}
		all = append(all, part.blocks(q, d.lang())...)
	}
	if q.face.lost {
		all = append(all, Paragraph(words.T(d.lang(), words.PaperLostHere)).blocks(q, d.lang())...)
	}
	return all
}

// divide puts blocks on pages: what is glued goes together where a page can hold it. first and full are the room on
// the first page and on the others.
func divide(all []block, first, full float64) [][]block {
	pages, left := [][]block{nil}, first
	for at := 0; at < len(all); {
		end, high := at, all[at].high
		for ; end < len(all)-1 && all[end].glued; end++ {
			high += all[end+1].high
		}
		for fits := high <= left || high > full; at <= end; at++ {
			b, begins := all[at], len(pages[len(pages)-1]) == 0
			if !begins && (!fits || b.high > left) {
				pages, left, fits, begins = append(pages, nil), full, true, true
			}
			if begins && b.draw == nil && len(pages) > 1 {
				continue // no room above the first text of a page
			}
			if begins && b.again != nil {
				left -= b.again.high
			}
			pages[len(pages)-1], left = append(pages[len(pages)-1], b), left-b.high
			if b.turn && at < len(all)-1 {
				pages, left = append(pages, nil), full
			}
		}
	}
	return pages
}

// top is the head of the first page: who hands it out and when, for whom it is, and the title.
func (d Document) top(q *quill, copied string) []block {
	all := []block{{high: 12, draw: func(q *quill) {
		q.SetTextColor(31, 78, 95)
		half := *q
		half.wide = q.wide * 0.6
		q.put(q.x, q.y, half.wide, letterHigh, half.fit(d.place(), "B", letterSize, 8), "L")
		q.set("", docSize)
		q.ink(90)
		q.put(q.x+half.wide, q.y, q.wide-half.wide, letterHigh, d.date(), "R")
		q.SetDrawColor(31, 78, 95)
		q.SetLineWidth(0.6)
		q.Line(q.x, q.y+7.5, q.x+q.wide, q.y+7.5)
	}}}
	if len(d.To) > 0 {
		all = append(all, gap(6))
		for _, to := range d.To {
			all = append(all, block{high: letterHigh, draw: func(q *quill) {
				in := *q
				in.x, in.wide = q.x+q.wide*0.52, q.wide*0.48 // where the window of an envelope is
				q.put(in.x, q.y, in.wide, letterHigh, in.fit(oneLine(to), "", letterSize, 8), "L")
			}})
		}
		all = append(all, gap(10))
	}
	all = append(all, block{high: 9, draw: func(q *quill) {
		q.put(q.x, q.y, q.wide, 8, q.fit(d.heading(), "B", titleSize, 10), "L")
	}})
	for _, under := range []string{d.help(), oneLine(copied)} {
		if under == "" {
			continue
		}
		all = append(all, block{high: docHigh + 0.6, draw: func(q *quill) {
			text := q.fit(under, "", docSize, 7)
			q.ink(90)
			q.put(q.x, q.y, q.wide, docHigh, text, "L")
		}})
	}
	return append(all, gap(2.5))
}

// again is the head of the other pages.
func (d Document) again(q *quill) {
	q.set("", smallSize)
	q.ink(90)
	q.put(q.x, q.y-3, q.wide*0.7, lineHigh, q.short(d.heading(), q.wide*0.7), "L")
	q.put(q.x+q.wide*0.7, q.y-3, q.wide*0.3, lineHigh, q.short(d.place(), q.wide*0.3), "R")
	q.stroke(q.y+2, 0.2, 150)
	q.ink(0)
}

// foot is the foot of a page.
func (d Document) foot(q *quill, copied string, page, of int) {
	y := longSide - bottomEdge - 1
	q.stroke(y-1, 0.2, 150)
	q.set("", smallSize)
	q.ink(90)
	left := oneLine(d.Name)
	if copied = oneLine(copied); copied != "" {
		left += " · " + copied
	}
	q.put(q.x, y, q.wide*0.7, lineHigh, q.short(left, q.wide*0.7), "L")
	q.put(q.x+q.wide*0.7, y, q.wide*0.3, lineHigh, words.T(d.lang(), words.PaperPage, "page", page, "of", of), "R")
	q.ink(0)
}

// stroke draws a line over the width of the text.
func (q *quill) stroke(y, thick float64, grey int) {
	q.SetDrawColor(grey, grey, grey)
	q.SetLineWidth(thick)
	q.Line(q.x, y, q.x+q.wide, y)
}
