package lessons

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Roster is one lesson with who should be there. A key marks the person under the cursor at once and moves on; what was
// pressed is saved in that order, one after the other, so that nobody has to wait for the disk between two names.
type Roster struct {
	page.List[courses.RosterRow]
	desk   Desk
	lesson courses.Lesson
	todo   []change     // the first is being saved
	then   shell.Screen // opens when all is saved; nil: none
}

// change is a mark that was pressed; all: for everybody who has none yet.
type change struct {
	enrolment string
	is        courses.Mark
	all       bool
}

// written is what saving a change came to.
type written struct{ marked []string }

func newRoster(s *shell.Session, desk Desk, l courses.Lesson) shell.Screen {
	b := base{page.Still(s), desk}
	r := Roster{desk: desk, lesson: l}
	columns := []parts.Column{{Title: words.LessonColWho, Min: 18, Grow: 2}, {Title: words.LessonColMark, Min: 15}, {Title: words.LessonColPhone, Min: 15, Grow: 1},
		{Title: words.LessonColVisits, Min: 8, Right: true, Drop: 2}}
	r.List = page.NewList(s, words.LessonLoading, columns, page.Filling[courses.RosterRow]{
		Load: func() ([]courses.RosterRow, error) {
			_, rows, err := desk.Store.Roster(s.Ctx, b.By(), l.ID)
			return rows, err
		},
		Rows:  b.people,
		Above: func(all []courses.RosterRow) string { return b.about(l, all) },
		None:  words.LessonRosterNone, Opens: words.LessonPerson, Can: func() []key.Binding { return b.can(l) }})
	return r
}

func (b base) people(all []courses.RosterRow) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, r := range all {
		who := r.Participant
		if r.Instead > 0 {
			who += " (" + b.S.T(words.LessonCatches, "number", r.Instead) + ")"
		}
		rows[i] = parts.Row{ID: r.ID, Cells: []string{who, b.marked(r.Mark), r.Phone, strconv.Itoa(r.Visits)}}
	}
	return rows
}

// can are the keys of the lesson as it stands.
func (b base) can(l courses.Lesson) (all []key.Binding) {
	if b.open(l) {
		for _, m := range b.marks() {
			all = append(all, m.key)
		}
		all = append(all, b.rest())
	}
	if b.desk.Print != nil {
		all = append(all, b.papers())
	}
	return all
}

// about is what stands over the names: when and where, what it is about, and how far attendance is.
func (b base) about(l courses.Lesson, all []courses.RosterRow) string {
	lines := []string{b.S.T(words.LessonWhere, "when", b.when(l.Slot), "until", l.To.String(), "room", l.Room, "location", l.Location, "code", l.Code)}
	if l.About != "" {
		lines = append(lines, b.S.T(words.LessonAbout, "what", l.About))
	}
	lines = append(lines, b.count(l, all))
	if b.open(l) && len(all) > 0 {
		lines = append(lines, b.S.T(words.LessonHint))
	}
	return strings.Join(append(lines, ""), "\n")
}

// count says how far attendance is, or why nobody can note it.
func (b base) count(l courses.Lesson, all []courses.RosterRow) string {
	switch {
	case l.State == courses.SessionCancelled:
		return b.S.T(words.LessonIsCancelled)
	case !b.open(l):
		return b.S.T(words.LessonNotYet, "n", len(all))
	}
	here, left := 0, 0
	for _, r := range all {
		switch r.Mark {
		case courses.Present, courses.Late:
			here++
		case "", courses.Expected:
			left++
		}
	}
	return b.S.T(words.LessonHere, "here", here, "all", len(all), "left", left)
}

func (r Roster) base() base { return base{r.Page, r.desk} }

// Title is the lesson.
func (r Roster) Title() string { return parts.Plain(r.base().name(r.lesson)) }

// Update marks, moves along the names, and opens a person or the papers.
func (r Roster) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if done, ok := msg.(page.DoneMsg[written]); ok {
		return r.saved(done)
	}
	b := r.base()
	if press, ok := msg.(tea.KeyPressMsg); ok && r.Loaded && !r.Table.Typing() {
		m, is := b.pressedMark(press)
		switch {
		case is && b.open(r.lesson):
			return r.mark(m)
		case b.open(r.lesson) && key.Matches(press, b.rest()):
			return r.markRest()
		case r.desk.Print != nil && key.Matches(press, b.papers()):
			return r.opens(newPapers(r.S, r.desk, r.lesson))
		}
	}
	if _, shown := msg.(shell.ShownMsg); shown && r.Busy() {
		return r, nil // loads when all is saved
	}
	var chose string
	var cmd tea.Cmd
	r.List, chose, cmd = r.Take(msg)
	if at := r.at(chose); at >= 0 {
		return r.opens(newPerson(r.S, r.desk, r.lesson, r.All[at]))
	}
	return r, cmd
}

