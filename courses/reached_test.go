package courses_test

import (
	"errors"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// TestReached counts by which channels the people of a series are told: who waits only when all are meant, and in a draft
// nobody. Where no mail can leave, who has only an address of mail gets a letter.
func TestReached(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		of := s.Open(3, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00")...)
		for _, p := range []courses.Participant{{Given: "Mo", Phone: "0470 11 00 01"}, {Given: "Bea", Mail: "bea@zandwerve.example"}, {Given: "Tijl", Channel: courses.ByLetter, Address: "Markt 1, 8999 Zandwerve"},
			{Given: "Rosa", Phone: "0470 11 00 02"}} {
			p.Family, p.Category = "Claes", courses.Resident
			s.Join(of, coursestest.Must(s.PutParticipant(t.Context(), s.An, p))(t))
		}
		for _, c := range []struct {
			store *courses.Store
			all   bool
			want  courses.Reached
		}{
			{s.Store, false, courses.Reached{Phone: 1, Letter: 2}},
			{s.Store, true, courses.Reached{Phone: 2, Letter: 2}},
			{s.Store.Mailing(true), true, courses.Reached{Mail: 1, Phone: 2, Letter: 1}},
		} {
			if got, err := c.store.Reached(t.Context(), s.Clerk, of.ID, c.all); err != nil || got != c.want {
				t.Errorf("all %v: got %+v, %v, want %+v", c.all, got, err, c.want)
			}
		}
		if _, err := s.Store.Reached(t.Context(), s.Lesson, of.ID, true); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a trainer counts them: %v", err)
		}
	})
}
