package assessment_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/assessment"
	"digibrug/tui/items"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// broken is the store on a bad Monday: it saves only while the disk has room.
type broken struct {
	*quiz.Store
	full bool
}

func (b *broken) Save(ctx context.Context, by data.Actor, attempt string, step quiz.Save) error {
	if b.full {
		return data.ErrFull
	}
	return b.Store.Save(ctx, by, attempt, step)
}

// show opens the own kennismeting with the sentences of the known errors.
func show(t *testing.T, s *shell.Session, screen shell.Screen, steps ...[]tea.Msg) *screentest.Screen {
	t.Helper()
	errs := words.Errors{{Err: data.ErrFull, Key: words.ErrorFull}, {Err: quiz.ErrTimeUp, Key: words.ErrorTimeUp}}
	return screentest.ShowRoot(t, shell.NewRoot(s, screen, nil, errs), 80, 24, screentest.Steps(steps...)...)
}

func TestFullDiskKeepsTheAnswerOnTheScreen(t *testing.T) {
	sc := newScene(t)
	store := &broken{Store: sc.store}
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, store), begin)
	store.full = true
	screen.Send(keys("down", "enter")...)
	text := screen.Text()
	if !strings.Contains(text, "Vraag 1 van") || !strings.Contains(text, "De schijf van de server is vol") {
		t.Errorf("after a save that failed the screen is:\n%s", text)
	}
	if strings.Contains(text, "bewaard om") || strings.Contains(text, "1 van 8 beantwoord") {
		t.Errorf("the screen acknowledges what is not on disk:\n%s", text)
	}
	store.full = false
	screen.Send(keys("enter")...)
	if text := screen.Text(); !strings.Contains(text, "Vraag 2 van") || !strings.Contains(text, "1 van 8 beantwoord") {
		t.Errorf("once there is room again, Enter gives:\n%s", text)
	}
}

func TestTheBellRings(t *testing.T) {
	var hand datatest.Hand
	sc := sceneOn(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(hand.Now)), func(c *quiz.Campaign) { c.Limit = 30 * time.Minute })
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, sc.store), begin)
	if text := screen.Text(); !strings.Contains(text, "nog 30 min") {
		t.Errorf("the time left is not on the screen:\n%s", text)
	}
	hand.Forward(31 * time.Minute)
	screen.Send(keys("enter")...)
	if text := screen.Text(); !strings.Contains(text, "Mijn resultaat") || !strings.Contains(text, "De tijd is om") {
		t.Errorf("an answer after the bell gives:\n%s", text)
	}
}

// TestAfterMidnightOfTheLastDay answers a minute too late, and wants the result instead of a dead screen.
func TestAfterMidnightOfTheLastDay(t *testing.T) {
	var hand datatest.Hand
	hand.Forward(11*time.Hour + 59*time.Minute)
	sc := sceneOn(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(hand.Now)), func(c *quiz.Campaign) { c.ClosesOn = "2026-11-23" })
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, sc.store), at(0))
	hand.Forward(2 * time.Minute)
	screen.Send(screentest.Steps(screentest.Type("8"), keys("enter"))...)
	if text := screen.Text(); !strings.Contains(text, "Mijn resultaat") || !strings.Contains(text, "afgesloten voor u had ingediend") {
		t.Errorf("an answer after midnight gives:\n%s", text)
	}
}

// TestBackToTheEntryQuestions goes from the fourth question back to the third, and wants the overview whole.
func TestBackToTheEntryQuestions(t *testing.T) {
	sc := newScene(t)
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, sc.store), at(0), keys("pgup", "f6"))
	if text := screen.Text(); !strings.Contains(text, "8. ") || !strings.Contains(text, "Indienen") {
		t.Errorf("the overview, opened from an entry question, is:\n%s", text)
	}
}

// TestLookAndLanguageKeepTheAnswer types an answer, changes the colours and the language, and goes on.
func TestLookAndLanguageKeepTheAnswer(t *testing.T) {
	sc := newScene(t)
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, sc.store), at(0), screentest.Type("8"), keys("f4", "f2", "pgdown", "pgup"))
	if text := screen.Text(); !strings.Contains(text, "[8") || !strings.Contains(text, "4 of 8 answered") {
		t.Errorf("after F4, F2 and PgDn the answer is gone:\n%s", text)
	}
}

