package courses_test

import (
	"errors"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
)

// TestMark: who may mark, when, and what an attest asks.
func TestMark(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(3, s.Sessions(s.PCs, s.Own, nextWeek, "2026-12-08 14:00-16:00")...)
		a, b := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{})
		list := sessions(s, one)
		if err := s.Mark(t.Context(), s.Lesson, list[0].ID, a.ID, courses.Present); !errors.Is(err, courses.ErrNotYet) {
			t.Errorf("a week early: %v, want ErrNotYet", err)
		}
		s.Clock.Forward(list[0].Instants().From.Sub(s.Clock.Now()))
		for _, m := range []courses.Mark{courses.Absent, courses.Excused, courses.Present} {
			s.OK(s.Mark(t.Context(), s.Lesson, list[0].ID, a.ID, m))
		}
		s.OK(s.Mark(t.Context(), s.Lesson, list[0].ID, b.ID, courses.Absent))
		if err := s.Mark(t.Context(), s.Town.Actor("lid6"), list[0].ID, a.ID, courses.Absent); err == nil {
			t.Error("a colleague marked")
		}
		if err := s.Mark(t.Context(), s.Lesson, list[0].ID, "niemand", courses.Absent); !errors.Is(err, courses.ErrNotInSeries) {
			t.Errorf("nobody: %v, want ErrNotInSeries", err)
		}
		s.Clock.Forward(8 * 24 * time.Hour)
		s.OK(s.Mark(t.Context(), s.Lesson, list[1].ID, a.ID, courses.Late))
		got := coursestest.Must(s.Attests(t.Context(), s.Lesson, one.ID))(t)
		if len(got) != 2 || got[0].Visits+got[1].Visits != 2 {
			t.Fatalf("attests: %+v", got)
		}
		for _, at := range got {
			if at.Earned != (at.ID == a.ID) || at.Given != 2 {
				t.Errorf("%s was at %d of %d: earned %v", at.Participant, at.Visits, at.Given, at.Earned)
			}
		}
		if _, err := s.Cancel(t.Context(), s.Clerk, a.ID, ""); err == nil { // the end of case 22
			t.Error("cancelled after the first attendance")
		}
		s.Clean()
	})
}

func TestEarns(t *testing.T) {
	for name, test := range map[string]struct {
		visits, given int
		want          bool
	}{"none was given": {0, 0, false}, "never there": {0, 4, false}, "half": {2, 4, false}, "three quarters": {3, 4, true}, "all": {6, 6, true}, "just under": {5, 7, false}} {
		if got := courses.Earns(test.visits, test.given); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestSignIn at a kiosk: only at the session that runs now.
func TestSignIn(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(3, s.Sessions(s.PCs, s.Own, nextWeek, "2026-12-08 14:00-16:00")...)
		a, b, pc := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{}), s.Kiosk()
		begins := sessions(s, one)[0].Instants().From
		for _, test := range []struct {
			at   time.Duration
			want courses.Mark
		}{{-20 * time.Minute, ""}, {-15 * time.Minute, courses.Present}, {11 * time.Minute, courses.Late}, {2 * time.Hour, ""}, {24 * time.Hour, ""}} {
			s.Clock.Forward(begins.Add(test.at).Sub(s.Clock.Now()))
			who := a
			if test.at > 0 {
				who = b
			}
			x, err := s.SignIn(t.Context(), pc, who.ID)
			if test.want == "" {
				if !errors.Is(err, courses.ErrNotRunning) {
					t.Errorf("%s after it began: %v, want ErrNotRunning", test.at, err)
				}
				continue
			}
			if err != nil || x.Number != 1 {
				t.Fatalf("%s after it began: %+v, %v", test.at, x, err)
			}
			_, rows, err := s.Roster(t.Context(), s.An, x.ID)
			s.OK(err)
			for _, row := range rows {
				if row.ID == who.ID && row.Mark != test.want {
					t.Errorf("%s after it began: %s, want %s", test.at, row.Mark, test.want)
				}
			}
			if now := coursestest.Must(s.Running(t.Context(), pc))(t); len(now) != 1 || len(now[0].Who) != 2 || now[0].Who[0].Name != "Zoë A." && now[0].Who[1].Name != "Zoë A." {
				t.Errorf("the kiosk shows %+v", now)
			}
		}
		if _, err := s.SignIn(t.Context(), s.Clerk, a.ID); err == nil {
			t.Error("an account signed in as a kiosk")
		}
	})
}

