package evaluation

import (
	"context"
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// store is what the desk needs of the courses; *courses.Store has it.
type store interface {
	Evaluations(ctx context.Context, by data.Actor) ([]courses.EvaluationRow, error)
	IssueTokens(ctx context.Context, by data.Actor, series string) ([]string, error)
	PaperForm(ctx context.Context, by data.Actor, series string) (courses.Form, error)
	AnswerPaper(ctx context.Context, by data.Actor, series string, a courses.Answers) error
	CloseEvaluation(ctx context.Context, by data.Actor, series string) error
	Courses(ctx context.Context) ([]courses.Course, error)
	Trend(ctx context.Context, by data.Actor, course string) (courses.Course, []courses.Evaluated, error)
	LoopOf(ctx context.Context, by data.Actor, levels []courses.Measured) ([]courses.Loop, error)
}

// Desk is what the rooms work with.
type Desk struct {
	Store store
	// Slips prints a slip per code, and Blank an empty form; both tell by which way it leaves.
	Slips func(ctx context.Context, by data.Actor, course string, codes []string) (outbox.Channel, error)
	Blank func(ctx context.Context, by data.Actor, form courses.Form) (outbox.Channel, error)
	// Levels gives what was measured of whom; nil: nothing is measured here.
	Levels func(ctx context.Context, by data.Actor) ([]courses.Measured, error)
}

// List is the series that began, with how far their evaluation is.
type List struct {
	page.List[courses.EvaluationRow]
	desk Desk
}

// Acts that are asked about.
const (
	actSlips = "slips"
	actClose = "close"
)

// done is what a change came to.
type done struct {
	said words.Key
	args []any
}

// New opens the room.
func New(s *shell.Session, desk Desk) shell.Screen {
	b := page.Still(s)
	columns := []parts.Column{{Title: words.EvaluationColCode, Min: 7}, {Title: words.EvaluationColCourse, Min: 16, Grow: 1}, {Title: words.EvaluationColPeople, Min: 9, Right: true, Drop: 1},
		{Title: words.EvaluationColAnswered, Min: 8, Right: true}, {Title: words.EvaluationColClosed, Min: 10}}
	l := List{desk: desk}
	l.List = page.NewList(s, words.EvaluationLoading, columns, page.Filling[courses.EvaluationRow]{None: words.EvaluationNone, Opens: words.EvaluationOpen,
		Load: func() ([]courses.EvaluationRow, error) { return desk.Store.Evaluations(s.Ctx, b.By()) },
		Rows: func(all []courses.EvaluationRow) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, r := range all {
				lang, closed := s.Lang(), "-"
				if r.ClosedOn != "" {
					closed = b.Day(r.ClosedOn)
				}
				rows[i] = parts.Row{ID: r.ID, Cells: []string{parts.Plain(r.Code), parts.Plain(r.Course), words.Number(lang, float64(r.People), 0), words.Number(lang, float64(r.Answered), 0), closed}}
			}
			return rows
		},
		Can: func() []key.Binding { return []key.Binding{slips(b), blank(b), paper(b), closing(b)} }})
	return l
}

func slips(b page.Page) key.Binding   { return b.Letter("b", words.EvaluationSlips) }
func paper(b page.Page) key.Binding   { return b.Letter("p", words.EvaluationPaper) }
func blank(b page.Page) key.Binding   { return b.Letter("l", words.EvaluationBlank) }
func closing(b page.Page) key.Binding { return b.Letter("s", words.EvaluationClose) }

// Title says what it lists.
func (l List) Title() string { return l.S.T(words.EvaluationDeskTitle) }

