package start_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	rules "digibrug/data/start"
	"digibrug/data/workbook"
	"digibrug/tui/screentest"
	"digibrug/tui/start"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// What a spreadsheet copies: TABs between cells, and what a terminal makes of line ends.
const (
	heads  = "personeelsnummer\tvoornaam\tfamilienaam\tdienst\tfunctie\tbreuk\tvanaf\tlog-in\r"
	good   = heads + "1001\tAn\tPeeters\tBurgerzaken\t\t80 %\t\t\r1002\tNoor\tAerts\tBibliotheek\tbaliemedewerker\t\t1/12/2026\tnoor.aerts\r"
	wrong  = heads + "1001\tAn\tPeeters\tBurgerzaak\t\t\t\t\r1002\tNoor\tAerts\tBibliotheek\t\tveel\t31/11/2026\t\r"
	people = 2 // rows of the sheet Personeel in the room
)

func folder(s scene) scene {
	s = s.with("lijst.csv", "Stam;Wie;Waar\n7;Aerts Noor;Jeugd\n").with("b.xlsx", "geen werkmap").with("lees mij.doc", "x")
	s.desk.Named = "/var/lib/digibrug/in"
	return s
}

func TestSources(t *testing.T)     { pages(t, folder) }
func TestNoFolder(t *testing.T)    { pages(t, nil) }
func TestPasteEmpty(t *testing.T)  { pages(t, nil, sheet(people)) }
func TestPasted(t *testing.T)      { pages(t, nil, sheet(people), paste(good)) }
func TestChanges(t *testing.T)     { pages(t, nil, sheet(people), paste(good), keys("enter")) }
func TestProblems(t *testing.T)    { pages(t, nil, sheet(people), paste(wrong), keys("enter")) }
func TestSecondFault(t *testing.T) { pages(t, nil, sheet(people), paste(wrong), keys("enter", "down")) }
func TestLeavers(t *testing.T)     { pages(t, nil, sheet(people), paste(good), keys("enter", "enter")) }
func TestForeign(t *testing.T)     { pages(t, folder, sheet(6), keys("k")) }
func TestColumns(t *testing.T)     { pages(t, folder, sheet(6), keys("k", "down", "down", "enter")) }
func TestNoWorkbook(t *testing.T)  { pages(t, folder, sheet(5)) }

// TestPastesAndImports pastes people, says who leaves, reads in, and does it once more.
func TestPastesAndImports(t *testing.T) {
	s := newScene(t)
	page := s.show("ivo.ict", 80, 24, screentest.Steps(sheet(people), paste(good), keys("enter"))...)
	page.Says("Personeel: 1 nieuw, 1 veranderd, 0 gelijk", "personen staan niet in de lijst")
	page.Send(keys("enter")...)
	page.Says("Dirk Adams, Burgerzaken")
	page.Send(keys("space", "tab", "tab", "enter")...) // the first one, the last day as it is
	page.Says("1 uit dienst", "uit dienst: Dirk Adams")
	if n := s.count("start_imports"); n != 0 {
		t.Errorf("%d imports before the yes", n)
	}
	page.Send(keys("enter")...)
	page.Says("Personeel inlezen? Er veranderen 3 rijen.")
	page.Send(keys("right", "enter")...)
	page.Says("Er zijn 3 rijen verwerkt.", "Lijsten inlezen")
	page.Fits()
	var until string
	if err := data.One(t.Context(), s.DB, []any{&until}, `SELECT e.until_on FROM employments e JOIN persons p ON p.id = e.person_id WHERE p.family = 'Adams'`); err != nil || until != "2026-11-23" {
		t.Errorf("Dirk Adams works until %q, %v", until, err)
	}
	if s.count("start_imports") != 1 || s.count("persons") != 21 {
		t.Errorf("%d imports, %d persons", s.count("start_imports"), s.count("persons"))
	}
	page.Send(screentest.Steps(sheet(people), paste(good), keys("enter", "enter"))...)
	page.Send(screentest.Steps(times(18, "down"), keys("tab", "tab", "enter"))...)
	page.Says("Er verandert niets")
	page.Send(keys("enter")...)
	page.Says("Er verandert niets")
	if n := s.count("start_imports"); n != 1 {
		t.Errorf("%d imports", n)
	}
}

func times(n int, name string) (msgs []tea.Msg) {
	for range n {
		msgs = append(msgs, keys(name)...)
	}
	return msgs
}

// TestMapsAForeignList says what the columns of a list are, and the list comes in.
func TestMapsAForeignList(t *testing.T) {
	s := folder(newScene(t))
	page := s.show("ivo.ict", 80, 24, screentest.Steps(sheet(6), keys("enter"))...)
	page.Says("Er is 1 fout.", "Verbeter eerst de fouten")
	page.Send(keys("k", "down", "down", "enter")...)
	page.Says("Stam (A)", "Wie (B)")
	page.Send(screentest.Steps(keys("right", "down"), times(14, "right"), keys("down"), times(4, "right"), keys("down"))...)
	page.Says("familienaam voornaam")
	page.Send(keys("enter")...)
	page.Says("lijst: 1 nieuw", "nieuw: Noor Aerts (personeelsnummer 7; dienst Jeugd")
}

