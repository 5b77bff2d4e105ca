package quizwords

import (
	"strings"
	"testing"

	"digibrug/quiz"
	"digibrug/tui/words"
)

// TestFinding: every rule has a sentence, which shows what was found.
func TestFinding(t *testing.T) {
	rules := append(quiz.WaivableRules(), quiz.RuleTwiceID, quiz.RuleWaiveUnknown, quiz.RuleWaiveReason, quiz.RuleWaiveNothing)
	if len(rules) != len(ruleKeys()) {
		t.Errorf("%d rules, %d sentences", len(rules), len(ruleKeys()))
	}
	for _, rule := range rules {
		said := Finding(words.NL, quiz.Finding{Rule: rule, Detail: "x/y"})
		if !strings.HasSuffix(said, ".") || strings.Contains(said, "{{") || rule != quiz.RuleAllRight && !strings.Contains(said, "x/y") {
			t.Errorf("%s: %q", rule, said)
		}
	}
}

// TestTold: what lint found is said in the words of who writes questions, not in those of a file.
func TestTold(t *testing.T) {
	for want, f := range map[string]quiz.Finding{
		"van niveau 4 (nu 3)":                {Rule: quiz.RuleLevelCount, Detail: "4:3"},
		"(10 + 3 + 1)":                       {Rule: quiz.RuleKeyPlace, Detail: "10 3 1 0 0 0 0 0"},
		"(10)":                               {Rule: quiz.RuleKeyPlace, Detail: "10 0 0 0 0 0 0 0"},
		"ontbreekt: bij de vraag zelf":       {Rule: quiz.RuleNoRationale, Detail: "why"},
		"ontbreekt: bij antwoord 2":          {Rule: quiz.RuleNoRationale, Detail: "options[2].why"},
		"(in de vraag: 31)":                  {Rule: quiz.RuleSentence, Detail: "stem, 31"},
		"(in de uitleg bij antwoord 12: 25)": {Rule: quiz.RuleSentence, Detail: "options[12].why, 25"},
		"(steps[1]: 25)":                     {Rule: quiz.RuleSentence, Detail: "steps[1], 25"},
	} {
		if said := Finding(words.NL, f); !strings.Contains(said, want) {
			t.Errorf("%q lacks %q", said, want)
		}
	}
}
