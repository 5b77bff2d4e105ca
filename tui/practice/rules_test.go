package practice_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"digibrug/quiz"
	"digibrug/tui/practice"
)

func TestRoundIsTenOfThePool(t *testing.T) {
	r := practice.Draw(citizens(), 1)
	again := practice.Draw(citizens(), 1)
	if r.Total != 10 || !reflect.DeepEqual(r, again) {
		t.Errorf("%d questions, the same again: %v; want 10, true", r.Total, reflect.DeepEqual(r, again))
	}
	bank := citizens()[:1]
	for i := range bank[0].Items {
		bank[0].Items[i].Status = quiz.StatusDraft
	}
	if r := practice.Draw(bank, 1); r.Total != 0 {
		t.Errorf("%d drafts were drawn", r.Total)
	}
}

// TestRoundLaws: each question is asked once when right, twice when wrong at first, and the second time three others come
// between, if there are.
func TestRoundLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := practice.Draw(citizens(), rapid.Int64().Draw(rt, "seed"))
		asked, wrong := map[string]int{}, map[string]int{}
		for n := 0; ; n++ {
			task, ok := r.Now()
			if !ok {
				break
			}
			id := task.Item.ID
			if task.Again && asked[id] != 1 || !task.Again && asked[id] != 0 || n > 20 {
				rt.Fatalf("step %d asks %s again: %v; it was asked %d times", n, id, task.Again, asked[id])
			}
			asked[id]++
			right := rapid.Bool().Draw(rt, "right")
			if !right && !task.Again {
				wrong[id]++
			}
			r = r.Answered(right)
		}
		for id, n := range asked {
			if n != 1+wrong[id] {
				rt.Fatalf("%s was asked %d times and wrong at first %d times", id, n, wrong[id])
			}
		}
		if len(asked) != r.Total || len(r.Well)+len(r.Learn) != r.Total || len(r.Learn) != len(wrong) {
			rt.Fatalf("%d asked, %d well, %d to learn of %d", len(asked), len(r.Well), len(r.Learn), r.Total)
		}
	})
}

func TestPlacement(t *testing.T) {
	for name, row := range map[string]struct {
		answers string // r right, w wrong
		want    []int  // levels reached
	}{
		"all right":                  {"rrrrrrrrr", []int{3, 3, 3}},
		"nothing: two domains do":    {"wwww", []int{0, 0, 0}},
		"a slip is forgiven":         {"wrrwwrrr", []int{2, 0, 3}},
		"stops where it is too hard": {"rwwwwww", []int{1, 0, 0}},
		"the hardest is too hard":    {"rrwrrwrrw", []int{2, 2, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			p := practice.Place(citizens(), 3)
			for i, a := range row.answers {
				if _, ok := p.Now(); !ok {
					t.Fatalf("over after %d answers of %s", i, row.answers)
				}
				p = p.Answered(a == 'r')
			}
			if task, ok := p.Now(); ok {
				t.Fatalf("still asks %s", task.Item.ID)
			}
			var got []int
			for _, r := range p.Results {
				got = append(got, r.Level)
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("reached %v; want %v", got, row.want)
			}
		})
	}
}

// TestPlacementOfAThinBank: a level without a question ends the domain, and nothing is asked twice.
func TestPlacementOfAThinBank(t *testing.T) {
	banks := citizens()
	banks[0].Items = banks[0].Items[:1]
	p, seen := practice.Place(banks, 5), map[string]bool{}
	for task, ok := p.Now(); ok; task, ok = p.Now() {
		if seen[task.Item.ID] {
			t.Fatalf("%s is asked twice", task.Item.ID)
		}
		seen[task.Item.ID] = true
		p = p.Answered(true)
	}
	if p.Results[0].Level != 1 || len(p.Results) != 3 {
		t.Errorf("%+v; want level 1 of a bank with one question", p.Results)
	}
	if _, ok := practice.Place(nil, 1).Now(); ok {
		t.Error("asks out of nothing")
	}
}

func TestAdvise(t *testing.T) {
	for name, row := range map[string]struct {
		reached []practice.Reached
		offers  []practice.Offer
		want    []string
		more    bool
	}{
		"begins at nothing":   {[]practice.Reached{{"home-computer", 0}, {"home-internet", 0}}, offers(), []string{"muis-en-toetsen", "internet-verkennen"}, false},
		"knows all":           {[]practice.Reached{{"home-computer", 3}, {"home-internet", 2}}, offers(), nil, false},
		"a course of another": {[]practice.Reached{{"home-mail", 1}}, offers(), []string{"mails"}, false},
		"none in the house":   {[]practice.Reached{{"home-government", 0}}, offers(), nil, true},
		"a bank of the house": {[]practice.Reached{{"own", 0}}, offers(), nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			fit, more := practice.Advise(row.reached, practice.Paths(), row.offers)
			var got []string
			for _, o := range fit {
				got = append(got, o.Code)
			}
			if !slices.Equal(got, row.want) || more != row.more {
				t.Errorf("advice %v, more %v; want %v, %v", got, more, row.want, row.more)
			}
		})
	}
}
