package takeover_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/courses/takeover"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
)

// TestProblems: every problem is told with its place, and nothing is written.
func TestProblems(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		apply(t, s.DB, lastYear(t))
		mia := s.Mia
		mia.Leave = []courses.Leave{{First: "2026-12-09", Last: "2026-12-09"}}
		coursestest.Must(s.PutTrainer(t.Context(), s.An, mia))(t)
		before := rowsOf(t, s.DB)
		b := file(t, takeover.TrainerSheet, `lesgever|soort lesgever|e-mail|vergoeding per uur|beschikbaar|personeelslid
|firma||||
Els Maes|robot||||
Els Peeters|firma|geen adres|||
Els Claes|firma||veel||
Els Baert|firma|||maandag soms|
Els Bos|firma|||maandag|
Els Cools|personeelslid||||Niemand Hier
Rik Verlinden|firma||||
rik verlinden|firma||||
`, takeover.CourseSheet, `cursuscode|cursustitel|onderwerp|niveau|doelen|lessen|minuten per les|minimum|maximum|inschrijvingsgeld|raadsbesluit|besluit van
Foto cursus|Foto||||||||||
nieuw|||||||||||
nieuw|Nieuw|koken|starter|iets|1|60|1|5|||
leeg|Leeg|||||||||
veel|Veel|rekenblad|basis|iets|1|60|9|5|||
uren|Uren|rekenblad|basis|iets|100|60|1|5|||
foto|Foto's bewaren||||||||20,00|2026/1|1/1/2026
geld|Geld|rekenblad|basis|iets|1|60|1|5|10||
`, takeover.SeriesSheet, `lessenreeks|cursus|lesdagen|van|tot|locatie|lokaal|lesgever|plaatsen|minimum|stand
27-001|koken|1/2/2027|9u|11u|Dorpshuis|Klas 1||||
27-002|foto||9u|11u|Dorpshuis|Klas 1||||
27-003|foto|31/2/2027|9u|11u|Dorpshuis|Klas 1||||
27-004|foto|1/2/2027|negen|11u|Dorpshuis|Klas 1||||
27-005|foto|1/2/2027|11u|9u|Dorpshuis|Klas 1||||
27-006|foto|1/2/2027|9u10|11u|Dorpshuis|Klas 1||||
27-007|foto|1/2/2027|9u|11u|Dorpshuis|Zolder||||
27-008|foto|1/2/2027|9u|11u|Dorpshuis|Klas 1|Niemand Hier|||
27-009|foto|1/2/2027|9u|11u|Dorpshuis|Klas 1||3|9|
27-010|foto|1/2/2027|9u|11u|Dorpshuis|Klas 1||||gegeven
25-012|foto|6/10/2025|15u|17u|Dorpshuis|Klas 1||||
25-013|foto|6/10/2025|15u|17u|Bibliotheek|Vergaderzaal|Rik Verlinden|||
25-014|foto|7/10/2025|15u|17u|Bibliotheek|Vergaderzaal||||open
26-901|foto|9/12/2026|14u|16u|Bibliotheek|Vergaderzaal|Mia Vermeulen|||
26-902|foto|8/12/2026|10u|12u|Bibliotheek|Vergaderzaal|De Digidokter bv|||
25-011|Rekenen|6/10/2025|14u|16u|Dorpshuis|Klas 1||||
25-011|foto|7/10/2025|14u|16u|Dorpshuis|Klas 1||||
25-015|foto|28/3/2027|2u30|4u|Bibliotheek|Vergaderzaal||||
`, takeover.ParticipantSheet, `voornaam|familienaam|soort cursist|telefoon|e-mail|taal|personeelslid
Jo||inwoner|0470 99 99 99|||
Jo|Nys|klant|0470 99 99 99|||
Jo|Aerts|inwoner||||
Jo|Bal|inwoner||jo bal||
Jo|Cuyt|inwoner|0470 99 99 98||de|
Jo|Dox|personeel||||Niemand Hier
Mieke|Wouters|inwoner|0470 12 34 56|||
mieke|wouters|inwoner|0032 470 12 34 56|||
`, takeover.EnrolmentSheet, `lessenreeks|voornaam|familienaam|telefoon|ingeschreven op|stand|inschrijvingsgeld|betaald|aanwezig|te laat|verontschuldigd|afwezig
25-999|Mieke|Wouters|||||||||
25-011|Piet|Snot|||||||||
|Mieke|Wouters|||||||||
26-900|Bram|Wouters||1/1/2027|bezig|tien|geruild||||
26-900|Lid|Nummer07||||||1|||
25-011|Mieke|Wouters||||||1-9|||
25-011|Bram|Wouters||||||1; 2|2||
25-011|Bram|Wouters|||||||||
`)
		p, err := store(s.DB).Plan(t.Context(), datatest.Operator, b, start.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		want := `
! Lesgevers A2 lesgever: empty want "" got ""
! Lesgevers B3 soort lesgever: not_one_of want "personeelslid, vrijwilliger, firma" got "robot"
! Lesgevers C4 e-mail: courses.mail want "" got "geen adres"
! Lesgevers D5 vergoeding per uur: euro want "" got "veel"
! Lesgevers E6 beschikbaar: calendar.hours want "" got "maandag soms"
! Lesgevers E7 beschikbaar: calendar.hours want "" got "maandag"
! Lesgevers F8 personeelslid: start.unknown want "" got "Niemand Hier"
! Lesgevers A10 lesgever: start.same_row want "9" got "rik verlinden"
! Cursussen A2 cursuscode: courses.code want "" got "foto cursus"
! Cursussen B3 cursustitel: empty want "" got ""
! Cursussen C4 onderwerp: not_one_of want "Windows en bestanden, tekstverwerking, rekenblad, e-mail en agenda, internet, veiligheid, samenwerken, problemen oplossen" got "koken"
! Cursussen E5 doelen: courses.count want "1 … 8" got "0"
! Cursussen H6 minimum: courses.least want "5" got "9"
! Cursussen F7 lessen: number want "0 … 60" got "100"
! Cursussen J8 inschrijvingsgeld: coursetake.fee_set want "15,00" got "20,00"
! Cursussen K9 raadsbesluit: courses.decision want "" got ""
! Lessenreeksen B2 cursus: coursetake.no_course want "" got "koken"
! Lessenreeksen C3 lesdagen: empty want "" got ""
! Lessenreeksen C4 lesdagen: workbook.year want "" got "31/2/2027"
! Lessenreeksen D5 van: calendar.time want "" got "negen"
! Lessenreeksen D6 van: calendar.order want "" got "11:00-09:00"
! Lessenreeksen D7 van: courses.quarter want "" got "09:10-11:00"
! Lessenreeksen G8 lokaal: coursetake.no_room want "Dorpshuis" got "Zolder"
! Lessenreeksen H9 lesgever: coursetake.no_trainer want "" got "Niemand Hier"
! Lessenreeksen J10 minimum: number want "0 … 3" got "9"
! Lessenreeksen K11 stand: coursetake.stand want "" got "gegeven"
! Lessenreeksen G12 lokaal: coursetake.room_taken want "6/10/2025 15:00 (25-011)" got "Klas 1"
! Lessenreeksen H13 lesgever: coursetake.trainer_taken want "6/10/2025 15:00 (25-011)" got "Rik Verlinden"
! Lessenreeksen K14 stand: coursetake.stand want "" got "open"
! Lessenreeksen H15 lesgever: coursetake.trainer_away want "9/12/2026 14:00" got "Mia Vermeulen"
! Lessenreeksen H16 lesgever: coursetake.trainer_taken want "8/12/2026 10:00 (26-900)" got "De Digidokter bv"
! Lessenreeksen B17 cursus: coursetake.other_course want "Foto's bewaren" got "25-011"
! Lessenreeksen C18 lesdagen: coursetake.differs want "" got "25-011"
! Lessenreeksen D19 van: calendar.gap want "" got "2027-03-28 02:30"
! Cursisten B2 familienaam: empty want "" got ""
! Cursisten C3 soort cursist: not_one_of want "inwoner, niet-inwoner, personeel, personeel niet-administratief, andere organisatie" got "klant"
! Cursisten D4 telefoon: courses.no_contact want "" got ""
! Cursisten E5 e-mail: courses.mail want "" got "jo bal"
! Cursisten F6 taal: not_one_of want "nl, en, fr" got "de"
! Cursisten G7 personeelslid: start.unknown want "" got "Niemand Hier"
! Cursisten B9 familienaam: start.same_row want "8" got "Mieke Wouters"
! Inschrijvingen en aanwezigheid A2 lessenreeks: coursetake.no_series want "" got "25-999"
! Inschrijvingen en aanwezigheid C3 familienaam: coursetake.nobody want "" got "Piet Snot"
! Inschrijvingen en aanwezigheid A4 lessenreeks: empty want "" got ""
! Inschrijvingen en aanwezigheid E5 ingeschreven op: coursetake.future want "2026-11-23" got "2027-01-01"
! Inschrijvingen en aanwezigheid F5 stand: not_one_of want "ingeschreven, wachtlijst, geannuleerd" got "bezig"
! Inschrijvingen en aanwezigheid G5 inschrijvingsgeld: euro want "" got "tien"
! Inschrijvingen en aanwezigheid H5 betaald: not_one_of want "betaald, te betalen, kwijtgescholden" got "geruild"
! Inschrijvingen en aanwezigheid I6 aanwezig: coursetake.ahead want "" got "1"
! Inschrijvingen en aanwezigheid I7 aanwezig: coursetake.lessons want "3" got "1-9"
! Inschrijvingen en aanwezigheid J8 te laat: coursetake.both want "aanwezig" got "2"
! Inschrijvingen en aanwezigheid C9 familienaam: start.same_row want "8" got "Bram Wouters"`
		compareProblems(t, p, want)
		if _, err := store(s.DB).Apply(t.Context(), datatest.Operator, b, start.Ask{}, nil); !errors.Is(err, start.ErrProblems) {
			t.Errorf("Apply gives %v, want ErrProblems", err)
		}
		if after := rowsOf(t, s.DB); after != before {
			t.Errorf("before %s, after %s", before, after)
		}
	})
}

