package courses_test

import (
	"context"
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
	"digibrug/data/datatest"
)

// told is a school with who is told by mail, by phone and by letter, a trainer with a mail address, and what they were told.
type told struct {
	*coursestest.School
	store   *courses.Store // where mails can leave the house
	people  [3]courses.Participant
	trainer courses.Trainer
}

func newTold(s *coursestest.School) told {
	w := told{School: s, store: s.Mailing(true)}
	w.trainer = s.Mia
	w.trainer.Mail = "mia@lessen.example"
	w.trainer = coursestest.Must(s.PutTrainer(s.T.Context(), s.An, w.trainer))(s.T)
	for i, p := range []courses.Participant{{Given: "Emma", Mail: "emma@post.example", Phone: "0470 22 00 01"}, {Given: "Tijl", Phone: "0470 22 00 02"},
		{Given: "Bea", Channel: courses.ByLetter, Address: "Kerkplein 1, 9999 Zandwerve"}} {
		p.Family, p.Category = "Claes", courses.Resident
		w.people[i] = coursestest.Must(s.PutParticipant(s.T.Context(), s.An, p))(s.T)
	}
	return w
}

// in enrols the three, in order.
func (w told) in(of courses.Series) (all []courses.Enrolment) {
	for _, p := range w.people {
		all = append(all, w.Join(of, p))
		w.Clock.Forward(time.Second)
	}
	return all
}

func plainly(_ string, l courses.Lesson) (string, string) {
	return fmt.Sprintf("%s, les %d", l.Course, l.Number), l.About
}

// hear tells everybody by mail and by letter, and gives who heard what by which channel, with what changes in the calendar;
// who is to be called comes last, and is told.
func (w told) hear() (all []string) {
	w.T.Helper()
	line := func(how string) courses.Write {
		return func(_ context.Context, _ *data.Tx, n courses.News) error {
			text := fmt.Sprintf("%s %s %s", strings.Fields(n.Name())[0], how, n.About)
			for _, kind := range []struct {
				sign   string
				events []ics.Event
			}{{"+", n.Request}, {"-", n.Cancel}} {
				for _, e := range kind.events {
					text += fmt.Sprintf(" %s%s/%d", kind.sign, data.DayText(e.Start.Day)[5:], e.Sequence)
				}
			}
			all = append(all, text)
			return nil
		}
	}
	coursestest.Must(w.store.TellByMail(w.T.Context(), w.An, plainly, line("mail")))(w.T)
	coursestest.Must(w.store.TellByLetter(w.T.Context(), w.An, "", line("letter")))(w.T)
	for _, c := range coursestest.Must(w.store.Calls(w.T.Context(), w.Clerk))(w.T) {
		all = append(all, fmt.Sprintf("%s %s %s", strings.Fields(c.Participant)[0], c.Channel, c.About))
		coursestest.Must(w.store.ToldCall(w.T.Context(), w.Clerk, c, "telefoon"))(w.T)
	}
	slices.Sort(all)
	return all
}

