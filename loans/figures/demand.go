package figures

import (
	"cmp"
	"slices"

	"digibrug/loans"
)

// Demand is what people asked for in a period and didn't get.
type Demand struct {
	TypeID   string
	Type     string         // name
	Category loans.Category // empty: of all kinds of borrowers together
	Wishes   int
	Days     int // that were asked for, added up
	Refused  int // of the wishes: there was none when it was asked
	Waited   int // of the wishes: somebody waited for it in vain
}

// Unmet adds up the wishes of a period by type. A type is split by kind of borrower when each kind that asked did so
// five times at least; clients of the OCMW count as citizens.
func Unmet(w World) []Demand {
	type key struct {
		typeID   string
		category loans.Category
	}
	all := map[key]*Demand{}
	for _, one := range w.Wishes {
		if one.On < w.From || one.On > w.To {
			continue
		}
		k := key{one.TypeID, shown(one.Category)}
		if all[k] == nil {
			all[k] = &Demand{TypeID: k.typeID, Category: k.category}
		}
		all[k].add(one)
	}
	few := map[string]bool{}
	for k, d := range all {
		few[k.typeID] = few[k.typeID] || d.Wishes < fewest
	}
	sums := map[key]*Demand{}
	for k, d := range all {
		if few[k.typeID] {
			k.category = ""
		}
		if sums[k] == nil {
			sums[k] = &Demand{TypeID: k.typeID, Category: k.category}
		}
		s := sums[k]
		s.Wishes, s.Days, s.Refused, s.Waited = s.Wishes+d.Wishes, s.Days+d.Days, s.Refused+d.Refused, s.Waited+d.Waited
	}
	list := make([]Demand, 0, len(sums))
	for _, d := range sums {
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b Demand) int {
		return cmp.Or(cmp.Compare(a.TypeID, b.TypeID), cmp.Compare(slices.Index(loans.Categories(), a.Category), slices.Index(loans.Categories(), b.Category)))
	})
	return list
}

func (d *Demand) add(w Wish) {
	d.Wishes++
	if n := days(day(w.From), day(w.To)) + 1; n > 0 {
		d.Days += n
	}
	if w.Waited {
		d.Waited++
	} else {
		d.Refused++
	}
}

// shown is the kind of borrower that figures name.
func shown(c loans.Category) loans.Category {
	if c == loans.Client {
		return loans.Citizen
	}
	return c
}
