package plan_test

import (
	"slices"
	"testing"

	"digibrug/courses/plan"
	"digibrug/data"

	"pgregory.net/rapid"
)

// week is a problem with two rooms at one time, a ladder, a locked group and limits of every kind, and a plan for it that keeps
// all rules.
func week() (plan.Problem, plan.Plan) {
	p := plan.Problem{
		Slots: []plan.Slot{
			{ID: "ma", Room: "ocr", Seats: 2, Trainers: []string{"griet"}},
			{ID: "di", Room: "ocr", Seats: 4, Trainers: []string{"griet", "omar"}, At: "di 9u"},
			{ID: "di-b", Room: "leeszaal", Seats: 4, Trainers: []string{"griet", "omar"}, At: "di 9u"},
			{ID: "wo", Room: "ocr", Seats: 4},
		},
		Courses:  []plan.Course{{ID: "mail", Min: 2, Max: 3}, {ID: "tekst-1", Min: 2}, {ID: "tekst-2", After: []string{"tekst-1"}}},
		Cover:    map[string]int{"loket": 1},
		Trainers: []plan.Trainer{{ID: "griet", Most: 2, Courses: []string{"tekst-1", "tekst-2"}}},
		Locked:   []plan.Group{{Slot: "wo", Course: "tekst-2", People: []string{"an"}, Closed: true}},
		People: []plan.Person{
			learner("an@loket", "tekst-1 tekst-2 mail", "ma", "di", "di-b", "wo"),
			learner("bo@loket", "tekst-1 tekst-2", "ma", "di", "wo"),
			learner("cy@archief", "mail", "di", "di-b"),
			learner("dé@archief", "mail", "di-b"),
			learner("ed", "mail tekst-1", "di", "di-b"),
			learner("fa@loket", "", "ma", "di"),
			learner("gy", "mail", "di-b"),
		},
	}
	return p, with(p,
		plan.Group{Slot: "ma", Course: "tekst-1", Trainer: "griet", People: []string{"an", "bo"}},
		plan.Group{Slot: "di-b", Course: "mail", Trainer: "omar", People: []string{"cy", "dé", "ed"}},
		plan.Group{Slot: "wo", Course: "tekst-2", People: []string{"an"}},
	)
}

