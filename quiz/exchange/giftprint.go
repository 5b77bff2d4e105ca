package exchange

import (
	"html"
	"math"
	"slices"
	"strconv"
	"strings"

	"digibrug/quiz"
)

// NotInGIFT tells which questions PrintGIFT leaves out: those that accept several texts of which one has an arrow, which
// the format would take for pairs.
func NotInGIFT(all []Question) (skipped []Skipped) {
	for _, q := range all {
		if notInGIFT(q) {
			skipped = append(skipped, Skipped{Line: q.Line, Type: string(q.Kind), Title: q.Title, Why: string(WhyArrowText)})
		}
	}
	return skipped
}

func notInGIFT(q Question) bool {
	return q.Kind == quiz.KindText && len(q.Options) > 1 && slices.ContainsFunc(q.Options, func(o Option) bool { return strings.Contains(o.Text, "->") })
}

// PrintGIFT writes questions in GIFT, those of a category below its line. What it writes, ParseGIFT reads as the same
// questions, but for Line and for what GIFT has no room for: Case, Fixed and whatever is behind Rubric in Question.
func PrintGIFT(all []Question) []byte {
	var b strings.Builder
	category := ""
	for _, q := range all {
		if notInGIFT(q) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		if q.Category != category {
			b.WriteString("$CATEGORY: " + q.Category + "\n\n")
			category = q.Category
		}
		printGIFT(&b, q)
	}
	return []byte(b.String())
}

func printGIFT(b *strings.Builder, q Question) {
	if q.ID != "" || len(q.Tags) > 0 {
		b.WriteString("//")
		if q.ID != "" {
			b.WriteString(" [id:" + bracketed(q.ID) + "]")
		}
		for _, tag := range q.Tags {
			b.WriteString(" [tag:" + bracketed(tag) + "]")
		}
		b.WriteString("\n")
	}
	if q.Kind == quiz.KindOpen && q.Rubric != "" {
		rubric, err := words(q.Rubric, q.RubricIn)
		if err == nil && rubric != "" {
			b.WriteString("// [rubric:" + rubricSigns.Replace(rubric) + "]\n")
		}
	}
	b.WriteString("::" + escape(q.Title) + "::" + withMarkup(q.Stem, q.Markup, MarkupNone) + "{")
	switch q.Kind {
	case quiz.KindTrueFalse:
		printTrueFalse(b, q)
	case quiz.KindNumber:
		printNumbers(b, q)
	case quiz.KindMatch:
		printPairs(b, q)
	case quiz.KindText:
		for _, o := range q.Options {
			if len(q.Options) > 1 && strings.Contains(o.Feedback, "->") {
				o.Feedback, o.FeedbackIn = arrowless(o.Feedback, o.FeedbackIn), MarkupHTML
			}
			b.WriteString("\n\t" + equals(o) + "%" + percent(o.Weight) + "%" + withMarkup(o.Text, MarkupNone, MarkupNone) + "#" + withMarkup(o.Feedback, o.FeedbackIn, q.Markup))
		}
	case quiz.KindSingle, quiz.KindMultiple:
		printChoices(b, q)
	}
	if q.Feedback != "" {
		b.WriteString("\n\t####" + withMarkup(q.Feedback, q.FeedbackIn, q.Markup))
	}
	if q.Kind != quiz.KindOpen || q.Feedback != "" {
		b.WriteString("\n")
	}
	b.WriteString("}\n")
}

