package kiosk

import (
	"context"
	"errors"
	"strings"

	"digibrug/data"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// gate is what the kiosk asks about codes; *data.Gate has it.
type gate interface {
	// Code blocks for the delay that earlier wrong codes cost.
	Code(ctx context.Context, code, from string, at data.Identity) (data.Identity, error)
	Entered(ctx context.Context, id data.Identity)
}

// Code takes the code of a letter.
type Code struct {
	s       *shell.Session
	gate    gate
	w, h    int
	field   entry
	err     error // what was wrong with the last try; nil: nothing
	waiting *try  // nil: none is looked at
	wrong   int   // the letter that can't be, from 1; 0 once something was typed
}

// try is one code that is looked at. Its address tells it from every other, also from those of a screen that was
// left.
type try struct{ typed string }

// CameMsg tells that somebody came in with a code.
type CameMsg struct{ Who data.Identity }

// triedMsg tells what the gate said to a try.
type triedMsg struct {
	of  *try
	who data.Identity
	err error
}

func newCode(s *shell.Session, gate gate) shell.Screen { return Code{s: s, gate: gate} }

// Init does nothing.
func (c Code) Init() tea.Cmd { return nil }

// Title is what the button at home says.
func (c Code) Title() string { return c.s.T(words.KioskEnter) }

// Update types and tries.
func (c Code) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.w, c.h = msg.Width, msg.Height
	case triedMsg:
		switch {
		case msg.of != c.waiting || msg.of == nil:
		case msg.err != nil:
			return c.refused(msg.err)
		default:
			return c, c.enter(msg.who)
		}
	case tea.PasteMsg:
		if c.waiting == nil {
			c.field, c.err = c.field.insert(msg.Content), nil
		}
	case tea.KeyPressMsg:
		if c.waiting == nil {
			return c.press(msg)
		}
	}
	return c, nil
}

func (c Code) press(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	if !key.Matches(msg, c.s.Keys().Enter) {
		before := c.field.text()
		rubs := msg.String() == "backspace"
		if c.wrong > 0 && (rubs || msg.Text != "") { // the letter that can't be gives way, also to Backspace
			c.field = c.field.without()
			if c.wrong, c.err = 0, nil; rubs {
				return c, nil
			}
		}
		c.wrong = 0
		if c.field, _ = c.field.press(msg); c.field.text() != before {
			c.err = nil
		}
		return c, nil
	}
	if _, err := data.ParseCode(c.field.text()); err != nil { // a slip of the finger, which is no try
		return c.refused(err)
	}
	c.waiting, c.err = &try{c.field.text()}, nil
	return c, c.ask()
}

// ask brings the code to the gate.
func (c Code) ask() tea.Cmd {
	this := c.waiting
	return func() tea.Msg {
		id, err := c.gate.Code(c.s.Ctx, this.typed, c.s.Who.From, c.s.Who)
		return triedMsg{this, id, err}
	}
}

// enter writes down who comes in, and lets them in. Until then the screen waits.
func (c Code) enter(who data.Identity) tea.Cmd {
	who.Method = "kiosk"
	return func() tea.Msg {
		c.gate.Entered(c.s.Ctx, who)
		return CameMsg{who}
	}
}

// refused keeps what was typed, with the cursor on the letter that can't be, and says what is wrong.
func (c Code) refused(err error) (shell.Screen, tea.Cmd) {
	c.waiting, c.wrong = nil, 0
	var bad *data.Invalid
	switch {
	case errors.As(err, &bad):
		c.err = err
		if c.wrong = bad.Col; c.wrong > 0 {
			c.field = c.field.to(c.wrong)
		}
	case errors.Is(err, data.ErrDenied):
		c.err = err
	default:
		return c, func() tea.Msg { return shell.FailedMsg{Doing: words.KioskLooking, Err: err} }
	}
	return c, nil
}

// said is what is wrong, as a sentence.
func (c Code) said() string {
	text, _ := words.CodeRefused(c.s.Lang(), c.err)
	return text
}

// intro is the lines above the field.
func (c Code) intro() []string {
	return parts.Paragraphs(c.w, c.s.T(words.KioskType), c.s.T(words.KioskFree))
}

// Where the field stands below the lines above it: an empty line, the frame and an empty line in it.
const (
	fieldTop  = 3
	fieldLeft = 6
)

// View gives the field in a frame, and below it what is wrong.
func (c Code) View() string {
	theme := c.s.Theme()
	g := theme.Glyphs
	inner := fieldWidth + 4
	side := theme.Border.Render(g.Pipe)
	empty := "  " + side + strings.Repeat(" ", inner) + side
	rule := strings.Repeat(g.Rule, inner)
	lines := append(c.intro(), "",
		"  "+theme.Border.Render(g.TopLeft+rule+g.TopRight), empty,
		"  "+side+"   "+theme.Strong.Render(parts.Fit(c.field.view(), inner-3))+side,
		empty, "  "+theme.Border.Render(g.BottomLeft+rule+g.BottomRight), "")
	switch {
	case c.waiting != nil:
		lines = append(lines, parts.Wrap(c.s.T(words.KioskWait), c.w)...)
	case c.err != nil:
		for _, line := range parts.Wrap(c.s.T(words.ShellAlarm, "text", c.said()), c.w) {
			lines = append(lines, theme.Alarm.Render(line))
		}
	}
	return parts.Rows(lines, c.h)
}

// Cursor is in the field.
func (c Code) Cursor() (x, y int, shown bool) {
	return fieldLeft + cell(c.field.at), len(c.intro()) + fieldTop, c.waiting == nil
}

// Place is the field.
func (c Code) Place() parts.Place {
	return parts.Place{Kind: parts.TextPlace, Name: "code", Label: c.s.T(words.KioskType), Value: c.field.text()}
}

// Typing: letters go into the field.
func (c Code) Typing() bool { return true }

// ShortHelp is the footer.
func (c Code) ShortHelp() []key.Binding {
	erase := key.NewBinding(key.WithKeys("backspace"), key.WithHelp("Backspace", c.s.T(words.KioskErase)))
	return []key.Binding{keys.Named(c.s.Keys().Enter, c.s.T(words.KioskCheck)), erase}
}

// FullHelp is the help page.
func (c Code) FullHelp() [][]key.Binding {
	return [][]key.Binding{c.ShortHelp(), {c.s.Keys().Left, c.s.Keys().Right}}
}
