package start_test

import (
	"errors"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
)

// national is an invented valid number.
const national = "85.07.30-033.28"

// TestProblems: each thing that can be wrong is told with its place, and nothing is written.
func TestProblems(t *testing.T) {
	const (
		people = "personeelsnummer;voornaam;familienaam;dienst;organisatie;functie;breuk;vanaf;tot;log-in;rollen;taal\n"
		units  = "organisatie;dienst;soort;bovenliggende dienst;hoofd\n"
		room   = "locatie;organisatie;lokaal;soort;plaatsen;pc's\n"
		open   = "locatie;dagen;van;tot;seizoen;seizoen van;seizoen tot\n"
	)
	reached := map[data.Why]bool{}
	db := datatest.Open(t, datatest.SQLite(t))
	small := datatest.NewTown(t, db)
	closeService(t, db, small.Services["Jeugd"].ID)
	for name, c := range map[string]struct{ tab, rows, want string }{
		"no tab of ours":           {"Blad1", "a;b\n1;2", "start.xlsx 0 : start.no_sheet want Organisaties, Diensten, Personeel, Lokalen, Openingsuren"},
		"no column":                {"Diensten", "organisatie;hoofd\nGemeente Zandwerve;An Peeters", "Diensten 1 dienst: start.no_column got dienst"},
		"our tab without heads":    {"Personeel", "Hallo\nwereld", "Personeel 1 voornaam: start.no_column got voornaam"},
		"a column twice":           {"Diensten", "dienst;organisatie;dienst\nA;B;C", "Diensten C1 dienst: start.two_columns got A"},
		"a whole name":             {"Personeel", "nr;naam;dienst\n1;Peeters An;Burgerzaken", "Personeel B1 naam: start.split"},
		"a national number":        {"Personeel", people + "1;An;Peeters;Burgerzaken;;kent " + national + ";;;;;;", "Personeel F2 functie: start.national want 1"},
		"a column of them, unread": {"Personeel", "voornaam;familienaam;dienst;rijksregister\nAn;Peeters;Burgerzaken;" + national, "Personeel D2 rijksregister: start.national want 1"},
		"in the number":            {"Personeel", people + national + ";An;Peeters;Burgerzaken;;;;;;;;", "Personeel A2 personeelsnummer: start.national want 1"},
		"in a name":                {"Personeel", people + "1;An;" + national + ";Burgerzaken;;;;;;;;", "Personeel C2 familienaam: start.national want 1"},
		"empty":                    {"Personeel", people + "1;;Peeters;Burgerzaken;;;;;;;;", "Personeel B2 voornaam: empty"},
		"too long":                 {"Personeel", people + "123456789012345678901;An;Peeters;Burgerzaken;;;;;;;;", "Personeel A2 personeelsnummer: too_long want 20"},
		"an unknown service":       {"Personeel", people + "1;An;Peeters;Burgerzaak;;;;;;;;", "Personeel D2 dienst: start.unknown got Burgerzaak"},
		"an unknown organisation":  {"Personeel", people + "1;An;Peeters;Burgerzaken;Provincie;;;;;;;", "Personeel E2 organisatie: start.unknown got Provincie"},
		"no part of a week":        {"Personeel", people + "1;An;Peeters;Burgerzaken;;;veel;;;;;", "Personeel G2 breuk: workbook.share got veel"},
		"more than a week":         {"Personeel", people + "1;An;Peeters;Burgerzaken;;;120 %;;;;;", "Personeel G2 breuk: workbook.full got 120 %"},
		"no day":                   {"Personeel", people + "1;An;Peeters;Burgerzaken;;;;gisteren;;;;", "Personeel H2 vanaf: day got gisteren"},
		"a day without a century":  {"Personeel", people + "1;An;Peeters;Burgerzaken;;;;1/2/20;;;;", "Personeel H2 vanaf: workbook.year got 1/2/20"},
		"a day that is none":       {"Personeel", people + "1;An;Peeters;Burgerzaken;;;;;31/11/2026;;;", "Personeel I2 tot: workbook.year got 31/11/2026"},
		"it ends before it begins": {"Personeel", people + "9;Bo;Nieuw;Burgerzaken;;;;2027-01-02;2027-01-01;;;", "Personeel I2 tot: early want 2027-01-02 got 2027-01-01"},
		"an old one does":          {"Personeel", people + ";An;Peeters;Burgerzaken;;;;;2019-12-31;;;", "Personeel I2 tot: early want 2020-01-01 got 2019-12-31"},
		"no log-in name":           {"Personeel", people + "1;An;Peeters;Burgerzaken;;;;;;an peeters!;;", "Personeel J2 log-in: login got an peeters!"},
		"an unknown role":          {"Personeel", people + "1;An;Peeters;Burgerzaken;;;;;;;baas;", "Personeel K2 rollen: not_one_of want medewerker, diensthoofd, personeelsverantwoordelijke, loketmedewerker, lesgever, cursuscoördinator, opzichter, jurylid, corrector, maatschappelijk werker, sleutelgebruiker, financieel directeur, algemeen directeur, ICT-verantwoordelijke, hulpbeheerder, veiligheidsconsulent got baas"},
		"roles without a log-in":   {"Personeel", people + "9;Bo;Nieuw;Burgerzaken;;;;;;;lesgever;", "Personeel K2 rollen: start.no_login got Bo Nieuw"},
		"an unknown language":      {"Personeel", people + "1;An;Peeters;Burgerzaken;;;;;;;;de", "Personeel L2 taal: not_one_of want nl, en, fr got de"},
		"a log-in of another":      {"Personeel", people + "9;Bo;Nieuw;Burgerzaken;;;;;;an.peeters;;", "Personeel J2 log-in: start.login_taken want An Peeters got an.peeters"},
		"a log-in twice":           {"Personeel", people + "8;Bo;Nieuw;Burgerzaken;;;;;;bo;;\n9;Bi;Oud;Burgerzaken;;;;;;bo;;", "Personeel J3 log-in: start.login_taken want Bo Nieuw got bo"},
		"a log-in twice, unnumbered": {"Personeel", people + "8;Bo;Nieuw;Burgerzaken;;;;;;bo;;\n;Bi;Oud;Burgerzaken;;;;;;bo;;",
			"Personeel J3 log-in: start.login_taken want Bo Nieuw got bo"},
		"another log-in":       {"Personeel", people + "1;An;Peeters;Burgerzaken;;;;;;an2;;", "Personeel A2 personeelsnummer: start.namesake want Burgerzaken got An Peeters"},
		"another within":       {"Personeel", people + "8;Bo;Nieuw;Burgerzaken;;;;;;bo;;\n8;Bo;Nieuw;Bibliotheek;;;;;;bobo;;", "Personeel J3 log-in: start.other_login want bo got bobo"},
		"a namesake elsewhere": {"Personeel", people + "1;An;Peeters;Bibliotheek;;;;;;;;", "Personeel A2 personeelsnummer: start.namesake want Burgerzaken got An Peeters"},
		"without a number too": {"Personeel", people + ";An;Peeters;Bibliotheek;;;;;;;;", "Personeel A2 personeelsnummer: start.namesake want Burgerzaken got An Peeters"},
		"a namesake in the file": {"Personeel", people + ";Bo;Nieuw;Bibliotheek;;;;;;;;\n;Bo;Nieuw;Burgerzaken;;;;;;;;",
			"Personeel A3 personeelsnummer: start.namesake want Bibliotheek got Bo Nieuw"},
		"a namesake in the file who has a number": {"Personeel", people + "7;Bo;Nieuw;Bibliotheek;;;;;;;;\n;Bo;Nieuw;Burgerzaken;;;;;;;;",
			"Personeel A3 personeelsnummer: start.namesake want Bibliotheek got Bo Nieuw"},
		"one work, two rows":      {"Personeel", people + ";An;Peeters;Burgerzaken;;medewerker;;;;;;\n;An;Peeters;Burgerzaken;;klerk;;;;;;", "Personeel A3 personeelsnummer: start.namesake want Burgerzaken got An Peeters"},
		"the same row":            {"Personeel", people + "7;Bo;Nieuw;Bibliotheek;;;;;;;;\n7;Bo;Nieuw;Bibliotheek;;;;;;;;", "Personeel C3 familienaam: start.same_row want 2 got Bo Nieuw"},
		"the same, no function":   {"Personeel", people + "7;Bo;Nieuw;Bibliotheek;;-;;;2026-12-31;;;\n7;Bo;Nieuw;Bibliotheek;;;;;;;;", "Personeel C3 familienaam: start.same_row want 2 got Bo Nieuw"},
		"the same, unnumbered":    {"Personeel", people + ";Bo;Nieuw;Bibliotheek;;;;;;;;\n;Bo;Nieuw;Bibliotheek;;;;;;;;", "Personeel C3 familienaam: start.same_row want 2 got Bo Nieuw"},
		"the same, of old":        {"Personeel", people + ";An;Peeters;Burgerzaken;;;;;;;;\n;An;Peeters;Burgerzaken;;;;;;;;", "Personeel C3 familienaam: start.same_row want 2 got An Peeters"},
		"a number of two":         {"Personeel", people + "7;Bo;Nieuw;Bibliotheek;;;;;;;;\n7;Bi;Oud;Bibliotheek;;;;;;;;", "Personeel A3 personeelsnummer: start.other_name want Bo Nieuw got 7"},
		"a closed service":        {"Personeel", people + "7;Bo;Nieuw;Jeugd;;;;2027-01-01;;;;", "Personeel D2 dienst: start.closed want 2026-06-30 got Jeugd"},
		"no organisation":         {"Diensten", units + ";Nieuw;;;", "Diensten A2 organisatie: empty"},
		"a service twice":         {"Diensten", units + "OCMW Zandwerve;Nieuw;;;\nOCMW Zandwerve;nieuw;;;", "Diensten B3 dienst: start.same_row want 2 got nieuw"},
		"a closed one":            {"Diensten", units + "Gemeente Zandwerve;Jeugd;;;", "Diensten B2 dienst: start.closed want 2026-06-30 got Jeugd"},
		"no kind of service":      {"Diensten", units + "OCMW Zandwerve;Nieuw;directie;;", "Diensten C2 soort: not_one_of want dienst, cluster got directie"},
		"a cluster now a service": {"Diensten", units + "Gemeente Zandwerve;Vrije tijd;dienst;;", "Diensten C2 soort: start.kind_fixed want cluster got Vrije tijd"},
		"a service as a cluster":  {"Diensten", units + "Gemeente Zandwerve;Nieuw;;Burgerzaken;", "Diensten D2 bovenliggende dienst: start.kind_fixed want dienst got Burgerzaken"},
		"a new one of both":       {"Diensten", units + "OCMW Zandwerve;A;dienst;;\nOCMW Zandwerve;B;;A;", "Diensten C2 soort: start.kind_fixed want cluster got A"},
		"an unknown cluster":      {"Diensten", units + "Gemeente Zandwerve;Nieuw;;Vrijetijd;", "Diensten D2 bovenliggende dienst: start.unknown got Vrijetijd"},
		"a cluster elsewhere":     {"Diensten", units + "OCMW Zandwerve;Nieuw;;Vrije tijd;", "Diensten D2 bovenliggende dienst: start.unknown got Vrije tijd"},
		"a circle": {"Diensten", units + "OCMW Zandwerve;A;;B;\nOCMW Zandwerve;B;;A;",
			"Diensten D2 bovenliggende dienst: start.in_cluster want B got A\nDiensten D3 bovenliggende dienst: start.in_cluster want A got B"},
		"under itself":     {"Diensten", units + "OCMW Zandwerve;A;;A;", "Diensten D2 bovenliggende dienst: start.in_cluster want A got A"},
		"under a new one":  {"Diensten", units + "Gemeente Zandwerve;Vrije tijd;;Alles;\nGemeente Zandwerve;Alles;cluster;;", "Diensten D2 bovenliggende dienst: start.in_cluster want Alles got Vrije tijd"},
		"an unknown head":  {"Diensten", units + "Gemeente Zandwerve;Burgerzaken;;;Niemand Hier", "Diensten E2 hoofd: start.unknown got Niemand Hier"},
		"no kind":          {"Organisaties", "organisatie;soort\nSchool De Brug;", "Organisaties B2 soort: empty"},
		"an unknown kind":  {"Organisaties", "organisatie;soort\nSchool De Brug;vzw", "Organisaties B2 soort: not_one_of want gemeente, OCMW, gemeenteschool got vzw"},
		"another kind":     {"Organisaties", "organisatie;soort\nOCMW Zandwerve;gemeente", "Organisaties B2 soort: start.kind_fixed want OCMW got OCMW Zandwerve"},
		"one twice":        {"Organisaties", "organisatie;soort\nDe Brug;gemeenteschool\nde brug;gemeenteschool", "Organisaties A3 organisatie: start.same_row want 2 got de brug"},
		"no kind of room":  {"Lokalen", room + "Bib;;Zaal;;;", "Lokalen D2 soort: empty"},
		"an unknown room":  {"Lokalen", room + "Bib;;Zaal;keuken;;", "Lokalen D2 soort: not_one_of want ocr, cafetaria, testlokaal, balie, leslokaal, vergaderzaal got keuken"},
		"too many seats":   {"Lokalen", room + "Bib;;Zaal;ocr;501;", "Lokalen E2 plaatsen: number want 0 … 500 got 501"},
		"no PCs":           {"Lokalen", room + "Bib;;Zaal;ocr;5;drie", "Lokalen F2 pc's: number want 0 … 500 got drie"},
		"a room twice":     {"Lokalen", room + "Bib;;Zaal;ocr;;\nbib;;zaal;ocr;;", "Lokalen C3 lokaal: start.same_row want 2 got zaal"},
		"no location":      {"Lokalen", room + ";;Zaal;ocr;;", "Lokalen A2 locatie: empty"},
		"a strange owner":  {"Lokalen", room + "Bib;Kerkfabriek;Zaal;ocr;;", "Lokalen B2 organisatie: start.unknown got Kerkfabriek"},
		"no days":          {"Openingsuren", open + "Bib;;9u;12u;;;", "Openingsuren B2 dagen: empty"},
		"unknown days":     {"Openingsuren", open + "Bib;feestdagen;9u;12u;;;", "Openingsuren B2 dagen: start.days want ma, ma-vr, za; zo got feestdagen"},
		"no hours":         {"Openingsuren", open + "Bib;ma;;;;;", "Openingsuren C2 van: empty"},
		"no time":          {"Openingsuren", open + "Bib;ma;9u;twaalf;;;", "Openingsuren D2 tot: calendar.time got twaalf"},
		"no first time":    {"Openingsuren", open + "Bib;ma;negen;12u;;;", "Openingsuren C2 van: calendar.time got negen"},
		"no blocks":        {"Openingsuren", open + "Bib;ma;soms;;;;", "Openingsuren C2 van: calendar.hours got soms"},
		"turned round":     {"Openingsuren", open + "Bib;ma;12u;9u;;;", "Openingsuren D2 tot: calendar.order got 12:00-09:00"},
		"over one another": {"Openingsuren", open + "Bib;ma-vr;9u;12u;;;\nBib;wo;11u;13u;;;", "Openingsuren C3 van: calendar.overlap got 09:00-12:00, 11:00-13:00"},
		"half a season":    {"Openingsuren", open + "Bib;ma;9u;12u;Zomer;2027-07-01;", "Openingsuren G2 seizoen tot: empty"},
		"no season day":    {"Openingsuren", open + "Bib;ma;9u;12u;Zomer;juli;2027-08-31", "Openingsuren F2 seizoen van: day got juli"},
		"no last day":      {"Openingsuren", open + "Bib;ma;9u;12u;Zomer;2027-07-01;later", "Openingsuren G2 seizoen tot: day got later"},
		"a turned season":  {"Openingsuren", open + "Bib;ma;9u;12u;Zomer;2027-07-01;2027-06-01", "Openingsuren G2 seizoen tot: early want 2027-07-01 got 2027-06-01"},
		"seasons from one day": {"Openingsuren", open + "Bib;ma;9u;12u;Zomer;2027-07-01;2027-08-31\nBib;ma;9u;12u;Bouwverlof;2027-07-01;2027-07-31",
			"Openingsuren F3 seizoen van: calendar.overlap got Zomer, Bouwverlof"},
		"seasons over one another": {"Openingsuren", open + "Bib;ma;9u;12u;;;\nBib;ma;9u;12u;Zomer;2027-07-01;2027-08-31\nBib;ma;9u;12u;Bouwverlof;2027-07-10;2027-07-31",
			"Openingsuren F4 seizoen van: calendar.overlap got Zomer, Bouwverlof"},
	} {
		t.Run(name, func(t *testing.T) {
			b := file(t, c.tab, c.rows)
			p := plan(t, db, b, start.Ask{})
			var got strings.Builder
			for _, line := range strings.Split(shown(start.Plan{Problems: p.Problems}), "\n") {
				got.WriteString(strings.TrimPrefix(line, "! ") + "\n")
			}
			compare(t, got.String(), c.want)
			for _, one := range p.Problems {
				reached[one.Why] = true
				if strings.Contains(one.Got+one.Want+one.Field, national) {
					t.Errorf("%s repeats a national number", one.Why)
				}
			}
			before := rowsOf(t, db)
			if _, err := store(db).Apply(t.Context(), datatest.Operator, b, start.Ask{}, nil); !errors.Is(err, start.ErrProblems) {
				t.Errorf("Apply gives %v, want ErrProblems", err)
			}
			if after := rowsOf(t, db); after != before {
				t.Errorf("before %s, after %s", before, after)
			}
		})
	}
	alone(t, reached)
	for _, why := range []data.Why{start.WhyNoSheet, start.WhyNoColumn, start.WhyTwoColumns, start.WhySplit, start.WhyNational, start.WhyUnknown,
		start.WhySeveral, start.WhyNamesake, start.WhyOtherName, start.WhySameRow, start.WhyKindFixed, start.WhyNoLogin, start.WhyLoginTaken,
		start.WhyOtherLogin, start.WhyInCluster, start.WhyClosed, start.WhyNoResult, start.WhyNoName, start.WhyDays, workbook.WhyShare,
		workbook.WhyFull, workbook.WhyTurned, workbook.WhyFault, workbook.WhyYear, workbook.WhyUnmarked, calendar.WhyOverlap} {
		if !reached[why] {
			t.Errorf("no case reaches %s", why)
		}
	}
}

