package me_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/me"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/pquerna/otp/totp"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// secret is that of every enrolment in these tests, so that the QR code is the same each time.
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

// window is a size and a language.
type window struct {
	w, h int
	lang string
}

var windows = []window{{80, 24, "nl"}, {120, 40, "nl"}, {60, 20, "nl"}, {80, 24, "en"}, {80, 24, "fr"}}

// scene is the town, with a clock that stands still, seen by one of its people.
type scene struct {
	*datatest.Town
	t    testing.TB
	id   data.Identity
	hand *datatest.Hand
}

func newScene(t testing.TB, login string) scene {
	t.Helper()
	hand := &datatest.Hand{}
	s := scene{Town: datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(hand.Now))), t: t, hand: hand}
	s.id = s.Identity(login)
	s.id.SessionID = "session-1"
	return s
}

// each runs a test in every window, each time in a scene of its own.
func each(t *testing.T, login string, test func(t *testing.T, s scene, w window)) {
	t.Helper()
	for _, w := range windows {
		t.Run(fmt.Sprintf("%s_%dx%d", w.lang, w.w, w.h), func(t *testing.T) { test(t, newScene(t, login), w) })
	}
}

// stores are what the room stands on.
func (s scene) stores() me.Stores {
	return me.Stores{Account: s.Accounts, Sessions: data.NewSessions(s.DB), Tests: quiz.NewStore(s.DB, nil), Settings: data.NewSettings(s.DB),
		Password: func(*shell.Session) shell.Screen { return blank{} }}
}

func (s scene) session(lang string) *shell.Session {
	id := s.id
	id.Language = lang
	return screentest.Session(s.t, id)
}

// show opens a screen in a window and presses steps.
func (s scene) show(screen shell.Screen, w window, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return screentest.Show(s.t, screen, w.w, w.h, screentest.Steps(steps...)...)
}

// small is the usual window.
var small = window{80, 24, "nl"}

// code is what the app of a secret shows now.
func (s scene) code(secret string) string {
	s.t.Helper()
	code, err := totp.GenerateCode(secret, s.hand.Now())
	s.check(err)
	return code
}

func (s scene) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// enrolled gives the person a second factor, and lets the next code come.
func (s scene) enrolled() (recovery []string) {
	s.t.Helper()
	recovery, err := s.Accounts.EnrolSecond(s.t.Context(), s.id.Actor(), data.Enrolment{Login: s.id.Login, Secret: secret}, s.code(secret), "")
	s.check(err)
	s.hand.Forward(time.Minute)
	return recovery
}

// came writes down that the person came in.
func (s scene) came(id, from, method string) data.Identity {
	who := s.id
	who.SessionID, who.From, who.Method = id, from, method
	data.NewGate(s.Accounts, screentest.Session(s.t).Log).Entered(s.t.Context(), who)
	return who
}

func keys(names ...string) []tea.Msg { return screentest.Keys(names...) }

// second is the state of the second factor in the database.
func (s scene) second() data.SecondFactor {
	s.t.Helper()
	f, err := s.Accounts.SecondOf(s.t.Context(), datatest.Operator, s.id.Login)
	s.check(err)
	return f
}

// blank is a screen that shows its name.
type blank struct{ shell.Screen }

func (blank) Init() tea.Cmd                            { return nil }
func (b blank) Update(tea.Msg) (shell.Screen, tea.Cmd) { return b, nil }
func (blank) View() string                             { return "het volgende scherm" }
func (blank) Title() string                            { return "volgende" }
func (blank) ShortHelp() []key.Binding                 { return nil }
func (blank) FullHelp() [][]key.Binding                { return nil }

// broken is an account whose database fails a number of times.
type broken struct {
	*data.Accounts
	left *int
}

var errBroken = errors.New("no database")

func (b broken) fails() error {
	if *b.left > 0 {
		*b.left--
		return errBroken
	}
	return nil
}

func (b broken) Me(ctx context.Context, by data.Actor) (data.Me, error) {
	if err := b.fails(); err != nil {
		return data.Me{}, err
	}
	return b.Accounts.Me(ctx, by)
}

func (b broken) SecondOf(ctx context.Context, by data.Actor, login string) (data.SecondFactor, error) {
	if err := b.fails(); err != nil {
		return data.SecondFactor{}, err
	}
	return b.Accounts.SecondOf(ctx, by, login)
}

func (b broken) EnrolSecond(ctx context.Context, by data.Actor, e data.Enrolment, code, present string) ([]string, error) {
	if err := b.fails(); err != nil {
		return nil, err
	}
	return b.Accounts.EnrolSecond(ctx, by, e, code, present)
}
