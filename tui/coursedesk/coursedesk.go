// Package coursedesk is where the coordinator plans series of lessons: the list, one series with its lessons and what the
// series doctor finds, a new one with a preview before anything is saved, and on the day of each series whether it goes
// ahead. The catalogue, rooms and trainers have rooms of their own.
package coursedesk

import (
	"context"
	"strconv"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Room is the list of series, for the palette and shell.GoMsg.
const Room shell.Room = "coursedesk"

// Desk is what the rooms of this package work with.
type Desk struct {
	Store  *courses.Store
	Places *calendar.Store // locations and their calendars
}

// desk is a Desk at work for one visit.
type desk struct {
	Desk
	page.Page // that loads nothing: session, language, who acts
}

func at(s *shell.Session, d Desk) desk { return desk{d, page.Still(s)} }

func (d desk) ctx() context.Context { return d.S.Ctx }

// New opens the list of series that are not over.
func New(s *shell.Session, of Desk) shell.Screen { return at(s, of).list(false) }

// list shows the series; closed ones and those that were cancelled too, where asked.
func (d desk) list(over bool) shell.Screen {
	f, title, none := courses.SeriesFilter{}, words.CoursedeskTitle, words.CoursedeskNone
	if over {
		f.States, title, none = []courses.SeriesState{courses.Closed, courses.SeriesCancelled}, words.CoursedeskOverTitle, words.CoursedeskOverNone
	}
	return page.NewSheet(d.S, page.Sheeted[[]courses.Listed]{
		Title: func([]courses.Listed) string { return d.S.T(title) },
		Doing: words.CoursedeskLoading,
		Load:  func() ([]courses.Listed, error) { return d.Store.SeriesList(d.ctx(), d.By(), f) },
		Columns: []parts.Column{{Title: words.CoursedeskColCode, Min: 6}, {Title: words.CoursedeskColCourse, Min: 9, Grow: 2}, {Title: words.CoursedeskColFirst, Min: 13},
			{Title: words.CoursedeskColRoom, Min: 14, Grow: 1, Drop: 3}, {Title: words.CoursedeskColTrainer, Min: 13, Grow: 1, Drop: 2}, {Title: words.CoursedeskColSeats, Min: 8, Right: true},
			{Title: words.CoursedeskColWaiting, Min: 5, Right: true, Drop: 1}, {Title: words.CoursedeskColState, Min: 9}},
		Rows: func(all []courses.Listed) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, l := range all {
				rows[i] = parts.Row{ID: l.ID, Cells: []string{l.Code, l.Course, d.firstDay(l.Series), l.Rooms, l.Trainers, seats(l), waiting(l), d.state(l.Series)}}
			}
			return rows
		},
		None: none, Filter: true, Opens: words.CoursedeskOpen,
		Open: func(_ []courses.Listed, id string) tea.Cmd { return shell.Open(d.series(id)) },
		Ways: func([]courses.Listed, string) []page.Way { return d.listWays(over) },
	})
}

func (d desk) listWays(over bool) []page.Way {
	if over {
		return nil
	}
	return []page.Way{
		{Key: d.Letter("n", words.CoursedeskNew), Open: func() shell.Screen { return d.newForm(typed{}) }},
		{Key: d.Letter("d", words.CoursedeskToDecide), Open: func() shell.Screen { return d.proposals() }},
		{Key: d.Letter("v", words.CoursedeskToOver), Open: func() shell.Screen { return d.list(true) }},
	}
}

// seats are the seats that are held of all: "5/8".
func seats(l courses.Listed) string {
	return strconv.Itoa(l.Booked+l.Offered) + "/" + strconv.Itoa(l.Seats)
}

// waiting is how many wait, for a seat or for their head; nothing for nobody.
func waiting(l courses.Listed) string {
	if n := l.Waiting + l.Awaiting; n > 0 {
		return strconv.Itoa(n)
	}
	return "-"
}

func (d desk) firstDay(s courses.Series) string {
	if s.First.IsZero() {
		return "-"
	}
	return words.WeekdayDay(d.S.Lang(), data.StoredDay(data.DayOf(s.First)))
}

// state is how far a series is, in one or two words.
func (d desk) state(of courses.Series) string {
	switch state := of.StateAt(d.S.Now()); {
	case of.IsRunning(d.S.Now()):
		return d.S.T(words.CoursestateRunning)
	case state == courses.Published:
		return d.S.T(words.CoursedeskPublished)
	case state == courses.Going:
		return d.S.T(words.CoursedeskGoing)
	case state == courses.SeriesCancelled:
		return d.S.T(words.CoursedeskCancelled)
	case state == courses.Closed:
		return d.S.T(words.CoursedeskClosed)
	}
	return d.S.T(words.CoursedeskDraft)
}
