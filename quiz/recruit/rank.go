package recruit

import (
	"cmp"
	"math"
	"slices"
)

// Place is where a candidate stands in the ranking.
type Place struct {
	Score Score
	Place int      // from 1; who shares a place has the same number, and the next one is counted on
	Tied  []string // labels of the others within error of this one, by label; empty unless the rule asks for it
}

// Ranking is the order of the candidates. Who has no score stands apart.
type Ranking struct {
	Places    []Place
	Absent    []string // labels
	Withdrawn []string
}

// Rank orders scores by the share of the points, then by label. Equal shares share a place.
//
// With Ties a place is one more than the number of candidates who are clearly better: by more than r.Error times the error of the
// difference, √(SE1² + SE2²). Who isn't clearly worse than the first shares the first place. It never gives a better place to fewer points.
func Rank(scores []Score, r Rule) Ranking {
	var all Ranking
	for _, s := range scores {
		switch s.Verdict {
		case VerdictAbsent:
			all.Absent = append(all.Absent, s.Label)
		case VerdictWithdrawn:
			all.Withdrawn = append(all.Withdrawn, s.Label)
		default:
			all.Places = append(all.Places, Place{Score: s})
		}
	}
	slices.Sort(all.Absent)
	slices.Sort(all.Withdrawn)
	slices.SortFunc(all.Places, func(a, b Place) int {
		return cmp.Or(-compare(a.Score, b.Score), cmp.Compare(a.Score.Label, b.Score.Label))
	})
	last := 1
	for i := range all.Places {
		p := &all.Places[i]
		p.Place = 1
		for j, other := range all.Places {
			better := compare(other.Score, p.Score) > 0
			if r.Ties && i != j && within(other.Score, p.Score, r.width()) {
				better = false
				p.Tied = append(p.Tied, other.Score.Label)
			}
			if better {
				p.Place++
			}
		}
		last = max(last, p.Place)
		p.Place = last
		slices.Sort(p.Tied)
	}
	return all
}

// compare is 1 when a has the larger share of its points, -1 when b has, 0 when they are equal; nothing to earn is a share of 0.
func compare(a, b Score) int { return cmp.Compare(a.Points*max(1, b.Max), b.Points*max(1, a.Max)) }

// within tells whether two scores, as shares of what could be earned, differ by no more than z errors of their difference.
func within(a, b Score, z float64) bool {
	of, over := max(1, a.Max), max(1, b.Max)
	gap := a.Points*over - b.Points*of // both on of × over
	return math.Abs(float64(gap)) <= z*math.Hypot(a.Error.SE*float64(over), b.Error.SE*float64(of))
}
