package workbook_test

import (
	"slices"
	"strings"
	"testing"

	"digibrug/data/workbook"

	"pgregory.net/rapid"
)

// TestWrite reads back what was written.
func TestWrite(t *testing.T) {
	draft := workbook.Draft{About: []string{"Uitleg", "Zo gaat het.", "=1+1"}, Tabs: []workbook.Tab{
		{Name: "Personeel", Columns: []workbook.DraftColumn{{Head: "naam", Need: true}, {Head: "vanaf", Day: true}, {Head: "taal", Known: []string{"nl", "en"}}},
			Rows: [][]string{{"=HYPERLINK(1)", "2026-11-23", "nl"}, {"00042", "1890-01-01", ""}, {"a_x000D_b", "straks", "+32 470"}}},
		{Name: "Leeg", Columns: []workbook.DraftColumn{{Head: "dienst"}}}}}
	content, err := workbook.Write(draft)
	if err != nil {
		t.Fatal(err)
	}
	book, err := workbook.Read("start.xlsx", content, workbook.Standard())
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, s := range book.Sheets {
		got.WriteString(s.Name + "\n" + shown(s))
	}
	compare(t, got.String(), `Uitleg
1: A=Zo gaat het.
2: A==1+1
Personeel
1: A=naam * B=vanaf C=taal
2: A==HYPERLINK(1) B=2026-11-23(day) C=nl
3: A=00042 B=1890-01-01
4: A=a_x000D_b B=straks C=+32 470
Leeg
1: A=dienst
`)
}

// TestWriteAnything: texts come back as they were, whatever they are.
func TestWriteAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[=+@'_x0-9A-F a-zé,;"<&>-]{1,20}`), rapid.Just("_x005F_x0041_")).Draw(t, "text")
		content, err := workbook.Write(workbook.Draft{Tabs: []workbook.Tab{{Name: "T", Columns: []workbook.DraftColumn{{Head: "x"}}, Rows: [][]string{{text}}}}})
		if err != nil {
			t.Fatal(err)
		}
		book, err := workbook.Read("t.xlsx", content, workbook.Standard())
		if err != nil {
			t.Fatal(err)
		}
		rows := book.Sheets[0].Rows
		at := slices.IndexFunc(rows, func(r workbook.Row) bool { return r.Number == 2 })
		if at < 0 || rows[at].At(1).Text != text {
			t.Fatalf("%q came back as %+v", text, rows)
		}
	})
}
