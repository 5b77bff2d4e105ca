package shell

import (
	"context"
	"slices"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Screen is one page of the program: a small value, whose Update gives the next value.
//
// Keys, clicks and pastes reach the screen on top alone; every other message reaches all screens of the
// stack, since a reply may come after another screen was opened. A screen drops what it does not wait for.
// Mouse messages count from the corner of the body.
type Screen interface {
	// Init is asked once, after the screen was told its size.
	Init() tea.Cmd
	Update(tea.Msg) (Screen, tea.Cmd)
	// View gives the body, at most as large as the last tea.WindowSizeMsg said.
	View() string
	// Title is the screen's name in the header and in the window's title.
	Title() string
	// ShortHelp are the keys of the footer, the most wanted first. Root adds Esc and F1.
	ShortHelp() []key.Binding
	// FullHelp are all keys of the screen for the help page, in groups. A key that is in neither list
	// counts as unknown, except for arrows, Enter, Tab and the like.
	FullHelp() [][]key.Binding
}

// What a screen may also have. A screen without a method gets the meaning of the zero value.
type (
	// Pointer puts the hardware cursor on the row or field with the focus, in cells from the corner of the
	// body, so that magnifiers and screen readers can follow.
	Pointer interface{ Cursor() (x, y int, shown bool) }
	// Placer tells what has the focus, for who reads line by line. A screen without it is a list, or where letters are text
	// one line of text.
	Placer interface{ Place() parts.Place }
	// Typist tells that letters are the screen's own now, as text or as choices: Root leaves letters,
	// ":" and "?" alone.
	Typist interface{ Typing() bool }
	// Insider tells that Esc is the screen's own now: it closes something inside the screen.
	Insider interface{ Inside() bool }
	// Leaver tells that leaving the screen must be asked first, and how.
	Leaver interface {
		Leaving() (ask words.Key, must bool)
	}
	// Mouser tells that the screen wants clicks and the wheel. Root then takes the mouse from the terminal,
	// where it selects text, unless the person switched it off.
	Mouser interface{ Mouse() bool }
	// Focuser tells that the screen wants to hear, by tea.BlurMsg and tea.FocusMsg, when another window takes the keys.
	Focuser interface{ Focus() bool }
	// Denser tells that the screen wants every line of the window but one for the header and one for the keys.
	Denser interface{ Dense() bool }
	// Watched tells that somebody watches over what goes on: the visit doesn't end because no key comes.
	Watched interface{ Watched() bool }
	// Saver saves what would be lost when the server stops, the person logs out or goes to another room. The
	// command must be safe to run twice.
	Saver interface{ Save() tea.Cmd }
)

// Room names a room of the program, so that screens can ask for one without importing it.
type Room string

// Entry is a room as the palette lists it and GoMsg finds it.
type Entry struct {
	Room  Room
	Title words.Key
	May   func(data.Identity) bool // who sees it; nil: everybody. The stores decide anew at every action
	Open  func(*Session) Screen
	Quiet bool // in the palette, and not on the home screen
	// Waits tells whether something waits in the room for the person: then it stands on the home screen, which says so, also
	// when it is Quiet. nil: nothing ever does.
	Waits func(ctx context.Context, by data.Actor) (bool, error)
}

func cursorOf(s Screen) (x, y int, shown bool) {
	if p, ok := s.(Pointer); ok {
		return p.Cursor()
	}
	return 0, 0, false
}

func isTyping(s Screen) bool {
	t, ok := s.(Typist)
	return ok && t.Typing()
}

func isInside(s Screen) bool {
	i, ok := s.(Insider)
	return ok && i.Inside()
}

func wantsMouse(s Screen) bool {
	m, ok := s.(Mouser)
	return ok && m.Mouse()
}

func isDense(s Screen) bool {
	d, ok := s.(Denser)
	return ok && d.Dense()
}

// among tells whether any screen of a visit has something.
func among[T any](screens []Screen, has func(T) bool) bool {
	return slices.ContainsFunc(screens, func(s Screen) bool {
		one, is := s.(T)
		return is && has(one)
	})
}

func leaving(s Screen) (words.Key, bool) {
	if l, ok := s.(Leaver); ok {
		return l.Leaving()
	}
	return "", false
}
