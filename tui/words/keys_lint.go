package words

// Sentences of what lint finds in question banks, one for each rule.
const (
	LintTwiceID      Key = "lint.twice_id"
	LintTwiceStem    Key = "lint.twice_stem"
	LintAlike        Key = "lint.alike"
	LintLeak         Key = "lint.leak"
	LintKeyPlace     Key = "lint.key_place"
	LintTrueFalse    Key = "lint.true_false"
	LintLongestKey   Key = "lint.longest_key"
	LintMenuNames    Key = "lint.menu_names"
	LintNoRationale  Key = "lint.no_rationale"
	LintLevelCount   Key = "lint.level_count"
	LintAllOfAbove   Key = "lint.all_of_above"
	LintAllRight     Key = "lint.all_right"
	LintNegation     Key = "lint.negation"
	LintLongStem     Key = "lint.long_stem"
	LintSentence     Key = "lint.sentence"
	LintHardWord     Key = "lint.hard_word"
	LintDifficulty   Key = "lint.difficulty"
	LintPlaceholder  Key = "lint.placeholder"
	LintWaiveUnknown Key = "lint.waive_unknown"
	LintWaiveReason  Key = "lint.waive_reason"
	LintWaiveNothing Key = "lint.waive_nothing"
)

// Places and counts in those sentences.
const (
	LintLevel       Key = "lint.level"
	LintWhy         Key = "lint.why"
	LintOptionWhy   Key = "lint.option_why"
	LintInStem      Key = "lint.in_stem"
	LintInWhy       Key = "lint.in_why"
	LintInOption    Key = "lint.in_option"
	LintInOptionWhy Key = "lint.in_option_why"
)
