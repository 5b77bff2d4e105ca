package courses

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
)

// FeeRule says what a kind of participant pays for a course, by which decision of the council, and when that holds. A
// rule for all courses or for everybody sets a ceiling: who falls under several pays the cheapest.
type FeeRule struct {
	ID       string   `json:"id"`
	CourseID string   `json:"course,omitempty"`   // empty: every course
	Category Category `json:"category,omitempty"` // empty: everybody
	Cents    int64    `json:"cents"`              // for the whole course; 0 is free
	// Reduced is kansentarief: it holds only for whom somebody saw a proof, at most ProofDays before; 0: that day.
	Reduced   bool   `json:"reduced,omitempty"`
	ProofDays int    `json:"proof_days,omitempty"`
	Decision  string `json:"decision"`        // number of the council's decision
	DecidedOn string `json:"decided"`         // YYYY-MM-DD
	From      string `json:"from"`            // YYYY-MM-DD, first day
	Until     string `json:"until,omitempty"` // YYYY-MM-DD, last day; empty: no end
	Note      string `json:"note,omitempty"`  // why, in the words of the decision
}

// Proof says that somebody saw a proof of the right to a lower fee, and when. What proof it was, is kept nowhere.
type Proof struct {
	On string `json:"on,omitempty"` // YYYY-MM-DD; empty: none was seen
	By string `json:"by,omitempty"` // name of who saw it
}

// FeeFacts is what a fee goes by.
type FeeFacts struct {
	CourseID string
	Category Category
	On       string // YYYY-MM-DD: the day of enrolment
	Proof    Proof
}

// Fee is what somebody pays, with the rule that said so as it was then. Unless Known, there is no amount: it isn't zero,
// a person must say. It is stored as JSON with the enrolment, and never worked out again.
type Fee struct {
	Known    bool     `json:"known"`
	Cents    int64    `json:"cents"`
	Why      FeeWhy   `json:"why"`
	Category Category `json:"category"`
	On       string   `json:"on"`
	Rule     FeeRule  `json:"rule,omitzero"`    // unless Known, none
	Others   int      `json:"others,omitempty"` // how many other rules held too
	Proof    Proof    `json:"proof,omitzero"`   // only where Rule asks for one
	Ended    string   `json:"ended,omitempty"`  // of FeeGap: the last day on which a rule held, empty: none before
	Begins   string   `json:"begins,omitempty"` // of FeeGap: the first day on which one will, empty: none after
}

// FeeWhy says how a fee came, or why there is none.
type FeeWhy string

// How a fee came. Of several rules the cheapest one sets it; of those that are equally cheap the one for this course
// before one for all, then one for this kind of participant, then one without a proof, then the one that began first.
const (
	FeeOnly     FeeWhy = "only"     // one rule held
	FeeCheapest FeeWhy = "cheapest" // several did, and this one is the cheapest
	FeeEqual    FeeWhy = "equal"    // several did, and others are as cheap
	FeePaper    FeeWhy = "paper"    // no rule was asked: the list that it was taken over from says it
)

// Why there is no fee.
const (
	FeeNoRule     FeeWhy = "no_rule"     // there is no rule for the course at all
	FeeNoCategory FeeWhy = "no_category" // there are rules, but none for this kind of participant
	FeeGap        FeeWhy = "gap"         // none of them holds on this day
	FeeNoProof    FeeWhy = "no_proof"    // only one with a proof does, and none was seen in time
)

// FeeOf works out what somebody pays. The order of the rules doesn't matter. One that can't be (less than nothing, a day
// that is none) holds for nobody. A Fee that is not Known says why.
func FeeOf(rules []FeeRule, f FeeFacts) Fee {
	fee := Fee{Category: f.Category, On: f.On, Why: FeeNoRule}
	var hold, lack []FeeRule // that hold, and that hold but for the proof
	var mine bool
	for _, r := range rules {
		switch {
		case r.check() != nil || r.CourseID != "" && r.CourseID != f.CourseID:
			continue
		case !f.Category.Known() || r.Category != "" && !f.Category.Is(r.Category):
			fee.Why = FeeNoCategory // unless another rule is for this kind
			continue
		}
		mine = true
		switch {
		case !r.HoldsOn(f.On):
			fee.near(r)
		case !r.proven(f):
			lack = append(lack, r)
		default:
			hold = append(hold, r)
		}
	}
	switch {
	case len(hold) > 0:
		return settled(fee, hold, f.Proof)
	case len(lack) > 0:
		fee.Why = FeeNoProof
	case mine:
		fee.Why = FeeGap
		return fee
	}
	fee.Ended, fee.Begins = "", ""
	return fee
}

// settled is the fee by the cheapest of rules that hold.
func settled(fee Fee, hold []FeeRule, proof Proof) Fee {
	slices.SortFunc(hold, FeeRule.before)
	fee.Known, fee.Rule, fee.Cents, fee.Others = true, hold[0], hold[0].Cents, len(hold)-1
	fee.Ended, fee.Begins = "", ""
	if fee.Rule.Reduced {
		fee.Proof = proof
	}
	switch {
	case fee.Others == 0:
		fee.Why = FeeOnly
	case hold[1].Cents == fee.Cents:
		fee.Why = FeeEqual
	default:
		fee.Why = FeeCheapest
	}
	return fee
}

