package recruit_test

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// eachHall runs a test in a hall on both engines.
func eachHall(t *testing.T, o recruittest.Options, test func(t *testing.T, h *recruittest.Hall)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) {
		db, hand := recruittest.Open(t, url)
		test(t, recruittest.New(t, db, hand, o))
	})
}

// alive gives the standing of a visit of candidate i.
func alive(t *testing.T, h *recruittest.Hall, i int, session string) recruit.Standing {
	t.Helper()
	st, err := h.Store.Alive(t.Context(), h.By(i), session, 0)
	if err != nil {
		t.Fatalf("sign of life of %s: %v", session, err)
	}
	return st
}

// seen gives candidate i as the supervisor sees it.
func seen(t *testing.T, h *recruittest.Hall, i int) recruit.Sitting {
	t.Helper()
	r, err := h.Store.Room(t.Context(), h.Actor("lid1"), h.Procedure)
	h.Must(err)
	for _, s := range r.Sittings {
		if s.Candidate.ID == h.Candidates[i] {
			return s
		}
	}
	t.Fatalf("candidate %d is not in the room", i)
	return recruit.Sitting{}
}

func kinds(t *testing.T, h *recruittest.Hall, i int) (all []recruit.EventKind) {
	t.Helper()
	events, err := h.Store.Events(t.Context(), h.Actor("lid1"), h.Procedure, h.Candidates[i])
	h.Must(err)
	for _, e := range events {
		all = append(all, e.Kind)
	}
	return all
}

