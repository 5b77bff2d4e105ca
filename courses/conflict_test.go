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
	"digibrug/data/datatest"
)

// conflict gives the fault of an error, or "".
func conflict(err error) courses.Fault {
	var c *courses.ConflictError
	if errors.As(err, &c) {
		return c.Fault
	}
	return ""
}

// TestExclusiveRoom holds case 12: a room that is taken from two to four meets what shares time with that, half-open.
func TestExclusiveRoom(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.Draft(2, s.Sessions(s.Hall, courses.Trainer{}, "2026-12-01 14:00-16:00")...)
		for span, taken := range map[string]bool{"12:00-13:00": false, "13:00-14:00": false, "13:00-15:00": true, "13:00-17:00": true, "14:00-16:00": true, "15:00-17:00": true,
			"16:00-17:00": false, "17:00-18:00": false, "14:00-14:15": true, "15:45-16:00": true} {
			one, err := s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Sessions: s.Sessions(s.Hall, courses.Trainer{}, "2026-12-01 "+span)})
			if got := conflict(err); taken != (got == courses.FaultRoomTaken) || !taken && err != nil {
				t.Errorf("%s: %v", span, err)
			}
			if err == nil {
				s.OK(s.CancelSeries(t.Context(), s.An, one.ID, "proef"))
			}
		}
		s.Clean()
	})
}

// TestOneRoomAtOnce: of twenty coordinators who plan the same room at the same moment one succeeds.
func TestOneRoomAtOnce(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		errs := make([]error, 20)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				_, errs[i] = s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Sessions: s.Sessions(s.Hall, courses.Trainer{}, nextWeek)})
			})
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case conflict(err) != courses.FaultRoomTaken:
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d hold the room", won)
		}
		s.Clean()
	})
}

// TestCapacityRoom holds case 15: lessons and visitors share the places, within a session that meets.
func TestCapacityRoom(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.OK(s.SetRoom(t.Context(), s.An, courses.Room{Room: s.Hall, Mode: courses.Capacity, Capacity: 100}))
		a := coursestest.Must(s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Seats: 20, Sessions: s.Sessions(s.Hall, courses.Trainer{}, nextWeek, "2026-12-08 14:00-16:00")}))(t)
		b := func(seats int, at string) error {
			one, err := s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Seats: seats, Sessions: s.Sessions(s.Hall, courses.Trainer{}, at)})
			if err == nil {
				s.OK(s.CancelSeries(t.Context(), s.An, one.ID, "proef"))
			}
			return err
		}
		for _, at := range []string{nextWeek, "2026-12-08 15:00-17:00"} { // it occupies all its sessions
			if err := b(90, at); conflict(err) != courses.FaultRoomFull {
				t.Errorf("90 beside 20 of 100 at %s: %v", at, err)
			}
			if err := b(80, at); err != nil {
				t.Errorf("80 beside 20 of 100 at %s: %v", at, err)
			}
		}
		if err := b(90, "2026-12-01 16:00-17:00"); err != nil {
			t.Errorf("90 afterwards: %v", err)
		}
		if _, err := s.ChangeSeries(t.Context(), s.An, a.ID, courses.SeriesChange{Seats: 101, DecideOn: "2026-11-24"}); conflict(err) != courses.FaultRoomFull {
			t.Errorf("101 seats in a room of 100: %v", err)
		}
		s.Clean()
	})
}

// TestVisitorsShareTheRoom: PCs that a visitor reserved and those of a lesson are one stock.
func TestVisitorsShareTheRoom(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.OK(s.SetRoom(t.Context(), s.An, courses.Room{Room: s.PCs, Mode: courses.Capacity, KeepFree: 2}))
		from := coursestest.Slot(t, nextWeek).Instants().From
		visit := func(places int) error {
			_, err := s.Reserve(t.Context(), s.Clerk, s.PCs.ID, coursestest.Slot(t, "2026-12-01 15:00-16:00"), places)
			return err
		}
		if _, err := s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Seats: 7, Sessions: s.Sessions(s.PCs, courses.Trainer{}, nextWeek)}); conflict(err) != courses.FaultRoomFull {
			t.Errorf("7 of 8 PCs, of which 2 stay for visitors: %v", err)
		}
		s.Draft(5, s.Sessions(s.PCs, courses.Trainer{}, nextWeek)...)
		if err := visit(4); conflict(err) != courses.FaultRoomFull {
			t.Errorf("4 visitors beside a lesson of 5 on 8 PCs: %v", err)
		}
		s.OK(visit(3))
		kiosk := s.Kiosk()
		for _, one := range []struct {
			at   time.Duration
			free int
		}{{-time.Hour, 8}, {0, 3}, {time.Hour, 0}, {90 * time.Minute, 0}, {2 * time.Hour, 8}} {
			s.Clock.Forward(from.Add(one.at).Sub(s.Clock.Now()))
			b := coursestest.Must(s.PCBoard(t.Context(), s.Clerk, s.PCs.ID))(t)
			free := coursestest.Must(s.FreeRooms(t.Context(), kiosk))(t)
			if b.Free() != one.free || len(free) != 1 || free[0].Free != one.free {
				t.Errorf("%s after the lesson begins %d PCs are free, and the kiosk says %+v; want %d", one.at, b.Free(), free, one.free)
			}
			if one.at < 0 && (!free[0].Until.Equal(from) || free[0].Then != s.Email.Title) {
				t.Errorf("before the lesson the kiosk says %+v", free)
			}
		}
		s.Clean()
	})
}

