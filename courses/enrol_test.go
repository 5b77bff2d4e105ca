package courses_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

const nextWeek = "2026-12-01 14:00-16:00"

// counted writes how many enrolments are in each state: "booked 5, waiting 2".
func counted(states map[string]courses.EnrolmentState) string {
	n := map[courses.EnrolmentState]int{}
	for _, state := range states {
		n[state]++
	}
	var texts []string
	for _, state := range slices.Sorted(maps.Keys(n)) {
		texts = append(texts, fmt.Sprintf("%s %d", state, n[state]))
	}
	return strings.Join(texts, ", ")
}

// TestSeatsAtOnce holds cases 1 and 2: many enrol at the same moment, and nobody is lost.
func TestSeatsAtOnce(t *testing.T) {
	for _, test := range []struct{ seats, people int }{{1, 2}, {5, 50}} {
		t.Run(fmt.Sprintf("%d for %d", test.people, test.seats), func(t *testing.T) {
			coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
				one := s.Open(test.seats, s.Sessions(s.Hall, s.Mia, nextWeek)...)
				who := make([]courses.Participant, test.people)
				for i := range who {
					who[i] = s.Person()
				}
				errs, start := make([]error, test.people), make(chan struct{})
				var desks sync.WaitGroup
				for i := range who {
					desks.Go(func() {
						<-start
						_, errs[i] = s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: one.ID, Participant: who[i].ID})
					})
				}
				close(start)
				desks.Wait()
				if err := errors.Join(errs...); err != nil {
					t.Fatal(err)
				}
				if got, want := counted(s.States(one)), fmt.Sprintf("booked %d, waiting %d", test.seats, test.people-test.seats); got != want {
					t.Errorf("%s, want %s", got, want)
				}
				s.Clean()
			})
		})
	}
}

// TestSeatsAtOnceControl shows that TestSeatsAtOnce bites: desks that count in one look and write in another, with nothing that
// holds the two together, give one seat to two, and the check of the invariants finds it.
func TestSeatsAtOnceControl(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(1, s.Sessions(s.Hall, s.Mia, nextWeek)...)
		var looked, wrote sync.WaitGroup
		looked.Add(2)
		errs := make([]error, 2)
		for i, who := range []courses.Participant{s.Person(), s.Person()} {
			wrote.Go(func() {
				taken := len(s.States(one))
				looked.Done()
				looked.Wait() // the look of both comes before the write of either
				if taken < 1 {
					errs[i] = s.DB.InTx(t.Context(), func(tx *data.Tx) error {
						_, err := tx.ExecContext(t.Context(), `INSERT INTO enrolments (id, series_id, participant_id, state, seat, priority, queued_at, pair, source, category, fee, paid,
							offer_until, approved_by, reason, ended_at) VALUES ($1, $2, $3, 'booked', $4, 0, 0, '', 'desk', 'resident', '{}', 'due', '', '', '', 0)`, data.NewID(), one.ID, who.ID, i+1)
						return err
					})
				}
			})
		}
		wrote.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if got := counted(s.States(one)); got != "booked 2" {
			t.Errorf("without a lock: %s, want both to have the one seat", got)
		}
		if found := coursestest.Must(s.Check(t.Context(), s.An))(t); !slices.ContainsFunc(found, func(v courses.Violation) bool { return v.Law == "I1" }) {
			t.Errorf("the check finds %v, want I1", found)
		}
	})
}

