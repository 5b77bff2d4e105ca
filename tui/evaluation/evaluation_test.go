package evaluation_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/tui/coursewords"
	"digibrug/tui/evaluation"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

var keys = screentest.Keys

// scene is a school whose series of e-mail began yesterday with six participants.
type scene struct {
	*coursestest.School
	series  courses.Series
	kiosk   data.Actor
	printed []string
}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := &scene{School: coursestest.New(t, datatest.SQLite(t))}
	email := s.Email
	email.Goals = []string{"een e-mail sturen", "een bijlage openen"}
	s.Email = coursestest.Must(s.PutCourse(t.Context(), s.An, email))(t)
	next := email
	next.ID, next.Code, next.Title, next.Before = "", "email-vlot", "E-mail voor wie al wat kan", []string{"email"}
	coursestest.Must(s.PutCourse(t.Context(), s.An, next))(t)
	s.series = s.Open(6, s.Sessions(s.PCs, s.Own, "2026-11-24 14:00-16:00")...)
	for range 6 {
		s.Join(s.series, courses.Participant{})
	}
	s.Clock.Forward(48 * time.Hour)
	s.kiosk = s.School.Kiosk()
	return s
}

// answered is a scene whose participants answered, and closed when said.
func answered(closed bool) func(testing.TB) *scene {
	return func(t testing.TB) *scene {
		t.Helper()
		s := newScene(t)
		for i, code := range coursestest.Must(s.IssueTokens(t.Context(), s.An, s.series.ID))(t) {
			a := courses.Answers{Options: map[string][]int{courses.AskPace: {2 + i%2}, courses.AskNow: {4, 2 + i%3}, courses.AskBefore: {1, 2}, "help": {3}, "better": {6}}, Next: []string{"email-vlot"},
				Texts: map[string]string{"words": fmt.Sprintf("De lesgever had geduld (%d).", i)}}
			s.OK(s.Answer(t.Context(), s.kiosk, code, a))
		}
		if closed {
			s.OK(s.CloseEvaluation(t.Context(), s.An, s.series.ID))
		}
		return s
	}
}

func (s *scene) show(login string, open func(*shell.Session) shell.Screen, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.T.Helper()
	id := s.Town.Identity(login)
	id.Roles = coursestest.Must(s.Town.Accounts.Find(s.T.Context(), datatest.Operator, login))(s.T).Roles
	session := screentest.Session(s.T, id)
	session.Now = s.Clock.Now
	return screentest.ShowRoot(s.T, shell.NewRoot(session, open(session), nil, coursewords.Errors()), w, h, screentest.Steps(steps...)...)
}

func (s *scene) desk() evaluation.Desk {
	return evaluation.Desk{Store: s.Store,
		Slips: func(_ context.Context, _ data.Actor, _ string, codes []string) (outbox.Channel, error) {
			s.printed = codes
			return outbox.Print, nil
		},
		Blank: func(_ context.Context, _ data.Actor, f courses.Form) (outbox.Channel, error) {
			s.printed = f.Goals
			return outbox.Fetch, nil
		},
		Levels: func(context.Context, data.Actor) ([]courses.Measured, error) { return nil, nil }}
}

func (s *scene) list(session *shell.Session) shell.Screen { return evaluation.New(session, s.desk()) }

func (s *scene) loop(session *shell.Session) shell.Screen {
	return evaluation.NewLoop(session, s.desk())
}

// code gives one code for the form.
func (s *scene) code() string {
	s.T.Helper()
	return coursestest.Must(s.IssueTokens(s.T.Context(), s.An, s.series.ID))(s.T)[0]
}

func (s *scene) form(session *shell.Session) shell.Screen {
	return evaluation.NewForm(session, s.Store)
}

