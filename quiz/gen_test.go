package quiz_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"digibrug/data"
	"digibrug/quiz"
)

// word draws a harmless line of text that is not empty.
func word(t *rapid.T, label string) string {
	s := rapid.OneOf(
		rapid.StringMatching(`[A-Za-z0-9éëï:#'"{}&*!|>%@\-., ]{1,20}`),
		rapid.StringN(1, 12, 40),
	).Draw(t, label)
	s = data.Clean(data.Clean(s, 0), 0)
	if s == "" {
		return "x"
	}
	return s
}

// block draws text of several lines.
func block(t *rapid.T, label string) string {
	lines := rapid.SliceOfN(rapid.StringMatching(`[ a-zé:#"-]{0,12}`), 1, 4).Draw(t, label)
	s := data.CleanBlock(strings.Join(lines, "\n"), 0)
	if s == "" {
		return "x"
	}
	return s
}

// words draws low to high different lines of text.
func words(t *rapid.T, label string, low, high int) []string {
	n := rapid.IntRange(low, high).Draw(t, label+" n")
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("%s %d", word(t, label), i))
	}
	return all
}

// drawItem draws a valid item of a kind.
func drawItem(t *rapid.T, kind quiz.Kind, id, domain string) quiz.Item {
	it := quiz.Item{
		ID: id, Version: rapid.IntRange(1, 99).Draw(t, "version"), Kind: kind, Domain: domain, DigComp: "1.3",
		Level:      rapid.IntRange(1, 4).Draw(t, "level"),
		Difficulty: float64(rapid.IntRange(-4000, 4000).Draw(t, "difficulty")) / 1000,
		Entry:      rapid.Bool().Draw(t, "entry"), Seconds: rapid.IntRange(5, 1800).Draw(t, "seconds"),
		Stem: block(t, "stem"), Shuffle: rapid.Bool().Draw(t, "shuffle"), Why: block(t, "why"),
		Source: word(t, "source"), Author: word(t, "author"),
		Status: rapid.SampledFrom(quiz.Statuses()).Draw(t, "status"),
	}
	drawBody(t, &it)
	it.Waive = drawWaivers(t)
	if rapid.IntRange(0, 2).Draw(t, "family") == 0 {
		drawVariants(t, &it)
	}
	return it
}

func drawWaivers(t *rapid.T) (all []quiz.Waiver) {
	for range rapid.IntRange(0, 2).Draw(t, "waivers") {
		all = append(all, quiz.Waiver{Rule: quiz.Rule(rapid.SampledFrom([]string{"", "negation", "x"}).Draw(t, "rule")), Reason: block(t, "reason")})
	}
	return all
}

// drawVariants makes a family of an item whose texts leave room.
func drawVariants(t *rapid.T, it *quiz.Item) {
	it.Stem = strings.ReplaceAll(it.Stem, "[[", "") + " [[a]]"
	for i, o := range it.Options {
		it.Options[i].Text = strings.ReplaceAll(o.Text, "[[", "(")
	}
	if len(it.Options) > 0 {
		it.Options[0].Text += " [[b_2]]"
	} else {
		it.Why += "\n[[b_2]]"
	}
	for _, texts := range [][]string{it.Accept, it.Steps, it.Distractors} {
		for i, s := range texts {
			texts[i] = strings.ReplaceAll(s, "[[", "(")
		}
	}
	for i, p := range it.Pairs {
		it.Pairs[i] = quiz.Pair{Left: strings.ReplaceAll(p.Left, "[[", "("), Right: strings.ReplaceAll(p.Right, "[[", "(")}
	}
	number := it.Number != nil && rapid.Bool().Draw(t, "number of a row")
	if number {
		it.Number.Value, it.Number.ValueKey = 0, "n"
	}
	for i := range rapid.IntRange(quiz.MinVariants, 5).Draw(t, "rows") {
		row := map[string]string{"a": word(t, "value"), "b_2": fmt.Sprint("v", i)}
		if number {
			row["n"] = quiz.FormatNumber(float64(rapid.IntRange(-5000, 5000).Draw(t, "n")) / 4)
		}
		it.Variants = append(it.Variants, row)
	}
}

