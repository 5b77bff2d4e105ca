package plan

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Options of Solve. The zero value is as usual.
type Options struct {
	Iterations int    // tries of the local search; 0: usualIterations
	Seed       uint64 // of its choices
}

const (
	usualIterations = 10000
	wholeLimit      = 3000 // choices of courses for all slots that are still looked through one by one
	wholeNeeds      = 24   // the same, of needs, where rooms share a time
	leastBack       = 3    // levels that a try may lose at first, at least
	pairSlots       = 60   // slots up to which all pairs are tried at the end
)

// search looks for the course of each slot.
type search struct {
	t       *table
	ctx     context.Context
	sit     *sitting
	staff   *staff
	memo    map[string]worth // of a course in slots, where courses don't touch each other
	key     []byte
	options [][]int // by slot: courses that could be given
	free    []int   // slots with options
	whole   bool    // everything is looked through
}

// state is a course for each slot, and what that is worth.
type state struct {
	course []int   // by slot
	by     []worth // by course, where courses don't touch each other
	at     []int   // by need: slot, where they do
	total  worth
}

func newSearch(ctx context.Context, t *table) *search {
	s := &search{t: t, ctx: ctx, sit: t.newSitting(), staff: t.newStaff(), memo: map[string]worth{}, options: make([][]int, len(t.slots))}
	for slot := range t.slots {
		if t.fixed[slot] != none {
			continue
		}
		for c := range t.courses {
			if s.possible(c, slot) {
				s.options[slot] = append(s.options[slot], c)
			}
		}
		if len(s.options[slot]) > 0 {
			s.free = append(s.free, slot)
		}
	}
	all := 1
	for _, slot := range s.free {
		all = min(all*(1+len(s.options[slot])), wholeLimit+1)
	}
	s.whole = all <= wholeLimit && (!t.shared || len(t.needs) <= wholeNeeds)
	return s
}

// possible tells whether a slot could ever hold a group of a course.
func (s *search) possible(c, slot int) bool {
	if s.t.room(c, slot) < s.t.courses[c].least || !s.staff.possible(c, slot) {
		return false
	}
	come := 0
	for _, n := range s.t.wishes[c] {
		if s.t.needs[n].can[slot] && s.t.spare[s.t.cell(s.t.slots[slot].time, s.t.needs[n].service)] > 0 {
			come++
		}
	}
	return come >= s.t.courses[c].least
}

// start is what is locked, and nothing else; with the earlier plan, as far as it can be.
func (s *search) start() state {
	st := state{course: slices.Clone(s.t.fixed), by: make([]worth, len(s.t.courses))}
	if s.t.shared {
		st.at = make([]int, len(s.t.needs))
		for n := range st.at {
			st.at[n] = none
		}
	}
	st = s.worth(st, nil)
	slots := indexOf(s.t.p.Slots, func(o Slot) string { return o.ID })
	courses := indexOf(s.t.p.Courses, func(c Course) string { return c.ID })
	var before []change
	for _, g := range s.t.p.Previous {
		slot, known := slots[g.Slot]
		c, also := courses[g.Course]
		if known && also && slices.Contains(s.options[slot], c) {
			before = append(before, change{slot, c})
		}
	}
	if all, ok := s.with(st, before...); ok && all.total.short == 0 {
		return all
	}
	for _, one := range before {
		if more, ok := s.with(st, one); ok && more.total.short == 0 {
			st = more
		}
	}
	return st
}

// change gives a slot a course, or none.
type change struct{ slot, course int }

// with is a state with changes; false: the slots can't have trainers for it.
func (s *search) with(st state, changes ...change) (state, bool) {
	next := state{course: slices.Clone(st.course), by: slices.Clone(st.by), at: slices.Clone(st.at)}
	var touched []int
	for _, c := range changes {
		touched = append(touched, next.course[c.slot], c.course)
		next.course[c.slot] = c.course
	}
	if !s.staff.find(next.course, nil) {
		return st, false
	}
	slices.Sort(touched)
	return s.worth(next, slices.Compact(touched)), true
}

// worth works out what a state is worth, of which the courses that are touched have changed; nil: all.
func (s *search) worth(st state, touched []int) state {
	if s.t.shared {
		st.total = s.turns(&st, touched)
		return st
	}
	st.total = worth{}
	for c := range s.t.courses {
		if touched == nil || slices.Contains(touched, c) {
			st.by[c] = s.alone(c, st.course)
		}
		st.total = st.total.plus(st.by[c])
	}
	return st
}

// alone is what a course is worth in the slots that it has.
func (s *search) alone(c int, course []int) worth {
	slots := slotsOf(c, course)
	if len(slots) == 0 {
		return worth{}
	}
	s.key = append(s.key[:0], byte(c), byte(c>>8))
	for _, slot := range slots {
		s.key = append(s.key, byte(slot), byte(slot>>8))
	}
	if w, known := s.memo[string(s.key)]; known {
		return w
	}
	copy(s.sit.spare, s.t.spare)
	s.sit.begin(c, slots)
	w := s.sit.run()
	s.memo[string(s.key)] = w
	return w
}

func slotsOf(c int, course []int) (slots []int) {
	for slot, has := range course {
		if has == c {
			slots = append(slots, slot)
		}
	}
	return slots
}

