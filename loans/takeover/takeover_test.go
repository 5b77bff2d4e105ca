package takeover_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
	"digibrug/loans"
	"digibrug/loans/takeover"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// file makes a workbook of tabs: a name and its rows with | between cells, in turns.
func file(t testing.TB, tabs ...string) workbook.Book {
	t.Helper()
	b := workbook.Book{Name: "start.xlsx", Hash: fmt.Sprintf("%064x", len(strings.Join(tabs, "")))}
	for i := 0; i < len(tabs); i += 2 {
		sheet := workbook.Sheet{Name: tabs[i]}
		for n, line := range strings.Split(strings.TrimSpace(tabs[i+1]), "\n") {
			row := workbook.Row{Number: n + 1}
			for c, cell := range strings.Split(line, "|") {
				row.Cells = append(row.Cells, workbook.Cell{Column: c + 1, Text: cell})
			}
			sheet.Rows = append(sheet.Rows, row)
		}
		b.Sheets = append(b.Sheets, sheet)
	}
	return b
}

const places = `organisatie|soort
Gemeente Zandwerve|gemeente
OCMW Zandwerve|ocmw`

const rooms = `locatie|organisatie|lokaal|soort
Bibliotheek|Gemeente Zandwerve|Balie|balie`

const fleet = `naam|soort toestel|serienummer|toebehoren|aankoopdatum|aankoopprijs|garantie tot|eigenaar|locatie|stand bij overname|opmerking
LT-001|laptop|SN1|lader 25; muis 7,50; tas|1/9/2025|549,00|31/8/2028|OCMW|Bibliotheek|klaar|kras
LT-002|laptop|SN2|lader 25|2025-09-01|549||||klaar|
LT-003|laptop|||||||Bibliotheek||
TB-001|Tablet||||320|||Bibliotheek|in herstelling|`

const paper = `toestel|voornaam|familienaam|soort ontlener|telefoon|gezin|ouder of voogd|geboortemaand|uitgeleend op|terug op|waarborg|betaald met|opmerking
LT-001|Mieke|Wouters|inwoner|0470 12 34 56|Dorp 3|||2/11/2026|30/11/2026|50|cash|kabel hersteld
LT-002|Bram|Wouters|minderjarige||Dorp 3|Mieke Wouters|2013-04|2026-11-09|7/12/2026||
`

func store(db *data.DB) *start.Store {
	return start.NewStore(db, takeover.Workbook()...)
}

func shown(p start.Plan) string {
	var out strings.Builder
	for _, one := range p.Problems {
		fmt.Fprintf(&out, "! %s %s%d %s: %s want %q got %q\n", one.Sheet, one.Column, one.Row, one.Field, one.Why, one.Want, one.Got)
	}
	for _, c := range p.Changes {
		if c.Kind == start.Same {
			continue
		}
		fmt.Fprintf(&out, "%s %d %s %s", c.Sheet, c.Row, c.Kind, c.What)
		for _, d := range c.Deltas {
			fmt.Fprintf(&out, " | %s: %s → %s", d.Field, d.From, d.To)
		}
		out.WriteByte('\n')
	}
	return strings.TrimSpace(out.String())
}

func apply(t testing.TB, db *data.DB, b workbook.Book) start.Plan {
	t.Helper()
	p, err := store(db).Apply(t.Context(), datatest.Operator, b, start.Ask{}, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, shown(p))
	}
	return p
}

func dayOne(t testing.TB) workbook.Book {
	t.Helper()
	fleet := strings.Replace(fleet, "549||||klaar|", "549|||Bibliotheek|klaar|", 1)
	return file(t, "Organisaties", places, "Lokalen", rooms, "Toestellen", fleet, "Open uitleningen", paper)
}

