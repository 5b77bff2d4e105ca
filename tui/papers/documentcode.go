package papers

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"

	"rsc.io/qr"
)

// Secret is a paper code, large and in a frame: what its reader must type.
type Secret struct {
	Above string // what it is
	Code  string // as it is typed, in groups
	Under string // when it is good
}

func (s Secret) blocks(q *quill, _ words.Lang) []block {
	return []block{{high: codeHigh + letterHigh, draw: func(q *quill) {
		q.SetDrawColor(60, 60, 60)
		q.SetLineWidth(0.4)
		q.Rect(q.x, q.y, q.wide, codeHigh+letterHigh, "D")
		q.ink(90)
		q.put(q.x, q.y+2, q.wide, letterHigh, q.fit(oneLine(s.Above), "", docSize, 7), "C")
		q.ink(0)
		q.put(q.x, q.y+letterHigh+2, q.wide, 14, q.fit(oneLine(s.Code), "B", codeSize, 12), "C")
		q.put(q.x, q.y+codeHigh-2, q.wide, letterHigh, q.fit(oneLine(s.Under), "", docSize, 7), "C")
	}}, gap(docGap)}
}

func (s Secret) plain(width int, _ words.Lang) []string {
	out := append([]string{""}, narrow(width, "", oneLine(s.Above))...)
	out = append(append(out, ""), narrow(width, "    ", oneLine(s.Code))...)
	return append(append(append(out, ""), narrow(width, "", oneLine(s.Under))...), "")
}

// Squares is a QR code with what it says beside it in letters, for who has nothing to read it with.
type Squares struct {
	Holds string // what a telephone reads
	Lines []string
}

// Measures of the squares of a document, in millimetres.
const (
	squareSide = 30.0 // of all squares
	squareIn   = 5.0  // between them and the text
)

func (s Squares) blocks(q *quill, _ words.Lang) []block {
	code, err := qr.Encode(s.Holds, qr.M)
	if err != nil { // too long for squares: the text says it
		return Paragraph(strings.Join(s.Lines, "\n")).blocks(q, lang)
	}
	var lines []string
	for _, text := range s.Lines {
		lines = append(lines, q.text(text, "", docSize, q.wide-squareSide-squareIn)...)
	}
	return []block{{high: max(squareSide, float64(len(lines))*docHigh), draw: func(q *quill) {
		q.SetFillColor(0, 0, 0)
		side := squareSide / float64(code.Size)
		for row := range code.Size {
			q.dark(code.Size, func(i int) bool { return code.Black(i, row) }, func(from, n int) {
				q.Rect(q.x+float64(from)*side, q.y+float64(row)*side, float64(n)*side, side, "F")
			})
		}
		q.set("", docSize)
		for i, text := range lines {
			q.put(q.x+squareSide+squareIn, q.y+float64(i)*docHigh, q.wide, docHigh, text, "L")
		}
	}}, gap(docGap)}
}

func (s Squares) plain(width int, l words.Lang) []string {
	return Paragraph(strings.Join(s.Lines, "\n")).plain(width, l)
}

// WriteDocuments writes several documents below each other in one file, each from a page of its own. There must be one
// at least; the file is called and dated as the first of them.
func WriteDocuments(w io.Writer, f Format, all []Document) error {
	if len(all) == 0 {
		return fmt.Errorf("write documents: there are none")
	}
	var out bytes.Buffer
	var err error
	switch f {
	case FormatPDF:
		err = writeDocumentPDF(&out, all...)
	case FormatXLSX:
		err = writeDocumentXLSX(&out, all...)
	case FormatTable:
		for i, d := range all {
			if i > 0 {
				fmt.Fprintf(&out, "\n%s\n\n", cutLine)
			}
			out.WriteString(d.Text(letterWide))
		}
	default:
		err = fmt.Errorf("several documents have no form %s", f)
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write documents %s: %w", data.Clean(all[0].Name, gotLen), err)
	}
	return nil
}

// cutLine stands between documents in plain text.
const cutLine = "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -"
