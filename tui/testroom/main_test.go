package testroom_test

import (
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/testroom"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// desk is a hall with a screen for its first candidate.
type desk struct {
	*recruittest.Hall
	*screentest.Screen
	t testing.TB
}

func newHall(t testing.TB, o recruittest.Options) *recruittest.Hall {
	db, hand := recruittest.Open(t, datatest.SQLite(t))
	return recruittest.New(t, db, hand, o)
}

// session is the visit of candidate i.
func session(t testing.TB, h *recruittest.Hall, i int) *shell.Session {
	by := h.By(i)
	s := screentest.Session(t, data.Identity{CodeID: by.CodeID, Candidate: by.Candidate, Login: by.Name, From: by.From,
		Journey: data.Journey{Kind: data.JourneyRecruitment, Of: h.Procedure}})
	s.Now, s.Bare = h.Hand.Now, true
	return s
}

// sits opens the test for the first candidate of a hall.
func sits(t testing.TB, h *recruittest.Hall, w, height int) desk {
	return desk{h, screentest.Show(t, testroom.New(session(t, h, 0), h.Store, "testpc-1"), w, height), t}
}

// beats lets time pass with signs of life.
func (d desk) beats(n int) desk {
	d.t.Helper()
	for range n {
		d.Hand.Forward(2 * time.Second)
		d.Send(testroom.Beat(d.Top()))
	}
	return d
}

// does lets the first supervisor act on the first candidate, and the screen hear of it.
func (d desk) does(acts ...func(candidate string) error) desk {
	d.t.Helper()
	for _, act := range acts {
		d.Must(act(d.Candidates[0]))
	}
	return d.beats(1)
}

func (d desk) checks(c string) error   { return d.Store.Check(d.t.Context(), d.Actor("lid1"), c) }
func (d desk) releases(c string) error { return d.Store.Release(d.t.Context(), d.Actor("lid1"), c) }
func (d desk) pauses(c string) error   { return d.Store.Pause(d.t.Context(), d.Actor("lid1"), c) }
func (d desk) resumes(c string) error  { return d.Store.Resume(d.t.Context(), d.Actor("lid1"), c) }

// asked is the id of the question that stands open.
func (d desk) asked() string {
	d.t.Helper()
	room, err := d.Store.Room(d.t.Context(), d.Actor("lid1"), d.Procedure)
	d.Must(err)
	for _, s := range room.Sittings {
		if s.Question != nil {
			return s.Question.ID
		}
	}
	d.t.Fatal("no question stands open")
	return ""
}

func (d desk) answersQuestion(scope recruit.Scope, why string) func(string) error {
	return func(string) error {
		return d.Store.AnswerQuestion(d.t.Context(), d.Actor("lid1"), d.asked(), scope, why)
	}
}

// busy is a desk at the first question.
func busy(t testing.TB, o recruittest.Options, w, height int) desk {
	d := sits(t, newHall(t, o), w, height)
	d.does(d.checks, d.releases)
	d.Send(screentest.Keys("enter")...)
	return d
}
