package quiz

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
)

// Answer is what somebody answered to an item of any kind; only the field of that kind is filled. It is
// stored as JSON. All indices count from 0 in the item's canonical order, whatever order was shown.
type Answer struct {
	Choices []int  `json:"choices,omitempty"` // single, multiple: options chosen
	True    *bool  `json:"true,omitempty"`    // truefalse
	Text    string `json:"text,omitempty"`    // number, text, open: as typed, cleaned
	Order   []int  `json:"order,omitempty"`   // order: all steps, first to last as the person put them
	Matches []int  `json:"matches,omitempty"` // match: for every pair an index in Item.Rights, or NoMatch
}

// NoMatch says in Answer.Matches that a pair has no right-hand side yet.
const NoMatch = -1

// Limits on typed answers, in characters. What is longer is cut.
const (
	MaxShort = 200
	MaxOpen  = 4000
)

// Empty tells whether nothing was answered: nothing chosen, nothing matched, nothing but space typed.
func (a Answer) Empty() bool {
	return len(a.Choices) == 0 && a.True == nil && strings.TrimSpace(a.Text) == "" && len(a.Order) == 0 &&
		!slices.ContainsFunc(a.Matches, func(m int) bool { return m != NoMatch })
}

// Tidy is the answer as it is stored: text cleaned and cut, choices in canonical order, and an answer
// that is Empty becomes the zero Answer. It drops nothing else, so that CheckAnswer sees what was sent.
// Tidy(Tidy(a)) == Tidy(a).
func (it Item) Tidy(a Answer) Answer {
	if it.Kind == KindOpen {
		a.Text = data.CleanBlock(a.Text, MaxOpen)
	} else {
		a.Text = data.Clean(a.Text, MaxShort)
	}
	if a.Empty() {
		return Answer{}
	}
	a.Choices = slices.Sorted(slices.Values(a.Choices))
	if len(a.Order) == 0 {
		a.Order = nil
	}
	if len(a.Matches) == 0 {
		a.Matches = nil
	}
	return a
}

// CheckAnswer tells whether the item can have this answer. An empty answer is always possible. It
// returns *data.Invalid with field "answer" and code WhyAnswer (an index out of range, twice the same
// one, an incomplete order, two choices in a single, a right-hand side used twice where each belongs to
// one left side), WhyKind (another kind's field is filled) or WhyNotNumber. Whether the answer is right
// plays no part: a wrong unit is no error. The answer itself is never in the error, which may reach a log.
func (it Item) CheckAnswer(a Answer) error {
	if a.Empty() {
		return nil
	}
	if field := it.foreignField(a); field != "" {
		return &data.Invalid{Field: "answer", Why: WhyKind, Want: string(it.Kind), Got: field}
	}
	bad := func(want string) error {
		return &data.Invalid{Field: "answer", Why: WhyAnswer, Want: want}
	}
	switch it.Kind {
	case KindSingle:
		if len(a.Choices) != 1 || !distinctIn(a.Choices, len(it.Options)) {
			return bad(fmt.Sprintf("1 × 0–%d", len(it.Options)-1))
		}
	case KindMultiple:
		if !distinctIn(a.Choices, len(it.Options)) {
			return bad(fmt.Sprintf("0–%d", len(it.Options)-1))
		}
	case KindOrder:
		if len(a.Order) != len(it.Steps) || !distinctIn(a.Order, len(it.Steps)) {
			return bad(fmt.Sprintf("%d × 0–%d", len(it.Steps), len(it.Steps)-1))
		}
	case KindMatch:
		used := slices.DeleteFunc(slices.Clone(a.Matches), func(m int) bool { return m == NoMatch })
		n := len(it.Rights())
		if len(a.Matches) != len(it.Pairs) || !allIn(used, n) || (it.oneToOne() && !distinctIn(used, n)) {
			return bad(fmt.Sprintf("%d × -1–%d", len(it.Pairs), n-1))
		}
	case KindNumber:
		if _, _, ok := ReadNumber(a.Text); !ok {
			return &data.Invalid{Field: "answer", Why: WhyNotNumber}
		}
	}
	return nil
}

// foreignField names a field that is filled though the item's kind does not use it.
func (it Item) foreignField(a Answer) string {
	for _, f := range []struct {
		name   string
		filled bool
		kinds  []Kind
	}{
		{"choices", len(a.Choices) > 0, []Kind{KindSingle, KindMultiple}},
		{"true", a.True != nil, []Kind{KindTrueFalse}},
		{"text", a.Text != "", []Kind{KindNumber, KindText, KindOpen}},
		{"order", len(a.Order) > 0, []Kind{KindOrder}},
		{"matches", len(a.Matches) > 0, []Kind{KindMatch}},
	} {
		if f.filled && !slices.Contains(f.kinds, it.Kind) {
			return f.name
		}
	}
	return ""
}

// allIn tells whether all indices lie in 0 … n-1.
func allIn(indices []int, n int) bool {
	return !slices.ContainsFunc(indices, func(i int) bool { return i < 0 || i >= n })
}

// distinctIn tells whether all indices lie in 0 … n-1 and none comes twice.
func distinctIn(indices []int, n int) bool {
	sorted := slices.Sorted(slices.Values(indices))
	return allIn(sorted, n) && len(slices.Compact(sorted)) == len(indices)
}

// The texts that stand for the two answers to a true/false item; screens translate them.
const (
	TextTrue  = "true"
	TextFalse = "false"
)

// Key is the right answer as texts: the right options, TextTrue or TextFalse, the number with its unit
// (decimal comma), the accepted texts, the steps in order, "left → right" for every pair, the rubric.
func (it Item) Key() []string {
	var key []string
	switch it.Kind {
	case KindSingle, KindMultiple:
		for _, o := range it.Options {
			if o.Right {
				key = append(key, o.Text)
			}
		}
	case KindTrueFalse:
		if it.True != nil {
			key = append(key, strconv.FormatBool(*it.True))
		}
	case KindNumber:
		if it.Number != nil {
			key = append(key, strings.TrimSpace(FormatNumber(it.Number.Value)+" "+it.Number.Unit))
		}
	case KindText:
		key = slices.Clone(it.Accept)
	case KindOrder:
		key = slices.Clone(it.Steps)
	case KindMatch:
		for _, p := range it.Pairs {
			key = append(key, p.Left+" → "+p.Right)
		}
	case KindOpen:
		if it.Rubric != "" {
			key = append(key, it.Rubric)
		}
	}
	return key
}

// Given is the given answer as texts, in the form of Key; nil when it is empty or impossible.
func (it Item) Given(a Answer) []string {
	if a = it.Tidy(a); a.Empty() || it.CheckAnswer(a) != nil {
		return nil
	}
	var given []string
	switch it.Kind {
	case KindSingle, KindMultiple:
		for _, i := range a.Choices {
			given = append(given, it.Options[i].Text)
		}
	case KindTrueFalse:
		given = []string{strconv.FormatBool(*a.True)}
	case KindNumber, KindText, KindOpen:
		given = []string{a.Text}
	case KindOrder:
		for _, i := range a.Order {
			given = append(given, it.Steps[i])
		}
	case KindMatch:
		rights := it.Rights()
		for i, m := range a.Matches {
			if m != NoMatch {
				given = append(given, it.Pairs[i].Left+" → "+rights[m])
			}
		}
	}
	return given
}
