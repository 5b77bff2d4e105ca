package papers

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/xuri/excelize/v2"
)

const (
	maxRows    = 1_048_575 // below the heads, in one sheet of a workbook
	widestCell = 60        // characters; a wider text goes on in the next line of its cell
	headFill   = "E7ECEF"
)

// writeXLSX writes a workbook: the rows with their heads, which stay in view and repeat on paper, and a second
// sheet with title, place, moment and notes. Cells are typed: texts as texts, whatever they start with, and in
// the format "text", so that Excel makes no formula of them when somebody edits one; days and moments as days
// of Excel, moments as the clock in Brussels showed them.
func writeXLSX(out *bytes.Buffer, s Sheet) (err error) {
	if len(s.Rows) > maxRows {
		return fmt.Errorf("%d rows don't fit a workbook", len(s.Rows))
	}
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	b := book{File: f, s: s, rows: sheetName(s.heading()), about: nl.T(words.PaperAbout)}
	if b.rows == b.about {
		b.rows += " "
	}
	for _, step := range []func() error{b.fillRows, b.styleRows, b.printRows, b.fillAbout, b.describe} {
		if err := step(); err != nil {
			return err
		}
	}
	_, err = f.WriteTo(out)
	return err
}

// book is a workbook at work.
type book struct {
	*excelize.File
	s           Sheet
	rows, about string // names of its two sheets
}

// sheetName makes a name that Excel takes for a sheet: 31 characters at most, without signs of formulas.
func sheetName(title string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'_`, r) || r > 0xFFFF {
			return ' '
		}
		return r
	}, title)
	letters := []rune(data.Clean(name, 0))
	if name = strings.TrimSpace(string(letters[:min(len(letters), 31)])); name == "" {
		return "digibrug"
	}
	return name
}

func (b book) fillRows() error {
	if err := b.SetSheetName("Sheet1", b.rows); err != nil {
		return err
	}
	for i, col := range b.s.Columns {
		if err := b.text(b.rows, at(i, 0), col.head()); err != nil {
			return err
		}
	}
	for r, row := range b.s.Rows {
		for i, c := range row {
			var err error
			switch c.kind {
			case KindText, KindList:
				err = b.text(b.rows, at(i, r+1), c.text())
			case KindNumber, KindShare:
				err = b.SetCellFloat(b.rows, at(i, r+1), c.value, -1, 64)
			case KindMoney:
				err = b.SetCellFloat(b.rows, at(i, r+1), float64(c.cents)/100, -1, 64)
			case KindDay, KindMoment:
				err = b.SetCellFloat(b.rows, at(i, r+1), serial(c), -1, 64)
			}
			if err != nil {
				return fmt.Errorf("cell %s: %w", at(i, r+1), err)
			}
		}
	}
	return nil
}

// text writes a typed text. Excel reads _x001B_ as the character with that number, so an underscore that starts
// such a thing is written by its own number. (excelize v2.11.1 means to, and keeps the text as it was.)
func (b book) text(sheet, cell, s string) error {
	var out strings.Builder
	for i := range len(s) {
		if s[i] == '_' && numbered(s[i:]) {
			out.WriteString("_x005F")
		}
		out.WriteByte(s[i])
	}
	return b.SetCellStr(sheet, cell, out.String())
}

// numbered tells whether a text starts with _xHHHH_.
func numbered(s string) bool {
	return len(s) >= 7 && s[1] == 'x' && s[6] == '_' && strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

// at is the name of a cell: at(0, 0) is A1.
func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		panic(fmt.Sprintf("cell %d, %d: %v", column, row, err)) // can't happen: both are checked to be small
	}
	return name
}

// serial is a day or moment as Excel counts: days since 30 December 1899, by the clock in Brussels.
func serial(c Cell) float64 {
	at := c.at.In(data.Brussels)
	if c.kind == KindDay {
		at, _ = data.ParseDay(c.day) // checked in Sheet.check
	}
	wall := time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
	return wall.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}

