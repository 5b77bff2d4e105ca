package plan

import (
	"cmp"
	"fmt"
	"slices"
)

// Plan is who learns what, when.
type Plan struct {
	Score    int        `json:"score"`    // levels trained
	Groups   []Group    `json:"groups"`   // in the order of the slots, people by id
	Unplaced []Unplaced `json:"unplaced"` // by course and person: every need that no group meets
}

// Unplaced is a need that no group meets, with why, and the cheapest change that would meet it.
type Unplaced struct {
	Person string `json:"person"`
	Course string `json:"course"`
	Levels int    `json:"levels"`
	Why    Why    `json:"why"`
	Remedy Remedy `json:"remedy"`
}

// Why says what stands between a person and a course.
type Why string

// The reasons, from the first to be looked at.
const (
	WhyNoSlot  Why = "no_slot" // the person can come in no slot at all, or in none that could be used
	WhyOrder   Why = "order"   // a course that comes first isn't met, or not in time
	WhySeats   Why = "seats"   // the groups that the person could join are full
	WhyCover   Why = "cover"   // the service would be left with too few
	WhyBusy    Why = "busy"    // the person sits in another group at that time
	WhyTrainer Why = "trainer" // there are people enough and a slot, and no trainer
	WhySmall   Why = "small"   // too few could come together
	WhyTaken   Why = "taken"   // the slots in which the person can come are used for other courses
)

// Step is one thing that somebody could change.
type Step string

// The steps. A Remedy has them in this order.
const (
	StepBefore  Step = "before"  // place the person in the course Remedy.Course first
	StepSlot    Step = "slot"    // an extra slot in which Remedy.People people can come, with a trainer
	StepTime    Step = "time"    // the person comes in a slot in which the person couldn't
	StepSeat    Step = "seat"    // room for Remedy.People in the group
	StepCover   Step = "cover"   // the service makes do with Remedy.Stay people then
	StepTrainer Step = "trainer" // a trainer for a new group then
	StepMin     Step = "min"     // a group goes ahead with Remedy.People
)

// What a step costs, in no unit: what a question to the person costs is 1. Each person who is missing from a group that
// goes ahead all the same adds smallEach.
const (
	costTime    = 1
	costSeat    = 2
	costCover   = 3
	costMin     = 3
	smallEach   = 2
	costTrainer = 6
	costSlot    = 8
)

// Remedy is the cheapest change that meets a need while everybody else stays where the plan has them: all of its steps
// together. What it takes is an estimate of what people can arrange, not a search for another plan.
type Remedy struct {
	Steps  []Step `json:"steps"`
	Slot   string `json:"slot,omitempty"`   // where; empty: an extra slot, or nothing with a place
	Course string `json:"course,omitempty"` // of StepBefore
	People int    `json:"people,omitempty"` // in the group, with the person
	Stay   int    `json:"stay,omitempty"`   // of StepCover: how many of the service then stay
}

// Has tells whether a step is part of the remedy.
func (r Remedy) Has(s Step) bool { return slices.Contains(r.Steps, s) }

// Change is a place of an earlier plan that somebody hasn't in a later one.
type Change struct {
	Person, Course string
	From, To       string // slots; To is empty: nowhere
}

// Changes gives what somebody must be told who had a place in previous, by person and course.
func (p Plan) Changes(previous []Group) (all []Change) {
	now := map[[2]string]string{}
	for _, g := range p.Groups {
		for _, person := range g.People {
			now[[2]string{person, g.Course}] = g.Slot
		}
	}
	for _, g := range previous {
		for _, person := range g.People {
			if to := now[[2]string{person, g.Course}]; to != g.Slot {
				all = append(all, Change{person, g.Course, g.Slot, to})
			}
		}
	}
	slices.SortFunc(all, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Course, b.Course), cmp.Compare(a.From, b.From))
	})
	return all
}

// Shortage is a course for which there are fewer places than people who need it.
type Shortage struct {
	Course string
	People int // who need it
	Seats  int // in the groups of the plan
	Placed int
}

// Shortages gives the courses with fewer places than people who need them, those of which most stay without one first. Who stays
// without a place that is there, has another reason.
func Shortages(p Problem, made Plan) (all []Shortage) {
	for _, c := range p.Courses {
		s := Shortage{Course: c.ID}
		for _, one := range p.People {
			for _, n := range one.Needs {
				if n.Course == c.ID {
					s.People++
				}
			}
		}
		for _, g := range made.Groups {
			if g.Course == c.ID {
				s.Seats += places(p, g)
				s.Placed += len(g.People)
			}
		}
		if s.Seats < s.People {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Shortage) int {
		return cmp.Or(cmp.Compare(b.People-b.Placed, a.People-a.Placed), cmp.Compare(a.Course, b.Course))
	})
	return all
}

// places is how many a group can hold.
func places(p Problem, g Group) int {
	n := 0
	for _, s := range p.Slots {
		if s.ID == g.Slot {
			n = s.Seats
		}
	}
	for _, c := range p.Courses {
		if c.ID == g.Course && c.Max > 0 {
			n = min(n, c.Max)
		}
	}
	for _, l := range p.Locked {
		if l.Slot == g.Slot && l.Closed {
			n = len(l.People)
		}
	}
	return n
}

// name gives each group its name: the one it has, the one that the same course had in the same slot before, or the course
// and the lowest number that is free.
func name(p Problem, groups []Group) {
	taken := map[string]bool{}
	for i := range groups {
		for _, old := range slices.Concat(p.Locked, p.Previous) {
			if old.Slot == groups[i].Slot && old.Course == groups[i].Course && old.Name != "" && !taken[old.Name] && groups[i].Name == "" {
				groups[i].Name, taken[old.Name] = old.Name, true
			}
		}
	}
	next := map[string]int{}
	for i, g := range groups {
		for groups[i].Name == "" {
			next[g.Course]++
			if n := fmt.Sprintf("%s %d", g.Course, next[g.Course]); !taken[n] {
				groups[i].Name, taken[n] = n, true
			}
		}
	}
}
