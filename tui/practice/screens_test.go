package practice_test

import (
	"context"
	"errors"
	"testing"

	"digibrug/quiz"
	"digibrug/tui/practice"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func TestDoor(t *testing.T)      { pages(t, true) }
func TestStaffDoor(t *testing.T) { pages(t, false) }
func TestQuestion(t *testing.T)  { pages(t, true, "1") }
func TestWrong(t *testing.T)     { pages(t, true, "1", "b", "enter") }
func TestAgain(t *testing.T) {
	pages(t, true, append([]string{"1", "b", "enter", "enter"}, all("a", 3)...)...)
}
func TestLearn(t *testing.T) {
	pages(t, true, append([]string{"1", "b", "enter", "enter"}, all("a", 9)...)...)
}
func TestExplained(t *testing.T) { pages(t, true, "1", "a", "enter") }
func TestPlacing(t *testing.T)   { pages(t, true, "5") }

// all answers every question with a letter until the row ends.
func all(letter string, times int) (names []string) {
	for range times {
		names = append(names, letter, "enter", "enter")
	}
	return names
}

func TestEnd(t *testing.T) { pages(t, true, append([]string{"1"}, all("a", 9)...)...) }

// TestAdvice is that of who knows nothing yet: four questions and it is enough.
func TestAdvice(t *testing.T) { pages(t, true, "5", "f9", "f9", "f9", "f9") }

func TestStaffAdvice(t *testing.T) { pages(t, false, "6", "f9", "f9", "f9", "f9") }

func TestOtherLanguages(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		for name, steps := range map[string][]string{"door": nil, "question": {"2"}, "explained": {"2", "f9"}, "advice": {"5", "f9", "f9", "f9", "f9"}} {
			t.Run(lang+"_"+name, func(t *testing.T) {
				page := open(t, true, lang, 80, 24, steps...)
				page.Fits()
				screentest.Golden(t, page)
			})
		}
	}
}

func TestKioskHasOnlyBanksForCitizens(t *testing.T) {
	open(t, true, "nl", 80, 24).Says("De computer", "Alles door elkaar", "Welke cursus past bij mij?").Lacks("Rekenblad")
	open(t, false, "nl", 80, 24).Says("De computer", "Rekenblad")
}

func TestEscAlwaysLeaves(t *testing.T) {
	for name, steps := range map[string][]string{"question": {"1"}, "explanation": {"1", "f9"}, "placement": {"5"}, "advice": {"5", "f9", "f9", "f9", "f9"},
		"end": append([]string{"1"}, all("a", 9)...)} {
		t.Run(name, func(t *testing.T) {
			open(t, true, "nl", 80, 24, append(steps, "esc")...).Says("Wat wilt u oefenen?")
		})
	}
}

// TestDigitsOfAzerty: the number of a choice opens it on any keyboard; a number without a choice does nothing.
func TestDigitsOfAzerty(t *testing.T) {
	open(t, true, "nl", 80, 24, "é").Says("Oefenen > Internet", "Vraag 1 van 9")
	open(t, true, "nl", 80, 24, "9").Says("Wat wilt u oefenen?")
}

func TestEnrolFromAdvice(t *testing.T) {
	open(t, true, "nl", 80, 24, "5", "f9", "f9", "f9", "f9", "s").Says("Wat wilt u oefenen?")
	open(t, false, "nl", 80, 24, "6", "f9", "f9", "f9", "f9", "s").Says("Begin met")
}

func TestWrongKeysChangeNothing(t *testing.T) {
	open(t, true, "nl", 80, 24, "1", "z", "f5", "delete", "left").Says("Vraag 1 van 9")
	open(t, true, "nl", 80, 24, "1", "f9", "a", "x", "f9").Says("Enter begint een nieuwe regel.")
}

func TestAnotherRound(t *testing.T) {
	open(t, true, "nl", 80, 24, append(append([]string{"1"}, all("a", 9)...), "n")...).Says("Vraag 1 van 9")
}

func TestNothingToPractise(t *testing.T) {
	d := desk(true)
	d.Pool = func(context.Context) ([]quiz.Bank, error) { return nil, nil }
	screentest.Show(t, practice.New(screentest.Session(t), d), 80, 24, keys("1", "enter")...).Says("Er zijn nu geen oefenvragen")
}

func TestPoolFailsThenLoads(t *testing.T) {
	d, fails := desk(true), true
	good := d.Pool
	d.Pool = func(ctx context.Context) ([]quiz.Bank, error) {
		if fails {
			return nil, errors.New("no line")
		}
		return good(ctx)
	}
	s := screentest.Show(t, practice.New(screentest.Session(t), d), 80, 24).Lacks("De computer")
	fails = false
	s.Send(keys("enter", "enter")...).Says("De computer")
}

// TestHostileBank: what stands in a bank of the house reaches no terminal as a command.
func TestHostileBank(t *testing.T) {
	d := desk(true)
	bad := bank("x", "T\x1b]0;pwned\x07", quiz.ForCitizens)
	for i := range bad.Items {
		bad.Items[i].Stem = "S\x1b[2J\u202e"
	}
	d.Pool = func(context.Context) ([]quiz.Bank, error) { return []quiz.Bank{bad}, nil }
	for _, steps := range [][]string{nil, {"1"}, {"1", "f9"}, append([]string{"1"}, all("a", 9)...)} {
		screentest.Show(t, practice.New(screentest.Session(t), d), 80, 24, keys(steps...)...).Lacks("\x1b]0;", "\x1b[2J", "\u202e", "\x07")
	}
}

// TestUnfinishedAnswers: an answer that is none is asked for again, and shows nothing of the key.
func TestUnfinishedAnswers(t *testing.T) {
	d := desk(true)
	b := bank("x", "Getallen", quiz.ForCitizens)
	b.Items = b.Items[:1]
	b.Items[0].Kind, b.Items[0].Options, b.Items[0].Number = quiz.KindNumber, nil, &quiz.Number{Value: 14, Unit: "dagen"}
	d.Pool = func(context.Context) ([]quiz.Bank, error) { return []quiz.Bank{b}, nil }
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return screentest.Show(t, practice.New(screentest.Session(t), d), w, h, keys("1", "enter")...).Says("Geef eerst een antwoord").Lacks("14")
	})
	s := screentest.Show(t, practice.New(screentest.Session(t), d), 80, 24, append(keys("1"), append(screentest.Type("veel"), keys("enter")...)...)...)
	s.Says("Typ alleen cijfers").Lacks("14")
	s.Send(append(screentest.Clear(), append(screentest.Type("14"), keys("enter")...)...)...).Says("Juist beantwoord")
}

// TestOneNumberEach: line by line the page numbers what can be chosen, and the room numbers nothing besides.
func TestOneNumberEach(t *testing.T) {
	open(t, true, "nl", 80, 24).Says("1 De computer", "1-5")
	lines := open(t, true, "nl", 80, 24, "ctrl+r").Send(tea.WindowSizeMsg{Width: shell.ReadingWidth, Height: shell.ReadingHeight})
	lines.Says("De computer").Lacks("1 De computer", "1-5")
}
