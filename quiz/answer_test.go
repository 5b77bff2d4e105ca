package quiz_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"digibrug/data"
	"digibrug/quiz"
)

func TestCheckAnswer(t *testing.T) {
	for name, row := range map[string]struct {
		item   quiz.Item
		answer quiz.Answer
		want   data.Why // empty: possible
	}{
		"blank":             {single, quiz.Answer{}, ""},
		"single":            {single, quiz.Answer{Choices: []int{2}}, ""},
		"single, two":       {single, quiz.Answer{Choices: []int{0, 2}}, quiz.WhyAnswer},
		"single, below":     {single, quiz.Answer{Choices: []int{-1}}, quiz.WhyAnswer},
		"single, beyond":    {single, quiz.Answer{Choices: []int{3}}, quiz.WhyAnswer},
		"single, typed":     {single, quiz.Answer{Text: "b"}, quiz.WhyKind},
		"multiple, twice":   {multiple, quiz.Answer{Choices: []int{1, 1}}, quiz.WhyAnswer},
		"multiple, all":     {multiple, quiz.Answer{Choices: []int{3, 1, 0, 2}}, ""},
		"truefalse":         {truth, quiz.Answer{True: no()}, ""},
		"truefalse, chosen": {truth, quiz.Answer{Choices: []int{0}}, quiz.WhyKind},
		"number":            {megabyte, quiz.Answer{Text: "1 500 MB"}, ""},
		"number, wrong unit, told by the mark only": {megabyte, quiz.Answer{Text: "3 GB"}, ""},
		"number, a word":            {megabyte, quiz.Answer{Text: "veel"}, quiz.WhyNotNumber},
		"text":                      {bin, quiz.Answer{Text: "?"}, ""},
		"order":                     {order, quiz.Answer{Order: []int{3, 2, 1, 0}}, ""},
		"order, too short":          {order, quiz.Answer{Order: []int{0, 1}}, quiz.WhyAnswer},
		"order, twice":              {order, quiz.Answer{Order: []int{0, 1, 2, 2}}, quiz.WhyAnswer},
		"match, partly":             {match, quiz.Answer{Matches: []int{-1, 3, -1}}, ""},
		"match, twice":              {match, quiz.Answer{Matches: []int{1, 1, -1}}, quiz.WhyAnswer},
		"match, twice where shared": {shared, quiz.Answer{Matches: []int{1, 1, 0}}, ""},
		"match, beyond":             {match, quiz.Answer{Matches: []int{0, 1, 4}}, quiz.WhyAnswer},
		"match, below":              {match, quiz.Answer{Matches: []int{0, 1, -2}}, quiz.WhyAnswer},
		"match, a pair missing":     {match, quiz.Answer{Matches: []int{0, 1}}, quiz.WhyAnswer},
		"open":                      {open, quiz.Answer{Text: "een\ntwee"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := row.item.CheckAnswer(row.answer)
			var invalid *data.Invalid
			if (row.want == "" && err != nil) || (row.want != "" && (!errors.As(err, &invalid) || invalid.Why != row.want)) {
				t.Errorf("CheckAnswer(%+v) = %v, want %q", row.answer, err, row.want)
			}
		})
	}
}

func TestTidy(t *testing.T) {
	if got := multiple.Tidy(quiz.Answer{Choices: []int{3, 0}}); !slices.Equal(got.Choices, []int{0, 3}) {
		t.Errorf("choices %v", got.Choices)
	}
	if got := bin.Tidy(quiz.Answer{Text: "\x1b[2Ja\u202e  b\n"}); got.Text != "[2Ja b" {
		t.Errorf("text %q", got.Text)
	}
	if got := open.Tidy(quiz.Answer{Text: strings.Repeat("lang ", 5000)}); len(got.Text) > quiz.MaxOpen {
		t.Errorf("open text of %d bytes", len(got.Text))
	}
	if got := match.Tidy(quiz.Answer{Matches: []int{-1, -1, -1}}); !reflect.DeepEqual(got, quiz.Answer{}) {
		t.Errorf("nothing matched stays %+v", got)
	}
}

