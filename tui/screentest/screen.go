// Package screentest drives a screen inside the real frame until nothing more happens, and compares the
// page that a person would then see with a golden file.
//
//	screen := screentest.Show(t, loandesk.NewList(session, store), 80, 24, screentest.Keys("down", "enter")...)
//	screentest.Golden(t, screen) // testdata/<test name>.golden; go test -update writes it
//
// Commands run one after the other in the test's goroutine's time: no sleeping, no timers, the same page
// every time.
package screentest

import (
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"digibrug/tui/keys"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// Screen is a visit at rest.
type Screen struct {
	t    testing.TB
	root shell.Root
	w, h int
	left bool
}

// Show opens a screen as the home screen of a visit in a window of w×h cells, sends it msgs one by one,
// and runs all commands that come of each until nothing is left to run. The visit's session is the one
// that the screen holds in a field, or a new one.
func Show(t testing.TB, screen shell.Screen, w, h int, msgs ...tea.Msg) *Screen {
	t.Helper()
	s := sessionIn(reflect.ValueOf(screen), 4)
	if s == nil {
		s = Session(t)
	}
	return ShowRoot(t, shell.NewRoot(s, screen, nil, nil), w, h, msgs...)
}

// ShowRoot is Show for a visit with rooms and errors of its own.
func ShowRoot(t testing.TB, root shell.Root, w, h int, msgs ...tea.Msg) *Screen {
	t.Helper()
	s := &Screen{t: t, root: root, w: w, h: h}
	s.deliver(tea.WindowSizeMsg{Width: w, Height: h}) // Bubble Tea tells the size before Init's replies
	s.run(s.root.Init())
	return s.Send(msgs...)
}

// Send gives messages to the visit, one at a time, each to rest.
func (s *Screen) Send(msgs ...tea.Msg) *Screen {
	s.t.Helper()
	for _, msg := range msgs {
		if size, ok := msg.(tea.WindowSizeMsg); ok {
			s.w, s.h = size.Width, size.Height
		}
		s.deliver(msg)
	}
	return s
}

// Rush gives messages to the visit all at once, as somebody types who doesn't wait for the disk, and then runs what comes
// of them, in that order.
func (s *Screen) Rush(msgs ...tea.Msg) *Screen {
	s.t.Helper()
	var cmds []tea.Cmd
	for _, msg := range msgs {
		cmds = append(cmds, s.update(msg))
	}
	s.run(func() tea.Msg { return tea.BatchMsg(cmds) })
	return s
}

// Text is the page as plain text: no styles, no spaces at the ends of lines, a line feed after each line.
func (s *Screen) Text() string {
	lines := strings.Split(ansi.Strip(s.root.View().Content), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// View is what Root gives to Bubble Tea, with styles, cursor and title.
func (s *Screen) View() tea.View { return s.root.View() }

// Top is the screen on top.
func (s *Screen) Top() shell.Screen { return s.root.Top() }

// Left tells whether the visit has ended.
func (s *Screen) Left() bool { return s.left }

// Fits fails the test when the page is larger than the window, or the top screen's own view larger than
// the room that it was given.
func (s *Screen) Fits() {
	s.t.Helper()
	s.fits("the page", s.root.View().Content, s.w, s.h)
	if top := s.root.Top(); top != nil && s.root.Ready() {
		w, h := s.root.BodySize()
		s.fits("the body of "+top.Title(), top.View(), w, h)
	}
}

func (s *Screen) fits(what, view string, w, h int) {
	s.t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) > max(h, 1) { // no line at all counts as an empty one
		s.t.Errorf("%s has %d lines, there is room for %d:\n%s", what, len(lines), h, ansi.Strip(view))
	}
	for y, line := range lines {
		if got := ansi.StringWidth(line); got > w {
			s.t.Errorf("%s: line %d is %d cells wide, there is room for %d: %q", what, y, got, w, ansi.Strip(line))
		}
	}
}

// deliver gives one message to the visit and runs what comes of it.
func (s *Screen) deliver(msg tea.Msg) {
	s.t.Helper()
	s.run(s.update(msg))
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	next, cmd := s.root.Update(msg)
	s.root = next.(shell.Root)
	return cmd
}

// maxSteps is after how many commands a visit counts as restless; restTime is how long one command may
// take.
const (
	maxSteps = 10000
	restTime = 20 * time.Second
)

// run runs a command and all that follow from it, in the order in which they were given.
func (s *Screen) run(cmd tea.Cmd) {
	s.t.Helper()
	queue := []tea.Cmd{cmd}
	for step := 0; len(queue) > 0; step++ {
		if step > maxSteps {
			s.t.Fatalf("the screen does not come to rest: %d commands and still %s", step, nameOf(queue[0]))
		}
		cmd, queue = queue[0], queue[1:]
		if cmd == nil || isTimer(cmd) {
			continue
		}
		msg := s.await(cmd)
		switch list, isList := commands(msg); {
		case isList:
			queue = append(list, queue...)
		case msg == nil:
		case isQuit(msg):
			s.left = true
		default:
			queue = append(queue, s.update(msg))
		}
	}
}

// await runs one command, and fails the test when it does not end.
func (s *Screen) await(cmd tea.Cmd) tea.Msg {
	s.t.Helper()
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		return msg
	case <-time.After(restTime):
		s.t.Fatalf("command %s has not ended after %v", nameOf(cmd), restTime)
		return nil
	}
}

func isQuit(msg tea.Msg) bool {
	_, ok := msg.(tea.QuitMsg)
	return ok
}

// commands opens a batch, and a sequence, whose type Bubble Tea keeps to itself.
func commands(msg tea.Msg) ([]tea.Cmd, bool) {
	if msg == nil {
		return nil, false
	}
	v := reflect.ValueOf(msg)
	list := reflect.TypeFor[[]tea.Cmd]()
	if v.Kind() != reflect.Slice || !v.Type().ConvertibleTo(list) {
		return nil, false
	}
	return v.Convert(list).Interface().([]tea.Cmd), true
}

// timer matches the names of the functions that tea.Tick, tea.Every and bubbles' cursor give.
var timer = regexp.MustCompile(`\b(Tick|Every)\.func\d+(\.\d+)*$|bubbles/v2/(cursor|spinner|stopwatch|timer)\.`)

func isTimer(cmd tea.Cmd) bool { return timer.MatchString(nameOf(cmd)) }

func nameOf(cmd tea.Cmd) string {
	if cmd == nil {
		return "nothing"
	}
	return runtime.FuncForPC(reflect.ValueOf(cmd).Pointer()).Name()
}

// Keys gives the messages of keys by the names that Bubble Tea has for them: "down", "enter", "a", "ctrl+p",
// "f1". It panics for a name that is none.
func Keys(names ...string) []tea.Msg {
	msgs := make([]tea.Msg, len(names))
	for i, name := range names {
		msg, ok := keys.Parse(name)
		if !ok {
			panic(fmt.Sprintf("screentest: no key is called %q", name))
		}
		msgs[i] = msg
	}
	return msgs
}

// Type gives the messages of a text that is typed, one per character.
func Type(text string) []tea.Msg {
	var msgs []tea.Msg
	for state := -1; text != ""; {
		var c string
		c, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		msg := tea.KeyPressMsg{Code: []rune(c)[0], Text: c}
		if len([]rune(c)) > 1 {
			msg.Code = tea.KeyExtended
		}
		msgs = append(msgs, msg)
	}
	return msgs
}

// Steps joins what Keys and Type give.
func Steps(lists ...[]tea.Msg) []tea.Msg {
	var all []tea.Msg
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// In sends the messages that bring the visit to a language.
func (s *Screen) In(lang words.Lang) *Screen {
	s.t.Helper()
	return s.Send(shell.LookMsg{Lang: lang}, shell.ReadMsg{})
}
