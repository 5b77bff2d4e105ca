package items

import (
	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// written answers with text of several lines: Enter belongs to the text, Tab goes on. Under it stands how much of it fits, and how
// many lines are out of view.
type written struct {
	area  parts.Area
	lost  words.Key // what the last paste lost
	width int
}

func newWritten(given quiz.Answer) answerer {
	return written{area: parts.NewArea(quiz.MaxOpen, given.Text)}
}

func (t written) update(look parts.Look, msg tea.Msg) (answerer, Event) {
	before := t.area.Text()
	switch msg := msg.(type) {
	case tea.PasteMsg:
		var dropped, cut bool
		t.area, dropped, cut = t.area.Paste(msg.Content)
		switch t.lost = ""; {
		case cut:
			t.lost = words.PartPasteCut
		case dropped:
			t.lost = words.PartPasteClean
		}
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, look.Keys.Next):
			return t, Done
		case !t.area.Takes(msg):
			return t, None
		}
		t.area, t.lost = t.area.Update(msg), ""
	default:
		return t, None
	}
	if t.area.Text() != before {
		return t, Changed
	}
	return t, Moved
}

// writtenFoot is the line under the text.
const writtenFoot = 1

func (t written) view(look parts.Look) string {
	lines, _, _ := t.area.View()
	for i, line := range lines {
		lines[i] = "[" + look.Theme.FieldFocus.Render(line) + "]"
	}
	n, most := t.area.Count()
	foot := look.T(words.ItemWritten, "n", n, "most", most)
	above, below := t.area.Hidden()
	if above > 0 {
		foot += " · " + look.T(words.PartAbove, "n", above)
	}
	if below > 0 {
		foot += " · " + look.T(words.PartBelow, "n", below)
	}
	if t.lost != "" {
		foot = look.T(t.lost)
	}
	return parts.Rows(append(lines, look.Theme.Quiet.Render(parts.Cut(foot, t.width))), len(lines)+writtenFoot)
}

func (t written) lines() int          { return 12 + writtenFoot }
func (t written) answer() quiz.Answer { return quiz.Answer{Text: t.area.Text()} }
func (t written) typing() bool        { return true }

func (t written) cursor() (x, y int, shown bool) {
	_, x, y = t.area.View()
	return x + 1, y, true
}

func (t written) sized(_ parts.Look, width, height int) answerer {
	t.width = width
	t.area = t.area.Sized(min(width, parts.MaxWidth)-2, min(t.lines(), height)-writtenFoot)
	return t
}

func (t written) ask() words.Key { return words.ItemAskWritten }

func (t written) keys(look parts.Look) []key.Binding {
	return []key.Binding{keys.Named(look.Keys.Next, look.T(words.ItemNext))}
}
