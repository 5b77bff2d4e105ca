package courses_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
)

// TestLeftAfterMark: what somebody followed stays on the list of attendance, and nobody leaves a series that is over.
func TestLeftAfterMark(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(4, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
		came, left, never := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{})
		s.Clock.Forward(9 * 24 * time.Hour)
		first := sessions(s, one)[0].ID
		s.OK(s.Mark(t.Context(), s.Lesson, first, came.ID, courses.Present))
		s.OK(s.Mark(t.Context(), s.Lesson, first, left.ID, courses.Late))
		for _, e := range []courses.Enrolment{left, never} {
			coursestest.Must(s.Cancel(t.Context(), s.An, e.ID, "verhuisd"))(t)
		}
		_, _, rows, err := s.Attendance(t.Context(), s.An, one.ID)
		s.OK(err)
		got := map[string]courses.Mark{}
		for _, r := range rows {
			got[r.ID] = r.Marks[first]
		}
		if len(got) != 2 || got[came.ID] != courses.Present || got[left.ID] != courses.Late {
			t.Errorf("the list has %v", got)
		}
		s.Clock.Forward(14 * 24 * time.Hour)
		if _, err := s.Cancel(t.Context(), s.An, came.ID, "te laat gezegd"); !errors.Is(err, courses.ErrSeriesOver) {
			t.Errorf("cancelled after the last session: %v, want ErrSeriesOver", err)
		}
		if err := s.CancelSeries(t.Context(), s.An, one.ID, "vergissing"); !errors.Is(err, courses.ErrSeriesOver) {
			t.Errorf("the series cancelled after its last session: %v, want ErrSeriesOver", err)
		}
		s.Clean()
	})
}

// TestMergedBeforeTold: who was not told yet of a seat hears of the new series alone, and when that stops of that alone.
func TestMergedBeforeTold(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		few := s.Open(4, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00")...)
		other := s.Open(4, s.Sessions(s.Hall, s.Own, "2026-12-03 14:00-16:00")...)
		who := coursestest.Must(s.PutParticipant(t.Context(), s.An, courses.Participant{Given: "Bea", Family: "Claes", Phone: "0470 11 22 33", Category: courses.Resident}))(t)
		if coursestest.Must(s.Enrol(t.Context(), s.An, courses.EnrolAsk{Series: few.ID, Participant: who.ID, Source: courses.ByCoordinator}))(t); len(coursestest.Must(s.Calls(t.Context(), s.An))(t)) != 1 {
			t.Fatal("nobody is to call after the enrolment")
		}
		hears := func(want courses.About) {
			t.Helper()
			calls := coursestest.Must(s.Calls(t.Context(), s.An))(t)
			if len(calls) != 1 || calls[0].About != want || calls[0].Series.ID != other.ID {
				t.Errorf("to call: %+v, want one about %s", calls, want)
			}
		}
		coursestest.Must(s.MergeInto(t.Context(), s.An, few.ID, other.ID))(t)
		hears(courses.AboutMoved)
		s.OK(s.CancelSeries(t.Context(), s.An, other.ID, "lesgever ziek"))
		hears(courses.AboutStopped)
		s.Clean()
	})
}
