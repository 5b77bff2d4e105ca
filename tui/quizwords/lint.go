// Package quizwords says in words what the quiz floor finds. It belongs to every room and command that shows question banks.
package quizwords

import (
	"digibrug/quiz"
	"digibrug/tui/words"
)

// Finding is the sentence for what lint found, without the place where it found it.
func Finding(l words.Lang, f quiz.Finding) string {
	return words.T(l, ruleKeys()[f.Rule], "detail", f.Detail)
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
