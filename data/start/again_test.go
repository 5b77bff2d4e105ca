package start_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"

	"pgregory.net/rapid"
)

// TestLeavers: who works in an organisation of the list and isn't in it is told, and ended when that is asked.
func TestLeavers(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		datatest.NewTown(t, db)
		apply(t, db, file(t, "Personeel", peopleHeads+"90;Ria;Dubbel;Burgerzaken;;50;2020-01-01;;ria;medewerker, lesgever;\n90;Ria;Dubbel;Jeugd;;50;2020-01-01;;;;\n"+
			"91;Ko;Straks;Jeugd;;;2027-01-01;;;;\n92;Kim;Tijdelijk;Jeugd;;;2026-01-01;2026-11-30;;;\n"), start.Ask{})
		list := "dienst;voornaam;familienaam\nBurgerzaken;Ivo;Michiels\nJeugd;Ria;Dubbel\nBibliotheek;Chris;Wouters\n"
		for i := 1; i <= 8; i++ {
			list += fmt.Sprintf("%s;Lid;Nummer%02d\n", []string{"Burgerzaken", "Bibliotheek", "Jeugd"}[(i-1)/3], i)
		}
		b := file(t, "Personeel", list+"Burgerzaken;Bert;Maes\n")
		p := plan(t, db, b, start.Ask{LastDay: "2026-12-31"})
		told := "leaves: Dirk Adams, Burgerzaken, stays false\nleaves: Ria Dubbel, Burgerzaken, stays true\nleaves: Lid Nummer09, Jeugd, stays false\nleaves: An Peeters, Burgerzaken, stays false\n"
		compare(t, shown(start.Plan{Leavers: p.Leavers}), told)
		for _, ask := range []start.Ask{{}, {Leavers: start.Keep}, {Leavers: start.End, Only: []string{}}} {
			if p := apply(t, db, b, ask); !p.Nothing() || len(p.Leavers) < 4 {
				t.Errorf("%+v changes\n%s", ask, shown(p))
			}
		}
		one := start.Ask{Leavers: start.End, LastDay: "2026-12-31", Only: []string{p.Leavers[3].EmploymentID}}
		p = apply(t, db, b, one)
		compare(t, shown(start.Plan{Changes: p.Changes}), "Personeel 0 end An Peeters | dienst: Burgerzaken →  | tot:  → 2026-12-31")
		p = apply(t, db, b, start.Ask{Leavers: start.End, LastDay: "2026-11-23"})
		if p.Count("", start.Ended) != 5 { // Kim too, who would have gone on until the 30th
			t.Errorf("ended:\n%s", shown(p))
		}
		p = apply(t, db, b, start.Ask{Leavers: start.End, LastDay: "2026-11-23"})
		if len(p.Leavers) != 0 || !p.Nothing() {
			t.Errorf("ended once more:\n%s", shown(p))
		}
		roles, err := data.List(t.Context(), db, func(scan func(...any) error) (s string, err error) {
			var login, role, until string
			err = scan(&login, &role, &until)
			return login + " " + role + " " + until, err
		}, `SELECT a.login, r.role, coalesce(r.until_on, 'open') FROM account_roles r JOIN accounts a ON a.id = r.account_id
			WHERE a.login IN ('an.peeters', 'dirk.adm', 'ria') ORDER BY a.login, r.role`)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, strings.Join(roles, "\n"), `an.peeters staff 2026-11-23
dirk.adm director 2026-11-23
dirk.adm staff 2026-11-23
ria staff open
ria trainer open`)
	})
}