func TestKeyAndGiven(t *testing.T) {
	for name, row := range map[string]struct {
		item       quiz.Item
		answer     quiz.Answer
		key, given []string
	}{
		"single":     {single, quiz.Answer{Choices: []int{0}}, []string{"+b"}, []string{"-a"}},
		"multiple":   {multiple, quiz.Answer{Choices: []int{3, 0}}, []string{"+a", "+b"}, []string{"+a", "-d"}},
		"truefalse":  {truth, quiz.Answer{True: no()}, []string{"true"}, []string{"false"}},
		"number":     {megabyte, quiz.Answer{Text: "1.500"}, []string{"1500 MB"}, []string{"1.500"}},
		"decimals":   {tenth, quiz.Answer{}, []string{"0,3"}, nil},
		"text":       {bin, quiz.Answer{Text: " bak "}, []string{"Prullenbak", "Recycle Bin"}, []string{"bak"}},
		"order":      {order, quiz.Answer{Order: []int{3, 0, 1, 2}}, []string{"a", "b", "c", "d"}, []string{"d", "a", "b", "c"}},
		"match":      {match, quiz.Answer{Matches: []int{-1, 3, -1}}, []string{"docx → tekst", "xlsx → rekenblad", "pdf → vast"}, []string{"xlsx → muziek"}},
		"open":       {open, quiz.Answer{Text: "ja"}, []string{"volledig"}, []string{"ja"}},
		"impossible": {single, quiz.Answer{Choices: []int{9}}, []string{"+b"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.item.Key(); !slices.Equal(got, row.key) {
				t.Errorf("key %q, want %q", got, row.key)
			}
			if got := row.item.Given(row.answer); !slices.Equal(got, row.given) {
				t.Errorf("given %q, want %q", got, row.given)
			}
		})
	}
}

func TestExplain(t *testing.T) {
	for name, row := range map[string]struct {
		item   quiz.Item
		answer quiz.Answer
		want   []quiz.Line
	}{
		"single": {single, quiz.Answer{Choices: []int{0}}, []quiz.Line{
			{Text: "-a", Given: "-a", Chosen: true, Why: "omdat"}, {Text: "+b", Right: true, Why: "omdat"}, {Text: "-c", Why: "omdat"}}},
		"truefalse": {truth, quiz.Answer{True: no()}, []quiz.Line{
			{Text: "true", Right: true}, {Text: "false", Given: "false", Chosen: true}}},
		"number": {megabyte, quiz.Answer{Text: "1500"}, []quiz.Line{
			{Text: "1500 MB", Given: "1500", Right: true, Chosen: true}}},
		"text, blank": {bin, quiz.Answer{}, []quiz.Line{{Text: "Prullenbak"}}},
		"order": {order, quiz.Answer{Order: []int{0, 2, 1, 3}}, []quiz.Line{
			{Text: "a", Given: "a", Place: 1, Right: true, Chosen: true}, {Text: "b", Given: "c", Place: 3, Chosen: true},
			{Text: "c", Given: "b", Place: 2, Chosen: true}, {Text: "d", Given: "d", Place: 4, Right: true, Chosen: true}}},
		"match": {match, quiz.Answer{Matches: []int{0, 3, -1}}, []quiz.Line{
			{Left: "docx", Text: "tekst", Given: "tekst", Right: true, Chosen: true},
			{Left: "xlsx", Text: "rekenblad", Given: "muziek", Chosen: true}, {Left: "pdf", Text: "vast"}}},
		"open": {open, quiz.Answer{Text: "ja"}, []quiz.Line{{Text: "volledig", Given: "ja", Chosen: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.item.Explain(row.answer); !reflect.DeepEqual(got, row.want) {
				t.Errorf("got %+v, want %+v", got, row.want)
			}
		})
	}
}

// propJSON: what an attempt stores comes back.
func propJSON(t *rapid.T) {
	it := anyItem(t)
	if err := it.Check(); err != nil {
		t.Fatalf("the drawn item is not valid: %v", err)
	}
	a := it.Tidy(anyAnswer(t, it))
	src, err := json.Marshal(struct {
		Item   quiz.Item
		Answer quiz.Answer
	}{it, a})
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Item   quiz.Item
		Answer quiz.Answer
	}
	if err := json.Unmarshal(src, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Item, it) {
		t.Fatalf("item %+v comes back as %+v", it, back.Item)
	}
	if !reflect.DeepEqual(back.Answer, a) {
		t.Fatalf("answer %+v comes back as %+v", a, back.Answer)
	}
}

func TestJSON(t *testing.T) { rapid.Check(t, propJSON) }
