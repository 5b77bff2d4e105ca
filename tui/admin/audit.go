package admin

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
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
	page
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
	return Audit{page: newPage(s, words.AdminAuditLoading), log: log, table: parts.NewTable(columns, nil)}
}

func (a Audit) load() tea.Cmd {
	return fetch(a.loading, func() ([]data.AuditRow, error) { return a.log.Audit(a.s.Ctx, a.by(), auditLimit) })
}

// Init loads the log.
func (a Audit) Init() tea.Cmd { return a.load() }

// Title is the name of the room.
func (a Audit) Title() string { return a.s.T(words.AdminAudit) }

// Update moves along the log and opens a row.
func (a Audit) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		a.table = a.table.Sized(a.w, max(1, a.h-a.topLines()))
		return a, nil
	case doneMsg[[]data.AuditRow]:
		next, ok, tell := settled(a.page, msg)
		if a.page = next; ok {
			a.all = msg.got
		}
		return a.listed(), tell
	case shell.ShownMsg:
		a.page = a.again()
		return a, a.load()
	case shell.LookedMsg:
		return a.listed(), nil
	}
	if a.retries(msg) {
		a.page = a.again()
		return a, a.load()
	}
	if !a.loaded {
		return a, nil
	}
	var event parts.Event
	a.table, event = a.table.Update(a.s.Look(), parts.Shift(msg, 0, a.topLines()))
	if row, ok := a.table.Current(); ok && event == parts.Chose {
		return a, a.open(row.ID)
	}
	return a, nil
}

func (a Audit) open(id string) tea.Cmd {
	for _, row := range a.all {
		if strconv.FormatInt(row.Seq, 10) == id {
			return shell.Open(NewAct(a.s, row))
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
			a.moment(row.At), row.Actor, a.actName(row.Action), a.object(row, names),
		}}
	}
	a.table = a.table.With(rows).Sized(a.w, max(1, a.h-a.topLines()))
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
		return words.RoleName(a.s.Lang(), data.Role(row.Detail["role"]))
	case !isID(row.Object):
		return row.Object
	}
	return names[row.Object]
}

// isID tells whether text is an id as data.NewID makes them.
func isID(s string) bool { return len(s) == 36 && strings.Count(s, "-") == 4 }

// View gives the table.
func (a Audit) View() string {
	if !a.loaded {
		return a.waiting()
	}
	if a.topLines() == 0 {
		return a.table.View(a.s.Look())
	}
	lead := parts.Cut(a.s.T(words.AdminAuditNewest, "n", auditLimit), a.w)
	return a.s.Theme().Quiet.Render(lead) + "\n" + a.table.View(a.s.Look())
}

// Cursor is on the chosen row.
func (a Audit) Cursor() (x, y int, shown bool) {
	x, y, shown = a.table.Cursor()
	return x, y + a.topLines(), shown && a.loaded
}

// Typing: letters go into the filter.
func (a Audit) Typing() bool { return a.loaded && a.table.Typing() }

// Inside: Esc closes the filter.
func (a Audit) Inside() bool { return a.table.Inside() }

// Mouse: rows can be clicked.
func (a Audit) Mouse() bool { return true }

// ShortHelp is the footer.
func (a Audit) ShortHelp() []key.Binding {
	if !a.loaded {
		return []key.Binding{a.enter(words.AdminAgain)}
	}
	return []key.Binding{a.enter(words.AdminOpen), a.search()}
}

// FullHelp is the help page.
func (a Audit) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.s.Keys().Moving()}
}

// Act shows one row of the log with all that is kept of it.
type Act struct {
	page
	row data.AuditRow
	top reader
}

// NewAct opens a row.
func NewAct(s *shell.Session, row data.AuditRow) shell.Screen {
	return Act{page: page{s: s, loaded: true}, row: row}
}

// Init does nothing: all is known.
func (a Act) Init() tea.Cmd { return nil }

// Title is the number of the row.
func (a Act) Title() string { return a.s.T(words.AdminActTitle, "n", a.row.Seq) }

// Update reads on.
func (a Act) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if key.Matches(msg, a.s.Keys().Enter) {
			return a, shell.Back()
		}
		a.top = a.top.moved(a.s.Look(), msg, len(a.lines()), a.h)
	}
	return a, nil
}

func (a Act) lines() []string {
	lines := []string{a.headline(a.actName(a.row.Action)), ""}
	lines = append(lines, a.facts(
		fact{words.AdminWhen, words.Moment(a.s.Lang(), a.row.At)},
		fact{words.AdminWho, a.row.Actor},
		fact{words.AdminFrom, dash(a.row.From)},
		fact{words.AdminObject, dash(a.row.Object)},
		fact{words.AdminCode, a.row.Action},
	)...)
	for _, name := range slices.Sorted(maps.Keys(a.row.Detail)) {
		value := a.row.Detail[name]
		switch {
		case name == "role":
			value = words.RoleName(a.s.Lang(), data.Role(value))
		case isDay(value):
			value = a.day(value)
		}
		lines = append(lines, a.facts(fact{detailName(name), dash(value)})...)
	}
	lines = append(lines, "")
	lines = append(lines, a.paragraphs(a.s.T(words.AdminHashOwn), a.row.Hash, a.s.T(words.AdminHashBefore), dash(a.row.Prev))...)
	return lines
}

// View gives the part of the text that is in view.
func (a Act) View() string { return a.top.view(a.s.Look(), a.lines(), a.w, a.h) }

// ShortHelp is the footer.
func (a Act) ShortHelp() []key.Binding { return []key.Binding{a.enter(words.AdminBack)} }

// FullHelp is the help page.
func (a Act) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.s.Keys().Moving()}
}
