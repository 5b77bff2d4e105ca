package me_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/me"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/theme"

	tea "charm.land/bubbletea/v2"
)

var recoveryCode = regexp.MustCompile(`\b[a-z]{4}-[a-z]{4}-[a-z]{4}-[a-z]{4}\b`)

// second opens the screen of the second factor, whose next secret is secret.
func second(s scene) shell.Screen {
	return me.WithSecret(me.NewSecond(s.session("nl"), s.Accounts), secret)
}

func TestEnrolToTheEnd(t *testing.T) {
	s := newScene(t, "an.peeters")
	page := s.show(second(s), small, keys("enter", "enter"), screentest.Type("000000"), keys("enter"))
	page.Says("Deze code klopt niet")
	page.Send(keys("esc")...)
	page.Says("QOJQ") // Esc shows the QR code again
	page.Send(screentest.Steps(keys("enter", "home"), keys("delete", "delete", "delete", "delete", "delete", "delete"), screentest.Type(s.code(secret)), keys("enter"))...)
	codes := recoveryCode.FindAllString(page.Text(), -1)
	if len(codes) != 10 || !s.second().On() {
		t.Fatalf("%d recovery codes, on: %v:\n%s", len(codes), s.second().On(), page.Text())
	}
	page.Send(keys("enter", "down", "up", "enter")...) // "Nee"
	page.Says(codes...)
	page.Send(keys("enter", "down", "enter")...)
	page.Says("aan sinds 23/11/2026", "nog 10 over", "De tweede stap staat aan.")
	page.Lacks(codes...)
	if text := page.Text(); strings.Contains(text, "GEZD") {
		t.Errorf("the secret is still shown:\n%s", text)
	}
}

func TestEnrolForcedLeadsOn(t *testing.T) {
	s := newScene(t, "ivo.ict")
	s.id.MustEnrol = true
	screen := me.WithSecret(me.NewFirst(s.session("nl"), s.Accounts, func() shell.Screen { return blank{} }), secret)
	page := s.show(screen, small, keys("enter"), screentest.Type(s.code(secret)), keys("enter"))
	codes := recoveryCode.FindAllString(page.Text(), -1)
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes:\n%s", len(codes), page.Text())
	}
	page.Send(keys("enter", "down", "enter")...)
	page.Says("het volgende scherm")
	if err := data.Require(t.Context(), s.DB, s.id.Actor(), data.RoleICT); err != nil {
		t.Errorf("after the enrolment: %v", err)
	}
}

func TestReplaceAndRenewAndDrop(t *testing.T) {
	s := newScene(t, "an.peeters")
	recovery := s.enrolled()
	const other = "MZXW6YTBOI3DCMZQMZXW6YTBOI3DCMZQ"
	screen := me.WithSecret(me.NewSecond(s.session("nl"), s.Accounts), other)
	page := s.show(screen, small, keys("down", "enter", "enter"), screentest.Type(recovery[0]), keys("enter"), screentest.Type(s.code(other)), keys("enter"))
	if n := len(recoveryCode.FindAllString(page.Text(), -1)); n != 10 {
		t.Fatalf("%d recovery codes after replacing:\n%s", n, page.Text())
	}
	page.Send(keys("enter", "down", "enter")...)
	page.Says("De tweede stap staat aan.")

	s.hand.Forward(time.Minute)
	page.Send(screentest.Steps(keys("home", "enter"), screentest.Type(s.code(other)), keys("enter"))...)
	fresh := recoveryCode.FindAllString(page.Text(), -1)
	if len(fresh) != 10 {
		t.Fatalf("%d recovery codes after renewing:\n%s", len(fresh), page.Text())
	}
	page.Send(keys("enter", "down", "enter")...)
	page.Says("Uw nieuwe herstelcodes gelden vanaf nu.")

	page.Send(screentest.Steps(keys("end", "enter"), screentest.Type(strings.ToUpper(fresh[4])), keys("enter"))...)
	page.Says("De tweede stap staat uit.", "Instellen")
	if s.second().On() {
		t.Error("there still is a second factor")
	}
}

func TestKeysComeAndGo(t *testing.T) {
	s := newScene(t, "an.peeters")
	page := s.show(me.NewKeys(s.session("nl"), s.Accounts), small, keys("n"), []tea.Msg{tea.PasteMsg{Content: "-----BEGIN OPENSSH PRIVATE KEY-----"}}, keys("enter"))
	page.Lacks("De sleutel is toegevoegd")
	page = s.show(me.NewKeys(s.session("nl"), s.Accounts), small, keys("n"), []tea.Msg{tea.PasteMsg{Content: anKey}}, keys("enter"))
	page.Says("De sleutel is toegevoegd.", "laptop van An")
	page.Send(keys("enter", "down", "enter")...)
	page.Says("De sleutel is verwijderd.", "U hebt nog geen SSH-sleutel.")
	if all, err := s.Accounts.KeysOf(t.Context(), s.id.Actor(), "an.peeters"); err != nil || len(all) != 0 {
		t.Errorf("keys: %+v, %v", all, err)
	}
}

