// Package activities is the room of activities for children, such as a week of the Kinderclub: which half-days have free
// places, enrolling a child at the desk, the list at the door with who came and who was fetched by whom, who waits, and
// which parents must still be called.
//
// It is a list, and says so: no fiscal attest, no national number. Who only stands at the door sees the lists and marks;
// the store decides who may do what, this room only leaves out the keys that wouldn't work.
package activities

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "activities"

// places is what the room needs of the calendar; *calendar.Store has it.
type places interface {
	Locations(ctx context.Context) ([]calendar.Location, error)
}

// Desk is what the room works with. Print may be nil: then there is no key for it.
type Desk struct {
	Store  *activity.Store
	Places places
	Rooms  func(ctx context.Context) ([]data.Room, error)
	// Print keeps the list of a half-day as a document where its maker fetches it.
	Print func(ctx context.Context, by data.Actor, d activity.DayList) error
}

// desk is a Desk at work for one visit.
type desk struct {
	Desk
	page.Page // that loads nothing: session, language, who acts
}

// Errors are the errors of activities that people are told about in words of their own.
func Errors() words.Errors {
	return words.Errors{
		{Err: activity.ErrClosed, Key: words.ActivityErrorClosed, Args: closedArgs},
		{Err: activity.ErrEnrolled, Key: words.ActivityErrorEnrolled, Args: enrolledArgs},
		{Err: activity.ErrShut, Key: words.ActivityErrorShut},
		{Err: activity.ErrNoPlace, Key: words.ActivityErrorNoPlace},
		{Err: activity.ErrNotYet, Key: words.ActivityErrorNotYet},
		{Err: activity.ErrMarked, Key: words.ActivityErrorMarked},
		{Err: activity.ErrHasPlaces, Key: words.ActivityErrorHasPlaces},
	}
}

func closedArgs(lang words.Lang, err error) []any {
	var closed *activity.ClosedError
	if !errors.As(err, &closed) {
		return nil
	}
	return []any{"day", words.WeekdayDay(lang, closed.Day), "why", words.DayReason(lang, calendar.Day{On: closed.Day, Why: closed.Why})}
}

func enrolledArgs(lang words.Lang, err error) []any {
	var in *activity.EnrolledError
	if !errors.As(err, &in) {
		return nil
	}
	return []any{"title", in.Title, "half", halfDay(lang, in.HalfDay), "state", words.T(lang, words.ActivityState(string(in.State)))}
}

// halfDay names a half-day: "ma 21/12/2026 voormiddag".
func halfDay(lang words.Lang, h activity.HalfDay) string {
	return words.WeekdayDay(lang, h.Day) + " " + words.T(lang, words.ActivityPart(string(h.Part)))
}

func (d desk) half(h activity.HalfDay) string { return halfDay(d.S.Lang(), h) }

// short is half without the year: within one activity that is clear.
func (d desk) short(h activity.HalfDay) string {
	return words.Weekday(d.S.Lang(), h.Day.Weekday()) + " " + words.ShortDay(d.S.Lang(), h.Day)[:len("02/01")] + " " + d.S.T(words.ActivityPart(string(h.Part)))
}

func (d desk) ctx() context.Context { return d.S.Ctx }

// today is the day in Brussels, midnight UTC.
func (d desk) today() time.Time { return data.StoredDay(data.DayOf(d.S.Now())) }

// plans tells whether the visitor may make and change activities, and enrols whether the visitor may enrol children.
func (d desk) plans() bool {
	return d.S.Who.Has(data.RoleCoordinator) || d.S.Who.Has(data.RoleICT)
}

func (d desk) enrols() bool { return d.plans() || d.S.Who.Has(data.RoleClerk) }

// host tells whether the visitor may see the children of a half-day: a director sees counts only.
func (d desk) host() bool { return d.enrols() || d.S.Who.Has(data.RoleTrainer) }

// hours writes the hours of a half-day.
func (d desk) hours(h activity.HalfDay) string {
	return words.Hours(d.S.Lang(), calendar.Hours{{From: h.From, To: h.To}})
}

// quiet are lines that explain, in the style of what need not be read each time.
func (d desk) quiet(p page.Page, texts ...string) []string {
	lines := p.Paragraphs(texts...)
	for i, line := range lines {
		lines[i] = p.S.Theme().Quiet.Render(line)
	}
	return lines
}