func compareProblems(t *testing.T, p start.Plan, want string) {
	t.Helper()
	got := strings.Split(shown(start.Plan{Problems: p.Problems}), "\n")
	wanted := strings.Split(strings.TrimSpace(want), "\n")
	for i := range max(len(got), len(wanted)) {
		switch {
		case i >= len(got):
			t.Errorf("missing %s", wanted[i])
		case i >= len(wanted):
			t.Errorf("too much %s", got[i])
		case got[i] != wanted[i]:
			t.Errorf("got  %s\nwant %s", got[i], wanted[i])
		}
	}
}

// TestSeats: more people than seats, somebody in two lessons at once, namesakes, and somebody for whom the course isn't.
func TestSeats(t *testing.T) {
	db := datatest.SQLite(t)
	s := coursestest.New(t, db)
	staff := s.Email
	staff.Audience.Who = []courses.Category{courses.Staff}
	coursestest.Must(s.PutCourse(t.Context(), s.An, staff))(t)
	apply(t, s.DB, lastYear(t))
	for _, phone := range []string{"0470 00 01 01", "0470 00 01 02"} {
		coursestest.Must(s.PutParticipant(t.Context(), s.An, courses.Participant{Given: "An", Family: "Daems", Phone: phone, Category: courses.Resident}))(t)
	}
	p, err := store(s.DB).Plan(t.Context(), datatest.Operator, file(t, takeover.SeriesSheet, `lessenreeks|cursus|lesdagen|van|tot|locatie|lokaal|plaatsen
27-001|foto|1/2/2027|9u|11u|Dorpshuis|Klas 1|1
27-002|foto|1/2/2027|10u|12u|Bibliotheek|Vergaderzaal|5
27-003|email|2/2/2027|10u|12u|Bibliotheek|Vergaderzaal|5
`, takeover.EnrolmentSheet, `lessenreeks|voornaam|familienaam|telefoon|stand
27-001|Mieke|Wouters||
27-001|Bram|Wouters||
27-002|Mieke|Wouters||
27-003|Mieke|Wouters||
27-002|An|Daems||
27-002|An|Daems|+32 470 00 01 02|
27-002|An|Daems|0470 00 01 03|
25-011|An|Daems|0470 00 01 01|wachtlijst
`), start.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	compareProblems(t, p, `
! Inschrijvingen en aanwezigheid A3 lessenreeks: coursetake.full want "1" got "27-001"
! Inschrijvingen en aanwezigheid A4 lessenreeks: coursetake.busy want "27-001" got "Mieke Wouters"
! Inschrijvingen en aanwezigheid A5 lessenreeks: courses.audience want "staff" got "resident"
! Inschrijvingen en aanwezigheid C6 familienaam: coursetake.namesakes want "" got "An Daems"
! Inschrijvingen en aanwezigheid C8 familienaam: coursetake.nobody want "" got "An Daems"
! Inschrijvingen en aanwezigheid E9 stand: coursetake.stand want "" got "wachtlijst"`)
}

// TestKept: names end when they would have ended had the people enrolled here, and a list doesn't bring them back.
func TestKept(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		apply(t, s.DB, lastYear(t))
		day := func(text string) time.Time { return coursestest.Day(t, text).Add(12 * time.Hour) }
		unlink := func() int { return coursestest.Must(s.Unlink(t.Context(), datatest.Operator))(t) }
		s.Clock.Forward(day("2028-10-19").Sub(s.Clock.Now()))
		if n := unlink(); n != 0 {
			t.Errorf("%d names went three years after the last lesson but a day", n)
		}
		s.Clock.Forward(day("2028-10-22").Sub(s.Clock.Now()))
		if n := unlink(); n != 2 { // Mieke waits for a series that ended later
			t.Errorf("%d names went, want those of Bram and of who works here", n)
		}
		p, err := store(s.DB).Plan(t.Context(), datatest.Operator, file(t, takeover.ParticipantSheet, crowd, takeover.EnrolmentSheet, strings.ReplaceAll(roll, "26-900", "25-011")), start.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		compareProblems(t, p, `
! Inschrijvingen en aanwezigheid A3 lessenreeks: coursetake.kept want "2025-10-23" got "Bram Wouters"
! Inschrijvingen en aanwezigheid A4 lessenreeks: coursetake.kept want "2025-10-23" got "Lid Nummer07"
! Inschrijvingen en aanwezigheid C5 familienaam: start.same_row want "2" got "Mieke Wouters"`)
		s.Clean()
	})
}

