package start

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	rules "digibrug/data/start"
	"digibrug/data/workbook"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Preview shows what a file would change and what is wrong with it, and reads it in after a yes.
type Preview struct {
	page.Page
	desk  Desk
	title string
	name  string // of the file or sheet
	read  func() (workbook.Book, error)
	book  *workbook.Book // once it was read; it is not read again
	ask   rules.Ask
	asked bool // it was said who leaves
	plan  rules.Plan
	texts map[string]string // sentence of each row of the table
	table parts.Table
}

// planned is the reply to a look at a file.
type planned struct {
	book workbook.Book
	plan rules.Plan
}

// written is the reply to the reading in.
type written struct{ plan rules.Plan }

// actImport is what the question is about.
const actImport = "import"

// detailLines is how many lines the sentence of the row under the cursor takes.
const detailLines = 3

func newPreview(s *shell.Session, desk Desk, title, name string, read func() (workbook.Book, error)) shell.Screen {
	columns := []parts.Column{{Title: words.StartSheet, Min: 12, Drop: 1}, {Title: words.StartRow, Min: 4, Right: true}, {Title: words.StartColumn, Min: 3}, {Title: words.StartSays, Min: 30, Grow: 1}}
	return Preview{Page: page.New(s, words.StartReading), desk: desk, title: title, name: name, read: read, table: parts.NewTable(columns, nil)}
}

// Init looks what the file would change.
func (p Preview) Init() tea.Cmd { return p.load() }

func (p Preview) load() tea.Cmd {
	return page.Fetch(p.Loading, func() (got planned, err error) {
		if p.book != nil {
			got.book = *p.book
		} else if got.book, err = p.read(); err != nil {
			return got, err
		}
		got.plan, err = p.desk.Store.Plan(p.S.Ctx, p.By(), got.book, p.ask)
		return got, err
	})
}

// again looks once more.
func (p Preview) again() (shell.Screen, tea.Cmd) {
	p.Page = p.Again()
	return p, p.load()
}

// Title is the name of the file, or what the page is for.
func (p Preview) Title() string { return p.title }

func (p Preview) columns() key.Binding { return p.Letter("k", words.StartColumnsKey) }

// Update moves along the rows, asks, and reads in.
func (p Preview) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
		return p.listed(), nil
	case page.DoneMsg[planned]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			p.book, p.plan = &msg.Got.book, msg.Got.plan
		}
		return p.listed(), tell
	case page.DoneMsg[written]:
		return p.done(msg)
	case answeredMsg:
		if msg.of != p.book || p.book == nil {
			return p, nil
		}
		p.ask, p.asked = msg.ask, true
		return p.again()
	case mappedMsg:
		if msg.of != p.book || p.book == nil {
			return p, nil
		}
		return p.again()
	case page.YesMsg:
		next, ok := p.Agreed(msg)
		if p.Page = next; !ok {
			return p, nil
		}
		p.Page = p.Acts(words.StartWriting)
		book, seen := *p.book, p.plan
		return p, page.Fetch(p.Acting, func() (written, error) {
			plan, err := p.desk.Store.Apply(p.S.Ctx, p.By(), book, p.ask, &seen)
			return written{plan}, err
		})
	case shell.LookedMsg:
		return p.listed(), nil
	}
	if p.Retries(msg) {
		return p.again()
	}
	if !p.Loaded || p.Busy() {
		return p, nil
	}
	return p.press(msg)
}

// done goes back to the room after the reading in. When it failed, what the file would change now is shown.
func (p Preview) done(msg page.DoneMsg[written]) (shell.Screen, tea.Cmd) {
	next, ok, tell := page.Settled(p.Page, msg)
	if p.Page = next; !ok {
		if tell == nil { // not the reply that is waited for
			return p, nil
		}
		after, load := p.again()
		return after, tea.Batch(tell, load)
	}
	n := len(msg.Got.plan.Changes) - msg.Got.plan.Count("", rules.Same)
	return p, tea.Sequence(shell.Go(Room), shell.Notify(shell.Good, words.StartWritten, "n", n))
}