// opens opens a page that shows what is saved: at once, or after what still waits.
func (r Roster) opens(page shell.Screen) (shell.Screen, tea.Cmd) {
	if r.Busy() {
		r.then = page
		return r, nil
	}
	return r, shell.Open(page)
}

// pressedMark reads a mark from its letter, or from the digit of its place.
func (b base) pressedMark(msg tea.KeyPressMsg) (courses.Mark, bool) {
	for i, m := range b.marks() {
		digit, is := keys.Digit(msg)
		if key.Matches(msg, m.key) || is && digit == i+1 {
			return m.is, true
		}
	}
	return "", false
}

func (r Roster) at(id string) int {
	return slices.IndexFunc(r.All, func(row courses.RosterRow) bool { return row.ID == id })
}

// mark gives the person under the cursor a mark and moves on; the same mark again takes it back, and stays.
func (r Roster) mark(m courses.Mark) (shell.Screen, tea.Cmd) {
	row, ok := r.Table.Current()
	at := r.at(row.ID)
	if !ok || at < 0 {
		return r, nil
	}
	next := m
	if r.All[at].Mark == m {
		next = ""
	}
	r = r.shown(row.ID, next)
	if next != "" {
		r.Table, _ = r.Table.Update(r.S.Look(), tea.KeyPressMsg{Code: tea.KeyDown})
	}
	return r.save(change{enrolment: row.ID, is: next})
}

func (r Roster) markRest() (shell.Screen, tea.Cmd) {
	if !slices.ContainsFunc(r.All, func(row courses.RosterRow) bool { return row.Mark == "" || row.Mark == courses.Expected }) {
		return r, shell.Notify(shell.Info, words.LessonRestNone)
	}
	return r.save(change{is: courses.Present, all: true})
}

// shown shows a mark before it is saved.
func (r Roster) shown(enrolment string, m courses.Mark) Roster {
	at := r.at(enrolment)
	r.All = slices.Clone(r.All)
	row := &r.All[at]
	was, now := attends(row.Mark), attends(m)
	row.Visits += now - was
	row.Mark = m
	if m == "" && row.Instead > 0 {
		row.Mark = courses.Expected
	}
	r.List, _, _ = r.Take(tea.WindowSizeMsg{Width: r.W, Height: r.H}) // lays the rows out anew
	return r
}

func attends(m courses.Mark) int {
	if m == courses.Present || m == courses.Late {
		return 1
	}
	return 0
}

// save saves a change after those that wait.
func (r Roster) save(c change) (shell.Screen, tea.Cmd) {
	r.todo = append(slices.Clip(r.todo), c)
	if r.Busy() {
		return r, nil
	}
	return r.next()
}

// next saves the first of what waits.
func (r Roster) next() (shell.Screen, tea.Cmd) {
	c, store, ctx, by, session := r.todo[0], r.desk.Store, r.S.Ctx, r.By(), r.lesson.ID
	r.Page = r.Acts(words.LessonSaving)
	return r, page.Fetch(r.Acting, func() (written, error) {
		if c.all {
			marked, err := store.MarkRest(ctx, by, session, c.is)
			return written{marked}, err
		}
		return written{}, store.Mark(ctx, by, session, c.enrolment, c.is)
	})
}

// saved goes on with what waits. After a failure nothing of it is saved: the page shows again what the register has.
func (r Roster) saved(msg page.DoneMsg[written]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != r.Acting {
		return r, nil
	}
	next, ok, tell := page.Settled(r.Page, msg)
	r.Page = next
	var load tea.Cmd
	if !ok {
		r.todo, r.then, r.Loaded = nil, nil, false
		r.List, _, load = r.Reload()
		return r, tea.Batch(tell, load)
	}
	c := r.todo[0]
	if r.todo = r.todo[1:]; c.all {
		for _, id := range msg.Got.marked {
			if r.at(id) >= 0 {
				r = r.shown(id, c.is)
			}
		}
		tell = shell.Notify(shell.Good, words.LessonRestDone, "n", len(msg.Got.marked))
	}
	if len(r.todo) > 0 {
		screen, cmd := r.next()
		return screen, tea.Batch(tell, cmd)
	}
	if r.then != nil {
		tell, r.then = tea.Batch(tell, shell.Open(r.then)), nil
	}
	return r, tell
}
