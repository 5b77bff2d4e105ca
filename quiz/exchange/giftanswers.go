package exchange

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"digibrug/data"
)

// quizTitle is how long a title, an id or a tag can be, in characters.
const quizTitle = 200

// maxCategory is how long the path of a category can be.
const maxCategory = 2_000

// maxTag is how long a tag can be: a name with a title behind it.
const maxTag = quizTitle + 20

// titleWords is how long a title is that is made from the stem.
const titleWords = 60

// title takes ::name:: off. Without a second :: there is no name, and the first stays off, as in Moodle.
func title(all []mark) (name string, rest []mark) {
	if !starts(all, []rune("::")) {
		return "", all
	}
	all = all[2:]
	end := indexOf(all, "::")
	if end < 0 {
		return "", all
	}
	return data.Clean(strings.TrimSpace(text(all[:end])), quizTitle), trim(all[end+2:])
}

// firstWords is the title of a question: its name, or else how the stem begins.
func firstWords(name, stem string, m Markup) string {
	if name != "" {
		return name
	}
	if m == MarkupHTML {
		stem, _ = plainHTML(stem)
	}
	return data.Clean(strings.Join(strings.Fields(stem), " "), titleWords)
}

// marked reads a text that may begin with its markup in brackets; any other bracket is text.
func marked(all []mark, otherwise Markup) (string, Markup) {
	all = trim(all)
	markup := otherwise
	if len(all) > 0 && all[0].is('[') {
		if end := index(all, ']'); end > 0 {
			if m, is := markupNames[text(all[1:end])]; is {
				markup, all = m, trim(all[end+1:])
			}
		}
	}
	return clean(text(all)), markup
}

var markupNames = map[string]Markup{"html": MarkupHTML, "moodle": MarkupMoodle, "plain": MarkupPlain, "markdown": MarkupMarkdown}

// clean is a text without what could harm a terminal, its line feeds kept. It is cut nowhere: what is too long is refused.
func clean(s string) string { return data.CleanBlock(s, MaxText+1) }

func tooLong(q Question) bool {
	all := append([]string{q.Stem, q.Feedback}, q.Distractors...)
	for _, o := range q.Options {
		all = append(all, o.Text, o.Feedback)
	}
	for _, p := range q.Pairs {
		all = append(all, p.Left, p.Right)
	}
	return slices.ContainsFunc(all, func(s string) bool { return utf8.RuneCountInString(s) > MaxText })
}

// weightForm is a weight before an answer: %50%, %-33.33333%. However many digits it has, it is one and no text.
var weightForm = regexp.MustCompile(`^%(-?[0-9]+(?:\.[0-9]*)?)%`)

// weight takes a weight off the beginning of an answer; otherwise is what an answer without one weighs.
func (p *giftReader) weight(all []mark, otherwise float64) (float64, []mark) {
	if len(all) == 0 || !all[0].is('%') {
		return otherwise, all
	}
	found := weightForm.FindStringSubmatch(text(all))
	if found == nil {
		return otherwise, all
	}
	w, err := strconv.ParseFloat(strings.TrimSuffix(found[1], "."), 64)
	if err != nil || w < -100 || w > 100 {
		p.fault(all[0], WhyWeight, found[1])
	}
	return w, all[len(found[0]):] // all ASCII: bytes are marks
}

// commented reads an answer with the feedback behind its first #.
func commented(all []mark, markup Markup) (o Option) {
	answer, feedback := all, []mark(nil)
	if i := index(all, '#'); i >= 0 {
		answer, feedback = all[:i], all[i+1:]
	}
	o.Text, o.Markup = marked(answer, markup)
	if o.Feedback, o.FeedbackIn = marked(feedback, markup); o.Feedback == "" {
		o.FeedbackIn = MarkupNone
	}
	return o
}

// answersAt cuts answers at a character, without the space or nothing that stands before the first.
func answersAt(all []mark, r rune) [][]mark {
	parts := split(all, r)
	for i := range parts {
		parts[i] = trim(parts[i])
	}
	if len(parts) > 0 && len(parts[0]) == 0 {
		parts = parts[1:]
	}
	return parts
}

// few notes that there are fewer answers than a kind needs.
func (p *giftReader) few(all []mark, n, least int) {
	if n < least {
		p.fault(all[0], WhyFew, strconv.Itoa(n))
	}
}

// choices reads = right and ~ wrong answers, ~ with a weight or without.
func (p *giftReader) choices(all []mark, markup Markup) (options []Option) {
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && !all[to].is('~') && !all[to].is('=') {
			to++
		}
		part, right, at := all[from:to], all[from].is('='), all[from]
		from = to
		if right || part[0].is('~') {
			part = part[1:]
		} else if len(trim(part)) == 0 {
			continue // space before the first
		}
		part = trim(part)
		w := 0.0
		if right {
			w = 100
		} else {
			w, part = p.weight(part, 0)
		}
		o := commented(part, markup)
		if o.Text == "" {
			if w != 0 || o.Feedback != "" {
				p.fault(at, WhyBlank, "")
			}
			continue // Moodle leaves a choice without words out
		}
		o.Weight = w
		options = append(options, o)
	}
	p.few(all, len(options), 2)
	return options
}

