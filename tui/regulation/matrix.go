package regulation

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"digibrug/loans"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Matrix shows one figure for every kind of borrower, down, and every type of device, across. What a field takes from
// elsewhere stands between brackets.
type Matrix struct {
	room
	param    loans.Param
	st       state
	row, col int // field under the cursor: row 0 is everybody, column 0 all types
}

// Widths of the matrix, in cells.
const (
	nameWidth  = 20
	fieldWidth = 14
)

func newMatrix(s *shell.Session, desk Desk, p loans.Param) shell.Screen {
	return Matrix{room: room{page.New(s, words.LoanruleLoading), desk}, param: p}
}

func (m Matrix) load() tea.Cmd { return page.Fetch(m.Loading, m.read) }

// Init loads the register.
func (m Matrix) Init() tea.Cmd { return m.load() }

// Title is the name of the figure.
func (m Matrix) Title() string { return m.S.T(figureOf(m.param).name) }

// rows are the kinds of borrowers, everybody first.
func rows() []loans.Category { return append([]loans.Category{""}, loans.Categories()...) }

// columns are the ids of the types, all of them first.
func (m Matrix) columns() []string {
	ids := []string{""}
	for _, t := range m.st.types {
		ids = append(ids, t.ID)
	}
	return ids
}

// at is the field under the cursor.
func (m Matrix) at() loans.Cell {
	return loans.Cell{Category: rows()[m.row], Device: m.columns()[m.col]}
}

func (m Matrix) changes() key.Binding { return m.Enter(words.LoanruleChange) }

// moves is the four arrows together, for the footer.
func (m Matrix) moves() key.Binding {
	return key.NewBinding(key.WithKeys("up", "down", "left", "right"), key.WithHelp(m.S.T(words.LoanruleArrows), m.S.T(words.LoanruleMove)))
}

// Update moves among the fields and opens one.
func (m Matrix) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.W, m.H = msg.Width, msg.Height
		return m, nil
	case page.DoneMsg[state]:
		next, ok, tell := page.Settled(m.Page, msg)
		if m.Page = next; ok {
			m.st = msg.Got
			m.col = min(m.col, len(m.st.types))
		}
		return m, tell
	case shell.ShownMsg:
		m.Page = m.Again()
		return m, m.load()
	}
	if m.Retries(msg) {
		m.Page = m.Again()
		return m, m.load()
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok || !m.Loaded {
		return m, nil
	}
	k := m.S.Keys()
	switch {
	case key.Matches(press, k.Up):
		m.row = max(0, m.row-1)
	case key.Matches(press, k.Down):
		m.row = min(len(rows())-1, m.row+1)
	case key.Matches(press, k.Left):
		m.col = max(0, m.col-1)
	case key.Matches(press, k.Right):
		m.col = min(len(m.st.types), m.col+1)
	case key.Matches(press, k.Home):
		m.row, m.col = 0, 0
	case key.Matches(press, k.End):
		m.row, m.col = len(rows())-1, len(m.st.types)
	case key.Matches(press, k.Enter) && m.ict():
		return m, shell.Open(newCell(m.S, m.desk, m.param, m.at()))
	}
	return m, nil
}

// field is what a field shows: its own figure, or between brackets the one that it takes from elsewhere.
func (m Matrix) field(at loans.Cell) string {
	v := m.st.current()
	if value, own := v.Cells[at][m.param]; own {
		return m.bare(m.param, value)
	}
	value, set := v.Get(at.Category, at.Device, m.param)
	if !set {
		return "-"
	}
	return "(" + m.bare(m.param, value) + ")"
}

// source is where the figure of a field comes from.
func (r room) source(v loans.Version, at loans.Cell, p loans.Param) (from loans.Cell, set bool) {
	for _, from := range []loans.Cell{at, {Category: at.Category}, {Device: at.Device}, {}} {
		if _, own := v.Cells[from][p]; own {
			return from, true
		}
	}
	return loans.Cell{}, false
}

// says tells in a sentence what holds in the field under the cursor, and why.
func (m Matrix) says() string { return capital(m.said()) }

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

func (m Matrix) said() string {
	at, v := m.at(), m.st.current()
	who := m.S.T(words.LoanruleFor, "who", m.categoryName(at.Category), "type", m.typeName(m.st, at.Device))
	from, set := m.source(v, at, m.param)
	switch {
	case !set:
		return m.S.T(words.LoanruleCellUnset, "who", who)
	case from == at:
		return m.S.T(words.LoanruleCellOwn, "who", who, "value", m.holds(v, at.Category, at.Device, m.param))
	}
	return m.S.T(words.LoanruleCellTaken, "who", who, "value", m.holds(v, at.Category, at.Device, m.param),
		"from", m.S.T(words.LoanruleFor, "who", m.categoryName(from.Category), "type", m.typeName(m.st, from.Device)))
}

// first is the first type in view, so that the cursor is too; column 0 always is.
func (m Matrix) first() (first, shown int) {
	shown = max(1, (m.W-nameWidth-fieldWidth-2)/fieldWidth)
	return max(1, m.col-shown+1), shown
}

// top is what stands above the fields.
func (m Matrix) top() []string {
	f, v := figureOf(m.param), m.st.current()
	head := m.S.T(words.LoanruleHead, "name", m.S.T(f.name), "article", strconv.Itoa(f.article), "unit", m.unitName(m.param))
	holds := m.S.T(words.LoanruleHolds, "name", m.called(v), "day", m.Day(v.From))
	if v.ID == "" {
		holds = m.S.T(words.LoanruleHoldsModel)
	}
	return []string{m.S.Theme().Strong.Render(parts.Cut(parts.Plain(head), m.W)), m.S.Theme().Quiet.Render(parts.Cut(parts.Plain(holds), m.W)), ""}
}

