package quiz_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"digibrug/quiz"
)

// fine is a bank of 20 items, five per level, in which lint finds nothing.
func fine() quiz.Bank {
	b := quiz.Bank{ID: "b", Lines: map[string]int{"b-0": 6}}
	for i := range 20 {
		level := i%4 + 1
		b.Items = append(b.Items, quiz.Item{
			ID: fmt.Sprintf("b-%d", i), Kind: quiz.KindSingle, Level: level, Difficulty: float64(level) - 2.5,
			Stem: fmt.Sprintf("Vraag %d?", i), Options: options("-een", "+twee", "-drie"), Shuffle: true, Why: "w",
		})
	}
	return b
}

func TestLint(t *testing.T) {
	first := func(change func(*quiz.Item)) func(*quiz.Bank) {
		return func(b *quiz.Bank) { change(&b.Items[0]) }
	}
	all := func(change func(int, *quiz.Item)) func(*quiz.Bank) {
		return func(b *quiz.Bank) {
			for i := range b.Items {
				change(i, &b.Items[i])
			}
		}
	}
	for name, row := range map[string]struct {
		change func(*quiz.Bank)
		want   string // "item rule detail" of each
	}{
		"fine":               {func(*quiz.Bank) {}, ""},
		"the same stem":      {first(func(it *quiz.Item) { it.Stem = "vraág  1" }), "b-1 twice_stem b/b-0"},
		"the same id":        {first(func(it *quiz.Item) { it.ID = "b-1" }), "b-1 twice_id b"},
		"a long key":         {all(func(_ int, it *quiz.Item) { it.Options[1].Text = "dit is duidelijk het juiste" }), " longest_key 20/20"},
		"key always second":  {all(func(_ int, it *quiz.Item) { it.Shuffle = false }), " key_place 0 20 0 0 0 0 0 0"},
		"always true":        {all(func(_ int, it *quiz.Item) { it.Kind, it.Options, it.True = quiz.KindTrueFalse, nil, yes() }), " true_false 20/20"},
		"no rationale":       {first(func(it *quiz.Item) { it.Why, it.Options[1].Why = "", "" }), "b-0 no_rationale why; b-0 no_rationale options[2].why"},
		"a thin level":       {func(b *quiz.Bank) { b.Items = b.Items[1:] }, " level_count 1:4"},
		"all of the above":   {first(func(it *quiz.Item) { it.Options[2].Text = "Alle bovenstaande." }), "b-0 all_of_above Alle bovenstaande."},
		"none of the above":  {first(func(it *quiz.Item) { it.Options[2].Text = "Geen van de antwoorden hierboven" }), "b-0 all_of_above Geen van de antwoorden hierboven"},
		"all answers":        {first(func(it *quiz.Item) { it.Options[2].Text = "Alle antwoorden zijn juist" }), "b-0 all_of_above Alle antwoorden zijn juist"},
		"all files is fine":  {first(func(it *quiz.Item) { it.Options[2].Text = "Alle bestanden" }), ""},
		"negation":           {first(func(it *quiz.Item) { it.Stem = "Wat doe je niet?" }), "b-0 negation niet"},
		"negation, shown":    {first(func(it *quiz.Item) { it.Stem = "Wat doe je NIET?" }), ""},
		"no negation":        {first(func(it *quiz.Item) { it.Stem = "Wat is genietbaar?" }), ""},
		"a long stem":        {first(func(it *quiz.Item) { it.Stem = strings.Repeat("woord ", 61) }), "b-0 long_stem 61"},
		"difficulty off":     {first(func(it *quiz.Item) { it.Difficulty = 0.5 }), "b-0 difficulty 0.5"},
		"every option right": {first(func(it *quiz.Item) { it.Kind, it.Options = quiz.KindMultiple, options("+a", "+b") }), "b-0 all_right "},
	} {
		t.Run(name, func(t *testing.T) {
			b := fine()
			row.change(&b)
			var got []string
			for _, f := range quiz.Lint([]quiz.Bank{b}) {
				got = append(got, fmt.Sprintf("%s %s %s", f.Item, f.Rule, f.Detail))
			}
			if strings.Join(got, "; ") != row.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), row.want)
			}
		})
	}
}

func TestLintOverBanks(t *testing.T) {
	one, two := fine(), fine()
	two.ID = "c"
	found := quiz.Lint([]quiz.Bank{one, two})
	want := quiz.Finding{Bank: "c", Item: "b-0", Line: 6, Rule: quiz.RuleTwiceID, Detail: "b"}
	if len(found) != 40 || !slices.Contains(found, want) {
		t.Errorf("%d findings, first %+v", len(found), found[0])
	}
}
