package papers

import (
	"bytes"
	"encoding/csv"

	"digibrug/data/workbook"
)

// writeCSV writes what Excel opens with a double click on a PC set to Belgium: semicolons, UTF-8 with its mark,
// lines that end in CR LF, a decimal comma, days as dd/mm/yyyy. One row of heads, then the rows and nothing
// else, so that another program can read it too: title and notes are on the other forms.
func writeCSV(out *bytes.Buffer, s Sheet) error {
	out.WriteString("\uFEFF")
	w := csv.NewWriter(out)
	w.Comma, w.UseCRLF = ';', true
	line := make([]string, len(s.Columns))
	for i, col := range s.Columns {
		line[i] = workbook.Guard(col.head())
	}
	if err := w.Write(line); err != nil {
		return err
	}
	for _, row := range s.Rows {
		for i, c := range row {
			line[i] = c.plain(s.Columns[i])
			if c.kind == KindText || c.kind == KindList {
				line[i] = workbook.Guard(line[i])
			}
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
