package papers

import (
	"bytes"
	"fmt"

	"digibrug/tui/words"

	"codeberg.org/go-pdf/fpdf"
)

// Measures of a page, in millimetres; sizes of type in points.
const (
	shortSide  = 210.0 // A4
	longSide   = 297.0
	leftEdge   = 20.0 // room for the holes of a ring binder
	rightEdge  = 15.0
	topEdge    = 15.0
	bottomEdge = 15.0
	footRoom   = 9.0 // above the bottom edge
	lineHigh   = 4.3
	padX       = 1.7
	padY       = 0.9
	bodySize   = 9.0
	titleSize  = 16.0
	smallSize  = 8.0
)

// press is a document at work. Text goes through put and measure, which leave out what the font can't show.
type press struct {
	*fpdf.Fpdf
	s          Sheet
	face       *face
	wide, high float64 // the page
}

// writePDF writes an A4 document with Go's fonts: place, title and moment, the rows under heads that repeat on
// every page, the notes, and "pagina x van y". It turns to landscape when the columns need it. What is in the
// document hangs on the sheet alone, its date too, so the same sheet gives the same bytes.
func writePDF(out *bytes.Buffer, s Sheet) error {
	p := newPress(s)
	g := p.grid()
	side := "P"
	if p.wide > p.high {
		side = "L"
	}
	pages := p.lay(g)
	for i, page := range pages {
		p.AddPageFormat(side, fpdf.SizeType{Wd: shortSide, Ht: longSide})
		p.top(i == 0)
		p.draw(g, page)
		p.foot(i+1, len(pages))
	}
	return p.finish(out)
}

// newPress begins an A4 document without pages.
func newPress(s Sheet) *press {
	p := &press{Fpdf: fpdf.New("P", "mm", "A4", ""), s: s, face: newFace(), wide: shortSide, high: longSide}
	p.SetCatalogSort(true)
	p.SetCreationDate(s.At.UTC())
	p.SetModificationDate(s.At.UTC())
	p.SetProducer("digibrug", true)
	p.SetCreator("digibrug", true)
	p.SetAuthor(s.place(), true)
	p.SetTitle(s.heading(), true)
	p.SetSubject(s.Name, true)
	p.SetLang("nl-BE")
	p.SetDisplayMode("fullwidth", "continuous")
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(leftEdge, topEdge, rightEdge)
	p.SetCellMargin(0)
	for style, font := range p.face.fonts() {
		p.AddUTF8FontFromBytes(family, style, font)
	}
	p.SetFont(family, "", bodySize)
	return p
}

// finish writes the document.
func (p *press) finish(out *bytes.Buffer) error {
	if err := p.Output(out); err != nil {
		return fmt.Errorf("make PDF: %w", err)
	}
	return nil
}

// room is how wide the text is.
func (p *press) room() float64 { return p.wide - leftEdge - rightEdge }

// set sets the font.
func (p *press) set(style string, size float64) { p.SetFont(family, style, size) }

// measure is the width of a text in the font that is set.
func (p *press) measure(s string) float64 { return p.GetStringWidth(p.face.can(s)) }

// put writes one line of text in a box; side is L, C or R.
func (p *press) put(x, y, w, h float64, s, side string) {
	p.SetXY(x, y)
	p.CellFormat(w, h, p.face.can(s), "", 0, side, false, 0, "")
}

const (
	firstTop = 25.0 // what top takes on the first page, above the rows
	nextTop  = 9.0  // and on the others
)

// top writes the head of a page: place and title large on the first, small on the others.
func (p *press) top(first bool) {
	p.SetTextColor(0, 0, 0)
	if !first {
		p.set("", smallSize)
		p.SetTextColor(90, 90, 90)
		p.put(leftEdge, topEdge-3, p.room()*0.7, lineHigh, p.short(p.s.heading(), p.room()*0.7), "L")
		p.put(leftEdge+p.room()*0.7, topEdge-3, p.room()*0.3, lineHigh, p.short(p.s.place(), p.room()*0.3), "R")
		p.rule(topEdge+2.5, 0.2, 150)
		return
	}
	p.set("B", bodySize)
	p.SetTextColor(31, 78, 95)
	p.put(leftEdge, topEdge, p.room(), lineHigh, p.short(p.s.place(), p.room()), "L")
	p.SetTextColor(0, 0, 0)
	p.set("B", titleSize)
	for lower := titleSize; p.measure(p.s.heading()) > p.room() && lower > 10; lower-- {
		p.set("B", lower-1)
	}
	p.put(leftEdge, topEdge+5, p.room(), 8, p.short(p.s.heading(), p.room()), "L")
	p.set("", bodySize)
	p.SetTextColor(90, 90, 90)
	made := words.Moment(lang, p.s.At)
	if len(p.s.Rows) > 0 {
		made += " · " + p.s.size()
	}
	p.put(leftEdge, topEdge+13.5, p.room(), lineHigh, made, "L")
	p.SetTextColor(0, 0, 0)
	p.SetDrawColor(31, 78, 95)
	p.SetLineWidth(0.6)
	p.Line(leftEdge, topEdge+19.5, p.wide-rightEdge, topEdge+19.5)
}

// foot writes the number of the page.
func (p *press) foot(page, of int) {
	y := p.high - bottomEdge - 3
	p.rule(y-1.2, 0.2, 150)
	p.set("", smallSize)
	p.SetTextColor(90, 90, 90)
	p.put(leftEdge, y, p.room()/2, lineHigh, "digibrug · "+p.s.Name, "L")
	p.put(leftEdge+p.room()/2, y, p.room()/2, lineHigh, nl.T(words.PaperPage, "page", page, "of", of), "R")
}

// rule draws a line over the width of the text; grey from 0, black, to 255.
func (p *press) rule(y, thick float64, grey int) {
	p.SetDrawColor(grey, grey, grey)
	p.SetLineWidth(thick)
	p.Line(leftEdge, y, p.wide-rightEdge, y)
}

// short cuts a text to a width, with dots where something is missing.
func (p *press) short(s string, width float64) string {
	if p.measure(s) <= width {
		return s
	}
	head, _ := cut(s, width-p.measure("…"), p.measure)
	return head + "…"
}
