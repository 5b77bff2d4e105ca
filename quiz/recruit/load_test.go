package recruit_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

const crowd = 200

// startAll brings a full hall to the start, without the acts that lead there.
func startAll(h *recruittest.Hall) {
	now := h.Hand.Now().UnixMilli()
	for i, id := range h.Candidates {
		h.Exec(`INSERT INTO sittings (candidate_id, procedure_id, arrived_at, checked_at, checked_by, practised_at, released_at, started_at, allowed_ms, stopped_ms,
			stop_at, stop_why, credit_ms, break_ms, until_at, session, place, seen_at, key_at, next_session, next_place, next_at, n, ended_at, ended)
			VALUES ($1, $2, $3, $3, 'lid1', 0, $3, $3, 3600000, 0, 0, '', 120000, 0, 0, $4, $5, $3, $3, '', '', 0, 0, 0, '')`,
			id, h.Procedure, now, recruittest.Session(i), fmt.Sprint("PC-", i+1))
	}
}

// TestTwoHundredAtOnce: everybody answers and gives signs of life while a supervisor watches, pauses all and goes on. Nobody gets an error but that
// of a pause, and what was acknowledged is there.
func TestTwoHundredAtOnce(t *testing.T) {
	eachHall(t, recruittest.Options{Candidates: crowd}, func(t *testing.T, h *recruittest.Hall) {
		ctx := t.Context()
		startAll(h)
		var people, room sync.WaitGroup
		saved := make([]int, crowd)
		for i := range crowd {
			people.Go(func() {
				me := recruittest.Session(i)
				for n := range 4 {
					err := h.Store.Save(ctx, h.By(i), me, quiz.Save{N: n, Answer: recruittest.Give(true, n), Place: n})
					if err == nil {
						saved[i]++
					} else if !errors.Is(err, recruit.ErrStopped) {
						t.Errorf("candidate %d answers: %v", i, err)
					}
					if _, err := h.Store.Alive(ctx, h.By(i), me, 0); err != nil {
						t.Errorf("sign of life of candidate %d: %v", i, err)
					}
				}
			})
		}
		done := make(chan struct{})
		room.Go(func() {
			for {
				select {
				case <-done:
					return
				case <-time.After(50 * time.Millisecond):
				}
				if r, err := h.Store.Room(ctx, h.Actor("lid1"), h.Procedure); err != nil || len(r.Sittings) != crowd {
					t.Errorf("the room: %d, %v", len(r.Sittings), err)
				}
			}
		})
		if _, err := h.Store.PauseAll(ctx, h.Actor("lid2"), h.Procedure); err != nil {
			t.Errorf("pause all: %v", err)
		}
		if _, err := h.Store.ResumeAll(ctx, h.Actor("lid2"), h.Procedure); err != nil {
			t.Errorf("resume all: %v", err)
		}
		people.Wait()
		close(done)
		room.Wait()
		r, err := h.Store.Room(ctx, h.Actor("lid1"), h.Procedure)
		h.Must(err)
		for _, s := range r.Sittings {
			for i, id := range h.Candidates {
				if id == s.Candidate.ID && s.Answered != saved[i] {
					t.Errorf("%s: %d answers, %d were acknowledged", s.Candidate.Label, s.Answered, saved[i])
				}
			}
		}
	})
}