// Update moves along the list and acts on the series under the cursor.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[done]:
		next, ok, tell := page.Settled(l.Page, msg)
		if l.Page = next; !ok {
			return l, tell
		}
		var cmd tea.Cmd
		l.List, _, cmd = l.Reload()
		return l, tea.Batch(cmd, shell.Notify(shell.Good, msg.Got.said, msg.Got.args...))
	case page.YesMsg:
		next, ok := l.Agreed(msg)
		if l.Page = next; !ok {
			return l, nil
		}
		return l.agreed(msg.Act)
	}
	if row, is := l.current(); is && row.ClosedOn == "" {
		var cmd tea.Cmd
		switch {
		case l.Pressed(msg, slips(l.Page)):
			l.Page, cmd = l.Ask(actSlips, words.EvaluationSlipsAsk, words.EvaluationSlipsYes)
			return l, cmd
		case l.Pressed(msg, closing(l.Page)):
			l.Page, cmd = l.Ask(actClose, words.EvaluationCloseAsk, words.EvaluationCloseYes, "code", row.Code, "n", row.Answered)
			return l, cmd
		case l.Pressed(msg, blank(l.Page)):
			return l.printBlank(row)
		case l.Pressed(msg, paper(l.Page)):
			return l, shell.Open(newPaper(l.S, l.desk, row))
		}
	}
	var chose string
	var cmd tea.Cmd
	l.List, chose, cmd = l.Take(msg)
	if at := slices.IndexFunc(l.All, func(r courses.EvaluationRow) bool { return r.ID == chose }); at >= 0 {
		return l, shell.Open(newTrend(l.S, l.desk, l.All[at].CourseID, l.All[at].Course))
	}
	return l, cmd
}

// current is the series under the cursor.
func (l List) current() (courses.EvaluationRow, bool) {
	row, is := l.Table.Current()
	at := slices.IndexFunc(l.All, func(r courses.EvaluationRow) bool { return r.ID == row.ID })
	if !is || at < 0 {
		return courses.EvaluationRow{}, false
	}
	return l.All[at], true
}

func (l List) agreed(act string) (shell.Screen, tea.Cmd) {
	row, is := l.current()
	if !is {
		return l, nil
	}
	by := l.By()
	if act == actClose {
		l.Page = l.Acts(words.EvaluationCloseDoing)
		return l, page.Fetch(l.Acting, func() (done, error) {
			return done{said: words.EvaluationClosed}, l.desk.Store.CloseEvaluation(l.S.Ctx, by, row.ID)
		})
	}
	l.Page = l.Acts(words.EvaluationSlipsDoing)
	return l, page.Fetch(l.Acting, func() (done, error) {
		codes, err := l.desk.Store.IssueTokens(l.S.Ctx, by, row.ID)
		if err != nil || len(codes) == 0 {
			return done{said: words.EvaluationSlipsNone}, err
		}
		way, err := l.desk.Slips(l.S.Ctx, by, row.Course, codes)
		return done{words.EvaluationSlipsMade, []any{"n", len(codes), "where", l.S.T(words.OutboxChannel(way))}}, err
	})
}

// printBlank makes an empty form of a series.
func (l List) printBlank(row courses.EvaluationRow) (shell.Screen, tea.Cmd) {
	by := l.By()
	l.Page = l.Acts(words.EvaluationBlankDoing)
	return l, page.Fetch(l.Acting, func() (done, error) {
		form, err := l.desk.Store.PaperForm(l.S.Ctx, by, row.ID)
		if err != nil {
			return done{}, err
		}
		way, err := l.desk.Blank(l.S.Ctx, by, form)
		return done{words.EvaluationBlankMade, []any{"where", l.S.T(words.OutboxChannel(way))}}, err
	})
}

// newPaper opens the form to type what stands on paper.
func newPaper(s *shell.Session, desk Desk, row courses.EvaluationRow) shell.Screen {
	by := page.Still(s).By()
	return newLoader(s, words.EvaluationOpening, row.Course, func() (shell.Screen, error) {
		form, err := desk.Store.PaperForm(s.Ctx, by, row.ID)
		if err != nil {
			return nil, err
		}
		return newFill(s, form, func(a courses.Answers) error { return desk.Store.AnswerPaper(s.Ctx, by, row.ID, a) }), nil
	})
}
