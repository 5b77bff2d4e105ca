package quiz

import "slices"

// Sample gives n items by chance, as many of each level as there are, in the order of the bank; all of them where n is 0 or
// more than there are. The same seed gives the same items.
func Sample(items []Item, n int, seed int64) []Item {
	if n <= 0 || n >= len(items) {
		return items
	}
	var levels [5][]Item // by level; 0 for none
	for _, it := range seeded(items, seed) {
		levels[max(0, min(it.Level, 4))] = append(levels[max(0, min(it.Level, 4))], it)
	}
	chosen := map[string]bool{}
	for turn := 0; len(chosen) < n; turn++ {
		for _, level := range levels {
			if turn < len(level) && len(chosen) < n {
				chosen[level[turn].ID] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(items), func(it Item) bool { return !chosen[it.ID] })
}
