// Package opening is the room of opening hours and closing days: the locations, and of each its week, seasons, half
// days, closures, the holidays that close it, and a page per month that says when it is open and why not.
package opening

import (
	"context"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "opening"

// Desk is what the room works with.
type Desk struct {
	Store  *calendar.Store
	People *data.People
	Lent   Lent // nil: nothing is lent
}

// Lent is what else depends on the hours: what was promised to who borrows.
type Lent interface {
	// Moves counts the due days and reservations that fall on closed days by now.
	Moves(ctx context.Context, by data.Actor) (loans, bookings int, err error)
	// Room shows them, and moves them.
	Room() shell.Room
}

// room is what the screens of the room share.
type room struct {
	page.Page
	desk Desk
}

// ict tells whether the visitor may change hours; everybody may read them.
func (r room) ict() bool { return r.S.Who.Has(data.RoleICT) }

// today is the day in Brussels, midnight UTC.
func (r room) today() time.Time {
	day, _ := data.ParseDay(data.DayOf(r.S.Now())) // the clock's own day is one
	return day
}

// found is a location with its calendar.
type found struct {
	l calendar.Location
	c calendar.Calendar
}

func (r room) read(location string) (f found, err error) {
	if f.l, err = r.desk.Store.Location(r.S.Ctx, location); err != nil {
		return f, err
	}
	f.c, err = r.desk.Store.Calendar(r.S.Ctx, location)
	return f, err
}

// place is a row of the list of locations.
type place struct {
	found
	organisation string
}

// Places lists the locations.
type Places struct {
	page.List[place]
	room room
}

// New opens the list.
func New(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{
		{Title: words.CalendarColLocation, Min: 16, Grow: 2},
		{Title: words.CalendarColOrganisation, Min: 18, Grow: 1, Drop: 1},
		{Title: words.CalendarColToday, Min: 28, Grow: 2},
		{Title: words.CalendarColNextOpen, Min: 17, Drop: 2},
	}
	r := room{page.Still(s), desk}
	fill := page.Filling[place]{Load: r.places, Rows: r.placeRows, None: words.CalendarNone, Opens: words.CalendarLook,
		Can: func() []key.Binding { return []key.Binding{r.schools()} }}
	if r.ict() {
		fill.None = words.CalendarNoneYet
		fill.Can = func() []key.Binding { return []key.Binding{r.add(words.CalendarNew), r.schools()} }
	}
	return Places{page.NewList(s, words.CalendarLoading, columns, fill), r}
}

func (r room) add(does words.Key) key.Binding { return r.Letter("n", does) }
func (r room) schools() key.Binding           { return r.Letter("v", words.CalendarToSchool) }

func (r room) places() ([]place, error) {
	all, err := r.desk.Store.Locations(r.S.Ctx)
	if err != nil {
		return nil, err
	}
	calendars, err := r.desk.Store.Calendars(r.S.Ctx)
	if err != nil {
		return nil, err
	}
	organisations, err := r.desk.People.Organisations(r.S.Ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, o := range organisations {
		names[o.ID] = o.Name
	}
	places := make([]place, len(all))
	for i, l := range all {
		places[i] = place{found{l, calendars[l.ID]}, names[l.OrganisationID]}
	}
	return places, nil
}

func (r room) placeRows(all []place) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, p := range all {
		next := "-"
		if open, ok := p.c.NthOpen(r.today(), 1); ok {
			next = words.WeekdayDay(r.S.Lang(), open)
		}
		rows[i] = parts.Row{ID: p.l.ID, Cells: []string{p.l.Name, p.organisation, r.dayText(p.c.Days(r.today(), r.today())[0]), next}}
	}
	return rows
}

// dayText is a day's hours, or why it has none: "gesloten: Kerstmis".
func (r room) dayText(d calendar.Day) string {
	if len(d.Hours) > 0 || d.Why.By == calendar.ByWeek || d.Why.By == calendar.BySeason {
		return words.Hours(r.S.Lang(), d.Hours)
	}
	return r.S.T(words.CalendarClosedFor, "why", words.DayReason(r.S.Lang(), d))
}

// Title is the name of the room.
func (p Places) Title() string { return p.S.T(words.CalendarTitle) }

// Update moves along the list, and opens a location, the form for a new one, or the school holidays.
func (p Places) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch {
	case p.room.ict() && p.Pressed(msg, p.room.add(words.CalendarNew)):
		return p, shell.Open(newLocationForm(p.S, p.room.desk))
	case p.Pressed(msg, p.room.schools()):
		return p, shell.Open(newSchool(p.S, p.room.desk))
	}
	var chose string
	var cmd tea.Cmd
	p.List, chose, cmd = p.Take(msg)
	if chose != "" {
		cmd = shell.Open(newPlace(p.S, p.room.desk, chose))
	}
	return p, cmd
}
