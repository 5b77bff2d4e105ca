package plan

import "slices"

// ending is a plan in numbers, with what it leaves free.
type ending struct {
	s      *search
	course []int  // by slot
	at     []int  // by need: slot
	load   []int  // by slot
	spare  []int  // by time × service
	busy   []bool // by person × time
	work   []bool // by person × time: at work
	staffs map[change]bool
}

// plan writes a state out.
func (s *search) plan(st state) Plan {
	e := s.end(st)
	made := Plan{Score: s.t.locked + st.total.levels, Groups: []Group{}, Unplaced: []Unplaced{}}
	by := make([]int, len(st.course))
	s.staff.find(st.course, by)
	for slot, c := range st.course {
		if c == none {
			continue
		}
		g := Group{Slot: s.t.p.Slots[slot].ID, Course: s.t.p.Courses[c].ID, People: []string{}}
		if by[slot] != none {
			g.Trainer = s.t.roster[by[slot]]
		}
		for n, sits := range e.at {
			if sits == slot {
				g.People = append(g.People, s.t.p.People[s.t.needs[n].person].ID)
			}
		}
		slices.Sort(g.People)
		made.Groups = append(made.Groups, g)
	}
	name(s.t.p, made.Groups)
	for c, wishes := range s.t.wishes {
		wishes = slices.Clone(wishes)
		slices.Sort(wishes) // by person
		for _, n := range wishes {
			if row := s.t.needs[n]; e.at[n] == none {
				made.Unplaced = append(made.Unplaced, Unplaced{Person: s.t.p.People[row.person].ID, Course: s.t.p.Courses[c].ID, Levels: row.levels, Why: e.why(n), Remedy: e.remedy(n)})
			}
		}
	}
	return made
}

// end works out who sits where in a state, and what is left.
func (s *search) end(st state) *ending {
	t := s.t
	e := &ending{s: s, course: st.course, at: make([]int, len(t.needs)), load: make([]int, len(t.slots)), spare: slices.Clone(t.spare),
		busy: make([]bool, len(t.p.People)*t.times), work: make([]bool, len(t.p.People)*t.times), staffs: map[change]bool{}}
	for n, row := range t.needs {
		e.at[n] = row.at
	}
	if t.shared {
		for n, slot := range st.at {
			e.at[n] = max(slot, e.at[n])
		}
	} else {
		e.collect(st.course)
	}
	for n, slot := range e.at {
		if slot == none {
			continue
		}
		row, time := t.needs[n], t.slots[slot].time
		e.load[slot]++
		e.busy[row.person*t.times+time] = true
		if row.at == none {
			e.spare[t.cell(time, row.service)]--
		}
	}
	slots := indexOf(t.p.Slots, func(o Slot) string { return o.ID })
	for i, one := range t.p.People {
		for time := range t.times {
			e.work[i*t.times+time] = one.always()
		}
		for _, id := range slices.Concat(one.Slots, one.AtWork) {
			e.work[i*t.times+t.slots[slots[id]].time] = true
		}
	}
	return e
}

// collect seats each course once more, to see who sits where.
func (e *ending) collect(course []int) {
	sit := e.s.sit
	for c, wishes := range e.s.t.wishes {
		slots := slotsOf(c, course)
		copy(sit.spare, e.s.t.spare)
		sit.begin(c, slots)
		sit.run()
		for _, n := range wishes {
			if k := sit.at[n]; k != none {
				e.at[n] = slots[k]
			}
		}
	}
}

// left is how many of the need's service may still go at a time when the person goes too, whether at work then or not:
// 0 or more is enough.
func (e *ending) left(n, time int) int {
	row := e.s.t.needs[n]
	left := e.spare[e.s.t.cell(time, row.service)]
	if e.work[row.person*e.s.t.times+time] {
		left--
	}
	return left
}

func (e *ending) busyAt(n, time int) bool { return e.busy[e.s.t.needs[n].person*e.s.t.times+time] }

// missing is the first course that must come before a need and that the person isn't placed in.
func (e *ending) missing(n int) int {
	for _, f := range e.s.t.needs[n].first {
		if e.at[f] == none {
			return e.s.t.needs[f].course
		}
	}
	return none
}

// staffed tells whether one more group could have a trainer.
func (e *ending) staffed(slot, c int) bool {
	key := change{slot, c}
	can, known := e.staffs[key]
	if !known {
		course := slices.Clone(e.course)
		course[slot] = c
		can = e.s.staff.possible(c, slot) && e.s.staff.find(course, nil)
		e.staffs[key] = can
	}
	return can
}