// TestTrainer: one lesson at a time, time to travel, leave and hours that were said.
func TestTrainer(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		mia := s.Mia
		mia.Leave = []courses.Leave{{First: "2026-12-07", Last: "2026-12-11"}}
		mia.Windows[time.Tuesday] = calendar.Hours{{From: 9 * 60, To: 12 * 60}, {From: 12 * 60, To: 18 * 60}}
		mia.Windows[time.Wednesday] = calendar.Hours{{From: 9 * 60, To: 12 * 60}}
		mia.Windows[time.Thursday], mia.EndedOn = calendar.Hours{{From: 0, To: 24 * 60}}, "2026-12-31"
		mia = coursestest.Must(s.PutTrainer(t.Context(), s.An, mia))(t)
		s.Draft(2, s.Sessions(s.Hall, mia, nextWeek)...)
		for at, want := range map[string]courses.Fault{
			"2026-12-01 15:00-17:00": courses.FaultTrainerTaken, "2026-12-01 16:00-17:00": courses.FaultTrainerTravel, "2026-12-01 16:15-17:15": courses.FaultTrainerTravel,
			"2026-12-01 16:30-17:30": "", "2026-12-01 11:00-13:30": "", "2026-12-01 17:00-18:15": courses.FaultTrainerHours, "2026-12-02 11:00-13:00": courses.FaultTrainerHours,
			"2026-12-08 14:00-16:00": courses.FaultTrainerLeave, "2026-12-15 14:00-16:00": "", "2027-01-07 14:00-16:00": courses.FaultTrainerEnded, "2026-12-17 22:00-24:00": "",
		} {
			one, err := s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Annexe, Sessions: s.Sessions(s.Far, mia, at)})
			if got := conflict(err); got != want || want == "" && err != nil {
				t.Errorf("%s: %v, want %q", at, err, want)
			}
			if err == nil {
				s.OK(s.CancelSeries(t.Context(), s.An, one.ID, "proef"))
			}
		}
		s.OK(s.SetTravel(t.Context(), s.An, s.Library, s.Annexe, 0))
		coursestest.Must(s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Annexe, Sessions: s.Sessions(s.Far, mia, "2026-12-01 16:00-17:00")}))(t)
		s.Clean()
	})
}

// TestMoveSession keeps its attendance and raises its sequence; what was given stays given.
func TestMoveSession(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(3, s.Sessions(s.Hall, s.Mia, nextWeek, "2026-12-08 14:00-16:00", "2026-12-15 14:00-16:00")...)
		e := s.Join(one, courses.Participant{})
		s.Clock.Forward(coursestest.Slot(t, nextWeek).Instants().From.Sub(s.Clock.Now()))
		list := sessions(s, one)
		s.OK(s.Mark(t.Context(), s.An, list[0].ID, e.ID, courses.Late))
		moved := coursestest.Must(s.MoveSession(t.Context(), s.An, list[0].ID, coursestest.Slot(t, "2026-12-01 14:30-16:30"), s.Hall.ID, list[0].Trainers))(t)
		_, rows, err := s.Roster(t.Context(), s.An, moved.ID)
		if err != nil || moved.Sequence != 1 || len(rows) != 1 || rows[0].Mark != courses.Late {
			t.Errorf("moved: %+v, roster %+v, %v", moved, rows, err)
		}
		if err := s.CancelSession(t.Context(), s.An, moved.ID); !errors.Is(err, courses.ErrSessionOver) {
			t.Errorf("a session with attendance was cancelled: %v", err)
		}
		s.OK(s.CancelSession(t.Context(), s.An, list[1].ID))
		if err := s.Mark(t.Context(), s.An, list[1].ID, e.ID, courses.Present); !errors.Is(err, courses.ErrSessionOver) {
			t.Errorf("marked at a cancelled session: %v", err)
		}
		if _, err := s.MoveSession(t.Context(), s.An, list[1].ID, coursestest.Slot(t, "2026-12-09 14:30-16:30"), s.Hall.ID, nil); !errors.Is(err, courses.ErrSessionOver) {
			t.Errorf("a cancelled session was moved: %v", err)
		}
		third := list[2]
		third.Slot = coursestest.Slot(t, "2026-12-08 14:00-16:00")
		s.OK(s.ShiftSessions(t.Context(), s.An, one.ID, []courses.Session{third})) // its room is free again
		if err := s.ShiftSessions(t.Context(), s.An, one.ID, []courses.Session{list[2]}); !errors.Is(err, courses.ErrChanged) {
			t.Errorf("shifted what somebody else had shifted: %v, want ErrChanged", err)
		}
		s.Clean()
	})
}

