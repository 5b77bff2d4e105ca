package measure

import "math"

// Classical is what classical test theory says of a test from one table of marks.
type Classical struct {
	Alpha float64 // Cronbach's alpha of the total, at most 1, may be negative; NaN where it does not exist
	SD    float64 // standard deviation of the totals, in points; NaN for fewer than two persons
	SEM   float64 // standard error of measurement of a total, in points: SD·√(1-Alpha); NaN where Alpha does not exist
}

// ClassicalOf works alpha out of x, where x[i][j] are the points of person i on item j, in whatever unit; all rows are equally
// long. Alpha = k/(k-1)·(1 - Σ s_j²/s_T²) with variances that divide by n-1; it does not exist for fewer than two persons or two
// items, nor where all totals are equal.
// Source: field notes on measurement, section 2; Cronbach, "Coefficient alpha and the internal structure of tests",
// Psychometrika 16 (1951).
func ClassicalOf(x [][]float64) Classical {
	none := Classical{math.NaN(), math.NaN(), math.NaN()}
	if len(x) < 2 {
		return none
	}
	k := len(x[0])
	column, totals, items := make([]float64, len(x)), make([]float64, len(x)), 0.0
	for j := range k {
		for i, row := range x {
			column[i] = row[j]
			totals[i] += row[j]
		}
		items += variance(column)
	}
	total := variance(totals)
	c := Classical{Alpha: math.NaN(), SD: math.Sqrt(total), SEM: math.NaN()}
	if k < 2 || !(total > 0) {
		return c
	}
	c.Alpha = float64(k) / float64(k-1) * (1 - items/total)
	c.SEM = c.SD * math.Sqrt(max(0, 1-c.Alpha))
	return c
}

// variance divides by n-1.
func variance(x []float64) float64 {
	mean, sum := 0.0, 0.0
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for _, v := range x {
		sum += (v - mean) * (v - mean)
	}
	return sum / float64(len(x)-1)
}

// Binomial is a standard error of a sum of points that needs no other persons: that of somebody whose chance of each point is the share
// of points earned, pulled towards a half as if two more items of average weight were right and two wrong. weights are the most that each item
// gives, earned the sum of what it gave. It is never smaller than the truth where items are answered independently: marks between 0 and a
// weight vary most when they are all or nothing, and items of unequal difficulty vary less than equal ones. 0 for no items.
// Sources: Lord, "Do tests of the same length have the same standard error of measurement?", Educational and Psychological Measurement 17
// (1957), for the k/(k-1); Agresti and Coull, The American Statistician 52 (1998), for the pull, without which all right would be sure.
func Binomial(weights []float64, earned float64) float64 {
	k, sum, squares := float64(len(weights)), 0.0, 0.0
	for _, w := range weights {
		sum += w
		squares += w * w
	}
	if k == 0 || !(sum > 0) {
		return 0
	}
	mean := sum / k
	p := (min(max(earned, 0), sum) + 2*mean) / (sum + 4*mean)
	correction := 1.0
	if k > 1 {
		correction = k / (k - 1)
	}
	return math.Sqrt(squares * p * (1 - p) * correction)
}
