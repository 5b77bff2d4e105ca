package marking_test

import (
	"os"
	"testing"

	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/marking"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// scene is a closed test of three, whose open answers wait for the markers lid3, lid4 and lid5.
type scene struct {
	*recruittest.Hall
	t testing.TB
}

func closed(t testing.TB) scene {
	t.Helper()
	db, hand := recruittest.Open(t, datatest.SQLite(t))
	s := scene{recruittest.New(t, db, hand, recruittest.Options{}), t}
	for i := range s.Candidates {
		s.Start(i)
		s.Answer(i, 7, i%2 == 0)
		s.Must(s.Store.Submit(t.Context(), s.By(i), recruittest.Session(i)))
	}
	s.Close()
	return s
}

// split is closed, where lid3 gave everybody nothing and lid4 everybody all.
func split(t testing.TB) scene {
	t.Helper()
	s := closed(t)
	s.marks("lid3", 0, "Noemt het herstarten niet.")
	s.marks("lid4", 200, "")
	return s
}

func (s scene) marks(login string, points int, why string) {
	s.t.Helper()
	for _, w := range s.work(login) {
		s.Must(s.Store.Mark(s.t.Context(), s.Actor(login), s.Procedure, w.Code, points, why))
	}
}

func (s scene) work(login string) []recruit.Work {
	s.t.Helper()
	all, err := s.Store.ToMark(s.t.Context(), s.Actor(login), s.Procedure)
	s.Must(err)
	return all
}

func (s scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	account, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	s.Must(err)
	id.Roles = account.Roles
	v := screentest.Session(s.t, id)
	v.Now = s.Hand.Now
	errs := words.Errors{{Err: recruit.ErrMarked, Key: words.RecruitMarked}, {Err: recruit.ErrAgreed, Key: words.RecruitAgreed}}
	return screentest.ShowRoot(s.t, shell.NewRoot(v, marking.New(v, s.Store), nil, errs), w, h, screentest.Steps(steps...)...)
}

func (s scene) as(login string, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show(login, 80, 24, steps...)
}
