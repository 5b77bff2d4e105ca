// Package coursestest is an invented school for tests: a town with a library, a room of PCs, trainers and courses, on any
// throw-away database.
package coursestest

import (
	"crypto/ed25519"
	"fmt"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"

	"golang.org/x/crypto/ssh"
)

// School is a datatest.Town that gives courses. An (an.peeters) is the coordinator, Bert the head of Burgerzaken, Lid 4 a
// clerk, Lid 5 a trainer, who is the trainer Lid Nummer05. The library is open from Monday to Saturday, nine to nine, and
// closed from 24 December to 3 January and on the public holidays; the annexe is another location.
type School struct {
	*courses.Store
	DB                *data.DB
	Clock             *datatest.Hand
	Town              *datatest.Town
	An, Clerk, Lesson data.Actor // coordinator, clerk, trainer with an account
	Library, Annexe   string     // locations
	PCs, Hall, Far    data.Room  // eight PCs and a meeting room of the library, a room of the annexe
	Mia, Own          courses.Trainer
	Email             courses.Course // direct move-up is not its way: it offers
	T                 testing.TB
	people            int
}

// New fills an empty database.
func New(t testing.TB, url string) *School {
	t.Helper()
	s := &School{Clock: &datatest.Hand{}, T: t}
	s.DB = datatest.Open(t, url, data.WithClock(s.Clock.Now))
	s.Store, s.Town = courses.NewStore(s.DB), datatest.NewTown(t, s.DB)
	for login, role := range map[string]data.Role{"an.peeters": data.RoleCoordinator, "lid4": data.RoleClerk, "lid5": data.RoleTrainer} {
		s.OK(s.Town.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2020-01-01", ""))
	}
	s.An, s.Clerk, s.Lesson = s.Town.Actor("an.peeters"), s.Town.Actor("lid4"), s.Town.Actor("lid5")
	gemeente := s.Town.Services["Burgerzaken"].OrganisationID
	s.Library, s.Annexe = s.location(gemeente, "Bibliotheek"), s.location(gemeente, "Wijkhuis")
	s.OK(s.DB.InTx(t.Context(), func(tx *data.Tx) (err error) {
		for _, r := range []struct {
			room *data.Room
			data.Room
		}{
			{&s.PCs, data.Room{LocationID: s.Library, Name: "Computerruimte", Kind: "ocr", Seats: 12, PCs: 8}},
			{&s.Hall, data.Room{LocationID: s.Library, Name: "Vergaderzaal", Kind: "vergaderzaal", Seats: 20}},
			{&s.Far, data.Room{LocationID: s.Annexe, Name: "Leslokaal", Kind: "leslokaal", Seats: 10, PCs: 10}},
		} {
			if *r.room, err = data.PutRoom(t.Context(), tx, datatest.Operator, r.Room); err != nil {
				return err
			}
		}
		return nil
	}))
	s.Mia = Must(s.PutTrainer(t.Context(), s.An, courses.Trainer{Name: "Mia Vermeulen", Kind: courses.TrainerVolunteer, Phone: "0470 00 00 01", AllowanceCents: 1500, TravelMinutes: 30}))(t)
	s.Own = Must(s.PutTrainer(t.Context(), s.An, courses.Trainer{Name: "Lid Nummer05", Kind: courses.TrainerStaff, PersonID: s.Lesson.PersonID}))(t)
	s.Email = Must(s.PutCourse(t.Context(), s.An, courses.Course{Code: "email", Title: "E-mail voor starters", Goals: []string{"een e-mail sturen"}, Domain: courses.DomainMail, Level: 1, Lessons: 2, Minutes: 120,
		Least: 1, Most: 8, Promotion: courses.Offer, OfferDays: 3, DecideDays: 7}))(t)
	return s
}

// Each runs a test at a school on both engines.
func Each(t *testing.T, test func(t *testing.T, s *School)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) { test(t, New(t, url)) })
}

// Must stops the test at an error.
func Must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// OK stops the test at an error.
func (s *School) OK(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

func (s *School) location(organisation, name string) string {
	var week calendar.Week
	for d := time.Monday; d <= time.Saturday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 21 * 60}}
	}
	shut := []calendar.Closure{{First: Day(s.T, "2026-12-24"), Last: Day(s.T, "2027-01-03"), Reason: "eindejaar"}}
	l, err := calendar.NewStore(s.DB).AddLocation(s.T.Context(), datatest.Operator, organisation, name, calendar.Calendar{Week: week, Closures: shut, Ticks: calendar.PublicHolidays()})
	s.OK(err)
	return l.ID
}