// TestColumnsThatAreNotEnough: a column that is missing is told, and nothing is kept.
func TestColumnsThatAreNotEnough(t *testing.T) {
	s := folder(newScene(t))
	page := s.show("ivo.ict", 80, 24, screentest.Steps(sheet(6), keys("k", "down", "down", "enter", "right", "down", "down", "down", "enter"))...)
	page.Says("ontbreekt")
	if n := s.count("start_mappings"); n != 0 {
		t.Errorf("%d mappings", n)
	}
}

// TestLongPaste: what the door cut off is left out from the start of its row on; the next paste goes on there, and its
// heads don't count again.
func TestLongPaste(t *testing.T) {
	s := newScene(t)
	s.desk.Paste = 200
	long := heads + "1\tAn\tEen\tJeugd\r2\tAn\tTwee\tJeugd\r" + strings.Repeat("x", 200)
	page := s.show("ivo.ict", 80, 24, screentest.Steps(sheet(people), paste(long[:200]))...)
	page.Says("3 rijen geplakt", "Niet alles kwam mee")
	page.Send(paste(heads + "3\tAn\tDrie\tJeugd\r4\tAn\tVier\tJeugd")...)
	page.Says("5 rijen geplakt")
	page.Send(keys("enter")...)
	page.Says("Personeel: 4 nieuw")
	page.Send(keys("esc", "w")...)
	page.Says("Kopieer de rijen van Personeel")
	page.Send(screentest.Steps(keys("enter"), paste("\r\r"), paste(strings.Repeat("a\tb\r", 50)))...)
	page.Says("50 rijen geplakt")
}

// TestTooMuch: there is an end to what is kept of pastes.
func TestTooMuch(t *testing.T) {
	s := newScene(t)
	s.desk.Paste = 0
	page := s.show("ivo.ict", 80, 24, screentest.Steps(sheet(people), paste(strings.Repeat("a\tb\r", 1_000_000)), paste(strings.Repeat("c\tb\r", 100_000)))...)
	page.Says("te veel om te plakken", "1000000 rijen geplakt")
	page.Send(keys("enter")...)
	page.Says("Niet gelukt")
	page.Fits()
}

