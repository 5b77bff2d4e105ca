package quiz_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/quiz"
)

// fine is a bank of 24 items, six per level, in which lint finds nothing.
func fine() quiz.Bank {
	b := quiz.Bank{ID: "b", Language: "nl", Lines: map[string]int{"b-0": 6}}
	for i := range 24 {
		level := i%4 + 1
		options := []quiz.Option{{Text: fmt.Sprint("een ", i), Why: "w"}, {Text: fmt.Sprint("twee ", i), Why: "w"}, {Text: fmt.Sprint("drie ", i), Why: "w"}}
		options[i%3].Right = true
		b.Items = append(b.Items, quiz.Item{
			ID: fmt.Sprintf("b-%d", i), Kind: quiz.KindSingle, Domain: "d", Level: level, Difficulty: float64(level) - 2.5,
			Stem: fmt.Sprintf("Vraag %d?", i), Options: options, Shuffle: true, Why: "w",
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
	second := func(_ int, it *quiz.Item) {
		for n := range it.Options {
			it.Options[n].Right = n == 1
		}
	}
	for name, row := range map[string]struct {
		change func(*quiz.Bank)
		want   string // "item rule detail" of each
	}{
		"fine":              {func(*quiz.Bank) {}, ""},
		"the same stem":     {first(func(it *quiz.Item) { it.Stem = "vraág  1" }), "b-1 twice_stem b/b-0"},
		"the same id":       {first(func(it *quiz.Item) { it.ID = "b-1" }), "b-1 twice_id b"},
		"a long key":        {all(func(i int, it *quiz.Item) { it.Options[i%3].Text = fmt.Sprint("een duidelijk antwoord is ", i) }), " longest_key 24/24"},
		"key always second": {all(second), " key_place 0 24 0 0 0 0 0 0"},
		"not shuffled": {all(func(i int, it *quiz.Item) {
			if i < 9 {
				it.Shuffle = false
				second(i, it)
			}
		}), " key_place 0 9 0 0 0 0 0 0"},
		"always true":       {all(func(_ int, it *quiz.Item) { it.Kind, it.Options, it.True = quiz.KindTrueFalse, nil, yes() }), " true_false 24/24"},
		"names of menus":    {all(func(i int, it *quiz.Item) { it.Options[i%3].Text = "'Menu'" }), " menu_names 24/24"},
		"a few names":       {all(func(i int, it *quiz.Item) { it.Options[0].Text = []string{"'Menu'", "een"}[min(i/10, 1)] }), " menu_names 4/24"},
		"no rationale":      {first(func(it *quiz.Item) { it.Why, it.Options[1].Why = "", "" }), "b-0 no_rationale why; b-0 no_rationale options[2].why"},
		"a thin level":      {func(b *quiz.Bank) { b.Items = b.Items[1:] }, " level_count 1:5"},
		"all of the above":  {first(func(it *quiz.Item) { it.Options[2].Text = "Alle bovenstaande." }), "b-0 all_of_above Alle bovenstaande."},
		"none of the above": {first(func(it *quiz.Item) { it.Options[2].Text = "Geen van de antwoorden hierboven" }), "b-0 all_of_above Geen van de antwoorden hierboven"},
		"all answers":       {first(func(it *quiz.Item) { it.Options[2].Text = "Alle antwoorden zijn juist" }), "b-0 all_of_above Alle antwoorden zijn juist"},
		"all files is fine": {first(func(it *quiz.Item) { it.Options[2].Text = "Alle bestanden" }), ""},
		"negation":          {first(func(it *quiz.Item) { it.Stem = "Wat doe je niet?" }), "b-0 negation niet"},
		"negation, shown":   {first(func(it *quiz.Item) { it.Stem = "Wat doe je NIET?" }), ""},
		"no negation":       {first(func(it *quiz.Item) { it.Stem = "Wat is genietbaar?" }), ""},
		"a long stem":       {first(func(it *quiz.Item) { it.Stem = strings.Repeat("Een twee. ", 31) }), "b-0 long_stem 62"},
		"a long sentence":   {first(func(it *quiz.Item) { it.Why = "Kort. " + strings.Repeat("woord ", 21) + "." }), "b-0 sentence why, 22"},
		"two sentences": {first(func(it *quiz.Item) {
			it.Stem = strings.Repeat("woord ", 19) + "op.\n" + strings.Repeat("woord ", 19) + "op."
		}), ""},
		"a hard word":        {first(func(it *quiz.Item) { it.Stem = "Wat doet u, INDIEN het regent?" }), "b-0 hard_word indien → als"},
		"a hard phrase":      {first(func(it *quiz.Item) { it.Options[0].Why = "Vraag het met betrekking tot a." }), "b-0 hard_word met betrekking tot → over"},
		"a hard beginning":   {first(func(it *quiz.Item) { it.Options[0].Text = "De vigerende regel" }), "b-0 hard_word vigerende → dat nu geldt"},
		"not for a marker":   {first(func(it *quiz.Item) { it.Rubric = "Indien juist." }), ""},
		"not in English":     {func(b *quiz.Bank) { b.Language, b.Items[0].Stem = "en", "Indien?" }, ""},
		"difficulty off":     {first(func(it *quiz.Item) { it.Difficulty = 0.5 }), "b-0 difficulty 0.5"},
		"every option right": {first(func(it *quiz.Item) { it.Kind, it.Options = quiz.KindMultiple, options("+a", "+b") }), "b-0 all_right "},
		"no family":          {first(func(it *quiz.Item) { it.Stem = "Wat is [[wat]]?" }), "b-0 placeholder [[wat]]"},
		"a family": {first(func(it *quiz.Item) {
			it.Stem, it.Variants = "Wat is [[wat]]?", []map[string]string{{"wat": "dit"}, {"wat": "dat"}}
		}), ""},
		"the second of a family": {first(func(it *quiz.Item) {
			it.Stem, it.Variants = "Wat is [[wat]]?", []map[string]string{{"wat": "dit"}, {"wat": "het thans"}, {"wat": "thans"}}
		}), "b-0 hard_word thans → nu"},
	} {
		t.Run(name, func(t *testing.T) {
			b := fine()
			row.change(&b)
			if got := told(quiz.Lint([]quiz.Bank{b})); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestLintOverBanks(t *testing.T) {
	one, two := fine(), fine()
	two.ID = "c"
	found := quiz.Lint([]quiz.Bank{one, two})
	want := quiz.Finding{Bank: "c", Item: "b-0", Line: 6, Rule: quiz.RuleTwiceID, Detail: "b"}
	if len(found) != 48 || !slices.Contains(found, want) {
		t.Errorf("%d findings, first %+v", len(found), found[0])
	}
}

// TestLintAlike: an item that was reworded a little is found, one about the same thing in other words is not.
func TestLintAlike(t *testing.T) {
	const stem = "U gaat even weg van de balie. Uw programma's moeten open blijven. Wat doet u met de pc?"
	texts := []string{"Alle vensters klein maken op het scherm", "De pc even vergrendelen met twee toetsen", "Het scherm uitzetten met de knop"}
	for name, row := range map[string]struct {
		stem  string
		texts []string
		other func(*quiz.Bank)
		want  string
	}{
		"a few words changed":        {"U gaat heel even weg van het loket. Alle programma's moeten open blijven. Wat doet u met de pc?", []string{"a", "b", "c"}, nil, "c-0 alike b/b-0, 54 %"},
		"in another order":           {"Uw programma's moeten open blijven. U gaat even weg van de balie. Wat doet u met de pc?", []string{"a", "b", "c"}, nil, "c-0 alike b/b-0, 80 %"},
		"new stem, the same options": {"U moet naar het toilet. Alles blijft open. Wat doet u met de pc?", texts, nil, "c-0 alike b/b-0, 47 %"},
		"other words":                {"Tijdens de middag laat u de computer alleen, met een brief op het scherm. Hoe?", []string{"a", "b", "c"}, nil, ""},
		"another language":           {stem + " Dus?", texts, func(b *quiz.Bank) { b.Language = "en" }, ""},
		"too short to say":           {"Vraag 0 dus?", []string{"een", "twee", "drie"}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			one, two := fine(), fine()
			fill := func(b *quiz.Bank, stem string, texts []string) {
				b.Items[0].Stem = stem
				for i := range b.Items[0].Options {
					b.Items[0].Options[i].Text = texts[i]
				}
			}
			fill(&one, stem, texts)
			if name == "too short to say" {
				one = fine()
			}
			fill(&two, row.stem, row.texts)
			two.ID, two.Items[0].ID, two.Items[0].Domain = "c", "c-0", "e"
			two.Items = two.Items[:1]
			two.Waive = []quiz.Waiver{{Rule: quiz.RuleLevelCount, Reason: "maar een vraag"}}
			if row.other != nil {
				row.other(&two)
			}
			if got := told(quiz.Lint([]quiz.Bank{one, two})); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

// TestLintLeak: what is right in one item stands for all to read in another of the domain.
func TestLintLeak(t *testing.T) {
	const key = "De pc even vergrendelen"
	for name, row := range map[string]struct {
		change func(one, other *quiz.Item)
		want   string
	}{
		"in a stem":    {func(one, other *quiz.Item) { other.Stem = "Waarom moet u (de PC even vergrendelen)?" }, "b-0 leak b/b-5, De pc even vergrendelen"},
		"in an option": {func(one, other *quiz.Item) { other.Options[1].Text = "Nu " + key }, "b-0 leak b/b-5, De pc even vergrendelen"},
		"across two options": {func(one, other *quiz.Item) {
			other.Options[1].Text, other.Options[2].Text = "De pc", "even vergrendelen"
		}, ""},
		"in a reason":    {func(one, other *quiz.Item) { other.Why = key }, ""},
		"part of a word": {func(one, other *quiz.Item) { other.Stem = key + "de?" }, ""},
		"another domain": {func(one, other *quiz.Item) { other.Stem, other.Domain = key+"?", "e" }, ""},
		"what is wrong": {func(one, other *quiz.Item) {
			one.Options[0].Right, one.Options[1].Right, other.Stem = false, true, key+"?"
		}, ""},
		"too short": {func(one, other *quiz.Item) { one.Options[0].Text, other.Stem = "De pc", "Waar staat de pc?" }, ""},
		"typed": {func(one, other *quiz.Item) {
			one.Kind, one.Options, one.Accept, other.Stem = quiz.KindText, nil, []string{"Prullenbak"}, "Hoe leegt u de prullenbak?"
		}, "b-0 leak b/b-5, Prullenbak"},
	} {
		t.Run(name, func(t *testing.T) {
			b := fine()
			b.Items[0].Options[0].Text = key
			row.change(&b.Items[0], &b.Items[5])
			if got := told(quiz.Lint([]quiz.Bank{b})); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestLintWaivers(t *testing.T) {
	waive := func(rule quiz.Rule, reason string) []quiz.Waiver { return []quiz.Waiver{{Rule: rule, Reason: reason}} }
	for name, row := range map[string]struct {
		stem       string
		item, bank []quiz.Waiver
		want       string
	}{
		"waived":                  {"Wat niet?", waive("negation", "Het gaat om wat ontbreekt."), nil, ""},
		"without a reason":        {"Wat niet?", waive("negation", ""), nil, "b-0 negation niet; b-0 waive_reason negation"},
		"of no rule":              {"Wat niet?", waive("negatie", "Zo is het."), nil, "b-0 negation niet; b-0 waive_unknown negatie"},
		"of another":              {"Wat niet?", waive("long_stem", "Zo is het."), nil, "b-0 negation niet; b-0 waive_nothing long_stem"},
		"twice":                   {"Wat niet?", append(waive("negation", "Ja."), waive("negation", "Ja.")...), nil, "b-0 waive_nothing negation"},
		"two things of one rule":  {"Wat indien thans?", waive("hard_word", "Daar gaat de vraag over."), nil, ""},
		"a waiver":                {"Wat?", waive("waive_nothing", "Nee."), nil, "b-0 waive_unknown waive_nothing"},
		"an item in the head":     {"Wat niet?", nil, waive("negation", "Zo is het."), " waive_nothing negation; b-0 negation niet"},
		"the head, without cause": {"Wat?", nil, waive("level_count", "Zo is het."), " waive_nothing level_count"},
	} {
		t.Run(name, func(t *testing.T) {
			b := fine()
			b.Items[0].Stem, b.Items[0].Waive, b.Waive = row.stem, row.item, row.bank
			if got := told(quiz.Lint([]quiz.Bank{b})); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
	b := fine()
	b.Items, b.Waive = b.Items[:4], waive("level_count", "Een kleine bank om te tonen hoe het werkt.")
	if got := told(quiz.Lint([]quiz.Bank{b})); got != "" {
		t.Errorf("the head waives thin levels: %s", got)
	}
}

// TestShippedBanksAreClean: nothing is left to say about the banks that ship.
func TestShippedBanksAreClean(t *testing.T) {
	for _, language := range quiz.Languages() {
		banks, err := quiz.ShippedBanks(data.Banks, language)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range quiz.Lint(banks) {
			t.Errorf("%s line %d, %s: %s %s", f.Bank, f.Line, f.Item, f.Rule, f.Detail)
		}
	}
}

// TestShippedBanksHold: each bank for staff has what a test needs of it: forty items that the program marks, six of each level, three
// families, and three in ten that put the reader in a situation (the stem speaks to "u").
func TestShippedBanksHold(t *testing.T) {
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range banks {
		if b.Audience != quiz.ForStaff {
			continue
		}
		levels, families, situations, marked := [5]int{}, 0, 0, 0
		for _, it := range b.Items {
			if it.Kind == quiz.KindOpen {
				continue
			}
			marked++
			levels[it.Level]++
			if len(it.Variants) > 0 {
				families++
			}
			if slices.ContainsFunc(strings.Fields(strings.ToLower(it.Stem)), func(w string) bool { return w == "u" || w == "uw" }) {
				situations++
			}
		}
		if marked < 40 || slices.Min(levels[1:]) < 6 || families < 3 || 10*situations < 3*marked {
			t.Errorf("%s: %d items, levels %v, %d families, %d situations", b.ID, marked, levels[1:], families, situations)
		}
	}
}

// told writes findings as "item rule detail; …".
func told(found []quiz.Finding) string {
	var all []string
	for _, f := range found {
		all = append(all, fmt.Sprintf("%s %s %s", f.Item, f.Rule, f.Detail))
	}
	return strings.Join(all, "; ")
}

// BenchmarkLint reads the largest bank that there may be, of items that share most of their words.
func BenchmarkLint(b *testing.B) {
	words := strings.Fields("de burger vraagt aan het loket een attest en u zoekt in welke map het dossier staat wat doet u eerst met de brief op uw scherm")
	bank := fine()
	one := bank.Items[0]
	bank.Items = nil
	for i := range quiz.MaxItems {
		it := one
		it.ID = fmt.Sprint("i-", i)
		pick := func(n, from int) string {
			var s []string
			for k := range n {
				s = append(s, words[(from*(k+7)+k*k+from/31)%len(words)])
			}
			return strings.Join(s, " ")
		}
		it.Stem = pick(15, i) + fmt.Sprintf(" %d?", i)
		it.Options = []quiz.Option{{Text: pick(6, i+1), Right: true, Why: pick(10, i+2)}, {Text: pick(6, i+3), Why: pick(10, i+4)}, {Text: pick(6, i+5), Why: pick(10, i+6)}}
		bank.Items = append(bank.Items, it)
	}
	for b.Loop() {
		quiz.Lint([]quiz.Bank{bank})
	}
}
