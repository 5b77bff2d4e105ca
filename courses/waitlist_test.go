package courses_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// TestWhyWaiting says of each who waits why no seat was given.
func TestWhyWaiting(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		series := s.Open(1, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		other := s.Open(1, s.Sessions(s.Hall, s.Own, nextWeek)...)
		first := s.Join(series, courses.Participant{})
		one, two := s.Person(), s.Person()
		s.Clock.Forward(time.Minute)
		pair := coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: series.ID, Participant: one.ID, With: two.ID}))(t)
		s.Clock.Forward(time.Minute)
		taken := s.Person()
		last := s.Join(series, taken)
		s.Join(other, taken)
		list := func() []courses.Place { return coursestest.Must(s.WaitingList(t.Context(), s.Clerk, series.ID))(t) }

		all := list()
		if len(all) != 3 || all[2].ID != last.ID || all[2].Place != 3 || all[0].Why != courses.PassNoSeat || all[2].Why != courses.PassNoSeat {
			t.Fatalf("with no seat: %+v", all)
		}
		if len(all[0].With) != 1 || all[0].With[0] != two.Name() && all[0].With[0] != one.Name() {
			t.Errorf("who waits together: %+v", all[0])
		}
		coursestest.Must(s.Cancel(t.Context(), s.An, first.ID, "verhuisd"))(t)
		all = list()
		if all[0].Why != courses.PassPair || all[1].Why != courses.PassPair || all[2].Why != courses.PassTaken || all[2].Taken != other.Code {
			t.Errorf("with one seat: %+v", all)
		}
		s.Clock.Forward(series.First.Sub(s.Clock.Now()))
		if all = list(); all[0].Why != courses.PassShut || all[0].Shut != courses.ShutStarted {
			t.Errorf("once it began: %+v", all)
		}
		if _, err := s.WaitingList(t.Context(), s.Lesson, series.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a trainer: %v", err)
		}
		_ = pair
		s.Clean()
	})
}

// TestOwnSeries is what somebody who works here sees of the own enrolments, and what cancelling would cost.
func TestOwnSeries(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		series := s.Open(1, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		head, me := s.Town.Actor("bert.maes"), s.Town.Actor("lid1")
		e := coursestest.Must(s.EnrolSelf(t.Context(), me, series.ID))(t)
		asked := coursestest.Must(s.Approvals(t.Context(), s.An))(t)
		if len(asked) != 1 || asked[0].ID != e.ID || asked[0].Series.Course != s.Email.Title {
			t.Errorf("what waits for a yes: %+v", asked)
		}
		s.Join(series, courses.Participant{})
		coursestest.Must(s.Approve(t.Context(), s.An, e.ID, true, ""))(t)
		own := coursestest.Must(s.OwnSeries(t.Context(), me))(t)
		if len(own) != 1 || own[0].State != courses.Waiting || own[0].Place != 1 || own[0].Series.Code != series.Code {
			t.Errorf("the own ones: %+v", own)
		}
		if terms, err := s.CancelTerms(t.Context(), me, e.ID); err != nil || terms.Cents != 0 {
			t.Errorf("who waits: %+v, %v", terms, err)
		}
		if _, err := s.CancelTerms(t.Context(), head, e.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("of somebody else: %v, want ErrDenied", err)
		}
		s.Clean()
	})
}

// TestFreeRooms tells a kiosk that a lesson begins.
func TestFreeRooms(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.Open(4, s.Sessions(s.PCs, s.Mia, "2026-11-23 14:00-16:00")...)
		pc := s.Kiosk()
		all := coursestest.Must(s.FreeRooms(t.Context(), pc))(t)
		if len(all) != 1 || all[0].Room != "Computerruimte" || all[0].Free != 8 || all[0].Then != s.Email.Title || all[0].Until.Hour() != 13 { // 14 o'clock in Brussels
			t.Errorf("before: %+v", all)
		}
		s.Clock.Forward(2*time.Hour + time.Minute)
		if all = coursestest.Must(s.FreeRooms(t.Context(), pc))(t); all[0].Free != 0 {
			t.Errorf("during the lesson: %+v", all)
		}
		if _, err := s.FreeRooms(t.Context(), s.Clerk); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a clerk: %v", err)
		}
	})
}
