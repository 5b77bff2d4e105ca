package quiz_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
)

// shelf is a town with a library of one shipped bank, in which somebody imports a local one.
type shelf struct {
	*datatest.Town
	lib            *quiz.Library
	rik, rita, ivo data.Actor // two recruiters and the ICT officer
	t              *testing.T
}

func newShelf(t *testing.T, db *data.DB) shelf {
	t.Helper()
	s := shelf{Town: datatest.NewTown(t, db), lib: quiz.NewLibrary(db, []quiz.Bank{shippedBank()}), t: t}
	for _, login := range []string{"lid1", "lid2"} {
		s.must(s.Accounts.Grant(t.Context(), datatest.Operator, login, data.RoleRecruiter, "2026-01-01", ""))
	}
	s.rik, s.rita, s.ivo = s.Actor("lid1"), s.Actor("lid2"), s.Actor("ivo.ict")
	return s
}

func (s shelf) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func shippedBank() quiz.Bank {
	b := localBank(6)
	b.ID, b.Domain, b.Title = "windows", "windows", "Windows"
	for i := range b.Items {
		b.Items[i].ID, b.Items[i].Domain, b.Items[i].Status = fmt.Sprintf("windows-%d", i+1), "windows", quiz.StatusReviewed
	}
	return b
}

// localBank is a bank of n single choice items.
func localBank(n int) quiz.Bank {
	b := quiz.Bank{ID: "loket", Language: "nl", Domain: "loket", Title: "Aan het loket"}
	for i := range n {
		b.Items = append(b.Items, quiz.Item{ID: fmt.Sprintf("loket-%02d", i+1), Version: 1, Kind: quiz.KindSingle, Domain: "loket", DigComp: "1.3", Level: i%4 + 1,
			Difficulty: float64(i%4) - 1.5, Seconds: 60, Stem: fmt.Sprintf("Wat doet u eerst bij dossier %d?", i+1), Shuffle: true,
			Options: []quiz.Option{{Text: "Openen", Right: true, Why: "Dan ziet u het."}, {Text: "Wissen", Why: "Dan is het weg."}, {Text: "Afdrukken", Why: "Dat kan later."}},
			Why:     "Eerst kijken.", Source: "eigen werk", Author: "Rik", Status: quiz.StatusDraft})
	}
	return b
}

func (s shelf) load(b quiz.Bank) quiz.ImportPlan {
	s.t.Helper()
	plan, err := s.lib.Import(s.t.Context(), s.rik, b, quiz.ImportAsk{})
	s.must(err)
	return plan
}

// approved imports a bank and has it reviewed by a colleague.
func (s shelf) approved(n int) {
	s.t.Helper()
	s.load(localBank(n))
	r, err := s.lib.Review(s.t.Context(), s.rita, "loket")
	s.must(err)
	_, err = s.lib.Finish(s.t.Context(), s.rita, r.ID)
	s.must(err)
}

// states gives the state and version of each item of the local bank, as draws see it.
func (s shelf) states() map[string]string {
	s.t.Helper()
	banks, err := s.lib.All(s.t.Context())
	s.must(err)
	got := map[string]string{}
	for _, b := range banks {
		for _, it := range b.Items {
			got[it.ID] = fmt.Sprintf("%s %d", it.Status, it.Version)
		}
	}
	return got
}

func (s shelf) wantState(id, want string) {
	s.t.Helper()
	if got := s.states()[id]; got != want {
		s.t.Errorf("%s is %q; want %q", id, got, want)
	}
}

func TestImportSaysWhatItDoes(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newShelf(t, db)
		b := localBank(3)
		dry, err := s.lib.Import(t.Context(), s.rik, b, quiz.ImportAsk{DryRun: true})
		s.must(err)
		if _, there := s.states()["loket-01"]; there || dry.Count(quiz.ImportNew) != 3 || !dry.NewBank {
			t.Errorf("a dry run: %+v, and the item is there: %v", dry, there)
		}
		if plan := s.load(b); plan.Count(quiz.ImportNew) != 3 {
			t.Errorf("import: %+v", plan)
		}
		b.Items[1].Stem = "Wat doet u eerst, en waarom?"
		b.Items[0].Status, b.Items[0].Version = quiz.StatusInUse, 7 // not taken over, and no change of the text
		b.Items = b.Items[:2]
		plan := s.load(b)
		want := []quiz.ImportLine{{ID: "loket-01", What: quiz.ImportSame, Version: 1}, {ID: "loket-02", What: quiz.ImportChanged, Version: 2}}
		if !slices.Equal(plan.Lines, want) || !slices.Equal(plan.Left, []string{"loket-03"}) || plan.NewBank {
			t.Errorf("the second import: %+v; want %+v and loket-03 left", plan, want)
		}
		s.wantState("loket-02", "draft 2")
		out, left, err := s.lib.Export(t.Context(), s.ivo, "loket")
		if err != nil || left != 0 || len(out.Items) != 3 || out.Items[1].Stem != b.Items[1].Stem {
			t.Errorf("export: %d items, %d left out, %v", len(out.Items), left, err)
		}
		if again := s.load(out); again.Count(quiz.ImportSame) != 3 {
			t.Errorf("what was exported is imported as %+v; want all the same", again)
		}
	})
}

