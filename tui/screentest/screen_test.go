package screentest_test

import (
	"strings"
	"testing"
	"time"

	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// echo is a screen that shows what it was told.
type echo struct {
	s     *shell.Session
	start tea.Cmd
	heard []string
}

func (e echo) Init() tea.Cmd { return e.start }

func (e echo) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case string:
		e.heard = append(e.heard, msg)
	case tea.KeyPressMsg:
		e.heard = append(e.heard, msg.String())
	}
	return e, nil
}

func (e echo) View() string              { return strings.Join(e.heard, " ") }
func (e echo) Title() string             { return "Echo" }
func (e echo) ShortHelp() []key.Binding  { return nil }
func (e echo) FullHelp() [][]key.Binding { return nil }
func (e echo) Typing() bool              { return true }

func say(word string) tea.Cmd { return func() tea.Msg { return word } }

func TestRunsToRest(t *testing.T) {
	start := tea.Batch(say("one"), tea.Sequence(say("two"), nil, tea.Batch(say("three"), say("four"))),
		tea.Tick(time.Hour, func(time.Time) tea.Msg { return "late" }), tea.Every(time.Hour, func(time.Time) tea.Msg { return "late" }))
	began := time.Now()
	s := screentest.Show(t, echo{s: screentest.Session(t), start: start}, 80, 24,
		screentest.Steps(screentest.Keys("down", "ctrl+a"), screentest.Type("é👨‍👩‍👧 ?"))...)
	if want := "one two three four down ctrl+a é 👨‍👩‍👧 space ?"; s.Top().(echo).View() != want {
		t.Errorf("heard %q, want %q", s.Top().(echo).View(), want)
	}
	if time.Since(began) > time.Minute {
		t.Error("it waited for a timer")
	}
	s.Fits()
}

func TestFindsTheSession(t *testing.T) {
	session := screentest.Session(t)
	screentest.Show(t, echo{s: session}, 80, 24, shell.LookMsg{Lang: words.FR})
	if session.Lang() != words.FR {
		t.Errorf("the screen's session speaks %s, want fr: another one was driven", session.Lang())
	}
	screentest.Show(t, echo{}, 80, 24) // a screen without one
}

func TestGolden(t *testing.T) {
	screentest.Golden(t, screentest.Show(t, echo{start: say("hallo")}, 60, 20))
}

// loud is a screen that draws more than there is room for.
type loud struct{ echo }

func (l loud) Update(tea.Msg) (shell.Screen, tea.Cmd) { return l, nil }
func (l loud) View() string                           { return strings.Repeat("x", 57) + strings.Repeat("\n", 16) }

// silent is a testing.TB that only remembers that it failed.
type silent struct {
	testing.TB
	faults int
}

func (s *silent) Errorf(string, ...any) { s.faults++ }
func (s *silent) Helper()               {}

func TestFits(t *testing.T) {
	tb := &silent{TB: t}
	screentest.Show(tb, loud{}, 60, 20).Fits()
	if tb.faults != 2 {
		t.Errorf("%d faults found, want the wide line and the lines too many", tb.faults)
	}
}