// TestFilledIn: a second list may bring what the first didn't say, and changes nothing that the house said.
func TestFilledIn(t *testing.T) {
	db := datatest.SQLite(t)
	s := coursestest.New(t, db)
	apply(t, s.DB, lastYear(t))
	old := coursestest.Must(s.SeriesNamed(t.Context(), s.An, "25-011"))(t)
	_, sessions, rows, err := s.Attendance(t.Context(), s.An, old.ID)
	s.OK(err)
	for _, r := range rows {
		if r.Participant == "Bram Wouters" {
			s.OK(s.Mark(t.Context(), s.An, sessions[1].ID, r.ID, courses.Excused))
			s.OK(s.Mark(t.Context(), s.An, sessions[2].ID, r.ID, ""))
		}
	}
	p := apply(t, s.DB, file(t, takeover.TrainerSheet, "lesgever|soort lesgever|telefoon|vergoeding per uur\nRik Verlinden|vrijwilliger|-|18\n",
		takeover.ParticipantSheet, "voornaam|familienaam|soort cursist|telefoon|e-mail\nMieke|Wouters|inwoner|0032 470 12 34 56|mieke@voorbeeld.example\n",
		takeover.EnrolmentSheet, "lessenreeks|voornaam|familienaam|aanwezig\n25-011|Bram|Wouters|alle\n"))
	want := `
Lesgevers 2 change Rik Verlinden | telefoon: 0470 00 11 22 →  | vergoeding per uur: 15,00 → 18,00
Cursisten 2 change Mieke Wouters | e-mail:  → mieke@voorbeeld.example
Inschrijvingen en aanwezigheid 2 change Bram Wouters | aanwezig:  → 3`
	if got := shown(p); got != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	_, _, rows, err = s.Attendance(t.Context(), s.An, old.ID)
	s.OK(err)
	for _, r := range rows {
		if r.Participant == "Bram Wouters" && (r.Marks[sessions[1].ID] != courses.Excused || r.Marks[sessions[2].ID] != courses.Present) {
			t.Errorf("Bram's marks: %v, want excused as the desk said, and present as the list says", r.Marks)
		}
	}
	s.Clean()
}

