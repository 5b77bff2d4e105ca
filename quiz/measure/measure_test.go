package measure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"digibrug/quiz/measure"
)

func load(t *testing.T, name string, into any) {
	t.Helper()
	src, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(src, into); err != nil {
		t.Fatal(err)
	}
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

func TestEAPAgainstReference(t *testing.T) {
	var ref struct {
		Tolerance float64
		Cases     []struct {
			Name    string
			A, B, C []float64
			Rows    []struct {
				Responses []*float64
				EAP       float64
				SD        float64 `json:"eap_sd"`
			}
			Information struct {
				Theta []float64
				Prob  [][]float64
			}
		}
	}
	load(t, "scoring.json", &ref)
	for _, c := range ref.Cases {
		items := make([]measure.Item, len(c.A))
		for j := range items {
			items[j] = measure.Item{A: c.A[j], B: c.B[j], C: c.C[j]}
		}
		for i, row := range c.Rows {
			t.Run(fmt.Sprintf("%s, row %d", c.Name, i), func(t *testing.T) {
				x := make([]float64, len(row.Responses))
				for j, r := range row.Responses {
					if x[j] = math.NaN(); r != nil {
						x[j] = *r
					}
				}
				e := measure.EAP(items, x, measure.Standard())
				if !near(e.Theta, row.EAP, ref.Tolerance) || !near(e.SE, row.SD, ref.Tolerance) {
					t.Errorf("EAP(%v) = %.6f ± %.6f, want %.6f ± %.6f", x, e.Theta, e.SE, row.EAP, row.SD)
				}
			})
		}
		for j, it := range items {
			for q, theta := range c.Information.Theta {
				if p := it.P(theta); !near(p, c.Information.Prob[j][q], 1e-6) {
					t.Errorf("%s, item %d: P(%v) = %v, want %v", c.Name, j, theta, p, c.Information.Prob[j][q])
				}
			}
		}
	}
}

func TestLevelsAgainstReference(t *testing.T) {
	var ref struct {
		Tolerance float64
		Persons   []struct {
			Theta, SE     float64
			Cuts          []float64
			Probs         []float64 `json:"level_probs"`
			Level         int
			Misclassified float64 `json:"p_misclassified"`
		}
	}
	load(t, "classification.json", &ref)
	for _, p := range ref.Persons {
		probs := measure.Levels(p.Theta, p.SE, p.Cuts)
		for l, want := range p.Probs {
			if !near(probs[l], want, ref.Tolerance) {
				t.Errorf("theta %v, cuts %v: levels %v, want %v", p.Theta, p.Cuts, probs, p.Probs)
			}
		}
		level := measure.Level(p.Theta, p.Cuts)
		if level != p.Level || !near(1-probs[level], p.Misclassified, ref.Tolerance) {
			t.Errorf("theta %v, cuts %v: level %d of %v, want %d", p.Theta, p.Cuts, level, probs, p.Level)
		}
	}
}

func TestEAPEdges(t *testing.T) {
	item := measure.Item{A: 1}
	for name, row := range map[string]struct {
		items []measure.Item
		x     []float64
		prior measure.Prior
		want  float64
	}{
		"nothing given is the prior":       {nil, nil, measure.Prior{Mean: .5, SD: 1}, .5},
		"not given is no answer":           {[]measure.Item{item}, []float64{math.NaN()}, measure.Standard(), 0},
		"half a mark on a middle item":     {[]measure.Item{item}, []float64{.5}, measure.Standard(), 0},
		"fewer marks than items":           {[]measure.Item{item, item}, []float64{.5}, measure.Standard(), 0},
		"parameters that are no numbers":   {[]measure.Item{{A: math.NaN()}, {A: 1, B: math.Inf(1)}}, []float64{1, 1}, measure.Standard(), 0},
		"a prior without spread is N(0,1)": {nil, nil, measure.Prior{Mean: 3}, 0},
	} {
		if e := measure.EAP(row.items, row.x, row.prior); !near(e.Theta, row.want, 1e-9) || e.SE <= 0 {
			t.Errorf("%s: %v ± %v, want %v", name, e.Theta, e.SE, row.want)
		}
	}
	easy := measure.EAP([]measure.Item{item}, []float64{7}, measure.Standard())
	if whole := measure.EAP([]measure.Item{item}, []float64{1}, measure.Standard()); easy.Theta != whole.Theta {
		t.Errorf("a mark above 1 gives %v, want as 1: %v", easy.Theta, whole.Theta)
	}
}

func TestPosteriorLevels(t *testing.T) {
	cuts := []float64{-1, 0, 1}
	prior := measure.EAP(nil, nil, measure.Standard())
	for l, want := range measure.Levels(0, 1, cuts) {
		if got := prior.Levels(cuts)[l]; !near(got, want, 5e-4) {
			t.Errorf("level %d of N(0,1): %v, want %v", l, got, want)
		}
	}
	if got := prior.Levels([]float64{-99, 99}); got[0] != 0 || got[1] != 1 || got[2] != 0 {
		t.Errorf("cuts outside the grid: %v", got)
	}
}

func TestExpected(t *testing.T) {
	if got := measure.Expected([]measure.Item{{A: 1}, {A: 1, C: .5}}, 0); !near(got, .625, 1e-12) {
		t.Errorf("expected share %v, want .625", got)
	}
}

// propThetaRises: theta never falls when a mark rises, and all probabilities stay probabilities.
func propThetaRises(t *rapid.T) {
	n := rapid.IntRange(1, 30).Draw(t, "n")
	items, x := make([]measure.Item, n), make([]float64, n)
	for j := range items {
		items[j] = measure.Item{
			A: rapid.Float64Range(.2, 3).Draw(t, "a"), B: rapid.Float64Range(-5, 5).Draw(t, "b"),
			C: rapid.SampledFrom([]float64{0, 0, .2, .9}).Draw(t, "c"),
		}
		x[j] = rapid.Float64Range(0, 1).Draw(t, "x")
	}
	before := measure.EAP(items, x, measure.Standard())
	j := rapid.IntRange(0, n-1).Draw(t, "j")
	x[j] = rapid.Float64Range(x[j], 1).Draw(t, "better")
	after := measure.EAP(items, x, measure.Standard())
	if after.Theta < before.Theta-1e-9 {
		t.Fatalf("theta fell from %v to %v", before.Theta, after.Theta)
	}
	sum := 0.0
	for _, p := range after.Levels([]float64{-1, 0, 1}) {
		if sum += p; p < 0 || p > 1 {
			t.Fatalf("probability %v", p)
		}
	}
	if !near(sum, 1, 1e-9) || !(after.SE >= 0) {
		t.Fatalf("levels sum to %v, SE %v", sum, after.SE)
	}
}

func TestThetaRises(t *testing.T) { rapid.Check(t, propThetaRises) }
func FuzzThetaRises(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propThetaRises)) }
