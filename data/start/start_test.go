package start_test

import (
	"slices"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
)

// first is the file of a municipality on its first day.
func first() []string {
	return []string{
		"Organisaties", "organisatie *;soort *\nvoorbeeld: Gemeente Elders;gemeente\nGemeente Zandwerve;gemeente\nOCMW Zandwerve;ocmw\n",
		"Diensten", "Organisatie;Dienst;Soort;Bovenliggende dienst;Hoofd\nGemeente Zandwerve;ICT;;;jan.maes\nGemeente Zandwerve;Bibliotheek;;Vrije tijd;\n" +
			"Gemeente Zandwerve;Vrije tijd;;;Wouters, Chris\nOCMW;Sociale dienst;dienst;;1003\n",
		"Personeel", "personeelsnummer;voornaam;familienaam;dienst;organisatie;functie;breuk;vanaf;tot;andere werkgever;log-in;rollen;taal\n" +
			"1001;Jan;Maes;ICT;;;;;;;;;\n" +
			"1002;Chris;Wouters;Bibliotheek;;bibliothecaris;4/5;1/9/2020;;;chris.wouters;medewerker, diensthoofd;fr\n" +
			"1003;Dora;Claes;Sociale dienst;OCMW Zandwerve;maatschappelijk werker;50 %;2019-01-01;;;dora.claes;;\n" +
			"1003;Dora;Claes;Bibliotheek;;vertelster;20;2021-01-01;2027-06-30;vzw Verhalen;;;\n",
		"Lokalen", "locatie;organisatie;lokaal;soort;plaatsen;pc's\nBibliotheek;;Computerlokaal;ocr;12;10\nDienstencentrum;OCMW;Cafetaria;Cafetaria;;\n",
		"Openingsuren", "locatie;organisatie;dagen;van;tot;seizoen;seizoen van;seizoen tot\nBibliotheek;;ma-vr;9u;12u;;;\nBibliotheek;;wo;13.30;17.00;;;\n" +
			"Bibliotheek;;ma-vr;10:00;12:00;Zomer;1/7/2027;31/8/2027\nBibliotheek;;za en zo;gesloten;;Zomer;2027-07-01;2027-08-31\n",
	}
}

// TestFirstDay: what init made is matched, the rest is added, and the same file again changes nothing.
func TestFirstDay(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		town(t, db)
		b := file(t, first()...)
		p := plan(t, db, b, start.Ask{})
		compare(t, shown(p), `
Organisaties 3 change Gemeente Zandwerve | organisatie: Gemeente → Gemeente Zandwerve
Organisaties 4 change OCMW Zandwerve | organisatie: OCMW → OCMW Zandwerve
Diensten 2 change ICT | hoofd:  → Jan Maes
Diensten 3 add Bibliotheek | organisatie:  → Gemeente Zandwerve | soort:  → dienst | bovenliggende dienst:  → Vrije tijd
Diensten 4 add Vrije tijd | organisatie:  → Gemeente Zandwerve | soort:  → cluster | hoofd:  → Chris Wouters
Diensten 5 add Sociale dienst | organisatie:  → OCMW Zandwerve | soort:  → dienst | hoofd:  → Dora Claes
Personeel 2 change Jan Maes | personeelsnummer:  → 1001
Personeel 3 add Chris Wouters | personeelsnummer:  → 1002 | dienst:  → Bibliotheek | functie:  → bibliothecaris | breuk:  → 80 % | vanaf:  → 2020-09-01 | log-in:  → chris.wouters | rollen:  → medewerker; diensthoofd | taal:  → fr
Personeel 4 add Dora Claes | personeelsnummer:  → 1003 | dienst:  → Sociale dienst | functie:  → maatschappelijk werker | breuk:  → 50 % | vanaf:  → 2019-01-01 | log-in:  → dora.claes | rollen:  → medewerker
Personeel 5 add Dora Claes | personeelsnummer:  → 1003 | dienst:  → Bibliotheek | functie:  → vertelster | breuk:  → 20 % | vanaf:  → 2021-01-01 | tot:  → 2027-06-30 | andere werkgever:  → vzw Verhalen
Lokalen 2 add Computerlokaal | organisatie:  → Gemeente Zandwerve | locatie:  → Bibliotheek | soort:  → ocr | plaatsen:  → 12 | pc's:  → 10
Lokalen 3 add Cafetaria | organisatie:  → OCMW Zandwerve | locatie:  → Dienstencentrum | soort:  → cafetaria | plaatsen:  → 0 | pc's:  → 0
Openingsuren 2 change Bibliotheek | van:  → ma; di; do; vr 09:00-12:00; wo 09:00-12:00, 13:30-17:00
Openingsuren 4 change Bibliotheek, Zomer | seizoen:  → Zomer | seizoen van:  → 2027-07-01 | seizoen tot:  → 2027-08-31 | van:  → ma-vr 10:00-12:00
note: Organisaties 0  examples 1
`)
		done, err := store(db).Apply(t.Context(), datatest.Operator, b, start.Ask{}, &p)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, shown(done), shown(p))
		again := apply(t, db, b, start.Ask{})
		if !again.Nothing() || len(again.Leavers) > 0 {
			t.Errorf("the same file again:\n%s", shown(again))
		}
		if rows, err := db.VerifyAudit(t.Context()); err != nil {
			t.Errorf("audit: %v %v", rows, err)
		}
		_, calendars, err := calendar.All(t.Context(), db)
		if err != nil || len(calendars) != 2 {
			t.Fatalf("%d calendars, %v", len(calendars), err)
		}
		for _, c := range calendars {
			if !slices.Equal(c.Ticks, calendar.PublicHolidays()) {
				t.Errorf("a new location is closed on %v", c.Ticks)
			}
		}
		filled(t, db)
	})
}

// filled makes sure that what the house has, written as a workbook and read again, changes nothing.
func filled(t testing.TB, db *data.DB) {
	t.Helper()
	draft, err := store(db).Template(t.Context(), datatest.Operator, true, []string{"Uitleg", "Zo."})
	if err != nil {
		t.Fatal(err)
	}
	content, err := workbook.Write(draft)
	if err != nil {
		t.Fatal(err)
	}
	b, err := workbook.Read("start.xlsx", content, workbook.Standard())
	if err != nil {
		t.Fatal(err)
	}
	if p := plan(t, db, b, start.Ask{}); !p.Nothing() || len(p.Problems)+len(p.Leavers) > 0 {
		t.Fatalf("read back, the house changes:\n%s", shown(p))
	}
}