// TestReadBack: what the house has, written as a workbook and read again, changes nothing.
func TestReadBack(t *testing.T) {
	s := coursestest.New(t, datatest.SQLite(t))
	apply(t, s.DB, lastYear(t))
	draft, err := store(s.DB).Template(t.Context(), datatest.Operator, true, nil)
	s.OK(err)
	rows := map[string]int{}
	for _, tab := range draft.Tabs {
		rows[tab.Name] = len(tab.Rows)
	}
	if rows[takeover.TrainerSheet] != 4 || rows[takeover.CourseSheet] != 3 || rows[takeover.ParticipantSheet] != 0 || rows[takeover.EnrolmentSheet] != 0 {
		t.Errorf("the workbook has %v rows, want all trainers and courses, and nobody's name", rows)
	}
	content, err := workbook.Write(draft)
	s.OK(err)
	b, err := workbook.Read("start.xlsx", content, workbook.Standard())
	s.OK(err)
	if p := apply(t, s.DB, b); !p.Nothing() {
		t.Errorf("read back, the house changes:\n%s", shown(p))
	}
}

// TestTemplate: the examples of an empty workbook are read as nothing, and would be good rows without their mark.
func TestTemplate(t *testing.T) {
	s := coursestest.New(t, datatest.SQLite(t))
	draft, err := store(s.DB).Template(t.Context(), datatest.Operator, false, nil)
	s.OK(err)
	read := func() start.Plan {
		content, err := workbook.Write(draft)
		s.OK(err)
		b, err := workbook.Read("start.xlsx", content, workbook.Standard())
		s.OK(err)
		return coursestest.Must(store(s.DB).Plan(t.Context(), datatest.Operator, b, start.Ask{}))(t)
	}
	if p := read(); len(p.Changes)+len(p.Problems) != 0 {
		t.Errorf("the examples count:\n%s", shown(p))
	}
	for i, tab := range draft.Tabs {
		if tab.Name == start.PeopleSheet || tab.Name == start.ServiceSheet || tab.Name == start.HoursSheet || tab.Name == start.OrganisationSheet {
			draft.Tabs[i].Rows = nil
		}
		for _, row := range tab.Rows {
			row[0] = strings.TrimPrefix(row[0], "voorbeeld: ")
			for c, cell := range row { // who works in Zandwerve doesn't work here, and neither does its Bibliotheek lie here
				row[c] = strings.NewReplacer("Gemeente Zandwerve", "", "Anke Daems", "").Replace(cell)
			}
			if tab.Name == takeover.ParticipantSheet && row[1] == "Daems" {
				row[3] = "0470 00 00 09"
			}
		}
	}
	if p := read(); len(p.Problems) != 0 {
		t.Errorf("the examples are wrong:\n%s", shown(start.Plan{Problems: p.Problems}))
	}
}

