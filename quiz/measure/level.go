package measure

import "math"

// Level is the number of cuts that theta reaches: 0 below the first, len(cuts) from the last on. cuts
// are in logits, rising.
func Level(theta float64, cuts []float64) int {
	level := 0
	for _, cut := range cuts {
		if theta >= cut {
			level++
		}
	}
	return level
}

// Levels gives the probability of each of the len(cuts)+1 levels when the true ability is normally
// distributed around theta with standard error se (> 0). cuts are in logits, rising. They sum to 1.
// Source: Rudner, "Computing the expected proportions of misclassified examinees", PARE 7:14 (2001).
func Levels(theta, se float64, cuts []float64) []float64 {
	return between(cuts, func(cut float64) float64 {
		return math.Erfc((theta-cut)/(se*math.Sqrt2)) / 2
	})
}

// Levels gives the probability of each of the len(cuts)+1 levels from the posterior itself, its density
// taken as straight between the nodes of the grid. It is better than the normal approximation for few
// items. cuts are in logits, rising.
func (e Estimate) Levels(cuts []float64) []float64 { return between(cuts, e.below) }

// between turns a distribution function into probabilities between cuts.
func between(cuts []float64, below func(float64) float64) []float64 {
	probs, last := make([]float64, len(cuts)+1), 0.0
	for i, cut := range cuts {
		now := below(cut)
		probs[i], last = max(0, now-last), now
	}
	probs[len(cuts)] = max(0, 1-last)
	return probs
}

// below is the posterior probability of an ability under cut.
func (e Estimate) below(cut float64) float64 {
	last := len(e.Grid) - 1
	if last < 1 || cut <= e.Grid[0] {
		return 0
	}
	if cut >= e.Grid[last] {
		return 1
	}
	area, total := 0.0, 0.0 // in units of one step of the grid
	for q := range last {
		left, right := e.Mass[q], e.Mass[q+1]
		piece := (left + right) / 2
		total += piece
		switch part := (cut - e.Grid[q]) / (e.Grid[q+1] - e.Grid[q]); {
		case part >= 1:
			area += piece
		case part > 0:
			area += part * (left + part*(right-left)/2)
		}
	}
	return area / total
}
