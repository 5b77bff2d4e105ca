package quiz_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"digibrug/quiz"
)

// family is an item of every sort of text with two rows.
func family() quiz.Item {
	return quiz.Item{
		ID: "f-1", Version: 2, Kind: quiz.KindSingle, Stem: "[[n]] + [[n]]?", Why: "w [[x]]", Difficulty: 0.5, Seconds: 30,
		Options: options("-[[x]]", "+[[n]][[x]]"), Accept: []string{"[[x]]"}, Steps: []string{"a", "[[n]]"}, Rubric: "r [[x]]",
		Pairs: []quiz.Pair{{Left: "l [[n]]", Right: "[[x]]"}}, Distractors: []string{"[[n]]!"},
		Number:   &quiz.Number{ValueKey: "n", ToleranceKey: "t", Unit: "[[x]]"},
		Variants: []map[string]string{{"n": "1 250,5", "x": "[[n]]", "t": "0,5"}, {"n": "-3", "x": "b", "t": "0"}},
	}
}

func TestVary(t *testing.T) {
	it := family()
	want := quiz.Item{
		ID: "f-1", Version: 2, Kind: quiz.KindSingle, Stem: "-3 + -3?", Why: "w b", Difficulty: 0.5, Seconds: 30,
		Options: []quiz.Option{{Text: "-b", Why: it.Options[0].Why}, {Text: "+-3b", Right: true, Why: it.Options[1].Why}},
		Accept:  []string{"b"}, Steps: []string{"a", "-3"}, Rubric: "r b",
		Pairs: []quiz.Pair{{Left: "l -3", Right: "b"}}, Distractors: []string{"-3!"},
		Number: &quiz.Number{Value: -3, Unit: "b"}, Variant: 2,
	}
	for _, n := range []int{1, 3, -1} {
		if got := it.Vary(n); !reflect.DeepEqual(got, want) {
			t.Errorf("variant %d:\ngot  %+v\nwant %+v", n, got, want)
		}
	}
	first := it.Vary(0)
	if first.Number.Value != 1250.5 || first.Number.Tolerance != 0.5 || first.Accept[0] != "[[n]]" {
		t.Errorf("a value of a row is put in as it is: %+v", first)
	}
	if !reflect.DeepEqual(it, family()) {
		t.Error("the family itself has changed")
	}
	if len(it.Family()) != 2 || !reflect.DeepEqual(it.Family()[1], want) {
		t.Errorf("family %+v", it.Family())
	}
	plain := quiz.Item{ID: "p", Stem: "[[n]]"}
	if got := plain.Vary(5); !reflect.DeepEqual(got, plain) || !reflect.DeepEqual(plain.VaryBy(1, 2), plain) || len(plain.Family()) != 1 {
		t.Errorf("an item without variants is itself, not %+v", got)
	}
}

// TestVaryByForms: the forms of one seed differ as long as there are rows, and each row comes by.
func TestVaryByForms(t *testing.T) {
	it := quiz.Item{ID: "f"}
	for n := range 4 {
		it.Variants = append(it.Variants, map[string]string{"n": fmt.Sprint(n)})
	}
	first := map[int]bool{}
	for seed := range int64(50) {
		seen := map[int]bool{}
		for form := range 4 {
			v := it.VaryBy(seed, form)
			seen[v.Variant] = true
			if !reflect.DeepEqual(v, it.VaryBy(seed, form)) {
				t.Fatalf("seed %d, form %d gives two variants", seed, form)
			}
		}
		first[it.VaryBy(seed, 0).Variant] = true
		if len(seen) != 4 || it.VaryBy(seed, 4).Variant != it.VaryBy(seed, 0).Variant {
			t.Errorf("seed %d: forms have variants %v", seed, seen)
		}
	}
	if len(first) != 4 {
		t.Errorf("in 50 seeds form A had variants %v", first)
	}
}

