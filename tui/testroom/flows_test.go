package testroom_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/screentest"
	"digibrug/tui/testroom"

	tea "charm.land/bubbletea/v2"
)

// answers gives what is stored of the first candidate.
func (d desk) answers() (all string) {
	d.t.Helper()
	items, err := d.Store.OwnItems(d.t.Context(), d.By(0), testroom.Visit(d.Top()))
	d.Must(err)
	for _, it := range items {
		switch {
		case it.Skipped():
			all += "x"
		case it.Answer.Empty():
			all += "-"
		case len(it.Answer.Choices) > 0:
			all += fmt.Sprint(it.Answer.Choices[0])
		default:
			all += "t"
		}
	}
	return all
}

// TestJourney goes from the code to the thanks.
func TestJourney(t *testing.T) {
	d := sits(t, newHall(t, recruittest.Options{}), 80, 24)
	d.Says("kandidaat K-01", "identiteitskaart")
	d.Send(screentest.Keys("enter")...).Says("Welke dag komt na maandag")
	d.Send(screentest.Keys("esc")...)
	d.does(d.checks).Says("U mag beginnen", "1 u")
	d.Send(screentest.Keys("down", "up", "enter")...).Says("Vraag 1 van 8", "nog 1 u")
	for range 7 {
		d.Send(screentest.Keys("enter")...) // the option that shows first; the item after it
	}
	d.Says("Vraag 8 van 8")
	d.Send(screentest.Steps(screentest.Type("Ik herstart de pc."), screentest.Keys("enter"), screentest.Type("Dan bel ik."), screentest.Keys("tab"))...)
	d.Says("[ Indienen ]", "8 van 8 beantwoord")
	d.Send(screentest.Keys("enter", "down", "enter")...).Says("U hebt ingediend", "Bedankt")
	if d.Send(screentest.Keys("enter")...); !d.Left() {
		t.Error("closing did not end the visit")
	}
}

// TestPractices asks a question of every kind in all languages, and none of the test.
func TestPractices(t *testing.T) {
	d := sits(t, newHall(t, recruittest.Options{}), 80, 24)
	d.Send(screentest.Keys("enter")...).Says("Welke dag komt na maandag")
	d.Send(screentest.Keys("enter")...).Says("Nog niet juist")
	for _, step := range []struct {
		keys []tea.Msg
		next string
	}{
		{screentest.Keys("down", "enter", "enter"), "in het weekend"},
		{screentest.Keys("space", "down", "down", "space", "enter", "enter"), "Een week heeft zeven dagen"},
		{screentest.Keys("enter", "enter"), "Hoeveel dagen"},
		{screentest.Steps(screentest.Type("7"), screentest.Keys("enter", "enter")), "Typ dit woord: fiets"},
		{screentest.Steps(screentest.Type("fiets"), screentest.Keys("enter", "enter")), "Zet in de volgorde"},
		{screentest.Keys("space", "down", "space", "enter", "enter"), "Wat hoort samen"},
		{screentest.Keys("b", "a", "enter", "enter"), "Schrijf twee regels"},
		{screentest.Steps(screentest.Keys("tab"), screentest.Type("Zon"), screentest.Keys("enter"), screentest.Type("en wind"), screentest.Keys("tab")), "Goed zo"},
	} {
		d.Send(step.keys...).Says(step.next)
	}
	d.Send(screentest.Keys("enter")...).Says("identiteitskaart")
}

// TestPasteInWritten: what is pasted into an open answer is in it, line by line, and in the log.
func TestPasteInWritten(t *testing.T) {
	d := busy(t, recruittest.Options{}, 60, 20)
	d.Send(screentest.Keys("pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")...)
	d.Send(tea.PasteMsg{Content: "Beste,\r\nherstart eerst."}).Says("[Beste, ", "[herstart eerst. ", "22 van 4000 tekens")
	d.Send(screentest.Keys("pgup")...).Says("Vraag 7 van 8")
	d.Send(screentest.Keys("pgdown")...).Says("[Beste, ", "[herstart eerst. ")
	events, err := d.Store.Events(t.Context(), d.Actor("lid1"), d.Procedure, d.Candidates[0])
	d.Must(err)
	if !slices.ContainsFunc(events, func(e recruit.Event) bool { return e.Kind == recruit.Pasted && e.N == 7 && e.Detail == "23" }) {
		t.Errorf("the paste is not in the log: %v", events)
	}
}

