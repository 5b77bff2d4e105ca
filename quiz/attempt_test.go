package quiz_test

import (
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"errors"
	"sync"
	"testing"
	"time"
)

func TestTimeLimitIsTheServers(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.Limit = 30 * time.Minute })
		by := s.Actor("an.peeters")
		id := s.start(t, "an.peeters")
		hand.Forward(29 * time.Minute)
		a := s.attempt(t, "an.peeters", id)
		if left, limited := a.Left(db.Now()); left != time.Minute || !limited {
			t.Errorf("after 29 of 30 minutes %v are left", left)
		}
		answer := right(a.Items[0].Item)
		if err := s.store.Save(t.Context(), by, id, quiz.Save{N: 0, Answer: &answer, Place: 1}); err != nil {
			t.Fatal(err)
		}
		hand.Forward(time.Minute)
		if err := s.store.Save(t.Context(), by, id, quiz.Save{N: 1, Answer: &answer, Place: 1}); !errors.Is(err, quiz.ErrTimeUp) {
			t.Errorf("an answer after the bell: %v; want ErrTimeUp", err)
		}
		r, err := s.store.Submit(t.Context(), by, id)
		if err != nil || r.Attempt.Ended != quiz.EndedTime {
			t.Errorf("handed in after the bell: %v, %v; want ended by time", r.Attempt.Ended, err)
		}
		second := s.start(t, "lid1")
		hand.Forward(31 * time.Minute)
		if n, _, err := s.store.Tidy(t.Context()); n != 1 || err != nil {
			t.Errorf("tidying ended %d attempts, %v; want 1", n, err)
		}
		if a := s.attempt(t, "lid1", second); a.Ended != quiz.EndedTime {
			t.Errorf("nobody looked, and the attempt is %q; want time", a.Ended)
		}
		hand.Forward(-91 * time.Minute)
	}, data.WithClock(hand.Now))
}

func TestEntryItems(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		by := s.Actor("an.peeters")
		id := s.start(t, "an.peeters")
		a := s.attempt(t, "an.peeters", id)
		var invalid *data.Invalid
		if err := s.store.Save(t.Context(), by, id, quiz.Save{N: 0, Place: 3}); !errors.As(err, &invalid) {
			t.Errorf("a jump over the entry items: %v; want *Invalid", err)
		}
		for i := range a.Entry {
			answer := wrong(a.Items[i].Item)
			if err := s.store.Save(t.Context(), by, id, quiz.Save{N: i, Answer: &answer, Place: i}); err != nil {
				t.Fatal(err)
			}
		}
		if passed, err := s.store.PassEntry(t.Context(), by, id, true); passed || err != nil {
			t.Fatalf("all entry items wrong: passed %v, %v", passed, err)
		}
		r, err := s.store.Result(t.Context(), by, id)
		if err != nil || r.Attempt.Ended != quiz.EndedStarter || r.Offer == "" {
			t.Fatalf("result of a starter: %+v, %v", r, err)
		}
		for _, d := range r.Domains {
			if d.Band != quiz.BandStarter || d.Enough {
				t.Errorf("%s of a starter: band %v, enough %v; want starter without numbers", d.Domain, d.Band, d.Enough)
			}
		}
		if items, err := s.store.Explained(t.Context(), by, id); err != nil || len(items) != a.Entry {
			t.Errorf("a starter reads %d explanations, %v; want the %d entry items only", len(items), err, a.Entry)
		}
		// One right answer among the three is enough to go on.
		second := s.start(t, "lid1")
		b := s.attempt(t, "lid1", second)
		answer := right(b.Items[1].Item)
		if err := s.store.Save(t.Context(), s.Actor("lid1"), second, quiz.Save{N: 1, Answer: &answer, Place: 2}); err != nil {
			t.Fatal(err)
		}
		if passed, err := s.store.PassEntry(t.Context(), s.Actor("lid1"), second, true); !passed || err != nil {
			t.Errorf("one entry item right: passed %v, %v", passed, err)
		}
		if b = s.attempt(t, "lid1", second); b.Place != b.Entry {
			t.Errorf("after the entry items at place %d, want %d", b.Place, b.Entry)
		}
	})
}

func TestManyAnswerAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		logins := append(s.Logins("Burgerzaken"), s.Logins("Sociale dienst")...)
		ids := make([]string, len(logins))
		errs := make([]error, len(logins))
		var people sync.WaitGroup
		for i, login := range logins {
			ids[i] = s.start(t, login)
			a := s.attempt(t, login, ids[i])
			people.Go(func() {
				for round := range 10 {
					n := round % a.Entry
					answer := right(a.Items[n].Item)
					if err := s.store.Save(t.Context(), s.Actor(login), ids[i], quiz.Save{N: n, Answer: &answer, Place: n}); err != nil {
						errs[i] = errors.Join(errs[i], err)
					}
				}
			})
		}
		people.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		for i, login := range logins {
			if a := s.attempt(t, login, ids[i]); a.Answered() != a.Entry {
				t.Errorf("%s has %d answers, want %d", login, a.Answered(), a.Entry)
			}
		}
	})
}

func (s scene) save(t *testing.T, login, id string, step quiz.Save) error {
	t.Helper()
	return s.store.Save(t.Context(), s.Actor(login), id, step)
}

