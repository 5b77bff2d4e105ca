package courses_test

import (
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

// TestAddress: the address of a location goes with its series, lessons, calendars and the public programme.
func TestAddress(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		places := calendar.NewStore(s.DB)
		was := coursestest.Must(places.Location(t.Context(), s.Library))(t)
		now := was
		now.Address = calendar.Address{Street: "Kerkplein 4", Postcode: "8999", Town: "Zandwerve"}
		s.OK(places.ChangeLocation(t.Context(), datatest.Operator, was, now))
		of := s.Open(4, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00")...)
		if of, _, err := s.Series(t.Context(), s.An, of.ID); err != nil || of.Where() != "Bibliotheek, Kerkplein 4, 8999 Zandwerve" {
			t.Errorf("the series is at %q, %v", of.Where(), err)
		}
		lessons := coursestest.Must(s.Lessons(t.Context(), s.An, courses.LessonFilter{}))(t)
		events := courses.Events(lessons, func(courses.Lesson) (string, string) { return "", "" })
		if want := "Bibliotheek, Computerruimte, Kerkplein 4, 8999 Zandwerve"; len(events) != 1 || events[0].Location != want {
			t.Errorf("calendars say %+v, want %q", events, want)
		}
		p := coursestest.Must(s.Public(t.Context()))(t)
		if len(p.Series) != 1 || p.Series[0].Address != now.Address || p.Series[0].Where() != "Computerruimte, Bibliotheek, Kerkplein 4, 8999 Zandwerve" {
			t.Errorf("the programme says %+v", p.Series)
		}
	})
}
