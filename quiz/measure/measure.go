// Package measure is measurement theory: what answers to items with known parameters say about a
// person's ability. It knows numbers only; items, people and words live above it.
//
// Logistic metric with D = 1 throughout: P = c + (1-c)/(1+exp(-a(θ-b))). Abilities and difficulties are
// in logits. Everything is pure and total: impossible input gives a documented answer, never a panic.
package measure

import (
	"math"
	"slices"
)

// Item holds the parameters of an item: discrimination A (> 0), difficulty B in logits, and guessing
// floor C in [0, 1). Rasch: A = 1, C = 0; two-parameter: C = 0.
type Item struct{ A, B, C float64 }

// P is the probability of a right answer at ability theta.
func (it Item) P(theta float64) float64 {
	return it.C + (1-it.C)*logistic(it.A*(theta-it.B))
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// logs gives log P and log (1-P), exact also where P is all but 0 or 1.
func (it Item) logs(theta float64) (logP, logQ float64) {
	z := it.A * (theta - it.B)
	logQ = math.Log1p(-it.C) - softplus(z)
	if it.C > 0 {
		return math.Log(it.P(theta)), logQ
	}
	return -softplus(-z), logQ
}

// softplus is log(1+exp z) without overflow.
func softplus(z float64) float64 { return max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))) }

// Expected is the mean share, 0 to 1, that somebody of ability theta earns on the items; NaN for none.
func Expected(items []Item, theta float64) float64 {
	sum := 0.0
	for _, it := range items {
		sum += it.P(theta)
	}
	return sum / float64(len(items))
}

// Prior is a normal distribution of abilities, in logits.
type Prior struct{ Mean, SD float64 }

// Standard is N(0,1), the prior of the reference population.
func Standard() Prior { return Prior{Mean: 0, SD: 1} }

// Estimate is what is known of an ability: the posterior distribution with its mean and SD.
type Estimate struct {
	Theta float64   // posterior mean, logits
	SE    float64   // posterior standard deviation, logits
	Grid  []float64 // equally spaced abilities, rising
	Mass  []float64 // posterior probability of each node of Grid; sums to 1
}

// Nodes of the grid and how many prior standard deviations it spans on each side. Source: field notes on
// measurement, section 3 (81 points on [-5,5] for N(0,1)); 121 costs nothing and halves the error.
const (
	nodes = 121
	reach = 5.0
)

// EAP is the expected a posteriori estimate of an ability from marks x.
// x[j] is the share of the points earned on items[j], 0 to 1, clipped to that range; NaN means not given
// and leaves the estimate alone. Partial credit enters as fractional likelihood, P^x · (1-P)^(1-x), that
// is x·log P + (1-x)·log(1-P): for x of 0 and 1 this is the usual likelihood, and Theta never falls when
// a mark rises, since log P - log(1-P) rises with θ. It claims as much precision for a half mark as for a
// whole one; that is a convention, not a partial credit model.
// Without marks the estimate is the prior. Items beyond len(x), and those whose parameters are not finite
// or whose A is not positive, are left out. A prior whose SD is not positive counts as Standard.
// Source: Bock & Mislevy, "Adaptive EAP estimation of ability", Applied Psychological Measurement 6 (1982).
func EAP(items []Item, x []float64, prior Prior) Estimate {
	if !(prior.SD > 0) || math.IsInf(prior.SD, 0) || math.IsNaN(prior.Mean) || math.IsInf(prior.Mean, 0) {
		prior = Standard()
	}
	e := Estimate{Grid: make([]float64, nodes), Mass: make([]float64, nodes)}
	for q := range e.Grid {
		z := reach * (2*float64(q)/(nodes-1) - 1)
		e.Grid[q] = prior.Mean + z*prior.SD
		e.Mass[q] = -z * z / 2
	}
	for j, it := range items {
		if j >= len(x) || math.IsNaN(x[j]) || !it.usable() {
			continue
		}
		share := min(1, max(0, x[j]))
		for q, theta := range e.Grid {
			logP, logQ := it.logs(theta)
			e.Mass[q] += share*logP + (1-share)*logQ
		}
	}
	e.settle()
	return e
}

func (it Item) usable() bool {
	return it.A > 0 && !math.IsInf(it.A, 0) && !math.IsNaN(it.B) && !math.IsInf(it.B, 0) && it.C >= 0 && it.C < 1
}

// settle turns log masses into masses and works out mean and spread.
func (e *Estimate) settle() {
	top, sum := slices.Max(e.Mass), 0.0
	for q, m := range e.Mass {
		e.Mass[q] = math.Exp(m - top)
		sum += e.Mass[q]
	}
	mean, square := 0.0, 0.0
	for q := range e.Mass {
		e.Mass[q] /= sum
		mean += e.Mass[q] * e.Grid[q]
	}
	for q, theta := range e.Grid {
		square += e.Mass[q] * (theta - mean) * (theta - mean)
	}
	e.Theta, e.SE = mean, math.Sqrt(square)
}
