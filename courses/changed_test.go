package courses_test

import (
	"errors"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// TestSomebodyWasFirst refuses a change of who saw something as it no longer is, and lets the first one through.
func TestSomebodyWasFirst(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		ctx := t.Context()
		series := s.Draft(8, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00")...)
		seen, _, err := s.Series(ctx, s.An, series.ID)
		s.OK(err)
		trainers := coursestest.Must(s.Trainers(ctx, s.An))(t)
		rooms := coursestest.Must(s.Rooms(ctx, s.An))(t)
		all := coursestest.Must(s.Courses(ctx))(t)
		_, err = s.PutFeeRule(ctx, s.An, courses.FeeRule{Cents: 100, Decision: "GR 1", DecidedOn: "2026-01-01", From: "2026-01-01"})
		s.OK(err)
		fees := coursestest.Must(s.FeeRules(ctx, s.An))(t)
		for name, change := range map[string]func(n int) error{
			"series": func(n int) error {
				_, err := s.ChangeSeries(ctx, s.An, series.ID, courses.SeriesChange{Was: &seen, Seats: n, Promotion: courses.Offer})
				return err
			},
			"trainer": func(n int) error {
				now := trainers[0]
				now.TravelMinutes = n
				_, err := s.ChangeTrainer(ctx, s.An, trainers[0], now)
				return err
			},
			"room": func(n int) error {
				now := rooms[0]
				now.Capacity = n
				return s.ChangeRoom(ctx, s.An, rooms[0], now)
			},
			"course": func(n int) error {
				now := all[0]
				now.Most = n
				_, err := s.ChangeCourse(ctx, s.An, all[0], now)
				return err
			},
			"fee": func(n int) error {
				now := fees[0]
				now.Cents = int64(n)
				_, err := s.ChangeFeeRule(ctx, s.An, fees[0], now)
				return err
			},
		} {
			if err := change(5); err != nil {
				t.Errorf("%s: the first one got %v", name, err)
			}
			if err := change(6); !errors.Is(err, courses.ErrChanged) {
				t.Errorf("%s: the second one got %v, want ErrChanged", name, err)
			}
		}
		s.Clean()
	})
}

// TestColleagues finds who works here by name and service, for who plans and nobody else.
func TestColleagues(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		for find, want := range map[string]int{"MAES bert": 1, "bert burgerzaken": 1, "nobody": 0} {
			if got := coursestest.Must(s.Colleagues(t.Context(), s.An, find, 0))(t); len(got) != want {
				t.Errorf("%q finds %v, want %d", find, got, want)
			}
		}
		if got := coursestest.Must(s.Colleagues(t.Context(), s.An, "", 2))(t); len(got) != 2 || got[0].PersonID == "" {
			t.Errorf("got %v", got)
		}
		if _, err := s.Colleagues(t.Context(), s.Lesson, "bert", 0); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a trainer got %v", err)
		}
	})
}

// TestTravelTimes lists what was said of the way between locations, once per pair.
func TestTravelTimes(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.OK(s.SetTravel(t.Context(), s.An, s.Library, s.Annexe, 20))
		s.OK(s.SetTravel(t.Context(), s.An, s.Annexe, s.Library, 25))
		if got := coursestest.Must(s.TravelTimes(t.Context(), s.An))(t); len(got) != 1 || got[0].Minutes != 25 || got[0].A > got[0].B {
			t.Errorf("got %v", got)
		}
	})
}
