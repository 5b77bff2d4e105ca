// Package staffing knows who comes to work here and who leaves, and what must be done for it: an account, the
// regulation, a first test; what must come back, and that access ends the same day. Each thing is a Step. What the
// house knows by itself is looked up each time; the rest is ticked off by hand. Other floors hang steps of their own.
package staffing

import (
	"context"
	"time"

	"digibrug/data"
)

// Move is coming or going.
type Move string

// The moves.
const (
	Join  Move = "join"  // in dienst
	Leave Move = "leave" // uit dienst
)

// Case is one person who comes or goes.
type Case struct {
	EmploymentID string
	Move         Move
	Day          string // YYYY-MM-DD: the first or the last of the employment
	Person       data.Person
	Service      string // name
	ServiceID    string
	Job          string
	Employer     string
	Other        bool   // the person has other work here, before a Join or after a Leave
	Login        string // of an account in use; empty when there is none
	Open         int    // steps to do
}

// State is how far a step is.
type State string

// The states of a step.
const (
	Todo   State = "todo"
	Done   State = "done"
	Itself State = "itself" // will happen by itself on the day
	Never  State = "never"  // doesn't apply
)

// Finding is what a step comes to for a case.
type Finding struct {
	State State
	About string // whom or what it is about: a log-in name, a service; may be empty
	Count int    // how many things are left, where that is known
}

// Step is one thing to do for a case.
type Step interface {
	// Code names the step: "account". Its sentences are "staffing.step.<move>_<code>".
	Code() string
	Move() Move
	// Look finds out how far it is. A step that people tick off by hand gives Todo, or Never.
	Look(ctx context.Context, q data.Query, c Case) (Finding, error)
	// ByHand tells whether people tick it off.
	ByHand() bool
}

// Checked is a step of one case.
type Checked struct {
	Code string
	Finding
	ByHand bool
	By     string    // who ticked it off; empty where nobody did
	At     time.Time // when; zero where nobody did
}

// hand is a step that people tick off.
type hand struct {
	code string
	move Move
}

func (h hand) Code() string { return h.code }
func (h hand) Move() Move   { return h.move }
func (h hand) ByHand() bool { return true }

func (h hand) Look(_ context.Context, _ data.Query, c Case) (Finding, error) {
	if c.Other { // who has work here already has had the regulation, the badge and the course, and keeps them
		return Finding{State: Never}, nil
	}
	return Finding{State: Todo}, nil
}

// ByHand is a step that people tick off, for who is new or leaves altogether.
func ByHand(move Move, code string) Step { return hand{code, move} }

// looked is a step that a function finds out about.
type looked struct {
	code string
	move Move
	look func(ctx context.Context, q data.Query, c Case) (Finding, error)
}

func (l looked) Code() string { return l.code }
func (l looked) Move() Move   { return l.move }
func (l looked) ByHand() bool { return false }

func (l looked) Look(ctx context.Context, q data.Query, c Case) (Finding, error) {
	return l.look(ctx, q, c)
}

// Looked is a step that is found out about.
func Looked(move Move, code string, look func(ctx context.Context, q data.Query, c Case) (Finding, error)) Step {
	return looked{code, move, look}
}
