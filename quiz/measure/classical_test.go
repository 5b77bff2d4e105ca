package measure_test

import (
	"math"
	"testing"

	"digibrug/quiz/measure"

	"pgregory.net/rapid"
)

// TestClassicalOf compares with sums by hand: six persons with totals 4 3 3 2 2 0 have alpha 4/3·(1-15/28) = 13/21.
func TestClassicalOf(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		x    [][]float64
		want measure.Classical
	}{
		"six persons, four right or wrong items": {[][]float64{{1, 1, 1, 1}, {1, 1, 1, 0}, {1, 1, 0, 1}, {1, 0, 1, 0}, {1, 1, 0, 0}, {0, 0, 0, 0}}, measure.Classical{Alpha: 13.0 / 21, SD: 1.36626, SEM: 0.843274}},
		"seven persons, partial credit":          {[][]float64{{1, .5, 2}, {1, 1, 1.5}, {0, .5, 1}, {1, 1, 2}, {0, 0, .5}, {1, 0, 0}, {0, 1, 1}}, measure.Classical{Alpha: 0.675, SD: 1.380131, SEM: 0.786796}},
		"an item that everybody gets right":      {[][]float64{{1, 1, 0}, {1, 0, 1}, {1, 1, 1}, {1, 0, 0}}, measure.Classical{Alpha: 0, SD: 0.816497, SEM: 0.816497}},
		"all totals equal":                       {[][]float64{{1, 0}, {0, 1}}, measure.Classical{Alpha: nan, SD: 0, SEM: nan}},
		"one item":                               {[][]float64{{1}, {0}}, measure.Classical{Alpha: nan, SD: math.Sqrt(.5), SEM: nan}},
		"one person":                             {[][]float64{{1, 0}}, measure.Classical{Alpha: nan, SD: nan, SEM: nan}},
		"nobody":                                 {nil, measure.Classical{Alpha: nan, SD: nan, SEM: nan}},
	} {
		got := measure.ClassicalOf(c.x)
		for what, pair := range map[string][2]float64{"alpha": {got.Alpha, c.want.Alpha}, "sd": {got.SD, c.want.SD}, "sem": {got.SEM, c.want.SEM}} {
			if math.IsNaN(pair[0]) != math.IsNaN(pair[1]) || math.Abs(pair[0]-pair[1]) > 1e-6 {
				t.Errorf("%s: %s is %v, want %v", name, what, pair[0], pair[1])
			}
		}
	}
}

func TestBinomial(t *testing.T) {
	for name, c := range map[string]struct {
		weights      []float64
		earned, want float64
	}{
		"no items":              {nil, 0, 0},
		"one item, right":       {[]float64{1}, 1, math.Sqrt(3.0 / 5 * 2 / 5)},
		"four items, half":      {[]float64{1, 1, 1, 1}, 2, math.Sqrt(4.0 / 3)},
		"four items, all right": {[]float64{1, 1, 1, 1}, 4, math.Sqrt(4 * 6.0 / 8 * 2 / 8 * 4 / 3)},
		"in hundredths":         {[]float64{100, 100, 100, 100}, 200, 100 * math.Sqrt(4.0/3)},
	} {
		if got := measure.Binomial(c.weights, c.earned); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestBinomialIsWide: whatever chances somebody has on the items, the error that is claimed where the expected points were earned is no
// smaller than the true one.
func TestBinomialIsWide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chances := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 60).Draw(t, "chances")
		weights, expected, truth := make([]float64, len(chances)), 0.0, 0.0
		for i, p := range chances {
			weights[i] = 1
			expected += p
			truth += p * (1 - p)
		}
		if got := measure.Binomial(weights, expected); got < math.Sqrt(truth)-1e-9 {
			t.Fatalf("chances %v: claims %v, truth is %v", chances, got, math.Sqrt(truth))
		}
	})
}
