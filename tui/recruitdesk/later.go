package recruitdesk

import (
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// openLater opens the rows of a procedure whose test is over.
func (d desk) openLater(f file, id string) tea.Cmd {
	switch id {
	case rowResults:
		return shell.Open(d.results(f.ID))
	case rowDecisions:
		return shell.Open(d.decisions(f.ID))
	case rowPapers:
		return shell.Open(d.papersOf(f.ID))
	case rowKeep:
		return shell.Open(d.keeping(f))
	case rowPurges:
		return shell.Open(d.purges(f.Procedure))
	}
	return nil
}
