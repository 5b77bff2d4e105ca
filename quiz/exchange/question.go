package exchange

import (
	"digibrug/data"
	"digibrug/quiz"
)

// Format is the form of a file.
type Format string

// The formats. FormatAuto finds out which of the others a file has.
const (
	FormatAuto Format = "auto"
	FormatGIFT Format = "gift"
	FormatXML  Format = "moodlexml"
	FormatYAML Format = "yaml"
	FormatCSV  Format = "csv"
	FormatXLSX Format = "xlsx"
)

// Markup is how a text is written.
type Markup string

// The markups. A text without one is plain to us, and "moodle auto-format" to Moodle.
const (
	MarkupNone     Markup = ""
	MarkupHTML     Markup = "html"
	MarkupMoodle   Markup = "moodle"
	MarkupPlain    Markup = "plain"
	MarkupMarkdown Markup = "markdown"
	MarkupWiki     Markup = "wiki" // of Moodle XML only, and very old
)

// Question is one question as a file says it. Of Options, True, Pairs and Distractors only what belongs to Kind is filled.
type Question struct {
	ID          string    `json:"id"`    // idnumber; empty where the file gives none
	Kind        quiz.Kind `json:"kind"`  // never order: no format has it
	Title       string    `json:"title"` // given, or else the beginning of the stem
	Category    string    `json:"category,omitempty"`
	Markup      Markup    `json:"markup,omitempty"` // of Stem
	Stem        string    `json:"stem"`
	Options     []Option  `json:"options,omitempty"`     // choices; of text and number what is accepted; of truefalse true, then false
	True        *bool     `json:"true,omitempty"`        // truefalse
	Pairs       []Pair    `json:"pairs,omitempty"`       // match
	Distractors []string  `json:"distractors,omitempty"` // match: right-hand sides without a left one
	Case        bool      `json:"case,omitempty"`        // text: capitals count
	Fixed       bool      `json:"fixed,omitempty"`       // single, multiple, match: options keep their order
	Feedback    string    `json:"feedback,omitempty"`    // in general
	FeedbackIn  Markup    `json:"feedback_markup,omitempty"`
	Rubric      string    `json:"rubric,omitempty"` // open: for who marks it
	RubricIn    Markup    `json:"rubric_markup,omitempty"`
	Units       []Unit    `json:"units,omitempty"`     // number
	UnitRule    *UnitRule `json:"unit_rule,omitempty"` // number: nil where the file says nothing of it
	Numbering   string    `json:"numbering,omitempty"` // single, multiple: of the options, such as "none"; empty is abc
	Hints       []Hint    `json:"hints,omitempty"`
	Combined    *Combined `json:"combined,omitempty"` // feedback by how right the whole answer is
	Grade       float64   `json:"grade,omitempty"`    // points in the other system; 0: it says none
	Penalty     float64   `json:"penalty,omitempty"`  // share of the points that a new try costs there
	Hidden      bool      `json:"hidden,omitempty"`   // not asked any more
	Tags        []string  `json:"tags,omitempty"`
	Sheet       string    `json:"sheet,omitempty"` // of a workbook
	Line        int       `json:"line"`            // where it begins, from 1
}

// Option is an answer to choose, or one that is accepted.
type Option struct {
	Text       string  `json:"text"`
	Markup     Markup  `json:"markup,omitempty"`
	Weight     float64 `json:"weight"` // percent of the points, -100 to 100
	Feedback   string  `json:"feedback"`
	FeedbackIn Markup  `json:"feedback_markup,omitempty"`
	Number     *Number `json:"number,omitempty"` // number; nil for "*", any other answer
}

// Number is a number that is accepted: what lies within Value ± Tolerance.
type Number struct {
	Value     float64 `json:"value"`
	Tolerance float64 `json:"tolerance"` // never negative
}

// Unit may be typed behind a number; the number is multiplied by Multiplier.
type Unit struct {
	Name       string  `json:"name"`
	Multiplier float64 `json:"multiplier"`
}

// UnitRule says what the other system does with units.
type UnitRule struct {
	Grading string `json:"grading,omitempty"` // 0: not at all, 1 and 2: a wrong one costs points
	Penalty string `json:"penalty,omitempty"`
	Show    string `json:"show,omitempty"` // 0: typed or not, 1: chosen, 2: must be typed, 3: none
	Left    string `json:"left,omitempty"` // 1: before the number
}

// Hint is shown after a wrong try.
type Hint struct {
	Text    string `json:"text,omitempty"`
	Markup  Markup `json:"markup,omitempty"`
	Number  bool   `json:"number,omitempty"`  // tells how many are right
	Clear   bool   `json:"clear,omitempty"`   // takes the wrong answers away
	Options bool   `json:"options,omitempty"` // a switch of the kind
}

