package courses_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/courses/ics"
	"digibrug/data"

	ical "github.com/emersion/go-ical"
)

// brief gives lessons as "26-001/1 planned 2 of 2".
func brief(all []courses.Lesson) (out []string) {
	for _, l := range all {
		out = append(out, fmt.Sprintf("%s/%d %s %d of %d", l.Code, l.Number, l.State, l.Marked, l.Expected))
	}
	return out
}

// TestLessons: who sees which lessons, what was cancelled stays, drafts don't show.
func TestLessons(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		own := s.Open(3, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
		other := s.Open(3, s.Sessions(s.Hall, s.Mia, "2026-12-02 14:00-16:00", "2026-12-09 14:00-16:00")...)
		draft := s.Draft(3, s.Sessions(s.PCs, s.Own, "2026-12-03 14:00-16:00", "2026-12-10 14:00-16:00")...)
		zoe := s.Person()
		e := s.Join(own, zoe)
		s.Join(own, courses.Participant{})
		s.OK(s.CancelSession(t.Context(), s.An, sessions(s, own)[1].ID))
		see := func(name string, by data.Actor, f courses.LessonFilter, want ...string) {
			t.Helper()
			got, err := s.Lessons(t.Context(), by, f)
			if err != nil || !slices.Equal(brief(got), want) {
				t.Errorf("%s: %q, %v\nwant %q", name, brief(got), err, want)
			}
		}
		ownCode, otherCode := own.Code, other.Code
		one, gone := ownCode+"/1 planned 0 of 2", ownCode+"/2 cancelled 0 of 2"
		see("all", s.An, courses.LessonFilter{}, one, otherCode+"/1 planned 0 of 0", gone, otherCode+"/2 planned 0 of 0")
		see("the trainer", s.Lesson, courses.LessonFilter{}, one, gone)
		see("the trainer asks for another's", s.Lesson, courses.LessonFilter{Trainer: s.Mia.ID}, one, gone)
		see("a room", s.Clerk, courses.LessonFilter{Room: s.Hall.ID}, otherCode+"/1 planned 0 of 0", otherCode+"/2 planned 0 of 0")
		see("a day", s.Clerk, courses.LessonFilter{From: "2026-12-01", Until: "2026-12-02"}, one, otherCode+"/1 planned 0 of 0")
		see("a participant", s.Clerk, courses.LessonFilter{Participant: zoe.ID}, one, gone)
		see("drafts", s.An, courses.LessonFilter{Series: draft.ID, Drafts: true}, draft.Code+"/1 planned 0 of 0", draft.Code+"/2 planned 0 of 0")
		see("no drafts", s.An, courses.LessonFilter{Series: draft.ID})
		if _, err := s.Lessons(t.Context(), s.Town.Actor("lid6"), courses.LessonFilter{}); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a colleague: %v, want ErrDenied", err)
		}
		all := coursestest.Must(s.PublicLessons(t.Context(), "2026-12-02"))(t)
		if want := []string{otherCode + "/1 planned 0 of 0", ownCode + "/2 cancelled 0 of 0", otherCode + "/2 planned 0 of 0"}; !slices.Equal(brief(all), want) || all[0].Trainers != nil {
			t.Errorf("the public sees %q, %v", brief(all), all[0].Trainers)
		}

		s.Clock.Forward(9 * 24 * time.Hour)
		s.OK(s.Mark(t.Context(), s.Lesson, all0(s, own), e.ID, courses.Absent))
		see("marked", s.Lesson, courses.LessonFilter{Until: "2026-12-07"}, ownCode+"/1 planned 1 of 2")
		s.OK(s.CancelSeries(t.Context(), s.An, own.ID, "te weinig deelnemers"))
		see("a participant of a series that was cancelled", s.An, courses.LessonFilter{Participant: zoe.ID, From: "2026-12-08"}, ownCode+"/2 cancelled 0 of 0")
		s.Clean()
	})
}

// all0 is the first session of a series.
func all0(s *coursestest.School, of courses.Series) string { return sessions(s, of)[0].ID }

// TestOwnLessons: who works here sees the lessons that the person takes, and nobody else's.
func TestOwnLessons(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(3, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00")...)
		me := s.Town.Actor("lid6")
		p := coursestest.Must(s.PutParticipant(t.Context(), s.An, courses.Participant{PersonID: me.PersonID, Given: "Lid", Family: "Nummer06", Phone: "0470 00 00 06", Category: courses.Staff}))(t)
		e := coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: one.ID, Participant: p.ID}))(t)[0]
		if got := coursestest.Must(s.OwnLessons(t.Context(), me, courses.LessonFilter{}))(t); len(got) != 0 {
			t.Errorf("before the head said yes: %q", brief(got))
		}
		coursestest.Must(s.Approve(t.Context(), s.An, e.ID, true, ""))(t)
		if got := coursestest.Must(s.OwnLessons(t.Context(), me, courses.LessonFilter{}))(t); len(got) != 1 {
			t.Errorf("own: %q", brief(got))
		}
		if got := coursestest.Must(s.OwnLessons(t.Context(), s.Town.Actor("lid7"), courses.LessonFilter{Participant: p.ID}))(t); len(got) != 0 {
			t.Errorf("a colleague's: %q", brief(got))
		}
	})
}