func TestSessionsAreEnded(t *testing.T) {
	s := newScene(t, "an.peeters")
	s.visits()
	gate := data.NewGate(s.Accounts, screentest.Session(t).Log)
	out := func(id string) bool {
		return errors.Is(gate.Still(t.Context(), data.Identity{AccountID: s.id.AccountID, Login: "an.peeters", SessionID: id}), data.ErrDenied)
	}
	page := s.show(me.NewSessions(s.session("nl"), data.NewSessions(s.DB)), small, keys("enter"))
	page.Says("Dit is de aanmelding waarin u nu werkt.")
	page.Send(keys("end", "enter")...)
	page.Says("Deze aanmelding is al voorbij.")
	page.Send(keys("home", "down", "enter", "down", "enter")...)
	page.Says("Afgesloten.")
	if !out("session-2") || out("session-1") {
		t.Errorf("out: the other %v, this one %v; want true, false", out("session-2"), out("session-1"))
	}
	s.came("session-3", "203.0.113.5", "password")
	page.Send(keys("a", "down", "enter")...)
	if !out("session-3") || out("session-1") {
		t.Errorf("out: all others %v, this one %v; want true, false", out("session-3"), out("session-1"))
	}
}

// TestTwoAtOnce drops a second factor elsewhere while its screen is open.
func TestTwoAtOnce(t *testing.T) {
	s := newScene(t, "an.peeters")
	recovery := s.enrolled()
	page := s.show(second(s), small, keys("enter"))
	s.check(s.Accounts.DropSecond(t.Context(), datatest.Operator, "an.peeters"))
	page.Send(screentest.Steps(screentest.Type(recovery[0]), keys("enter"))...)
	page.Says("Er is geen tweede stap ingesteld.")

	page = s.show(second(s), small, keys("enter", "enter"))
	s.enrolled() // from another window
	page.Send(screentest.Steps(screentest.Type(s.code(secret)), keys("enter"))...)
	page.Says("App instellen", "al gebruikt")
	page.Fits()
}

func TestFailingStores(t *testing.T) {
	s := newScene(t, "an.peeters")
	left := 1
	stores := s.stores()
	stores.Account = broken{s.Accounts, &left}
	page := s.show(me.New(s.session("nl"), stores), small)
	page.Says("Uw gegevens laden")
	page.Send(keys("enter")...)
	page.Says("Wat wilt u doen?")

	left = 1
	page = s.show(me.NewKept(s.session("nl"), stores), small)
	page.Send(keys("x", "enter")...)
	page.Says("Dit staat in digibrug over u.")

	left = 1
	page = s.show(me.WithSecret(me.NewSecond(s.session("nl"), stores.Account), secret), small, keys("enter", "enter", "enter"))
	left = 1
	page.Send(screentest.Steps(screentest.Type(s.code(secret)), keys("enter"))...)
	page.Says("De tweede stap aanzetten")
	if s.second().On() {
		t.Error("there is a second factor although saving failed")
	}
	page.Send(keys("enter")...) // the failure can be tried again
	if n := len(recoveryCode.FindAllString(page.Text(), -1)); n != 10 {
		t.Errorf("%d recovery codes at the second try:\n%s", n, page.Text())
	}
}

// TestMonkey presses keys at random in every screen and theme: nothing breaks, everything fits.
func TestMonkey(t *testing.T) {
	s := newScene(t, "an.peeters")
	s.visits()
	names := []string{"up", "down", "enter", "esc", "tab", "home", "end", "pgdown", "f1", "f2", "f4", "o", "n", "a", "/", "ctrl+p", "space", "x", "1"}
	at := uint32(20261123)
	for round := range 12 {
		page := s.show(me.New(s.session("nl"), s.stores()), windows[round%len(windows)])
		for range 60 {
			at = at*1664525 + 1013904223
			page.Send(keys(names[int(at>>16)%len(names)])...)
			page.Fits()
			if page.Left() {
				break
			}
		}
	}
}

func TestThemes(t *testing.T) {
	s := newScene(t, "an.peeters")
	for _, name := range theme.Names() {
		page := s.show(second(s), small, keys("enter"), []tea.Msg{shell.LookMsg{Theme: name}, shell.ReadMsg{}})
		page.Fits()
		page.Says("QOJQ")
		before := page.View().Content
		page.Send(keys("o")...)
		if page.View().Content == before {
			t.Errorf("%s: the key o changes nothing", name)
		}
		if page.Send(keys("o")...).View().Content != before {
			t.Errorf("%s: the key o twice is not as before", name)
		}
	}
}
