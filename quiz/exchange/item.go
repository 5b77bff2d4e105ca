package exchange

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
)

// Defaults are what an item has where its question doesn't say it.
type Defaults struct {
	Bank   string // begins the ids that are made from a title
	Domain string
	Source string
	Author string
	Rubric string // of an open question, for who completes it
}

// What an item is given where its question says nothing: the middle of the scale, to be set right by who reviews it.
const (
	defaultLevel   = 2
	defaultDigComp = "5.2"
)

// Made is an item that was made of a question.
type Made struct {
	Item   quiz.Item `json:"item"`
	Line   int       `json:"line"`             // of the question in the file
	Misses []string  `json:"misses,omitempty"` // fields that the question doesn't say and that got a default, or stay empty
	Loses  []string  `json:"loses,omitempty"`  // what the question has and an item has no place for
}

// What keeps a question from being an item: Why of Skipped, beside what Item.Check says.
const (
	WhyPartial data.Why = "exchange.partial"  // points in part, which this kind doesn't give; Got: the answer
	WhyNumbers data.Why = "exchange.numbers"  // several numbers are right
	WhyUnits   data.Why = "exchange.units"    // units that count, or that change the number
	WhyWild    data.Why = "exchange.wildcard" // a text with * for anything; Got: it
	WhyCase    data.Why = "exchange.case"     // capitals count
	WhyHidden  data.Why = "exchange.hidden"   // not asked any more
	WhyMarkup  data.Why = "exchange.markup"   // can't be said in words alone; Got: the element

	WhyArrowText data.Why = "exchange.arrow_text" // GIFT can't hold it: an arrow in one of several accepted texts
)

// unfit is the reason why a question is no item.
type unfit data.Invalid

func (u *unfit) Error() string { return (*data.Invalid)(u).Error() }

func unfits(why data.Why, got string) error { return &unfit{Why: why, Got: data.Clean(got, 60)} }

// Items makes items of questions, each with an id of its own. What can't be one is skipped with the reason: nothing is
// half read. The order is that of the file.
func Items(questions []Question, d Defaults) (items []Made, skipped []Skipped) {
	taken := map[string]bool{}
	for _, q := range questions {
		taken[q.ID] = true
	}
	used := map[string]bool{}
	for _, q := range questions {
		m, err := q.Item(d)
		if err != nil {
			skipped = append(skipped, q.skipped(err))
			continue
		}
		if m.Item.ID != q.ID || used[q.ID] {
			m.Item.ID = free(m.Item.ID, func(id string) bool { return taken[id] || used[id] })
		}
		used[m.Item.ID] = true
		items = append(items, m)
	}
	return items, skipped
}

func (q Question) skipped(err error) Skipped {
	s := Skipped{Sheet: q.Sheet, Line: q.Line, Type: string(q.Kind), Title: q.Title}
	var u *unfit
	var problems quiz.Problems
	switch {
	case errors.As(err, &u):
		s.Why, s.Got = string(u.Why), u.Got
	case errors.As(err, &problems):
		s.Why, s.Field, s.Want, s.Got = string(problems[0].Why), problems[0].Field, problems[0].Want, problems[0].Got
	}
	return s
}

// free is an id that isn't taken: the one that is wanted, or that with a number behind it.
func free(want string, taken func(string) bool) string {
	id := want
	for n := 2; taken(id); n++ {
		end := "-" + strconv.Itoa(n)
		id = strings.TrimRight(want[:min(len(want), quiz.MaxCode-len(end))], "-") + end
	}
	return id
}

// Item makes an item of a question. Texts in HTML become plain words. Level, DigComp code, difficulty, seconds and the like
// come from tags ("level:2", "digcomp:1.3"); without them there is a default, which Made names. The error says why the
// question can be no item: an *unfit, or quiz.Problems of the item that it would be.
func (q Question) Item(d Defaults) (Made, error) {
	r := itemMaker{Question: q, Defaults: d, tags: tagsOf(q.Tags)}
	it, err := r.item()
	if err != nil {
		return Made{}, err
	}
	if err := it.Check(); err != nil && it.Status != quiz.StatusDraft { // others' word for it: a draft may lack more
		it.Status = quiz.StatusDraft
	}
	if err := it.Check(); err != nil {
		return Made{}, err
	}
	return Made{Item: it, Line: q.Line, Misses: r.misses, Loses: r.loses}, nil
}

// itemMaker makes one item.
type itemMaker struct {
	Question
	Defaults
	tags          map[string]string
	misses, loses []string
}

func (r *itemMaker) miss(field string) { r.misses = append(r.misses, field) }

