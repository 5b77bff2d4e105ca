package activity_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/activity"
	"digibrug/courses/activity/activitytest"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// school gives lessons in the room of a camp.
type school struct {
	*courses.Store
	c      *activitytest.Camp
	course courses.Course
}

func schoolAt(c *activitytest.Camp) school {
	s := school{Store: courses.NewStore(c.DB), c: c}
	s.course = coursestest.Must(s.PutCourse(c.T.Context(), c.An, courses.Course{Code: "email", Title: "E-mail voor starters", Goals: []string{"een e-mail sturen"}, Domain: courses.DomainMail,
		Level: 1, Lessons: 1, Minutes: 120, Least: 1, Most: 8, Promotion: courses.Offer, OfferDays: 3, DecideDays: 7}))(c.T)
	return s
}

// lesson plans one in the camp's room.
func (s school) lesson(at string) (courses.Series, error) {
	return s.AddSeries(s.c.T.Context(), s.c.An, courses.SeriesAsk{Course: s.course.ID, Location: s.c.House, Code: strings.ReplaceAll(at, " ", "-")[5:16],
		Sessions: []courses.Session{{Slot: coursestest.Slot(s.c.T, at), RoomID: s.c.Room.ID}}})
}

// wantTaken says what was wrong unless the room was refused since that is there.
func wantTaken(t *testing.T, err error, kind courses.HolderKind, with string) {
	t.Helper()
	var c *courses.ConflictError
	if !errors.As(err, &c) || c.Fault != courses.FaultRoomTaken || c.Kind != kind || c.With != with || c.Room != "Speelzaal" {
		t.Errorf("got %v (%+v), want Speelzaal taken by %s %q", err, c, kind, with)
	}
}

// TestLessonAfterActivity: where the Kinderclub is no lesson can be planned, published or moved to; beside it one can.
func TestLessonAfterActivity(t *testing.T) {
	activitytest.Each(t, func(t *testing.T, c *activitytest.Camp) {
		s := schoolAt(c)
		_, halves := c.Week(10)
		for _, at := range []string{"2026-12-21 09:00-10:00", "2026-12-21 11:45-12:45", "2026-12-24 16:15-17:00"} {
			_, err := s.lesson(at)
			wantTaken(t, err, courses.HeldByActivity, "Kinderclub kerstweek")
		}
		free := coursestest.Must(s.lesson("2026-12-21 12:00-13:00"))(t) // between the two halves
		_, list, err := s.Series(t.Context(), c.An, free.ID)
		c.OK(err)
		_, err = s.MoveSession(t.Context(), c.An, list[0].ID, coursestest.Slot(t, "2026-12-22 12:00-13:15"), c.Room.ID, nil)
		wantTaken(t, err, courses.HeldByActivity, "Kinderclub kerstweek")
		found := coursestest.Must(s.Examine(t.Context(), c.An, c.House, 8, []courses.Session{{Number: 1, Slot: coursestest.Slot(t, "2026-12-22 13:00-14:00"), RoomID: c.Room.ID}}, ""))(t)
		if len(found) == 0 || found[0].Fault != courses.FaultRoomTaken || found[0].With != "Kinderclub kerstweek" {
			t.Errorf("the series doctor found %+v", found)
		}
		if _, err := c.CancelHalfDay(t.Context(), c.An, halves[0].ID, "ziek"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.lesson("2026-12-21 09:00-12:00"); err != nil {
			t.Errorf("the half-day doesn't take place, yet: %v", err)
		}
	})
}

// TestActivityAfterLesson: an activity gets no room in which there is a lesson, however it asks for it, and names it.
func TestActivityAfterLesson(t *testing.T) {
	activitytest.Each(t, func(t *testing.T, c *activitytest.Camp) {
		s := schoolAt(c)
		in := coursestest.Must(s.lesson("2026-12-22 11:30-12:30"))(t)
		ask, plan := c.Ask(10)
		_, _, err := c.Add(t.Context(), c.An, ask, plan)
		wantTaken(t, err, courses.HeldByLesson, in.Code)
		elsewhere := ask
		elsewhere.RoomID = ""
		a := coursestest.Must(added(c.Add(t.Context(), c.An, elsewhere, plan)))(t)
		a.RoomID = c.Room.ID
		_, err = c.Change(t.Context(), c.An, a)
		wantTaken(t, err, courses.HeldByLesson, in.Code)
		c.OK(s.CancelSeries(t.Context(), c.An, in.ID, "proef"))
		coursestest.Must(c.Change(t.Context(), c.An, a))(t)
		late := coursestest.Must(s.lesson("2026-12-22 16:30-17:30"))(t)
		_, halves, err := c.Activity(t.Context(), c.An, a.ID)
		c.OK(err)
		longer := halves[3] // Tuesday afternoon
		longer.To += 15
		_, err = c.ChangeHalfDay(t.Context(), c.An, longer)
		wantTaken(t, err, courses.HeldByLesson, late.Code)
		a.RoomID = "" // and back: then the room is free again
		coursestest.Must(c.Change(t.Context(), c.An, a))(t)
		coursestest.Must(s.lesson("2026-12-23 09:00-12:00"))(t)
		sound(t, c)
	})
}

func added(a activity.Activity, _ []activity.Closed, err error) (activity.Activity, error) {
	return a, err
}

// TestLessonAndActivityAtOnce: a coordinator plans a lesson and another one the Kinderclub in the same moment.
func TestLessonAndActivityAtOnce(t *testing.T) {
	activitytest.Each(t, func(t *testing.T, c *activitytest.Camp) {
		s := schoolAt(c)
		ask, plan := c.Ask(10)
		errs := make([]error, 8)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				if i%2 == 0 {
					_, _, errs[i] = c.Add(t.Context(), c.An, ask, plan)
					return
				}
				_, errs[i] = s.AddSeries(t.Context(), c.An, courses.SeriesAsk{Course: s.course.ID, Location: c.House, Sessions: []courses.Session{{Slot: coursestest.Slot(t, "2026-12-21 09:00-10:00"), RoomID: c.Room.ID}}})
			})
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, courses.ErrConflict) {
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d have the room", won)
		}
	})
}

