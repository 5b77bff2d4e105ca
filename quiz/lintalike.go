package quiz

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Likeness is the share of pairs of neighbouring words that two texts have in common (Jaccard), of stems and of all that
// is shown. Among the 53,301 pairs of items in the eight banks that ship, each written on its own, the most alike stems
// reach 0.29 and the most alike whole items 0.25. A stem of which a few words are changed, and an item with a new stem
// around the same options, come to 0.47 and more (TestLintAlike).
const (
	lintAlike      = 0.4
	lintAlikePairs = 4   // a text with fewer pairs of words is too short to say
	lintCandidates = 500 // items that one item is compared with at most
)

// Lengths of an answer from which finding it elsewhere is no accident: a phrase that stands in an option, and what
// people must type.
const (
	lintLeakWords   = 3
	lintLeakLetters = 15
	lintLeakTyped   = 6
)

// others lets items be looked at beside all others. lint goes through the items in the order of the banks.
type others struct {
	all   []lintText
	next  int
	ids   map[string]string // bank that has an id
	stems map[string]string // BANK/ITEM that has a stem
	stem  alike
	whole alike
	leaks map[string]map[string][]int // by language and domain, then word: items that have it, rising
}

// lintText is what is compared of an item: its first variant.
type lintText struct {
	bank, place, scope string // place: BANK/ITEM; scope: language and domain
	item               Item
	stem, whole        []uint64 // pairs of words, sorted, each once
	phrases            string   // all that is shown, as words between spaces, fields apart
}

func newOthers(banks []Bank) *others {
	o := &others{ids: map[string]string{}, stems: map[string]string{}, leaks: map[string]map[string][]int{}}
	numbers := map[string]uint64{}
	for _, b := range banks {
		for _, it := range b.Items {
			t := textOf(it.Vary(0), numbers)
			t.bank, t.place, t.scope = b.ID, b.ID+"/"+it.ID, b.Language+" "+it.Domain
			o.index(len(o.all), t)
			o.all = append(o.all, t)
		}
	}
	o.stem = newAlike(o.all, func(t lintText) []uint64 { return t.stem })
	o.whole = newAlike(o.all, func(t lintText) []uint64 { return t.whole })
	return o
}

// textOf numbers the words of an item; numbers is the list so far.
func textOf(it Item, numbers map[string]uint64) lintText {
	t := lintText{item: it}
	var phrases strings.Builder
	it.mapTexts(func(field, s string) string {
		shown := field == "stem" || strings.HasPrefix(field, "options") && strings.HasSuffix(field, ".text") ||
			strings.HasPrefix(field, "steps") || strings.HasPrefix(field, "pairs") || strings.HasPrefix(field, "distractors")
		if !shown {
			return s
		}
		words := wordsOf(s)
		pairs := pairsOf(words, numbers)
		if t.whole = append(t.whole, pairs...); field == "stem" {
			t.stem = pairs
		}
		phrases.WriteString(" " + strings.Join(words, " ") + " |")
		return s
	})
	t.stem, t.whole = sortedSet(t.stem), sortedSet(t.whole)
	t.phrases = phrases.String()
	return t
}

// pairsOf gives each two neighbouring words as one number.
func pairsOf(words []string, numbers map[string]uint64) (pairs []uint64) {
	last := uint64(0)
	for i, w := range words {
		n, known := numbers[w]
		if !known {
			n = uint64(len(numbers) + 1)
			numbers[w] = n
		}
		if i > 0 {
			pairs = append(pairs, last<<32|n)
		}
		last = n
	}
	return pairs
}

func sortedSet(all []uint64) []uint64 {
	set := slices.Clone(all)
	slices.Sort(set)
	return slices.Compact(set)
}

func (o *others) index(i int, t lintText) {
	words := o.leaks[t.scope]
	if words == nil {
		words = map[string][]int{}
		o.leaks[t.scope] = words
	}
	for _, w := range strings.Fields(t.phrases) {
		if at := words[w]; w != "|" && (len(at) == 0 || at[len(at)-1] != i) {
			words[w] = append(at, i)
		}
	}
}

