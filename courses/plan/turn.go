package plan

import (
	"cmp"
	"slices"
)

// turns seats the courses one after the other, each as well as the others leave room, from where st.at has everybody, until
// no course does better. Where groups stay too small, it begins again with them first.
func (s *search) turns(st *state, touched []int) worth {
	for n, slot := range st.at {
		if slot != none && st.course[slot] != s.t.needs[n].course {
			st.at[n] = none
		}
	}
	s.cascade(st.at)
	got := s.rounds(st, touched)
	if got.short == 0 {
		return got
	}
	var small []int
	for c := range s.t.courses {
		if s.measure(st, c).short > 0 {
			small = append(small, c)
		}
	}
	again := state{course: st.course, at: make([]int, len(st.at))}
	for n := range again.at {
		again.at[n] = none
	}
	if w := s.rounds(&again, small); w.compare(got) > 0 {
		copy(st.at, again.at)
		got = w
	}
	return got
}

const mostRounds = 4

// rounds gives each course its turn, those that are early first, as long as it helps.
func (s *search) rounds(st *state, early []int) worth {
	order := make([]int, 0, len(s.t.courses))
	for c := range s.t.courses {
		if len(s.t.wishes[c]) > 0 && slices.Contains(st.course, c) {
			order = append(order, c)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.t.depth(a), s.t.depth(b)), compareBool(slices.Contains(early, b), slices.Contains(early, a)))
	})
	got := s.measure(st, none)
	for range mostRounds {
		better := false
		for _, c := range order {
			was := slices.Clone(st.at)
			s.turn(st, c)
			if w := s.measure(st, none); w.compare(got) > 0 {
				got, better = w, true
			} else {
				copy(st.at, was)
			}
		}
		if !better {
			break
		}
	}
	return got
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// depth is how many rungs of a ladder lie below a course.
func (t *table) depth(c int) (deep int) {
	for _, before := range t.courses[c].after {
		deep = max(deep, 1+t.depth(before))
	}
	return deep
}

// turn seats a course anew, around where the others sit.
func (s *search) turn(st *state, c int) {
	copy(s.sit.spare, s.t.spare)
	for n, slot := range st.at {
		if slot != none && s.t.needs[n].course != c {
			s.sit.spare[s.t.cell(s.t.slots[slot].time, s.t.needs[n].service)]--
		}
	}
	for _, n := range s.t.wishes[c] {
		st.at[n] = none
	}
	s.sit.may = func(n, slot int) bool { return s.may(st.at, n, slot) }
	s.sit.begin(c, slotsOf(c, st.course))
	s.sit.run()
	s.sit.may = nil
	for _, n := range s.t.wishes[c] {
		if k := s.sit.at[n]; k != none {
			st.at[n] = s.sit.slots[k]
		}
	}
	s.cascade(st.at)
}

// may tells whether nothing else that a person does keeps a need from being met in a slot.
func (s *search) may(at []int, n, slot int) bool {
	row, time := s.t.needs[n], s.t.slots[slot].time
	if slices.Contains(s.t.busy[row.person], time) {
		return false
	}
	for o := s.t.mine[row.person]; o < s.t.mine[row.person+1]; o++ {
		if o == n || at[o] == none {
			continue
		}
		sits := s.t.slots[at[o]].time
		if sits == time || sits < time && slices.Contains(s.t.needs[o].first, n) { // there already; or too late for a next rung
			return false
		}
	}
	return s.ready(at, n, time)
}

// ready tells whether a person has had, before a time, all courses that come before a need.
func (s *search) ready(at []int, n, time int) bool {
	for _, f := range s.t.needs[n].first {
		if sits := max(at[f], s.t.needs[f].at); sits == none || s.t.slots[sits].time >= time {
			return false
		}
	}
	return true
}

// cascade takes out whoever has lost the course that comes before.
func (s *search) cascade(at []int) {
	for again := true; again; {
		again = false
		for n, slot := range at {
			if slot != none && !s.ready(at, n, s.t.slots[slot].time) {
				at[n], again = none, true
			}
		}
	}
}

// measure is what a state is worth as everybody sits; c: of that course alone, or none: of all.
func (s *search) measure(st *state, c int) (w worth) {
	load := make([]int, len(st.course))
	for n, slot := range st.at {
		if slot == none {
			continue
		}
		load[slot]++
		if c == none || s.t.needs[n].course == c {
			w.levels += s.t.needs[n].levels
			if s.t.needs[n].prev == slot {
				w.kept++
			}
		}
	}
	for slot, has := range st.course {
		if has != none && (c == none || has == c) {
			w.groups++
			w.short += max(0, s.t.least(has, slot)-load[slot])
		}
	}
	return w
}
