package exchange_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/workbook"
	"digibrug/quiz"
	"digibrug/quiz/exchange"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

const heads = "Code;Soort *;Niveau;Vraag *;Antwoord 1;Antwoord 2;Antwoord 3;Juist;Uitleg;Uitleg bij 1;Hoort bij 1;Hoort bij 2;Hoort bij 3;Afwijking;Eenheid;Typfouten;Beoordeling\n"

// TestSheet reads rows as people type them.
func TestSheet(t *testing.T) {
	for name, c := range map[string]struct{ row, want string }{
		"one":           {"a-1;Eén antwoord;2 basis;Wat?;ja;nee;;1;zo;omdat", "2 single \"a-1\" \"[plain]Wat?\"\n  100 \"[plain]ja\" # \"[plain]omdat\"\n  0 \"[plain]nee\"\n  #### \"[plain]zo\"\n  a-1 [\"level:2\"]"},
		"several":       {";meer antwoorden;starter;Wat?;a;b;c;1 en 3", "2 multiple \"Wat?\" \"[plain]Wat?\"\n  50 \"[plain]a\"\n  -50 \"[plain]b\"\n  50 \"[plain]c\"\n   [\"level:1\"]"},
		"true":          {";waar of niet waar;;Juist?;;;;WAAR", "100 \"true\"\n  0 \"false\""},
		"not true":      {";truefalse;;Juist?;;;;niet waar", "0 \"true\"\n  100 \"false\""},
		"number":        {";getal;;Hoeveel?;2,5;;;;;;;;;0,5;MB", "100 \"2.5:0.5\" 2.5 ± 0.5\n   [\"unit:MB\"]"},
		"text":          {";tekst;;Wie?;an;ann;;;;;;;;;;1", "100 \"an\"\n  100 \"ann\"\n   [\"distance:1\"]"},
		"a star typed":  {";tekst;;Welk teken?;*", `100 "\\*"`},
		"order":         {";volgorde;;Zet goed;een;twee;drie", "\"[plain]een\" -> \"1\"\n  \"[plain]twee\" -> \"2\"\n  \"[plain]drie\" -> \"3\"\n   [\"kind:order\"]"},
		"pairs":         {";paren;;Wat hoort samen?;a;b;;;;;1;2;3", "\"[plain]a\" -> \"1\"\n  \"[plain]b\" -> \"2\"\n  -> \"3\""},
		"open":          {";open vraag;;Schrijf;;;;;;;;;;;;;aanhef 1", "2 open"},
		"a guarded sum": {";één antwoord;;Wat?;'=1+1;'-2;;2", "0 \"[plain]=1+1\"\n  100 \"[plain]-2\""},

		"no kind":                {";;;Wat?;a;b;;1", "fault 2:2 Soort empty"},
		"another kind":           {";quiz;;Wat?;a;b;;1", "fault 2:2 Soort not_one_of quiz"},
		"no question":            {";getal;;;2", "fault 2:4 exchange.stem"},
		"a level too high":       {";getal;5;Wat?;2", "fault 2:3 Niveau not_one_of 5"},
		"the right one misses":   {";één antwoord;;Wat?;a;b", "fault 2:8 exchange.place"},
		"a right one too far":    {";één antwoord;;Wat?;a;b;;3", "fault 2:8 exchange.place 3"},
		"one answer":             {";één antwoord;;Wat?;a;;;1", "fault 2:5 exchange.too_few 1"},
		"a gap in the answers":   {";één antwoord;;Wat?;a;b;;1\n;één antwoord;;Wat?;a;;c;1", "fault 3:7 exchange.fits c"},
		"no number":              {";getal;;Wat?;veel", "fault 2:5 exchange.number veel"},
		"neither true nor not":   {";waar of niet waar;;Wat?;;;;soms", "fault 2:8 exchange.truth soms"},
		"what has no place":      {";getal;;Wat?;2;3", "fault 2:6 exchange.fits 3"},
		"a pair without right":   {";paren;;Wat?;a;b;;;;;1", "fault 2:6 exchange.partner b"},
		"half a typing error":    {";tekst;;Wat?;a;;;;;;;;;;;0,5", "fault 2:16 Typfouten number 0,5"},
		"beyond the last column": {";getal;;Wat?;2;;;;;;;;;;;;;rest", "fault 2:18 exchange.fits rest"},
	} {
		t.Run(name, func(t *testing.T) {
			said := sheetSaid(exchange.ParseSheet("v.csv", []byte(heads+c.row+"\n")))
			if !strings.Contains(said, c.want) || strings.Contains(said, "fault") != strings.Contains(c.want, "fault") {
				t.Errorf("%s\ngave %s\nwant %s", c.row, said, c.want)
			}
		})
	}
}

