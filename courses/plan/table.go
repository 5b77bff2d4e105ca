package plan

import (
	"cmp"
	"maps"
	"slices"
)

// none is no course, no slot, no place.
const none = -1

// table is a problem in numbers: people, courses, slots and times by index, with what is locked taken off.
type table struct {
	p       Problem // people and courses by id
	courses []courseRow
	slots   []slotRow
	times   int
	roster  []string // ids of trainers

	services []string
	spare    []int // by time × service: how many may still go; below 0: too few are at work already
	needs    []needRow
	mine     []int   // by person: the first of the person's needs; and one more at the end
	wishes   [][]int // by course: its needs that no lock meets, in the order in which they get a seat
	busy     [][]int // by person: times that locks take
	fixed    []int   // by slot: the course that is locked there
	locked   int     // levels that locks train
	shared   bool    // rooms share a time, or courses are on a ladder: seating one course touches the others
	replan   bool    // there is an earlier plan
}

type courseRow struct {
	least, most int
	after       []int
}

type slotRow struct {
	seats    int
	time     int
	trainers []int // index in roster; nil: none is needed
	named    int   // the trainer whom a lock names
	taken    int   // seats that a lock takes
	closed   bool
}

type needRow struct {
	person, course, service, levels int
	can                             []bool // by slot
	first                           []int  // needs of the same person that come before
	prev                            int    // slot in the earlier plan
	at                              int    // slot of a lock
}

