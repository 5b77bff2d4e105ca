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
