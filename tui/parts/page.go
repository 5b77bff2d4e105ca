package parts

import (
	"strings"

	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Paragraphs wraps texts to width cells and puts an empty line between them.
func Paragraphs(width int, texts ...string) []string {
	var lines []string
	for i, text := range texts {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, Wrap(text, width)...)
	}
	return lines
}

// Rows joins lines into a view of at most height lines. A line may itself hold several.
func Rows(lines []string, height int) string {
	all := strings.Split(strings.Join(lines, "\n"), "\n")
	return strings.Join(all[:min(len(all), max(0, height))], "\n")
}

// Ends puts left and right at the two ends of a line of width cells. Where there is no room for both, left
// alone stays.
func Ends(left, right string, width int) string {
	room := width - ansi.StringWidth(right) - 2
	if right == "" || room < 10 {
		return Cut(left, width)
	}
	return Fit(left, room) + "  " + right
}

// Scroll is a text that may be longer than its room. The zero Scroll stands at the first line.
type Scroll struct{ top int }

// Update walks through lines of text in a room of height lines.
func (s Scroll) Update(look Look, msg tea.Msg, lines, height int) Scroll {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelDown:
			s.top += wheelStep
		case tea.MouseWheelUp:
			s.top -= wheelStep
		}
	case tea.KeyPressMsg:
		s.top += s.step(look, msg, lines, height)
	}
	s.top = max(0, min(s.top, lines-height))
	return s
}

// More tells whether there is text below what is in view.
func (s Scroll) More(lines, height int) bool { return s.top < lines-height }

func (s Scroll) step(look Look, msg tea.KeyPressMsg, lines, height int) int {
	k := look.Keys
	switch {
	case key.Matches(msg, k.Down):
		return 1
	case key.Matches(msg, k.Up):
		return -1
	case key.Matches(msg, k.PageDown, k.Space):
		return max(1, height-2)
	case key.Matches(msg, k.PageUp):
		return -max(1, height-2)
	case key.Matches(msg, k.End):
		return lines
	case key.Matches(msg, k.Home):
		return -lines
	}
	return 0
}

// View gives the lines in view. While there is more below, the last line says so.
func (s Scroll) View(look Look, lines []string, width, height int) string {
	if len(lines) <= height || height < 3 {
		return Rows(lines, height)
	}
	top := max(0, min(s.top, len(lines)-height))
	shown := append([]string(nil), lines[top:top+height]...)
	if below := len(lines) - top - height; below > 0 {
		shown[height-1] = look.Theme.Quiet.Render(Cut(look.Theme.Glyphs.Below+" "+look.T(words.PartReadOn), width))
	}
	return strings.Join(shown, "\n")
}