// TestDayOne: devices and what is out on paper come in with their own days and money; the same file again changes
// nothing, also when a device came back meanwhile.
func TestDayOne(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := apply(t, db, dayOne(t))
		want := `
Toestellen 2 add LT-001 | soort toestel:  → laptop | serienummer:  → SN1 | toebehoren:  → lader 25,00; muis 7,50; tas | aankoopdatum:  → 2025-09-01 | aankoopprijs:  → 549,00 | garantie tot:  → 2028-08-31 | eigenaar:  → OCMW Zandwerve | locatie:  → Bibliotheek | stand bij overname:  → klaar | opmerking:  → kras`
		if got := shown(p); !strings.Contains(got, strings.TrimSpace(want)) {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		s := loans.NewStore(db)
		out, err := s.OpenNow(t.Context(), datatest.Operator)
		if err != nil || len(out) != 2 {
			t.Fatalf("%d loans are out, %v, want 2", len(out), err)
		}
		first := out[0]
		if first.Device != "LT-001" || first.LentOn != "2026-11-02" || first.DueOn != "2026-11-30" || first.Borrower != "Mieke Wouters" || first.DepositCents != 5000 || first.Why == "" {
			t.Errorf("got %+v, want LT-001 from 2/11 to 30/11 with 50 euro", first)
		}
		_, balance, err := s.Ledger(t.Context(), datatest.Operator, first.ID)
		if err != nil || balance.Held != 5000 || balance.Owed != 0 {
			t.Errorf("the ledger says %+v, %v, want 50 euro held", balance, err)
		}
		sheets, err := s.DaySheets(t.Context(), datatest.Operator, "2026-11-23")
		for _, one := range sheets {
			if len(one.Lines) > 0 {
				t.Errorf("what was paid in the past stands on today's sheet: %+v", one)
			}
		}
		if err != nil {
			t.Error(err)
		}
		if second := out[1]; second.Borrower != "Bram Wouters" || second.Category != loans.Minor || second.DueOn != "2026-12-07" {
			t.Errorf("got %+v, want Bram, a minor, due on 7/12", second)
		}
		if _, err := s.Return(t.Context(), datatest.Operator, loans.ReturnAsk{Loan: first.ID}); err != nil {
			t.Fatal(err)
		}
		if again := apply(t, db, dayOne(t)); !again.Nothing() {
			t.Errorf("the same file again:\n%s", shown(again))
		}
		if found, err := s.Check(t.Context(), datatest.Operator); err != nil || len(found) > 0 {
			t.Errorf("violated: %v %v", found, err)
		}
		if _, err := db.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestReadBack: what the house has, written as a workbook and read again, changes nothing; a change in it does.
func TestReadBack(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	apply(t, db, dayOne(t))
	draft, err := store(db).Template(t.Context(), datatest.Operator, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(draft.Tabs, func(tab workbook.Tab) bool { return tab.Name == takeover.DeviceSheet })
	if len(draft.Tabs[at].Rows) != 4 {
		t.Fatalf("%d devices are in the workbook, want 4", len(draft.Tabs[at].Rows))
	}
	read := func() start.Plan {
		content, err := workbook.Write(draft)
		if err != nil {
			t.Fatal(err)
		}
		b, err := workbook.Read("start.xlsx", content, workbook.Standard())
		if err != nil {
			t.Fatal(err)
		}
		return apply(t, db, b)
	}
	if p := read(); !p.Nothing() {
		t.Errorf("read back, the house changes:\n%s", shown(p))
	}
	draft.Tabs[at].Rows[0][0], draft.Tabs[at].Rows[0][4], draft.Tabs[at].Rows[0][11] = "LT-001b", "lader 30", "-"
	want := "Toestellen 2 change LT-001 | naam: LT-001 → LT-001b | toebehoren: lader 25,00; muis 7,50; tas → lader 30,00 | opmerking: kras → "
	if got := shown(read()); got != strings.TrimSpace(want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if p := read(); !p.Nothing() {
		t.Errorf("the change again:\n%s", shown(p))
	}
}

// TestProblems: every problem is told with its place, and nothing is written.
func TestProblems(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	apply(t, db, dayOne(t))
	p, err := store(db).Plan(t.Context(), datatest.Operator, file(t, "Toestellen", `naam|soort toestel|inventarisnummer|toebehoren|aankoopdatum|aankoopprijs|eigenaar|locatie|stand bij overname
|laptop|||||||
LT-010|||||||Bibliotheek|
LT-011|laptop|99 00001 2||||||
LT-012|laptop|10 00099 0||||||
LT-013|laptop|||31/2/2025|gratis|Gemeente Elders|Bibliotheek|kapot
LT-001|||||||Bibliotheek|
LT-001|||||||Bibliotheek|
`, "Open uitleningen", `toestel|voornaam|familienaam|soort ontlener|telefoon|ouder of voogd|geboortemaand|uitgeleend op|terug op|waarborg|betaald met
LT-001|Dirk|Maes|inwoner|0470 00 00 01|||2026-11-03|2026-12-01|60|cash
LT-003|Dirk|Maes|inwoner|0470 00 00 01|||2026-12-24|2026-12-31|60|cash
LT-003|Dirk|Maes|inwoner|||||||
LT-003|Dirk|Maes|klant|0470 00 00 01|||3/11/2026|1/11/2026|veel|ruil
LT-404|Dirk|Maes|inwoner|0470 00 00 01|||2026-11-03|2026-12-01||
TB-001|Dirk|Maes|inwoner|0470 00 00 01|||2026-11-03|2026-12-01||
LT-003|Kim|Maes|minderjarige||Niemand Bekend|2014-02|2026-11-03|2026-12-01||
`), start.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	want := `
! Toestellen A2 naam: empty want "" got ""
! Toestellen B3 soort toestel: takeover.no_type want "" got ""
! Toestellen C4 inventarisnummer: loans.number_check want "" got "99000012"
! Toestellen C5 inventarisnummer: takeover.number want "" got "10 00099 0"
! Toestellen E6 aankoopdatum: workbook.year want "" got "31/2/2025"
! Toestellen F6 aankoopprijs: euro want "" got "gratis"
! Toestellen G6 eigenaar: start.unknown want "" got "Gemeente Elders"
! Toestellen I6 stand bij overname: not_one_of want "klaar, in voorraad, te wissen, in herstelling, buiten gebruik" got "kapot"
! Toestellen A8 naam: start.same_row want "7" got "LT-001"
! Open uitleningen A2 toestel: takeover.out want "2026-11-02" got "Mieke Wouters"
! Open uitleningen H3 uitgeleend op: takeover.future want "2026-11-23" got "2026-12-24"
! Open uitleningen H4 uitgeleend op: empty want "" got ""
! Open uitleningen I4 terug op: empty want "" got ""
! Open uitleningen D5 soort ontlener: not_one_of want "inwoner, cursist, vereniging, personeelslid, minderjarige" got "klant"
! Open uitleningen I5 terug op: early want "2026-11-03" got "2026-11-01"
! Open uitleningen J5 waarborg: euro want "" got "veel"
! Open uitleningen K5 betaald met: not_one_of want "cash, Bancontact, overschrijving" got "ruil"
! Open uitleningen A6 toestel: takeover.no_device want "" got "LT-404"
! Open uitleningen A7 toestel: takeover.not_there want "in herstelling" got "TB-001"
! Open uitleningen A8 toestel: takeover.twice want "5" got "LT-003"
! Open uitleningen F8 ouder of voogd: takeover.guardian want "" got "Niemand Bekend"`
	var told []string
	for line := range strings.SplitSeq(shown(p), "\n") {
		if strings.HasPrefix(line, "!") {
			told = append(told, line)
		}
	}
	if got := strings.Join(told, "\n"); got != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	before := len(must(loans.NewStore(db).Devices(t.Context(), datatest.Operator))(t))
	if before != 4 {
		t.Errorf("%d devices, want the 4 of before", before)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
