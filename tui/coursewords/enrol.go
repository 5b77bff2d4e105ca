package coursewords

import (
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/words"
)

// Level is the word for a level of a course, 1 to 4.
func Level(lang words.Lang, level int) string {
	all := []words.Key{words.EnrolLevelStarter, words.EnrolLevelBasic, words.EnrolLevelFluent, words.EnrolLevelExpert}
	return words.T(lang, all[min(max(level, 1), len(all))-1])
}

// First says when a series begins: "di 1 december 2026, 14:00".
func First(lang words.Lang, s courses.Series) string {
	if s.First.IsZero() {
		return "-"
	}
	return words.Moment(lang, s.First)
}

// FirstShort is First for a table: "di 01/12/2026 14:00".
func FirstShort(lang words.Lang, s courses.Series) string {
	if s.First.IsZero() {
		return "-"
	}
	return words.WeekdayDay(lang, data.StoredDay(data.DayOf(s.First))) + " " + words.Clock(lang, s.First)
}

// State says how far a series is now. One whose lessons began is open for nobody, and one whose lessons are over is over,
// though nobody closed it.
func State(lang words.Lang, s courses.Series, now time.Time) string {
	if s.IsRunning(now) {
		return words.T(lang, words.CoursestateRunning)
	}
	return words.T(lang, words.SeriesState(string(s.StateAt(now))))
}

// Free says how many seats nobody holds, or how many wait: "3 plaatsen vrij", "volzet, 4 wachten".
func Free(lang words.Lang, l courses.Listed) string {
	switch {
	case !l.Full():
		return words.T(lang, words.EnrolFree, "n", l.Free())
	case l.Waiting > 0:
		return words.T(lang, words.EnrolFullWaiting, "n", l.Waiting)
	}
	return words.T(lang, words.EnrolFull)
}

// Amount is a fee in a word: "€ 20,00", "gratis", and where nobody decided one that it must be asked.
func Amount(lang words.Lang, f courses.Fee) string {
	switch {
	case !f.Known:
		return words.T(lang, words.EnrolFeeUnknown)
	case f.Cents == 0:
		return words.T(lang, words.EnrolFeeFree)
	}
	return words.Money(lang, f.Cents)
}

// Why says how a fee came, or why there is none.
func Why(lang words.Lang, f courses.Fee) string {
	return words.T(lang, words.CourseFeeWhy(string(f.Why)), "category", words.CourseCategory(string(f.Category)), "decision", f.Rule.Decision,
		"decided", words.StoredDay(lang, f.Rule.DecidedOn), "n", f.Others+1)
}

// StateKey is how an enrolment stands, for the person who it is of, in each language.
func StateKey(s courses.EnrolmentState) words.Key {
	switch s {
	case courses.Booked:
		return words.EnrolStateBooked
	case courses.Waiting:
		return words.EnrolStateWaiting
	case courses.Offered:
		return words.EnrolStateOffered
	case courses.AwaitsHead:
		return words.EnrolStateApproval
	case courses.Lapsed:
		return words.EnrolStateLapsed
	case courses.Refused:
		return words.EnrolStateRefused
	case courses.MovedOn:
		return words.EnrolStateMoved
	}
	return words.EnrolStateCancelled
}

// ActKey is what happened to an enrolment, by the act of its history; an act without a word comes back as it is.
func ActKey(act string) words.Key {
	switch act {
	case "enrolled":
		return words.EnroldeskActEnrolled
	case "waiting":
		return words.EnroldeskActWaiting
	case "approved":
		return words.EnroldeskActApproved
	case "refused":
		return words.EnroldeskActRefused
	case "offered":
		return words.EnroldeskActOffered
	case "booked":
		return words.EnroldeskActBooked
	case "accepted":
		return words.EnroldeskActAccepted
	case "lapsed":
		return words.EnroldeskActLapsed
	case "cancelled":
		return words.EnroldeskActCancelled
	case "passed":
		return words.EnroldeskActPassed
	case "told":
		return words.EnroldeskActTold
	case "untold":
		return words.EnroldeskActUntold
	case "tried":
		return words.EnroldeskActTried
	case "moved":
		return words.EnroldeskActMoved
	case "paid":
		return words.EnroldeskActPaid
	case "series":
		return words.EnroldeskActSeries
	case "import":
		return words.EnroldeskActImport
	}
	return words.Key(act)
}