// Combined is feedback on the whole answer.
type Combined struct {
	Right   string `json:"right,omitempty"`
	RightIn Markup `json:"right_markup,omitempty"`
	Part    string `json:"part,omitempty"`
	PartIn  Markup `json:"part_markup,omitempty"`
	Wrong   string `json:"wrong,omitempty"`
	WrongIn Markup `json:"wrong_markup,omitempty"`
	Number  bool   `json:"number,omitempty"` // tells how many are right
}

// Pair is a left-hand side with what belongs to it.
type Pair struct {
	Left   string `json:"left"`
	Markup Markup `json:"markup,omitempty"` // of Left
	Right  string `json:"right"`
}

// Skipped is a question that we can't have, by its name in the format.
type Skipped struct {
	Sheet string `json:"sheet,omitempty"`
	Line  int    `json:"line"`
	Type  string `json:"type"`            // such as "description", "essay", "cloze"
	Title string `json:"title,omitempty"` // of the question
	Why   string `json:"why"`             // code
	Field string `json:"field,omitempty"` // of the item that it would be
	Want  string `json:"want,omitempty"`
	Got   string `json:"got,omitempty"` // what it is about
}

// Fault is something that is wrong in a file.
type Fault struct {
	Line   int      `json:"line"`   // from 1
	Column int      `json:"column"` // from 1, in characters; of a sheet the column
	Sheet  string   `json:"sheet,omitempty"`
	Field  string   `json:"field,omitempty"` // of a bank in YAML
	Why    data.Why `json:"why"`
	Want   string   `json:"want,omitempty"`
	Got    string   `json:"got,omitempty"`
}

// Parsed is what a file says.
type Parsed struct {
	Format    Format     `json:"format"`
	Questions []Question `json:"items"`
	Skipped   []Skipped  `json:"skipped"`
	Faults    []Fault    `json:"errors"`

	Bank *quiz.Bank `json:"-"` // of a YAML file, whose items are ours already; nil of another
}

// What can be wrong with a file.
const (
	WhySize     data.Why = "exchange.size"     // longer than MaxBytes
	WhyUTF8     data.Why = "exchange.utf8"     // no UTF-8
	WhyControl  data.Why = "exchange.control"  // a control character
	WhyBrace    data.Why = "exchange.brace"    // one brace without its partner
	WhyBlocks   data.Why = "exchange.blocks"   // more than one block of answers
	WhyFew      data.Why = "exchange.too_few"  // fewer answers than the kind needs; Got: how many
	WhyBlank    data.Why = "exchange.blank"    // an answer without words that has points or feedback
	WhyArrow    data.Why = "exchange.arrow"    // a pair without ->
	WhyNumber   data.Why = "exchange.number"   // no number; Got: it
	WhyWeight   data.Why = "exchange.weight"   // outside -100 … 100; Got: it
	WhyNoStem   data.Why = "exchange.stem"     // no question
	WhyMany     data.Why = "exchange.too_many" // more than MaxQuestions
	WhyTooLong  data.Why = "exchange.long"     // a text longer than MaxText
	WhyNotGIFT  data.Why = "exchange.gift"     // nothing in it is a question
	WhyKind     data.Why = "exchange.kind"     // of Skipped: a kind that banks don't have
	WhyFile     data.Why = "exchange.file"     // of Skipped: it has pictures or other files, or asks for one
	WhyXML      data.Why = "exchange.xml"      // no XML; Got: what the parser says
	WhyElement  data.Why = "exchange.element"  // an element in a text of XML; Got: it
	WhyAfter    data.Why = "exchange.after"    // something behind </quiz>; Got: it
	WhyNotQuiz  data.Why = "exchange.quiz"     // XML, but no <quiz>
	WhyDeep     data.Why = "exchange.deep"     // elements in elements, deeper than any question goes, or more answers than any has
	WhyFraction data.Why = "exchange.fraction" // a weight that Moodle doesn't know; Got: it
	WhyNoKey    data.Why = "exchange.key"      // no answer is right
	WhyCategory data.Why = "exchange.category" // a category without a name
)

// Limits on a file.
const (
	MaxBytes     = quiz.MaxBankBytes
	MaxQuestions = quiz.MaxItems
	MaxText      = 20_000 // characters of one text

	maxBlock   = 400_000 // bytes of one question in GIFT
	maxAnswers = 2_000   // of one question in GIFT
	maxTagText = 64_000  // bytes of one tag in XML, with its attributes
)
