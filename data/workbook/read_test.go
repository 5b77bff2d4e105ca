package workbook_test

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/workbook"

	"github.com/xuri/excelize/v2"
)

func deflate(t testing.TB, into *bytes.Buffer, content string) int {
	t.Helper()
	w, err := flate.NewWriter(into, flate.BestCompression)
	if err == nil {
		_, err = io.WriteString(w, content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return into.Len()
}

// shown writes a sheet as one line a row: "3: A=naam C=2026-11-23(day)".
func shown(s workbook.Sheet) string {
	var out strings.Builder
	for _, r := range s.Rows {
		fmt.Fprintf(&out, "%d:", r.Number)
		for _, c := range r.Cells {
			fmt.Fprintf(&out, " %s=%s", workbook.Letter(c.Column), c.Text)
			if c.Kind != workbook.Text {
				fmt.Fprintf(&out, "(%s)", [...]string{"", "number", "day", "moment", "time", "bool", "fault"}[c.Kind])
			}
			if c.Percent {
				out.WriteString("%")
			}
			if c.Formula {
				out.WriteString("ƒ")
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

func compare(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestExcelize reads what another program wrote.
func TestExcelize(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	style := func(code string) int {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		must(err)
		return id
	}
	must(f.SetSheetName("Sheet1", "Personeel"))
	for cell, value := range map[string]any{"A1": "naam", "C1": "=HYPERLINK(1)", "A3": 1001, "B3": 0.8, "C3": true, "D3": 46349.0,
		"E3": 46349.5, "F3": 0.375, "G3": 42, "H3": "a_x005F_x000D_b\n<&>", "I3": 1e-7, "J3": 0.1 + 0.2, "K3": 12345678901.0} {
		must(f.SetCellValue("Personeel", cell, value))
	}
	for cell, code := range map[string]string{"B3": "0%", "D3": "dd/mm/yyyy", "E3": `[$-813]d mmm yyyy"u"\ h:mm;@`, "F3": "[h]:mm", "G3": "00000"} {
		must(f.SetCellStyle("Personeel", cell, cell, style(code)))
	}
	must(f.SetCellRichText("Personeel", "L3", []excelize.RichTextRun{{Text: "vet "}, {Text: "en niet", Font: &excelize.Font{Bold: true}}}))
	must(f.SetCellFormula("Personeel", "M3", "1+1"))
	_, err := f.NewSheet("Verborgen")
	must(err)
	must(f.SetSheetVisible("Verborgen", false))
	var out bytes.Buffer
	must(f.Write(&out))
	book, err := workbook.Read("x.xlsx", out.Bytes(), workbook.Standard())
	must(err)
	if len(book.Sheets) != 2 || !book.Sheets[1].Hidden || book.Sheets[0].Hidden || book.CSV || len(book.Hash) != 64 {
		t.Errorf("got %+v", book)
	}
	compare(t, shown(book.Sheets[0]), `1: A=naam C==HYPERLINK(1)
3: A=1001(number) B=0.8(number)% C=1(bool) D=2026-11-23(day) E=2026-11-23 12:00(moment) F=09:00(time) G=00042(number) H=a_x000D_b
<&> I=0.0000001(number) J=0.3(number) K=12345678901(number) L=vet en niet M=ƒ
`)
}

// TestProgramNamedOnly reads a workbook that names the type of a program's part, as excelize does when it changes a file, and
// has none.
func TestProgramNamedOnly(t *testing.T) {
	types := `<Types><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`
	if _, err := workbook.Read("x.xlsx", packed(t, "[Content_Types].xml", types), workbook.Standard()); err != nil {
		t.Error(err)
	}
}

// TestParts reads parts as other producers write them.
func TestParts(t *testing.T) {
	styles := `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[Red]#,##0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>`
	for name, c := range map[string]struct{ book, sheet, want string }{
		"prefixes, no names of cells": {"", `<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c/><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
			"1: A=a C=2(number)\n"},
		"shared texts with readings and runs": {"", grid(`<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"/></row>`), "1: A=een B=twee drie\n"},
		"days of 1900":                        {"", grid(`<row r="1"><c s="1"><v>61</v></c><c s="1"><v>60</v></c><c s="1"><v>46349</v></c><c s="2"><v>5</v></c></row>`), "1: A=1900-03-01(day) B=60(number) C=2026-11-23(day) D=5(number)\n"},
		"days of 1904": {strings.Replace(bookPart, "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1),
			grid(`<row r="1"><c s="1"><v>0</v></c><c s="1"><v>44887</v></c></row>`), "1: A=1904-01-01(day) B=2026-11-23(day)\n"},
		"days as text":         {"", grid(`<row r="1"><c t="d"><v>2026-11-23T00:00:00</v></c><c t="d"><v>2026-11-23T09:30:00Z</v></c></row>`), "1: A=2026-11-23(day) B=2026-11-23 09:30(moment)\n"},
		"formulas, faults":     {"", grid(`<row r="2"><c t="str"><f>A1&amp;"x"</f><v>uit</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f>x</f></c></row>`), "2: A=uitƒ B=#DIV/0!(fault)ƒ C=ƒ\n"},
		"the end of a day":     {"", grid(`<row r="1"><c s="3"><v>1</v></c><c s="3"><v>0</v></c><c s="3"><v>1.5</v></c></row>`), "1: A=24:00(time) B=00:00(time) C=1.5(number)\n"},
		"white space is kept":  {"", grid(`<row r="1"><c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>`), "1: A= a \n"},
		"a number that is not": {"", grid(`<row r="1"><c><v>twee</v></c><c><v>NaN</v></c></row>`), "1: A=twee B=NaN(number)\n"},
	} {
		t.Run(name, func(t *testing.T) {
			parts := []string{"xl/worksheets/sheet1.xml", c.sheet, "xl/styles.xml", styles,
				"xl/sharedStrings.xml", "<sst>\n <si>\n  <t>een</t> </si><si><r><t>twee </t></r><r><t>drie</t></r><rPh><t>sjoe</t></rPh></si></sst>"}
			if c.book != "" {
				parts = append(parts, "xl/workbook.xml", c.book)
			}
			book, err := workbook.Read("x", packed(t, parts...), workbook.Standard())
			if err != nil {
				t.Fatal(err)
			}
			compare(t, shown(book.Sheets[0]), c.want)
		})
	}
}

func TestCSV(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"semicolons":                       {"naam;dienst\nAn;\n\n;Jeugd\n", "1: A=naam B=dienst\n2: A=An\n4: B=Jeugd\n"},
		"commas":                           {"naam,dienst\r\nAn,Jeugd\r\n", "1: A=naam B=dienst\n2: A=An B=Jeugd\n"},
		"tabs, old ends of lines":          {"naam\tdienst\rAn\tJeugd", "1: A=naam B=dienst\n2: A=An B=Jeugd\n"},
		"named separator":                  {"sep=,\nnaam,a;b\n", "2: A=naam B=a;b\n"},
		"a comma in a quoted head":         {"\"Naam, voornaam, x\";dienst\n", "1: A=Naam, voornaam, x B=dienst\n"},
		"quotes":                           {"a;\"x;\"\"y\"\"\nz\";5\" schijf\nb;c\n", "1: A=a B=x;\"y\"\nz C=5\" schijf\n2: A=b B=c\n"},
		"guarded texts":                    {"'+32 470;'=A1;'t Zand;-5\n", "1: A=+32 470 B==A1 C='t Zand D=-5\n"},
		"mark of UTF-8":                    {"\xEF\xBB\xBFZoë;x\n", "1: A=Zoë B=x\n"},
		"UTF-16, little end first, marked": {"\xFF\xFE" + string(wide("Zoë;x\n")), "1: A=Zoë B=x\n"},
		"UTF-16, big end first, marked":    {"\xFE\xFF" + string(swapped(wide("Zoë;x\n"))), "1: A=Zoë B=x\n"},
		"UTF-16 without a mark":            {string(wide("naam;dienst\n")), "1: A=naam B=dienst\n"},
		"Windows-1252":                     {"Zo\xEB;\x80 5\n", "1: A=Zoë B=€ 5\n"},
		"nothing":                          {"", ""},
		"one cell":                         {"naam", "1: A=naam\n"},
	} {
		t.Run(name, func(t *testing.T) {
			book, err := workbook.Read("lijsten/mensen.csv", []byte(c.text), workbook.Standard())
			if err != nil {
				t.Fatal(err)
			}
			if len(book.Sheets) != 1 || book.Sheets[0].Name != "mensen" || !book.CSV {
				t.Fatalf("got %+v", book)
			}
			compare(t, shown(book.Sheets[0]), c.want)
		})
	}
	for name, c := range map[string]struct {
		text      string
		why       data.Why
		line, col int
	}{
		"a quote that is never closed":  {"a;b\nc;\"d\ne;f\n", workbook.WhyQuote, 2, 3},
		"text after a quote":            {"a;b\n\"c\"d;e\n", workbook.WhyAfter, 2, 4},
		"a byte 0":                      {"naam;dienst\nAn;Je\x00ugd\n", workbook.WhyNUL, 2, 6},
		"no UTF-8 behind its mark":      {"\xEF\xBB\xBFa\xFF", workbook.WhyBroken, 0, 0},
		"UTF-16 with an odd byte":       {"\xFF\xFEa\x00b", workbook.WhyBroken, 0, 0},
		"a quote over lines, then text": {"a;\"b\nc\"x\n", workbook.WhyAfter, 2, 3},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := workbook.Read("x.csv", []byte(c.text), workbook.Standard())
			var bad *data.Invalid
			if !errors.As(err, &bad) || bad.Why != c.why || bad.Line != c.line || bad.Col != c.col {
				t.Errorf("got %v, want %s at %d:%d", err, c.why, c.line, c.col)
			}
		})
	}
}

func swapped(b []byte) []byte {
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return b
}

func TestDay(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "1/3/2024": "2024-03-01", "01-03-2024": "2024-03-01", "1.3.2024": "2024-03-01", "2024-03-01": "2024-03-01", " 29/2/2024 ": "2024-02-29",
		"2024-03-01T00:00:00": "2024-03-01", "31 12 1999": "1999-12-31",
		"29/2/2023": "!workbook.year", "1/3/24": "!workbook.year", "13/13/2024": "!workbook.year", "1/1/1800": "!workbook.year", "0/3/2024": "!workbook.year",
		"maart": "!day", "2024": "!day", "1/3": "!day", "3/2024": "!day", "1/3/2024 9:00": "!day",
	} {
		got, err := workbook.Cell{Text: text}.Day()
		check(t, text, got, err, want)
	}
	for want, c := range map[string]workbook.Cell{
		"2026-11-23": {Kind: workbook.Day, Text: "2026-11-23"}, "2026-11-24": {Kind: workbook.Moment, Text: "2026-11-24 09:00"},
		"!workbook.unmarked": {Kind: workbook.Number, Text: "45000"}, "!workbook.fault": {Kind: workbook.Fault, Text: "#N/A"},
		"!day": {Kind: workbook.Bool, Text: "1"},
	} {
		got, err := c.Day()
		check(t, c.Text, got, err, want)
	}
}

func check(t *testing.T, text, got string, err error, want string) {
	t.Helper()
	var bad *data.Invalid
	if errors.As(err, &bad) {
		got = "!" + string(bad.Why)
	}
	if got != want {
		t.Errorf("%q is read as %q (%v), want %q", text, got, err, want)
	}
}

func TestShare(t *testing.T) {
	for text, want := range map[string]string{
		"": "0", "80 %": "8000", "80%": "8000", "80": "8000", "0,8": "8000", "0.8": "8000", "4/5": "8000", "30,4/38": "8000", "30.4 / 38": "8000",
		"1": "10000", "100": "10000", "100 %": "10000", "38/38": "10000", "1/3": "3333", "2/3": "6667", "66,67 %": "6667", "0,5 %": "50", "12,5": "1250",
		"101": "!workbook.full", "0": "!workbook.full", "40/38": "!workbook.full", "0,00001": "!workbook.full", "110 %": "!workbook.full",
		"half": "!workbook.share", "4/0": "!workbook.share", "4/5 %": "!workbook.share", "-1": "!workbook.share", "1/2/3": "!workbook.share", "80 procent": "!workbook.share",
		"1e3": "!workbook.share", "٨٠": "!workbook.share",
	} {
		got, err := workbook.Cell{Text: text}.Share()
		check(t, text, fmt.Sprint(got), err, want)
	}
	for want, c := range map[string]workbook.Cell{
		"8000": {Kind: workbook.Number, Text: "0.8", Percent: true}, "10000": {Kind: workbook.Number, Text: "1", Percent: true},
		"!workbook.full": {Kind: workbook.Number, Text: "80", Percent: true}, "!workbook.turned": {Kind: workbook.Day, Text: "2026-05-04"},
		"!workbook.fault": {Kind: workbook.Fault, Text: "#REF!"}, "!workbook.share": {Kind: workbook.Bool, Text: "1"},
	} {
		got, err := c.Share()
		check(t, c.Text, fmt.Sprint(got), err, want)
	}
	for share := int64(1); share <= workbook.Full; share++ {
		if got, err := (workbook.Cell{Text: workbook.ShareText(share)}).Share(); err != nil || got != share {
			t.Fatalf("%d is written %q and read back as %d, %v", share, workbook.ShareText(share), got, err)
		}
	}
}

func TestLetter(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 200: "GR", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := workbook.Letter(n); got != want {
			t.Errorf("column %d is %s, want %s", n, got, want)
		}
	}
}

// TestPasted reads rows as a terminal hands them over: TABs between cells, CR at the ends.
func TestPasted(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"tabs":             {"naam\tdienst; of team\rAn\t\"a;\"\"b\"\r\n\r\tJeugd", "1: A=naam B=dienst; of team\n2: A=An B=a;\"b\n4: B=Jeugd\n"},
		"tabs lower down":  {"lijst;x\nAn\tJeugd", "1: A=lijst;x\n2: A=An B=Jeugd\n"},
		"no tabs":          {"naam;dienst\nAn;Jeugd", "1: A=naam B=dienst\n2: A=An B=Jeugd\n"},
		"nothing":          {"", ""},
		"an unclosed text": {"a\t\"b\nc", "file: workbook.quote"},
		"a page":           {"<html><body>", "file: workbook.html"},
		"far too much":     {strings.Repeat("x\t", 3<<20), "file: workbook.big"},
	} {
		t.Run(name, func(t *testing.T) {
			book, err := workbook.Pasted("Personeel", c.text, workbook.Standard())
			got := ""
			if err != nil {
				got, _, _ = strings.Cut(strings.TrimPrefix(err.Error(), "line 1, column 3: "), ",")
			} else {
				got = shown(book.Sheets[0])
				if book.Sheets[0].Name != "Personeel" || len(book.Hash) != 64 {
					t.Errorf("got %+v", book)
				}
			}
			compare(t, got, c.want)
		})
	}
}

// written is CSV as papers write it.
func written(rows [][]string, separator string) string {
	var out strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				out.WriteString(separator)
			}
			out.WriteString(`"` + strings.ReplaceAll(workbook.Guard(cell), `"`, `""`) + `"`)
		}
		out.WriteString("\r\n")
	}
	return out.String()
}

