package screentest

import (
	"fmt"

	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// mostTried is how many places of a page Readable goes to.
const mostTried = 12

// Readable fails the test when the page can't be read line by line: each place that can be chosen has a line of its own,
// and its keys lead there.
func (s *Screen) Readable() {
	s.t.Helper()
	if !s.root.Ready() {
		return
	}
	next, _ := s.root.Update(tea.WindowSizeMsg{Width: shell.ReadingWidth, Height: shell.ReadingHeight})
	root := next.(shell.Root)
	shown := root.Shown()
	if shown.Title == "" && len(shown.Spots)+len(shown.Keys) == 0 {
		s.t.Error("read line by line, the page says nothing and offers nothing")
	}
	lines := map[string]bool{}
	for n, spot := range shown.Spots {
		switch key := fmt.Sprint(spot.Y, spot.Place.Name); {
		case spot.Y < 0 || spot.Y >= len(shown.Lines):
			s.t.Errorf("number %d is beside the page, at line %d of %d", n+1, spot.Y, len(shown.Lines))
		case lines[key]:
			s.t.Errorf("number %d has the line of another one: %q", n+1, shown.Lines[spot.Y])
		default:
			lines[key] = true
		}
		if n >= mostTried {
			continue
		}
		there := root
		for _, key := range spot.Path {
			next, _ := there.Update(key)
			there = next.(shell.Root)
		}
		if now := there.Shown(); now.At != n || now.Spots[n].Place.Kind != spot.Place.Kind {
			s.t.Errorf("the keys to number %d lead to %d: %+v", n+1, now.At+1, spot)
		}
	}
}
