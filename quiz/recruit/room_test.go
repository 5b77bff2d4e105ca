package recruit_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

func TestNeed(t *testing.T) {
	now := at(20)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	clock := recruit.NewClock(start, 60, 0, minute, minute, time.Time{})
	busy := recruit.Sitting{ArrivedAt: start, CheckedAt: start, ReleasedAt: start, Session: "a", SeenAt: ago(time.Second), KeyAt: ago(time.Second), Clock: clock}
	with := func(change func(*recruit.Sitting)) recruit.Sitting {
		s := busy
		change(&s)
		return s
	}
	before := with(func(s *recruit.Sitting) { s.Clock = recruit.Clock{} })
	for name, c := range map[string]struct {
		s    recruit.Sitting
		want recruit.Need
	}{
		"no code typed": {recruit.Sitting{}, recruit.NeedArrival},
		"code typed":    {recruit.Sitting{ArrivedAt: now, Session: "a", SeenAt: now}, recruit.NeedCheck},
		"code typed, and gone before the card was shown": {recruit.Sitting{ArrivedAt: start, Session: "a", SeenAt: start}, recruit.NeedArrival},
		"checked, and waits for the start":               {before, recruit.NeedRelease},
		"checked, and gone before the start":             {func() recruit.Sitting { s := before; s.SeenAt = start; return s }(), recruit.NeedLine},
		"busy":                                           {busy, recruit.NeedNothing},
		"silent for just as long as may be":              {with(func(s *recruit.Sitting) { s.SeenAt = ago(recruit.Silence) }), recruit.NeedNothing},
		"silent for longer":                              {with(func(s *recruit.Sitting) { s.SeenAt = ago(recruit.Silence + 1) }), recruit.NeedLine},
		"cut":                                            {with(func(s *recruit.Sitting) { s.Session, s.Clock = "", clock.Stop(recruit.Cut, ago(minute)) }), recruit.NeedLine},
		"no key for just as long as may be":              {with(func(s *recruit.Sitting) { s.KeyAt = ago(recruit.Quiet) }), recruit.NeedNothing},
		"no key for longer":                              {with(func(s *recruit.Sitting) { s.KeyAt = ago(recruit.Quiet + 1) }), recruit.NeedLook},
		"paused":                                         {with(func(s *recruit.Sitting) { s.Clock = clock.Stop(recruit.Paused, ago(minute)) }), recruit.NeedPause},
		"paused, without a key":                          {with(func(s *recruit.Sitting) { s.Clock, s.KeyAt = clock.Stop(recruit.Paused, ago(minute)), start }), recruit.NeedPause},
		"paused, and the line was cut":                   {with(func(s *recruit.Sitting) { s.Clock, s.Session = clock.Stop(recruit.Paused, ago(minute)), "" }), recruit.NeedLine},
		"on a break":                                     {with(func(s *recruit.Sitting) { s.Clock = clock.Stop(recruit.OnBreak, ago(minute)) }), recruit.NeedBreak},
		"on a break, with the terminal closed":           {with(func(s *recruit.Sitting) { s.Clock, s.Session = clock.Stop(recruit.OnBreak, ago(minute)), "" }), recruit.NeedBreak},
		"asks": {with(func(s *recruit.Sitting) {
			s.Clock, s.Question = clock.Stop(recruit.Asking, now), &recruit.Question{}
		}), recruit.NeedAnswer},
		"asks, and is paused": {with(func(s *recruit.Sitting) {
			s.Clock, s.Question = clock.Stop(recruit.Paused, now), &recruit.Question{}
		}), recruit.NeedAnswer},
		"asks, and the line was cut": {with(func(s *recruit.Sitting) {
			s.Clock, s.Question, s.Session = clock.Stop(recruit.Asking, now), &recruit.Question{}, ""
		}), recruit.NeedAnswer},
		"is back": {with(func(s *recruit.Sitting) {
			s.Session, s.Clock, s.Next = "", clock.Stop(recruit.Cut, ago(minute)), recruit.Visit{Session: "b", SeenAt: now}
		}), recruit.NeedResume},
		"was back, and left again": {with(func(s *recruit.Sitting) {
			s.Session, s.Clock, s.Next = "", clock.Stop(recruit.Cut, ago(minute)), recruit.Visit{Session: "b", SeenAt: ago(minute)}
		}), recruit.NeedLine},
		"came twice":          {with(func(s *recruit.Sitting) { s.Next = recruit.Visit{Session: "b", SeenAt: now} }), recruit.NeedResume},
		"handed in":           {with(func(s *recruit.Sitting) { s.Ended, s.EndedAt = recruit.Submitted, now }), recruit.NeedDone},
		"time up, unnoticed":  {with(func(s *recruit.Sitting) { s.Clock.Allowed = 20 * minute }), recruit.NeedDone},
		"time up while asked": {with(func(s *recruit.Sitting) { s.Clock.Until, s.Question = now, &recruit.Question{} }), recruit.NeedDone},
	} {
		if got := c.s.NeedAt(now); got != c.want {
			t.Errorf("%s: need %d (%s), want %d", name, got, c.s.PhaseAt(now), c.want)
		}
	}
}

