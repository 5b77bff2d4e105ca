package workbook

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"digibrug/data"
)

// lastRow is the last row that a spreadsheet has at all, and lastColumn the last column.
const (
	lastRow    = 1_048_576
	lastColumn = 16_384
)

// grid reads the cells of a sheet. Rows and cells come in order, as the format demands; one that goes back is no
// workbook's.
func (x *xlsx) grid(sheet, name string) (rows []Row, err error) {
	t, found, err := x.tokens(name, x.count)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, refused(WhyBroken, name)
	}
	defer t.in.Close()
	at, isSheet := Row{}, false
	keep := func() {
		if len(at.Cells) > 0 {
			rows = append(rows, at)
		}
		at.Cells = nil
	}
	column := 0
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			if !isSheet {
				return nil, refused(WhyBroken, name)
			}
			keep()
			return rows, nil
		} else if err != nil {
			return nil, err
		}
		e, ok := tok.(xml.StartElement)
		switch {
		case !ok:
		case e.Name.Local == "worksheet":
			isSheet = true
		case e.Name.Local == "row":
			keep()
			next := at.Number + 1
			if r := attr(e, "r"); r != "" {
				if next, err = strconv.Atoi(r); err != nil || next <= at.Number || next > lastRow {
					return nil, x.rowWrong(sheet, next)
				}
			}
			at.Number, column = next, 0
		case e.Name.Local == "c":
			if column, err = columnOf(attr(e, "r"), at.Number, column); err != nil {
				return nil, refused(WhyBroken, sheet+" "+attr(e, "r"))
			}
			c, err := x.cell(t, e, column)
			if err != nil {
				return nil, err
			}
			if c.Text == "" && !c.Formula {
				continue
			}
			if err := x.count.takes(sheet, at.Number, column, c.Text); err != nil {
				return nil, err
			}
			if at.Cells == nil {
				at.Cells = make([]Cell, 0, 8)
			}
			at.Cells = append(at.Cells, c)
		}
	}
}

func (x *xlsx) rowWrong(sheet string, row int) error {
	if row > lastRow {
		return &data.Invalid{Field: "file", Why: WhyRows, Want: strconv.Itoa(x.limits.Rows), Got: data.Clean(sheet, 80)}
	}
	return refused(WhyBroken, sheet)
}

// columnOf reads the column of a cell's name such as AB12, which must be in this row and after the last one. A cell
// without a name follows the last one.
func columnOf(name string, row, last int) (int, error) {
	if name == "" {
		return last + 1, nil
	}
	column, i := 0, 0
	for ; i < len(name) && name[i] >= 'A' && name[i] <= 'Z'; i++ {
		if column = column*26 + int(name[i]-'A') + 1; column > lastColumn {
			return 0, errors.New("no such column")
		}
	}
	if n, err := strconv.Atoi(name[i:]); err != nil || n != row || column <= last {
		return 0, errors.New("out of order")
	}
	return column, nil
}

// cell reads one cell, of which the start is e. Only texts that were not shared count as kept here.
func (x *xlsx) cell(t *tokens, e xml.StartElement, column int) (Cell, error) {
	kind, style := attr(e, "t"), attr(e, "s")
	c := Cell{Column: column}
	var value string
	for level := 1; level > 0; {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			err = refused(WhyBroken, t.name)
		}
		if err != nil {
			return c, err
		}
		switch tok := tok.(type) {
		case xml.EndElement:
			level--
		case xml.StartElement:
			switch tok.Name.Local {
			case "v":
				value, err = t.text(false)
			case "is":
				value, err = t.text(true)
			case "f":
				_, err = t.text(false)
				c.Formula = true
			default:
				_, err = t.text(false)
			}
			if err != nil {
				return c, err
			}
		}
	}
	return x.meaning(c, kind, style, value)
}

// meaning gives a cell its kind and text. kind is t of the format, style the number of the cell's style.
func (x *xlsx) meaning(c Cell, kind, style, value string) (Cell, error) {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(x.shared) {
			if value == "" {
				return c, nil
			}
			return c, refused(WhyBroken, "sharedStrings")
		}
		c.Text = x.shared[n]
		return c, nil
	case "inlineStr", "str":
		c.Text = unescaped(valid(value))
		return c, x.count.keeps(c.Text)
	case "b":
		c.Kind, c.Text = Bool, value
		return c, nil
	case "e":
		c.Kind, c.Text = Fault, valid(value)
		return c, x.count.keeps(c.Text)
	case "d":
		return isoCell(c, value), nil
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if value = strings.TrimSpace(value); value == "" {
		return c, nil
	} else if err != nil {
		c.Text = valid(value)
		return c, x.count.keeps(c.Text)
	}
	f := format{}
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(x.formats) {
		f = x.formats[i]
	}
	return f.cell(c, n, x.from1904), nil
}
