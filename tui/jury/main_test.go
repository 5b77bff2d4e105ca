package jury_test

import (
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/jury"
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

// member is on the jury of the scene.
const member = "bert.maes"

// scene is a test of five whose scores are frozen. The first four sat it, with 8, 6, 4 and 1 right answers; the second had a pause,
// extra minutes and a question, after which an item went out for one.
type scene struct {
	*recruittest.Hall
	t testing.TB
}

func scored(t testing.TB) scene {
	t.Helper()
	return scoredBy(t, nil)
}

// scoredBy is scored by the rules of a procedure of its own.
func scoredBy(t testing.TB, details func(*recruit.Details)) scene {
	t.Helper()
	db, hand := recruittest.Open(t, datatest.SQLite(t))
	s := scene{recruittest.New(t, db, hand, recruittest.Options{Candidates: 5, Closed: true, Details: details}), t}
	s.freezes()
	for i, right := range []int{8, 6, 4, 1} {
		s.sits(i, right)
	}
	s.Close()
	s.Must(s.Store.FreezeScores(t.Context(), s.Actor("an.peeters"), s.Procedure))
	return s
}

// freezes gives the hall the hash that opening would have given it, in the audit log too.
func (s scene) freezes() {
	s.t.Helper()
	p, err := s.Store.Procedure(s.t.Context(), s.Actor("an.peeters"), s.Procedure)
	s.Must(err)
	items, err := s.Store.Frozen(s.t.Context(), s.Actor("an.peeters"), s.Procedure)
	s.Must(err)
	hash := recruit.FrozenHash(p, items)
	s.Exec(`UPDATE procedures SET frozen = $1 WHERE id = $2`, hash, s.Procedure)
	s.Must(s.DB.InTx(s.t.Context(), func(tx *data.Tx) error {
		return tx.Audit(s.t.Context(), datatest.Operator, "recruit.open", s.Procedure, "sum", hash)
	}))
}

func (s scene) sits(i, right int) {
	s.t.Helper()
	s.Start(i)
	for n := range 8 {
		if i != 3 || n < 6 {
			s.Answer(i, n, n < right)
		}
	}
	if i == 1 {
		s.Must(s.Store.Pause(s.t.Context(), s.Actor("lid1"), s.Candidates[i]))
		s.Pass(3*time.Minute, i)
		s.Must(s.Store.Resume(s.t.Context(), s.Actor("lid1"), s.Candidates[i]))
		s.Must(s.Store.ExtraMinutes(s.t.Context(), s.Actor("lid1"), s.Candidates[i], 5, "Brandalarm in de gang."))
		s.Must(s.Store.Ask(s.t.Context(), s.By(i), recruittest.Session(i), 2, "Er staan twee juiste antwoorden."))
		s.answers(recruit.ThisOne, "Dat klopt.")
	}
	s.Must(s.Store.Submit(s.t.Context(), s.By(i), recruittest.Session(i)))
}

func (s scene) answers(scope recruit.Scope, why string) {
	s.t.Helper()
	room, err := s.Store.Room(s.t.Context(), s.Actor("lid1"), s.Procedure)
	s.Must(err)
	for _, one := range room.Sittings {
		if one.Question != nil {
			s.Must(s.Store.AnswerQuestion(s.t.Context(), s.Actor("lid1"), one.Question.ID, scope, why))
		}
	}
}

// decided is scored with the names open, where the jury decided about everybody.
func decided(t testing.TB) scene {
	t.Helper()
	s := scored(t)
	s.Must(s.Store.OpenNames(t.Context(), s.Actor("an.peeters"), s.Procedure))
	for i, d := range []recruit.Decision{{Outcome: recruit.Passed, Reason: "Kent alles wat de job vraagt."}, {Outcome: recruit.Reserve, Reason: "Sterk in mail.", Until: "2027-11-23"},
		{Outcome: recruit.Reserve, Reason: "Overtuigde in het gesprek.", Until: "2027-11-23"}, {Outcome: recruit.Failed, Reason: "Te weinig kennis van Windows."}, {Outcome: recruit.Absent, Reason: "Kwam niet."}} {
		s.Must(s.Store.Decide(t.Context(), s.Actor(member), s.Candidates[i], d))
	}
	return s
}

func (s scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	account, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	s.Must(err)
	id.Roles = account.Roles
	v := screentest.Session(s.t, id)
	v.Now = s.Hand.Now
	errs := words.Errors{{Err: recruit.ErrNotScored, Key: words.RecruitNotScored}, {Err: recruit.ErrChanged, Key: words.RecruitErrChanged}}
	titles := map[string]string{"mail": "E-mail en agenda", "windows": "Windows en bestanden"}
	return screentest.ShowRoot(s.t, shell.NewRoot(v, jury.New(v, jury.Desk{Store: s.Store, Domain: func(d string) string { return titles[d] }}), nil, errs), w, h, screentest.Steps(steps...)...)
}

func (s scene) as(login string, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show(login, 80, 24, steps...)
}

func pages(t *testing.T, make func(testing.TB) scene, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(member, w, h, steps...) })
}
