package loans

import (
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
)

// State is where a device is in its life.
type State string

// The states of a device.
const (
	InStock State = "stock"   // in voorraad: there, not looked at yet for the next borrower
	Ready   State = "ready"   // klaar: charged and tested, can be lent
	OnLoan  State = "loan"    // uitgeleend
	ToCheck State = "check"   // na te kijken: came back, condition and accessories to be compared
	ToWipe  State = "wipe"    // te wissen: looked at, somebody's files may be on it
	Repair  State = "repair"  // in herstelling
	Lost    State = "lost"    // verloren
	Stolen  State = "stolen"  // gestolen
	Retired State = "retired" // buiten gebruik; the end, but nothing is ever deleted
)

// States gives all states, in the order in which a device goes through them.
func States() []State {
	return []State{InStock, Ready, OnLoan, ToCheck, ToWipe, Repair, Lost, Stolen, Retired}
}

// next says which states may follow a state.
func (s State) next() []State {
	switch s {
	case InStock:
		return []State{Ready, ToWipe, Repair, Lost, Stolen, Retired}
	case Ready:
		return []State{OnLoan, InStock, Repair, Lost, Stolen, Retired}
	case OnLoan: // a return is never refused, whatever happened meanwhile
		return []State{ToCheck, Lost, Stolen}
	case ToCheck:
		return []State{ToWipe, Repair, Lost, Stolen, Retired}
	case ToWipe:
		return []State{InStock, Repair, Lost, Stolen, Retired}
	case Repair: // whoever mended it may have seen or left anything: it is wiped before it goes back
		return []State{ToWipe, Lost, Stolen, Retired}
	case Lost, Stolen: // found
		return []State{ToCheck, Retired}
	}
	return nil
}

// WhyState says that a device can't go from the state Got to the state Want.
const WhyState data.Why = "loans.state"

// Proof is what a step in a device's life leaves behind.
type Proof struct {
	Method  string   // of wiping: how it was done
	Tested  bool     // charged, started, and what belongs to it works
	Report  string   // of a theft: the number of the police report (PV)
	Missing []string // of a check: accessories that went out and are not there
	Note    string
}

// Missing links of the return chain, for sentences.
const (
	WhyNoWipe   data.Why = "loans.no_wipe"   // how it was wiped must be said
	WhyNoTest   data.Why = "loans.no_test"   // it must be charged and tested
	WhyNoReport data.Why = "loans.no_report" // a theft needs the number of the police report, or why there is none
)

// Go tells whether a device may go from one state to another with this proof. It returns an *data.Invalid: what can
// never follow, or which link is missing.
func (s State) Go(to State, p Proof) error {
	switch {
	case !slices.Contains(s.next(), to):
		return &data.Invalid{Field: "state", Why: WhyState, Want: string(to), Got: string(s)}
	case s == ToWipe && to == InStock && strings.TrimSpace(p.Method) == "":
		return &data.Invalid{Field: "method", Why: WhyNoWipe}
	case s == InStock && to == Ready && !p.Tested:
		return &data.Invalid{Field: "tested", Why: WhyNoTest}
	case to == Stolen && strings.TrimSpace(p.Report) == "" && strings.TrimSpace(p.Note) == "":
		return &data.Invalid{Field: "report", Why: WhyNoReport}
	}
	return nil
}

// Missing is what must happen still before a device in this state can be lent; none when it can, and when it is not
// on its way to that.
func (s State) Missing() []State {
	chain := []State{ToCheck, ToWipe, InStock}
	if at := slices.Index(chain, s); at >= 0 {
		return chain[at:]
	}
	return nil
}

// String is the code.
func (s State) String() string { return string(s) }

// ParseState reads a code.
func ParseState(s string) (State, error) {
	if slices.Contains(States(), State(s)) {
		return State(s), nil
	}
	return "", &data.Invalid{Field: "state", Why: data.WhyNotOneOf, Want: fmt.Sprint(States()), Got: data.Clean(s, 20)}
}
