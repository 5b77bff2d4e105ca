package quiz

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode"

	"digibrug/data"
)

// Thresholds for one item. 20 words a sentence is the most that guides to plain Dutch (B1) allow; what stands in a
// bank is read against the clock, at a counter.
const (
	lintStemWords     = 60
	lintSentenceWords = 20
	lintOffCentre     = 1.0 // logits
	levelCentreBase   = 2.5 // centre of level l is l - 2.5 logits
)

var (
	allOfAbove = regexp.MustCompile(`(alle|geen)[a-z ]*(bovenstaande|hierboven|voorgaande|vorige)|^(alle|geen enkele?|alle deze) antwoorden?( (is|zijn) (juist|fout|correct))?$|^(all|none) of the above$`)
	negation   = regexp.MustCompile(`\b(niet|geen)\b`)
	sentence   = regexp.MustCompile(`[.!?:;]['"’”)]*\s|\n`)
)

// lint looks at an item alone, and at each of its variants.
func (it Item) lint(language string, n note) {
	it.lintForm(n)
	hard := hardWordsOf(language)
	for _, v := range it.Family() {
		v.lintTexts(hard, n)
	}
}

// lintForm looks at what all variants share.
func (it Item) lintForm(n note) {
	if it.Why == "" {
		n(RuleNoRationale, "why", false)
	}
	right := 0
	for i, o := range it.Options {
		if o.Why == "" {
			n(RuleNoRationale, at("options", i)+".why", false)
		}
		if o.Right {
			right++
		}
	}
	if it.Kind == KindMultiple && right == len(it.Options) {
		n(RuleAllRight, "", true)
	}
	if math.Abs(it.Difficulty-(float64(it.Level)-levelCentreBase)) > lintOffCentre {
		n(RuleDifficulty, fmt.Sprintf("%g", it.Difficulty), true)
	}
	if len(it.Variants) == 0 {
		it.mapTexts(func(_, s string) string {
			if p := placeholder.FindString(s); p != "" {
				n(RulePlaceholder, p, true)
			}
			return s
		})
	}
}

// lintTexts reads what people see.
func (it Item) lintTexts(hard hardWords, n note) {
	for _, o := range it.Options {
		if allOfAbove.MatchString(strings.TrimRight(strings.ToLower(o.Text), ". ")) {
			n(RuleAllOfAbove, o.Text, false)
		}
	}
	if word := negation.FindString(it.Stem); word != "" {
		n(RuleNegation, word, true)
	}
	if words := len(strings.Fields(it.Stem)); words > lintStemWords {
		n(RuleLongStem, fmt.Sprint(words), true)
	}
	it.mapTexts(func(field, s string) string {
		if strings.HasPrefix(field, "accept") || field == "rubric" {
			return s // these are read by nobody, or by a marker
		}
		if words := longestSentence(s); words > lintSentenceWords {
			n(RuleSentence, fmt.Sprintf("%s, %d", field, words), true)
		}
		for _, found := range hard.find(s) {
			n(RuleHardWord, found, true)
		}
		return s
	})
}

// longestSentence is how many words the longest sentence of a text has.
func longestSentence(s string) (longest int) {
	for _, one := range sentence.Split(s, -1) {
		longest = max(longest, len(strings.Fields(one)))
	}
	return longest
}

// wordsOf cuts a text into words for comparing: without case, accents and marks.
func wordsOf(s string) []string {
	return strings.FieldsFunc(data.SortKey(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