// TestLeavingByOtherWays logs out and goes home with an answer half typed: it is on disk.
func TestLeavingByOtherWays(t *testing.T) {
	for name, keysOut := range map[string][]tea.Msg{
		"log out":  keys("ctrl+c", "down", "enter"),
		"go home":  {shell.HomeMsg{}},
		"go where": {shell.GoMsg{Room: "x"}},
	} {
		sc := newScene(t)
		s := sc.session(t, "an.peeters", "nl")
		home := assessment.NewMine(s, sc.store)
		rooms := []shell.Entry{{Room: "x", Title: words.HomeTitle, Open: func(s *shell.Session) shell.Screen { return items.NewPractice(s) }}}
		screen := screentest.ShowRoot(t, shell.NewRoot(s, home, rooms, nil), 80, 24, screentest.Steps(at(0), screentest.Type("8"))...)
		screen.Send(keysOut...)
		mine, err := sc.store.Mine(t.Context(), sc.Actor("an.peeters"))
		if err != nil || mine[0].Answered != 4 {
			t.Errorf("%s: %+v, %v; want 4 answers on disk", name, mine, err)
		}
	}
}

// TestHalfANumberKeepsNobody leaves a question with something that is no number.
func TestHalfANumberKeepsNobody(t *testing.T) {
	sc := newScene(t)
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, sc.store), at(0), screentest.Type("1,2,3"), keys("enter"))
	if text := screen.Text(); !strings.Contains(text, "Vraag 4 van 8") || !strings.Contains(text, "getal") {
		t.Errorf("Enter on half a number gives:\n%s", text)
	}
	screen.Send(keys("pgdown")...)
	if text := screen.Text(); !strings.Contains(text, "Vraag 5 van 8") || !strings.Contains(text, "niet te lezen") {
		t.Errorf("PgDn on half a number gives:\n%s", text)
	}
}

// TestTwoWindows answers the same question in two windows, and wants the last confirmed answer on disk.
func TestTwoWindows(t *testing.T) {
	sc := newScene(t)
	one, two := sc.session(t, "an.peeters", "nl"), sc.session(t, "an.peeters", "nl")
	a := show(t, one, assessment.NewMine(one, sc.store), begin, keys("a", "enter"))
	b := show(t, two, assessment.NewMine(two, sc.store), keys("enter", "pgup", "b", "enter"))
	a.Send(keys("pgup", "enter")...) // a) still stands there, and is confirmed
	again := sc.session(t, "an.peeters", "nl")
	c := show(t, again, assessment.NewMine(again, sc.store), keys("enter", "pgup"))
	if text := c.Text(); !strings.Contains(text, "(x) a)") {
		t.Errorf("the last confirmed answer was a), a new visit shows:\n%s\nthe second window was at:\n%s", text, b.Text())
	}
}

func TestLeavingAndComingBack(t *testing.T) {
	sc := newScene(t)
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, sc.store), at(0), screentest.Type("8"), keys("esc"))
	if text := screen.Text(); !strings.Contains(text, "bezig: 4 van 8") {
		t.Errorf("Esc left an answer behind:\n%s", text)
	}
	screen.Send(keys("enter")...)
	if text := screen.Text(); !strings.Contains(text, "Vraag 4 van 8") || !strings.Contains(text, "[8") {
		t.Errorf("coming back gives:\n%s", text)
	}
}

func TestStopSavesWhatIsTyped(t *testing.T) {
	sc := newScene(t)
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, sc.store), at(0), screentest.Type("8"))
	screen.Send(shell.StopMsg{Left: 10 * time.Second})
	mine, err := sc.store.Mine(t.Context(), sc.Actor("an.peeters"))
	if err != nil || len(mine) != 1 || mine[0].Answered != 4 {
		t.Errorf("after the server's warning: %+v, %v; want 4 answers on disk", mine, err)
	}
}