// TestDoctor finds holidays, breaks, clock changes, leave and double bookings, and shifts the rest with one key.
func TestDoctor(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		s.Draft(2, s.Sessions(s.Hall, s.Mia, "2026-12-15 15:00-17:00")...)
		plan := s.Sessions(s.Hall, s.Mia, "2026-12-08 14:00-16:00", "2026-12-15 14:00-16:00", "2026-12-22 14:00-16:00", "2026-12-29 14:00-16:00", "2027-03-30 14:00-16:00")
		for i := range plan {
			plan[i].Number = i + 1
		}
		found := coursestest.Must(s.Examine(t.Context(), s.An, s.Library, 8, plan, ""))(t)
		var got []string
		for _, f := range found {
			got = append(got, string(rune('0'+f.Session))+" "+string(f.Fault))
		}
		want := []string{"2 room_taken", "2 trainer_taken", "3 school", "4 closed", "4 school", "5 school", "5 clock"}
		if !slices.Equal(got, want) {
			t.Errorf("found %q\nwant  %q", got, want)
		}
		if _, err := s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Sessions: plan}); conflict(err) != courses.FaultRoomTaken {
			t.Errorf("saved all the same: %v", err)
		}
		shifted, ok, err := s.Shift(t.Context(), s.An, s.Library, 8, plan, 2, "", nil)
		if err != nil || !ok || data.DayText(shifted[0].Day) != "2026-12-08" || data.DayText(shifted[1].Day) != "2026-12-22" || data.DayText(shifted[2].Day) != "2027-01-05" {
			t.Errorf("shifted to %v, %v, %v", shifted, ok, err)
		}
		if shifted, ok, err = s.Shift(t.Context(), s.An, s.Library, 8, shifted, 3, "", nil); err != nil || !ok || data.DayText(shifted[2].Day) != "2027-01-12" {
			t.Errorf("the third, once more: %v, %v, %v", shifted, ok, err)
		}
		s.Clean()
	})
}

// TestDoctorWithoutHours says once that nobody gave a location hours: it finds no closed day there.
func TestDoctorWithoutHours(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		l := coursestest.Must(calendar.NewStore(s.DB).AddLocation(t.Context(), datatest.Operator, s.Town.Services["Burgerzaken"].OrganisationID, "Nieuwbouw", calendar.Calendar{}))(t)
		plan := s.Sessions(s.Hall, s.Mia, "2026-12-08 14:00-16:00", "2026-12-15 14:00-16:00")
		for i := range plan {
			plan[i].Number = i + 1
		}
		found := coursestest.Must(s.Examine(t.Context(), s.An, l.ID, 8, plan, ""))(t)
		if len(found) != 1 || found[0].Session != 1 || found[0].Fault != courses.FaultNoHours || found[0].Fault.Hard() {
			t.Errorf("found %+v", found)
		}
	})
}

// TestPublish refuses a draft that something came over meanwhile.
func TestPublish(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Draft(2, s.Sessions(s.Hall, s.Mia, nextWeek)...)
		mia := s.Mia
		mia.Leave = []courses.Leave{{First: "2026-12-01", Last: "2026-12-01"}}
		coursestest.Must(s.PutTrainer(t.Context(), s.An, mia))(t)
		err := s.Publish(t.Context(), s.An, one.ID)
		var sick *courses.SickError
		if !errors.As(err, &sick) || len(sick.Findings) != 1 || sick.Findings[0].Fault != courses.FaultTrainerLeave {
			t.Errorf("published while the trainer is on leave: %v", err)
		}
		mia.Leave = nil
		coursestest.Must(s.PutTrainer(t.Context(), s.An, mia))(t)
		s.OK(s.Publish(t.Context(), s.An, one.ID))
		if err := s.Publish(t.Context(), s.An, one.ID); !errors.Is(err, courses.ErrSeriesOver) {
			t.Errorf("published twice: %v", err)
		}
		if all := coursestest.Must(s.Programme(t.Context()))(t); len(all) != 1 || all[0].Rooms != "Vergaderzaal" || all[0].Trainers != "Mia Vermeulen" || all[0].Free() != 2 {
			t.Errorf("the programme: %+v", all)
		}
	})
}