// TestParseVariants: what is wrong with a family is told with its place, as "line:col field code".
func TestParseVariants(t *testing.T) {
	with := func(stem, option, rows string) string {
		src := strings.Replace(good(), "stem: Wat?", "stem: '"+stem+"'", 1)
		src = strings.Replace(src, "text: ja", "text: '"+option+"'", 1)
		return src + "    variants:\n" + rows
	}
	two := "      - {a: x}\n      - {a: y}\n"
	for name, row := range map[string]struct{ src, want string }{
		"two rows":                     {with("Wat? [[a]]", "ja", two), ""},
		"numbers and dates as text":    {with("Wat? [[a]]", "ja", "      - {a: 007}\n      - {a: 2026-11-26}\n"), ""},
		"one row":                      {with("[[a]]", "ja", "      - {a: x}\n"), "20:7 variants quiz.count"},
		"21 rows":                      {with("[[a]]", "ja", strings.Repeat("      - {a: x}\n", 21)), "20:7 variants quiz.count"},
		"no keys":                      {with("Wat?", "ja", "      - {}\n      - {}\n"), "20:9 variants[1] quiz.count"},
		"rows that are lists":          {with("[[a]]", "ja", "      - [x]\n      - {a: y}\n"), "20:9 variants[1] quiz.type"},
		"a key too few":                {with("[[a]] [[b]]", "ja", "      - {a: x, b: y}\n      - {a: y}\n"), "21:9 variants[2].b empty"},
		"a key too many":               {with("[[a]]", "ja", "      - {a: x}\n      - {a: y, b: z}\n"), "21:19 variants[2].b unknown"},
		"a key twice":                  {with("[[a]]", "ja", "      - {a: x, a: z}\n      - {a: y}\n"), "20:16 variants[1].a twice"},
		"a key that is no name":        {with("[[a]]", "ja", "      - {a: x, B 1: z}\n      - {a: y}\n"), "20:16 variants[1].B 1 quiz.placeholder"},
		"an empty value":               {with("[[a]]", "ja", "      - {a: x}\n      - {a: \"\"}\n"), "21:13 variants[2].a empty"},
		"a value that is a list":       {with("[[a]]", "ja", "      - {a: x}\n      - {a: [y]}\n"), "21:13 variants[2].a quiz.type"},
		"a hidden byte":                {with("[[a]]", "ja", "      - {a: x}\n      - {a: \"\\e\"}\n"), "21:13 variants[2].a quiz.control"},
		"the same row":                 {with("[[a]]", "ja", "      - {a: x}\n      - {a: x}\n"), "21:9 variants[2] twice"},
		"a key that nothing uses":      {with("Wat?", "ja", two), "20:13 variants[1].a quiz.unused"},
		"an unknown placeholder":       {with("[[a]]", "[[b]]", two), "14:22 options[1].text quiz.placeholder"},
		"a bracket without name":       {with("[[a]] [[A1]]", "ja", two), "13:11 stem quiz.placeholder"},
		"three brackets":               {with("[[[a]]] [[a]]", "ja", two), "13:11 stem quiz.placeholder, 20:13 variants[1].a quiz.unused"},
		"brackets out of a row":        {with("[[a]]", "ja", "      - {a: '[[x'}\n      - {a: y}\n"), ""},
		"brackets without variants":    {strings.Replace(good(), "stem: Wat?", "stem: '[[a]]'", 1), ""},
		"one row gives twice the same": {with("[[a]]?", "[[a]]", "      - {a: x}\n      - {a: nee}\n"), "21:9 variants[2].options[2].text twice"},
		"every row gives it":           {with("[[a]]", "nee", two), "14:58 options[2].text twice"},
		"one row is too long": {with("[[a]]", strings.Repeat("[[a]]", 3), "      - {a: x}\n      - {a: "+strings.Repeat("y", 60)+"}\n"),
			"21:9 variants[2].options[1].text too_long"},
		"wrong without its rows too": {strings.Replace(with("[[a]]", "ja", two), "level: 1", "level: 9", 1), "9:12 level number"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := quiz.ParseBank("t.yaml", []byte(row.src))
			if got := places(err); !sameSet(got, row.want) {
				t.Errorf("got  %s\nwant %s\n%s", got, row.want, row.src)
			}
			if err == nil && name == "numbers and dates as text" && b.Items[0].Vary(0).Stem+b.Items[0].Vary(1).Stem != "Wat? 007Wat? 2026-11-26" {
				t.Errorf("%+v", b.Items[0])
			}
		})
	}
}

