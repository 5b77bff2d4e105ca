package quiz

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Rule is the code of what lint found; the words package has a sentence for each.
type Rule string

// The rules of lint. Detail holds what the comment says.
const (
	RuleTwiceID     Rule = "twice_id"     // an id that another bank has; Detail: that bank
	RuleTwiceStem   Rule = "twice_stem"   // the same stem but for case, accents, spaces; Detail: BANK/ITEM
	RuleKeyPlace    Rule = "key_place"    // unshuffled items have the key too often in one place; Detail: COUNTS
	RuleTrueFalse   Rule = "true_false"   // true or false is too often the answer; Detail: TRUE/ALL
	RuleLongestKey  Rule = "longest_key"  // the key is too often the longest option; Detail: LONGEST/ALL
	RuleNoRationale Rule = "no_rationale" // a reason is missing (possible in drafts); Detail: field
	RuleLevelCount  Rule = "level_count"  // a level with fewer than five items; Detail: LEVEL:COUNT
	RuleAllOfAbove  Rule = "all_of_above" // "alle/geen van bovenstaande"; Detail: the option
	RuleAllRight    Rule = "all_right"    // a multiple choice in which every option is right
	RuleNegation    Rule = "negation"     // niet or geen in the stem, not in capitals; Detail: the word
	RuleLongStem    Rule = "long_stem"    // more than 60 words; Detail: how many
	RuleDifficulty  Rule = "difficulty"   // expert difficulty over 1 logit from the centre of the level; Detail: it
)

// Finding is one thing that an author should look at. A warning may be quite right as it is.
type Finding struct {
	Bank    string `json:"bank"`
	Item    string `json:"item,omitempty"` // empty: about the bank as a whole
	Line    int    `json:"line,omitempty"` // in the bank's file, from 1; 0 when unknown
	Rule    Rule   `json:"rule"`
	Detail  string `json:"detail,omitempty"`
	Warning bool   `json:"warning,omitempty"`
}

// Thresholds of lint. With fewer items than lintMin a share says nothing.
const (
	lintMin         = 8
	lintLevelMin    = 5
	lintStemWords   = 60
	lintPlaceShare  = 0.5 // of unshuffled keys in one place
	lintTrueShare   = 0.7
	lintLongShare   = 0.5 // by luck it is a quarter to a third
	lintLonger      = 1.2 // how many times the next longest a key is when it stands out
	lintOffCentre   = 1.0 // logits
	levelCentreBase = 2.5 // centre of level l is l - 2.5 logits
)

var (
	allOfAbove = regexp.MustCompile(`(alle|geen)[a-z ]*(bovenstaande|hierboven|voorgaande|vorige)|^(alle|geen enkele?|alle deze) antwoorden?( (is|zijn) (juist|fout|correct))?$|^(all|none) of the above$`)
	negation   = regexp.MustCompile(`\b(niet|geen)\b`)
)

// Lint looks for what a valid bank can still do badly. Findings come by bank, as given, first those about
// the bank as a whole, then by item in its order.
func Lint(banks []Bank) []Finding {
	var found []Finding
	firstBank, firstStem := map[string]string{}, map[string]string{}
	for _, b := range banks {
		found = append(found, b.lintShares()...)
		for _, it := range b.Items {
			note := func(rule Rule, detail string, warning bool) {
				found = append(found, Finding{b.ID, it.ID, b.Lines[it.ID], rule, detail, warning})
			}
			if other, ok := firstBank[it.ID]; ok {
				note(RuleTwiceID, other, false)
			}
			stem := NormText(it.Stem)
			if other, ok := firstStem[stem]; ok {
				note(RuleTwiceStem, other, false)
			}
			firstBank[it.ID], firstStem[stem] = b.ID, b.ID+"/"+it.ID
			it.lint(note)
		}
	}
	return found
}

func (it Item) lint(note func(rule Rule, detail string, warning bool)) {
	if it.Why == "" {
		note(RuleNoRationale, "why", false)
	}
	right := 0
	for i, o := range it.Options {
		if o.Why == "" {
			note(RuleNoRationale, at("options", i)+".why", false)
		}
		if allOfAbove.MatchString(strings.TrimRight(strings.ToLower(o.Text), ". ")) {
			note(RuleAllOfAbove, o.Text, false)
		}
		if o.Right {
			right++
		}
	}
	if it.Kind == KindMultiple && right == len(it.Options) {
		note(RuleAllRight, "", true)
	}
	if word := negation.FindString(it.Stem); word != "" {
		note(RuleNegation, word, true)
	}
	if n := len(strings.Fields(it.Stem)); n > lintStemWords {
		note(RuleLongStem, fmt.Sprint(n), true)
	}
	if math.Abs(it.Difficulty-(float64(it.Level)-levelCentreBase)) > lintOffCentre {
		note(RuleDifficulty, fmt.Sprintf("%g", it.Difficulty), true)
	}
}

// lintShares looks at a bank as a whole.
func (b Bank) lintShares() []Finding {
	var found []Finding
	note := func(rule Rule, detail string) {
		found = append(found, Finding{Bank: b.ID, Rule: rule, Detail: detail, Warning: true})
	}
	places, unshuffled := make([]int, maxOptions), 0
	longest, singles, trues, truths := 0, 0, 0, 0
	levels := [5]int{}
	for _, it := range b.Items {
		if it.Level >= 1 && it.Level <= 4 {
			levels[it.Level]++
		}
		key := slices.IndexFunc(it.Options, func(o Option) bool { return o.Right })
		switch {
		case it.Kind == KindTrueFalse && it.True != nil:
			if truths++; *it.True {
				trues++
			}
		case it.Kind == KindSingle && key >= 0:
			if singles++; it.keyStandsOut(key) {
				longest++
			}
			if !it.Shuffle && key < maxOptions {
				unshuffled++
				places[key]++
			}
		}
	}
	if unshuffled >= lintMin && share(slices.Max(places), unshuffled) > lintPlaceShare {
		note(RuleKeyPlace, strings.Trim(fmt.Sprint(places), "[]"))
	}
	if truths >= lintMin && share(max(trues, truths-trues), truths) > lintTrueShare {
		note(RuleTrueFalse, fmt.Sprintf("%d/%d", trues, truths))
	}
	if singles >= lintMin && share(longest, singles) > lintLongShare {
		note(RuleLongestKey, fmt.Sprintf("%d/%d", longest, singles))
	}
	for level := 1; level <= 4; level++ {
		if levels[level] < lintLevelMin {
			note(RuleLevelCount, fmt.Sprintf("%d:%d", level, levels[level]))
		}
	}
	return found
}

func share(part, whole int) float64 { return float64(part) / float64(whole) }

// keyStandsOut tells whether the option at key is clearly longer than every other.
func (it Item) keyStandsOut(key int) bool {
	n := float64(utf8.RuneCountInString(it.Options[key].Text))
	for i, o := range it.Options {
		if i != key && n < lintLonger*float64(utf8.RuneCountInString(o.Text)) {
			return false
		}
	}
	return true
}
