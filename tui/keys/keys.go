// Package keys has the keys that mean the same on every screen, named as they are printed on the cap, and
// reads digits and letters from a Belgian AZERTY keyboard without Shift.
//
// What may be bound is in field/terminal.md §4: letters, arrows, Enter, Esc, Tab, Space, Page Up and Down,
// Home, End, F1 to F9, and Ctrl with most letters. Not what needs AltGr on AZERTY, nor what terminals and
// window managers keep for themselves.
package keys

import (
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Keys are the common bindings with their help in one language.
type Keys struct {
	Arrows                       key.Binding // up and down together, for the footer
	Up, Down, Left, Right        key.Binding
	PageUp, PageDown, Home, End  key.Binding
	Enter, Space, Next, Previous key.Binding // Next and Previous are Tab and Shift+Tab
	Back                         key.Binding // one step back, never loses work
	Search                       key.Binding // in lists: / F3 Ctrl+F
	SearchTyping                 key.Binding // the same where letters are text: F3 Ctrl+F

	Help        key.Binding // F1, everywhere
	HelpLetter  key.Binding // ? and h, where letters are not text
	Palette     key.Binding // Ctrl+P, everywhere
	PaletteSign key.Binding // : where letters are not text
	Language    key.Binding
	Theme       key.Binding
	Reading     key.Binding // from screens to line by line and back
	Redraw      key.Binding
	Quit        key.Binding // Ctrl+C asks to log out, and never does more than ask
}

// New makes the common bindings with names and help in lang.
func New(lang words.Lang) Keys {
	bind := func(cap string, does words.Key, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(cap, words.T(lang, does)))
	}
	t := func(name words.Key) string { return words.T(lang, name) }
	return Keys{
		Arrows:   bind(t(words.KeyArrows), words.KeyDoesArrows, "down", "up"),
		Up:       bind(t(words.KeyUp), words.KeyDoesUp, "up"),
		Down:     bind(t(words.KeyDown), words.KeyDoesDown, "down"),
		Left:     bind(t(words.KeyLeft), words.KeyDoesLeft, "left"),
		Right:    bind(t(words.KeyRight), words.KeyDoesRight, "right"),
		PageUp:   bind("PgUp", words.KeyDoesPageUp, "pgup"),
		PageDown: bind("PgDn", words.KeyDoesPageDown, "pgdown"),
		Home:     bind("Home", words.KeyDoesHome, "home"),
		End:      bind("End", words.KeyDoesEnd, "end"),
		Enter:    bind("Enter", words.KeyDoesEnter, "enter"),
		Space:    bind(t(words.KeySpace), words.KeyDoesSpace, "space"),
		Next:     bind("Tab", words.KeyDoesNext, "tab"),
		Previous: bind("Shift+Tab", words.KeyDoesPrevious, "shift+tab"),
		Back:     bind("Esc", words.KeyDoesBack, "esc"),
		Search:   bind("/", words.KeyDoesSearch, "/", "f3", "ctrl+f"),

		SearchTyping: bind("F3", words.KeyDoesSearch, "f3", "ctrl+f"),

		Help:        bind("F1", words.KeyDoesHelp, "f1"),
		HelpLetter:  bind("?", words.KeyDoesHelp, "?", "h"),
		Palette:     bind("Ctrl+P", words.KeyDoesPalette, "ctrl+p"),
		PaletteSign: bind(":", words.KeyDoesPalette, ":"),
		Language:    bind("F2", words.KeyDoesLanguage, "f2"),
		Theme:       bind("F4", words.KeyDoesTheme, "f4"),
		Reading:     bind("Ctrl+R", words.KeyDoesReading, "ctrl+r"),
		Redraw:      bind("Ctrl+L", words.KeyDoesRedraw, "ctrl+l"),
		Quit:        bind("Ctrl+C", words.KeyDoesQuit, "ctrl+c"),
	}
}

// Everywhere are the bindings that the frame answers to on every screen, for the help page. Letters are
// not among them: F1 and Ctrl+P do the same and always work.
func (k Keys) Everywhere() []key.Binding {
	return []key.Binding{k.Help, k.Back, k.Palette, k.Language, k.Theme, k.Reading, k.Redraw, k.Quit}
}

// Moving are the bindings that walk through a list, for the help page of a screen with one.
func (k Keys) Moving() []key.Binding {
	return []key.Binding{k.Up, k.Down, k.PageUp, k.PageDown, k.Home, k.End}
}

// Named is b with another help text: what the key does on this screen.
func Named(b key.Binding, does string) key.Binding {
	b.SetHelp(b.Help().Key, does)
	return b
}

// Press is the message of the first key of b, so that help and palette can press it for the person. ok is
// false when b is off or has no keys.
func Press(b key.Binding) (msg tea.KeyPressMsg, ok bool) {
	if !b.Enabled() || len(b.Keys()) == 0 {
		return msg, false
	}
	return Parse(b.Keys()[0])
}
