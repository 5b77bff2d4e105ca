package exchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
	"digibrug/quiz"
)

// answers reads what the kind needs.
func (r *sheetReader) answers(q *Question, kind quiz.Kind) {
	switch kind {
	case quiz.KindSingle, quiz.KindMultiple:
		r.options(q)
	case quiz.KindTrueFalse:
		r.truth(q)
	case quiz.KindNumber:
		r.number(q)
	case quiz.KindText:
		for _, c := range r.each(headAnswer) {
			q.Options = append(q.Options, Option{Text: strings.ReplaceAll(data.Clean(r.seen(c), MaxText+1), "*", `\*`), Weight: 100})
		}
		r.least(len(q.Options), 1)
	case quiz.KindOrder:
		for i, c := range r.each(headAnswer) {
			q.Pairs = append(q.Pairs, Pair{Left: data.Clean(r.seen(c), MaxText+1), Markup: MarkupPlain, Right: strconv.Itoa(i + 1)})
		}
		r.least(len(q.Pairs), 2)
	case quiz.KindMatch:
		r.pairs(q)
	case quiz.KindOpen:
		if q.Rubric = r.text(headRubric); q.Rubric != "" {
			q.RubricIn = MarkupPlain
		}
	}
}

func (r *sheetReader) least(n, least int) {
	if n < least {
		r.fault(workbook.Cell{Column: r.column[data.SortKey(nth(headAnswer, 1))]}, WhyFew, "", strconv.Itoa(n))
	}
}

// each gives the cells with something in them below the heads with a number, up to the first empty one; a cell beyond
// that is left unused, and told.
func (r *sheetReader) each(head string) (all []workbook.Cell) {
	for n := 1; n <= mostAnswers; n++ {
		column := r.column[data.SortKey(nth(head, n))]
		c := r.row.At(column)
		if column == 0 || c.Empty() {
			return all
		}
		r.used[column] = true
		all = append(all, c)
	}
	return all
}

var digits = regexp.MustCompile(`[0-9]+`)

// options reads the choices; Juist holds the number of the right one, or of each.
func (r *sheetReader) options(q *Question) {
	for i, c := range r.each(headAnswer) {
		o := Option{Text: data.Clean(r.seen(c), MaxText+1), Markup: MarkupPlain, Feedback: r.text(nth(headReason, i+1))}
		if o.Feedback != "" {
			o.FeedbackIn = MarkupPlain
		}
		q.Options = append(q.Options, o)
	}
	r.least(len(q.Options), 2)
	c := r.cell(headRight)
	right, twice := map[int]bool{}, false
	for _, found := range digits.FindAllString(c.Text, -1) {
		n, err := strconv.Atoi(found)
		twice = twice || right[n-1] // 1,10 that a spreadsheet keeps as 1.1
		right[n-1] = err == nil
	}
	if twice {
		clear(right)
	}
	for i := range right {
		if i < 0 || i >= len(q.Options) {
			clear(right)
			break
		}
	}
	if len(right) == 0 {
		c.Column = r.column[data.SortKey(headRight)]
		r.fault(c, WhyNoPlace, "", c.Text)
		return
	}
	for i := range q.Options {
		switch {
		case right[i] && q.Kind == quiz.KindSingle:
			q.Options[i].Weight = 100
		case right[i]:
			q.Options[i].Weight, _ = knownFraction(100 / float64(len(right)))
		case q.Kind == quiz.KindMultiple:
			q.Options[i].Weight, _ = knownFraction(-100 / float64(len(right)))
		}
	}
}

func (r *sheetReader) truth(q *Question) {
	c := r.cell(headRight)
	var is bool
	switch data.SortKey(c.Text) {
	case "waar", "juist", yesWord, "1":
		is = true
	case "niet waar", "onwaar", "fout", noWord, "0":
	default:
		c.Column = r.column[data.SortKey(headRight)]
		r.fault(c, WhyTruth, "", c.Text)
		return
	}
	q.True, q.Options = &is, []Option{{Text: "true"}, {Text: "false"}}
	q.Options[map[bool]int{true: 0, false: 1}[is]].Weight = 100
}

func (r *sheetReader) number(q *Question) {
	c, t := r.cell(nth(headAnswer, 1)), r.cell(headTolerance)
	value, ok := float(c.Text)
	if !ok || c.Percent { // 50% is kept as 0.5: which of the two is asked, nobody can tell
		c.Column = r.column[data.SortKey(nth(headAnswer, 1))]
		r.notNumber(c)
		return
	}
	n := Number{Value: value}
	if !t.Empty() {
		if n.Tolerance, ok = float(t.Text); !ok || n.Tolerance < 0 || t.Percent {
			r.notNumber(t)
			return
		}
	}
	o := Option{Weight: 100, Number: &n}
	o.Text = numberText(o)
	q.Options = []Option{o}
	if unit := data.Clean(r.text(headUnit), quizTitle); unit != "" {
		q.Tags = append(q.Tags, "unit:"+unit)
		q.Units = []Unit{{Name: unit, Multiplier: 1}}
	}
}

// notNumber tells what a cell has instead of a number.
func (r *sheetReader) notNumber(c workbook.Cell) {
	if text := r.seen(c); c.Kind != workbook.Day && c.Kind != workbook.Moment { // a day is told
		r.fault(c, WhyNumber, "", text)
	}
}

// pairs reads left and right sides; a right one without a left one is a distractor.
func (r *sheetReader) pairs(q *Question) {
	for n := 1; n <= mostAnswers; n++ {
		left, right := r.cell(nth(headAnswer, n)), r.cell(nth(headPartner, n))
		l, p := data.Clean(r.seen(left), MaxText+1), data.Clean(r.seen(right), MaxText+1)
		switch {
		case l == "" && p == "":
		case p == "":
			r.fault(left, WhyNoPartner, fmt.Sprintf("%s %d", headPartner, n), l)
		case l == "":
			q.Distractors = append(q.Distractors, p)
		default:
			q.Pairs = append(q.Pairs, Pair{Left: l, Markup: MarkupPlain, Right: p})
		}
	}
	r.least(len(q.Pairs), 2)
}
