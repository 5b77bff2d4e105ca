package courses_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// wall moves the school's clock to a time on the wall of the next lesson day.
func wall(s *coursestest.School, at string) {
	s.T.Helper()
	s.Clock.Forward(coursestest.Slot(s.T, "2026-12-01 "+at+"-23:45").Instants().From.Sub(s.Clock.Now()))
}

// hour writes an instant as the wall shows it; empty for none.
func hour(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(data.Brussels).Format("15:04")
}

// TestVisitors: who sits down has the PC until the time that was said, or until somebody else has it; more time goes as far.
func TestVisitors(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.OK(s.SetRoom(t.Context(), s.An, courses.Room{Room: s.PCs, Mode: courses.Capacity, KeepFree: 2}))
		s.Draft(5, s.Sessions(s.PCs, courses.Trainer{}, "2026-12-01 14:00-16:00")...)
		wall(s, "13:00")
		seat := func(by data.Actor, pc, minutes int) courses.Visit {
			return coursestest.Must(s.Seat(t.Context(), by, s.PCs.ID, pc, minutes))(t)
		}
		first, last := seat(s.Clerk, 1, 30), seat(s.Lesson, 8, 120)
		if hour(first.To) != "13:30" || hour(last.To) != "15:00" {
			t.Errorf("visits end at %s and %s", hour(first.To), hour(last.To))
		}
		if _, err := s.Seat(t.Context(), s.Clerk, s.PCs.ID, 1, 30); conflict(err) != courses.FaultPCTaken {
			t.Errorf("a second visitor at PC 1: %v", err)
		}
		if more := coursestest.Must(s.Extend(t.Context(), s.Clerk, first.ID, 60))(t); hour(more.To) != "14:00" {
			t.Errorf("an hour more before a lesson at two ends at %s", hour(more.To))
		}
		if _, err := s.Extend(t.Context(), s.Clerk, first.ID, 30); conflict(err) != courses.FaultPCTaken {
			t.Errorf("more time when the lesson is there: %v", err)
		}
		b := coursestest.Must(s.PCBoard(t.Context(), s.Clerk, s.PCs.ID))(t)
		if leaving := b.Leaving(); len(leaving) != 1 || leaving[0].Number != 1 || b.Next.Title != s.Email.Title || b.Free() != 6 || b.Best() != 7 {
			t.Errorf("before the lesson: %d free, best %d, leaving %+v, next %+v", b.Free(), b.Best(), leaving, b.Next)
		}
		if p, _ := b.PC(2); !p.Free() || hour(p.Until) != "14:00" || p.Then.Title != s.Email.Title {
			t.Errorf("PC 2 is %+v", p)
		}
		wall(s, "14:05")
		b = coursestest.Must(s.PCBoard(t.Context(), s.Clerk, s.PCs.ID))(t)
		if p, _ := b.PC(1); p.Now.Kind != courses.HeldByLesson || hour(p.Until) != "16:00" {
			t.Errorf("in the lesson PC 1 is %+v", p)
		}
		if p, _ := b.PC(8); p.Now.Holder != last.ID || hour(p.Until) != "15:00" || b.Free() != 2 {
			t.Errorf("in the lesson PC 8 is %+v, and %d are free", p, b.Free())
		}
		s.OK(s.Release(t.Context(), s.Clerk, last.ID))
		if again := seat(s.Clerk, 8, 60); hour(again.To) != "15:00" {
			t.Errorf("the next at PC 8 ends at %s", hour(again.To))
		}
		for name, err := range map[string]error{"released": s.Release(t.Context(), s.Clerk, last.ID), "over": s.Release(t.Context(), s.Clerk, first.ID)} {
			if !errors.Is(err, courses.ErrVisitOver) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := s.Extend(t.Context(), s.Clerk, first.ID, 30); !errors.Is(err, courses.ErrVisitOver) {
			t.Errorf("more time for who left: %v", err)
		}
		s.Clean()
	})
}