// TestWhoHears states for every act who is told what by which channel: +day is an invitation or its change, -day one that
// is taken back, and the number its sequence. Two lessons of Mia, on 1 and 8 December.
func TestWhoHears(t *testing.T) {
	type act struct {
		seats  int // 0: three
		first  func(w told, of courses.Series, in []courses.Enrolment)
		do     func(w told, of courses.Series, in []courses.Enrolment)
		staff  bool // Lid 4 asks too, and waits for the head
		want   []string
		others bool // with another series of the course, of three seats, on 3 and 10 December
	}
	ctx := context.Background()
	for name, c := range map[string]act{
		"enrolled": {do: func(told, courses.Series, []courses.Enrolment) {}},
		"on the waiting list": {seats: 1, do: func(w told, of courses.Series, _ []courses.Enrolment) {
			w.Join(of, coursestest.Must(w.PutParticipant(ctx, w.An, courses.Participant{Given: "Jo", Family: "Maes", Mail: "jo@post.example", Category: courses.Resident}))(w.T))
		}, want: []string{"Jo mail waiting"}},
		"enrolled by who plans": {seats: 4, do: func(w told, of courses.Series, _ []courses.Enrolment) {
			p := coursestest.Must(w.PutParticipant(ctx, w.An, courses.Participant{Given: "Jo", Family: "Maes", Phone: "0470 22 00 09", Category: courses.Resident}))(w.T)
			coursestest.Must(w.Enrol(ctx, w.An, courses.EnrolAsk{Series: of.ID, Participant: p.ID, Source: courses.ByCoordinator}))(w.T)
		}, want: []string{"Jo phone booked"}},
		"a seat comes free and is offered": {seats: 1, do: func(w told, _ courses.Series, in []courses.Enrolment) {
			coursestest.Must(w.Cancel(ctx, w.Clerk, in[0].ID, ""))(w.T)
		}, want: []string{"Emma mail cancelled -12-01/1 -12-08/1", "Tijl phone offered"}},
		"an offer is taken": {seats: 1, first: func(w told, _ courses.Series, in []courses.Enrolment) {
			coursestest.Must(w.Cancel(ctx, w.Clerk, in[0].ID, ""))(w.T)
		}, do: func(w told, _ courses.Series, in []courses.Enrolment) {
			coursestest.Must(w.Accept(ctx, w.Clerk, in[1].ID))(w.T)
		}},
		"an offer isn't wanted": {seats: 1, first: func(w told, _ courses.Series, in []courses.Enrolment) {
			coursestest.Must(w.Cancel(ctx, w.Clerk, in[0].ID, ""))(w.T)
		}, do: func(w told, _ courses.Series, in []courses.Enrolment) {
			coursestest.Must(w.Decline(ctx, w.Clerk, in[1].ID))(w.T)
		}, want: []string{"Bea letter offered"}},
		"an offer lapses": {seats: 1, first: func(w told, _ courses.Series, in []courses.Enrolment) {
			coursestest.Must(w.Cancel(ctx, w.Clerk, in[0].ID, ""))(w.T)
		}, do: func(w told, _ courses.Series, _ []courses.Enrolment) {
			w.Clock.Forward(8 * 24 * time.Hour)
			_, _, err := w.Tidy(ctx, w.An)
			w.OK(err)
		}, want: []string{"Bea letter offered"}},
		"moved up at once": {seats: 1, do: func(w told, of courses.Series, _ []courses.Enrolment) {
			coursestest.Must(w.ChangeSeries(ctx, w.An, of.ID, courses.SeriesChange{Least: 1, Seats: 3, Promotion: courses.Direct, DecideOn: of.DecideOn}))(w.T)
		}, want: []string{"Bea letter booked", "Tijl phone booked"}},
		"a lesson moves": {do: func(w told, of courses.Series, _ []courses.Enrolment) {
			coursestest.Must(w.MoveSession(ctx, w.An, sessions(w.School, of)[1].ID, coursestest.Slot(w.T, "2026-12-09 14:00-16:00"), w.PCs.ID, []string{w.Mia.ID}))(w.T)
		}, want: []string{"Bea letter lessons", "Emma mail lessons +12-09/1", "Mia mail lessons +12-09/1", "Tijl phone lessons"}},
		"a lesson gets another room": {do: func(w told, of courses.Series, _ []courses.Enrolment) {
			one := sessions(w.School, of)[0]
			coursestest.Must(w.MoveSession(ctx, w.An, one.ID, one.Slot, w.Hall.ID, []string{w.Mia.ID}))(w.T)
		}, want: []string{"Bea letter lessons", "Emma mail lessons +12-01/1", "Mia mail lessons +12-01/1", "Tijl phone lessons"}},
		"a lesson gets another trainer": {do: func(w told, of courses.Series, _ []courses.Enrolment) {
			one := sessions(w.School, of)[0]
			coursestest.Must(w.MoveSession(ctx, w.An, one.ID, one.Slot, w.PCs.ID, []string{w.Own.ID}))(w.T)
		}, want: []string{"Mia mail lessons -12-01/1"}},
		"a lesson moves there and back": {do: func(w told, of courses.Series, _ []courses.Enrolment) {
			one := sessions(w.School, of)[0]
			coursestest.Must(w.MoveSession(ctx, w.An, one.ID, coursestest.Slot(w.T, "2026-12-02 14:00-16:00"), w.PCs.ID, []string{w.Mia.ID}))(w.T)
			coursestest.Must(w.MoveSession(ctx, w.An, one.ID, one.Slot, w.PCs.ID, []string{w.Mia.ID}))(w.T)
		}, want: []string{"Bea letter lessons", "Tijl phone lessons"}},
		"a lesson is cancelled": {do: func(w told, of courses.Series, _ []courses.Enrolment) {
			w.OK(w.CancelSession(ctx, w.An, sessions(w.School, of)[0].ID))
		}, want: []string{"Bea letter lessons", "Emma mail lessons -12-01/1", "Mia mail lessons -12-01/1", "Tijl phone lessons"}},
		"the lessons shift": {do: func(w told, of courses.Series, _ []courses.Enrolment) {
			list := sessions(w.School, of)
			for i := range list {
				list[i].Slot = list[i].After(7)
			}
			w.OK(w.ShiftSessions(ctx, w.An, of.ID, list))
		}, want: []string{"Bea letter lessons", "Emma mail lessons +12-08/1 +12-15/1", "Mia mail lessons +12-08/1 +12-15/1", "Tijl phone lessons"}},
		"it goes ahead": {do: func(w told, of courses.Series, _ []courses.Enrolment) { w.OK(w.DecideGo(ctx, w.An, of.ID)) },
			want: []string{"Bea letter going", "Emma mail going", "Tijl phone going"}},
		"it is put off": {do: func(w told, of courses.Series, _ []courses.Enrolment) { w.OK(w.PostponeSeries(ctx, w.An, of.ID, 1)) },
			want: []string{"Bea letter lessons", "Emma mail lessons +12-08/1 +12-15/1", "Mia mail lessons +12-08/1 +12-15/1", "Tijl phone lessons"}},
		"it is merged": {others: true, do: func(w told, of courses.Series, _ []courses.Enrolment) {
			to := coursestest.Must(w.SeriesNamed(ctx, w.An, "26-002"))(w.T)
			coursestest.Must(w.MergeInto(ctx, w.An, of.ID, to.ID))(w.T)
		}, want: []string{"Bea letter moved", "Emma mail moved +12-03/0 +12-10/0 -12-01/1 -12-08/1", "Mia mail lessons -12-01/1 -12-08/1", "Tijl phone moved"}},
		"it is cancelled": {do: func(w told, of courses.Series, _ []courses.Enrolment) {
			w.OK(w.CancelSeries(ctx, w.An, of.ID, "lesgever ziek"))
		},
			want: []string{"Bea letter stopped", "Emma mail stopped -12-01/1 -12-08/1", "Mia mail lessons -12-01/1 -12-08/1", "Tijl phone stopped"}},
		"it is cancelled for who waits too": {seats: 1, do: func(w told, of courses.Series, _ []courses.Enrolment) {
			w.OK(w.CancelSeries(ctx, w.An, of.ID, "lesgever ziek"))
		}, want: []string{"Bea letter stopped", "Emma mail stopped -12-01/1 -12-08/1", "Mia mail lessons -12-01/1 -12-08/1", "Tijl phone stopped"}},
		"each cancels": {do: func(w told, _ courses.Series, in []courses.Enrolment) {
			for _, e := range in {
				coursestest.Must(w.Cancel(ctx, w.Clerk, e.ID, ""))(w.T)
			}
		}, want: []string{"Bea letter cancelled", "Emma mail cancelled -12-01/1 -12-08/1"}},
		"who plans takes them out": {do: func(w told, _ courses.Series, in []courses.Enrolment) {
			for _, e := range in {
				coursestest.Must(w.Cancel(ctx, w.An, e.ID, "kwam nooit"))(w.T)
			}
		}, want: []string{"Bea letter cancelled", "Emma mail cancelled -12-01/1 -12-08/1", "Tijl phone cancelled"}},
		"the head says yes": {seats: 4, staff: true, do: func(w told, of courses.Series, _ []courses.Enrolment) {
			coursestest.Must(w.Approve(ctx, w.An, w.waits(of), true, ""))(w.T)
		}, want: []string{"Lid letter booked"}},
		"the head says no": {seats: 4, staff: true, do: func(w told, of courses.Series, _ []courses.Enrolment) {
			coursestest.Must(w.Approve(ctx, w.An, w.waits(of), false, "te druk in december"))(w.T)
		}, want: []string{"Lid letter refused"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := coursestest.New(t, datatest.SQLite(t)) // the others run on both engines
			w := newTold(s)
			of := s.Open(max(c.seats, 3*boolOf(c.seats == 0)), s.Sessions(s.PCs, s.Mia, nextWeek, "2026-12-08 14:00-16:00")...)
			if c.others {
				s.Open(3, s.Sessions(s.Hall, s.Own, "2026-12-03 14:00-16:00", "2026-12-10 14:00-16:00")...)
			}
			in := w.in(of)
			if c.staff {
				coursestest.Must(s.EnrolSelf(t.Context(), s.Clerk, of.ID))(t)
			}
			first := []string{"Bea letter booked", "Emma mail booked +12-01/0 +12-08/0", "Mia mail lessons +12-01/0 +12-08/0"}
			if c.seats == 1 {
				first[0] = "Bea letter waiting"
			}
			if got := w.hear(); !slices.Equal(got, first) {
				t.Fatalf("at enrolment\n%q, want\n%q", got, first)
			}
			if c.first != nil {
				c.first(w, of, in)
				w.hear()
			}
			s.Clock.Forward(time.Second)
			c.do(w, of, in)
			if got := w.hear(); !slices.Equal(got, c.want) {
				t.Errorf("heard\n%q, want\n%q", got, c.want)
			}
			if again := w.hear(); len(again) > 0 {
				t.Errorf("told twice: %q", again)
			}
			s.Clean()
		})
	}
}

func boolOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// waits is the enrolment that waits for a head.
func (w told) waits(of courses.Series) string {
	w.T.Helper()
	for _, e := range coursestest.Must(w.Enrolments(w.T.Context(), w.An, of.ID))(w.T) {
		if e.State == courses.AwaitsHead {
			return e.ID
		}
	}
	w.T.Fatal("nobody waits for a head")
	return ""
}

// TestReach: the way that was asked for where that can be.
func TestReach(t *testing.T) {
	for name, c := range map[string]struct {
		p     courses.Participant
		mails bool
		want  courses.Channel
	}{
		"an address":                        {courses.Participant{Mail: "a@b.example", Phone: "1"}, true, courses.ByMail},
		"no mail leaves the house":          {courses.Participant{Mail: "a@b.example", Phone: "1"}, false, courses.ByPhone},
		"nor is there a number":             {courses.Participant{Mail: "a@b.example"}, false, courses.ByLetter},
		"an address that isn't one":         {courses.Participant{Mail: "a@b", Phone: "1", Channel: courses.ByLetter}, true, courses.ByLetter},
		"hostile address":                   {courses.Participant{Mail: "-oProxy=x@b.example", Phone: "1"}, true, courses.ByPhone},
		"asked to be called":                {courses.Participant{Mail: "a@b.example", Phone: "1", Channel: courses.ByPhone}, true, courses.ByPhone},
		"asked so, without a number":        {courses.Participant{Mail: "a@b.example", Channel: courses.ByPhone}, true, courses.ByMail},
		"asked for letters":                 {courses.Participant{Mail: "a@b.example", Phone: "1", Channel: courses.ByLetter}, true, courses.ByLetter},
		"nothing at all, as who works here": {courses.Participant{PersonID: "x"}, true, courses.ByLetter},
	} {
		if got := c.p.Reach(c.mails); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestToldOnce breaks off in the middle of letters and mails: none is lost, and none comes twice.
func TestToldOnce(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		w := newTold(s)
		of := s.Open(3, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		w.in(of)
		w.hear()
		s.OK(s.CancelSeries(t.Context(), s.An, of.ID, "lesgever ziek"))
		dead := errors.New("the light went out")
		var papers []string
		put := func(limit int) courses.Write { // keeps its papers in the transaction, as the outbox does
			return func(ctx context.Context, tx *data.Tx, n courses.News) error {
				if len(papers) >= limit {
					return dead
				}
				papers = append(papers, n.Name())
				_, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, changed_at) VALUES ($1, '', 0)`, "paper."+n.Name())
				return err
			}
		}
		kept := func() int {
			var n int
			s.OK(data.One(t.Context(), s.DB, []any{&n}, `SELECT count(*) FROM settings WHERE key LIKE 'paper.%'`))
			return n
		}
		if n, err := s.TellByLetter(t.Context(), s.An, of.ID, put(2)); !errors.Is(err, dead) || n != 0 || kept() != 0 {
			t.Errorf("broken off after two letters: %d told, %d kept, %v", n, kept(), err)
		}
		papers = nil
		if n, err := s.TellByLetter(t.Context(), s.An, of.ID, put(9)); err != nil || n != 3 || kept() != 3 {
			t.Errorf("once more: %d told, %d kept, %v", n, kept(), err)
		}
		if n, err := s.TellByLetter(t.Context(), s.An, of.ID, put(9)); err != nil || n != 0 {
			t.Errorf("and again: %d told, %v", n, err)
		}
		papers = nil
		if n, err := w.store.TellByMail(t.Context(), s.An, plainly, put(0)); !errors.Is(err, dead) || n != 0 || kept() != 3 {
			t.Errorf("a mail that can't be written: %d told, %d kept, %v", n, kept(), err)
		}
		if n, err := w.store.TellByMail(t.Context(), s.An, plainly, put(9)); err != nil || n != 1 || kept() != 4 { // Mia; Emma has a letter
			t.Errorf("once more: %d told, %d kept, %v", n, kept(), err)
		}
		if n, err := s.TellByMail(t.Context(), s.An, plainly, put(9)); err != nil || n != 0 {
			t.Errorf("without a mail server: %d told, %v", n, err)
		}
	})
}

// TestToldAsSeen: what comes after the list was read is still to be told.
func TestToldAsSeen(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		w := newTold(s)
		of := s.Open(3, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		w.in(of)
		w.hear()
		x := sessions(s, of)[0]
		move := func(to string) {
			s.Clock.Forward(time.Minute)
			coursestest.Must(s.MoveSession(t.Context(), s.An, x.ID, coursestest.Slot(t, to), s.PCs.ID, x.Trainers))(t)
		}
		calls := func() []courses.Call { return coursestest.Must(w.store.Calls(t.Context(), s.Clerk))(t) }
		move("2026-12-02 14:00-16:00")
		seen := calls()
		move("2026-12-03 14:00-16:00")
		for _, c := range seen {
			coursestest.Must(s.ToldCall(t.Context(), s.Clerk, c, "telefoon"))(t)
		}
		if got := calls(); len(got) != len(seen) || len(got) != 2 {
			t.Errorf("%d of %d are left, want 2 of 2", len(got), len(seen))
		}
		for _, c := range calls() {
			coursestest.Must(s.ToldCall(t.Context(), s.Clerk, c, "telefoon"))(t)
		}
		if got := calls(); len(got) != 0 {
			t.Errorf("still to call: %+v", got)
		}
		lines := coursestest.Must(s.News(t.Context(), s.An, of.ID))(t)
		if at := slices.IndexFunc(lines, func(l courses.NewsLine) bool { return l.Who == "Tijl Claes" && l.About == courses.AboutBooked }); at < 0 || lines[at].How != "present" {
			t.Errorf("who was there: %+v", lines)
		}
		if _, err := s.News(t.Context(), s.Town.Actor("lid6"), of.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a colleague reads who was told: %v", err)
		}
	})
}
