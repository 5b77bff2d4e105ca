package lessons_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/coursewords"
	"digibrug/tui/lessons"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// Who comes in: a clerk, a trainer with an account, a colleague.
const (
	clerk   = "lid4"
	trainer = "lid5"
	other   = "lid6"
)

// scene is a school on Tuesday 8 December 2026, five past two: lesson 2 of the first series runs now, lesson 1 was given a
// week ago. A second series gives its lessons in the weeks after.
type scene struct {
	*coursestest.School
	first, second courses.Series
	lessons       []courses.Session // of the first series
	printed       []string
}

// emptyScene has a trainer and no series.
func emptyScene(t testing.TB) *scene {
	t.Helper()
	return &scene{School: coursestest.New(t, datatest.SQLite(t))}
}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := emptyScene(t)
	c := s.Email
	c.Outline = []string{"Een adres maken en een eerste e-mail sturen", "Een foto meesturen, en wat u met ongewenste post doet"}
	s.Email = coursestest.Must(s.PutCourse(t.Context(), s.An, c))(t)
	s.first = s.Open(8, s.Sessions(s.PCs, s.Own, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
	s.second = s.Open(8, s.Sessions(s.PCs, s.Own, "2026-12-15 09:00-11:00", "2026-12-22 09:00-11:00")...)
	s.Open(8, s.Sessions(s.Hall, s.Mia, "2026-12-08 18:30-20:30", "2026-12-16 18:30-20:30")...)
	for _, p := range []courses.Participant{{Given: "Zoë", Family: "Adams", Phone: "0470 11 00 01"}, {Given: "Jef", Family: "Vandenbroucke-Vanhoutteghem", Mail: "jef@zandwerve.example"},
		{Given: "Mo", Family: "Claes", Phone: "0470 11 00 03"}, {Given: "Rosa", Family: "De Wilde", Phone: "051 12 34 56"}} {
		p.Category = courses.Resident
		s.Join(s.first, coursestest.Must(s.PutParticipant(t.Context(), s.An, p))(t))
	}
	_, all, err := s.Series(t.Context(), s.An, s.first.ID)
	s.OK(err)
	s.lessons = all
	s.Clock.Forward(all[1].Instants().From.Add(5 * time.Minute).Sub(s.Clock.Now()))
	return s
}

// markedScene has some marks: of the running lesson the first two, of the first lesson all.
func markedScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	coursestest.Must(s.MarkRest(t.Context(), s.Lesson, s.lessons[0].ID, courses.Present))(t)
	for i, m := range []courses.Mark{courses.Present, courses.Excused} {
		s.OK(s.Mark(t.Context(), s.Lesson, s.lessons[1].ID, s.roster(1)[i].ID, m))
	}
	return s
}

// roster is who should be at a lesson of the first series, from 0.
func (s *scene) roster(lesson int) []courses.RosterRow {
	s.T.Helper()
	_, rows, err := s.Roster(s.T.Context(), s.An, s.lessons[lesson].ID)
	s.OK(err)
	return rows
}

// marks are the marks of a lesson of the first series, in order of name.
func (s *scene) marks(lesson int) (all []courses.Mark) {
	s.T.Helper()
	for _, r := range s.roster(lesson) {
		all = append(all, r.Mark)
	}
	return all
}

func (s *scene) desk() lessons.Desk {
	return lessons.Desk{Store: s.Store, Print: func(_ context.Context, _ data.Actor, k lessons.Kind, series string) (int, string, error) {
		s.printed = append(s.printed, string(k)+" "+series)
		if k == lessons.Attests {
			return 0, "", nil
		}
		return 1, "aanwezigheidslijst-26-001.pdf", nil
	}, Calendar: s.calendar}
}

// calendar writes down what was asked, and makes nothing.
func (s *scene) calendar(ctx context.Context, by data.Actor, called string, f courses.LessonFilter) (string, int, error) {
	all, err := s.Lessons(ctx, by, f)
	s.printed = append(s.printed, fmt.Sprintf("calendar %s: %d", called, len(all)))
	return "agenda.ics", len(all), err
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	id := s.Town.Identity(login)
	id.Roles = coursestest.Must(s.Town.Accounts.Find(s.T.Context(), datatest.Operator, login))(s.T).Roles
	session := screentest.Session(s.T, id)
	session.Now = s.Clock.Now
	return screentest.ShowRoot(s.T, shell.NewRoot(session, lessons.New(session, s.desk()), nil, coursewords.Errors()), w, h, screentest.Steps(steps...)...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func pages(t *testing.T, make func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(login, w, h, steps...) })
}
