package regtext

import (
	"strconv"

	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Versions lists the versions of the text, the newest first and the model last.
type Versions struct {
	page.List[papers.Edition]
	room room
}

// New opens the room.
func New(s *shell.Session, desk Desk) shell.Screen {
	r := room{page.Still(s), desk}
	columns := []parts.Column{{Title: words.RegtextColVersion, Min: 18, Grow: 1}, {Title: words.RegtextColStands, Min: 12}, {Title: words.RegtextColFrom, Min: 10}, {Title: words.RegtextColBody, Min: 14, Grow: 1, Drop: 1}}
	fill := page.Filling[papers.Edition]{
		Load: func() ([]papers.Edition, error) { return desk.Reader.Editions(s.Ctx, r.By()) },
		Rows: func(all []papers.Edition) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, e := range all {
				from := ""
				if e.From != "" {
					from = r.Day(e.From)
				}
				rows[i] = parts.Row{ID: strconv.Itoa(i), Cells: []string{r.called(e), r.stands(e), from, e.Body}}
			}
			return rows
		},
		Above: func(all []papers.Edition) string {
			lead := words.RegtextLead
			if len(all) == 1 {
				lead = words.RegtextLeadModel
			}
			return s.T(lead) + "\n"
		},
		Opens: words.RegtextOpen,
	}
	return Versions{page.NewList(s, words.RegfigureLoading, columns, fill), r}
}

// Title is the room's name.
func (l Versions) Title() string { return l.S.T(words.RegtextTitle) }

// Update moves along the list and opens a version.
func (l Versions) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	next, chose, cmd := l.Take(msg)
	l.List = next
	at, err := strconv.Atoi(chose)
	if err != nil || at >= len(l.All) {
		return l, cmd
	}
	return l, shell.Open(newVersion(l.S, l.room.desk, l.All[at]))
}

// FullHelp is the help page.
func (l Versions) FullHelp() [][]key.Binding {
	return [][]key.Binding{l.ShortHelp(), l.S.Keys().Moving()}
}
