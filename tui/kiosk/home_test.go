package kiosk_test

import (
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/tui/kiosk"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestHome(t *testing.T)     { pages(t, calm) }
func TestHomeHelp(t *testing.T) { pages(t, calm, keys("f1")) }

// TestLanguages chooses each language in each way that there is.
func TestLanguages(t *testing.T) {
	for letter, says := range map[string]string{"n": "Wat wilt u doen?", "e": "What would you like to do?", "f": "Que voulez-vous faire ?"} {
		for _, key := range []string{letter, strings.ToUpper(letter)} {
			has(t, screentest.Show(t, home(t, calm(), "nl"), 80, 24, keys("e", key)...).Text(), says)
		}
	}
	has(t, screentest.Show(t, home(t, calm(), "nl"), 80, 24, keys("down", "down", "down", "enter")...).Text(), "Que voulez-vous faire ?")
	has(t, screentest.Show(t, home(t, calm(), "nl"), 80, 24, keys("f2")...).Text(), "What would you like to do?")
	// After the language comes what most people came for.
	has(t, screentest.Show(t, home(t, calm(), "nl"), 80, 24, keys("f", "enter")...).Text(), "Tapez le code")
}

// TestNothingElse presses everything that leads somewhere in other visits.
func TestNothingElse(t *testing.T) {
	for _, way := range []string{"ctrl+p", ":", "ctrl+c", "esc", "q", "tab", "f5", "f6", "?"} {
		s := screentest.Show(t, home(t, calm(), "nl"), 80, 24, keys(way)...)
		if s.Left() {
			t.Errorf("%s ends the session of the kiosk", way)
		}
		lacks(t, s.Text(), "Afmelden", "afmelden", "Wat wilt u doen? Typ", "Laatste berichten")
		if way == "?" {
			continue // help, which lists what works here
		}
		has(t, s.Text(), "Code invoeren")
	}
	s := screentest.Show(t, home(t, calm(), "nl"), 80, 24, shell.GoMsg{Room: "admin.accounts"}, shell.HomeMsg{})
	has(t, s.Text(), "Code invoeren")
	help := screentest.Show(t, home(t, calm(), "nl"), 80, 40, keys("f1")...)
	lacks(t, help.Text(), "Ctrl+P", "Ctrl+C", "afmelden")
}

// leaf is a page that everybody may read.
type leaf struct{ shell.Screen }

func (l leaf) Update(tea.Msg) (shell.Screen, tea.Cmd) { return l, nil }

func (leaf) View() string  { return "openingsuren" }
func (leaf) Title() string { return "Lijst" }

// TestPages: what everybody may read stands under the code once there is something.
func TestPages(t *testing.T) {
	entry := shell.Entry{Room: "public", Title: words.GroupTitle, Open: func(s *shell.Session) shell.Screen { return leaf{kiosk.NewNothing(s)} }}
	s := screentest.Show(t, home(t, calm(), "nl", entry), 80, 24)
	has(t, s.Text(), "Code invoeren u kreeg een brief Mijn dienst N Nederlands")
	has(t, s.Send(keys("down", "enter")...).Text(), "openingsuren")
	has(t, s.Send(keys("esc")...).Text(), "Code invoeren")
}

func TestHostileNames(t *testing.T) {
	who := itself
	s := screentest.Session(t, who)
	bad := pc
	bad.Name = "ocr\x1b]0;pwned\x07\u202e" + strings.Repeat("é", 500)
	screen := screentest.Show(t, kiosk.NewHome(s, calm(), bad, nil), 80, 24)
	for _, sign := range []string{"\x1b]0;", "\u202e", "\x07"} {
		if strings.Contains(screen.View().Content+screen.View().WindowTitle, sign) {
			t.Errorf("%q of a name reaches the terminal", sign)
		}
	}
	screen.Fits()
}

func TestNothing(t *testing.T) {
	for _, w := range windows {
		t.Run(fmt.Sprintf("%s_%dx%d", w.lang, w.w, w.h), func(t *testing.T) {
			s := screentest.Session(t, data.Identity{CodeID: "c", Name: "Ann Peeters", Language: w.lang})
			s.Bare = true
			screentest.Golden(t, screentest.Show(t, kiosk.NewNothing(s), w.w, w.h))
		})
	}
	s := screentest.Session(t, data.Identity{CodeID: "c", Language: "nl"})
	if !screentest.Show(t, kiosk.NewNothing(s), 80, 24, keys("enter")...).Left() {
		t.Error("Enter does not close")
	}
}
