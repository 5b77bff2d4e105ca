package evaluation

import (
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Loop is what an hour of training brought, course by course: from a need to a seat, to attendance, to what people can do.
type Loop struct {
	page.List[courses.Loop]
	desk Desk
}

// NewLoop opens the room.
func NewLoop(s *shell.Session, desk Desk) shell.Screen {
	b := page.Still(s)
	columns := []parts.Column{{Title: words.EvaluationLoopColCourse, Min: 16, Grow: 1}, {Title: words.EvaluationLoopColNeeds, Min: 5, Right: true}, {Title: words.EvaluationLoopColMet, Min: 6, Right: true, Drop: 2},
		{Title: words.EvaluationLoopColPeople, Min: 6, Right: true}, {Title: words.EvaluationLoopColHours, Min: 7, Right: true, Drop: 1}, {Title: words.EvaluationLoopColAlone, Min: 10, Right: true, Drop: 3},
		{Title: words.EvaluationLoopColGained, Min: 8, Right: true}}
	l := Loop{desk: desk}
	l.List = page.NewList(s, words.EvaluationLoopLoading, columns, page.Filling[courses.Loop]{None: words.EvaluationLoopNone, Opens: words.EvaluationLoopOpen,
		Load:  func() ([]courses.Loop, error) { return loops(b, desk) },
		Above: func([]courses.Loop) string { return s.T(words.EvaluationLoopLead) + "\n" },
		Rows: func(all []courses.Loop) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, one := range all {
				rows[i] = loopRow(s, one)
			}
			return rows
		}})
	return l
}

// loops reads what became of the needs, with what was measured of whom.
func loops(b page.Page, desk Desk) ([]courses.Loop, error) {
	var levels []courses.Measured
	if desk.Levels != nil {
		var err error
		if levels, err = desk.Levels(b.S.Ctx, b.By()); err != nil {
			return nil, err
		}
	}
	return desk.Store.LoopOf(b.S.Ctx, b.By(), levels)
}

// NewLoopOf opens the loop of one course.
func NewLoopOf(s *shell.Session, desk Desk, course string) shell.Screen {
	return newLoader(s, words.EvaluationLoopLoading, s.T(words.EvaluationLoopTitle), func() (shell.Screen, error) {
		all, err := loops(page.Still(s), desk)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(all, func(l courses.Loop) bool { return l.ID == course })
		if at < 0 {
			return nil, data.ErrNotFound
		}
		return loopPage{page.Still(s), all[at]}, nil
	})
}

func loopRow(s *shell.Session, l courses.Loop) parts.Row {
	n := func(v float64, decimals int) string { return words.Number(s.Lang(), v, decimals) }
	return parts.Row{ID: l.ID, Cells: []string{parts.Plain(l.Title), n(float64(l.Needs), 0), n(float64(l.Met), 0), n(float64(l.People), 0), n(l.Hours, 1), alone(s, l), gained(s, l)}}
}

func alone(s *shell.Session, l courses.Loop) string {
	if l.AloneOf == 0 {
		return "-"
	}
	return words.Number(s.Lang(), float64(l.Alone)*100/float64(l.AloneOf), 0) + " %"
}

func gained(s *shell.Session, l courses.Loop) string {
	if l.Retested == 0 {
		return "-"
	}
	return signed(s.Lang(), float64(l.Gained))
}

// Title says what it is.
func (l Loop) Title() string { return l.S.T(words.EvaluationLoopTitle) }

// Update moves along the list, and opens a course.
func (l Loop) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	l.List, chose, cmd = l.Take(msg)
	if at := slices.IndexFunc(l.All, func(one courses.Loop) bool { return one.ID == chose }); at >= 0 {
		return l, shell.Open(loopPage{page.Still(l.S), l.All[at]})
	}
	return l, cmd
}

// loopPage is one course of the loop in full.
type loopPage struct {
	page.Page
	l courses.Loop
}

// Init does nothing: the list had it all.
func (p loopPage) Init() tea.Cmd { return nil }

// Title is the course.
func (p loopPage) Title() string { return parts.Plain(p.l.Title) }

// Update takes its size.
func (p loopPage) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		p.W, p.H = size.Width, size.Height
	}
	return p, nil
}

// View gives the facts, in the order in which things happen.
func (p loopPage) View() string {
	n := func(v float64, decimals int) string { return words.Number(p.S.Lang(), v, decimals) }
	unknown := p.S.T(words.EvaluationLoopUnknown)
	retested, levels, per, can := unknown, unknown, unknown, unknown
	if p.l.Retested > 0 {
		retested, levels = n(float64(p.l.Retested), 0), signed(p.S.Lang(), float64(p.l.Gained))
	}
	if v, ok := p.l.PerHundred(); ok {
		per = n(v, 1)
	}
	if p.l.AloneOf > 0 {
		can = alone(p.S, p.l)
	}
	return page.Fitted(append([]string{p.Headline(parts.Plain(p.l.Title)), ""}, p.Facts(
		page.Named(words.EvaluationLoopNeeds, n(float64(p.l.Needs), 0)), page.Named(words.EvaluationLoopMet, n(float64(p.l.Met), 0)), page.Named(words.EvaluationLoopPeople, n(float64(p.l.People), 0)),
		page.Named(words.EvaluationLoopHours, n(p.l.Hours, 1)), page.Named(words.EvaluationLoopTrainer, n(p.l.TrainerHours, 1)), page.Named(words.EvaluationLoopCents, words.Money(p.S.Lang(), p.l.Cents)),
		page.Named(words.EvaluationLoopAlone, can), page.Named(words.EvaluationLoopRetested, retested), page.Named(words.EvaluationLoopGained, levels), page.Named(words.EvaluationLoopPer, per))...), p.H)
}

// ShortHelp is empty: there is nothing to do here but read.
func (p loopPage) ShortHelp() []key.Binding { return nil }

// FullHelp is empty too.
func (p loopPage) FullHelp() [][]key.Binding { return nil }
