package exchange

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"digibrug/quiz"
)

// PrintXML writes questions in Moodle XML, which ParseXML reads as the same questions but for Line.
func PrintXML(all []Question) []byte {
	w := xmlWriter{}
	w.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n")
	category := ""
	for _, q := range all {
		if q.Category != category {
			w.raw("  <question type=\"category\">\n")
			w.wrapped("category", "", q.Category)
			w.raw("  </question>\n")
			category = q.Category
		}
		w.question(q)
	}
	w.raw("</quiz>\n")
	return w.Bytes()
}

type xmlWriter struct{ bytes.Buffer }

func (w *xmlWriter) raw(s string) { w.WriteString(s) }

// escaped writes text; EscapeText into a buffer can't fail.
func (w *xmlWriter) escaped(s string) { _ = xml.EscapeText(w, []byte(s)) }

// wrapped writes <name attributes><text>…</text></name>: HTML in a CDATA section, which Moodle's files have for it.
func (w *xmlWriter) wrapped(name, attributes, s string) {
	w.raw("    <" + name + attributes + "><text>")
	w.content(s)
	w.raw("</text></" + name + ">\n")
}

func (w *xmlWriter) content(s string) {
	if !strings.ContainsAny(s, "<&") {
		w.escaped(s)
		return
	}
	w.raw("<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>")
}

// rich writes a text with its markup, and nothing where there is no text.
func (w *xmlWriter) rich(name, s string, m Markup) {
	if s != "" {
		w.wrapped(name, format(m), s)
	}
}

func (w *xmlWriter) hint(h Hint) {
	w.raw("    <hint" + format(h.Markup) + "><text>")
	w.content(h.Text)
	w.raw("</text>")
	for _, sign := range []struct {
		on   bool
		text string
	}{{h.Number, "<shownumcorrect/>"}, {h.Clear, "<clearwrong/>"}, {h.Options, "<options>1</options>"}} {
		if sign.on {
			w.raw(sign.text)
		}
	}
	w.raw("</hint>\n")
}

func format(m Markup) string {
	names := map[Markup]string{MarkupHTML: "html", MarkupPlain: "plain_text", MarkupMarkdown: "markdown", MarkupWiki: "wiki_like"}
	if name, is := names[m]; is {
		return ` format="` + name + `"`
	}
	return ` format="moodle_auto_format"`
}

// plainly writes <name>…</name>.
func (w *xmlWriter) plainly(name, s string) {
	w.raw("    <" + name + ">")
	w.escaped(s)
	w.raw("</" + name + ">\n")
}

func (w *xmlWriter) question(q Question) {
	kinds := map[quiz.Kind]string{quiz.KindSingle: "multichoice", quiz.KindMultiple: "multichoice", quiz.KindTrueFalse: "truefalse",
		quiz.KindText: "shortanswer", quiz.KindNumber: "numerical", quiz.KindMatch: "matching", quiz.KindOpen: "essay"}
	w.raw("  <question type=\"" + kinds[q.Kind] + "\">\n")
	w.wrapped("name", "", q.Title)
	w.wrapped("questiontext", format(q.Markup), q.Stem)
	w.rich("generalfeedback", q.Feedback, q.FeedbackIn)
	if q.Grade != 0 {
		w.plainly("defaultgrade", floatText(q.Grade))
	}
	if q.Penalty != 0 {
		w.plainly("penalty", floatText(q.Penalty))
	}
	w.plainly("hidden", map[bool]string{true: "1", false: "0"}[q.Hidden])
	if q.ID != "" {
		w.plainly("idnumber", q.ID)
	}
	w.answers(q)
	if c := q.Combined; c != nil {
		w.rich("correctfeedback", c.Right, c.RightIn)
		w.rich("partiallycorrectfeedback", c.Part, c.PartIn)
		w.rich("incorrectfeedback", c.Wrong, c.WrongIn)
		if c.Number {
			w.raw("    <shownumcorrect/>\n")
		}
	}
	for _, h := range q.Hints {
		w.hint(h)
	}
	if len(q.Tags) > 0 {
		w.raw("    <tags>\n")
		for _, tag := range q.Tags {
			w.wrapped("tag", "", tag)
		}
		w.raw("    </tags>\n")
	}
	w.raw("  </question>\n")
}

func (w *xmlWriter) answers(q Question) {
	switch q.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		w.plainly("single", fmt.Sprint(q.Kind == quiz.KindSingle))
		w.plainly("shuffleanswers", fmt.Sprint(!q.Fixed))
		if q.Numbering != "" {
			w.plainly("answernumbering", q.Numbering)
		}
	case quiz.KindText:
		w.plainly("usecase", map[bool]string{true: "1", false: "0"}[q.Case])
	case quiz.KindMatch:
		w.plainly("shuffleanswers", fmt.Sprint(!q.Fixed))
		w.pairs(q)
	case quiz.KindOpen:
		w.rich("graderinfo", q.Rubric, q.RubricIn)
	}
	for _, o := range q.Options {
		w.option(q.Kind, o)
	}
	if len(q.Units) > 0 {
		w.raw("    <units>\n")
		for _, u := range q.Units {
			w.raw("    <unit>\n")
			w.plainly("multiplier", floatText(u.Multiplier))
			w.plainly("unit_name", u.Name)
			w.raw("    </unit>\n")
		}
		w.raw("    </units>\n")
	}
	if r := q.UnitRule; r != nil {
		for _, one := range [][2]string{{"unitgradingtype", r.Grading}, {"unitpenalty", r.Penalty}, {"showunits", r.Show}, {"unitsleft", r.Left}} {
			if one[1] != "" {
				w.plainly(one[0], one[1])
			}
		}
	}
}

func (w *xmlWriter) option(kind quiz.Kind, o Option) {
	markup := ""
	if kind == quiz.KindSingle || kind == quiz.KindMultiple {
		markup = format(o.Markup)
	}
	text := o.Text
	if o.Number != nil {
		text = floatText(o.Number.Value)
	}
	w.raw(`    <answer fraction="` + percent(o.Weight) + `"` + markup + "><text>")
	w.content(text)
	w.raw("</text>\n")
	w.rich("feedback", o.Feedback, o.FeedbackIn)
	if o.Number != nil {
		w.plainly("tolerance", floatText(o.Number.Tolerance))
	}
	w.raw("    </answer>\n")
}

func (w *xmlWriter) pairs(q Question) {
	for _, p := range append(q.Pairs[:len(q.Pairs):len(q.Pairs)], distractors(q)...) {
		w.raw("    <subquestion" + format(p.Markup) + "><text>")
		w.content(p.Left)
		w.raw("</text>\n")
		w.wrapped("answer", "", p.Right)
		w.raw("    </subquestion>\n")
	}
}

func distractors(q Question) (all []Pair) {
	for _, d := range q.Distractors {
		all = append(all, Pair{Markup: MarkupHTML, Right: d})
	}
	return all
}
