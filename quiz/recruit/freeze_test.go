package recruit_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

func TestOpenFreezes(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		p := s.Open()
		if p.State != recruit.Open || len(p.Frozen) != 64 || p.OpenedAt.IsZero() {
			t.Fatalf("opened as %+v", p)
		}
		items, err := s.Store.Frozen(t.Context(), s.Rik, p.ID)
		if err != nil || len(items) != p.Blueprint.Total() {
			t.Fatalf("%d items, %v; want %d", len(items), err, p.Blueprint.Total())
		}
		for i, it := range items {
			if it.N != i || it.Form != "A" || it.Weight != 100 || !it.Public || len(it.Shown) != 3 {
				t.Errorf("item %d is frozen as %+v", i, it)
			}
		}
		if err := s.Store.Verify(t.Context(), s.JuryA, p.ID); err != nil {
			t.Errorf("verify: %v", err)
		}
		all, err := s.Store.Candidates(t.Context(), s.Sup, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"K-01", "K-02", "K-03", "K-04", "K-05", "K-06"} {
			if all[i].Label != want || all[i].Form != "A" {
				t.Errorf("candidate %d is %s with form %q", i, all[i].Label, all[i].Form)
			}
		}
	})
}

// TestFrozenStays tries to change what is frozen through each method of the store.
func TestFrozenStays(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		p := s.Open()
		ctx := t.Context()
		for name, act := range map[string]func() error{
			"change": func() error {
				other := p
				other.Minutes, other.Pass.Total = 90, 10
				_, err := s.Store.Change(ctx, s.Rik, other)
				return err
			},
			"accept": func() error { return s.Store.Accept(ctx, s.Rik, p.ID, []recruit.Lack{recruit.WarnBand}) },
			"open":   func() error { _, err := s.Store.Open(ctx, s.Rik, p.ID); return err },
		} {
			if err := act(); !errors.Is(err, recruit.ErrState) {
				t.Errorf("%s: %v; want ErrState", name, err)
			}
		}
		if err := s.Store.Verify(ctx, s.Rik, p.ID); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// TestVerifyFinds changes the database behind the store's back.
func TestVerifyFinds(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		p := s.Open()
		ctx := t.Context()
		items, err := s.Store.Frozen(ctx, s.Rik, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		easy := p
		easy.Pass.Total = 5
		key := items[0].Item
		key.Options = slices.Clone(key.Options)
		key.Options[0].Right, key.Options[1].Right = false, true
		forged := recruit.FrozenHash(easy, items)
		for name, sql := range map[string][]any{
			"the cut":                       {`UPDATE procedures SET details = $1 WHERE id = $2`, data.Pack(easy.Details), p.ID},
			"the title":                     {`UPDATE procedures SET title = $1 WHERE id = $2`, "Andere job", p.ID},
			"when it opened":                {`UPDATE procedures SET opened_at = opened_at + 1 WHERE id = $1`, p.ID},
			"the hash":                      {`UPDATE procedures SET frozen = $1 WHERE id = $2`, strings.Repeat("0", 64), p.ID},
			"the right answer":              {`UPDATE procedure_items SET item = $1 WHERE procedure_id = $2 AND n = 0`, data.Pack(key), p.ID},
			"the points":                    {`UPDATE procedure_items SET weight = 900 WHERE procedure_id = $1 AND n = 3`, p.ID},
			"the order of options":          {`UPDATE procedure_items SET shown = '[0]' WHERE procedure_id = $1 AND n = 3`, p.ID},
			"that an item is public":        {`UPDATE procedure_items SET public = 0 WHERE procedure_id = $1 AND n = 3`, p.ID},
			"an item less":                  {`DELETE FROM procedure_items WHERE procedure_id = $1 AND n = 5`, p.ID},
			"items that change place":       {`UPDATE procedure_items SET n = n + 1000 WHERE procedure_id = $1 AND n = 0`, p.ID},
			"an item that can't be read":    {`UPDATE procedure_items SET item = '{' WHERE procedure_id = $1 AND n = 0`, p.ID},
			"the cut and its hash together": {`UPDATE procedures SET details = $1, frozen = $2 WHERE id = $3`, data.Pack(easy.Details), forged, p.ID},
		} {
			undo := errors.New("undo")
			err := s.DB.InPlainTx(ctx, func(tx *data.Tx) error {
				if _, err := tx.ExecContext(ctx, sql[0].(string), sql[1:]...); err != nil {
					return err
				}
				if err := recruit.VerifyIn(ctx, tx, p.ID); !errors.Is(err, recruit.ErrChanged) {
					t.Errorf("%s changed: %v; want ErrChanged", name, err)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := s.Store.Verify(ctx, s.Rik, p.ID); err != nil {
			t.Errorf("with everything undone: %v", err)
		}
	})
}

func TestOpenNeedsAll(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		p := s.P
		p.Place, p.Accepted, p.Pass.Band, p.Pass.Error = "", nil, true, 1
		p, err := s.Store.Change(t.Context(), s.Rik, p)
		if err != nil {
			t.Fatal(err)
		}
		var lacks *recruit.ErrLacks
		if _, err := s.Store.Open(t.Context(), s.Rik, p.ID); !errors.As(err, &lacks) || !errors.Is(err, recruit.ErrState) {
			t.Fatalf("opened: %v", err)
		}
		var got []recruit.Lack
		for _, m := range lacks.Missing {
			got = append(got, m.Lack)
		}
		if want := []recruit.Lack{recruit.LackPlace, recruit.WarnPublic, recruit.WarnBand}; !slices.Equal(got, want) {
			t.Errorf("lacks %v, want %v", got, want)
		}
		p.Place = "Testlokaal"
		if _, err = s.Store.Change(t.Context(), s.Rik, p); err != nil {
			t.Fatal(err)
		}
		if err := s.Store.Accept(t.Context(), s.Rik, p.ID, []recruit.Lack{recruit.WarnBand, recruit.WarnPublic}); err != nil {
			t.Fatal(err)
		}
		opened, err := s.Store.Open(t.Context(), s.Rik, p.ID)
		if err != nil || len(opened.Accepted) != 2 {
			t.Errorf("with all accepted: %v, %v", opened.Accepted, err)
		}
	})
}

// sealedOf is the pool of the scene, in which so many of each domain and level are sealed.
func sealedOf(n int) recruit.Pool {
	return func(context.Context, data.Query, string) ([]recruit.PoolItem, error) { return pool(n), nil }
}

// another is a draft of the scene with all that it needs to open.
func another(t *testing.T, s *recruittest.Scene, title string) recruit.Procedure {
	t.Helper()
	p := s.Draft(s.Rik, title)
	for by, duty := range map[string]recruit.Duty{s.Sup.AccountID: recruit.Supervisor, s.JuryA.AccountID: recruit.Jury} {
		s.Must(s.Store.PutMember(t.Context(), s.Rik, p.ID, recruit.Member{AccountID: by, Duty: duty, From: "2026-11-23", Until: "2026-11-23"}))
	}
	_, err := s.Store.AddCandidates(t.Context(), s.Rik, p.ID, recruittest.Names(6))
	s.Must(err)
	return p
}

// TestTwoOpenAtOnce: procedures that run at the same time share no sealed item while there are enough, also when they
// open in the same moment; the one that can't help it is warned and must accept that. One that was dropped holds nothing.
func TestTwoOpenAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := recruittest.With(t, db, sealedOf(6)) // two procedures need all
		ctx := t.Context()
		both := []recruit.Procedure{s.P, another(t, s, "Tweede")}
		third := another(t, s, "Derde")
		errs := make([]error, len(both))
		var openers sync.WaitGroup
		for i, p := range both {
			openers.Go(func() { _, errs[i] = s.Store.Open(ctx, s.Rik, p.ID) })
		}
		openers.Wait()
		s.Must(errors.Join(errs...))
		in := map[string]int{}
		for _, p := range both {
			items, err := s.Store.Frozen(ctx, s.Rik, p.ID)
			s.Must(err)
			for _, it := range items {
				if in[it.Item.ID]++; it.Public || in[it.Item.ID] > 1 {
					t.Errorf("%s is drawn %d times, public %v", it.Item.ID, in[it.Item.ID], it.Public)
				}
			}
		}
		var lacks *recruit.ErrLacks
		if _, err := s.Store.Open(ctx, s.Rik, third.ID); !errors.As(err, &lacks) || listed(lacks.Missing) != "held(/24)" {
			t.Fatalf("a third: %v, want held(/24)", err)
		}
		s.Must(s.Store.Close(ctx, s.Rik, both[0].ID)) // its candidates still know the questions
		all, err := s.Store.Checklist(ctx, s.Rik, third.ID)
		s.Must(err)
		if got := listed(all); got != "held(/24)" {
			t.Errorf("beside one that is closed: %s", got)
		}
		s.Must(s.Store.Drop(ctx, s.Rik, both[0].ID, "geen vacature meer"))
		all, err = s.Store.Checklist(ctx, s.Rik, third.ID)
		s.Must(err)
		if got := listed(all); got != "" {
			t.Errorf("beside one that was dropped: %s", got)
		}
		if _, err := s.Store.Open(ctx, s.Rik, third.ID); err != nil {
			t.Errorf("with enough that are free: %v", err)
		}
	})
}

