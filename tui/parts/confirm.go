package parts

import (
	"strings"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Confirm asks before something that can't be undone. "Nee" stands first and has the cursor. The key that
// called it does nothing until another key came, and held keys never count, so that a key that repeats
// can't answer. The first letter of an answer moves to it; only Enter, Space or a second click answer.
type Confirm struct {
	ask  words.Key
	args []any
	yes  words.Key
	mute string // the key that called the question, until another one comes
	at   int    // 0 no, 1 yes
}

// Answer is what a person said to a question.
type Answer int

// The answers.
const (
	Waiting Answer = iota
	No
	Yes
)

// NewConfirm asks with the sentence ask, which names the thing ("Laptop 0042 van Ann wissen?"); args fill
// it. yes is a verb on the button ("Ja, wissen"); empty: "Ja". trigger is the name of the key that called
// the question ("enter"), empty when it was no key.
func NewConfirm(ask words.Key, args []any, yes words.Key, trigger string) Confirm {
	if yes == "" {
		yes = words.ShellYes
	}
	return Confirm{ask: ask, args: args, yes: yes, mute: trigger}
}

// Ask is the question in the look's language.
func (c Confirm) Ask(look Look) string { return PlainBlock(look.T(c.ask, c.args...)) }

func (c Confirm) answers(look Look) [2]string {
	return [2]string{look.T(words.ShellNo), Plain(look.T(c.yes))}
}

// Update gives Yes or No once the person answered. Esc is no. Mouse messages count from the corner; width
// is the same as View's.
func (c Confirm) Update(look Look, width int, msg tea.Msg) (Confirm, Answer) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return c.press(look, msg)
	case tea.MouseClickMsg:
		row := msg.Y - len(Wrap(c.Ask(look), width)) - 1
		if msg.Button != tea.MouseLeft || row < 0 || row > 1 {
			return c, Waiting
		}
		if row == c.at {
			return c, c.answer()
		}
		c.at = row
	}
	return c, Waiting
}

func (c Confirm) answer() Answer {
	if c.at == 1 {
		return Yes
	}
	return No
}

func (c Confirm) press(look Look, msg tea.KeyPressMsg) (Confirm, Answer) {
	if msg.IsRepeat || msg.String() == c.mute {
		return c, Waiting
	}
	c.mute = ""
	k := look.Keys
	switch {
	case key.Matches(msg, k.Back):
		return c, No
	case key.Matches(msg, k.Enter, k.Space):
		return c, c.answer()
	case key.Matches(msg, k.Up, k.Left, k.Home):
		c.at = 0
	case key.Matches(msg, k.Down, k.Right, k.End):
		c.at = 1
	case key.Matches(msg, k.Next, k.Previous):
		c.at = 1 - c.at
	default:
		for i, text := range c.answers(look) {
			if first, _ := utf8.DecodeRuneInString(data.SortKey(text)); msg.Text != "" && data.SortKey(msg.Text) == string(first) {
				c.at = i
			}
		}
	}
	return c, Waiting
}

// Cursor is where the hardware cursor belongs, in cells from the corner.
func (c Confirm) Cursor(look Look, width int) (x, y int) {
	return 0, len(Wrap(c.Ask(look), width)) + 1 + c.at
}

// View gives the question, an empty line, the two answers, an empty line and a hint, which is of arrows and
// is left out where lines are read.
func (c Confirm) View(look Look, width int) string {
	var lines []string
	for _, line := range Wrap(c.Ask(look), width) {
		lines = append(lines, look.Theme.Strong.Render(line))
	}
	lines = append(lines, "")
	for i, text := range c.answers(look) {
		if i == c.at {
			line := Fit(look.Theme.Glyphs.Cursor+" "+text, min(width, 30))
			lines = append(lines, look.Theme.Chosen.Render(line))
			continue
		}
		lines = append(lines, look.Theme.Body.Render(Cut("  "+text, width)))
	}
	if look.Read {
		return strings.Join(lines, "\n")
	}
	lines = append(lines, "")
	for _, line := range Wrap(look.T(words.ShellConfirmHint), width) {
		lines = append(lines, look.Theme.Quiet.Render(line))
	}
	return strings.Join(lines, "\n")
}
