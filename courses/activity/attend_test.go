package activity_test

import (
	"errors"
	"testing"

	"digibrug/courses/activity"
	"digibrug/courses/activity/activitytest"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

func TestAtTheDoor(t *testing.T) {
	activitytest.Each(t, func(t *testing.T, c *activitytest.Camp) {
		_, halves := c.Week(1)
		noor := c.Child()
		noor.Fetchers = "oma Rita"
		p := c.Join(noor, halves[0])[0]
		w := c.Join(c.Child(), halves[0])[0]
		see := func(sight activity.Sight) (activity.Place, error) { return c.See(t.Context(), c.Host, p.ID, sight) }
		if _, err := see(activity.Sight{Step: activity.Arrive}); !errors.Is(err, activity.ErrNotYet) {
			t.Errorf("before the day: %v", err)
		}
		c.On("2026-12-21 09:05")
		if _, err := c.See(t.Context(), c.Host, w.ID, activity.Sight{Step: activity.Arrive}); !errors.Is(err, activity.ErrNoPlace) {
			t.Errorf("who waits: %v", err)
		}
		if got, err := see(activity.Sight{Step: activity.Arrive}); err != nil || got.Mark != activity.Here || got.Arrived != 9*60+5 {
			t.Errorf("arrived: %+v, %v", got, err)
		}
		if _, err := c.Cancel(t.Context(), c.Clerk, p.ID); !errors.Is(err, activity.ErrMarked) {
			t.Errorf("taken out while here: %v", err)
		}
		if _, err := see(activity.Sight{Step: activity.Leave, How: activity.Alone}); why(t, err) != activity.WhyNotAlone {
			t.Errorf("alone: %v", err)
		}
		if _, err := see(activity.Sight{Step: activity.Leave, How: activity.WithGuardian, At: 12 * 60}); why(t, err) != activity.WhyBeforeNow {
			t.Errorf("in the future: %v", err)
		}
		c.On("2026-12-21 12:10")
		if got, err := see(activity.Sight{Step: activity.Leave, How: activity.WithListed, By: "Oma Rita"}); err != nil || got.LeftBy != "Oma Rita" || got.Left != 12*60+10 {
			t.Errorf("fetched: %+v, %v", got, err)
		}
		d, err := c.DayList(t.Context(), c.Host, halves[0].ID)
		c.OK(err)
		if got := d.Booked[0]; got.Mark != activity.Gone || got.LeftHow != activity.WithListed || got.Left != 12*60+10 || got.Arrived != 9*60+5 {
			t.Errorf("the list has %+v", got)
		}
		late := c.Join(c.Child(), halves[1])[0]
		c.On("2026-12-23 10:00") // typed afterwards, from paper
		for step, want := range map[activity.Step]calendar.Minute{activity.Arrive: halves[1].From} {
			if got, err := c.See(t.Context(), c.Clerk, late.ID, activity.Sight{Step: step}); err != nil || got.Arrived != want {
				t.Errorf("%s afterwards: %+v, %v", step, got, err)
			}
		}
		if got, err := c.See(t.Context(), c.Clerk, late.ID, activity.Sight{Step: activity.Leave, How: activity.WithOther, By: "tante An", Why: "mama belde", At: 16 * 60}); err != nil || got.Left != 16*60 || got.LeftWhy != "mama belde" {
			t.Errorf("fetched afterwards: %+v, %v", got, err)
		}
	})
}

// TestPurge: after the last day that it may be known nothing names a child any more, and counts stay.
func TestPurge(t *testing.T) {
	activitytest.Each(t, func(t *testing.T, c *activitytest.Camp) {
		a, halves := c.Week(1)
		later, plan := c.Ask(1)
		later.Title, later.First, later.Last = "Kinderclub krokus", activitytest.Day(t, "2027-02-08"), activitytest.Day(t, "2027-02-12")
		later, _, err := c.Add(t.Context(), c.An, later, plan)
		c.OK(err)
		_, spring, err := c.Activity(t.Context(), c.An, later.ID)
		c.OK(err)
		once, both := c.Child(), c.Child()
		first := c.Join(once, halves[0])[0]
		c.Join(c.Child(), halves[0])
		again := c.Join(both, halves[1], spring[0])
		c.On("2026-12-21 09:05")
		_, err = c.See(t.Context(), c.Host, first.ID, activity.Sight{Step: activity.Arrive})
		c.OK(err)
		_, err = c.See(t.Context(), c.Host, first.ID, activity.Sight{Step: activity.Leave, How: activity.WithOther, By: "tante An", Why: "mama belde"})
		c.OK(err)
		if data.DayText(a.KeepUntil) != "2027-02-23" {
			t.Fatalf("kept until %s, want 60 days after the last", data.DayText(a.KeepUntil))
		}
		c.On("2027-02-23 12:00")
		if n, err := c.Purge(t.Context(), datatest.Operator); err != nil || n != 0 {
			t.Errorf("on the last day: %d, %v", n, err)
		}
		c.On("2027-02-24 12:00")
		if n, err := c.Purge(t.Context(), datatest.Operator); err != nil || n != 2 {
			t.Errorf("after the last day: %d children, %v; want the two that come nowhere else", n, err)
		}
		if n, err := c.Purge(t.Context(), datatest.Operator); err != nil || n != 0 {
			t.Errorf("a second time: %d, %v", n, err)
		}
		left, err := c.Children(t.Context(), c.Clerk, "", 10)
		if err != nil || len(left) != 1 || left[0].ID != again[0].Child.ID {
			t.Errorf("left: %+v, %v", left, err)
		}
		d, err := c.DayList(t.Context(), c.An, halves[0].ID)
		c.OK(err)
		if len(d.Booked) != 1 || d.Booked[0].Child != (activity.Child{}) || d.Booked[0].LeftBy+d.Booked[0].LeftWhy != "" || d.Booked[0].Group != "Lagere school" || d.HalfDay.Waiting != 1 {
			t.Errorf("the list keeps %+v, with %d who waited", d.Booked, d.HalfDay.Waiting)
		}
		if _, err := c.See(t.Context(), c.An, first.ID, activity.Sight{Step: activity.Undo}); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a mark for nobody: %v", err)
		}
	})
}

func TestErase(t *testing.T) {
	activitytest.Each(t, func(t *testing.T, c *activitytest.Camp) {
		_, halves := c.Week(1)
		p := c.Join(c.Child(), halves[0])[0]
		if err := c.Erase(t.Context(), c.Clerk, p.Child.ID); !errors.Is(err, activity.ErrHasPlaces) {
			t.Errorf("while it still comes: %v", err)
		}
		_, err := c.Cancel(t.Context(), c.Clerk, p.ID)
		c.OK(err)
		c.OK(c.Erase(t.Context(), c.Clerk, p.Child.ID))
		if err := c.Erase(t.Context(), c.Clerk, p.Child.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a second time: %v", err)
		}
		if left, err := c.Children(t.Context(), c.Clerk, "", 10); err != nil || len(left) != 0 {
			t.Errorf("left: %+v, %v", left, err)
		}
	})
}
