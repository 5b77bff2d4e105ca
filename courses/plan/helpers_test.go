package plan_test

import (
	"slices"
	"strings"
	"testing"

	"digibrug/courses/plan"
)

// solve plans, and holds the plan against the rules once more.
func solve(t testing.TB, p plan.Problem) plan.Plan {
	t.Helper()
	made, err := plan.Solve(t.Context(), p, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if broken := plan.Verify(p, made); len(broken) > 0 {
		t.Fatalf("the plan breaks %v", broken)
	}
	return made
}

// with makes a plan of groups: its score, and who has no place.
func with(p plan.Problem, groups ...plan.Group) plan.Plan {
	made := plan.Plan{Groups: groups}
	for _, one := range p.People {
		for _, n := range one.Needs {
			if slices.ContainsFunc(groups, func(g plan.Group) bool { return g.Course == n.Course && slices.Contains(g.People, one.ID) }) {
				made.Score += n.Levels
			} else {
				made.Unplaced = append(made.Unplaced, plan.Unplaced{Person: one.ID, Course: n.Course, Levels: n.Levels})
			}
		}
	}
	return made
}

// who writes groups as "ma tekst: an bo; di mail: cy".
func who(groups []plan.Group) string {
	var all []string
	for _, g := range groups {
		all = append(all, g.Slot+" "+g.Course+": "+strings.Join(g.People, " "))
	}
	return strings.Join(all, "; ")
}

// learner is somebody who needs three levels of some courses: "an@loket" is of a service.
func learner(name string, courses string, slots ...string) plan.Person {
	id, service, _ := strings.Cut(name, "@")
	one := plan.Person{ID: id, Service: service, Slots: slots}
	for _, c := range strings.Fields(courses) {
		one.Needs = append(one.Needs, plan.Need{Course: c, Levels: 3})
	}
	return one
}
