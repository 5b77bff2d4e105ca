package plan

import (
	"fmt"
	"slices"

	"digibrug/data"
)

// Violation is a rule that a plan breaks.
type Violation struct {
	Why   data.Why
	Group int    // index in Plan.Groups; -1: of the plan as a whole
	Want  string // what the rule asks, mostly a number
	Got   string // person, service, trainer or number that breaks it
}

// The rules, as codes.
const (
	BrokenSlot     data.Why = "plan.slot"     // no slot Got, or a second group in it
	BrokenCourse   data.Why = "plan.course"   // no course Got
	BrokenPerson   data.Why = "plan.person"   // no person Got, or one without a need for the course
	BrokenTwice    data.Why = "plan.twice"    // Got is in two groups of the course
	BrokenAway     data.Why = "plan.away"     // Got can't come in the slot Want
	BrokenPlaces   data.Why = "plan.places"   // Got sits in two groups at the same time
	BrokenSeats    data.Why = "plan.seats"    // Got people on Want seats
	BrokenMin      data.Why = "plan.min"      // Got people, and the course asks Want
	BrokenCover    data.Why = "plan.cover"    // of the service Got fewer than Want stay
	BrokenTrainer  data.Why = "plan.trainer"  // no trainer, or Got, who isn't there or doesn't give the course
	BrokenAtOnce   data.Why = "plan.at_once"  // the trainer Got gives two groups at the same time
	BrokenMost     data.Why = "plan.most"     // the trainer Got gives more than Want groups
	BrokenOrder    data.Why = "plan.order"    // Got has the course Want not, or not before
	BrokenLock     data.Why = "plan.lock"     // the locked group in the slot Got isn't as it was
	BrokenScore    data.Why = "plan.score"    // the score is Got, and Want levels are trained
	BrokenUnplaced data.Why = "plan.unplaced" // the list of who has no place is wrong about Got
)

// Verify gives every rule that a plan breaks: nothing for a good one. It counts from the problem alone, slowly and plainly,
// and shares nothing with the search.
func Verify(p Problem, made Plan) []Violation {
	all := p.broken(made.Groups, false)
	all = append(all, p.lockBroken(made)...)
	return append(all, p.sumsBroken(made)...)
}

// broken holds groups against the rules. loose are the locked groups on their own: the minimum isn't asked of them, and no
// trainer while none is named.
func (p Problem) broken(groups []Group, loose bool) (all []Violation) {
	for i, g := range groups {
		add := func(why data.Why, want, got any) {
			all = append(all, Violation{why, i, fmt.Sprint(want), fmt.Sprint(got)})
		}
		slot, course := p.slot(g.Slot), p.course(g.Course)
		switch {
		case slot == nil || slices.ContainsFunc(groups[:i], func(o Group) bool { return o.Slot == g.Slot }):
			add(BrokenSlot, "", g.Slot)
			continue
		case course == nil:
			add(BrokenCourse, "", g.Course)
			continue
		}
		seats := slot.Seats
		if course.Max > 0 {
			seats = min(seats, course.Max)
		}
		if len(g.People) > seats {
			add(BrokenSeats, seats, len(g.People))
		}
		if least := max(course.Min, 1); len(g.People) < least && !loose && p.lock(g.Slot) == nil {
			add(BrokenMin, least, len(g.People))
		}
		for j, id := range g.People {
			p.personBroken(groups, i, id, slices.Contains(g.People[:j], id), add)
		}
		p.trainerBroken(groups, i, loose, add)
		p.coverBroken(groups, i, add)
	}
	return all
}

// personBroken holds one person of a group against the rules.
func (p Problem) personBroken(groups []Group, i int, id string, again bool, add func(data.Why, any, any)) {
	g, one := groups[i], p.person(id)
	if one == nil || !slices.ContainsFunc(one.Needs, func(n Need) bool { return n.Course == g.Course }) {
		add(BrokenPerson, g.Course, id)
		return
	}
	if again {
		add(BrokenTwice, g.Course, id)
	}
	if one.Slots != nil && !slices.Contains(one.Slots, g.Slot) {
		add(BrokenAway, g.Slot, id)
	}
	for _, o := range groups[:i] {
		if !slices.Contains(o.People, id) {
			continue
		}
		if o.Course == g.Course {
			add(BrokenTwice, g.Course, id)
		}
		if p.sameTime(o.Slot, g.Slot) {
			add(BrokenPlaces, g.Slot, id)
		}
	}
	if l := p.lock(g.Slot); l != nil && slices.Contains(l.People, id) {
		return // the coordinator may skip a rung
	}
	for _, first := range p.course(g.Course).After {
		if !slices.ContainsFunc(one.Needs, func(n Need) bool { return n.Course == first }) {
			continue
		}
		if !slices.ContainsFunc(groups, func(o Group) bool {
			return o.Course == first && slices.Contains(o.People, id) && p.earlier(o.Slot, g.Slot)
		}) {
			add(BrokenOrder, first, id)
		}
	}
}

