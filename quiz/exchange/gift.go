package exchange

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/quiz"
)

// ParseGIFT reads a file in GIFT. It never fails as a whole: what can't be read is in Faults, what no bank can have in
// Skipped, and each names its line.
func ParseGIFT(src []byte) Parsed {
	p := giftReader{Parsed: Parsed{Format: FormatGIFT, Questions: []Question{}, Skipped: []Skipped{}, Faults: []Fault{}}}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if fault, bad := unreadable(src); bad {
		p.Faults = append(p.Faults, fault)
		return p.Parsed
	}
	var block []giftLine
	var line []byte
	for n, size := 1, 0; len(src) > 0 || len(block) > 0; n++ {
		line, src = cutLine(src)
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 {
			if size += len(line) + 1; size <= maxBlock || len(block) == 0 { // beyond that it is refused, by its first line
				block = append(block, giftLine{string(trimmed[:min(len(trimmed), maxBlock+1)]), n, 1 + utf8.RuneCount(line[:bytes.Index(line, trimmed)])})
			}
			continue
		}
		if p.block(block, size); p.full() {
			return p.Parsed
		}
		block, size = block[:0], 0
	}
	return p.Parsed
}

// cutLine takes the first line off. Lines end in LF, CR LF or CR.
func cutLine(src []byte) (line, rest []byte) {
	end := bytes.IndexAny(src, "\r\n")
	if end < 0 {
		return src, nil
	}
	line, rest = src[:end], src[end+1:]
	if src[end] == '\r' {
		rest = bytes.TrimPrefix(rest, []byte("\n"))
	}
	return line, rest
}

// unreadable tells what makes a file no text at all: its length, bytes that are no UTF-8, control characters.
func unreadable(src []byte) (Fault, bool) {
	if len(src) > MaxBytes {
		return Fault{Line: 1, Column: 1, Why: WhySize}, true
	}
	line, column := 1, 1
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		switch {
		case r == utf8.RuneError && size == 1:
			return Fault{Line: line, Column: column, Why: WhyUTF8}, true
		case unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t':
			return Fault{Line: line, Column: column, Why: WhyControl, Got: data.Clean(string(r), 10)}, true
		case r == '\n', r == '\r' && !bytes.HasPrefix(src[1:], []byte("\n")):
			line, column = line+1, 0
		}
		src, column = src[size:], column+1
	}
	return Fault{}, false
}

// giftLine is a line without the space around it, and where it begins.
type giftLine struct {
	text         string
	line, column int
}

// mark is a character of a question, and whether a backslash took its meaning away.
type mark struct {
	r            rune
	plain        bool  // escaped: text and nothing else
	line, column int32 // from 1
}

// is tells whether the mark is a character that means something.
func (m mark) is(r rune) bool { return m.r == r && !m.plain }

// marks takes the backslashes off: \~ \= \# \{ \} \: are plain, \n is a line feed, \\ is a plain backslash, and any other
// backslash stays what it is.
//
// They are written over what is in all.
func marks(all []mark, lines []giftLine) []mark {
	all = all[:0]
	end := mark{r: '\n'}
	for i, l := range lines {
		if i > 0 {
			all = append(all, end)
		}
		end.line, end.column = int32(l.line), int32(l.column)
		escaping := false
		for _, r := range l.text {
			if escaping {
				escaping = false
				last := &all[len(all)-1]
				switch r {
				case '~', '=', '#', '{', '}', ':', '\\':
					last.r, last.plain = r, true
					end.column++
					continue
				case 'n':
					last.r, last.plain = '\n', true
					end.column++
					continue
				}
			}
			escaping = r == '\\'
			all = append(all, mark{r: r, line: end.line, column: end.column})
			end.column++
		}
	}
	return all
}

// index is where a character that means something is first; -1 when it isn't there.
func index(all []mark, r rune) int {
	return slices.IndexFunc(all, func(m mark) bool { return m.is(r) })
}

// indexOf is where a row of characters that mean something begins; -1 when it isn't there.
func indexOf(all []mark, text string) int {
	want := []rune(text)
	for i := 0; i+len(want) <= len(all); i++ {
		if starts(all[i:], want) {
			return i
		}
	}
	return -1
}

