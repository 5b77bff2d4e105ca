package coursewords

import (
	"digibrug/courses"
	"digibrug/courses/plan"
	"digibrug/tui/words"
)

// Unplaced says why somebody has no place in a plan, and what would give one; empty where nobody can tell. names gives what
// the ids of people, courses and slots are called.
func Unplaced(lang words.Lang, u plan.Unplaced, names func(id string) string) (why, remedy string) {
	if u.Why == courses.WhyNotFor {
		return words.T(lang, words.GroupsNotFor), ""
	}
	var steps []string
	for _, s := range u.Remedy.Steps {
		if s == plan.StepCover && u.Remedy.Stay == 0 {
			steps = append(steps, words.T(lang, words.CourseplanAlone))
			continue
		}
		steps = append(steps, words.T(lang, words.PlanStep(string(s)), "person", names(u.Person), "course", names(u.Remedy.Course), "n", u.Remedy.People, "stay", u.Remedy.Stay))
	}
	slot := ""
	if u.Remedy.Slot != "" {
		slot = names(u.Remedy.Slot)
	}
	return words.T(lang, words.PlanWhy(string(u.Why))), words.PlanRemedy(lang, slot, steps)
}