func TestByNeed(t *testing.T) {
	now := at(20)
	one := func(label string, change func(*recruit.Sitting)) recruit.Sitting {
		s := recruit.Sitting{ArrivedAt: start, CheckedAt: start, Session: "a", SeenAt: now, KeyAt: now, Clock: recruit.NewClock(start, 60, 0, 0, 0, time.Time{})}
		s.Candidate.Label = label
		change(&s)
		return s
	}
	asked := func(minutes float64) func(*recruit.Sitting) {
		return func(s *recruit.Sitting) { s.Question = &recruit.Question{AskedAt: at(minutes)} }
	}
	all := []recruit.Sitting{one("K-01", func(*recruit.Sitting) {}), one("K-02", asked(15)), one("K-03", asked(10)),
		one("K-05", func(s *recruit.Sitting) { s.Ended = recruit.Submitted }), one("K-04", func(*recruit.Sitting) {}), one("K-06", func(s *recruit.Sitting) { s.SeenAt = start })}
	recruit.ByNeed(all, now)
	var got []string
	for _, s := range all {
		got = append(got, s.Candidate.Label)
	}
	if want := "K-03 K-02 K-06 K-01 K-04 K-05"; strings.Join(got, " ") != want {
		t.Errorf("order %v, want %s", got, want)
	}
}

func TestTogetherAndLate(t *testing.T) {
	eachHall(t, recruittest.Options{Details: func(d *recruit.Details) { d.Together = true }}, func(t *testing.T, h *recruittest.Hall) {
		ctx, sup := t.Context(), h.Actor("lid1")
		for i := range 3 {
			_, err := h.Store.Arrive(ctx, h.By(i), recruittest.Session(i), "PC")
			h.Must(err)
		}
		if err := h.Store.Release(ctx, sup, h.Candidates[0]); !errors.Is(err, recruit.ErrNotChecked) {
			t.Errorf("let in without a card: %v", err)
		}
		for i := range 2 {
			h.Must(h.Store.Check(ctx, sup, h.Candidates[i]))
		}
		if err := h.Store.Start(ctx, h.By(0), recruittest.Session(0)); !errors.Is(err, recruit.ErrNotReleased) {
			t.Errorf("start before all: %v", err)
		}
		if n, err := h.Store.StartAll(ctx, sup, h.Procedure); n != 2 || err != nil {
			t.Errorf("start all: %d, %v", n, err)
		}
		h.Must(h.Store.Start(ctx, h.By(0), recruittest.Session(0)))
		h.Must(h.Store.Check(ctx, sup, h.Candidates[2])) // late
		if err := h.Store.Start(ctx, h.By(2), recruittest.Session(2)); !errors.Is(err, recruit.ErrNotReleased) {
			t.Errorf("a late one starts alone: %v", err)
		}
		h.Must(h.Store.Release(ctx, sup, h.Candidates[2]))
		h.Must(h.Store.Start(ctx, h.By(2), recruittest.Session(2)))
	})
}

