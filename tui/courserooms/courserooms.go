// Package courserooms is the room of where lessons are given and by whom: the rooms with their places, hours and closed
// periods, the trainers with theirs and their leave, and how long it takes from one location to another.
package courserooms

import (
	"context"
	"strconv"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "courserooms"

// Desk is what the room works with.
type Desk struct {
	Store  *courses.Store
	Places *calendar.Store // locations
	// Calendar puts the lessons of a filter, from today on, as a calendar where the visitor fetches it: the name of the file,
	// and how many lessons. nil: there is no key for it.
	Calendar func(ctx context.Context, by data.Actor, called string, f courses.LessonFilter) (file string, n int, err error)
}

// desk is a Desk at work for one visit.
type desk struct {
	Desk
	page.Page // that loads nothing: session, language, who acts
}

// New opens the list of rooms.
func New(s *shell.Session, of Desk) shell.Screen { return desk{of, page.Still(s)}.rooms() }

// calendarWay is the key for a calendar of lessons, where there is one.
func (d desk) calendarWay(called string, f courses.LessonFilter) []page.Way {
	if d.Calendar == nil {
		return nil
	}
	return []page.Way{{Key: d.Letter("a", words.CourseicsKey), Doing: words.CourseicsMaking, Do: func() (page.Outcome, error) {
		file, n, err := d.Calendar(d.S.Ctx, d.By(), called, f)
		said, args := coursewords.CalendarMade(file, n)
		return page.Outcome{Said: said, Args: args}, err
	}}}
}

// today is the day in Brussels, YYYY-MM-DD.
func (d desk) today() string { return data.DayOf(d.S.Now()) }

func (d desk) rooms() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]courses.Room]{
		Title: func([]courses.Room) string { return d.S.T(words.CourseroomsTitle) },
		Doing: words.CourseroomsLoading,
		Load:  func() ([]courses.Room, error) { return d.Store.Rooms(d.S.Ctx, d.By()) },
		Columns: []parts.Column{{Title: words.CourseroomsColLocation, Min: 12, Grow: 1}, {Title: words.CourseroomsColRoom, Min: 14, Grow: 1}, {Title: words.CourseroomsColPlaces, Min: 8, Right: true},
			{Title: words.CourseroomsColMode, Min: 17, Drop: 1}, {Title: words.CourseroomsColClosed, Min: 13, Grow: 1, Drop: 2}},
		Rows: func(all []courses.Room) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, r := range all {
				rows[i] = parts.Row{ID: r.ID, Cells: []string{r.Location, r.Name, strconv.Itoa(r.ForLessons()), d.mode(r.Mode), d.nextClosure(r.Closures)}}
			}
			return rows
		},
		None: words.CourseroomsNone, Filter: true, Opens: words.CourseroomsOpen,
		Open: func(_ []courses.Room, id string) tea.Cmd { return shell.Open(d.room(id)) },
		Ways: func([]courses.Room, string) []page.Way {
			return []page.Way{{Key: d.Letter("n", words.CourseroomsNewRoom), Open: func() shell.Screen { return d.kindForm(courses.Room{}) }},
				{Key: d.Letter("l", words.CourseroomsTrainers), Open: d.trainers}, {Key: d.Letter("r", words.CourseroomsTravel), Open: d.travel}}
		},
	})
}

func (d desk) mode(m courses.RoomMode) string {
	if m == courses.Capacity {
		return d.S.T(words.CourseroomsShared)
	}
	return d.S.T(words.CourseroomsExclusive)
}

// span writes days from first to last, both YYYY-MM-DD.
func (d desk) span(first, last string) string {
	return words.DaySpan(d.S.Lang(), data.StoredDay(first), data.StoredDay(last))
}

// nextClosure is the closed period that is under way or comes first.
func (d desk) nextClosure(all []courses.RoomClosure) string {
	for _, c := range all {
		if c.Last >= d.today() {
			return d.span(c.First, c.Last)
		}
	}
	return "-"
}

// week writes the hours of each day: "ma 9.00-12.00 u, wo 13.00-17.00 u". Nothing said is any time.
func (d desk) week(w calendar.Week) string {
	var all []string
	for _, day := range words.Week() {
		if len(w[day]) > 0 {
			all = append(all, words.Weekday(d.S.Lang(), day)+" "+words.Hours(d.S.Lang(), w[day]))
		}
	}
	if len(all) == 0 {
		return d.S.T(words.CourseroomsAnyTime)
	}
	return strings.Join(all, "; ")
}

// weekField is the name of the field of one day.
func weekField(day time.Weekday) string { return "hours" + strconv.Itoa(int(day)) }

// weekFields ask for the hours of each day of the week.
func (d desk) weekFields(w calendar.Week) (all []parts.Field) {
	for i, day := range words.Week() {
		f := parts.Field{Name: weekField(day), Label: words.Key(d.S.T(words.CourseroomsHoursOn, "day", words.Weekday(d.S.Lang(), day))), Digits: true, Max: 80,
			Check: func(text string) error { _, err := calendar.ParseHours(text); return err }}
		if len(w[day]) > 0 {
			f.Value = words.Hours(d.S.Lang(), w[day])
		}
		if i == 0 {
			f.Hint = words.CourseroomsHoursHint
		}
		all = append(all, f)
	}
	return all
}

func readWeek(form parts.Form) (w calendar.Week, err error) {
	for _, day := range words.Week() {
		if w[day], err = calendar.ParseHours(form.Value(weekField(day))); err != nil {
			return w, err
		}
	}
	return w, nil
}

// whole reads a number that a field holds; empty is 0.
func whole(text string) int {
	n, _ := strconv.Atoi(text) // the field took whole numbers alone
	return n
}

// number is a field for a whole number from 0 to most.
func number(name string, label, hint words.Key, n, most int) parts.Field {
	return parts.Field{Name: name, Label: label, Hint: hint, Kind: parts.Number, Low: 0, High: float64(most), Value: strconv.Itoa(n),
		Check: func(text string) error {
			if _, err := strconv.Atoi(text); err != nil && text != "" {
				return &data.Invalid{Field: name, Why: data.WhyNumber, Got: data.Clean(text, 20)}
			}
			return nil
		}}
}

// span of days in a form.
func spanFields(first, last string) []parts.Field {
	return []parts.Field{{Name: "from", Label: words.CourseroomsFrom, Kind: parts.Day, Need: true, Value: first},
		{Name: "until", Label: words.CourseroomsUntil, Hint: words.CourseroomsUntilHint, Kind: parts.Day, Value: last}}
}

// readSpan reads a span of days; without a last one it is the first alone.
func readSpan(form parts.Form) (first, last string, err error) {
	first, last = form.Value("from"), form.Value("until")
	switch {
	case last == "":
		return first, first, nil
	case last < first:
		return "", "", &data.Invalid{Field: "until", Why: data.WhyEarly, Want: first, Got: last}
	}
	return first, last, nil
}
