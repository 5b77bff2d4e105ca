package takeover_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/courses/takeover"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
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

const (
	halls = `locatie|lokaal|soort|plaatsen|pc's
Dorpshuis|Klas 1|leslokaal|12|10`

	teachers = `lesgever|soort lesgever|telefoon|e-mail|vergoeding per uur|reistijd in minuten|beschikbaar
Rik Verlinden|vrijwilliger|0470 00 11 22||15,00|20|ma-vr 9u-12u; wo 13u-17u
De Digidokter bv|firma||planning@digidokter.example|60||`

	offer = `cursuscode|cursustitel|onderwerp|niveau|doelen|lessen|minuten per les|minimum|maximum|inschrijvingsgeld|raadsbesluit|besluit van|geldt vanaf
foto|Foto's bewaren|Windows en bestanden|starter|een foto draaien; een foto versturen|3|120|2|4|15,00|2025/112|24/6/2025|1/9/2025
rekenblad|Rekenen|rekenblad|basis|een som maken|1|120|2|4||||`

	groups = `lessenreeks|cursus|lesdagen|van|tot|locatie|lokaal|lesgever|plaatsen|minimum|stand|opmerking
25-011|foto|6/10/2025; 13/10/2025; 20/10/2025|14:00|16:00|Dorpshuis|Klas 1|Rik Verlinden|||gegeven|eerste keer
26-900|Rekenen|8/12/2026|9u30|11u30|Dorpshuis|Klas 1|Rik Verlinden; De Digidokter bv|3||open|
26-900|Rekenen|15/12/2026|10u|12u|Bibliotheek|Computerruimte|De Digidokter bv||||`

	crowd = `voornaam|familienaam|soort cursist|telefoon|e-mail|taal|personeelslid
Mieke|Wouters|inwoner|0470 12 34 56|||
Bram|Wouters|niet-inwoner||bram@voorbeeld.example|fr|
Lid|Nummer07|personeel||||Lid Nummer07`

	roll = `lessenreeks|voornaam|familienaam|telefoon|e-mail|ingeschreven op|stand|inschrijvingsgeld|betaald|aanwezig|te laat|verontschuldigd|afwezig
25-011|Mieke|Wouters|||12/9/2025|||betaald|1; 3||2|
25-011|Bram|Wouters||||||te betalen|1||| 2-3
25-011|Lid|Nummer07|||||0|||alle||
26-900|Mieke|Wouters||||wachtlijst||||||`
)

func lastYear(t testing.TB) workbook.Book {
	t.Helper()
	return file(t, "Lokalen", halls, takeover.TrainerSheet, teachers, takeover.CourseSheet, offer, takeover.SeriesSheet, groups, takeover.ParticipantSheet, crowd, takeover.EnrolmentSheet, roll)
}

