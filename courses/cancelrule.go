package courses

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// CancelRules say until when an enrolment can be cancelled and what that costs. Every check must pass; of the rules that
// allow it, the cheapest sets the fee. Where no rule allows it, it is refused.
type CancelRules struct {
	Checks []CancelCheck `json:"checks,omitempty" yaml:"checks"`
	Rules  []CancelRule  `json:"rules,omitempty" yaml:"rules"`
}

// CancelCheck is a condition for all rules.
type CancelCheck string

// The conditions. That nobody cancels who attended a lesson always holds and is none of them.
const (
	BeforeStart CancelCheck = "before_start" // the first lesson hasn't begun
	BeforeDay   CancelCheck = "before_day"   // and is at least 24 hours away
	BeforeWeek  CancelCheck = "before_week"  // and is at least 7 × 24 hours away
)

// CancelChecks gives all conditions.
func CancelChecks() []CancelCheck { return []CancelCheck{BeforeStart, BeforeDay, BeforeWeek} }

// hours is how long before the first lesson the check still passes; 0: until it begins.
func (c CancelCheck) hours() int {
	switch c {
	case BeforeDay:
		return 24
	case BeforeWeek:
		return 7 * 24
	}
	return 0
}

// CancelRule allows to cancel for a fee, up to some hours before the first lesson.
type CancelRule struct {
	Hours int   `json:"hours" yaml:"hours"` // 0: until it begins; less than 0: so many hours after
	Cents int64 `json:"cents" yaml:"cents"` // 0: nothing
}

// CancelFacts is what the rules of cancelling look at.
type CancelFacts struct {
	Left     time.Duration // until the first lesson begins; negative after
	Attended int           // lessons that the person was in
}

// Cancellation is what cancelling costs.
type Cancellation struct {
	Cents  int64
	Rule   CancelRule // that set the fee
	Others int        // how many other rules allow it too
}

// CancelWhy says why somebody can't cancel.
type CancelWhy string

// Why not.
const (
	CancelAttended CancelWhy = "attended" // was in a lesson already
	CancelBegun    CancelWhy = "begun"    // the first lesson began
	CancelNotice   CancelWhy = "notice"   // too near to the first lesson: Hours before it was the last moment
	CancelNoRule   CancelWhy = "no_rule"  // no rule allows it
)

// ErrCantCancel is what every *CancelError Is.
var ErrCantCancel = errors.New("enrolment can't be cancelled")

// CancelError says why an enrolment can't be cancelled.
type CancelError struct {
	Why   CancelWhy
	Hours int // before the first lesson, of CancelNotice
}

// Is makes it an ErrCantCancel.
func (e *CancelError) Is(t error) bool { return t == ErrCantCancel }

func (e *CancelError) Error() string {
	if e.Why == CancelNotice {
		return "can't be cancelled: " + string(e.Why) + " of " + strconv.Itoa(e.Hours) + " hours"
	}
	return "can't be cancelled: " + string(e.Why)
}

// Decide works out what cancelling costs. It returns a *CancelError when it is refused.
func (r CancelRules) Decide(f CancelFacts) (Cancellation, error) {
	if f.Attended > 0 {
		return Cancellation{}, &CancelError{Why: CancelAttended}
	}
	for _, c := range r.Checks {
		if !inTime(f.Left, c.hours()) {
			return Cancellation{}, refusal(c.hours(), f.Left)
		}
	}
	var allow []CancelRule
	last := 0 // hours of the rule that allowed it longest
	for i, rule := range r.Rules {
		if inTime(f.Left, rule.Hours) && rule.Cents >= 0 {
			allow = append(allow, rule)
		}
		if i == 0 || rule.Hours < last {
			last = rule.Hours
		}
	}
	switch {
	case len(allow) > 0:
		slices.SortFunc(allow, CancelRule.before)
		return Cancellation{Cents: allow[0].Cents, Rule: allow[0], Others: len(allow) - 1}, nil
	case len(r.Rules) == 0:
		return Cancellation{}, &CancelError{Why: CancelNoRule}
	}
	return Cancellation{}, refusal(last, f.Left)
}

// refusal says that the last moment, hours before the first lesson, is over.
func refusal(hours int, left time.Duration) error {
	if hours <= 0 || left <= 0 {
		return &CancelError{Why: CancelBegun}
	}
	return &CancelError{Why: CancelNotice, Hours: hours}
}

// inTime tells whether the first lesson is still at least so many hours away. At its very beginning, 0 hours is too late.
func inTime(left time.Duration, hours int) bool {
	if hours == 0 {
		return left > 0
	}
	return left >= time.Duration(hours)*time.Hour
}

func (r CancelRule) before(o CancelRule) int {
	return cmp.Or(cmp.Compare(r.Cents, o.Cents), cmp.Compare(o.Hours, r.Hours))
}

// Limits of cancel rules.
const (
	cancelHours = 60 * 24
	cancelRules = 10
)

// Normal gives the rules as they are stored: without any check and rule the usual ones, free until the first lesson
// begins. Checks stand in order, each once; rules from the earliest on. It returns an *data.Invalid.
func (r CancelRules) Normal() (CancelRules, error) {
	if len(r.Checks) == 0 && len(r.Rules) == 0 {
		return CancelRules{Checks: []CancelCheck{BeforeStart}, Rules: []CancelRule{{}}}, nil
	}
	for _, c := range r.Checks {
		if err := oneOf("checks", c, CancelChecks()); err != nil {
			return CancelRules{}, err
		}
	}
	var checks []CancelCheck
	for _, c := range CancelChecks() {
		if slices.Contains(r.Checks, c) {
			checks = append(checks, c)
		}
	}
	if len(r.Rules) > cancelRules {
		return CancelRules{}, countOff("cancel", 0, cancelRules, len(r.Rules))
	}
	rules := slices.Clone(r.Rules)
	for _, rule := range rules {
		if err := within("hours", rule.Hours, -cancelHours, cancelHours); err != nil {
			return CancelRules{}, err
		}
		if rule.Cents < 0 || rule.Cents > feeCents {
			return CancelRules{}, &data.Invalid{Field: "cents", Why: data.WhyNumber, Want: "0 … " + strconv.Itoa(feeCents), Got: strconv.FormatInt(rule.Cents, 10)}
		}
	}
	slices.SortFunc(rules, func(a, b CancelRule) int { return cmp.Or(cmp.Compare(b.Hours, a.Hours), cmp.Compare(a.Cents, b.Cents)) })
	return CancelRules{Checks: checks, Rules: slices.Compact(rules)}, nil
}