func TestPassingTheEntryItemsIsForGood(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		by := s.Actor("an.peeters")
		id := s.start(t, "an.peeters")
		a := s.attempt(t, "an.peeters", id)
		for n := range a.Entry {
			answer := right(a.Items[n].Item)
			if err := s.save(t, "an.peeters", id, quiz.Save{N: n, Answer: &answer, Place: n}); err != nil {
				t.Fatal(err)
			}
		}
		var invalid *data.Invalid
		if _, err := s.store.Submit(t.Context(), by, id); !errors.As(err, &invalid) {
			t.Errorf("handing in among the entry items: %v; want *Invalid", err)
		}
		answer := right(a.Items[a.Entry].Item)
		if err := s.save(t, "an.peeters", id, quiz.Save{N: a.Entry, Answer: &answer}); !errors.As(err, &invalid) {
			t.Errorf("an answer beyond the entry items: %v; want *Invalid", err)
		}
		if passed, err := s.store.PassEntry(t.Context(), by, id, true); !passed || err != nil {
			t.Fatalf("passed %v, %v", passed, err)
		}
		if err := s.save(t, "an.peeters", id, quiz.Save{N: a.Entry, Answer: &answer, Place: 0}); err != nil {
			t.Fatalf("back to the first item: %v", err)
		}
		for n := range a.Entry {
			if err := s.save(t, "an.peeters", id, quiz.Save{N: n, Answer: &quiz.Answer{}, Place: n}); err != nil {
				t.Fatal(err)
			}
		}
		if passed, err := s.store.PassEntry(t.Context(), by, id, true); !passed || err != nil {
			t.Errorf("passing again with the entry answers wiped: %v, %v; want passed", passed, err)
		}
		if err := s.save(t, "an.peeters", id, quiz.Save{N: len(a.Items) - 1, Place: len(a.Items) - 1}); err != nil {
			t.Errorf("to the last item: %v", err)
		}
		if r, err := s.store.Submit(t.Context(), by, id); err != nil || r.Attempt.Ended != quiz.EndedSubmitted {
			t.Errorf("handed in: %v, %v", r.Attempt.Ended, err)
		}
	})
}

func TestOnlyReachableItemsCount(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.Limit = 10 * time.Minute })
		defer hand.Forward(-time.Hour)
		id := s.start(t, "an.peeters")
		hand.Forward(time.Hour)
		a := s.attempt(t, "an.peeters", id)
		r, err := s.store.Result(t.Context(), s.Actor("an.peeters"), id)
		if err != nil || a.Ended != quiz.EndedTime {
			t.Fatalf("ended %q, %v", a.Ended, err)
		}
		for _, d := range r.Domains {
			if d.Enough || d.Band != quiz.BandNone {
				t.Errorf("three items were given and %s says %+v", d.Domain, d)
			}
		}
		if items, err := s.store.Explained(t.Context(), s.Actor("an.peeters"), id); err != nil || len(items) != a.Entry {
			t.Errorf("%d explanations, %v; want those of the %d items that could be seen", len(items), err, a.Entry)
		}
	}, data.WithClock(hand.Now))
}

func TestLastDay(t *testing.T) {
	var hand datatest.Hand
	hand.Forward(11*time.Hour + 30*time.Minute) // 23:30 in Brussels
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.ClosesOn, c.Limit = "2026-11-23", 8*time.Hour })
		defer hand.Forward(-31 * time.Minute)
		id := s.start(t, "an.peeters")
		a := s.attempt(t, "an.peeters", id)
		if left, _ := a.Left(db.Now()); left != 30*time.Minute {
			t.Errorf("at half past eleven of the last day %v are left, want 30m", left)
		}
		slow := s.start(t, "lid1")
		hand.Forward(31 * time.Minute)
		answer := right(a.Items[0].Item)
		if err := s.save(t, "an.peeters", id, quiz.Save{N: 0, Answer: &answer}); !errors.Is(err, quiz.ErrEnded) {
			t.Errorf("an answer after midnight: %v; want ErrEnded", err)
		}
		if _, err := s.store.Result(t.Context(), s.Actor("an.peeters"), id); err != nil {
			t.Errorf("the result right after midnight: %v", err)
		}
		if a := s.attempt(t, "lid1", slow); a.Running() {
			t.Error("an attempt that is opened after midnight still runs")
		}
	}, data.WithClock(hand.Now))
}

func TestTwoWindowsAtOnce(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.Limit = 30 * time.Minute })
		defer hand.Forward(-time.Hour)
		id := s.start(t, "an.peeters")
		hand.Forward(time.Hour)
		by := s.Actor("an.peeters")
		errs := make([]error, 20)
		var windows sync.WaitGroup
		for i := range errs {
			windows.Go(func() { _, errs[i] = s.store.Attempt(t.Context(), by, id) })
		}
		windows.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Errorf("twenty readers at the bell: %v", err)
		}
	}, data.WithClock(hand.Now))
}

func TestCloseAndAnswerAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		logins := append(s.Logins("Burgerzaken"), s.Logins("Sociale dienst")...)
		ids, acknowledged := make([]string, len(logins)), make([]int, len(logins))
		var people sync.WaitGroup
		for i, login := range logins {
			ids[i] = s.start(t, login)
			a := s.attempt(t, login, ids[i])
			people.Go(func() {
				for n := range a.Entry {
					answer := right(a.Items[n].Item)
					if s.store.Save(t.Context(), s.Actor(login), ids[i], quiz.Save{N: n, Answer: &answer, Place: n}) != nil {
						return
					}
					acknowledged[i]++
				}
			})
		}
		if err := s.store.Close(t.Context(), s.Actor("ivo.ict"), s.campaign.ID); err != nil {
			t.Fatalf("close: %v", err)
		}
		people.Wait()
		for i, login := range logins {
			a := s.attempt(t, login, ids[i])
			if a.Answered() != acknowledged[i] || a.Ended != quiz.EndedClosed {
				t.Errorf("%s: %d answers, ended %q; acknowledged were %d", login, a.Answered(), a.Ended, acknowledged[i])
			}
		}
	})
}
