package courses_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
)

// TestUnlink: three years after the last series a name goes, and the counts, the fee and the attendance stay.
func TestUnlink(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		coursestest.Must(s.PutFeeRule(t.Context(), s.An, courses.FeeRule{Cents: 500, Reduced: true, Decision: "GR 12", DecidedOn: "2026-01-05", From: "2026-01-06"}))(t)
		series := s.Open(2, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		zoe := s.Person()
		e := coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: series.ID, Participant: zoe.ID, ProofSeen: true}))(t)[0]
		coursestest.Must(s.SetPaid(t.Context(), s.Clerk, e.ID, courses.Waived, "ziek geweest"))(t)
		left := s.Join(series, courses.Participant{})
		coursestest.Must(s.Cancel(t.Context(), s.An, left.ID, "verhuisd naar haar dochter"))(t)
		unlink := func() int { return coursestest.Must(s.Unlink(t.Context(), datatest.Operator))(t) }

		end := series.Last
		s.Clock.Forward(end.Add(time.Hour).Sub(s.Clock.Now()))
		s.OK(s.Mark(t.Context(), s.An, sessions(s, series)[0].ID, e.ID, courses.Present))
		last := data.StartOf(data.StoredDay(data.DayOf(end)).AddDate(0, 0, data.DefaultCourseDays))
		s.Clock.Forward(last.Sub(s.Clock.Now()))
		if n := unlink(); n != 0 {
			t.Errorf("on the last day %d names went", n)
		}
		s.Clock.Forward(24 * time.Hour)
		if n := unlink(); n != 2 {
			t.Errorf("a day later %d names went, want 2", n)
		}
		if n := unlink(); n != 0 {
			t.Errorf("the second time %d names went", n)
		}
		for _, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, series.ID))(t) {
			if e.Participant != "" || e.Phone != "" || e.Reason != "" || e.Fee.Proof.On != "" {
				t.Errorf("still known: %+v", e)
			}
			if e.State == courses.Booked && (!e.Fee.Known || e.Fee.Cents != 500 || e.Paid != courses.Waived) {
				t.Errorf("the figures went along: %+v", e)
			}
		}
		if got := coursestest.Must(s.Attests(t.Context(), s.An, series.ID))(t); len(got) != 1 || got[0].Visits != 1 {
			t.Errorf("attendance went along: %+v", got)
		}
		for _, ev := range coursestest.Must(s.History(t.Context(), s.An, series.ID))(t) {
			if strings.Contains(ev.Detail, "ziek") || strings.Contains(ev.Detail, "dochter") || ev.Participant != "" {
				t.Errorf("the history still tells: %+v", ev)
			}
		}
		if all := coursestest.Must(s.Participants(t.Context(), s.An, "", 50))(t); len(all) != 0 {
			t.Errorf("the desk still finds %+v", all)
		}
		s.Clean()
	})
}

// TestUnlinkKeeps: who takes a later series, has an open need or came lately keeps the name; others may not ask.
func TestUnlinkKeeps(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.OK(data.NewSettings(s.DB).Set(t.Context(), datatest.Operator, data.SettingCourseDays, "30"))
		old := s.Open(3, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		later := s.Open(3, s.Sessions(s.Hall, s.Own, "2027-02-02 14:00-16:00")...)
		again, gone, needs := s.Person(), s.Person(), s.Person()
		for _, p := range []courses.Participant{again, gone, needs} {
			s.Join(old, p)
		}
		s.Join(later, again)
		s.Clock.Forward(coursestest.Day(t, "2027-01-20").Sub(s.Clock.Now()))
		s.OK(func() error {
			_, err := s.PutNeeds(t.Context(), s.An, []courses.NeedAsk{{Participant: needs.ID, Course: s.Email.ID, Levels: 1, Source: courses.FromCoordinator}})
			return err
		}())
		s.Person()
		if _, err := s.Unlink(t.Context(), s.An); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a coordinator: %v, want ErrDenied", err)
		}
		if n := coursestest.Must(s.Unlink(t.Context(), datatest.Operator))(t); n != 1 {
			t.Errorf("%d names went, want 1: %s", n, gone.Name())
		}
		s.Clean()
	})
}
