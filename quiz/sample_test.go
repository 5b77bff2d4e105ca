package quiz_test

import (
	"fmt"
	"slices"
	"testing"

	"digibrug/quiz"
)

func TestSample(t *testing.T) {
	var items []quiz.Item
	for level, n := range []int{0, 9, 9, 9, 1} {
		for i := range n {
			items = append(items, quiz.Item{ID: fmt.Sprintf("i-%d-%d", level, i), Level: level})
		}
	}
	for _, test := range []struct {
		n    int
		want [4]int // of each level
	}{{4, [4]int{1, 1, 1, 1}}, {6, [4]int{2, 2, 1, 1}}, {10, [4]int{3, 3, 3, 1}}, {0, [4]int{9, 9, 9, 1}}, {99, [4]int{9, 9, 9, 1}}, {-1, [4]int{9, 9, 9, 1}}} {
		got := quiz.Sample(items, test.n, 7)
		var levels [4]int
		for _, it := range got {
			levels[it.Level-1]++
		}
		if levels != test.want {
			t.Errorf("%d items: %v of the levels, want %v", test.n, levels, test.want)
		}
		if !slices.IsSortedFunc(got, func(a, b quiz.Item) int { return slices.IndexFunc(items, same(a)) - slices.IndexFunc(items, same(b)) }) {
			t.Errorf("%d items stand in another order than in the bank", test.n)
		}
	}
	ids := func(seed int64) (all string) {
		for _, it := range quiz.Sample(items, 8, seed) {
			all += it.ID + " "
		}
		return all
	}
	first, again, other := ids(1), ids(1), ids(2)
	if first != again || first == other {
		t.Errorf("seed 1 gives %s and %s, seed 2 gives %s", first, again, other)
	}
}

func same(a quiz.Item) func(quiz.Item) bool { return func(b quiz.Item) bool { return a.ID == b.ID } }
