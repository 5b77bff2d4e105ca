package shell

import (
	"digibrug/tui/parts"
	"digibrug/tui/theme"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// told is the screen on which the last notices can be read again, so that none is missed because it went
// too soon.
type told struct {
	s     *Session
	told  []notice
	width int
}

func newTold(s *Session, list []notice) told { return told{s: s, told: list} }

func (t told) Init() tea.Cmd { return nil }

func (t told) Update(msg tea.Msg) (Screen, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		t.width = size.Width
	}
	return t, nil
}

func (t told) View() string {
	look := t.s.Look()
	if len(t.told) == 0 {
		return look.Theme.Quiet.Render(parts.Cut(look.T(words.PartEmpty), t.width))
	}
	return toldLines(look, t.told, t.width)
}

func (t told) Title() string             { return t.s.T(words.ShellActionTold) }
func (t told) ShortHelp() []key.Binding  { return nil }
func (t told) FullHelp() [][]key.Binding { return nil }

func themeName(name theme.Name) words.Key {
	switch name {
	case theme.Light:
		return words.ShellThemeLight
	case theme.Contrast:
		return words.ShellThemeContrast
	case theme.Mono:
		return words.ShellThemeMono
	}
	return words.ShellThemeDark
}