func (r *itemMaker) item() (it quiz.Item, err error) {
	switch {
	case r.Hidden:
		return it, unfits(WhyHidden, "")
	case isExample(r.ID):
		return it, unfits(WhyExample, "")
	}
	it = quiz.Item{ID: r.id(), Version: r.whole(1, "version"), Kind: r.Kind, Domain: r.Domain, Entry: r.has("entry"), Shuffle: !r.Fixed && r.tags["shuffle"] != "false",
		Source: cmp.Or(r.tags["source"], r.Defaults.Source), Author: cmp.Or(r.tags["author"], r.Defaults.Author), Status: quiz.Status(cmp.Or(r.tags["status"], string(quiz.StatusDraft)))}
	if !slices.Contains(quiz.Statuses(), it.Status) {
		it.Status = quiz.StatusDraft
	}
	if it.Stem, err = words(r.Stem, r.Markup); err != nil {
		return it, err
	}
	if it.Why, err = words(r.Question.Feedback, r.FeedbackIn); err != nil {
		return it, err
	}
	if err := r.body(&it); err != nil {
		return it, err
	}
	r.measures(&it)
	if it.Why == "" {
		r.miss("why")
	}
	if len(r.Hints) > 0 {
		r.loses = append(r.loses, "hints")
	}
	if c := r.Combined; c != nil && c.Right+c.Part+c.Wrong != "" {
		r.loses = append(r.loses, "combined")
	}
	return it, nil
}

// measures sets what makes an item measure: its level, its competence, how hard it is and how long it takes.
func (r *itemMaker) measures(it *quiz.Item) {
	if it.Level = r.whole(0, "level", "niveau"); it.Level < 1 || it.Level > 4 {
		it.Level = defaultLevel
		r.miss("level")
	}
	if it.DigComp = r.tags["digcomp"]; it.DigComp == "" {
		it.DigComp = defaultDigComp
		r.miss("digcomp")
	}
	if d, ok := float(r.tags["difficulty"]); ok {
		it.Difficulty = d
	} else {
		it.Difficulty = float64(it.Level) - 2.5
		r.miss("difficulty")
	}
	if it.Seconds = r.whole(0, "seconds"); it.Seconds == 0 {
		letters := len(it.Stem)
		for _, o := range it.Options {
			letters += len(o.Text)
		}
		it.Seconds = min(20+letters/12, 300) // some 12 letters a second are read, and 20 seconds thought
		r.miss("seconds")
	}
}

// id is that of the question where it can be one of ours; else it is made from the title.
func (r *itemMaker) id() string {
	if idForm.MatchString(r.ID) && len(r.ID) <= quiz.MaxCode {
		return r.ID
	}
	slug := strings.Trim(notInID.ReplaceAllString(data.SortKey(r.Bank+" "+cmp.Or(r.ID, r.Title)), "-"), "-")
	return cmp.Or(strings.TrimRight(slug[:min(len(slug), quiz.MaxCode)], "-"), "vraag")
}

var (
	idForm  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	notInID = regexp.MustCompile(`[^a-z0-9]+`)
)

func (r *itemMaker) has(tag string) bool { _, is := r.tags[tag]; return is }

func (r *itemMaker) whole(otherwise int, names ...string) int {
	for _, name := range names {
		if n, err := strconv.Atoi(r.tags[name]); err == nil {
			return n
		}
	}
	return otherwise
}

// tagsOf reads tags of the form name:value; of two with one name the first counts.
func tagsOf(all []string) map[string]string {
	tags := map[string]string{}
	for _, tag := range all {
		name, value, _ := strings.Cut(tag, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); tags[name] == "" {
			tags[name] = strings.TrimSpace(value)
		}
	}
	return tags
}

func (r *itemMaker) body(it *quiz.Item) error {
	switch r.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		return r.choices(it)
	case quiz.KindTrueFalse:
		it.True = r.True
		return r.reasons(it)
	case quiz.KindNumber:
		return r.number(it)
	case quiz.KindText:
		return r.accepted(it)
	case quiz.KindMatch:
		return r.pairs(it)
	case quiz.KindOpen:
		rubric, err := words(r.Question.Rubric, r.RubricIn)
		if it.Rubric = rubric; rubric == "" {
			it.Rubric = r.Defaults.Rubric
			r.miss("rubric")
		}
		return err
	}
	return unfits(WhyKind, string(r.Kind))
}

