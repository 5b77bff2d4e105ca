package bookings

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data/calendar"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Free is a month with how many devices of a type are free on each day, and which days are closed.
type Free struct {
	base
	who   *loans.Borrower // for whom a reservation is made; nil: that is asked
	types []loans.Type
	at    int // in types
	f     loans.FreeDays
	day   time.Time // under the cursor
}

// month is the reply to a look at a month.
type month struct {
	types []loans.Type
	at    int
	f     loans.FreeDays
}

// newFree shows this month; who may be nil.
func newFree(s *shell.Session, desk Desk, who *loans.Borrower) shell.Screen {
	f := Free{base: base{page.New(s, words.BookingLoadingFree), desk}, who: who}
	f.day = f.today()
	return f
}

func (f Free) first() time.Time { return monthOf(f.day) }

func monthOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

func (f Free) load() tea.Cmd {
	at, first := f.at, f.first()
	return page.Fetch(f.Loading, func() (m month, err error) {
		if m.types, err = f.desk.Store.Types(f.S.Ctx, f.By()); err != nil || len(m.types) == 0 {
			return m, err
		}
		m.at = at % len(m.types)
		m.f, err = f.desk.Store.FreeDays(f.S.Ctx, f.By(), m.types[m.at].ID, stored(first), stored(first.AddDate(0, 1, -1)))
		return m, err
	})
}

// Init loads the month.
func (f Free) Init() tea.Cmd { return f.load() }

// Title is the month.
func (f Free) Title() string { return f.S.T(words.BookingFreeTitle) }

func (f Free) sides() key.Binding {
	return key.NewBinding(key.WithKeys("left", "right", "up", "down"), key.WithHelp(f.S.T(words.BookingArrows), f.S.T(words.BookingOtherDay)))
}

func (f Free) months() key.Binding {
	return key.NewBinding(key.WithKeys("pgup", "pgdown"), key.WithHelp("PgUp/PgDn", f.S.T(words.BookingOtherMonth)))
}

func (f Free) other() key.Binding {
	return key.NewBinding(key.WithKeys("tab"), key.WithHelp("Tab", f.S.T(words.BookingOtherType)))
}

// Update moves among the days, the months and the types, and begins a reservation on a day.
func (f Free) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.W, f.H = msg.Width, msg.Height
	case page.DoneMsg[month]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.types, f.at, f.f = msg.Got.types, msg.Got.at, msg.Got.f
		}
		return f, tell
	case shell.ShownMsg:
		f.Page = f.Again()
		return f, f.load()
	case tea.KeyPressMsg:
		return f.pressed(msg)
	}
	return f, nil
}

func (f Free) pressed(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	k := f.S.Keys()
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.load()
	}
	if !f.Loaded || len(f.types) == 0 {
		return f, nil
	}
	for _, step := range []struct {
		key          key.Binding
		days, months int
	}{{k.Left, -1, 0}, {k.Right, 1, 0}, {k.Up, -7, 0}, {k.Down, 7, 0}, {k.PageUp, 0, -1}, {k.PageDown, 0, 1}} {
		if key.Matches(msg, step.key) {
			return f.to(step.days, step.months)
		}
	}
	switch {
	case key.Matches(msg, f.other()):
		f.at = (f.at + 1) % len(f.types)
		f.Page = f.Again()
		return f, f.load()
	case key.Matches(msg, k.Enter):
		if f.day.Before(f.today()) {
			return f, shell.Notify(shell.Info, words.BookingPast)
		}
		return f, shell.Open(f.reserve())
	}
	return f, nil
}

// reserve asks for whom where that isn't known, and then opens the form for the day.
func (f Free) reserve() shell.Screen {
	wish := ask{typeID: f.types[f.at].ID, from: f.day}
	if f.who != nil {
		return newForm(f.S, f.desk, *f.who, wish)
	}
	return newFinder(f.S, f.desk, func(who loans.Borrower) shell.Screen { return newForm(f.S, f.desk, who, wish) })
}

// farthest is how many days from today can be looked at, back and ahead.
const farthest = 3650

// to moves the cursor; another month is loaded.
func (f Free) to(days, months int) (shell.Screen, tea.Cmd) {
	day := f.day.AddDate(0, 0, days)
	if months != 0 {
		day = f.first().AddDate(0, months, 0)
		if monthOf(f.today()).Equal(day) {
			day = f.today()
		}
	}
	if off := day.Sub(f.today()).Hours() / 24; off > farthest || off < -farthest {
		return f, nil
	}
	was := f.first()
	if f.day = day; f.first().Equal(was) {
		return f, nil
	}
	f.Page = f.Again()
	return f, f.load()
}

// cellWide is the cells of a day in the month.
const cellWide = 8

// Place is a day among days.
func (f Free) Place() parts.Place { return parts.Place{Kind: parts.GridPlace} }