// TestMeanwhile: the house changes between the look and the yes; what would change now is shown, and nothing written.
func TestMeanwhile(t *testing.T) {
	s := newScene(t)
	page := s.show("ivo.ict", 80, 24, screentest.Steps(sheet(0), paste("organisatie\tsoort\rDe Brug\tgemeenteschool\r"), keys("enter", "enter"))...)
	page.Says("Organisaties inlezen? Er verandert 1 rij.")
	b, err := workbook.Pasted("Organisaties", "organisatie\tsoort\nDe Brug\tgemeenteschool\n", workbook.Standard())
	if err == nil {
		_, err = s.desk.Store.Apply(t.Context(), datatest.Operator, b, rules.Ask{}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	page.Send(keys("right", "enter")...)
	page.Says("Iemand veranderde intussen iets.", "Organisaties: 0 nieuw, 0 veranderd, 1 gelijk")
	if n := s.count("organisations"); n != 3 {
		t.Errorf("%d organisations", n)
	}
}

// TestLastICT: the last ICT officer can't be booked out by a list; nothing is written.
func TestLastICT(t *testing.T) {
	s := newScene(t)
	page := s.show("ivo.ict", 80, 24, screentest.Steps(sheet(people), paste("dienst\tvoornaam\tfamilienaam\rBurgerzaken\tAn\tPeeters\r"), keys("enter", "enter"))...)
	page.Send(screentest.Steps(tickAll(page), keys("tab", "tab", "enter", "enter", "right", "enter"))...)
	page.Says("Niet gelukt")
	if n := s.count("start_imports"); n != 0 {
		t.Errorf("%d imports", n)
	}
}

func tickAll(*screentest.Screen) (msgs []tea.Msg) {
	for range 14 {
		msgs = append(msgs, keys("space", "down")...)
	}
	return msgs
}

// TestOthers: who is no ICT officer sees no plan, whatever the keys.
func TestOthers(t *testing.T) {
	s := newScene(t)
	page := s.show("an.peeters", 80, 24, screentest.Steps(sheet(people), paste(good), keys("enter", "enter", "k", "enter"))...)
	page.Says("Niet gelukt")
	if strings.Contains(page.Text(), "Aerts") {
		t.Errorf("a plan shows:\n%s", page.Text())
	}
}

// TestHostileText: names that carry commands for a terminal show harmless, and a page fits whatever comes.
func TestHostileText(t *testing.T) {
	s := newScene(t).with("a\x1b[31m.csv", "voornaam;familienaam;dienst\n\x1b]0weg\x07An;\u202eVos;Jeugd\n")
	for _, size := range screentest.Sizes() {
		page := s.show("ivo.ict", size[0], size[1], sheet(5)...)
		page.Fits()
		if view := page.View().Content; strings.Contains(view, "\x1b]0") || strings.Contains(view, "\u202e") || strings.Contains(view, "\x1b[31m.csv") {
			t.Errorf("a command came through: %q", view)
		}
		page.Says("nieuw")
	}
}

// TestFilesOfTheFolder: only workbooks in the folder itself are offered and read, and one that goes away is told.
func TestFilesOfTheFolder(t *testing.T) {
	s := newScene(t).with("een.csv", "organisatie;soort\nDe Brug;gemeenteschool\n")
	outside := filepath.Join(t.TempDir(), "geheim.csv")
	if err := os.WriteFile(outside, []byte("organisatie;soort\nGeheim;gemeenteschool\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, make := range map[string]func(string) error{
		"koppeling.csv": func(path string) error { return os.Symlink(outside, path) },
		"map.csv":       func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		if err := make(filepath.Join(s.desk.In, name)); err != nil {
			t.Fatal(err)
		}
	}
	page := s.show("ivo.ict", 80, 24)
	for _, name := range []string{"koppeling", "map.csv"} {
		if strings.Contains(page.Text(), name) {
			t.Errorf("%s is offered", name)
		}
	}
	gone := filepath.Join(s.desk.In, "een.csv")
	for name, swap := range map[string]func() error{
		"removed": func() error { return os.Remove(gone) },
		"a link":  func() error { return errors.Join(os.Remove(gone), os.Symlink(outside, gone)) },
	} {
		t.Run(name, func(t *testing.T) {
			s.with("een.csv", "organisatie;soort\nDe Brug;gemeenteschool\n")
			page := s.show("ivo.ict", 80, 24)
			if err := swap(); err != nil {
				t.Fatal(err)
			}
			page.Send(sheet(5)...)
			page.Says("Niet gelukt")
			if strings.Contains(page.Text(), "Geheim") {
				t.Errorf("a file outside was read:\n%s", page.Text())
			}
			_ = os.Remove(gone)
		})
	}
}

// TestManyLeavers: of a short list against a big house the first are asked about, and the page stays usable.
func TestManyLeavers(t *testing.T) {
	s := newScene(t)
	var all strings.Builder
	all.WriteString("personeelsnummer;voornaam;familienaam;dienst\n")
	for i := range 450 {
		fmt.Fprintf(&all, "%d;An;Nummer%d;Burgerzaken\n", 5000+i, i)
	}
	b, err := workbook.Read("Personeel.csv", []byte(all.String()), workbook.Standard())
	if err == nil {
		_, err = s.desk.Store.Apply(t.Context(), datatest.Operator, b, rules.Ask{}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	page := s.show("ivo.ict", 80, 24, screentest.Steps(sheet(people), paste(good), keys("enter", "enter"))...)
	page.Fits()
	page.Says("te veel om te tonen")
	page.Send(keys("tab", "tab", "enter", "enter", "right", "enter")...)
	page.Says("Er zijn 2 rijen verwerkt.")
}

// TestProblemTexts: a mistake that many rows make is said once, and every row is named.
func TestProblemTexts(t *testing.T) {
	var many []rules.Problem
	add := func(column, got string, rows ...int) {
		for _, row := range rows {
			many = append(many, rules.Problem{Sheet: "Personeel", Row: row, Column: column, Why: rules.WhyUnknown, Got: got})
		}
	}
	add("C", "Zwembad", 2)
	add("D", "Zwembad", 2) // another column
	add("C", "Zwembad", 3, 4, 5, 9)
	add("C", "Sporthal", 6, 8)
	said := func(row, column, got string) string {
		return "blad Personeel, rij " + row + ", kolom " + column + ": \"" + got + "\" bestaat niet en staat niet in het bestand. Kijk na hoe u het schreef, of voeg het toe."
	}
	want := []string{said("2", "C", "Zwembad") + " Dit staat ook in de rijen 3-5, 9.", said("2", "D", "Zwembad"), said("6", "C", "Sporthal") + " Dit staat ook in rij 8."}
	if got := start.ProblemTexts(words.NL, many); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	many = nil
	for row := 2; row <= 20_000; row += 2 {
		add("C", "Zwembad", row)
	}
	got := strings.Join(start.ProblemTexts(words.NL, many), "\n")
	for _, row := range []string{" 4,", " 9998", " 20000."} {
		if !strings.Contains(got, row) {
			t.Errorf("row%s is not named", row)
		}
	}
}
