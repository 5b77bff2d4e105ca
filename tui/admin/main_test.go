package admin_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/admin"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// first is the password that every new account of these tests gets.
const first = "bcde fghj knpr stuv xybc"

// scene is the town with two of the shipped banks, and lid1 a deputy, lid2 a consultant.
type scene struct {
	*datatest.Town
	t    testing.TB
	quiz *quiz.Store
}

// settledTown is the town as it stood when the first test made it, and the bytes of its database. Every scene
// works on a copy of its own: settling a town anew takes a hundred times as long.
type settledTown struct {
	town  datatest.Town
	file  []byte
	banks []quiz.Bank
}

var (
	once    sync.Once
	settled settledTown
)

func settle(t testing.TB) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "town.db")
	db, err := data.Open(t.Context(), "sqlite:"+file, data.WithClock(datatest.Still), data.WithLog(slog.New(slog.DiscardHandler)))
	if err != nil {
		t.Fatal(err)
	}
	s := scene{Town: datatest.NewTown(t, db), t: t}
	s.grant("lid1", data.RoleDeputy)
	s.grant("lid2", data.RoleConsultant)
	if err := db.Close(); err != nil { // the log goes into the file
		t.Fatal(err)
	}
	settled.town = *s.Town
	if settled.file, err = os.ReadFile(file); err != nil {
		t.Fatal(err)
	}
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	// Two of them, so that one more that ships changes no page here.
	settled.banks = slices.DeleteFunc(banks, func(b quiz.Bank) bool { return b.Domain != "mail" && b.Domain != "windows" })
}

func newScene(t testing.TB) scene {
	t.Helper()
	once.Do(func() { settle(t) })
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(file, settled.file, 0o600); err != nil {
		t.Fatal(err)
	}
	town := settled.town
	town.DB = datatest.Open(t, "sqlite:"+file)
	town.People, town.Accounts = data.NewPeople(town.DB), data.NewAccounts(town.DB, data.NewHasher(datatest.CheapHash))
	return scene{Town: &town, t: t, quiz: quiz.NewStore(town.DB, settled.banks)}
}

func (s scene) grant(login string, role data.Role) {
	s.t.Helper()
	if err := s.Accounts.Grant(s.t.Context(), datatest.Operator, login, role, "2026-01-01", ""); err != nil {
		s.t.Fatal(err)
	}
}

// who is somebody of the town with the roles of today.
func (s scene) who(login string) data.Identity {
	s.t.Helper()
	id := s.Identity(login)
	a, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	if err != nil {
		s.t.Fatal(err)
	}
	id.Roles = a.Roles
	return id
}

func (s scene) session(login string) *shell.Session { return screentest.Session(s.t, s.who(login)) }

func (s scene) accounts(login string) shell.Screen {
	return admin.WithPasswords(admin.NewAccounts(s.session(login), s.Accounts, s.People), func() string { return first })
}

func (s scene) campaigns(login string) shell.Screen {
	return admin.NewCampaigns(s.session(login), s.quiz, s.People)
}

// campaign adds a campaign with three items in two domains for all services.
func (s scene) campaign(title string, change ...func(*quiz.Campaign)) quiz.Campaign {
	s.t.Helper()
	c := quiz.Campaign{Title: title, OpensOn: "2026-11-01", ClosesOn: "2026-12-31", Explain: quiz.ExplainAtSubmit,
		Offer: "Kennismaken met de computer", Blueprint: quiz.Blueprint{Entry: 3, Cells: []quiz.Cell{
			{Domain: "windows", Level: 1, Count: 2}, {Domain: "windows", Level: 3, Count: 1}, {Domain: "mail", Level: 2, Count: 2}}}}
	for _, service := range s.Services {
		if !service.IsCluster {
			c.Services = append(c.Services, service.ID)
		}
	}
	for _, f := range change {
		f(&c)
	}
	c, err := s.quiz.Create(s.t.Context(), s.Actor("ivo.ict"), c)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s scene) open(c quiz.Campaign) quiz.Campaign {
	s.t.Helper()
	if err := s.quiz.Open(s.t.Context(), s.Actor("ivo.ict"), c.ID); err != nil {
		s.t.Fatal(err)
	}
	return c
}

// season is a draft, an open campaign with three attempts of which one has ended, and a closed one.
func (s scene) season() {
	s.t.Helper()
	old := s.open(s.campaign("Kennismeting voorjaar"))
	if err := s.quiz.Close(s.t.Context(), s.Actor("ivo.ict"), old.ID); err != nil {
		s.t.Fatal(err)
	}
	now := s.open(s.campaign("Kennismeting najaar"))
	for i, login := range []string{"an.peeters", "lid3", "dora.claes"} {
		attempt, err := s.quiz.Start(s.t.Context(), s.Actor(login), now.ID, false)
		if err == nil && i == 0 {
			_, err = s.quiz.PassEntry(s.t.Context(), s.Actor(login), attempt, true)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	s.campaign("Kennismeting 2027", func(c *quiz.Campaign) { c.OpensOn, c.ClosesOn, c.Limit = "2027-01-04", "2027-01-29", 45*60e9 })
}

// pages shows a screen, presses steps, and compares the page with a golden file at every size.
func pages(t *testing.T, open func(scene) shell.Screen, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return screentest.Show(t, open(newScene(t)), w, h, screentest.Steps(steps...)...)
	})
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// times presses a key so many times.
func times(n int, name string) []tea.Msg {
	var msgs []tea.Msg
	for range n {
		msgs = append(msgs, keys(name)...)
	}
	return msgs
}

// find narrows a table to what is typed, and opens the first row.
func find(text string) []tea.Msg {
	return screentest.Steps(keys("/"), typed(text), keys("enter", "enter"))
}