// lint looks at the next item beside those before it and, for what gives its answer away, beside all.
func (o *others) lint(n note) {
	t, i := o.all[o.next], o.next
	o.next++
	if other, twice := o.ids[t.item.ID]; twice {
		n(RuleTwiceID, other, false)
	}
	stem := NormText(t.item.Stem)
	other, twice := o.stems[stem]
	if twice {
		n(RuleTwiceStem, other, false)
	} else if j, likeness := o.mostAlike(i); j >= 0 {
		n(RuleAlike, fmt.Sprintf("%s, %d %%", o.all[j].place, int(100*likeness)), true)
	}
	o.ids[t.item.ID], o.stems[stem] = t.bank, t.place
	for _, key := range t.item.leakable() {
		if j := o.tells(key, i); j >= 0 {
			n(RuleLeak, fmt.Sprintf("%s, %s", o.all[j].place, key), true)
		}
	}
}

// mostAlike is the item before i that is too much like it, -1 for none.
func (o *others) mostAlike(i int) (j int, likeness float64) {
	if j, likeness = o.stem.find(i, o.all); j < 0 {
		j, likeness = o.whole.find(i, o.all)
	}
	return j, likeness
}

// leakable lists the answers that are long enough to be looked for.
func (it Item) leakable() (keys []string) {
	for _, key := range it.keyTexts() {
		words := wordsOf(key)
		letters := len(strings.Join(words, ""))
		if len(words) >= lintLeakWords && letters >= lintLeakLetters || it.Kind == KindText && letters >= lintLeakTyped {
			keys = append(keys, key)
		}
	}
	return keys
}

// tells gives the first other item of the domain in which an answer stands word for word, -1 for none: it looks at
// those that have the rarest of its words.
func (o *others) tells(key string, i int) int {
	words := wordsOf(key)
	index := o.leaks[o.all[i].scope]
	rarest := slices.MinFunc(words, func(a, b string) int { return cmp.Compare(len(index[a]), len(index[b])) })
	phrase := " " + strings.Join(words, " ") + " "
	for _, j := range index[rarest] {
		if o.all[j].place != o.all[i].place && strings.Contains(o.all[j].phrases, phrase) {
			return j
		}
	}
	return -1
}

// alike finds sets that share much. Two sets with a likeness of at least lintAlike have one of their rarest members in
// common, if those are taken as long as the rest alone could not suffice (prefix filtering; Chaudhuri, Ganti and
// Kaushik, "A primitive operator for similarity joins", ICDE 2006), so that few are compared at all.
type alike struct {
	of    func(lintText) []uint64
	count map[uint64]int   // sets that have a member
	first map[uint64][]int // sets that have it among their rarest
}

func newAlike(all []lintText, of func(lintText) []uint64) alike {
	a := alike{of, map[uint64]int{}, map[uint64][]int{}}
	for _, t := range all {
		for _, x := range of(t) {
			a.count[x]++
		}
	}
	for i, t := range all {
		for _, x := range a.rarest(of(t)) {
			a.first[x] = append(a.first[x], i)
		}
	}
	return a
}

func (a alike) rarest(set []uint64) []uint64 {
	if len(set) < lintAlikePairs {
		return nil
	}
	ranged := slices.Clone(set)
	slices.SortFunc(ranged, func(x, y uint64) int { return cmp.Or(cmp.Compare(a.count[x], a.count[y]), cmp.Compare(x, y)) })
	return ranged[:len(set)-int(math.Ceil(lintAlike*float64(len(set))))+1]
}

// find gives the first set before i that is as like it as that, of the same language.
func (a alike) find(i int, all []lintText) (j int, likeness float64) {
	set, seen := a.of(all[i]), map[int]bool{}
	language, _, _ := strings.Cut(all[i].scope, " ")
	for _, x := range a.rarest(set) {
		for _, j := range a.first[x] {
			if j >= i || len(seen) >= lintCandidates {
				break
			}
			if seen[j] || !strings.HasPrefix(all[j].scope, language+" ") {
				continue
			}
			seen[j] = true
			if likeness := jaccard(set, a.of(all[j])); likeness >= lintAlike {
				return j, likeness
			}
		}
	}
	return -1, 0
}

// jaccard is how many members two sorted sets share, of all that they have.
func jaccard(a, b []uint64) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
