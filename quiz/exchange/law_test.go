package exchange_test

import (
	"reflect"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/exchange"

	"pgregory.net/rapid"
)

// odd are texts made of what means something in one format or the other, as a reader keeps them.
func odd(lines bool) *rapid.Generator[string] {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", " ", "é", "\n", "\n\n", "{", "}", "=", "~", "#", "####", "->", "%50%", "%", "::", ":", "\\", "\\n", "\\\\", "[html]", "[", "]", "T", "TRUE", "..", "1", "//", "$CATEGORY: ", "*", "0",
		"<", ">", "&", "&amp;", "]]>", "<![CDATA[", "</text>", "\"", "'", "@@", "-1", "1:2", "[id:a]"}), 1, 8)
	return rapid.Custom(func(r *rapid.T) string {
		s := strings.Join(parts.Draw(r, "parts"), "")
		if lines {
			s = data.CleanBlock(s, 0)
		} else {
			s = data.Clean(s, 0)
		}
		if s == "" {
			return "x"
		}
		return s
	})
}

// anyQuestion is a question of any kind with any text in any place, as a file can say it.
func anyQuestion(r *rapid.T) exchange.Question {
	block, line := odd(true), odd(false)
	markup := rapid.SampledFrom([]exchange.Markup{exchange.MarkupMoodle, exchange.MarkupHTML, exchange.MarkupPlain, exchange.MarkupMarkdown})
	weight := rapid.SampledFrom([]float64{100, 50, 33.33333, 14.28571, 0, -5, -33.33333, -100})
	q := exchange.Question{Kind: rapid.SampledFrom([]quiz.Kind{quiz.KindSingle, quiz.KindMultiple, quiz.KindTrueFalse, quiz.KindText, quiz.KindNumber, quiz.KindMatch, quiz.KindOpen}).Draw(r, "kind"),
		ID: line.Draw(r, "id"), Title: line.Draw(r, "title"), Category: line.Draw(r, "category"), Stem: block.Draw(r, "stem"), Markup: markup.Draw(r, "markup"), Line: 1, Tags: []string{line.Draw(r, "tag")}}
	feedback := func(name string) (string, exchange.Markup) {
		if rapid.Bool().Draw(r, name+"?") {
			return block.Draw(r, name), markup.Draw(r, name+" in")
		}
		return "", exchange.MarkupNone
	}
	q.Feedback, q.FeedbackIn = feedback("general")
	option := func(o exchange.Option) exchange.Option {
		o.Feedback, o.FeedbackIn = feedback("feedback")
		return o
	}
	least := 1
	switch q.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		least = 2
	case quiz.KindTrueFalse:
		is := rapid.Bool().Draw(r, "true")
		q.True, q.Options = &is, []exchange.Option{option(exchange.Option{Text: "true"}), option(exchange.Option{Text: "false"})}
		q.Options[map[bool]int{true: 0, false: 1}[is]].Weight = 100
		return q
	case quiz.KindMatch:
		for range rapid.IntRange(2, 4).Draw(r, "pairs") {
			q.Pairs = append(q.Pairs, exchange.Pair{Left: block.Draw(r, "left"), Markup: markup.Draw(r, "left in"), Right: block.Draw(r, "right")})
		}
		q.Distractors = rapid.SliceOfN(block, 1, 3).Draw(r, "distractors")
		return q
	case quiz.KindOpen:
		return q
	}
	for i := range rapid.IntRange(least, 4).Draw(r, "options") {
		o := option(exchange.Option{Text: block.Draw(r, "option"), Weight: weight.Draw(r, "weight")})
		switch {
		case q.Kind == quiz.KindSingle && i == 0:
			o.Weight = 100
			fallthrough
		case q.Kind == quiz.KindSingle || q.Kind == quiz.KindMultiple:
			o.Markup = markup.Draw(r, "option in")
		case q.Kind == quiz.KindNumber:
			o.Number = num(rapid.SampledFrom([]float64{0, -3, 33.33333, 1e20, 1e-9, -0.5}).Draw(r, "value"), rapid.SampledFrom([]float64{0, 0.5, 1e-7}).Draw(r, "tolerance"))
			o.Text = ""
		}
		q.Options = append(q.Options, o)
	}
	return q
}

// TestOddValues: what is printed reads as what was meant, whatever the texts are, in both formats.
func TestOddValues(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		q := anyQuestion(r)
		for name, c := range map[string]struct {
			print func([]exchange.Question) []byte
			parse func([]byte) exchange.Parsed
		}{"GIFT": {exchange.PrintGIFT, exchange.ParseGIFT}, "XML": {exchange.PrintXML, exchange.ParseXML}} {
			if name == "GIFT" && (len(exchange.NotInGIFT([]exchange.Question{q})) > 0 || arrows(q)) {
				continue
			}
			printed := c.print([]exchange.Question{q})
			got := c.parse(printed)
			if len(got.Faults) > 0 || len(got.Skipped) > 0 || len(got.Questions) != 1 {
				r.Fatalf("%s: %s\nreads as %s", name, printed, show(got))
			}
			back := got.Questions[0]
			back.Line, back.Fixed = q.Line, q.Fixed
			for i := range back.Options {
				if back.Options[i].Number != nil {
					back.Options[i].Text = ""
				}
			}
			if !reflect.DeepEqual(back, q) {
				r.Fatalf("%s: %s\nwas printed as\n%s\nwhich reads as %s", name, show(q), printed, show(back))
			}
		}
	})
}

// arrows tells whether a question has an arrow that GIFT can only hold in another markup, which says the same in words.
func arrows(q exchange.Question) bool {
	for _, p := range q.Pairs {
		if strings.Contains(p.Left, "->") {
			return true
		}
	}
	for _, o := range q.Options {
		if q.Kind == quiz.KindText && strings.Contains(o.Feedback, "->") {
			return true
		}
	}
	return false
}
