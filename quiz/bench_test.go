package quiz_test

import (
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
)

// BenchmarkSave measures one durable answer: what a person waits for between Enter and the next question.
func BenchmarkSave(b *testing.B) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": datatest.SQLite, "postgres": datatest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s, attempt := benchAttempt(b, url(b))
			by := s.Actor("an.peeters")
			a, err := s.store.Attempt(b.Context(), by, attempt)
			if err != nil {
				b.Fatal(err)
			}
			answer := right(a.Items[0].Item)
			for b.Loop() {
				if err := s.store.Save(b.Context(), by, attempt, quiz.Save{N: 0, Answer: &answer}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchAttempt(b *testing.B, url string) (scene, string) {
	b.Helper()
	s := newScene(b, datatest.Open(b, url))
	id, err := s.store.Start(b.Context(), s.Actor("an.peeters"), s.campaign.ID, false)
	if err != nil {
		b.Fatal(err)
	}
	return s, id
}

// BenchmarkMarking measures what it takes to judge a whole attempt.
func BenchmarkMarking(b *testing.B) {
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		b.Fatal(err)
	}
	var marked []quiz.Marked
	for _, bank := range banks {
		for _, it := range bank.Items {
			marked = append(marked, quiz.Marked{Item: it, Mark: it.Mark(right(it))})
		}
	}
	for b.Loop() {
		quiz.JudgeAll(marked, quiz.DefaultCuts())
	}
}

// BenchmarkStart measures the begin of an attempt: the draw of its items out of all banks, with 500 local items among them.
func BenchmarkStart(b *testing.B) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": datatest.SQLite, "postgres": datatest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := newScene(b, datatest.Open(b, url(b)))
			if _, err := s.store.Library().Import(b.Context(), datatest.Operator, localBank(500), quiz.ImportAsk{}); err != nil {
				b.Fatal(err)
			}
			by := s.Actor("an.peeters")
			for b.Loop() {
				id, err := s.store.Start(b.Context(), by, s.campaign.ID, false)
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				s.forget(b, id)
				b.StartTimer()
			}
		})
	}
}

// forget takes an attempt out of the database, so that it can begin again.
func (s scene) forget(b *testing.B, id string) {
	b.Helper()
	if err := s.DB.InPlainTx(b.Context(), func(tx *data.Tx) error {
		for _, statement := range []string{`DELETE FROM attempt_items WHERE attempt_id = $1`, `DELETE FROM attempts WHERE id = $1`} {
			if _, err := tx.ExecContext(b.Context(), statement, id); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
}
