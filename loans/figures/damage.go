package figures

import (
	"cmp"
	"slices"
	"strconv"

	"digibrug/data"
)

// Hurt is one thing that became of a device: a return with something missing, an amount asked for damage, a repair, a
// loss.
type Hurt struct {
	On       string // YYYY-MM-DD
	TypeID   string
	DeviceID string
	Loan     bool  // a loan ended that day
	Missing  int   // accessories that did not come back
	Charged  int64 // cents asked of a borrower for damage; less than 0: taken back
	Repair   int64 // cents paid for the upkeep
	Repairs  int   // times that it went into repair
	Lost     bool
	Stolen   bool
}

// Damage is what a year of lending did to the devices of a type.
type Damage struct {
	Year       int
	TypeID     string
	Type       string // name
	Loans      int    // ended
	Incomplete int    // of the loans: something was missing
	Missing    int    // accessories
	Charged    int64
	Repairs    int
	Repair     int64 // cents
	Lost       int
	Stolen     int
}

// DamageByYear adds up what became of devices, the last year first, by type.
func DamageByYear(all []Hurt) []Damage {
	type key struct {
		year   int
		typeID string
	}
	sums := map[key]*Damage{}
	for _, h := range all {
		if len(h.On) != len(data.DayLayout) {
			continue
		}
		year, err := strconv.Atoi(h.On[:4])
		if err != nil {
			continue
		}
		k := key{year, h.TypeID}
		if sums[k] == nil {
			sums[k] = &Damage{Year: year, TypeID: h.TypeID}
		}
		sums[k].add(h)
	}
	list := make([]Damage, 0, len(sums))
	for _, d := range sums {
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b Damage) int { return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.TypeID, b.TypeID)) })
	return list
}

func (d *Damage) add(h Hurt) {
	count := func(yes bool, n *int) {
		if yes {
			*n++
		}
	}
	count(h.Loan, &d.Loans)
	count(h.Missing > 0, &d.Incomplete)
	count(h.Lost, &d.Lost)
	count(h.Stolen, &d.Stolen)
	d.Missing, d.Charged, d.Repairs, d.Repair = d.Missing+h.Missing, d.Charged+h.Charged, d.Repairs+h.Repairs, d.Repair+h.Repair
}