// TestVerifyBites: each change of a good plan breaks the rule that it should, and the good plan none.
func TestVerifyBites(t *testing.T) {
	if p, made := week(); len(plan.Verify(p, made)) > 0 || p.Check() != nil {
		t.Fatalf("the plan breaks %v, the problem has %v", plan.Verify(p, made), p.Check())
	}
	const mail = 1 // index of its group
	again := func(p plan.Problem, made *plan.Plan) { *made = with(p, made.Groups...) }
	tests := map[string]struct {
		spoil func(p *plan.Problem, made *plan.Plan)
		want  data.Why
	}{
		"a slot that isn't there":          {func(_ *plan.Problem, m *plan.Plan) { m.Groups[mail].Slot = "do" }, plan.BrokenSlot},
		"two groups in a slot":             {func(_ *plan.Problem, m *plan.Plan) { m.Groups[mail].Slot = "ma" }, plan.BrokenSlot},
		"a course that isn't there":        {func(_ *plan.Problem, m *plan.Plan) { m.Groups[mail].Course = "x" }, plan.BrokenCourse},
		"a person who isn't there":         {func(_ *plan.Problem, m *plan.Plan) { m.Groups[mail].People[0] = "x" }, plan.BrokenPerson},
		"a person who doesn't need it":     {func(_ *plan.Problem, m *plan.Plan) { m.Groups[mail].People[0] = "bo" }, plan.BrokenPerson},
		"a person twice in a group":        {func(_ *plan.Problem, m *plan.Plan) { m.Groups[mail].People[0] = "dé" }, plan.BrokenTwice},
		"a person who can't come then":     {func(p *plan.Problem, _ *plan.Plan) { p.People[3].Slots = []string{"di"} }, plan.BrokenAway},
		"a person who can never come":      {func(p *plan.Problem, _ *plan.Plan) { p.People[3].Slots = []string{} }, plan.BrokenAway},
		"more people than seats":           {func(p *plan.Problem, _ *plan.Plan) { p.Slots[0].Seats = 1 }, plan.BrokenSeats},
		"more people than the course has":  {func(p *plan.Problem, _ *plan.Plan) { p.Courses[0].Max = 2 }, plan.BrokenSeats},
		"fewer people than the course has": {func(p *plan.Problem, _ *plan.Plan) { p.Courses[0].Min = 4 }, plan.BrokenMin},
		"a group of nobody": {func(p *plan.Problem, m *plan.Plan) {
			p.Courses[0].Min, m.Groups[mail].People = 0, nil
			again(*p, m)
		}, plan.BrokenMin},
		"too few of a service stay": {func(p *plan.Problem, _ *plan.Plan) { p.Cover["loket"] = 2 }, plan.BrokenCover},
		"who stayed doesn't work then": {func(p *plan.Problem, _ *plan.Plan) {
			p.People[5].Slots, p.People[5].AtWork = []string{"di"}, []string{}
		}, plan.BrokenCover},
		"no trainer":                     {func(_ *plan.Problem, m *plan.Plan) { m.Groups[mail].Trainer = "" }, plan.BrokenTrainer},
		"a trainer who isn't there":      {func(_ *plan.Problem, m *plan.Plan) { m.Groups[0].Trainer = "omar" }, plan.BrokenTrainer},
		"a trainer who doesn't give it":  {func(_ *plan.Problem, m *plan.Plan) { m.Groups[mail].Trainer = "griet" }, plan.BrokenTrainer},
		"a locked group that is gone":    {func(p *plan.Problem, m *plan.Plan) { m.Groups = m.Groups[:2]; again(*p, m) }, plan.BrokenLock},
		"a locked group without its one": {func(p *plan.Problem, m *plan.Plan) { m.Groups[2].People[0] = "bo"; again(*p, m) }, plan.BrokenLock},
		"a closed group with one more": {func(p *plan.Problem, m *plan.Plan) {
			m.Groups[2].People = append(m.Groups[2].People, "bo")
			again(*p, m)
		}, plan.BrokenLock},
		"a locked trainer who changed": {func(p *plan.Problem, _ *plan.Plan) { p.Locked[0].Trainer = "griet" }, plan.BrokenLock},
		"a rung that comes too soon": {func(p *plan.Problem, m *plan.Plan) {
			p.Locked, m.Groups[0].Course, m.Groups[2].Course = nil, "tekst-2", "tekst-1"
			m.Groups[2].People = []string{"an", "bo"}
			again(*p, m)
		}, plan.BrokenOrder},
		"a rung that is left out": {func(p *plan.Problem, m *plan.Plan) {
			p.Locked, m.Groups = nil, m.Groups[1:]
			again(*p, m)
		}, plan.BrokenOrder},
		"two places at a time": {func(p *plan.Problem, m *plan.Plan) {
			m.Groups = append(m.Groups, plan.Group{Slot: "di", Course: "tekst-1", Trainer: "griet", People: []string{"ed"}})
			p.Courses[1].Min = 1
			again(*p, m)
		}, plan.BrokenPlaces},
		"one course in two groups": {func(p *plan.Problem, m *plan.Plan) {
			p.Slots[2].At = ""
			m.Groups = append(m.Groups, plan.Group{Slot: "di", Course: "mail", Trainer: "omar", People: []string{"cy", "ed"}})
			again(*p, m)
		}, plan.BrokenTwice},
		"one trainer in two rooms": {func(p *plan.Problem, m *plan.Plan) {
			p.Courses[1].Min, p.People[4].Slots = 1, nil
			m.Groups[mail].People = m.Groups[mail].People[:2]
			m.Groups = append(m.Groups, plan.Group{Slot: "di", Course: "tekst-1", Trainer: "omar", People: []string{"ed"}})
			again(*p, m)
		}, plan.BrokenAtOnce},
		"a trainer who gives one too many": {func(p *plan.Problem, m *plan.Plan) {
			p.Courses[1].Min, p.Trainers[0].Most = 1, 1
			m.Groups[mail].People = m.Groups[mail].People[:2]
			m.Groups = append(m.Groups, plan.Group{Slot: "di", Course: "tekst-1", Trainer: "griet", People: []string{"ed"}})
			again(*p, m)
		}, plan.BrokenMost},
		"another score":           {func(_ *plan.Problem, m *plan.Plan) { m.Score++ }, plan.BrokenScore},
		"somebody who isn't told": {func(_ *plan.Problem, m *plan.Plan) { m.Unplaced = m.Unplaced[1:] }, plan.BrokenUnplaced},
		"somebody told twice":     {func(_ *plan.Problem, m *plan.Plan) { m.Unplaced = append(m.Unplaced, m.Unplaced[0]) }, plan.BrokenUnplaced},
		"a placed one told": {func(_ *plan.Problem, m *plan.Plan) {
			m.Unplaced = append(m.Unplaced, plan.Unplaced{Person: "cy", Course: "mail"})
		}, plan.BrokenUnplaced},
		"a stranger told": {func(_ *plan.Problem, m *plan.Plan) {
			m.Unplaced = append(m.Unplaced, plan.Unplaced{Person: "x", Course: "mail"})
		}, plan.BrokenUnplaced},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, made := week()
			test.spoil(&p, &made)
			if got := plan.Verify(p, made); !slices.ContainsFunc(got, func(v plan.Violation) bool { return v.Why == test.want }) {
				t.Errorf("it breaks %v, want %s among them", got, test.want)
			}
		})
	}
}

// TestVerifyKnowsEveryMove: in the best plans of small problems nobody can be put in one group more without a rule that breaks
// or a score that rises.
func TestVerifyKnowsEveryMove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small().Draw(t, "problem")
		p.Previous = nil
		made, err := plan.Solve(t.Context(), p, plan.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range made.Groups {
			for _, one := range p.People {
				groups := slices.Clone(made.Groups)
				groups[i].People = append(slices.Clone(groups[i].People), one.ID)
				if more := with(p, groups...); len(plan.Verify(p, more)) == 0 {
					t.Fatalf("%s fits in %s as well, for %d levels and not %d, in\n%s", one.ID, groups[i].Slot, more.Score, made.Score, text(p))
				}
			}
		}
	})
}
