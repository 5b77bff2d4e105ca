package data

import (
	"errors"
	"fmt"
)

// Errors that serve all floors. A domain adds its own Err… values for what only it knows.
var (
	// ErrNotFound says that what was asked for does not exist, or not for the one who asks.
	ErrNotFound = errors.New("not found")
	// ErrDenied says that the actor's roles, on the day of the action, do not allow it.
	ErrDenied = errors.New("denied")
)

// Why says in a code what is wrong with an input. The tui floor has a sentence in the reader's
// language for every code; domains add their own with the prefix of their name ("quiz.no_key").
type Why string

// Codes that every floor uses.
const (
	WhyEmpty    Why = "empty"      // a value is needed and there is none
	WhyTooLong  Why = "too_long"   // longer than Invalid.Want says
	WhyNotOneOf Why = "not_one_of" // Invalid.Want lists what is known
	WhyNumber   Why = "number"     // not a number, or outside the range that Invalid.Want says
	WhyDay      Why = "day"        // not a day
	WhyEarly    Why = "early"      // a day before Invalid.Want, which it must follow or be
	WhySyntax   Why = "syntax"     // the file can't be read at this place; Invalid.Want says what was expected
	WhyUnknown  Why = "unknown"    // the key or column does not exist here
	WhyTwice    Why = "twice"      // must be unique and is there already
	WhyLogin    Why = "login"      // not what a log-in name may be
)

// Invalid is bad input: what the person gave, where, and what is wrong with it. It changes nothing.
type Invalid struct {
	Field string // name of the field, key or column, as the person knows it
	Why   Why
	Want  string // what was expected, where the code alone does not say it; may be empty
	Got   string // the offending value, cleaned and cut; may be empty, and always is for secrets
	Line  int    // from 1; 0 when the input has no lines
	Col   int    // from 1, in characters; 0 when unknown
}

// Error gives the English sentence for logs. People get theirs from the words package.
func (i *Invalid) Error() string {
	s := fmt.Sprintf("%s: %s", i.Field, i.Why)
	if i.Line > 0 {
		s = fmt.Sprintf("line %d, column %d: %s", i.Line, i.Col, s)
	}
	if i.Want != "" {
		s += ", want " + i.Want
	}
	if i.Got != "" {
		s += fmt.Sprintf(", got %q", i.Got)
	}
	return s
}
