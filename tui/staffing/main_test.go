package staffing_test

import (
	"os"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	rules "digibrug/data/staffing"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/staffing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the town with a joiner and a leaver, and lid1 a deputy.
type scene struct {
	*datatest.Town
	t     testing.TB
	store *rules.Store
}

func newScene(t testing.TB) scene {
	t.Helper()
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	s := scene{town, t, rules.NewStore(town.DB, rules.Steps()...)}
	if err := town.Accounts.Grant(t.Context(), datatest.Operator, "lid1", data.RoleDeputy, "2026-01-01", ""); err != nil {
		t.Fatal(err)
	}
	return s
}

// busy has a joiner and a leaver who is a head.
func (s scene) busy() scene {
	s.t.Helper()
	_, err := s.store.Join(s.t.Context(), datatest.Operator, rules.Joiner{Person: data.Person{Given: "Noor", Family: "Aerts", Number: "1204"},
		Employment: data.Employment{ServiceID: s.Services["Bibliotheek"].ID, Job: "baliemedewerker", Employer: "Interim Noord", From: "2026-12-01"}})
	if err == nil {
		_, err = s.store.Leave(s.t.Context(), datatest.Operator, s.work("Bert Maes"), "2026-11-27")
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return s
}

func (s scene) work(name string) string {
	s.t.Helper()
	all, err := s.store.Working(s.t.Context(), datatest.Operator)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, w := range all {
		if w.Person.Name() == name {
			return w.EmploymentID
		}
	}
	s.t.Fatalf("%s works nowhere", name)
	return ""
}

func (s scene) room(login string) shell.Screen {
	s.t.Helper()
	id := s.Identity(login)
	a, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	if err != nil {
		s.t.Fatal(err)
	}
	id.Roles = a.Roles
	account := func(_ *shell.Session, p data.Person) shell.Screen { return stub(p.Name()) }
	return staffing.New(screentest.Session(s.t, id), staffing.Desk{Store: s.store, People: s.People, Account: account})
}

// stub stands for the form of an account, which another room has.
type stub string

func (s stub) Init() tea.Cmd                          { return nil }
func (s stub) Update(tea.Msg) (shell.Screen, tea.Cmd) { return s, nil }
func (s stub) View() string                           { return "account van " + string(s) }
func (s stub) Title() string                          { return "Account" }
func (s stub) ShortHelp() []key.Binding               { return nil }
func (s stub) FullHelp() [][]key.Binding              { return nil }

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func times(n int, name string) []tea.Msg {
	var msgs []tea.Msg
	for range n {
		msgs = append(msgs, keys(name)...)
	}
	return msgs
}

func pages(t *testing.T, open func(scene) shell.Screen, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return screentest.Show(t, open(newScene(t)), w, h, screentest.Steps(steps...)...)
	})
}
