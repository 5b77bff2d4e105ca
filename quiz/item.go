package quiz

import "slices"

// Kind says how an item is answered and marked.
type Kind string

// The kinds of items. Only KindOpen needs a person to mark it.
const (
	KindSingle    Kind = "single"    // one of Options
	KindMultiple  Kind = "multiple"  // some of Options, partial credit
	KindTrueFalse Kind = "truefalse" // True
	KindNumber    Kind = "number"    // Number, with tolerance
	KindText      Kind = "text"      // one of Accept, within Distance
	KindOrder     Kind = "order"     // Steps, listed in the right order
	KindMatch     Kind = "match"     // Pairs, with Distractors on the right-hand side
	KindOpen      Kind = "open"      // free text, marked by people along Rubric
)

// Kinds lists all kinds in the order in which screens and documents show them.
func Kinds() []Kind {
	return []Kind{
		KindSingle, KindMultiple, KindTrueFalse, KindNumber, KindText, KindOrder, KindMatch, KindOpen,
	}
}

// Status says how far an item is on its way from idea to archive.
type Status string

// The statuses. Only reviewed items and items in use are drawn.
const (
	StatusDraft    Status = "draft"
	StatusReviewed Status = "reviewed"
	StatusInUse    Status = "inuse"
	StatusRetired  Status = "retired"
)

// Statuses lists all statuses, in the order in which an item passes through them.
func Statuses() []Status {
	return []Status{StatusDraft, StatusReviewed, StatusInUse, StatusRetired}
}

// Item is one question in one version. An attempt keeps its own copy as JSON, so that a later edit of
// the bank never changes what somebody was asked. ID and Version together are its identity; Variant tells which
// of a family's equal questions it was.
// Of Options, True, Number, Accept, Steps, Pairs and Rubric only what belongs to Kind is filled.
type Item struct {
	ID         string  `json:"id"`      // lower case letters, digits, hyphens; unique over all banks
	Version    int     `json:"version"` // from 1; a changed text is a new version
	Kind       Kind    `json:"kind"`
	Domain     string  `json:"domain"`     // code of the domain, that of its bank
	DigComp    string  `json:"digcomp"`    // competence code of DigComp 2.2 and 3.0, "1.3"
	Level      int     `json:"level"`      // 1 to 4: starter, basis, vlot, expert
	Difficulty float64 `json:"difficulty"` // the expert's estimate in logits, -4 to 4; centre of level l: l-2.5
	Entry      bool    `json:"entry,omitempty"`
	Seconds    int     `json:"seconds"` // time an able person needs, reading included
	Stem       string  `json:"stem"`    // the question; may hold line feeds

	Options     []Option `json:"options,omitempty"`     // single, multiple: two to eight
	True        *bool    `json:"true,omitempty"`        // truefalse: whether the stem is true
	Number      *Number  `json:"number,omitempty"`      // number
	Accept      []string `json:"accept,omitempty"`      // text: what counts as right, the first one is shown
	Distance    int      `json:"distance,omitempty"`    // text: typing errors allowed, 0 to 3
	Steps       []string `json:"steps,omitempty"`       // order: in the right order
	Pairs       []Pair   `json:"pairs,omitempty"`       // match
	Distractors []string `json:"distractors,omitempty"` // match: right-hand sides that belong to no left one
	Rubric      string   `json:"rubric,omitempty"`      // open: what a marker looks for

	Variants []map[string]string `json:"variants,omitempty"` // rows of values for the [[name]] in the texts; see Vary
	Variant  int                 `json:"variant,omitempty"`  // from 1: the row that this item was made of; 0: none
	Waive    []Waiver            `json:"waive,omitempty"`    // what lint would find and need not

	Shuffle bool   `json:"shuffle"` // whether Options may be shown in another order; order and match always are
	Why     string `json:"why,omitempty"`
	Source  string `json:"source"`
	Author  string `json:"author"`
	Status  Status `json:"status"`
}

// Option is one answer to choose, with the reason why it is right or wrong.
type Option struct {
	Text  string `json:"text"`
	Right bool   `json:"right,omitempty"`
	Why   string `json:"why,omitempty"`
}

// Number is the key of a numeric item. Right is what lies within Value ± Tolerance, ends included. In a family the
// numbers may be those of a row: Value and Tolerance are 0 then, and the keys name where they stand.
type Number struct {
	Value     float64 `json:"value"`
	Tolerance float64 `json:"tolerance,omitempty"` // in the unit of Value, never negative
	Unit      string  `json:"unit,omitempty"`      // may be typed along, need not

	ValueKey     string `json:"valueKey,omitempty"` // "[[n]]" as value of a bank file is the key n
	ToleranceKey string `json:"toleranceKey,omitempty"`
}

// Waiver says that what a rule of lint finds is right as it is, and why.
type Waiver struct {
	Rule   Rule   `json:"rule"`
	Reason string `json:"reason"`
}

// Pair is one left-hand side with the right-hand side that belongs to it. Two pairs may share a right one.
type Pair struct {
	Left  string `json:"left"`
	Right string `json:"right"`
}

// Drawable tells whether a blueprint may draw the item: reviewed or in use, and marked by the program.
func (it Item) Drawable() bool {
	return it.Kind != KindOpen && (it.Status == StatusReviewed || it.Status == StatusInUse)
}

// Rights lists the right-hand sides of a matching item in canonical order, each text once: those of
// Pairs in their order, then Distractors. Answer.Matches holds indices, from 0, into this list.
func (it Item) Rights() []string {
	var rights []string
	add := func(s string) {
		if !slices.Contains(rights, s) {
			rights = append(rights, s)
		}
	}
	for _, p := range it.Pairs {
		add(p.Right)
	}
	for _, d := range it.Distractors {
		add(d)
	}
	return rights
}

// oneToOne tells whether every right-hand side belongs to at most one left one.
func (it Item) oneToOne() bool {
	seen := map[string]bool{}
	for _, p := range it.Pairs {
		if seen[p.Right] {
			return false
		}
		seen[p.Right] = true
	}
	return true
}
