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
	desk
	log   auditLog
	all   []data.AuditRow
	table parts.Table
}

// NewAudit opens the log.
func NewAudit(s *shell.Session, log auditLog) shell.Screen {
	columns := []parts.Column{
		{Title: words.AdminWhen, Min: 16},
		{Title: words.AdminWho, Min: 12, Grow: 1},
		{Title: words.AdminAct, Min: 24},
		{Title: words.AdminObject, Min: 16, Grow: 2, Drop: 1},
	}
	return Audit{desk: newDesk(s, words.AdminAuditLoading), log: log, table: parts.NewTable(columns, nil)}
}

func (a Audit) load() tea.Cmd {
	return page.Fetch(a.Loading, func() ([]data.AuditRow, error) { return a.log.Audit(a.S.Ctx, a.By(), auditLimit) })
}

// Init loads the log.
func (a Audit) Init() tea.Cmd { return a.load() }

// Title is the name of the room.
func (a Audit) Title() string { return a.S.T(words.AdminAudit) }

// Update moves along the log and opens a row.
func (a Audit) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
		a.table = a.table.Sized(a.W, max(1, a.H-a.topLines()))
		return a, nil
	case page.DoneMsg[[]data.AuditRow]:
		next, ok, tell := page.Settled(a.Page, msg)
		if a.Page = next; ok {
			a.all = msg.Got
		}
		return a.listed(), tell
	case shell.ShownMsg:
		a.Page = a.Again()
		return a, a.load()
	case shell.LookedMsg:
		return a.listed(), nil
	}
	if a.Retries(msg) {
		a.Page = a.Again()
		return a, a.load()
	}
	if !a.Loaded {
		return a, nil
	}
	var event parts.Event
	a.table, event = a.table.Update(a.S.Look(), parts.Shift(msg, 0, a.topLines()))
	if row, ok := a.table.Current(); ok && event == parts.Chose {
		return a, a.open(row.ID)
	}
	return a, nil
}

func (a Audit) open(id string) tea.Cmd {
	for _, row := range a.all {
		if strconv.FormatInt(row.Seq, 10) == id {
			return shell.Open(NewAct(a.S, row))
		}
	}
	return nil
}

// topLines is the lines above the table: one when rows are left out.
func (a Audit) topLines() int {
	if len(a.all) >= auditLimit {
		return 1
	}
	return 0
}

func (a Audit) listed() Audit {
	names := known(a.all)
	rows := make([]parts.Row, len(a.all))
	for i, row := range a.all {
		rows[i] = parts.Row{ID: strconv.FormatInt(row.Seq, 10), Cells: []string{
			a.Moment(row.At), row.Actor, a.actName(row.Action), a.object(row, names),
		}}
	}
	a.table = a.table.With(rows).Sized(a.W, max(1, a.H-a.topLines()))
	return a
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
func (a Audit) object(row data.AuditRow, names map[string]string) string {
	switch {
	case row.Detail["role"] != "":
		return words.RoleName(a.S.Lang(), data.Role(row.Detail["role"]))
	case !isID(row.Object):
		return row.Object
	}
	return names[row.Object]
}

// isID tells whether text is an id as data.NewID makes them.
func isID(s string) bool { return len(s) == 36 && strings.Count(s, "-") == 4 }

// View gives the table.
func (a Audit) View() string {
	if !a.Loaded {
		return a.Waiting()
	}
	if a.topLines() == 0 {
		return a.table.View(a.S.Look())
	}
	lead := parts.Cut(a.S.T(words.AdminAuditNewest, "n", auditLimit), a.W)
	return a.S.Theme().Quiet.Render(lead) + "\n" + a.table.View(a.S.Look())
}

// Cursor is on the chosen row.
func (a Audit) Cursor() (x, y int, shown bool) {
	x, y, shown = a.table.Cursor()
	return x, y + a.topLines(), shown && a.Loaded
}

// Typing: letters go into the filter.
func (a Audit) Typing() bool { return a.Loaded && a.table.Typing() }

// Inside: Esc closes the filter.
func (a Audit) Inside() bool { return a.table.Inside() }

// Mouse: rows can be clicked.
func (a Audit) Mouse() bool { return true }

// ShortHelp is the footer.
func (a Audit) ShortHelp() []key.Binding {
	if !a.Loaded {
		return []key.Binding{a.Enter(words.PageAgain)}
	}
	return []key.Binding{a.Enter(words.AdminOpen), a.Search()}
}

// FullHelp is the help page.
func (a Audit) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()}
}

// Act shows one row of the log with all that is kept of it.
type Act struct {
	desk
	row data.AuditRow
	top reader
}

// NewAct opens a row.
func NewAct(s *shell.Session, row data.AuditRow) shell.Screen {
	return Act{desk: desk{page.Still(s)}, row: row}
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
	lines := []string{a.Headline(a.actName(a.row.Action)), ""}
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
			value = words.RoleName(a.S.Lang(), data.Role(value))
		case page.IsDay(value):
			value = a.Day(value)
		}
		lines = append(lines, a.Facts(page.Named(detailName(name), dash(value)))...)
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
