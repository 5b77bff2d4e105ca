package town

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"digibrug/quiz"
)

// answer draws what somebody of an ability (logits) answers to an item. The model is Rasch's, with the
// expert's difficulty b of the item: right with probability 1/(1+exp(b−ability)), and otherwise wrong in the
// way of the kind: another option, one option too few or too many, two neighbouring steps swapped, one
// pair amiss, a number that is off, words that are not accepted. One wrong answer in ten is left empty.
// Guessing is not modelled.
func answer(it quiz.Item, ability float64, chance *rand.Rand) quiz.Answer {
	right := chance.Float64() < 1/(1+math.Exp(it.Difficulty-ability))
	if !right && chance.IntN(10) == 0 {
		return quiz.Answer{}
	}
	var a quiz.Answer
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		a.Choices = choices(it, right, chance)
	case quiz.KindTrueFalse:
		said := *it.True == right
		a.True = &said
	case quiz.KindNumber:
		a.Text = quiz.FormatNumber(number(it.Number, right))
	case quiz.KindText:
		if a.Text = "geen idee"; right {
			a.Text = it.Accept[0]
		}
	case quiz.KindOrder:
		a.Order = order(len(it.Steps), right, chance)
	case quiz.KindMatch:
		a.Matches = matches(it, right, chance)
	case quiz.KindOpen:
		a.Text = letter(ability, chance)
	}
	return a
}

// letter is an open answer: the abler its writer, the more of what belongs in it.
func letter(ability float64, chance *rand.Rand) string {
	lines := []string{"Beste", "Dank u voor uw bericht. Dit regelt u online of aan ons loket.", "Breng uw identiteitskaart mee als u langskomt.", "Met vriendelijke groeten, dienst burgerzaken"}
	var kept []string
	for _, line := range lines {
		if chance.Float64() < 1/(1+math.Exp(-1-ability)) {
			kept = append(kept, line)
		}
	}
	if len(kept) == 0 {
		kept = lines[1:2]
	}
	return strings.Join(kept, "\n")
}

// choices gives the right options; or of a single choice a wrong one, of a multiple choice the right ones
// but for one that is changed.
func choices(it quiz.Item, right bool, chance *rand.Rand) (chosen []int) {
	var keys, others []int
	for i, o := range it.Options {
		if o.Right {
			keys = append(keys, i)
		} else {
			others = append(others, i)
		}
	}
	switch {
	case right:
		return keys
	case it.Kind == quiz.KindSingle:
		return []int{others[chance.IntN(len(others))]}
	case len(keys) > 1 && (len(others) == 0 || chance.IntN(2) == 0):
		gone := chance.IntN(len(keys))
		return slices.Delete(keys, gone, gone+1)
	}
	return append(keys, others[chance.IntN(len(others))])
}

// number gives the key, or a number that lies well outside the tolerance.
func number(n *quiz.Number, right bool) float64 {
	if right {
		return n.Value
	}
	return n.Value + 2*n.Tolerance + max(1, math.Round(math.Abs(n.Value)/2))
}

func order(n int, right bool, chance *rand.Rand) []int {
	steps := make([]int, n)
	for i := range steps {
		steps[i] = i
	}
	if !right && n > 1 {
		i := chance.IntN(n - 1)
		steps[i], steps[i+1] = steps[i+1], steps[i]
	}
	return steps
}

// matches gives the right pairs, or two of them exchanged; where that is no mistake, one is left open.
func matches(it quiz.Item, right bool, chance *rand.Rand) []int {
	rights := it.Rights()
	all := make([]int, len(it.Pairs))
	for i, p := range it.Pairs {
		all[i] = slices.Index(rights, p.Right)
	}
	if right || len(all) < 2 {
		return all
	}
	i := chance.IntN(len(all) - 1)
	if all[i] == all[i+1] {
		all[i] = quiz.NoMatch
	} else {
		all[i], all[i+1] = all[i+1], all[i]
	}
	return all
}
