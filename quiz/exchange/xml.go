package exchange

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
)

// ParseXML reads a file in Moodle XML, as ParseGIFT reads GIFT.
func ParseXML(src []byte) Parsed {
	p := xmlParser{Parsed: Parsed{Format: FormatXML, Questions: []Question{}, Skipped: []Skipped{}, Faults: []Fault{}}}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if fault, bad := unreadable(src); bad {
		p.Faults = append(p.Faults, fault)
		return p.Parsed
	}
	if bytes.IndexByte(src, '\r') >= 0 { // XML reads every end of a line as LF
		src = bytes.ReplaceAll(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	if at, long := longTag(src); long {
		line, column := placeOf(src, at)
		p.fault(line, column, WhyDeep, "")
		return p.Parsed
	}
	r := newTreeReader(src)
	start, line, column, _, err := r.next()
	if err == nil && start.Name.Local != "quiz" {
		p.fault(line, column, WhyNotQuiz, start.Name.Local)
		return p.Parsed
	}
	for err == nil {
		var end bool
		if start, line, column, end, err = r.next(); err != nil {
			break
		}
		if end {
			p.after(r)
			return p.Parsed
		}
		var n *node
		r.nodes = 0
		if n, err = r.tree(start, line, column, 1); err == nil {
			if p.full(n) {
				return p.Parsed
			}
			p.question(n)
		}
	}
	line, column = r.here()
	p.broken(line, column, err)
	return p.Parsed
}

// after tells what stands behind the end of the file's one element: it would be lost.
func (p *xmlParser) after(r *treeReader) {
	for {
		line, column := r.here()
		token, err := r.Token()
		what := ""
		switch t := token.(type) {
		case xml.StartElement:
			what = t.Name.Local
		case xml.CharData:
			what = string(bytes.TrimSpace(t))
			line, column = placeOf(r.src, min(r.at+len(t)-len(bytes.TrimLeft(t, " \t\n")), len(r.src)))
		}
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			line, column = r.here()
			p.broken(line, column, err)
			return
		case what != "":
			p.fault(line, column, WhyAfter, what)
			return
		}
	}
}

type xmlParser struct {
	Parsed
	category string
}

func (p *xmlParser) fault(line, column int, why data.Why, got string) {
	p.Faults = append(p.Faults, Fault{Line: line, Column: column, Why: why, Got: data.Clean(got, 60)})
}

func (p *xmlParser) at(n *node, why data.Why, got string) { p.fault(n.line, n.column, why, got) }

// broken says why the file can't be read on.
func (p *xmlParser) broken(line, column int, err error) {
	switch {
	case errors.Is(err, errDeep):
		p.fault(line, column, WhyDeep, "")
	case errors.Is(err, io.EOF):
		p.fault(line, column, WhyXML, "EOF")
	default:
		p.fault(line, column, WhyXML, saidOfXML.ReplaceAllString(err.Error(), ""))
	}
}

// saidOfXML is how an error of the decoder begins: the line is told already.
var saidOfXML = regexp.MustCompile(`^XML syntax error on line [0-9]+: `)

func (p *xmlParser) full(n *node) bool {
	if len(p.Questions)+len(p.Skipped)+len(p.Faults) < MaxQuestions {
		return false
	}
	p.at(n, WhyMany, "")
	return true
}

// question reads one question; what is no kind of ours is skipped by its name.
func (p *xmlParser) question(n *node) {
	kind := n.attrs["type"]
	if n.name != "question" {
		p.Skipped = append(p.Skipped, Skipped{Line: n.line, Type: data.Clean(n.name, 40), Why: string(WhyKind)})
		return
	}
	if kind == "category" {
		p.setCategory(n)
		return
	}
	q := Question{Kind: xmlKind(kind), ID: data.Clean(n.value("idnumber"), quizTitle), Category: p.category, Line: n.line}
	q.Stem, q.Markup = n.rich("questiontext", MarkupHTML)
	q.Title = firstWords(data.Clean(n.value("name"), quizTitle), q.Stem, q.Markup)
	why := ""
	switch {
	case q.Kind == "":
		why = string(WhyKind)
	case n.files(), q.Kind == quiz.KindOpen && n.wantsFile():
		why = string(WhyFile)
	}
	if why != "" {
		p.Skipped = append(p.Skipped, Skipped{Line: n.line, Type: data.Clean(kind, 40), Title: q.Title, Why: why})
		return
	}
	faults := len(p.Faults)
	if in := n.elementInText(); in != nil {
		p.at(in, WhyElement, in.name)
	}
	if q.Stem == "" {
		p.at(n, WhyNoStem, "")
	}
	p.common(&q, n)
	p.answers(&q, n)
	if tooLong(q) {
		p.at(n, WhyTooLong, "")
	}
	if len(p.Faults) == faults {
		p.Questions = append(p.Questions, q)
	}
}

func xmlKind(kind string) quiz.Kind {
	switch kind {
	case "multichoice":
		return quiz.KindMultiple // or single: it says so inside
	case "truefalse":
		return quiz.KindTrueFalse
	case "shortanswer":
		return quiz.KindText
	case "numerical":
		return quiz.KindNumber
	case "matching", "match":
		return quiz.KindMatch
	case "essay":
		return quiz.KindOpen
	}
	return ""
}

func (p *xmlParser) setCategory(n *node) {
	name := data.Clean(n.value("category"), maxCategory)
	if name == "" {
		p.at(n, WhyCategory, "")
		return
	}
	p.category = name
}

// common reads what every kind has.
func (p *xmlParser) common(q *Question, n *node) {
	q.Feedback, q.FeedbackIn = n.rich("generalfeedback", inherited(*q))
	q.Hidden = n.truth("hidden", false)
	q.Grade, _ = float(n.value("defaultgrade"))
	q.Penalty, _ = float(n.value("penalty"))
	if math.Abs(q.Penalty-1.0/3) < 0.005 { // Moodle writes a third in several ways
		q.Penalty = 0.3333333
	}
	for _, list := range []string{"tags", "coursetags"} {
		for _, tag := range n.child(list).all("tag") {
			if name := data.Clean(tag.words(), maxTag); name != "" && !slices.Contains(q.Tags, name) {
				q.Tags = append(q.Tags, name)
			}
		}
	}
	for _, h := range n.all("hint") {
		if one := hint(h, inherited(*q)); one != (Hint{}) {
			q.Hints = append(q.Hints, one)
		}
	}
	q.Combined = combined(n, inherited(*q))
}

// inherited is the markup of a text that says none, in a question: that of its stem.
func inherited(q Question) Markup {
	if q.Markup == MarkupNone {
		return MarkupHTML
	}
	return q.Markup
}

// hint reads a hint. Old files have its parts under other names, the text as hintcontent.
func hint(n *node, markup Markup) (h Hint) {
	if n.child("hintcontent") != nil {
		h.Text, h.Markup = n.rich("hintcontent", markup)
		h.Number, h.Clear, h.Options = n.truth("statenumberofcorrectresponses", false), n.truth("clearincorrectresponses", false), n.truth("showfeedbacktoresponses", false)
		return h
	}
	if h.Text = n.text0(); h.Text != "" {
		h.Markup = xmlMarkup(n.attrs["format"], markup)
	}
	h.Number, h.Clear = n.child("shownumcorrect") != nil, n.child("clearwrong") != nil
	h.Options = n.truth("options", false)
	return h
}

// combined reads the feedback on the whole answer. Old files say with correctresponsesfeedback what newer ones say with
// shownumcorrect.
func combined(n *node, markup Markup) *Combined {
	c := Combined{Number: n.child("shownumcorrect") != nil || n.truth("correctresponsesfeedback", false)}
	c.Right, c.RightIn = n.rich("correctfeedback", markup)
	c.Part, c.PartIn = n.rich("partiallycorrectfeedback", markup)
	c.Wrong, c.WrongIn = n.rich("incorrectfeedback", markup)
	if c == (Combined{}) {
		return nil
	}
	return &c
}

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
