package shell_test

import (
	"testing"

	"digibrug/tui/screentest"
	"digibrug/tui/shell"
)

// bare shows the menu in a visit without a palette; stays says that it waits for whoever comes.
func bare(t *testing.T, stays bool, names ...string) *screentest.Screen {
	t.Helper()
	s := screentest.Session(t)
	s.Bare, s.Stays = true, stays
	return screentest.Show(t, newMenu(s), 80, 40, screentest.Keys(names...)...)
}

// TestBareHasNoPalette presses the keys of the palette, and looks for them in the help.
func TestBareHasNoPalette(t *testing.T) {
	for _, name := range []string{"ctrl+p", ":"} {
		hasNot(t, bare(t, false, name), "Typ een paar letters")
	}
	help := bare(t, false, "f1")
	hasNot(t, help, "Ctrl+P")
	has(t, help, "Ctrl+C")
	out := bare(t, false, "esc", "down", "enter")
	if !out.Left() {
		t.Errorf("who has no palette can't log out:\n%s", out.Text())
	}
}

// TestStays tries to log out of a first screen that stays. Above it, Esc goes back as everywhere.
func TestStays(t *testing.T) {
	for _, name := range []string{"esc", "ctrl+c"} {
		s := bare(t, true, name, "down", "enter")
		hasNot(t, s, "afmelden")
		if s.Left() {
			t.Errorf("%s ends the visit", name)
		}
	}
	help := bare(t, true, "f1")
	hasNot(t, help, "Ctrl+C")
	hasNot(t, help, "afmelden")
	s := bare(t, true, "end", "up", "up", "enter")
	has(t, s, "Esc terug")
	has(t, s.Send(screentest.Keys("esc")...), "Een formulier")
	if s.Send(shell.ByeMsg{}); !s.Left() {
		t.Error("the program itself can't end the visit")
	}
}
