package courses_test

import (
	"slices"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// TestCheckBites breaks each invariant behind the store's back and sees that Check tells; mended, it tells nothing any more.
func TestCheckBites(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(2, s.Sessions(s.Hall, s.Mia, nextWeek, "2026-12-08 14:00-16:00")...)
		other := s.Open(2, s.Sessions(s.PCs, courses.Trainer{}, nextWeek)...)
		first, second, waits, gone := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{})
		coursestest.Must(s.Cancel(t.Context(), s.An, gone.ID, "verhuisd"))(t)
		lessons, beside := sessions(s, one), sessions(s, other)
		s.Clock.Forward(coursestest.Slot(t, nextWeek).Instants().From.Sub(s.Clock.Now()))
		s.OK(s.Mark(t.Context(), s.An, lessons[0].ID, first.ID, courses.Present))
		exec(s, []any{`DROP INDEX enrolments_one_seat`})
		exec(s, []any{`DROP INDEX enrolments_one_active`})
		s.Clean()
		for name, c := range map[string]struct {
			law, about string
			harm, mend [][]any // statements with their arguments
		}{
			"more seats held than there are": {law: "I1", about: one.Code, harm: [][]any{{`UPDATE course_series SET seats = 1 WHERE id = $1`, one.ID}},
				mend: [][]any{{`UPDATE course_series SET seats = 2 WHERE id = $1`, one.ID}}},
			"a seat held twice": {law: "I1", about: one.Code, harm: [][]any{{`UPDATE enrolments SET seat = 1 WHERE id = $1`, second.ID}},
				mend: [][]any{{`UPDATE enrolments SET seat = 2 WHERE id = $1`, second.ID}}},
			"somebody in a series twice": {law: "I2", about: one.Code, harm: [][]any{{`UPDATE enrolments SET participant_id = $1 WHERE id = $2`, first.ParticipantID, waits.ID}},
				mend: [][]any{{`UPDATE enrolments SET participant_id = $1 WHERE id = $2`, waits.ParticipantID, waits.ID}}},
			"somebody passed without a reason": {law: "I3", about: one.Code, harm: [][]any{{`UPDATE enrolment_events SET act = 'weg' WHERE enrolment_id = $1 AND act = 'passed'`, waits.ID},
				{`UPDATE enrolments SET queued_at = queued_at - 1000 WHERE id = $1`, waits.ID}},
				mend: [][]any{{`UPDATE enrolments SET queued_at = queued_at + 1000 WHERE id = $1`, waits.ID}, {`UPDATE enrolment_events SET act = 'passed' WHERE enrolment_id = $1 AND act = 'weg'`, waits.ID}}},
			"a room held twice": {law: "I4", about: s.Hall.Name, harm: [][]any{{`INSERT INTO room_quarters (room_id, quarter, holder, places, exclusive)
				SELECT room_id, quarter, 'iemand', 1, 0 FROM room_quarters WHERE holder = $1`, lessons[0].ID}}, mend: [][]any{{`DELETE FROM room_quarters WHERE holder = $1`, "iemand"}}},
			"a lesson that holds no room": {law: "I4", about: one.Code, harm: [][]any{{`UPDATE room_quarters SET holder = 'weg' WHERE holder = $1`, lessons[0].ID}},
				mend: [][]any{{`UPDATE room_quarters SET holder = $1 WHERE holder = 'weg'`, lessons[0].ID}}},
			"a cancelled lesson that holds a room": {law: "I4", about: one.Code, harm: [][]any{{`UPDATE course_sessions SET state = 'cancelled' WHERE id = $1`, lessons[1].ID}},
				mend: [][]any{{`UPDATE course_sessions SET state = 'planned' WHERE id = $1`, lessons[1].ID}}},
			"a trainer in two lessons at once": {law: "I4", about: s.Mia.Name, harm: [][]any{{`INSERT INTO course_session_trainers (session_id, trainer_id) VALUES ($1, $2)`, beside[0].ID, s.Mia.ID}},
				mend: [][]any{{`DELETE FROM course_session_trainers WHERE session_id = $1`, beside[0].ID}}},
			"an instant that the wall doesn't show": {law: "I5", about: one.Code, harm: [][]any{{`UPDATE course_sessions SET start_at = start_at + 900000 WHERE id = $1`, lessons[1].ID}},
				mend: [][]any{{`UPDATE course_sessions SET start_at = start_at - 900000 WHERE id = $1`, lessons[1].ID}}},
			"no fee": {law: "I6", about: one.Code, harm: [][]any{{`UPDATE enrolments SET reason = fee, fee = '' WHERE id = $1`, first.ID}},
				mend: [][]any{{`UPDATE enrolments SET fee = reason, reason = '' WHERE id = $1`, first.ID}}},
			"free, with a fee": {law: "I6", about: one.Code, harm: [][]any{{`UPDATE enrolments SET reason = fee, fee = '{"known":true,"cents":500,"why":"only"}', paid = 'free' WHERE id = $1`, first.ID}},
				mend: [][]any{{`UPDATE enrolments SET fee = reason, reason = '', paid = 'unknown' WHERE id = $1`, first.ID}}},
			"attendance of a cancelled lesson": {law: "I7", about: one.Code, harm: [][]any{{`UPDATE course_sessions SET state = 'cancelled' WHERE id = $1`, lessons[0].ID}},
				mend: [][]any{{`UPDATE course_sessions SET state = 'planned' WHERE id = $1`, lessons[0].ID}}},
			"no beginning": {law: "I8", about: one.Code, harm: [][]any{{`UPDATE enrolment_events SET act = 'weg' WHERE enrolment_id = $1 AND act = 'enrolled'`, first.ID}},
				mend: [][]any{{`UPDATE enrolment_events SET act = 'enrolled' WHERE enrolment_id = $1 AND act = 'weg'`, first.ID}}},
			"no end": {law: "I8", about: one.Code, harm: [][]any{{`UPDATE enrolment_events SET act = 'weg' WHERE enrolment_id = $1 AND act = 'cancelled'`, gone.ID}},
				mend: [][]any{{`UPDATE enrolment_events SET act = 'cancelled' WHERE enrolment_id = $1 AND act = 'weg'`, gone.ID}}},
		} {
			for _, statement := range c.harm {
				exec(s, statement)
			}
			found := coursestest.Must(s.Check(t.Context(), s.An))(t)
			if !slices.ContainsFunc(found, func(v courses.Violation) bool { return v.Law == c.law && v.About == c.about }) {
				t.Errorf("%s: Check finds %v, want %s of %s", name, found, c.law, c.about)
			}
			for _, statement := range c.mend {
				exec(s, statement)
			}
			if found := coursestest.Must(s.Check(t.Context(), s.An))(t); len(found) > 0 {
				t.Fatalf("%s, mended: Check finds %v", name, found)
			}
		}
	})
}

// exec runs a statement that the store would never run.
func exec(s *coursestest.School, statement []any) {
	s.T.Helper()
	s.OK(s.DB.InTx(s.T.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(s.T.Context(), statement[0].(string), statement[1:]...)
		return err
	}))
}