// View gives the figure as a matrix.
func (m Matrix) View() string {
	if !m.Loaded {
		return m.Waiting()
	}
	columns := m.columns()
	first, shown := m.first()
	last := min(len(columns), first+shown)
	head := strings.Repeat(" ", nameWidth+2) + m.headOf("", false, false)
	for i := first; i < last; i++ {
		head += m.headOf(columns[i], i == first && first > 1, i == last-1 && last < len(columns))
	}
	lines := append(m.top(), m.S.Theme().Quiet.Render(strings.TrimRight(head, " ")))
	for y, c := range rows() {
		line := "  " + parts.Fit(parts.Plain(m.categoryName(c)), nameWidth) + m.drawn(y, 0)
		for i := first; i < last; i++ {
			line += m.drawn(y, i)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	lines = append(lines, "")
	lines = append(lines, m.Paragraphs(m.says())...)
	lines = append(lines, m.quiet(m.S.T(words.LoanruleBrackets))...)
	if next, ok := m.st.coming(m.st.today); ok {
		lines = append(lines, m.quiet(m.S.T(words.LoanruleComing, "name", m.called(next), "day", m.Day(next.From)))...)
	}
	return page.Fitted(lines, m.H)
}

func (m Matrix) quiet(text string) []string {
	lines := m.Paragraphs(text)
	for i := range lines {
		lines[i] = m.S.Theme().Quiet.Render(lines[i])
	}
	return lines
}

// headOf is the name over a column, at the right; the signs tell that there are types out of view.
func (m Matrix) headOf(id string, before, after bool) string {
	name := parts.Plain(m.typeName(m.st, id))
	if before {
		name = "<" + name
	}
	if after {
		return right(parts.Cut(name, fieldWidth-3) + ">")
	}
	return right(parts.Cut(name, fieldWidth-2))
}

func right(text string) string {
	return strings.Repeat(" ", max(0, fieldWidth-ansi.StringWidth(text))) + text
}

// drawn is a field, marked when the cursor is on it.
func (m Matrix) drawn(y, x int) string {
	text := parts.Cut(m.field(loans.Cell{Category: rows()[y], Device: m.columns()[x]}), fieldWidth-2)
	if y != m.row || x != m.col {
		return right(text)
	}
	marked := m.S.Theme().Glyphs.Cursor + text
	return strings.Repeat(" ", max(0, fieldWidth-ansi.StringWidth(marked))) + m.S.Theme().Chosen.Render(marked)
}

// Cursor is on the field.
func (m Matrix) Cursor() (x, y int, shown bool) {
	if !m.Loaded {
		return 0, 0, false
	}
	first, _ := m.first()
	at := 0
	if m.col > 0 {
		at = m.col - first + 1
	}
	text := parts.Cut(m.field(m.at()), fieldWidth-2)
	return nameWidth + 2 + at*fieldWidth + fieldWidth - ansi.StringWidth(text) - 1, len(m.top()) + 1 + m.row, true
}

// ShortHelp is the footer.
func (m Matrix) ShortHelp() []key.Binding {
	switch {
	case !m.Loaded:
		return []key.Binding{m.Enter(words.PageAgain)}
	case m.ict():
		return []key.Binding{m.changes(), m.moves()}
	}
	return []key.Binding{m.moves()}
}

// FullHelp is the help page.
func (m Matrix) FullHelp() [][]key.Binding {
	k := m.S.Keys()
	return [][]key.Binding{m.ShortHelp(), {keys.Named(k.Home, m.S.T(words.LoanruleFirstField)), keys.Named(k.End, m.S.T(words.LoanruleLastField))}}
}

// newCell changes one field of the matrix from a day on.
func newCell(s *shell.Session, desk Desk, p loans.Param, at loans.Cell) shell.Screen {
	f := newForm(s, desk, words.LoanruleCellTitle, words.LoanruleCellLead)
	name := string(p)
	if figureOf(p).unit == inEuros {
		name = euroField
	}
	f.fields = func(f Form) parts.Form {
		value := ""
		if own, is := f.st.current().Cells[at][p]; is {
			value = f.room().written(p, own)
		}
		field := f.room().field(p, name, value)
		if field.Kind == parts.Choice {
			field.Options = append([]parts.Option{{Label: f.S.T(words.LoanruleNoOwn)}}, field.Options...)
		}
		return parts.NewForm(words.LoanruleSave, field, f.fromField(), f.nameField())
	}
	f.save = func(f Form) (func() (saved, error), error) {
		value, set, err := typed(p, f.Body.Value(name))
		if err != nil {
			return nil, err
		}
		done := saved{words.LoanruleChanged, []any{"what", f.S.T(figureOf(p).name), "day", f.Day(f.Body.Value("from"))}}
		return f.version(done, func(v *loans.Version) {
			if !set {
				delete(v.Cells[at], p)
				return
			}
			if v.Cells[at] == nil {
				v.Cells[at] = map[loans.Param]int64{}
			}
			v.Cells[at][p] = value
		})
	}
	f.tail = func(f Form) []string {
		r := f.room()
		who := f.S.T(words.LoanruleFor, "who", r.categoryName(at.Category), "type", r.typeName(f.st, at.Device))
		without := copied(f.st.on(cmp.Or(f.Body.Value("from"), f.st.today)))
		delete(without.Cells[at], p)
		text := f.S.T(words.LoanruleWithout, "who", who, "value", r.holds(without, at.Category, at.Device, p))
		return append(f.Paragraphs(text), f.later()...)
	}
	return f
}
