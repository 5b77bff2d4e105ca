package figures

import (
	"slices"

	"digibrug/loans"
)

// AdviceWhy says why something should be bought or retired.
type AdviceWhy string

// The reasons.
const (
	Short  AdviceWhy = "short"  // on Days of the Of days more were asked for than there are: Count to buy
	Enough AdviceWhy = "enough" // there are as many as needed
	Idle   AdviceWhy = "idle"   // Count devices were never needed: don't replace them
	Costly AdviceWhy = "costly" // the repairs of a device cost Cents, of a price of Of cents
	Broken AdviceWhy = "broken" // a device went into repair Count times
	Old    AdviceWhy = "old"    // a device is Count months old, and its guarantee is over
)

// Retires tells whether it says that a device should go.
func (w AdviceWhy) Retires() bool { return w == Costly || w == Broken || w == Old }

// Advice is one line of what to buy or retire.
type Advice struct {
	TypeID   string
	Type     string // name
	DeviceID string // of what should go
	Name     string
	Why      AdviceWhy
	Count    int
	Days     int
	Of       int64
	Cents    int64
}

// Bounds of the forecast. None of them is law: they are where a small ICT service begins to think.
const (
	// ShortShare is the part of the days, in percents, on which a device may be missing.
	ShortShare   = 5
	oldMonths    = 60 // five years: what a laptop is written off over
	costlyShare  = 50 // percents of the price
	brokenTimes  = 3
	leastForIdle = 90 // days of history before anything is called idle
)

// Forecast says per type how many devices to buy so that on at most share percents of the days one is missing, and which
// devices should go, from a period of use and of wishes, and from what repairs cost. Devices that should go are counted
// as gone. hurt is of all years.
func Forecast(w World, hurt []Hurt, share int) (all []Advice) {
	var types []Unit // one of each
	gone, repaired := map[string]int{}, map[string]Hurt{}
	for _, h := range hurt {
		sum := repaired[h.DeviceID]
		repaired[h.DeviceID] = Hurt{Repairs: sum.Repairs + h.Repairs, Repair: sum.Repair + h.Repair}
	}
	var retire []Advice
	for _, u := range w.Devices {
		if !slices.ContainsFunc(types, func(t Unit) bool { return t.TypeID == u.TypeID }) {
			types = append(types, u)
		}
		if a, should := u.retire(w.Today, repaired[u.ID]); should {
			retire = append(retire, a)
			gone[u.TypeID]++
		}
	}
	for _, t := range types {
		need := w.need(t.TypeID, gone[t.TypeID], share)
		need.Type = t.Type
		all = append(all, need)
		for _, a := range retire {
			if a.TypeID == t.TypeID {
				all = append(all, a)
			}
		}
	}
	return all
}

// need says how many devices of a type are missing or too many.
func (w World) need(typeID string, gone, share int) Advice {
	demand := make([]int, w.Days())
	for _, p := range w.Loans {
		if p.TypeID != typeID {
			continue
		}
		r := p.was()
		end := r.end()
		if end.IsZero() {
			end = later(day(w.Today), 1)
		} else {
			end = later(end, int(p.Rules[loans.GapDays]))
		}
		add(demand, w.Period, r.lent, end)
	}
	for _, one := range w.Wishes {
		if one.TypeID == typeID {
			add(demand, w.Period, day(one.From), later(day(one.To), 1))
		}
	}
	have := -gone
	for _, u := range w.Devices {
		if u.TypeID == typeID && !u.Retired {
			have++
		}
	}
	short := 0
	for _, n := range demand {
		if n > have {
			short++
		}
	}
	sorted := slices.Clone(demand)
	slices.Sort(sorted)
	allowed := len(sorted) * min(max(share, 0), 100) / 100 // days on which one may be missing
	a := Advice{TypeID: typeID, Why: Enough, Count: have, Days: short, Of: int64(len(demand))}
	if len(sorted) == 0 {
		return a
	}
	if enough := sorted[max(0, len(sorted)-1-allowed)]; enough > have {
		a.Why, a.Count = Short, enough-have
	} else if most := sorted[len(sorted)-1]; most < have && len(sorted) >= leastForIdle {
		a.Why, a.Count = Idle, have-most
	}
	return a
}

// retire says whether a device should go, and why: the weightiest reason. hurt is the sum of its repairs.
func (u Unit) retire(today string, hurt Hurt) (a Advice, should bool) {
	if u.Retired {
		return a, false
	}
	a = Advice{TypeID: u.TypeID, Type: u.Type, DeviceID: u.ID, Name: u.Name}
	switch months := monthsBetween(u.Bought, today); {
	case u.Price > 0 && hurt.Repair*100 >= u.Price*costlyShare:
		a.Why, a.Cents, a.Of = Costly, hurt.Repair, u.Price
	case hurt.Repairs >= brokenTimes:
		a.Why, a.Count = Broken, hurt.Repairs
	case months >= oldMonths && (u.Guarantee == "" || u.Guarantee < today):
		a.Why, a.Count = Old, months
	default:
		return a, false
	}
	return a, true
}

// monthsBetween is how many whole months lie between two days; 0 when one is not known.
func monthsBetween(from, to string) int {
	a, b := day(from), day(to)
	if a.IsZero() || b.Before(a) {
		return 0
	}
	n := (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
	if b.Day() < a.Day() {
		n--
	}
	return n
}
