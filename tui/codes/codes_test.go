package codes_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/tui/screentest"
)

func TestNone(t *testing.T)          { pages(t, "ivo.ict", false) }
func TestNoneForDeputy(t *testing.T) { pages(t, "lid1", false) }
func TestList(t *testing.T)          { pages(t, "ivo.ict", true) }
func TestOne(t *testing.T)           { pages(t, "ivo.ict", true, find("chris")) }
func TestOneForDeputy(t *testing.T)  { pages(t, "lid1", true, find("chris")) }
func TestReprintAsk(t *testing.T)    { pages(t, "lid1", true, find("chris"), keys("p")) }
func TestRevokeAsk(t *testing.T)     { pages(t, "ivo.ict", true, find("chris"), keys("delete")) }
func TestRevoked(t *testing.T) {
	pages(t, "ivo.ict", true, find("chris"), keys("delete", "down", "enter"))
}
func TestForm(t *testing.T)     { pages(t, "ivo.ict", false, keys("n")) }
func TestFormEnd(t *testing.T)  { pages(t, "ivo.ict", false, keys("n"), times(7, "tab")) }
func TestFormAsk(t *testing.T)  { pages(t, "ivo.ict", false, keys("n"), submit) }
func TestFormDone(t *testing.T) { pages(t, "ivo.ict", false, keys("n"), submit, keys("down", "enter")) }
func TestFormNobody(t *testing.T) {
	pages(t, "ivo.ict", true, keys("n"), submit, keys("down", "enter"))
}
func TestFormWrong(t *testing.T) {
	pages(t, "ivo.ict", false, keys("n", "tab", "tab"), typed("Nummer"), times(4, "tab"), typed("overal"), keys("tab", "enter"))
}

// TestLetterThroughTheScreens makes one letter on the screens and comes in with the code that is shown.
func TestLetterThroughTheScreens(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, s.room("ivo.ict"), 80, 24, screentest.Steps(keys("n", "tab", "tab"), typed("chris.wouters"), times(5, "tab"), keys("enter", "down", "enter"))...)
	page.Fits()
	code := shown(t, page)
	id, err := s.gate.Code(t.Context(), code, "192.0.2.1", data.Identity{})
	if err != nil || id.Name != "Chris Wouters" || id.Journey.Of != s.campaign.ID {
		t.Errorf("the code %q lets in %+v, %v", code, id, err)
	}
	mine, err := s.out.Mine(t.Context(), s.Actor("ivo.ict"))
	if err != nil || len(mine) != 1 || mine[0].Channel != outbox.Fetch || !strings.Contains(page.Text(), mine[0].Name) {
		t.Errorf("the outbox has %+v, %v; the page says\n%s", mine, err, page.Text())
	}
	page.Send(keys("esc")...)
	page.Says("Is de code genoteerd?")
	page.Send(keys("down", "enter")...)
	if strings.Contains(page.Text(), code) {
		t.Error("the code is still shown")
	}
	page.Says("Chris Wouters", "werkt")
}

// TestDeputyPrintsAnew lets the deputy do what she may, and the old code is dead at once.
func TestDeputyPrintsAnew(t *testing.T) {
	s := newScene(t)
	old := s.issued()["Chris Wouters"]
	page := screentest.Show(t, s.room("lid1"), 80, 24, screentest.Steps(find("chris"), keys("p", "down", "enter"))...)
	code := shown(t, page)
	if _, err := s.gate.Code(t.Context(), code, "192.0.2.1", data.Identity{}); err != nil {
		t.Errorf("the new code: %v", err)
	}
	if _, err := s.gate.Code(t.Context(), old.Secret, "192.0.2.1", data.Identity{}); !errors.Is(err, data.ErrCodeReplaced) {
		t.Errorf("the old code: %v", err)
	}
	rows, err := s.DB.Audit(t.Context(), datatest.Operator, 20)
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, r := range rows {
		told = told || r.Action == "code.reprint" && r.Actor == "lid1"
		for _, value := range r.Detail {
			if strings.Contains(strings.ToLower(value), strings.ReplaceAll(strings.ToLower(code), "-", "")) {
				t.Errorf("the audit log has the code: %+v", r)
			}
		}
	}
	if !told {
		t.Errorf("the audit log tells nothing of it: %+v", rows)
	}
}

// TestDeputyKeys presses what the deputy may not: nothing happens, whatever the key.
func TestDeputyKeys(t *testing.T) {
	s := newScene(t)
	s.issued()
	page := screentest.Show(t, s.room("lid1"), 80, 24, keys("n")...)
	page.Says("Codes op papier", "Chris Wouters")
	page.Send(screentest.Steps(find("chris"), keys("delete"))...)
	page.Says("Deze code werkt.")
}

// TestSomebodyWasFirst takes a code back while its screen is open.
func TestSomebodyWasFirst(t *testing.T) {
	s := newScene(t)
	one := s.issued()["Chris Wouters"]
	page := screentest.Show(t, s.room("ivo.ict"), 80, 24, find("chris")...)
	if err := s.desk.Codes.Revoke(t.Context(), datatest.Operator, one.ID); err != nil {
		t.Fatal(err)
	}
	page.Send(keys("p", "down", "enter")...)
	page.Says("Deze code is ingetrokken.")
}

// TestChannels asks how the letters leave only where there is a choice.
func TestChannels(t *testing.T) {
	s := newScene(t)
	s.desk.Channels = []outbox.Channel{outbox.Fetch, outbox.Print}
	page := screentest.Show(t, s.room("ivo.ict"), 80, 40, keys("n")...)
	page.Says("zelf ophalen")
	page.Send(screentest.Steps(times(7, "tab"), keys("right", "tab", "enter", "down", "enter"))...)
	page.Says("gaat naar de printer")
	mine, err := s.out.Mine(t.Context(), s.Actor("ivo.ict"))
	if err != nil || len(mine) != 1 || mine[0].Channel != outbox.Print {
		t.Errorf("%+v, %v", mine, err)
	}
}

// TestDaysFollowTheCampaign proposes other days for another choice, until somebody typed some.
func TestDaysFollowTheCampaign(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, s.room("ivo.ict"), 80, 24, keys("n")...)
	page.Says("31/12/2026")
	page.Send(keys("right")...)
	page.Says("Ik werk hier", "23/12/2026")
	page.Send(screentest.Steps(times(4, "tab"), keys("backspace"), typed("7"), times(4, "shift+tab"), keys("left"))...)
	page.Says("Kennismeting najaar", "23/12/2027")
}

// TestStoreFails loses the database: each screen says so and loses nothing that was typed.
func TestStoreFails(t *testing.T) {
	s := newScene(t)
	s.issued()
	page := screentest.Show(t, s.room("ivo.ict"), 80, 24, screentest.Steps(keys("n", "tab", "tab"), typed("chris"))...)
	if err := s.DB.Close(); err != nil {
		t.Fatal(err)
	}
	page.Send(screentest.Steps(times(5, "tab"), keys("enter"))...)
	page.Says("chris")
	page.Fits()
}

var secret = regexp.MustCompile(`\b[A-Z]{5}-[A-Z]{5}\b`)

// shown gives the code on a page.
func shown(t *testing.T, page *screentest.Screen) string {
	t.Helper()
	code := secret.FindString(page.Text())
	if code == "" {
		t.Fatalf("no code on the page:\n%s", page.Text())
	}
	return code
}
