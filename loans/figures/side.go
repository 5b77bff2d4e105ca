package figures

import (
	"time"

	"digibrug/data"
	"digibrug/loans"
)

// side is one of the two worlds of a simulation, as far as it went.
type side struct {
	Period
	f      Figures
	people map[string]*person
	houses map[string][]held
	units  map[string][]int // by type: how many devices there are on each day of the period
	out    map[string][]int // by type: how many are out
	busy   map[string][]int // the same, with the service days after
}

// held is days on which somebody had a device; a zero end is not over.
type held struct{ from, end time.Time }

func (h held) on(at time.Time) bool {
	return !at.Before(h.from) && (h.end.IsZero() || at.Before(h.end))
}

// person is what a borrower had in a world.
type person struct {
	had    []held
	blocks []loans.Block
}

func newSide(w World) *side {
	s := &side{Period: w.Period, f: Figures{Why: map[data.Why]int64{}, Empty: map[string]int{}}, people: map[string]*person{}, houses: map[string][]held{},
		units: map[string][]int{}, out: map[string][]int{}, busy: map[string][]int{}}
	for _, u := range w.Devices {
		perDay := room(s.units, u.TypeID, w.Days())
		for _, span := range u.Here {
			add(perDay, w.Period, day(span.From), endOf(span))
		}
	}
	return s
}

// endOf is the day after a span; zero for one without an end.
func endOf(s Span) time.Time {
	if s.To == "" {
		return time.Time{}
	}
	return later(day(s.To), 1)
}

// room gives the days of a type.
func room(of map[string][]int, typeID string, n int) []int {
	if of[typeID] == nil {
		of[typeID] = make([]int, n)
	}
	return of[typeID]
}

// add counts one more on each day from one to before another.
func add(perDay []int, p Period, from, end time.Time) {
	first, last := p.clip(from, end)
	for i := first; i < last; i++ {
		perDay[i]++
	}
}

// left is the least of the devices of a type that are left on the days from one to before another; 0 outside the
// period.
func (s *side) left(typeID string, from, end time.Time) int {
	first, last := s.clip(from, end)
	if first >= last || s.units[typeID] == nil {
		return 0
	}
	busy := room(s.busy, typeID, s.Days())
	least := s.units[typeID][first] - busy[first]
	for i := first + 1; i < last; i++ {
		least = min(least, s.units[typeID][i]-busy[i])
	}
	return least
}

// takes keeps a device of a type from others.
func (s *side) takes(typeID string, from, end time.Time, gap int) {
	add(room(s.out, typeID, s.Days()), s.Period, from, end)
	if !end.IsZero() {
		end = later(end, gap)
	}
	add(room(s.busy, typeID, s.Days()), s.Period, from, end)
}

// standing is how a borrower stands on the day of a loan. Nothing is known of who was unlinked.
func (s *side) standing(p Past) loans.Standing {
	st := loans.Standing{Category: p.Category, AgeMonths: p.Months}
	at := day(p.Lent)
	if of := s.people[p.Who]; p.Who != "" && of != nil {
		for _, h := range of.had {
			if h.on(at) {
				st.Open++
			}
			if h.from.Year() == at.Year() {
				st.ThisYear++
			}
		}
		st.Blocks = of.blocks
	}
	if of := s.people[p.Guardian]; p.Guardian != "" && of != nil {
		st.Blocks = append(append([]loans.Block(nil), st.Blocks...), of.blocks...)
	}
	st.OpenHousehold = st.Open
	if p.House != "" && p.Who != "" {
		st.OpenHousehold = 0
		for _, h := range s.houses[p.House] {
			if h.on(at) {
				st.OpenHousehold++
			}
		}
	}
	return st
}

