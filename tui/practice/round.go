package practice

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"digibrug/quiz"
)

const (
	roundSize = 10 // questions of a round
	laterBy   = 3  // other questions between a wrong answer and the same question again
)

// Task is a question of a round, with the order in which its parts show.
type Task struct {
	Item  quiz.Item
	Shown []int
	Title string // of its bank
	Again bool   // it was answered wrong before
}

// Round is a short row of questions. A wrong one comes back once, later. It is a value.
type Round struct {
	left  []Task // the one on the screen first
	Asked int    // questions that were answered for the first time
	Total int    // different questions
	Well  []Task // right at once
	Learn []Task // wrong at first
}

// Draw makes a round of questions out of banks, easy ones first. The same seed gives the same round.
func Draw(banks []quiz.Bank, seed int64) Round {
	var all []Task
	for _, b := range banks {
		for _, it := range b.Items {
			if it.Drawable() {
				all = append(all, Task{Item: it, Title: b.Title})
			}
		}
	}
	chance := rand.New(rand.NewPCG(uint64(seed), 0))
	chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(len(all), roundSize)]
	slices.SortStableFunc(all, func(a, b Task) int { return cmp.Compare(a.Item.Level, b.Item.Level) })
	for i := range all {
		all[i] = all[i].dealt(chance)
	}
	return Round{left: all, Total: len(all)}
}

// dealt is the task with one of the variants of its item, and its parts in an order.
func (t Task) dealt(chance *rand.Rand) Task {
	t.Item = t.Item.Vary(chance.IntN(quiz.MaxVariants))
	t.Shown = quiz.OptionOrder(t.Item, chance.Int64())
	return t
}

// Now is the question to answer; ok is false at the end of the round.
func (r Round) Now() (t Task, ok bool) {
	if len(r.left) == 0 {
		return Task{}, false
	}
	return r.left[0], true
}

// Answered is the round after an answer to Now.
func (r Round) Answered(right bool) Round {
	t, ok := r.Now()
	if !ok {
		return r
	}
	r.left = slices.Clone(r.left[1:])
	if t.Again {
		return r
	}
	r.Asked++
	if right {
		r.Well = append(slices.Clip(r.Well), t)
		return r
	}
	r.Learn = append(slices.Clip(r.Learn), t)
	t.Again = true
	r.left = slices.Insert(r.left, min(laterBy, len(r.left)), t)
	return r
}

// Right tells whether an answer earns everything that there is to earn.
func Right(it quiz.Item, a quiz.Answer) bool {
	m := it.Mark(a)
	return !m.Pending && m.Points >= m.Max
}
