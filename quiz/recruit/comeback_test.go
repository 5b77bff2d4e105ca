package recruit_test

import (
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// TestComeBack keeps the code of who sits the test good beyond the hours: a line can be cut at their end, and extra minutes go
// beyond it. Who did not begin can't after them, and who is done is done.
func TestComeBack(t *testing.T) {
	hand := &datatest.Hand{}
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		hand = &datatest.Hand{}
		s, ctx := recruittest.NewScene(t, db), t.Context()
		s.P.Days, s.P.Together = recruit.Days{From: "2026-11-23", Until: "2026-11-23", Open: 9 * 60, Close: 13 * 60}, false
		_, err := s.Store.Change(ctx, s.Rik, s.P)
		s.Must(err)
		s.Open()
		letter := s.Invite()[0]
		first := letter.Candidate.ID
		by := data.Actor{CodeID: letter.Code.ID, Candidate: first, Name: letter.Code.Login(), From: "192.0.2.7"}
		codes := func(when string, want, others data.CodeState) {
			t.Helper()
			all, err := s.Store.Candidates(ctx, s.Rik, s.P.ID)
			if err != nil || all[0].Code != want || all[1].Code != others {
				t.Errorf("%s: %s and %s, %v; want %s and %s", when, all[0].Code, all[1].Code, err, want, others)
			}
		}
		_, err = s.Store.Arrive(ctx, by, "visit", "PC-1")
		s.Must(err)
		s.Must(s.Store.Check(ctx, s.Sup, first))
		s.Must(s.Store.Release(ctx, s.Sup, first))
		s.Must(s.Store.Start(ctx, by, "visit"))
		s.Must(s.Store.ExtraMinutes(ctx, s.Sup, first, 60, "Brandalarm."))
		codes("within the hours", data.CodeLive, data.CodeLive)
		hand.Forward(65 * time.Minute)
		codes("after the hours", data.CodeLive, data.CodeExpired)
		if st, err := s.Store.Alive(ctx, by, "visit", 0); err != nil || st.Phase == recruit.PhaseFinished {
			t.Errorf("after the hours, with extra minutes: %+v, %v", st, err)
		}
		s.Must(s.Store.End(ctx, s.Sup, first, "Werd ziek."))
		codes("after the end", data.CodeUsed, data.CodeExpired)
	}, data.WithClock(func() time.Time { return hand.Now() }))
}