func TestFromCodeToHandingIn(t *testing.T) {
	eachHall(t, recruittest.Options{Settings: map[int]recruit.Settings{0: {Factor: 1.5}}}, func(t *testing.T, h *recruittest.Hall) {
		ctx, by, me := t.Context(), h.By(0), recruittest.Session(0)
		save := quiz.Save{N: 0, Answer: recruittest.Give(true, 0), Place: 1}
		if err := h.Store.Start(ctx, by, me); !errors.Is(err, recruit.ErrAbsent) {
			t.Errorf("start before the code was typed: %v", err)
		}
		st, err := h.Store.Arrive(ctx, by, me, "PC-1")
		if err != nil || st.Phase != recruit.PhaseArrived || st.Left != 90*time.Minute || st.Label != "K-01" {
			t.Fatalf("arrived: %+v, %v", st, err)
		}
		if err := h.Store.Start(ctx, by, me); !errors.Is(err, recruit.ErrNotChecked) {
			t.Errorf("start before the card was shown: %v", err)
		}
		if err := h.Store.Save(ctx, by, me, save); !errors.Is(err, recruit.ErrNotStarted) {
			t.Errorf("an answer before the start: %v", err)
		}
		if _, err := h.Store.OwnItems(ctx, by, me); !errors.Is(err, recruit.ErrNotStarted) {
			t.Errorf("items before the start: %v", err)
		}
		h.Must(h.Store.Practised(ctx, by, me))
		h.Must(h.Store.Check(ctx, h.Actor("lid1"), h.Candidates[0]))
		h.Pass(20*time.Minute, 0) // waiting costs nothing
		h.Must(h.Store.Start(ctx, by, me))
		h.Must(h.Store.Start(ctx, by, me))
		h.Pass(30*time.Minute, 0)
		h.Must(h.Store.Save(ctx, by, me, save))
		later := true
		h.Must(h.Store.Save(ctx, by, me, quiz.Save{N: 1, Later: &later, Place: 3}))
		if st := alive(t, h, 0, me); st.Phase != recruit.PhaseBusy || st.Left != 60*time.Minute || st.At != 3 {
			t.Errorf("after 30 of 90 minutes: %+v", st)
		}
		items, err := h.Store.OwnItems(ctx, by, me)
		if err != nil || len(items) != 8 || !reflect.DeepEqual(items[0].Answer, *save.Answer) || !items[1].Later || !items[1].Answer.Empty() {
			t.Errorf("items %+v, %v", items[:2], err)
		}
		bad := quiz.Answer{Choices: []int{9}}
		var invalid *data.Invalid
		for name, step := range map[string]quiz.Save{"an answer that can't be": {Answer: &bad}, "an item that isn't there": {N: 8}, "a place that isn't there": {Place: -1}} {
			if err := h.Store.Save(ctx, by, me, step); !errors.As(err, &invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.Must(h.Store.Submit(ctx, by, me))
		var ended *recruit.EndedError
		if err := h.Store.Save(ctx, by, me, save); !errors.As(err, &ended) || ended.How != recruit.Submitted {
			t.Errorf("an answer after handing in: %v", err)
		}
		if _, err := h.Store.OwnItems(ctx, by, me); !errors.Is(err, recruit.ErrEnded) {
			t.Errorf("the items after handing in: %v", err)
		}
		if _, err := h.Store.Arrive(ctx, by, "other", "PC-9"); !errors.Is(err, recruit.ErrEnded) {
			t.Errorf("coming back after handing in: %v", err)
		}
		if st := alive(t, h, 0, me); st.Phase != recruit.PhaseFinished || st.Ended != recruit.Submitted {
			t.Errorf("after handing in: %+v", st)
		}
		h.Hand.Forward(31 * time.Minute)
		if _, err := h.Store.Alive(ctx, by, me, 0); !errors.Is(err, data.ErrCodeUsed) {
			t.Errorf("half an hour later: %v", err)
		}
	})
}

func TestTimeIsUp(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		for i := range 2 {
			h.Start(i)
		}
		h.Pass(59*time.Minute, 0, 1)
		h.Answer(0, 0, true)
		h.Hand.Forward(58 * time.Second)
		_ = alive(t, h, 0, recruittest.Session(0)) // silent for 58 s: that went off the credit
		if got := alive(t, h, 0, recruittest.Session(0)).Left; got != time.Minute {
			t.Fatalf("left after a gap: %v", got)
		}
		h.Pass(58*time.Second, 0)
		h.Hand.Forward(4 * time.Second)
		err := h.Store.Save(t.Context(), h.By(0), recruittest.Session(0), quiz.Save{N: 1, Answer: recruittest.Give(true, 1)})
		if !errors.Is(err, recruit.ErrEnded) {
			t.Errorf("an answer two seconds late: %v", err)
		}
		s := seen(t, h, 0)
		if s.Ended != recruit.TimeUp || s.Answered != 1 || !s.EndedAt.Equal(h.Hand.Now().Add(-2*time.Second)) {
			t.Errorf("ended %s at %v with %d answers", s.Ended, s.EndedAt, s.Answered)
		}
		// Nobody looked at the second one, whose process was killed: cut at the last sign, then the credit, then it ran on.
		h.Hand.Forward(time.Hour)
		if s := seen(t, h, 1); s.Ended != recruit.TimeUp || s.EndedAt.Sub(s.Clock.StartedAt) != 62*time.Minute {
			t.Errorf("ended %s after %v", s.Ended, s.EndedAt.Sub(s.Clock.StartedAt))
		}
	})
}

func TestCutLine(t *testing.T) {
	for name, silent := range map[string]bool{"the channel closed": false, "kill -9": true} {
		t.Run(name, func(t *testing.T) {
			eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
				ctx, by, me := t.Context(), h.By(0), recruittest.Session(0)
				h.Start(0)
				h.Pass(10*time.Minute, 0)
				h.Answer(0, 0, true)
				if !silent {
					h.Must(h.Store.CutOff(ctx, by, me))
				}
				h.Hand.Forward(6 * time.Second)
				if s := seen(t, h, 0); s.PhaseAt(h.Hand.Now()) != recruit.PhaseCut || s.Left(h.Hand.Now()) != 50*time.Minute {
					t.Errorf("cut: %s, %v left", s.PhaseAt(h.Hand.Now()), s.Left(h.Hand.Now()))
				}
				h.Hand.Forward(54 * time.Second)
				st, err := h.Store.Arrive(ctx, by, "again", "PC-9")
				if err != nil || st.Phase != recruit.PhaseWaiting || st.Left != 50*time.Minute {
					t.Fatalf("back: %+v, %v", st, err)
				}
				if err := h.Store.Save(ctx, by, "again", quiz.Save{N: 1, Answer: recruittest.Give(true, 1)}); !errors.Is(err, recruit.ErrWaiting) {
					t.Errorf("an answer while waiting: %v", err)
				}
				if s := seen(t, h, 0); s.NeedAt(h.Hand.Now()) != recruit.NeedResume || s.Next.Place != "PC-9" {
					t.Errorf("the supervisor sees %v, %+v", s.NeedAt(h.Hand.Now()), s.Next)
				}
				h.Must(h.Store.Resume(ctx, h.Actor("lid2"), h.Candidates[0]))
				if st := alive(t, h, 0, "again"); st.Phase != recruit.PhaseBusy || st.Left != 50*time.Minute || st.Clock.Credit != time.Minute {
					t.Errorf("on again: %+v", st)
				}
				items, err := h.Store.OwnItems(ctx, by, "again")
				if err != nil || items[0].Answer.Empty() {
					t.Errorf("the answer of before: %+v, %v", items, err)
				}
				if err := h.Store.Save(ctx, by, me, quiz.Save{N: 1}); !errors.Is(err, recruit.ErrElsewhere) {
					t.Errorf("the old visit answers: %v", err)
				}
				if _, err := h.Store.OwnItems(ctx, by, me); !errors.Is(err, recruit.ErrElsewhere) {
					t.Errorf("the old visit reads: %v", err)
				}
			})
		})
	}
}