// lastOf is where it begins for the last time.
func lastOf(all []mark, text string) int {
	want := []rune(text)
	for i := len(all) - len(want); i >= 0; i-- {
		if starts(all[i:], want) {
			return i
		}
	}
	return -1
}

func starts(all []mark, want []rune) bool {
	for i, r := range want {
		if i >= len(all) || !all[i].is(r) {
			return false
		}
	}
	return true
}

func countOf(all []mark, r rune) (n int) {
	for _, m := range all {
		if m.is(r) {
			n++
		}
	}
	return n
}

// trim takes space off both ends of a text. A line feed that was written as \n is space too, as in Moodle's trim of what it
// unescaped.
func trim(all []mark) []mark { return without(all, func(m mark) bool { return unicode.IsSpace(m.r) }) }

// bare takes space off both ends of what isn't unescaped yet, where \n is a character like another.
func bare(all []mark) []mark {
	return without(all, func(m mark) bool { return unicode.IsSpace(m.r) && !m.plain })
}

func without(all []mark, space func(mark) bool) []mark {
	for len(all) > 0 && space(all[0]) {
		all = all[1:]
	}
	for len(all) > 0 && space(all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	return all
}

// split cuts at every such character that means something.
func split(all []mark, r rune) (parts [][]mark) {
	for {
		i := index(all, r)
		if i < 0 {
			return append(parts, all)
		}
		parts, all = append(parts, all[:i]), all[i+1:]
	}
}

func text(all []mark) string {
	var b strings.Builder
	for _, m := range all {
		b.WriteRune(m.r)
	}
	return b.String()
}

// giftReader collects what a file says. id, rubric and tags were said in comments, for the question that follows.
type giftReader struct {
	Parsed
	category   string
	id, rubric string
	tags       []string
	marks      []mark // of one question after another
}

func (p *giftReader) fault(at mark, why data.Why, got string) {
	p.Faults = append(p.Faults, Fault{Line: max(1, int(at.line)), Column: max(1, int(at.column)), Why: why, Got: data.Clean(got, 60)})
}

// full tells whether there is more than a file can have: the rest isn't read.
func (p *giftReader) full() bool {
	n := len(p.Faults)
	return n > 0 && p.Faults[n-1].Why == WhyMany
}

// block reads the lines between two empty ones: a question, a category, or nothing but comments.
func (p *giftReader) block(lines []giftLine, size int) {
	if size > maxBlock {
		p.fault(mark{line: int32(lines[0].line), column: int32(lines[0].column)}, WhyTooLong, "")
		return
	}
	lines = slices.DeleteFunc(lines, func(l giftLine) bool {
		comment, is := strings.CutPrefix(l.text, "//")
		if is {
			p.comment(comment)
		}
		return is
	})
	if len(lines) == 0 {
		return
	}
	q := Question{ID: p.id, Tags: p.tags, Rubric: p.rubric}
	p.id, p.tags, p.rubric = "", nil, ""
	if rest, is := strings.CutPrefix(lines[0].text, "$CATEGORY:"); is {
		p.setCategory(mark{line: int32(lines[0].line), column: int32(lines[0].column)}, rest)
		if lines = lines[1:]; len(lines) == 0 {
			return
		}
		// a question right below its category: Moodle reads it as the name's end and loses it
	}
	p.marks = marks(p.marks, lines)
	all := p.marks
	if len(p.Questions)+len(p.Skipped)+len(p.Faults) >= MaxQuestions {
		p.fault(all[0], WhyMany, "")
		return
	}
	p.question(all, q)
}

func (p *giftReader) setCategory(at mark, name string) {
	if name = strings.TrimSpace(name); name == "" {
		p.fault(at, WhyCategory, "")
		return
	}
	p.category = data.Clean(name, maxCategory)
}

// comment keeps what [id:…] and [tag:…] in a comment say, and what else we write there; \] closes nothing. Of two ids the
// first counts.
func (p *giftReader) comment(s string) {
	for _, found := range bracketForm.FindAllStringSubmatch(s, -1) {
		value := data.Clean(strings.ReplaceAll(found[2], `\]`, "]"), maxTag)
		switch {
		case value == "":
		case found[1] == "tag":
			p.tags = append(p.tags, value)
		case p.id == "":
			p.id = data.Clean(value, quizTitle)
		}
	}
	if found := rubricForm.FindStringSubmatch(s); found != nil {
		p.rubric = clean(rubricEscapes.ReplaceAllStringFunc(found[1], func(s string) string {
			if s == `\n` {
				return "\n"
			}
			return s[1:]
		}))
	}
}

// rubricForm is a rubric in a comment, which is a form of our own; in it every backslash takes the meaning of what follows,
// or makes a line feed of an n.
var (
	rubricForm    = regexp.MustCompile(`\[rubric:((?:\\.|[^\]\\])*)]`)
	rubricEscapes = regexp.MustCompile(`\\.`)
)

// bracketForm is what can stand in a comment.
var bracketForm = regexp.MustCompile(`\[(id|tag):((?:\\]|[^\]])*)]`)

// question reads one question, of which q is what a comment said: its name, its stem with the block of answers in it, and what kind that makes it.
func (p *giftReader) question(all []mark, q Question) {
	q.Category, q.Line = p.category, int(all[0].line)
	name, all := title(all)
	from, to := index(all, '{'), index(all, '}')
	if from < 0 && to < 0 {
		stem, m := marked(all, MarkupNone)
		p.skip(q.Line, "description", firstWords(name, stem, m))
		return
	}
	if from < 0 || to < from {
		at := from
		if from < 0 {
			at = to
		}
		p.fault(all[max(0, at)], WhyBrace, "")
		return
	}
	answers, after := bare(all[from+1:to]), all[to+1:]
	if i := slices.IndexFunc(after, func(m mark) bool { return m.is('{') || m.is('}') }); i >= 0 {
		p.fault(after[i], WhyBlocks, "")
		return
	}
	stem := slices.Clone(all[:from])
	if len(bare(after)) > 0 { // a missing word
		stem = append(append(stem, blank(all[from])...), after...)
	}
	var general []mark
	if i := lastOf(answers, "####"); i >= 0 {
		general, answers = answers[i+4:], bare(answers[:i])
	}
	q.Stem, q.Markup = marked(stem, MarkupNone)
	q.Feedback, q.FeedbackIn = feedback(general, q.Markup)
	q.Title = firstWords(name, q.Stem, q.Markup)
	p.add(q, all[from], answers)
}

// add reads the answers, and keeps the question when they are whole.
func (p *giftReader) add(q Question, at mark, answers []mark) {
	if q.Stem == "" {
		p.fault(at, WhyNoStem, "")
		return
	}
	faults := len(p.Faults)
	switch {
	case countOf(answers, '~')+countOf(answers, '=') > maxAnswers:
		p.fault(at, WhyDeep, "")
		return
	case len(answers) == 0:
		q.Kind = quiz.KindOpen
		if q.Rubric != "" {
			q.RubricIn = MarkupPlain
		}
	case answers[0].is('#'):
		q.Kind = quiz.KindNumber
		q.Options = p.numbers(answers, q.Markup)
	case index(answers, '~') >= 0:
		q.Kind = quiz.KindMultiple
		if index(answers, '=') >= 0 {
			q.Kind = quiz.KindSingle
		}
		q.Options = p.choices(answers, q.Markup)
	case index(answers, '=') >= 0 && indexOf(answers, "->") >= 0:
		q.Kind = quiz.KindMatch
		q.Pairs, q.Distractors = p.pairs(answers, q.Markup)
	default:
		if truth, options, is := trueFalse(answers, q.Markup); is {
			q.Kind, q.True, q.Options = quiz.KindTrueFalse, &truth, options
			break
		}
		q.Kind = quiz.KindText
		q.Options = p.accepted(answers, q.Markup)
	}
	if q.Kind != quiz.KindOpen {
		q.Rubric = ""
	}
	if tooLong(q) {
		p.fault(at, WhyTooLong, "")
	}
	if len(p.Faults) == faults {
		p.Questions = append(p.Questions, q)
	}
}

func (p *giftReader) skip(line int, kind, title string) {
	p.Skipped = append(p.Skipped, Skipped{Line: line, Type: kind, Title: title, Why: string(WhyKind)})
}

// blank is what stands for a missing word.
func blank(at mark) []mark {
	return slices.Repeat([]mark{{r: '_', plain: true, line: at.line, column: at.column}}, 5)
}
