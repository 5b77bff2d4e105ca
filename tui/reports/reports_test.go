package reports_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/tui/papers"
	"digibrug/tui/reports"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is a town with the papers of accounts and of the audit log.
type scene struct {
	*datatest.Town
	t    testing.TB
	sent []string
	fail error
}

func newScene(t testing.TB) *scene {
	t.Helper()
	return &scene{Town: datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t))), t: t}
}

func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	a, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	if err != nil {
		s.t.Fatal(err)
	}
	id.Roles = a.Roles
	settings := data.NewSettings(s.DB)
	desk := reports.Desk{Shelf: papers.NewShelf(s.DB, settings, papers.Accounts(s.Accounts, settings), papers.Audit(s.DB)),
		Send: func(_ context.Context, _ data.Actor, f papers.Format, sheet papers.Sheet) (outbox.Paper, error) {
			var body bytes.Buffer
			if err := papers.Write(&body, f, sheet); err != nil {
				return outbox.Paper{}, err
			}
			s.sent = append(s.sent, sheet.Name+f.Ext())
			return outbox.Paper{Name: sheet.Name + f.Ext()}, s.fail
		}}
	v := screentest.Session(s.t, id)
	return screentest.ShowRoot(s.t, shell.NewRoot(v, reports.New(v, desk), nil, words.Errors{}), w, h, screentest.Steps(steps...)...)
}

func pages(t *testing.T, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return newScene(t).show(login, w, h, steps...) })
}

var keys = screentest.Keys

func TestList(t *testing.T)    { pages(t, "ivo.ict") }
func TestNothing(t *testing.T) { pages(t, "an.peeters") }
func TestSheet(t *testing.T)   { pages(t, "ivo.ict", keys("enter")) }
func TestFile(t *testing.T)    { pages(t, "ivo.ict", keys("enter", "x")) }

// TestFiles: what is on the screen leaves in each form, and a failure is told.
func TestFiles(t *testing.T) {
	s := newScene(t)
	s.show("ivo.ict", 80, 24, keys("enter", "x", "c", "p")).Says("accounts.pdf")
	if got := strings.Join(s.sent, " "); got != "accounts.xlsx accounts.csv accounts.pdf" {
		t.Errorf("sent %q", got)
	}
	s.fail = errors.New("no room")
	s.show("ivo.ict", 80, 24, keys("enter", "p")).Lacks("accounts.pdf is gemaakt")
}

// TestDeniedMeanwhile: who lost the role meanwhile reads nothing.
func TestDeniedMeanwhile(t *testing.T) {
	s := newScene(t)
	page := s.show("ivo.ict", 80, 24)
	if err := s.Accounts.Grant(t.Context(), datatest.Operator, "bert.maes", data.RoleICT, "2020-01-01", ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Accounts.SetDisabled(t.Context(), datatest.Operator, "ivo.ict", true); err != nil {
		t.Fatal(err)
	}
	page.Send(keys("enter")...)
	page.Lacks("bert.maes")
}