var rubricSigns = strings.NewReplacer(`\`, `\\`, "]", `\]`, "\n", `\n`)

// bracketed is a text that can stand in brackets: it doesn't close them. A space keeps a backslash at its end from doing
// what one before a bracket does.
func bracketed(s string) string {
	s = strings.ReplaceAll(s, "]", `\]`)
	if strings.HasSuffix(s, `\`) {
		s += " "
	}
	return s
}

// equals begins an accepted answer. One with an arrow stands without =, or it would be a pair; a file can have it alone.
func equals(o Option) string {
	if strings.Contains(o.Text+"#"+o.Feedback, "->") {
		return ""
	}
	return "="
}

func printTrueFalse(b *strings.Builder, q Question) {
	right, wrong := q.Options[1], q.Options[0]
	b.WriteString(map[bool]string{true: "TRUE", false: "FALSE"}[*q.True])
	if *q.True {
		right, wrong = wrong, right
	}
	if right.Feedback != "" || wrong.Feedback != "" {
		b.WriteString("#" + withMarkup(wrong.Feedback, wrong.FeedbackIn, q.Markup))
	}
	if right.Feedback != "" {
		b.WriteString("#" + withMarkup(right.Feedback, right.FeedbackIn, q.Markup))
	}
}

func printChoices(b *strings.Builder, q Question) {
	marked := false // one = makes it a single choice; more could leave no ~
	for _, o := range q.Options {
		switch {
		case q.Kind == quiz.KindSingle && o.Weight == 100 && !marked:
			b.WriteString("\n\t=")
			marked = true
		case o.Weight == 0 && !strings.HasPrefix(o.Text, "%"):
			b.WriteString("\n\t~")
		default:
			b.WriteString("\n\t~%" + percent(o.Weight) + "%")
		}
		b.WriteString(withMarkup(o.Text, o.Markup, q.Markup))
		if o.Feedback != "" {
			b.WriteString("#" + withMarkup(o.Feedback, o.FeedbackIn, q.Markup))
		}
	}
}

func printPairs(b *strings.Builder, q Question) {
	for _, p := range q.Pairs {
		b.WriteString("\n\t=" + left(p, q.Markup) + " -> " + escape(p.Right))
	}
	for _, d := range q.Distractors {
		b.WriteString("\n\t= -> " + escape(d))
	}
}

// left is the left-hand side of a pair. One with an arrow is written in HTML, the only form in which that isn't taken for
// the arrow of the pair.
func left(p Pair, inherited Markup) string {
	if !strings.Contains(p.Left, "->") {
		return withMarkup(p.Left, p.Markup, inherited)
	}
	return withMarkup(arrowless(p.Left, p.Markup), MarkupHTML, inherited)
}

// arrowless is a text in HTML without an arrow.
func arrowless(s string, m Markup) string {
	if m != MarkupHTML {
		s = html.EscapeString(s)
	}
	return strings.ReplaceAll(s, "->", "-&gt;")
}

func printNumbers(b *strings.Builder, q Question) {
	b.WriteString("#")
	for i, o := range q.Options {
		if o.Number == nil && o.Weight == 0 && i == len(q.Options)-1 { // behind ~ nothing else can come
			b.WriteString("\n\t~" + "#" + withMarkup(o.Feedback, o.FeedbackIn, q.Markup))
			continue
		}
		b.WriteString("\n\t=%" + percent(o.Weight) + "%" + numberText(o))
		if o.Feedback != "" {
			b.WriteString("#" + withMarkup(o.Feedback, o.FeedbackIn, q.Markup))
		}
	}
}

func numberText(o Option) string {
	if o.Number == nil {
		return "*"
	}
	if o.Number.Tolerance == 0 {
		return plain(o.Number.Value)
	}
	return plain(o.Number.Value) + ":" + plain(o.Number.Tolerance)
}

func plain(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// percent is a weight with at most five decimals, as Moodle writes them.
func percent(w float64) string {
	return strconv.FormatFloat(math.Round(w*1e5)/1e5, 'f', -1, 64)
}

// withMarkup writes a text, with its markup where that is another than what it would inherit. A text that begins like a
// markup gets one, so that it isn't taken for it.
func withMarkup(s string, m, inherited Markup) string {
	if m == inherited && !beginsMarked(s) {
		return escape(s)
	}
	if m == MarkupNone {
		m = MarkupMoodle
	}
	return "[" + string(m) + "]" + escape(s)
}

func beginsMarked(s string) bool {
	name, _, is := strings.Cut(strings.TrimPrefix(s, "["), "]")
	_, known := markupNames[name]
	return is && known && strings.HasPrefix(s, "[")
}

var giftEscapes = strings.NewReplacer(`\`, `\\`, "#", `\#`, "=", `\=`, "~", `\~`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

func escape(s string) string { return giftEscapes.Replace(s) }
