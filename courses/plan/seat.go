package plan

import (
	"cmp"
	"slices"
)

// sitting seats the people of one course in the slots that it has: need → service at the time → slot. Which needs get a
// seat is a matroid, so that taking them one by one, the largest first, gives the most levels; paths through the flow only
// ever move somebody to another slot. A basis can always be spread so that every group has its minimum, if any set can
// (Pym's linkage theorem), so that minimum sizes cost no levels and are seen to last.
//
// One sitting serves many problems of the same table, one after the other.
type sitting struct {
	t      *table
	course int
	slots  []int               // of the course
	spare  []int               // by time × service: what is left of it
	may    func(n, s int) bool // whether a need may be met in a slot, beside being able to come; nil: yes

	room []int   // by index in slots: free seats
	low  []int   // by index: people who must come
	in   [][]int // by index: needs
	at   []int   // by need: index in slots

	stamp  int
	whole  []int // by index: the stamp of the search that looked at all people in it; dead ones stay
	part   []int // by index × service: the same for the people of a service
	queued []int // by need: stamp
	from   []int // by need: whose move asks for this one's
	to     []int // by need: the index that it moves to
	queue  []int
	trail  []hop
}

const dead = -1 // no free seat can be reached from here any more

func (t *table) newSitting() *sitting {
	n := len(t.needs)
	s := &sitting{t: t, spare: make([]int, len(t.spare)), at: make([]int, n), queued: make([]int, n), from: make([]int, n), to: make([]int, n)}
	for i := range s.at {
		s.at[i] = none
	}
	return s
}

// begin opens an empty sitting of a course in slots. spare must be set; it is used up.
func (s *sitting) begin(course int, slots []int) {
	s.course, s.slots = course, slots
	for _, n := range s.t.wishes[course] {
		s.at[n] = none
	}
	s.room, s.low = s.room[:0], s.low[:0]
	for len(s.in) < len(slots) {
		s.in = append(s.in, nil)
	}
	for k, slot := range slots {
		s.room = append(s.room, s.t.room(course, slot))
		s.low = append(s.low, s.t.least(course, slot))
		s.in[k] = s.in[k][:0]
	}
	s.revive()
}

// revive forgets what was found to be dead.
func (s *sitting) revive() {
	k := len(s.slots)
	s.whole = slices.Grow(s.whole[:0], k)[:k]
	s.part = slices.Grow(s.part[:0], k*len(s.t.services))[:k*len(s.t.services)]
	clear(s.whole)
	clear(s.part)
	s.stamp = 0
	clear(s.queued)
}

// run seats as well as can be and tells what that is worth: of this course's free needs and groups alone.
func (s *sitting) run() worth {
	wishes := s.t.wishes[s.course]
	for _, n := range s.queueUp(wishes) {
		s.seat(n)
	}
	if s.t.replan {
		s.settle()
	}
	w := worth{groups: len(s.slots)}
	for k := range s.slots {
		for len(s.in[k]) < s.low[k] && s.fill(k) {
		}
		w.short += max(0, s.low[k]-len(s.in[k]))
	}
	for _, n := range wishes {
		if k := s.at[n]; k != none {
			w.levels += s.t.needs[n].levels
			if s.t.needs[n].prev == s.slots[k] {
				w.kept++
			}
		}
	}
	return w
}

// queueUp gives needs in the order in which they get a seat: the larger first. That a place of the earlier plan can stay counts
// as a level more.
func (s *sitting) queueUp(wishes []int) []int {
	if !s.t.replan {
		return wishes
	}
	stays := map[int]int{}
	for _, n := range wishes {
		if k := slices.Index(s.slots, s.t.needs[n].prev); k >= 0 && s.room[k] > 0 && s.spare[s.cell(n, k)] > 0 && s.fits(n, k) {
			stays[n] = 1
		}
	}
	wishes = slices.Clone(wishes)
	slices.SortStableFunc(wishes, func(a, b int) int {
		x, y := s.t.needs[a].levels+stays[a], s.t.needs[b].levels+stays[b]
		return cmp.Or(y-x, stays[b]-stays[a])
	})
	return wishes
}

// fits tells whether a need may be met at an index, were there a seat.
func (s *sitting) fits(n, k int) bool {
	return s.t.needs[n].can[s.slots[k]] && (s.may == nil || s.may(n, s.slots[k]))
}

func (s *sitting) cell(n, k int) int {
	return s.t.cell(s.t.slots[s.slots[k]].time, s.t.needs[n].service)
}

// put moves a need to an index; none takes it out.
func (s *sitting) put(n, k int) {
	if old := s.at[n]; old != none {
		s.in[old] = slices.DeleteFunc(s.in[old], func(o int) bool { return o == n })
		s.room[old]++
		s.spare[s.cell(n, old)]++
	}
	if s.at[n] = k; k != none {
		s.in[k] = append(s.in[k], n)
		s.room[k]--
		s.spare[s.cell(n, k)]--
	}
}

