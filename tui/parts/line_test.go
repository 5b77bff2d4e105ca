package parts_test

import (
	"testing"

	"digibrug/tui/parts"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

func TestLine(t *testing.T) {
	l := parts.NewLine(8)
	for _, msg := range screentest.Steps(screentest.Type("Zoë\u202e C"), screentest.Keys("left", "backspace", "home"), screentest.Type("a")) {
		if press := msg.(tea.KeyPressMsg); l.Takes(press) {
			l = l.Press(press)
		}
	}
	if l.Text() != "aZoëC" {
		t.Errorf("the line holds %q", l.Text())
	}
	if l = l.Insert("0123456789"); l.Text() != "a012ZoëC" {
		t.Errorf("after too long a paste it holds %q", l.Text())
	}
	if l = l.With("10000427"); l.Text() != "10000427" {
		t.Errorf("with another text it holds %q", l.Text())
	}
	if text, x := l.View(5); text != "0427" || x != 4 {
		t.Errorf("five cells show %q with the cursor at %d", text, x)
	}
}
