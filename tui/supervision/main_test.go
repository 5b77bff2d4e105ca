package supervision_test

import (
	"os"
	"testing"
	"time"

	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/supervision"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// scene is a hall with its supervisors lid1 and lid2.
type scene struct {
	*recruittest.Hall
	t testing.TB
}

func hall(t testing.TB, o recruittest.Options) scene {
	t.Helper()
	db, hand := recruittest.Open(t, datatest.SQLite(t))
	return scene{recruittest.New(t, db, hand, o), t}
}

// show opens the room for somebody.
func (s scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	account, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	s.Must(err)
	id.Roles = account.Roles
	v := screentest.Session(s.t, id)
	v.Now = s.Hand.Now
	return screentest.ShowRoot(s.t, shell.NewRoot(v, supervision.New(v, s.Store), nil, known()), w, h, screentest.Steps(steps...)...)
}

// known are the sentences of the errors that the flows meet.
func known() words.Errors {
	return words.Errors{{Err: recruit.ErrGone, Key: words.RecruitGone}, {Err: recruit.ErrRunning, Key: words.RecruitRunning}, {Err: recruit.ErrEnded, Key: words.RecruitEnded}}
}

func (s scene) as(login string, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show(login, 80, 24, steps...)
}

// twenty is a hall of twenty in full work: of every state somebody.
func twenty(t testing.TB) scene {
	t.Helper()
	s := hall(t, recruittest.Options{Candidates: 20, Settings: map[int]recruit.Settings{4: {Factor: 1.25, Breaks: 15}}})
	busy := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	for _, i := range busy {
		s.Start(i)
		s.Answer(i, 0, true)
	}
	s.Pass(4*time.Minute, busy...)
	for _, i := range busy {
		s.Answer(i, 1, i%2 == 0)
	}
	s.Must(s.Store.Log(t.Context(), s.By(2), recruittest.Session(2), recruit.LeftScreen, 0))
	s.Must(s.Store.Log(t.Context(), s.By(2), recruittest.Session(2), recruit.Returned, 0))
	s.Must(s.Store.Log(t.Context(), s.By(2), recruittest.Session(2), recruit.LeftScreen, 0))
	s.Must(s.Store.Log(t.Context(), s.By(2), recruittest.Session(2), recruit.Pasted, 120))
	s.Must(s.Store.Ask(t.Context(), s.By(3), recruittest.Session(3), 2, "Er staan twee juiste antwoorden."))
	s.Must(s.Store.Break(t.Context(), s.By(4), recruittest.Session(4)))
	s.Must(s.Store.Pause(t.Context(), s.Actor("lid1"), s.Candidates[5]))
	s.Must(s.Store.CutOff(t.Context(), s.By(6), recruittest.Session(6)))
	s.Must(s.Store.CutOff(t.Context(), s.By(7), recruittest.Session(7)))
	s.arrives(7, "session-07b", "PC-21")
	s.Must(s.Store.Submit(t.Context(), s.By(8), recruittest.Session(8)))
	s.Must(s.Store.ExtraMinutes(t.Context(), s.Actor("lid1"), s.Candidates[9], 5, "Brandalarm."))
	s.Must(s.Store.CutOff(t.Context(), s.By(10), recruittest.Session(10)))
	s.Must(s.Store.Pause(t.Context(), s.Actor("lid1"), s.Candidates[10]))
	s.Must(s.Store.Ask(t.Context(), s.By(11), recruittest.Session(11), 2, "De tekst is niet te lezen."))
	s.Must(s.Store.CutOff(t.Context(), s.By(11), recruittest.Session(11)))
	s.Must(s.Store.Pause(t.Context(), s.Actor("lid1"), s.Candidates[11]))
	s.arrives(12, recruittest.Session(12), "PC-13")
	s.arrives(13, recruittest.Session(13), "PC-14")
	s.Must(s.Store.Check(t.Context(), s.Actor("lid1"), s.Candidates[13]))
	return s
}

func (s scene) arrives(i int, session, place string) {
	s.t.Helper()
	_, err := s.Store.Arrive(s.t.Context(), s.By(i), session, place)
	s.Must(err)
}
