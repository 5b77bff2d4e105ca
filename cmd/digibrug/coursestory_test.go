package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

// school brings in what a coordinator starts with, sheet by sheet: a library that is always open with a room of PCs, a
// trainer who works here, a course of one lesson, and somebody who came to the desk.
func (c council) school() {
	c.t.Helper()
	dir := c.t.TempDir()
	for _, sheet := range [][2]string{
		{"Openingsuren", "locatie;organisatie;dagen;van;tot\nBibliotheek;Gemeente Zandwerve;ma-zo;00:00;24:00\n"},
		{"Lokalen", "locatie;organisatie;lokaal;soort;plaatsen;pc's\nBibliotheek;Gemeente Zandwerve;Computerklas;leslokaal;12;10\n"},
		{"Lesgevers", "lesgever;soort lesgever;personeelslid;telefoon\nRuud Baert;personeelslid;Ruud Baert;0470 00 11 22\n"},
		{"Cursussen", "cursuscode;cursustitel;onderwerp;niveau;doelen;lessen;minuten per les;minimum;maximum\nmail;E-mail voor starters;e-mail en agenda;starter;een mail sturen;1;30;1;4\n"},
		{"Cursisten", "voornaam;familienaam;soort cursist;telefoon\nYasmina;Haddad;inwoner;0470 65 43 21\n"},
	} {
		path := filepath.Join(dir, sheet[0]+".csv")
		if err := os.WriteFile(path, []byte(sheet[1]), 0o600); err != nil {
			c.t.Fatal(err)
		}
		c.types("start", "import", path)
	}
}

// soon is when a lesson can begin today, and how long it lasts: at the next quarter of an hour in Brussels, from whose
// beginning on it can be marked now. Of a quarter that is almost over it waits for the end: the lesson must not have begun
// before the keys are pressed. In the last minutes of a day no lesson can begin.
func soon(t *testing.T) (from time.Time, length time.Duration) {
	t.Helper()
	const quarter = 15 * time.Minute
	now := time.Now().In(data.Brussels)
	if left := now.Truncate(quarter).Add(quarter).Sub(now); left < 30*time.Second {
		time.Sleep(left)
		now = now.Add(left)
	}
	from = now.Truncate(quarter).Add(quarter)
	left := data.StartOf(now.AddDate(0, 0, 1)).Sub(from)
	if left < quarter {
		t.Skip("no lesson can begin and end today any more")
	}
	return from, min(left, 2*quarter)
}

// clock is a time of the day that began before it as people type it: its end is 24.00.
func clock(at, day time.Time) string {
	if data.DayOf(at) != data.DayOf(day) {
		return "24.00"
	}
	return at.In(data.Brussels).Format("15.04")
}

// enters logs in for the first time, and chooses a password.
func (o *office) enters(screens, login, password string) {
	o.t.Helper()
	o.visit(screens, login, password)
	o.await("Kies eerst een eigen wachtwoord")
	for range 2 {
		o.send("-l", "drie oude fietsen aan zee")
		o.send("Enter")
	}
	o.await("Wat wilt u doen?")
}

// agrees says yes to a question.
func (o *office) agrees(question string) {
	o.t.Helper()
	o.await(question, "► Nee")
	o.send("Down")
	o.await("► Ja")
	o.send("Enter")
}

// TestCourseStory is the promise of the fifth issue, through OpenSSH's client in a terminal: the coordinator types what
// somebody needs, makes a group of it, opens the series and moves its lesson to today; the trainer marks who is there, and
// prints the attest. Every invariant of the courses holds at the end, and the loop shows what came of the need.
func TestCourseStory(t *testing.T) {
	datatest.EachNew(t, func(t *testing.T, url string) {
		o := newOffice(t)
		c := newCouncil(t, url)
		c.types("init", "--place", "Zandwerve", "--admin", "jan.maes", "--name", "Jan Maes")
		c.types("org", "service", "Vrije tijd", "--organisation", "Gemeente Zandwerve")
		ine := read[struct{ Password string }](c, "user", "add", "ine.claes", "--name", "Ine Claes", "--service", "Vrije tijd", "--role", string(data.RoleCoordinator))
		ruud := read[struct{ Password string }](c, "user", "add", "ruud.baert", "--name", "Ruud Baert", "--service", "Vrije tijd", "--role", string(data.RoleTrainer))
		c.school()
		screens := c.serve()

		o.enters(screens, "ine.claes", ine.Password)
		o.goes("Leernoden")
		o.await("Er zijn geen open leernoden")
		o.send("-l", "n")
		o.await("Wie moet iets leren?")
		o.send("-l", "haddad")
		o.await("► Yasmina Haddad")
		o.send("Enter")
		o.await("Nieuwe leernood", "< E-mail voor starters >")
		o.presses("[ Bewaren ]")
		o.await("1 open nood, zonder plaats: 1", "► Yasmina Haddad")

		o.send("-l", "g")
		o.await("Er is nog geen plan")
		o.send("Enter")
		o.await("[x] E-mail voor starters (1)", "[x] Bibliotheek: Computerklas (10)", "[x] Ruud Baert")
		o.send("Tab", "Tab")
		o.await("► Lesuren")
		o.send("-l", "di 14.00")
		o.presses("[ Groepen maken ]")
		o.await("Plaatsen: 1, groepen: 1", "di 14.00 u", "In deze groep: Yasmina Haddad")
		o.send("-l", "t")
		o.agrees("een lessenreeks maken")
		number := regexp.MustCompile(`\d\d-001`).FindString(o.await("Er is 1 reeks gemaakt", "ontwerp")) // the year is that of the first lesson
		o.send("-l", "p")
		o.agrees("openen voor inschrijving? Meteen een plaats: 1")
		o.await(number + " is open")

		from, length := soon(t)
		o.send("Enter")
		o.await("► "+number, "1/4")
		o.send("Enter")
		o.await("Alle lessen kunnen doorgaan", "►   1  di ")
		o.send("Enter")
		o.await("► Dag (nodig)")
		o.send("C-u")
		o.send("-l", from.Format("2/1/2006"))
		o.send("Tab", "C-u")
		o.await("► Uren (nodig)")
		o.send("-l", from.Format("15.04")+"-"+clock(from.Add(length), from))
		o.presses("[ Verplaatsen ]")
		o.await("Les 1 is nu op", from.Format("02/01/2006"))

		o.enters(screens, "ruud.baert", ruud.Password)
		o.goes("Mijn lessen")
		o.await("Vandaag: 1 les", fmt.Sprint("► vandaag ", from.Format("15:04")))
		o.send("Enter")
		o.await("► Yasmina Haddad", "nog 1 in te vullen")
		o.send("-l", "a")
		o.await("1 van 1 aanwezig", "aanwezig         0470 65 43 21")
		o.send("-l", "p")
		o.goes("Attesten van deelname")
		o.await("Gemaakt: attest-" + number + "-yasmina-haddad-")
		o.leave() // the server need not wait for a session when it stops

		if said := c.types("course", "check"); !strings.Contains(said, "klopt") {
			t.Errorf("course check: %s", said)
		}
		if said, err := c.tries("audit", "verify"); err != nil {
			t.Errorf("audit verify: %v, %s", err, said)
		}
		if said := c.types("course", "needs", "--all"); !strings.Contains(said, "Yasmina Haddad") || strings.Contains(said, "zonder plaats: 1") {
			t.Errorf("the need that was met: %s", said)
		}
	})
}
