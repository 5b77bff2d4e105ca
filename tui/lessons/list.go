package lessons

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// List is the lessons: those of today first, then those of which attendance is still to be noted, then what comes, then
// what is done.
type List struct {
	page.List[courses.Lesson]
	desk  Desk
	older bool // also those of long ago
}

// How many days the list looks back and ahead; who asks for the older ones sees some two years.
const (
	back  = 42
	ahead = 120
	long  = 800
)

// New opens the room.
func New(s *shell.Session, desk Desk) shell.Screen { return newList(s, desk, false) }

func newList(s *shell.Session, desk Desk, older bool) List {
	l := List{desk: desk, older: older}
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.LessonColWhen, Min: 19}, {Title: words.LessonColCourse, Min: 12, Grow: 2}, {Title: words.LessonColNumber, Min: 5, Drop: 2},
		{Title: words.LessonColRoom, Min: 14, Drop: 3}, {Title: words.LessonColState, Min: 12}}
	l.List = page.NewList(s, words.LessonLoading, columns, page.Filling[courses.Lesson]{
		Load: func() ([]courses.Lesson, error) {
			days := back
			if older {
				days = long
			}
			now := data.StoredDay(data.DayOf(s.Now()))
			all, err := desk.Store.Lessons(s.Ctx, b.By(), courses.LessonFilter{From: data.DayText(now.AddDate(0, 0, -days)), Until: data.DayText(now.AddDate(0, 0, ahead))})
			return b.sorted(all), err
		},
		Rows: b.rows, Above: b.above, None: words.LessonNone, Opens: words.LessonOpen,
		Can: func() []key.Binding { return b.listKeys(older) }})
	return l
}

// older is the key that shows the lessons of long ago, or leaves them out again.
func (b base) older(now bool) key.Binding {
	if now {
		return b.Letter("o", words.LessonNewer)
	}
	return b.Letter("o", words.LessonOlder)
}

// listKeys are what can be done with the list.
func (b base) listKeys(older bool) []key.Binding {
	if b.desk.Calendar == nil {
		return []key.Binding{b.older(older)}
	}
	return []key.Binding{b.older(older), b.agenda()}
}

// calendared is the calendar that was made.
type calendared struct {
	file string
	n    int
}

// makes puts the lessons as a calendar where the visitor fetches it.
func (l List) makes() (shell.Screen, tea.Cmd) {
	l.Page = l.Acts(words.CourseicsMaking)
	called := words.CourseicsGiven
	if plans(l.S.Who) {
		called = words.CourseicsEverybody
	}
	put, ctx, by, name := l.desk.Calendar, l.S.Ctx, l.By(), l.S.T(called)
	return l, page.Fetch(l.Acting, func() (calendared, error) {
		file, n, err := put(ctx, by, name, courses.LessonFilter{})
		return calendared{file, n}, err
	})
}

// made tells what became of it.
func (l List) made(msg page.DoneMsg[calendared]) (shell.Screen, tea.Cmd) {
	next, ok, tell := page.Settled(l.Page, msg)
	if l.Page = next; ok {
		said, args := coursewords.CalendarMade(msg.Got.file, msg.Got.n)
		tell = shell.Notify(shell.Good, said, args...)
	}
	return l, tell
}

// turn is where in the list a lesson stands.
func (b base) turn(l courses.Lesson) int {
	switch {
	case b.today(l):
		return 0
	case b.over(l) && l.State == courses.Planned && l.Marked < l.Expected:
		return 1
	case !b.over(l):
		return 2
	}
	return 3
}

// sorted puts lessons in the order in which somebody needs them: past ones from the newest back.
func (b base) sorted(all []courses.Lesson) []courses.Lesson {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(x, y courses.Lesson) int {
		turn := b.turn(x)
		if c := cmp.Compare(turn, b.turn(y)); c != 0 {
			return c
		}
		c := x.Instants().From.Compare(y.Instants().From)
		if turn == 1 || turn == 3 {
			return -c
		}
		return c
	})
	return all
}

func (b base) rows(all []courses.Lesson) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, l := range all {
		number := strconv.Itoa(l.Number) + "/" + strconv.Itoa(l.Of)
		rows[i] = parts.Row{ID: l.ID, Cells: []string{b.when(l.Slot), l.Course, number, l.Room, b.stands(l)}}
	}
	return rows
}

// above says what there is to do.
func (b base) above(all []courses.Lesson) string {
	if len(all) == 0 {
		return ""
	}
	today, late := 0, 0
	for _, l := range all {
		switch {
		case b.today(l) && l.State == courses.Planned:
			today++
		case b.turn(l) == 1:
			late++
		}
	}
	said := []string{b.S.T(words.LessonTodayCount, "n", today)}
	if late > 0 {
		said = append(said, b.S.T(words.LessonLateCount, "n", late))
	}
	return strings.Join(said, " ") + "\n"
}

// Title is the name of the room: who sees all lessons reads another one.
func (l List) Title() string { return l.S.T(Title(l.S.Who)) }

// Title is what the room is called for somebody.
func Title(who data.Identity) words.Key {
	if plans(who) {
		return words.LessonTitleAll
	}
	return words.LessonTitle
}

// Update moves along the list and opens a lesson.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	b := base{l.Page, l.desk}
	if msg, ok := msg.(page.DoneMsg[calendared]); ok {
		return l.made(msg)
	}
	if l.desk.Calendar != nil && l.Pressed(msg, b.agenda()) {
		return l.makes()
	}
	if l.Pressed(msg, b.older(l.older)) {
		next := newList(l.S, l.desk, !l.older)
		next.W, next.H = l.W, l.H
		sized, _, _ := next.Take(tea.WindowSizeMsg{Width: l.W, Height: l.H})
		next.List = sized
		return next, next.Init()
	}
	var chose string
	var cmd tea.Cmd
	if l.List, chose, cmd = l.Take(msg); chose != "" {
		if at := slices.IndexFunc(l.All, func(x courses.Lesson) bool { return x.ID == chose }); at >= 0 {
			return l, shell.Open(newRoster(l.S, l.desk, l.All[at]))
		}
	}
	return l, cmd
}