func (p Preview) press(msg tea.Msg) (shell.Screen, tea.Cmd) {
	press, is := msg.(tea.KeyPressMsg)
	if is && !p.table.Typing() && key.Matches(press, p.columns()) && p.foreign() {
		return p, shell.Open(newAs(p.S, p.desk, p.book))
	}
	var event parts.Event
	p.table, event = p.table.Update(p.S.Look(), parts.Shift(msg, 0, len(p.head())))
	if event != parts.Chose && !(is && p.table.Len() == 0 && key.Matches(press, p.S.Keys().Enter)) {
		return p, nil
	}
	switch n := len(p.plan.Changes) - p.plan.Count("", rules.Same); {
	case len(p.plan.Problems) > 0:
		return p, shell.Notify(shell.Warn, words.StartMendFirst)
	case len(p.plan.Leavers) > 0 && !p.asked:
		return p, shell.Open(newLeavers(p.S, p.book, p.plan.Leavers))
	case n == 0:
		return p, shell.Notify(shell.Info, words.StartNothing)
	default:
		var cmd tea.Cmd
		p.Page, cmd = p.Ask(actImport, words.StartImportAsk, words.StartImportYes, "n", n, "file", p.name)
		return p, cmd
	}
}

// foreign tells whether the columns of a tab were not recognised.
func (p Preview) foreign() bool {
	return p.book != nil && slices.ContainsFunc(p.plan.Problems, func(one rules.Problem) bool {
		return one.Why == rules.WhyNoSheet || one.Why == rules.WhyNoColumn || one.Why == rules.WhySplit
	})
}

// listed fills the table: problems, or else changes; then what should be known.
func (p Preview) listed() Preview {
	var rows []parts.Row
	p.texts = map[string]string{}
	add := func(sheet string, row int, column, text, whole string) {
		number := ""
		if row > 0 {
			number = strconv.Itoa(row)
		}
		id := fmt.Sprint(len(rows))
		p.texts[id] = whole
		rows = append(rows, parts.Row{ID: id, Cells: []string{sheet, number, column, text}})
	}
	lang := p.S.Lang()
	for _, one := range p.plan.Problems {
		add(one.Sheet, one.Row, one.Column, p.S.T(words.StartWrong)+": "+ProblemWhy(lang, one), ProblemText(lang, one))
	}
	for _, one := range p.plan.Changes {
		if len(p.plan.Problems) == 0 && one.Kind != rules.Same {
			add(one.Sheet, one.Row, "", ChangeWhat(lang, one), ChangeText(lang, one))
		}
	}
	for _, one := range p.plan.Notes {
		text := NoteText(lang, one)
		_, said, _ := strings.Cut(text, ": ")
		add(one.Sheet, one.Row, one.Column, p.S.T(words.StartKnow)+": "+said, text)
	}
	p.table = p.table.With(rows).Sized(p.W, max(1, p.H-len(p.head())-detailLines-1))
	return p
}

// head is what stands above the table: how much there is, and what can be done.
func (p Preview) head() []string {
	if n := len(p.plan.Problems); n > 0 {
		return []string{p.S.Theme().Alarm.Render(parts.Cut(p.S.T(words.StartProblems, "n", n), p.W)), ""}
	}
	var lines []string
	for _, r := range p.plan.Readings {
		lines = append(lines, p.S.Theme().Strong.Render(parts.Cut(parts.Plain(CountText(p.S.Lang(), p.plan, r.Tab)), p.W)))
	}
	if len(lines) > 6 {
		lines = append(lines[:5], "...")
	}
	switch n := len(p.plan.Leavers); {
	case p.plan.Nothing() && (n == 0 || p.asked):
		lines = append(lines, parts.Cut(p.S.T(words.StartNothing), p.W))
	case n > 0 && !p.asked:
		lines = append(lines, parts.Cut(p.S.T(words.StartMissing, "n", n), p.W))
	}
	return append(lines, "")
}