// TestWaitingList holds cases 3, 8 and 10.
func TestWaitingList(t *testing.T) {
	t.Run("offers in order of time", func(t *testing.T) { // case 3
		coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
			one := s.Open(1, s.Sessions(s.Hall, s.Mia, nextWeek)...)
			var all []courses.Enrolment
			for range 11 {
				all = append(all, s.Join(one, courses.Participant{}))
				s.Clock.Forward(time.Second)
			}
			coursestest.Must(s.ChangeSeries(t.Context(), s.An, one.ID, courses.SeriesChange{Seats: 8, DecideOn: "2026-11-27"}))(t)
			got := s.States(one)
			for i, e := range all {
				want := courses.Offered
				switch {
				case i == 0:
					want = courses.Booked
				case i > 7:
					want = courses.Waiting
				}
				if got[e.Participant] != want {
					t.Errorf("number %d is %s, want %s", i, got[e.Participant], want)
				}
			}
			if e := coursestest.Must(s.Enrolments(t.Context(), s.An, one.ID))(t)[1]; e.OfferUntil != "2026-11-26" {
				t.Errorf("the offer stands until %s, want the third opening day, 2026-11-26", e.OfferUntil)
			}
			s.Clean()
		})
	})
	t.Run("direct move-up", func(t *testing.T) { // case 8
		coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
			one := direct(s, 1)
			a, b, c := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{})
			coursestest.Must(s.Cancel(t.Context(), s.Clerk, a.ID, ""))(t)
			got := s.States(one)
			if got[a.Participant] != courses.Withdrawn || got[b.Participant] != courses.Booked || got[c.Participant] != courses.Waiting {
				t.Errorf("after A cancelled: %v", got)
			}
			s.Clean()
		})
	})
	t.Run("who accepted and cancelled isn't offered again", func(t *testing.T) { // case 10
		coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
			one := s.Open(1, s.Sessions(s.Hall, s.Mia, nextWeek)...)
			a, b, c := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{})
			coursestest.Must(s.Cancel(t.Context(), s.Clerk, a.ID, ""))(t)
			coursestest.Must(s.Accept(t.Context(), s.Clerk, b.ID))(t)
			coursestest.Must(s.Cancel(t.Context(), s.Clerk, b.ID, ""))(t)
			got := s.States(one)
			if got[b.Participant] != courses.Withdrawn || got[c.Participant] != courses.Offered {
				t.Errorf("after B accepted and cancelled: %v", got)
			}
			if _, err := s.Accept(t.Context(), s.Clerk, b.ID); !errors.Is(err, courses.ErrNoOffer) {
				t.Errorf("the old offer: %v, want ErrNoOffer", err)
			}
			s.Clean()
		})
	})
}

// direct opens a series whose seats go to who waits at once.
func direct(s *coursestest.School, seats int) courses.Series {
	s.T.Helper()
	c := s.Email
	c.ID, c.Code, c.Promotion = "", "direct", courses.Direct
	c = coursestest.Must(s.PutCourse(s.T.Context(), s.An, c))(s.T)
	one := coursestest.Must(s.AddSeries(s.T.Context(), s.An, courses.SeriesAsk{Course: c.ID, Location: s.Library, Seats: seats, Sessions: s.Sessions(s.Hall, s.Mia, nextWeek)}))(s.T)
	s.OK(s.Publish(s.T.Context(), s.An, one.ID))
	one.State = courses.Published
	return one
}

// TestOfferByHand holds case 6.
func TestOfferByHand(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := coursestest.Must(s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: s.Library, Seats: 2, Least: 1, ByHand: true, Sessions: s.Sessions(s.Hall, s.Mia, nextWeek)}))(t)
		s.OK(s.Publish(t.Context(), s.An, one.ID))
		a, b, c := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{})
		if _, err := s.OfferSeat(t.Context(), s.An, b.ID, ""); err == nil {
			t.Error("A was passed without a reason")
		}
		if got := coursestest.Must(s.OfferSeat(t.Context(), s.An, b.ID, "heeft volgende week een examen"))(t); got.State != courses.Offered || got.OfferUntil == "" || got.Seat != 1 {
			t.Errorf("offered: %+v", got)
		}
		if _, err := s.OfferSeat(t.Context(), s.An, b.ID, "nog eens"); !errors.Is(err, courses.ErrOffered) {
			t.Errorf("offered twice: %v, want ErrOffered", err)
		}
		coursestest.Must(s.OfferSeat(t.Context(), s.An, a.ID, "eerste op de lijst"))(t)
		if _, err := s.OfferSeat(t.Context(), s.An, c.ID, "ook"); !errors.Is(err, courses.ErrFull) {
			t.Errorf("offered without a seat: %v, want ErrFull", err)
		}
		passed := 0
		for _, e := range coursestest.Must(s.History(t.Context(), s.An, one.ID))(t) {
			if e.Act == "passed" && e.EnrolmentID == a.ID && strings.Contains(e.Detail, "examen") {
				passed++
			}
		}
		if passed != 1 {
			t.Errorf("A finds %d times why somebody went before", passed)
		}
		s.Clean()
	})
}