// accepted reads the answers of a short answer: 100 unless a weight says otherwise; the first = may be missing.
func (p *giftReader) accepted(all []mark, markup Markup) (options []Option) {
	for _, part := range answersAt(all, '=') {
		w, rest := p.weight(part, 100)
		o := commented(rest, markup)
		switch {
		case o.Text != "":
			o.Weight, o.Markup = w, MarkupNone // Moodle keeps no markup of what must be typed
			options = append(options, o)
		case len(part) > 0:
			p.fault(part[0], WhyBlank, "") // a weight or feedback of nothing
		}
	}
	p.few(all, len(options), 1)
	return options
}

// pairs reads = left -> right. An empty left one makes the right one a distractor.
func (p *giftReader) pairs(all []mark, markup Markup) (pairs []Pair, distractors []string) {
	parts := answersAt(all, '=')
	for _, part := range parts {
		arrow := indexOf(part, "->")
		if arrow < 0 {
			p.fault(first(part, all[0]), WhyArrow, text(part))
			continue
		}
		left, m := marked(part[:arrow], markup)
		right := clean(strings.TrimSpace(text(part[arrow+2:])))
		switch {
		case right == "":
			p.fault(first(part, all[0]), WhyArrow, text(part))
		case left == "":
			distractors = append(distractors, right)
		default:
			pairs = append(pairs, Pair{Left: left, Markup: m, Right: right})
		}
	}
	p.few(all, len(parts), 2)
	return pairs, distractors
}

func first(all []mark, otherwise mark) mark {
	if len(all) == 0 {
		return otherwise
	}
	return all[0]
}

// trueFalse reads T, TRUE, F or FALSE, in capitals: the first # is for who is wrong, the second for who is right.
func trueFalse(all []mark, markup Markup) (truth bool, options []Option, is bool) {
	parts := split(all, '#')
	switch text(bare(parts[0])) {
	case "T", "TRUE":
		truth = true
	case "F", "FALSE":
	default:
		return false, nil, false
	}
	options = []Option{{Text: "true"}, {Text: "false"}}
	right, wrong := 1, 0
	if truth {
		right, wrong = 0, 1
	}
	options[right].Weight = 100
	if len(parts) > 1 {
		options[wrong].Feedback, options[wrong].FeedbackIn = feedback(parts[1], markup)
	}
	if len(parts) > 2 {
		options[right].Feedback, options[right].FeedbackIn = feedback(joined(parts[2:]), markup)
	}
	return truth, options, true
}

func feedback(all []mark, markup Markup) (string, Markup) {
	if s, m := marked(all, markup); s != "" {
		return s, m
	}
	return "", MarkupNone
}

// joined puts parts together again with the # between them.
func joined(parts [][]mark) (all []mark) {
	for i, part := range parts {
		if i > 0 {
			all = append(all, mark{r: '#', plain: true})
		}
		all = append(all, part...)
	}
	return all
}

// numbers reads {#v}, {#v:tol}, {#min..max}, several of them behind =, and ~#feedback for any other answer.
func (p *giftReader) numbers(all []mark, markup Markup) (options []Option) {
	body := all[1:]
	var other []mark
	if i := index(body, '~'); i >= 0 {
		body, other = body[:i], body[i+1:]
	}
	parts := answersAt(body, '=')
	p.few(all, len(parts), 1)
	for _, part := range parts {
		w, rest := p.weight(part, 100)
		o := commented(rest, markup)
		o.Weight, o.Markup = w, MarkupNone
		if o.Text != "*" {
			n, ok := number(o.Text)
			if !ok {
				p.fault(first(part, all[0]), WhyNumber, o.Text)
				continue
			}
			o.Number = &n
			o.Text = numberText(o)
		}
		options = append(options, o)
	}
	if other != nil {
		o := commented(other, markup)
		o.Text, o.Markup, o.Weight = "*", MarkupNone, 0
		options = append(options, o)
	}
	return options
}

// number reads v, v:tolerance and min..max. Numbers have a point, as in GIFT.
func number(s string) (n Number, ok bool) {
	if low, high, is := strings.Cut(s, ".."); is && low != "" {
		return between(low, high)
	}
	value, tolerance, has := strings.Cut(s, ":")
	v, ok := plainFloat(value)
	if !has {
		return Number{Value: v}, ok
	}
	t, good := plainFloat(tolerance)
	return Number{Value: v, Tolerance: t}, ok && good && t >= 0
}

// between is the number in the middle of a range, half of which is its tolerance. It is reckoned in decimals, so that
// 3.141..3.142 is 3.1415 and not a hair beside it.
func between(low, high string) (Number, bool) {
	_, a := plainFloat(low)
	_, b := plainFloat(high)
	if !a || !b {
		return Number{}, false
	}
	from, _ := new(big.Rat).SetString(strings.TrimSpace(low))
	to, _ := new(big.Rat).SetString(strings.TrimSpace(high))
	half := big.NewRat(1, 2)
	value, _ := new(big.Rat).Mul(new(big.Rat).Add(from, to), half).Float64()
	tolerance, _ := new(big.Rat).Mul(new(big.Rat).Sub(to, from), half).Float64()
	return Number{Value: value, Tolerance: tolerance}, tolerance >= 0
}

// numberForm is a number as people write it: no hexadecimal, no "inf", no "nan".
var numberForm = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$`)

func plainFloat(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if !numberForm.MatchString(s) {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}
