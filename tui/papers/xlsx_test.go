package papers

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"

	"github.com/xuri/excelize/v2"
)

// opened reads a workbook back, and makes sure that there is no formula in it.
func opened(t testing.TB, s Sheet) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(made(t, FormatXLSX, s)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c := range row {
				if formula, err := f.GetCellFormula(sheet, at(c, r)); err != nil || formula != "" {
					t.Errorf("%s!%s has the formula %q, %v", sheet, at(c, r), formula, err)
				}
			}
		}
	}
	for name, part := range zipped(t, made(t, FormatXLSX, s)) {
		if strings.Contains(part, "<f>") || strings.Contains(part, "<f ") {
			t.Errorf("%s has a formula", name)
		}
	}
	return f
}

func TestWorkbookHasTheRows(t *testing.T) {
	s := sample()
	f := opened(t, s)
	sheet := f.GetSheetName(0)
	if sheet != "Toestellen en ontleners" {
		t.Errorf("the sheet is called %q", sheet)
	}
	for r, row := range s.Rows {
		for i, c := range row {
			raw, err := f.GetCellValue(sheet, at(i, r+1), excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			kind, err := f.GetCellType(sheet, at(i, r+1))
			if err != nil {
				t.Fatal(err)
			}
			text := c.kind == KindText || c.kind == KindList
			if isText := kind == excelize.CellTypeSharedString; !c.Empty() && isText != text {
				t.Errorf("%s is of type %v", at(i, r+1), kind)
			}
			if text && raw != c.text() {
				t.Errorf("%s is %q, want %q", at(i, r+1), raw, c.text())
			}
			if c.Empty() && raw != "" {
				t.Errorf("%s is %q, want nothing", at(i, r+1), raw)
			}
		}
	}
	for cell, want := range map[string]string{ // as Excel shows them
		"D2": "1,234", "E2": "2.4", "F2": "76%", "G2": "1,234.50", "H2": "29/02/2020", "I2": "23/11/2026 12:00",
		"G3": "-0.05", "F3": "100%", "C2": "+32 470 12 34 56", "B5": "=1+1", "I5": "23/06/2026 13:00",
	} {
		if got, err := f.GetCellValue(sheet, cell); got != want || err != nil {
			t.Errorf("%s shows %q, want %q (%v)", cell, got, want, err)
		}
	}
	if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes are %+v, %v: want the heads frozen", panes, err)
	}
	props, err := f.GetDocProps()
	if err != nil || props.Title != s.Title || props.Language != "nl-BE" || props.Created != "2026-11-23T11:00:00Z" {
		t.Errorf("properties are %+v, %v", props, err)
	}
	for i, want := range []string{s.Title, "Zandwerve · ma 23 november 2026, 12:00", "4 regels", s.Notes[0], s.Notes[1]} {
		if got, _ := f.GetCellValue("Toelichting", at(0, i)); got != want {
			t.Errorf("Toelichting line %d is %q, want %q", i+1, got, want)
		}
	}
}

func TestWorkbookHoldsHostileTexts(t *testing.T) {
	s := hostileSheet()
	f := opened(t, s)
	for i, text := range hostile() {
		if got, _ := f.GetCellValue(f.GetSheetName(0), at(0, i+1)); got != data.Clean(text, maxText) {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
}

func TestWorkbookOfOddNames(t *testing.T) {
	for _, title := range []string{"", "Toelichting", "a/b:c*[d]?'e'", strings.Repeat("lang ", 30), "🦊", "History", "'"} {
		s := sample()
		s.Title = title
		if f := opened(t, s); f.SheetCount != 2 {
			t.Errorf("title %q gives the sheets %q", title, f.GetSheetList())
		}
	}
}

func TestWorkbookIsTheSameTwice(t *testing.T) {
	first := made(t, FormatXLSX, sample())
	for range 5 {
		if !bytes.Equal(first, made(t, FormatXLSX, sample())) {
			t.Fatal("the same sheet gave another workbook")
		}
	}
}

func TestSerial(t *testing.T) {
	for name, c := range map[string]struct {
		cell Cell
		want float64
	}{
		"first day after the leap day that never was": {Day("1900-03-01"), 61},
		"a day":                  {Day("2026-11-23"), 46349},
		"noon in Brussels":       {Moment(datatest.Noon), 46349.5},
		"summer time":            {Moment(time.Date(2026, 7, 1, 22, 0, 0, 0, time.UTC)), 46205},
		"the hour that is twice": {Moment(time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC)), 46320 + 2.5/24},
	} {
		if got := serial(c.cell); got-c.want > 1e-9 || c.want-got > 1e-9 {
			t.Errorf("%s: serial gives %v, want %v", name, got, c.want)
		}
	}
}
