package courses_test

import (
	"slices"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
)

// TestOwnProgramme: who works here isn't shown a course that is for others, and takes part as what somebody wrote down.
func TestOwnProgramme(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		series := map[string]string{} // by the code of the course
		for i, c := range []courses.Course{{Code: "burgers", Audience: courses.Audience{Who: []courses.Category{courses.Resident}}},
			{Code: "team", Audience: courses.Audience{Who: []courses.Category{courses.Staff}}}, {Code: "uitvoerend", Audience: courses.Audience{Who: []courses.Category{courses.NonAdmin}}}, {Code: "elk"}} {
			c.Title, c.Goals, c.Domain, c.Level, c.Lessons, c.Minutes, c.Least, c.Most = "Cursus "+c.Code, s.Email.Goals, s.Email.Domain, 1, 1, 60, 1, 8
			c = coursestest.Must(s.PutCourse(t.Context(), s.An, c))(t)
			one := coursestest.Must(s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: c.ID, Location: s.Library, Sessions: s.Sessions(s.Hall, s.Mia, "2026-12-1"+string(rune('4'+i))+" 14:00-15:00")}))(t)
			s.OK(s.Publish(t.Context(), s.An, one.ID))
			series[one.Course] = one.ID
		}
		by := s.Town.Actor("lid1")
		shown := func() (names []string, kind courses.Category) {
			t.Helper()
			all, kind, err := s.OwnProgramme(t.Context(), by)
			s.OK(err)
			for _, l := range all {
				names = append(names, l.Course)
			}
			return names, kind
		}
		if got, kind := shown(); !slices.Equal(got, []string{"Cursus team", "Cursus elk"}) || kind != courses.Staff {
			t.Errorf("as %s: %q", kind, got)
		}
		coursestest.Must(s.EnrolSelf(t.Context(), by, series["Cursus team"]))(t)
		own := coursestest.Must(s.Participants(t.Context(), s.An, "", 50))(t)[0]
		own.Category = courses.NonAdmin
		coursestest.Must(s.PutParticipant(t.Context(), s.An, own))(t)
		if got, kind := shown(); !slices.Equal(got, []string{"Cursus team", "Cursus uitvoerend", "Cursus elk"}) || kind != courses.NonAdmin {
			t.Errorf("as %s: %q", kind, got)
		}
		if _, _, err := s.OwnProgramme(t.Context(), s.Kiosk()); err == nil {
			t.Error("a kiosk works here")
		}
	})
}

// TestStateAt: a series that nobody closed is over with its last session.
func TestStateAt(t *testing.T) {
	first := time.Date(2026, 12, 1, 13, 0, 0, 0, time.UTC)
	last := first.Add(2 * time.Hour)
	for _, c := range []struct {
		state courses.SeriesState
		at    time.Time
		want  courses.SeriesState
	}{
		{courses.Published, last.Add(-time.Second), courses.Published}, {courses.Published, last, courses.Closed}, {courses.Going, last, courses.Closed},
		{courses.Draft, last, courses.Draft}, {courses.SeriesCancelled, last, courses.SeriesCancelled}, {courses.Closed, first, courses.Closed},
	} {
		if got := (courses.Series{State: c.state, First: first, Last: last}).StateAt(c.at); got != c.want {
			t.Errorf("%s at %v: %s, want %s", c.state, c.at, got, c.want)
		}
	}
	if got := (courses.Series{State: courses.Published}).StateAt(last); got != courses.Published {
		t.Errorf("without sessions: %s", got)
	}
}