func drawBody(t *rapid.T, it *quiz.Item) {
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		texts := words(t, "option", 2, 8)
		key := rapid.IntRange(0, len(texts)-1).Draw(t, "key")
		for i, s := range texts {
			right := i == key || (it.Kind == quiz.KindMultiple && rapid.Bool().Draw(t, "right"))
			it.Options = append(it.Options, quiz.Option{Text: s, Right: right, Why: block(t, "why")})
		}
	case quiz.KindTrueFalse:
		it.True = new(bool)
		*it.True = rapid.Bool().Draw(t, "true")
	case quiz.KindNumber:
		it.Number = &quiz.Number{
			Value:     float64(rapid.IntRange(-100000, 100000).Draw(t, "value")) / 100,
			Tolerance: float64(rapid.IntRange(0, 500).Draw(t, "tolerance")) / 100,
			Unit:      rapid.SampledFrom([]string{"", "MB", "%", "€", "km/u"}).Draw(t, "unit"),
		}
	case quiz.KindText:
		it.Accept = words(t, "accept", 1, 4)
		it.Distance = 0
	case quiz.KindOrder:
		it.Steps = words(t, "step", 2, 8)
	case quiz.KindMatch:
		lefts, rights := words(t, "left", 2, 6), words(t, "right", 2, 6)
		for i, left := range lefts {
			it.Pairs = append(it.Pairs, quiz.Pair{Left: left, Right: rights[i%len(rights)]})
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "distractors") {
			it.Distractors = append(it.Distractors, fmt.Sprintf("%s - afleider %d", word(t, "distractor"), i))
		}
	case quiz.KindOpen:
		it.Rubric = block(t, "rubric")
	}
}

func anyItem(t *rapid.T) quiz.Item {
	return drawItem(t, rapid.SampledFrom(quiz.Kinds()).Draw(t, "kind"), "t-1", "test")
}

// anyAnswer draws an answer that may or may not fit the item.
func anyAnswer(t *rapid.T, it quiz.Item) quiz.Answer {
	index := rapid.IntRange(-2, 9)
	a := quiz.Answer{}
	if rapid.Bool().Draw(t, "choices?") {
		a.Choices = rapid.SliceOfN(index, 0, 9).Draw(t, "choices")
	}
	if rapid.Bool().Draw(t, "order?") {
		a.Order = rapid.SliceOfN(index, 0, 9).Draw(t, "order")
	}
	if rapid.Bool().Draw(t, "matches?") {
		a.Matches = rapid.SliceOfN(index, 0, 9).Draw(t, "matches")
	}
	if rapid.Bool().Draw(t, "text?") {
		a.Text = rapid.String().Draw(t, "text")
	}
	if rapid.Bool().Draw(t, "true?") {
		a.True = new(bool)
	}
	if rapid.Bool().Draw(t, "fit?") {
		a = fitting(t, it)
	}
	return a
}

// fitting draws an answer that the item can have, and that is not empty.
func fitting(t *rapid.T, it quiz.Item) quiz.Answer {
	switch it.Kind {
	case quiz.KindSingle:
		return quiz.Answer{Choices: []int{rapid.IntRange(0, len(it.Options)-1).Draw(t, "choice")}}
	case quiz.KindMultiple:
		all := rapid.Permutation(upTo(len(it.Options))).Draw(t, "choices")
		return quiz.Answer{Choices: all[:rapid.IntRange(1, len(all)).Draw(t, "how many")]}
	case quiz.KindTrueFalse:
		yes := rapid.Bool().Draw(t, "true")
		return quiz.Answer{True: &yes}
	case quiz.KindNumber:
		return quiz.Answer{Text: fmt.Sprintf("%d", rapid.IntRange(-1000, 1000).Draw(t, "number"))}
	case quiz.KindOrder:
		return quiz.Answer{Order: rapid.Permutation(upTo(len(it.Steps))).Draw(t, "order")}
	case quiz.KindMatch:
		all := rapid.Permutation(upTo(len(it.Rights()))).Draw(t, "matches")
		for len(all) < len(it.Pairs) {
			all = append(all, quiz.NoMatch)
		}
		return quiz.Answer{Matches: all[:len(it.Pairs)]}
	}
	return quiz.Answer{Text: word(t, "text")}
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
