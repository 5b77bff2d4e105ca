package workbook

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"digibrug/data"

	"golang.org/x/text/encoding/charmap"
)

// Pasted reads rows that somebody copied from a spreadsheet, as the one sheet of that name: cells with a TAB between
// them, or another separator where there is no TAB at all. It returns an *data.Invalid as Read does.
func Pasted(name, text string, limits Limits) (Book, error) {
	if int64(len(text)) > limits.Packed {
		return Book{}, refused(WhyBig, "")
	}
	b := Book{Name: data.Clean(name, 200), CSV: true}
	sum := sha256.Sum256([]byte(text))
	b.Hash = hex.EncodeToString(sum[:])
	var separator byte
	if strings.Contains(text, "\t") {
		separator = '\t'
	}
	var err error
	if b.Sheets, err = readCSV(b.Name, []byte(text), separator, limits); err != nil {
		return Book{}, err
	}
	b.Sheets[0].Name = b.Name
	return b, nil
}

// readCSV reads a text file with cells between separators; separator 0 looks which. What is no such file is told
// apart first, since people give pages and documents the name of a workbook.
func readCSV(name string, content []byte, separator byte, limits Limits) ([]Sheet, error) {
	text, err := decode(content)
	if err != nil {
		return nil, err
	}
	if why := otherwise(text); why != "" {
		return nil, refused(why, "")
	}
	if at := strings.IndexByte(text, 0); at >= 0 {
		return nil, atLine(WhyNUL, text, at)
	}
	count := &meter{limits: limits}
	base := filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	s := Sheet{Name: strings.TrimSuffix(base, filepath.Ext(base))}
	p := &parser{text: text, line: 1, separator: separator}
	if separator == 0 {
		p.separator = p.findSeparator()
	}
	for !p.done() {
		row := Row{Number: p.row + 1}
		if err := p.record(func(column int, text string) error {
			if text = Unguard(text); text == "" {
				return nil
			}
			if err := count.takes(s.Name, row.Number, column, text); err != nil {
				return err
			}
			row.Cells = append(row.Cells, Cell{Column: column, Text: text})
			return count.keeps(text)
		}); err != nil {
			return nil, err
		}
		if len(row.Cells) > 0 {
			s.Rows = append(s.Rows, row)
		}
	}
	return []Sheet{s}, nil
}

// decode gives the text of a file in the encodings in which spreadsheets save: UTF-8 and UTF-16 with or without
// their mark, and else Windows-1252, in which every byte is some character.
func decode(content []byte) (string, error) {
	switch {
	case bytes.HasPrefix(content, []byte("\xEF\xBB\xBF")):
		if content = content[3:]; !utf8.Valid(content) {
			return "", refused(WhyBroken, "UTF-8")
		}
		return string(content), nil
	case bytes.HasPrefix(content, []byte("\xFF\xFE")):
		return wide(content[2:], binary.LittleEndian)
	case bytes.HasPrefix(content, []byte("\xFE\xFF")):
		return wide(content[2:], binary.BigEndian)
	case utf8.Valid(content):
		if order := unmarked(content); order != nil {
			return wide(content, order)
		}
		return string(content), nil
	}
	if order := unmarked(content); order != nil {
		return wide(content, order)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(content)
	if err != nil {
		return "", refused(WhyBroken, "Windows-1252")
	}
	return string(text), nil
}

// unmarked finds the order of the bytes of UTF-16 without a mark: in Western text one half of them is 0, and the
// other half hardly ever is.
func unmarked(content []byte) binary.ByteOrder {
	head := content[:min(len(content), 512)&^1]
	var zero [2]int
	for i, b := range head {
		if b == 0 {
			zero[i%2]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs < 4:
		return nil
	case zero[1] > pairs*3/4 && zero[0] == 0:
		return binary.LittleEndian
	case zero[0] > pairs*3/4 && zero[1] == 0:
		return binary.BigEndian
	}
	return nil
}

func wide(content []byte, order binary.ByteOrder) (string, error) {
	if len(content)%2 != 0 {
		return "", refused(WhyBroken, "UTF-16")
	}
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// otherwise says what a file is that is no CSV; "" when it may be one.
func otherwise(text string) data.Why {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 1024)]))
	switch {
	case strings.HasPrefix(head, "<?xml") && strings.Contains(head, "spreadsheet"):
		return WhyOld
	case strings.HasPrefix(head, "<!doctype"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<table"), strings.HasPrefix(head, "<?xml"), strings.HasPrefix(head, "<meta"):
		return WhyHTML
	case strings.HasPrefix(head, "%pdf"), strings.HasPrefix(head, "{\\rtf"), strings.HasPrefix(head, "\x1f"):
		return WhyNoSheet
	}
	return ""
}

