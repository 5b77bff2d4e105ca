package courserooms

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// trainers lists who gives lessons; who stopped comes with the day.
func (d desk) trainers() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]courses.Trainer]{
		Title: func([]courses.Trainer) string { return d.S.T(words.CourseroomsTrainersTitle) },
		Doing: words.CourseroomsLoading,
		Load:  func() ([]courses.Trainer, error) { return d.Store.Trainers(d.S.Ctx, d.By()) },
		Columns: []parts.Column{{Title: words.CourseroomsName, Min: 16, Grow: 2}, {Title: words.CourseroomsKind, Min: 12}, {Title: words.CourseroomsPhone, Min: 14, Drop: 1},
			{Title: words.CourseroomsLeaveTitle, Min: 13, Grow: 1, Drop: 2}},
		Rows: func(all []courses.Trainer) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, t := range all {
				rows[i] = parts.Row{ID: t.ID, Cells: []string{t.Name, d.S.T(words.TrainerKind(string(t.Kind))), dash(t.Phone), d.away(t)}}
			}
			return rows
		},
		None: words.CourseroomsTrainersNone, Filter: true, Opens: words.CourseroomsOpen,
		Open: func(_ []courses.Trainer, id string) tea.Cmd { return shell.Open(d.trainer(id)) },
		Ways: func([]courses.Trainer, string) []page.Way {
			return []page.Way{{Key: d.Letter("n", words.CourseroomsNewTrainer), Open: func() shell.Screen { return d.trainerForm("") }}}
		},
	})
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// away is the leave that is under way or comes first, or since when somebody gives no lessons any more.
func (d desk) away(t courses.Trainer) string {
	if t.EndedOn != "" && t.EndedOn < d.today() {
		return d.S.T(words.CourseroomsEnded, "day", d.Day(t.EndedOn))
	}
	for _, l := range t.Leave {
		if l.Last >= d.today() {
			return d.span(l.First, l.Last)
		}
	}
	return "-"
}

// teacher is a trainer with the name of the colleague that it is.
type teacher struct {
	courses.Trainer
	colleague string
}

func (d desk) readTrainer(id string) (t teacher, err error) {
	all, err := d.Store.Trainers(d.S.Ctx, d.By())
	if err != nil {
		return t, err
	}
	at := slices.IndexFunc(all, func(t courses.Trainer) bool { return t.ID == id })
	if at < 0 {
		return t, data.ErrNotFound
	}
	if t.Trainer = all[at]; t.PersonID == "" {
		return t, nil
	}
	who, err := d.Store.Colleagues(d.S.Ctx, d.By(), "", 0)
	t.colleague = d.S.T(words.CourseroomsGone)
	for _, c := range who {
		if c.PersonID == t.PersonID {
			t.colleague = c.Name + ", " + c.Services
		}
	}
	return t, err
}

// trainer is the page of one trainer: how to reach them, when they can, and their leave.
func (d desk) trainer(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[teacher]{
		Title:   func(t teacher) string { return dash(t.Name) },
		Doing:   words.CourseroomsLoading,
		Load:    func() (teacher, error) { return d.readTrainer(id) },
		Columns: []parts.Column{{Title: words.CourseroomsFrom, Min: 13}, {Title: words.CourseroomsUntil, Min: 13, Grow: 1}},
		Rows: func(t teacher) []parts.Row {
			rows := make([]parts.Row, len(t.Leave))
			for i, l := range t.Leave {
				rows[i] = parts.Row{ID: strconv.Itoa(i), Cells: []string{d.Day(l.First), d.Day(l.Last)}}
			}
			return rows
		},
		Top: d.trainerFacts, None: words.CourseroomsNoLeave, Opens: words.CourseroomsChange,
		Open: func(t teacher, row string) tea.Cmd { return shell.Open(d.leaveForm(t.Trainer, whole(row))) },
		Ways: d.trainerWays,
	})
}

func (d desk) trainerFacts(p page.Page, t teacher) []string {
	allowance := d.S.T(words.CourseroomsNoAllowance)
	if t.AllowanceCents > 0 {
		allowance = d.S.T(words.CourseroomsPerHour, "amount", words.Money(d.S.Lang(), t.AllowanceCents))
	}
	facts := []page.Fact{page.Named(words.CourseroomsKind, d.S.T(words.TrainerKind(string(t.Kind)))),
		page.Named(words.CourseroomsReach, dash(strings.Join(slices.DeleteFunc([]string{t.Phone, t.Mail}, func(s string) bool { return s == "" }), ", "))),
		page.Named(words.CourseroomsHours, d.week(t.Windows)),
		page.Named(words.CourseroomsPay, allowance),
		page.Named(words.CourseroomsTravelTitle, d.S.T(words.CourseroomsMinutes, "n", t.TravelMinutes)),
		page.Named(words.CourseroomsColleague, dash(t.colleague))}
	if t.EndedOn != "" {
		facts = append(facts, page.Named(words.CourseroomsLastDay, d.Day(t.EndedOn)))
	}
	return p.Facts(facts...)
}

func (d desk) trainerWays(t teacher, row string) []page.Way {
	if t.ID == "" {
		return nil
	}
	ways := []page.Way{{Key: d.Letter("w", words.CourseroomsChangeTrainer), Open: func() shell.Screen { return d.trainerForm(t.ID) }},
		{Key: d.Letter("n", words.CourseroomsLeave), Open: func() shell.Screen { return d.leaveForm(t.Trainer, -1) }}, d.link(t)}
	ways = append(ways, d.calendarWay(t.Name, courses.LessonFilter{Trainer: t.ID})...)
	if row == "" {
		return ways
	}
	l := t.Leave[whole(row)]
	return append(ways, page.Way{Key: d.Del(words.CourseroomsDrop), Doing: words.CourseroomsSaving,
		Ask: page.Question{Ask: words.CourseroomsDropAsk, Yes: words.CourseroomsDropYes, Args: []any{"days", d.span(l.First, l.Last)}},
		Do: func() (page.Outcome, error) {
			now := t.Trainer
			now.Leave = slices.Delete(slices.Clone(t.Leave), whole(row), whole(row)+1)
			return d.saveTrainer(t.Trainer, now)
		}})
}

func (d desk) saveTrainer(was, now courses.Trainer) (page.Outcome, error) {
	_, err := d.Store.ChangeTrainer(d.S.Ctx, d.By(), was, now)
	return page.Outcome{Said: words.CourseroomsSaved, Args: []any{"name", now.Name}}, err
}

// leaveForm adds leave, or changes the one at an index.
func (d desk) leaveForm(t courses.Trainer, at int) shell.Screen {
	var old courses.Leave
	if at >= 0 {
		old = t.Leave[at]
	}
	return page.NewTask(d.S, words.CourseroomsLeaveTitle, words.CourseroomsSaving, func() (page.Brief, error) {
		return page.Brief{Title: d.S.T(words.CourseroomsLeaveTitle) + ": " + t.Name, Lead: words.CourseroomsLeaveLead, Body: parts.NewForm(words.CourseroomsSave, spanFields(old.First, old.Last)...),
			Do: func(form parts.Form) (page.Outcome, error) {
				first, last, err := readSpan(form)
				if err != nil {
					return page.Outcome{}, err
				}
				now := t
				now.Leave = slices.Clone(t.Leave)
				if at >= 0 {
					now.Leave = slices.Delete(now.Leave, at, at+1)
				}
				now.Leave = append(now.Leave, courses.Leave{First: first, Last: last})
				return d.saveTrainer(t, now)
			}}, nil
	})
}
