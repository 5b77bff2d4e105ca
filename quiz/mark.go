package quiz

import (
	"math"
	"slices"
)

// Mark is what an answer earned. 0 ≤ Points ≤ Max.
type Mark struct {
	Points  float64 `json:"points"`
	Max     float64 `json:"max"`               // 1 for every kind
	Pending bool    `json:"pending,omitempty"` // a person still has to mark it; Points is 0 until then
}

// Mark marks an answer by the written rule of the item's kind. An empty answer, and one that the item
// can't have (CheckAnswer), earns 0 and is not pending.
//
//   - single, truefalse: 1 when right, else 0.
//   - multiple: max(0, (right options chosen − wrong options chosen) / number of right options).
//   - number: 1 when the number lies within Value ± Tolerance, ends included and with room for binary
//     rounding (a relative 1e-9), and no other unit than Unit is typed along; see ReadNumber for how
//     separators are read. An item without unit takes any word behind the number.
//   - text: 1 when, both normalised by NormText, the answer differs from an accepted text by at most
//     Distance typing errors: insert, delete, replace, swap neighbours (optimal string alignment).
//   - order: Kendall's tau, 1 − 4·d/(n(n−1)) with d pairs of steps in the wrong order of n steps; 0 when
//     negative (so an order that is as much wrong as right earns nothing).
//   - match: right pairs / all pairs. Distractors lower nothing beyond the pair that they spoil.
//   - open: pending.
//
// An answer never earns less when it gets better: a right option added, a wrong one dropped, a wrong
// pair of neighbouring steps swapped, a pair set right, a number moved towards the key.
func (it Item) Mark(a Answer) Mark {
	m := Mark{Max: 1}
	a = it.Tidy(a)
	if a.Empty() || it.CheckAnswer(a) != nil {
		return m
	}
	switch it.Kind {
	case KindSingle:
		m.Points = oneIf(it.Options[a.Choices[0]].Right)
	case KindMultiple:
		m.Points = it.markMultiple(a.Choices)
	case KindTrueFalse:
		m.Points = oneIf(it.True != nil && *a.True == *it.True)
	case KindNumber:
		m.Points = oneIf(it.rightNumber(a.Text))
	case KindText:
		m.Points = oneIf(it.rightText(a.Text))
	case KindOrder:
		m.Points = tau(a.Order)
	case KindMatch:
		m.Points = it.markMatch(a.Matches)
	case KindOpen:
		m.Pending = true
	}
	return m
}

func oneIf(right bool) float64 {
	if right {
		return 1
	}
	return 0
}

func (it Item) markMultiple(choices []int) float64 {
	keys, net := 0, 0
	for i, o := range it.Options {
		chosen := slices.Contains(choices, i)
		switch {
		case o.Right && chosen:
			keys++
			net++
		case o.Right:
			keys++
		case chosen:
			net--
		}
	}
	if keys == 0 {
		return 0
	}
	return max(0, float64(net)/float64(keys))
}

func (it Item) rightNumber(typed string) bool {
	if it.Number == nil {
		return false
	}
	values, unit, ok := ReadNumber(typed)
	if !ok || (unit != "" && it.Number.Unit != "" && NormText(unit) != NormText(it.Number.Unit)) {
		return false
	}
	slack := 1e-9 * max(1, math.Abs(it.Number.Value), it.Number.Tolerance)
	return slices.ContainsFunc(values, func(v float64) bool {
		return math.Abs(v-it.Number.Value) <= it.Number.Tolerance+slack
	})
}

func (it Item) rightText(typed string) bool {
	given := []rune(NormText(typed))
	return slices.ContainsFunc(it.Accept, func(accepted string) bool {
		return len(given) > 0 && distance(given, []rune(NormText(accepted))) <= it.Distance
	})
}

// tau is Kendall's rank correlation between order, a permutation of 0 … n-1, and the rising order,
// floored at 0. One step alone is in order.
func tau(order []int) float64 {
	n, wrong := len(order), 0
	if n < 2 {
		return 1
	}
	for i := range order {
		for _, later := range order[i+1:] {
			if order[i] > later {
				wrong++
			}
		}
	}
	return max(0, 1-4*float64(wrong)/float64(n*(n-1)))
}

func (it Item) markMatch(matches []int) float64 {
	if len(it.Pairs) == 0 {
		return 0
	}
	rights, right := it.Rights(), 0
	for i, m := range matches {
		if m != NoMatch && rights[m] == it.Pairs[i].Right {
			right++
		}
	}
	return float64(right) / float64(len(it.Pairs))
}
