package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"digibrug/courses/plan"
	"digibrug/data"

	"pgregory.net/rapid"
)

func TestReasons(t *testing.T) {
	tekst, mail := plan.Course{ID: "tekst", Min: 2}, plan.Course{ID: "mail", Min: 2}
	mon, tue := plan.Slot{ID: "ma", Seats: 2}, plan.Slot{ID: "di", Seats: 2}
	tests := map[string]struct {
		p    plan.Problem
		want string // person course: why, remedy with slot and people
	}{
		"never there": {
			plan.Problem{Slots: []plan.Slot{{ID: "ma", Seats: 3}}, Courses: []plan.Course{tekst}, People: []plan.Person{learner("an", "tekst"), learner("bo", "tekst"), {ID: "cy", Needs: []plan.Need{{Course: "tekst", Levels: 3}}, Slots: []string{}}}},
			"cy tekst: no_slot, time ma 3",
		},
		"full": {
			plan.Problem{Slots: []plan.Slot{mon}, Courses: []plan.Course{tekst}, People: []plan.Person{learner("an", "tekst"), learner("bo", "tekst"), learner("cy", "tekst")}},
			"cy tekst: seats, seat ma 3",
		},
		"the desk must be staffed": {
			plan.Problem{Slots: []plan.Slot{{ID: "ma", Seats: 4}}, Courses: []plan.Course{tekst}, Cover: map[string]int{"loket": 1}, People: []plan.Person{learner("an", "tekst"), learner("bo@loket", "tekst"), learner("cy@loket", "tekst")}},
			"cy tekst: cover, cover ma 3 stay 0",
		},
		"alone": {
			plan.Problem{Slots: []plan.Slot{mon}, Courses: []plan.Course{tekst}, People: []plan.Person{learner("an", "tekst")}},
			"an tekst: small, min ma 1",
		},
		"nobody to give it": {
			plan.Problem{Slots: []plan.Slot{{ID: "ma", Seats: 2, Trainers: []string{}}}, Courses: []plan.Course{tekst}, People: []plan.Person{learner("an", "tekst"), learner("bo", "tekst")}},
			"an tekst: trainer, trainer ma 2; bo tekst: trainer, trainer ma 2",
		},
		"the slots are used": {
			plan.Problem{Slots: []plan.Slot{mon}, Courses: []plan.Course{mail, tekst}, Locked: []plan.Group{{Slot: "ma", Course: "mail", Closed: true}}, People: []plan.Person{learner("an", "tekst"), learner("bo", "tekst")}},
			"an tekst: taken, slot 2; bo tekst: taken, slot 2",
		},
		"elsewhere at that time": {
			plan.Problem{Slots: []plan.Slot{{ID: "a", Seats: 4, At: "ma"}, {ID: "b", Seats: 4, At: "ma"}}, Courses: []plan.Course{mail, tekst},
				Locked: []plan.Group{{Slot: "a", Course: "mail", People: []string{"an"}}, {Slot: "b", Course: "tekst"}}, People: []plan.Person{learner("an", "mail tekst"), learner("bo", "tekst"), learner("cy", "tekst")}},
			"an tekst: busy, slot+min 1",
		},
		"first another course": {
			plan.Problem{Slots: []plan.Slot{mon}, Courses: []plan.Course{{ID: "tekst-1", Min: 2}, {ID: "tekst-2", After: []string{"tekst-1"}}}, People: []plan.Person{learner("an", "tekst-1 tekst-2")}},
			"an tekst-1: small, min ma 1; an tekst-2: order, before tekst-1",
		},
		"another time is asked before another seat": {
			plan.Problem{Slots: []plan.Slot{mon, {ID: "di", Seats: 3}}, Courses: []plan.Course{tekst}, People: []plan.Person{learner("an", "tekst", "ma"), learner("bo", "tekst", "ma"), learner("cy", "tekst", "ma"), learner("dé", "tekst", "di"), learner("ed", "tekst", "di")}},
			"cy tekst: seats, time di 3",
		},
		"everybody has a place": {plan.Problem{Slots: []plan.Slot{tue}, Courses: []plan.Course{tekst}, People: []plan.Person{learner("an", "tekst"), learner("bo", "tekst")}}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, u := range solve(t, test.p).Unplaced {
				got = append(got, reason(u))
			}
			if all := strings.Join(got, "; "); all != test.want {
				t.Errorf("it says %q, want %q", all, test.want)
			}
		})
	}
}

// reason writes why and remedy.
func reason(u plan.Unplaced) string {
	var steps []string
	for _, s := range u.Remedy.Steps {
		steps = append(steps, string(s))
	}
	words := []string{fmt.Sprintf("%s %s: %s, %s", u.Person, u.Course, u.Why, strings.Join(steps, "+"))}
	if u.Remedy.Slot+u.Remedy.Course != "" {
		words = append(words, u.Remedy.Slot+u.Remedy.Course)
	}
	if u.Remedy.People > 0 {
		words = append(words, fmt.Sprint(u.Remedy.People))
	}
	if u.Remedy.Has(plan.StepCover) {
		words = append(words, fmt.Sprintf("stay %d", u.Remedy.Stay))
	}
	return strings.Join(words, " ")
}