// alone are the problems that want a house of their own, or cells that CSV has not.
func alone(t *testing.T, reached map[data.Why]bool) {
	t.Helper()
	db := datatest.Open(t, datatest.SQLite(t))
	town(t, db)
	apply(t, db, file(t, "Organisaties", "organisatie;soort\nGemeente Zandwerve;gemeente\nOCMW Zandwerve;OCMW\nGemeente Lo;gemeente\n",
		"Diensten", "organisatie;dienst\nOCMW Zandwerve;ICT\nGemeente Lo;Onthaal\n",
		"Personeel", "nr;voornaam;familienaam;dienst;organisatie;log-in\n1;An;Peeters;ICT;OCMW Zandwerve;an\n2;An;Peeters;ICT;OCMW Zandwerve;\n3;Bo;Oud;Onthaal;;\n",
		"Lokalen", "locatie;organisatie;lokaal;soort\nHuis;Gemeente Zandwerve;Balie;balie\nHuis;OCMW;Balie;balie\nLo;Gemeente Lo;Balie;balie\n"), start.Ask{})
	b := file(t, "Personeel", "nr;voornaam;familienaam;dienst;organisatie;functie;breuk;vanaf;log-in\n"+
		";;;;;;;;\n1;An;Peeters;ICT;OCMW Zandwerve;;;;ann\n9;Bo;Nieuw;ICT;;;;;\n9;Bo;Nieuw;ICT;Gemeente;;;;\n3;Jo;Anders;Onthaal;;;;;\n",
		"Diensten", "organisatie;dienst;hoofd\nOCMW;ICT;An Peeters\n",
		"Lokalen", "locatie;organisatie;lokaal;soort\nHuis;;Balie;balie\nNieuw;;Balie;balie\nLo;;Balie;balie\nLo;OCMW;Balie;balie\n",
		"Rest", "voornaam;familienaam;dienst;breuk;vanaf;functie\nA;B;Onthaal;;;\nA;C;Onthaal;;;\nA;D;Onthaal;;;\nA;E;Onthaal;;;\n")
	set := func(row, column int, c workbook.Cell) {
		r := &b.Sheets[3].Rows[row-1]
		c.Column = column
		r.Cells = append(r.Cells, c)
	}
	set(2, 4, workbook.Cell{Kind: workbook.Day, Text: "2026-05-04"})
	set(2, 5, workbook.Cell{Kind: workbook.Number, Text: "45000"})
	set(3, 6, workbook.Cell{Kind: workbook.Fault, Text: "#N/A", Formula: true})
	set(4, 6, workbook.Cell{Formula: true})
	set(5, 4, workbook.Cell{Kind: workbook.Fault, Text: "#REF!"})
	p := plan(t, db, b, start.Ask{})
	for _, one := range p.Problems {
		reached[one.Why] = true
	}
	compare(t, shown(start.Plan{Problems: p.Problems}), `
! Personeel I3 log-in: start.other_login want an got ann
! Personeel D4 dienst: start.several want Gemeente Zandwerve, OCMW Zandwerve got ICT
! Personeel D5 dienst: start.several want Gemeente Zandwerve, OCMW Zandwerve got ICT
! Personeel E5 organisatie: start.several want Gemeente Lo, Gemeente Zandwerve got Gemeente
! Personeel A6 personeelsnummer: start.other_name want Bo Oud got 3
! Diensten C2 hoofd: start.several want ICT, 1; ICT, 2 got An Peeters
! Lokalen B2 organisatie: start.several want Gemeente Zandwerve, OCMW Zandwerve got Huis
! Lokalen B3 organisatie: empty
! Lokalen B5 organisatie: start.several want Gemeente Lo, OCMW Zandwerve got Lo
! Rest D2 breuk: workbook.turned got 2026-05-04
! Rest E2 vanaf: workbook.unmarked got 45000
! Rest F3 functie: workbook.fault got #N/A
! Rest F4 functie: start.no_result
! Rest D5 breuk: workbook.fault got #REF!
`)
	if _, err := store(db).Remember(t.Context(), datatest.Operator, file(t, "X", "Naam;Waar\nPeeters;ICT\n").Sheets[0],
		start.Mapping{Sheet: "Personeel", Columns: []start.Column{{Head: "Naam", Field: "familienaam voornaam"}, {Head: "Waar", Field: "dienst"}}}); err != nil {
		t.Fatal(err)
	}
	p = plan(t, db, file(t, "X", "Naam;Waar\nPeeters;Onthaal\n"), start.Ask{})
	for _, one := range p.Problems {
		reached[one.Why] = true
	}
	compare(t, shown(p), "! X A2 familienaam: start.no_name got Peeters\nleaves: Bo Oud, Onthaal, stays false\nnote: X A1 hele naam mapped Naam\nnote: X B1 dienst mapped Waar")
}

// rowsOf counts the rows of the tables that an import writes.
func rowsOf(t testing.TB, db *data.DB) string {
	t.Helper()
	var out []string
	for _, table := range []string{"organisations", "services", "persons", "employments", "accounts", "account_roles", "locations", "rooms", "start_imports", "audit"} {
		var n string
		if err := data.One(t.Context(), db, []any{&n}, `SELECT count(*) FROM `+table); err != nil {
			t.Fatal(err)
		}
		out = append(out, table+" "+n)
	}
	return strings.Join(out, ", ")
}

func closeService(t testing.TB, db *data.DB, id string) {
	t.Helper()
	if err := db.InTx(t.Context(), func(tx *data.Tx) error {
		return data.CloseService(t.Context(), tx, datatest.Operator, id, "2026-06-30")
	}); err != nil {
		t.Fatal(err)
	}
}