func TestSupervisor(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		ctx, sup, by, me := t.Context(), h.Actor("lid1"), h.By(0), recruittest.Session(0)
		h.Start(0)
		h.Start(1)
		h.Pass(10*time.Minute, 0, 1)
		h.Must(h.Store.Pause(ctx, sup, h.Candidates[0]))
		if err := h.Store.Pause(ctx, sup, h.Candidates[0]); !errors.Is(err, recruit.ErrStopped) {
			t.Errorf("paused twice: %v", err)
		}
		h.Pass(30*time.Minute, 0, 1)
		if st := alive(t, h, 0, me); st.Phase != recruit.PhasePaused || st.Left != 50*time.Minute {
			t.Errorf("paused: %+v", st)
		}
		h.Must(h.Store.Resume(ctx, sup, h.Candidates[0]))
		if err := h.Store.Resume(ctx, sup, h.Candidates[0]); !errors.Is(err, recruit.ErrRunning) {
			t.Errorf("resumed twice: %v", err)
		}
		h.Must(h.Store.ExtraMinutes(ctx, sup, h.Candidates[0], 5, "lawaai op de gang"))
		if st := alive(t, h, 0, me); st.Left != 55*time.Minute {
			t.Errorf("with five minutes more: %v", st.Left)
		}
		var invalid *data.Invalid
		for name, err := range map[string]error{
			"extra time without a reason":   h.Store.ExtraMinutes(ctx, sup, h.Candidates[0], 5, " "),
			"time taken away":               h.Store.ExtraMinutes(ctx, sup, h.Candidates[0], -5, "x"),
			"an irregularity of no list":    h.Store.Irregularity(ctx, sup, h.Candidates[0], "boos", ""),
			"another one without words":     h.Store.Irregularity(ctx, sup, h.Candidates[0], "other", ""),
			"ended without a reason":        h.Store.End(ctx, sup, h.Candidates[0], ""),
			"a reason with somebody's INSZ": h.Store.End(ctx, sup, h.Candidates[0], "nummer 85.07.30-033.28"),
		} {
			if !errors.As(err, &invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.Must(h.Store.Irregularity(ctx, sup, h.Candidates[0], "phone", "ging af"))
		if n, err := h.Store.PauseAll(ctx, sup, h.Procedure); n != 2 || err != nil {
			t.Errorf("pause all: %d, %v", n, err)
		}
		h.Must(h.Store.CutOff(ctx, h.By(1), recruittest.Session(1)))
		h.Hand.Forward(4 * time.Second)
		if n, err := h.Store.ResumeAll(ctx, sup, h.Procedure); n != 2 || err != nil {
			t.Errorf("resume all: %d, %v", n, err)
		}
		if s := seen(t, h, 1); s.Clock.Why != recruit.Cut {
			t.Errorf("who left during the pause: %+v", s.Clock)
		}
		if err := h.Store.Resume(ctx, sup, h.Candidates[1]); !errors.Is(err, recruit.ErrGone) {
			t.Errorf("resume with nobody there: %v", err)
		}
		h.Must(h.Store.End(ctx, sup, h.Candidates[0], "gsm gebruikt"))
		if err := h.Store.Save(ctx, by, me, quiz.Save{}); !errors.Is(err, recruit.ErrEnded) {
			t.Errorf("an answer after the supervisor ended it: %v", err)
		}
		want := []recruit.EventKind{recruit.Arrived, recruit.Checked, recruit.Started, recruit.PausedBy, recruit.Resumed, recruit.ExtraTime,
			recruit.Irregularity, recruit.PausedBy, recruit.Resumed, recruit.Ended}
		if got := kinds(t, h, 0); !slices.Equal(got, want) {
			t.Errorf("events %v, want %v", got, want)
		}
		rows, err := h.DB.Audit(ctx, sup, 50)
		if err == nil {
			t.Errorf("a supervisor reads the audit log: %d rows", len(rows))
		}
	})
}