// TestRemediesHelp: whoever does what a remedy says can place the person, and everybody else stays where the plan has them.
func TestRemediesHelp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 5 {
			p := small().Draw(t, "problem")
			made, err := plan.Solve(t.Context(), p, plan.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range made.Unplaced {
				if wrong := try(p, made, u); wrong != "" {
					t.Fatalf("%s: %s, in\n%s\nwith %s", reason(u), wrong, text(p), who(made.Groups))
				}
			}
		}
	})
}

// try does what a remedy says and tells what is wrong then.
func try(p plan.Problem, made plan.Plan, u plan.Unplaced) string {
	if len(u.Remedy.Steps) == 0 {
		return "there is no remedy"
	}
	if u.Remedy.Has(plan.StepBefore) {
		if slices.ContainsFunc(made.Groups, func(g plan.Group) bool { return g.Course == u.Remedy.Course && slices.Contains(g.People, u.Person) }) {
			return "the course before is met"
		}
		return ""
	}
	p, slot := change(p, u)
	groups := slices.Clone(made.Groups)
	for i := range groups {
		groups[i].Trainer = ""
		groups[i].People = slices.Clone(groups[i].People)
	}
	i := slices.IndexFunc(groups, func(g plan.Group) bool { return g.Slot == slot })
	fresh := i < 0
	if fresh {
		i, groups = len(groups), append(groups, plan.Group{Slot: slot, Course: u.Course})
	}
	groups[i].People = append(groups[i].People, u.Person)
	if why := broken(p, groups, plan.BrokenMin); why != "" {
		return "it breaks " + why
	}
	for _, o := range made.Unplaced { // others who can come along
		if fresh && o.Course == u.Course && o.Person != u.Person && len(groups[i].People) < u.Remedy.People {
			groups[i].People = append(groups[i].People, o.Person)
			if broken(p, groups, plan.BrokenMin) != "" {
				groups[i].People = groups[i].People[:len(groups[i].People)-1]
			}
		}
	}
	if n := len(groups[i].People); n != u.Remedy.People {
		return fmt.Sprintf("%d people are in the group", n)
	}
	if why := broken(p, groups, ""); why != "" {
		return "it breaks " + why
	}
	p.Locked, p.Previous = groups, nil // are there trainers for all?
	if err := p.Check(); err != nil {
		return err.Error()
	}
	return ""
}

// broken is the first rule that groups break when trainers are no matter, but for one that isn't looked at.
func broken(p plan.Problem, groups []plan.Group, but data.Why) string {
	p.Slots, p.Locked = slices.Clone(p.Slots), slices.Clone(p.Locked)
	for i := range p.Slots {
		p.Slots[i].Trainers = nil
	}
	for i := range p.Locked {
		p.Locked[i].Trainer, p.Locked[i].Closed = "", false
	}
	for _, v := range plan.Verify(p, with(p, groups...)) {
		if v.Why != but {
			return fmt.Sprint(v)
		}
	}
	return ""
}

// change does what the steps of a remedy say, and gives the slot in which the person is placed then.
func change(p plan.Problem, u plan.Unplaced) (plan.Problem, string) {
	var q plan.Problem
	if err := json.Unmarshal([]byte(text(p)), &q); err != nil {
		panic(err)
	}
	slot, r := u.Remedy.Slot, u.Remedy
	if r.Has(plan.StepSlot) {
		slot = "extra"
		q.Slots = append(q.Slots, plan.Slot{ID: slot, Seats: r.People})
		for i := range q.People { // all are at work, and who needs the course can come
			if q.People[i].AtWork != nil {
				q.People[i].AtWork = append(q.People[i].AtWork, slot)
			}
			if q.People[i].Slots != nil {
				q.People[i].Slots = append(q.People[i].Slots, slot)
			}
		}
	}
	s := &q.Slots[slices.IndexFunc(q.Slots, func(s plan.Slot) bool { return s.ID == slot })]
	c := &q.Courses[slices.IndexFunc(q.Courses, func(c plan.Course) bool { return c.ID == u.Course })]
	one := &q.People[slices.IndexFunc(q.People, func(o plan.Person) bool { return o.ID == u.Person })]
	if r.Has(plan.StepTime) {
		one.Slots = append(one.Slots, slot)
	}
	if r.Has(plan.StepSeat) {
		if s.Seats = max(s.Seats, r.People); c.Max > 0 {
			c.Max = max(c.Max, r.People)
		}
	}
	if r.Has(plan.StepCover) {
		q.Cover[one.Service] = r.Stay
	}
	if r.Has(plan.StepTrainer) {
		s.Trainers = nil
	}
	if r.Has(plan.StepMin) {
		c.Min = r.People
	}
	return q, slot
}
