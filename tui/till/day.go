package till

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Day is the day sheet: the money of a day for each owner, and what was counted in the drawer.
type Day struct {
	base
	on     time.Time
	sheets []loans.DaySheet
	cash   bool // the desk takes cash
	table  parts.Table
}

// dayOf is the reply to a look at a day.
type dayOf struct {
	on     time.Time
	sheets []loans.DaySheet
	cash   bool
}

// newDay shows today.
func newDay(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{{Title: words.TillColWhat, Min: 24, Grow: 1}, {Title: words.TillColMethod, Min: 14, Drop: 1}, {Title: words.TillColCount, Min: 6, Right: true, Drop: 2},
		{Title: words.TillColAmount, Min: 12, Right: true}}
	d := Day{base: base{page.New(s, words.TillLoading), desk}, table: parts.NewTable(columns, nil).Unfiltered()}
	d.on = d.today()
	return d
}

func (d Day) load() tea.Cmd {
	on := d.on
	return page.Fetch(d.Loading, func() (got dayOf, err error) {
		got.on = on
		if got.sheets, err = d.desk.Store.DaySheets(d.S.Ctx, d.By(), on.Format(data.DayLayout)); err != nil || !d.clerk() {
			return got, err
		}
		cash, err := d.desk.Store.Setting(d.S.Ctx, d.By(), loans.SettingCash)
		got.cash = cash == "1"
		return got, err
	})
}

// Init loads the day.
func (d Day) Init() tea.Cmd { return d.load() }

// Title is what it is.
func (d Day) Title() string { return d.S.T(words.TillDayTitle) }

func (d Day) earlier() key.Binding { return keys.Named(d.S.Keys().Left, d.S.T(words.TillEarlier)) }
func (d Day) later() key.Binding   { return keys.Named(d.S.Keys().Right, d.S.T(words.TillLater)) }
func (d Day) now() key.Binding     { return d.Letter("v", words.TillToday) }
func (d Day) count() key.Binding   { return d.Letter("k", words.TillDoCount) }
func (d Day) print() key.Binding   { return d.Letter("p", words.TillDoPrint) }
func (d Day) books() key.Binding   { return d.Letter("b", words.TillDoBooks) }

// sides is both arrows together, for the footer.
func (d Day) sides() key.Binding {
	return key.NewBinding(key.WithKeys("left", "right"), key.WithHelp(d.S.T(words.TillSides), d.S.T(words.TillOtherDay)))
}

// countable tells whether cash can be counted now: that of today, where the desk takes any.
func (d Day) countable() bool {
	return d.clerk() && d.cash && d.on.Equal(d.today()) && len(d.sheets) > 0
}

// Update moves among the days, counts, and sends the sheet to the outbox.
func (d Day) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.W, d.H = msg.Width, msg.Height
		return d.arranged(), nil
	case shell.LookedMsg:
		return d.arranged(), nil
	case page.DoneMsg[dayOf]:
		next, ok, tell := page.Settled(d.Page, msg)
		if d.Page = next; ok {
			d.on, d.sheets, d.cash = msg.Got.on, msg.Got.sheets, msg.Got.cash
		}
		return d.arranged(), tell
	case page.DoneMsg[saved]:
		next, ok, tell := page.Settled(d.Page, msg)
		if d.Page = next; ok {
			tell = shell.Notify(shell.Good, msg.Got.said, msg.Got.args...)
		}
		return d, tell
	case shell.ShownMsg:
		return d.to(d.on)
	}
	if d.Retries(msg) {
		return d.to(d.on)
	}
	if !d.Loaded || d.Busy() {
		return d, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if next, cmd, done := d.pressed(press); done {
			return next, cmd
		}
	}
	d.table, _ = d.table.Update(d.S.Look(), parts.Shift(msg, 0, len(d.top())))
	return d, nil
}

