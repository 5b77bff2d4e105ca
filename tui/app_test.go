package tui_test

import (
	"log/slog"
	"os"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui"
	"digibrug/tui/screentest"
	"digibrug/tui/server"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// enter opens the program as somebody of the town meets it after the log-in.
func enter(t *testing.T, town *datatest.Town, id data.Identity) *screentest.Screen {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	house := tui.House{DB: town.DB, People: town.People, Accounts: town.Accounts, Settings: data.NewSettings(town.DB),
		Quiz: quiz.NewStore(town.DB, nil), Gate: data.NewGate(town.Accounts, quiet), Log: quiet, Clock: datatest.Still}
	model, err := house.Open(server.Guest{Identity: id, Ctx: t.Context()})
	if err != nil {
		t.Fatal(err)
	}
	return screentest.ShowRoot(t, model.(shell.Root), 80, 24)
}

func has(t *testing.T, s *screentest.Screen, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(s.Text(), w) {
			t.Errorf("the page lacks %q:\n%s", w, s.Text())
		}
	}
}

// TestFirstPasswordCannotBeSkipped tries every way out of the screen that asks for an own password.
func TestFirstPasswordCannotBeSkipped(t *testing.T) {
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	const given = "zes groene laarzen in de gang"
	if err := town.Accounts.SetPassword(t.Context(), datatest.Operator, "ivo.ict", given); err != nil {
		t.Fatal(err)
	}
	id := town.Identity("ivo.ict")
	id.MustChange = true
	for name, steps := range map[string][]tea.Msg{
		"palette":       screentest.Keys("ctrl+p", "enter"),
		"palette, sign": screentest.Steps(screentest.Keys("down", "down", "down"), screentest.Type(":"), screentest.Keys("enter")),
		"help":          screentest.Keys("f1", "enter"),
		"escape, no":    screentest.Keys("esc", "enter"),
	} {
		s := enter(t, town, id).Send(steps...)
		if strings.Contains(s.Text(), "Dag Ivo") || strings.Contains(s.Text(), "Accounts") {
			t.Errorf("%s leads past the first password:\n%s", name, s.Text())
		}
	}
	s := enter(t, town, id).Send(shell.GoMsg{Room: "admin.accounts"}, shell.HomeMsg{})
	has(t, s, "Kies eerst een eigen wachtwoord")
	const own = "negen zoute haringen in een ton"
	key := screentest.Keys
	s.Send(screentest.Steps(screentest.Type(own), key("enter"), screentest.Type(own), key("enter"))...)
	has(t, s, "Dag Ivo Michiels", "Accounts", "Kennismetingen")
}

// TestRoomsByRole wants every role to find its rooms on the home screen and no others.
func TestRoomsByRole(t *testing.T) {
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	all := []string{"Mijn kennismeting", "Mijn dienst", "Groepscijfers per dienst", "Kennismetingen", "Accounts", "Logboek", "Mijn wachtwoord"}
	for role, rooms := range map[data.Role]string{
		data.RoleStaff:      "Mijn kennismeting, Mijn wachtwoord",
		data.RoleHead:       "Mijn dienst, Mijn wachtwoord",
		data.RoleDirector:   "Groepscijfers per dienst, Mijn wachtwoord",
		data.RoleICT:        "Kennismetingen, Accounts, Logboek, Mijn wachtwoord",
		data.RoleDeputy:     "Accounts, Mijn wachtwoord",
		data.RoleConsultant: "Logboek, Mijn wachtwoord",
		data.RoleClerk:      "Mijn wachtwoord",
	} {
		id := town.Identity("an.peeters")
		id.Roles = []data.Role{role}
		s := enter(t, town, id)
		var got []string
		for _, line := range strings.Split(s.Text(), "\n") {
			line = strings.TrimSpace(strings.TrimLeft(line, " ►"))
			for _, room := range all {
				if line == room {
					got = append(got, room)
				}
			}
		}
		if strings.Join(got, ", ") != rooms {
			t.Errorf("%s finds %v, want %s", role, got, rooms)
		}
	}
}