// style is how the cells of a column look.
func (c Column) style() *excelize.Style {
	format, side, wrap := "@", "left", true
	switch c.Kind {
	case KindNumber, KindShare:
		format, side = "#,##0", "right"
		if c.Decimals > 0 {
			format += "." + strings.Repeat("0", min(c.Decimals, 9))
		}
		if c.Kind == KindShare || c.Ordinal {
			format = strings.TrimPrefix(format, "#,##")
		}
		if c.Kind == KindShare {
			format += "%"
		}
	case KindMoney:
		format, side = "#,##0.00", "right"
	case KindDay:
		format = "dd/mm/yyyy"
	case KindMoment:
		format = "dd/mm/yyyy hh:mm"
	}
	wrap = format == "@"
	return &excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Horizontal: side, Vertical: "top", WrapText: wrap}}
}

func headStyle(side string) *excelize.Style {
	text := "@"
	return &excelize.Style{CustomNumFmt: &text, Font: &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headFill}},
		Border:    []excelize.Border{{Type: "bottom", Color: "000000", Style: 1}},
		Alignment: &excelize.Alignment{Horizontal: side, Vertical: "bottom", WrapText: true}}
}

func (b book) styleRows() error {
	for i, col := range b.s.Columns {
		cells := col.style()
		head, err := b.NewStyle(headStyle(cells.Alignment.Horizontal))
		if err != nil {
			return err
		}
		body, err := b.NewStyle(cells)
		if err != nil {
			return err
		}
		if err := b.SetCellStyle(b.rows, at(i, 0), at(i, 0), head); err != nil {
			return err
		}
		if n := len(b.s.Rows); n > 0 {
			if err := b.SetCellStyle(b.rows, at(i, 1), at(i, n), body); err != nil {
				return err
			}
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.SetColWidth(b.rows, name, name, b.widthOf(i)); err != nil {
			return err
		}
	}
	return nil
}

// widthOf is a column's width in characters: of its widest cell, and of the longest word of its head.
func (b book) widthOf(i int) float64 {
	width := 6.0
	for _, word := range strings.Fields(b.s.Columns[i].head()) {
		width = max(width, cellsOf(word))
	}
	for _, row := range b.s.Rows {
		width = max(width, cellsOf(row[i].shown(b.s.Columns[i])))
	}
	return min(width, widestCell) + 4 // room for the arrow of the filter
}

// printRows keeps the heads in view, gives them filters, and sets up the page.
func (b book) printRows() error {
	if err := b.SetPanes(b.rows, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}}}); err != nil {
		return err
	}
	last := at(len(b.s.Columns)-1, len(b.s.Rows))
	if err := b.AutoFilter(b.rows, "A1:"+last, nil); err != nil {
		return err
	}
	quoted := "'" + b.rows + "'"
	if err := b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted + "!$1:$1", Scope: b.rows}); err != nil {
		return err
	}
	side, a4, wide, high, fits := "landscape", 9, 1, 0, true
	if err := b.SetPageLayout(b.rows, &excelize.PageLayoutOptions{Size: &a4, Orientation: &side, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := b.SetSheetProps(b.rows, &excelize.SheetPropsOptions{FitToPage: &fits}); err != nil {
		return err
	}
	return b.SetHeaderFooter(b.rows, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P / &N"})
}

// fillAbout writes the second sheet.
func (b book) fillAbout() error {
	if _, err := b.NewSheet(b.about); err != nil {
		return err
	}
	lines := append([]string{b.s.heading(), b.s.stamp(), b.s.size()}, b.s.notes()...)
	text := "@"
	style, err := b.NewStyle(&excelize.Style{CustomNumFmt: &text, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, line := range lines {
		if err := b.text(b.about, at(0, i), line); err != nil {
			return err
		}
	}
	if err := b.SetCellStyle(b.about, "A1", at(0, len(lines)-1), style); err != nil {
		return err
	}
	return b.SetColWidth(b.about, "A", "A", 2*widestCell)
}

// describe sets what Excel shows under Info.
func (b book) describe() error {
	made := b.s.At.UTC().Format(time.RFC3339)
	if err := b.SetDocProps(&excelize.DocProperties{Title: b.s.heading(), Subject: b.s.Name, Creator: "digibrug", LastModifiedBy: "digibrug",
		Created: made, Modified: made, Language: "nl-BE"}); err != nil {
		return err
	}
	return b.SetAppProps(&excelize.AppProperties{Application: "digibrug", Company: b.s.place()})
}
