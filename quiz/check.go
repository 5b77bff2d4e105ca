package quiz

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"digibrug/data"
)

// Limits on items, in characters and entries. They keep an item on an 80×24 screen.
const (
	MaxCode   = 64   // ids of items, banks and domains
	MaxStem   = 1000 // stem
	MaxWhy    = 1000 // reasons, rubric
	MaxOption = 160  // options, steps, both sides of pairs, accepted texts
	MaxName   = 200  // source, author, title, unit

	maxOptions  = 8
	maxAccept   = 30
	maxRights   = 12
	maxDistance = 3
	maxWaivers  = 20
	maxVersion  = 10_000
	minSeconds  = 5
	maxSeconds  = 1800
	maxLogit    = 4.0
	maxNumber   = 1e12
)

var (
	codePattern    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	digCompPattern = regexp.MustCompile(`^[1-5]\.[1-6]$`)
)

// Check tells everything that is wrong with an item: nil, or Problems whose fields are named as in a
// bank file, relative to the item, entries counted from 1 ("options[2].text"). A draft may lack its
// reasons (why); nothing else.
func (it Item) Check() error { return it.problems().err() }

func (it Item) problems() Problems {
	if len(it.Variants) > 0 {
		return it.family()
	}
	var p Problems
	p.code("id", it.ID)
	p.whole("version", it.Version, 1, maxVersion)
	p.whole("variant", it.Variant, 0, MaxVariants)
	p.code("domain", it.Domain)
	if !digCompPattern.MatchString(it.DigComp) {
		p.add("digcomp", WhyDigComp, "1.1 … 5.6", it.DigComp)
	}
	p.whole("level", it.Level, 1, 4)
	p.float("difficulty", it.Difficulty, -maxLogit, maxLogit)
	p.whole("seconds", it.Seconds, minSeconds, maxSeconds)
	p.block("stem", it.Stem, MaxStem, true)
	p.block("why", it.Why, MaxWhy, false)
	if it.Why == "" && it.Status != StatusDraft {
		p.add("why", WhyNoRationale, "", "")
	}
	p.line("source", it.Source, MaxName)
	p.line("author", it.Author, MaxName)
	p.waivers(it.Waive)
	if !slices.Contains(Statuses(), it.Status) {
		p.add("status", data.WhyNotOneOf, list(Statuses()), string(it.Status))
	}
	if !slices.Contains(Kinds(), it.Kind) {
		p.add("kind", data.WhyNotOneOf, list(Kinds()), string(it.Kind))
		return p
	}
	it.checkForeign(&p)
	it.checkBody(&p)
	return p
}

// bodyFields tells for each field that only some kinds have: those kinds, and whether it is filled.
// The field True is called "answer" in a bank file.
func (it Item) bodyFields() []bodyField {
	return []bodyField{
		{"options", len(it.Options) > 0, []Kind{KindSingle, KindMultiple}},
		{"answer", it.True != nil, []Kind{KindTrueFalse}},
		{"number", it.Number != nil, []Kind{KindNumber}},
		{"accept", len(it.Accept) > 0, []Kind{KindText}},
		{"distance", it.Distance != 0, []Kind{KindText}},
		{"steps", len(it.Steps) > 0, []Kind{KindOrder}},
		{"pairs", len(it.Pairs) > 0, []Kind{KindMatch}},
		{"distractors", len(it.Distractors) > 0, []Kind{KindMatch}},
		{"rubric", it.Rubric != "", []Kind{KindOpen}},
	}
}

type bodyField struct {
	name   string
	filled bool
	kinds  []Kind
}

func (it Item) checkForeign(p *Problems) {
	for _, f := range it.bodyFields() {
		if f.filled && !slices.Contains(f.kinds, it.Kind) {
			p.add(f.name, WhyKind, list(f.kinds), string(it.Kind))
		}
	}
}

func (it Item) checkBody(p *Problems) {
	switch it.Kind {
	case KindSingle, KindMultiple:
		it.checkOptions(p)
	case KindTrueFalse:
		if it.True == nil {
			p.add("answer", data.WhyEmpty, "true, false", "")
		}
	case KindNumber:
		it.checkNumber(p)
	case KindText:
		it.checkAccept(p)
	case KindOrder:
		p.entries("steps", it.Steps, 2, maxOptions)
	case KindMatch:
		it.checkPairs(p)
	case KindOpen:
		p.block("rubric", it.Rubric, MaxWhy, true)
	}
}

func (it Item) checkOptions(p *Problems) {
	texts := make([]string, len(it.Options))
	keys := 0
	for i, o := range it.Options {
		texts[i] = o.Text
		p.block(at("options", i)+".why", o.Why, MaxWhy, false)
		if o.Why == "" && it.Status != StatusDraft {
			p.add(at("options", i)+".why", WhyNoRationale, "", o.Text)
		}
		if !o.Right {
			continue
		}
		if keys++; keys > 1 && it.Kind == KindSingle {
			p.add(at("options", i)+".right", WhyTwoKeys, "1", o.Text)
		}
	}
	if keys == 0 && len(it.Options) > 0 {
		p.add("options", WhyNoKey, "right: true", "")
	}
	p.entriesNamed("options", ".text", texts, 2, maxOptions)
}

