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