// TestShut holds case 7: nobody moves up, and who asks is refused by the same rule.
func TestShut(t *testing.T) {
	at := coursestest.Slot(t, nextWeek).Instants().From
	for name, test := range map[string]struct {
		ask   courses.SeriesChange
		now   time.Time
		want  courses.ShutWhy
		joins bool // who asks now joins the list
	}{
		"enrolment closed yesterday": {courses.SeriesChange{EnrolUntil: at.Add(-48 * time.Hour)}, at.Add(-24 * time.Hour), courses.ShutEnded, false},
		"20 minutes before":          {courses.SeriesChange{StopMinutes: 20}, at.Add(-20 * time.Minute), courses.ShutStopped, false},
		"by hand":                    {courses.SeriesChange{ByHand: true}, at.Add(-24 * time.Hour), courses.ShutByHand, true},
		"began":                      {courses.SeriesChange{}, at, courses.ShutStarted, false},
	} {
		t.Run(name, func(t *testing.T) {
			coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
				one := s.Open(1, s.Sessions(s.Hall, s.Mia, nextWeek)...)
				for range 6 {
					s.Join(one, courses.Participant{})
				}
				s.Clock.Forward(test.now.Sub(s.Clock.Now()))
				test.ask.Seats, test.ask.DecideOn = 6, "2026-11-27"
				changed := coursestest.Must(s.ChangeSeries(t.Context(), s.An, one.ID, test.ask))(t)
				if got := changed.Shut(s.Clock.Now()); got != test.want {
					t.Errorf("shut by %q, want %q", got, test.want)
				}
				coursestest.Must(0, second(s.Tidy(t.Context(), s.An)))(t)
				if got := counted(s.States(one)); got != "booked 1, waiting 5" {
					t.Errorf("%s, want one booked and five waiting", got)
				}
				e, err := s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: one.ID, Participant: s.Person().ID})
				var shut *courses.ShutError
				switch {
				case test.joins && (err != nil || e[0].State != courses.Waiting):
					t.Errorf("who asks now: %v, %v; want the waiting list", e, err)
				case !test.joins && (!errors.As(err, &shut) || shut.Why != test.want):
					t.Errorf("who asks now: %v, want a ShutError %s", err, test.want)
				}
				s.Clean()
			})
		})
	}
}

func second(_, _ int, err error) error { return err }

// TestApproval: staff wait for their head, who alone may say yes; the queue is by when they asked.
func TestApproval(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := direct(s, 1)
		early := coursestest.Must(s.EnrolSelf(t.Context(), s.Town.Actor("lid1"), one.ID))(t)
		s.Clock.Forward(time.Minute)
		if early.State != courses.AwaitsHead {
			t.Fatalf("the colleague is %s", early.State)
		}
		for _, login := range []string{"lid1", "dora.claes", "lid4"} {
			if _, err := s.Approve(t.Context(), s.Town.Actor(login), early.ID, true, ""); err == nil {
				t.Errorf("%s approved", login)
			}
		}
		if got := coursestest.Must(s.ToApprove(t.Context(), s.Town.Actor("dora.claes")))(t); len(got) != 0 {
			t.Errorf("another head sees %v", got)
		}
		if got := coursestest.Must(s.ToApprove(t.Context(), s.Town.Actor("bert.maes")))(t); len(got) != 1 {
			t.Errorf("the head sees %v", got)
		}
		if got := coursestest.Must(s.Approve(t.Context(), s.Town.Actor("bert.maes"), early.ID, true, ""))(t); got.State != courses.Booked {
			t.Errorf("after the yes: %s", got.State)
		}
		no := coursestest.Must(s.EnrolSelf(t.Context(), s.Town.Actor("lid2"), one.ID))(t)
		if _, err := s.Approve(t.Context(), s.Town.Actor("bert.maes"), no.ID, false, ""); err == nil {
			t.Error("a no without a reason")
		}
		if got := coursestest.Must(s.Approve(t.Context(), s.Town.Actor("bert.maes"), no.ID, false, "te druk in december"))(t); got.State != courses.Refused {
			t.Errorf("after the no: %s", got.State)
		}
		own := coursestest.Must(s.EnrolSelf(t.Context(), s.Town.Actor("bert.maes"), one.ID))(t)
		if _, err := s.Approve(t.Context(), s.Town.Actor("bert.maes"), own.ID, true, ""); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the head says yes to the own asking: %v", err)
		}
		if got := coursestest.Must(s.ToApprove(t.Context(), s.Town.Actor("bert.maes")))(t); len(got) != 0 {
			t.Errorf("the head sees the own asking: %v", got)
		}
		if got := coursestest.Must(s.ToApprove(t.Context(), s.An))(t); len(got) != 1 {
			t.Errorf("who plans sees %v", got)
		}
		s.Clean()
	})
}