// TestLeaversAsk: a last day that is none is refused; the last ICT officer doesn't leave by a list.
func TestLeaversAsk(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	datatest.NewTown(t, db)
	b := file(t, "Personeel", "dienst;voornaam;familienaam\nBurgerzaken;An;Peeters\n")
	var bad *data.Invalid
	if _, err := store(db).Plan(t.Context(), datatest.Operator, b, start.Ask{LastDay: "straks"}); !errors.As(err, &bad) || bad.Field != "last_day" || bad.Why != data.WhyDay {
		t.Errorf("a last day that is none: %v", err)
	}
	before := rowsOf(t, db)
	if _, err := store(db).Apply(t.Context(), datatest.Operator, b, start.Ask{Leavers: start.End}, nil); !errors.Is(err, data.ErrLastICT) {
		t.Errorf("the last ICT officer leaves: %v", err)
	}
	if after := rowsOf(t, db); after != before {
		t.Errorf("before %s, after %s", before, after)
	}
}

// TestAgreed: only the ICT officer may plan, apply, fill and map; what was agreed to is what is written.
func TestAgreed(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		small := datatest.NewTown(t, db)
		s, b := store(db), file(t, "Organisaties", "organisatie;soort\nDe Brug;gemeenteschool\n")
		for _, login := range []string{"an.peeters", "bert.maes", "dirk.adm"} {
			by := small.Actor(login)
			_, plan := s.Plan(t.Context(), by, b, start.Ask{})
			_, apply := s.Apply(t.Context(), by, b, start.Ask{}, nil)
			_, template := s.Template(t.Context(), by, false, nil)
			_, remember := s.Remember(t.Context(), by, b.Sheets[0], start.Mapping{Sheet: "Organisaties", Columns: []start.Column{{Head: "organisatie", Field: "organisatie"}, {Head: "soort", Field: "soort"}}})
			for what, err := range map[string]error{"plan": plan, "apply": apply, "template": template, "remember": remember} {
				if !isDenied(err) {
					t.Errorf("%s of %s: %v", what, login, err)
				}
			}
		}
		ict := small.Actor("ivo.ict")
		seen, err := s.Plan(t.Context(), ict, b, start.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		apply(t, db, file(t, "Organisaties", "organisatie;soort\nDe Brug;gemeenteschool\nDe Tunnel;gemeenteschool\n"), start.Ask{})
		before := rowsOf(t, db)
		p, err := s.Apply(t.Context(), ict, b, start.Ask{}, &seen)
		if !errors.Is(err, start.ErrMeanwhile) || !p.Nothing() {
			t.Errorf("the house changed meanwhile: %v\n%s", err, shown(p))
		}
		if after := rowsOf(t, db); after != before {
			t.Errorf("before %s, after %s", before, after)
		}
	})
}