// workbookOf is a workbook with sheets by name, each with the heads and one row; a name that ends in ! is hidden. A number is
// kept as one, with the format that its sheet names.
func workbookOf(t *testing.T, format int, sheets ...[]any) []byte {
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: format})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		name, _ := s[0].(string)
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		row := append([]any{}, s[1:]...)
		steps := []error{f.SetSheetRow(name, "A1", &[]any{"Soort", "Vraag", "Antwoord 1", "Antwoord 2", "Antwoord 3", "Juist"}), f.SetSheetRow(name, "A2", &row), f.SetCellStyle(name, "C2", "E2", style)}
		if strings.HasSuffix(name, "!") {
			steps = append(steps, f.SetSheetVisible(name, false))
		}
		if err := errors.Join(steps...); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWorkbookCells: a cell says what its author sees in it, as the same sheet does when it is saved as CSV; where that can't
// be known it is a fault.
func TestWorkbookCells(t *testing.T) {
	const general, percent, day, clock = 0, 9, 14, 20
	for name, c := range map[string]struct {
		format int
		row    []any
		want   string
	}{
		"a decimal comma":         {general, []any{"één antwoord", "Wat?", 0.1, 12, 0.1 + 0.2, 1}, "100 \"[plain]0,1\"\n  0 \"[plain]12\"\n  0 \"[plain]0,3\""},
		"per cent":                {percent, []any{"één antwoord", "Wat?", 0.5, 0.07, 1.125, 1}, "100 \"[plain]50%\"\n  0 \"[plain]7%\"\n  0 \"[plain]112,5%\""},
		"true and false":          {general, []any{"één antwoord", "Wat?", true, false, nil, 1}, "100 \"[plain]WAAR\"\n  0 \"[plain]ONWAAR\""},
		"a number to type":        {general, []any{"tekst", "Welke versie?", 2.5}, "100 \"2,5\""},
		"a time of day":           {clock, []any{"één antwoord", "Wanneer?", 0.5, 0.75, nil, 1}, "100 \"[plain]12:00\"\n  0 \"[plain]18:00\""},
		"a day":                   {day, []any{"één antwoord", "Wanneer?", 45000, "nooit", nil, 1}, "fault 2:3 exchange.date 2023-03-15"},
		"a day among pairs":       {day, []any{"volgorde", "Zet goed", "een", 45000}, "fault 2:4 exchange.date 2023-03-15"},
		"a number":                {general, []any{"getal", "Hoeveel?", 2.5}, "100 \"2.5\" 2.5 ± 0"},
		"a number in per cent":    {percent, []any{"getal", "Hoeveel?", 0.5}, "fault 2:3 exchange.number 50%"},
		"a number that is a day":  {day, []any{"getal", "Hoeveel?", 45000}, "fault 2:3 exchange.date 2023-03-15"},
		"two places as a decimal": {general, []any{"meer antwoorden", "Wat?", "a", "b", "c", 1.3}, "50 \"[plain]a\"\n  -50 \"[plain]b\"\n  50 \"[plain]c\""},
		"a place said twice":      {general, []any{"meer antwoorden", "Wat?", "a", "b", "c", 1.1}, "fault 2:6 exchange.place 1.1"},
	} {
		said := sheetSaid(exchange.Read(exchange.FormatAuto, "v.xlsx", workbookOf(t, c.format, append([]any{"V"}, c.row...))))
		if !strings.Contains(said, c.want) || strings.Contains(said, "fault") != strings.Contains(c.want, "fault") {
			t.Errorf("%s gave %s\nwant %s", name, said, c.want)
		}
	}
}

// TestWorkbookSheets: questions on every sheet that is seen are read, and none of a hidden one.
func TestWorkbookSheets(t *testing.T) {
	sheet := func(name, stem string) []any { return []any{name, "getal", stem, 3} }
	for name, c := range map[string]struct {
		src  []byte
		want string
	}{
		"two sheets":            {workbookOf(t, 0, sheet("Mail", "Eén?"), sheet("Word", "Twee?")), "Mail 2 Eén?, Word 2 Twee?"},
		"an old one is hidden":  {workbookOf(t, 0, sheet("Oud!", "Eén?"), sheet("Nieuw", "Twee?")), "Nieuw 2 Twee?"},
		"one without questions": {workbookOf(t, 0, sheet("Mail", "Eén?"), []any{"Leeg"}), "Mail 2 Eén?"},
		"a fault on the second": {workbookOf(t, 0, sheet("Mail", "Eén?"), sheet("Word", "")), "Mail 2 Eén?, fault Word 2:2 exchange.stem"},
	} {
		p := exchange.Read(exchange.FormatAuto, "v.xlsx", c.src)
		var said []string
		for _, q := range p.Questions {
			said = append(said, fmt.Sprintf("%s %d %s", q.Sheet, q.Line, q.Stem))
		}
		for _, f := range p.Faults {
			said = append(said, fmt.Sprintf("fault %s %d:%d %s", f.Sheet, f.Line, f.Column, f.Why))
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func sheetSaid(p exchange.Parsed) string {
	var lines []string
	for _, q := range p.Questions {
		lines = append(lines, told(q))
	}
	for _, f := range p.Faults {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf("fault %d:%d %s %s %s", f.Line, f.Column, f.Field, f.Why, f.Got)), " "))
	}
	return strings.Join(lines, "\n")
}

