package courses

import (
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// Category is a kind of participant: whom a course is for and what a fee goes by.
type Category string

// The kinds. A person has one of them per enrolment. That somebody gets social aid is none of them: it stays with the OCMW.
// Who has a right to a lower fee shows a proof of it, and the desk writes down that it saw one, on which day.
const (
	Resident    Category = "resident"    // inwoner
	NonResident Category = "nonresident" // from elsewhere
	Staff       Category = "staff"       // works for the municipality or the OCMW
	NonAdmin    Category = "nonadmin"    // non-administrative staff; Is Staff too
	Partner     Category = "partner"     // works for another town, a school, an association
)

// Categories gives all kinds.
func Categories() []Category {
	return []Category{Resident, NonResident, Staff, NonAdmin, Partner}
}

// Known tells whether c is one of the kinds.
func (c Category) Known() bool { return slices.Contains(Categories(), c) }

// Is tells whether what is said of a kind also holds for c: of itself, of Staff for non-administrative staff.
func (c Category) Is(kind Category) bool {
	return c == kind || c == NonAdmin && kind == Staff
}

// Audience is for whom a course is. Its zero value is everybody.
type Audience struct {
	Who  []Category `json:"who,omitempty" yaml:"who"`   // none: every kind
	From int        `json:"from,omitempty" yaml:"from"` // youngest age in years; 0: no bound
	To   int        `json:"to,omitempty" yaml:"to"`     // oldest, included; 0: no bound
}

// What can be wrong with an audience.
const (
	WhyAges     data.Why = "courses.ages"     // the oldest age is below the youngest, Want
	WhyAudience data.Why = "courses.audience" // the course is not for this kind of participant
	WhyAge      data.Why = "courses.age"      // the course is for people of Want years; Got is the age
)

// mostAge is the oldest age, in years.
const mostAge = 120

// Admits says, as an *data.Invalid, that the course is not for a kind of participant.
func (c Course) Admits(kind Category) error {
	if !kind.Known() {
		return &data.Invalid{Field: "category", Why: data.WhyNotOneOf, Want: list(Categories()), Got: data.Clean(string(kind), 20)}
	}
	if len(c.Audience.Who) > 0 && !slices.ContainsFunc(c.Audience.Who, kind.Is) {
		return &data.Invalid{Field: "category", Why: WhyAudience, Want: list(c.Audience.Who), Got: string(kind)}
	}
	return nil
}

// AdmitsAge says, as an *data.Invalid, that somebody is too young or too old for the course. years is the age on the day
// of the first lesson.
func (c Course) AdmitsAge(years int) error {
	a := c.Audience
	if years >= a.From && (a.To == 0 || years <= a.To) {
		return nil
	}
	want := fmt.Sprintf("%d …", a.From)
	if a.To > 0 {
		want = fmt.Sprintf("%d … %d", a.From, a.To)
	}
	return &data.Invalid{Field: "age", Why: WhyAge, Want: want, Got: strconv.Itoa(years)}
}

// normal puts the kinds in the order of Categories, each once.
func (a *Audience) normal() error {
	for _, kind := range a.Who {
		if err := oneOf("who", kind, Categories()); err != nil {
			return err
		}
	}
	var who []Category
	for _, kind := range Categories() {
		if slices.Contains(a.Who, kind) {
			who = append(who, kind)
		}
	}
	a.Who = who
	if err := within("from", a.From, 0, mostAge); err != nil {
		return err
	}
	if err := within("to", a.To, 0, mostAge); err != nil {
		return err
	}
	if a.To > 0 && a.To < a.From {
		return &data.Invalid{Field: "to", Why: WhyAges, Want: strconv.Itoa(a.From), Got: strconv.Itoa(a.To)}
	}
	return nil
}