// TestFewWordsALine is an accommodation: what is asked stands in half the width.
func TestFewWordsALine(t *testing.T) {
	d := busy(t, recruittest.Options{Settings: map[int]recruit.Settings{0: {Big: true}}}, 120, 40)
	for line := range strings.Lines(strings.Split(d.Text(), "──\n")[1]) {
		if len([]rune(strings.TrimRight(line, " \n"))) > 50 && !strings.Contains(line, "──") {
			t.Fatalf("a line of %d cells:\n%s", len([]rune(line)), d.Text())
		}
	}
}

// TestTogether: when all start at once, the screen goes on by itself.
func TestTogether(t *testing.T) {
	d := sits(t, newHall(t, recruittest.Options{Details: func(d *recruit.Details) { d.Together = true }}), 80, 24)
	d.does(d.checks).Says("voor iedereen samen")
	_, err := d.Store.StartAll(t.Context(), d.Actor("lid1"), d.Procedure)
	d.Must(err)
	d.beats(1).Says("Vraag 1 van 8")
}

// TestHelpGoes: whoever reads the help when all start sees the test, and a letter that was meant for the help answers nothing.
func TestHelpGoes(t *testing.T) {
	d := sits(t, newHall(t, recruittest.Options{Details: func(d *recruit.Details) { d.Together = true }}), 80, 24)
	d.does(d.checks)
	d.Send(screentest.Keys("f1")...).Says("Typ een woord om te zoeken")
	_, err := d.Store.StartAll(t.Context(), d.Actor("lid1"), d.Procedure)
	d.Must(err)
	d.beats(1).Says("Vraag 1 van 8")
	d.Send(screentest.Type("b")...).Lacks("(x)")
	d.Hand.Forward(2 * time.Second)
	d.Send(screentest.Type("b")...).Says("(x) b)")
}

// TestPracticeEnds: whoever practises when the clock starts sees the test, and the key that was meant for the practice
// answers nothing. That the card was seen disturbs nobody.
func TestPracticeEnds(t *testing.T) {
	for name, c := range map[string]struct {
		together   bool
		says, then string
	}{
		"all together":   {true, "Vraag 1 van 8", "Vraag 2 van 8"},
		"each when told": {false, "U mag beginnen", "Vraag 1 van 8"},
	} {
		t.Run(name, func(t *testing.T) {
			d := sits(t, newHall(t, recruittest.Options{Details: func(d *recruit.Details) { d.Together = c.together }}), 80, 24)
			alive := testroom.Beat(d.Top()) // of the room, which the practice covers
			d.Send(screentest.Keys("enter")...)
			d.Must(d.checks(d.Candidates[0])) // each alone may begin from here on
			if c.together {
				d.Send(alive).Says("Welke dag komt na maandag").Lacks("Het oefenen is voorbij")
				_, err := d.Store.StartAll(t.Context(), d.Actor("lid1"), d.Procedure)
				d.Must(err)
			}
			d.Hand.Forward(2 * time.Second)
			d.Send(alive).Says(c.says, "Het oefenen is voorbij")
			d.Send(screentest.Keys("enter", "enter")...).Says(c.says)
			if c.together && d.answers() != "--------" {
				t.Errorf("a key of the practice answered: %s", d.answers())
			}
			d.Hand.Forward(2 * time.Second)
			d.Send(screentest.Keys("enter")...).Says(c.then)
		})
	}
}

// TestPracticeGoesOn: who practised and came back by itself loses nothing when the test starts.
func TestPracticeGoesOn(t *testing.T) {
	d := sits(t, newHall(t, recruittest.Options{}), 80, 24)
	d.Send(screentest.Keys("enter", "esc")...)
	d.does(d.checks).Says("U mag beginnen").Lacks("Het oefenen is voorbij")
	d.Send(screentest.Keys("enter")...).Says("Vraag 1 van 8")
}