// Day reads YYYY-MM-DD.
func Day(t testing.TB, text string) time.Time {
	t.Helper()
	day, err := data.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// Slot reads "2026-12-01 14:00-16:00".
func Slot(t testing.TB, text string) courses.Slot {
	t.Helper()
	var day, from, to string
	if n, err := fmt.Sscanf(text, "%10s %5s-%5s", &day, &from, &to); n != 3 || err != nil {
		t.Fatalf("slot %q: %v", text, err)
	}
	minute := func(s string) calendar.Minute { return Must(calendar.ParseMinute(s))(t) }
	return courses.Slot{Day: Day(t, day), From: minute(from), To: minute(to)}
}

// Sessions gives a session in a room for each slot, with a trainer where one is said.
func (s *School) Sessions(room data.Room, trainer courses.Trainer, slots ...string) (all []courses.Session) {
	for _, text := range slots {
		one := courses.Session{Slot: Slot(s.T, text), RoomID: room.ID}
		if trainer.ID != "" {
			one.Trainers = []string{trainer.ID}
		}
		all = append(all, one)
	}
	return all
}

// Draft makes a series of the e-mail course in the library's room of PCs with these seats.
func (s *School) Draft(seats int, sessions ...courses.Session) courses.Series {
	s.T.Helper()
	return Must(s.AddSeries(s.T.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Seats: seats, Sessions: sessions}))(s.T)
}

// Open is Draft, published.
func (s *School) Open(seats int, sessions ...courses.Session) courses.Series {
	s.T.Helper()
	one := s.Draft(seats, sessions...)
	s.OK(s.Publish(s.T.Context(), s.An, one.ID))
	one.State = courses.Published
	return one
}

// Person adds a participant of the town's inhabitants: the first is Zoë Adams, the others differ by a number.
func (s *School) Person() courses.Participant {
	s.T.Helper()
	s.people++
	name := "Zoë"
	if s.people > 1 {
		name = fmt.Sprintf("Zoë %d", s.people)
	}
	return Must(s.PutParticipant(s.T.Context(), s.An, courses.Participant{Given: name, Family: "Adams", Phone: fmt.Sprintf("0470 11 %02d %02d", s.people/100, s.people%100), Category: courses.Resident}))(s.T)
}

// Join enrols somebody, or a new person when who is the zero Participant.
func (s *School) Join(series courses.Series, who courses.Participant) courses.Enrolment {
	s.T.Helper()
	if who.ID == "" {
		who = s.Person()
	}
	return Must(s.Enrol(s.T.Context(), s.Clerk, courses.EnrolAsk{Series: series.ID, Participant: who.ID}))(s.T)[0]
}

// States gives the state of each enrolment of a series by participant's name.
func (s *School) States(series courses.Series) map[string]courses.EnrolmentState {
	s.T.Helper()
	states := map[string]courses.EnrolmentState{}
	for _, e := range Must(s.Enrolments(s.T.Context(), s.An, series.ID))(s.T) {
		states[e.Participant] = e.State
	}
	return states
}

// Clean fails the test when an invariant is broken.
func (s *School) Clean() {
	s.T.Helper()
	if found := Must(s.Check(s.T.Context(), s.An))(s.T); len(found) > 0 {
		s.T.Errorf("violated: %v", found)
	}
}

// Kiosk adds a kiosk PC in the library, and gives it as it calls the store.
func (s *School) Kiosk() data.Actor {
	s.T.Helper()
	public, _, err := ed25519.GenerateKey(nil)
	s.OK(err)
	key, err := ssh.NewPublicKey(public)
	s.OK(err)
	k := Must(data.NewKiosks(s.DB).Add(s.T.Context(), datatest.Operator, data.NewKiosk{Name: "ocr-1", Kind: data.KioskOCR, LocationID: s.Library, Key: string(ssh.MarshalAuthorizedKey(key))}))(s.T)
	return data.Identity{KioskID: k.ID, Login: k.Login(), From: "192.0.2.8"}.Actor()
}
