package words

// Errors of a recruitment test.
const (
	RecruitErrState     Key = "recruitrule.state_error"
	RecruitErrSealed    Key = "recruitrule.sealed"
	RecruitErrChanged   Key = "recruitrule.changed"
	RecruitErrSat       Key = "recruitrule.sat"
	RecruitErrUndecided Key = "recruitrule.undecided"
)

// RecruitState is how a procedure stands, "recruitrule.state.<state>".
func RecruitState(state string) Key { return Key("recruitrule.state." + state) }

// RecruitDuty is what somebody does in a procedure, "recruitrule.duty.<duty>".
func RecruitDuty(duty string) Key { return Key("recruitrule.duty." + duty) }

// RecruitOutcome is what the jury decided, "recruitrule.outcome.<outcome>".
func RecruitOutcome(outcome string) Key { return Key("recruitrule.outcome." + outcome) }

// RecruitLack is a line of the checklist, "recruitrule.lack.<code>". It takes of, want and got.
func RecruitLack(code string) Key { return Key("recruitrule.lack." + code) }
