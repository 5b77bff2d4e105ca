package practice

import (
	"math/rand/v2"
	"slices"

	"digibrug/quiz"
)

const (
	placeLevels = 3 // the levels of the banks for citizens
	placeItems  = 3 // questions of a domain, at most
	placeWrong  = 2 // wrong answers that end a domain
)

// Reached says how far somebody came in a domain: 0 for nothing yet, else the highest level of which a question was
// answered well.
type Reached struct {
	Domain string // code of a bank's domain
	Level  int    // 0 to placeLevels
}

// Placement asks a few questions of each domain, from easy to harder: a right answer leads to the next level, a wrong one
// to another question of the same level, two wrong ones end the domain. Who can't do the first two domains yet is asked no
// more. It is a value.
type Placement struct {
	banks   []quiz.Bank // those still to come, the one that asks first
	had     []string    // ids that were asked in this domain
	level   int         // that is asked now, from 1
	wrong   int
	best    int
	chance  int64
	Asked   int
	Results []Reached
}

// Place begins a placement over banks, in their order.
func Place(banks []quiz.Bank, seed int64) Placement {
	return Placement{banks: banks, level: 1, chance: seed}.settled()
}

// Now is the question to answer; ok is false when the placement is over.
func (p Placement) Now() (t Task, ok bool) {
	if len(p.banks) == 0 {
		return Task{}, false
	}
	b := p.banks[0]
	var fit []quiz.Item
	for _, it := range b.Items {
		if it.Drawable() && it.Level == p.level && !slices.Contains(p.had, it.ID) {
			fit = append(fit, it)
		}
	}
	if len(fit) == 0 {
		return Task{}, false
	}
	chance := rand.New(rand.NewPCG(uint64(p.chance), uint64(p.Asked)))
	t = Task{Item: fit[chance.IntN(len(fit))], Title: b.Title}
	return t.dealt(chance), true
}

// settled is the placement at a domain that has something to ask.
func (p Placement) settled() Placement {
	for len(p.banks) > 0 {
		if _, ok := p.Now(); ok {
			break
		}
		p = p.next()
	}
	return p
}

// next is the placement at the next domain.
func (p Placement) next() Placement {
	p.Results = append(slices.Clip(p.Results), Reached{p.banks[0].Domain, p.best})
	p.banks, p.had, p.level, p.wrong, p.best = p.banks[1:], nil, 1, 0, 0
	if len(p.Results) == 2 && p.Results[0].Level == 0 && p.Results[1].Level == 0 {
		for _, b := range p.banks { // who begins at nothing need not be shown how much more there is
			p.Results = append(p.Results, Reached{b.Domain, 0})
		}
		p.banks = nil
	}
	return p
}

// Answered is the placement after an answer to Now.
func (p Placement) Answered(right bool) Placement {
	t, ok := p.Now()
	if !ok {
		return p
	}
	p.Asked++
	p.had = append(slices.Clip(p.had), t.Item.ID)
	if right {
		p.best, p.level = p.level, p.level+1
	} else {
		p.wrong++
	}
	if len(p.had) == placeItems || p.wrong == placeWrong || p.level > placeLevels {
		p = p.next()
	}
	return p.settled()
}

// Where is the place of the domain that asks now among all, from 1.
func (p Placement) Where() (n, total int) {
	return len(p.Results) + 1, len(p.Results) + len(p.banks)
}