// View gives the head, the table, and the whole sentence of the row under the cursor.
func (p Preview) View() string {
	if !p.Loaded || p.book == nil {
		return p.Waiting()
	}
	lines := p.head()
	if p.table.Len() > 0 || p.table.Typing() {
		lines = append(lines, strings.Split(p.table.View(p.S.Look()), "\n")...)
	}
	if row, ok := p.table.Current(); ok {
		lines = append(lines, "")
		lines = append(lines, page.Shortened(p.Paragraphs(p.texts[row.ID]), p.W, detailLines)...)
	}
	return page.Fitted(lines, p.H)
}

// Cursor is on the row.
func (p Preview) Cursor() (x, y int, shown bool) {
	x, y, shown = p.table.Cursor()
	return x, y + len(p.head()), shown && p.Loaded
}

// Typing: letters go into the filter.
func (p Preview) Typing() bool { return p.Loaded && p.table.Typing() }

// Inside: Esc closes the filter, and waits for the end of the reading in.
func (p Preview) Inside() bool { return p.Busy() || p.table.Inside() }

// Mouse: rows can be clicked.
func (p Preview) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Preview) ShortHelp() []key.Binding {
	switch {
	case !p.Loaded:
		return []key.Binding{p.Enter(words.PageAgain)}
	case p.foreign():
		return []key.Binding{p.columns(), p.Search()}
	case len(p.plan.Problems) > 0:
		return []key.Binding{p.Search()}
	case len(p.plan.Leavers) > 0 && !p.asked:
		return []key.Binding{p.Enter(words.StartWho), p.Search()}
	case p.plan.Nothing():
		return []key.Binding{p.Search()}
	}
	return []key.Binding{p.Enter(words.StartImport), p.Search()}
}

// FullHelp is the help page.
func (p Preview) FullHelp() [][]key.Binding {
	return [][]key.Binding{p.ShortHelp(), p.S.Keys().Moving()}
}

// answeredMsg says who leaves, for the preview of a book.
type answeredMsg struct {
	of  *workbook.Book
	ask rules.Ask
}

// Leavers asks who of those that the list lacks leaves, and what their last day is.
type Leavers struct {
	page.Form
	book *workbook.Book
	n    int
}

// mostAsked is how many leavers are asked about: more is a part of the list, or a mistake.
const mostAsked = 400

func newLeavers(s *shell.Session, book *workbook.Book, all []rules.Leaver) shell.Screen {
	who := parts.Field{Name: "who", Label: words.StartLeaveWho, Hint: words.StartLeaveHint, Kind: parts.Many}
	for _, l := range all[:min(len(all), mostAsked)] {
		who.Options = append(who.Options, parts.Option{Value: l.EmploymentID, Label: LeaverText(s.Lang(), l)})
	}
	day := parts.Field{Name: "last_day", Label: words.StartLeaveDay, Hint: words.StartLeaveDayHint, Kind: parts.Day, Need: true, Value: data.DayOf(s.Now())}
	lead := words.StartLeaveLead
	if len(all) > mostAsked {
		lead = words.StartLeaveMany
	}
	return Leavers{page.NewForm(s, lead, parts.NewForm(words.StartLeaveDone, who, day)), book, len(all)}
}

// Init does nothing: the list is there.
func (l Leavers) Init() tea.Cmd { return nil }

// Title is the question.
func (l Leavers) Title() string { return l.S.T(words.StartLeaveTitle) }

// Leaving asks nothing: nothing is lost.
func (l Leavers) Leaving() (words.Key, bool) { return "", false }

// Update ticks, and gives the answer to the preview.
func (l Leavers) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	next, event := l.Fill(msg)
	if l.Form = next; event != parts.FormSubmitted {
		return l, nil
	}
	answer := answeredMsg{of: l.book, ask: rules.Ask{Leavers: rules.Keep}}
	if who := l.Body.Values("who"); len(who) > 0 {
		answer.ask = rules.Ask{Leavers: rules.End, LastDay: l.Body.Value("last_day"), Only: who}
	}
	return l, tea.Sequence(shell.Back(), func() tea.Msg { return answer })
}
