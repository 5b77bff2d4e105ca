package admin

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// auditLog is what the audit screens need of the ground floor; *data.DB has it.
type auditLog interface {
	Audit(ctx context.Context, by data.Actor, limit int) ([]data.AuditRow, error)
}

// auditLimit is how many rows the screen shows.
const auditLimit = 1000

// Audit lists the newest acts.
type Audit struct {
	page.List[data.AuditRow]
}

// NewAudit opens the log.
func NewAudit(s *shell.Session, log auditLog) shell.Screen {
	columns := []parts.Column{
		{Title: words.AdminWhen, Min: 16},
		{Title: words.AdminWho, Min: 12, Grow: 1},
		{Title: words.AdminAct, Min: 24},
		{Title: words.AdminObject, Min: 16, Grow: 2, Drop: 1},
	}
	d := still(s)
	return Audit{page.NewList(s, words.AdminAuditLoading, columns, page.Filling[data.AuditRow]{
		Load: func() ([]data.AuditRow, error) { return log.Audit(s.Ctx, d.By(), auditLimit) },
		Rows: d.auditRows,
		Above: func(all []data.AuditRow) string {
			if len(all) < auditLimit {
				return ""
			}
			return s.T(words.AdminAuditNewest, "n", auditLimit)
		},
		Opens: words.AdminOpen,
	})}
}

// Title is the name of the room.
func (a Audit) Title() string { return a.S.T(words.AdminAudit) }

// Update moves along the log and opens a row.
func (a Audit) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	a.List, chose, cmd = a.Take(msg)
	for _, row := range a.All {
		if chose != "" && strconv.FormatInt(row.Seq, 10) == chose {
			cmd = shell.Open(NewAct(a.S, row))
		}
	}
	return a, cmd
}

func (d desk) auditRows(all []data.AuditRow) []parts.Row {
	names := known(all)
	rows := make([]parts.Row, len(all))
	for i, row := range all {
		rows[i] = parts.Row{ID: strconv.FormatInt(row.Seq, 10), Cells: []string{
			d.Moment(row.At), row.Actor, words.ActName(d.S.Lang(), row.Action), d.object(row, names),
		}}
	}
	return rows
}

// known gives the names that the rows themselves tell of ids.
func known(rows []data.AuditRow) map[string]string {
	names := map[string]string{}
	for _, row := range rows {
		for _, detail := range []string{"title", "name"} {
			if name := row.Detail[detail]; name != "" && isID(row.Object) {
				names[row.Object] = name
			}
		}
	}
	return names
}

// object is what was acted on, in a few words: a name where one is known, never an id, which means nothing
// to people and stands on the page of the row.
func (d desk) object(row data.AuditRow, names map[string]string) string {
	switch {
	case row.Detail["role"] != "":
		return d.S.RoleName(data.Role(row.Detail["role"]))
	case !isID(row.Object):
		return row.Object
	}
	return names[row.Object]
}

// isID tells whether text is an id as data.NewID makes them.
func isID(s string) bool { return len(s) == 36 && strings.Count(s, "-") == 4 }

// Act shows one row of the log with all that is kept of it.
type Act struct {
	desk
	row data.AuditRow
	top reader
}

// NewAct opens a row.
func NewAct(s *shell.Session, row data.AuditRow) shell.Screen {
	return Act{desk: still(s), row: row}
}

// Init does nothing: all is known.
func (a Act) Init() tea.Cmd { return nil }

// Title is the number of the row.
func (a Act) Title() string { return a.S.T(words.AdminActTitle, "n", a.row.Seq) }

// Update reads on.
func (a Act) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if key.Matches(msg, a.S.Keys().Enter) {
			return a, shell.Back()
		}
		a.top = a.top.moved(a.S.Look(), msg, len(a.lines()), a.H)
	}
	return a, nil
}

func (a Act) lines() []string {
	lines := []string{a.Headline(words.ActName(a.S.Lang(), a.row.Action)), ""}
	lines = append(lines, a.Facts(
		page.Named(words.AdminWhen, words.Moment(a.S.Lang(), a.row.At)),
		page.Named(words.AdminWho, a.row.Actor),
		page.Named(words.AdminFrom, dash(a.row.From)),
		page.Named(words.AdminObject, dash(a.row.Object)),
		page.Named(words.AdminCode, a.row.Action),
	)...)
	for _, name := range slices.Sorted(maps.Keys(a.row.Detail)) {
		value := a.row.Detail[name]
		switch {
		case name == "role":
			value = a.S.RoleName(data.Role(value))
		case page.IsDay(value):
			value = a.Day(value)
		}
		lines = append(lines, a.Facts(page.Named(words.Key(words.DetailName(a.S.Lang(), name)), dash(value)))...)
	}
	lines = append(lines, "")
	lines = append(lines, a.Paragraphs(a.S.T(words.AdminHashOwn), a.row.Hash, a.S.T(words.AdminHashBefore), dash(a.row.Prev))...)
	return lines
}

// View gives the part of the text that is in view.
func (a Act) View() string { return a.top.view(a.S.Look(), a.lines(), a.W, a.H) }

// ShortHelp is the footer.
func (a Act) ShortHelp() []key.Binding { return []key.Binding{a.Enter(words.AdminBack)} }

// FullHelp is the help page.
func (a Act) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()}
}
