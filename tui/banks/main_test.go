package banks_test

import (
	"fmt"
	"os"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/banks"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// Who comes in.
const (
	rik  = "lid1" // recruiter, who made the questions of the house
	rita = "lid2" // recruiter, who reviews them
)

// scene is a town with a bank of the program and one of the house.
type scene struct {
	*datatest.Town
	lib *quiz.Library
	t   testing.TB
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// empty has only the bank of the program.
func empty(t testing.TB) *scene {
	db := datatest.Open(t, datatest.SQLite(t))
	shipped := bank("windows", "Windows en bestanden", 6)
	for i := range shipped.Items {
		shipped.Items[i].Status = quiz.StatusReviewed
	}
	s := &scene{Town: datatest.NewTown(t, db), lib: quiz.NewLibrary(db, []quiz.Bank{shipped}).Sampling(func(int) int { return 0 }), t: t}
	for _, login := range []string{rik, rita} {
		s.must(s.Accounts.Grant(t.Context(), datatest.Operator, login, data.RoleRecruiter, "2026-01-01", ""))
	}
	return s
}

// filled has a bank of the house of thirty drafts.
func filled(t testing.TB) *scene {
	s := empty(t)
	_, err := s.lib.Import(t.Context(), s.Actor(rik), bank("dossiers", "Dossiers aan het loket", 30), quiz.ImportAsk{})
	s.must(err)
	return s
}

// lived has questions in all states.
func lived(t testing.TB) *scene {
	s := empty(t)
	ctx, by, other := t.Context(), s.Actor(rik), s.Actor(rita)
	b := bank("dossiers", "Dossiers aan het loket", 8)
	_, err := s.lib.Import(ctx, by, b, quiz.ImportAsk{})
	s.must(err)
	s.must(s.lib.SendBack(ctx, other, "dossiers-08", 1, "Wat is een stuk? Schrijf document."))
	r, err := s.lib.Review(ctx, other, "dossiers")
	s.must(err)
	_, err = s.lib.Finish(ctx, other, r.ID)
	s.must(err)
	s.must(s.lib.Move(ctx, by, []string{"dossiers-01", "dossiers-02", "dossiers-03"}, quiz.StatusInUse, ""))
	s.must(s.lib.Move(ctx, by, []string{"dossiers-03"}, quiz.StatusRetired, ""))
	s.must(s.lib.Publish(ctx, by, []string{"dossiers-02"}))
	changed := b.Items[0]
	changed.Stem = "Een burger brengt document 1 binnen. Wat doet u het eerst, voor u het dossier afsluit?"
	_, err = s.lib.Put(ctx, by, "dossiers", changed)
	s.must(err)
	return s
}

func bank(code, title string, n int) quiz.Bank {
	b := quiz.Bank{ID: code, Language: "nl", Domain: code, Title: title}
	for i := range n {
		b.Items = append(b.Items, quiz.Item{ID: fmt.Sprintf("%s-%02d", code, i+1), Version: 1, Kind: quiz.KindSingle, Domain: code, DigComp: "1.3", Level: i%4 + 1,
			Difficulty: float64(i%4) - 1.5, Seconds: 60, Stem: fmt.Sprintf("Een burger brengt stuk %d binnen. Wat doet u eerst?", i+1), Shuffle: true,
			Options: []quiz.Option{{Text: "Het dossier openen", Right: true, Why: "Dan ziet u of het stuk er al is."}, {Text: "Het stuk scannen", Why: "Dat kan daarna."},
				{Text: "Het stuk wegleggen", Why: "Dan vindt niemand het terug."}},
			Why: "Wie niet eerst kijkt, maakt een dossier dubbel.", Source: "eigen vraag", Author: "Rik Nummer01", Status: quiz.StatusDraft})
	}
	return b
}

func errorsKnown() words.Errors {
	return words.Errors{{Err: quiz.ErrMeanwhile, Key: words.BanksMeanwhile}, {Err: quiz.ErrOwnWork, Key: words.BanksOwnWork}, {Err: quiz.ErrItemState, Key: words.BanksState},
		{Err: quiz.ErrNothingToReview, Key: words.BanksNothing}, {Err: quiz.ErrAsked, Key: words.BanksAsked}}
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	session := screentest.Session(s.t, s.Identity(login))
	session.Now = s.DB.Now
	return screentest.ShowRoot(s.t, shell.NewRoot(session, banks.New(session, s.lib), nil, errorsKnown()), w, h, screentest.Steps(steps...)...)
}

func (s *scene) as(login string, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show(login, 80, 24, steps...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func pages(t *testing.T, make func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(login, w, h, steps...) })
}