// FuzzCSV: whatever comes in, reading ends, and what it gives can be written and read again.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a;b\nc;d", "\"a\"\"b\"\n", "sep=,\na,b", "\xFF\xFEa\x00", "'=1;x", "a\rb\r\nc", ";\n;", "PK\x03\x04", "\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		book, err := workbook.Read("x.csv", content, workbook.Standard())
		if err != nil || !book.CSV {
			return
		}
		var rows [][]string
		width, last := 2, 0
		for _, r := range book.Sheets[0].Rows {
			if r.Number <= last {
				t.Fatalf("row %d follows row %d", r.Number, last)
			}
			last = r.Number
			width = max(width, r.Cells[len(r.Cells)-1].Column)
		}
		for _, r := range book.Sheets[0].Rows {
			row := make([]string, width)
			for _, c := range r.Cells {
				row[c.Column-1] = c.Text
			}
			rows = append(rows, row)
		}
		again, err := workbook.Read("x.csv", []byte("sep=;\n"+written(rows, ";")), workbook.Standard())
		if err != nil {
			var bad *data.Invalid
			if errors.As(err, &bad) && bad.Why == workbook.WhyBig {
				return // quoted, it is longer
			}
			t.Fatalf("%q can't be read again: %v", written(rows, ";"), err)
		}
		for i, r := range again.Sheets[0].Rows {
			for _, c := range r.Cells {
				if c.Text != rows[i][c.Column-1] {
					t.Fatalf("%q came back as %q", rows[i][c.Column-1], c.Text)
				}
			}
		}
	})
}

