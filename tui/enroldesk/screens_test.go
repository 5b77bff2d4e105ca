package enroldesk_test

import (
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/enroldesk"
)

const (
	clerk       = "lid4"
	coordinator = "an.peeters"
)

func TestSeriesList(t *testing.T) { pages(t, busyScene, clerk, enroldesk.New) }
func TestSeries(t *testing.T)     { pages(t, busyScene, clerk, enroldesk.New, keys("enter")) }
func TestHistory(t *testing.T)    { pages(t, busyScene, clerk, enroldesk.New, keys("enter", "g")) }
func TestMember(t *testing.T)     { pages(t, busyScene, clerk, enroldesk.New, keys("enter", "enter")) }
func TestWaiter(t *testing.T) {
	pages(t, busyScene, coordinator, enroldesk.New, keys("enter", "down", "down", "enter"))
}
func TestWho(t *testing.T) { pages(t, busyScene, clerk, enroldesk.New, keys("n"), typed("zoe ad")) }
func TestNew(t *testing.T) {
	pages(t, newScene, clerk, enroldesk.New, keys("n"), typed("mia wouters"), keys("enter"))
}
func TestSure(t *testing.T) {
	pages(t, busyScene, clerk, enroldesk.New, keys("down", "n"), typed("zoe 2"), keys("enter", "k"))
}
func TestDone(t *testing.T) {
	pages(t, busyScene, clerk, enroldesk.New, keys("down", "n"), typed("zoe 2"), keys("enter", "enter"))
}
func TestCalls(t *testing.T)   { pages(t, busyScene, clerk, enroldesk.NewCalls) }
func TestNoCalls(t *testing.T) { pages(t, newScene, clerk, enroldesk.NewCalls) }

// stoppedScene has a series that the town stopped after one paid, and another where one has still to pay.
func stoppedScene(t testing.TB) *scene {
	s := newScene(t)
	paid := s.Join(s.open, courses.Participant{})
	s.Join(s.open, courses.Participant{})
	s.OK(func() error { _, err := s.SetPaid(t.Context(), s.Clerk, paid.ID, courses.PaidFee, ""); return err }())
	s.OK(s.CancelSeries(t.Context(), s.An, s.open.ID, "lesgever ziek"))
	s.Join(s.Open(4, s.Sessions(s.Hall, s.Own, "2026-12-03 18:30-20:30")...), courses.Participant{})
	return s
}

func TestFees(t *testing.T)   { pages(t, stoppedScene, clerk, enroldesk.NewFees) }
func TestNoFees(t *testing.T) { pages(t, newScene, clerk, enroldesk.NewFees) }
func TestOwedBack(t *testing.T) {
	pages(t, stoppedScene, clerk, enroldesk.NewFees, keys("enter"))
}
func TestNoSeries(t *testing.T) {
	pages(t, func(t testing.TB) *scene {
		s := newScene(t)
		s.OK(s.CancelSeries(t.Context(), s.An, s.open.ID, "ziek"))
		return s
	}, clerk, enroldesk.New)
}

// askedScene has a colleague who waits for the yes of the head.
func askedScene(t testing.TB) *scene {
	s := newScene(t)
	if _, err := s.EnrolSelf(t.Context(), s.Town.Actor("lid1"), s.open.ID); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestApprovals(t *testing.T) { pages(t, askedScene, "bert.maes", enroldesk.NewApprovals) }
func TestOwn(t *testing.T)       { pages(t, askedScene, "lid1", enroldesk.NewOwn) }
func TestOwnAsk(t *testing.T)    { pages(t, newScene, "lid1", enroldesk.NewOwn, keys("n", "enter")) }

func TestProgramme(t *testing.T) { kioskPages(t, busyScene, enroldesk.NewPublic, "nl") }
func TestLeaflet(t *testing.T) {
	kioskPages(t, busyScene, enroldesk.NewPublic, "nl", keys("down", "enter"))
}
func TestLeafletFrench(t *testing.T) {
	kioskPages(t, busyScene, enroldesk.NewPublic, "fr", keys("down", "enter"))
}
func TestThanks(t *testing.T) {
	kioskPages(t, busyScene, enroldesk.NewPublic, "nl", keys("enter"), typed("Mia"), keys("tab"), typed("Wouters"), keys("tab"), typed("0470 12 34 56"), keys("tab", "tab", "enter"))
}

// lessonScene is ten minutes before a lesson.
func lessonScene(t testing.TB) *scene {
	s := newScene(t)
	s.Join(s.open, courses.Participant{})
	s.Join(s.open, courses.Participant{})
	s.Clock.Forward(s.open.First.Add(-10 * time.Minute).Sub(s.Clock.Now()))
	return s
}

func TestSignIn(t *testing.T)   { kioskPages(t, lessonScene, enroldesk.NewSignIn, "nl") }
func TestSignedIn(t *testing.T) { kioskPages(t, lessonScene, enroldesk.NewSignIn, "en", keys("enter")) }
func TestNoLesson(t *testing.T) { kioskPages(t, newScene, enroldesk.NewSignIn, "fr") }
func TestFreePCs(t *testing.T)  { kioskPages(t, lessonScene, enroldesk.NewFree, "nl") }

// TestWordsAreWhole: at 80 cells the state of an own course and the number of free computers are not cut.
func TestWordsAreWhole(t *testing.T) {
	askedScene(t).show("lid1", enroldesk.NewOwn, 80, 24).Says("wacht op het diensthoofd")
	for lang, want := range map[string]string{"nl": "12 computers vrij", "en": "12 computers free", "fr": "12 ordinateurs libres"} {
		s := lessonScene(t)
		s.OK(s.DB.InTx(t.Context(), func(tx *data.Tx) error {
			room := s.PCs
			room.PCs = 12
			_, err := data.PutRoom(t.Context(), tx, datatest.Operator, room)
			return err
		}))
		s.kiosk(s.Kiosk(), enroldesk.NewFree, lang, 80, 24).Says(want)
	}
}