// TestMarkRest marks who has no mark, once, and leaves the others.
func TestMarkRest(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(4, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
		a := s.Join(one, courses.Participant{})
		b, c := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{})
		id := all0(s, one)
		if _, err := s.MarkRest(t.Context(), s.Lesson, id, courses.Present); !errors.Is(err, courses.ErrNotYet) {
			t.Errorf("early: %v, want ErrNotYet", err)
		}
		s.Clock.Forward(9 * 24 * time.Hour)
		s.OK(s.Mark(t.Context(), s.Lesson, id, a.ID, courses.Excused))
		if _, err := s.MarkRest(t.Context(), s.Town.Actor("lid6"), id, courses.Present); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a colleague: %v, want ErrDenied", err)
		}
		if _, err := s.MarkRest(t.Context(), s.Lesson, id, courses.Expected); err == nil {
			t.Error("took a mark that nobody gives")
		}
		if n := len(coursestest.Must(s.MarkRest(t.Context(), s.Lesson, id, courses.Present))(t)); n != 2 {
			t.Errorf("marked %d, want 2", n)
		}
		if n := len(coursestest.Must(s.MarkRest(t.Context(), s.Lesson, id, courses.Absent))(t)); n != 0 {
			t.Errorf("marked %d again", n)
		}
		_, list, rows, err := s.Attendance(t.Context(), s.Lesson, one.ID)
		s.OK(err)
		got := map[string]courses.Mark{}
		for _, r := range rows {
			got[r.ID] = r.Marks[id]
		}
		if len(list) != 2 || len(rows) != 3 || got[a.ID] != courses.Excused || got[b.ID] != courses.Present || got[c.ID] != courses.Present {
			t.Errorf("%d lessons, marks %v", len(list), got)
		}
		if _, _, _, err := s.Attendance(t.Context(), s.Town.Actor("lid6"), one.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a colleague reads: %v, want ErrDenied", err)
		}
	})
}

// TestFormers: who came to a course that is over, and is in none now.
func TestFormers(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		past := s.Open(4, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00")...)
		came, again, never := s.Person(), s.Person(), s.Person()
		for _, p := range []courses.Participant{came, again, never} {
			s.Join(past, p)
		}
		s.Clock.Forward(9 * 24 * time.Hour)
		_, rows, err := s.Roster(t.Context(), s.An, all0(s, past))
		s.OK(err)
		for _, r := range rows {
			m := courses.Present
			if r.ParticipantID == never.ID {
				m = courses.Absent
			}
			s.OK(s.Mark(t.Context(), s.Lesson, all0(s, past), r.ID, m))
		}
		next := s.Open(4, s.Sessions(s.PCs, s.Own, "2026-12-15 14:00-16:00")...)
		s.Join(next, again)
		for _, test := range []struct {
			name, course, since string
			want                int
		}{{"all", "", "", 1}, {"of the course", s.Email.ID, "", 1}, {"of another", "x", "", 0}, {"since that day", "", "2026-12-01", 1}, {"since later", "", "2026-12-02", 0}} {
			got := coursestest.Must(s.Formers(t.Context(), s.An, test.course, test.since))(t)
			if len(got) != test.want || len(got) == 1 && (got[0].ID != came.ID || got[0].On != "2026-12-01" || got[0].Visits != 1) {
				t.Errorf("%s: %+v", test.name, got)
			}
		}
		var bad *data.Invalid
		if _, err := s.Formers(t.Context(), s.An, "", "vorig jaar"); !errors.As(err, &bad) {
			t.Errorf("no day: %v", err)
		}
	})
}

// TestWaitingLists: in turn, with the place of each.
func TestWaitingLists(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(1, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00")...)
		var want []string
		for i := range 3 {
			e := s.Join(one, courses.Participant{})
			s.Clock.Forward(time.Minute)
			if i > 0 {
				want = append(want, fmt.Sprint(i, " ", e.Participant))
			}
		}
		var got []string
		for _, w := range coursestest.Must(s.WaitingLists(t.Context(), s.Clerk))(t) {
			got = append(got, fmt.Sprint(w.Place, " ", w.Participant))
		}
		if !slices.Equal(got, want) {
			t.Errorf("waiting %q, want %q", got, want)
		}
	})
}

// TestEvents: another program reads the lessons, a moved one with a higher sequence, a cancelled one as such.
func TestEvents(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(3, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00", "2026-12-15 14:00-16:00")...)
		list := sessions(s, one)
		coursestest.Must(s.MoveSession(t.Context(), s.An, list[1].ID, coursestest.Slot(t, "2026-12-09 18:30-20:30"), s.Hall.ID, list[1].Trainers))(t)
		s.OK(s.CancelSession(t.Context(), s.An, list[2].ID))
		all := coursestest.Must(s.Lessons(t.Context(), s.Lesson, courses.LessonFilter{}))(t)
		events := courses.Events(all, func(l courses.Lesson) (string, string) { return fmt.Sprintf("%s %d/%d", l.Course, l.Number, l.Of), "" })
		var out bytes.Buffer
		s.OK(ics.Write(&out, ics.Calendar{Method: ics.Publish, At: s.Clock.Now(), Events: events}))
		cal, err := ical.NewDecoder(bytes.NewReader(out.Bytes())).Decode()
		s.OK(err)
		var got []string
		for _, e := range cal.Events() {
			start, err := e.DateTimeStart(data.Brussels)
			s.OK(err)
			uid, _ := e.Props.Text(ical.PropUID)
			sequence, status := e.Props.Get(ical.PropSequence), e.Props.Get(ical.PropStatus)
			text := uid + " " + start.UTC().Format("02 15:04Z") + " " + sequence.Value
			if status != nil && strings.EqualFold(status.Value, "CANCELLED") {
				text += " cancelled"
			}
			got = append(got, text)
		}
		want := []string{ics.UID(list[0].ID) + " 01 13:00Z 0", ics.UID(list[1].ID) + " 09 17:30Z 1", ics.UID(list[2].ID) + " 15 13:00Z 1 cancelled"}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("read back\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