// New opens the room: the activities that are not over.
func New(s *shell.Session, of Desk) shell.Screen { return desk{of, page.Still(s)}.list(false) }

// list shows the activities, what comes next first; over are those of the past year.
func (d desk) list(over bool) shell.Screen {
	title, none, from := words.ActivityTitle, words.ActivityNone, d.today()
	if over {
		title, none, from = words.ActivityOverTitle, words.ActivityOverNone, d.today().AddDate(-1, 0, 0)
	}
	return page.NewSheet(d.S, page.Sheeted[[]activity.Summary]{
		Title: func([]activity.Summary) string { return d.S.T(title) },
		Doing: words.ActivityLoading,
		Load: func() (all []activity.Summary, err error) {
			found, err := d.Store.Activities(d.ctx(), d.By(), from)
			for _, a := range found {
				if over == a.Last.Before(d.today()) {
					all = append(all, a)
				}
			}
			return all, err
		},
		Columns: []parts.Column{{Title: words.ActivityColActivity, Min: 16, Grow: 2}, {Title: words.ActivityColDays, Min: 21}, {Title: words.ActivityColPlace, Min: 12, Grow: 1, Drop: 1},
			{Title: words.ActivityColIn, Min: 8, Right: true, Drop: 2}, {Title: words.ActivityColFree, Min: 6, Right: true}, {Title: words.ActivityColWaits, Min: 5, Right: true}},
		Rows: d.rows,
		Top:  func(p page.Page, _ []activity.Summary) []string { return d.quiet(p, d.S.T(words.ActivityNoAttest)) },
		None: none, Filter: true, Opens: words.ActivityOpen,
		Open: func(_ []activity.Summary, id string) tea.Cmd { return shell.Open(d.activity(id)) },
		Ways: func([]activity.Summary, string) (all []page.Way) {
			if d.plans() && !over {
				all = append(all, page.Way{Key: d.Letter("n", words.ActivityNew), Open: d.create})
			}
			if !over {
				all = append(all, page.Way{Key: d.Letter("v", words.ActivityOver), Open: func() shell.Screen { return d.list(true) }})
			}
			return all
		},
	})
}

func (d desk) rows(all []activity.Summary) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, a := range all {
		free := strconv.Itoa(a.Free)
		switch {
		case a.Left == 0:
			free = "-"
		case a.Free == 0:
			free = d.S.T(words.ActivityFull)
		}
		rows[i] = parts.Row{ID: a.ID, Cells: []string{a.Title, d.span(a.Activity), a.Location, strconv.Itoa(a.Booked), free, d.count(a.Waiting)}}
	}
	return rows
}

