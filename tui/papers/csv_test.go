package papers

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/workbook"
)

// reread gives the cells of a CSV file as another program sees them.
func reread(t testing.TB, text []byte) [][]string {
	t.Helper()
	rest, marked := bytes.CutPrefix(text, []byte("\uFEFF"))
	if !marked {
		t.Fatal("the file has no mark of UTF-8")
	}
	r := csv.NewReader(bytes.NewReader(rest))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return all
}

func FuzzCSV(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text, int64(-5))
	}
	f.Fuzz(func(t *testing.T, text string, cents int64) {
		s := Sheet{Name: "f", At: datatest.Noon, Columns: []Column{{Name: "a", Title: text, Kind: KindText}, {Name: "b", Title: "B", Kind: KindMoney}, {Name: "c", Title: "C", Kind: KindList}},
			Rows: [][]Cell{{Text(text), Money(cents), List([]string{text, "x"}, nil)}}}
		file := made(t, FormatCSV, s)
		if lines := bytes.Count(file, []byte("\n")); lines != bytes.Count(file, []byte("\r\n")) || lines != 2 {
			t.Fatalf("%q has %d line ends", file, lines)
		}
		all := reread(t, file)
		want := data.Clean(text, maxText)
		if got := workbook.Unguard(all[1][0]); got != want {
			t.Errorf("%q comes back as %q, want %q", text, got, want)
		}
		if got := workbook.Unguard(all[1][2]); got != s.Rows[0][2].text() {
			t.Errorf("list of %q comes back as %q", text, got)
		}
		for _, comma := range ";,\t" { // as PCs with other settings cut it
			r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\uFEFF"))))
			r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
			lines, err := r.ReadAll()
			if err != nil {
				continue
			}
			for _, line := range lines {
				for _, cell := range line {
					if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") || strings.HasPrefix(cell, "+") {
						t.Errorf("with %q between cells, %q starts as a formula does", comma, cell)
					}
				}
			}
		}
	})
}

func FuzzGuard(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		guarded := workbook.Guard(text)
		if got := workbook.Unguard(guarded); got != text {
			t.Errorf("workbook.Unguard(Guard(%q)) = %q", text, got)
		}
		if start := strings.TrimLeft(guarded, " \""); start != "" && strings.ContainsRune("=+-@", rune(start[0])) {
			t.Errorf("Guard(%q) = %q starts as a formula does", text, guarded)
		}
	})
}
