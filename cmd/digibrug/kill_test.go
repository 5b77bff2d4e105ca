package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// TestKilledBetweenAnswers kills the real binary at a random moment while somebody answers, again and again:
// every answer that the screen had acknowledged is in the database, and the person goes on where the screen
// stood, or one step further when the last answer was on disk before its acknowledgement got through.
func TestKilledBetweenAnswers(t *testing.T) {
	datatest.EachNew(t, func(t *testing.T, url string) {
		dir, most := t.TempDir(), 0
		for round := range 6 {
			p := startDemo(t, dir, url)
			if round == 0 {
				passEntry(t, url)
			}
			v := screentest.Dial(t, p.Screens, "an.peeters", gossh.Password(p.password("an.peeters")))
			v.WaitFor("Dag An Peeters")
			v.Press("enter")
			v.WaitFor("bezig:")
			v.Press("enter")
			v.WaitFor("beantwoord")
			if got := counted(v.Screen()); got < most {
				t.Fatalf("round %d: %d answers had been acknowledged, after the kill there are %d:\n%s", round, most, got, v.Screen())
			}
			die := time.AfterFunc(time.Duration(50+rand.IntN(400))*time.Millisecond, p.kill)
			for start := time.Now(); time.Since(start) < 5*time.Second; {
				// Down and Enter answer most kinds of questions; PgDn passes the others and never leads to handing in.
				if v.Terminal.Press("down", "enter", "pgdown") != nil || over(v) || strings.Contains(v.Screen(), "Overzicht") {
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

// passEntry begins the kennismeting of An Peeters beside the running server and answers its entry items right, so
// that keys pressed at random don't end it at starter.
func passEntry(t *testing.T, url string) {
	t.Helper()
	ctx := t.Context()
	db, err := data.Open(ctx, url, data.AsIs())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	store := quiz.NewStore(db, banks)
	by := data.Actor{Name: "an.peeters"}
	if err := data.One(ctx, db, []any{&by.AccountID, &by.PersonID}, `SELECT id, person_id FROM accounts WHERE login = $1`, by.Name); err != nil {
		t.Fatal(err)
	}
	mine, err := store.Mine(ctx, by)
	if err != nil || len(mine) == 0 || !mine[0].Takable {
		t.Fatalf("nothing waits for An Peeters: %+v, %v", mine, err)
	}
	id, err := store.Start(ctx, by, mine[0].Campaign.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	a, err := store.Attempt(ctx, by, id)
	if err != nil {
		t.Fatal(err)
	}
	for n, it := range a.Items[:a.Entry] {
		answer := quiz.Answer{True: it.Item.True} // entry items are single choice or true/false
		for i, option := range it.Item.Options {
			if option.Right {
				answer.Choices = []int{i}
			}
		}
		if err := store.Save(ctx, by, id, quiz.Save{N: n, Answer: &answer, Place: n}); err != nil {
			t.Fatal(err)
		}
	}
	if passed, err := store.PassEntry(ctx, by, id, false); !passed || err != nil {
		t.Fatalf("entry items: passed %v, %v", passed, err)
	}
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
