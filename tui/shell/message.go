package shell

import (
	"time"

	"digibrug/tui/theme"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// What screens ask of Root, and what the server tells it. Each has a function below that gives it as a
// command, where that reads better.
type (
	// OpenMsg puts a screen on top; the one below keeps its state.
	OpenMsg struct{ Screen Screen }
	// ReplaceMsg puts a screen in the place of the top one, without asking.
	ReplaceMsg struct{ Screen Screen }
	// BackMsg takes the top screen off, without asking; the home screen stays.
	BackMsg struct{}
	// UncoverMsg closes help, palette or question over the screens, without an answer: something began that can't wait.
	UncoverMsg struct{}
	// HomeMsg takes all screens off but the home screen; it asks when one would lose work.
	HomeMsg struct{}
	// GoMsg opens a room above the home screen; it asks when a screen would lose work.
	GoMsg struct{ Room Room }
	// ShownMsg tells a screen that it is on top again, so that it can load what may have changed.
	ShownMsg struct{}

	// NoticeMsg shows a sentence below the body until a key is pressed or eight seconds passed.
	NoticeMsg struct {
		Kind Kind
		Key  words.Key
		Args []any
	}
	// ReadMsg takes away the notice that shows, as a key does.
	ReadMsg struct{}
	// FailedMsg tells that Doing failed: Root logs Err and shows what the person can do. Doing is what was
	// being done, as the start of a sentence ("Uitleningen laden"); empty: "Dit". All screens get it too,
	// so that one that waits can stop waiting.
	FailedMsg struct {
		Doing words.Key
		Err   error
	}
	// ConfirmMsg asks before something that can't be undone. Do runs after a yes.
	ConfirmMsg struct {
		Ask  words.Key // names the thing
		Args []any
		Yes  words.Key // a verb on the button; empty: "Ja"
		Do   tea.Cmd
	}
	// LookMsg changes language or theme; an empty field leaves it as it is.
	LookMsg struct {
		Lang  words.Lang
		Theme theme.Name
	}
	// LookedMsg tells all screens that language or theme are different now.
	LookedMsg struct{}

	// ReadingMsg switches between screens and reading line by line.
	ReadingMsg struct{ On bool }
	// HereMsg tells that who reads line by line is typing, which is no key yet; Read: and has read what was said until now.
	// The top screen gets it too.
	HereMsg struct{ Read bool }
	// LineMsg is a line of text from who reads line by line.
	LineMsg struct{ Text string }

	// IdleMsg tells that the visit ends in Left unless a key is pressed. That key does nothing else. At a kiosk
	// Left counts down; zero tells that the time is over, and that nothing of the visitor may stay.
	IdleMsg struct{ Left time.Duration }
	// StopMsg tells that the server stops in Left: every screen that can saves.
	StopMsg struct{ Left time.Duration }
	// ByeMsg ends the visit, without asking.
	ByeMsg struct{}
	// GoneMsg tells a kiosk that who did something there, without a code, is done: nothing of the visitor may stay.
	GoneMsg struct{}
)

// Kind is how much a notice matters.
type Kind int

// The kinds of notices. Each but Info is announced by a word, not by colour alone.
const (
	Info Kind = iota
	Good
	Warn
	Alarm
)

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Open puts a screen on top.
func Open(s Screen) tea.Cmd { return send(OpenMsg{s}) }

// Replace puts a screen in the place of the top one.
func Replace(s Screen) tea.Cmd { return send(ReplaceMsg{s}) }

// Back takes the top screen off.
func Back() tea.Cmd { return send(BackMsg{}) }

// Uncover closes what stands over the screens.
func Uncover() tea.Cmd { return send(UncoverMsg{}) }

// Go opens a room.
func Go(room Room) tea.Cmd { return send(GoMsg{room}) }

// Notify shows a sentence.
func Notify(kind Kind, key words.Key, args ...any) tea.Cmd { return send(NoticeMsg{kind, key, args}) }

// Confirm asks before do runs.
func Confirm(ask words.Key, yes words.Key, do tea.Cmd, args ...any) tea.Cmd {
	return send(ConfirmMsg{Ask: ask, Args: args, Yes: yes, Do: do})
}
