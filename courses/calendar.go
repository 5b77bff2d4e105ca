package courses

import (
	"digibrug/courses/ics"
	"digibrug/data/calendar"
)

// Events gives lessons as events of a calendar, in their order: the UID and the sequence are those of the session, and what
// was cancelled stays in the calendar as such. said gives the words: what a lesson is called there, and what it says of it.
func Events(all []Lesson, said func(Lesson) (summary, description string)) []ics.Event {
	events := make([]ics.Event, len(all))
	for i, l := range all {
		e := ics.Event{UID: ics.UID(l.ID), Sequence: l.Sequence, Start: calendar.Local{Day: l.Day, At: l.From}, End: calendar.Local{Day: l.Day, At: l.To},
			Location: calendar.Joined(", ", l.Location, l.Room, l.Address.String()), Categories: []string{l.Course}, Cancelled: l.State == SessionCancelled || l.Series == SeriesCancelled}
		e.Summary, e.Description = said(l)
		events[i] = e
	}
	return events
}
