// Package lessons is the room of who gives lessons: the own lessons, today's first, who should be there with a phone
// number, attendance in one key a person, what the lesson is about, and where who was absent can catch up. Who enrols
// people comes here too, to type attendance afterwards from paper: they see every lesson, past ones as well.
package lessons

import (
	"context"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "lessons"

// Kind is a paper that can be made of a series here.
type Kind string

// The papers.
const (
	ToSign  Kind = "to_sign" // attendance list with room to sign
	Filled  Kind = "filled"  // attendance as it was noted
	Attests Kind = "attests" // for who earned one
	Letters Kind = "letters" // to whom somebody must still be told how it stands
)

// Desk is what the room works with. Only Store must be there.
type Desk struct {
	Store register
	// Print makes a paper of a series and sends it to the outbox: how many papers it were, and their name. nil: there is no
	// key for papers.
	Print func(ctx context.Context, by data.Actor, k Kind, series string) (n int, name string, err error)
	// Calendar puts the lessons of a filter that the visitor may see, from today on, as a calendar where the visitor fetches
	// it: the name of the file, and how many lessons. nil: there is no key for it.
	Calendar func(ctx context.Context, by data.Actor, called string, f courses.LessonFilter) (file string, n int, err error)
}

// register is what the room needs of the courses; *courses.Store has it.
type register interface {
	Lessons(ctx context.Context, by data.Actor, f courses.LessonFilter) ([]courses.Lesson, error)
	Roster(ctx context.Context, by data.Actor, session string) (courses.Session, []courses.RosterRow, error)
	Mark(ctx context.Context, by data.Actor, session, enrolment string, m courses.Mark) error
	MarkRest(ctx context.Context, by data.Actor, session string, m courses.Mark) ([]string, error)
	CatchUps(ctx context.Context, by data.Actor, enrolment, missed string) ([]courses.CatchUp, error)
	CatchUpIn(ctx context.Context, by data.Actor, enrolment, missed, session string) error
}

// plans tells whether somebody sees every lesson: who enrols people, and the ICT officer.
func plans(id data.Identity) bool {
	return id.Has(data.RoleClerk) || id.Has(data.RoleCoordinator) || id.Has(data.RoleICT)
}

// base is what the screens of the room share.
type base struct {
	page.Page
	desk Desk
}

// early is how long before a lesson attendance can be noted.
const early = 15 * time.Minute

// over tells whether a lesson has ended, and open whether attendance can be noted.
func (b base) over(l courses.Lesson) bool { return !b.S.Now().Before(l.Instants().To) }
func (b base) open(l courses.Lesson) bool {
	return l.State == courses.Planned && !b.S.Now().Before(l.Instants().From.Add(-early))
}

func (b base) today(l courses.Lesson) bool { return data.DayText(l.Day) == data.DayOf(b.S.Now()) }

// when writes when a lesson is: "vandaag 14:00", "di 01/12/2026 14:00".
func (b base) when(s courses.Slot) string {
	if data.DayText(s.Day) == data.DayOf(b.S.Now()) {
		return b.S.T(words.LessonToday, "at", s.From.String())
	}
	return words.WeekdayDay(b.S.Lang(), s.Day) + " " + s.From.String()
}

// name says which lesson it is: "E-mail voor starters, les 2 van 6".
func (b base) name(l courses.Lesson) string {
	return b.S.T(words.LessonName, "course", l.Course, "number", l.Number, "of", l.Of)
}

// stands says how far a lesson is.
func (b base) stands(l courses.Lesson) string {
	left := l.Expected - l.Marked
	switch {
	case l.State == courses.SessionCancelled:
		return b.S.T(words.LessonCancelled)
	case !b.open(l):
		return b.S.T(words.LessonComing, "n", l.Expected)
	case l.Expected == 0:
		return b.S.T(words.LessonNobody)
	case left > 0:
		return b.S.T(words.LessonLeft, "n", left)
	}
	return b.S.T(words.LessonDone)
}

// mark is one key of attendance.
type mark struct {
	is  courses.Mark
	key key.Binding
}

// marks are the keys of attendance, in the order of the digits that do the same.
func (b base) marks() []mark {
	return []mark{{courses.Present, b.Letter("a", words.LessonPresent)}, {courses.Late, b.Letter("l", words.LessonLate)},
		{courses.Excused, b.Letter("v", words.LessonExcused)}, {courses.Absent, b.Letter("x", words.LessonAbsent)}}
}

// marked is a mark in words; empty: nobody said.
func (b base) marked(m courses.Mark) string {
	if m == "" {
		return ""
	}
	return b.S.T(words.AttendanceMark(string(m)))
}

func (b base) rest() key.Binding   { return b.Letter("r", words.LessonRest) }
func (b base) agenda() key.Binding { return b.Letter("a", words.CourseicsKey) }
func (b base) papers() key.Binding { return b.Letter("p", words.LessonPapers) }