func TestHostileAnswers(t *testing.T) {
	sc := newScene(t)
	s := sc.session(t, "an.peeters", "nl")
	dirt := "\x1b]0;pwned\x07\x1b[2J\u202ebcc\u009b31m\xff\x00" + strings.Repeat("x", 5000)
	screen := show(t, s, assessment.NewMine(s, sc.store), at(3), []tea.Msg{tea.PasteMsg{Content: dirt}}, keys("pgdown", "pgup"))
	for _, bad := range []string{"\x1b]0;", "\x1b[2J", "\u202e", "\u009b", "\x00", "\xff"} {
		if strings.Contains(screen.View().Content, bad) {
			t.Errorf("%q of a pasted answer reaches the terminal", bad)
		}
	}
	screen.Fits()
}

func TestHiddenFromOthers(t *testing.T) {
	sc := newScene(t)
	sc.take(t, "an.peeters")
	mine, err := sc.store.Mine(t.Context(), sc.Actor("an.peeters"))
	if err != nil {
		t.Fatal(err)
	}
	for name, screen := range map[string]func(*shell.Session) shell.Screen{
		"result":       func(s *shell.Session) shell.Screen { return assessment.NewResult(s, sc.store, mine[0].Attempt) },
		"explanations": func(s *shell.Session) shell.Screen { return assessment.NewExplained(s, sc.store, mine[0].Attempt) },
		"questions":    func(s *shell.Session) shell.Screen { return assessment.NewSheet(s, sc.store, mine[0].Attempt) },
	} {
		s := sc.session(t, "bert.maes", "nl")
		if text := show(t, s, screen(s)).Text(); !strings.Contains(text, "niet (meer) te vinden") {
			t.Errorf("the head opens An's %s and sees:\n%s", name, text)
		}
	}
}

// TestAnythingPressed throws keys, sizes, pastes and clicks at the room: nothing panics, every page fits, and
// what the database holds is never less than what the screen counts.
func TestAnythingPressed(t *testing.T) {
	names := []string{"up", "down", "left", "right", "enter", "space", "esc", "pgup", "pgdown", "home", "end", "tab", "f5", "f6",
		"a", "b", "c", "d", "1", "9", "é", "backspace", "v", "f2", "f4"}
	sc := newScene(t)
	rapid.Check(t, func(rt *rapid.T) {
		s := sc.session(t, rapid.SampledFrom([]string{"an.peeters", "lid1", "lid2", "lid3", "lid4"}).Draw(rt, "who"), "nl")
		screen := screentest.Show(t, assessment.NewMine(s, sc.store), 80, 24)
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			switch rapid.IntRange(0, 12).Draw(rt, "kind") {
			case 0:
				screen.Send(tea.WindowSizeMsg{Width: rapid.IntRange(1, 130).Draw(rt, "w"), Height: rapid.IntRange(1, 45).Draw(rt, "h")})
			case 1:
				screen.Send(tea.PasteMsg{Content: rapid.String().Draw(rt, "paste")})
			case 2:
				screen.Send(tea.MouseClickMsg{X: rapid.IntRange(0, 130).Draw(rt, "x"), Y: rapid.IntRange(0, 45).Draw(rt, "y"), Button: tea.MouseLeft})
			default:
				screen.Send(keys(rapid.SampledFrom(names).Draw(rt, "key"))...)
			}
			if screen.Left() {
				return
			}
			screen.Fits()
		}
	})
}

var errOdd = errors.New("odd")

func TestOddFailureGetsAReference(t *testing.T) {
	sc := newScene(t)
	s := sc.session(t, "an.peeters", "nl")
	screen := show(t, s, assessment.NewMine(s, oddStore{sc.store}))
	if text := screen.Text(); !strings.Contains(text, "referentie") || strings.Contains(text, "odd") {
		t.Errorf("an error that nobody knows shows as:\n%s", text)
	}
}

type oddStore struct{ *quiz.Store }

func (oddStore) Mine(context.Context, data.Actor) ([]quiz.Invitation, error) { return nil, errOdd }
