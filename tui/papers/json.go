package papers

import (
	"bytes"
	"encoding/json"
	"time"
)

// columnJSON is a column as JSON describes it.
type columnJSON struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Kind  Kind   `json:"kind"`
	Unit  string `json:"unit,omitempty"`
}

// sheetJSON is a sheet as one document.
type sheetJSON struct {
	Name    string       `json:"name"`
	Title   string       `json:"title"`
	Place   string       `json:"place,omitempty"`
	At      time.Time    `json:"at"`
	Columns []columnJSON `json:"columns"`
	Rows    []rowJSON    `json:"rows"`
	Notes   []string     `json:"notes"`
}

// writeJSON writes one document: what the sheet is, its columns, and each row as an object by the columns'
// names, in their order. Values are for machines; see Cell.machine. The unit of money is the cent.
func writeJSON(out *bytes.Buffer, s Sheet) error {
	doc := sheetJSON{Name: s.Name, Title: s.heading(), Place: s.place(), At: s.At.UTC(), Rows: []rowJSON{}, Notes: s.notes()}
	for _, c := range s.Columns {
		unit := c.Unit
		if c.Kind == KindMoney {
			unit = "cent"
		}
		doc.Columns = append(doc.Columns, columnJSON{Name: c.Name, Title: c.Title, Kind: c.Kind, Unit: unit})
	}
	for _, row := range s.Rows {
		doc.Rows = append(doc.Rows, rowJSON{s.Columns, row})
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(doc)
}

// rowJSON is a row with its columns.
type rowJSON struct {
	columns []Column
	cells   []Cell
}

// MarshalJSON writes an object with its keys in the order of the columns.
func (r rowJSON) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	sep := byte('{')
	for i, c := range r.columns {
		out.WriteByte(sep)
		sep = ','
		if err := enc.Encode(c.Name); err != nil {
			return nil, err
		}
		out.WriteByte(':')
		if err := enc.Encode(r.cells[i].machine()); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