func TestPages(t *testing.T) {
	for name, test := range map[string]struct {
		make  func(testing.TB) *scene
		open  func(*scene) func(*shell.Session) shell.Screen
		steps [][]tea.Msg
	}{
		"list":       {answered(false), func(s *scene) func(*shell.Session) shell.Screen { return s.list }, nil},
		"slips":      {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("b")}},
		"close":      {answered(false), func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("s")}},
		"too few":    {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("enter")}},
		"trend":      {answered(true), func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("enter")}},
		"trend end":  {answered(true), func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("enter", "end")}},
		"paper":      {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("p")}},
		"code":       {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.form }, nil},
		"per goal":   {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("p", "3", "enter")}},
		"better":     {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("p"), through(10), keys("space", "down", "down", "space")}},
		"next":       {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("p"), through(11)}},
		"in words":   {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("p"), through(12), screentest.Type("De lesgever had veel geduld")}},
		"last yes":   {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.list }, [][]tea.Msg{keys("p"), through(13)}},
		"loop":       {looped, func(s *scene) func(*shell.Session) shell.Screen { return s.loop }, nil},
		"loop page":  {looped, func(s *scene) func(*shell.Session) shell.Screen { return s.loop }, [][]tea.Msg{keys("enter")}},
		"loop empty": {newScene, func(s *scene) func(*shell.Session) shell.Screen { return s.loop }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
				s := test.make(t)
				return s.show("an.peeters", test.open(s), w, h, test.steps...)
			})
		})
	}
}

// through answers n questions with their first option, and ticks nothing where several can be.
func through(n int) []tea.Msg {
	var all []string
	for range n {
		all = append(all, "1", "enter")
	}
	return keys(all...)
}

// looped is a closed evaluation with attendance and needs.
func looped(t testing.TB) *scene {
	t.Helper()
	s := answered(true)(t)
	_, sessions, err := s.Store.Series(t.Context(), s.An, s.series.ID)
	s.OK(err)
	for i, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, s.series.ID))(t) {
		if i < 5 {
			s.OK(s.Mark(t.Context(), s.An, sessions[0].ID, e.ID, courses.Present))
		}
		if i < 3 {
			coursestest.Must(s.PutNeeds(t.Context(), s.An, []courses.NeedAsk{{Participant: e.ParticipantID, Course: s.Email.ID, Levels: 1, Source: courses.FromCoordinator}}))(t)
		}
	}
	return s
}

// TestFillAtTheKiosk goes through the form with figures and Enter, back and forth, and hands it in.
func TestFillAtTheKiosk(t *testing.T) {
	s := newScene(t)
	code := s.code()
	screen := s.show("lid6", s.form, 80, 24, screentest.Type(data.ShowCode(code)), keys("enter"))
	screen.Says("Hoe ging het tempo?")
	screen.Send(keys("3", "enter", "4", "enter", "esc")...)
	screen.Says("een e-mail sturen", "Wat kunt u nu?") // back at the goal
	screen.Says("► d)")                                // what was said has the cursor
	screen.Send(keys("enter", "5", "enter", "1", "enter", "2", "enter")...)
	screen.Says("Hoeveel tijd kon u zelf oefenen")
	screen.Send(append(append(through(5), keys("space", "enter", "space", "enter")...), screentest.Type("Veel geduld")...)...)
	screen.Send(keys("enter")...)
	screen.Says("Dat waren alle vragen")
	if e := coursestest.Must(s.Evaluation(t.Context(), s.An, s.series.ID))(t); e.Answered != 0 {
		t.Fatal("kept before the last yes")
	}
	screen.Send(keys("enter")...)
	screen.Says("Bedankt! Uw antwoorden zijn bewaard")
	if e := coursestest.Must(s.Evaluation(t.Context(), s.An, s.series.ID))(t); e.Answered != 1 {
		t.Errorf("%d answers", e.Answered)
	}
	var stored string
	s.OK(data.One(t.Context(), s.DB, []any{&stored}, `SELECT answers FROM evaluation_answers`))
	for _, want := range []string{`"pace":[3]`, `"now":[4,5]`, `"before":[1,2]`, `"next":["email-vlot"]`, `"words":"Veel geduld"`} {
		if !strings.Contains(stored, want) {
			t.Errorf("kept %s, want %s", stored, want)
		}
	}
}

