package plan

import "slices"

// exactly seats everybody at the best, by trying all ways that could be better than floor, which is the worth of a state that
// is known. It is for small problems in which seating one course touches the others.
func (s *search) exactly(st *state, floor worth) worth {
	got := s.turns(st, nil)
	e := &exact{s: s, course: st.course, at: make([]int, len(s.t.needs)), load: make([]int, len(st.course)), spare: slices.Clone(s.t.spare), best: floor, left: exactLimit}
	for n := range e.at {
		e.at[n] = none
	}
	if got.compare(floor) > 0 {
		e.best = got
	}
	for _, has := range st.course {
		if has != none {
			e.groups++
		}
	}
	for c := range s.t.courses { // a course before those that come after it
		e.order = append(e.order, c)
	}
	slices.SortStableFunc(e.order, func(a, b int) int { return s.t.depth(a) - s.t.depth(b) })
	var needs []int
	for _, c := range e.order {
		if slices.Contains(st.course, c) {
			needs = append(needs, s.t.wishes[c]...)
		}
	}
	e.visit(needs, worth{groups: e.groups})
	if e.found != nil {
		st.at = e.found
		return e.best
	}
	return got
}

// exactLimit is how many steps one choice of courses may take before what was found so far has to do.
const exactLimit = 200_000

type exact struct {
	s      *search
	course []int
	order  []int
	at     []int
	load   []int
	spare  []int
	groups int
	best   worth
	found  []int
	left   int
}

// visit tries all places for the first of needs, and then for the others; w is what is seated.
func (e *exact) visit(needs []int, w worth) {
	if e.left--; e.left < 0 {
		return
	}
	t := e.s.t
	hope := w
	for _, n := range needs {
		hope.levels += t.needs[n].levels
		hope.kept += t.needs[n].had()
	}
	if hope.compare(e.best) <= 0 {
		return
	}
	if len(needs) == 0 {
		for slot, c := range e.course {
			if c != none && e.load[slot] < t.least(c, slot) {
				return
			}
		}
		e.best, e.found = w, slices.Clone(e.at)
		return
	}
	n, row := needs[0], t.needs[needs[0]]
	for slot, c := range e.course {
		if c != row.course || !row.can[slot] || e.load[slot] >= t.room(c, slot) || !e.s.may(e.at, n, slot) {
			continue
		}
		cell := t.cell(t.slots[slot].time, row.service)
		if e.spare[cell] <= 0 {
			continue
		}
		e.at[n] = slot
		e.load[slot]++
		e.spare[cell]--
		next := w
		next.levels += row.levels
		if row.prev == slot {
			next.kept++
		}
		e.visit(needs[1:], next)
		e.at[n] = none
		e.load[slot]--
		e.spare[cell]++
	}
	e.visit(needs[1:], w)
}
