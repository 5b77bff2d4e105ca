// Package programme is what the public reads about courses: which series are still to come, how each stands, and its
// lessons as a calendar. Its values hold what may be told to everybody and nothing else, so that no name of a
// participant can reach a website. How they look on a page, on paper and in a sheet is in tui/papers.
package programme

import (
	"cmp"
	"slices"
	"time"

	"digibrug/courses/ics"
	"digibrug/data/calendar"
)

// Programme is the series that a municipality offers, as they stand at a moment.
type Programme struct {
	Place  string // the municipality
	At     time.Time
	Series []Series
}

// Series is a course that is given at set times.
type Series struct {
	Code       string // of the series: "word-2026-2"
	Course     Course
	Lessons    []Lesson // in any order
	Room       string   // "computerlokaal"
	Location   string   // "Bib Zandwerve"
	Address    calendar.Address
	Prices     []Price // the usual one first; none: nobody knows, which is not the same as free
	Seats      int
	SeatsFree  int       // never told below zero
	EnrolUntil time.Time // from then on nobody can enrol; zero: until the first lesson
	Cancelled  bool      // it doesn't go ahead
	Organiser  string    // the organisation that gives it
	Contact    Contact
}

// Course is what the catalogue says of a course to the public.
type Course struct {
	Code, Title string
	Blurb       string
	Goals       []string // each completes "wat kunt u nadien": "een foto draaien"
	Level       int      // 1 to 4: starter, basis, vlot, expert
	Before      []string // titles of the courses to have had first
	Who         []string // codes of kinds of participants ("resident"); none: everybody
	From, To    int      // youngest and oldest age; 0: no bound
	Lessons     int      // how many
	Minutes     int      // of one lesson
	Outline     []string // one line a lesson; none, or as many as Lessons
	Material    []string // what comes with it, or what to bring
	Least, Most int      // goes ahead from Least participants, with Most at the most; 0: not said
}

// Lesson is one lesson of a series.
type Lesson struct {
	ID         string // for calendars, see ics.UID
	Number     int    // from 1
	Sequence   int    // how often it moved
	Start, End calendar.Local
	Note       string // what is different about it; empty: nothing
	Cancelled  bool
}

// Contact is how people ask and enrol. Each may be empty.
type Contact struct{ Phone, Mail, Web string }

// Price is what somebody pays.
type Price struct {
	For     string // code of the kind of participant ("resident"); empty: everybody
	Cents   int64
	Reduced bool // a social tariff (kansentarief)
}

// State is how a series stands for who wants to enrol.
type State string

// The states.
const (
	Open      State = "open"      // there are seats
	Full      State = "full"      // there is a waiting list
	Shut      State = "shut"      // enrolment is over
	Cancelled State = "cancelled" // it doesn't go ahead
)

// States gives all states.
func States() []State { return []State{Open, Full, Shut, Cancelled} }

// StateAt is how the series stands at a moment.
func (s Series) StateAt(at time.Time) State {
	switch until := s.enrolUntil(); {
	case s.Cancelled || len(s.planned()) == 0:
		return Cancelled
	case !at.Before(until):
		return Shut
	case s.SeatsFree <= 0:
		return Full
	}
	return Open
}

// enrolUntil is when enrolment ends: at the first lesson where nothing else was said.
func (s Series) enrolUntil() time.Time {
	if first, ok := s.First(); s.EnrolUntil.IsZero() && ok {
		return first.Start.Bound()
	}
	return s.EnrolUntil
}

// Ordered gives the lessons in the order of time, those that are cancelled too.
func (s Series) Ordered() []Lesson {
	all := slices.Clone(s.Lessons)
	slices.SortFunc(all, func(a, b Lesson) int {
		return cmp.Or(a.Start.Bound().Compare(b.Start.Bound()), cmp.Compare(a.Number, b.Number))
	})
	return all
}

// planned are the lessons that take place, in the order of time.
func (s Series) planned() []Lesson {
	return slices.DeleteFunc(s.Ordered(), func(l Lesson) bool { return l.Cancelled })
}

// First is the first lesson that takes place; ok is false when none does.
func (s Series) First() (l Lesson, ok bool) {
	if all := s.planned(); len(all) > 0 {
		return all[0], true
	}
	return l, false
}

// Last is the last lesson that takes place; ok is false when none does.
func (s Series) Last() (l Lesson, ok bool) {
	if all := s.planned(); len(all) > 0 {
		return all[len(all)-1], true
	}
	return l, false
}

// Upcoming gives the series of which a lesson is still to come, by their first lesson, then by title. One that is
// cancelled stays among them until its last lesson would have been: people look for it.
func (p Programme) Upcoming() []Series {
	all := slices.DeleteFunc(slices.Clone(p.Series), func(s Series) bool {
		return !slices.ContainsFunc(s.Lessons, func(l Lesson) bool { return l.End.Bound().After(p.At) })
	})
	slices.SortFunc(all, func(a, b Series) int {
		return cmp.Or(a.Ordered()[0].Start.Bound().Compare(b.Ordered()[0].Start.Bound()), cmp.Compare(a.Course.Title, b.Course.Title), cmp.Compare(a.Code, b.Code))
	})
	return all
}

// Labels are the words that a calendar needs; each gets what it is about.
type Labels struct {
	Name   string                      // of the calendar: "Computerlessen in Zandwerve"
	Title  func(Series, Lesson) string // of an event: "Word voor starters, les 2 van 6"
	Detail func(Series, Lesson) string // below it
	Kind   string                      // the category of all: "cursus"
}

// Calendar gives the lessons of the series that are still to come, for everybody's calendar. Lessons that are over stay
// in it as long as their series does, so that nobody loses them.
func (p Programme) Calendar(words Labels) ics.Calendar {
	c := ics.Calendar{Method: ics.Publish, Name: words.Name, At: p.At}
	for _, s := range p.Upcoming() {
		for _, l := range s.Ordered() {
			c.Events = append(c.Events, ics.Event{UID: ics.UID(l.ID), Sequence: l.Sequence, Start: l.Start, End: l.End, Summary: words.Title(s, l),
				Description: words.Detail(s, l), Location: s.Where(), Categories: []string{words.Kind}, URL: s.Contact.Web, Cancelled: l.Cancelled || s.Cancelled})
		}
	}
	return c
}

// Where is the place in one line: "computerlokaal, Bib Zandwerve, Kerkplein 4, 8999 Zandwerve".
func (s Series) Where() string { return calendar.Joined(", ", s.Room, s.Address.Place(s.Location)) }