// TestDraft: what was typed and not confirmed is on disk after a sign of life.
func TestDraft(t *testing.T) {
	d := busy(t, recruittest.Options{}, 80, 24)
	d.Send(screentest.Keys("pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")...)
	d.Send(screentest.Type("half een zin")...)
	d.beats(1)
	if got := d.answers(); got != "-------t" {
		t.Errorf("stored: %s, want the draft of the last item", got)
	}
	d.Says("half een zin")
}

// TestPause hides the questions, keeps what was typed, and gives the time back.
func TestPause(t *testing.T) {
	d := busy(t, recruittest.Options{}, 80, 24)
	d.Send(screentest.Keys("down")...)
	d.does(d.pauses).Says("Pauze", "Uw tijd staat stil").Lacks("Vraag 1")
	d.Send(screentest.Keys("enter")...).Lacks("Vraag 1")
	d.Hand.Forward(10 * time.Minute)
	d.beats(1)
	d.does(d.resumes).Says("Vraag 1 van 8", "nog 59 min")
	more := func(c string) error {
		return d.Store.ExtraMinutes(t.Context(), d.Actor("lid1"), c, 5, "brandalarm")
	}
	d.does(more).Says("U krijgt er 5 min bij", "nog 1 u 04 min")
}

// TestBrokenItem: the clock stands still until the supervisor answers; the item goes out and another shows.
func TestBrokenItem(t *testing.T) {
	for name, c := range map[string]struct {
		scope recruit.Scope
		says  []string
		lacks string
	}{
		"out":     {recruit.Everybody, []string{"Vraag 1 telt voor u niet mee", "twee juiste", "Vraag 2 van 8"}, "Vraag 1 van"},
		"refused": {recruit.Refused, []string{"Vraag 1 blijft", "twee juiste", "Vraag 1 van 8"}, "telt voor u niet mee"},
	} {
		t.Run(name, func(t *testing.T) {
			d := busy(t, recruittest.Options{}, 80, 24)
			d.Send(screentest.Steps(screentest.Keys("f7"), screentest.Type("Kapot"), screentest.Keys("enter", "enter"))...)
			d.Says("U vroeg hulp bij vraag 1").Lacks("Vraag 1 van")
			d.does(d.answersQuestion(c.scope, "twee juiste")).Says(c.says...).Lacks(c.lacks)
		})
	}
}

// TestBreak is taken by the candidate, and ends when the candidate says so.
func TestBreak(t *testing.T) {
	d := busy(t, recruittest.Options{Settings: map[int]recruit.Settings{0: {Breaks: 10}}}, 80, 24)
	d.Send(screentest.Keys("f8")...).Says("Uw pauze loopt", "10 min")
	d.Pass(4*time.Minute, 0)
	d.beats(1)
	d.Send(screentest.Keys("enter")...).Says("Vraag 1 van 8", "nog 1 u 00 min")
}

// TestBackAfterACut: from another PC the candidate waits until the supervisor agrees, and then stands where the line was cut.
func TestBackAfterACut(t *testing.T) {
	d := busy(t, recruittest.Options{}, 80, 24)
	d.Send(screentest.Keys("enter", "enter")...).Says("Vraag 3 van 8")
	d.Must(d.Store.CutOff(t.Context(), d.By(0), testroom.Visit(d.Top())))
	d.Hand.Forward(time.Minute)
	other := desk{d.Hall, screentest.Show(t, testroom.New(session(t, d.Hall, 0), d.Store, "testpc-9"), 80, 24), t}
	other.Says("Steek uw hand op").Lacks("Vraag 3")
	other.does(d.resumes).Says("Vraag 3 van 8", "2 van 8 beantwoord")
	d.beats(1).Says("aan een andere computer").Lacks("Vraag 3")
}

// TestNoWayOut: no key leads anywhere else, and leaving the test is asked.
func TestNoWayOut(t *testing.T) {
	d := busy(t, recruittest.Options{}, 80, 24)
	d.Send(screentest.Keys("esc")...).Says("[ Indienen ]", "F9 indienen")
	d.Send(screentest.Keys("end", "f9")...).Says("Wilt u toch indienen?").Send(screentest.Keys("esc")...)
	d.Send(screentest.Keys("esc")...).Says("Vraag 1 van 8")
	d.Send(screentest.Steps(screentest.Keys("ctrl+p"), screentest.Type(":"))...).Says("Vraag 1 van 8")
	d.Send(tea.PasteMsg{Content: "\x1b]52;c;aGFsbG8=\x07 knippen en plakken"}).Says("Vraag 1 van 8")
	d.Send(screentest.Keys("ctrl+c")...)
	if d.Left() {
		t.Error("Ctrl+C ended the visit unasked")
	}
}

