package quiz

import (
	"cmp"
	"hash/fnv"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// source gives the random numbers that belong to a seed and an item, for one purpose. The same on every
// machine and in every version of the program: attempts that run would otherwise change under people's
// hands. PCG's output is fixed by its definition, FNV-1a's too.
func source(seed int64, purpose, id string) *rand.PCG {
	h := fnv.New64a()
	h.Write([]byte(purpose + "\x00" + id))
	return rand.NewPCG(uint64(seed), h.Sum64())
}

// seeded gives the items in the order of a random number that each draws from seed and id.
func seeded(items []Item, seed int64) []Item {
	draw := make(map[string]uint64, len(items))
	for _, it := range items {
		draw[it.ID] = source(seed, "draw", it.ID).Uint64()
	}
	sorted := slices.Clone(items)
	slices.SortFunc(sorted, func(a, b Item) int {
		return cmp.Or(cmp.Compare(draw[a.ID], draw[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	return sorted
}

// permutation shuffles 0 … n-1 (Fisher-Yates). The shuffle is written out so that no library can change it.
func permutation(n int, src *rand.PCG) []int {
	order := identity(n)
	for i := n - 1; i > 0; i-- {
		j, _ := bits.Mul64(src.Uint64(), uint64(i+1)) // uniform on 0 … i but for 1 in 2^60
		order[i], order[j] = order[j], order[i]
	}
	return order
}

func identity(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// OptionOrder says in which order an attempt with this seed shows what can be chosen: at place i, from 0,
// stands the canonical entry OptionOrder(item, seed)[i].
//
//   - single, multiple: a permutation of Options; as written when Shuffle is false;
//   - order: a permutation of Steps, never the right order (unless there is but one), whatever Shuffle says;
//   - match: a permutation of Rights, likewise never as written, since that would show the pairs;
//   - all other kinds: nil.
func OptionOrder(it Item, seed int64) []int {
	src := source(seed, "options", it.ID)
	switch it.Kind {
	case KindSingle, KindMultiple:
		if !it.Shuffle {
			return identity(len(it.Options))
		}
		return permutation(len(it.Options), src)
	case KindOrder:
		return scrambled(len(it.Steps), src)
	case KindMatch:
		return scrambled(len(it.Rights()), src)
	}
	return nil
}

// scrambled is a permutation that is not the rising one, where n allows it.
func scrambled(n int, src *rand.PCG) []int {
	order := permutation(n, src)
	if n > 1 && slices.IsSorted(order) {
		return append(order[1:], order[0])
	}
	return order
}