func atLine(why data.Why, text string, at int) error {
	line := 1 + strings.Count(text[:at], "\n")
	return &data.Invalid{Field: "file", Why: why, Line: line, Col: at - strings.LastIndexByte(text[:at], '\n')}
}

// parser reads records (RFC 4180) from a text. Lines end in LF, CR LF or CR. A quotation mark in the middle of a
// cell is a character like another; only one at the start opens a quoted cell.
type parser struct {
	text      string
	at        int // index in bytes
	line      int // from 1
	row       int // records read, blank lines counted
	separator byte
}

func (p *parser) done() bool { return p.at >= len(p.text) }

// findSeparator takes what the first line says (sep=;), or else the sign that stands most often in the first line
// that isn't blank, outside quotation marks: ; , TAB or |. In doubt it is ;.
func (p *parser) findSeparator() byte {
	first, _, _ := strings.Cut(p.text, "\n")
	if sign, ok := strings.CutPrefix(strings.TrimRight(first, "\r"), "sep="); ok && len(sign) == 1 {
		p.at, p.line, p.row = min(len(first)+1, len(p.text)), 2, 1
		return sign[0]
	}
	const signs = ";\t,|"
	var counts [len(signs)]int
	quoted, seen := false, false
	for i := p.at; i < len(p.text); i++ {
		c := p.text[i]
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n' || c == '\r':
			if seen {
				return most(signs, counts[:])
			}
		case c != ' ':
			seen = true
		}
		if n := strings.IndexByte(signs, c); n >= 0 && !quoted {
			counts[n]++
		}
	}
	return most(signs, counts[:])
}

func most(signs string, counts []int) byte {
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	return signs[best]
}

// record reads the cells of one record and the end of its line.
func (p *parser) record(cell func(column int, text string) error) error {
	p.row++
	for column := 1; ; column++ {
		text, err := p.cell()
		if err != nil {
			return err
		}
		if err := cell(column, text); err != nil {
			return err
		}
		switch {
		case p.done():
			return nil
		case p.text[p.at] == p.separator:
			p.at++
			if p.done() { // a separator at the very end: one more cell, with nothing in it
				return nil
			}
		default:
			p.newline()
			return nil
		}
	}
}

// newline steps over the end of a line.
func (p *parser) newline() {
	if p.text[p.at] == '\r' && p.at+1 < len(p.text) && p.text[p.at+1] == '\n' {
		p.at++
	}
	p.at++
	p.line++
}

// cell reads one cell and stops at the separator or the end of the line behind it.
func (p *parser) cell() (string, error) {
	if p.done() || p.text[p.at] != '"' {
		start := p.at
		for !p.done() && !p.atEnd() {
			p.at++
		}
		return p.text[start:p.at], nil
	}
	opened, from := p.line, p.at
	p.at++
	var out strings.Builder
	for {
		if p.done() {
			return "", &data.Invalid{Field: "file", Why: WhyQuote, Line: opened, Col: from - strings.LastIndexAny(p.text[:from], "\r\n")}
		}
		c := p.text[p.at]
		switch {
		case c != '"':
			if c == '\n' || c == '\r' && !strings.HasPrefix(p.text[p.at:], "\r\n") {
				p.line++
			}
			out.WriteByte(c)
			p.at++
			continue
		case strings.HasPrefix(p.text[p.at:], `""`):
			out.WriteByte('"')
			p.at += 2
			continue
		}
		if p.at++; !p.done() && !p.atEnd() {
			return "", &data.Invalid{Field: "file", Why: WhyAfter, Line: p.line, Col: p.at - strings.LastIndexAny(p.text[:p.at], "\r\n")}
		}
		return out.String(), nil
	}
}

func (p *parser) atEnd() bool {
	c := p.text[p.at]
	return c == p.separator || c == '\n' || c == '\r'
}
