package courses_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/calendar"
)

// lessonsOn gives lessons of two hours on days, numbered from 1. A day with a dash before it was cancelled.
func lessonsOn(t *testing.T, days ...string) (all []courses.Session) {
	t.Helper()
	for i, day := range days {
		x := courses.Session{Number: i + 1, State: courses.Planned}
		if day[0] == '-' {
			x.State, day = courses.SessionCancelled, day[1:]
		}
		x.Slot = coursestest.Slot(t, day+" 18:30-20:30")
		all = append(all, x)
	}
	return all
}

func daysOf(all []courses.Session) (days []string) {
	for _, x := range all {
		days = append(days, data.DayText(x.Day))
	}
	return days
}

// TestLater puts lessons off around the days that a series leaves out. In 2026 the autumn break is from 2 to 8 November,
// All Saints' Day is a Sunday, and Armistice Day a Wednesday.
func TestLater(t *testing.T) {
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 21 * 60}}
	}
	open := calendar.Calendar{Week: week, Ticks: calendar.PublicHolidays()}
	shut := open
	shut.Closures = []calendar.Closure{{First: coursestest.Day(t, "2026-10-01"), Last: coursestest.Day(t, "2028-12-31")}}
	for name, c := range map[string]struct {
		open    calendar.Calendar
		lessons []string
		weeks   int
		want    []string
		none    bool
	}{
		"nothing in the way":                   {open: open, lessons: []string{"2026-10-06", "2026-10-13"}, weeks: 1, want: []string{"2026-10-13", "2026-10-20"}},
		"around the autumn break":              {open: open, lessons: []string{"2026-10-13", "2026-10-20", "2026-10-27"}, weeks: 1, want: []string{"2026-10-20", "2026-10-27", "2026-11-10"}},
		"a gap that was the break closes":      {open: open, lessons: []string{"2026-10-20", "2026-10-27", "2026-11-10"}, weeks: 1, want: []string{"2026-10-27", "2026-11-10", "2026-11-17"}},
		"the break and Armistice Day":          {open: open, lessons: []string{"2026-10-21", "2026-10-28"}, weeks: 1, want: []string{"2026-10-28", "2026-11-18"}},
		"a lesson in the break is a plan":      {open: open, lessons: []string{"2026-10-27", "2026-11-03"}, weeks: 1, want: []string{"2026-11-03", "2026-11-10"}},
		"but a holiday isn't":                  {open: open, lessons: []string{"2026-10-28", "2026-11-04"}, weeks: 1, want: []string{"2026-11-04", "2026-11-18"}},
		"twice a week stay in order":           {open: open, lessons: []string{"2026-10-26", "2026-10-29", "2026-11-09", "2026-11-12"}, weeks: 1, want: []string{"2026-11-09", "2026-11-12", "2026-11-16", "2026-11-19"}},
		"a day on which it never opens":        {open: open, lessons: []string{"2026-10-24", "2026-10-31"}, weeks: 2, want: []string{"2026-11-14", "2026-11-21"}},
		"every two weeks":                      {open: open, lessons: []string{"2026-09-29", "2026-10-13", "2026-10-27"}, weeks: 1, want: []string{"2026-10-06", "2026-10-20", "2026-11-10"}},
		"one that passed another":              {open: open, lessons: []string{"2026-10-06", "2026-10-20", "2026-10-13"}, weeks: 1, want: []string{"2026-10-13", "2026-10-27", "2026-10-20"}},
		"twice on one day":                     {open: open, lessons: []string{"2026-10-27", "2026-10-27"}, weeks: 1, want: []string{"2026-11-10", "2026-11-10"}},
		"cancelled ones stay":                  {open: open, lessons: []string{"2026-10-20", "-2026-10-27", "2026-11-10"}, weeks: 1, want: []string{"2026-10-27", "2026-10-27", "2026-11-17"}},
		"no week is open for more than a year": {open: shut, lessons: []string{"2026-09-29"}, weeks: 1, none: true},
	} {
		t.Run(name, func(t *testing.T) {
			was := lessonsOn(t, c.lessons...)
			later, found := courses.Later(was, c.weeks, courses.LeavesOut(c.open, was))
			if found == c.none {
				t.Fatalf("found %v: %v", found, daysOf(later))
			}
			if got := daysOf(later); !c.none && !slices.Equal(got, c.want) {
				t.Errorf("%v, %d weeks later:\n%v, want\n%v", c.lessons, c.weeks, got, c.want)
			}
			if got := daysOf(was); c.lessons[0] != got[0] {
				t.Errorf("the lessons themselves moved: %v", got)
			}
		})
	}
}

// TestShiftSkips: the one key of the doctor, and a series that is put off, never lay a later lesson on a closed day.
func TestShiftSkips(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(2, s.Sessions(s.Hall, s.Mia, "2026-12-08 14:00-16:00", "2026-12-15 14:00-16:00")...)
		list := sessions(s, one)
		shifted, found, err := s.Shift(t.Context(), s.An, s.Library, 2, list, 1, one.ID, nil)
		if want := []string{"2026-12-15", "2027-01-05"}; err != nil || !found || !slices.Equal(daysOf(shifted), want) { // closed, and the school holidays
			t.Fatalf("shifted to %v, %v, %v; want %v", daysOf(shifted), found, err, want)
		}
		bad := slices.Clone(shifted)
		bad[1].Slot = coursestest.Slot(t, "2026-12-29 14:00-16:00")
		var sick *courses.SickError
		if err := s.ShiftSessions(t.Context(), s.An, one.ID, bad); !errors.As(err, &sick) || len(sick.Findings) != 1 || sick.Findings[0].Fault != courses.FaultClosed || sick.Findings[0].Session != 2 {
			t.Errorf("onto a closed day: %v", err)
		}
		s.OK(s.ShiftSessions(t.Context(), s.An, one.ID, shifted))
		s.OK(s.PostponeSeries(t.Context(), s.An, one.ID, 1))
		if got, want := daysOf(sessions(s, one)), []string{"2027-01-05", "2027-01-12"}; !slices.Equal(got, want) {
			t.Errorf("put off to %v, want %v", got, want)
		}
		s.Clean()
	})
}

// TestTwoMoveAtOnce: of many who saw a lesson as it was and move it at once, one does, and the others hear that it changed.
func TestTwoMoveAtOnce(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(2, s.Sessions(s.Hall, s.Mia, nextWeek)...)
		was := sessions(s, one)[0]
		days := []string{"2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08", "2026-12-09"}
		errs := make([]error, len(days))
		var all sync.WaitGroup
		for i, day := range days {
			all.Go(func() {
				_, errs[i] = s.ChangeSession(t.Context(), s.An, was, coursestest.Slot(t, day+" 14:00-16:00"), s.Hall.ID, was.Trainers)
			})
		}
		all.Wait()
		moved := ""
		for i, err := range errs {
			switch {
			case err == nil && moved == "":
				moved = days[i]
			case !errors.Is(err, courses.ErrChanged):
				t.Errorf("who moved it to %s: %v, want ErrChanged", days[i], err)
			}
		}
		if now := sessions(s, one)[0]; moved == "" || data.DayText(now.Day) != moved || now.Sequence != 1 {
			t.Errorf("moved to %q: it is on %s, sequence %d", moved, data.DayText(now.Day), now.Sequence)
		}
		s.Clean()
	})
}
