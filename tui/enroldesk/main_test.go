package enroldesk_test

import (
	"context"
	"os"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/coursewords"
	"digibrug/tui/enroldesk"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the school on Monday 23 November 2026, with a course that costs € 20, and € 5 with a proof.
type scene struct {
	*coursestest.School
	open    courses.Series
	printed []string
}

const lessons = "2026-12-01 14:00-16:00"

var (
	keys  = screentest.Keys
	typed = screentest.Type
	steps = screentest.Steps
)

func newScene(t testing.TB) *scene {
	t.Helper()
	s := &scene{School: coursestest.New(t, datatest.SQLite(t))}
	for _, r := range []courses.FeeRule{{Cents: 2000}, {Cents: 500, Reduced: true}, {Category: courses.NonAdmin}} {
		r.Decision, r.DecidedOn, r.From = "GR 2026/14", "2026-01-05", "2026-02-01"
		coursestest.Must(s.PutFeeRule(t.Context(), s.An, r))(t)
	}
	s.open = s.Open(2, s.Sessions(s.PCs, s.Mia, lessons, "2026-12-08 14:00-16:00")...)
	return s
}

// busyScene has a full series with an offer and people who wait, alone and with two, and another with a seat.
func busyScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	first := s.Join(s.open, courses.Participant{})
	s.Join(s.open, courses.Participant{})
	one, two := s.Person(), s.Person()
	s.Join(s.open, courses.Participant{})
	coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: s.open.ID, Participant: one.ID, With: two.ID}))(t)
	s.Clock.Forward(time.Minute)
	s.OK(func() error { _, err := s.Cancel(t.Context(), s.An, first.ID, "verhuisd"); return err }())
	s.Open(4, s.Sessions(s.Hall, s.Own, "2026-12-03 18:30-20:30")...)
	return s
}

func (s *scene) desk() enroldesk.Desk {
	return enroldesk.Desk{Store: s.Store, Print: func(_ context.Context, _ data.Actor, to courses.Participant, _ words.Lang, text string) error {
		s.printed = append(s.printed, to.Name()+": "+text)
		return nil
	}, Letters: func(ctx context.Context, by data.Actor) (int, error) {
		return s.TellByLetter(ctx, by, "", func(_ context.Context, _ *data.Tx, n courses.News) error {
			s.printed = append(s.printed, n.Name()+": "+string(n.About))
			return nil
		})
	}, Calendar: func(ctx context.Context, by data.Actor) (string, int, error) {
		all, err := s.OwnLessons(ctx, by, courses.LessonFilter{})
		return "agenda-mijn-cursussen.ics", len(all), err
	}}
}

type opens func(*shell.Session, enroldesk.Desk) shell.Screen

// show opens a room for somebody with an account.
func (s *scene) show(login string, open opens, w, h int, msgs ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	id := s.Town.Identity(login)
	id.Roles = coursestest.Must(s.Town.Accounts.Find(s.T.Context(), datatest.Operator, login))(s.T).Roles
	id.Language = "nl"
	session := screentest.Session(s.T, id)
	session.Now = s.Clock.Now
	return screentest.ShowRoot(s.T, shell.NewRoot(session, open(session, s.desk()), nil, coursewords.Errors()), w, h, steps(msgs...)...)
}

// kiosk opens a page of a kiosk in a language.
func (s *scene) kiosk(pc data.Actor, open opens, lang string, w, h int, msgs ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	session := screentest.Session(s.T, data.Identity{KioskID: pc.KioskID, Login: pc.Name, From: pc.From, Language: lang})
	session.Now, session.Bare = s.Clock.Now, true
	return screentest.ShowRoot(s.T, shell.NewRoot(session, open(session, s.desk()), nil, coursewords.Errors()), w, h, steps(msgs...)...)
}

func pages(t *testing.T, make func(testing.TB) *scene, login string, open opens, msgs ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(login, open, w, h, msgs...) })
}

func kioskPages(t *testing.T, make func(testing.TB) *scene, open opens, lang string, msgs ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		s := make(t)
		return s.kiosk(s.Kiosk(), open, lang, w, h, msgs...)
	})
}