// TestOffersLapse in opening days, and not on a day on which nobody could call.
func TestOffersLapse(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(1, s.Sessions(s.Hall, s.Mia, "2026-12-15 14:00-16:00")...)
		a, b, c := s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{}), s.Join(one, courses.Participant{})
		coursestest.Must(s.Cancel(t.Context(), s.Clerk, a.ID, ""))(t)
		s.Clock.Forward(3 * 24 * time.Hour) // Thursday, the last day
		coursestest.Must(0, second(s.Tidy(t.Context(), s.An)))(t)
		if got := s.States(one)[b.Participant]; got != courses.Offered {
			t.Errorf("on the last day of the offer: %s", got)
		}
		s.Clock.Forward(24 * time.Hour)
		if lapsed, moved, err := s.Tidy(t.Context(), s.An); lapsed != 1 || moved != 1 || err != nil {
			t.Errorf("the day after: %d lapsed, %d moved up, %v", lapsed, moved, err)
		}
		if got := s.States(one); got[b.Participant] != courses.Lapsed || got[c.Participant] != courses.Offered {
			t.Errorf("then: %v", got)
		}
		if lapsed, moved, err := s.Tidy(t.Context(), s.An); lapsed+moved != 0 || err != nil {
			t.Errorf("again: %d, %d, %v", lapsed, moved, err)
		}
		s.Clean()
	})
}

// TestPairs: two who come together get two seats or none.
func TestPairs(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := direct(s, 2)
		alone := s.Join(one, courses.Participant{})
		both := coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: one.ID, Participant: s.Person().ID, With: s.Person().ID}))(t)
		last := s.Join(one, courses.Participant{})
		if both[0].State != courses.Waiting || both[1].State != courses.Waiting || last.State != courses.Booked {
			t.Errorf("one seat left: the pair is %s and %s, the next %s", both[0].State, both[1].State, last.State)
		}
		coursestest.Must(s.Cancel(t.Context(), s.Clerk, alone.ID, ""))(t)
		coursestest.Must(s.Cancel(t.Context(), s.Clerk, last.ID, ""))(t)
		if got := counted(s.States(one)); got != "booked 2, cancelled 2" {
			t.Errorf("two seats came free: %s", got)
		}
		s.Clean()
	})
}

// TestWhoIsIn: nobody is in a series twice, in two places at once, or in a course for others.
func TestWhoIsIn(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one, zoe := s.Open(5, s.Sessions(s.Hall, s.Mia, nextWeek)...), s.Person()
		s.Join(one, zoe)
		if _, err := s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: one.ID, Participant: zoe.ID}); !errors.Is(err, courses.ErrEnrolled) {
			t.Errorf("twice: %v, want ErrEnrolled", err)
		}
		other := s.Open(5, s.Sessions(s.PCs, s.Own, "2026-12-01 15:00-17:00")...)
		_, err := s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: other.ID, Participant: zoe.ID})
		var c *courses.ConflictError
		if !errors.As(err, &c) || c.Fault != courses.FaultParticipantTaken || c.With != one.Code || c.Who != zoe.Name() {
			t.Errorf("in two places: %v", err)
		}
		after := s.Open(5, s.Sessions(s.PCs, courses.Trainer{}, "2026-12-02 16:00-17:00")...)
		s.Join(after, zoe)
		_, err = s.MoveSession(t.Context(), s.An, sessions(s, after)[0].ID, coursestest.Slot(t, "2026-12-01 15:30-16:30"), s.Far.ID, nil)
		if !errors.As(err, &c) || c.Fault != courses.FaultParticipantTaken {
			t.Errorf("a session was moved onto another one of Zoë's: %v", err)
		}
		s.Clean()
	})
}

