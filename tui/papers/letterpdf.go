package papers

import (
	"bytes"
	"cmp"
	"fmt"

	"digibrug/data"
	"digibrug/tui/words"
)

// Measures of a letter, in millimetres; sizes of type in points.
const (
	letterSize  = 11.0
	letterHigh  = 5.4 // of a line
	letterLeft  = 25.0
	letterTop   = 20.0
	codeSize    = 34.0
	codeHigh    = 26.0 // of the frame around the code
	stepIndent  = 7.0
	labelWide   = shortSide / 2
	labelHigh   = longSide / 4
	labelInside = 8.0 // printers don't reach the edge, and label sheets are never quite straight
	labelCode   = 24.0
)

// sheet is what the document says of itself.
func (l Letters) sheet() Sheet {
	return Sheet{Name: "letters", Title: l.heading(), Place: l.Place, At: l.At}
}

// quill writes down a page, line by line.
type quill struct {
	*press
	x, y, wide, high float64 // left edge, top of the next line, width, height of a line
}

// write puts a text in as many lines as it needs.
func (q *quill) write(text string) {
	for _, line := range wrap(q.face.can(text), q.wide, q.measure) {
		q.put(q.x, q.y, q.wide, q.high, line, "L")
		q.y += q.high
	}
}

// fit lowers the size of type until a text fits on one line, and cuts what doesn't fit at the least.
func (q *quill) fit(text, style string, size, least float64) string {
	q.set(style, size)
	for q.measure(text) > q.wide && size > least {
		size--
		q.set(style, size)
	}
	return q.short(text, q.wide)
}

// ink is the colour of what is not the text: 0 black to 255 white.
func (q *quill) ink(grey int) { q.SetTextColor(grey, grey, grey) }

// pages writes one letter a page.
func (l Letters) pages(out *bytes.Buffer) error {
	p := newPress(l.sheet())
	for _, one := range l.All {
		p.AddPage()
		l.page(&quill{press: p, x: letterLeft, y: letterTop, wide: shortSide - 2*letterLeft, high: letterHigh}, one)
	}
	return p.finish(out)
}

func (l Letters) page(q *quill, one Letter) {
	l.address(q, one)
	q.put(q.x, q.y, q.wide, 8, q.fit(l.heading(), "B", 17, 11), "L")
	q.y += 12
	q.set("", letterSize)
	for _, what := range l.what() {
		q.write(what)
		q.y += 1.5
	}
	q.y += 3
	l.frame(q, one)
	q.set("", letterSize)
	q.write(nl.T(words.CodeLetterTyping))
	q.write(nl.T(words.CodeLetterSecret))
	if one.Bound {
		q.write(nl.T(words.CodeLetterBound))
	}
	for _, w := range l.ways() {
		q.y += 5
		q.steps(w)
	}
	q.y += 5
	q.set("B", letterSize)
	q.write(l.help())
}

// address writes who sends and who gets the letter.
func (l Letters) address(q *quill, one Letter) {
	q.SetTextColor(31, 78, 95)
	q.put(q.x, q.y, q.wide*0.6, letterHigh, q.fit(l.Place, "B", letterSize, 9), "L")
	q.set("", letterSize)
	q.ink(90)
	q.put(q.x+q.wide*0.6, q.y, q.wide*0.4, letterHigh, words.Day(lang, l.At), "R")
	q.y += 9
	q.SetDrawColor(31, 78, 95)
	q.SetLineWidth(0.6)
	q.Line(q.x, q.y, q.x+q.wide, q.y)
	q.y += 8
	q.ink(0)
	q.put(q.x, q.y, q.wide, letterHigh, q.fit(one.Person, "B", letterSize+1, 8), "L")
	q.y += letterHigh + 0.6
	q.put(q.x, q.y, q.wide, letterHigh, q.fit(one.Service, "", letterSize, 8), "L")
	q.y += 16
}

// frame writes the code large in a frame, and when it is good.
func (l Letters) frame(q *quill, one Letter) {
	q.SetDrawColor(60, 60, 60)
	q.SetLineWidth(0.4)
	q.Rect(q.x, q.y, q.wide, codeHigh+letterHigh, "D")
	q.set("", letterSize-1)
	q.ink(90)
	q.put(q.x, q.y+2, q.wide, letterHigh, nl.T(words.CodeLetterYours), "C")
	q.ink(0)
	q.set("B", codeSize)
	q.put(q.x, q.y+letterHigh+2, q.wide, 14, data.ShowCode(one.Code), "C")
	q.put(q.x, q.y+codeHigh-2, q.wide, letterHigh, q.fit(one.when(words.Day), "", letterSize, 8), "C")
	q.y += codeHigh + letterHigh + 5
}

// steps writes one way to come in.
func (q *quill) steps(w way) {
	q.set("B", letterSize)
	q.write(w.where)
	for i, step := range w.steps {
		q.set("", letterSize)
		q.put(q.x, q.y, stepIndent, q.high, fmt.Sprintf("%d.", i+1), "L")
		in := *q
		in.x, in.wide = q.x+stepIndent, q.wide-stepIndent
		in.write(step)
		if i == 0 && w.command != "" {
			in.set("B", letterSize)
			in.write(w.command)
		}
		q.y = in.y
	}
}

// labels writes eight letters a sheet, from left to right and down, with lines to cut along.
func (l Letters) labels(out *bytes.Buffer) error {
	p := newPress(l.sheet())
	for i, one := range l.All {
		at := i % int(EightSheet)
		if at == 0 {
			p.AddPage()
			p.cuts()
		}
		x, y := float64(at%2)*labelWide, float64(at/2)*labelHigh
		l.label(&quill{press: p, x: x + labelInside, y: y + labelInside, wide: labelWide - 2*labelInside, high: 3.9}, one)
	}
	return p.finish(out)
}

// cuts draws the lines to cut along.
func (p *press) cuts() {
	p.SetDrawColor(170, 170, 170)
	p.SetLineWidth(0.1)
	p.SetDashPattern([]float64{2, 2}, 0)
	p.Line(labelWide, 0, labelWide, longSide)
	for row := 1.0; row < 4; row++ {
		p.Line(0, row*labelHigh, shortSide, row*labelHigh)
	}
	p.SetDashPattern(nil, 0)
}

func (l Letters) label(q *quill, one Letter) {
	bottom := q.y + labelHigh - 2*labelInside
	q.ink(0)
	q.put(q.x, q.y, q.wide, 5, q.fit(one.Person, "B", 12, 8), "L")
	q.y += 5.2
	q.ink(90)
	q.put(q.x, q.y, q.wide, 4, q.fit(under(one.Service, l.Place), "", 8.5, 7), "L")
	q.y += 4.8
	q.ink(0)
	q.put(q.x, q.y, q.wide, 4, q.fit(l.heading(), "", 9, 7), "L")
	q.y += 6
	q.set("B", labelCode)
	q.put(q.x, q.y, q.wide, 11, data.ShowCode(one.Code), "L")
	q.y += 12.5
	for _, hint := range l.hints(one) {
		q.set("", 8.5)
		lines := wrap(q.face.can(hint), q.wide, q.measure)
		if q.y+float64(len(lines))*q.high > bottom+3 {
			lines = []string{q.fit(hint, "", 8.5, 6)} // rather small than over the line
		}
		for _, line := range lines {
			q.put(q.x, q.y, q.wide, q.high, line, "L")
			q.y += q.high
		}
	}
}

// under is the line under a name.
func under(service, place string) string {
	if service == "" || place == "" {
		return cmp.Or(service, place)
	}
	return service + " · " + place
}