// newTable numbers a problem that is in order.
func newTable(p Problem) *table {
	p.People, p.Courses = slices.Clone(p.People), slices.Clone(p.Courses)
	slices.SortFunc(p.People, func(a, b Person) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(p.Courses, func(a, b Course) int { return cmp.Compare(a.ID, b.ID) })
	t := &table{p: p, replan: len(p.Previous) > 0}
	courses := indexOf(p.Courses, func(c Course) string { return c.ID })
	for _, c := range p.Courses {
		row := courseRow{least: max(c.Min, 1), most: MaxSeats}
		if c.Max > 0 {
			row.most = c.Max
		}
		for _, id := range c.After {
			row.after = append(row.after, courses[id])
		}
		t.courses = append(t.courses, row)
		t.shared = t.shared || len(c.After) > 0
	}
	slots := t.setSlots()
	t.setNeeds(slots, courses)
	t.setSpare(slots)
	t.setLocks(slots, courses)
	t.setWishes()
	return t
}

func indexOf[T any](all []T, id func(T) string) map[string]int {
	index := map[string]int{}
	for i, one := range all {
		index[id(one)] = i
	}
	return index
}

func (t *table) setSlots() map[string]int {
	names := map[string]bool{}
	for _, tr := range t.p.Trainers {
		names[tr.ID] = true
	}
	times := map[string]int{}
	for _, s := range t.p.Slots {
		for _, id := range s.Trainers {
			names[id] = true
		}
	}
	t.roster = slices.Sorted(maps.Keys(names))
	for _, s := range t.p.Slots {
		row := slotRow{seats: s.Seats, named: none, time: t.times}
		if old, known := times[s.At]; known && s.At != "" {
			row.time, t.shared = old, true
		} else {
			times[s.At] = t.times
			t.times++
		}
		if s.Trainers != nil {
			row.trainers = []int{}
		}
		for _, id := range s.Trainers {
			i, _ := slices.BinarySearch(t.roster, id)
			row.trainers = append(row.trainers, i)
		}
		slices.Sort(row.trainers)
		t.slots = append(t.slots, row)
	}
	return indexOf(t.p.Slots, func(s Slot) string { return s.ID })
}

func (t *table) setNeeds(slots, courses map[string]int) {
	services := map[string]bool{}
	for _, one := range t.p.People {
		services[one.Service] = true
	}
	t.services = slices.Sorted(maps.Keys(services))
	t.busy = make([][]int, len(t.p.People))
	for i, one := range t.p.People {
		can := make([]bool, len(t.slots))
		for s := range can {
			can[s] = one.Slots == nil
		}
		for _, id := range one.Slots {
			can[slots[id]] = true
		}
		service, _ := slices.BinarySearch(t.services, one.Service)
		own := map[int]int{} // course → need
		t.mine = append(t.mine, len(t.needs))
		for _, n := range one.Needs {
			own[courses[n.Course]] = len(t.needs)
			t.needs = append(t.needs, needRow{person: i, course: courses[n.Course], service: service, levels: n.Levels, can: can, prev: none, at: none})
		}
		for c, n := range own {
			for _, before := range t.courses[c].after {
				if b, also := own[before]; also {
					t.needs[n].first = append(t.needs[n].first, b)
				}
			}
			slices.Sort(t.needs[n].first)
		}
	}
	t.mine = append(t.mine, len(t.needs))
}

// setSpare counts, by time, who is at work, and takes off who must stay.
func (t *table) setSpare(slots map[string]int) {
	t.spare = make([]int, t.times*len(t.services))
	for _, one := range t.p.People {
		here := make([]bool, t.times)
		for s := range t.slots {
			here[t.slots[s].time] = here[t.slots[s].time] || one.always()
		}
		for _, id := range slices.Concat(one.Slots, one.AtWork) {
			here[t.slots[slots[id]].time] = true
		}
		service, _ := slices.BinarySearch(t.services, one.Service)
		for time, is := range here {
			if is {
				t.spare[t.cell(time, service)]++
			}
		}
	}
	for time := range t.times {
		for service, id := range t.services {
			t.spare[t.cell(time, service)] -= t.p.Cover[id]
		}
	}
}

// cell is the place of a service at a time in spare.
func (t *table) cell(time, service int) int { return time*len(t.services) + service }

// setLocks takes off what the locks take, and notes where people were before.
func (t *table) setLocks(slots, courses map[string]int) {
	people := indexOf(t.p.People, func(o Person) string { return o.ID })
	need := func(person, course string) int {
		i, known := people[person]
		c, also := courses[course]
		if !known || !also {
			return none
		}
		return slices.IndexFunc(t.needs, func(n needRow) bool { return n.person == i && n.course == c })
	}
	t.fixed = make([]int, len(t.slots))
	for s := range t.fixed {
		t.fixed[s] = none
	}
	for _, g := range t.p.Locked {
		s := slots[g.Slot]
		row := &t.slots[s]
		t.fixed[s], row.taken, row.closed = courses[g.Course], len(g.People), g.Closed
		if g.Trainer != "" {
			row.named, _ = slices.BinarySearch(t.roster, g.Trainer)
		}
		for _, id := range g.People {
			if n := need(id, g.Course); n != none {
				t.needs[n].at = s
				t.locked += t.needs[n].levels
				t.spare[t.cell(row.time, t.needs[n].service)]--
				t.busy[t.needs[n].person] = append(t.busy[t.needs[n].person], row.time)
			}
		}
	}
	for _, g := range t.p.Previous {
		s, known := slots[g.Slot]
		for _, id := range g.People {
			if n := need(id, g.Course); known && n != none {
				t.needs[n].prev = s
			}
		}
	}
}

// had is 1 for who had a place in the earlier plan.
func (n needRow) had() int { return min(1, n.prev-none) }

// setWishes puts the needs of each course in order: more levels first, then by person.
func (t *table) setWishes() {
	t.wishes = make([][]int, len(t.courses))
	for n, row := range t.needs {
		if row.at == none {
			t.wishes[row.course] = append(t.wishes[row.course], n)
		}
	}
	for _, w := range t.wishes {
		slices.SortStableFunc(w, func(a, b int) int { return t.needs[b].levels - t.needs[a].levels })
	}
}

// room is how many a lock leaves free in a slot for a course.
func (t *table) room(course, slot int) int {
	row := t.slots[slot]
	if row.closed {
		return 0
	}
	return max(0, min(row.seats, t.courses[course].most)-row.taken)
}

// least is how many must come to a group beside who is locked in it.
func (t *table) least(course, slot int) int {
	if t.fixed[slot] != none {
		return 0
	}
	return t.courses[course].least
}

// worth is what a plan is good for; what comes first counts first.
type worth struct {
	short  int // people that groups have too few: only a plan without any will do
	levels int
	kept   int // places that are as they were; each counts as much as a level
	groups int
}

func (w worth) plus(o worth) worth {
	return worth{w.short + o.short, w.levels + o.levels, w.kept + o.kept, w.groups + o.groups}
}

// compare is above 0 when w is better.
func (w worth) compare(o worth) int {
	return cmp.Or(cmp.Compare(o.short, w.short), cmp.Compare(w.levels+w.kept, o.levels+o.kept), cmp.Compare(w.levels, o.levels), cmp.Compare(o.groups, w.groups))
}