// TestHostile: formulas, control bytes, cells that a spreadsheet turned round and far too much of anything change nothing
// but a sentence.
func TestHostile(t *testing.T) {
	s := coursestest.New(t, datatest.SQLite(t))
	apply(t, s.DB, lastYear(t))
	nasty := []string{"=HYPERLINK(\"http://kwaad.example\")", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\x1b[2J\x1b]0;kwaad\x07", strings.Repeat("é", 4000), "1;" + strings.Repeat("1-3;", 3000),
		"99999999999999999999", "1-99999999999", "\u202egnippilf", "';DROP TABLE enrolments;--", "\x00", "{{.got}}", "25-011\x1b[31m"}
	for _, sheet := range takeover.Sheets() {
		for at, f := range sheet.Fields() {
			for turn := range 4 {
				text := nasty[(4*at+turn)%len(nasty)] // each field a part of them: all together are minutes
				b := lastYear(t)
				for n := range b.Sheets {
					if b.Sheets[n].Name != sheet.Name() {
						continue
					}
					for c, head := range b.Sheets[n].Rows[0].Cells {
						if head.Text == f.Head {
							b.Sheets[n].Rows[1].Cells[c].Text = text
						}
					}
				}
				p, err := store(s.DB).Plan(t.Context(), datatest.Operator, b, start.Ask{})
				if err != nil {
					t.Fatalf("%s %s %q: %v", sheet.Name(), f.Head, text, err)
				}
				for _, one := range p.Problems {
					if strings.ContainsFunc(one.Got+one.Want, func(r rune) bool { return r < ' ' || r == '\x7f' }) || len([]rune(one.Got)) > 60 {
						t.Errorf("%s %s: the problem repeats %q", sheet.Name(), f.Head, one.Got)
					}
				}
				for _, one := range p.Changes {
					if strings.ContainsFunc(one.What, func(r rune) bool { return r < ' ' }) {
						t.Errorf("%s %s: the change repeats %q", sheet.Name(), f.Head, one.What)
					}
				}
			}
		}
	}
	turned := file(t, takeover.EnrolmentSheet, "lessenreeks|voornaam|familienaam|aanwezig\n25-011|Lid|Nummer07|x\n")
	turned.Sheets[0].Rows[1].Cells[3] = workbook.Cell{Column: 4, Kind: workbook.Day, Text: "2026-06-01"} // somebody typed 1-6
	p, err := store(s.DB).Plan(t.Context(), datatest.Operator, turned, start.Ask{})
	s.OK(err)
	compareProblems(t, p, `! Inschrijvingen en aanwezigheid D2 aanwezig: coursetake.lessons want "3" got "2026-06-01"`)
}

// TestWho: only the ICT officer reads lists in.
func TestWho(t *testing.T) {
	s := coursestest.New(t, datatest.SQLite(t))
	if _, err := store(s.DB).Apply(t.Context(), s.An, lastYear(t), start.Ask{}, nil); !errors.Is(err, data.ErrDenied) {
		t.Errorf("a coordinator: %v, want ErrDenied", err)
	}
}