// TestMapping: what somebody said of the columns of a foreign list holds for the next one with these heads.
func TestMapping(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		small := datatest.NewTown(t, db)
		s, ict := store(db), small.Actor("ivo.ict")
		const list = "Lijst van het personeel\n\nStam;Wie;Waar;Extra;Sinds\n77;Van den Broeck Jan;Jeugd;x;2020-01-01\n78;Vos, Jo Anna;Jeugd;y;2020-01-02\n"
		tab := file(t, "Export", list).Sheets[0]
		good := []start.Column{{Head: "stam", Field: "personeelsnummer"}, {Head: "WIE", Field: "Familienaam Voornaam"}, {Head: "Waar", Field: "DIENST"}, {Head: "Sinds", Field: "vanaf"}}
		for name, c := range map[string]struct {
			m    start.Mapping
			want string
		}{
			"no such sheet":     {start.Mapping{Sheet: "Wagens", Columns: good}, "sheet: not_one_of"},
			"no such head":      {start.Mapping{Sheet: "Personeel", Columns: append([]start.Column{{Head: "Graad", Field: "functie"}}, good...)}, "Graad: start.no_column"},
			"no such field":     {start.Mapping{Sheet: "Personeel", Columns: append([]start.Column{{Head: "Extra", Field: "loon"}}, good...)}, "Extra: not_one_of"},
			"a field twice":     {start.Mapping{Sheet: "Personeel", Columns: append([]start.Column{{Head: "Extra", Field: "voornaam"}}, good...)}, "voornaam: start.two_columns"},
			"a field is needed": {start.Mapping{Sheet: "Personeel", Columns: good[:2]}, "dienst: start.no_column"},
		} {
			_, err := s.Remember(t.Context(), ict, tab, c.m)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("%s: got %v, want %s", name, err, c.want)
			}
		}
		if _, err := s.Remember(t.Context(), ict, workbook.Sheet{Name: "Leeg"}, start.Mapping{Sheet: "Personeel", Columns: good}); err == nil {
			t.Error("an empty tab was mapped")
		}
		r, err := s.Remember(t.Context(), ict, tab, start.Mapping{Sheet: "personeel", Columns: good})
		if err != nil || r.Head != 3 {
			t.Fatalf("row %d, %v", r.Head, err)
		}
		if heads := start.HeadRows(tab); len(heads) != 3 || heads[0].Heads[1].Text != "Wie" || heads[0].Row != 3 {
			t.Errorf("rows that may be heads: %+v", heads)
		}
		p := apply(t, db, file(t, "Export van juni", strings.Replace(list, "Stam;Wie", "STAM;wie", 1)), start.Ask{Leavers: start.Keep})
		p.Leavers = nil
		compare(t, shown(p), `
Export van juni 4 add Jan Van den Broeck | personeelsnummer:  → 77 | dienst:  → Jeugd | breuk:  → 100 % | vanaf:  → 2020-01-01
Export van juni 5 add Jo Anna Vos | personeelsnummer:  → 78 | dienst:  → Jeugd | breuk:  → 100 % | vanaf:  → 2020-01-02
note: Export van juni A3 personeelsnummer mapped STAM
note: Export van juni B3 hele naam mapped wie
note: Export van juni C3 dienst mapped Waar
note: Export van juni D3  ignored Extra
note: Export van juni E3 vanaf mapped Sinds
`)
		again := []start.Column{good[0], {Head: "Wie", Field: "voornaam familienaam"}, good[2]}
		if _, err := s.Remember(t.Context(), ict, tab, start.Mapping{Sheet: "Personeel", Columns: again}); err != nil {
			t.Fatal(err)
		}
		p = plan(t, db, file(t, "Nog eens", strings.Replace(list, "77", "79", 1)), start.Ask{})
		if got := p.Changes[0].What; got != "Van den Broeck Jan" {
			t.Errorf("with the given name first it is %s", got)
		}
	})
}