// TestManyAnswerAtOnceAndAreCut cuts saves off at any moment, as a connection that breaks does: what was acknowledged is there, also for another
// process, and nothing is there by halves.
func TestManyAnswerAtOnceAndAreCut(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		db, hand := recruittest.Open(t, url)
		h := recruittest.New(t, db, hand, recruittest.Options{Candidates: 1})
		startAll(h)
		other, _ := recruittest.Open(t, url)
		again := *h
		again.Store = recruittest.StoreOf(other)
		want := map[int]bool{}
		for round := range 60 {
			n, right := round%7, rand.IntN(2) == 0
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				time.Sleep(time.Duration(rand.IntN(1500)) * time.Microsecond)
				cancel()
			}()
			err := h.Store.Save(ctx, h.By(0), recruittest.Session(0), quiz.Save{N: n, Answer: recruittest.Give(right, n), Place: n})
			cancel()
			items, read := again.Store.OwnItems(t.Context(), h.By(0), recruittest.Session(0))
			h.Must(read)
			got := items[n].Answer
			switch {
			case err == nil:
				want[n] = right
				if len(got.Choices) != 1 || got.Choices[0] != recruittest.Give(right, n).Choices[0] {
					t.Fatalf("round %d: acknowledged, and %+v is there", round, got)
				}
			case got.Empty():
			default: // not acknowledged: it may be there all the same, whole
				want[n] = got.Choices[0] == 0
			}
		}
		items, err := again.Store.OwnItems(t.Context(), h.By(0), recruittest.Session(0))
		h.Must(err)
		for n, right := range want {
			if got := items[n].Answer; len(got.Choices) != 1 || (got.Choices[0] == 0) != right {
				t.Errorf("item %d: %+v, want right=%v", n, got, right)
			}
		}
	})
}

// benchHall is a full hall that has started, on an engine.
func benchHall(b *testing.B, url string) *recruittest.Hall {
	b.Helper()
	db, hand := recruittest.Open(b, url)
	h := recruittest.New(b, db, hand, recruittest.Options{Candidates: crowd})
	startAll(h)
	for i := range crowd {
		for n := range 4 {
			h.Exec(`INSERT INTO sitting_answers (candidate_id, n, answer, answered_at, later, out_at) VALUES ($1, $2, '{"choices":[1]}', 1, 0, 0)`, h.Candidates[i], n)
		}
		for _, kind := range []recruit.EventKind{recruit.Arrived, recruit.Checked, recruit.Started, recruit.LeftScreen, recruit.Returned} {
			h.Exec(`INSERT INTO sitting_events (id, procedure_id, candidate_id, at, kind, n, by_whom, detail) VALUES ($1, $2, $3, 1, $4, -1, 'x', '')`,
				fmt.Sprint(kind, i), h.Procedure, h.Candidates[i], string(kind))
		}
	}
	return h
}

func benchBoth(b *testing.B, run func(b *testing.B, h *recruittest.Hall)) {
	b.Helper()
	for name, url := range map[string]func(testing.TB) string{"sqlite": datatest.SQLite, "postgres": datatest.Postgres} {
		b.Run(name, func(b *testing.B) { run(b, benchHall(b, url(b))) })
	}
}

// BenchmarkSave is one durable answer in a full hall.
func BenchmarkSave(b *testing.B) {
	benchBoth(b, func(b *testing.B, h *recruittest.Hall) {
		i := 0
		for b.Loop() {
			i++
			who, n := i%crowd, i%7
			if err := h.Store.Save(b.Context(), h.By(who), recruittest.Session(who), quiz.Save{N: n, Answer: recruittest.Give(i%2 == 0, n), Place: n}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkAlive is one sign of life in a full hall: with 200 candidates there are a hundred of them a second.
func BenchmarkAlive(b *testing.B) {
	benchBoth(b, func(b *testing.B, h *recruittest.Hall) {
		i := 0
		for b.Loop() {
			i++
			if i%crowd == 0 {
				h.Hand.Forward(2 * time.Second)
			}
			if _, err := h.Store.Alive(b.Context(), h.By(i%crowd), recruittest.Session(i%crowd), 0); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkRoom is one look at a full hall.
func BenchmarkRoom(b *testing.B) {
	benchBoth(b, func(b *testing.B, h *recruittest.Hall) {
		for b.Loop() {
			if _, err := h.Store.Room(b.Context(), h.Actor("lid1"), h.Procedure); err != nil {
				b.Fatal(err)
			}
		}
	})
}