func store(db *data.DB) *start.Store {
	return start.NewStore(db, append(start.Sheets(), takeover.Sheets()...)...)
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

// rowsOf counts the rows of the tables that a take-over writes.
func rowsOf(t testing.TB, db *data.DB) string {
	t.Helper()
	var out []string
	for _, table := range []string{"courses", "course_fee_rules", "trainers", "participants", "course_series", "course_sessions", "room_quarters", "trainer_quarters", "enrolments",
		"enrolment_events", "attendance", "locations", "rooms", "start_imports", "audit"} {
		var n string
		if err := data.One(t.Context(), db, []any{&n}, `SELECT count(*) FROM `+table); err != nil {
			t.Fatal(err)
		}
		out = append(out, table+" "+n)
	}
	return strings.Join(out, ", ")
}

// TestLastYear: a dry run writes nothing and says what would change; the import does that, in one audit row beside that of
// the import; attests can be made and former participants found; the same file again changes nothing.
func TestLastYear(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		before := rowsOf(t, s.DB)
		p, err := store(s.DB).Plan(t.Context(), datatest.Operator, lastYear(t), start.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		want := `
Lokalen 2 add Klas 1 | organisatie:  → Gemeente Zandwerve | locatie:  → Dorpshuis | soort:  → leslokaal | plaatsen:  → 12 | pc's:  → 10
Lesgevers 2 add Rik Verlinden | soort lesgever:  → vrijwilliger | telefoon:  → 0470 00 11 22 | vergoeding per uur:  → 15,00 | reistijd in minuten:  → 20 | beschikbaar:  → ma; di; do; vr 09:00-12:00; wo 09:00-12:00, 13:00-17:00
Lesgevers 3 add De Digidokter bv | soort lesgever:  → firma | e-mail:  → planning@digidokter.example | vergoeding per uur:  → 60,00
Cursussen 2 add Foto's bewaren | cursustitel:  → Foto's bewaren | onderwerp:  → Windows en bestanden | niveau:  → starter | doelen:  → een foto draaien; een foto versturen | lessen:  → 3 | minuten per les:  → 120 | minimum:  → 2 | maximum:  → 4 | inschrijvingsgeld:  → 15,00 | raadsbesluit:  → 2025/112 | geldt vanaf:  → 2025-09-01
Cursussen 3 add Rekenen | cursustitel:  → Rekenen | onderwerp:  → rekenblad | niveau:  → basis | doelen:  → een som maken | lessen:  → 1 | minuten per les:  → 120 | minimum:  → 2 | maximum:  → 4
Lessenreeksen 2 add 25-011 | cursus:  → Foto's bewaren | lesdagen:  → 6/10/2025; 13/10/2025; 20/10/2025 | locatie:  → Dorpshuis | lokaal:  → Klas 1 | lesgever:  → Rik Verlinden | plaatsen:  → 4 | stand:  → gegeven
Lessenreeksen 3 add 26-900 | cursus:  → Rekenen | lesdagen:  → 8/12/2026; 15/12/2026 | locatie:  → Dorpshuis | lokaal:  → Klas 1 | lesgever:  → Rik Verlinden, De Digidokter bv | plaatsen:  → 3 | stand:  → open
Lessenreeksen 4 add 26-900
Cursisten 2 add Mieke Wouters | soort cursist:  → inwoner | telefoon:  → 0470 12 34 56 | taal:  → nl
Cursisten 3 add Bram Wouters | soort cursist:  → niet-inwoner | e-mail:  → bram@voorbeeld.example | taal:  → fr
Cursisten 4 add Lid Nummer07 | soort cursist:  → personeel | taal:  → nl | personeelslid:  → Lid Nummer07
Inschrijvingen en aanwezigheid 2 add Mieke Wouters | lessenreeks:  → 25-011 | stand:  → ingeschreven | inschrijvingsgeld:  → 15,00 | aanwezig:  → 1; 3 | verontschuldigd:  → 2
Inschrijvingen en aanwezigheid 3 add Bram Wouters | lessenreeks:  → 25-011 | stand:  → ingeschreven | inschrijvingsgeld:  → 15,00 | aanwezig:  → 1 | afwezig:  → 2; 3
Inschrijvingen en aanwezigheid 4 add Lid Nummer07 | lessenreeks:  → 25-011 | stand:  → ingeschreven | inschrijvingsgeld:  → 0,00 | te laat:  → 1; 2; 3
Inschrijvingen en aanwezigheid 5 add Mieke Wouters | lessenreeks:  → 26-900 | stand:  → wachtlijst`
		if got := shown(p); got != strings.TrimSpace(want) {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
		if after := rowsOf(t, s.DB); after != before {
			t.Errorf("the dry run wrote: before %s, after %s", before, after)
		}
		if _, err := store(s.DB).Apply(t.Context(), datatest.Operator, lastYear(t), start.Ask{}, &p); err != nil {
			t.Fatal(err)
		}
		s.Clean()
		used(t, s)
		written := rowsOf(t, s.DB)
		if again := apply(t, s.DB, lastYear(t)); !again.Nothing() {
			t.Errorf("the same file again:\n%s", shown(again))
		}
		if after := rowsOf(t, s.DB); after != written {
			t.Errorf("the same file again wrote: before %s, after %s", written, after)
		}
		if _, err := s.DB.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// used looks at what was taken over with the eyes of those who work with it.
func used(t *testing.T, s *coursestest.School) {
	t.Helper()
	var acts int
	s.OK(data.One(t.Context(), s.DB, []any{&acts}, `SELECT count(*) FROM audit WHERE action IN ('course.takeover', 'start.import')`))
	if acts != 2 {
		t.Errorf("%d audit rows tell of the take-over, want one of its file and one of what it brought", acts)
	}
	old := coursestest.Must(s.SeriesNamed(t.Context(), s.An, "25-011"))(t)
	if old.State != courses.Closed || old.Seats != 4 || old.Note != "eerste keer" {
		t.Errorf("last year's series is %+v, want a closed one with four seats", old)
	}
	earned := map[string]bool{}
	for _, a := range coursestest.Must(s.Attests(t.Context(), s.An, old.ID))(t) {
		earned[a.Participant] = a.Earned
	}
	if fmt.Sprint(earned) != "map[Bram Wouters:false Lid Nummer07:true Mieke Wouters:false]" {
		t.Errorf("attests: %v", earned)
	}
	var former []string
	for _, f := range coursestest.Must(s.Formers(t.Context(), s.An, "", ""))(t) {
		former = append(former, f.Name()+" "+f.On)
	}
	if !slices.Equal(former, []string{"Lid Nummer07 2025-10-20", "Bram Wouters 2025-10-20"}) {
		t.Errorf("former participants: %v, want all but Mieke, who waits for a seat now", former)
	}
	hours := coursestest.Must(s.Hours(t.Context(), s.An, "2025-10"))(t)
	if len(hours) != 1 || hours[0].Trainer != "Rik Verlinden" || hours[0].Minutes != 360 || hours[0].Cents != 9000 {
		t.Errorf("hours of October: %+v", hours)
	}
	next := coursestest.Must(s.SeriesNamed(t.Context(), s.An, "26-900"))(t)
	if next.State != courses.Published || next.Seats != 3 || next.Least != 2 {
		t.Errorf("the series to come is %+v, want an open one with three seats", next)
	}
	paid := map[string]courses.Paid{}
	for _, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, old.ID))(t) {
		paid[e.Participant] = e.Paid
	}
	if fmt.Sprint(paid) != "map[Bram Wouters:due Lid Nummer07:free Mieke Wouters:paid]" {
		t.Errorf("paid: %v", paid)
	}
	if lapsed, moved, err := s.Tidy(t.Context(), s.An); err != nil || lapsed != 0 || moved != 1 {
		t.Errorf("tidy: %d lapsed, %d moved, %v; want Mieke to be offered a seat", lapsed, moved, err)
	}
	s.Clean()
}
