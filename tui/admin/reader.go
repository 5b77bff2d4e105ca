package admin

import (
	"strings"

	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// reader walks through text that may be longer than its room: the number is the first line in view.
type reader int

// moved follows a key; lines is how many there are, h how many show.
func (r reader) moved(look parts.Look, msg tea.KeyPressMsg, lines, h int) reader {
	k, top := look.Keys, int(r)
	switch {
	case key.Matches(msg, k.Down):
		top++
	case key.Matches(msg, k.Up):
		top--
	case key.Matches(msg, k.PageDown):
		top += max(1, h-1)
	case key.Matches(msg, k.PageUp):
		top -= max(1, h-1)
	case key.Matches(msg, k.End):
		top = lines
	case key.Matches(msg, k.Home):
		top = 0
	}
	return reader(max(0, min(top, lines-h)))
}

// view gives the lines in view; the last one says when there are more.
func (r reader) view(look parts.Look, lines []string, w, h int) string {
	top := max(0, min(int(r), len(lines)-h))
	if len(lines) <= h || h < 3 {
		return page.Fitted(lines[top:], h)
	}
	shown := append([]string(nil), lines[top:top+h]...)
	if top+h < len(lines) {
		shown[h-1] = look.Theme.Quiet.Render(parts.Cut(look.Theme.Glyphs.Below+" "+look.T(words.AdminMore), w))
	}
	return strings.Join(shown, "\n")
}