func TestQuestions(t *testing.T) {
	eachHall(t, recruittest.Options{Forms: 2}, func(t *testing.T, h *recruittest.Hall) {
		ctx, sup := t.Context(), h.Actor("lid1")
		for i := range 3 {
			h.Start(i)
		}
		ask := func(i, n int) recruit.Question {
			t.Helper()
			h.Must(h.Store.Ask(ctx, h.By(i), recruittest.Session(i), n, "Twee antwoorden zijn hetzelfde."))
			q := seen(t, h, i).Question
			if q == nil || q.N != n {
				t.Fatalf("the question of candidate %d: %+v", i, q)
			}
			return *q
		}
		h.Pass(10*time.Minute, 0, 1, 2)
		q := ask(0, 2)
		if err := h.Store.Ask(ctx, h.By(0), recruittest.Session(0), 3, "En deze?"); !errors.Is(err, recruit.ErrStopped) {
			t.Errorf("a second question: %v", err)
		}
		h.Pass(10*time.Minute, 0, 1, 2)
		h.Must(h.Store.AnswerQuestion(ctx, sup, q.ID, "", "de opties zijn dubbel")) // for everybody, as was set
		for i := range 3 {
			st := alive(t, h, i, recruittest.Session(i))
			left := 40 * time.Minute
			if i == 0 {
				left += 10 * time.Minute
			}
			if !slices.Equal(st.Out, []int{2}) || st.Phase != recruit.PhaseBusy || st.Left != left {
				t.Errorf("candidate %d after item 3 went out: %+v", i, st)
			}
		}
		if err := h.Store.Save(ctx, h.By(1), recruittest.Session(1), quiz.Save{N: 2, Answer: recruittest.Give(true, 2), Place: 2}); !errors.Is(err, recruit.ErrOut) {
			t.Errorf("an answer to an item that is out: %v", err)
		}
		if err := h.Store.Ask(ctx, h.By(1), recruittest.Session(1), 2, "Wat is dit?"); !errors.Is(err, recruit.ErrOut) {
			t.Errorf("a question about it: %v", err)
		}
		h.Must(h.Store.AnswerQuestion(ctx, sup, ask(1, 3).ID, recruit.ThisOne, "scherm was leeg"))
		if err := h.Store.Save(ctx, h.By(1), recruittest.Session(1), quiz.Save{N: 3, Answer: recruittest.Give(true, 3)}); !errors.Is(err, recruit.ErrOut) {
			t.Errorf("an answer to an item that is out for this one: %v", err)
		}
		if st := alive(t, h, 0, recruittest.Session(0)); !slices.Equal(st.Out, []int{2}) {
			t.Errorf("what is out for one is out for another: %v", st.Out)
		}
		h.Must(h.Store.AnswerQuestion(ctx, sup, ask(2, 4).ID, recruit.Refused, "de vraag klopt"))
		st := alive(t, h, 2, recruittest.Session(2))
		if !slices.Equal(st.Out, []int{2}) || st.Question == nil || st.Question.Outcome != recruit.Refused || st.Question.Why != "de vraag klopt" {
			t.Errorf("refused: %+v", st)
		}
		h.Answer(2, 4, true)
		if s := seen(t, h, 1); s.Items != 6 || s.Numbers != 8 {
			t.Errorf("items of the second one: %d of %d, want 6 of 8", s.Items, s.Numbers)
		}
	})
}