// View gives the month, the day under the cursor, and what is closed.
func (f Free) View() string {
	switch {
	case !f.Loaded:
		return f.Waiting()
	case len(f.types) == 0:
		return page.Fitted(f.Paragraphs(f.S.T(words.BookingNoTypes)), f.H)
	}
	name := f.S.T(words.BookingFreeLead, "type", f.types[f.at].Name, "month", words.Month(f.S.Lang(), f.first()), "n", f.f.Devices)
	head := ""
	for _, d := range words.Week() {
		head += parts.Fit("  "+words.Weekday(f.S.Lang(), d), cellWide)
	}
	lines := append([]string{f.S.Theme().Strong.Render(parts.Cut(parts.Plain(name), f.W)), ""}, f.S.Theme().Quiet.Render(parts.Cut(head, f.W)))
	lines = append(append(lines, f.grid()...), "")
	lines = append(lines, f.Paragraphs(f.about())...)
	for _, text := range f.closed() {
		lines = append(lines, f.S.Theme().Quiet.Render(parts.Cut(parts.Plain(text), f.W)))
	}
	if f.H-len(lines) > 1 {
		lines = append(lines, "", f.S.Theme().Quiet.Render(parts.Cut(f.S.T(words.BookingLegend), f.W)))
	}
	return page.Fitted(lines, f.H)
}

// shown tells whether what is loaded is the month of the cursor.
func (f Free) shown() bool { return len(f.f.Days) > 0 && f.f.Days[0].On.Equal(f.first()) }

// grid gives the weeks of the month.
func (f Free) grid() (lines []string) {
	before := (int(f.first().Weekday()) + 6) % 7
	line := strings.Repeat(" ", before*cellWide)
	for day := f.first(); monthOf(day).Equal(f.first()); day = day.AddDate(0, 0, 1) {
		line += f.cell(day)
		if day.Weekday() == time.Sunday {
			lines, line = append(lines, ansi.Truncate(line, f.W, "")), ""
		}
	}
	if line != "" {
		lines = append(lines, ansi.Truncate(line, f.W, ""))
	}
	return lines
}

// cell gives a day: "23 2", with a sign at the one under the cursor.
func (f Free) cell(day time.Time) string {
	what := ""
	if f.shown() {
		what = f.mark(f.f.Days[day.Day()-1])
	}
	style, sign := f.S.Theme().Body, " "
	switch {
	case day.Equal(f.day):
		style, sign = f.S.Theme().Chosen, f.S.Theme().Glyphs.Cursor
	case day.Before(f.today()):
		style = f.S.Theme().Quiet
	}
	return style.Render(parts.Fit(fmt.Sprintf("%s%2d %s", sign, day.Day(), what), cellWide-1)) + " "
}

// mark is how much is free on a day, in at most four cells.
func (f Free) mark(d loans.FreeDay) string {
	switch {
	case d.On.Before(f.today()):
		return ""
	case len(d.Hours) == 0:
		return "-"
	case d.Free <= 0:
		return f.S.T(words.BookingFull)
	}
	return fmt.Sprint(d.Free)
}

// about says what the day under the cursor has.
func (f Free) about() string {
	if !f.shown() {
		return f.S.T(words.PageWait)
	}
	d := f.f.Days[f.day.Day()-1]
	on := words.WeekdayDay(f.S.Lang(), f.day)
	if f.day.Equal(f.today()) {
		on += " " + f.S.T(words.BookingIsToday)
	}
	if f.day.Before(f.today()) {
		return f.S.T(words.BookingPastDay, "day", on)
	}
	text := f.S.T(words.BookingFreeOn, "day", on, "free", max(0, d.Free), "n", f.f.Devices)
	if len(d.Hours) == 0 {
		text = f.S.T(words.BookingClosedOn, "day", on, "why", words.DayReason(f.S.Lang(), d.Day))
	}
	if d.Free < 0 {
		text += " " + f.S.T(words.BookingOver, "n", -d.Free)
	}
	if f.f.Gap > 0 {
		text += " " + f.S.T(words.BookingGap, "n", f.f.Gap)
	}
	return text
}

// closed names the days of the month that are closed for another reason than the ordinary week.
func (f Free) closed() (texts []string) {
	if !f.shown() {
		return nil
	}
	for i := 0; i < len(f.f.Days); i++ {
		d := f.f.Days[i]
		if len(d.Hours) > 0 || d.Why.By == calendar.ByWeek || d.Why.By == calendar.BySeason || d.Why.By == "" {
			continue
		}
		last := i
		for last+1 < len(f.f.Days) && f.f.Days[last+1].Why == d.Why {
			last++
		}
		texts = append(texts, f.S.T(words.BookingClosed, "days", words.DaySpan(f.S.Lang(), d.On, f.f.Days[last].On), "why", words.DayReason(f.S.Lang(), d.Day)))
		i = last
	}
	return texts
}

// Cursor is on the day.
func (f Free) Cursor() (x, y int, shown bool) {
	col := (int(f.day.Weekday()) + 6) % 7
	row := (f.day.Day() - 1 + (int(f.first().Weekday())+6)%7) / 7
	return col * cellWide, 3 + row, f.Loaded && len(f.types) > 0
}

// ShortHelp is the footer.
func (f Free) ShortHelp() []key.Binding {
	if !f.Loaded {
		return []key.Binding{f.Enter(words.PageAgain)}
	}
	short := []key.Binding{f.Enter(words.BookingDoReserve), f.sides(), f.months()}
	if len(f.types) > 1 {
		short = slices.Insert(short, 1, f.other())
	}
	return short
}

// FullHelp is the help page.
func (f Free) FullHelp() [][]key.Binding { return [][]key.Binding{f.ShortHelp()} }
