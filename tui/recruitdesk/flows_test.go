package recruitdesk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"digibrug/quiz/recruit"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// into types texts into the fields of a form, one after the other, from the field under the cursor.
func into(texts ...string) (all []tea.Msg) {
	for _, text := range texts {
		all = append(all, screentest.Steps(typed(text), keys("tab"))...)
	}
	return all
}

// newest is the procedure that the other recruiter made last.
func (s *scene) newest() recruit.Procedure {
	s.t.Helper()
	all, err := s.Store.Procedures(s.t.Context(), s.Other)
	s.Must(err)
	if len(all) == 0 {
		s.t.Fatal("there is no procedure")
	}
	return all[0].Procedure
}

// TestSmallProcedure goes from nothing to letters with the keyboard alone: one form, names, people, the warning, two keys.
func TestSmallProcedure(t *testing.T) {
	s := ready(t)
	page := s.as(other, keys("n", "enter"), into("Medewerker onthaal", "2026-120"), keys("tab"), into("Mails en dossiers."), keys("space", "down", "space", "tab"))
	page.Send(screentest.Steps(screentest.Clear(), typed("23/11/2026"), keys("tab"), screentest.Clear(), typed("23/11/2026"), keys("tab"), screentest.Clear(), typed("14u-18u"), keys("tab", "tab"),
		into("Testlokaal, Markt 1", "Breng uw identiteitskaart mee.", "Personeelsdienst, 051 00 00 00"), keys("tab", "tab", "tab", "enter"))...)
	page.Says("Medewerker onthaal is gemaakt.", "Er is nog geen jury.", "Er zijn nog geen kandidaten.").Lacks("Het nummer van de vacature ontbreekt.", "bewaard worden")
	page.Send(keys("enter", "tab", "tab", "tab", "enter")...) // the first line that lacks: the supervisor
	page.Says("Gegeven: opzichter.").Lacks("een opzichter.")
	page.Send(keys("enter", "right", "tab", "tab", "tab", "enter")...)
	page.Says("Gegeven: jurylid.").Lacks("geen jury")
	page.Send(keys("enter")...)
	page.Send(screentest.Steps(typed("Mieke Peeters"), keys("enter"), typed("Bram Claes"), keys("tab", "enter"))...)
	page.Says("Toegevoegd: 2 kandidaten.", "Let op", "100 % van de vragen is openbaar").Lacks("Volgende stap")
	page.Send(keys("o", "enter")...)
	page.Says("De test kan nog niet open. Nog te doen: 1.")
	page.Send(keys("enter", "enter")...)
	page.Says("De waarschuwingen zijn aanvaard.", "Alles is klaar. Leg de test vast en open hem.")
	page.Send(keys("o", "enter")...)
	p := s.newest()
	page.Says("De test ligt vast. Controlegetal: "+p.Frozen[:40], "2 kandidaten, nog 2 zonder uitnodiging")
	if p.State != recruit.Open || p.Days.Open != 14*60 || p.Purpose != "Selectie voor vacature 2026-120" || p.Blueprint.Total() != 24 || p.Pass.Parts["mail"] != 50 {
		t.Errorf("made %+v", p)
	}
	page.Send(keys("u", "enter")...)
	page.Says("Gemaakt: 2 uitnodigingen.").Lacks("zonder uitnodiging")
	if s.letters != 2 || s.names != 2 {
		t.Errorf("%d letters and %d names went to paper", s.letters, s.names)
	}
}

// TestLettersSayWhere: who makes letters that say no address reads so first, and what is next after them is to hand them out.
func TestLettersSayWhere(t *testing.T) {
	s := opened(t)
	s.as(rik, keys("enter", "u")).Says("Adres in de brief", "geen. Kandidaten kunnen dan alleen beginnen aan een pc die klaarstaat.")
	s.door = "test.zonnedorp.example:2222"
	page := s.as(rik, keys("enter", "u"))
	page.Says("test.zonnedorp.example:2222").Lacks("die klaarstaat")
	page.Send(keys("enter")...)
	page.Says("Haal de brieven op bij Brieven en prints").Lacks("Is iedereen klaar?")
}

