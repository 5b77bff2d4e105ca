package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"

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
