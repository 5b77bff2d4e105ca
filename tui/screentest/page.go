package screentest

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Sizes are the windows in which pages are compared: the usual one, a wide one, and the least. With the race detector there
// are none: a page is drawn by one goroutine, which leaves nothing to race, and it would cost ten times as much. What does
// run at once, the server, the stores and the flows through them, runs there whole.
func Sizes() [][2]int {
	if raced {
		return nil
	}
	return [][2]int{{80, 24}, {120, 40}, {60, 20}}
}

// Pages compares a page with its golden in every window, and reads it line by line; open shows it anew in one of w×h cells.
func Pages(t *testing.T, open func(t testing.TB, w, h int) *Screen) {
	t.Helper()
	for _, size := range Sizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			page := open(t, size[0], size[1])
			page.Fits()
			Golden(t, page)
			if size[0] == 80 {
				page.Readable()
			}
		})
	}
}

// Says fails the test when the page lacks one of the texts. How lines are broken does not count.
func (s *Screen) Says(wanted ...string) *Screen {
	s.t.Helper()
	page := strings.Join(strings.Fields(s.Text()), " ")
	for _, w := range wanted {
		if !strings.Contains(page, w) {
			s.t.Errorf("the page lacks %q:\n%s", w, s.Text())
		}
	}
	return s
}

// Lacks fails the test when the page has one of the texts.
func (s *Screen) Lacks(unwanted ...string) *Screen {
	s.t.Helper()
	page := strings.Join(strings.Fields(s.Text()), " ")
	for _, w := range unwanted {
		if strings.Contains(page, w) {
			s.t.Errorf("the page has %q:\n%s", w, s.Text())
		}
	}
	return s
}

// Clear are the keys that empty a field.
func Clear() []tea.Msg { return Keys("end", "ctrl+u") }

// Row are the keys that open a row of a page, by how far it stands from the first.
func Row(n int) []tea.Msg {
	steps := Keys("home")
	for range n {
		steps = append(steps, Keys("down")...)
	}
	return append(steps, Keys("enter")...)
}
