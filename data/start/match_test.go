package start_test

import (
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
)

const peopleHeads = "personeelsnummer;voornaam;familienaam;dienst;functie;breuk;vanaf;tot;log-in;rollen;taal\n"

// TestMatching: whom a row is about, in a town where Peeters An has number 1, Bo Maes two jobs and no number, and two
// people are called Jo Vos. Other people are left out of what is shown.
func TestMatching(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	datatest.NewTown(t, db)
	apply(t, db, file(t, "Personeel", peopleHeads+"1;An;Peeters;Burgerzaken;;;;;an.peeters;;\n4;Bo;Maes;Burgerzaken;klerk;50;2020-01-01;;bo;;\n"+
		"4;Bo;Maes;Bibliotheek;balie;50;2021-01-01;;;;\n5;Jo;Vos;Jeugd;speler;;2021-01-01;;;;\n6;Jo;Vos;Jeugd;leider;;2021-01-01;;;;\n7;Al;Weg;Jeugd;;;2019-01-01;2020-01-01;;;\n"+
		"8;Zoë;Klein;Jeugd;;;2026-01-01;2026-12-31;;;\n"), start.Ask{})
	if err := db.InTx(t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE persons SET number = NULL WHERE number IN ('4', '5', '6')`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ rows, want string }{
		"by number, whatever the letters": {"1;AN;PEETERS;Burgerzaken;;;;;;;\n", ""},
		"by number, another family name":  {"1;An;Vos;Burgerzaken;;;;;;;\n", "2 change An Vos | familienaam: Peeters → Vos"},
		"by number, a corrected accent":   {"8;Zoé;Klein;Jeugd;;;;;;;\n", "2 change Zoé Klein | voornaam: Zoë → Zoé"},
		"by log-in":                       {";An;Peters;Burgerzaken;;;;;an.peeters;;\n", "2 change An Peters | familienaam: Peeters → Peters"},
		"by log-in, elsewhere":            {";An;Peeters;Jeugd;;;;;an.peeters;;\n", "2 add An Peeters | dienst:  → Jeugd | breuk:  → 100 % | vanaf:  → 2026-11-23"},
		"by name, in the service":         {";an;peeters;burgerzaken;klerk;;;;;;\n", "2 change An Peeters | functie: medewerker → klerk"},
		"by name, who gets a number":      {"9;Bo;Maes;Bibliotheek;balie;;;;;;\n", "2 change Bo Maes | personeelsnummer:  → 9"},
		"by name, who gets a log-in": {";Jo;Vos;Jeugd;leider;;2021-01-01;;jo;;\n",
			"! A2 personeelsnummer: start.several want Jeugd; Jeugd got Jo Vos"},
		"both jobs of one":             {";Bo;Maes;Burgerzaken;klerk;;;;;;\n;Bo;Maes;Bibliotheek;balie;;;;;;\n", ""},
		"two of one name, by what":     {";Jo;Vos;Jeugd;leider;;2021-01-01;;;;\n;Jo;Vos;Jeugd;speler;80;2021-01-01;;;;\n", "3 change Jo Vos | breuk: 100 % → 80 %"},
		"one of two of one name":       {";Jo;Vos;Jeugd;;;;;;;\n", "! A2 personeelsnummer: start.several want Jeugd; Jeugd got Jo Vos"},
		"a third of one name":          {";Jo;Vos;Jeugd;leider;;2021-01-01;;;;\n;Jo;Vos;Jeugd;speler;;2021-01-01;;;;\n;Jo;Vos;Jeugd;kok;;;;;;\n", "! A4 personeelsnummer: start.namesake want Jeugd got Jo Vos"},
		"two numbers for one name":     {"21;Jo;Vos;Jeugd;leider;;2021-01-01;;;;\n", "! A2 personeelsnummer: start.several want Jeugd; Jeugd got Jo Vos"},
		"namesakes with numbers":       {"31;Ann;Nieuw;Jeugd;;;;;;;\n32;Ann;Nieuw;Jeugd;;;;;;;\n", "2 add Ann Nieuw | personeelsnummer:  → 31 | dienst:  → Jeugd | breuk:  → 100 % | vanaf:  → 2026-11-23\n3 add Ann Nieuw | personeelsnummer:  → 32 | dienst:  → Jeugd | breuk:  → 100 % | vanaf:  → 2026-11-23"},
		"a number of a namesake":       {"33;An;Peeters;Jeugd;;;;;;;\n", "2 add An Peeters | personeelsnummer:  → 33 | dienst:  → Jeugd | breuk:  → 100 % | vanaf:  → 2026-11-23"},
		"who left, and was never here": {"40;Oud;Lid;Jeugd;;;2000-01-01;2010-01-01;;;\n", ""},
		"who left, and was here":       {"7;Al;Weg;Jeugd;;;2019-01-01;2020-01-01;;;\n", ""},
		"a new contract":               {"8;Zoë;Klein;Jeugd;;;2027-01-01;2027-12-31;;;\n", "2 add Zoë Klein | dienst:  → Jeugd | breuk:  → 100 % | vanaf:  → 2027-01-01 | tot:  → 2027-12-31"},
		"a contract that goes on":      {"8;Zoë;Klein;Jeugd;;;2026-01-01;2027-12-31;;;\n", "2 change Zoë Klein | tot: 2026-12-31 → 2027-12-31"},
		"a contract without end":       {"8;Zoë;Klein;Jeugd;;;;-;;;\n", "2 change Zoë Klein | tot: 2026-12-31 → "},
		"another first day":            {"1;An;Peeters;Burgerzaken;-;;2020-02-01;;;;\n", "2 change An Peeters | functie: medewerker →  | vanaf: 2020-01-01 → 2020-02-01"},
		"roles are added":              {"1;An;Peeters;Burgerzaken;;;;;an.peeters;lesgever, medewerker;en\n", "2 change An Peeters | rollen: medewerker → medewerker; lesgever | taal:  → en"},
		"roles without the log-in":     {"1;An;Peeters;Burgerzaken;;;;;;Clerk;\n", "2 change An Peeters | rollen: medewerker → medewerker; loketmedewerker"},
		"a later row has the log-in":   {"50;Ed;Nieuw;Jeugd;kok;;;;;lesgever;\n50;Ed;Nieuw;Jeugd;kelner;;;;ed;;\n", "2 add Ed Nieuw | personeelsnummer:  → 50 | dienst:  → Jeugd | functie:  → kok | breuk:  → 100 % | vanaf:  → 2026-11-23\n3 add Ed Nieuw | personeelsnummer:  → 50 | dienst:  → Jeugd | functie:  → kelner | breuk:  → 100 % | vanaf:  → 2026-11-23 | log-in:  → ed | rollen:  → lesgever"},
	} {
		t.Run(name, func(t *testing.T) {
			p := plan(t, db, file(t, "Personeel", peopleHeads+c.rows), start.Ask{})
			p.Leavers, p.Notes = nil, nil
			compare(t, strings.ReplaceAll(strings.ReplaceAll(shown(p), "! Personeel ", "! "), "Personeel ", ""), c.want)
		})
	}
}

// TestAccounts: an account gets the roles and the language of all rows of its person, and roles end with the last work.
func TestAccounts(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		datatest.NewTown(t, db)
		apply(t, db, file(t, "Personeel", peopleHeads+"50;Ed;Nieuw;Jeugd;kok;;2026-01-01;2027-01-31;ed;medewerker;en\n50;Ed;Nieuw;Jeugd;kelner;;2026-01-01;2027-06-30;;lesgever;\n"+
			"1;An;Peeters;Burgerzaken;;;;2026-12-31;an.peeters;jurylid;fr\n"), start.Ask{})
		got := ""
		for _, login := range []string{"ed", "an.peeters"} {
			roles, err := data.List(t.Context(), db, func(scan func(...any) error) (s string, err error) {
				var role, until, language string
				err = scan(&role, &until, &language)
				return role + " " + until + " " + language, err
			}, `SELECT r.role, coalesce(r.until_on, 'open'), a.language FROM account_roles r JOIN accounts a ON a.id = r.account_id WHERE a.login = $1 ORDER BY r.role`, login)
			if err != nil {
				t.Fatal(err)
			}
			got += login + ": " + strings.Join(roles, ", ") + "\n"
		}
		compare(t, got, "ed: staff 2027-06-30 en, trainer 2027-06-30 en\nan.peeters: jury 2026-12-31 fr, staff 2026-12-31 fr")
		apply(t, db, file(t, "Personeel", peopleHeads+"1;An;Peeters;Burgerzaken;;80;;2027-12-31;;;\n"), start.Ask{})
		var open int
		if err := data.One(t.Context(), db, []any{&open}, `SELECT count(*) FROM account_roles WHERE until_on = '2027-12-31'`); err != nil || open != 2 {
			t.Errorf("%d roles go on with the work, %v", open, err)
		}
		apply(t, db, file(t, "Personeel", peopleHeads+"1;An;Peeters;Burgerzaken;;;;-;;;\n"), start.Ask{})
		if err := data.One(t.Context(), db, []any{&open}, `SELECT count(*) FROM account_roles r JOIN accounts a ON a.id = r.account_id WHERE a.login = 'an.peeters' AND until_on IS NULL`); err != nil || open != 2 {
			t.Errorf("%d roles last again, %v", open, err)
		}
		filled(t, db)
	})
}

// TestRolesGoOn: with two works that end, roles go on with the one that is prolonged, or with new work.
func TestRolesGoOn(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		datatest.NewTown(t, db)
		until := func(want string) {
			t.Helper()
			got, err := data.List(t.Context(), db, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
				`SELECT coalesce(r.until_on, 'open') FROM account_roles r JOIN accounts a ON a.id = r.account_id WHERE a.login = 'ed' ORDER BY r.role`)
			if err != nil || strings.Join(got, " ") != want {
				t.Errorf("roles until %v, %v, want %s", got, err, want)
			}
		}
		give := func(rows string) { t.Helper(); apply(t, db, file(t, "Personeel", peopleHeads+rows), start.Ask{}) }
		give("50;Ed;Nieuw;Jeugd;kok;;2026-01-01;2027-01-31;ed;medewerker;\n50;Ed;Nieuw;Jeugd;kelner;;2026-01-01;2027-06-30;;;\n")
		until("2027-06-30")
		give("50;Ed;Nieuw;Jeugd;kok;;2026-01-01;2027-12-31;;;\n") // the kelner stays as it is
		until("2027-12-31")
		give("50;Ed;Nieuw;Jeugd;kok;;2026-01-01;2027-02-28;;;\n")
		until("2027-06-30")
		give("50;Ed;Nieuw;Bibliotheek;klerk;;2027-07-01;2028-06-30;;;\n")
		until("2028-06-30")
		give("50;Ed;Nieuw;Bibliotheek;klerk;80;2027-07-01;-;;;\n")
		until("open")
		filled(t, db)
	})
}

// TestRolesDoNotComeBack: who left, and comes again days later, gets no roles by the new work alone.
func TestRolesDoNotComeBack(t *testing.T) {
	var clock datatest.Hand
	db := datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now))
	datatest.NewTown(t, db)
	apply(t, db, file(t, "Personeel", peopleHeads+"50;Ed;Nieuw;Jeugd;kok;;2026-01-01;2026-11-24;ed;medewerker, lesgever;\n"), start.Ask{})
	clock.Forward(72 * time.Hour)
	apply(t, db, file(t, "Personeel", peopleHeads+"50;Ed;Nieuw;Jeugd;kok;;2026-12-01;;;;\n"), start.Ask{})
	var open int
	if err := data.One(t.Context(), db, []any{&open}, `SELECT count(*) FROM account_roles r JOIN accounts a ON a.id = r.account_id
		WHERE a.login = 'ed' AND (r.until_on IS NULL OR r.until_on > '2026-11-24')`); err != nil || open != 0 {
		t.Errorf("%d roles came back, %v", open, err)
	}
}
