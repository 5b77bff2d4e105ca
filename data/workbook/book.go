// Package workbook reads spreadsheets that others made: XLSX and CSV, into sheets, rows and cells that know where
// they stood, so that every message can name sheet, row and column. It trusts nothing: a file that is too big when
// unpacked, or that brings macros, links to other files or a document type, is refused before its sheets are read.
// It knows nothing of people: what rows mean is said elsewhere.
package workbook

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"digibrug/data"
)

// Limits bound what is read of one file.
type Limits struct {
	Packed   int64 // bytes of the file itself
	Unpacked int64 // bytes of all parts of an XLSX file together
	Ratio    int64 // times that one part may grow when it is unpacked
	Sheets   int
	Rows     int // the highest row with something in it
	Columns  int // the last column with something in it
	Cells    int // cells with something in them, in the whole file
	Text     int // bytes of text in the whole file
}

// Standard are the limits for lists of a municipality (field/trust.md, T25).
func Standard() Limits {
	return Limits{Packed: 5 << 20, Unpacked: 50 << 20, Ratio: 100, Sheets: 64, Rows: 20_000, Columns: 200, Cells: 500_000, Text: 16 << 20}
}

// What can be wrong with a file as a whole. Invalid.Got names the part or sheet where that helps.
const (
	WhyBig       data.Why = "workbook.big"       // the file, its text or its cells are more than the limits
	WhyBomb      data.Why = "workbook.bomb"      // grows far too much when it is unpacked
	WhyRows      data.Why = "workbook.rows"      // something stands below the last row that is read
	WhyColumns   data.Why = "workbook.columns"   // something stands to the right of the last column that is read
	WhySheets    data.Why = "workbook.sheets"    // too many sheets
	WhyMacro     data.Why = "workbook.macro"     // programs inside
	WhyExternal  data.Why = "workbook.external"  // takes values from another file
	WhyEncrypted data.Why = "workbook.encrypted" // locked with a password
	WhyOld       data.Why = "workbook.old"       // .xls, .xlsb or another form that is not read
	WhyHTML      data.Why = "workbook.html"      // a web page with the name of a workbook
	WhyNoSheet   data.Why = "workbook.no_sheet"  // no workbook and no CSV
	WhyBroken    data.Why = "workbook.broken"    // cut off, damaged, or not as a workbook should be
	WhyDoctype   data.Why = "workbook.doctype"   // XML with a document type, which workbooks never have
	WhyQuote     data.Why = "workbook.quote"     // a quotation mark that is never closed, at Invalid.Line
	WhyAfter     data.Why = "workbook.after"     // text after a closing quotation mark, at Invalid.Line
	WhyNUL       data.Why = "workbook.nul"       // a byte 0 in a text file, at Invalid.Line
	WhyLong      data.Why = "workbook.long"      // a cell with more than cellLimit bytes
)

// cellLimit is the most bytes of one cell: Excel takes 32,767 characters.
const cellLimit = 4 * 32_767

// Book is a file as it was read.
type Book struct {
	Name   string // of the file, as it was given
	Hash   string // SHA-256 of the file, hex
	CSV    bool
	Sheets []Sheet // those with a grid; of a CSV file just one, with the file's name
}

// Sheet is one grid.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   []Row // those with something in them, from top to bottom
}

// Row is one row. Its cells are those with something in them, from left to right.
type Row struct {
	Number int // from 1, as the spreadsheet counts
	Cells  []Cell
}

// Kind says what a cell holds.
type Kind uint8

// The kinds of cells.
const (
	Text   Kind = iota
	Number      // Text is its decimal form with a point
	Day         // Text is YYYY-MM-DD
	Moment      // Text is YYYY-MM-DD HH:MM
	Time        // a time of day: Text is HH:MM, 00:00 to 24:00
	Bool        // Text is 1 or 0
	Fault       // the outcome of a formula that could not be worked out: Text is #N/A and the like
)

// Cell is one cell with something in it. Text is as somebody typed it, and not made harmless yet.
type Cell struct {
	Column  int // from 1
	Kind    Kind
	Percent bool // a Number that is shown as a percentage: 0.8 for 80 %
	Formula bool // Text is what a formula came to when the file was saved; empty when that is not in the file
	Text    string
}

// At gives the cell in a column (from 1), a zero Cell when there is nothing.
func (r Row) At(column int) Cell {
	for _, c := range r.Cells {
		if c.Column == column {
			return c
		}
	}
	return Cell{Column: column}
}

// Empty tells whether there is nothing in the cell but white space.
func (c Cell) Empty() bool { return strings.TrimSpace(c.Text) == "" }

// Letter is the name of a column as spreadsheets write it: 1 is A, 27 is AA.
func Letter(column int) string {
	var letters []byte
	for ; column > 0; column = (column - 1) / 26 {
		letters = append([]byte{byte('A' + (column-1)%26)}, letters...)
	}
	return string(letters)
}

// Read reads a file by what is in it; its name only names a CSV file's sheet. It returns an *data.Invalid for a
// file that can't or may not be read, and never a part of the file.
func Read(name string, content []byte, limits Limits) (Book, error) {
	b := Book{Name: data.Clean(name, 200)}
	if int64(len(content)) > limits.Packed {
		return Book{}, refused(WhyBig, "")
	}
	sum := sha256.Sum256(content)
	b.Hash = hex.EncodeToString(sum[:])
	var err error
	switch {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")), bytes.HasPrefix(content, []byte("PK\x05\x06")):
		b.Sheets, err = readXLSX(content, limits)
	case bytes.HasPrefix(content, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		err = compound(content)
	default:
		b.CSV = true
		b.Sheets, err = readCSV(b.Name, content, 0, limits)
	}
	if err != nil {
		return Book{}, err
	}
	return b, nil
}

// refused is what is wrong with a file, at a part of it.
func refused(why data.Why, part string) error {
	return &data.Invalid{Field: "file", Why: why, Got: data.Clean(part, 80)}
}

// compound tells the two files apart that begin as an old Office file: one that is locked, which holds its
// workbook as EncryptedPackage, and an old workbook.
func compound(content []byte) error {
	if bytes.Contains(content, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return refused(WhyEncrypted, "")
	}
	return refused(WhyOld, "")
}

// meter counts what was read of one file against its limits.
type meter struct {
	limits Limits
	cells  int
	text   int
	tokens int
}

// takes counts one cell with its text.
func (m *meter) takes(sheet string, row, column int, text string) error {
	m.cells++
	switch {
	case row > m.limits.Rows:
		return &data.Invalid{Field: "file", Why: WhyRows, Want: strconv.Itoa(m.limits.Rows), Got: data.Clean(sheet, 80)}
	case column > m.limits.Columns:
		return &data.Invalid{Field: "file", Why: WhyColumns, Want: Letter(m.limits.Columns), Got: data.Clean(sheet, 80)}
	case m.cells > m.limits.Cells:
		return refused(WhyBig, sheet)
	case len(text) > cellLimit:
		return refused(WhyLong, sheet+" "+Letter(column)+strconv.Itoa(row))
	}
	return nil
}

// keeps counts text that stays in memory.
func (m *meter) keeps(text string) error {
	if m.text += len(text); m.text > m.limits.Text {
		return refused(WhyBig, "")
	}
	return nil
}

// valid gives the text with what is no UTF-8 replaced.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