// best looks for the best state.
func (s *search) best(o Options) (state, error) {
	if s.whole {
		return s.all()
	}
	best, err := s.climb(s.start(), false)
	if err != nil {
		return best, err
	}
	if best, err = s.wander(best, o); err != nil {
		return best, err
	}
	return s.climb(best, true)
}

// all looks through everything.
func (s *search) all() (best state, err error) {
	best = s.start()
	now := slices.Clone(s.t.fixed)
	var visit func(i int) error
	visit = func(i int) error {
		if i < len(s.free) {
			for _, c := range append(slices.Clone(s.options[s.free[i]]), none) { // of plans that are as good, the earlier slots
				now[s.free[i]] = c
				if err := visit(i + 1); err != nil {
					return err
				}
			}
			return nil
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if !s.staff.find(now, nil) {
			return nil
		}
		st := state{course: slices.Clone(now), by: make([]worth, len(s.t.courses)), at: slices.Clone(best.at)}
		if s.t.shared {
			st.total = s.exactly(&st, best.total)
		} else {
			st = s.worth(st, nil)
		}
		if st.total.compare(best.total) > 0 {
			best = st
		}
		return nil
	}
	return best, visit(0)
}

// climb takes the best change of one slot as long as one helps; pairs: then also of two.
func (s *search) climb(st state, pairs bool) (state, error) {
	for {
		next, err := s.step(st, pairs)
		if err != nil || next.total.compare(st.total) <= 0 {
			return st, err
		}
		st = next
	}
}

// step is the best state that one change away is, or, where none is better and pairs are asked for, two.
func (s *search) step(st state, pairs bool) (state, error) {
	best := st
	try := func(changes ...change) error {
		if next, ok := s.with(st, changes...); ok && next.total.compare(best.total) > 0 {
			best = next
		}
		return s.ctx.Err()
	}
	for _, slot := range s.free {
		for _, c := range append([]int{none}, s.options[slot]...) {
			if c == st.course[slot] {
				continue
			}
			if err := try(change{slot, c}); err != nil {
				return best, err
			}
		}
	}
	if !pairs || best.total.compare(st.total) > 0 || len(s.free) > pairSlots {
		return best, nil
	}
	for _, from := range s.free {
		if st.course[from] == none {
			continue
		}
		for _, to := range s.free {
			for _, c := range s.options[to] {
				if to == from || st.course[to] == c {
					continue
				}
				for _, back := range slices.Compact([]int{none, st.course[to]}) {
					if back != none && !slices.Contains(s.options[from], back) {
						continue
					}
					if err := try(change{from, back}, change{to, c}); err != nil {
						return best, err
					}
				}
			}
		}
	}
	return best, nil
}

// wander is a local search that takes a step back now and then: at first one of a quarter of what a group is worth, and less and
// less (threshold accepting, in whole numbers).
func (s *search) wander(now state, o Options) (best state, err error) {
	best = now
	if len(s.free) == 0 {
		return best, nil
	}
	chance := rand.New(rand.NewPCG(o.Seed, 0))
	tries := cmp.Or(max(o.Iterations, 0), usualIterations)
	back := max(leastBack, now.total.levels/max(1, now.total.groups)/4)
	for i := range tries {
		if err := s.ctx.Err(); err != nil {
			return best, err
		}
		next, ok := s.with(now, s.draw(now, chance)...)
		lost := now.total.levels + now.total.kept - next.total.levels - next.total.kept
		if ok && next.total.short == 0 && (next.total.compare(now.total) >= 0 || lost <= chance.IntN(1+back*(tries-i)/tries)) {
			now = next
		}
		if now.total.compare(best.total) > 0 {
			best = now
		}
	}
	return best, nil
}

// draw picks a change by chance.
func (s *search) draw(now state, chance *rand.Rand) []change {
	a, b := s.free[chance.IntN(len(s.free))], s.free[chance.IntN(len(s.free))]
	other := s.options[a][chance.IntN(len(s.options[a]))]
	switch what := chance.IntN(6); {
	case what == 0:
		return []change{{a, none}}
	case what <= 2 || a == b:
		return []change{{a, other}}
	case what == 3 && s.allows(a, now.course[b]) && s.allows(b, now.course[a]):
		return []change{{a, now.course[b]}, {b, now.course[a]}}
	}
	return []change{{b, none}, {a, other}}
}

func (s *search) allows(slot, course int) bool {
	return course == none || slices.Contains(s.options[slot], course)
}

// Solve makes a plan. The same problem and options give the same plan. It returns an *data.Invalid for a problem that is
// not in order, and the error of ctx when that ends first: time never decides what the plan is.
func Solve(ctx context.Context, p Problem, o Options) (Plan, error) {
	if err := p.Check(); err != nil {
		return Plan{}, fmt.Errorf("plan groups: %w", err)
	}
	t := newTable(p)
	s := newSearch(ctx, t)
	best, err := s.best(o)
	if err != nil {
		return Plan{}, fmt.Errorf("plan groups: %w", err)
	}
	made := s.plan(best)
	if broken := Verify(p, made); len(broken) > 0 {
		return Plan{}, fmt.Errorf("plan groups: the plan breaks %s: want %s, got %s", broken[0].Why, broken[0].Want, broken[0].Got)
	}
	return made, nil
}