// TestHoldsOfBefore: the half-days of before they held their room hold it after the migration, at the right hours of
// summer and winter; where a lesson was already, the check names the half-day.
func TestHoldsOfBefore(t *testing.T) {
	activitytest.Each(t, func(t *testing.T, c *activitytest.Camp) {
		s := schoolAt(c)
		a, halves := c.Week(10)
		want := map[string]string{}
		for _, day := range []string{"2026-12-24", "2027-02-28", "2027-03-27", "2027-03-28", "2027-03-29", "2027-10-30", "2027-10-31", "2027-11-01", "2028-02-29", "2028-07-03"} {
			want[day] = "12 from " + utc(coursestest.Slot(t, day+" 09:00-12:00").Instants().From.UnixMilli()/quarter)
			id := data.NewID()
			c.OK(c.DB.InTx(t.Context(), func(tx *data.Tx) error {
				if day == "2026-12-24" {
					id = halves[6].ID
				} else if _, err := tx.ExecContext(t.Context(), `INSERT INTO activity_half_days (id, activity_id, on_day, part, from_min, until_min, capacity, cancelled) VALUES ($1, $2, $3, 'morning', 540, 720, 5, '')`, id, a.ID, day); err != nil {
					return err
				}
				if _, err := tx.ExecContext(t.Context(), `DELETE FROM room_quarters WHERE holder = $1`, id); err != nil {
					return err
				}
				return tx.Audit(t.Context(), c.An, "proef", id)
			}))
		}
		coursestest.Must(s.lesson("2026-12-24 10:00-11:00"))(t)
		delete(want, "2026-12-24")
		c.OK(c.DB.InTx(t.Context(), func(tx *data.Tx) error {
			if _, err := tx.ExecContext(t.Context(), takeOver(t)); err != nil {
				return err
			}
			return tx.Audit(t.Context(), c.An, "proef", "")
		}))
		got := map[string]string{}
		rows, err := data.List(t.Context(), c.DB, func(scan func(...any) error) (day string, err error) {
			var n, from int64
			err = scan(&day, &n, &from)
			got[day] = fmt.Sprintf("%d from %s", n, utc(from))
			return day, err
		}, `SELECT h.on_day, count(*), min(q.quarter) FROM room_quarters q JOIN activity_half_days h ON h.id = q.holder WHERE h.on_day > '2026-12-25' AND q.exclusive = 1 GROUP BY h.on_day ORDER BY h.on_day`)
		c.OK(err)
		for _, day := range rows {
			if got[day] != want[day] {
				t.Errorf("%s: holds %s, want %s", day, got[day], want[day])
			}
		}
		if len(rows) != len(want) {
			t.Errorf("%d days hold the room, want %d", len(rows), len(want))
		}
		found := coursestest.Must(c.Check(t.Context(), c.An))(t)
		if len(found) != 1 || found[0].HalfDay != halves[6].ID || found[0].Found != "2026-12-24 morning, not held: Speelzaal" {
			t.Errorf("the check found %+v", found)
		}
	})
}

const quarter = 15 * 60 * 1000 // milliseconds

// utc writes when a quarter begins.
func utc(q int64) string { return time.UnixMilli(q * quarter).UTC().Format("2006-01-02 15:04") }

// takeOver is the statement of the migration that lets half-days of before hold their room, on the day of the test.
func takeOver(t *testing.T) string {
	t.Helper()
	file, err := os.ReadFile("../../data/migrations/00023_roomholds.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, text, has := strings.Cut(string(file), "INSERT INTO room_quarters")
	text, _, ends := strings.Cut(text, "ON CONFLICT DO NOTHING;")
	if !has || !ends {
		t.Fatal("the migration has no such statement")
	}
	return "INSERT INTO room_quarters" + strings.Replace(text, "CAST(CURRENT_DATE AS TEXT)", "'2026-11-23'", 1) + "ON CONFLICT DO NOTHING"
}
