package courses_test

import (
	"errors"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// TestFewerPlaces: a room can't get smaller than what is promised of it; its name always can change.
func TestFewerPlaces(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.Open(5, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		for _, test := range []struct {
			pcs  int
			name string
			want string // places that are promised; empty: it may
		}{{8, "Computerklas", ""}, {4, "Computerklas", "5"}, {0, "Computerklas", ""}, {5, "Computerklas", ""}, {4, "Klas", "5"}, {5, "Klas", ""}} {
			r := s.PCs
			r.PCs, r.Name = test.pcs, test.name
			if test.pcs == 0 { // then the chairs count
				r.Seats = 6
			}
			_, err := s.PutRoom(t.Context(), s.An, r)
			var bad *data.Invalid
			if test.want == "" && err != nil || test.want != "" && (!errors.As(err, &bad) || bad.Why != courses.WhyHeld || bad.Want != test.want) {
				t.Errorf("%d PCs, %s: %v, want %q", test.pcs, test.name, err, test.want)
			}
		}
	})
}