func (it Item) checkNumber(p *Problems) {
	if it.Number == nil {
		p.add("number", data.WhyEmpty, "value", "")
		return
	}
	if it.Number.ValueKey != "" || it.Number.ToleranceKey != "" {
		p.add("number", WhyPlaceholder, "variants", "") // there is no row that has the number
	}
	p.float("number.value", it.Number.Value, -maxNumber, maxNumber)
	p.float("number.tolerance", it.Number.Tolerance, 0, maxNumber)
	if it.Number.Unit == "" {
		return
	}
	p.line("number.unit", it.Number.Unit, MaxName)
	if strings.ContainsAny(it.Number.Unit, "0123456789+-−") {
		p.add("number.unit", WhyNotNumber, "", it.Number.Unit) // could not be told from the number
	}
}

func (it Item) checkAccept(p *Problems) {
	p.entries("accept", it.Accept, 1, maxAccept)
	p.whole("distance", it.Distance, 0, maxDistance)
	for i, text := range it.Accept {
		n := utf8.RuneCountInString(NormText(text))
		switch {
		case text != "" && n == 0:
			p.add(at("accept", i), WhyNoText, "", text)
		case n > 0 && n < 3*it.Distance:
			p.add(at("accept", i), WhyDistance, strconv.Itoa(3*it.Distance), text)
		}
	}
}

func (it Item) checkPairs(p *Problems) {
	lefts := make([]string, len(it.Pairs))
	for i, pair := range it.Pairs {
		lefts[i] = pair.Left
		p.line(at("pairs", i)+".right", pair.Right, MaxOption)
	}
	p.entriesNamed("pairs", ".left", lefts, 2, maxOptions)
	p.entries("distractors", it.Distractors, 0, maxOptions)
	for i, d := range it.Distractors {
		if slices.ContainsFunc(it.Pairs, func(pair Pair) bool { return pair.Right == d }) {
			p.add(at("distractors", i), data.WhyTwice, "", d)
		}
	}
	rights := it.Rights()
	if n := len(rights); n > maxRights || n == 1 {
		p.add("pairs", WhyCount, fmt.Sprintf("2–%d", maxRights), strconv.Itoa(n))
	}
}

// The small checks below name the field, the code, and the range as Want.

func (p *Problems) code(field, s string) {
	switch {
	case s == "":
		p.add(field, data.WhyEmpty, "", "")
	case utf8.RuneCountInString(s) > MaxCode:
		p.add(field, data.WhyTooLong, strconv.Itoa(MaxCode), s)
	case !codePattern.MatchString(s):
		p.add(field, WhyCode, "a-z 0-9 -", s)
	}
}

func (p *Problems) whole(field string, n, low, high int) {
	if n < low || n > high {
		p.add(field, data.WhyNumber, fmt.Sprintf("%d–%d", low, high), strconv.Itoa(n))
	}
}

func (p *Problems) float(field string, x, low, high float64) {
	if !(x >= low && x <= high) || (x == 0 && math.Signbit(x)) { // also NaN and -0, which would not print back
		p.add(field, data.WhyNumber, fmt.Sprintf("%g … %g", low, high), strconv.FormatFloat(x, 'g', -1, 64))
	}
}

// line checks one line of text that must be there.
func (p *Problems) line(field, s string, limit int) { p.text(field, s, data.Clean(s, 0), limit, true) }

// block checks text that may have several lines.
func (p *Problems) block(field, s string, limit int, needed bool) {
	p.text(field, s, data.CleanBlock(s, 0), limit, needed)
}

func (p *Problems) text(field, s, clean string, limit int, needed bool) {
	switch {
	case s != clean:
		p.add(field, WhyControl, "", s)
	case s == "" && needed:
		p.add(field, data.WhyEmpty, "", "")
	case utf8.RuneCountInString(s) > limit:
		p.add(field, data.WhyTooLong, strconv.Itoa(limit), s)
	}
}

// entries checks a list of lines of text: how many, each filled and short enough, none twice.
func (p *Problems) entries(field string, texts []string, low, high int) {
	p.entriesNamed(field, "", texts, low, high)
}

func (p *Problems) entriesNamed(field, sub string, texts []string, low, high int) {
	if len(texts) < low || len(texts) > high {
		p.add(field, WhyCount, fmt.Sprintf("%d–%d", low, high), strconv.Itoa(len(texts)))
	}
	seen := make(map[string]bool, len(texts))
	for i, s := range texts {
		p.line(at(field, i)+sub, s, MaxOption)
		if s != "" && seen[s] {
			p.add(at(field, i)+sub, data.WhyTwice, "", s)
		}
		seen[s] = true
	}
}

// waivers checks the shape only: lint says what a waiver lacks.
func (p *Problems) waivers(all []Waiver) {
	if len(all) > maxWaivers {
		p.add("waive", WhyCount, fmt.Sprintf("≤ %d", maxWaivers), strconv.Itoa(len(all)))
	}
	for i, w := range all {
		p.text(at("waive", i)+".rule", string(w.Rule), data.Clean(string(w.Rule), 0), MaxCode, false)
		p.block(at("waive", i)+".reason", w.Reason, MaxWhy, false)
	}
}

// list writes known codes as Invalid.Want has them.
func list[T ~string](codes []T) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, ", ")
}
