package tui_test

import (
	"errors"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui"
	"digibrug/tui/screentest"
	"digibrug/tui/server"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
	"github.com/pquerna/otp/totp"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// enter opens the program as somebody of the town meets it after the log-in.
func enter(t *testing.T, town *datatest.Town, id data.Identity) *screentest.Screen {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	house := tui.House{DB: town.DB, People: town.People, Accounts: town.Accounts, Settings: data.NewSettings(town.DB), Courses: courses.NewStore(town.DB),
		Quiz: quiz.NewStore(town.DB, nil), Gate: data.NewGate(town.Accounts, quiet), Log: quiet, Clock: datatest.Still}
	model, err := house.OpenVisit(server.Guest{Identity: id, Ctx: t.Context()})
	if err != nil {
		t.Fatal(err)
	}
	return screentest.ShowRoot(t, model.(shell.Root), 80, 40) // every room of the ICT officer shows
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

// TestSecondFactorCannotBeSkipped tries every way out of the screen on which the second factor is set up, also after
// the first password, and by words that the stores refuse.
func TestSecondFactorCannotBeSkipped(t *testing.T) {
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	id := town.Identity("ivo.ict")
	id.MustEnrol = true
	for name, steps := range map[string][]tea.Msg{
		"palette":       screentest.Keys("ctrl+p", "enter"),
		"palette, sign": screentest.Steps(screentest.Type(":"), screentest.Keys("enter")),
		"help":          screentest.Keys("f1", "enter"),
		"escape, no":    screentest.Keys("esc", "enter"),
		"the form":      screentest.Steps(screentest.Keys("enter"), screentest.Type("123456"), screentest.Keys("enter", "esc", "esc", "enter")),
		"by name":       {shell.GoMsg{Room: "admin.accounts"}, shell.GoMsg{Room: "me"}, shell.HomeMsg{}, shell.BackMsg{}},
	} {
		s := enter(t, town, id).Send(steps...)
		if strings.Contains(s.Text(), "Dag Ivo") || strings.Contains(s.Text(), "Accounts") || strings.Contains(s.Text(), "Mijn gegevens") {
			t.Errorf("%s leads past the second factor:\n%s", name, s.Text())
		}
	}
	if _, err := town.Accounts.List(t.Context(), id.Actor()); !errors.Is(err, data.ErrMustEnrol) {
		t.Errorf("the store: %v; want ErrMustEnrol", err)
	}
	const given, own = "zes groene laarzen in de gang", "negen zoute haringen in een ton"
	if err := town.Accounts.SetPassword(t.Context(), datatest.Operator, "ivo.ict", given); err != nil {
		t.Fatal(err)
	}
	id.MustChange = true
	s := enter(t, town, id)
	has(t, s, "Kies eerst een eigen wachtwoord")
	key := screentest.Keys
	s.Send(screentest.Steps(screentest.Type(own), key("enter"), screentest.Type(own), key("enter"))...)
	has(t, s, "Uw rol vraagt een tweede stap")
	if strings.Contains(s.Text(), "Gelukt") {
		t.Errorf("a notice stands over the QR code:\n%s", s.Text())
	}
	secret := strings.Join(regexp.MustCompile(`\b[A-Z2-7]{4}\b`).FindAllString(s.Text(), -1), "")
	code, err := totp.GenerateCode(secret, datatest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	s.Send(screentest.Steps(key("enter"), screentest.Type(code), key("enter", "enter", "down", "enter"))...)
	has(t, s, "Dag Ivo Michiels", "Accounts", "Kennismetingen", "Mijn gegevens")
}

// TestRoomsByRole wants every role to find its rooms on the home screen and no others.
func TestRoomsByRole(t *testing.T) {
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	all := []string{"Mijn kennismeting", "Mijn dienst", "Groepscijfers per dienst", "Mijn gegevens", "Brieven en prints",
		"Uitleenloket", "Reservaties", "Toestellen", "Ontleners", "Te laat", "Kas en waarborgen", "Uitleenreglement", "Diensten en hoofden", "In en uit dienst",
		"Openingsuren en sluitingsdagen", "Kennismetingen", "Codes op papier", "Accounts", "Lijsten inlezen", "Kiosk-pc's", "Logboek", "Mijn wachtwoord"}
	const own, lending, rules = "Mijn gegevens, Brieven en prints", "Uitleenloket, Reservaties, Toestellen, Ontleners, Te laat, Kas en waarborgen, Uitleenreglement, ", ", Uitleenreglement"
	for role, rooms := range map[data.Role]string{
		data.RoleStaff:    "Mijn kennismeting, " + own,
		data.RoleHead:     "Mijn dienst, " + own,
		data.RoleDirector: "Groepscijfers per dienst, " + own + rules + ", Diensten en hoofden, Openingsuren en sluitingsdagen",
		data.RoleICT: own + rules + ", Diensten en hoofden, In en uit dienst, Openingsuren en sluitingsdagen, Kennismetingen, Codes op papier, Accounts, " +
			"Lijsten inlezen, Kiosk-pc's, Logboek",
		data.RoleDeputy:     own + ", Codes op papier, Accounts",
		data.RoleConsultant: own + ", Logboek",
		data.RoleClerk:      lending + own + ", Openingsuren en sluitingsdagen",
		data.RoleSocial:     own + ", Ontleners, Te laat",
		data.RoleFinance:    own + ", Kas en waarborgen",
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
