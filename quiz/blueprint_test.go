package quiz_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"digibrug/quiz"
)

// pool makes n drawable items per level in each domain; the first entries of levels 1 and 2 are entry items.
func pool(n, entries int, domains ...string) []quiz.Item {
	var all []quiz.Item
	for _, domain := range domains {
		for level := 1; level <= 4; level++ {
			for i := range n {
				all = append(all, quiz.Item{
					ID: fmt.Sprintf("%s-%d%d", domain, level, i), Version: 1, Kind: quiz.KindSingle, Domain: domain,
					Level: level, Entry: level <= 2 && i < entries, Status: quiz.StatusReviewed,
				})
			}
		}
	}
	return all
}

func ids(items []quiz.Item) string {
	var all []string
	for _, it := range items {
		all = append(all, it.ID)
	}
	return strings.Join(all, " ")
}

func TestBlueprintCheck(t *testing.T) {
	change := func(all []quiz.Item, f func(*quiz.Item)) []quiz.Item {
		for i := range all {
			f(&all[i])
		}
		return all
	}
	for name, row := range map[string]struct {
		blueprint quiz.Blueprint
		pool      []quiz.Item
		want      string
	}{
		"enough":                {quiz.Blueprint{Entry: 2, Cells: []quiz.Cell{{"w", 1, 2}}}, pool(4, 2, "w"), ""},
		"no cells":              {quiz.Blueprint{}, nil, "0:0 cells empty"},
		"nothing asked":         {quiz.Blueprint{Cells: []quiz.Cell{{"w", 1, 0}}}, nil, "0:0 cells quiz.count"},
		"bad numbers":           {quiz.Blueprint{Entry: -1, Cells: []quiz.Cell{{"W", 5, -2}}}, nil, "0:0 entry number, 0:0 cells[1].domain quiz.code, 0:0 cells[1].level number, 0:0 cells[1].count number"},
		"two cells lack items":  {quiz.Blueprint{Cells: []quiz.Cell{{"w", 1, 2}, {"m", 2, 1}, {"w", 4, 3}}}, pool(2, 0, "w"), "0:0 w/4 quiz.too_few, 0:0 m/2 quiz.too_few"},
		"one cell twice":        {quiz.Blueprint{Cells: []quiz.Cell{{"w", 1, 2}, {"w", 1, 1}}}, pool(2, 0, "w"), "0:0 w/1 quiz.too_few"},
		"too few entry items":   {quiz.Blueprint{Entry: 3, Cells: []quiz.Cell{{"w", 3, 1}}}, pool(2, 1, "w"), "0:0 entry quiz.too_few"},
		"the cells need them":   {quiz.Blueprint{Entry: 2, Cells: []quiz.Cell{{"w", 1, 3}, {"w", 2, 3}}}, pool(3, 1, "w"), "0:0 entry quiz.too_few"},
		"one may be missed":     {quiz.Blueprint{Entry: 1, Cells: []quiz.Cell{{"w", 1, 3}, {"w", 2, 2}}}, pool(3, 1, "w"), ""},
		"drafts don't count":    {quiz.Blueprint{Cells: []quiz.Cell{{"w", 1, 1}}}, change(pool(1, 0, "w"), func(it *quiz.Item) { it.Status = quiz.StatusDraft }), "0:0 w/1 quiz.too_few"},
		"retired don't count":   {quiz.Blueprint{Cells: []quiz.Cell{{"w", 1, 1}}}, change(pool(1, 0, "w"), func(it *quiz.Item) { it.Status = quiz.StatusRetired }), "0:0 w/1 quiz.too_few"},
		"open ones don't count": {quiz.Blueprint{Cells: []quiz.Cell{{"w", 1, 1}}}, change(pool(1, 0, "w"), func(it *quiz.Item) { it.Kind = quiz.KindOpen }), "0:0 w/1 quiz.too_few"},
		"versions are one item": {quiz.Blueprint{Cells: []quiz.Cell{{"w", 1, 2}}}, append(pool(1, 0, "w"), pool(1, 0, "w")...), "0:0 w/1 quiz.too_few"},
	} {
		t.Run(name, func(t *testing.T) {
			err := row.blueprint.Check(row.pool)
			if got := places(err); !sameSet(got, row.want) {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
			if items, drawErr := row.blueprint.Draw(row.pool, 1); (drawErr == nil) != (err == nil) || (err == nil && len(items) != row.blueprint.Total()) {
				t.Errorf("Draw gives %d items, %v", len(items), drawErr)
			}
		})
	}
}

// TestDrawPinned keeps attempts that run from changing under people's hands: these lists may never change.
func TestDrawPinned(t *testing.T) {
	b := quiz.Blueprint{Entry: 3, Cells: []quiz.Cell{{"win", 2, 2}, {"mail", 1, 2}, {"win", 1, 1}, {"win", 4, 1}}}
	for seed, want := range map[int64]string{
		1:  "win-11 win-10 mail-10 win-13 win-21 win-20 win-44 mail-12 mail-14",
		2:  "win-11 win-10 mail-10 win-12 win-24 win-20 win-43 mail-13 mail-11",
		-7: "mail-11 mail-10 win-11 win-12 win-22 win-24 win-45 mail-13 mail-15",
	} {
		items, err := b.Draw(pool(6, 2, "mail", "win", "word"), seed)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(items); got != want {
			t.Errorf("seed %d: %q, want %q", seed, got, want)
		}
	}
}

func TestOptionOrderPinned(t *testing.T) {
	six := quiz.Item{ID: "win-001", Kind: quiz.KindSingle, Shuffle: true, Options: make([]quiz.Option, 6)}
	fixed := six
	fixed.Shuffle = false
	two := quiz.Item{ID: "win-002", Kind: quiz.KindOrder, Steps: []string{"a", "b"}}
	for name, row := range map[string]struct {
		item quiz.Item
		seed int64
		want []int
	}{
		"six options":        {six, 1, []int{3, 5, 4, 1, 0, 2}},
		"another seed":       {six, 2, []int{2, 0, 3, 4, 1, 5}},
		"not shuffled":       {fixed, 1, []int{0, 1, 2, 3, 4, 5}},
		"two steps, turned":  {two, 1, []int{1, 0}},
		"two steps, always":  {two, 2, []int{1, 0}},
		"one step":           {quiz.Item{Kind: quiz.KindOrder, Steps: []string{"a"}}, 1, []int{0}},
		"pairs, distractors": {match, 1, []int{0, 2, 3, 1}},
		"true or false":      {truth, 1, nil},
	} {
		if got := quiz.OptionOrder(row.item, row.seed); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
}

// propDraw: as many as asked, no item twice, cells filled, order kept, the pool's order of no matter.
func propDraw(t *rapid.T) {
	var b quiz.Blueprint
	b.Entry = rapid.IntRange(0, 3).Draw(t, "entry")
	for range rapid.IntRange(1, 6).Draw(t, "cells") {
		b.Cells = append(b.Cells, quiz.Cell{
			Domain: rapid.SampledFrom([]string{"mail", "win"}).Draw(t, "domain"),
			Level:  rapid.IntRange(1, 4).Draw(t, "level"), Count: rapid.IntRange(0, 3).Draw(t, "count"),
		})
	}
	all := pool(rapid.IntRange(1, 8).Draw(t, "items"), rapid.IntRange(0, 3).Draw(t, "entries"), "win", "mail")
	seed := rapid.Int64().Draw(t, "seed")
	items, err := b.Draw(all, seed)
	if (err == nil) != (b.Check(all) == nil) {
		t.Fatalf("Draw: %v, Check: %v", err, b.Check(all))
	}
	if err != nil {
		return
	}
	again, err := b.Draw(rapid.Permutation(all).Draw(t, "pool"), seed)
	if err != nil || !reflect.DeepEqual(items, again) {
		t.Fatalf("%s, from another order of the pool %s, %v", ids(items), ids(again), err)
	}
	seen, domains := map[string]bool{}, b.Domains()
	for i, it := range items {
		if seen[it.ID] || (i < b.Entry && !it.Entry) {
			t.Fatalf("item %d of %s", i, ids(items))
		}
		seen[it.ID] = true
		if i == 0 || i == b.Entry {
			continue
		}
		before, now := items[i-1], it
		switch d, e := slices.Index(domains, before.Domain), slices.Index(domains, now.Domain); {
		case i < b.Entry && before.Level > now.Level, i > b.Entry && d > e, i > b.Entry && d == e && before.Level > now.Level:
			t.Fatalf("item %d of %s is out of order", i, ids(items))
		}
	}
	for _, c := range b.Cells {
		want, got := 0, 0
		for _, o := range b.Cells {
			if o.Domain == c.Domain && o.Level == c.Level {
				want += o.Count
			}
		}
		for _, it := range items[b.Entry:] {
			if it.Domain == c.Domain && it.Level == c.Level {
				got++
			}
		}
		if got != want {
			t.Fatalf("%d items for %+v in %s", got, c, ids(items))
		}
	}
}

func TestDrawLaw(t *testing.T) { rapid.Check(t, propDraw) }
func FuzzDraw(f *testing.F)    { f.Fuzz(rapid.MakeFuzz(propDraw)) }

// propOptionOrder: always a permutation; steps and right-hand sides never as written.
func propOptionOrder(t *rapid.T) {
	it := anyItem(t)
	order := quiz.OptionOrder(it, rapid.Int64().Draw(t, "seed"))
	n := max(len(it.Options), len(it.Steps), len(it.Rights()))
	if sorted := slices.Sorted(slices.Values(order)); !slices.Equal(sorted, upTo(n)) {
		t.Fatalf("%v is no permutation of %d", order, n)
	}
	if n > 1 && slices.IsSorted(order) && (it.Kind == quiz.KindOrder || it.Kind == quiz.KindMatch) {
		t.Fatalf("%s shows the key: %v", it.Kind, order)
	}
	if it.Kind == quiz.KindSingle && !it.Shuffle && !slices.IsSorted(order) {
		t.Fatalf("shuffled: %v", order)
	}
}

func TestOptionOrderLaw(t *testing.T) { rapid.Check(t, propOptionOrder) }

// TestOptionOrderIsEven: each option comes first about as often; 6000 seeds, 4 options, five sigmas.
func TestOptionOrderIsEven(t *testing.T) {
	it, first := quiz.Item{ID: "x", Kind: quiz.KindSingle, Shuffle: true, Options: make([]quiz.Option, 4)}, [4]int{}
	for seed := range int64(6000) {
		first[quiz.OptionOrder(it, seed)[0]]++
	}
	for i, n := range first {
		if n < 1332 || n > 1668 {
			t.Errorf("option %d is first %d times of 6000", i, n)
		}
	}
}
