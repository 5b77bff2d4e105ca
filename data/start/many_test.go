package start_test

import (
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
)

const many = 5000

// bigFile is a workbook of many people in 50 services, with a log-in each and a head per service, as an XLSX file.
// job is everybody's function.
func bigFile(t testing.TB, job string) []byte {
	t.Helper()
	tabs := []workbook.Tab{{Name: "Organisaties"}, {Name: "Diensten"}, {Name: "Personeel"}}
	for i, heads := range []string{"organisatie;soort", "organisatie;dienst;hoofd", "personeelsnummer;voornaam;familienaam;dienst;organisatie;functie;breuk;vanaf;log-in;rollen;taal"} {
		for _, head := range strings.Split(heads, ";") {
			tabs[i].Columns = append(tabs[i].Columns, workbook.DraftColumn{Head: head, Day: head == "vanaf"})
		}
	}
	tabs[0].Rows = [][]string{{"Gemeente Zandwerve", "gemeente"}, {"OCMW Zandwerve", "OCMW"}}
	for i := range 50 {
		tabs[1].Rows = append(tabs[1].Rows, []string{"Gemeente Zandwerve", fmt.Sprintf("Dienst %d", i), fmt.Sprint(10_000 + i)})
	}
	for i := range many {
		tabs[2].Rows = append(tabs[2].Rows, []string{fmt.Sprint(10_000 + i), fmt.Sprintf("Voornaam%d", i%700), fmt.Sprintf("Van den Familie%d", i%900), fmt.Sprintf("Dienst %d", i%50),
			"Gemeente Zandwerve", job, "80 %", "2020-01-01", fmt.Sprintf("p%d", i), "medewerker", "nl"})
	}
	content, err := workbook.Write(workbook.Draft{Tabs: tabs})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func read(t testing.TB, content []byte) workbook.Book {
	t.Helper()
	b, err := workbook.Read("start.xlsx", content, workbook.Standard())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestFiveThousand: 5,000 people come in at once, all of them change at once, and all but one leave.
func TestFiveThousand(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		town(t, db)
		b := read(t, bigFile(t, "klerk"))
		p := apply(t, db, b, start.Ask{Leavers: start.Keep})
		if n := p.Count("Personeel", start.Added); n != many {
			t.Errorf("%d people were added, want %d", n, many)
		}
		if again := plan(t, db, b, start.Ask{}); !again.Nothing() || len(again.Leavers) != 1 {
			t.Errorf("again: %d added, %d changed, %d leave", again.Count("", start.Added), again.Count("", start.Changed), len(again.Leavers))
		}
		if p = apply(t, db, read(t, bigFile(t, "bediende")), start.Ask{}); p.Count("", start.Changed) != many {
			t.Errorf("%d changed, want %d", p.Count("", start.Changed), many)
		}
		for table, want := range map[string]int{"persons": many + 1, "employments": many + 1, "accounts": many + 1, "account_roles": many + 2} {
			var n int
			if err := data.One(t.Context(), db, []any{&n}, `SELECT count(*) FROM `+table); err != nil || n != want {
				t.Errorf("%s: %d rows, %v, want %d", table, n, err, want)
			}
		}
		if rows, err := db.VerifyAudit(t.Context()); err != nil || rows < 4*many {
			t.Errorf("audit of %d rows: %v", rows, err)
		}
	})
}

// BenchmarkImport is what people wait for: reading the file, the preview, and the writing.
func BenchmarkImport(b *testing.B) {
	content, changed := bigFile(b, "klerk"), bigFile(b, "bediende")
	for engine, open := range map[string]func(testing.TB) string{"sqlite": datatest.SQLite, "postgres": datatest.Postgres} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				db := datatest.Open(b, open(b))
				town(b, db)
				b.StartTimer()
				seen := plan(b, db, read(b, content), start.Ask{})
				if _, err := store(db).Apply(b.Context(), datatest.Operator, read(b, content), start.Ask{}, &seen); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(engine+"/changed", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				db := datatest.Open(b, open(b))
				town(b, db)
				apply(b, db, read(b, content), start.Ask{})
				b.StartTimer()
				plan(b, db, read(b, changed), start.Ask{})
				apply(b, db, read(b, changed), start.Ask{})
			}
		})
	}
}
