package recruit

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"digibrug/quiz"
)

// place is where a pool and a blueprint meet.
type place struct {
	domain string
	level  int // writtenLevel: the open questions, of whatever level
}

// writtenLevel stands for the open questions of a domain where other cells have their level.
const writtenLevel = 0

// Asked is how many items everybody gets: those of the blueprint, and the open ones.
func (d Details) Asked() int {
	n := d.Blueprint.Total()
	for _, domain := range d.Blueprint.Domains() {
		n += d.written(domain)
	}
	return n
}

// written is how many open questions a domain has.
func (d Details) written(domain string) int {
	if !d.ByHand {
		return 0
	}
	return d.Written.Counts[domain]
}

// weight is the points of an item, in hundredths, of a level or writtenLevel.
func (d Details) weight(level int) int {
	switch {
	case level == writtenLevel:
		return d.Written.Points
	case level <= len(d.Weights):
		return d.Weights[level-1]
	}
	return 0
}

// cells adds up the cells of the blueprint: each domain in the order in which they first appear, its levels rising, then its
// open questions, and none that asks for nothing.
func (d Details) cells() (sums []quiz.Cell) {
	for _, domain := range d.Blueprint.Domains() {
		for level := 1; level <= 4; level++ {
			sum := quiz.Cell{Domain: domain, Level: level}
			for _, c := range d.Blueprint.Cells {
				if c.Domain == domain && c.Level == level {
					sum.Count += c.Count
				}
			}
			if sum.Count > 0 {
				sums = append(sums, sum)
			}
		}
		if n := d.written(domain); n > 0 {
			sums = append(sums, quiz.Cell{Domain: domain, Level: writtenLevel, Count: n})
		}
	}
	return sums
}

// stock sorts what can be drawn by place, each by id; of an item that comes more than once the highest version.
func (d Details) stock(pool []PoolItem) map[place][]PoolItem {
	sorted := slices.Clone(pool)
	slices.SortStableFunc(sorted, func(a, b PoolItem) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(b.Version, a.Version))
	})
	stock, last := map[place][]PoolItem{}, ""
	for _, it := range sorted {
		if it.ID == last || it.Status != quiz.StatusReviewed && it.Status != quiz.StatusInUse {
			continue
		}
		last = it.ID
		at := place{it.Domain, it.Level}
		if it.Kind == quiz.KindOpen {
			at.level = writtenLevel
		}
		stock[at] = append(stock[at], it)
	}
	return stock
}

// formNames are what forms are called; a procedure has at most as many.
const formNames = "ABCD"

// draw makes the forms of a procedure, each a list of items in the order in which they are asked: domain by domain, levels
// rising, by chance within a level, open questions last. All forms have as many items of each domain and level. Sealed items
// go first, public ones fill up; among either, those that no other procedure holds. Forms share no item where the stock of a cell allows it, and are as difficult as each other as far as it
// goes: the items of a cell are ranged by difficulty and cut into as many layers as a form needs, and every form gets one
// of each layer. A family gives each form another of its variants. It gives nil where the pool can't fill a cell.
func (d Details) draw(pool []PoolItem, seed int64) [][]Item {
	forms := make([][]Item, max(1, d.Forms))
	stock := d.stock(pool)
	for _, c := range d.cells() {
		fit := stock[place{c.Domain, c.Level}]
		if len(fit) < c.Count {
			return nil
		}
		chance := rand.New(rand.NewPCG(uint64(seed), uint64(len(forms[0]))))
		chosen := choose(fit, c.Count*len(forms), chance)
		for f, mine := range deal(chosen, c.Count, len(forms), chance) {
			chance.Shuffle(len(mine), func(i, j int) { mine[i], mine[j] = mine[j], mine[i] })
			for _, it := range mine {
				asked := it.VaryBy(seed, f)
				forms[f] = append(forms[f], Item{Form: formNames[f : f+1], N: len(forms[f]), Item: asked, Public: it.Public,
					Weight: d.weight(c.Level), Shown: quiz.OptionOrder(asked, seed+int64(f))})
			}
		}
	}
	return forms
}

// choose takes n items by chance, or all where there are fewer, in the order of rank.
func choose(fit []PoolItem, n int, chance *rand.Rand) []PoolItem {
	all := slices.Clone(fit)
	chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	slices.SortStableFunc(all, func(a, b PoolItem) int { return cmp.Compare(a.rank(), b.rank()) })
	return all[:min(n, len(all))]
}

// rank says how gladly an item is drawn, 0 first: sealed, sealed and held by another procedure, public, public and held. A
// sealed item that is held goes before a public one, since only who sat the other test can know it, and a public one can be
// read by all; so the share of public items doesn't hang on what other procedures do.
func (it PoolItem) rank() (r int) {
	if it.Public {
		r = 2
	}
	if it.Held {
		r++
	}
	return r
}

// deal gives each of so many forms count of the chosen items, of which there are at least count: one of each layer of
// difficulty. Within a layer it is chance who gets which, and an item comes twice only where a layer has fewer than
// forms; a family then does so before others, since each form gets another variant of it.
func deal(chosen []PoolItem, count, forms int, chance *rand.Rand) [][]PoolItem {
	ranged := slices.Clone(chosen)
	slices.SortFunc(ranged, func(a, b PoolItem) int {
		return cmp.Or(cmp.Compare(a.Difficulty, b.Difficulty), cmp.Compare(a.ID, b.ID))
	})
	dealt := make([][]PoolItem, forms)
	for i := range count {
		layer := ranged[i*len(ranged)/count : (i+1)*len(ranged)/count]
		served := serve(layer, forms, chance)
		for f := range dealt {
			dealt[f] = append(dealt[f], served[f])
		}
	}
	return dealt
}

// serve gives each of so many forms one item of a layer: all different where there are enough, else all of the layer
// once, then families as often as they have rows, then what there is.
func serve(layer []PoolItem, forms int, chance *rand.Rand) []PoolItem {
	order := chance.Perm(len(layer))
	var served []PoolItem
	for round := 0; round < quiz.MaxVariants && len(served) < forms; round++ {
		for _, i := range order {
			if round < max(1, len(layer[i].Variants)) {
				served = append(served, layer[i])
			}
		}
	}
	for n := 0; len(served) < forms; n++ {
		served = append(served, layer[order[n%len(order)]])
	}
	if len(layer) < forms { // else who gets which is chance already
		chance.Shuffle(forms, func(i, j int) { served[i], served[j] = served[j], served[i] })
	}
	return served[:forms]
}
