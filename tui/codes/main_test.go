package codes_test

import (
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/quiz"
	"digibrug/tui/codes"
	"digibrug/tui/papers"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the town with an open campaign for the library and youth, and lid1 a deputy.
type scene struct {
	*datatest.Town
	t        testing.TB
	desk     codes.Desk
	gate     *data.Gate
	out      *outbox.Store
	campaign quiz.Campaign
}

func newScene(t testing.TB) scene {
	t.Helper()
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	if err := town.Accounts.Grant(t.Context(), datatest.Operator, "lid1", data.RoleDeputy, "2026-01-01", ""); err != nil {
		t.Fatal(err)
	}
	store, paper := quiz.NewStore(town.DB, banks), data.NewCodes(town.DB, data.NewHasher(datatest.CheapHash))
	c, err := store.Create(t.Context(), datatest.Operator, quiz.Campaign{Title: "Kennismeting najaar", OpensOn: "2026-11-01", ClosesOn: "2026-12-31",
		Explain: quiz.ExplainNever, Blueprint: quiz.Blueprint{Cells: []quiz.Cell{{Domain: "windows", Level: 1, Count: 4}}},
		Services: []string{town.Services["Bibliotheek"].ID, town.Services["Jeugd"].ID}})
	if err == nil {
		err = store.Open(t.Context(), datatest.Operator, c.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	desk := codes.Desk{Codes: paper, Mailing: papers.Mailing{Codes: paper, People: town.People, Settings: data.NewSettings(town.DB), Campaigns: store}}
	return scene{town, t, desk, data.NewGate(town.Accounts, slog.New(slog.DiscardHandler)), outbox.NewStore(town.DB), c}
}

func (s scene) room(login string) shell.Screen {
	s.t.Helper()
	id := s.Identity(login)
	a, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	if err != nil {
		s.t.Fatal(err)
	}
	id.Roles = a.Roles
	return codes.New(screentest.Session(s.t, id), s.desk)
}

// issued makes a code for every invited person and gives their secrets by name.
func (s scene) issued() map[string]data.Issued {
	s.t.Helper()
	w, err := data.Days("2026-11-23", "2026-12-31")
	if err != nil {
		s.t.Fatal(err)
	}
	ids, err := s.desk.Mailing.Recipients(s.t.Context(), datatest.Operator, papers.Order{Campaign: s.campaign.ID})
	if err != nil {
		s.t.Fatal(err)
	}
	all, err := s.desk.Codes.Issue(s.t.Context(), datatest.Operator, data.Journey{Kind: data.JourneyAssessment, Of: s.campaign.ID}, ids, w, nil, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	byName := map[string]data.Issued{}
	for _, one := range all {
		byName[one.Person] = one
	}
	return byName
}

// marks makes what is random on a page the same each time.
func marked(s *screentest.Screen, all map[string]data.Issued) string {
	text := s.Text()
	for _, one := range all {
		text = strings.ReplaceAll(text, one.Mark+"…", "BCD…")
	}
	return text
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func find(text string) []tea.Msg {
	return screentest.Steps(keys("/"), typed(text), keys("enter", "enter"))
}

// pages compares a page with a golden file at every size; with issued, everybody has a code.
func pages(t *testing.T, login string, issued bool, steps ...[]tea.Msg) {
	t.Helper()
	for _, size := range screentest.Sizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			s := newScene(t)
			var all map[string]data.Issued
			if issued {
				all = s.issued()
			}
			page := screentest.Show(t, s.room(login), size[0], size[1], screentest.Steps(steps...)...)
			page.Fits()
			screentest.Text(t, marked(page, all))
		})
	}
}

func times(n int, name string) []tea.Msg {
	var msgs []tea.Msg
	for range n {
		msgs = append(msgs, keys(name)...)
	}
	return msgs
}

// submit goes to the button of the form and presses it.
var submit = screentest.Steps(times(7, "tab"), keys("enter"))
