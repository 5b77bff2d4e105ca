package courses_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// TestUntold takes a note back that somebody was told: the own last one, by hand, and not long after.
func TestUntold(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		series := s.Open(2, s.Sessions(s.PCs, s.Mia, "2026-12-10 14:00-16:00")...)
		a, b := s.Join(series, courses.Participant{}), s.Join(series, courses.Participant{})
		s.OK(s.PostponeSeries(t.Context(), s.An, series.ID, 1))
		calls := func() (n int) { return len(coursestest.Must(s.Calls(t.Context(), s.Clerk))(t)) }
		told := func(e courses.Enrolment) {
			t.Helper()
			coursestest.Must(s.Told(t.Context(), s.Clerk, e.ID, "telefoon"))(t)
			s.Clock.Forward(time.Minute)
		}
		refused := func(by data.Actor, e courses.Enrolment) {
			t.Helper()
			if _, err := s.Untold(t.Context(), by, e.ID); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("taken back: %v", err)
			}
		}
		if calls() != 2 {
			t.Fatalf("%d to call, want 2", calls())
		}
		refused(s.Clerk, a) // nobody told
		told(a)
		told(b)
		refused(s.Clerk, a) // b was the last
		refused(s.An, b)    // somebody else's
		if last := coursestest.Must(s.LastTold(t.Context(), s.Clerk))(t); last.ID != b.ID {
			t.Errorf("the last one told: %s", last.Participant)
		}
		coursestest.Must(s.Untold(t.Context(), s.Clerk, b.ID))(t)
		if calls() != 1 {
			t.Errorf("%d to call after it was taken back, want 1", calls())
		}
		s.OK(s.PostponeSeries(t.Context(), s.An, series.ID, 1)) // news of the same kind, of a too
		coursestest.Must(s.Untold(t.Context(), s.Clerk, a.ID))(t)
		if calls() != 2 {
			t.Errorf("%d to call, want 2: news that came since is there once", calls())
		}
		told(b)
		s.Clock.Forward(15 * time.Minute)
		refused(s.Clerk, b) // too long ago
		s.Clean()
	})
}