// TestCodeUsedTwice: the first visit goes on undisturbed, and the supervisor sees both.
func TestCodeUsedTwice(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		ctx, by, me := t.Context(), h.By(0), recruittest.Session(0)
		h.Start(0)
		st, err := h.Store.Arrive(ctx, by, "thief", "PC-8")
		if err != nil || st.Phase != recruit.PhaseWaiting {
			t.Fatalf("the second visit: %+v, %v", st, err)
		}
		h.Answer(0, 0, true)
		if _, err := h.Store.OwnItems(ctx, by, "thief"); !errors.Is(err, recruit.ErrWaiting) {
			t.Errorf("the second visit reads: %v", err)
		}
		if _, err := h.Store.Arrive(ctx, by, "third", "PC-7"); !errors.Is(err, recruit.ErrElsewhere) {
			t.Errorf("a third visit: %v", err)
		}
		s := seen(t, h, 0)
		if s.NeedAt(h.Hand.Now()) != recruit.NeedResume || len(s.Alerts) != 1 || s.Alerts[0].Kind != recruit.Twice || s.Session != me {
			t.Errorf("the supervisor sees %v, %+v", s.NeedAt(h.Hand.Now()), s.Alerts)
		}
		h.Must(h.Store.TurnAway(ctx, h.Actor("lid1"), h.Candidates[0]))
		if _, err := h.Store.Alive(ctx, by, "thief", 0); !errors.Is(err, recruit.ErrElsewhere) {
			t.Errorf("who was turned away: %v", err)
		}
		if st := alive(t, h, 0, me); st.Phase != recruit.PhaseBusy {
			t.Errorf("the first one: %+v", st)
		}
	})
}

// TestCodeUsedAtOnce: of visits that come in the same moment one arrives, one waits, and the others are told that somebody is there.
func TestCodeUsedAtOnce(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		standing, errs := make([]recruit.Standing, 8), make([]error, 8)
		var visits sync.WaitGroup
		for i := range errs {
			visits.Go(func() {
				standing[i], errs[i] = h.Store.Arrive(t.Context(), h.By(0), fmt.Sprint("visit", i), fmt.Sprint("PC-", i))
			})
		}
		visits.Wait()
		got := map[recruit.Phase]int{}
		for i, err := range errs {
			if err != nil && !errors.Is(err, recruit.ErrElsewhere) {
				t.Errorf("visit %d: %v", i, err)
			}
			got[standing[i].Phase]++
		}
		if got[recruit.PhaseArrived] != 1 || got[recruit.PhaseWaiting] != 1 || got[""] != 6 {
			t.Errorf("phases %v", got)
		}
	})
}

