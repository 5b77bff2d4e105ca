package courses

import (
	"errors"
	"maps"
	"slices"

	"digibrug/courses/plan"
	"digibrug/data"
)

// people adds to a problem who needs the courses, with when they can come, and the colleagues who count for the cover of a
// service. A need that can't be planned now is held, with why.
func (f GroupFacts) people(r *groupRules, g Grouping, all []Course) {
	at := map[string]int{} // in the problem, by participant
	colleague := map[string]int{}
	parts := map[string][][]WeekPart{}
	for _, n := range f.Needs {
		if !slices.ContainsFunc(all, func(c Course) bool { return c.ID == n.CourseID }) || slices.Contains(g.Out, Seat{n.ParticipantID, n.CourseID}) {
			continue
		}
		if why, first := f.holds(n, all); why != "" {
			u := plan.Unplaced{Person: n.ParticipantID, Course: n.CourseID, Levels: n.Levels, Why: why}
			if first != "" {
				u.Remedy = plan.Remedy{Steps: []plan.Step{plan.StepBefore}, Course: first}
			}
			r.held = append(r.held, u)
			continue
		}
		if _, known := at[n.ParticipantID]; !known {
			at[n.ParticipantID] = len(r.problem.People)
			if n.PersonID != "" {
				colleague[n.PersonID] = len(r.problem.People)
			}
			r.problem.People = append(r.problem.People, plan.Person{ID: n.ParticipantID, Service: f.serviceOf(n.PersonID), Slots: []string{}})
		}
		one := &r.problem.People[at[n.ParticipantID]]
		one.Needs = append(one.Needs, plan.Need{Course: n.CourseID, Levels: n.Levels})
		if len(n.Slots) > 0 {
			parts[n.ParticipantID] = append(parts[n.ParticipantID], n.Slots)
		}
	}
	lessons, minutes := size(all)
	for _, s := range g.Slots {
		if !slices.ContainsFunc(r.problem.Slots, func(o plan.Slot) bool { return o.ID == s.ID() }) {
			continue
		}
		sessions, err := f.lessons(g.GroupingAsk, s, lessons, minutes)
		if err != nil {
			continue // it would be no slot of the problem
		}
		for i := range r.problem.People {
			one := &r.problem.People[i]
			if f.comes(one.ID, s, parts[one.ID], sessions) && !slices.Contains(one.Slots, s.ID()) {
				one.Slots = append(one.Slots, s.ID())
			}
		}
	}
	f.cover(r, g, colleague)
}

// holds says why a need isn't planned now: somebody who also needs a course that comes first takes that first.
func (f GroupFacts) holds(n Need, all []Course) (why plan.Why, first string) {
	c := f.Courses[n.CourseID]
	if c.Admits(f.Category[n.ParticipantID]) != nil {
		return WhyNotFor, ""
	}
	for _, before := range all {
		if slices.Contains(c.Before, before.Code) && slices.ContainsFunc(f.Needs, func(o Need) bool { return o.ParticipantID == n.ParticipantID && o.CourseID == before.ID }) {
			return plan.WhyOrder, before.ID
		}
	}
	return "", ""
}

// comes tells whether somebody can be at all lessons of a slot: in every list of parts of the week that was said, and
// without another lesson then.
func (f GroupFacts) comes(participant string, s GroupSlot, said [][]WeekPart, sessions []Session) bool {
	for _, parts := range said {
		if !slices.Contains(parts, PartAt(s.Day, s.From)) {
			return false
		}
	}
	for _, x := range sessions {
		for _, busy := range f.Busy[participant] {
			if overlap(busy, x.Instants()) {
				return false
			}
		}
	}
	return true
}

func (f GroupFacts) serviceOf(person string) string {
	if person == "" {
		return ""
	}
	var in []string
	for id, s := range f.Services {
		if slices.Contains(s.People, person) {
			in = append(in, id)
		}
	}
	slices.Sort(in)
	return append(in, "")[0]
}

// cover adds the rule of who stays, and the colleagues that count for it. Part-time people can't all be counted on a day: of
// a service with four people who work half-time two are there, so that the two who are not count as needed too.
func (f GroupFacts) cover(r *groupRules, g Grouping, colleague map[string]int) {
	r.problem.Cover = map[string]int{}
	for id, stay := range g.Cover {
		s, known := f.Services[id]
		if !known || stay <= 0 {
			continue
		}
		r.problem.Cover[id] = stay + s.missing()
		for _, person := range s.People {
			if i, learns := colleague[person]; learns {
				r.problem.People[i].Service = id
				continue
			}
			r.problem.People = append(r.problem.People, plan.Person{ID: "person " + person, Service: id})
		}
	}
}

// given adds the groups of the plan before: what is locked stays, without who needs the course no more, and the rest is what
// a new plan changes as little as it can. A group in a slot that can't be used any more is lost.
func (f GroupFacts) given(r *groupRules, g Grouping) {
	for _, o := range g.Plan.Groups {
		course := slices.ContainsFunc(r.problem.Courses, func(c plan.Course) bool { return c.ID == o.Course })
		at := slices.IndexFunc(r.problem.Slots, func(s plan.Slot) bool { return s.ID == o.Slot })
		if !course || at < 0 {
			if course {
				r.lost = append(r.lost, o)
			}
			continue
		}
		if !g.IsLocked(o.Slot) {
			r.problem.Previous = append(r.problem.Previous, o)
			continue
		}
		o.People = slices.DeleteFunc(slices.Clone(o.People), func(id string) bool { return !needsIn(r.problem, id, o.Course) })
		if !slices.Contains(r.problem.Slots[at].Trainers, o.Trainer) {
			o.Trainer = "" // another one, where there is any
		}
		if len(o.People) > 0 {
			r.problem.Locked = append(r.problem.Locked, o)
		}
	}
}

func needsIn(p plan.Problem, person, course string) bool {
	return slices.ContainsFunc(p.People, func(o plan.Person) bool {
		return o.ID == person && slices.ContainsFunc(o.Needs, func(n plan.Need) bool { return n.Course == course })
	})
}

// named puts the names of people, courses, services and slots into what is wrong with a problem.
func (f GroupFacts) named(err error) error {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return err
	}
	names := map[string]string{}
	maps.Copy(names, f.Names)
	for id, c := range f.Courses {
		names[id] = c.Title
	}
	for id, s := range f.Services {
		names[id] = s.Name
	}
	for id, t := range f.Trainers {
		names[id] = t.Name
	}
	told := *bad
	for _, text := range []*string{&told.Got, &told.Want} {
		if name, known := names[*text]; known {
			*text = name
		}
	}
	return &told
}
