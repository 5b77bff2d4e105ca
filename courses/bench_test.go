package courses_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
)

// busySchool has 2,000 participants and 200 series of six lessons, half of them past, with ten seats taken and two who wait
// in each, and attendance of what was given. It is written by SQL: what is measured is reading.
func busySchool(b *testing.B, url string) (s *coursestest.School, session, series string) {
	b.Helper()
	s = coursestest.New(b, url)
	now := s.Clock.Now()
	s.OK(s.DB.InTx(b.Context(), func(tx *data.Tx) error {
		run := func(query string, args ...any) {
			if _, err := tx.ExecContext(b.Context(), query, args...); err != nil {
				b.Fatal(err)
			}
		}
		for i := range 2000 {
			name := fmt.Sprintf("Adams %04d", i)
			run(`INSERT INTO participants (id, given, family, sort_key, phone, mail, category, language, created_at) VALUES ($1, 'Zoë', $2, $3, '0470 11 00 00', '', 'resident', 'nl', 0)`,
				fmt.Sprintf("p%04d", i), name, data.SortKey(name+" Zoë"))
		}
		for i := range 200 {
			id, first := fmt.Sprintf("s%03d", i), now.AddDate(0, 0, i-100)
			run(`INSERT INTO course_series (id, course_id, code, location_id, state, least, seats, promotion, offer_days, decide_on, enrol_until, stop_minutes, auto, approval, details, first_at, last_at, created_at)
				VALUES ($1, $2, $3, $4, 'published', 1, 10, 'offer', 3, '2026-01-01', 0, 0, 1, 0, '{}', $5, $6, 0)`, id, s.Email.ID, fmt.Sprintf("25-%03d", i), s.Library, first.UnixMilli(), first.AddDate(0, 0, 35).Add(2*time.Hour).UnixMilli())
			for n := range 6 {
				x, at := fmt.Sprintf("%s-%d", id, n), first.AddDate(0, 0, 7*n)
				run(`INSERT INTO course_sessions (id, series_id, number, on_day, from_min, until_min, start_at, end_at, room_id, state, sequence, note) VALUES ($1, $2, $3, $4, 720, 840, $5, $6, $7, 'planned', 0, '')`,
					x, id, n+1, data.DayOf(at), at.UnixMilli(), at.Add(2*time.Hour).UnixMilli(), s.PCs.ID)
				run(`INSERT INTO course_session_trainers (session_id, trainer_id) VALUES ($1, $2)`, x, s.Own.ID)
			}
			for n := range 12 {
				e, state, seat := fmt.Sprintf("%s-e%02d", id, n), "booked", n+1
				if n >= 10 {
					state, seat = "waiting", 0
				}
				run(`INSERT INTO enrolments (id, series_id, participant_id, state, seat, priority, queued_at, pair, source, category, fee, paid, offer_until, approved_by, reason, ended_at)
					VALUES ($1, $2, $3, $4, $5, 0, $6, '', 'desk', 'resident', '{"known":false}', 'unknown', '', '', '', 0)`, e, id, fmt.Sprintf("p%04d", (i*12+n)%2000), state, seat, now.UnixMilli())
				run(`INSERT INTO enrolment_events (id, enrolment_id, series_id, at, actor, act, detail) VALUES ($1, $2, $3, $4, '', 'enrolled', '')`, e+"v", e, id, now.UnixMilli())
				for k := range 6 {
					if state == "booked" && first.AddDate(0, 0, 7*k).Before(now) {
						run(`INSERT INTO attendance (session_id, enrolment_id, mark, instead, at, actor) VALUES ($1, $2, 'present', '', 0, '')`, fmt.Sprintf("%s-%d", id, k), e)
					}
				}
			}
		}
		return nil
	}))
	return s, "s050-0", "s050"
}

// BenchmarkLists opens every list of a busy school on both engines, and fails when one takes 200 ms or more.
func BenchmarkLists(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { lists(b, datatest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { lists(b, datatest.Postgres(b)) })
}

func lists(b *testing.B, url string) {
	s, session, series := busySchool(b, url)
	for _, list := range []struct {
		name string
		open func(ctx context.Context) error
	}{
		{"SeriesList", func(ctx context.Context) error { _, err := s.SeriesList(ctx, s.An, courses.SeriesFilter{}); return err }},
		{"Programme", func(ctx context.Context) error { _, err := s.Programme(ctx); return err }},
		{"Lessons", func(ctx context.Context) error { _, err := s.Lessons(ctx, s.An, courses.LessonFilter{}); return err }},
		{"Enrolments", func(ctx context.Context) error { _, err := s.Enrolments(ctx, s.An, series); return err }},
		{"Roster", func(ctx context.Context) error { _, _, err := s.Roster(ctx, s.An, session); return err }},
		{"Attendance", func(ctx context.Context) error { _, _, _, err := s.Attendance(ctx, s.An, series); return err }},
		{"Calls", func(ctx context.Context) error { _, err := s.Calls(ctx, s.An); return err }},
		{"Participants", func(ctx context.Context) error { _, err := s.Participants(ctx, s.An, "ada 19", 50); return err }},
		{"WaitingLists", func(ctx context.Context) error { _, err := s.WaitingLists(ctx, s.An); return err }},
		{"Formers", func(ctx context.Context) error { _, err := s.Formers(ctx, s.An, "", ""); return err }},
		{"Hours", func(ctx context.Context) error { _, err := s.Hours(ctx, s.An, "2026-10"); return err }},
		{"Check", func(ctx context.Context) error { _, err := s.Check(ctx, s.An); return err }},
	} {
		b.Run(list.name, func(b *testing.B) {
			for b.Loop() {
				if err := list.open(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			if each := b.Elapsed() / time.Duration(b.N); each >= 200*time.Millisecond {
				b.Errorf("%s takes %s", list.name, each)
			}
		})
	}
}
