package items_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/items"
	"digibrug/tui/parts"
	"digibrug/tui/screentest"
	"digibrug/tui/theme"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

var dutch = parts.NewLook(words.NL, theme.Dark)

func yes() *bool { b := true; return &b }

// kinds is one item of every kind, with the order in which its parts are shown.
func kinds() map[quiz.Kind]struct {
	it    quiz.Item
	shown []int
} {
	options := []quiz.Option{{Text: "een", Right: true}, {Text: "twee"}, {Text: "drie", Right: true}}
	return map[quiz.Kind]struct {
		it    quiz.Item
		shown []int
	}{
		quiz.KindSingle:    {quiz.Item{Kind: quiz.KindSingle, Stem: "Welke?", Options: options[:2]}, []int{1, 0}},
		quiz.KindMultiple:  {quiz.Item{Kind: quiz.KindMultiple, Stem: "Welke?", Options: options}, []int{2, 0, 1}},
		quiz.KindTrueFalse: {quiz.Item{Kind: quiz.KindTrueFalse, Stem: "Is het zo?", True: yes()}, nil},
		quiz.KindNumber:    {quiz.Item{Kind: quiz.KindNumber, Stem: "Hoeveel?", Number: &quiz.Number{Value: 1000, Unit: "MB"}}, nil},
		quiz.KindText:      {quiz.Item{Kind: quiz.KindText, Stem: "Welk woord?", Accept: []string{"bcc"}}, nil},
		quiz.KindOrder:     {quiz.Item{Kind: quiz.KindOrder, Stem: "Zet juist.", Steps: []string{"eerst", "dan", "ten slotte"}}, []int{2, 0, 1}},
		quiz.KindMatch: {quiz.Item{Kind: quiz.KindMatch, Stem: "Wat hoort samen?", Pairs: []quiz.Pair{{Left: "l1", Right: "r1"}, {Left: "l2", Right: "r2"}},
			Distractors: []string{"r3"}}, []int{1, 2, 0}},
		quiz.KindOpen: {quiz.Item{Kind: quiz.KindOpen, Stem: "Vertel.", Rubric: "iets"}, nil},
	}
}

func ask(kind quiz.Kind, given quiz.Answer) items.Question {
	k := kinds()[kind]
	return items.New(dutch, k.it, k.shown, given).Sized(dutch, 76, 19)
}

// press sends keys and gives the question, and whether the last one meant "go on".
func press(q items.Question, msgs ...tea.Msg) (items.Question, bool) {
	var event items.Event
	for _, msg := range msgs {
		q, event = q.Update(dutch, msg)
	}
	return q, event == items.Done
}