func TestHoldsToTheSecond(t *testing.T) {
	hours := recruit.Days{From: "2026-03-28", Until: "2026-03-30", Open: 9 * 60, Close: 12*60 + 30} // summer time begins on the 29th
	for name, c := range map[string]struct {
		days recruit.Days
		now  string
		want bool
	}{
		"the first minute":                  {hours, "2026-03-28T08:00:00Z", true},
		"just before it":                    {hours, "2026-03-28T07:59:59Z", false},
		"the last second":                   {hours, "2026-03-28T11:29:59Z", true},
		"the closing minute":                {hours, "2026-03-28T11:30:00Z", false},
		"the first minute in summer time":   {hours, "2026-03-29T07:00:00Z", true},
		"the closing minute in summer time": {hours, "2026-03-29T10:30:00Z", false},
		"the day before":                    {hours, "2026-03-27T10:00:00Z", false},
		"the last day":                      {hours, "2026-03-30T09:00:00Z", true},
		"the day after":                     {hours, "2026-03-31T09:00:00Z", false},
		"without hours, at midnight":        {recruit.Days{From: "2026-03-28", Until: "2026-03-28"}, "2026-03-27T23:00:00Z", true},
		"without hours, before midnight":    {recruit.Days{From: "2026-03-28", Until: "2026-03-28"}, "2026-03-28T22:59:59Z", true},
		"without hours, after midnight":     {recruit.Days{From: "2026-03-28", Until: "2026-03-28"}, "2026-03-28T23:00:00Z", false},
		"no days":                           {recruit.Days{}, "2026-03-28T09:00:00Z", false},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.days.Holds(now); got != c.want {
			t.Errorf("%s: %v at %s, want %v", name, got, c.now, c.want)
		}
	}
}

func TestWhereAndWhen(t *testing.T) {
	kiosk := func(d *recruit.Details) {
		d.Addresses, d.Kiosks = []string{"10.1.2.0/24"}, []string{"k1"}
	}
	eachHall(t, recruittest.Options{Details: kiosk}, func(t *testing.T, h *recruittest.Hall) {
		from := func(i int, from, kiosk string) error {
			by := h.By(i)
			by.From, by.KioskID = from, kiosk
			_, err := h.Store.Arrive(t.Context(), by, recruittest.Session(i), "PC")
			return err
		}
		for name, err := range map[string]error{"elsewhere": from(0, "10.1.3.1", ""), "at another kiosk": from(0, "192.0.2.1", "k2"), "without an address": from(0, "", "")} {
			if !errors.Is(err, data.ErrCodeAddress) {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.Must(from(0, "::ffff:10.1.2.9", ""))
		h.Must(from(1, "192.0.2.1", "k1"))
		for name, forward := range map[string]time.Duration{"after the window": 6 * time.Hour, "the next morning before it": 14 * time.Hour, "two days later": 47 * time.Hour} {
			h.Hand.Forward(forward)
			if err := from(2, "10.1.2.9", ""); !errors.Is(err, recruit.ErrWindow) && !errors.Is(err, data.ErrCodeExpired) {
				t.Errorf("%s: %v", name, err)
			}
			h.Hand.Forward(-forward)
		}
		h.Hand.Forward(21 * time.Hour) // the second morning
		h.Must(from(2, "10.1.2.9", ""))
	})
}

func TestBreakStopsTheClock(t *testing.T) {
	eachHall(t, recruittest.Options{Settings: map[int]recruit.Settings{0: {Breaks: 10}}}, func(t *testing.T, h *recruittest.Hall) {
		ctx := t.Context()
		h.Start(0)
		h.Start(1)
		if err := h.Store.Break(ctx, h.By(1), recruittest.Session(1)); !errors.Is(err, recruit.ErrNoBreak) {
			t.Errorf("a break that was not granted: %v", err)
		}
		h.Must(h.Store.Break(ctx, h.By(0), recruittest.Session(0)))
		err := h.Store.Save(ctx, h.By(0), recruittest.Session(0), quiz.Save{})
		var stopped *recruit.StoppedError
		if !errors.As(err, &stopped) || stopped.Why != recruit.OnBreak {
			t.Errorf("an answer on the break: %v", err)
		}
		if _, err := h.Store.OwnItems(ctx, h.By(0), recruittest.Session(0)); !errors.Is(err, recruit.ErrStopped) {
			t.Errorf("reading on the break: %v", err)
		}
		h.Pass(12*time.Minute, 0)
		h.Must(h.Store.BackFromBreak(ctx, h.By(0), recruittest.Session(0)))
		if st := alive(t, h, 0, recruittest.Session(0)); st.Left != 58*time.Minute || st.Phase != recruit.PhaseBusy {
			t.Errorf("after 12 minutes of a break of 10: %+v", st)
		}
		if err := h.Store.Break(ctx, h.By(0), recruittest.Session(0)); !errors.Is(err, recruit.ErrNoBreak) {
			t.Errorf("a break beyond what was granted: %v", err)
		}
	})
}

// TestClockPutBack: whoever sits the test gains nothing, and loses nothing, when the server's clock is put back.
func TestClockPutBack(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		h.Start(0)
		h.Pass(10*time.Minute, 0)
		h.Hand.Forward(-5 * time.Minute)
		if st := alive(t, h, 0, recruittest.Session(0)); st.Left != 50*time.Minute {
			t.Errorf("put back: %v left", st.Left)
		}
		h.Answer(0, 0, true)
		h.Pass(6*time.Minute, 0)
		if st := alive(t, h, 0, recruittest.Session(0)); st.Left != 49*time.Minute || st.Phase != recruit.PhaseBusy {
			t.Errorf("caught up: %v left, %s", st.Left, st.Phase)
		}
	})
}

