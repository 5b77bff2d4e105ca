package exchange

import (
	"cmp"
	"math"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
)

func (p *xmlParser) answers(q *Question, n *node) {
	switch q.Kind {
	case quiz.KindMultiple:
		if n.truth("single", true) {
			q.Kind = quiz.KindSingle
		}
		q.Fixed = !n.truth("shuffleanswers", false)
		if q.Numbering = data.Clean(n.value("answernumbering"), 20); q.Numbering == "abc" {
			q.Numbering = ""
		}
		q.Options = p.options(p.worded(n), true, inherited(*q))
		p.least(n, len(q.Options), 2)
	case quiz.KindTrueFalse:
		p.trueFalse(q, n)
	case quiz.KindText:
		q.Case = n.truth("usecase", false)
		q.Options = p.options(p.worded(n), false, inherited(*q))
		p.least(n, len(q.Options), 1)
	case quiz.KindNumber:
		p.numbers(q, n)
	case quiz.KindMatch:
		p.pairs(q, n)
	case quiz.KindOpen:
		q.Rubric, q.RubricIn = n.rich("graderinfo", inherited(*q))
	}
}

func (p *xmlParser) least(n *node, got, least int) {
	if got < least {
		p.at(n, WhyFew, floatText(float64(got)))
	}
}

// worded are the <answer> elements with words, which are those that Moodle keeps.
func (p *xmlParser) worded(n *node) (answers []*node) {
	for _, a := range n.all("answer") {
		if a.text0() != "" {
			answers = append(answers, a)
		} else if points, ok := float(cmp.Or(a.attrs["fraction"], "0")); points != 0 || !ok || a.value("feedback") != "" {
			p.at(a, WhyBlank, "")
		}
	}
	return answers
}

// options reads <answer> elements. What must be typed has no markup.
func (p *xmlParser) options(answers []*node, marked bool, markup Markup) (options []Option) {
	for _, a := range answers {
		o := Option{Text: a.text0(), Weight: p.fraction(a)}
		if marked && o.Text != "" {
			o.Markup = xmlMarkup(a.attrs["format"], markup)
		}
		o.Feedback, o.FeedbackIn = a.rich("feedback", markup)
		options = append(options, o)
	}
	return options
}

// text0 is the answer itself: its <text>, or what stands in it in old files.
func (n *node) text0() string {
	if t := n.child("text"); t != nil {
		return t.words()
	}
	return clean(strings.TrimSpace(n.text()))
}

// fraction is the weight of an answer: an attribute, or in old files of numbers an element.
func (p *xmlParser) fraction(a *node) float64 {
	said := a.attrs["fraction"]
	if said == "" {
		said = a.value("fraction")
		if f, ok := float(said); ok && f != 0 && math.Abs(f) <= 1 { // that was a share, not a percentage
			said = floatText(f * 100)
		}
	}
	if said == "" {
		return 0
	}
	f, ok := float(said)
	known, is := knownFraction(f)
	if !ok || !is {
		p.at(a, WhyFraction, said)
	}
	return known
}

// knownFraction is the weight that Moodle knows a number as: shares of a whole, 33.33333 but not 33.
func knownFraction(f float64) (known float64, is bool) {
	for _, parts := range []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20} {
		for n := 0.0; n <= parts; n++ {
			if offered(n, parts) && math.Abs(math.Abs(f)-100*n/parts) < 0.001 {
				if n == 0 {
					return 0, true
				}
				return math.Copysign(math.Round(1e7*n/parts)/1e5, f), true
			}
		}
	}
	return 0, false
}

// offered tells whether n of so many parts is in Moodle's list: of a fifth and a tenth all, of a third, a quarter and a
// sixth what is no half, of a seventh, eighth, ninth and twentieth one.
func offered(n, parts float64) bool {
	switch parts {
	case 6:
		return n <= 1 || n == 5
	case 7, 8, 9, 20:
		return n <= 1
	}
	return true
}

// trueFalse finds which answer is true by its text, or, in files of other languages, by its place.
func (p *xmlParser) trueFalse(q *Question, n *node) {
	options := p.options(n.all("answer"), false, inherited(*q))
	if len(options) != 2 {
		p.least(n, len(options), 2)
		if len(options) > 2 {
			p.at(n, WhyFew, floatText(float64(len(options))))
		}
		return
	}
	if strings.EqualFold(options[0].Text, "false") || strings.EqualFold(options[1].Text, "true") {
		options[0], options[1] = options[1], options[0]
	}
	options[0].Text, options[1].Text = "true", "false"
	truth := options[0].Weight > options[1].Weight
	if options[0].Weight == options[1].Weight {
		p.at(n, WhyNoKey, "")
	}
	q.True, q.Options = &truth, options
}

func (p *xmlParser) numbers(q *Question, n *node) {
	answers := p.worded(n)
	q.Options = p.options(answers, false, inherited(*q))
	for i, o := range q.Options {
		if o.Text == "*" {
			continue
		}
		value, ok := float(o.Text)
		if !ok {
			p.at(answers[i], WhyNumber, o.Text)
			continue
		}
		tolerance := 0.0
		if said := answers[i].value("tolerance"); said != "" {
			if tolerance, ok = float(said); !ok || tolerance < 0 {
				p.at(answers[i].child("tolerance"), WhyNumber, said)
				continue
			}
		}
		q.Options[i].Number = &Number{Value: value, Tolerance: tolerance}
		q.Options[i].Text = numberText(q.Options[i])
	}
	for _, u := range n.child("units").all("unit") {
		m, ok := float(cmp.Or(u.value("multiplier"), "1"))
		if !ok {
			p.at(u, WhyNumber, u.value("multiplier"))
		}
		q.Units = append(q.Units, Unit{Name: data.Clean(u.value("unit_name"), 40), Multiplier: m})
	}
	r := UnitRule{Grading: data.Clean(n.value("unitgradingtype"), 20), Penalty: data.Clean(n.value("unitpenalty"), 20), Show: data.Clean(n.value("showunits"), 20), Left: data.Clean(n.value("unitsleft"), 20)}
	if r != (UnitRule{}) {
		q.UnitRule = &r
	}
	p.least(n, len(q.Options), 1)
}

func (p *xmlParser) pairs(q *Question, n *node) {
	q.Fixed = !n.truth("shuffleanswers", true)
	parts := n.all("subquestion")
	for _, s := range parts {
		left, right := s.text0(), s.value("answer")
		switch {
		case right == "":
			p.at(s, WhyArrow, left)
		case left == "":
			q.Distractors = append(q.Distractors, right)
		default:
			q.Pairs = append(q.Pairs, Pair{Left: left, Markup: xmlMarkup(s.attrs["format"], inherited(*q)), Right: right})
		}
	}
	p.least(n, len(parts), 2)
}