// trainerBroken holds the trainer of a group against the rules.
func (p Problem) trainerBroken(groups []Group, i int, loose bool, add func(data.Why, any, any)) {
	g := groups[i]
	slot := p.slot(g.Slot)
	if loose && g.Trainer == "" || slot.Trainers == nil && g.Trainer == "" {
		return
	}
	var limits Trainer
	for _, t := range p.Trainers {
		if t.ID == g.Trainer {
			limits = t
		}
	}
	if !slices.Contains(slot.Trainers, g.Trainer) || limits.Courses != nil && !slices.Contains(limits.Courses, g.Course) {
		add(BrokenTrainer, g.Course, g.Trainer)
	}
	given := 1
	for _, o := range groups[:i] {
		if o.Trainer != g.Trainer {
			continue
		}
		given++
		if p.sameTime(o.Slot, g.Slot) {
			add(BrokenAtOnce, g.Slot, g.Trainer)
		}
	}
	if limits.Most > 0 && given > limits.Most {
		add(BrokenMost, limits.Most, g.Trainer)
	}
}

// coverBroken counts, at the time of a group, who of each service is at work and who is learning.
func (p Problem) coverBroken(groups []Group, i int, add func(data.Why, any, any)) {
	g := groups[i]
	if slices.ContainsFunc(groups[:i], func(o Group) bool { return p.sameTime(o.Slot, g.Slot) }) {
		return // that time was counted
	}
	learning, then := map[string]bool{}, map[string]bool{} // people, slots
	for _, o := range groups {
		for _, id := range o.People {
			learning[id] = learning[id] || p.sameTime(o.Slot, g.Slot)
		}
	}
	for _, s := range p.Slots {
		then[s.ID] = p.sameTime(s.ID, g.Slot)
	}
	stay, learn := map[string]int{}, map[string]int{} // by service
	for _, one := range p.People {
		at := func(slot string) bool { return then[slot] }
		switch {
		case learning[one.ID]:
			learn[one.Service]++
		case one.AtWork == nil || one.Slots == nil || slices.ContainsFunc(one.Slots, at) || slices.ContainsFunc(one.AtWork, at):
			stay[one.Service]++
		}
	}
	for _, one := range p.People {
		if s := one.Service; learn[s] > 0 && stay[s] < p.Cover[s] {
			add(BrokenCover, p.Cover[s], s)
			delete(learn, s)
		}
	}
}

// lockBroken holds a plan against what is locked.
func (p Problem) lockBroken(made Plan) (all []Violation) {
	for _, l := range p.Locked {
		i := slices.IndexFunc(made.Groups, func(g Group) bool { return g.Slot == l.Slot })
		if i < 0 {
			all = append(all, Violation{BrokenLock, -1, "", l.Slot})
			continue
		}
		g := made.Groups[i]
		gone := slices.ContainsFunc(l.People, func(id string) bool { return !slices.Contains(g.People, id) })
		if g.Course != l.Course || l.Trainer != "" && l.Trainer != g.Trainer || gone || l.Closed && len(g.People) > len(l.People) {
			all = append(all, Violation{BrokenLock, i, "", l.Slot})
		}
	}
	return all
}

// sumsBroken holds the score and the list of who has no place against the groups.
func (p Problem) sumsBroken(made Plan) (all []Violation) {
	met, said := map[[2]string]bool{}, map[[2]string]int{} // by person and course
	for _, g := range made.Groups {
		for _, id := range g.People {
			met[[2]string{id, g.Course}] = true
		}
	}
	for _, u := range made.Unplaced {
		said[[2]string{u.Person, u.Course}]++
	}
	score, listed := 0, 0
	for _, one := range p.People {
		for _, n := range one.Needs {
			key := [2]string{one.ID, n.Course}
			listed += said[key]
			if met[key] {
				score += n.Levels
			}
			if met[key] && said[key] > 0 || !met[key] && said[key] != 1 {
				all = append(all, Violation{BrokenUnplaced, -1, n.Course, one.ID})
			}
		}
	}
	if listed != len(made.Unplaced) {
		all = append(all, Violation{BrokenUnplaced, -1, fmt.Sprint(listed), fmt.Sprint(len(made.Unplaced))})
	}
	if score != made.Score {
		all = append(all, Violation{BrokenScore, -1, fmt.Sprint(score), fmt.Sprint(made.Score)})
	}
	return all
}

func (p Problem) slot(id string) *Slot { return byID(p.Slots, id, func(s Slot) string { return s.ID }) }
func (p Problem) course(id string) *Course {
	return byID(p.Courses, id, func(c Course) string { return c.ID })
}
func (p Problem) person(id string) *Person {
	return byID(p.People, id, func(o Person) string { return o.ID })
}
func (p Problem) lock(slot string) *Group {
	return byID(p.Locked, slot, func(g Group) string { return g.Slot })
}

func byID[T any](all []T, id string, of func(T) string) *T {
	for i := range all {
		if of(all[i]) == id {
			return &all[i]
		}
	}
	return nil
}

// sameTime tells whether two slots are at the same time.
func (p Problem) sameTime(a, b string) bool {
	x, y := p.slot(a), p.slot(b)
	return a == b || x != nil && y != nil && x.At != "" && x.At == y.At
}

// earlier tells whether the time of slot a comes before that of b. A time comes where its first slot stands.
func (p Problem) earlier(a, b string) bool {
	first := func(id string) int {
		return slices.IndexFunc(p.Slots, func(s Slot) bool { return p.sameTime(s.ID, id) })
	}
	return first(a) < first(b)
}