// TestAnswers answers every kind with the keys that a person would use.
func TestAnswers(t *testing.T) {
	key, typed := screentest.Keys, screentest.Type
	no := false
	for name, row := range map[string]struct {
		kind quiz.Kind
		keys []tea.Msg
		want quiz.Answer
	}{
		"single: arrow and Enter":              {quiz.KindSingle, key("down", "enter"), quiz.Answer{Choices: []int{0}}},
		"single: a letter chooses":             {quiz.KindSingle, key("b"), quiz.Answer{Choices: []int{0}}},
		"single: an AZERTY digit chooses":      {quiz.KindSingle, typed("é"), quiz.Answer{Choices: []int{0}}},
		"single: an arrow chooses nothing":     {quiz.KindSingle, key("down"), quiz.Answer{}},
		"multiple: space, a letter, space":     {quiz.KindMultiple, key("space", "b", "space", "enter"), quiz.Answer{Choices: []int{0, 2}}},
		"multiple: Enter alone":                {quiz.KindMultiple, key("enter"), quiz.Answer{}},
		"true/false: juist":                    {quiz.KindTrueFalse, key("enter"), quiz.Answer{True: yes()}},
		"true/false: fout":                     {quiz.KindTrueFalse, key("b", "enter"), quiz.Answer{True: &no}},
		"number: AZERTY without Shift":         {quiz.KindNumber, typed("&ààà"), quiz.Answer{Text: "1000"}},
		"number: a point stays a point":        {quiz.KindNumber, typed("1.000"), quiz.Answer{Text: "1.000"}},
		"number: with its unit":                {quiz.KindNumber, typed("1000 MB"), quiz.Answer{Text: "1000 MB"}},
		"text: letters and accents":            {quiz.KindText, typed("bcé"), quiz.Answer{Text: "bcé"}},
		"order: picked up and carried":         {quiz.KindOrder, key("space", "down", "space"), quiz.Answer{Order: []int{0, 2, 1}}},
		"order: picked up and put back":        {quiz.KindOrder, key("space", "space"), quiz.Answer{}},
		"order: right as it stands":            {quiz.KindOrder, key("enter"), quiz.Answer{Order: []int{2, 0, 1}}},
		"match: letters, one after the other":  {quiz.KindMatch, key("c", "a"), quiz.Answer{Matches: []int{0, 1}}},
		"match: a letter moves its right side": {quiz.KindMatch, key("c", "c"), quiz.Answer{Matches: []int{quiz.NoMatch, 0}}},
		"match: one letter too many":           {quiz.KindMatch, key("c", "a", "b"), quiz.Answer{Matches: []int{0, 2}}},
		"match: arrows":                        {quiz.KindMatch, key("right", "right"), quiz.Answer{Matches: []int{2, quiz.NoMatch}}},
		"match: taken away":                    {quiz.KindMatch, key("c", "up", "backspace"), quiz.Answer{}},
		"open: text":                           {quiz.KindOpen, typed("een zin"), quiz.Answer{Text: "een zin"}},
		"open: lines, and one in between":      {quiz.KindOpen, screentest.Steps(typed("Dag"), key("enter"), typed("An"), key("up", "end", "enter"), typed("en")), quiz.Answer{Text: "Dag\nen\nAn"}},
		"open: a paste of lines":               {quiz.KindOpen, []tea.Msg{tea.PasteMsg{Content: "een\r\n\x1b[31mtwee"}}, quiz.Answer{Text: "een\n[31mtwee"}},
	} {
		t.Run(name, func(t *testing.T) {
			q, _ := press(ask(row.kind, quiz.Answer{}), row.keys...)
			if got := q.Answer(); !reflect.DeepEqual(got, row.want) {
				t.Errorf("answer %+v, want %+v", got, row.want)
			}
			if q.Changed() != !row.want.Empty() {
				t.Errorf("changed is %v", q.Changed())
			}
			again, _ := press(q.Again(parts.NewLook(words.FR, theme.Light)))
			if got := again.Answer(); !reflect.DeepEqual(got, row.want) || again.Changed() != q.Changed() {
				t.Errorf("drawn again: %+v, changed %v", got, again.Changed())
			}
		})
	}
}

func TestEnterGoesOn(t *testing.T) {
	for kind := range kinds() {
		key := "enter"
		if kind == quiz.KindOpen { // Enter is a new line there
			key = "tab"
		}
		if _, done := press(ask(kind, quiz.Answer{}), screentest.Keys(key)...); !done {
			t.Errorf("%s: %s does not go on", kind, key)
		}
	}
}

// TestGivenAnswerShows wants what was answered before to be seen, and not to count as new.
func TestGivenAnswerShows(t *testing.T) {
	q := ask(quiz.KindSingle, quiz.Answer{Choices: []int{0}})
	if view := ansi.Strip(q.View(dutch)); !strings.Contains(view, "(x) b) een") || !strings.Contains(view, "( ) a) twee") {
		t.Errorf("the view is:\n%s", view)
	}
	if q.Changed() {
		t.Error("an answer that was loaded counts as new")
	}
}

// TestMatchInALowWindow wants every row of a matching question in view, options one behind the other if need be.
func TestMatchInALowWindow(t *testing.T) {
	k := kinds()[quiz.KindMatch]
	view := ansi.Strip(items.New(dutch, k.it, k.shown, quiz.Answer{}).Sized(dutch, 56, 8).View(dutch))
	for _, want := range []string{"l1 >", "l2 >", "a) r2", "b) r3", "c) r1"} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is not in view:\n%s", want, view)
		}
	}
}

