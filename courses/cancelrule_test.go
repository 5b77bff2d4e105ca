package courses_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"digibrug/courses"
)

// Case 22: every check must pass; of the rules that allow it, the cheapest sets the fee; refused after the first lesson.
func TestCase22(t *testing.T) {
	const hour, day = time.Hour, 24 * time.Hour
	checks := func(all ...courses.CancelCheck) []courses.CancelCheck { return all }
	rules := func(all ...courses.CancelRule) []courses.CancelRule { return all }
	early, late := courses.CancelRule{Hours: 7 * 24, Cents: 500}, courses.CancelRule{Hours: 24, Cents: 1000}
	for name, c := range map[string]struct {
		rules    courses.CancelRules
		left     time.Duration
		attended int
		cents    int64             // -1: refused
		why      courses.CancelWhy // when refused
		hours    int
	}{
		"all checks pass":                    {courses.CancelRules{checks(courses.BeforeStart, courses.BeforeDay), rules(late)}, 2 * day, 0, 1000, "", 0},
		"one of them doesn't":                {courses.CancelRules{checks(courses.BeforeStart, courses.BeforeWeek), rules(late)}, 2 * day, 0, -1, courses.CancelNotice, 168},
		"the other order":                    {courses.CancelRules{checks(courses.BeforeWeek, courses.BeforeStart), rules(late)}, 2 * day, 0, -1, courses.CancelNotice, 168},
		"rule 10 allows":                     {courses.CancelRules{nil, rules(late)}, 2 * day, 0, 1000, "", 0},
		"rule 10 doesn't, rule 5 does":       {courses.CancelRules{nil, rules(courses.CancelRule{Hours: 72, Cents: 1000}, courses.CancelRule{Hours: 24, Cents: 500})}, 2 * day, 0, 500, "", 0},
		"both do: the cheaper":               {courses.CancelRules{nil, rules(late, early)}, 8 * day, 0, 500, "", 0},
		"both do, the other order":           {courses.CancelRules{nil, rules(early, late)}, 8 * day, 0, 500, "", 0},
		"a minute too late for the cheaper":  {courses.CancelRules{nil, rules(early, late)}, 7*day - time.Minute, 0, 1000, "", 0},
		"just in time for the cheaper":       {courses.CancelRules{nil, rules(early, late)}, 7 * day, 0, 500, "", 0},
		"neither does":                       {courses.CancelRules{nil, rules(early, late)}, 23 * hour, 0, -1, courses.CancelNotice, 24},
		"attended one lesson":                {courses.CancelRules{nil, rules(courses.CancelRule{})}, 8 * day, 1, -1, courses.CancelAttended, 0},
		"attended, and too late as well":     {courses.CancelRules{checks(courses.BeforeStart), rules(early)}, -day, 3, -1, courses.CancelAttended, 0},
		"no rules and no checks":             {courses.CancelRules{}, 8 * day, 0, -1, courses.CancelNoRule, 0},
		"checks alone allow nothing":         {courses.CancelRules{checks(courses.BeforeStart), nil}, 8 * day, 0, -1, courses.CancelNoRule, 0},
		"free until it begins":               {courses.CancelRules{nil, rules(courses.CancelRule{})}, time.Nanosecond, 0, 0, "", 0},
		"not at the moment itself":           {courses.CancelRules{nil, rules(courses.CancelRule{})}, 0, 0, -1, courses.CancelBegun, 0},
		"not after it began":                 {courses.CancelRules{checks(courses.BeforeDay), rules(late)}, -hour, 0, -1, courses.CancelBegun, 0},
		"unless a rule allows that":          {courses.CancelRules{nil, rules(courses.CancelRule{Hours: -48, Cents: 1500})}, -48 * hour, 0, 1500, "", 0},
		"but not for ever":                   {courses.CancelRules{nil, rules(courses.CancelRule{Hours: -48, Cents: 1500})}, -49 * hour, 0, -1, courses.CancelBegun, 0},
		"a rule of less than nothing":        {courses.CancelRules{nil, rules(courses.CancelRule{Cents: -5}, courses.CancelRule{Cents: 7})}, day, 0, 7, "", 0},
		"a check stronger than a free rule":  {courses.CancelRules{checks(courses.BeforeDay), rules(courses.CancelRule{})}, 23 * hour, 0, -1, courses.CancelNotice, 24},
		"the moment that the check gives up": {courses.CancelRules{checks(courses.BeforeDay), rules(courses.CancelRule{})}, day, 0, 0, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.rules.Decide(courses.CancelFacts{Left: c.left, Attended: c.attended})
			var refused *courses.CancelError
			switch {
			case c.cents >= 0 && (err != nil || got.Cents != c.cents || got.Rule.Cents != c.cents):
				t.Errorf("got %+v, %v, want %d cents", got, err, c.cents)
			case c.cents < 0 && (!errors.As(err, &refused) || refused.Why != c.why || refused.Hours != c.hours):
				t.Errorf("got %+v, %v, want %s, %d hours", got, err, c.why, c.hours)
			}
		})
	}
}

