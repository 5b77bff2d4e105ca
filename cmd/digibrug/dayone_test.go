package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/data/workbook"
)

// council is a municipality on its first day: an empty data directory, and the program to type at.
type council struct {
	t        *testing.T
	dir, url string
	binary   string
}

func newCouncil(t *testing.T, url string) council {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return council{t, filepath.Join(t.TempDir(), "huis"), url, path}
}

// types runs a command that must go well and gives what it says.
func (c council) types(args ...string) string {
	c.t.Helper()
	text, err := c.tries(args...)
	if err != nil {
		c.t.Fatalf("digibrug %s: %v\n%s", strings.Join(args, " "), err, text)
	}
	return text
}

// tries runs a command that may go wrong.
func (c council) tries(args ...string) (string, error) {
	cmd := exec.Command(c.binary, append(args, "--data", c.dir, "--db", c.url)...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// serve runs the server and gives where its screens are.
func (c council) serve() (screens string) {
	c.t.Helper()
	cmd := exec.Command(c.binary, "serve", "--json", "--listen", "127.0.0.1:0", "--files-listen", "127.0.0.1:0", "--data", c.dir, "--db", c.url)
	cmd.Stderr = c.t.Output()
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // gone already is fine
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var ready struct {
		Screens string `json:"screens"`
	}
	if err == nil {
		err = json.Unmarshal(line, &ready)
	}
	if err != nil {
		c.t.Fatalf("digibrug serve said %q: %v", line, err)
	}
	return ready.Screens
}

// list writes the ICT officer's list of people, in the template's sheets.
func (c council) list() (path string) {
	c.t.Helper()
	rows := map[string][][]string{
		start.OrganisationSheet: {{"organisatie", "Gemeente Zandwerve", "OCMW Zandwerve"}, {"soort", "gemeente", "OCMW"}},
		start.ServiceSheet: {{"organisatie", "Gemeente Zandwerve", "Gemeente Zandwerve", "Gemeente Zandwerve"}, {"dienst", "Vrije tijd", "Bibliotheek", "Poets"},
			{"soort", "cluster", "dienst", "dienst"}, {"bovenliggende dienst", "", "Vrije tijd", ""}, {"hoofd", "", "Chris Wouters", ""}},
		start.PeopleSheet: {{"personeelsnummer", "11", "12", "13"}, {"voornaam", "Chris", "Noor", "Ayse"}, {"familienaam", "Wouters", "Aerts", "Demir"},
			{"dienst", "Bibliotheek", "Bibliotheek", "Poets"}, {"functie", "bibliothecaris", "baliemedewerker", "poetshulp"}, {"vanaf", "2020-01-01", "2021-09-01", "2022-03-01"}},
		start.RoomSheet: {{"locatie", "Bibliotheek Zandwerve"}, {"organisatie", "Gemeente Zandwerve"}, {"lokaal", "Openbare computerruimte"}, {"soort", "ocr"},
			{"plaatsen", "8"}, {"pc's", "6"}},
		start.HoursSheet: {{"locatie", "Bibliotheek Zandwerve", "Bibliotheek Zandwerve"}, {"organisatie", "Gemeente Zandwerve", "Gemeente Zandwerve"},
			{"dagen", "ma-vr", "za"}, {"van", "14:00", "09:30"}, {"tot", "18:30", "12:30"}},
	}
	var draft workbook.Draft
	for _, sheet := range start.Sheets() {
		tab := workbook.Tab{Name: sheet.Name()}
		for _, column := range rows[sheet.Name()] {
			tab.Columns = append(tab.Columns, workbook.DraftColumn{Head: column[0]})
			for i, text := range column[1:] {
				if len(tab.Rows) <= i {
					tab.Rows = append(tab.Rows, make([]string, len(rows[sheet.Name()])))
				}
				tab.Rows[i][len(tab.Columns)-1] = text
			}
		}
		draft.Tabs = append(draft.Tabs, tab)
	}
	content, err := workbook.Write(draft)
	if err == nil {
		path = filepath.Join(c.t.TempDir(), "personeel.xlsx")
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return path
}

// letter gives the code on a person's letter.
func letter(t *testing.T, text string) string {
	t.Helper()
	code := regexp.MustCompile(`\b[A-Z]{5}-[A-Z]{5}\b`).FindString(text)
	if code == "" {
		t.Fatalf("no code on the letter:\n%s", text)
	}
	return code
}

// sitDown starts a kiosk PC: OpenSSH with the PC's key, and no question about anything.
func (o *office) sitDown(screens, key string) {
	o.t.Helper()
	_, port, _ := strings.Cut(screens, ":")
	known := filepath.Join(o.t.TempDir(), "known_hosts")
	line := fmt.Sprintf("ssh -F /dev/null -t -o StrictHostKeyChecking=no -o UserKnownHostsFile=%s -o IdentitiesOnly=yes -i %s -p %s kiosk@127.0.0.1", known, key, port)
	o.open(line)
}

// TestDayOne is the promise of the third issue: from an empty init, by a list in a workbook, letters and a kiosk's
// key, to somebody without an account who takes the kennismeting at a PC of the public computer room with the code on
// a letter; and the code opens nothing afterwards.
func TestDayOne(t *testing.T) {
	datatest.EachNew(t, func(t *testing.T, url string) {
		o := newOffice(t)
		c := newCouncil(t, url)
		c.types("init", "--place", "Zandwerve", "--admin", "jan.maes", "--name", "Jan Maes")
		list := c.list()
		if said := c.types("start", "import", list, "--dry-run"); !strings.Contains(said, "Ayse Demir") {
			t.Errorf("the preview does not name who comes:\n%s", said)
		}
		if people := c.types("org", "people"); strings.Contains(people, "Demir") {
			t.Errorf("a preview brought people in:\n%s", people)
		}
		c.types("start", "import", list)
		if people := c.types("org", "people"); !strings.Contains(people, "Ayse Demir") {
			t.Fatalf("the list brought nobody in:\n%s", people)
		}
		last := time.Now().AddDate(0, 0, 60).Format(data.DayLayout)
		c.types("campaign", "create", "--title", "Eerste kennismeting", "--opens", time.Now().In(data.Brussels).Format(data.DayLayout), "--closes", last, "--per-cell", "1")
		c.types("campaign", "open", "Eerste kennismeting")
		code := letter(t, c.types("code", "issue", "--campaign", "Eerste kennismeting", "--person", "Ayse Demir"))
		if said := c.types("code", "issue", "--campaign", "Eerste kennismeting", "--out", filepath.Join(t.TempDir(), "brieven.pdf")); !strings.Contains(said, "3 brieven") {
			t.Errorf("letters for the others: %s", said) // Chris, Noor and Jan; Ayse has hers
		}
		keys := t.TempDir()
		c.types("kiosk", "add", "ocr-1", "--type", "ocr", "--location", "Bibliotheek Zandwerve", "--out", keys)
		screens := c.serve()

		o.sitDown(screens, filepath.Join(keys, "ocr-1"))
		o.await("Welkom · Welcome · Bienvenue", "Code invoeren", "ocr-1")
		o.send("Enter")
		o.await("Typ de code van uw brief")
		o.send("-l", strings.ToLower(code[:4])+"B") // a slip of the finger
		o.send("BSpace")
		o.send("-l", strings.ToLower(code[4:]))
		o.send("Enter")
		o.await("Ayse Demir", "Eerst een oefenvraag")
		o.send("Down", "Enter")
		bank := newExaminee(t, o)
		total := number(t, o.await("Vraag 1 van"), `Vraag 1 van (\d+)`)
		for n := 1; n <= total; n++ {
			o.await(fmt.Sprintf("Vraag %d van %d", n, total))
			bank.answer(n)
		}
		o.await("Overzicht", fmt.Sprintf("%d van %d beantwoord", bank.answered, total))
		o.send("Home", "Enter")
		o.await("Wilt u")
		o.send("Down", "Enter")
		o.await("Mijn resultaat", "Bedankt, u bent klaar")
		for range 4 { // back, whatever asks, to the home of the kiosk
			o.send("Escape")
			time.Sleep(300 * time.Millisecond)
			if strings.Contains(o.screen(), "Bienvenue") {
				break
			}
			if strings.Contains(o.screen(), "Ja, ") {
				o.send("Down", "Enter")
				time.Sleep(300 * time.Millisecond)
			}
		}
		home := o.await("Welkom · Welcome · Bienvenue")
		if strings.Contains(home, "Demir") {
			t.Errorf("the kiosk still names its last visitor:\n%s", home)
		}
		o.send("Enter")
		o.await("Typ de code van uw brief")
		o.send("-l", code)
		o.send("Enter")
		o.await("Deze code kan niet meer")

		if said, err := c.tries("audit", "verify"); err != nil {
			t.Errorf("audit verify: %v, %s", err, said)
		}
	})
}
