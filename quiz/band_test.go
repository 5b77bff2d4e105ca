package quiz_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"digibrug/quiz"
)

// twenty makes five items per level at the level's centre, those up to level right.
func twenty(level int) []quiz.Marked {
	var all []quiz.Marked
	for l := 1; l <= 4; l++ {
		for range 5 {
			m := quiz.Mark{Max: 1}
			if l <= level {
				m.Points = 1
			}
			all = append(all, quiz.Marked{Item: quiz.Item{Domain: "windows", Level: l, Difficulty: float64(l) - 2.5}, Mark: m})
		}
	}
	return all
}

func TestJudge(t *testing.T) {
	pending := quiz.Marked{Item: quiz.Item{Domain: "windows"}, Mark: quiz.Mark{Max: 1, Pending: true}}
	other := quiz.Marked{Item: quiz.Item{Domain: "mail"}, Mark: quiz.Mark{Max: 1, Points: 1}}
	for name, row := range map[string]struct {
		marked []quiz.Marked
		items  int
		enough bool
		band   quiz.Band
		sure   quiz.Sure
	}{
		"nothing":                      {nil, 0, false, quiz.BandNone, quiz.SureNone},
		"three items":                  {twenty(4)[:3], 3, false, quiz.BandNone, quiz.SureNone},
		"three, pending and elsewhere": {append(twenty(4)[:3:3], pending, other), 3, false, quiz.BandNone, quiz.SureNone},
		"four easy items right":        {twenty(4)[:4], 4, true, quiz.BandBasis, quiz.SureHigh},
		"four hard items wrong":        {twenty(3)[16:], 4, true, quiz.BandStarter, quiz.SureFair},
		"all wrong":                    {twenty(0), 20, true, quiz.BandStarter, quiz.SureHigh},
		"right up to level 1":          {twenty(1), 20, true, quiz.BandStarter, quiz.SureHigh},
		"right up to level 2":          {twenty(2), 20, true, quiz.BandBasis, quiz.SureFair},
		"right up to level 3":          {twenty(3), 20, true, quiz.BandVlot, quiz.SureFair},
		"all right":                    {twenty(4), 20, true, quiz.BandExpert, quiz.SureHigh},
	} {
		t.Run(name, func(t *testing.T) {
			r := quiz.Judge("windows", row.marked, quiz.DefaultCuts())
			if r.Items != row.items || r.Enough != row.enough || r.Band != row.band || r.Sure != row.sure {
				t.Errorf("Judge = %+v, want %d items, enough %v, %v %v", r, row.items, row.enough, row.band, row.sure)
			}
			if !r.Enough && (r.Points != 0 || r.Max != 0 || r.Theta != 0 || r.SE != 0 || r.Share() != 0) {
				t.Errorf("a bare number from too few items: %+v", r)
			}
		})
	}
}

func TestJudgeAll(t *testing.T) {
	marked := append(twenty(2), quiz.Marked{Item: quiz.Item{Domain: "mail"}, Mark: quiz.Mark{Max: 1}})
	got := quiz.JudgeAll(marked, quiz.DefaultCuts())
	if len(got) != 2 || got[0].Domain != "windows" || got[1].Domain != "mail" || got[0].Share() != .5 || got[1].Enough {
		t.Errorf("JudgeAll = %+v", got)
	}
}

func TestBandCodes(t *testing.T) {
	for b := quiz.BandNone; b <= quiz.BandExpert; b++ {
		src, err := json.Marshal(map[string]quiz.Band{"band": b})
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]quiz.Band
		if err := json.Unmarshal(src, &back); err != nil || back["band"] != b {
			t.Errorf("%s comes back as %v, %v", src, back, err)
		}
	}
	if _, err := quiz.ParseBand("gevorderd"); err == nil {
		t.Error("an unknown band is accepted")
	}
	if s := quiz.Band(9).String(); s != "" {
		t.Errorf("Band(9) = %q", s)
	}
}

func TestEntryFailed(t *testing.T) {
	wrong, half, right := quiz.Mark{Max: 1}, quiz.Mark{Points: .5, Max: 1}, quiz.Mark{Points: 1, Max: 1}
	for name, row := range map[string]struct {
		marks []quiz.Mark
		want  bool
	}{
		"none":        {nil, false},
		"all wrong":   {[]quiz.Mark{wrong, wrong, wrong}, true},
		"one half":    {[]quiz.Mark{wrong, half, wrong}, false},
		"one right":   {[]quiz.Mark{wrong, right, wrong}, false},
		"one pending": {[]quiz.Mark{wrong, {Max: 1, Pending: true}}, false},
	} {
		if got := quiz.EntryFailed(row.marks); got != row.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// propBandRises: neither theta nor band falls when a mark rises.
func propBandRises(t *rapid.T) {
	var marked []quiz.Marked
	for range rapid.IntRange(4, 40).Draw(t, "n") {
		marked = append(marked, quiz.Marked{
			Item: quiz.Item{Domain: "d", Level: rapid.IntRange(1, 4).Draw(t, "level"), Difficulty: rapid.Float64Range(-4, 4).Draw(t, "b")},
			Mark: quiz.Mark{Max: 1, Points: rapid.Float64Range(0, 1).Draw(t, "points")},
		})
	}
	before := quiz.Judge("d", marked, quiz.DefaultCuts())
	better := slices.Clone(marked)
	i := rapid.IntRange(0, len(marked)-1).Draw(t, "i")
	better[i].Mark.Points = rapid.Float64Range(marked[i].Mark.Points, 1).Draw(t, "better")
	after := quiz.Judge("d", better, quiz.DefaultCuts())
	if after.Theta < before.Theta-1e-9 || (after.Band < before.Band && after.Theta-before.Theta > 1e-9) {
		t.Fatalf("a better mark: %+v became %+v", before, after)
	}
	if after.Band < quiz.BandStarter || after.Band > quiz.BandExpert || math.IsNaN(after.Theta) || after.Points > after.Max {
		t.Fatalf("%+v", after)
	}
}

func TestBandRises(t *testing.T) { rapid.Check(t, propBandRises) }
func FuzzBandRises(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propBandRises)) }
