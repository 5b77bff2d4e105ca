package coursewords

import (
	"strings"

	"digibrug/courses"
	"digibrug/tui/words"
)

// Subject is what somebody hears about a course, in a line.
func Subject(lang words.Lang, about courses.About, course string) string {
	key, known := map[courses.About]words.Key{courses.AboutBooked: words.CoursetellSubjectBooked, courses.AboutWaiting: words.CoursetellSubjectWaiting,
		courses.AboutAsked: words.CoursetellSubjectAsked, courses.AboutOffered: words.CoursetellSubjectOffered, courses.AboutRefused: words.CoursetellSubjectRefused,
		courses.AboutLapsed: words.CoursetellSubjectLapsed, courses.AboutCancelled: words.CoursetellSubjectCancelled, courses.AboutMoved: words.CoursetellSubjectMoved,
		courses.AboutStopped: words.CoursetellSubjectStopped, courses.AboutGoing: words.CoursetellSubjectGoing}[about]
	if !known {
		key = words.CoursetellSubjectLessons
	}
	return words.T(lang, key, "course", course)
}

// Call is why somebody is called, in a list for who calls.
func Call(about courses.About) words.Key {
	return map[courses.About]words.Key{courses.AboutBooked: words.CoursetellCallBooked, courses.AboutWaiting: words.CoursetellCallWaiting,
		courses.AboutAsked: words.CoursetellCallAsked, courses.AboutOffered: words.CoursetellCallOffered, courses.AboutRefused: words.CoursetellCallRefused,
		courses.AboutLapsed: words.CoursetellCallLapsed, courses.AboutCancelled: words.CoursetellCallCancelled, courses.AboutMoved: words.CoursetellCallMoved,
		courses.AboutStopped: words.CoursetellCallStopped, courses.AboutGoing: words.CoursetellCallGoing, courses.AboutLessons: words.CoursetellCallLessons}[about]
}

// Told is what somebody is told about an enrolment: about what happened, or how it stands now where about is empty. place
// is that on the waiting list.
func Told(lang words.Lang, about courses.About, e courses.Enrolment, of courses.Series, place int) string {
	args := []any{"name", e.Participant, "course", of.Course, "first", First(lang, of), "location", of.Where(), "day", words.StoredDay(lang, e.OfferUntil),
		"place", place, "reason", e.Reason, "code", of.Code}
	text := words.T(lang, toldKey(about, e, of), args...)
	if reason := strings.TrimRight(e.Reason, ". "); about == courses.AboutStopped && reason != "" {
		text += " " + words.T(lang, words.EnrolTextReason, "reason", reason)
	}
	if about == courses.AboutGoing || about == courses.AboutLessons {
		return text
	}
	if money := Money(lang, e); money != "" {
		text += " " + money
	}
	return text
}

// Money says what somebody has to pay or gets back; empty where there is nothing to say, or no seat yet to pay for.
func Money(lang words.Lang, e courses.Enrolment) string {
	cents, known := e.Amount()
	amount := words.Money(lang, cents)
	switch {
	case e.Paid == courses.Refund && !known:
		return words.T(lang, words.EnrolTextRefundAll)
	case e.Paid == courses.Refund:
		return words.T(lang, words.EnrolTextRefund, "amount", amount)
	case e.Paid == courses.Due && e.Cost > 0:
		return words.T(lang, words.EnrolTextCost, "amount", amount)
	case e.State != courses.Booked:
		return ""
	case e.Paid == courses.Due:
		return words.T(lang, words.EnrolTextDue, "amount", amount)
	case e.Paid == courses.UnknownFee:
		return words.T(lang, words.EnrolTextUnknown)
	}
	return ""
}

func toldKey(about courses.About, e courses.Enrolment, of courses.Series) words.Key {
	switch {
	case of.State == courses.SeriesCancelled && e.State != courses.MovedOn:
		return words.EnrolTextStopped
	case about == courses.AboutLessons:
		return words.CoursetellTextLessons
	case about == courses.AboutGoing:
		return words.CoursetellTextGoing
	case about == courses.AboutMoved && e.State == courses.Booked:
		return words.CoursetellTextMerged
	case about == courses.AboutMoved && e.State == courses.Waiting:
		return words.CoursetellTextMergedWaits
	}
	switch e.State {
	case courses.Booked:
		return words.EnrolTextBooked
	case courses.Waiting:
		return words.EnrolTextWaiting
	case courses.Offered:
		return words.EnrolTextOffered
	case courses.AwaitsHead:
		return words.EnrolTextApproval
	case courses.Lapsed:
		return words.EnrolTextLapsed
	case courses.Refused:
		return words.EnrolTextRefused
	case courses.MovedOn:
		return words.EnrolTextMoved
	}
	return words.EnrolTextCancelled
}

// LessonLines says when lessons are, each on a line, and which don't take place.
func LessonLines(lang words.Lang, all []courses.Session) (lines []string) {
	for _, x := range all {
		key := words.CoursetellLine
		if x.State == courses.SessionCancelled {
			key = words.CoursetellLineOff
		}
		lines = append(lines, words.T(lang, key, "number", x.Number, "day", words.Day(lang, x.Day), "from", x.From.String(), "to", x.To.String(), "room", x.Room))
	}
	return lines
}
