package lessons

import (
	"slices"
	"strconv"

	"digibrug/courses"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Person is somebody at a lesson: how to reach the person, and where the lesson can be caught up.
type Person struct {
	page.List[courses.CatchUp]
	desk   Desk
	lesson courses.Lesson
	row    courses.RosterRow
}

// agreed is a lesson that somebody will catch up in.
type agreed struct{ in courses.CatchUp }

func newPerson(s *shell.Session, desk Desk, l courses.Lesson, row courses.RosterRow) shell.Screen {
	b := base{page.Still(s), desk}
	p := Person{desk: desk, lesson: l, row: row}
	columns := []parts.Column{{Title: words.LessonColWhen, Min: 19}, {Title: words.LessonColCode, Min: 7, Drop: 1}, {Title: words.LessonColRoom, Min: 14, Grow: 1}, {Title: words.LessonColFree, Min: 6, Right: true}}
	fill := page.Filling[courses.CatchUp]{
		Load: func() ([]courses.CatchUp, error) {
			if !missed(row) {
				return nil, nil
			}
			return desk.Store.CatchUps(s.Ctx, b.By(), row.ID, l.ID)
		},
		Rows: func(all []courses.CatchUp) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, c := range all {
				rows[i] = parts.Row{ID: c.ID, Cells: []string{b.when(c.Slot), c.Code, c.Room, strconv.Itoa(c.Free)}}
			}
			return rows
		},
		Above: func(all []courses.CatchUp) string { return b.who(l, row, len(all)) }, Opens: words.LessonCatchUp}
	p.List = page.NewList(s, words.LessonLoading, columns, fill)
	return p
}

// missed tells whether somebody can catch up: was not there, and doesn't catch up here already.
func missed(row courses.RosterRow) bool {
	return row.Instead == 0 && (row.Mark == courses.Absent || row.Mark == courses.Excused)
}

// who is what is known of the person.
func (b base) who(l courses.Lesson, row courses.RosterRow, places int) string {
	mark := b.marked(row.Mark)
	if mark == "" {
		mark = b.S.T(words.LessonNoMark)
	}
	text := b.S.T(words.LessonIs, "mark", mark, "visits", row.Visits) + "\n" + b.S.T(words.LessonPhone, "phone", or(row.Phone, "-"), "mail", or(row.Mail, "-")) + "\n\n"
	switch {
	case row.Instead > 0:
		return text + b.S.T(words.LessonCatchesHere, "number", row.Instead) + "\n"
	case !missed(row):
		return text + b.S.T(words.LessonCatchWhen) + "\n"
	case places == 0:
		return text + b.S.T(words.LessonCatchNone, "number", l.Number) + "\n"
	}
	return text + b.S.T(words.LessonCatchWhere, "number", l.Number) + "\n"
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// Title is the name.
func (p Person) Title() string { return parts.Plain(p.row.Participant) }

// Update chooses a lesson to catch up in, after a question.
func (p Person) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.YesMsg:
		return p.agree(msg)
	case page.DoneMsg[agreed]:
		return p.done(msg)
	}
	var chose string
	var cmd tea.Cmd
	if p.List, chose, cmd = p.Take(msg); chose == "" || p.Busy() {
		return p, cmd
	}
	if at := slices.IndexFunc(p.All, func(c courses.CatchUp) bool { return c.ID == chose }); at >= 0 {
		p.Page, cmd = p.Ask(chose, words.LessonCatchAsk, words.LessonCatchYes, "name", p.row.Participant, "when", base{p.Page, p.desk}.when(p.All[at].Slot))
	}
	return p, cmd
}

func (p Person) agree(msg page.YesMsg) (shell.Screen, tea.Cmd) {
	next, ok := p.Agreed(msg)
	at := slices.IndexFunc(p.All, func(c courses.CatchUp) bool { return c.ID == msg.Act })
	if p.Page = next; !ok || at < 0 {
		return p, nil
	}
	in, row, l := p.All[at], p.row, p.lesson
	p.Page = p.Acts(words.LessonSaving)
	return p, page.Fetch(p.Acting, func() (agreed, error) {
		return agreed{in}, p.desk.Store.CatchUpIn(p.S.Ctx, p.By(), row.ID, l.ID, in.ID)
	})
}

// done goes back to the lesson; after a failure the list says what is left.
func (p Person) done(msg page.DoneMsg[agreed]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != p.Acting {
		return p, nil
	}
	next, ok, tell := page.Settled(p.Page, msg)
	if p.Page = next; !ok {
		var load tea.Cmd
		p.List, _, load = p.Reload()
		return p, tea.Batch(tell, load)
	}
	when := base{p.Page, p.desk}.when(msg.Got.in.Slot)
	return p, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.LessonCaught, "name", p.row.Participant, "when", when, "code", msg.Got.in.Code))
}
