package regtext_test

import (
	"context"
	"os"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/papers"
	"digibrug/tui/regtext"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// Who looks: the ICT officer, a colleague.
const (
	ict    = "ivo.ict"
	reader = "an.peeters"
)

var keys, typed = screentest.Keys, screentest.Type

// scene is a town with the model only.
type scene struct {
	*datatest.Town
	t     testing.TB
	clock *datatest.Hand
	texts *regulation.Store
	desk  regtext.Desk
	fail  error
}

func (s *scene) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func newTown(t testing.TB) *scene {
	t.Helper()
	s := &scene{t: t, clock: &datatest.Hand{}}
	db := datatest.Open(t, datatest.SQLite(t), data.WithClock(s.clock.Now))
	s.Town, s.texts = datatest.NewTown(t, db), regulation.NewStore(db)
	r := papers.LoanRegulation{Texts: s.texts, Rules: loans.NewStore(db), Settings: data.NewSettings(db), Now: s.clock.Now}
	s.desk = regtext.Desk{Reader: r, Texts: s.texts, Print: func(ctx context.Context, by data.Actor, e papers.Edition) (outbox.Paper, error) {
		if s.fail != nil {
			return outbox.Paper{}, s.fail
		}
		return r.Print(ctx, db, by, outbox.Fetch, e)
	}}
	return s
}

// decided is a town with a text that was published and a draft after it.
func decided(t testing.TB) *scene {
	t.Helper()
	s := newTown(t)
	model, err := regulation.Model(regulation.Loan)
	s.ok(err)
	own, err := model.Content.Adopted()
	s.ok(err)
	ctx, ivo := t.Context(), s.Actor(ict)
	_, err = s.texts.PutDraft(ctx, ivo, regulation.Loan, "Reglement 2026", own)
	s.ok(err)
	_, err = s.texts.Publish(ctx, ivo, regulation.Loan, regulation.Decision{From: "2026-11-23", Body: "gemeenteraad", DecidedOn: "2026-11-16"}, loans.TextFigures())
	s.ok(err)
	_, err = s.texts.PutDraft(ctx, ivo, regulation.Loan, "Reglement 2027", own)
	s.ok(err)
	return s
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	a, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	s.ok(err)
	id.Roles = a.Roles
	session := screentest.Session(s.t, id)
	return screentest.ShowRoot(s.t, shell.NewRoot(session, regtext.New(session, s.desk), nil, words.Errors{}), w, h, screentest.Steps(steps...)...)
}

// public opens the page that everybody may read, at a kiosk.
func (s *scene) public(lang string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	session := screentest.Session(s.t, data.Identity{KioskID: "k", Login: "kiosk:ocr-1", Language: lang})
	session.Bare, session.Stays = true, true
	return screentest.Show(s.t, regtext.NewPublic(session, regtext.Desk{Reader: s.desk.Reader}), w, h, screentest.Steps(steps...)...)
}
