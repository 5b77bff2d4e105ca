package opening

import (
	"strings"
	"time"

	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Place shows one location: the week that holds today, and what else decides when it is open. Given a season it shows
// the week of that one, and nothing else.
type Place struct {
	room
	id     string
	season time.Time // first day of the season that it is about; zero: the whole location
	f      found
	table  parts.Table
}

// What can be opened from a location, besides the days of its week ("day 1" is Monday).
const (
	toMonth    = "month"
	toSeasons  = "seasons"
	toClosures = "closures"
	toHalf     = "half"
	toTicks    = "ticks"
	toLocal    = "local"
	toSchool   = "school"
	toName     = "name"
	toDay      = "day "
)

func newPlace(s *shell.Session, desk Desk, id string) shell.Screen {
	return newWeekOf(s, desk, id, time.Time{})
}

// newWeekOf shows the week of the season that begins on first.
func newWeekOf(s *shell.Session, desk Desk, id string, first time.Time) shell.Screen {
	columns := []parts.Column{{Title: words.CalendarColWhat, Min: 23}, {Title: words.CalendarColHours, Min: 20, Grow: 1}}
	return Place{room: room{page.New(s, words.CalendarLoading), desk}, id: id, season: first, table: parts.NewTable(columns, nil).Unfiltered()}
}

func (p Place) load() tea.Cmd {
	return page.Fetch(p.Loading, func() (found, error) {
		f, err := p.read(p.id)
		if err == nil && !p.season.IsZero() {
			_, err = seasonFrom(f.c, p.season)
		}
		return f, err
	})
}

// Init loads the location.
func (p Place) Init() tea.Cmd { return p.load() }

// Title is the name of the location or season.
func (p Place) Title() string {
	switch s, ok := p.current(); {
	case !p.Loaded:
		return p.S.T(words.CalendarColLocation)
	case ok && !p.season.IsZero():
		return s.Name
	}
	return p.f.l.Name
}

// current is the season whose week is shown; ok is false for the ordinary week.
func (p Place) current() (s calendar.Season, ok bool) {
	if !p.season.IsZero() {
		s, err := seasonFrom(p.f.c, p.season)
		return s, err == nil
	}
	return p.f.c.SeasonOn(p.today())
}

func (p Place) several() key.Binding { return p.Letter("u", words.CalendarSeveral) }
func (p Place) month() key.Binding   { return p.Letter("m", words.CalendarMonth) }
func (p Place) closes() key.Binding  { return p.Letter("s", words.CalendarDoClose) }

// Update moves along the page and opens what is chosen.
func (p Place) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
		return p.arranged(), nil
	case page.DoneMsg[found]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			p.f = msg.Got
		}
		return p.arranged(), tell
	case shell.ShownMsg:
		p.Page = p.Again()
		return p, p.load()
	case shell.LookedMsg:
		return p.arranged(), nil
	}
	if p.Retries(msg) {
		p.Page = p.Again()
		return p, p.load()
	}
	if !p.Loaded {
		return p, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if next := p.pressed(press); next != nil {
			return p, shell.Open(next)
		}
	}
	var event parts.Event
	p.table, event = p.table.Update(p.S.Look(), parts.Shift(msg, 0, len(p.top())))
	if row, ok := p.table.Current(); ok && event == parts.Chose {
		return p, p.chosen(row.ID)
	}
	return p, nil
}

// pressed gives the screen that a letter opens, or nil.
func (p Place) pressed(msg tea.KeyPressMsg) shell.Screen {
	switch {
	case p.ict() && key.Matches(msg, p.several()):
		return p.hoursForm()
	case !p.season.IsZero():
	case key.Matches(msg, p.month()):
		return newMonth(p.S, p.desk, p.id)
	case p.ict() && key.Matches(msg, p.closes()):
		return newClosureForm(p.S, p.desk, p.id, nil, p.today())
	}
	return nil
}

// hoursForm changes the hours of days; none given is all working days.
func (p Place) hoursForm(days ...time.Weekday) shell.Screen {
	var first time.Time
	if s, ok := p.current(); ok {
		first = s.First
	}
	if len(days) == 0 {
		days = words.Week()[:5]
	}
	return newHoursForm(p.S, p.desk, p.id, first, days)
}

// chosen opens what a row stands for.
func (p Place) chosen(id string) tea.Cmd {
	if day, is := strings.CutPrefix(id, toDay); is && p.ict() {
		return shell.Open(p.hoursForm(time.Weekday(day[0] - '0')))
	}
	switch id {
	case toMonth:
		return shell.Open(newMonth(p.S, p.desk, p.id))
	case toSeasons:
		return shell.Open(newSeasons(p.S, p.desk, p.id))
	case toClosures:
		return shell.Open(newClosures(p.S, p.desk, p.id))
	case toHalf:
		return shell.Open(newHalfDays(p.S, p.desk, p.id))
	case toTicks:
		return shell.Open(newTicks(p.S, p.desk, p.id))
	case toLocal:
		return shell.Open(newLocal(p.S, p.desk, p.f.l.OrganisationID))
	case toSchool:
		return shell.Open(newSchool(p.S, p.desk))
	case toName:
		if s, ok := p.current(); ok && !p.season.IsZero() {
			return shell.Replace(newSeasonForm(p.S, p.desk, p.id, &s)) // it may begin on another day then
		}
		return shell.Open(newRenameForm(p.S, p.desk, p.id))
	}
	return shell.Notify(shell.Info, words.CalendarOnlyIct)
}

