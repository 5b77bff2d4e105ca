// Package coursewords says in words what courses find: the faults of a session, and the errors of enrolling. It belongs to
// every room that shows courses.
package coursewords

import (
	"cmp"
	"errors"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"
)

// Errors are the errors of courses that people are told about in words of their own.
func Errors() words.Errors {
	return words.Errors{
		{Err: courses.ErrGroup, Key: words.GroupsErrorGroup, Args: groupArgs}, // before what it holds
		{Err: courses.ErrNoNeed, Key: words.GroupsErrorNoNeed},
		{Err: courses.ErrNoGroups, Key: words.GroupsErrorNoGroups},
		{Err: courses.ErrConflict, Key: words.CoursestateErrorConflict, Args: conflictArgs},
		{Err: courses.ErrSick, Key: words.CoursestateErrorSick, Args: sickArgs},
		{Err: courses.ErrShut, Key: words.CoursestateErrorShut, Args: shutArgs},
		{Err: courses.ErrCantCancel, Key: words.CoursestateErrorCancel, Args: cancelArgs},
		{Err: courses.ErrFull, Key: words.CoursestateErrorFull},
		{Err: courses.ErrOffered, Key: words.CoursestateErrorOffered},
		{Err: courses.ErrNoOffer, Key: words.CoursestateErrorNoOffer},
		{Err: courses.ErrNoPrice, Key: words.CoursestateErrorNoPrice},
		{Err: courses.ErrOver, Key: words.CoursestateErrorOver},
		{Err: courses.ErrEnrolled, Key: words.CoursestateErrorEnrolled, Args: enrolledArgs},
		{Err: courses.ErrNotYet, Key: words.CoursestateErrorNotYet},
		{Err: courses.ErrNotRunning, Key: words.CoursestateErrorNotRunning},
		{Err: courses.ErrNotInSeries, Key: words.CoursestateErrorNotInSeries},
		{Err: courses.ErrSessionOver, Key: words.CoursestateErrorSessionOver},
		{Err: courses.ErrSeriesOver, Key: words.CoursestateErrorSeriesOver},
		{Err: courses.ErrToken, Key: words.CoursestateErrorToken},
		{Err: courses.ErrEvaluated, Key: words.CoursestateErrorEvaluated},
		{Err: courses.ErrFewAnswers, Key: words.CoursestateErrorFewAnswers},
		{Err: courses.ErrChanged, Key: words.CalendarChanged},
		{Err: courses.ErrVisitOver, Key: words.CoursestateErrorVisitOver},
		{Err: courses.ErrHasSeats, Key: words.CoursestateErrorHasSeats},
	}
}

// groupArgs name the group that can't become a series, and why.
func groupArgs(lang words.Lang, err error) []any {
	var g *courses.GroupError
	if !errors.As(err, &g) {
		return nil
	}
	what, known := Errors().Sentence(lang, g.Err)
	if !known {
		what = words.T(lang, words.ErrorNotFound)
	}
	return []any{"group", g.Name, "what", what}
}

func conflictArgs(lang words.Lang, err error) []any {
	var c *courses.ConflictError
	if !errors.As(err, &c) {
		return nil
	}
	return []any{"what", Conflict(lang, c)}
}

// Conflict says what is taken, and when: "Les 3, di 1 december: Mia geeft dan al een andere les. (26-004)".
func Conflict(lang words.Lang, c *courses.ConflictError) string {
	text := words.T(lang, words.CourseFault(string(c.Fault)), "room", c.Room, "trainer", c.Trainer, "who", c.Who, "note", "", "pc", c.PC)
	switch {
	case c.With != "":
		text += " (" + c.With + ")"
	case c.Kind == courses.HeldByVisit && c.PC == 0:
		text += " (" + words.T(lang, words.CoursestateVisitors) + ")"
	}
	switch {
	case c.Fault == courses.FaultRoomFull:
		text += " " + words.T(lang, words.CoursestateFree, "n", c.Free)
	case c.Fault == courses.FaultPCTaken && !c.At.IsZero():
		text += " " + words.T(lang, words.CoursestateAgain, "at", words.Clock(lang, c.At))
	}
	if c.Session == 0 {
		return text
	}
	return words.T(lang, words.CoursestateAt, "n", c.Session, "day", words.Day(lang, c.At), "what", text)
}

// Finding says what the series doctor found: "Les 3, di 1 december: Mia heeft dan verlof."
func Finding(lang words.Lang, f courses.Finding) string {
	return words.T(lang, words.CoursestateAt, "n", f.Session, "day", words.Day(lang, f.Slot.Instants().From), "what", FindingOnly(lang, f))
}

// FindingOnly is Finding without the lesson and the day.
func FindingOnly(lang words.Lang, f courses.Finding) string {
	note := f.Note
	if key := words.CalendarDay(calendar.Code(note)); f.Fault == courses.FaultClosed && words.Has(key) {
		note = words.T(lang, key)
	}
	text := words.T(lang, words.CourseFault(string(f.Fault)), "room", note, "trainer", note, "who", note, "note", note)
	if f.With != "" {
		text += " (" + f.With + ")"
	}
	return text
}

func sickArgs(lang words.Lang, err error) []any {
	var sick *courses.SickError
	if !errors.As(err, &sick) {
		return nil
	}
	var all []string
	for _, f := range sick.Findings {
		all = append(all, Finding(lang, f))
	}
	return []any{"what", strings.Join(all, " ")}
}

func shutArgs(lang words.Lang, err error) []any {
	var shut *courses.ShutError
	if !errors.As(err, &shut) {
		return nil
	}
	return []any{"what", words.T(lang, words.SeriesShut(string(shut.Why)))}
}

func cancelArgs(lang words.Lang, err error) []any {
	var c *courses.CancelError
	if !errors.As(err, &c) {
		return nil
	}
	return []any{"what", words.T(lang, words.CourseCancelWhy(string(c.Why)), "hours", c.Hours)}
}

func enrolledArgs(lang words.Lang, err error) []any {
	var in *courses.EnrolledError
	if !errors.As(err, &in) {
		return nil
	}
	return []any{"name", cmp.Or(data.Clean(in.Participant, 0), words.T(lang, words.CoursestateThisPerson)), "state", words.T(lang, words.EnrolmentState(string(in.State)))}
}
