// Package quizwords says in words what the quiz floor finds. It belongs to every room and command that shows question banks.
package quizwords

import (
	"strings"

	"digibrug/quiz"
	"digibrug/tui/words"
)

// Finding is the sentence for what lint found, without the place where it found it.
func Finding(l words.Lang, f quiz.Finding) string {
	return words.T(l, ruleKeys()[f.Rule], "detail", told(l, f))
}

// told is the detail of a finding as people say it: a field of a bank's file as what it is called in a question.
func told(l words.Lang, f quiz.Finding) string {
	switch f.Rule {
	case quiz.RuleLevelCount:
		if level, n, ok := strings.Cut(f.Detail, ":"); ok {
			return words.T(l, words.LintLevel, "level", level, "n", n)
		}
	case quiz.RuleKeyPlace:
		counts := f.Detail
		for strings.HasSuffix(counts, " 0") { // places that no question has
			counts = strings.TrimSuffix(counts, " 0")
		}
		return strings.ReplaceAll(counts, " ", " + ")
	case quiz.RuleNoRationale:
		return place(l, f.Detail, map[string]words.Key{"why": words.LintWhy, "options.why": words.LintOptionWhy})
	case quiz.RuleSentence:
		if field, n, ok := strings.Cut(f.Detail, ", "); ok {
			return place(l, field, map[string]words.Key{"stem": words.LintInStem, "why": words.LintInWhy, "options.text": words.LintInOption,
				"options.why": words.LintInOptionWhy}) + ": " + n
		}
	}
	return f.Detail
}

// place is what a field is called, by the field without the number in it; the field itself where it has no name.
func place(l words.Lang, field string, names map[string]words.Key) string {
	bare, n := field, ""
	if list, rest, ok := strings.Cut(field, "["); ok {
		if at, part, ok := strings.Cut(rest, "]"); ok {
			bare, n = list+part, at
		}
	}
	if key, known := names[bare]; known {
		return words.T(l, key, "n", n)
	}
	return field
}

func ruleKeys() map[quiz.Rule]words.Key {
	return map[quiz.Rule]words.Key{
		quiz.RuleTwiceID:      words.LintTwiceID,
		quiz.RuleTwiceStem:    words.LintTwiceStem,
		quiz.RuleAlike:        words.LintAlike,
		quiz.RuleLeak:         words.LintLeak,
		quiz.RuleKeyPlace:     words.LintKeyPlace,
		quiz.RuleTrueFalse:    words.LintTrueFalse,
		quiz.RuleLongestKey:   words.LintLongestKey,
		quiz.RuleMenuNames:    words.LintMenuNames,
		quiz.RuleNoRationale:  words.LintNoRationale,
		quiz.RuleLevelCount:   words.LintLevelCount,
		quiz.RuleAllOfAbove:   words.LintAllOfAbove,
		quiz.RuleAllRight:     words.LintAllRight,
		quiz.RuleNegation:     words.LintNegation,
		quiz.RuleLongStem:     words.LintLongStem,
		quiz.RuleSentence:     words.LintSentence,
		quiz.RuleHardWord:     words.LintHardWord,
		quiz.RuleDifficulty:   words.LintDifficulty,
		quiz.RulePlaceholder:  words.LintPlaceholder,
		quiz.RuleWaiveUnknown: words.LintWaiveUnknown,
		quiz.RuleWaiveReason:  words.LintWaiveReason,
		quiz.RuleWaiveNothing: words.LintWaiveNothing,
	}
}
