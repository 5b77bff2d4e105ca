package kiosk

import (
	"time"

	"digibrug/loans"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// NewSign opens the contract of a call.
func NewSign(s *shell.Session, calls calls, call loans.SignCall) shell.Screen {
	return newSign(s, calls, call, func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil })
}
