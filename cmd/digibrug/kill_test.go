package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// TestKilledBetweenAnswers kills the real binary at a random moment while somebody answers, again and again:
// every answer that the screen had acknowledged is in the database, and the person goes on where the screen
// stood, or one step further when the last answer was on disk before its acknowledgement got through.
func TestKilledBetweenAnswers(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		dir, most := t.TempDir(), 0
		for round := range 6 {
			p := startDemo(t, dir, url)
			v := screentest.Dial(t, p.Screens, "an.peeters", gossh.Password(p.password("an.peeters")))
			v.WaitFor("Dag An Peeters")
			v.Press("enter")
			if round == 0 {
				v.WaitFor("nieuw, tot")
				v.Press("enter")
				v.WaitFor("Eerst een oefenvraag")
				v.Press("down", "enter")
			} else {
				v.WaitFor("bezig:")
				v.Press("enter")
			}
			v.WaitFor("beantwoord")
			if got := counted(v.Screen()); got < most {
				t.Fatalf("round %d: %d answers had been acknowledged, after the kill there are %d:\n%s", round, most, got, v.Screen())
			}
			die := time.AfterFunc(time.Duration(50+rand.IntN(400))*time.Millisecond, p.kill)
			for start := time.Now(); time.Since(start) < 5*time.Second; {
				if v.Terminal.Press("down", "enter") != nil || over(v) {
					break
				}
				most = max(most, counted(v.Screen()))
				time.Sleep(20 * time.Millisecond)
			}
			die.Stop()
			p.kill()
			most = max(most, counted(v.Screen()))
			v.Cut()
			if stored := answersOf(t, url, "an.peeters"); stored < most {
				t.Fatalf("round %d: the screen acknowledged %d answers, the database has %d", round, most, stored)
			}
		}
		if most == 0 {
			t.Error("no answer was acknowledged in any round: the test proves nothing")
		}
	})
}

func over(v *screentest.Visitor) bool {
	select {
	case <-v.Over():
		return true
	default:
		return false
	}
}

var countOnScreen = regexp.MustCompile(`(\d+) van \d+ beantwoord`)

// counted is how many answers the screen says there are.
func counted(screen string) (n int) {
	if found := countOnScreen.FindStringSubmatch(screen); found != nil {
		_, _ = fmt.Sscan(found[1], &n) // the pattern has digits only
	}
	return n
}

// answersOf asks the database itself how many answers somebody has in the running campaign.
func answersOf(t *testing.T, url, login string) (n int) {
	t.Helper()
	db, err := data.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := data.One(t.Context(), db, []any{&n}, `SELECT count(*) FROM attempt_items i
		JOIN attempts a ON a.id = i.attempt_id JOIN accounts c ON c.person_id = a.person_id JOIN campaigns k ON k.id = a.campaign_id
		WHERE c.login = $1 AND k.state = 'open' AND i.answer IS NOT NULL`, login); err != nil {
		t.Fatal(err)
	}
	return n
}
