package courses_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/courses"

	"pgregory.net/rapid"
)

// waiter reads "a", "b+2" (priority 2), "c&x" (pair x), "d!" (has another lesson).
func waiter(text string, at int) courses.Waiter {
	w := courses.Waiter{ID: text[:1], Queued: time.Unix(int64(at), 0)}
	_, _ = fmt.Sscanf(text[1:], "+%d", &w.Priority)
	if i := strings.IndexByte(text, '&'); i > 0 {
		w.Pair = text[i+1 : i+2]
	}
	if strings.Contains(text, "!") {
		w.Taken = "26-009"
	}
	return w
}

func TestMoveUp(t *testing.T) {
	for name, test := range map[string]struct {
		waiting    string
		free       int
		shut       courses.ShutWhy
		up, passed string
	}{
		"nobody waits":                          {"", 3, "", "", ""},
		"no seat":                               {"a b", 0, "", "", "a no_seat, b no_seat"},
		"in order of time":                      {"a b c", 2, "", "a b", "c no_seat"},
		"priority first":                        {"a b+2 c+1", 2, "", "b c", "a no_seat"},
		"who has another lesson is passed":      {"a! b", 1, "", "b", "a taken"},
		"two together get two":                  {"a&x b&x c", 2, "", "a b", "c no_seat"},
		"two together don't fit in one":         {"a&x b&x c", 1, "", "c", "a pair, b pair"},
		"the pair stands where the later does":  {"a&x b c&x", 2, "", "b", "a pair, c pair"},
		"one of a pair has another lesson":      {"a&x b&x! c", 3, "", "c", "a taken, b taken"},
		"the series began":                      {"a b", 2, courses.ShutStarted, "", "a shut, b shut"},
		"somebody decides on each seat by hand": {"a", 1, courses.ShutByHand, "", "a shut"},
	} {
		t.Run(name, func(t *testing.T) {
			var all []courses.Waiter
			for i, text := range strings.Fields(test.waiting) {
				all = append(all, waiter(text, i))
			}
			up, passed := courses.MoveUp(all, test.free, test.shut)
			var why []string
			for _, p := range passed {
				why = append(why, p.ID+" "+string(p.Why))
			}
			if got := strings.Join(up, " "); got != test.up || strings.Join(why, ", ") != test.passed {
				t.Errorf("up %q, passed %q; want %q, %q", got, strings.Join(why, ", "), test.up, test.passed)
			}
		})
	}
}

// TestMoveUpLaws: never more than the free seats, everybody is either up or told why, no pair is split, and nobody without
// a reason of their own stands before somebody who got a seat.
func TestMoveUpLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []courses.Waiter
		for i := range rapid.IntRange(0, 9).Draw(t, "n") {
			w := courses.Waiter{ID: string(rune('a' + i)), Priority: rapid.IntRange(0, 2).Draw(t, "priority"), Queued: time.Unix(rapid.Int64Range(0, 5).Draw(t, "at"), 0)}
			if rapid.IntRange(0, 4).Draw(t, "taken") == 0 {
				w.Taken = "26-001"
			}
			all = append(all, w)
		}
		for i := 0; i+1 < len(all); i += 3 {
			all[i].Pair, all[i+1].Pair = all[i].ID, all[i].ID
		}
		free := rapid.IntRange(0, 6).Draw(t, "free")
		up, passed := courses.MoveUp(all, free, "")
		if len(up) > free || len(up)+len(passed) != len(all) {
			t.Fatalf("%d up and %d passed of %d, with %d free", len(up), len(passed), len(all), free)
		}
		for _, w := range all {
			both := slices.IndexFunc(all, func(o courses.Waiter) bool { return o.Pair == w.Pair && w.Pair != "" && o.ID != w.ID })
			if both >= 0 && slices.Contains(up, w.ID) != slices.Contains(up, all[both].ID) {
				t.Fatalf("the pair of %s was split: %v", w.ID, up)
			}
		}
		turn := courses.InTurn(all)
		for i, w := range turn {
			if slices.Contains(up, w.ID) || w.Pair != "" || w.Taken != "" {
				continue
			}
			for _, later := range turn[i:] {
				if slices.Contains(up, later.ID) {
					t.Fatalf("%s got a seat before %s: %v", later.ID, w.ID, turn)
				}
			}
		}
	})
}
