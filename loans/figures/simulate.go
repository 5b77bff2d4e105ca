package figures

import (
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/loans"
)

// World is what happened: everything that touches a period.
type World struct {
	Period
	Today   string
	Loans   []Past // those begun before the period only take room
	Wishes  []Wish
	Devices []Unit
}

// Figures is what a period of lending came to.
type Figures struct {
	Loans      int64
	Refused    int64 // loans that could not have been made
	Why        map[data.Why]int64
	NoRenewal  int64 // renewals that could not have been made
	Late       int64 // loans that came back after the due day, or are late now
	LateDays   int64
	Fines      int64 // cents
	Blocked    int64 // loans after which somebody was blocked
	BlockDays  int64
	Deposits   int64 // loans with a deposit
	Deposit    int64 // cents asked
	Fee        int64 // cents asked
	DeviceDays int64 // days on which a device was out, added up
	Wishes     int64 // asked for and not had
	Granted    int64 // of the wishes of the register, those that a device was left for
	Empty      map[string]int
	Unknown    int64 // loans of whom nobody knows any more who it was
}

// Simulate gives the figures of a world as it went, and as it would have gone by another regulation. It assumes that
// people ask and renew as often as they did, and bring a device back as many days before or after the due day as they
// did. A reason that stood in the way of a loan that was made all the same doesn't count against it. The same
// regulation gives the same figures twice.
func Simulate(w World, r loans.Regulation) (was, would Figures) {
	s := simulation{World: w, rules: r, today: day(w.Today), was: newSide(w), now: newSide(w)}
	s.Loans = slices.Clone(s.Loans)
	slices.SortStableFunc(s.Loans, func(a, b Past) int { return strings.Compare(a.Lent, b.Lent) })
	wishes := slices.Clone(w.Wishes)
	slices.SortStableFunc(wishes, func(a, b Wish) int { return strings.Compare(a.From, b.From) })
	for _, p := range s.Loans {
		for len(wishes) > 0 && wishes[0].From < p.Lent {
			s.wish(wishes[0])
			wishes = wishes[1:]
		}
		s.loan(p)
	}
	for _, one := range wishes {
		s.wish(one)
	}
	return s.was.close(), s.now.close()
}

// simulation walks through a world twice at once.
type simulation struct {
	World
	rules    loans.Regulation
	today    time.Time
	was, now *side
}

// loan takes one loan in.
func (s *simulation) loan(p Past) {
	if p.Lent < s.From || p.Lent > s.To { // it only takes room
		s.was.holds(p, p.was(), p.rules(), s.today)
		s.now.holds(p, p.was(), p.rules(), s.today)
		return
	}
	rules := s.rules
	if p.Kept {
		rules = p.rules()
	}
	old, now := p.was(), p.by(rules, s.today)
	reasons := s.now.against(p, rules)
	for _, why := range s.was.against(p, p.rules()) {
		delete(reasons, why)
	}
	s.was.counts(p, old, p.rules(), s.today)
	s.was.holds(p, old, p.rules(), s.today)
	if len(reasons) > 0 {
		s.now.refuses(reasons)
		return
	}
	s.now.f.NoRenewal += p.Renewals - p.renewed(rules)
	s.now.counts(p, now, rules, s.today)
	s.now.holds(p, now, rules, s.today)
}

// wish takes one wish in. It is had when a device is left for it on each of its days and none was.
func (s *simulation) wish(w Wish) {
	if w.From < s.From || w.From > s.To {
		return
	}
	s.was.f.Wishes++
	from, to := day(w.From), later(day(w.To), 1)
	if s.now.left(w.TypeID, from, to) > 0 && s.was.left(w.TypeID, from, to) <= 0 {
		s.now.f.Granted++
		s.now.takes(w.TypeID, from, to, int(s.rules.Or(w.Category, w.TypeID, loans.GapDays, 0)))
		return
	}
	s.now.f.Wishes++
}