func TestCancelRulesNormal(t *testing.T) {
	got, err := courses.CancelRules{
		Checks: []courses.CancelCheck{courses.BeforeWeek, courses.BeforeStart, courses.BeforeWeek},
		Rules:  []courses.CancelRule{{24, 1000}, {168, 500}, {24, 1000}, {168, 0}},
	}.Normal()
	want := courses.CancelRules{Checks: []courses.CancelCheck{courses.BeforeStart, courses.BeforeWeek}, Rules: []courses.CancelRule{{168, 0}, {168, 500}, {24, 1000}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	for name, c := range map[string]struct {
		rules courses.CancelRules
		want  string
	}{
		"a check nobody knows": {courses.CancelRules{Checks: []courses.CancelCheck{"altijd"}}, "checks not_one_of"},
		"two months and a day": {courses.CancelRules{Rules: []courses.CancelRule{{Hours: 61 * 24}}}, "hours number"},
		"less than nothing":    {courses.CancelRules{Rules: []courses.CancelRule{{Cents: -1}}}, "cents number"},
		"eleven rules":         {courses.CancelRules{Rules: make([]courses.CancelRule, 11)}, "cancel courses.count"},
		"ten rules":            {courses.CancelRules{Rules: make([]courses.CancelRule, 10)}, ""},
	} {
		if _, err := c.rules.Normal(); badInput(err) != c.want {
			t.Errorf("%s: got %q, want %q", name, badInput(err), c.want)
		}
	}
}

func anyCancelRule() *rapid.Generator[courses.CancelRule] {
	return rapid.Custom(func(t *rapid.T) courses.CancelRule {
		return courses.CancelRule{Hours: rapid.IntRange(-50, 200).Draw(t, "hours"), Cents: rapid.Int64Range(0, 20).Draw(t, "cents")}
	})
}

// Waiting never makes cancelling cheaper, a rule more never makes it dearer, a check more never allows what was refused,
// and Normal changes no decision.
func TestCancelLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := courses.CancelRules{Checks: rapid.SliceOfN(rapid.SampledFrom(courses.CancelChecks()), 0, 3).Draw(t, "checks"), Rules: rapid.SliceOfN(anyCancelRule(), 1, 4).Draw(t, "rules")}
		f := courses.CancelFacts{Left: time.Duration(rapid.IntRange(-100*60, 300*60).Draw(t, "left")) * time.Minute}
		got, err := r.Decide(f)
		later := f
		later.Left -= time.Duration(rapid.IntRange(0, 100*60).Draw(t, "later")) * time.Minute
		if after, afterErr := r.Decide(later); afterErr == nil && (err != nil || after.Cents < got.Cents) {
			t.Fatalf("%v: %+v, %v; later, %v: %+v", f.Left, got, err, later.Left, after)
		}
		more := courses.CancelRules{Checks: r.Checks, Rules: append([]courses.CancelRule{anyCancelRule().Draw(t, "more")}, r.Rules...)}
		if other, otherErr := more.Decide(f); err == nil && (otherErr != nil || other.Cents > got.Cents) {
			t.Fatalf("%+v, %v; with a rule more: %+v, %v", got, err, other, otherErr)
		}
		strict := courses.CancelRules{Checks: append([]courses.CancelCheck{rapid.SampledFrom(courses.CancelChecks()).Draw(t, "check")}, r.Checks...), Rules: r.Rules}
		if _, strictErr := strict.Decide(f); strictErr == nil && err != nil {
			t.Fatalf("a check more allows what was refused: %v", err)
		}
		tidy, tidyErr := r.Normal()
		if tidyErr != nil {
			t.Fatal(tidyErr)
		}
		same, sameErr := tidy.Decide(f)
		if (sameErr == nil) != (err == nil) || same.Cents != got.Cents {
			t.Fatalf("Normal changed %+v, %v into %+v, %v", got, err, same, sameErr)
		}
		f.Attended = rapid.IntRange(1, 9).Draw(t, "attended")
		var refused *courses.CancelError
		if _, err := r.Decide(f); !errors.As(err, &refused) || refused.Why != courses.CancelAttended {
			t.Fatalf("after %d lessons: %v", f.Attended, err)
		}
	})
}
