package tui

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"

	ical "github.com/emersion/go-ical"
)

// TestCalendars hands a room, a trainer, who gives lessons and who takes them the lessons of each, and nobody else's.
func TestCalendars(t *testing.T) {
	s := coursestest.New(t, datatest.SQLite(t))
	first := s.Open(4, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
	s.Open(4, s.Sessions(s.Hall, s.Mia, "2026-12-02 18:30-20:30")...)
	colleague := s.Town.Actor("lid1")
	p := coursestest.Must(s.ParticipantFor(t.Context(), s.An, colleague.PersonID))(t)
	all := coursestest.Must(s.Enrol(t.Context(), s.An, courses.EnrolAsk{Series: first.ID, Participant: p.ID}))(t)
	coursestest.Must(s.Approve(t.Context(), s.Town.Actor("bert.maes"), all[0].ID, true, ""))(t)
	h := House{DB: s.DB, Settings: data.NewSettings(s.DB), Outbox: outbox.NewStore(s.DB), Courses: s.Store}

	lessons := func(by data.Actor, called string, f courses.LessonFilter) func() (string, int, error) {
		return func() (string, int, error) { return h.lessonCalendar(t.Context(), by, called, f) }
	}
	own := func(by data.Actor) func() (string, int, error) {
		return func() (string, int, error) { return h.ownCalendar(t.Context(), by) }
	}
	for _, c := range []struct {
		name string
		by   data.Actor
		make func() (string, int, error)
		want []string // starts
	}{
		{"a room", s.An, lessons(s.An, "Bibliotheek: Vergaderzaal", courses.LessonFilter{Room: s.Hall.ID}), []string{"20261202T183000"}},
		{"a trainer", s.An, lessons(s.An, "Mia Vermeulen", courses.LessonFilter{Trainer: s.Mia.ID}), []string{"20261202T183000"}},
		{"the trainer's own", s.Lesson, lessons(s.Lesson, "Lessen", courses.LessonFilter{}), []string{"20261201T140000", "20261208T140000"}},
		{"a trainer who asks for the room of another", s.Lesson, lessons(s.Lesson, "Zaal", courses.LessonFilter{Room: s.Hall.ID}), nil},
		{"all", s.Clerk, lessons(s.Clerk, "Lessen", courses.LessonFilter{}), []string{"20261201T140000", "20261202T183000", "20261208T140000"}},
		{"who takes lessons", colleague, own(colleague), []string{"20261201T140000", "20261208T140000"}},
		{"who takes none", s.Town.Actor("lid2"), own(s.Town.Actor("lid2")), nil},
	} {
		file, n, err := c.make()
		if err != nil || n != len(c.want) || (file == "") != (n == 0) {
			t.Errorf("%s: got %q with %d lessons and %v, want %d", c.name, file, n, err, len(c.want))
			continue
		}
		if got := starts(t, h, c.by, file); !slices.Equal(got, c.want) {
			t.Errorf("%s: lessons at %q, want %q", c.name, got, c.want)
		}
	}
	if _, _, err := h.lessonCalendar(t.Context(), colleague, "Lessen", courses.LessonFilter{}); !errors.Is(err, data.ErrDenied) {
		t.Errorf("a colleague reads the lessons of all: %v", err)
	}
}

// starts reads the calendar of that name among somebody's papers: when its lessons begin. An empty name has none.
func starts(t *testing.T, h House, by data.Actor, file string) (all []string) {
	t.Helper()
	mine, err := h.Outbox.Mine(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range mine {
		if p.Name != file {
			continue
		}
		if p.Channel != outbox.Fetch {
			t.Errorf("%s leaves by %q", p.Name, p.Channel)
		}
		body, err := h.Outbox.Body(t.Context(), by, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		cal, err := ical.NewDecoder(bytes.NewReader(body)).Decode()
		if err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		for _, e := range cal.Events() {
			all = append(all, e.Props.Get(ical.PropDateTimeStart).Value)
		}
	}
	return all
}
