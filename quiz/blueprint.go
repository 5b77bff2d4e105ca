package quiz

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// Blueprint says what a test is made of (toetsmatrijs): some easy items to come in, then for each cell so
// many items of a domain and level. It is stored as JSON.
type Blueprint struct {
	Entry int    `json:"entry"` // how many entry items come first, beside those of the cells
	Cells []Cell `json:"cells"` // domains come in the order in which they first appear
}

// Cell asks for Count items of a level, 1 to 4, in a domain.
type Cell struct {
	Domain string `json:"domain"`
	Level  int    `json:"level"`
	Count  int    `json:"count"`
}

// key names a domain at a level; a pool and a blueprint meet there.
type cellKey struct {
	domain string
	level  int
}

// Domains lists the domains of the blueprint in the order in which they are asked.
func (b Blueprint) Domains() []string {
	var domains []string
	for _, c := range b.Cells {
		if !slices.Contains(domains, c.Domain) {
			domains = append(domains, c.Domain)
		}
	}
	return domains
}

// Basics are the domains of what everybody in an office needs: Windows and office software. A kennismeting of these takes half
// an hour; one of all domains takes over an hour.
func Basics() []string { return []string{"windows", "text", "sheets", "mail"} }

// Total is how many items an attempt gets.
func (b Blueprint) Total() int {
	n := b.Entry
	for _, c := range b.Cells {
		n += c.Count
	}
	return n
}

// MaxBlueprint bounds the items of one attempt.
const MaxBlueprint = 200

// Check tells what is wrong with a blueprint, and which cells the pool can't fill: nil, or Problems.
// Fields are "entry", "cells", "cells[2].count" and, for a lack of items, "DOMAIN/LEVEL" or "entry" with
// code WhyTooFew, Want and Got. Entry items must leave enough for the cells.
func (b Blueprint) Check(pool []Item) error {
	p := b.shape()
	if len(p) > 0 {
		return p
	}
	stock, need := b.stock(pool), b.need()
	for _, domain := range b.Domains() {
		for level := 1; level <= 4; level++ {
			k := cellKey{domain, level}
			if have := len(stock[k]); have < need[k] {
				p.add(fmt.Sprintf("%s/%d", domain, level), WhyTooFew, strconv.Itoa(need[k]), strconv.Itoa(have))
			}
		}
	}
	if len(p) == 0 {
		if have := len(b.entries(stock, need, 0)); have < b.Entry {
			p.add("entry", WhyTooFew, strconv.Itoa(b.Entry), strconv.Itoa(have))
		}
	}
	return p.err()
}

// shape checks the blueprint without a pool.
func (b Blueprint) shape() Problems {
	var p Problems
	p.whole("entry", b.Entry, 0, MaxBlueprint)
	if len(b.Cells) == 0 {
		p.add("cells", data.WhyEmpty, "", "")
	}
	for i, c := range b.Cells {
		p.code(at("cells", i)+".domain", c.Domain)
		p.whole(at("cells", i)+".level", c.Level, 1, 4)
		p.whole(at("cells", i)+".count", c.Count, 0, MaxBlueprint)
	}
	if len(p) == 0 && (b.Total() < 1 || b.Total() > MaxBlueprint) {
		p.add("cells", WhyCount, fmt.Sprintf("1–%d", MaxBlueprint), strconv.Itoa(b.Total()))
	}
	return p
}

// need adds up the cells.
func (b Blueprint) need() map[cellKey]int {
	need := map[cellKey]int{}
	for _, c := range b.Cells {
		need[cellKey{c.Domain, c.Level}] += c.Count
	}
	return need
}

// stock sorts the drawable items of the blueprint's domains by cell, each cell by id; of an id that comes
// more than once the highest version.
func (b Blueprint) stock(pool []Item) map[cellKey][]Item {
	sorted := slices.Clone(pool)
	slices.SortStableFunc(sorted, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(b.Version, a.Version))
	})
	domains, stock, last := b.Domains(), map[cellKey][]Item{}, ""
	for _, it := range sorted {
		if !it.Drawable() || it.ID == last || !slices.Contains(domains, it.Domain) {
			continue
		}
		last = it.ID
		k := cellKey{it.Domain, it.Level}
		stock[k] = append(stock[k], it)
	}
	return stock
}

// entries draws the entry items: flagged ones, lowest levels first, in seeded order within a level,
// never one that a cell can't miss.
func (b Blueprint) entries(stock map[cellKey][]Item, need map[cellKey]int, seed int64) []Item {
	var drawn []Item
	for level := 1; level <= 4; level++ {
		var flagged []Item
		for _, domain := range b.Domains() {
			k := cellKey{domain, level}
			fit := slices.DeleteFunc(slices.Clone(stock[k]), func(it Item) bool { return !it.Entry })
			fit = seeded(fit, seed)
			flagged = append(flagged, fit[:max(0, min(len(fit), len(stock[k])-need[k]))]...)
		}
		drawn = append(drawn, seeded(flagged, seed)...)
	}
	return drawn[:min(len(drawn), max(0, b.Entry))]
}

// Draw makes the list of items of one attempt: the entry items, then domain by domain in blueprint order,
// levels rising within a domain, seeded order within a level. No item comes twice. The same seed and the
// same items in the pool, in whatever order, give the same list; an item's place in the draw hangs on the
// seed and its id only, so a pool that grows changes little. It returns the error of Check when the pool
// is too small.
func (b Blueprint) Draw(pool []Item, seed int64) ([]Item, error) {
	if err := b.Check(pool); err != nil {
		return nil, fmt.Errorf("draw items: %w", err)
	}
	stock, need := b.stock(pool), b.need()
	drawn := b.entries(stock, need, seed)
	used := map[string]bool{}
	for _, it := range drawn {
		used[it.ID] = true
	}
	for _, domain := range b.Domains() {
		for level := 1; level <= 4; level++ {
			k := cellKey{domain, level}
			left := slices.DeleteFunc(stock[k], func(it Item) bool { return used[it.ID] })
			drawn = append(drawn, seeded(left, seed)[:need[k]]...)
		}
	}
	return drawn, nil
}