// TestTwoWorksAlike: a row that is one of two works of one day in one service finds its own, in whatever order the rows are.
func TestTwoWorksAlike(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	town(t, db)
	const heads = "personeelsnummer;voornaam;familienaam;dienst;functie;breuk;vanaf;tot\n"
	half, whole := "900;Bo;Nieuw;ICT;klerk;80;2026-01-01;\n", "900;Bo;Nieuw;ICT;;;2026-01-01;\n"
	apply(t, db, file(t, "Personeel", heads+half), start.Ask{})
	apply(t, db, file(t, "Personeel", heads+half+whole), start.Ask{})
	if err := db.InTx(t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE employments SET job = '' WHERE job = 'klerk'`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, rows := range []string{strings.Replace(half, "klerk", "-", 1) + whole, whole + strings.Replace(half, "klerk", "-", 1)} {
		if p := plan(t, db, file(t, "Personeel", heads+rows), start.Ask{}); !p.Nothing() || len(p.Problems) > 0 {
			t.Errorf("%s\n%s", rows, shown(p))
		}
	}
}

// TestRoundTrip: whatever a municipality looks like, its own workbook read back changes nothing; and reading the same
// file twice is reading it once.
func TestRoundTrip(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		db := datatest.Open(t, url)
		town(t, db)
		rounds, taken := 0, 0
		rapid.Check(t, func(r *rapid.T) {
			if rounds++; rounds > 40 { // each makes the house bigger
				return
			}
			sheets := drawn(r, rounds)
			b := file(t, sheets...)
			p, err := store(db).Apply(t.Context(), datatest.Operator, b, start.Ask{Leavers: rapid.SampledFrom([]start.Leavers{start.Tell, start.Tell, start.End}).Draw(r, "leavers"), Only: nil}, nil)
			if errors.Is(err, start.ErrProblems) || errors.Is(err, data.ErrLastICT) {
				filled(t, db)
				return
			}
			if err != nil {
				t.Fatalf("%v\n%s", err, shown(p))
			}
			taken++
			if again := plan(t, db, b, start.Ask{}); !again.Nothing() || len(again.Problems) > 0 {
				t.Fatalf("the same file again:\n%s\n%s", shown(again), strings.Join(sheets, "\n"))
			}
			filled(t, db)
		})
		if taken < 4 {
			t.Errorf("only %d of %d files had no problems: the draw is of no use", taken, rounds)
		}
		if rows, err := db.VerifyAudit(t.Context()); err != nil {
			t.Errorf("audit of %d rows: %v", rows, err)
		}
	})
}

// drawn is a file with a few rows in each sheet, of few names, so that rows meet.
func drawn(r *rapid.T, round int) []string {
	some := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(r, label) }
	rows := func(label string, most int, one func(i int) string) string {
		var out strings.Builder
		for i := range rapid.IntRange(0, most).Draw(r, label) {
			out.WriteString(one(i) + "\n")
		}
		return out.String()
	}
	person := func(int) string {
		n := rapid.IntRange(1, 9).Draw(r, "number")
		number, login, roles := fmt.Sprint(100*round+n), some("login", "", fmt.Sprintf("p%d.%d", round, n)), ""
		given, family := []string{"An", "Bo", "-", "Zoë"}[n%4], []string{"Peeters", "Van den Broeck", "O'Neill", "=1+1"}[n/3]
		if n == 9 {
			number, login, family = "", "", fmt.Sprint("Nummerloos ", rapid.IntRange(0, 2).Draw(r, "without"))
		}
		if login != "" {
			roles = some("roles", "", "lesgever, jurylid")
		}
		return strings.Join([]string{number, given, family, some("service", "ICT", "Bibliotheek", "Jeugd", "Vrije tijd", "-=Sport", "voorbeeld"), some("job", "", "klerk", "-", "@balie"),
			some("share", "", "80", "4/5", "0,01 %"), some("from", "", "2020-01-01", "2026-12-01"), some("until", "", "", "2026-12-31", "2027-06-30"), login, roles, some("language", "", "fr")}, ";")
	}
	return []string{
		"Organisaties", "organisatie;soort\nGemeente;gemeente\nOCMW;OCMW\n",
		"Diensten", "organisatie;dienst;soort;bovenliggende dienst;hoofd\nGemeente;ICT;;;\nGemeente;Bibliotheek;;Vrije tijd;\nGemeente;Jeugd;;" + some("cluster", "Vrije tijd", "-", "") +
			";\nGemeente;Vrije tijd;cluster;;" + some("head", "", "-", "Jan Maes", "jan.maes") + "\nGemeente;-=Sport;;;\nOCMW;voorbeeld;;;\nOCMW;-;;;\n",
		"Personeel", peopleHeads + rows("people", 4, person),
		"Lokalen", "locatie;organisatie;lokaal;soort;plaatsen;pc's\n" + rows("rooms", 3, func(i int) string {
			return strings.Join([]string{some("place", "Bib", "Huis", "-"), some("owner", "", "OCMW"), []string{"Zaal", "-", "Balie"}[i], some("kind", "ocr", "balie"), some("seats", "", "3"), some("pcs", "", "500")}, ";")
		}),
		"Openingsuren", "locatie;organisatie;dagen;van;tot;seizoen;seizoen van;seizoen tot\n" + rows("hours", 4, func(i int) string {
			days := []string{"ma", "di-do", "vr en za", "zo"}[i]
			return strings.Join([]string{some("place", "Bib", "Huis", "-"), some("owner", "", "OCMW"), days,
				some("hours", "9u;12u", "13:00;24:00", "gesloten;", "8u-9u, 20u-21u;"), some("season", ";;", ";;", "Zomer;2027-07-01;2027-08-31", "Kerst;2027-12-20;2028-01-02")}, ";")
		}),
	}
}