func TestImportRefuses(t *testing.T) {
	change := func(f func(*quiz.Bank)) quiz.Bank {
		b := localBank(2)
		f(&b)
		return b
	}
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newShelf(t, db)
		s.load(localBank(2))
		for name, one := range map[string]struct {
			bank       quiz.Bank
			field, why string
		}{
			"a shipped bank":        {change(func(b *quiz.Bank) { b.ID = "windows" }), "bank", "quiz.shipped"},
			"a shipped item":        {change(func(b *quiz.Bank) { b.Items[1].ID = "windows-3" }), "items[2].id", "quiz.shipped"},
			"an item of another":    {change(func(b *quiz.Bank) { b.ID = "balie" }), "items[1].id", "quiz.elsewhere"},
			"another language":      {change(func(b *quiz.Bank) { b.Language = "fr" }), "language", "quiz.other_bank"},
			"an item that is wrong": {change(func(b *quiz.Bank) { b.Items[0].Options[0].Right = false }), "items[1].options", "quiz.no_key"},
			"hostile text":          {change(func(b *quiz.Bank) { b.Items[0].Stem = "Kijk \x1b]0;weg\x07" }), "items[1].stem", "quiz.control"},
			"a hostile id":          {change(func(b *quiz.Bank) { b.Items[0].ID = "x'; DROP TABLE local_items;--" }), "items[1].id", "quiz.code"},
			"nothing":               {change(func(b *quiz.Bank) { b.Items = nil }), "items", "quiz.count"},
		} {
			for _, dry := range []bool{true, false} {
				_, err := s.lib.Import(t.Context(), s.rik, one.bank, quiz.ImportAsk{DryRun: dry})
				var all quiz.Problems
				if !errors.As(err, &all) || all[0].Field != one.field || string(all[0].Why) != one.why {
					t.Errorf("%s (dry %v): %v; want %s at %s", name, dry, err, one.why, one.field)
				}
			}
		}
		for _, login := range []string{"an.peeters", "bert.maes", "dirk.adm"} {
			if _, err := s.lib.Import(t.Context(), s.Actor(login), localBank(2), quiz.ImportAsk{DryRun: true}); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s imports: %v; want ErrDenied", login, err)
			}
			if _, _, err := s.lib.Export(t.Context(), s.Actor(login), "loket"); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s exports: %v; want ErrDenied", login, err)
			}
		}
	})
}