// near notes between which days no rule holds.
func (f *Fee) near(r FeeRule) {
	if _, err := data.ParseDay(f.On); err != nil {
		return
	}
	if r.Until != "" && r.Until < f.On {
		f.Ended = max(f.Ended, r.Until)
	}
	if r.From > f.On && (f.Begins == "" || r.From < f.Begins) {
		f.Begins = r.From
	}
}

// before orders rules: the one that sets the fee comes first.
func (r FeeRule) before(o FeeRule) int {
	first := func(a, b bool) int {
		switch {
		case a == b:
			return 0
		case a:
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(r.Cents, o.Cents), first(r.CourseID != "", o.CourseID != ""), first(r.Category != "", o.Category != ""),
		first(!r.Reduced, !o.Reduced), strings.Compare(r.From, o.From), strings.Compare(r.ID, o.ID), strings.Compare(string(r.Category), string(o.Category)))
}

// HoldsOn tells whether the rule is valid on a day, YYYY-MM-DD.
func (r FeeRule) HoldsOn(day string) bool {
	return data.OptionalDay("day", day) == nil && day != "" && r.From <= day && (r.Until == "" || day <= r.Until)
}

// proven tells whether the proof that the rule asks for was seen in time.
func (r FeeRule) proven(f FeeFacts) bool {
	if !r.Reduced {
		return true
	}
	seen, on := data.StoredDay(f.Proof.On), data.StoredDay(f.On)
	return f.Proof.By != "" && !seen.IsZero() && !on.Before(seen) && !on.After(seen.AddDate(0, 0, r.ProofDays))
}

// What can be wrong with fees.
const (
	WhyDecision data.Why = "courses.decision" // a fee needs the number and the day of the council's decision
	WhyProofBy  data.Why = "courses.proof_by" // who saw the proof
	WhyProofDay data.Why = "courses.proof"    // a proof of after Want, the day of enrolment
)

// Limits of fees.
const (
	feeCents     = 100_000 // a thousand euro
	feeProofDays = 800
	feeText      = 80
	feeNote      = 300
)

// Normal gives the rule as it is stored. It returns an *data.Invalid. A rule with a decision that isn't known can't be:
// a fee has a legal ground or none.
func (r FeeRule) Normal() (FeeRule, error) {
	if err := line("decision", &r.Decision, feeText, false); err != nil {
		return FeeRule{}, err
	}
	if err := line("note", &r.Note, feeNote, false); err != nil {
		return FeeRule{}, err
	}
	if !r.Reduced {
		r.ProofDays = 0
	}
	if r.Decision == "" || r.DecidedOn == "" {
		return FeeRule{}, &data.Invalid{Field: "decision", Why: WhyDecision}
	}
	if err := r.check(); err != nil {
		return FeeRule{}, err
	}
	return r, nil
}

// check says what is wrong with the figures and the days of a rule.
func (r FeeRule) check() error {
	for _, d := range []struct{ field, day string }{{"decided", r.DecidedOn}, {"from", r.From}, {"until", r.Until}} {
		if err := data.OptionalDay(d.field, d.day); err != nil {
			return err
		}
	}
	switch {
	case r.Category != "" && !r.Category.Known():
		return &data.Invalid{Field: "category", Why: data.WhyNotOneOf, Want: list(Categories()), Got: data.Clean(string(r.Category), 20)}
	case r.Cents < 0 || r.Cents > feeCents:
		return &data.Invalid{Field: "cents", Why: data.WhyNumber, Want: "0 … " + strconv.Itoa(feeCents), Got: strconv.FormatInt(r.Cents, 10)}
	case r.ProofDays < 0 || r.ProofDays > feeProofDays:
		return &data.Invalid{Field: "proof_days", Why: data.WhyNumber, Want: "0 … " + strconv.Itoa(feeProofDays), Got: strconv.Itoa(r.ProofDays)}
	case r.From == "":
		return &data.Invalid{Field: "from", Why: data.WhyEmpty}
	case r.Until != "" && r.Until < r.From:
		return &data.Invalid{Field: "until", Why: data.WhyEarly, Want: r.From, Got: r.Until}
	}
	return nil
}

// Normal gives the proof as it is stored: a day up to on, the day of enrolment, with the name of who saw it, or nothing.
// It returns an *data.Invalid.
func (p Proof) Normal(on string) (Proof, error) {
	if err := line("seen_by", &p.By, feeText, false); err != nil {
		return Proof{}, err
	}
	if err := data.OptionalDay("seen", p.On); err != nil {
		return Proof{}, err
	}
	switch {
	case p.On == "":
		return Proof{}, nil
	case p.By == "":
		return Proof{}, &data.Invalid{Field: "seen_by", Why: WhyProofBy}
	case p.On > on:
		return Proof{}, &data.Invalid{Field: "seen", Why: WhyProofDay, Want: on, Got: p.On}
	}
	return p, nil
}