// choices makes the options. Of a single choice one is right and the others earn nothing; of a multiple one the right
// ones earn the same. How much a wrong one costs is the house's own rule, so that any cost will do.
func (r *itemMaker) choices(it *quiz.Item) error {
	keys := 0
	for _, o := range r.Options {
		if o.Weight > 0 {
			keys++
		}
	}
	for i, o := range r.Options {
		text, err := words(o.Text, o.Markup)
		if err != nil {
			return err
		}
		why, err := words(o.Feedback, o.FeedbackIn)
		if err != nil {
			return err
		}
		share := 100.0
		if r.Kind == quiz.KindMultiple {
			share = 100 / float64(keys)
		}
		if o.Weight > 0 && math.Abs(o.Weight-share) > 0.01 {
			return unfits(WhyPartial, text)
		}
		if why == "" {
			r.miss(fmt.Sprintf("options[%d].why", i+1))
		}
		it.Options = append(it.Options, quiz.Option{Text: data.Clean(text, 0), Right: o.Weight > 0, Why: why})
	}
	return nil
}

// reasons adds the feedback on single answers to that on the question, for the kinds that have one reason.
func (r *itemMaker) reasons(it *quiz.Item) error {
	said := []string{}
	if it.Why != "" {
		said = append(said, it.Why)
	}
	for _, o := range r.Options {
		why, err := words(o.Feedback, o.FeedbackIn)
		if err != nil {
			return err
		}
		if why != "" && !slices.Contains(said, why) {
			said = append(said, why)
		}
	}
	it.Why = strings.Join(said, "\n")
	return nil
}

// number makes the key: one number, of which the rest of the answers say no more than that they are wrong.
func (r *itemMaker) number(it *quiz.Item) error {
	for _, o := range r.Options {
		switch {
		case o.Weight <= 0:
		case o.Weight != 100:
			return unfits(WhyPartial, o.Text)
		case o.Number == nil || it.Number != nil:
			return unfits(WhyNumbers, o.Text)
		default:
			it.Number = &quiz.Number{Value: o.Number.Value + 0, Tolerance: o.Number.Tolerance + 0, Unit: r.tags["unit"]} // + 0: -0 is 0
		}
	}
	if it.Number == nil {
		return unfits(WhyNoKey, "")
	}
	if r.UnitRule != nil && (r.UnitRule.Grading == "1" || r.UnitRule.Grading == "2") {
		return unfits(WhyUnits, r.UnitRule.Grading)
	}
	for _, u := range r.Units {
		if it.Number.Unit != "" && it.Number.Unit != u.Name || u.Multiplier != 1 {
			return unfits(WhyUnits, u.Name)
		}
		it.Number.Unit = u.Name
	}
	return r.reasons(it)
}

// accepted makes the texts that are right. A star for any other answer, worth nothing, says nothing more.
func (r *itemMaker) accepted(it *quiz.Item) error {
	if r.Case {
		return unfits(WhyCase, "")
	}
	for _, o := range r.Options {
		text := strings.ReplaceAll(o.Text, `\*`, "\x00")
		switch {
		case o.Weight <= 0:
			continue
		case o.Weight != 100:
			return unfits(WhyPartial, o.Text)
		case strings.Contains(text, "*"):
			return unfits(WhyWild, o.Text)
		}
		if text = data.Clean(strings.ReplaceAll(text, "\x00", "*"), 0); !slices.Contains(it.Accept, text) {
			it.Accept = append(it.Accept, text)
		}
	}
	it.Distance = r.whole(0, "distance")
	if len(it.Accept) == 0 {
		return unfits(WhyNoKey, "")
	}
	return r.reasons(it)
}

// pairs makes a matching item, or one about an order, which the formats only have as steps with their number.
func (r *itemMaker) pairs(it *quiz.Item) error {
	for i, p := range r.Pairs {
		left, err := words(p.Left, p.Markup)
		if err != nil {
			return err
		}
		right := p.Right // plain in the formats, whatever the left one is
		if r.tags["kind"] == string(quiz.KindOrder) && right == strconv.Itoa(i+1) && len(r.Distractors) == 0 {
			it.Steps = append(it.Steps, data.Clean(left, 0))
		}
		it.Pairs = append(it.Pairs, quiz.Pair{Left: data.Clean(left, 0), Right: data.Clean(right, 0)})
	}
	for _, d := range r.Distractors {
		if d = data.Clean(d, 0); !slices.Contains(it.Distractors, d) && !slices.ContainsFunc(it.Pairs, func(p quiz.Pair) bool { return p.Right == d }) {
			it.Distractors = append(it.Distractors, d)
		}
	}
	if len(it.Steps) > 0 && len(it.Steps) == len(it.Pairs) {
		it.Kind, it.Pairs = quiz.KindOrder, nil
	} else {
		it.Steps = nil
	}
	return nil
}
