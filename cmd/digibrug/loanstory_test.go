package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
	"digibrug/loans/takeover"
)

// register writes the ICT officer's start workbook: one location that is always open, three laptops, and one of them
// out on paper.
func (c council) register() (path string) {
	c.t.Helper()
	const place, owner = "Bibliotheek Zandwerve", "Gemeente Zandwerve"
	past := time.Now().In(data.Brussels).AddDate(0, 0, -5).Format(data.DayLayout)
	due := time.Now().In(data.Brussels).AddDate(0, 0, 9).Format(data.DayLayout)
	rows := map[string][]map[string]string{
		start.OrganisationSheet: {{"organisatie": owner, "soort": "gemeente"}},
		start.ServiceSheet:      {{"organisatie": owner, "dienst": "Bibliotheek", "soort": "dienst"}},
		start.PeopleSheet:       {{"personeelsnummer": "12", "voornaam": "Noor", "familienaam": "Aerts", "dienst": "Bibliotheek", "functie": "baliemedewerker", "vanaf": "2021-09-01"}},
		start.HoursSheet:        {{"locatie": place, "organisatie": owner, "dagen": "ma-zo", "van": "08:00", "tot": "20:00"}},
		takeover.DeviceSheet: {
			{"naam": "LT-001", "soort toestel": "laptop", "toebehoren": "lader 25; muis 10; tas 15", "eigenaar": owner, "locatie": place, "stand bij overname": "klaar"},
			{"naam": "LT-002", "soort toestel": "laptop", "toebehoren": "lader 25; muis 10; tas 15", "eigenaar": owner, "locatie": place, "stand bij overname": "klaar"},
			{"naam": "LT-003", "soort toestel": "laptop", "toebehoren": "lader 25; muis 10; tas 15", "eigenaar": owner, "locatie": place, "stand bij overname": "klaar"},
		},
		takeover.LoanSheet: {{"toestel": "LT-003", "voornaam": "Wout", "familienaam": "Hermans", "soort ontlener": "inwoner", "telefoon": "0470 12 34 56",
			"uitgeleend op": past, "terug op": due}},
	}
	var draft workbook.Draft
	for _, sheet := range takeover.Workbook() {
		tab := workbook.Tab{Name: sheet.Name()}
		for _, f := range sheet.Fields() {
			tab.Columns = append(tab.Columns, workbook.DraftColumn{Head: f.Head, Need: f.Need, Day: f.Day, Known: f.Known})
		}
		for _, r := range rows[sheet.Name()] {
			line := make([]string, len(tab.Columns))
			for i, column := range tab.Columns {
				line[i] = r[column.Head]
			}
			tab.Rows = append(tab.Rows, line)
		}
		draft.Tabs = append(draft.Tabs, tab)
	}
	content, err := workbook.Write(draft)
	if err == nil {
		path = filepath.Join(c.t.TempDir(), "toestellen.xlsx")
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return path
}

// read gives what a command prints as JSON.
func read[T any](c council, args ...string) (v T) {
	c.t.Helper()
	said := c.types(append(args, "--json")...)
	if err := json.Unmarshal([]byte(said), &v); err != nil {
		c.t.Fatalf("digibrug %s said %q: %v", strings.Join(args, " "), said, err)
	}
	return v
}

// scan sends a code as a scanner does: in one burst, with Enter at its end.
func (o *office) scan(code string) {
	o.t.Helper()
	o.send("-l", code+"\r")
}

// confirms reads a card and presses Enter. Nobody reads as fast as a scanner sends the second of two Enters, which the
// desk ignores.
func (o *office) confirms() {
	o.t.Helper()
	time.Sleep(200 * time.Millisecond)
	o.send("Enter")
}

// goes moves the cursor of a menu down to a line and opens it.
func (o *office) goes(line string) {
	o.t.Helper()
	o.await(line)
	for range 30 {
		if strings.Contains(o.screen(), "► "+line) {
			o.send("Enter")
			return
		}
		o.send("Down")
		time.Sleep(50 * time.Millisecond)
	}
	o.t.Fatalf("no cursor comes to %q:\n%s", line, o.screen())
}

// presses goes to a button of a form and presses it.
func (o *office) presses(button string) {
	o.t.Helper()
	for range 12 {
		if strings.Contains(o.screen(), "► "+button) {
			o.send("Enter")
			return
		}
		o.send("Tab")
		time.Sleep(50 * time.Millisecond)
	}
	o.t.Fatalf("no cursor comes to %q:\n%s", button, o.screen())
}

// step takes the step of the return chain that the list puts first.
func (o *office) step(list, title, button, done string) {
	o.t.Helper()
	o.await(list)
	o.send("Enter")
	o.await(title)
	o.presses(button)
	o.await(done)
}

// TestLoanStory is the promise of the fourth issue, through OpenSSH's client in a terminal: devices and what is out on
// paper come in with the start workbook; a reservation is lent with its code and Enter, signed for on paper, taken back
// with one scan and Enter, checked, wiped and tested, and is ready for the next; and every invariant of the register
// holds at the end.
func TestLoanStory(t *testing.T) {
	datatest.EachNew(t, func(t *testing.T, url string) {
		o := newOffice(t)
		c := newCouncil(t, url)
		c.types("init", "--place", "Zandwerve", "--admin", "jan.maes", "--name", "Jan Maes")
		c.types("start", "import", c.register())
		if day := c.types("loan", "check"); !strings.Contains(day, "klopt") {
			t.Fatalf("after the workbook: %s", day)
		}
		account := read[struct{ Password string }](c, "user", "add", "noor.aerts", "--name", "Noor Aerts", "--service", "Bibliotheek", "--role", string(data.RoleClerk))
		card := regexp.MustCompile(`kaart ([0-9 ]+)\.`).FindStringSubmatch(c.types("loan", "borrower", "--name", "Yasmina Haddad", "--phone", "0470 65 43 21"))
		if card == nil {
			t.Fatal("no card for the borrower")
		}
		for _, code := range calendar.PublicHolidays() { // today may be one, and the day on which the laptop comes back
			c.types("calendar", "tick", "Bibliotheek Zandwerve", string(code), "off")
		}
		today := time.Now().In(data.Brussels)
		booked := read[struct{ Number, Device string }](c, "loan", "book", "laptop", card[1], "--from", today.Format(data.DayLayout), "--until", today.AddDate(0, 0, 7).Format(data.DayLayout))

		screens := c.serve()
		o.visit(screens, "noor.aerts", account.Password)
		o.await("Kies eerst een eigen wachtwoord")
		for range 2 {
			o.send("-l", "drie oude fietsen aan zee")
			o.send("Enter")
		}
		o.goes("Uitleenloket")
		o.await("Vandaag,", "af te halen 1", "Yasmina Haddad")

		o.scan(booked.Number)
		screen := o.await("Ontlener: Yasmina Haddad", "Uitlenen: "+booked.Device, "[x] L lader", "Terug op")
		label := regexp.MustCompile(regexp.QuoteMeta("Uitlenen: "+booked.Device) + `, ([0-9 ]+) \(`).FindStringSubmatch(screen)
		if label == nil {
			t.Fatalf("the card does not show the number on the label:\n%s", screen)
		}
		o.confirms()
		o.await("Gelukt: "+booked.Device+" is uitgeleend aan Yasmina Haddad", "Nog te tekenen: Yasmina Haddad")
		o.send("-l", "p")
		o.await("De afdruk staat als PDF bij", "Opgeschreven: getekend op papier")

		o.scan(strings.ReplaceAll(label[1], " ", ""))
		o.await("Terugnemen: "+booked.Device, "Yasmina Haddad", "[x] L lader")
		o.confirms()
		o.await("Gelukt: "+booked.Device+" is terug van Yasmina Haddad", "na te kijken 1")
		o.send("-l", "p")
		o.await("De afdruk staat als PDF bij", "Opgeschreven: getekend op papier")

		o.send("Escape")
		o.goes("Toestellen")
		o.await("LT-001", "LT-002", "LT-003")
		o.send("-l", "k")
		o.step("Na te kijken: 1", "Nakijken: "+booked.Device, "[ Nagekeken ]", booked.Device+" is nu te wissen")
		o.step("Te wissen: 1", "Wissen: "+booked.Device, "[ Gewist ]", booked.Device+" is nu in voorraad")
		o.await("Op te laden en te testen: 1")
		o.send("Enter")
		o.await("Opladen en testen", "[ ] opgeladen")
		o.send("Space", "Down", "Space")
		o.presses("[ Klaar om uit te lenen ]")
		o.await("Er is niets na te kijken")

		if said := c.types("loan", "check"); !strings.Contains(said, "klopt") {
			t.Errorf("loan check: %s", said)
		}
		if said := c.types("loan", "lend", booked.Device, card[1]); !strings.Contains(said, "uitgeleend aan Yasmina Haddad") {
			t.Errorf("the wiped device is not ready for the next: %s", said)
		}
		if said, err := c.tries("audit", "verify"); err != nil {
			t.Errorf("audit verify: %v, %s", err, said)
		}
	})
}
