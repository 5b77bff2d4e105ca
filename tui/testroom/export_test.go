package testroom

import (
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// Beat is the message that lets a room give its next sign of life.
func Beat(s shell.Screen) tea.Msg { return beatMsg{s.(Room).visit} }

// Visit names the visit of a room, as the store knows it.
func Visit(s shell.Screen) string { return s.(Room).visit }