// count writes a number, and a dash for none.
func (d desk) count(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// span writes the days of an activity: "21/12 - 25/12/2026", within one year.
func (d desk) span(a activity.Activity) string {
	first := words.ShortDay(d.S.Lang(), a.First)
	if a.First.Equal(a.Last) {
		return first
	}
	if a.First.Year() == a.Last.Year() {
		first = first[:len("02/01")]
	}
	return first + " - " + words.ShortDay(d.S.Lang(), a.Last)
}

// planned is an activity with its half-days.
type planned struct {
	activity.Activity
	halves []activity.HalfDay
}

// find gives the half-day of a row.
func (p planned) find(id string) (activity.HalfDay, bool) {
	for _, h := range p.halves {
		if h.ID == id {
			return h, true
		}
	}
	return activity.HalfDay{}, false
}

// activity shows one with its half-days.
func (d desk) activity(id string) shell.Screen {
	opens := words.ActivityOpenDay
	if !d.host() {
		opens = ""
	}
	return page.NewSheet(d.S, page.Sheeted[planned]{
		Title: func(p planned) string { return p.Title },
		Doing: words.ActivityLoading,
		Load: func() (p planned, err error) {
			p.Activity, p.halves, err = d.Store.Activity(d.ctx(), d.By(), id)
			return p, err
		},
		Columns: []parts.Column{{Title: words.ActivityColHalf, Min: 19, Grow: 1}, {Title: words.ActivityColHours, Min: 13}, {Title: words.ActivityColIn, Min: 8, Right: true, Drop: 1},
			{Title: words.ActivityColFree, Min: 9, Grow: 1}, {Title: words.ActivityColWaits, Min: 5, Right: true}, {Title: words.ActivityColCalls, Min: 6, Right: true, Drop: 2}},
		Rows: func(p planned) []parts.Row {
			rows := make([]parts.Row, len(p.halves))
			for i, h := range p.halves {
				rows[i] = parts.Row{ID: h.ID, Cells: []string{d.short(h), d.hours(h), strconv.Itoa(h.Booked) + "/" + strconv.Itoa(h.Capacity), d.free(h), d.count(h.Waiting), d.count(h.Untold)}}
			}
			return rows
		},
		Top:   d.about,
		Begin: d.next,
		None:  words.ActivityNoHalves,
		Opens: opens,
		Open: func(_ planned, half string) tea.Cmd {
			if opens == "" {
				return nil
			}
			return shell.Open(d.day(half))
		},
		Ways: d.ways,
	})
}

// next is the half-day that goes on, or comes first: the one that the door wants.
func (d desk) next(p planned) string {
	for _, h := range p.halves {
		if h.Cancelled == "" && !h.Over(d.S.Now()) {
			return h.ID
		}
	}
	return ""
}

// free says how many places are free, or why there is none to give.
func (d desk) free(h activity.HalfDay) string {
	switch {
	case h.Cancelled != "":
		return d.S.T(words.ActivityCancelled)
	case h.Closed:
		return d.S.T(words.ActivityClosedThen)
	case h.Over(d.S.Now()):
		return d.S.T(words.ActivityDone)
	case h.Free() == 0:
		return d.S.T(words.ActivityFull)
	}
	return d.S.T(words.ActivityFreeN, "n", h.Free())
}

// about is what stands over the half-days of an activity.
func (d desk) about(p page.Page, of planned) []string {
	where := of.Location
	if of.Room != "" {
		where += ", " + of.Room
	}
	groups := make([]string, len(of.Groups))
	for i, g := range of.Groups {
		groups[i] = d.S.T(words.ActivityGroup, "name", g.Name, "from", g.From, "to", g.To)
	}
	keep := d.S.T(words.ActivityKeptUntil, "day", words.ShortDay(d.S.Lang(), of.KeepUntil))
	if !of.Purged.IsZero() {
		keep = d.S.T(words.ActivityPurged, "day", words.ShortDay(d.S.Lang(), of.Purged))
	}
	lines := p.Facts(page.Named(words.ActivityColPlace, where), page.Named(words.ActivityGroups, strings.Join(groups, ", ")))
	var closed []string
	for _, h := range of.halves {
		if h.Closed && h.Cancelled == "" {
			closed = append(closed, d.short(h)+": "+words.DayReason(d.S.Lang(), calendar.Day{On: h.Day, Why: h.Why}))
		}
	}
	if len(closed) > 0 {
		for _, line := range p.Paragraphs(d.S.T(words.ActivityClosedNow, "days", strings.Join(closed, "; "))) {
			lines = append(lines, p.S.Theme().Warn.Render(line))
		}
	}
	return append(lines, d.quiet(p, keep+" "+d.S.T(words.ActivityNoAttest))...)
}

// ways are the keys of an activity.
func (d desk) ways(of planned, id string) (all []page.Way) {
	h, on := of.find(id)
	open := on && h.Cancelled == "" && !h.Over(d.S.Now())
	if d.enrols() && open {
		all = append(all, page.Way{Key: d.Letter("i", words.ActivityEnrol), Open: func() shell.Screen { return d.enrol(of.ID, h.ID, activity.Child{}) }},
			page.Way{Key: d.Letter("k", words.ActivityKnown), Open: func() shell.Screen { return d.known(of.ID, h.ID) }})
	}
	if !d.plans() {
		return all
	}
	if open {
		all = append(all, page.Way{Key: d.Letter("u", words.ActivityChangeHalf), Open: func() shell.Screen { return d.changeHalf(h) }})
	}
	all = append(all, page.Way{Key: d.Letter("e", words.ActivityAddHalf), Open: func() shell.Screen { return d.addHalf(of) }},
		page.Way{Key: d.Letter("w", words.ActivityChange), Open: func() shell.Screen { return d.change(of) }})
	if open {
		all = append(all, page.Way{Key: d.Del(words.ActivityCancelHalf), Open: func() shell.Screen { return d.cancelHalf(h) }})
	}
	return all
}