func sessions(s *coursestest.School, of courses.Series) []courses.Session {
	s.T.Helper()
	_, all, err := s.Store.Series(s.T.Context(), s.An, of.ID)
	s.OK(err)
	return all
}

// TestKioskEnrols without an account or a mail address; who came before is the same participant.
func TestKioskEnrols(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one, next := s.Open(1, s.Sessions(s.Hall, s.Mia, nextWeek)...), s.Open(1, s.Sessions(s.Hall, s.Mia, "2026-12-08 14:00-16:00")...)
		pc := s.Kiosk()
		omar := courses.Participant{Given: "Omar", Family: "Bakkali", Phone: "0470 22 33 44", Category: courses.Resident, Language: "fr"}
		a := coursestest.Must(s.EnrolVisitor(t.Context(), pc, one.ID, omar))(t)
		again := omar
		again.Phone = "+32470/223344"
		b := coursestest.Must(s.EnrolVisitor(t.Context(), pc, next.ID, again))(t)
		if a.State != courses.Booked || b.ParticipantID != a.ParticipantID || a.Source != courses.ByKiosk {
			t.Errorf("%+v, then %+v", a, b)
		}
		if _, err := s.EnrolVisitor(t.Context(), pc, one.ID, courses.Participant{Given: "Li", Family: "Wu", Category: courses.Resident}); err == nil {
			t.Error("somebody whom nobody can reach was enrolled")
		}
		if _, err := s.EnrolVisitor(t.Context(), s.Clerk, one.ID, omar); err == nil {
			t.Error("an account enrolled as a kiosk")
		}
		if all := coursestest.Must(s.Participants(t.Context(), s.Clerk, "bakka", 10))(t); len(all) != 1 {
			t.Errorf("participants called Bakkali: %v", all)
		}
		s.Clean()
	})
}

// TestPhone: a number is the same number however it is written, and one that can't be called is refused.
func TestPhone(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		put := func(phone string) (courses.Participant, error) {
			return s.PutParticipant(t.Context(), s.Clerk, courses.Participant{Given: "Omar", Family: "Bakkali", Phone: phone, Category: courses.Resident})
		}
		omar := coursestest.Must(put("0470 22 33 44"))(t)
		for find, want := range map[string]int{"0470223344": 1, "+32 470 22 33 44": 1, "0470/22.33.44": 1, "0470 22 33 44": 1, "0470": 1, "2233": 1, "omar 3344": 1,
			"bakk": 1, "0470223345": 0, "3434": 0, "akk": 0, "%": 0, "'": 0} {
			all := coursestest.Must(s.Participants(t.Context(), s.Clerk, find, 10))(t)
			if len(all) != want || want == 1 && all[0].ID != omar.ID {
				t.Errorf("%q finds %v, want %d", find, all, want)
			}
		}
		var bad *data.Invalid
		for _, phone := range []string{"12", "abc", "0470"} {
			if _, err := put(phone); !errors.As(err, &bad) || bad.Field != "phone" || bad.Why != data.WhyPhone {
				t.Errorf("%q: %v", phone, err)
			}
		}
	})
}

// TestOfferWithoutHours: in a location that has no hours yet an offer stands for days, and not only today.
func TestOfferWithoutHours(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		l := coursestest.Must(calendar.NewStore(s.DB).AddLocation(t.Context(), datatest.Operator, s.Town.Services["Burgerzaken"].OrganisationID, "Nieuwbouw", calendar.Calendar{}))(t)
		of := coursestest.Must(s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: s.Email.ID, Location: l.ID, Seats: 1, Sessions: s.Sessions(s.PCs, s.Mia, nextWeek)}))(t)
		s.OK(s.Publish(t.Context(), s.An, of.ID))
		leaves := s.Join(of, courses.Participant{})
		waits := s.Join(of, courses.Participant{})
		today := data.DayOf(s.Clock.Now())
		coursestest.Must(s.Cancel(t.Context(), s.Clerk, leaves.ID, ""))(t)
		for _, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, of.ID))(t) {
			if e.ID == waits.ID && (e.State != courses.Offered || e.OfferUntil <= today) {
				t.Errorf("the offer: %+v, and today is %s", e, today)
			}
		}
	})
}