func TestParseVariantNumbers(t *testing.T) {
	with := func(number, rows string) string {
		src := strings.Replace(strings.Replace(good(), "kind: single", "kind: number", 1),
			"options: [{text: ja, right: true, why: w}, {text: nee, why: w}]", "number: "+number, 1)
		return src + "    variants:\n" + rows
	}
	for name, row := range map[string]struct{ src, want string }{
		"of a row":        {with(`{value: "[[n]]", tolerance: "[[t]]"}`, "      - {n: \"1 250,5\", t: 1}\n      - {n: \"-3\", t: 0}\n"), ""},
		"two readings":    {with(`{value: "[[n]]"}`, "      - {n: 1.250}\n      - {n: 3}\n"), "20:13 variants[1].n quiz.not_number"},
		"no number":       {with(`{value: "[[n]]"}`, "      - {n: drie}\n      - {n: 3}\n"), "20:13 variants[1].n quiz.not_number"},
		"below zero":      {with(`{value: 1, tolerance: "[[n]]"}`, "      - {n: 1}\n      - {n: -3}\n"), "21:9 variants[2].number.tolerance number"},
		"unknown":         {with(`{value: "[[m]]", tolerance: "[[n]]"}`, "      - {n: 1}\n      - {n: 3}\n"), "14:21 number.value quiz.placeholder"},
		"more than a key": {with(`{value: "1[[n]]"}`, "      - {n: 1}\n      - {n: 3}\n"), "14:21 number.value quiz.type, 20:13 variants[1].n quiz.unused"},
		"without rows":    {strings.Split(with(`{value: "[[n]]"}`, ""), "    variants")[0], "14:13 number quiz.placeholder"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := quiz.ParseBank("t.yaml", []byte(row.src))
			if got := places(err); !sameSet(got, row.want) {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

// TestBankHoldsFamilies: what was made of a family goes into attempts, and never back into a bank.
func TestBankHoldsFamilies(t *testing.T) {
	b, err := quiz.ParseBank("t.yaml", []byte(strings.Replace(good(), "Wat?", "\"[[a]]\"", 1)+"    variants: [{a: x}, {a: y}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	made := b.Items[0].Vary(1)
	if err := made.Check(); err != nil {
		t.Errorf("what is made of a sound family is no item: %v", err)
	}
	b.Items[0] = made
	if got := places(b.Check()); got != "0:0 items[1].variant number" {
		t.Error(got)
	}
}

// TestFamiliesAreEqual: whatever the seed, a variant is a valid item as hard, as long and as heavy as its family, with
// as many answers to choose from.
func TestFamiliesAreEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		it := anyItem(t)
		one, other := it.VaryBy(rapid.Int64().Draw(t, "seed"), 0), it.VaryBy(rapid.Int64().Draw(t, "another seed"), 3)
		for _, v := range []quiz.Item{one, other} {
			if err := v.Check(); err != nil {
				t.Fatalf("%v: %+v", err, v)
			}
			if v.Difficulty != it.Difficulty || v.Level != it.Level || v.Seconds != it.Seconds || v.Kind != it.Kind || v.ID != it.ID ||
				v.Version != it.Version || len(v.Options) != len(it.Options) || len(v.Rights()) != len(it.Rights()) || len(v.Variants) != 0 {
				t.Fatalf("family %+v\nvariant %+v", it, v)
			}
		}
		if (one.Variant == other.Variant) != reflect.DeepEqual(one, other) {
			t.Fatalf("variants %d and %d", one.Variant, other.Variant)
		}
	})
}
