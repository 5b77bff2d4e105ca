package papers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/screentest"
)

// scene is the town with a shelf of all papers, on real stores.
type scene struct {
	*datatest.Town
	shelf *Shelf
	quiz  *quiz.Store
}

func newScene(t *testing.T) scene {
	t.Helper()
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	for login, role := range map[string]data.Role{"lid1": data.RoleDeputy, "lid2": data.RoleConsultant} {
		if err := town.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2026-01-01", ""); err != nil {
			t.Fatal(err)
		}
	}
	store := quiz.NewStore(town.DB, banks)
	c := quiz.Campaign{Title: "Kennismeting najaar", OpensOn: "2026-11-01", ClosesOn: "2026-12-31", Explain: quiz.ExplainNever,
		Blueprint: quiz.Blueprint{Cells: []quiz.Cell{{Domain: "windows", Level: 1, Count: 4}}}}
	for _, service := range town.Services {
		if !service.IsCluster {
			c.Services = append(c.Services, service.ID)
		}
	}
	if c, err = store.Create(t.Context(), datatest.Operator, c); err == nil {
		err = store.Open(t.Context(), datatest.Operator, c.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return scene{town, NewShelf(town.DB, data.NewSettings(town.DB), Accounts(town.Accounts, data.NewSettings(town.DB)), Campaigns(store), Groups(store), Audit(town.DB)), store}
}

func TestWhoMayHaveWhat(t *testing.T) {
	s := newScene(t)
	may := map[string][]string{
		"ivo.ict": {"accounts", "campaigns", "audit"}, "lid1": {"accounts"}, "lid2": {"audit"},
		"dirk.adm": {"campaigns", "groups"}, "bert.maes": {"groups"}, "an.peeters": nil,
	}
	for login, want := range may {
		a, err := s.Accounts.Find(t.Context(), datatest.Operator, login)
		if err != nil {
			t.Fatal(err)
		}
		var offered []string
		for _, p := range s.shelf.For(a.Roles) {
			offered = append(offered, p.Name)
		}
		if !slices.Equal(offered, want) {
			t.Errorf("%s is offered %v, want %v", login, offered, want)
		}
		for _, p := range s.shelf.All() {
			sheet, err := s.shelf.Fill(t.Context(), s.Actor(login), p.Name, Ask{Campaign: "kennismeting NAJAAR"})
			if slices.Contains(want, p.Name) && err != nil || !slices.Contains(want, p.Name) && !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s asks for %s and gets %d rows and %v", login, p.Name, len(sheet.Rows), err)
			}
		}
	}
	for _, p := range s.shelf.All() {
		if _, err := s.shelf.Fill(t.Context(), data.Actor{}, p.Name, Ask{Campaign: "x"}); !errors.Is(err, data.ErrDenied) {
			t.Errorf("nobody asks for %s and gets %v", p.Name, err)
		}
		if _, err := s.shelf.Fill(t.Context(), datatest.Operator, p.Name, Ask{Campaign: "Kennismeting najaar"}); err != nil {
			t.Errorf("the operator asks for %s and gets %v", p.Name, err)
		}
	}
}

func TestPapersOfTheTown(t *testing.T) {
	s := newScene(t)
	for _, name := range []string{"accounts", "campaigns", "groups"} {
		t.Run(name, func(t *testing.T) {
			sheet, err := s.shelf.Fill(t.Context(), datatest.Operator, name, Ask{Campaign: "Kennismeting najaar"})
			if err != nil {
				t.Fatal(err)
			}
			screentest.Text(t, sheet.Table(120))
		})
	}
	sheet, err := s.shelf.Fill(t.Context(), s.Actor("chris.wouters"), "groups", Ask{Campaign: "kennismeting najaar"})
	if err != nil || len(sheet.Rows) != 1 || sheet.Rows[0][0].text() != "Vrije tijd" {
		t.Errorf("the head of Vrije tijd gets %d rows, %v", len(sheet.Rows), err)
	}
}