// TestVisitorRefused: no lesson is planned over a visitor, no visitor in a closed room, and nothing that isn't there.
func TestVisitorRefused(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		wall(s, "13:00")
		seat := func(by data.Actor, room string, pc, minutes int) error {
			_, err := s.Seat(t.Context(), by, room, pc, minutes)
			return err
		}
		s.OK(seat(s.Clerk, s.PCs.ID, 3, 60))
		_, err := s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Sessions: s.Sessions(s.PCs, courses.Trainer{}, "2026-12-01 13:30-15:30")})
		var c *courses.ConflictError
		if !errors.As(err, &c) || c.Fault != courses.FaultRoomTaken || c.Kind != courses.HeldByVisit {
			t.Errorf("a lesson over a visitor: %v", err)
		}
		for name, one := range map[string]struct {
			err, want error
		}{
			"no such PC":   {seat(s.Clerk, s.PCs.ID, 9, 30), data.ErrNotFound},
			"PC 0":         {seat(s.Clerk, s.PCs.ID, 0, 30), data.ErrNotFound},
			"no such room": {seat(s.Clerk, "nergens", 1, 30), data.ErrNotFound},
			"no PCs":       {seat(s.Clerk, s.Hall.ID, 1, 30), data.ErrNotFound},
			"a colleague":  {seat(s.Town.Actor("lid7"), s.PCs.ID, 1, 30), data.ErrDenied},
			"no visit":     {s.Release(t.Context(), s.Clerk, "niets"), data.ErrNotFound},
		} {
			if !errors.Is(one.err, one.want) {
				t.Errorf("%s: %v, want %v", name, one.err, one.want)
			}
		}
		for _, minutes := range []int{-1, 0, 14, 241} {
			var bad *data.Invalid
			if err := seat(s.Clerk, s.PCs.ID, 1, minutes); !errors.As(err, &bad) || bad.Field != "minutes" {
				t.Errorf("%d minutes: %v", minutes, err)
			}
		}
		s.OK(s.SetRoom(t.Context(), s.An, courses.Room{Room: s.PCs, Closures: []courses.RoomClosure{{First: "2026-12-01", Last: "2026-12-01"}}}))
		if err := seat(s.Clerk, s.PCs.ID, 1, 30); conflict(err) != courses.FaultRoomClosed {
			t.Errorf("in a closed room: %v", err)
		}
		if free := coursestest.Must(s.FreeRooms(t.Context(), s.Kiosk()))(t); len(free) != 1 || free[0].Free != 0 || !free[0].Shut {
			t.Errorf("the kiosk says %+v of a closed room", free)
		}
	})
}

// TestClosing: nobody sits longer than the house is open.
func TestClosing(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		wall(s, "20:30")
		v := coursestest.Must(s.Seat(t.Context(), s.Clerk, s.PCs.ID, 1, 60))(t)
		if hour(v.To) != "21:00" {
			t.Errorf("until %s in a house that closes at nine", hour(v.To))
		}
		if _, err := s.Extend(t.Context(), s.Clerk, v.ID, 30); conflict(err) != courses.FaultRoomHours {
			t.Errorf("longer: %v", err)
		}
	})
}

// TestOnePCAtOnce: twenty clerks give the same PC to twenty visitors in the same moment.
func TestOnePCAtOnce(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		wall(s, "13:00")
		errs := make([]error, 20)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { _, errs[i] = s.Seat(t.Context(), s.Clerk, s.PCs.ID, 4, 30) })
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case conflict(err) != courses.FaultPCTaken:
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d visitors have PC 4", won)
		}
		s.Clean()
	})
}

// TestVisitEnd is on a quarter of an hour, near to what was asked.
func TestVisitEnd(t *testing.T) {
	for now, want := range map[string]string{"14:00": "14:30", "14:05": "14:30", "14:06": "14:45", "14:14": "14:45", "14:15": "14:45", "14:20": "14:45", "14:21": "15:00"} {
		at, err := time.ParseInLocation("15:04", now, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		at = at.AddDate(2026, 0, 0)
		if got := courses.VisitEnd(at, 30).Format("15:04"); got != want {
			t.Errorf("half an hour from %s ends at %s, want %s", now, got, want)
		}
	}
}