// TestQuestionAmongOtherStops: a pause on top of a question, a line cut meanwhile.
func TestQuestionAmongOtherStops(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		ctx, sup, me := t.Context(), h.Actor("lid1"), recruittest.Session(0)
		h.Start(0)
		h.Must(h.Store.Ask(ctx, h.By(0), me, 0, "Kapot?"))
		h.Must(h.Store.Pause(ctx, sup, h.Candidates[0]))
		h.Must(h.Store.Resume(ctx, sup, h.Candidates[0]))
		if st := alive(t, h, 0, me); st.Phase != recruit.PhaseAsking {
			t.Errorf("resumed with an open question: %s", st.Phase)
		}
		h.Must(h.Store.CutOff(ctx, h.By(0), me))
		_, err := h.Store.Arrive(ctx, h.By(0), "again", "PC-2")
		h.Must(err)
		h.Must(h.Store.Resume(ctx, sup, h.Candidates[0]))
		if st := alive(t, h, 0, "again"); st.Phase != recruit.PhaseAsking || st.Left != time.Hour {
			t.Errorf("back with an open question: %+v", st)
		}
		h.Must(h.Store.CutOff(ctx, h.By(0), "again"))
		h.Hand.Forward(10 * time.Minute)
		q := seen(t, h, 0).Question
		h.Must(h.Store.AnswerQuestion(ctx, sup, q.ID, recruit.Refused, "klopt"))
		h.Hand.Forward(time.Minute)
		if s := seen(t, h, 0); s.Clock.Why != recruit.Cut || s.Left(h.Hand.Now()) != time.Hour {
			t.Errorf("answered with nobody there: %+v", s.Clock)
		}
	})
}

func TestTwoSupervisorsAnswerAtOnce(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		h.Start(0)
		h.Must(h.Store.Ask(t.Context(), h.By(0), recruittest.Session(0), 1, "Kapot?"))
		q, errs := seen(t, h, 0).Question, make([]error, 8)
		var both sync.WaitGroup
		for i := range errs {
			both.Go(func() {
				errs[i] = h.Store.AnswerQuestion(t.Context(), h.Actor([]string{"lid1", "lid2"}[i%2]), q.ID, []recruit.Scope{recruit.Refused, recruit.ThisOne}[i%2], "zo is het")
			})
		}
		both.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, recruit.ErrAnswered) {
				t.Errorf("the others hear %v", err)
			}
		}
		answers := 0
		for _, k := range kinds(t, h, 0) {
			if k == recruit.Answering {
				answers++
			}
		}
		if won != 1 || answers != 1 {
			t.Errorf("%d won, %d answers were noted", won, answers)
		}
	})
}

// TestWhoWatches tries all that a supervisor does, as people who are none: nothing may change.
func TestWhoWatches(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		ctx, c := t.Context(), h.Candidates[0]
		h.Start(0)
		h.Must(h.Store.Ask(ctx, h.By(0), recruittest.Session(0), 1, "Kapot?"))
		q := seen(t, h, 0).Question
		h.Exec(`UPDATE procedure_people SET until_on = '2026-11-23', from_on = '2026-11-23' WHERE account_id = $1`, h.Actor("lid2").AccountID)
		acts := map[string]func(data.Actor) error{
			"check":     func(a data.Actor) error { return h.Store.Check(ctx, a, c) },
			"release":   func(a data.Actor) error { return h.Store.Release(ctx, a, c) },
			"start all": func(a data.Actor) error { _, err := h.Store.StartAll(ctx, a, h.Procedure); return err },
			"pause":     func(a data.Actor) error { return h.Store.Pause(ctx, a, c) },
			"resume":    func(a data.Actor) error { return h.Store.Resume(ctx, a, c) },
			"pause all": func(a data.Actor) error { _, err := h.Store.PauseAll(ctx, a, h.Procedure); return err },
			"resume all": func(a data.Actor) error {
				_, err := h.Store.ResumeAll(ctx, a, h.Procedure)
				return err
			},
			"extra":     func(a data.Actor) error { return h.Store.ExtraMinutes(ctx, a, c, 5, "zomaar") },
			"irregular": func(a data.Actor) error { return h.Store.Irregularity(ctx, a, c, "phone", "") },
			"answer":    func(a data.Actor) error { return h.Store.AnswerQuestion(ctx, a, q.ID, recruit.Everybody, "zomaar") },
			"turn away": func(a data.Actor) error { return h.Store.TurnAway(ctx, a, c) },
			"end":       func(a data.Actor) error { return h.Store.End(ctx, a, c, "zomaar") },
		}
		h.Hand.Forward(12 * time.Hour) // the next day: lid2's duty is over
		before := kinds(t, h, 0)
		for name, by := range map[string]data.Actor{"the recruiter": h.Actor("an.peeters"), "a marker": h.Actor("lid3"), "the jury": h.Actor("bert.maes"),
			"somebody else": h.Actor("lid9"), "the ICT officer": h.Actor("ivo.ict"), "yesterday's supervisor": h.Actor("lid2"), "the candidate": h.By(0), "nobody": {}} {
			for what, act := range acts {
				if err := act(by); !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s: %s: %v", name, what, err)
				}
			}
		}
		for name, by := range map[string]data.Actor{"a marker": h.Actor("lid3"), "the jury": h.Actor("bert.maes"), "somebody else": h.Actor("lid9"), "the candidate": h.By(0)} {
			if _, err := h.Store.Room(ctx, by, h.Procedure); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s sees the room: %v", name, err)
			}
			if _, err := h.Store.Events(ctx, by, h.Procedure, ""); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s sees the events: %v", name, err)
			}
		}
		if after := kinds(t, h, 0); !slices.Equal(before, after) {
			t.Errorf("events %v became %v", before, after)
		}
		if _, err := h.Store.Room(ctx, h.Actor("an.peeters"), h.Procedure); err != nil {
			t.Errorf("the recruiter watches: %v", err)
		}
	})
}

