package quiz

import "slices"

// Rule is the code of what lint found; the words package has a sentence for each.
type Rule string

// The rules of lint. Detail holds what the comment says.
const (
	RuleTwiceID     Rule = "twice_id"     // an id that another bank has; Detail: that bank
	RuleTwiceStem   Rule = "twice_stem"   // the same stem but for case, accents, spaces; Detail: BANK/ITEM
	RuleAlike       Rule = "alike"        // nearly the same words as another item; Detail: BANK/ITEM, PERCENT
	RuleLeak        Rule = "leak"         // another item of the domain tells the answer; Detail: BANK/ITEM, the answer
	RuleKeyPlace    Rule = "key_place"    // the key is too often written in one place; Detail: COUNTS
	RuleTrueFalse   Rule = "true_false"   // true or false is too often the answer; Detail: TRUE/ALL
	RuleLongestKey  Rule = "longest_key"  // the key is too often the longest option; Detail: LONGEST/ALL
	RuleMenuNames   Rule = "menu_names"   // the key is too often the name of a menu or button; Detail: NAMES/ALL
	RuleNoRationale Rule = "no_rationale" // a reason is missing (possible in drafts); Detail: field
	RuleLevelCount  Rule = "level_count"  // a level with fewer than six items; Detail: LEVEL:COUNT
	RuleAllOfAbove  Rule = "all_of_above" // "alle/geen van bovenstaande"; Detail: the option
	RuleAllRight    Rule = "all_right"    // a multiple choice in which every option is right
	RuleNegation    Rule = "negation"     // niet or geen in the stem, not in capitals; Detail: the word
	RuleLongStem    Rule = "long_stem"    // more than 60 words; Detail: how many
	RuleSentence    Rule = "sentence"     // a sentence of more than 20 words; Detail: FIELD, how many
	RuleHardWord    Rule = "hard_word"    // a word for which there is a plain one; Detail: WORD → PLAIN
	RuleDifficulty  Rule = "difficulty"   // expert difficulty over 1 logit from the centre of the level; Detail: it
	RulePlaceholder Rule = "placeholder"  // "[[name]]" in an item that has no variants; Detail: it

	RuleWaiveUnknown Rule = "waive_unknown" // a waiver of a rule that does not exist or can't be waived; Detail: the rule
	RuleWaiveReason  Rule = "waive_reason"  // a waiver without a reason, which waives nothing; Detail: the rule
	RuleWaiveNothing Rule = "waive_nothing" // a waiver of what lint does not find; Detail: the rule
)

// WaivableRules lists what a waiver may name. Two items with one id are never right, nor is a bad waiver.
func WaivableRules() []Rule {
	return []Rule{
		RuleTwiceStem, RuleAlike, RuleLeak, RuleKeyPlace, RuleTrueFalse, RuleLongestKey, RuleMenuNames, RuleNoRationale, RuleLevelCount,
		RuleAllOfAbove, RuleAllRight, RuleNegation, RuleLongStem, RuleSentence, RuleHardWord, RuleDifficulty, RulePlaceholder,
	}
}

// Finding is one thing that an author should look at. A warning may be quite right as it is; then a waiver in the file
// says why.
type Finding struct {
	Bank    string `json:"bank"`
	Item    string `json:"item,omitempty"` // empty: about the bank as a whole
	Line    int    `json:"line,omitempty"` // in the bank's file, from 1; 0 when unknown
	Rule    Rule   `json:"rule"`
	Detail  string `json:"detail,omitempty"`
	Warning bool   `json:"warning,omitempty"`
}

// note takes down what a rule found.
type note func(rule Rule, detail string, warning bool)

// Lint looks for what valid banks can still do badly, alone and together. Findings come by bank, as given, first those
// about the bank as a whole, then by item in its order. What an item or, for findings about the whole, the head of a
// bank waives is left out; waivers that are no good are findings themselves. A family is read as its variants are.
func Lint(banks []Bank) []Finding {
	var found []Finding
	others := newOthers(banks)
	for _, b := range banks {
		found = append(found, b.found("", b.Waive, b.lintShares)...)
		for _, it := range b.Items {
			found = append(found, b.found(it.ID, it.Waive, func(n note) {
				others.lint(n)
				it.lint(b.Language, n)
			})...)
		}
	}
	return found
}

// found collects what lint notes about an item, or the bank where id is empty, less what is waived.
func (b Bank) found(id string, waivers []Waiver, lint func(note)) []Finding {
	var all []Finding
	n := func(rule Rule, detail string, warning bool) {
		one := Finding{b.ID, id, b.Lines[id], rule, detail, warning}
		if !slices.Contains(all, one) { // variants say the same
			all = append(all, one)
		}
	}
	lint(n)
	var bad []func()
	for _, w := range waivers {
		left := slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return f.Rule == w.Rule })
		switch {
		case !slices.Contains(WaivableRules(), w.Rule):
			bad = append(bad, func() { n(RuleWaiveUnknown, string(w.Rule), false) })
		case w.Reason == "":
			bad = append(bad, func() { n(RuleWaiveReason, string(w.Rule), false) })
		case len(left) == len(all):
			bad = append(bad, func() { n(RuleWaiveNothing, string(w.Rule), true) })
		default:
			all = left
		}
	}
	for _, tell := range bad {
		tell()
	}
	return all
}
