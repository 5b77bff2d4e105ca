package courses_test

import (
	"slices"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
)

// TestGroupHears: nobody hears of a group while it is a draft. When it opens each hears once that there is a seat, or that
// the head must say yes first, and by the own channel.
func TestGroupHears(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		p, w := newPlanning(t, s), told{School: s, store: s.Mailing(true)}
		emma := p.people[0]
		emma.Given, emma.Mail = "Emma", "emma@post.example"
		coursestest.Must(s.PutParticipant(t.Context(), s.An, emma))(t)
		made := p.plan(courses.Grouping{GroupingAsk: p.ask})
		applied := coursestest.Must(s.ApplyGrouping(t.Context(), s.An, made.Version))(t)
		if all := w.hear(); len(applied) != 1 || len(all) != 0 {
			t.Fatalf("%d groups, and of a draft they hear %q", len(applied), all)
		}
		s.OK(s.Publish(t.Context(), s.An, applied[0].ID))
		want := []string{"Emma mail booked +12-08/0 +12-15/0", "Lid letter approval", "Lid letter approval", "Zoë phone booked", "Zoë phone booked"}
		if all := w.hear(); !slices.Equal(all, want) {
			t.Errorf("they hear %q, want %q", all, want)
		}
		if again := w.hear(); len(again) != 0 {
			t.Errorf("a second time they hear %q", again)
		}
		s.Clean()
	})
}

// TestPlanEnds: a plan of groups that nobody touched for as long as names are kept ends by itself, not a day before.
func TestPlanEnds(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		p := newPlanning(t, s)
		p.plan(courses.Grouping{GroupingAsk: p.ask})
		touched := data.StoredDay(data.DayOf(s.Clock.Now()))
		for _, c := range []struct {
			days    int
			version int64
		}{{data.DefaultCourseDays, 1}, {data.DefaultCourseDays + 1, 0}} {
			s.Clock.Forward(data.StartOf(touched.AddDate(0, 0, c.days)).Add(time.Hour).Sub(s.Clock.Now()))
			coursestest.Must(s.Unlink(t.Context(), datatest.Operator))(t)
			var version int64
			err := data.One(t.Context(), s.DB, []any{&version}, `SELECT coalesce(max(version), 0) FROM training_plans`)
			if err != nil || version != c.version {
				t.Errorf("after %d days there is version %d, want %d; %v", c.days, version, c.version, err)
			}
		}
	})
}
