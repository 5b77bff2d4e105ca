package courses_test

import (
	"context"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
)

// enrolment is what a desk in a process of its own is told to do; without a series it only says that it is there.
type enrolment struct {
	By                  data.Actor
	Series, Participant string
}

// seated is what came of it.
type seated struct {
	State courses.EnrolmentState
	Error string
}

// deskAt enrols whom a process is told to.
func deskAt(db *data.DB) func(context.Context, enrolment) seated {
	s := courses.NewStore(db)
	return func(ctx context.Context, e enrolment) seated {
		if e.Series == "" {
			return seated{}
		}
		got, err := s.Enrol(ctx, e.By, courses.EnrolAsk{Series: e.Series, Participant: e.Participant})
		if err != nil {
			return seated{Error: err.Error()}
		}
		return seated{State: got[0].State}
	}
}

// TestSeatsFiftyProcesses holds case 2 as it is written: fifty programs at one database enrol fifty people for five seats
// at the same instant. Five are booked, the others wait, and none is lost.
func TestSeatsFiftyProcesses(t *testing.T) {
	const desks, seats = 50, 5
	url := datatest.Postgres(t)
	s := coursestest.New(t, url)
	one := s.Open(seats, s.Sessions(s.Hall, s.Mia, nextWeek)...)
	all := make([]datatest.Worker[enrolment, seated], desks)
	for i := range all {
		all[i] = datatest.StartWorker[enrolment, seated](t, url)
	}
	for _, desk := range all { // each has its connection
		desk.Tell(time.Time{}, enrolment{})
		desk.Hear()
	}
	who := make([]courses.Participant, desks)
	for i := range who {
		who[i] = s.Person()
	}
	at := time.Now().Add(200 * time.Millisecond)
	for i, desk := range all {
		desk.Tell(at, enrolment{By: s.Clerk, Series: one.ID, Participant: who[i].ID})
	}
	told := map[string]courses.EnrolmentState{}
	for i, desk := range all {
		got := desk.Hear()
		if got.Error != "" {
			t.Errorf("desk %d: %s", i, got.Error)
		}
		told[who[i].ID] = got.State
	}
	if got, want := counted(told), "booked 5, waiting 45"; got != want {
		t.Errorf("the desks heard %s, want %s", got, want)
	}
	if got, want := counted(s.States(one)), "booked 5, waiting 45"; got != want {
		t.Errorf("stored: %s, want %s", got, want)
	}
	s.Clean()
}