// TestExplanation wants the options under the letters under which they were shown.
func TestExplanation(t *testing.T) {
	k := kinds()[quiz.KindSingle]
	text := ansi.Strip(strings.Join(items.Explanation(dutch, k.it, k.shown, quiz.Answer{Choices: []int{1}}, 76), "\n"))
	for _, want := range []string{"(x) a) twee", "( ) b) een - het juiste antwoord", "Nog niet juist"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
}

// TestExplanationOfRowLeftOpen wants a row without an answer told from one that was right.
func TestExplanationOfRowLeftOpen(t *testing.T) {
	k := kinds()[quiz.KindMatch]
	text := ansi.Strip(strings.Join(items.Explanation(dutch, k.it, k.shown, quiz.Answer{Matches: []int{0, quiz.NoMatch}}, 76), "\n"))
	for _, want := range []string{"l1 > r1\n", "l2 > r2 - u liet dit open"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	if text := strings.Join(items.Key(dutch, k.it, k.shown, 76), "\n"); strings.Contains(text, "open") {
		t.Errorf("nobody answered, and the key says:\n%s", text)
	}
}

// TestAnyKeys throws keys at every kind: no panic, and the answer is always one that the item can have, or a
// number that is not finished.
func TestAnyKeys(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		for kind, k := range kinds() {
			q := items.New(dutch, k.it, k.shown, quiz.Answer{})
			for range rapid.IntRange(0, 15).Draw(rt, "steps") {
				q = q.Sized(dutch, rapid.IntRange(0, 100).Draw(rt, "w"), rapid.IntRange(0, 30).Draw(rt, "h"))
				msg := rapid.SampledFrom(screentest.Keys("up", "down", "left", "right", "space", "enter", "a", "b", "h", "1", "9",
					"backspace", "delete", "tab", "pgdown", "end")).Draw(rt, "key")
				q, _ = q.Update(dutch, msg)
				q.View(dutch)
			}
			if err := k.it.CheckAnswer(q.Answer()); err != nil && kind != quiz.KindNumber {
				rt.Fatalf("%s: %+v: %v", kind, q.Answer(), err)
			}
		}
	})
}

// TestWrittenInALowWindow wants of an open question the whole task, a place to write and how much fits, in the least window.
func TestWrittenInALowWindow(t *testing.T) {
	it := quiz.Item{Kind: quiz.KindOpen, Stem: strings.TrimSpace(strings.Repeat("Een burger vraagt iets. ", 11)) + " Einde."}
	q, _ := press(items.New(dutch, it, nil, quiz.Answer{}).Sized(dutch, 56, 12), screentest.Steps(screentest.Type("Dag"), screentest.Keys("enter", "enter"), screentest.Type("x"))...)
	view := ansi.Strip(q.View(dutch))
	for _, want := range []string{"Einde.", "6 van 4000 tekens", "[x "} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is not in view:\n%s", want, view)
		}
	}
	if lines := strings.Split(view, "\n"); len(lines) > 12 {
		t.Errorf("%d lines:\n%s", len(lines), view)
	}
	if _, y, _ := q.Cursor(); !strings.Contains(strings.Split(view, "\n")[y], "[x ") {
		t.Errorf("the cursor is on line %d of\n%s", y, view)
	}
}

// TestWrittenOutOfView says how many lines of an answer are not in view: who reads it over must know that there is more.
func TestWrittenOutOfView(t *testing.T) {
	it := quiz.Item{Kind: quiz.KindOpen, Stem: "Schrijf een mail."}
	q := items.New(dutch, it, nil, quiz.Answer{Text: strings.Repeat("regel\n", 30) + "einde"}).Sized(dutch, 56, 12)
	if view := ansi.Strip(q.View(dutch)); !strings.Contains(view, "tekens · nog 24 hierboven") || strings.Contains(view, "hieronder") {
		t.Errorf("at the end:\n%s", view)
	}
	q, _ = press(q, screentest.Keys("up", "up")...)
	if view := ansi.Strip(q.View(dutch)); !strings.Contains(view, "tekens · nog 22 hierboven · nog 2 hieronder") {
		t.Errorf("two lines higher:\n%s", view)
	}
}

// TestShippedWrittenFit: every open question that comes with the program shows whole in the least window, over two lines to write on.
func TestShippedWrittenFit(t *testing.T) {
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, b := range banks {
		for _, it := range b.Items {
			if it.Kind != quiz.KindOpen {
				continue
			}
			n++
			view := strings.Split(ansi.Strip(items.New(dutch, it, nil, quiz.Answer{}).Sized(dutch, 56, 12).View(dutch)), "\n")
			if slices.Contains(view, "...") || len(view) > 12 {
				t.Errorf("%s does not fit:\n%s", it.ID, strings.Join(view, "\n"))
			}
		}
	}
	if n < 6 {
		t.Errorf("only %d open questions", n)
	}
}
