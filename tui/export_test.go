package tui

import (
	"digibrug/tui/reading"
	"digibrug/tui/server"
)

// OpenVisit makes the screens of a visit, without what reads them line by line.
func (h House) OpenVisit(g server.Guest) (reading.Visit, error) { return h.openVisit(g) }
