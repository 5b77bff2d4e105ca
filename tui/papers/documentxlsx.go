package papers

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/xuri/excelize/v2"
)

// Widths of the columns of a document in a workbook, in characters: the first holds names and running text.
const (
	docFirst = 44
	docOther = 22
)

// writeDocumentXLSX writes a workbook with a sheet for each document: what a document lists or has in columns stands in
// cells, the rest as lines of text. Cells are texts, whatever they start with; numbers at the right of a grid are numbers.
func writeDocumentXLSX(out *bytes.Buffer, all ...Document) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	b := docBook{book: book{File: f}, used: map[string]bool{}}
	if err := b.styles(); err != nil {
		return err
	}
	for i, d := range all {
		if err := b.fill(i, d); err != nil {
			return err
		}
	}
	made := all[0].At.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: all[0].heading(), Creator: "digibrug", LastModifiedBy: "digibrug", Created: made, Modified: made, Language: string(all[0].lang()) + "-BE"}); err != nil {
		return err
	}
	_, err = f.WriteTo(out)
	return err
}

// docBook is a workbook of documents at work.
type docBook struct {
	book
	used              map[string]bool // names of sheets
	plain, bold, head int             // styles
	sheet             string
	row               int // the next, from 0
}

func (b *docBook) styles() (err error) {
	text := "@"
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	if b.plain, err = b.NewStyle(&excelize.Style{CustomNumFmt: &text, Alignment: top}); err != nil {
		return err
	}
	if b.bold, err = b.NewStyle(&excelize.Style{CustomNumFmt: &text, Alignment: top, Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	b.head, err = b.NewStyle(headStyle("left"))
	return err
}

// fill writes a document on a sheet of its own.
func (b *docBook) fill(i int, d Document) error {
	name := sheetName(cmp.Or(d.Name, d.Title))
	for n := 2; b.used[strings.ToLower(name)]; n++ {
		letters, tail := []rune(sheetName(cmp.Or(d.Name, d.Title))), " "+strconv.Itoa(n)
		name = string(letters[:min(len(letters), 31-len(tail))]) + tail
	}
	b.used[strings.ToLower(name)], b.sheet, b.row = true, name, 0
	if i == 0 {
		if err := b.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := b.NewSheet(name); err != nil {
		return err
	}
	if err := errors.Join(b.SetColWidth(name, "A", "A", docFirst), b.SetColWidth(name, "B", "H", docOther)); err != nil {
		return err
	}
	lines := []string{d.heading(), d.date(), d.place(), d.help()}
	for _, to := range d.To {
		lines = append(lines, data.Clean(to, maxText))
	}
	for n, line := range lines {
		style := b.plain
		if n == 0 {
			style = b.bold
		}
		if line != "" {
			if err := b.add(style, line); err != nil {
				return err
			}
		}
	}
	for _, p := range d.Parts {
		if err := b.part(d, p); err != nil {
			return err
		}
	}
	return nil
}

// part writes a part below what is there.
func (b *docBook) part(d Document, p Part) error {
	switch p := p.(type) {
	case Heading:
		b.row++
		return b.add(b.bold, data.Clean(string(p), docText))
	case Facts:
		for _, f := range p {
			if err := b.add(b.plain, data.Clean(f.Name, docText), cmp.Or(data.CleanBlock(f.Value, docText), "-")); err != nil {
				return err
			}
		}
		return nil
	case Grid:
		return b.grid(p, d.lang())
	case PageBreak:
		return nil
	}
	for _, line := range p.plain(0, d.lang()) {
		if line = strings.TrimRight(line, " "); line != "" {
			if err := b.add(b.plain, line); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *docBook) grid(g Grid, l words.Lang) error {
	heads := make([]string, len(g.Heads))
	for i, h := range g.Heads {
		heads[i] = data.Clean(h.Title, docText)
	}
	if err := b.add(b.head, heads...); err != nil {
		return err
	}
	for _, row := range g.Rows {
		texts := make([]string, len(row))
		for i, text := range row {
			texts[i] = data.CleanBlock(text, docText)
		}
		if err := b.add(b.plain, texts...); err != nil {
			return err
		}
		for i, text := range texts {
			if v, is := figure(text, l); is && i < len(g.Heads) && g.Heads[i].Right {
				if err := errors.Join(b.SetCellFloat(b.sheet, at(i, b.row-1), v, -1, 64), b.SetCellStyle(b.sheet, at(i, b.row-1), at(i, b.row-1), 0)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// figure reads a number as papers in a language write it: "1.234,5".
func figure(text string, l words.Lang) (float64, bool) {
	signs := strings.NewReplacer(".", "", ",", ".")
	switch l {
	case words.EN:
		signs = strings.NewReplacer(",", "")
	case words.FR:
		text = strings.ReplaceAll(text, "\u00a0", "")
	}
	v, err := strconv.ParseFloat(signs.Replace(text), 64)
	return v, err == nil && strings.Trim(text, "-.,0123456789") == ""
}

// add writes a row of texts.
func (b *docBook) add(style int, texts ...string) error {
	if b.row >= maxRows {
		return fmt.Errorf("document of more than %d rows", maxRows)
	}
	for i, text := range texts {
		cell := at(i, b.row)
		if err := errors.Join(b.text(b.sheet, cell, text), b.SetCellStyle(b.sheet, cell, cell, style)); err != nil {
			return err
		}
	}
	b.row++
	return nil
}