// TestNobodyElseReads tries what others could: a second candidate with the first one's session, somebody with a code for another
// procedure, staff of every kind.
func TestNobodyElseReads(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		ctx := t.Context()
		h.Start(0)
		h.Start(1)
		h.Answer(0, 0, true)
		items, err := h.Store.OwnItems(ctx, h.By(1), recruittest.Session(1))
		if err != nil || !items[0].Answer.Empty() {
			t.Errorf("the second one's items hold the first one's answer: %+v, %v", items[0], err)
		}
		stranger := h.By(0)
		stranger.CodeID = h.By(1).CodeID
		elsewhere := h.By(2)
		h.Exec(`UPDATE codes SET of = 'another' WHERE id = $1`, elsewhere.CodeID)
		for name, try := range map[string]struct {
			by      data.Actor
			session string
			want    error
		}{
			"with another's session":     {h.By(1), recruittest.Session(0), recruit.ErrElsewhere},
			"without a session":          {h.By(0), "", recruit.ErrWaiting},
			"another's code":             {stranger, recruittest.Session(0), data.ErrDenied},
			"a code for another test":    {elsewhere, recruittest.Session(2), data.ErrDenied},
			"the supervisor":             {h.Actor("lid1"), recruittest.Session(0), data.ErrDenied},
			"the recruiter":              {h.Actor("an.peeters"), recruittest.Session(0), data.ErrDenied},
			"the operator":               {datatest.Operator, recruittest.Session(0), data.ErrDenied},
			"the operator as candidate":  {data.Actor{Operator: true, Candidate: h.Candidates[0], CodeID: h.By(0).CodeID, Name: "x"}, recruittest.Session(0), data.ErrDenied},
			"a staff code":               {data.Actor{CodeID: h.By(0).CodeID, PersonID: "p", Name: "x"}, recruittest.Session(0), data.ErrDenied},
			"nobody":                     {data.Actor{}, recruittest.Session(0), data.ErrDenied},
			"a supervisor as candidate":  {func() data.Actor { a := h.Actor("lid1"); a.Candidate = h.Candidates[0]; return a }(), recruittest.Session(0), data.ErrDenied},
			"candidate without the code": {data.Actor{Candidate: h.Candidates[0], Name: "x"}, recruittest.Session(0), data.ErrDenied},
		} {
			if items, err := h.Store.OwnItems(ctx, try.by, try.session); !errors.Is(err, try.want) || items != nil {
				t.Errorf("%s reads: %d items, %v; want %v", name, len(items), err, try.want)
			}
			if err := h.Store.Save(ctx, try.by, try.session, quiz.Save{N: 0, Answer: recruittest.Give(false, 0)}); !errors.Is(err, try.want) {
				t.Errorf("%s answers: %v; want %v", name, err, try.want)
			}
			if err := h.Store.Submit(ctx, try.by, try.session); !errors.Is(err, try.want) {
				t.Errorf("%s hands in: %v; want %v", name, err, try.want)
			}
		}
	})
}