// TestSheetFile: separators, encodings and what stands above the heads don't matter; a head that nobody knows does.
func TestSheetFile(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"commas, and a title above": {"Vragen van de bib,,\n\nsoort,VRAAG,antwoord 1\ngetal,Hoeveel?,3\n", "4 number"},
		"tabs":                      {"Soort\tVraag\tAntwoord 1\ngetal\tHoeveel?\t3\n", "2 number"},
		"Windows-1252":              {"Soort;Vraag;Antwoord 1\ntekst;Hoe heet caf\xe9?;caf\xe9\n", "Hoe heet café?"},
		"a question on two lines":   {"Soort;Vraag;Antwoord 1\ngetal;\"Een\ntwee?\";3\n", `Een\ntwee?`},
		"another head":              {"Soort;Vraag;Kleur\ngetal;Hoeveel?;rood\n", "fault 1:3 exchange.head Kleur"},
		"a head twice":              {"Soort;Vraag;Vraag\ngetal;Hoeveel?;x\n", "fault 1:3 exchange.head Vraag"},
		"no heads":                  {"a;b\n1;2\n", "fault 1:1 exchange.heads"},
		"a quote that never ends":   {"Soort;Vraag\ngetal;\"Hoe\n", "workbook.quote"},
		"a web page":                {"<html><table></table></html>", "workbook.html"},
	} {
		if said := sheetSaid(exchange.ParseSheet("v.csv", []byte(c.src))); !strings.Contains(said, c.want) {
			t.Errorf("%s: %s, want %s in it", name, said, c.want)
		}
	}
}

// sheetBack is the law that items come back from a sheet as they were.
func sheetBack(items []quiz.Item) string {
	tab := exchange.Sheet(items)
	xlsx, err := workbook.Write(workbook.Draft{About: []string{"Uitleg", "Eerst lezen."}, Tabs: []workbook.Tab{tab}})
	if err != nil {
		return err.Error()
	}
	for name, src := range map[string][]byte{"v.csv": exchange.PrintCSV(tab), "v.xlsx": xlsx} {
		got := exchange.Read(exchange.FormatAuto, name, src)
		made, skipped := got.Items(exchange.Defaults{Domain: items[0].Domain})
		var want []quiz.Item
		for _, q := range exchange.FromItems(items) {
			m, err := q.Item(exchange.Defaults{Domain: items[0].Domain})
			if err != nil {
				return err.Error()
			}
			want = append(want, m.Item)
		}
		if len(got.Faults) > 0 || len(skipped) > 0 || len(made) != len(want) {
			return fmt.Sprintf("%s: %s %s: %d of %d", name, show(got.Faults), show(skipped), len(made), len(want))
		}
		for i, m := range made {
			if !reflect.DeepEqual(m.Item, want[i]) {
				return fmt.Sprintf("%s: %s\ncame back as %s", name, show(want[i]), show(m.Item))
			}
		}
	}
	return ""
}

func TestSheetsComeBack(t *testing.T) {
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range banks {
		if broken := sheetBack(b.Items); broken != "" {
			t.Errorf("%s: %s", b.ID, broken)
		}
	}
	text := rapid.Custom(func(r *rapid.T) string {
		return data.Clean("x"+rapid.StringOf(rapid.SampledFrom([]rune("ab é;,\t\"'=+-@_x0041\\n"))).Draw(r, "text"), 0)
	})
	rapid.Check(t, func(r *rapid.T) {
		it := drawn(r, text)
		if it.Check() != nil {
			r.Skip()
		}
		if broken := sheetBack([]quiz.Item{it}); broken != "" {
			r.Fatal(broken)
		}
	})
}

