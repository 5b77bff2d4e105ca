package courses_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/courses/programme"
	"digibrug/data"
)

// TestPublic is what everybody reads: no draft, nothing for staff alone, no seat that somebody waits for.
func TestPublic(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		open := s.Open(2, s.Sessions(s.PCs, s.Mia, "2026-12-01 09:00-11:00", "2026-12-08 09:00-11:00")...)
		draft := s.Draft(2, s.Sessions(s.PCs, s.Mia, "2026-12-02 09:00-11:00")...)
		full := s.Open(1, s.Sessions(s.PCs, s.Mia, "2026-12-03 09:00-11:00")...)
		off := s.Open(1, s.Sessions(s.PCs, s.Mia, "2026-12-04 09:00-11:00")...)
		s.Join(open, s.Person())
		s.Join(full, s.Person())
		s.Join(off, s.Person())
		s.OK(s.CancelSeries(t.Context(), s.An, off.ID, "te weinig cursisten"))
		s.OK(s.CancelSeries(t.Context(), s.An, draft.ID, "vergissing"))
		for _, r := range []courses.FeeRule{{Category: courses.Resident, Cents: 1000}, {Category: courses.NonResident, Cents: 2000}, {Category: courses.Resident, Cents: 200, Reduced: true}} {
			r.Decision, r.DecidedOn, r.From = "GR 2026/7", "2026-01-05", "2026-01-06"
			coursestest.Must(s.PutFeeRule(t.Context(), s.An, r))(t)
		}
		p := coursestest.Must(s.Public(t.Context()))(t)
		var got []string
		for _, one := range p.Upcoming() {
			got = append(got, fmt.Sprint(one.Code, " ", one.StateAt(p.At), " ", one.SeatsFree, " ", len(one.Lessons)))
			if one.Course.Title != s.Email.Title || one.Location != "Bibliotheek" || one.Organiser == "" || len(one.Prices) != 3 || !one.Prices[2].Reduced || one.Prices[2].Cents != 200 {
				t.Errorf("%+v", one)
			}
		}
		want := fmt.Sprint(open.Code, " open 1 2, ", full.Code, " full 0 1, ", off.Code, " cancelled 1 1")
		if strings.Join(got, ", ") != want {
			t.Errorf("%s, want %s", strings.Join(got, ", "), want)
		}
		if c, prices, err := s.PublicCourse(t.Context(), "email"); err != nil || c.Title != s.Email.Title || len(prices) != 3 {
			t.Errorf("the course is %+v, %v, %v", c, prices, err)
		}
		if _, _, err := s.PublicCourse(t.Context(), "nergens"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a course that nobody knows: %v", err)
		}
		staff := s.Email
		staff.Audience.Who = []courses.Category{courses.Staff}
		coursestest.Must(s.PutCourse(t.Context(), s.An, staff))(t)
		if p = coursestest.Must(s.Public(t.Context()))(t); len(p.Series) != 0 {
			t.Errorf("what is for staff is public: %+v", p.Series)
		}
		if _, _, err := s.PublicCourse(t.Context(), "email"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a course for staff is public: %v", err)
		}
	})
}

// TestPublicPriceOfStaff: where a course names who works here, the programme says that they pay otherwise.
func TestPublicPriceOfStaff(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		for _, r := range []courses.FeeRule{{Cents: 2000}, {Category: courses.NonAdmin}} {
			r.Decision, r.DecidedOn, r.From = "GR 12", "2026-01-05", "2026-01-06"
			coursestest.Must(s.PutFeeRule(t.Context(), s.An, r))(t)
		}
		for _, c := range []struct {
			who  []courses.Category
			want []programme.Price
		}{
			{nil, []programme.Price{{Cents: 2000}}},
			{[]courses.Category{courses.Resident, courses.NonAdmin}, []programme.Price{{Cents: 2000}, {For: "nonadmin"}}},
		} {
			s.Email.Audience.Who = c.who
			s.Email = coursestest.Must(s.PutCourse(t.Context(), s.An, s.Email))(t)
			if _, got, err := s.PublicCourse(t.Context(), s.Email.Code); err != nil || !slices.Equal(got, c.want) {
				t.Errorf("for %v: %+v, %v, want %+v", c.who, got, err, c.want)
			}
		}
	})
}
