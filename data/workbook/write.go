package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"digibrug/data"

	"github.com/xuri/excelize/v2"
)

// Draft is a workbook to write.
type Draft struct {
	About []string // a first sheet with a line per row; its name comes first. None: no such sheet
	Tabs  []Tab
}

// Tab is a sheet with heads and rows of texts, one text per column.
type Tab struct {
	Name    string
	Columns []DraftColumn
	Rows    [][]string
}

// DraftColumn is a column of a Tab.
type DraftColumn struct {
	Head  string
	Need  bool     // its head gets a star
	Day   bool     // texts YYYY-MM-DD become days
	Known []string // a list to choose from; one cell may still hold something else
}

const (
	draftRows   = 2000 // rows below the heads that have the columns' formats and lists
	draftWidest = 40   // characters
	headFill    = "E7ECEF"
)

// Write writes a workbook. Texts are typed texts, whatever they start with, so that none becomes a formula; Read
// gives them back.
func Write(d Draft) (content []byte, err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	w := writer{File: f, last: "Sheet1"}
	for _, step := range []func(Draft) error{w.about, w.tabs, w.describe} {
		if err := step(d); err != nil {
			return nil, fmt.Errorf("write a workbook: %w", err)
		}
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write a workbook: %w", err)
	}
	return out.Bytes(), nil
}

// writer is a workbook at work.
type writer struct {
	*excelize.File
	last string // the sheet that a new file has; empty once it has its name
}

func (w *writer) sheet(name string) error {
	if w.last != "" {
		old := w.last
		w.last = ""
		return w.SetSheetName(old, name)
	}
	_, err := w.NewSheet(name)
	return err
}

func (w *writer) about(d Draft) error {
	if len(d.About) == 0 {
		return nil
	}
	name := d.About[0]
	if err := w.sheet(name); err != nil {
		return err
	}
	style, err := w.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, line := range d.About[1:] {
		if err := w.SetCellStr(name, cellName(0, i), escaped(line)); err != nil {
			return err
		}
	}
	if err := w.SetColWidth(name, "A", "A", 100); err != nil {
		return err
	}
	return w.SetColStyle(name, "A", style)
}

func (w *writer) tabs(d Draft) error {
	for _, t := range d.Tabs {
		for _, step := range []func(Tab) error{w.columns, w.rows} {
			if err := step(t); err != nil {
				return fmt.Errorf("sheet %s: %w", t.Name, err)
			}
		}
	}
	return nil
}

// columns makes a sheet with its heads, formats and lists.
func (w *writer) columns(t Tab) error {
	if err := w.sheet(t.Name); err != nil {
		return err
	}
	head, err := w.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headFill}},
		Border: []excelize.Border{{Type: "bottom", Color: "000000", Style: 1}}})
	if err != nil {
		return err
	}
	for i, c := range t.Columns {
		if err := w.column(t, i, c); err != nil {
			return err
		}
		name := c.Head
		if c.Need {
			name += " *"
		}
		if err := w.SetCellStr(t.Name, cellName(i, 0), name); err != nil {
			return err
		}
		if err := w.SetCellStyle(t.Name, cellName(i, 0), cellName(i, 0), head); err != nil {
			return err
		}
	}
	return w.SetPanes(t.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}}})
}

// column sets what the cells below a head look like and hold.
func (w *writer) column(t Tab, i int, c DraftColumn) error {
	format := "@"
	if c.Day {
		format = "dd/mm/yyyy"
	}
	style, err := w.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	letter := Letter(i + 1)
	if err := w.SetColStyle(t.Name, letter, style); err != nil {
		return err
	}
	width := utf8.RuneCountInString(c.Head) + 3
	for _, row := range t.Rows {
		width = max(width, utf8.RuneCountInString(row[i]))
	}
	if err := w.SetColWidth(t.Name, letter, letter, float64(min(width, draftWidest)+2)); err != nil {
		return err
	}
	if len(c.Known) == 0 || len(strings.Join(c.Known, ",")) > 250 { // a list in a cell's rule has 255 characters at most
		return nil
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(fmt.Sprintf("%s2:%s%d", letter, letter, draftRows+1))
	rule.ShowErrorMessage = false // several roles in one cell are fine
	if err := rule.SetDropList(c.Known); err != nil {
		return err
	}
	return w.AddDataValidation(t.Name, rule)
}

func (w *writer) rows(t Tab) error {
	for r, row := range t.Rows {
		for i, text := range row {
			if text == "" {
				continue
			}
			at := cellName(i, r+1)
			if day, err := data.ParseDay(text); t.Columns[i].Day && err == nil && day.Year() > 1900 {
				if err := w.SetCellInt(t.Name, at, int64(day.Sub(epoch)/(24*time.Hour))); err != nil {
					return err
				}
				continue
			}
			if err := w.SetCellStr(t.Name, at, escaped(text)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) describe(Draft) error {
	w.SetActiveSheet(0)
	return w.SetDocProps(&excelize.DocProperties{Creator: "digibrug", LastModifiedBy: "digibrug", Language: "nl-BE"})
}

// epoch is day 0 of a spreadsheet.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// cellName is the name of a cell: cellName(0, 0) is A1.
func cellName(column, row int) string { return fmt.Sprintf("%s%d", Letter(column+1), row+1) }

// escaped writes an underscore that starts something like _x001B_ by its own number, since spreadsheets read that as
// a character.
func escaped(s string) string {
	var out strings.Builder
	for i := range len(s) {
		if s[i] == '_' && len(s) >= i+7 && s[i+1] == 'x' && s[i+6] == '_' && strings.Trim(s[i+2:i+6], "0123456789abcdefABCDEF") == "" {
			out.WriteString("_x005F")
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
