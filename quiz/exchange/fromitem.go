package exchange

import (
	"fmt"
	"strconv"
	"strings"

	"digibrug/quiz"
)

// FromItem makes questions of an item: one, or of a family one for each variant. Item makes the same item of it, but for
// waivers, which are about our own checks, and for families, whose variants come back as items of their own. An order
// becomes pairs of a step and its number, with a tag that says so. All texts are plain.
func FromItem(it quiz.Item) (all []Question) {
	if len(it.Variants) == 0 {
		return []Question{fromItem(it)}
	}
	for n := range it.Variants {
		one := it.Vary(n)
		one.Variant = 0
		one.ID = variantID(it.ID, n)
		all = append(all, fromItem(one))
	}
	return all
}

// FromItems makes questions of all items of a bank.
func FromItems(items []quiz.Item) (all []Question) {
	for _, it := range items {
		all = append(all, FromItem(it)...)
	}
	return all
}

func fromItem(it quiz.Item) Question {
	choices := it.Kind == quiz.KindSingle || it.Kind == quiz.KindMultiple
	q := Question{ID: it.ID, Kind: it.Kind, Title: it.ID, Stem: it.Stem, Markup: MarkupPlain, Category: it.Domain, Feedback: it.Why, Rubric: it.Rubric,
		True: it.True, Distractors: it.Distractors, Fixed: !it.Shuffle && (choices || it.Kind == quiz.KindMatch)}
	if q.Feedback != "" {
		q.FeedbackIn = MarkupPlain
	}
	if q.Rubric != "" {
		q.RubricIn = MarkupPlain
	}
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		q.Options = fromOptions(it)
	case quiz.KindTrueFalse:
		q.Options = []Option{{Text: "true"}, {Text: "false"}}
		q.Options[map[bool]int{true: 0, false: 1}[*it.True]].Weight = 100
	case quiz.KindNumber:
		o := Option{Weight: 100, Number: &Number{Value: it.Number.Value, Tolerance: it.Number.Tolerance}}
		o.Text = numberText(o)
		q.Options = []Option{o}
		if it.Number.Unit != "" {
			q.Units = []Unit{{Name: it.Number.Unit, Multiplier: 1}}
		}
	case quiz.KindText:
		for _, text := range it.Accept {
			q.Options = append(q.Options, Option{Text: strings.ReplaceAll(text, "*", `\*`), Weight: 100})
		}
	case quiz.KindMatch:
		for _, p := range it.Pairs {
			q.Pairs = append(q.Pairs, Pair{Left: p.Left, Markup: MarkupPlain, Right: p.Right})
		}
	case quiz.KindOrder:
		q.Kind = quiz.KindMatch
		for i, step := range it.Steps {
			q.Pairs = append(q.Pairs, Pair{Left: step, Markup: MarkupPlain, Right: strconv.Itoa(i + 1)})
		}
	}
	q.Tags = tagsFrom(it)
	return q
}

// fromOptions gives the options with their weights: of several right ones each its share, and the same off for a wrong one.
func fromOptions(it quiz.Item) (options []Option) {
	keys := 0
	for _, o := range it.Options {
		if o.Right {
			keys++
		}
	}
	for _, o := range it.Options {
		one := Option{Text: o.Text, Markup: MarkupPlain, Feedback: o.Why}
		if one.Feedback != "" {
			one.FeedbackIn = MarkupPlain
		}
		switch {
		case it.Kind == quiz.KindSingle && o.Right:
			one.Weight = 100
		case it.Kind == quiz.KindMultiple && keys > 0:
			one.Weight, _ = knownFraction(100 / float64(keys))
			if !o.Right {
				one.Weight = -one.Weight
			}
		}
		options = append(options, one)
	}
	return options
}

// tagsFrom says in tags what an item has and the formats have no place for.
func tagsFrom(it quiz.Item) []string {
	tags := []string{fmt.Sprintf("level:%d", it.Level), "digcomp:" + it.DigComp, "difficulty:" + plain(it.Difficulty), fmt.Sprintf("seconds:%d", it.Seconds),
		fmt.Sprintf("version:%d", it.Version), "status:" + string(it.Status), "source:" + it.Source, "author:" + it.Author}
	if it.Kind == quiz.KindOrder {
		tags = append(tags, "kind:order")
	}
	if it.Entry {
		tags = append(tags, "entry")
	}
	if !it.Shuffle {
		tags = append(tags, "shuffle:false")
	}
	if it.Distance > 0 {
		tags = append(tags, fmt.Sprintf("distance:%d", it.Distance))
	}
	if it.Number != nil && it.Number.Unit != "" {
		tags = append(tags, "unit:"+it.Number.Unit)
	}
	return tags
}