// TestLogged: what a candidate does beside the test is written down, and punishes nobody.
func TestLogged(t *testing.T) {
	d := busy(t, recruittest.Options{}, 80, 24)
	if !d.View().ReportFocus {
		t.Error("the terminal doesn't tell when another window takes the keys")
	}
	d.Send(tea.BlurMsg{}, tea.FocusMsg{}, tea.PasteMsg{Content: "vijf"})
	d.Hand.Forward(4 * time.Minute)
	d.beats(1)
	events, err := d.Store.Events(t.Context(), d.Actor("lid1"), d.Procedure, d.Candidates[0])
	d.Must(err)
	said := map[recruit.EventKind]string{}
	for _, e := range events {
		said[e.Kind] = e.Detail
	}
	for kind, detail := range map[recruit.EventKind]string{recruit.LeftScreen: "", recruit.Returned: "", recruit.Pasted: "4", recruit.Silent: "242"} {
		if got, is := said[kind]; !is || got != detail {
			t.Errorf("%s: %q (%v), want %q", kind, got, is, detail)
		}
	}
	if !d.Top().(interface{ Watched() bool }).Watched() {
		t.Error("a kiosk would end the visit of a candidate who thinks")
	}
}

// TestFlood: who changes windows and pastes without end fills no log, and nothing of it is lost.
func TestFlood(t *testing.T) {
	d := busy(t, recruittest.Options{}, 80, 24)
	for range 50 {
		d.Send(tea.BlurMsg{}, tea.FocusMsg{}, tea.PasteMsg{Content: "vijf"})
	}
	d.Send(tea.BlurMsg{})
	want := func(kind recruit.EventKind, details ...string) {
		t.Helper()
		events, err := d.Store.Events(t.Context(), d.Actor("lid1"), d.Procedure, d.Candidates[0])
		d.Must(err)
		var got []string
		for _, e := range events {
			if e.Kind == kind {
				got = append(got, e.Detail)
			}
		}
		if !slices.Equal(got, details) {
			t.Errorf("%s: %q, want %q", kind, got, details)
		}
	}
	want(recruit.LeftScreen, "")
	want(recruit.Returned, "")
	want(recruit.Pasted, "4")
	d.beats(2)
	want(recruit.LeftScreen, "", "") // that another window has the keys now
	want(recruit.Returned, "")
	want(recruit.Pasted, "4", "196")
}

// quick is a supervisor who has answered a question before the candidate's screen hears that it was asked.
type quick struct {
	*recruit.Store
	d     *desk
	scope recruit.Scope
}

func (q quick) Ask(ctx context.Context, by data.Actor, visit string, n int, what string) error {
	if err := q.Store.Ask(ctx, by, visit, n, what); err != nil {
		return err
	}
	return q.d.answersQuestion(q.scope, "twee juiste")("")
}

// TestAnsweredBeforeItIsSeen: the form of a question goes also when the answer is as quick as that, and a needless second
// Enter is for nobody.
func TestAnsweredBeforeItIsSeen(t *testing.T) {
	for scope, says := range map[recruit.Scope]string{recruit.Everybody: "Vraag 2 van", recruit.ThisOne: "Vraag 2 van", recruit.Refused: "Vraag 1 van"} {
		h := newHall(t, recruittest.Options{})
		d := desk{Hall: h, t: t}
		d.Screen = screentest.Show(t, testroom.New(session(t, h, 0), quick{h.Store, &d, scope}, "testpc-1"), 80, 24)
		d.does(d.checks, d.releases)
		d.Send(screentest.Steps(screentest.Keys("enter", "f7"), screentest.Type("Kapot"), screentest.Keys("enter", "enter"))...)
		d.beats(1).Says(says).Lacks("Wat is er mis")
	}
}