func (d Day) pressed(msg tea.KeyPressMsg) (next shell.Screen, cmd tea.Cmd, done bool) {
	switch {
	case key.Matches(msg, d.earlier()):
		next, cmd = d.to(d.on.AddDate(0, 0, -1))
	case key.Matches(msg, d.later()) && d.on.Before(d.today()):
		next, cmd = d.to(d.on.AddDate(0, 0, 1))
	case key.Matches(msg, d.now()):
		next, cmd = d.to(d.today())
	case d.countable() && key.Matches(msg, d.count()):
		sheet := d.sheets[0]
		if row, ok := d.table.Current(); ok {
			owner, _, _ := strings.Cut(row.ID, " ")
			if at := slices.IndexFunc(d.sheets, func(s loans.DaySheet) bool { return s.OrganisationID == owner }); at >= 0 {
				sheet = d.sheets[at]
			}
		}
		next, cmd = d, shell.Open(newCount(d.S, d.desk, sheet))
	case d.desk.Sheet != nil && len(d.sheets) > 0 && key.Matches(msg, d.print(), d.books()):
		form, said := papers.FormatPDF, words.TillPrinted
		if key.Matches(msg, d.books()) {
			form, said = papers.FormatCSV, words.TillBooked
		}
		d.Page = d.Acts(words.TillSaving)
		next, cmd = d, page.Fetch(d.Acting, func() (saved, error) {
			return saved{said: said}, d.desk.Sheet(d.S.Ctx, d.By(), d.on.Format(data.DayLayout), form)
		})
	default:
		return d, nil, false
	}
	return next, cmd, true
}

// firstYear is how far back there is money.
const firstYear = 2000

// to loads a day.
func (d Day) to(day time.Time) (shell.Screen, tea.Cmd) {
	if day.Year() < firstYear {
		return d, nil
	}
	d.on, d.Page = day, d.Again()
	return d, d.load()
}

// arranged fills the table: of each owner its name, the lines, and the drawer.
func (d Day) arranged() Day {
	var rows []parts.Row
	add := func(owner string, cells ...string) {
		rows = append(rows, parts.Row{ID: fmt.Sprintf("%s %d", owner, len(rows)), Cells: cells})
	}
	for _, s := range d.sheets {
		add(s.OrganisationID, s.Organisation)
		for _, l := range s.Lines {
			add(s.OrganisationID, "- "+d.entry(l.Kind, l.What), d.method(l.Method), fmt.Sprint(l.Count), d.money(l.Cents))
		}
		add(s.OrganisationID, "- "+d.S.T(words.TillHeld), "", "", d.money(s.Held))
		if d.cash || s.CashExpected() != 0 || s.Cash != nil {
			add(s.OrganisationID, "- "+d.S.T(words.TillDrawer), "", "", d.money(s.CashExpected()))
		}
		if c := s.Cash; c != nil {
			add(s.OrganisationID, "- "+d.S.T(words.TillCounted, "name", c.Actor), "", "", d.money(c.Counted))
			add(s.OrganisationID, "- "+d.difference(*c), "", "", d.money(c.Counted-c.Expected))
		}
	}
	d.table = d.table.With(rows).Sized(d.W, max(1, d.H-len(d.top())))
	return d
}

// difference says whether the drawer was right when it was counted, and what was said about it.
func (d Day) difference(c loans.CashCount) string {
	if c.Counted == c.Expected {
		return d.S.T(words.TillRight)
	}
	return d.S.T(words.TillWrong, "note", c.Note)
}

// top is the lines above the table.
func (d Day) top() []string {
	return []string{d.S.Theme().Strong.Render(parts.Cut(d.S.T(words.TillDayLead, "day", words.WeekdayDay(d.S.Lang(), d.on)), d.W)), ""}
}

// View gives the day.
func (d Day) View() string {
	switch {
	case !d.Loaded:
		return d.Waiting()
	case len(d.sheets) == 0:
		return page.Fitted(append(d.top(), d.Paragraphs(d.S.T(words.TillDayNone))...), d.H)
	}
	return page.Fitted(append(d.top(), strings.Split(d.table.View(d.S.Look()), "\n")...), d.H)
}

// Cursor is on the line.
func (d Day) Cursor() (x, y int, shown bool) {
	x, y, shown = d.table.Cursor()
	return x, y + len(d.top()), shown && d.Loaded && len(d.sheets) > 0
}

// Mouse: lines can be clicked.
func (d Day) Mouse() bool { return true }

// ShortHelp is the footer.
func (d Day) ShortHelp() []key.Binding {
	if !d.Loaded {
		return []key.Binding{d.Enter(words.PageAgain)}
	}
	short := []key.Binding{d.sides()}
	if d.countable() {
		short = append(short, d.count())
	}
	if d.desk.Sheet != nil && len(d.sheets) > 0 {
		short = append(short, d.print(), d.books())
	}
	return append(short, d.now())
}

// FullHelp is the help page.
func (d Day) FullHelp() [][]key.Binding {
	return [][]key.Binding{d.ShortHelp(), {d.earlier(), d.later()}, d.S.Keys().Moving()}
}
