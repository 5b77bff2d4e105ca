package quiz

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// PersonDomain is what one person's submitted attempt says in one domain. It never leaves the domain
// floor; GroupFigures makes of many of them what a head of service may see.
type PersonDomain struct {
	Person  string // id; counts once per domain, with the earliest Final
	Service string // id of the one service in which the person was invited
	Domain  string
	Final   time.Time // when the result became final: submission, or the marking of the last open answer
	Share   float64   // of the points, 0 to 1
	Band    Band      // BandNone: not Enough in this domain; the person does not count there
}

// Figure is what may be shown about a group in a domain. Unless Shown, it holds nothing else.
type Figure struct {
	Group  string  `json:"group"`
	Domain string  `json:"domain"`
	Shown  bool    `json:"shown"`
	N      int     `json:"n"`                // people the figure stands for, 5 or more
	Share  float64 `json:"share"`            // mean share of the points, in whole percents from .05 to .95
	Median Band    `json:"median"`           // lower median
	Counts []int   `json:"counts,omitempty"` // people by band, starter first; nil: not safe to show
}

// The mean share is cut at both ends: a mean of 1 would say of everybody that nothing was wrong.
const (
	shareLow  = 0.05
	shareHigh = 0.95
)

// GroupFigures gives a figure for every group, in the given order, in every domain that occurs, in the
// order of their codes.
//
// A head knows who has submitted, so figures must not change by fewer than five people at a time: the
// figures of 10 and of 11 people, subtracted, are the eleventh person's (a difference attack). Therefore,
// in each group and domain on its own, with the people in the order in which their results became final:
//
//   - closed: all n people, if there are at least five;
//   - still open: the first 5·(⌊n/5⌋−1), so nothing before ten. Each step adds five people, and the one
//     group of five that is always kept back makes the last step, at closing, one of at least five too.
//
// Counts by band are given only once closed, when at least two bands occur and each that occurs has five
// people or more: during the campaign, a step of five could fall into one band, and one band alone would
// tell everybody's. Hidden groups show nothing.
//
// What the caller owes: groups made once (Partition); results that stay as they are once in (a later
// marking counts from its own moment, Final); figures of a closed campaign kept and not computed again
// when somebody is removed; each person in one service; and no totals over groups, since a total that is
// computed from people gives away, by subtraction, the groups that are not shown.
func GroupFigures(groups []Group, people []PersonDomain, closed bool) []Figure {
	byCell := map[[2]string][]PersonDomain{}
	var domains []string
	groupOf := map[string]string{}
	for _, g := range groups {
		for _, service := range g.Members {
			groupOf[service] = g.ID
		}
	}
	for _, p := range once(people) {
		domains = append(domains, p.Domain)
		if g, known := groupOf[p.Service]; known && p.Band != BandNone {
			byCell[[2]string{g, p.Domain}] = append(byCell[[2]string{g, p.Domain}], p)
		}
	}
	slices.Sort(domains)
	domains = slices.Compact(domains)
	var figures []Figure
	for _, g := range groups {
		for _, domain := range domains {
			f := Figure{Group: g.ID, Domain: domain}
			if in := byCell[[2]string{g.ID, domain}]; !g.Hidden {
				f.fill(in[:UsedPeople(len(in), closed)], closed)
			}
			figures = append(figures, f)
		}
	}
	return figures
}

// UsedPeople is how many of n results a figure stands for: 0, or at least MinPeople. See GroupFigures.
func UsedPeople(n int, closed bool) int {
	switch {
	case n < MinPeople:
		return 0
	case closed:
		return n
	}
	return MinPeople * (n/MinPeople - 1)
}

// once sorts people by the moment of their result, then by id, and keeps each person's first in a domain.
func once(people []PersonDomain) []PersonDomain {
	sorted := slices.Clone(people)
	slices.SortStableFunc(sorted, func(a, b PersonDomain) int {
		return cmp.Or(a.Final.Compare(b.Final), cmp.Compare(a.Person, b.Person))
	})
	seen := map[[2]string]bool{}
	return slices.DeleteFunc(sorted, func(p PersonDomain) bool {
		k := [2]string{p.Person, p.Domain}
		twice := seen[k]
		seen[k] = true
		return twice
	})
}

// fill works out the figure of the given people, at least MinPeople of them or none.
func (f *Figure) fill(people []PersonDomain, closed bool) {
	if len(people) < MinPeople {
		return
	}
	sum := 0.0
	bands := make([]Band, len(people))
	counts := make([]int, len(bandCodes())-1)
	for i, p := range people {
		sum += min(1, max(0, p.Share))
		bands[i] = min(BandExpert, max(BandStarter, p.Band))
		counts[bands[i]-1]++
	}
	slices.Sort(bands)
	f.Shown, f.N = true, len(people)
	f.Share = shownShare(sum / float64(len(people)))
	f.Median = bands[(len(bands)-1)/2]
	if closed && safeCounts(counts) {
		f.Counts = counts
	}
}

func shownShare(mean float64) float64 {
	return min(shareHigh, max(shareLow, math.Round(mean*100)/100))
}

// safeCounts tells whether counts by band may be shown: two bands or more, none of one to four people.
func safeCounts(counts []int) bool {
	filled := 0
	for _, n := range counts {
		if n > 0 && n < MinPeople {
			return false
		}
		filled += min(n, 1)
	}
	return filled >= 2
}