// TestRoomOfAnotherProcess: what one process does for a candidate is what a supervisor on another one sees at the next look,
// and what that supervisor does is what the candidate's process goes by.
func TestRoomOfAnotherProcess(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		db, hand := recruittest.Open(t, url)
		h := recruittest.New(t, db, hand, recruittest.Options{})
		there := recruittest.StoreOf(datatest.Open(t, url, data.WithClock(hand.Now)))
		look := func() recruit.Sitting {
			t.Helper()
			room, err := there.Room(t.Context(), h.Actor("lid1"), h.Procedure)
			h.Must(err)
			at := slices.IndexFunc(room.Sittings, func(s recruit.Sitting) bool { return s.Candidate.ID == h.Candidates[0] })
			return room.Sittings[at]
		}
		h.Start(0)
		h.Answer(0, 0, true)
		if s := look(); s.Answered != 1 || s.PhaseAt(hand.Now()) != recruit.PhaseBusy {
			t.Errorf("after an answer the other process sees %d answered and %s", s.Answered, s.PhaseAt(hand.Now()))
		}
		h.Must(h.Store.CutOff(t.Context(), h.By(0), recruittest.Session(0)))
		if s := look(); s.PhaseAt(hand.Now()) != recruit.PhaseCut {
			t.Errorf("after the line was cut the other process sees %s", s.PhaseAt(hand.Now()))
		}
		if _, err := h.Store.Arrive(t.Context(), h.By(0), "elsewhere", "PC-9"); err != nil {
			t.Fatal(err)
		}
		if s := look(); s.PhaseAt(hand.Now()) != recruit.PhaseWaiting {
			t.Errorf("of who is back at another PC the other process sees %s", s.PhaseAt(hand.Now()))
		}
		h.Must(there.Resume(t.Context(), h.Actor("lid1"), h.Candidates[0]))
		if s := look(); s.Place != "PC-9" || s.PhaseAt(hand.Now()) != recruit.PhaseBusy {
			t.Errorf("after the supervisor agreed the other process sees %s at %s, want PC-9", s.PhaseAt(hand.Now()), s.Place)
		}
		h.Must(there.Pause(t.Context(), h.Actor("lid1"), h.Candidates[0]))
		err := h.Store.Save(t.Context(), h.By(0), "elsewhere", quiz.Save{N: 1, Answer: recruittest.Give(true, 1), Place: 1})
		if !errors.Is(err, recruit.ErrStopped) {
			t.Errorf("an answer in the pause that the other process began: %v; want ErrStopped", err)
		}
	})
}