// TestTemplate: the template reads back without a fault, two examples of each kind, which are good items but no part of a
// bank.
func TestTemplate(t *testing.T) {
	src, err := workbook.Write(workbook.Draft{About: []string{"Uitleg", "x"}, Tabs: []workbook.Tab{exchange.Template()}})
	if err != nil {
		t.Fatal(err)
	}
	p := exchange.Read(exchange.FormatAuto, "sjabloon.xlsx", src)
	for i := range p.Questions {
		p.Questions[i].ID = fmt.Sprintf("v-%d", i)
	}
	if len(p.Faults) > 0 || len(p.Questions) != 2*len(quiz.Kinds()) {
		t.Errorf("%d questions, faults %s", len(p.Questions), show(p.Faults))
	}
	items, skipped := p.Items(proef)
	if len(skipped) > 0 {
		t.Errorf("no good examples: %s", show(skipped))
	}
	kinds := map[quiz.Kind]int{}
	for _, m := range items {
		kinds[m.Item.Kind]++
		m.Item.Status = quiz.StatusReviewed
		if err := m.Item.Check(); err != nil {
			t.Errorf("%s: %v", m.Item.Stem, err)
		}
	}
	for _, k := range quiz.Kinds() {
		if kinds[k] != 2 {
			t.Errorf("%d examples of %s", kinds[k], k)
		}
	}
	p = exchange.Read(exchange.FormatAuto, "sjabloon.csv", exchange.PrintCSV(exchange.Template()))
	if items, skipped := p.Items(proef); len(items) > 0 || len(skipped) != 16 || skipped[0].Why != string(exchange.WhyExample) {
		t.Errorf("the examples go along: %d, skipped %s", len(items), show(skipped))
	}
}

// TestGuess: what is in a file says more than its name.
func TestGuess(t *testing.T) {
	for name, c := range map[string]struct {
		file, src string
		want      exchange.Format
	}{
		"gift":                  {"v.txt", "Wat? {T}", exchange.FormatGIFT},
		"gift by its name":      {"v.gift", "bank: x\nitems:\n{T}", exchange.FormatGIFT},
		"gift with a tag first": {"v.gift", "<p>Wat?</p> {T}", exchange.FormatGIFT},
		"the same in a text":    {"v.txt", "\ufeff<b>Wat?</b> {T}", exchange.FormatGIFT},
		"xml by another name":   {"v.gift", "<quiz></quiz>", exchange.FormatXML},
		"a page":                {"v", "<html></html>", exchange.FormatXML},
		"xml":                   {"v.txt", "\ufeff <?xml version=\"1.0\"?><quiz/>", exchange.FormatXML},
		"yaml":                  {"v.txt", "bank: x\nlanguage: nl\n", exchange.FormatYAML},
		"yaml by its name":      {"v.yml", "x", exchange.FormatYAML},
		"csv":                   {"v.txt", "Code;Soort *;Vraag *\n", exchange.FormatCSV},
		"csv by its name":       {"v.csv", "x", exchange.FormatCSV},
		"xlsx":                  {"v.txt", "PK\x03\x04", exchange.FormatXLSX},
		"a question with words": {"v", "title: een vraag {T}", exchange.FormatGIFT},
	} {
		if got := exchange.Read(exchange.FormatAuto, c.file, []byte(c.src)).Format; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// FuzzCSV holds the law that items of a file that is read come back from it as it is written.
func FuzzCSV(f *testing.F) {
	f.Add([]byte(heads + "a-1;één antwoord;2;Wat?;ja;nee;;1;zo;omdat\n"))
	f.Add([]byte(heads + ";paren;;Wat?;a;b;;;;;1;2;3\n;volgorde;;Zet;a;b;c\n"))
	f.Add([]byte(heads + ";getal;;Hoeveel?;2,5;;;;;;;;;0,5;MB\n;tekst;;Wie?;an*;ann;;;;;;;;;;1\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		made, _ := exchange.ParseSheet("v.csv", src).Items(proef)
		var items []quiz.Item
		for _, m := range made {
			items = append(items, m.Item)
		}
		if len(items) == 0 {
			return
		}
		p := exchange.ParseSheet("v.csv", exchange.PrintCSV(exchange.Sheet(items)))
		again, skipped := p.Items(proef)
		for i := range again {
			if i >= len(items) || !reflect.DeepEqual(again[i].Item, items[i]) {
				t.Fatalf("%s\ncame back as %s", show(items), show(again))
			}
		}
		if len(again) != len(items) || len(p.Faults)+len(skipped) > 0 {
			t.Fatalf("%s came back as %s, faults %s, skipped %s", show(items), show(again), show(p.Faults), show(skipped))
		}
	})
}