// arranged fills the table.
func (p Place) arranged() Place {
	week := p.f.c.Week
	if s, ok := p.current(); ok {
		week = s.Week
	}
	var rows []parts.Row
	for _, d := range words.Week() {
		rows = append(rows, parts.Row{ID: toDay + string(rune('0'+d)), Cells: []string{words.Weekday(p.S.Lang(), d), words.Hours(p.S.Lang(), week[d])}})
	}
	row := func(id string, title words.Key, value string) {
		rows = append(rows, parts.Row{ID: id, Cells: []string{p.S.T(title), value}})
	}
	switch {
	case p.season.IsZero():
		p.others(row)
		if p.ict() {
			row(toName, words.CalendarRename, p.f.l.Address.Place(p.f.l.Name))
		}
	case p.ict():
		s, _ := p.current()
		row(toName, words.CalendarSeasonChange, words.DaySpan(p.S.Lang(), s.First, s.Last))
	}
	p.table = p.table.With(rows).Sized(p.W, max(1, p.H-len(p.top())))
	return p
}

// others adds the rows of what decides besides the week, each with what comes first.
func (p Place) others(row func(id string, title words.Key, value string)) {
	c, lang, today := p.f.c, p.S.Lang(), p.today()
	first := func(all []string) string {
		switch len(all) {
		case 0:
			return p.S.T(words.CalendarNothing)
		case 1:
			return all[0]
		}
		return p.S.T(words.CalendarAndMore, "first", all[0], "n", len(all)-1)
	}
	var seasons, closures, halves []string
	for _, s := range c.Seasons {
		if !s.Last.Before(today) {
			seasons = append(seasons, s.Name+", "+words.DaySpan(lang, s.First, s.Last))
		}
	}
	for _, one := range c.Closures {
		if !one.Last.Before(today) {
			closures = append(closures, words.DaySpan(lang, one.First, one.Last)+", "+one.Reason)
		}
	}
	for _, h := range c.HalfDays {
		if !h.Day.Before(today) {
			halves = append(halves, words.ShortDay(lang, h.Day)+" "+h.Note)
		}
	}
	row(toMonth, words.CalendarMonths, words.Month(lang, today))
	row(toSeasons, words.CalendarSeasons, first(seasons))
	row(toClosures, words.CalendarClosures, first(closures))
	row(toHalf, words.CalendarHalfDays, first(halves))
	row(toTicks, words.CalendarTicks, p.soonest(c.Ticks))
	row(toLocal, words.CalendarLocal, p.soonest([]calendar.Code{calendar.Fair, calendar.Bridge}))
	row(toSchool, words.CalendarSchool, p.soonest(calendar.SchoolBreaks()))
}

// soonest names which of some days comes first, and when.
func (p Place) soonest(codes []calendar.Code) string {
	text, when := p.S.T(words.CalendarNothing), time.Time{}
	for _, code := range codes {
		if first, last, ok := p.f.c.Next(code, p.today()); ok && (when.IsZero() || first.Before(when)) {
			when, text = first, p.S.T(words.CalendarDay(code))+", "+words.DaySpan(p.S.Lang(), first, last)
		}
	}
	return text
}

// top is what stands above the table: which week it is, and how it stands today.
func (p Place) top() []string {
	text := p.S.T(words.CalendarWeek) + "."
	s, ok := p.current()
	if ok {
		text = p.S.T(words.CalendarSeasonLine, "name", s.Name, "days", words.DaySpan(p.S.Lang(), s.First, s.Last)) + "."
	}
	if p.season.IsZero() && p.Loaded {
		today := p.f.c.Days(p.today(), p.today())[0]
		text += " " + p.S.T(words.CalendarToday, "what", p.dayText(today))
	}
	return append(p.Paragraphs(text), "")
}

// View gives the page.
func (p Place) View() string {
	if !p.Loaded {
		return p.Waiting()
	}
	return page.Fitted(append(p.top(), strings.Split(p.table.View(p.S.Look()), "\n")...), p.H)
}

// Cursor is on the row.
func (p Place) Cursor() (x, y int, shown bool) {
	x, y, shown = p.table.Cursor()
	return x, y + len(p.top()), shown && p.Loaded
}

// Mouse: rows can be clicked.
func (p Place) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Place) ShortHelp() []key.Binding {
	if !p.Loaded {
		return []key.Binding{p.Enter(words.PageAgain)}
	}
	short := []key.Binding{p.Enter(words.CalendarChoose)}
	if p.ict() {
		short = append(short, p.several())
	}
	if p.season.IsZero() {
		short = append(short, p.month())
		if p.ict() {
			short = append(short, p.closes())
		}
	}
	return short
}

// FullHelp is the help page.
func (p Place) FullHelp() [][]key.Binding {
	return [][]key.Binding{p.ShortHelp(), p.S.Keys().Moving()}
}
