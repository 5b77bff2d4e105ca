package home_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/home"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// window is a size and a language.
type window struct {
	w, h int
	lang string
}

var windows = []window{{80, 24, "nl"}, {120, 40, "nl"}, {60, 20, "nl"}, {80, 24, "en"}, {80, 24, "fr"}}

func each(t *testing.T, test func(t *testing.T, town *datatest.Town, w window)) {
	t.Helper()
	for _, w := range windows {
		t.Run(fmt.Sprintf("%s_%dx%d", w.lang, w.w, w.h), func(t *testing.T) {
			test(t, datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t))), w)
		})
	}
}

func session(t *testing.T, town *datatest.Town, login, lang string) *shell.Session {
	t.Helper()
	id := town.Identity(login)
	id.Language = lang
	return screentest.Session(t, id)
}

// rooms are entries for tests: one for staff, one for ICT.
func rooms() []shell.Entry {
	return []shell.Entry{
		{Room: "a", Title: words.AssessmentTitle, May: func(id data.Identity) bool { return id.Has(data.RoleStaff) }},
		{Room: "b", Title: words.GroupTitle, May: func(id data.Identity) bool { return id.Has(data.RoleICT) }},
		{Room: home.PasswordRoom, Title: words.HomePasswordTitle},
	}
}

func TestHomeByRole(t *testing.T) {
	for _, login := range []string{"an.peeters", "ivo.ict"} {
		t.Run(login, func(t *testing.T) {
			each(t, func(t *testing.T, town *datatest.Town, w window) {
				s := session(t, town, login, w.lang)
				screentest.Golden(t, screentest.Show(t, home.New(s, quiz.NewStore(town.DB, nil), rooms()), w.w, w.h))
			})
		})
	}
}

// TestHomeCalls: a quiet room stands on the home screen while something waits in it for the person, and no longer.
func TestHomeCalls(t *testing.T) {
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	waits := true
	quiet := shell.Entry{Room: "q", Title: words.EnroldeskApprovals, Quiet: true, Waits: func(context.Context, data.Actor) (bool, error) { return waits, nil }}
	screen := screentest.Show(t, home.New(session(t, town, "an.peeters", "nl"), quiz.NewStore(town.DB, nil), append(rooms(), quiet)), 80, 24)
	title := words.T(words.NL, words.EnroldeskApprovals)
	screen.Says("Er wacht iets op u bij \"" + title + "\".").Lacks("Er wacht nu niets op u.")
	waits = false
	screen.Send(shell.ShownMsg{}).Says("Er wacht nu niets op u.").Lacks(title)
}

func TestHostileNameIsHarmless(t *testing.T) {
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	id := town.Identity("an.peeters")
	id.Name = "An\x1b]0;pwned\x07\u202e" + strings.Repeat("é", 500)
	s := screentest.Session(t, id)
	screen := screentest.Show(t, home.New(s, quiz.NewStore(town.DB, nil), rooms()), 80, 24)
	for _, bad := range []string{"\x1b]0;", "\u202e", "\x07"} {
		if strings.Contains(screen.View().Content+screen.View().WindowTitle, bad) {
			t.Errorf("%q of a name reaches the terminal", bad)
		}
	}
	screen.Fits()
}

const (
	given = "zes groene laarzen in de gang"
	fresh = "negen zoute haringen in een ton"
)

// own opens the screen that everybody finds in the palette.
func own(t *testing.T, town *datatest.Town, w window, steps ...[]tea.Msg) *screentest.Screen {
	t.Helper()
	s := session(t, town, "an.peeters", w.lang)
	return screentest.Show(t, home.NewPassword(s, town.Accounts, nil), w.w, w.h, screentest.Steps(steps...)...)
}

// forced opens the screen that comes first after a log-in with a password that somebody else made.
func forced(t *testing.T, town *datatest.Town, w window, steps ...[]tea.Msg) *screentest.Screen {
	t.Helper()
	if err := town.Accounts.SetPassword(t.Context(), datatest.Operator, "an.peeters", given); err != nil {
		t.Fatal(err)
	}
	s := session(t, town, "an.peeters", w.lang)
	next := func() shell.Screen { return home.New(s, quiz.NewStore(town.DB, nil), rooms()) }
	return screentest.Show(t, home.NewPassword(s, town.Accounts, next), w.w, w.h, screentest.Steps(steps...)...)
}

func TestFirstPassword(t *testing.T) {
	each(t, func(t *testing.T, town *datatest.Town, w window) { screentest.Golden(t, forced(t, town, w)) })
}

// fill types the three fields.
func fill(old, new, again string) []tea.Msg {
	key := screentest.Keys
	return screentest.Steps(screentest.Type(old), key("enter"), screentest.Type(new), key("enter"), screentest.Type(again), key("enter"))
}

func TestPasswordRefused(t *testing.T) {
	for name, typed := range map[string][3]string{
		"old_wrong": {"iets anders", fresh, fresh},
		"too_short": {datatest.Password, "wxyz", "wxyz"},
		"not_twice": {datatest.Password, fresh, fresh + "!"},
		"own_name":  {datatest.Password, "an.peeters-2026-!", "an.peeters-2026-!"},
		"same":      {datatest.Password, datatest.Password, datatest.Password},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, town *datatest.Town, w window) {
				screen := own(t, town, w, fill(typed[0], typed[1], typed[2]))
				if strings.Contains(screen.Text(), typed[1]) {
					t.Error("the password can be read on the screen")
				}
				screentest.Golden(t, screen)
			})
		})
	}
}

func TestPasswordChanged(t *testing.T) {
	each(t, func(t *testing.T, town *datatest.Town, w window) {
		screentest.Golden(t, own(t, town, w, fill(datatest.Password, fresh, fresh)))
		if err := town.Accounts.ChangePassword(t.Context(), town.Actor("an.peeters"), fresh, "tien rode auto's op een rij"); err != nil {
			t.Errorf("the new password is not the one in force: %v", err)
		}
	})
}

func TestFirstPasswordChosen(t *testing.T) {
	each(t, func(t *testing.T, town *datatest.Town, w window) {
		key := screentest.Keys
		twice := screentest.Steps(screentest.Type(fresh), key("enter"), screentest.Type(fresh), key("enter"))
		screentest.Golden(t, forced(t, town, w, twice))
		if err := town.Accounts.ChangePassword(t.Context(), town.Actor("an.peeters"), fresh, "tien rode auto's op een rij"); err != nil {
			t.Errorf("the new password is not the one in force: %v", err)
		}
	})
}
