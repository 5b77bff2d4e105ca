package quiz

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
)

// Codes for what can be wrong with a bank, an item, an answer or a blueprint, beside those of data.
const (
	WhyTooBig      data.Why = "quiz.too_big"       // the file or its structure is larger than Want
	WhyUTF8        data.Why = "quiz.utf8"          // bytes that are no UTF-8
	WhyControl     data.Why = "quiz.control"       // control or invisible characters, or white space at the ends
	WhyAlias       data.Why = "quiz.alias"         // a YAML alias (*name); write the value out
	WhyDocuments   data.Why = "quiz.documents"     // more than one YAML document in a file
	WhyMany        data.Why = "quiz.many_problems" // there are more problems than are listed (Want)
	WhyType        data.Why = "quiz.type"          // a text where a list is needed and the like; Want: text, list, keys, number, integer, bool
	WhyCode        data.Why = "quiz.code"          // Want: lower case letters, digits, hyphens
	WhyDigComp     data.Why = "quiz.digcomp"       // no competence code
	WhyNoKey       data.Why = "quiz.no_key"        // no option is right
	WhyTwoKeys     data.Why = "quiz.two_keys"      // two options of a single choice are right
	WhyCount       data.Why = "quiz.count"         // too few or too many entries in a list
	WhyNoRationale data.Why = "quiz.no_rationale"  // only a draft may lack its reasons
	WhyKind        data.Why = "quiz.kind"          // the field does not belong to items or answers of this kind
	WhyDistance    data.Why = "quiz.distance"      // the accepted text is too short for so many typing errors
	WhyNoText      data.Why = "quiz.no_text"       // nothing is left after normalising
	WhyDomain      data.Why = "quiz.domain"        // the item's domain is not its bank's
	WhyAnswer      data.Why = "quiz.answer"        // an answer that the item can't have: an index out of range, a choice too many
	WhyNotNumber   data.Why = "quiz.not_number"    // the answer can't be read as a number
	WhyPlaceholder data.Why = "quiz.placeholder"   // "[[" that begins no placeholder of Want, or a key that can't be a name
	WhyUnused      data.Why = "quiz.unused"        // a key of the rows that no text uses
	WhyTooFew      data.Why = "quiz.too_few"       // the pool lacks items: Want needed, Got found
)

// Problems is all that is wrong with one input. It is an error; errors.As finds each *data.Invalid.
type Problems []*data.Invalid

// Error gives one English line per problem, for logs and the command line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is and errors.As look at each problem.
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i, one := range p {
		errs[i] = one
	}
	return errs
}

// err is the problems as an error, nil when there are none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// add notes a problem; got is cleaned and cut.
func (p *Problems) add(field string, why data.Why, want, got string) {
	*p = append(*p, &data.Invalid{Field: field, Why: why, Want: want, Got: data.Clean(got, gotLen)})
}

const gotLen = 60 // characters of an offending value that are shown

// sort orders problems by place, and by field where they share one.
func (p Problems) sort() {
	slices.SortStableFunc(p, func(a, b *data.Invalid) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Field, b.Field))
	})
}

// at names the i-th entry, from 0, of a list field. People count from 1, so the name does too.
func at(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i+1) }