// against gives what stands in the way of a loan: the regulation, or that no device is left.
func (s *side) against(p Past, r loans.Regulation) map[data.Why]data.Why {
	all := map[data.Why]data.Why{}
	st := s.standing(p)
	for _, refusal := range r.MayLend(st, p.TypeID, p.Lent) {
		all[refusal.Why] = refusal.Why
	}
	if p.Who == "" { // limits per person, of nobody knows whom
		for _, why := range []data.Why{loans.WhyMostLoans, loans.WhyMostHousehold, loans.WhyMostYear} {
			delete(all, why)
		}
	}
	if most, set := r.Get(p.Category, p.TypeID, loans.MostDays); set && p.Booked && int64(days(day(p.Lent), day(p.Due)))+1 > most {
		all[loans.WhyTooLong] = loans.WhyTooLong
	}
	if first, last := s.clip(day(p.Lent), later(day(p.Lent), 1)); first < last && s.units[p.TypeID] != nil &&
		room(s.out, p.TypeID, s.Days())[first] >= s.units[p.TypeID][first] {
		all[loans.WhyTaken] = loans.WhyTaken
	}
	return all
}

// refuses counts a loan that could not be made, once for each reason.
func (s *side) refuses(reasons map[data.Why]data.Why) {
	s.f.Refused++
	for why := range reasons {
		s.f.Why[why]++
	}
}

// late is what being late came to. For clients of the OCMW there is a talk and no fine and no block.
func late(p Past, r run, by loans.Regulation, today time.Time) loans.Late {
	if p.Category == loans.Client || r.lost || r.back.IsZero() {
		return loans.Late{}
	}
	return by.Late(p.Category, p.TypeID, r.due, r.on(today))
}

// counts adds a loan to the figures.
func (s *side) counts(p Past, r run, by loans.Regulation, today time.Time) {
	s.f.Loans++
	if p.Who == "" {
		s.f.Unknown++
	}
	if n := days(r.due, r.on(today)); n > 0 && !r.lost {
		s.f.Late++
		s.f.LateDays += int64(n)
	}
	l := late(p, r, by, today)
	s.f.Fines += l.Cents
	if l.Block > 0 {
		s.f.Blocked++
		s.f.BlockDays += l.Block
	}
	deposit := asked(by.Or(p.Category, p.TypeID, loans.DepositCents, 0), p.Rules[loans.DepositCents], p.Deposit)
	if deposit > 0 {
		s.f.Deposits++
		s.f.Deposit += deposit
	}
	s.f.Fee += asked(by.Or(p.Category, p.TypeID, loans.FeeCents, 0), p.Rules[loans.FeeCents], p.Fee)
	end := r.end()
	if end.IsZero() {
		end = later(today, 1)
	}
	s.f.DeviceDays += int64(max(1, days(r.lent, end)))
}

// asked is what is asked by a figure, when of another figure only a part was asked: the tariff stays.
func asked(figure, was, had int64) int64 {
	if was == 0 {
		return figure
	}
	return figure * had / was
}

// holds keeps the device of a loan from others, and remembers it for the limits of its borrower.
func (s *side) holds(p Past, r run, by loans.Regulation, today time.Time) {
	h := held{r.lent, r.end()}
	s.takes(p.TypeID, h.from, h.end, int(by.Or(p.Category, p.TypeID, loans.GapDays, 0)))
	if p.Who == "" {
		return
	}
	of := s.people[p.Who]
	if of == nil {
		of = &person{}
		s.people[p.Who] = of
	}
	of.had = append(of.had, h)
	if p.House != "" {
		s.houses[p.House] = append(s.houses[p.House], h)
	}
	if l := late(p, r, by, today); l.Block > 0 {
		of.blocks = append(of.blocks, loans.Block{From: r.back.Format(data.DayLayout), Until: later(r.back, int(l.Block)-1).Format(data.DayLayout)})
	}
}

// close counts the days on which nothing was left.
func (s *side) close() Figures {
	for typeID, perDay := range s.units {
		busy := room(s.busy, typeID, s.Days())
		for i, n := range perDay {
			if n > 0 && busy[i] >= n {
				s.f.Empty[typeID]++
			}
		}
	}
	return s.f
}