// TestCloseAsks: Enter twice never closes a test that nobody sat. Once all are done nothing is asked.
func TestCloseAsks(t *testing.T) {
	s := invited(t)
	page := s.as(rik, keys("enter", "g"))
	page.Says("0 van 6 klaar")
	page.Send(keys("enter")...).Says("6 kandidaten zijn nog niet klaar, of kwamen niet. Toch sluiten?")
	page.Send(keys("enter")...)
	state := func() recruit.State {
		p, err := s.Store.Procedure(t.Context(), s.Rik, s.P.ID)
		s.Must(err)
		return p.State
	}
	if got := state(); got != recruit.Open {
		t.Fatalf("closed by two Enters: %s", got)
	}
	page.Send(keys("enter", "down", "enter")...).Says("De test is gesloten")
	if got := state(); got != recruit.Closed {
		t.Errorf("got %s", got)
	}
	s = invited(t)
	all, err := s.Store.Candidates(t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	for _, c := range all {
		s.Must(s.Store.Withdraw(t.Context(), s.Rik, c.ID))
	}
	s.as(rik, keys("enter", "g", "enter")).Says("De test is gesloten")
}

// TestOneByOne takes a candidate with all that is known, and asks for the next.
func TestOneByOne(t *testing.T) {
	page := ready(t).as(rik, keys("enter"), screentest.Row(2), keys("n"), into("Mieke", "Peeters"), keys("tab", "tab", "tab", "tab", "tab", "enter"))
	page.Says("Mieke Peeters is toegevoegd.", "Nieuwe kandidaat")
	page.Send(keys("esc")...).Says("Mieke Peeters")
}

// TestSeveralNames takes names in one go, and none of them where one is wrong: what was typed stays.
func TestSeveralNames(t *testing.T) {
	page := ready(t).as(rik, keys("enter"), screentest.Row(2), keys("m", "tab", "enter"))
	page.Says(`Vul dit in: "Namen".`)
	page.Send(screentest.Steps(typed("Ann Dekker"), keys("enter"), typed("Claes, Bram bram@"), keys("tab", "enter"))...)
	page.Says("[Ann Dekker", "[Claes, Bram bram@", "2").Lacks("Toegevoegd")
	page = ready(t).as(rik, keys("enter"), screentest.Row(2), keys("m"), typed("Ann Dekker"), keys("enter"), typed("Claes, Bram bram@mail.example"), keys("tab", "enter"))
	page.Says("Toegevoegd: 2 kandidaten.", "Ann Dekker", "Bram Claes", "bram@mail.example")
}

// TestWrongInForm says under each field what is wrong, and keeps what was typed.
func TestWrongInForm(t *testing.T) {
	s := ready(t)
	page := s.as(rik, keys("enter"), screentest.Row(4), keys("tab", "tab", "tab", "tab", "tab", "tab"), screentest.Clear(), typed("9u-10u, 11u-12u"), keys("pgdown", "enter"))
	page.Says("De test heeft één begin en één einde")
	page = s.as(rik, keys("enter"), screentest.Row(5), screentest.Clear(), typed("3 3 3"), keys("pgdown", "enter"))
	page.Says("Schrijf vier getallen met een spatie ertussen")
	page.Send(screentest.Steps(screentest.Clear(), typed("1 2 3 20"), keys("pgdown", "enter"))...)
	page.Says("Bewaard.", "Voor Bank mail, niveau 4 zijn 20 vragen nodig.")
	page = s.as(rik, keys("enter"), screentest.Row(1))
	page.Send(screentest.Steps(keys("n"), into("Mieke", "Sollicitantaa", "geen adres"), keys("pgdown", "enter"))...)
	page.Says("geen adres is geen e-mailadres")
	page.Send(screentest.Steps(screentest.Clear(), typed("kandidaat1@voorbeeld.example"), keys("tab", "tab", "tab", "tab", "tab", "enter"))...)
	page.Says("staat al op de lijst, met dezelfde gegevens")
	page.Send(keys("esc")...)
	page.Says("Wat u invulde, is nog niet bewaard.")
}

// TestAccommodations sets what a candidate needs, and shows it in the list.
func TestAccommodations(t *testing.T) {
	s := ready(t)
	page := s.as(rik, keys("enter"), screentest.Row(2), keys("enter"), typed("1,25"), keys("tab"), screentest.Clear(), typed("10"), keys("tab", "space", "tab"), typed("qwerty"), keys("tab", "right", "enter"))
	page.Says("Mieke Sollicitantaa: tijd × 1,25, 10 min pauze, leesmodus", "toetsenbord qwerty, hulp in en")
	all, err := s.Store.Candidates(t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	if want := (recruit.Settings{Factor: 1.25, Breaks: 10, Reading: true, Layout: "qwerty"}); all[0].Settings != want || all[0].Language != "en" {
		t.Errorf("set %+v, %s; want %+v, en", all[0].Settings, all[0].Language, want)
	}
}

// TestImport reads a list from the folder: first what is wrong, then whom it adds.
func TestImport(t *testing.T) {
	s := ready(t)
	put := func(name, text string) { s.Must(os.WriteFile(filepath.Join(s.in, name), []byte(text), 0o600)) }
	put("fout.csv", "voornaam;familienaam;e-mail\nTine;Maes;geen adres\n")
	put("goed.csv", "voornaam;familienaam;e-mail\nTine;Maes;tine@voorbeeld.example\nKoen;Wouters;\n")
	put("nota.txt", "niets")
	page := s.as(rik, keys("enter"), screentest.Row(2), keys("i"))
	page.Says("fout.csv", "goed.csv").Lacks("nota.txt")
	page.Send(keys("enter")...)
	page.Says("Niets is toegevoegd.", "geen adres is geen e-mailadres")
	page.Send(keys("i", "esc", "down", "enter")...)
	page.Says("Deze 2 kandidaten worden toegevoegd", "Tine Maes, tine@voorbeeld.example")
	page.Send(keys("i")...)
	page.Says("Toegevoegd: 2 kandidaten.", "Koen Wouters")
	page.Send(keys("esc", "s")...)
	page.Says("Het sjabloon sjabloon-kandidaten.xlsx ligt bij Brieven en prints.")
}

// TestPeopleChange gives other days, takes a duty away, and keeps the last recruiter.
func TestPeopleChange(t *testing.T) {
	s := ready(t)
	page := s.as(rik, keys("enter"), screentest.Row(3), keys("delete", "down", "enter"))
	page.Says("Dan kan niemand deze procedure nog beheren.")
	page.Send(keys("down", "enter", "tab")...)
	page.Send(screentest.Steps(screentest.Clear(), typed("23/11/2026"), keys("tab", "enter"))...)
	page.Says("Bewaard.", "23/11/2026")
	page.Send(keys("end", "delete", "down", "enter")...)
	page.Says("Lid Nummer07 heeft deze taak niet meer.")
	members, err := s.Store.Members(t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	if i := slices.IndexFunc(members, func(m recruit.Member) bool { return m.AccountID == s.Sup.AccountID }); members[i].Until != "2026-11-23" {
		t.Errorf("the supervisor stays until %s", members[i].Until)
	}
}

// TestSealedNames: once the list is sealed this room shows no name, and renaming has no key.
func TestSealedNames(t *testing.T) {
	s := opened(t)
	page := s.as(rik, keys("enter", "down", "enter"))
	page.Says("Sollicitant")
	page.Send(keys("esc", "z", "enter")...)
	page.Says("De namenlijst is verzegeld.")
	page.Send(keys("home", "down", "enter", "w")...)
	page.Says("u ziet alleen nummers").Lacks("Sollicitant", "Voornaam")
	page.Send(keys("delete", "down", "enter")...)
	page.Says("K-01 doet niet meer mee.", " weg")
}

// TestWrongKeys: keys of other states do nothing.
func TestWrongKeys(t *testing.T) {
	s := ready(t)
	page := s.as(rik, keys("enter", "u", "z", "g", "s", "n", "x"))
	page.Says("in opmaak", "Volgende stap")
	if p, err := s.Store.Procedure(t.Context(), s.Rik, s.P.ID); err != nil || p.State != recruit.Draft {
		t.Errorf("state %s, %v", p.State, err)
	}
	page.Send(screentest.Steps(keys("delete"), typed("te weinig kandidaten"), keys("tab", "enter", "down", "enter"))...)
	page.Says("De procedure is stopgezet.", "stopgezet")
	page.Send(keys("o", "u", "delete")...)
	page.Says("Deze procedure is stopgezet.")
}

func TestHostileText(t *testing.T) {
	s := ready(t)
	evil := "\x1b]0;pwned\x07Ev\x1b[2J\u202eil =1+1 " + strings.Repeat("lang ", 15)
	p := s.P
	p.Title, p.Vacancy, p.Profile, p.Place, p.Practical, p.Contact = evil, evil, evil, evil, evil, evil
	_, err := s.Store.Change(t.Context(), s.Rik, p)
	s.Must(err)
	_, err = s.Store.AddCandidates(t.Context(), s.Rik, s.P.ID, []recruit.NewCandidate{{Name: recruit.Name{Given: "Ev\x1b[2J", Family: "\u202eil =1+1", Street: "\x1b]0;pwned\x07straat", Phone: "0470\x07"}}})
	s.Must(err)
	for _, steps := range [][]tea.Msg{nil, keys("enter"), keys("enter", "o"), screentest.Steps(keys("enter"), screentest.Row(2)), screentest.Steps(keys("enter"), screentest.Row(4)),
		screentest.Steps(keys("enter"), screentest.Row(2), keys("end", "w")), screentest.Steps(keys("enter"), screentest.Row(2), keys("end", "enter"))} {
		for _, size := range screentest.Sizes() {
			page := s.show(rik, size[0], size[1], steps)
			if view := page.View().Content; strings.ContainsAny(view, "\x07\u202e") || strings.Contains(view, "\x1b]0") || strings.Contains(view, "\x1b[2J") {
				t.Errorf("an escape came through:\n%q", view)
			}
			page.Fits()
		}
	}
}

// TestOpenQuestions: whoever asks for open questions is told that two people must mark them, and gets them by giving the duty.
func TestOpenQuestions(t *testing.T) {
	s := ready(t)
	s.Draft(s.Other, "Medewerker onthaal")
	page := s.as(other, keys("enter", "end", "enter"))
	page.Says("Bank mail: vragen per niveau", "Bank mail: open vragen (in de bank: 2)").Lacks("Bank windows: open vragen")
	page.Send(screentest.Steps(keys("tab", "tab"), screentest.Clear(), typed("3"), keys("pgdown", "enter"))...)
	page.Says("Voor Bank mail, open vragen zijn 3 vragen nodig", "Voor open vragen zijn 2 correctoren nodig", "27 vragen")
	page.Send(screentest.Steps(keys("home", "enter", "tab", "tab"), screentest.Clear(), typed("2"), keys("pgdown", "enter"))...)
	page.Says("26 vragen").Lacks("Voor Bank mail")
	if p := s.newest(); !p.ByHand || p.Written.Counts["mail"] != 2 || p.Written.Points != recruit.WrittenPoints {
		t.Errorf("stored: by hand %v, %+v", p.ByHand, p.Written)
	}
	page.Send(screentest.Steps(keys("end", "enter", "tab", "tab"), screentest.Clear(), typed("0"), keys("pgdown", "enter"))...)
	page.Says("24 vragen").Lacks("correctoren")
}