func TestReviewBySample(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newShelf(t, db)
		s.load(localBank(40))
		if _, err := s.lib.Review(t.Context(), s.rik, "loket"); !errors.Is(err, quiz.ErrOwnWork) {
			t.Errorf("the maker reviews: %v; want ErrOwnWork", err)
		}
		r, err := s.lib.Review(t.Context(), s.rita, "loket")
		s.must(err)
		again, err := s.lib.Review(t.Context(), s.rita, "loket")
		s.must(err)
		if r.Drafts != 40 || len(r.Sample) != 7 || again.ID != r.ID || again.Sample[3].ID != r.Sample[3].ID {
			t.Fatalf("a sample of %d out of %d, and begun again %s after %s", len(r.Sample), r.Drafts, again.ID, r.ID)
		}
		if _, err := s.lib.Finish(t.Context(), s.ivo, r.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("somebody else finishes it: %v; want ErrNotFound", err)
		}
		unread := ""
		for id := range s.states() {
			if strings.HasPrefix(id, "loket") && !slices.ContainsFunc(r.Sample, func(it quiz.Item) bool { return it.ID == id }) {
				unread = id
			}
		}
		if err := s.lib.Note(t.Context(), s.rita, r.ID, unread, "nee"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("what was not read is sent back: %v; want ErrNotFound", err)
		}
		bad := r.Sample[0].ID
		s.must(s.lib.Note(t.Context(), s.rita, r.ID, r.Sample[1].ID, "Toch niet."))
		s.must(s.lib.Note(t.Context(), s.rita, r.ID, r.Sample[1].ID, ""))
		s.must(s.lib.Note(t.Context(), s.rita, r.ID, bad, "Te lang."))
		again, err = s.lib.Review(t.Context(), s.rita, "loket")
		if err != nil || len(again.Notes) != 1 || again.Notes[bad] != "Te lang." {
			t.Errorf("begun again with a note: %v, %v", again.Notes, err)
		}
		o, err := s.lib.Finish(t.Context(), s.rita, r.ID)
		if err != nil || o != (quiz.Outcome{Approved: 6, Back: 1, Unread: 33}) {
			t.Errorf("finish with one sent back: %+v, %v", o, err)
		}
		s.wantState(r.Sample[1].ID, "reviewed 1")
		s.wantState(bad, "draft 1")
		s.wantState(unread, "draft 1")
		next, err := s.lib.Review(t.Context(), s.rita, "loket")
		s.must(err)
		if next.Drafts != 33 {
			t.Errorf("the next review is about %d drafts; want 33, without the one that was sent back", next.Drafts)
		}
		if o, err = s.lib.Finish(t.Context(), s.rita, next.ID); err != nil || o.Approved != 33 {
			t.Errorf("finish: %+v, %v", o, err)
		}
		if _, err := s.lib.Review(t.Context(), s.rita, "loket"); !errors.Is(err, quiz.ErrNothingToReview) {
			t.Errorf("a review of nothing: %v; want ErrNothingToReview", err)
		}
		if _, err := db.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestTwoReviewersAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newShelf(t, db)
		s.load(localBank(12))
		reviewers := []data.Actor{s.rita, s.ivo}
		reviews, errs := make([]quiz.Review, 2), make([]error, 2)
		for i, by := range reviewers {
			var err error
			reviews[i], err = s.lib.Review(t.Context(), by, "loket")
			s.must(err)
		}
		var both sync.WaitGroup
		for i, by := range reviewers {
			both.Go(func() { _, errs[i] = s.lib.Finish(t.Context(), by, reviews[i].ID) })
		}
		both.Wait()
		slices.SortFunc(errs, func(a, b error) int {
			if a == nil {
				return -1
			}
			return 1
		})
		if errs[0] != nil || !errors.Is(errs[1], quiz.ErrMeanwhile) {
			t.Errorf("two finish: %v; want one nil and one ErrMeanwhile", errs)
		}
		s.wantState("loket-12", "reviewed 1")
	})
}

func TestLifeOfAnItem(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newShelf(t, db)
		s.approved(6)
		one := []string{"loket-01"}
		move := func(to quiz.Status, why string) error { return s.lib.Move(t.Context(), s.rik, one, to, why) }
		s.must(move(quiz.StatusInUse, ""))
		if err := move(quiz.StatusInUse, ""); !errors.Is(err, quiz.ErrItemState) {
			t.Errorf("in use twice: %v; want ErrItemState", err)
		}
		if err := move(quiz.StatusReviewed, ""); !errors.Is(err, quiz.ErrItemState) {
			t.Errorf("reviewed by a word: %v; want ErrItemState", err)
		}
		// A changed text waits; the good one stays in use until the new one is reviewed, and its place goes on.
		it := localBank(1).Items[0]
		it.Stem = "Wat doet u nu eerst?"
		n, err := s.lib.Put(t.Context(), s.rik, "loket", it)
		if err != nil || n != 2 {
			t.Fatalf("put: version %d, %v", n, err)
		}
		s.wantState("loket-01", "inuse 1")
		if _, err := s.lib.Put(t.Context(), s.rita, "loket", it); !errors.Is(err, quiz.ErrMeanwhile) {
			t.Errorf("put on an old version: %v; want ErrMeanwhile", err)
		}
		if err := s.lib.Approve(t.Context(), s.rik, "loket-01", 2); !errors.Is(err, quiz.ErrOwnWork) {
			t.Errorf("approve the own: %v; want ErrOwnWork", err)
		}
		s.must(s.lib.SendBack(t.Context(), s.rita, "loket-01", 2, "Wie is u?"))
		s.must(s.lib.Approve(t.Context(), s.rita, "loket-01", 2))
		if err := s.lib.Approve(t.Context(), s.ivo, "loket-01", 2); !errors.Is(err, quiz.ErrMeanwhile) {
			t.Errorf("approve twice: %v; want ErrMeanwhile", err)
		}
		s.wantState("loket-01", "inuse 2")
		s.must(move(quiz.StatusRetired, "verouderd"))
		s.wantState("loket-01", "retired 2")
		var bad *data.Invalid
		if err := move(quiz.StatusDraft, " "); !errors.As(err, &bad) || bad.Why != data.WhyEmpty {
			t.Errorf("draft without a reason: %v", err)
		}
		s.must(move(quiz.StatusDraft, "De knop heet nu anders."))
		s.wantState("loket-01", "draft 2")
		// Of a shipped item only the state is ours.
		one[0] = "windows-1"
		if err := move(quiz.StatusDraft, "fout"); !errors.Is(err, quiz.ErrItemState) {
			t.Errorf("a shipped item as a draft: %v; want ErrItemState", err)
		}
		s.must(move(quiz.StatusRetired, ""))
		s.wantState("windows-1", "retired 1")
		b := shippedBank()
		b.Items[0].Version = 2 // the next program has another text
		next := quiz.NewLibrary(db, []quiz.Bank{b})
		banks, err := next.All(t.Context())
		if err != nil || banks[0].Items[0].Status != quiz.StatusRetired || banks[0].Items[0].Version != 2 {
			t.Errorf("after an update: %+v, %v; want version 2, retired", banks[0].Items[0], err)
		}
	})
}