// seat finds a seat for a need, by the shortest path: others move where they must, and nobody loses a seat.
func (s *sitting) seat(n int) bool {
	s.stamp++
	s.queue = append(s.queue[:0], n)
	s.queued[n], s.from[n] = s.stamp, none
	for i := 0; i < len(s.queue); i++ {
		m := s.queue[i]
		for k := range s.slots {
			if k == s.at[m] || !s.fits(m, k) {
				continue
			}
			if s.room[k] > 0 && s.spare[s.cell(m, k)] > 0 {
				return s.walk(m, k)
			}
			s.ask(m, k)
		}
	}
	for k, seen := range s.whole {
		if seen == s.stamp {
			s.whole[k] = dead
		}
	}
	for k, seen := range s.part {
		if seen == s.stamp {
			s.part[k] = dead
		}
	}
	return false
}

// ask queues the people at an index who make room for m when they go.
func (s *sitting) ask(m, k int) {
	service, all := s.t.needs[m].service, s.spare[s.cell(m, k)] > 0
	mark := &s.part[k*len(s.t.services)+service]
	if all {
		mark = &s.whole[k]
	}
	if *mark == dead || *mark == s.stamp {
		return
	}
	*mark = s.stamp
	for _, o := range s.in[k] {
		if s.queued[o] != s.stamp && (all || s.t.needs[o].service == service) {
			s.queued[o], s.from[o], s.to[o] = s.stamp, m, k
			s.queue = append(s.queue, o)
		}
	}
	if all || s.room[k] == 0 || !s.t.shared {
		return
	}
	for j := range s.slots { // a colleague who goes from the other room lets m go
		if j == k || s.t.slots[s.slots[j]].time != s.t.slots[s.slots[k]].time {
			continue
		}
		for _, o := range s.in[j] {
			if s.queued[o] != s.stamp && s.t.needs[o].service == service {
				s.queued[o], s.from[o], s.to[o] = s.stamp, m, k
				s.queue = append(s.queue, o)
			}
		}
	}
}

// hop is a move that can be taken back.
type hop struct{ need, was int }

// walk moves m to k, who asked for that to where m leaves room, and so on back to who had no seat.
func (s *sitting) walk(m, k int) bool {
	s.trail = s.trail[:0]
	for m != none {
		s.trail = append(s.trail, hop{m, s.at[m]})
		next, to := s.from[m], s.to[m]
		s.put(m, k)
		m, k = next, to
	}
	return s.sound()
}

// sound tells whether nothing that the trail touched is overdrawn, and else takes the trail back. Only where rooms share a
// time can it be.
func (s *sitting) sound() bool {
	if !slices.ContainsFunc(s.trail, func(st hop) bool {
		k := s.at[st.need]
		return s.room[k] < 0 || s.spare[s.cell(st.need, k)] < 0
	}) {
		return true
	}
	for _, st := range slices.Backward(s.trail) {
		s.put(st.need, st.was)
	}
	return false
}

// fill brings one person more to an index that has too few, from a group that has more than it needs, by way of others.
func (s *sitting) fill(k int) bool {
	if s.room[k] == 0 {
		return false
	}
	s.stamp++
	s.queue = append(s.queue[:0], none)
	for i := 0; i < len(s.queue); i++ {
		left, hole := s.queue[i], k // who would leave the hole
		if left != none {
			hole = s.at[left]
		}
		for j := range s.slots {
			for _, m := range s.in[j] {
				if j == hole || s.queued[m] == s.stamp || !s.fits(m, hole) || !s.lets(m, left, hole) {
					continue
				}
				s.queued[m], s.from[m], s.to[m] = s.stamp, left, hole
				if len(s.in[j]) > s.low[j] {
					return s.shift(m)
				}
				s.queue = append(s.queue, m)
			}
		}
	}
	return false
}

// lets tells whether the service of m can miss m at an index when left goes from there.
func (s *sitting) lets(m, left, k int) bool {
	same := s.t.slots[s.slots[s.at[m]]].time == s.t.slots[s.slots[k]].time
	return same || s.spare[s.cell(m, k)] > 0 || left != none && s.t.needs[left].service == s.t.needs[m].service
}

// shift moves m into the hole that it was asked to fill, and who leaves that into the next.
func (s *sitting) shift(m int) bool {
	s.trail = s.trail[:0]
	for m != none {
		s.trail = append(s.trail, hop{m, s.at[m]})
		next := s.from[m]
		s.put(m, s.to[m])
		m = next
	}
	return s.sound()
}

// settle brings who has a seat back to where the earlier plan had them, as far as all keep a seat.
func (s *sitting) settle() {
	var seated []hop
	for _, n := range s.t.wishes[s.course] {
		if s.at[n] != none {
			seated = append(seated, hop{n, s.at[n]})
			s.put(n, none)
		}
	}
	s.revive()
	for _, st := range seated {
		if k := slices.Index(s.slots, s.t.needs[st.need].prev); k >= 0 && s.room[k] > 0 && s.spare[s.cell(st.need, k)] > 0 && s.fits(st.need, k) {
			s.put(st.need, k)
		}
	}
	for _, st := range seated {
		if s.at[st.need] == none && !s.seat(st.need) { // only where rooms share a time
			for _, st := range seated {
				s.put(st.need, none)
			}
			for _, st := range seated {
				s.put(st.need, st.was)
			}
			return
		}
	}
}
