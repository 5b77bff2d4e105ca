package staffing

import (
	"strings"

	"digibrug/data"
	"digibrug/data/staffing"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// People lists everybody's work that lasts, to book somebody out.
type People struct {
	page.List[staffing.Work]
	desk Desk
}

func newPeople(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{
		{Title: words.StaffingName, Min: 18, Grow: 2},
		{Title: words.StaffingService, Min: 14, Grow: 1},
		{Title: words.StaffingJob, Min: 14, Grow: 1, Drop: 2},
		{Title: words.StaffingSince, Min: 10, Drop: 1},
	}
	r := room{page.Still(s)}
	return People{page.NewList(s, words.StaffingLoading, columns, page.Filling[staffing.Work]{
		Load:  func() ([]staffing.Work, error) { return desk.Store.Working(s.Ctx, r.By()) },
		Rows:  r.workRows,
		Above: func([]staffing.Work) string { return s.T(words.StaffingWho) + "\n" },
		Opens: words.StaffingOut,
	}), desk}
}

func (r room) workRows(all []staffing.Work) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, w := range all {
		rows[i] = parts.Row{ID: w.EmploymentID, Cells: []string{w.Person.Name(), w.Service, w.Job, r.Day(w.From)}}
	}
	return rows
}

// Title is what it is.
func (p People) Title() string { return p.S.T(words.StaffingLeaveTitle) }

// Update moves along the list, and opens the form for who leaves.
func (p People) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	p.List, chose, cmd = p.Take(msg)
	for _, w := range p.All {
		if w.EmploymentID == chose {
			cmd = shell.Replace(newLeaveForm(p.S, p.desk, w))
		}
	}
	return p, cmd
}

// LeaveForm books somebody out.
type LeaveForm struct {
	page.Form
	desk Desk
	work staffing.Work
}

func newLeaveForm(s *shell.Session, desk Desk, w staffing.Work) shell.Screen {
	body := parts.NewForm(words.StaffingLeaveSave, parts.Field{Name: "until", Label: words.StaffingLastDay, Hint: words.StaffingLastDayHint,
		Kind: parts.Day, Need: true, Value: data.DayOf(s.Now())})
	return LeaveForm{page.NewForm(s, words.StaffingLeaveLead, body), desk, w}
}

// Init does nothing: all is known.
func (f LeaveForm) Init() tea.Cmd { return nil }

// Title is who it is about.
func (f LeaveForm) Title() string { return f.work.Person.Name() }

// Update takes the last day, asks, and books out.
func (f LeaveForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.YesMsg:
		next, ok := f.Agreed(msg)
		if f.Page = next; ok {
			return f.save()
		}
		return f, nil
	case page.DoneMsg[staffing.Case]:
		next, ok, tell := f.Settle(msg.Of, msg.Err)
		if f.Form = next; !ok {
			return f, tell
		}
		return f, tea.Batch(shell.Replace(newCase(f.S, f.desk, msg.Got.EmploymentID, staffing.Leave)),
			shell.Notify(shell.Good, words.StaffingLeft, "name", msg.Got.Person.Name(), "day", f.Day(msg.Got.Day)))
	}
	next, event := f.Fill(msg)
	f.Form = next
	if event != parts.FormSubmitted {
		return f, nil
	}
	var cmd tea.Cmd
	f.Page, cmd = f.Ask("", words.StaffingLeaveAsk, words.StaffingLeaveYes, "name", f.work.Person.Name(), "service", f.work.Service, "day", f.Day(f.Body.Value("until")))
	return f, cmd
}

func (f LeaveForm) save() (shell.Screen, tea.Cmd) {
	day := f.Body.Value("until")
	f.Page = f.Acts(words.StaffingSaving)
	return f, page.Fetch(f.Acting, func() (staffing.Case, error) { return f.desk.Store.Leave(f.S.Ctx, f.By(), f.work.EmploymentID, day) })
}

// View gives who it is about, and the form.
func (f LeaveForm) View() string {
	w := f.work
	head := f.Facts(page.Named(words.StaffingName, w.Person.Name()), page.Named(words.StaffingService, w.Service), page.Named(words.StaffingSince, f.Day(w.From)))
	return page.Fitted(append(strings.Split(f.Form.View(), "\n"), append([]string{""}, head...)...), f.H)
}