func TestSealedUntilPublished(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		db := datatest.Open(t, url)
		s := newShelf(t, db)
		s.approved(8)
		other := quiz.NewLibrary(datatest.Open(t, url), []quiz.Bank{shippedBank()}) // another process
		practised := func() (ids []string) {
			t.Helper()
			banks, err := other.Practice(t.Context(), db, "nl")
			s.must(err)
			for _, b := range banks {
				for _, it := range b.Items {
					ids = append(ids, it.ID)
				}
			}
			return ids
		}
		if got := practised(); len(got) != 6 || slices.Contains(got, "loket-01") {
			t.Errorf("practised: %v; want the six shipped ones", got)
		}
		s.must(s.lib.Publish(t.Context(), s.rik, []string{"loket-01", "loket-02"}))
		if got := practised(); len(got) != 8 {
			t.Errorf("practised after two were published: %v", got)
		}
		if err := s.lib.Publish(t.Context(), s.rik, []string{"loket-01"}); !errors.Is(err, quiz.ErrItemState) {
			t.Errorf("published twice: %v; want ErrItemState", err)
		}
		s.must(s.lib.Move(t.Context(), s.ivo, []string{"windows-1", "loket-01"}, quiz.StatusRetired, ""))
		if got := practised(); len(got) != 6 || slices.Contains(got, "windows-1") || slices.Contains(got, "loket-01") {
			t.Errorf("practised after two were retired: %v", got)
		}
		stock, err := other.Stock(t.Context(), db, "nl")
		s.must(err)
		sealed := 0
		for _, h := range stock {
			if !h.Public {
				sealed++
			}
		}
		if len(stock) != 14 || sealed != 6 {
			t.Errorf("recruitment has %d items of which %d are sealed; want 14 and 6", len(stock), sealed)
		}
	})
}

func TestSampleSize(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 5: 5, 6: 5, 25: 5, 26: 6, 100: 10, 101: 11, 5000: 71} {
		if got := quiz.SampleSize(n); got != want {
			t.Errorf("a sample of %d is %d; want %d", n, got, want)
		}
	}
}

// TestAnOpenCampaignKeepsItsItems: who must still begin a kennismeting finds enough items, whatever is retired.
func TestAnOpenCampaignKeepsItsItems(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) {
			c.Blueprint = quiz.Blueprint{Cells: []quiz.Cell{{Domain: "windows", Level: 1, Count: 3}}}
		})
		lib, ict := s.store.Library(), s.Actor("ivo.ict")
		var first []string
		for _, b := range s.banks {
			for _, it := range b.Items {
				if b.Domain == "windows" && it.Level == 1 && it.Drawable() {
					first = append(first, it.ID)
				}
			}
		}
		if err := lib.Move(t.Context(), ict, first[2:], quiz.StatusRetired, ""); !errors.Is(err, quiz.ErrNeeded) {
			t.Errorf("two of %d are left: %v; want ErrNeeded", len(first), err)
		}
		if err := lib.Move(t.Context(), ict, first[3:], quiz.StatusRetired, ""); err != nil {
			t.Errorf("three are left: %v", err)
		}
		s.start(t, "an.peeters")
	})
}
