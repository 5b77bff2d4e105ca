package papers

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/tui/screentest"

	"github.com/charmbracelet/x/ansi"
)

func TestGoldens(t *testing.T) {
	empty := sample()
	empty.Rows, empty.Place = nil, ""
	for name, c := range map[string]struct {
		f Format
		s Sheet
	}{
		"table": {FormatTable, sample()}, "empty table": {FormatTable, empty},
		"csv": {FormatCSV, sample()}, "empty csv": {FormatCSV, empty},
		"json": {FormatJSON, sample()}, "empty json": {FormatJSON, empty},
	} {
		t.Run(name, func(t *testing.T) { screentest.Text(t, string(made(t, c.f, c.s))) })
	}
	t.Run("narrow table", func(t *testing.T) { screentest.Text(t, sample().Table(112)) })
}

func TestTableFits(t *testing.T) {
	s := sample()
	s.Columns, s.Notes = s.Columns[:4], append(s.Notes, strings.Repeat("x", 200))
	for i, row := range s.Rows {
		s.Rows[i] = row[:4]
	}
	for _, width := range []int{40, 60, 80, 300} {
		for _, line := range strings.Split(s.Table(width), "\n") {
			if got := ansi.StringWidth(line); got > width {
				t.Errorf("a line of a table for %d cells takes %d: %q", width, got, line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Errorf("a line ends in spaces: %q", line)
			}
		}
	}
}

func TestJSONIsWhole(t *testing.T) {
	text := made(t, FormatJSON, hostileSheet())
	if bytes.Count(text, []byte("\n")) != 1 {
		t.Errorf("JSON has %d lines, want one", bytes.Count(text, []byte("\n")))
	}
	var doc struct {
		Name string
		Rows []map[string]any
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for i, want := range hostile() {
		if got := doc.Rows[i]["text"]; got != data.Clean(want, maxText) {
			t.Errorf("row %d is %q, want %q", i, got, data.Clean(want, maxText))
		}
	}
}

func TestSheetsThatAreWrong(t *testing.T) {
	for name, change := range map[string]func(*Sheet){
		"no columns":    func(s *Sheet) { s.Columns = nil },
		"short row":     func(s *Sheet) { s.Rows[1] = s.Rows[1][:3] },
		"another kind":  func(s *Sheet) { s.Rows[0][3] = Text("veel") },
		"no such a day": func(s *Sheet) { s.Rows[0][7] = Day("2026-02-30") },
	} {
		s := sample()
		change(&s)
		for _, f := range Formats() {
			var out bytes.Buffer
			if err := Write(&out, f, s); err == nil || out.Len() > 0 {
				t.Errorf("%s: Write %s gives %v and %d bytes, want an error and none", name, f, err, out.Len())
			}
		}
	}
}

func TestFormats(t *testing.T) {
	for _, f := range Formats() {
		if got, err := ParseFormat(strings.ToUpper(string(f))); got != f || err != nil {
			t.Errorf("ParseFormat(%s) = %s, %v", f, got, err)
		}
		if got, ok := FormatOf("map/lijst.x" + strings.ToUpper(f.Ext())); got != f || !ok {
			t.Errorf("FormatOf(%s) = %s, %v", f.Ext(), got, ok)
		}
	}
	var bad *data.Invalid
	if _, err := ParseFormat("docx"); !errors.As(err, &bad) || bad.Got != "docx" {
		t.Errorf("ParseFormat(docx) = %v", err)
	}
	for _, file := range []string{"", "lijst", "lijst.table", "lijst.doc", ".pdfx"} {
		if f, ok := FormatOf(file); ok {
			t.Errorf("FormatOf(%q) = %s, want none", file, f)
		}
	}
	if err := Write(&bytes.Buffer{}, "docx", sample()); err == nil {
		t.Error("Write takes a format that isn't there")
	}
}

func TestFit(t *testing.T) {
	for name, c := range map[string]struct {
		wide, least []float64
		room        float64
		want        []float64
	}{
		"room enough":          {[]float64{5, 9}, []float64{1, 1}, 20, []float64{5, 9}},
		"who needs little":     {[]float64{4, 50, 50}, []float64{1, 1, 1}, 44, []float64{4, 20, 20}},
		"nobody below least":   {[]float64{40, 40}, []float64{30, 1}, 40, []float64{30, 10}},
		"leasts are too much":  {[]float64{40, 40}, []float64{30, 30}, 40, []float64{30, 30}},
		"least above the rest": {[]float64{10, 40, 40}, []float64{2, 20, 2}, 40, []float64{10, 20, 10}},
	} {
		got := fit(c.wide, c.least, c.room)
		for i := range got {
			if d := got[i] - c.want[i]; d > 1e-6 || d < -1e-6 {
				t.Errorf("%s: fit gives %v, want %v", name, got, c.want)
				break
			}
		}
	}
}

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width float64
		want  string
	}{
		"short":                {"een twee", 10, "een twee"},
		"between words":        {"een twee drie", 8, "een twee|drie"},
		"a long word":          {"abcdefghij", 4, "abcd|efgh|ij"},
		"after a sign":         {"01a209d7-40c3-7ec0", 12, "01a209d7-|40c3-7ec0"},
		"wide letters":         {"李小龍李", 4, "李小|龍李"},
		"too narrow for one":   {"李小", 1, "李|小"},
		"nothing":              {"", 4, ""},
		"an amount":            {"dat is € 20,00 meer", 8, "dat is|€ 20,00|meer"},
		"a mark in French":     {"La raison : voici « ceci » ?", 11, "La raison :|voici|« ceci » ?"},
		"an amount too wide":   {"is € 20,00", 4, "is|€ 20|,00"},
		"a long word in a row": {"ja onbreekbaar nee", 6, "ja|onbree|kbaar|nee"},
	} {
		if got := strings.Join(wrap(c.text, c.width, cellsOf), "|"); got != c.want {
			t.Errorf("%s: wrap gives %q, want %q", name, got, c.want)
		}
	}
}