// TestHeldIsAccepted opens a procedure of which all questions are in another one, once the recruiter accepts that.
func TestHeldIsAccepted(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := recruittest.With(t, db, sealedOf(3))
		second := another(t, s, "Tweede")
		s.Open()
		s.Must(s.Store.Accept(t.Context(), s.Rik, second.ID, []recruit.Lack{recruit.WarnHeld}))
		if _, err := s.Store.Open(t.Context(), s.Rik, second.ID); err != nil {
			t.Error(err)
		}
	})
}

// TestChance opens many procedures: neither items nor labels follow the order in which they came in.
func TestChance(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		orders := map[string]bool{}
		for i := range 6 {
			if i > 0 {
				s.P = s.Draft(s.Rik, "Nog een")
				s.Must(s.Store.PutMember(t.Context(), s.Rik, s.P.ID, recruit.Member{AccountID: s.Sup.AccountID, Duty: recruit.Supervisor, From: "2026-11-23", Until: "2026-11-23"}))
				s.Must(s.Store.PutMember(t.Context(), s.Rik, s.P.ID, recruit.Member{AccountID: s.JuryA.AccountID, Duty: recruit.Jury, From: "2026-11-23", Until: "2026-11-23"}))
				_, err := s.Store.AddCandidates(t.Context(), s.Rik, s.P.ID, recruittest.Names(6))
				s.Must(err)
			}
			s.Open()
			s.Must(s.DB.View(t.Context(), func(q data.Query) error {
				labels, err := data.List(t.Context(), q, func(scan func(...any) error) (l string, err error) { return l, scan(&l) },
					`SELECT c.label FROM candidates c JOIN candidate_names n ON n.candidate_id = c.id WHERE c.procedure_id = $1 ORDER BY n.sort_key`, s.P.ID)
				orders[strings.Join(labels, " ")] = true
				return err
			}))
		}
		if len(orders) < 5 {
			t.Errorf("six procedures have %d orders of labels: %v", len(orders), orders)
		}
	})
}