func TestAuditPaper(t *testing.T) {
	s := newScene(t)
	sheet, err := s.shelf.Fill(t.Context(), datatest.Operator, "audit", Ask{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	newest, err := s.DB.Audit(t.Context(), datatest.Operator, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(sheet.Rows) != 3 || sheet.Rows[0][0].value != float64(newest[0].Seq) {
		t.Errorf("%d rows, the first %v, want the 3 newest", len(sheet.Rows), sheet.Rows[0][0])
	}
	if len(sheet.Notes) != 1 || !strings.Contains(sheet.Notes[0], newest[0].Hash) {
		t.Errorf("notes are %q, want the hash of the newest row", sheet.Notes)
	}
	if got := sheet.Rows[0][4]; got.text() != "kennismeting geopend" || got.machine() != "campaign.open" {
		t.Errorf("the newest act is %q, %q", got.text(), got.machine())
	}
}

func TestQuestionsWithoutAnswer(t *testing.T) {
	s := newScene(t)
	for name, c := range map[string]struct {
		paper string
		ask   Ask
		why   data.Why
	}{
		"no such paper":     {"salarissen", Ask{}, data.WhyNotOneOf},
		"which campaign":    {"groups", Ask{}, data.WhyEmpty},
		"no such campaign":  {"groups", Ask{Campaign: "zomer"}, WhyNoFigures},
		"too many rows":     {"audit", Ask{Limit: MaxLimit + 1}, data.WhyNumber},
		"fewer than a row":  {"audit", Ask{Limit: -1}, data.WhyNumber},
		"hostile name":      {"\x1b[2J", Ask{}, data.WhyNotOneOf},
		"campaign's escape": {"groups", Ask{Campaign: "\x1b[2J"}, WhyNoFigures},
	} {
		var bad *data.Invalid
		if _, err := s.shelf.Fill(t.Context(), datatest.Operator, c.paper, c.ask); !errors.As(err, &bad) || bad.Why != c.why || strings.Contains(bad.Got, "\x1b") {
			t.Errorf("%s: %v, want %s", name, err, c.why)
		}
	}
	two := reports{{ID: "01a-1", Title: "een"}, {ID: "01a-2", Title: "twee"}}
	var bad *data.Invalid
	if _, err := campaignOf(t.Context(), two, datatest.Operator, "01A"); !errors.As(err, &bad) || bad.Why != WhyTwoOfThem {
		t.Errorf("a start of two ids gives %v", err)
	}
	if id, err := campaignOf(t.Context(), two, datatest.Operator, "01a-2"); id != "01a-2" || err != nil {
		t.Errorf("an id gives %q, %v", id, err)
	}
}

// reports is a quiz floor with these campaigns and no figures.
type reports []quiz.Campaign

func (r reports) Reports(context.Context, data.Actor) ([]quiz.Campaign, error) { return r, nil }
func (r reports) Group(context.Context, data.Actor, string) (quiz.GroupReport, error) {
	return quiz.GroupReport{}, data.ErrNotFound
}
func (r reports) DomainTitle(domain string) string { return domain }

// TestHiddenGroupsShowNothing holds promise 4 on paper, whatever the store hands over.
func TestHiddenGroupsShowNothing(t *testing.T) {
	r := quiz.GroupReport{Campaign: quiz.Campaign{Title: "K", State: quiz.Closed}, Domains: []string{"windows", "mail"}, Rows: []quiz.GroupRow{
		{Group: quiz.Group{Name: "Klein", Invited: 3, Hidden: true}, Names: []string{"Klein"}, Invited: 33, Ended: 31, Figures: []quiz.Figure{
			{Shown: true, N: 3, Share: 0.31, Median: quiz.BandVlot}, {Share: 0.32, Median: quiz.BandVlot}}},
		{Group: quiz.Group{Name: "Groot", Invited: 9}, Names: []string{"A", "B"}, Invited: 9, Ended: 6, Figures: []quiz.Figure{
			{Shown: true, N: 6, Share: 0.71, Median: quiz.BandBasis}, {Share: 0.33, Median: quiz.BandExpert}}},
	}}
	s := groupSheet(r, func(domain string) string { return domain })
	s.At = datatest.Noon
	for _, f := range []Format{FormatTable, FormatCSV, FormatJSON} {
		text := string(made(t, f, s))
		for _, secret := range []string{"31", "32", "33", "vlot", "expert"} {
			if body, _, _ := strings.Cut(text, "Dit zijn cijfers"); strings.Contains(strings.ReplaceAll(body, "2026-11-23", ""), secret) {
				t.Errorf("%s tells %q:\n%s", f, secret, body)
			}
		}
		if !strings.Contains(text, "71") || !strings.Contains(text, "basis") {
			t.Errorf("%s does not show what may be shown:\n%s", f, text)
		}
	}
	if !s.Rows[0][2].Empty() || !s.Rows[0][3].Empty() {
		t.Error("a hidden group tells how many people it has")
	}
	if len(s.Notes) != 3 {
		t.Errorf("notes are %q", s.Notes)
	}
}

func TestAccountStates(t *testing.T) {
	for want, a := range map[string]data.Account{
		"disabled":    {Disabled: true, HasPassword: true},
		"no_way":      {},
		"must_change": {HasPassword: true, MustChange: true},
		"active":      {Keys: 1},
	} {
		if got := fmt.Sprint(accountState(a).machine()); got != want {
			t.Errorf("%+v is %s, want %s", a, got, want)
		}
	}
}
