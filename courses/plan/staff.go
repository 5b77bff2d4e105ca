package plan

import "slices"

// staff finds trainers for groups: a flow from group to trainer at a time, one at once, to trainer, some in all.
type staff struct {
	t      *table
	most   []int  // by trainer
	gives  []bool // by trainer × course
	course []int  // by slot
	by     []int  // by slot: its trainer
	load   []int  // by trainer
	usual  []int  // by slot: its trainer in the earlier plan
	moved  []bool // by slot
	seen   []bool // by trainer
	moment []bool // by trainer × time
}

func (t *table) newStaff() *staff {
	n := len(t.roster)
	s := &staff{t: t, most: make([]int, n), gives: make([]bool, n*len(t.courses)), by: make([]int, len(t.slots)), load: make([]int, n), usual: make([]int, len(t.slots)),
		moved: make([]bool, len(t.slots)), seen: make([]bool, n), moment: make([]bool, n*t.times)}
	limits := indexOf(t.p.Trainers, func(tr Trainer) string { return tr.ID })
	for i, id := range t.roster {
		s.most[i] = len(t.slots)
		at, limited := limits[id]
		if limited && t.p.Trainers[at].Most > 0 {
			s.most[i] = t.p.Trainers[at].Most
		}
		for c, course := range t.p.Courses {
			s.gives[i*len(t.courses)+c] = !limited || t.p.Trainers[at].Courses == nil || slices.Contains(t.p.Trainers[at].Courses, course.ID)
		}
	}
	for i, slot := range t.p.Slots {
		s.usual[i] = none
		for _, g := range t.p.Previous {
			if at, known := slices.BinarySearch(t.roster, g.Trainer); known && g.Slot == slot.ID {
				s.usual[i] = at
			}
		}
	}
	return s
}

// can tells whether a trainer can give a course in a slot, whatever else the trainer gives.
func (s *staff) can(trainer, course, slot int) bool {
	row := s.t.slots[slot]
	return s.gives[trainer*len(s.t.courses)+course] && (row.named == none || row.named == trainer) && slices.Contains(row.trainers, trainer)
}

// possible tells whether any trainer could give a course in a slot.
func (s *staff) possible(course, slot int) bool {
	row := s.t.slots[slot]
	return row.trainers == nil || slices.ContainsFunc(row.trainers, func(tr int) bool { return s.can(tr, course, slot) })
}

// find tells whether all groups can have a trainer: course has one course per slot, or none. by, unless nil, is set to the
// trainer of each slot.
func (s *staff) find(course []int, by []int) bool {
	s.course = course
	clear(s.load)
	for i := range s.by {
		s.by[i] = none
	}
	for slot, c := range course {
		if c == none || s.t.slots[slot].trainers == nil {
			continue
		}
		clear(s.moved)
		clear(s.seen)
		clear(s.moment)
		if !s.staff(slot) {
			return false
		}
	}
	copy(by, s.by)
	return true
}

// staff gives a slot a trainer, and others another one where it must.
func (s *staff) staff(slot int) bool {
	if s.moved[slot] { // the path came by already
		return false
	}
	s.moved[slot] = true
	row := s.t.slots[slot]
	if u := s.usual[slot]; u != none && s.try(u, slot) {
		return true
	}
	for _, tr := range row.trainers {
		if s.try(tr, slot) {
			return true
		}
	}
	return false
}

func (s *staff) try(tr, slot int) bool {
	t := s.t
	moment := tr*t.times + t.slots[slot].time
	if s.moment[moment] || s.most[tr] == 0 || !s.can(tr, s.course[slot], slot) {
		return false
	}
	s.moment[moment] = true
	for other, by := range s.by { // the one group that the trainer gives then, if any, must find another
		if by == tr && t.slots[other].time == t.slots[slot].time {
			if !s.staff(other) {
				return false
			}
			s.load[tr]--
			return s.take(tr, slot)
		}
	}
	if s.load[tr] < s.most[tr] {
		return s.take(tr, slot)
	}
	if s.seen[tr] {
		return false
	}
	s.seen[tr] = true
	for other, by := range s.by {
		if by == tr && s.staff(other) {
			s.load[tr]--
			return s.take(tr, slot)
		}
	}
	return false
}

func (s *staff) take(tr, slot int) bool {
	s.by[slot] = tr
	s.load[tr]++
	return true
}
