package main

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// besideServer gives a house at the database of a running server, as another node would have it.
func besideServer(t *testing.T, url string) *house {
	t.Helper()
	db, err := data.Open(t.Context(), url, data.AsIs(), data.WithLog(slog.New(slog.DiscardHandler)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	hasher := data.NewHasher(datatest.CheapHash)
	codes := data.NewCodes(db, hasher)
	return &house{db: db, people: data.NewPeople(db), accounts: data.NewAccounts(db, hasher), codes: codes, recruit: recruit.NewStore(db, codes, recruit.Shipped(banks))}
}

// letsIn does what a supervisor does for the one candidate of a test, until ctx ends: looks at the card, and lets who was
// cut go on.
func letsIn(ctx context.Context, h *house, procedure string) {
	for ; ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		room, err := h.recruit.Room(ctx, benchBy(), procedure)
		if err != nil {
			continue // the test sees what came of it on the screen
		}
		for _, s := range room.Sittings {
			switch s.NeedAt(room.Now) {
			case recruit.NeedCheck:
				_ = h.recruit.Check(ctx, benchBy(), s.Candidate.ID)
			case recruit.NeedResume:
				_ = h.recruit.Resume(ctx, benchBy(), s.Candidate.ID)
			}
		}
	}
}

// TestKilledWhileACandidateAnswers kills the real binary at a random moment in the middle of a recruitment test, again and
// again: every answer that the screen had acknowledged is there when the candidate comes back, and the time stood still.
func TestKilledWhileACandidateAnswers(t *testing.T) {
	datatest.EachNew(t, func(t *testing.T, url string) {
		dir, most := t.TempDir(), 0
		var h *house
		var procedure, code string
		for round := range 5 {
			p := startDemo(t, dir, url)
			if h == nil {
				h = besideServer(t, url)
				made, letters, err := benchTest(t.Context(), h, 1)
				if err != nil {
					t.Fatal(err)
				}
				procedure, code = made, data.ShowCode(letters[0].Code.Secret)
			}
			ctx, off := context.WithCancel(t.Context())
			go letsIn(ctx, h, procedure)
			v := screentest.Dial(t, p.Screens, data.CodeLogin, gossh.Password(code))
			if round == 0 {
				v.WaitFor("U mag beginnen")
				v.Press("enter")
			}
			v.WaitFor("beantwoord")
			if got := counted(v.Screen()); got < most {
				t.Fatalf("round %d: %d answers had been acknowledged, after the kill there are %d:\n%s", round, most, got, v.Screen())
			}
			die := time.AfterFunc(time.Duration(50+rand.IntN(400))*time.Millisecond, p.kill)
			for start := time.Now(); time.Since(start) < 5*time.Second; time.Sleep(20 * time.Millisecond) {
				if v.Terminal.Press("down", "enter", "pgdown") != nil || over(v) || strings.Contains(v.Screen(), "Indienen") {
					break
				}
				most = max(most, counted(v.Screen()))
			}
			die.Stop()
			p.kill()
			most = max(most, counted(v.Screen()))
			v.Cut()
			off()
		}
		if most == 0 {
			t.Error("no answer was acknowledged in any round: the test proves nothing")
		}
		room, err := h.recruit.Room(t.Context(), benchBy(), procedure)
		if err != nil || len(room.Sittings) != 1 {
			t.Fatalf("the room afterwards: %+v, %v", room.Sittings, err)
		}
		// What ran, and not what is left: before midnight the end of the day leaves less.
		if s := room.Sittings[0].AsOf(room.Now); s.Answered < most || s.Clock.Ran(room.Now) > 2*time.Minute {
			t.Errorf("%d answers were acknowledged; afterwards there are %d, and %v had run", most, s.Answered, s.Clock.Ran(room.Now))
		}
	})
}
