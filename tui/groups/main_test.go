package groups_test

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
	"digibrug/tui/groups"
	"digibrug/tui/page"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

const coordinator = "an.peeters"

var (
	keys  = screentest.Keys
	typed = screentest.Type
	steps = screentest.Steps
)

// scene is the school on SQLite, of which An Peeters coordinates the courses.
type scene struct {
	*coursestest.School
	text   courses.Course
	levels []courses.Measured
}

func school(t testing.TB) *scene {
	t.Helper()
	s := &scene{School: coursestest.New(t, datatest.SQLite(t))}
	email := s.Email
	email.Least, email.Most = 2, 3
	s.Email = coursestest.Must(s.PutCourse(t.Context(), s.An, email))(t)
	s.text = coursestest.Must(s.PutCourse(t.Context(), s.An, courses.Course{Code: "tekst", Title: "Teksten typen en opmaken", Goals: []string{"een brief typen"}, Domain: courses.DomainText, Level: 2, Lessons: 3, Minutes: 120,
		Least: 2, Most: 8}))(t)
	return s
}

// needy has four inhabitants and two colleagues of Burgerzaken who need e-mail, of whom one comes on Thursday evenings
// only, and a colleague who needs texts, as the assessment says.
func needy(t testing.TB) *scene {
	t.Helper()
	s := school(t)
	var asks []courses.NeedAsk
	for i := range 4 {
		ask := courses.NeedAsk{Participant: s.Person().ID, Course: s.Email.ID, Levels: 1, Source: courses.FromPerson}
		if i == 0 {
			ask.Slots = []courses.WeekPart{"thu-ev"}
		}
		asks = append(asks, ask)
	}
	asks = append(asks, courses.NeedAsk{Person: s.Town.Actor("lid1").PersonID, Course: s.Email.ID, Levels: 2, Source: courses.FromCoordinator},
		courses.NeedAsk{Person: s.Town.Actor("lid2").PersonID, Course: s.Email.ID, Levels: 1, Source: courses.FromAssessment},
		courses.NeedAsk{Person: s.Town.Actor("lid2").PersonID, Course: s.text.ID, Levels: 2, Source: courses.FromAssessment})
	coursestest.Must(s.PutNeeds(t.Context(), s.An, asks))(t)
	return s
}

// planned is needy with a plan on Tuesday afternoon and Thursday evening; the hall is taken on one of its Tuesdays.
func planned(t testing.TB) *scene {
	t.Helper()
	s := needy(t)
	s.Draft(4, s.Sessions(s.Hall, courses.Trainer{}, "2026-12-15 14:00-16:00")...)
	ask := courses.GroupingAsk{Courses: []string{s.Email.ID, s.text.ID}, From: "2026-12-07", Trainers: []string{s.Mia.ID, s.Own.ID},
		Slots: []courses.GroupSlot{{Day: time.Tuesday, From: 14 * 60, Room: s.PCs.ID}, {Day: time.Tuesday, From: 14 * 60, Room: s.Hall.ID}, {Day: time.Thursday, From: 18*60 + 30, Room: s.PCs.ID}}}
	coursestest.Must(s.PlanGroups(t.Context(), s.An, courses.Grouping{GroupingAsk: ask}))(t)
	return s
}

func (s *scene) desk() groups.Desk {
	return groups.Desk{Store: s.Store, Series: "coursedesk", Levels: func(context.Context, data.Actor) ([]courses.Measured, error) { return s.levels, nil },
		Loop: func(v *shell.Session, course string) shell.Screen {
			return page.NewTask(v, "Lus van "+"de cursus", "", func() (page.Brief, error) { return page.Brief{}, nil })
		}}
}

type opener func(*shell.Session, groups.Desk) shell.Screen

func (s *scene) show(open opener, w, h int, msgs ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	id := s.Town.Identity(coordinator)
	id.Roles = coursestest.Must(s.Town.Accounts.Find(s.T.Context(), datatest.Operator, coordinator))(s.T).Roles
	v := screentest.Session(s.T, id)
	v.Now = s.Clock.Now
	return screentest.ShowRoot(s.T, shell.NewRoot(v, open(v, s.desk()), nil, coursewords.Errors()), w, h, steps(msgs...)...)
}

func pages(t *testing.T, make func(testing.TB) *scene, open opener, msgs ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(open, w, h, msgs...) })
}
