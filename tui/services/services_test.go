package services_test

import (
	"os"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/screentest"
	"digibrug/tui/services"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the town with lid1 a deputy, and An standing in for the head of Jeugd.
type scene struct {
	*datatest.Town
	t testing.TB
}

func newScene(t testing.TB) scene {
	t.Helper()
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	err := town.Accounts.Grant(t.Context(), datatest.Operator, "lid1", data.RoleDeputy, "2026-01-01", "")
	if err == nil {
		err = town.People.StandIn(t.Context(), datatest.Operator, data.Standin{ServiceID: town.Services["Jeugd"].ID,
			PersonID: town.Identity("an.peeters").PersonID, From: "2026-11-20", Until: "2026-12-04"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return scene{town, t}
}

func (s scene) room(login string) shell.Screen {
	s.t.Helper()
	id := s.Identity(login)
	a, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	if err != nil {
		s.t.Fatal(err)
	}
	id.Roles = a.Roles
	return services.New(screentest.Session(s.t, id), s.People)
}

// branch finds a service in the tree.
func (s scene) branch(name string) data.Branch {
	s.t.Helper()
	tree, err := s.People.Tree(s.t.Context(), datatest.Operator)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, b := range tree {
		if b.Name == name {
			return b
		}
	}
	return data.Branch{}
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func find(text string) []tea.Msg {
	return screentest.Steps(keys("/"), typed(text), keys("enter", "enter"))
}

func pages(t *testing.T, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return screentest.Show(t, newScene(t).room(login), w, h, screentest.Steps(steps...)...)
	})
}

func TestTree(t *testing.T)            { pages(t, "ivo.ict") }
func TestTreeOfDirector(t *testing.T)  { pages(t, "dirk.adm") }
func TestService(t *testing.T)         { pages(t, "ivo.ict", find("jeugd")) }
func TestServiceOfDeputy(t *testing.T) { pages(t, "lid1", find("jeugd")) }
func TestCluster(t *testing.T)         { pages(t, "ivo.ict", find("vrije")) }
func TestHeadForm(t *testing.T)        { pages(t, "ivo.ict", find("jeugd"), keys("enter")) }
func TestHeadUnknown(t *testing.T) {
	pages(t, "ivo.ict", find("jeugd"), keys("enter"), typed("lid"), keys("tab", "enter"))
}
func TestStandinForm(t *testing.T) { pages(t, "ivo.ict", find("jeugd"), keys("down", "enter")) }
func TestDropAsk(t *testing.T)     { pages(t, "ivo.ict", find("jeugd"), keys("down", "down", "enter")) }
func TestNewForm(t *testing.T)     { pages(t, "ivo.ict", keys("n")) }
func TestCloseBusy(t *testing.T) {
	pages(t, "ivo.ict", find("jeugd"), keys("end", "enter", "down", "enter"))
}

// TestChanges does on the screens what an ICT officer does when a head leaves for three months.
func TestChanges(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, s.room("ivo.ict"), 80, 24, screentest.Steps(find("jeugd"), keys("enter"), typed("lid7"), keys("tab", "enter"))...)
	page.Says("Jeugd is aangepast.", "Hoofd Lid Nummer07 (zonder de rol diensthoofd)")
	page.Send(screentest.Steps(keys("down", "down", "enter"), typed("bert"), keys("tab", "tab"), typed("31/1/2027"), keys("tab", "enter"))...)
	page.Says("Bert Maes, van 23/11/2026 tot en met 31/01/2027")
	page.Send(keys("enter")...)
	page.Send(keys("esc")...)
	b := s.branch("Jeugd")
	if b.Head.Name != "Lid Nummer07" || len(b.Standins) != 2 {
		t.Errorf("%+v", b)
	}
	page.Send(keys("home", "down", "enter", "down", "enter")...)
	page.Says("Jeugd is aangepast.", "Hoofd -")
}

// TestNewServices adds a cluster and a service under it, renames it, and closes it.
func TestNewServices(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, s.room("ivo.ict"), 80, 24, screentest.Steps(keys("n"), typed("Ruimte"), keys("tab", "right", "tab", "tab", "enter"))...)
	page.Says("Ruimte is toegevoegd.")
	page.Send(screentest.Steps(keys("n"), typed("Milieu"), keys("tab", "tab", "right", "right", "tab", "enter"))...)
	if b := s.branch("Milieu"); b.Cluster != "Ruimte" {
		t.Fatalf("Milieu stands under %q:\n%s", b.Cluster, page.Text())
	}
	page.Send(screentest.Steps(find("milieu"), keys("end", "up", "enter"), typed(" en klimaat"), keys("tab", "left", "tab", "enter"))...)
	if b := s.branch("Milieu en klimaat"); b.ID == "" || b.Cluster != "" {
		t.Fatalf("%+v\n%s", b, page.Text())
	}
	page.Send(keys("end", "enter", "down", "enter")...)
	if b := s.branch("Milieu en klimaat"); b.ClosedOn != "2026-11-23" {
		t.Errorf("closed on %q:\n%s", b.ClosedOn, page.Text())
	}
}

// TestStoreFails loses the database: nothing that was typed is lost.
func TestStoreFails(t *testing.T) {
	s := newScene(t)
	page := screentest.Show(t, s.room("ivo.ict"), 80, 24, screentest.Steps(find("jeugd"), keys("enter"), typed("lid7"))...)
	if err := s.DB.Close(); err != nil {
		t.Fatal(err)
	}
	page.Send(keys("tab", "enter")...)
	page.Says("lid7", "Niet gelukt")
}