// TestNothingIsChosenAtTheStart: Enter alone records no option, and figures, letters and the unshifted row choose one.
func TestNothingIsChosenAtTheStart(t *testing.T) {
	s := newScene(t)
	screen := s.show("an.peeters", s.list, 80, 24, keys("p"))
	screen.Lacks("►")
	screen.Send(keys("enter", "enter")...)
	screen.Says("Kies eerst een antwoord.", "Hoe ging het tempo?")
	screen.Lacks("►")
	for key, sign := range map[string]string{"3": "► c)", "c": "► c)", "C": "► c)", "(": "► e)", "\"": "► c)", "é": "► b)", "5": "► e)", "down": "► a)", "up": "► f)", "end": "► f)"} {
		t.Run(key, func(t *testing.T) {
			s := newScene(t)
			screen := s.show("an.peeters", s.list, 80, 24, keys("p"))
			if len([]rune(key)) == 1 {
				screen.Send(screentest.Type(key)...)
			} else {
				screen.Send(keys(key)...)
			}
			screen.Says(sign)
			screen.Lacks("Gebruik de pijltjes en Enter.")
		})
	}
}

// TestWrongCode tells what to do, and a code works once.
func TestWrongCode(t *testing.T) {
	s := newScene(t)
	screen := s.show("lid6", s.form, 80, 24, screentest.Type("BCDFG"), keys("enter"))
	screen.Says("letters")
	other := s.show("lid6", s.form, 80, 24, screentest.Type(data.ShowCode(data.NewCode())), keys("enter"))
	other.Says("Deze code opent geen formulier")
}

// TestLeaving asks before answers are lost, and loses nothing when the person stays.
func TestLeaving(t *testing.T) {
	s := newScene(t)
	screen := s.show("an.peeters", s.list, 80, 24, keys("p", "2", "enter", "esc", "esc"))
	screen.Says("Wilt u stoppen?")
	screen.Send(keys("enter")...) // no, which the cursor stands on
	screen.Says("Hoe ging het tempo?")
}

// TestSlipsAndClose prints a slip per participant once, and closes for good.
func TestSlipsAndClose(t *testing.T) {
	s := newScene(t)
	screen := s.show("an.peeters", s.list, 80, 24, keys("b", "down", "enter"))
	screen.Says("Er zijn 6 blaadjes gemaakt.")
	if len(s.printed) != 6 {
		t.Errorf("printed %v", s.printed)
	}
	screen.Send(keys("b", "down", "enter")...)
	screen.Says("Iedereen heeft al een code.")
	screen.Send(keys("l")...)
	screen.Says("Het formulier is gemaakt.")
	screen.Send(keys("s", "esc")...)
	if e := coursestest.Must(s.Evaluation(t.Context(), s.An, s.series.ID))(t); e.ClosedOn != "" {
		t.Fatal("closed without a yes")
	}
	screen.Send(keys("s", "down", "enter")...)
	screen.Says("De evaluatie is afgesloten.")
	if e := coursestest.Must(s.Evaluation(t.Context(), s.An, s.series.ID))(t); e.ClosedOn == "" {
		t.Error("not closed")
	}
}

// TestTrainerSeesOwn: and nothing of others; a hostile text stays text.
func TestTrainerSeesOwn(t *testing.T) {
	s := newScene(t)
	screen := s.show("lid5", s.list, 80, 24)
	screen.Says(s.series.Code)
	s.OK(s.Town.Accounts.Grant(t.Context(), datatest.Operator, "lid7", data.RoleTrainer, "2020-01-01", ""))
	screen = s.show("lid7", s.list, 80, 24)
	screen.Lacks(s.series.Code)
	for _, code := range coursestest.Must(s.IssueTokens(t.Context(), s.An, s.series.ID))(t) {
		s.OK(s.Answer(t.Context(), s.kiosk, code, courses.Answers{Texts: map[string]string{"words": "\x1b]0;x\x07=CMD()\x1b[2J"}}))
	}
	s.OK(s.CloseEvaluation(t.Context(), s.An, s.series.ID))
	s.show("lid5", s.list, 80, 24, keys("enter", "end")).Fits()
}

// TestOtherLanguages: the form speaks English and French.
func TestOtherLanguages(t *testing.T) {
	for lang, want := range map[words.Lang]string{words.EN: "How was the pace?", words.FR: "Comment était le rythme ?"} {
		s := newScene(t)
		id := s.Town.Identity("lid6")
		id.Language = string(lang)
		session := screentest.Session(t, id)
		session.Now = s.Clock.Now
		screen := screentest.ShowRoot(t, shell.NewRoot(session, s.form(session), nil, coursewords.Errors()), 60, 20, screentest.Steps(screentest.Type(data.ShowCode(s.code())), keys("enter"))...)
		screen.Says(want)
		screen.Fits()
	}
}
