package reminders

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// line is one thing that was done about a loan, or is planned.
type line struct {
	loans.Told
	of loans.Reminder
}

// History is what was done about one or more loans and what is planned, the oldest first.
type History struct {
	page.List[line]
	desk Desk
	of   []loans.Reminder
}

func newHistory(s *shell.Session, desk Desk, of []loans.Reminder) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.ReminderColDay, Min: 13}, {Title: words.ReminderColWhat, Min: 18, Grow: 2}, {Title: words.ReminderColState, Min: 12, Grow: 1},
		{Title: words.ReminderColDevice, Min: 8, Drop: 1}, {Title: words.ReminderColBy, Min: 12, Drop: 2}, {Title: words.ReminderNote, Min: 12, Grow: 2, Drop: 3}}
	fill := page.Filling[line]{Rows: b.lineRows, None: words.ReminderNothing, Can: func() []key.Binding {
		if b.clerk() {
			return []key.Binding{b.extra()}
		}
		return nil
	}, Load: func() (all []line, err error) {
		for _, r := range of {
			told, err := desk.Store.ToldOf(s.Ctx, b.By(), r.Loan.ID)
			if err != nil {
				return nil, err
			}
			for _, t := range told {
				all = append(all, line{t, r})
			}
		}
		return all, nil
	}}
	return History{page.NewList(s, words.ReminderLoading, columns, fill), desk, of}
}

func (b base) extra() key.Binding { return b.Letter("e", words.ReminderExtra) }

func (b base) lineRows(all []line) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, t := range all {
		what := b.S.T(words.ReminderStep, "n", t.Step, "what", b.channel(t.Channel))
		if t.Step == 0 && t.On <= t.of.Loan.DueOn {
			what = b.S.T(words.ReminderBefore, "what", b.channel(t.Channel))
		}
		state := map[string]words.Key{"planned": words.ReminderPlanned, "done": words.ReminderDone, "cancelled": words.ReminderCancelled}[t.State]
		switch t.Outcome {
		case loans.Added:
			what = b.S.T(words.ReminderExtraLine, "what", b.channel(t.Channel))
		case loans.Reached:
			what, state = b.channel(t.Channel), words.ReminderReached
		case loans.NoAnswer:
			what, state = b.channel(t.Channel), words.ReminderSilent
		}
		rows[i] = parts.Row{ID: strconv.Itoa(i), Cells: []string{b.weekday(t.On), what, b.S.T(state), t.of.Loan.Device, t.Actor, t.Note}}
	}
	return rows
}

// Title says about what it is.
func (h History) Title() string {
	names := make([]string, len(h.of))
	for i, r := range h.of {
		names[i] = r.Loan.Device
	}
	return h.S.T(words.ReminderHistoryTitle, "devices", strings.Join(names, ", "))
}

// about is the loan of the row under the cursor, or the first.
func (h History) about() loans.Reminder {
	row, _ := h.Table.Current()
	if at, err := strconv.Atoi(row.ID); err == nil && at < len(h.All) {
		return h.All[at].of
	}
	return h.of[0]
}

// Update moves along the lines and reminds once more.
func (h History) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	b := base{h.Page, h.desk}
	if b.clerk() && h.Pressed(msg, b.extra()) {
		return h, shell.Open(newExtra(h.S, h.desk, h.about()))
	}
	var cmd tea.Cmd
	h.List, _, cmd = h.Take(msg)
	return h, cmd
}

// newExtra reminds of a loan besides the ladder, by a way that reaches the person.
func newExtra(s *shell.Session, desk Desk, r loans.Reminder) shell.Screen {
	b := base{page.Still(s), desk}
	return page.NewTask(s, words.ReminderExtraTitle, words.ReminderSaving, func() (page.Brief, error) {
		channel := parts.Field{Name: "channel", Label: words.ReminderColWhat, Kind: parts.Choice, Need: true}
		for _, c := range loans.Channels() {
			if r.To.Phone == "" && (c == loans.ByCall || c == loans.ByText) || r.To.Mail == "" && c == loans.ByMail {
				continue
			}
			channel.Options = append(channel.Options, parts.Option{Value: string(c), Label: b.channel(c)})
		}
		channel.Value = channel.Options[0].Value // a letter reaches everybody
		return page.Brief{Lead: words.ReminderExtraLead, Head: []page.Fact{page.Named(words.ReminderColWho, strings.TrimSpace(r.To.Name()+"  "+r.To.Phone)),
			page.Named(words.ReminderColDevice, b.S.T(words.ReminderDeviceLine, "device", r.Loan.Device, "day", b.weekday(r.Loan.DueOn), "late", b.days(r.Loan)))},
			Body: parts.NewForm(words.ReminderSave, channel, parts.Field{Name: "note", Label: words.ReminderNote, Hint: words.ReminderNoteHint, Max: mostNote}),
			Do: func(form parts.Form) (page.Outcome, error) {
				c := loans.Channel(form.Value("channel"))
				paper, err := desk.Papers.RemindExtra(s.Ctx, b.By(), desk.way(c), r, c, form.Value("note"))
				if err != nil || c == loans.ByCall {
					return page.Outcome{Said: words.ReminderExtraNoted}, err
				}
				said := put(paper, c)
				return page.Outcome{Said: said.said, Args: said.args, Warn: said.warn}, nil
			}}, nil
	})
}

// Out is everything that is out, what was due first on top: to see what was done about it, or to remind once more.
type Out struct {
	page.List[loans.Reminder]
	desk Desk
}

func newOut(s *shell.Session, desk Desk) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.ReminderColDevice, Min: 8, Grow: 1}, {Title: words.ReminderColWho, Min: 12, Grow: 2}, {Title: words.ReminderColDue, Min: 13},
		{Title: words.ReminderColLate, Min: 17}, {Title: words.ReminderColPhone, Min: 13, Drop: 1}}
	fill := page.Filling[loans.Reminder]{None: words.ReminderOutNone, Opens: words.ReminderHistory, Load: b.outNow,
		Rows: func(all []loans.Reminder) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, r := range all {
				rows[i] = parts.Row{ID: r.Loan.ID, Cells: []string{r.Loan.Device, r.Loan.Borrower, b.weekday(r.Loan.DueOn), b.days(r.Loan), r.To.Phone}}
			}
			return rows
		}}
	return Out{page.NewList(s, words.ReminderLoading, columns, fill), desk}
}

// outNow lists what is out, with who is to hear of it.
func (b base) outNow() ([]loans.Reminder, error) {
	open, err := b.desk.Store.OpenNow(b.S.Ctx, b.By())
	if err != nil {
		return nil, err
	}
	people, err := b.desk.Store.OpenPeople(b.S.Ctx, b.By())
	all := make([]loans.Reminder, len(open))
	for i, l := range open {
		r := loans.Reminder{Notice: loans.Notice{LoanID: l.ID, Loan: l}, Who: people[l.BorrowerID]}
		r.To = r.Who
		if g, known := people[r.Who.GuardianID]; known {
			r.To = g
		}
		all[i] = r
	}
	return all, err
}

// Title is what it is.
func (o Out) Title() string { return o.S.T(words.ReminderOutTitle) }

// Update moves along the list and opens what was done.
func (o Out) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	o.List, chose, cmd = o.Take(msg)
	if at := slices.IndexFunc(o.All, func(r loans.Reminder) bool { return r.Loan.ID == chose }); chose != "" && at >= 0 {
		return o, shell.Open(newHistory(o.S, o.desk, o.All[at:at+1]))
	}
	return o, cmd
}