// TestCatchUp: a missed lesson is offered in a parallel series that has a place.
func TestCatchUp(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(3, s.Sessions(s.PCs, s.Own, nextWeek, "2026-12-08 14:00-16:00")...)
		full := s.Open(1, s.Sessions(s.Hall, s.Mia, "2026-12-03 14:00-16:00", "2026-12-10 14:00-16:00")...)
		room := s.Open(1, s.Sessions(s.Hall, s.Mia, "2026-12-04 14:00-16:00", "2026-12-11 14:00-16:00")...)
		e, missed := s.Join(one, courses.Participant{}), sessions(s, one)[0]
		s.Join(full, courses.Participant{})
		s.Clock.Forward(missed.Instants().To.Sub(s.Clock.Now()))
		found := coursestest.Must(s.CatchUps(t.Context(), s.Clerk, e.ID, missed.ID))(t)
		if len(found) != 1 || found[0].Code != room.Code || found[0].Number != 1 || found[0].Free != 1 {
			t.Fatalf("where: %+v", found)
		}
		s.OK(s.CatchUpIn(t.Context(), s.Clerk, e.ID, missed.ID, found[0].ID))
		if err := s.CatchUpIn(t.Context(), s.Clerk, e.ID, missed.ID, found[0].ID); !errors.Is(err, courses.ErrFull) {
			t.Errorf("twice: %v, want ErrFull", err)
		}
		s.Clock.Forward(found[0].Instants().From.Sub(s.Clock.Now()))
		s.OK(s.Mark(t.Context(), s.An, found[0].ID, e.ID, courses.Present))
		_, rows, err := s.Roster(t.Context(), s.An, found[0].ID)
		if err != nil || len(rows) != 1 || rows[0].Mark != courses.Present || rows[0].Instead != 1 {
			t.Errorf("the roster there: %+v, %v", rows, err)
		}
		if got := coursestest.Must(s.Attests(t.Context(), s.An, one.ID))(t); got[0].Visits != 1 || !got[0].Earned {
			t.Errorf("with the lesson caught up: %+v", got)
		}
		s.Clean()
	})
}

// TestHours is the sheet of a month for a volunteer.
func TestHours(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.Open(3, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-15:30", "2026-12-08 14:00-15:45", "2026-12-15 14:00-16:00")...)
		s.Clock.Forward(coursestest.Day(t, "2026-12-10").Sub(s.Clock.Now()))
		got := coursestest.Must(s.Hours(t.Context(), s.An, "2026-12"))(t)
		if len(got) != 1 || got[0].Sessions != 2 || got[0].Minutes != 195 || got[0].Cents != 4875 || len(got[0].Lines) != 2 {
			t.Errorf("the sheet: %+v", got)
		}
		if _, err := s.Hours(t.Context(), s.An, "december"); err == nil {
			t.Error("december is no month")
		}
	})
}

// TestGoOrNot proposes and carries out what a person decides.
func TestGoOrNot(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		ask := func(at string, seats int) courses.Series {
			one := coursestest.Must(s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Least: 2, Seats: seats, Sessions: s.Sessions(s.Hall, s.Mia, at)}))(t)
			s.OK(s.Publish(t.Context(), s.An, one.ID))
			return one
		}
		few, other := ask("2026-11-25 14:00-16:00", 2), ask("2026-12-09 14:00-16:00", 3)
		e := s.Join(few, courses.Participant{})
		s.Join(other, courses.Participant{})
		proposed := coursestest.Must(s.Proposals(t.Context(), s.An))(t)
		if len(proposed) != 1 || proposed[0].Decision != courses.Merge || proposed[0].With != other.ID || proposed[0].Missing != 1 {
			t.Fatalf("proposed: %+v", proposed)
		}
		if moved := coursestest.Must(s.MergeInto(t.Context(), s.An, few.ID, other.ID))(t); moved != 1 {
			t.Errorf("%d moved", moved)
		}
		if got := s.States(few); got[e.Participant] != courses.MovedOn {
			t.Errorf("in the old series: %v", got)
		}
		if got := counted(s.States(other)); got != "booked 2" {
			t.Errorf("in the new one: %s", got)
		}
		if calls := coursestest.Must(s.Calls(t.Context(), s.Clerk))(t); len(calls) != 1 || calls[0].About != "moved" || calls[0].Participant != e.Participant {
			t.Errorf("whom to call: %+v", calls)
		} else {
			coursestest.Must(s.Told(t.Context(), s.Clerk, calls[0].ID, "telefoon"))(t)
		}
		if calls := coursestest.Must(s.Calls(t.Context(), s.Clerk))(t); len(calls) != 0 {
			t.Errorf("after the call: %+v", calls)
		}
		s.OK(s.DecideGo(t.Context(), s.An, other.ID))
		s.OK(s.PostponeSeries(t.Context(), s.An, other.ID, 1))
		if at := begins(s, other); at != "2026-12-16" {
			t.Errorf("postponed to %s", at)
		}
		s.OK(s.CancelSeries(t.Context(), s.An, other.ID, "lesgever ziek"))
		if got := counted(s.States(other)); got != "cancelled 2" {
			t.Errorf("after it was cancelled: %s", got)
		}
		s.Clean()
	})
}

func begins(s *coursestest.School, of courses.Series) string {
	s.T.Helper()
	return sessions(s, of)[0].Day.Format("2006-01-02")
}

// TestProposeCountsOffers: to merge there must be room for who was offered a seat too.
func TestProposeCountsOffers(t *testing.T) {
	now := time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	series := func(id string, days int) courses.Listed {
		return courses.Listed{Series: courses.Series{ID: id, CourseID: "email", State: courses.Published, Auto: true, Seats: 4, Least: 3, First: now.AddDate(0, 0, days), Last: now.AddDate(0, 0, days+7)}}
	}
	few, other := series("few", 7), series("other", 14)
	few.Booked, few.Offered, other.Booked = 1, 2, 2
	if p := courses.Propose(few, []courses.Listed{few, other}, now); p.Decision == courses.Merge {
		t.Errorf("2 seats for 3: %+v", p)
	}
	other.Booked = 1
	if p := courses.Propose(few, []courses.Listed{few, other}, now); p.Decision != courses.Merge || p.Room != 3 {
		t.Errorf("3 seats for 3: %s, %d", p.Decision, p.Room)
	}
}