// FuzzValues: days that are read are days, shares are shares, and what is written is read back.
func FuzzValues(f *testing.F) {
	for _, s := range []string{"1/3/2024", "2024-03-01", "80 %", "4/5", "30,4/38", "0,8", "x"} {
		f.Add(s, byte(0))
	}
	f.Fuzz(func(t *testing.T, text string, kind byte) {
		c := workbook.Cell{Text: text, Kind: workbook.Kind(kind % 3)}
		if c.Kind == workbook.Day { // its text is made by the reader
			c.Text = time.Unix(int64(len(text))*86_400, 0).UTC().Format(data.DayLayout)
		}
		if day, err := c.Day(); err == nil && day != "" {
			if _, err := data.ParseDay(day); err != nil {
				t.Fatalf("%q is read as the day %q", c.Text, day)
			}
		}
		if share, err := c.Share(); err == nil && (share < 0 || share > workbook.Full) {
			t.Fatalf("%q is read as %d", c.Text, share)
		}
	})
}

// FuzzXLSX: damage of any kind is refused, and never a panic.
func FuzzXLSX(f *testing.F) {
	f.Add(grid(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`), "<sst><si><t>a</t></si></sst>", "<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>")
	f.Add("<a", "<", ">")
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		content := packed(t, "xl/worksheets/sheet1.xml", sheet, "xl/sharedStrings.xml", shared, "xl/styles.xml", styles)
		if _, err := workbook.Read("x.xlsx", content, workbook.Standard()); err != nil {
			var bad *data.Invalid
			if !errors.As(err, &bad) {
				t.Fatalf("%v is no word for people", err)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var rows strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&rows, `<row r="%d">`, i+1)
		for col := range 14 {
			fmt.Fprintf(&rows, `<c r="%s%d" t="inlineStr"><is><t>cel %d van %d</t></is></c>`, workbook.Letter(col+1), i+1, col, i)
		}
		rows.WriteString("</row>")
	}
	content := packed(b, "xl/worksheets/sheet1.xml", grid(rows.String()))
	for b.Loop() {
		if _, err := workbook.Read("x.xlsx", content, workbook.Standard()); err != nil {
			b.Fatal(err)
		}
	}
}
