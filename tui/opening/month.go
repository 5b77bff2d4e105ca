package opening

import (
	"strings"
	"time"

	"digibrug/data/calendar"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Month shows every day of a month: its hours, or why it has none. Left and right go to other months.
type Month struct {
	room
	id    string
	f     found
	first time.Time // of the month
	table parts.Table
}

func newMonth(s *shell.Session, desk Desk, id string) shell.Screen {
	columns := []parts.Column{{Title: words.CalendarColDay, Min: 6}, {Title: words.CalendarColHours, Min: 28, Grow: 1}, {Title: words.CalendarColWhy, Min: 14, Grow: 2}}
	m := Month{room: room{page.New(s, words.CalendarLoading), desk}, id: id, table: parts.NewTable(columns, nil).Unfiltered()}
	m.first = monthOf(m.today())
	return m
}

func monthOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

func (m Month) load() tea.Cmd {
	return page.Fetch(m.Loading, func() (found, error) { return m.read(m.id) })
}

// Init loads the calendar; the cursor stands on today.
func (m Month) Init() tea.Cmd { return m.load() }

// Title is the month.
func (m Month) Title() string { return words.Month(m.S.Lang(), m.first) }

func (m Month) earlier() key.Binding {
	return keys.Named(m.S.Keys().Left, m.S.T(words.CalendarEarlier))
}

// sides is both arrows together, for the footer.
func (m Month) sides() key.Binding {
	return key.NewBinding(key.WithKeys("left", "right"), key.WithHelp(m.S.T(words.CalendarSides), m.S.T(words.CalendarOtherMonth)))
}

func (m Month) later() key.Binding   { return keys.Named(m.S.Keys().Right, m.S.T(words.CalendarLater)) }
func (m Month) now() key.Binding     { return m.Letter("v", words.CalendarToThisMonth) }
func (m Month) closing() key.Binding { return m.Enter(words.CalendarDoClose) }

// Update moves among the days and the months.
func (m Month) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.W, m.H = msg.Width, msg.Height
		return m.arranged(), nil
	case page.DoneMsg[found]:
		first := !m.Loaded
		next, ok, tell := page.Settled(m.Page, msg)
		if m.Page = next; ok {
			m.f = msg.Got
		}
		if m = m.arranged(); ok && first {
			m.table = m.table.On(stored(m.today()))
		}
		return m, tell
	case shell.ShownMsg:
		m.Page = m.Again()
		return m, m.load()
	case shell.LookedMsg:
		return m.arranged(), nil
	}
	if m.Retries(msg) {
		m.Page = m.Again()
		return m, m.load()
	}
	if !m.Loaded {
		return m, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, m.earlier()):
			return m.to(m.first.AddDate(0, -1, 0)), nil
		case key.Matches(press, m.later()):
			return m.to(m.first.AddDate(0, 1, 0)), nil
		case key.Matches(press, m.now()):
			return m.to(m.today()), nil
		}
	}
	var event parts.Event
	m.table, event = m.table.Update(m.S.Look(), parts.Shift(msg, 0, m.top()))
	row, ok := m.table.Current()
	if event != parts.Chose || !ok || !m.ict() {
		return m, nil
	}
	for _, d := range m.days() {
		if stored(d.On) == row.ID {
			return m, shell.Open(newClosureForm(m.S, m.desk, m.id, nil, d.On))
		}
	}
	return m, nil
}

// Bounds of the months that can be looked at, far from where days end.
const firstYear, lastYear = 1970, 2200

// to shows the month of a day; the cursor is on today in this month, on the first day in others.
func (m Month) to(day time.Time) Month {
	if day.Year() < firstYear || day.Year() > lastYear {
		return m
	}
	m.first = monthOf(day)
	at := m.first
	if monthOf(m.today()).Equal(m.first) {
		at = m.today()
	}
	m = m.arranged()
	m.table = m.table.On(stored(m.first)).On(stored(at))
	return m
}

func (m Month) days() []calendar.Day { return m.f.c.Days(m.first, m.first.AddDate(0, 1, -1)) }

func (m Month) arranged() Month {
	var rows []parts.Row
	for _, d := range m.days() {
		why := words.DayReason(m.S.Lang(), d)
		if len(d.Hours) == 0 && d.Why.By == calendar.ByWeek {
			why = "" // a Sunday needs no reason
		}
		if d.On.Equal(m.today()) {
			why = strings.TrimSpace(m.S.T(words.CalendarIsToday) + " " + why)
		}
		rows = append(rows, parts.Row{ID: stored(d.On), Cells: []string{words.Weekday(m.S.Lang(), d.On.Weekday()) + d.On.Format(" _2"), words.Hours(m.S.Lang(), d.Hours), why}})
	}
	m.table = m.table.With(rows).Sized(m.W, max(1, m.H-m.top()))
	return m
}

// top is the lines above the table.
func (m Month) top() int { return 2 }

// View gives the month.
func (m Month) View() string {
	if !m.Loaded {
		return m.Waiting()
	}
	open := 0
	for _, d := range m.days() {
		if len(d.Hours) > 0 {
			open++
		}
	}
	lead := m.S.T(words.CalendarMonthLead, "name", m.f.l.Name, "month", words.Month(m.S.Lang(), m.first), "n", open)
	return page.Fitted(append([]string{m.S.Theme().Strong.Render(parts.Cut(parts.Plain(lead), m.W)), ""}, strings.Split(m.table.View(m.S.Look()), "\n")...), m.H)
}

// Cursor is on the day.
func (m Month) Cursor() (x, y int, shown bool) {
	x, y, shown = m.table.Cursor()
	return x, y + m.top(), shown && m.Loaded
}

// Mouse: days can be clicked.
func (m Month) Mouse() bool { return true }

// ShortHelp is the footer.
func (m Month) ShortHelp() []key.Binding {
	if !m.Loaded {
		return []key.Binding{m.Enter(words.PageAgain)}
	}
	short := []key.Binding{m.sides()}
	if m.ict() {
		short = append(short, m.closing())
	}
	return append(short, m.now())
}

// FullHelp is the help page.
func (m Month) FullHelp() [][]key.Binding {
	return [][]key.Binding{m.ShortHelp(), {m.earlier(), m.later()}, m.S.Keys().Moving()}
}