// together counts who could come to a new group with n: those without a place in the course who can come in the slot, as
// their services allow, and n, up to most. In an extra slot, none, everybody can come and is at work.
func (e *ending) together(n, slot, most int) int {
	t := e.s.t
	count, gone := 1, make([]int, len(t.services))
	gone[t.needs[n].service]++
	for _, m := range t.wishes[t.needs[n].course] {
		row := t.needs[m]
		if m == n || e.at[m] != none || e.missing(m) != none || count >= most {
			continue
		}
		var free int
		if slot == none {
			free = e.s.headcount(row.service) - t.p.Cover[t.services[row.service]]
		} else {
			time := t.slots[slot].time
			if !row.can[slot] || e.busyAt(m, time) || !e.s.ready(e.at, m, time) {
				continue
			}
			free = e.spare[t.cell(time, row.service)]
			if row.service == t.needs[n].service && !e.work[t.needs[n].person*t.times+time] {
				free++ // n comes in and goes on
			}
		}
		if gone[row.service] < free {
			gone[row.service]++
			count++
		}
	}
	return count
}

func (s *search) headcount(service int) (n int) {
	for _, one := range s.t.p.People {
		if one.Service == s.t.services[service] {
			n++
		}
	}
	return n
}

// why says what stands between a need and a group: of all that does, what comes nearest to a place.
func (e *ending) why(n int) Why {
	row := e.s.t.needs[n]
	if e.missing(n) != none {
		return WhyOrder
	}
	seen := map[Why]bool{}
	for slot, c := range e.course {
		if row.can[slot] {
			seen[e.whyIn(n, slot, c)] = true
		}
	}
	for _, why := range []Why{WhySeats, WhyCover, WhyTrainer, WhySmall, WhyBusy, WhyOrder, WhyTaken} {
		if seen[why] {
			return why
		}
	}
	return WhyNoSlot
}

// whyIn is why for one slot, in which the course c is.
func (e *ending) whyIn(n, slot, c int) Why {
	t, own := e.s.t, e.s.t.needs[n].course
	time := t.slots[slot].time
	switch {
	case c != none && c != own:
		return WhyTaken
	case e.busyAt(n, time):
		return WhyBusy
	case !e.s.ready(e.at, n, time):
		return WhyOrder
	case c == own && e.full(own, slot), t.room(own, slot) == 0:
		return WhySeats
	case e.left(n, time) < 0:
		return WhyCover
	case c == none && e.together(n, slot, t.room(own, slot)) < t.courses[own].least:
		return WhySmall
	}
	return WhyTrainer
}

// full tells whether nobody can join a group.
func (e *ending) full(c, slot int) bool {
	row := e.s.t.slots[slot]
	return row.closed || e.load[slot] >= min(row.seats, e.s.t.courses[c].most)
}

// remedy looks for the cheapest change that meets a need.
func (e *ending) remedy(n int) Remedy {
	t, own := e.s.t, e.s.t.needs[n].course
	if c := e.missing(n); c != none {
		return Remedy{Steps: []Step{StepBefore}, Course: t.p.Courses[c].ID}
	}
	best, least := e.extra(n)
	for slot, c := range e.course {
		time := t.slots[slot].time
		if c != none && c != own || t.slots[slot].closed || e.busyAt(n, time) || !e.s.ready(e.at, n, time) || t.slots[slot].seats == 0 {
			continue
		}
		if r, cost := e.remedyIn(n, slot); cost > 0 && cost < least {
			best, least = r, cost
		}
	}
	return best
}

// remedyIn is what it takes to bring a need into a slot, in the group that is there or a new one, and what that costs.
func (e *ending) remedyIn(n, slot int) (r Remedy, cost int) {
	t, row := e.s.t, e.s.t.needs[n]
	time := t.slots[slot].time
	r.Slot = t.p.Slots[slot].ID
	add := func(s Step, c int) { r.Steps, cost = append(r.Steps, s), cost+c }
	if !row.can[slot] {
		add(StepTime, costTime)
	}
	fresh := e.course[slot] == none
	r.People = e.load[slot] + 1
	if fresh {
		r.People = e.together(n, slot, t.room(row.course, slot))
	} else if e.full(row.course, slot) {
		add(StepSeat, costSeat)
	}
	if left := e.left(n, time); left < 0 {
		add(StepCover, costCover)
		r.Stay = t.p.Cover[t.services[row.service]] + left
	}
	if fresh && !e.staffed(slot, row.course) {
		add(StepTrainer, costTrainer)
	}
	if short := t.courses[row.course].least - r.People; fresh && short > 0 {
		add(StepMin, costMin+short*smallEach)
	}
	return r, cost
}

// extra is what it takes to meet a need in a slot that isn't there.
func (e *ending) extra(n int) (r Remedy, cost int) {
	t, row := e.s.t, e.s.t.needs[n]
	add := func(s Step, c int) { r.Steps, cost = append(r.Steps, s), cost+c }
	add(StepSlot, costSlot)
	r.People = e.together(n, none, t.courses[row.course].most)
	if cover, all := t.p.Cover[t.services[row.service]], e.s.headcount(row.service); all <= cover {
		add(StepCover, costCover)
		r.Stay = all - 1
	}
	if short := t.courses[row.course].least - r.People; short > 0 {
		add(StepMin, costMin+short*smallEach)
	}
	return r, cost
}
